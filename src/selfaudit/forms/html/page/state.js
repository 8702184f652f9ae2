// What the respondent has typed: raw texts under the names of the form, every asked one present.

const GREATEST_NUMBER = 999999999;

/** Returns the state of a form in which nothing is typed. */
function emptyState(form) {
  return {
    filled_by: '',
    filled_on: '',
    coverage: emptyTexts(form.coverage),
    items: form.items.map((item) =>
      item.parts.length ? { id: item.id, parts: item.parts.map(emptyAnswer) } : emptyAnswer(item)
    ),
    findings: form.given.map((said, n) => ({ ...emptyFinding(form, n + 1), ...said })),
    suggestions: emptyTexts(form.suggestions),
    clues: '',
    declaration: false,
  };
}

function emptyAnswer({ id }) {
  return { id, answer: 'unchecked', note: '', evidence: [] };
}

function emptyTexts(boxes) {
  const texts = {};
  for (const { id } of boxes) texts[id] = '';
  return texts;
}

/**
 * Returns a finding in which nothing is typed.
 * @returns {Object<string, any>}
 */
function emptyFinding(form, number) {
  const finding = {};
  for (const { key, kind } of form.findingFields) {
    finding[key] = kind === 'disposition' ? emptyTexts(form.dispositions) : '';
  }
  return { ...finding, number: String(number), evidence: [] };
}

/** Returns the number of the next finding, as text: one more than the greatest, or else the smallest free one. */
function nextNumber(state) {
  const used = state.findings.map((finding) => readNumber(finding.number) || 0);
  let next = Math.max(0, ...used) + 1;
  if (next > GREATEST_NUMBER) next = used.findIndex((_, n) => !used.includes(n + 1)) + 1;
  return String(next);
}

/** Returns whether nothing but its number is typed into a finding. */
function saysNothing(finding) {
  return Object.keys(finding).every((key) => key === 'number' || !flat(finding[key]));
}

/**
 * Maps the data of a YAML form to the state of this form. Returns the state; the passport in the data;
 * whether the end of the file is missing; as {place, text} everything for which this form has no place; and, of an
 * earlier version of the form, as {place, ask, text} what was answered to other words than those of this form.
 */
function stateFrom(form, data) {
  const dropped = [];
  const reworded = [];
  const lines = linesOf(data, '', dropped);
  const state = emptyState(form);
  if (loose(lines.text('selfaudit') || RESPONSE_FORMAT) !== RESPONSE_FORMAT) lines.drop('selfaudit');
  const passport = lines.text('passport');
  const older = passport !== '' && passport !== form.passport;
  lines.compare('campaign', form.campaign);
  lines.compare('respondent', form.respondent);
  state.filled_by = lines.text('filled_by');
  state.filled_on = isoDate(lines.text('filled_on'), true);
  lines.boxes('coverage', form.coverage, state.coverage);
  lines.list('items').forEach((entry) => takeItem(form, state, entry, dropped, older ? reworded : null));
  if (form.given.length) {
    lines.list('findings').forEach((entry) => takeGiven(form, state, entry, dropped));
  } else {
    state.findings = lines.list('findings').map((entry) => takeFinding(form, entry, dropped));
    state.findings = renumbered(form, { ...state, findings: state.findings.filter((one) => !saysNothing(one)) });
  }
  lines.boxes('suggestions', form.suggestions, state.suggestions);
  if (form.clues) state.clues = lines.text('clues');
  if (older) leaveOpen(form, state, reworded);
  const declaration = lines.text('declaration');
  // what is declared is that this form is filled in
  state.declaration = !older && form.accepts.includes(stripped(loose(halfWidth(declaration)), '。.!！'));
  if (!state.declaration && !older) lines.drop('declaration');
  lines.rest();
  return { state, passport, cutOff: !('declaration' in Object(data)), dropped, reworded };
}

/** Returns takers for the lines of a map; what nobody took is dropped by rest(), what is of another shape at once. */
function linesOf(data, at, dropped) {
  const isMap = data !== null && typeof data === 'object' && !Array.isArray(data);
  const map = isMap ? data : { '': data };
  const left = new Set(Object.keys(map));
  const drop = (key) => {
    left.delete(key);
    const text = own(map, key) ? flat(map[key]) : '';
    if (text) dropped.push({ place: strip(at + ' ' + key), text });
  };
  const take = (key, fits, none) => {
    if (!own(map, key) || !fits(map[key])) return none;
    left.delete(key);
    return map[key];
  };
  const text = (key) => clean(take(key, (value) => typeof value === 'string', ''));
  const boxes = (key, asked, into) => {
    const inside = take(key, (value) => typeof value === 'object', {});
    const below = linesOf(inside, strip(at + ' ' + key), dropped);
    for (const { id, title } of asked) into[id] = below.text(id) || below.text(title);
    below.rest();
  };
  return {
    text,
    drop,
    boxes,
    list: (key) => take(key, Array.isArray, []),
    same: (key, issued) => [loose(issued), ''].includes(loose(text(key))),
    compare: (key, issued) => (loose(text(key)) === loose(issued) ? '' : drop(key)),
    rest: () => Array.from(left).forEach(drop),
  };
}

/** Returns everything that some data says, on one line. */
function flat(data) {
  if (typeof data === 'string') return clean(data);
  const said = Object.keys(Object(data)).map((key) => [key, flat(data[key])]).filter(([, text]) => text);
  return said.map(([key, text]) => (Array.isArray(data) ? text : key + ': ' + text)).join('; ');
}

/** Returns a date as the page's inputs take it, or the text itself if it cannot be read. */
function isoDate(text, withTime) {
  const read = readDate(text, withTime);
  return read === null ? text : read.replace('T', ' ');
}

/**
 * Takes over an item, or drops it if this form does not ask it and it says something. With a list "reworded", what was
 * answered to other words is put there.
 */
function takeItem(form, state, entry, dropped, reworded) {
  const lines = linesOf(entry, idOf(entry), dropped);
  const id = lines.text('id');
  const asked = form.items.find((item) => item.id === readId(id, form.items));
  if (!asked) return dropEntry(form, entry, id, dropped);
  const said = state.items.find((item) => item.id === asked.id);
  const parts = lines.list('parts');
  const same = lines.same('ask', asked.ask);
  if (!reworded) lines.compare('ask', asked.ask);
  else if (!same && !said.parts) return putReworded(form, lines, asked.id, reworded);
  if (said.parts) parts.forEach((part) => takePart(form, asked, said, part, dropped, reworded && { reworded, same }));
  else parts.forEach((part) => dropEntry(form, part, id + ' ' + idOf(part), dropped));
  takeAnswer(form, said.parts ? null : said, lines, asked.yes_means);
  return lines.rest();
}

function takePart(form, asked, said, entry, dropped, older) {
  const id = idOf(entry);
  const place = asked.id + ' ' + id;
  const part = asked.parts.find((one) => one.id === readPartId(id, asked.parts));
  if (!part) return dropEntry(form, entry, place, dropped);
  const lines = linesOf(entry, place, dropped);
  lines.text('id');
  if (!older) lines.compare('ask', part.ask);
  else if (!lines.same('ask', part.ask) || !older.same) return putReworded(form, lines, place, older.reworded);
  takeAnswer(form, said.parts.find((one) => one.id === part.id), lines, part.yes_means);
  return lines.rest();
}

/** Takes out the numbers and texts that answer other words than those of this form, and notes them. */
function leaveOpen(form, state, reworded) {
  const leave = (place, title, from, key) => {
    if (!form.again.includes(place) || !from[key]) return;
    reworded.push({ place: title, ask: '', text: from[key] });
    from[key] = '';
  };
  for (const { id, title } of form.coverage) leave('coverage:' + id, title, state.coverage, id);
  for (const { id, title } of form.suggestions) leave('suggestion:' + id, title, state.suggestions, id);
  leave('clues:', form.clues, state, 'clues');
}

/** Notes what was answered to other words, unless it says nothing. */
function putReworded(form, lines, place, reworded) {
  const [ask, answer, note] = ['ask', 'answer', 'note'].map(lines.text);
  const text = [answer, note].filter(Boolean).join('; ');
  if (note || readAnswer(form, answer) !== 'unchecked') reworded.push({ place, ask, text });
  return lines.rest();
}

/** Takes over answer and note, or drops them if there is no place for them or something else is there. */
function takeAnswer(form, into, lines, yesMeans) {
  const answer = readAnswer(form, lines.text('answer'), yesMeans);
  const note = lines.text('note');
  const evidence = takeFiles(lines);
  if (into && into.answer === 'unchecked' && !into.note && !into.evidence.length) {
    Object.assign(into, { answer, note, evidence });
  } else if (!into || into.answer !== answer || into.note !== note) {
    if (answer !== 'unchecked') lines.drop('answer');
    lines.drop('note');
    if (evidence.length) lines.drop('evidence');
  }
}

/** Take over the fields of a finding by their kind. */
const FINDING_TAKERS = {
  text: (lines, key, finding) => { finding[key] = lines.text(key); },
  line: (lines, key, finding) => { finding[key] = lines.text(key); },
  severity: (lines, key, finding, form) => {
    finding[key] = readTitled(lines.text(key), form.severities) || '';
    if (!finding[key]) lines.drop(key);
  },
  disposition: (lines, key, finding, form) => lines.boxes(key, form.dispositions, finding[key]),
  date: (lines, key, finding) => { finding[key] = isoDate(lines.text(key), false); },
  choice: (lines, key, finding, form) => {
    const field = form.findingFields.find((one) => one.key === key);
    finding[key] = readTitled(lines.text(key), field.options) || '';
    if (!finding[key]) lines.drop(key);
  },
};

/** Takes over what is said of a finding that the form is about, or drops it if it is about no such one. */
function takeGiven(form, state, entry, dropped) {
  const row = idOf(entry, form.row);
  const finding = state.findings.find((one) => one[form.row] === row);
  if (!finding) {
    dropEntry(form, entry, 'findings ' + row, dropped);
    return;
  }
  const lines = linesOf(entry, 'findings ' + row, dropped);
  for (const { key, kind } of form.findingFields) {
    if (own(FINDING_TAKERS, kind)) FINDING_TAKERS[kind](lines, key, finding, form);
    else lines.text(key);
  }
  finding.evidence = takeFiles(lines);
  lines.rest();
}

function takeFinding(form, entry, dropped) {
  const finding = emptyFinding(form, '');
  const lines = linesOf(entry, 'findings ' + idOf(entry, 'number'), dropped);
  finding.number = lines.text('number');
  const typed = { item: lines.text('item'), part: lines.text('part') };
  const { item, part } = readPlace(form, typed, (_, read) => read || '');
  finding.item = item || '';
  if (!item) lines.drop('item');
  if (item && part) finding.part = part;
  else lines.drop('part');
  for (const { key, kind } of form.findingFields) {
    if (own(FINDING_TAKERS, kind)) FINDING_TAKERS[kind](lines, key, finding, form);
  }
  finding.evidence = takeFiles(lines);
  lines.rest();
  return finding;
}


/** Returns findings of which each has a number of its own, the one under which they will be read. */
function renumbered(form, state) {
  const { numbers } = readState(form, state);
  const used = new Set(numbers);
  return state.findings.map((finding, n) => {
    let number = numbers[n] || readNumber(finding.number) || 1;
    while (numbers[n] === null && used.has(number)) number += 1;
    used.add(number);
    return { ...finding, number: String(number) };
  });
}

/** Drops a whole entry, unless it says nothing. */
function dropEntry(form, entry, place, dropped) {
  if (saysSomething(form, entry)) dropped.push({ place, text: flat(entry) });
}

function saysSomething(form, entry) {
  if (typeof entry === 'string') return clean(entry) !== '';
  return Object.keys(Object(entry)).some((key) => {
    const value = entry[key];
    if (key === 'answer' && typeof value === 'string') return readAnswer(form, clean(value)) !== 'unchecked';
    if (key === 'parts' && Array.isArray(value)) return value.some((part) => saysSomething(form, part));
    return key !== 'id' && key !== 'ask' && flat(value) !== '';
  });
}

/** Returns the id or number of an entry as it is written. */
function idOf(entry, key = 'id') {
  return flat(Object(entry)[key] || '') || '?';
}
