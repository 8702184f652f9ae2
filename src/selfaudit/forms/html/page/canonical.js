// The canonical content of what the respondent typed, its JSON and its hash, as docs/formats.md specifies them.
// Whatever is read here is read as the Python side reads it: forms/sections.py, forms/items.py, forms/findings.py.

const RESPONSE_FORMAT = 'selfaudit/response/1';
/** Reads the fields of a finding by their kind, null if it cannot; its number and place are read together. */
const FINDING_READERS = {
  text: (typed) => clean(typed),
  line: (typed) => clean(typed),
  severity: (typed, form) => clean(typed) && readTitled(typed, form.severities),
  disposition: (typed, form) => readTexts(form.dispositions, typed),
  date: (typed) => clean(typed) && readDate(typed, false),
  choice: (typed, _, field) => clean(typed) && readTitled(typed, field.options),
  given: (typed) => clean(typed),
};
const ANSWERS = ['unchecked', 'conform', 'problem', 'not_applicable'];

/** Returns whether an object itself has a name, so that a text like "constructor" is never taken for one. */
function own(object, name) {
  return Object.prototype.hasOwnProperty.call(object, name);
}

/** Compares two texts by their code points, which UTF-16 order is not. */
function byCodePoint(one, other) {
  const first = Array.from(one);
  const second = Array.from(other);
  const at = first.findIndex((char, n) => char !== second[n]);
  if (at < 0 || at >= second.length) return first.length - second.length;
  return first[at].codePointAt(0) - second[at].codePointAt(0);
}

/** Returns an object without what is empty: no text, list or object with nothing in it, no false, no null. */
function withoutEmpty(object) {
  const made = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value && (typeof value !== 'object' || Object.keys(value).length > 0)) made[key] = value;
  }
  return made;
}

/**
 * Reads everything typed: its content; what is unread, as {place, value, target, field, number}; the number of each
 * typed finding, null if it says nothing.
 */
function readState(form, state) {
  const unread = [];
  const filledOn = readFilledOn(state.filled_on, unread);
  const coverage = readCoverage(form, state.coverage, unread);
  const items = readItems(form, state.items, unread);
  const { findings, numbers } = readFindings(form, state.findings, unread);
  const content = withoutEmpty({
    format: RESPONSE_FORMAT,
    passport: form.passport,
    filled_by: clean(state.filled_by),
    filled_on: filledOn,
    coverage,
    items,
    findings,
    suggestions: readTexts(form.suggestions, state.suggestions),
    clues: clean(state.clues),
    declaration: state.declaration === true,
  });
  return { content, unread, numbers };
}

/** Returns the canonical content as docs/formats.md specifies it; what cannot be read is left out. */
function canonical(form, state) {
  return readState(form, state).content;
}

/** Returns the day of filling in; one that has not come yet would outrank every later correction. */
function readFilledOn(text, unread) {
  const value = clean(text);
  if (!value) return '';
  const read = readDate(value, true);
  if (read !== null && read.slice(0, 10) <= tomorrow()) return read;
  unread.push({ place: '', value, target: 'filled_on', field: 'filled_on' });
  return '';
}

/** Returns the day after today for the person who fills in the form. */
function tomorrow() {
  const day = new Date();
  const noon = Date.UTC(day.getFullYear(), day.getMonth(), day.getDate() + 1, 12);
  return new Date(noon).toISOString().slice(0, 10);
}

/** Returns the numbers asked for that can be read. */
function readCoverage(form, said, unread) {
  const read = {};
  for (const { id, title } of form.coverage) {
    const number = readNumber(said[id]);
    const value = clean(said[id]);
    if (number !== null) read[id] = number;
    else if (value) unread.push({ place: title, value, target: 'coverage/' + id, field: id });
  }
  return read;
}

/** Returns the texts that are not empty, of several boxes. */
function readTexts(boxes, said) {
  const read = {};
  for (const { id } of boxes) read[id] = clean(said[id]);
  return withoutEmpty(read);
}

/** Returns what is said about items and parts, in the order of their ids. */
function readItems(form, items, unread) {
  const read = items.map((item, n) => {
    const asked = form.items[n];
    if (!item.parts) return readSaid(form, asked, item, item.id, unread);
    const parts = item.parts.map((part, m) => readSaid(form, asked.parts[m], part, item.id + '/' + part.id, unread));
    return withoutEmpty({ id: item.id, parts: byId(parts) });
  });
  return byId(read);
}

/** Returns an answer and its note; a raw text that is no answer counts as not said. */
function readSaid(form, asked, said, at, unread) {
  const value = clean(said.answer);
  const read = readAnswer(form, value, asked.yes_means);
  const known = ANSWERS.includes(read);
  if (!known) unread.push({ place: at.replace('/', ' '), value, target: 'items/' + at + '/answer', field: 'answer' });
  const answer = known && read !== 'unchecked' ? read : '';
  return withoutEmpty({ id: said.id, answer, note: clean(said.note), evidence: readFiles(said.evidence || []) });
}

/** Returns the entries that say more than their id, in the order of ids. */
function byId(entries) {
  return entries.filter((entry) => Object.keys(entry).length > 1).sort((a, b) => byCodePoint(a.id, b.id));
}

/** Returns the findings that say something, in canonical order, and the number of each typed one. */
function readFindings(form, typed, unread) {
  const read = typed.map((finding) => readFinding(form, finding));
  const numbers = numbered(typed.map((finding, n) => (Object.keys(read[n].finding).length ? finding.number : null)));
  read.forEach(({ finding, unread: mine }, n) => {
    const number = numbers[n] === null ? typed[n].number : numbers[n];
    const place = placeOf(finding) || '?';
    for (const { field, value } of mine) {
      const target = 'findings/' + number + '/' + field;
      unread.push({ place, value, target, field, number, alone: numbers[n] === null });
    }
    if (numbers[n] !== null) finding.number = number;
  });
  const findings = read.map(({ finding }) => finding).filter((finding) => own(finding, 'number'));
  const compare = (a, b, key) => byCodePoint(a[key] || '', b[key] || '');
  findings.sort((a, b) => compare(a, b, 'item') || compare(a, b, 'part') || a.number - b.number);
  return { findings, numbers };
}

/** Returns the place of a finding, as "3.2 a"; without an item the part can be any text, and is no place. */
function placeOf(finding) {
  return finding.item ? strip(finding.item + ' ' + (finding.part || '')) : '';
}

/** Gives every finding that says something its own number; a missing or repeated one gets the smallest free one. */
function numbered(typed) {
  const read = typed.map((text) => (text === null ? 0 : readNumber(text) || 0));
  const used = new Set();
  let free = 0;
  return typed.map((text, n) => {
    if (text === null) return null;
    let number = read[n];
    if (!number || used.has(number)) {
      free += 1;
      while (read.includes(free)) free += 1;
      number = free;
    }
    used.add(number);
    return number;
  });
}

/** Returns one finding without its number, and the fields of it that cannot be read. */
function readFinding(form, typed) {
  const unread = [];
  const keep = (field, read, value = typed[field]) => {
    if (read === null) unread.push({ field, value: clean(value) });
    return read || '';
  };
  const said = form.given.length ? {} : readPlace(form, typed, keep);
  for (const field of form.findingFields) {
    const read = FINDING_READERS[field.kind];
    if (read) said[field.key] = keep(field.key, read(typed[field.key], form, field));
  }
  const evidence = readFiles(typed.evidence || []);
  return { finding: withoutEmpty({ ...said, evidence }), unread };
}

/** Returns item and part of a finding; a part without an item stays as it is, and the item cannot be read. */
function readPlace(form, typed, keep) {
  const part = clean(typed.part);
  if (!clean(typed.item)) {
    if (part) keep('item', null, part);
    return { part };
  }
  const place = readPlaceName(clean(typed.item), form.items);
  const asked = form.items.find((one) => one.id === place.item);
  if (!asked) return { item: keep('item', null) };
  const plain = readPartId(part, []) || place.part;
  const known = plain === '' || asked.parts.some((one) => one.id === plain);
  return { item: asked.id, part: keep('part', known ? plain : null) };
}

/** Returns the one JSON text of plain data: keys sorted by code point, no spaces, no escapes but those JSON demands. */
function canonicalJson(data) {
  if (Array.isArray(data)) return '[' + data.map(canonicalJson).join(',') + ']';
  if (data === null || typeof data !== 'object') return JSON.stringify(data);
  const keys = Object.keys(data).sort(byCodePoint);
  return '{' + keys.map((key) => JSON.stringify(key) + ':' + canonicalJson(data[key])).join(',') + '}';
}
