// Adding files: their bytes are only in this page, and go into the zip that it saves; a draft keeps their names.

const MOST_FILES = 100;

/** Returns the files that are named and of which the bytes are not here, with their places. */
function lostFiles(page) {
  const lost = [];
  for (const { at, files } of filePlaces(page.state)) {
    for (const { name, sha256 } of files) if (!page.bytes.has(sha256)) lost.push({ at, name });
  }
  return lost;
}

/** Returns the bytes of all files that are here and named, each once under a name of its own beside the response. */
function filesToSend(page, response) {
  const members = new Map();
  const taken = new Set([response.toLowerCase()]);
  for (const { files } of filePlaces(page.state)) {
    for (const { name, sha256 } of files) {
      if (members.has(sha256) || !page.bytes.has(sha256)) continue;
      const dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length;
      const numbered = (n) => name.slice(0, dot) + ' (' + n + ')' + name.slice(dot);
      let own = name;
      for (let n = 2; taken.has(own.toLowerCase()); n += 1) own = numbered(n);
      taken.add(own.toLowerCase());
      members.set(sha256, { name: own, bytes: page.bytes.get(sha256) });
    }
  }
  return Array.from(members.values());
}

/** Returns the hash of some bytes; the browser's own is faster, where there is one. */
function hashBytes(bytes) {
  const slow = () => sha256Bytes(bytes);
  if (!window.crypto || !window.crypto.subtle) return Promise.resolve().then(slow);
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return window.crypto.subtle.digest('SHA-256', bytes).then(hex, slow);
}

/** Returns the bytes of a file that the reader chose. */
function bytesOf(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => done(new Uint8Array(/** @type {ArrayBuffer} */ (reader.result))));
    reader.addEventListener('error', () => fail(reader.error));
    reader.readAsArrayBuffer(file);
  });
}

/** Returns a size as people read it. */
function saySize(size) {
  const mebi = size / 1024 / 1024;
  return mebi >= 1 ? mebi.toFixed(1) + ' MiB' : Math.max(1, Math.round(size / 1024)) + ' KiB';
}

/** Returns why a file cannot be added, empty if it can. */
function refusalOf(page, file, files) {
  const { file: largest, total } = page.form.largest;
  const held = Array.from(page.bytes.values()).reduce((sum, bytes) => sum + bytes.length, 0);
  if (!file.size) return page.say('file_empty', { name: file.name });
  if (file.size > largest) return page.say('file_large', { name: file.name, most: largest / 1024 / 1024 });
  if (held + file.size > total) return page.say('files_large', { name: file.name, most: total / 1024 / 1024 });
  return files.length >= MOST_FILES ? page.say('files_many', { most: MOST_FILES }) : '';
}

/** Adds a file to those of a place; returns why it cannot be added, empty if it was. */
async function addFile(page, field, file) {
  const why = refusalOf(page, file, field.get());
  if (why) return why;
  const bytes = await bytesOf(file);
  const sha256 = await hashBytes(bytes);
  const name = plainName(file.name) || sha256.slice(0, 12);
  page.bytes.set(sha256, bytes);
  // one that is chosen again takes the place of the name that the draft kept
  const lost = (one) => one.name === name && !page.bytes.has(one.sha256);
  const others = field.get().filter((one) => one.sha256 !== sha256 && !lost(one));
  field.set([...others, { name, sha256, size: bytes.length }]);
  return '';
}

/** Makes an input that is never seen: a button opens it. */
function makeChooser(traits, chosen) {
  const input = make('input', {
    type: 'file',
    class: 'unseen',
    tabindex: '-1',
    'aria-hidden': 'true',
    ...traits,
    change: () => {
      const files = Array.from(input.files);
      // the same file may be chosen again
      input.value = '';
      chosen(files);
    },
  });
  return input;
}

/** Makes the line of a file: its name, size and hash, whether it is to be chosen again, and how to remove it. */
function makeFileRow(page, file, drop) {
  const remove = button(page.say('remove'), drop, 'quiet');
  remove.setAttribute('aria-label', page.say('remove_file', { name: file.name }));
  const facts = file.sha256 ? saySize(file.size) + ' · SHA-256 ' + file.sha256 : '';
  const again = !page.bytes.has(file.sha256) && make('span', { class: 'complaint' }, page.say('choose_again'));
  return make('li', {}, make('b', {}, file.name), ' ', make('span', { class: 'hash' }, facts), ' ', again, remove);
}

/** Makes the field with the files of a place. */
function makeFiles(page, field) {
  const list = make('ul', { class: 'files' });
  const complaint = make('p', { class: 'complaint', role: 'status' });
  const addAll = async (files) => {
    const told = [];
    for (const file of files) {
      const unreadable = ({ name }) => page.say('file_unreadable', { name: file.name, reason: name });
      const why = await addFile(page, field, file).catch(unreadable);
      if (why) told.push(why);
    }
    show();
    complaint.textContent = told.join(' ');
    page.changed();
  };
  const files = makeChooser({ multiple: true, 'data-files': field.at }, addAll);
  const camera = makeChooser({ accept: 'image/*', capture: 'environment' }, addAll);
  const choose = button(page.say('add_files'), () => files.click(), 'quiet');
  choose.setAttribute('aria-label', page.say('add_files_to', { place: field.context }));
  choose.setAttribute('data-at', field.at);
  page.targets.set(field.at, choose);
  const photo = button(page.say('take_photo'), () => camera.click(), 'quiet camera');
  const drop = (file) => {
    field.set(field.get().filter((one) => one !== file));
    show();
    page.changed();
    choose.focus();
  };
  const show = () => {
    refill(list, ...field.get().map((file) => makeFileRow(page, file, () => drop(file))));
    complaint.textContent = '';
  };
  const title = make('span', { class: 'name' }, page.say('evidence_files'));
  const act = make('div', { class: 'act' }, title, choose, photo, files, camera);
  return { element: make('div', { class: 'attached' }, act, list, complaint), show };
}
