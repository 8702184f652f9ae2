// Texts, dates, numbers, answers and names of items as people write them, read as the Python side reads them:
// base/text.py, base/dates.py, model/form/answers.py, forms/reading/values.py.

// what Python's str.strip takes for white space; JavaScript's own trim would also take U+FEFF
const BLANKS = '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009' +
  '\u200a\u2028\u2029\u202f\u205f\u3000';
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]/g;
const LONE_SURROGATE = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;
const INVISIBLE = /[\xad\u200b-\u200f\u2060\ufeff]/g;
// beyond this nothing is a date or a place, and patterns would take their time
const LONGEST_VALUE = 100;
const AROUND_SIGNS = /\s*([-./·、—–:年月])\s*/g;
const WEEKDAY = /\s*[(,]?\s*(?:星期|礼拜|周)([日一二三四五六天])\s*\)?\s*/g;
const CLOCK = '(\\d\\d?)[:时点](\\d\\d)(?::\\d\\d|分)?';
const BEFORE_CLOCK = '[T \\t\\n\\r\\f\\v,]';
const DATES = [
  '(20\\d\\d)[-./·、—–](\\d\\d?)[-./·、—–](\\d\\d?)(?:' + BEFORE_CLOCK + '+' + CLOCK + ')?',
  '(20\\d\\d)年(\\d\\d?)月(\\d\\d?)(?:' + BEFORE_CLOCK + '+' + CLOCK + ')?',
  '(20\\d\\d)年(\\d\\d?)月(\\d\\d?)[ \\t\\n\\r\\f\\v]*[日号](?:' + BEFORE_CLOCK + '*' + CLOCK + ')?',
  '(20\\d\\d)(\\d\\d)(\\d\\d)(?:' + BEFORE_CLOCK + '+' + CLOCK + ')?',
].map((source) => new RegExp('^' + source + '$'));
const FIGURES = '〇一二三四五六七八九';
const CHINESE = /[〇○零一二三四五六七八九十廿]+/g;
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const MONTH_FIRST = /^([A-Za-z]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?,? (20\d\d)$/;
const DAY_FIRST = /^(\d\d?)(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (20\d\d)$/;
const UNITS = '个|名|位|人|人次|项|条|家|张|张次|份|次|件|户|宗|起|本|处|卷|岗|岗位|项目|人员';
const NUMBER = new RegExp(
  '^(?:共|计|共计)?\\s*([0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9})\\s*(?:' + UNITS + '|个(?:' + UNITS + '))?[.!]?$'
);
const PLACE = /^(?:第|自查项|item|no\.?)?\s*([^\n]+?)\s*(?:项|条)?$/i;
const PART = /^([\s(/、,第-]*)([A-Za-z0-9]{1,3})\s*[)项]?$/;

/** Returns a typed text without the characters for which a whole file would be refused, and with LF line ends. */
function cleanText(text) {
  return String(text)
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(LONE_SURROGATE, (found) => (found.length === 2 ? found : '\ufffd'));
}

/** Returns a text without some characters at its end; a loop, because a pattern is slow on many spaces. */
function trimmedEnd(text, characters) {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

/** Returns a text without some characters around it. */
function stripped(text, characters) {
  let start = 0;
  while (start < text.length && characters.includes(text[start])) start += 1;
  return trimmedEnd(text.slice(start), characters);
}

/** Returns a text without the spaces around it. */
function strip(text) {
  return stripped(text, BLANKS);
}

/** Returns the canonical form of a text: NFC, no spaces at the ends of lines, no blank lines around it. */
function clean(text) {
  const lines = cleanText(text).normalize('NFC').split('\n');
  return strip(lines.map((line) => trimmedEnd(line, BLANKS)).join('\n'));
}

/** Returns whether a text is longer than anything that is read as a value. */
function isLong(text) {
  return text.length > LONGEST_VALUE && Array.from(text).length > LONGEST_VALUE;
}

/** Returns a form for comparing what people retype: half-width, no spaces, lower case. */
function loose(text) {
  return clean(text).normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

/** Returns a text with full-width letters, digits and signs made half-width, and nothing invisible in it. */
function halfWidth(text) {
  const half = text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\xa0]/g, ' ')
    .replace(/。/g, '.');
  return strip(half.replace(INVISIBLE, ''));
}

/** Returns "2023-11-05", or with a time "2023-11-05T14:30"; null if it is no day, or not all of one. */
function readDate(text, withTime) {
  const written = halfWidth(clean(text));
  if (isLong(written)) return null;
  const weekdays = (written.match(WEEKDAY) || []).map((one) => one.replace(WEEKDAY, '$1').replace('天', '日'));
  const plain = inFigures(strip(written.replace(WEEKDAY, ' '))).replace(AROUND_SIGNS, '$1').replace(/\.$/, '');
  const found = DATES.map((date) => date.exec(plain)).find(Boolean);
  if (!found || weekdays.length > 1) return null;
  const [, year, month, day, hour, minute] = found;
  const made = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (made.getUTCMonth() !== Number(month) - 1 || made.getUTCDate() !== Number(day)) return null;
  if (weekdays.some((weekday) => '日一二三四五六'.indexOf(weekday) !== made.getUTCDay())) return null;
  const date = made.toISOString().slice(0, 10);
  if (!hour) return date;
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  return withTime ? date + 'T' + hour.padStart(2, '0') + ':' + minute : date;
}

/** Returns a day in plain figures that has Chinese ones or an English month. */
function inFigures(text) {
  if (text.includes('年')) return text.replace(CHINESE, figures);
  const [, first, second, year] = MONTH_FIRST.exec(text) || DAY_FIRST.exec(text) || [];
  if (!year) return text;
  const [name, day] = /^\d/.test(first) ? [second.toLowerCase(), first] : [first.toLowerCase(), second];
  const month = MONTHS.findIndex((one) => [one, one.slice(0, 3), one.slice(0, 4)].includes(name)) + 1;
  return month ? year + '-' + month + '-' + day : text;
}

/** Returns a Chinese number in figures; a year is a row of figures. */
function figures(number) {
  const text = number.replace(/廿/g, '二十');
  const at = text.lastIndexOf('十');
  const digit = (/** @type {string} */ figure) => ('○零'.includes(figure) ? 0 : FIGURES.indexOf(figure));
  if (at < 0) return Array.from(text, digit).join('');
  const [tens, ones] = [text.slice(0, at), text.slice(at + 1)];
  if (tens.length > 1 || ones.length > 1) return number;
  return String((tens ? digit(tens) : 1) * 10 + (ones ? digit(ones) : 0));
}

/** Returns a whole number, with or without a unit after it ("3人"); null for anything vague. */
function readNumber(text) {
  const written = halfWidth(clean(text));
  const found = isLong(written) ? null : NUMBER.exec(written);
  return found ? Number(found[1].replace(/,/g, '')) : null;
}

/** Returns the id among several titled things that a text names by id or title; null if it names none. */
function readTitled(text, titled) {
  const found = titled.find((one) => loose(text) === loose(one.id) || loose(text) === loose(one.title));
  return found ? found.id : null;
}

/** Returns the answer that a text means, or the text itself if it means none or could mean two. */
function readAnswer(form, text, yesMeans) {
  const word = (said) => trimmedEnd(loose(said), '。.!！;；');
  const half = halfWidth(text);
  const known = [text, word(text), half, word(half)].find((one) => own(form.synonyms, one));
  if (known !== undefined) return form.synonyms[known];
  const bare = trimmedEnd(loose(half), '。.!！');
  if (yesMeans && form.yes.includes(bare)) return yesMeans;
  if (yesMeans && form.no.includes(bare)) return yesMeans === 'conform' ? 'problem' : 'conform';
  return text;
}

/** Returns the id that a text means, or the text itself in its plainest form. */
function readId(text, items) {
  if (items.some((one) => one.id === text)) return text;
  return strip(stripped(halfWidth(text), '"\'“”‘’ ').normalize('NFKC'));
}

/** Returns the id of a part that a text means, or the text itself in its plainest form. */
function readPartId(text, parts) {
  return parts.some((one) => one.id === text) ? text : stripped(halfWidth(text), '()"\'“” ').toLowerCase();
}

/**
 * Returns item and part of "3.2", "3.2b", "3.2(b)", "3.2 b" or "第3.2项"; an item called so comes first. What is no
 * item comes back as it is, without a part.
 */
function readPlaceName(text, items) {
  const written = readId(text, items);
  if (isLong(written)) return { item: written, part: '' };
  const found = PLACE.exec(written);
  const longestFirst = items.slice().sort((one, other) => other.id.length - one.id.length);
  for (const plain of [written, found ? found[1] : written]) {
    if (items.some((one) => one.id === plain)) return { item: plain, part: '' };
    for (const { id, parts } of longestFirst) {
      const [, gap, part] = (plain.startsWith(id) && PART.exec(plain.slice(id.length))) || [];
      const known = part && parts.some((one) => one.id === part.toLowerCase());
      // 3.21 is not part 1 of 3.2
      if (known && (gap || /^[A-Za-z]+$/.test(part))) return { item: id, part: part.toLowerCase() };
    }
  }
  return { item: written, part: '' };
}
