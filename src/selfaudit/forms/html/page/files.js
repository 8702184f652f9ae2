// Files: the response and the draft as files to save, and files to go on with.

const LARGEST_FILE = 2 * 1024 * 1024;
const MOST_FINDINGS = 1000;
const LONGEST_NAME = 60;

/** Returns the name under which a file is saved. */
function fileName(page, kind, ending = '.yaml') {
  const who = Array.from(page.form.who.replace(UNSAFE_NAME, '_')).slice(0, LONGEST_NAME).join('');
  return kind + '_' + who + '_' + page.form.passport + ending;
}

/** Gives texts and bytes to the browser to save as one file; throws where a viewer does not know how. */
function download(name, parts) {
  // as mere bytes, so that no browser gives the name another ending
  const url = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }));
  const link = make('a', { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** Saves what is typed as a file, in a zip with files if there are any, and shows what comes next. */
function saveFile(page, kind, show, files = []) {
  const text = writeYaml(page.form, page.state);
  const response = { name: fileName(page, kind), bytes: new TextEncoder().encode(text) };
  const name = files.length ? fileName(page, kind, '.zip') : response.name;
  try {
    download(name, files.length ? zipParts([response, ...files]) : [text]);
  } catch (failure) {
    showCopy(page, page.say('save_failed', { reason: failure.name }));
    return;
  }
  page.dirty = false;
  page.edited = false;
  page.sentOn = page.state.filled_on;
  keepDraft(page);
  show(page, name);
}

/**
 * Writes the moment into the date of filling in, if it is today's or was not changed with the answers: of two versions
 * with the same date it would be unclear which one counts.
 */
function stampMoment(page) {
  const [day] = page.state.filled_on.split(' ');
  const now = new Date();
  const unchanged = page.state.filled_on === page.sentOn && readDate(page.sentOn, true);
  if (!page.edited || !(unchanged || day === isoDay(now))) return;
  const moment = isoDay(now) + ' ' + clock(now);
  page.state.filled_on = moment;
  page.showMoment();
  page.tell('moment', 'note', page.say('stamped', { moment }));
}

/** Saves the response. */
function saveResponse(page) {
  stampMoment(page);
  const kind = page.say('response_name');
  saveFile(page, kind, showSaved, filesToSend(page, fileName(page, kind)));
}

/** Saves a draft file: the same text under another name. */
function saveDraftFile(page) {
  saveFile(page, page.say('draft_name'), showDraftSaved);
}

/** Returns the text of a file, whatever encoding an editor left it in; throws if it is none. */
function decodeFile(buffer) {
  const bytes = new Uint8Array(buffer);
  const marked = { '255,254': 'utf-16le', '254,255': 'utf-16be' }[bytes.slice(0, 2).join()];
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (failure) {
      if (encoding !== 'utf-8') throw failure;
    }
  }
  return '';
}

/** Makes the button that loads a file. */
function makeLoader(page) {
  const input = make('input', {
    type: 'file',
    id: 'load',
    class: 'unseen',
    tabindex: '-1',
    'aria-hidden': 'true',
    accept: '.yaml,.yml,.txt,.zip',
    change: () => {
      const file = input.files[0];
      if (file) loadFile(page, file);
      // the same file may be chosen again
      input.value = '';
    },
  });
  return make('span', {}, button(page.say('load'), () => input.click()), input);
}

/** Returns the response in a zip that this page saved, and takes the files beside it; anything else as it is. */
async function takeZip(page, buffer) {
  const members = zipMembers(new Uint8Array(buffer));
  if (!members) {
    if (buffer.byteLength > 2 * LARGEST_FILE) throw new RangeError('size');
    return buffer;
  }
  const [response, ...files] = members;
  for (const { bytes } of files) page.bytes.set(await hashBytes(bytes), bytes);
  return response.bytes.buffer;
}

/** Loads a file that the reader chose. */
function loadFile(page, file) {
  const refuse = (...why) => showRefusedFile(page, file.name, ...why);
  if (file.size > 2 * LARGEST_FILE + page.form.largest.total) {
    refuse(page.say('load_large'));
    return;
  }
  const reader = new FileReader();
  reader.addEventListener('error', () => refuse(reader.error.name));
  reader.addEventListener('load', async () => {
    let text = '';
    try {
      text = decodeFile(await takeZip(page, /** @type {ArrayBuffer} */ (reader.result)));
    } catch (failure) {
      refuse(page.say(failure instanceof RangeError ? 'load_large' : 'load_unreadable'));
      return;
    }
    loadText(page, file.name, text);
  });
  reader.readAsArrayBuffer(file);
}

/** Takes over what the text of a file says, after asking if something would be replaced. */
function loadText(page, name, text) {
  let found = null;
  try {
    found = stateFrom(page.form, readYaml(text));
  } catch (failure) {
    if (!own(Object(failure), 'line')) throw failure;
    showRefusedFile(page, name, page.say('load_line', failure));
    return;
  }
  const theirs = found.passport;
  const respondent = (passport) => passport.split('-').slice(0, 2).join('-');
  const stranger = respondent(theirs) !== respondent(page.form.passport);
  const isEmpty = writeYaml(page.form, page.state) === writeYaml(page.form, emptyState(page.form));
  const refuse = (why) => showRefusedFile(page, name, why);
  if (theirs === '') refuse(page.say('load_no_passport'));
  else if (stranger) refuse(page.say('load_stranger', { passport: theirs }));
  else if (isEmpty) adoptFile(page, name, found);
  else askToReplace(page, name, () => adoptFile(page, name, found));
}

/** Shows what was in a file and reports what was not taken over. */
function adoptFile(page, name, found) {
  page.show(found.state);
  page.sentOn = found.state.filled_on;
  page.edited = false;
  const older = found.passport !== page.form.passport;
  page.dirty = older || found.dropped.length > 0;
  keepDraft(page);
  showLoaded(page, name, { ...found, older });
}
