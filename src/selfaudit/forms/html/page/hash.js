// SHA-256 and the content code. The browser's own crypto is missing in some viewers, so it is done here.

const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SHA_ROOTS = shaRoots();

/** Returns the first 32 bits after the point of square roots (start) and cube roots (rounds) of the first primes. */
function shaRoots() {
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const bits = (root) => ((root - Math.floor(root)) * 0x100000000) >>> 0;
  return { start: primes.slice(0, 8).map((p) => bits(Math.sqrt(p))), rounds: primes.map((p) => bits(Math.cbrt(p))) };
}

/** Returns some bytes followed by the padding of SHA-256. */
function shaPadded(bytes) {
  const padded = new Uint8Array(((bytes.length + 8) >> 6 << 6) + 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, bytes.length << 3);
  return view;
}

/** Works one block of 64 bytes into the state. */
function shaBlock(state, view, at) {
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const words = [];
  for (let n = 0; n < 64; n += 1) {
    if (n < 16) {
      words[n] = view.getInt32(at + 4 * n);
    } else {
      const [early, late] = [words[n - 15], words[n - 2]];
      const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      const large = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      words[n] = (words[n - 16] + small + words[n - 7] + large) | 0;
    }
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let n = 0; n < 64; n += 1) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + SHA_ROOTS.rounds[n] + words[n]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => {
    state[n] = (state[n] + word) | 0;
  });
}

/** Returns the SHA-256 of a text in UTF-8, in hexadecimal. */
function sha256Hex(text) {
  return sha256Bytes(new TextEncoder().encode(text));
}

/** Returns the SHA-256 of some bytes, in hexadecimal. */
function sha256Bytes(bytes) {
  const view = shaPadded(bytes);
  const state = SHA_ROOTS.start.slice();
  for (let at = 0; at < view.byteLength; at += 64) shaBlock(state, view, at);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Returns the content hash of what is typed. */
function contentHash(form, state) {
  return sha256Hex(canonicalJson(canonical(form, state)));
}

/** Returns the eight characters that stand for a content on paper: the first 40 bits of its hash. */
function contentCode(hash) {
  const number = parseInt(hash.slice(0, 10), 16);
  return Array.from({ length: 8 }, (_, n) => CODE_ALPHABET[Math.floor(number / 32 ** (7 - n)) % 32]).join('');
}
