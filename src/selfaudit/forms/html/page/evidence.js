// The files that show what an answer or a problem says: names, sizes and hashes, which are part of the response.

const UNSAFE_NAME = /[<>:"/\\|?*\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FILE_FOLDER = /^.*[/\\]/;
const UNSEEN_IN_NAME = /[\u061c\u2028\u2029\ufff9-\ufffb\ud800-\udfff]/g;
const SHA256 = /^[0-9a-f]{64}$/;
const LONGEST_FILE_NAME = 255;

/** Returns the name of a file without folders and without anything that no file system or screen takes. */
function plainName(text) {
  const last = clean(text).replace(FILE_FOLDER, '').replace(UNSAFE_NAME, '_').replace(UNSEEN_IN_NAME, '_');
  return strip(Array.from(last).slice(0, LONGEST_FILE_NAME).join(''));
}

/** Returns the files that the lines of a form name: a list of names or of maps, or a text with names. */
function takeFiles(lines) {
  const listed = lines.list('evidence');
  const entries = listed.length ? listed : lines.text('evidence').split(/[;；\n]/);
  const files = entries.map((entry) => {
    const { name, sha256, size } = typeof entry === 'string' ? { name: entry, sha256: '', size: '' } : Object(entry);
    const hash = clean(flat(sha256 || '')).toLowerCase();
    const known = SHA256.test(hash) ? { sha256: hash, size: readNumber(flat(size || '')) || 0 } : {};
    return { name: plainName(flat(name || '')), sha256: '', size: 0, ...known };
  });
  return files.filter(({ name }) => name);
}

/** Returns the canonical form of the files of a place: in the order of their names, each once, nothing empty. */
function readFiles(files) {
  const read = files.map(({ name, sha256, size }) => withoutEmpty({ name, sha256, size }));
  const order = (a, b) => byCodePoint(a.name, b.name) || byCodePoint(a.sha256 || '', b.sha256 || '');
  const same = (a, b) => a.name === b.name && a.sha256 === b.sha256;
  return read.sort(order).filter((file, n) => n === 0 || !same(file, read[n - 1]));
}

/** Returns the files of a place as the lines of a form; null, which is left out, if there are none. */
function yamlFiles(files) {
  const known = ({ sha256, size }) => (sha256 ? { sha256, size: String(size) } : {});
  const texts = (file) => ({ name: file.name, ...known(file) });
  return files.length ? readFiles(files).map(texts) : null;
}

/** Returns every list of files in a state, with the place of its input. */
function filePlaces(state) {
  const places = [];
  for (const item of state.items) {
    for (const one of item.parts || [item]) {
      const at = 'items/' + item.id + (item.parts ? '/' + one.id : '');
      places.push({ at: at + '/evidence', files: one.evidence });
    }
  }
  for (const finding of state.findings) {
    places.push({ at: 'findings/' + finding.number + '/evidence', files: finding.evidence });
  }
  return places;
}
