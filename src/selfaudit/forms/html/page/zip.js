// A zip of stored members: the response and the files that show what it says. Photos and PDFs are packed already.

const ZIP_UTF8 = 0x0800;
const ZIP_FIRST_DAY = 0x21;
const CRC_TABLE = Array.from({ length: 256 }, (_, n) => {
  let word = n;
  for (let bit = 0; bit < 8; bit += 1) word = word & 1 ? (word >>> 1) ^ 0xedb88320 : word >>> 1;
  return word;
});

/** Returns the CRC-32 of some bytes. */
function crc32(bytes) {
  let crc = -1;
  for (let n = 0; n < bytes.length; n += 1) crc = CRC_TABLE[(crc ^ bytes[n]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Returns numbers as bytes, lowest first; each is given as [number, count of bytes]. */
function littleEndian(...numbers) {
  const bytes = [];
  for (const [number, count] of numbers) {
    for (let n = 0; n < count; n += 1) bytes.push(Math.floor(number / 256 ** n) % 256);
  }
  return new Uint8Array(bytes);
}

/** Returns the parts of a zip of {name, bytes}, for a Blob; the bytes themselves are not copied. */
function zipParts(members) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const { name, bytes } of members) {
    const called = new TextEncoder().encode(name);
    const size = bytes.length;
    const facts = [[20, 2], [ZIP_UTF8, 2], [0, 2], [0, 2], [ZIP_FIRST_DAY, 2], [crc32(bytes), 4], [size, 4], [size, 4]];
    const head = littleEndian([0x04034b50, 4], ...facts, [called.length, 2], [0, 2]);
    parts.push(head, called, bytes);
    const places = [[0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]];
    directory.push(littleEndian([0x02014b50, 4], [20, 2], ...facts, [called.length, 2], ...places), called);
    at += head.length + called.length + size;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const counts = [[0, 2], [0, 2], [members.length, 2], [members.length, 2], [length, 4], [at, 4], [0, 2]];
  return [...parts, ...directory, littleEndian([0x06054b50, 4], ...counts)];
}

/** Returns the stored members of a zip as this page writes it, as {name, bytes}; null if it is none. */
function zipMembers(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const members = [];
  let at = 0;
  while (at + 30 <= bytes.length && view.getUint32(at, true) === 0x04034b50) {
    const [packed, size] = [view.getUint16(at + 8, true), view.getUint32(at + 22, true)];
    const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 30, at + 30 + view.getUint16(at + 26, true)));
    if (packed || view.getUint16(at + 6, true) & 8 || start + size > bytes.length) return null;
    members.push({ name, bytes: bytes.slice(start, start + size) });
    at = start + size;
  }
  return members.length ? members : null;
}
