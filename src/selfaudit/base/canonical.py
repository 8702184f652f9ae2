"""One JSON text for the same data, and short codes of what a hash says; the screen alone needs neither."""

import hashlib
import json
from typing import Any

# Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# json.dumps would make an encoder for every call
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def short_hash(data: bytes, length: int) -> str:
    """Return the first ``length`` characters (5 bits each) of the SHA-256 of ``data`` in the code alphabet."""
    number = int.from_bytes(hashlib.sha256(data).digest())
    return "".join(ALPHABET[number >> (256 - 5 * (i + 1)) & 31] for i in range(length))


def canonical_json(data: Any) -> bytes:
    """Return the one JSON text of plain data: keys sorted, no spaces, UTF-8."""
    return _encode(data).encode()
