// A response as YAML: written so that every YAML reader takes it for what it is, and read back from what a person may
// load: a file that this page saved, or the YAML form, filled in or not.

const YAML_DEEPEST = 20;
const YAML_WORDS = ['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null'];
const YAML_ESCAPED = /[\x7f-\x9f\u2028\u2029\ufeff]/g;
const YAML_KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#[\]{},&*!|>%@`?:-][^\s:#]*)[ \t]*:(?:[ \t]+(.*))?$/;
const YAML_DASH = /^-(?:( +)(.*))?$/;
const YAML_BLOCK = /^\|(?:([+-])?([1-9])?|([1-9])([+-]))$/;
const YAML_NAMES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Returns the response as a YAML text; "declaration" is always its last line, which shows that it is whole. */
function writeYaml(form, state) {
  const { numbers } = readState(form, state);
  const findings = state.findings.map((finding, n) => ({ finding, number: numbers[n] })).filter(
    ({ finding }) => !saysNothing(finding)
  );
  const data = {
    selfaudit: RESPONSE_FORMAT,
    passport: form.passport,
    campaign: form.campaign,
    respondent: form.respondent,
    filled_by: state.filled_by,
    filled_on: state.filled_on,
    coverage: textsOf(form.coverage, state.coverage),
    items: form.items.map((item, n) => yamlItem(form, item, state.items[n])),
    findings: findings.map(({ finding, number }) => yamlFinding(form, finding, number)),
    suggestions: textsOf(form.suggestions, state.suggestions),
    clues: form.clues ? state.clues : null,
    declaration: state.declaration === true ? form.agree : '',
  };
  return yamlLines(data).join('\n') + '\n';
}

/** Returns what is typed into several boxes, null if there is none. */
function textsOf(boxes, said) {
  const texts = {};
  for (const { id } of boxes) texts[id] = said[id];
  return boxes.length ? texts : null;
}

function yamlItem(form, item, said) {
  if (!item.parts.length) return { id: item.id, ask: item.ask, ...yamlAnswer(form, said) };
  const parts = item.parts.map((part, n) => ({ id: part.id, ask: part.ask, ...yamlAnswer(form, said.parts[n]) }));
  return { id: item.id, ask: item.ask, parts };
}

function yamlAnswer(form, said) {
  const answer = own(form.words, said.answer) ? form.words[said.answer] : said.answer;
  return { answer, note: said.note, evidence: yamlFiles(said.evidence || []) };
}

function yamlFinding(form, finding, number) {
  const made = {};
  for (const { key, kind } of form.findingFields) {
    made[key] = kind === 'disposition' ? textsOf(form.dispositions, finding[key]) : finding[key];
  }
  made.evidence = yamlFiles(finding.evidence || []);
  if (number !== null) made.number = String(number);
  return made;
}

/** Returns the lines of a map; a list or map with nothing in it has nothing after its name, a null is left out. */
function yamlLines(map) {
  const lines = [];
  for (const key of Object.keys(map)) {
    const value = map[key];
    const name = YAML_WORDS.includes(key.toLowerCase()) ? '"' + key + '"' : key;
    if (Array.isArray(value)) {
      lines.push(name + ':', ...value.reduce((all, entry) => all.concat(yamlEntry(entry)), []));
    } else if (value !== null && typeof value === 'object') {
      lines.push(name + ':', ...yamlLines(value).map((line) => '  ' + line));
    } else if (value !== null) {
      lines.push(name + ': ' + yamlText(value));
    }
  }
  return lines;
}

function yamlEntry(map) {
  return yamlLines(map).map((line, n) => (n ? '    ' : '  - ') + line);
}

/** Returns a text between quotation marks, as JSON and YAML both read it. */
function yamlText(text) {
  const escape = (char) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0');
  return JSON.stringify(cleanText(text)).replace(YAML_ESCAPED, escape);
}

/**
 * Returns the maps, lists and texts of a YAML text. Knows comments, plain and quoted texts, "|" texts, lists and maps
 * in block style; anything else throws {line, text}, as does whatever could be read in two ways.
 */
function readYaml(text) {
  const plain = text.replace(/\ufeff/g, '').replace(/\r\n?/g, '\n').replace(/[\u2028\u2029]/g, ' ');
  const lines = plain.replace(/\n$/, '').split('\n');
  const reader = { lines, at: 0, indent: 0, rest: '' };
  reader.at = reader.lines.findIndex((line) => cleanText(line) !== line);
  if (reader.at >= 0) yamlFail(reader);
  yamlNext(reader, 0);
  if (reader.rest === null) return Object.create(null);
  const data = yamlMap(reader, reader.indent, 0);
  if (reader.rest !== null) yamlFail(reader);
  return data;
}

/** Throws the place of a line that cannot be read. */
function yamlFail(reader) {
  const at = Math.min(reader.at, reader.lines.length - 1);
  throw { line: at + 1, text: reader.lines[at].trim() };
}

/** Goes to the next line with content: its spaces in "indent", what follows in "rest", null at the end. */
function yamlNext(reader, at) {
  reader.at = at;
  while (reader.at < reader.lines.length && /^[ \t]*(#|$)/.test(reader.lines[reader.at])) reader.at += 1;
  if (reader.at >= reader.lines.length) {
    reader.rest = null;
    reader.indent = -1;
    return;
  }
  const [, blanks, rest] = /^( *)([^]*)$/.exec(reader.lines[reader.at]);
  reader.indent = blanks.length;
  reader.rest = rest;
}

/** Reads the map whose names start at a column. */
function yamlMap(reader, column, depth) {
  const map = Object.create(null);
  if (depth > YAML_DEEPEST) yamlFail(reader);
  while (reader.rest !== null && reader.indent === column && !YAML_DASH.test(reader.rest)) {
    const found = YAML_KEY.exec(reader.rest);
    if (!found) yamlFail(reader);
    const key = yamlScalar(reader, found[1]);
    if (key in map) yamlFail(reader);
    map[key] = yamlValue(reader, yamlTrimmed(found[2]), column, depth);
  }
  if (reader.indent > column) yamlFail(reader);
  return map;
}

/** Reads the list whose dashes are at a column. */
function yamlList(reader, column, depth) {
  const list = [];
  if (depth > YAML_DEEPEST) yamlFail(reader);
  while (reader.rest !== null && reader.indent === column) {
    const found = YAML_DASH.exec(reader.rest);
    if (!found) break;
    const text = yamlTrimmed(found[2]);
    if (YAML_KEY.test(text) || YAML_DASH.test(text)) {
      reader.indent = column + 1 + found[1].length;
      reader.rest = found[2];
      list.push(yamlBelow(reader, reader.indent, depth));
    } else {
      list.push(yamlValue(reader, text, column, depth, true));
    }
  }
  if (reader.indent > column) yamlFail(reader);
  return list;
}

/** Returns a text without the characters around it that YAML takes for spaces. */
function yamlTrimmed(text) {
  return stripped(text || '', ' \t');
}

/** Reads what follows a name or dash at a column, or is below it. */
function yamlValue(reader, text, column, depth, dashed) {
  if (YAML_BLOCK.test(text)) return yamlBlock(reader, text, column);
  const value = yamlScalar(reader, text);
  yamlNext(reader, reader.at + 1);
  const list = !dashed && reader.indent === column && reader.rest !== null && YAML_DASH.test(reader.rest);
  if (reader.indent <= column && !list) return value;
  if (text) yamlFail(reader);
  return yamlBelow(reader, reader.indent, depth);
}

function yamlBelow(reader, column, depth) {
  return YAML_DASH.test(reader.rest) ? yamlList(reader, column, depth + 1) : yamlMap(reader, column, depth + 1);
}

/** Returns what a text on one line means. */
function yamlScalar(reader, text) {
  if (text === '[]') return [];
  if (text === '{}') return Object.create(null);
  if (/^"/.test(text)) return yamlQuoted(reader, text);
  if (/^'/.test(text)) {
    if (!/^'(?:[^']|'')*'$/.test(text)) yamlFail(reader);
    return text.slice(1, -1).replace(/''/g, "'");
  }
  const special = /^(?:[[\]{}#&*!|>%@`,]|[-?:](?:\s|$)|---|\.\.\.$)/.test(text);
  if (special || /:(?:\s|$)|\s#/.test(text)) yamlFail(reader);
  return text;
}

function yamlQuoted(reader, text) {
  if (!/^"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*"$/.test(text)) yamlFail(reader);
  return text.slice(1, -1).replace(/\\(?:u(....)|(.))/g, (_, code, name) =>
    code ? String.fromCharCode(parseInt(code, 16)) : YAML_NAMES[name]
  );
}

/** Reads a "|" text: the lines below that are indented more than the name it belongs to. */
function yamlBlock(reader, header, column) {
  const found = YAML_BLOCK.exec(header);
  const first = reader.at + 1;
  const blanks = (at) => /^ */.exec(reader.lines[at])[0].length;
  const inside = (at, least) => at < reader.lines.length && (/^ *$/.test(reader.lines[at]) || blanks(at) >= least);
  let end = first;
  while (inside(end, Infinity)) end += 1;
  const digit = Number(found[2] || found[3] || 0);
  const indent = column + (digit || Math.max(1, end < reader.lines.length ? blanks(end) - column : 1));
  while (inside(end, indent)) end += 1;
  const text = reader.lines.slice(first, end).map((line) => line.slice(indent) + '\n').join('');
  yamlNext(reader, end);
  const chomp = found[1] || found[4];
  if (chomp === '+') return text;
  const kept = trimmedEnd(text, '\n');
  return kept && chomp !== '-' ? kept + '\n' : kept;
}
