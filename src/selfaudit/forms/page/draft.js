// The draft: what is typed is kept in this browser, under the passport, and in the page itself.

const DRAFT_DELAY = 700;

/** Returns where the draft of a form is kept; all pages opened as files may share one storage. */
function draftKey(form) {
  return 'selfaudit:' + form.passport;
}

/** Returns what is kept, {at, text, saved}, null if there is nothing; throws what the browser or the draft says. */
function storedDraft(form) {
  const kept = window.localStorage.getItem(draftKey(form));
  if (kept === null) return null;
  const { at, text, saved } = JSON.parse(kept);
  return { at: Number(at), text: String(text), saved: saved === true };
}

/** Returns what the page itself carries after a browser saved it with its answers; null if it carries none. */
function carriedDraft() {
  const carried = document.getElementById('answers').textContent;
  if (carried.trim() === '') return null;
  const { at, text } = JSON.parse(carried);
  return { at: Number(at), text: String(text), saved: true };
}

/** Writes the answers into the page, so that a page saved by the browser carries them. */
function carryDraft(draft) {
  const escaped = (char) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0');
  const text = draft ? JSON.stringify({ at: draft.at, text: draft.text }) : '';
  document.getElementById('answers').textContent = text.replace(/[<>&\u2028\u2029]/g, escaped);
}

/** Keeps what is typed, here and in the page; tells when the browser does not. */
function keepDraft(page) {
  window.clearTimeout(page.timer);
  page.timer = 0;
  const draft = { at: Date.now(), text: writeYaml(page.form, page.state), saved: !page.dirty };
  carryDraft(draft);
  try {
    window.localStorage.setItem(draftKey(page.form), JSON.stringify(draft));
    page.bar.kept.textContent = page.say('kept', { time: clock(new Date(draft.at)) });
    page.tell('storage');
  } catch (failure) {
    page.bar.kept.textContent = '';
    page.tell('storage', 'warning', page.say('draft_failed', { reason: failure.name }));
  }
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

/** Deletes the draft and empties the form. */
function clearDraft(page) {
  window.clearTimeout(page.timer);
  page.timer = 0;
  carryDraft(null);
  let failed = '';
  try {
    window.localStorage.removeItem(draftKey(page.form));
  } catch (failure) {
    failed = page.say('draft_failed', { reason: failure.name });
  }
  page.show(emptyState(page.form));
  page.dirty = false;
  page.bar.kept.textContent = '';
  page.tell('draft', 'note', failed || page.say('cleared'));
}

/** Shows the newest of what this browser kept and what the page carries, and tells the reader. */
function restoreDraft(page) {
  const found = [];
  for (const source of [() => storedDraft(page.form), carriedDraft]) {
    try {
      found.push(source());
    } catch (failure) {
      page.tell('damaged', 'warning', page.say('draft_damaged', { reason: failure.name }));
    }
  }
  const [draft] = found.filter(Boolean).sort((a, b) => b.at - a.at);
  if (!draft) return;
  try {
    page.show(stateFrom(page.form, readYaml(draft.text)).state);
  } catch (failure) {
    page.tell('damaged', 'warning', page.say('draft_damaged', { reason: failure.text || failure.name }));
    return;
  }
  page.dirty = !draft.saved;
  carryDraft(draft);
  const moment = new Date(draft.at);
  const time = isoDay(moment) + ' ' + clock(moment);
  page.tell('draft', 'note', draft.at ? page.say('restored', { time }) : page.say('from_page'));
}

/** Keeps the draft when the page goes out of sight, warns when it is left unsaved or open twice. */
function guardDraft(page) {
  document.addEventListener('visibilitychange', () => document.hidden && keepNow(page));
  window.addEventListener('pagehide', () => keepNow(page));
  window.addEventListener('beforeunload', (event) => {
    keepNow(page);
    if (!page.dirty) return;
    event.preventDefault();
    event.returnValue = '';
  });
  window.addEventListener('storage', (event) => {
    if (event.key === draftKey(page.form)) page.tell('window', 'warning', page.say('other_window'));
  });
}
