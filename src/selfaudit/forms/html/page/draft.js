// The draft: what is typed is kept in this browser, under the passport, and in the page itself.

const DRAFT_DELAY = 700;

/** Returns where the draft of a form is kept; all pages opened as files may share one storage. */
function draftKey(form) {
  return 'selfaudit:' + form.passport;
}

/** Returns what this browser keeps under a name, empty if nothing; reports when it keeps nothing at all. */
function stored(page, key) {
  try {
    return window.localStorage.getItem(key) || '';
  } catch (failure) {
    tellUnkept(page, failure);
    return '';
  }
}

/** Keeps a text in this browser, or removes it if it is empty; reports when the browser does not. */
function store(page, key, text) {
  try {
    if (text) window.localStorage.setItem(key, text);
    else window.localStorage.removeItem(key);
    page.tell('storage');
    return true;
  } catch (failure) {
    tellUnkept(page, failure);
    return false;
  }
}

function tellUnkept(page, failure) {
  page.tell('storage', 'warning', page.say('draft_failed', { reason: failure.name }));
}

/** Returns when a draft was kept, Infinity if that is unknown. */
function momentOf(raw) {
  try {
    return Number(JSON.parse(raw).at) || 0;
  } catch (_failure) {
    return Infinity;
  }
}

/**
 * Returns a draft and what was found in it. "saved" says whether it is in a file as it is, "sentOn" which date the
 * file that was saved or loaded last has, "after" which draft it replaced. Without a text everything was deleted.
 */
function readDraft(form, raw) {
  const { at, after, text, saved, sentOn } = JSON.parse(raw);
  if (typeof text !== 'string') throw new TypeError('text');
  const found = text ? stateFrom(form, readYaml(text)) : { state: emptyState(form), dropped: [], reworded: [] };
  return { at: Number(at) || 0, after, text, found, saved: saved !== false, sentOn: String(sentOn || '') };
}

/** Returns where a draft that could not be read is put aside. */
function damagedKey(form) {
  return draftKey(form) + ':damaged';
}

/** Writes the answers into the page, so that a page saved by the browser carries them. */
function carryDraft(draft) {
  const escaped = (char) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0');
  const text = draft ? JSON.stringify({ at: draft.at, text: draft.text }) : '';
  document.getElementById('answers').textContent = text.replace(/[<>&\u2028\u2029]/g, escaped);
}

/** Keeps what is typed, here and in the page; reports when the browser does not. */
function keepDraft(page) {
  const draft = newDraft(page, writeYaml(page.form, page.state));
  carryDraft(draft);
  const kept = store(page, draftKey(page.form), JSON.stringify(draft));
  page.bar.kept.textContent = kept ? page.say('kept', { time: clock(new Date()) }) : '';
}

/** Makes a draft; it is newer than the one before it, even if the clock was set back. */
function newDraft(page, text) {
  window.clearTimeout(page.timer);
  page.timer = 0;
  const after = page.lastAt;
  page.lastAt = Math.max(Date.now(), after + 1);
  return { at: page.lastAt, after, text, saved: !page.dirty, sentOn: page.sentOn };
}

/** Keeps the draft soon; not at every key, which would be felt in a long form. */
function keepSoon(page) {
  window.clearTimeout(page.timer);
  page.timer = window.setTimeout(() => keepDraft(page), DRAFT_DELAY);
}

/** Keeps the draft now if something waits to be kept. */
function keepNow(page) {
  if (page.timer) keepDraft(page);
}

/** Deletes the draft and empties the form; what is kept instead says so, or a page that carries answers would win. */
function clearDraft(page) {
  page.dirty = false;
  page.edited = false;
  page.sentOn = '';
  page.bytes.clear();
  const draft = newDraft(page, '');
  carryDraft(null);
  const cleared = store(page, damagedKey(page.form), '') && store(page, draftKey(page.form), JSON.stringify(draft));
  page.show(emptyState(page.form));
  page.bar.kept.textContent = '';
  page.tell('damaged');
  if (cleared) page.tell('draft', 'note', page.say('cleared'));
  else page.tell('draft');
}

/** Puts aside what cannot be read, before it is overwritten. */
function putAside(page, raw, failure) {
  store(page, damagedKey(page.form), raw);
  tellDamaged(page, raw, failure.text || failure.name);
}

/** Reports a draft that cannot be read, and offers it as a text. */
function tellDamaged(page, raw, reason) {
  const copy = button(page.say('copy_damaged'), () => showCopy(page, '', raw), 'quiet');
  page.tell('damaged', 'warning', page.say('draft_damaged', { reason }), copy);
}

/** Shows the newest of what this browser kept and what the page carries, as far as it can be read. */
function restoreDraft(page) {
  const before = stored(page, damagedKey(page.form));
  if (before) tellDamaged(page, before, page.say('put_aside'));
  const carried = document.getElementById('answers').textContent.trim();
  const texts = [stored(page, draftKey(page.form)), carried].filter(Boolean);
  const sources = texts.map((raw) => ({ raw, at: momentOf(raw) }));
  sources.sort((one, other) => (one.at === other.at ? 0 : other.at - one.at));
  page.lastAt = Math.max(0, ...sources.map(({ at }) => at).filter(isFinite));
  for (const { raw } of sources) {
    try {
      const draft = readDraft(page.form, raw);
      showDraft(page, draft);
      if (draft.text) tellRestored(page, draft);
      return;
    } catch (failure) {
      putAside(page, raw, failure);
    }
  }
}

/** Shows a draft as it was kept. */
function showDraft(page, draft) {
  page.show(draft.found.state);
  page.dirty = !draft.saved;
  page.edited = page.dirty;
  page.sentOn = draft.sentOn;
  carryDraft(draft.text ? draft : null);
}

/** Reports what was restored, and what of it had no place. */
function tellRestored(page, { at, found }) {
  const moment = new Date(at);
  const time = isoDay(moment) + ' ' + clock(moment);
  page.tell('draft', 'note', at ? page.say('restored', { time }) : page.say('from_page'), ...makeDropped(page, found));
}

/**
 * Goes on with what another window kept, if that follows what is shown here; if something was typed in both, one of
 * the two will be lost, and that is reported.
 */
function followDraft(page, raw) {
  try {
    const draft = readDraft(page.form, raw);
    if (draft.after === page.lastAt && !page.timer) {
      page.lastAt = draft.at;
      showDraft(page, draft);
      page.tell('window', 'note', page.say('followed'));
      return;
    }
  } catch (_failure) {
    // what cannot be read is not shown; that it replaced the draft is reported
  }
  page.tell('window', 'warning', page.say('other_window'));
}

/** Keeps the draft when the page goes out of sight, warns when it is left unsaved or open twice. */
function guardDraft(page) {
  const now = () => keepNow(page);
  document.addEventListener('visibilitychange', () => document.hidden && keepNow(page));
  document.addEventListener('change', now);
  // the browser's own "save page" takes the page as it is at that moment
  document.addEventListener('keydown', (event) => (event.ctrlKey || event.metaKey) && keepNow(page));
  window.addEventListener('blur', now);
  window.addEventListener('pagehide', now);
  window.addEventListener('beforeunload', (event) => {
    keepNow(page);
    if (!page.dirty) return;
    event.preventDefault();
    event.returnValue = '';
  });
  window.addEventListener('storage', (event) => {
    if (event.key === draftKey(page.form) && event.newValue) followDraft(page, event.newValue);
  });
}
