"""Files that differ in a few words, put into a zip: what they share is packed once.

A packed file is a chain of deflate blocks. What is the same in every file is compressed once and ends on a whole byte;
what differs is stored between as it is, so that one more file costs no compression.
"""

import struct
import zlib
from collections.abc import Sequence

from selfaudit.files.zips import DEFLATED, STORED, Part

_LONGEST_BLOCK = 0xFFFF


class Packer:
    """Packs files that consist of these parts, in this order, and anything between them."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        """Take the two parts or more that every file has; it begins with the first and ends with the last."""
        self._parts = parts
        self._packed = [compressed(part, last=n == len(parts)) for n, part in enumerate(parts, 1)]

    def pack(self, name: str, data: bytes) -> Part | None:
        """Return a file as it is in a zip, or None if it lacks one of the parts."""
        if not data.startswith(self._parts[0]) or not data.endswith(self._parts[-1]):
            return None
        out, at, rest = list[bytes](), 0, len(data) - len(self._parts[-1])
        for n, (part, packed) in enumerate(zip(self._parts, self._packed, strict=True), 1):
            begin = rest if n == len(self._parts) else data.find(part, at, rest)
            if begin < at:
                return None
            out += (uncompressed(data[at:begin], last=False), packed)
            at = begin + len(part)
        return Part(name.encode(), b"".join(out), len(data), zlib.crc32(data), DEFLATED)


def packed(name: str, data: bytes, level: int) -> Part:
    """Return a file as it is in a zip, compressed; level 0 leaves it as it is."""
    if not level:
        return Part(name.encode(), data, len(data), zlib.crc32(data), STORED)
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Part(name.encode(), packer.compress(data) + packer.flush(), len(data), zlib.crc32(data), DEFLATED)


def compressed(data: bytes, *, last: bool) -> bytes:
    """Return a piece of a deflate stream, which ends with the last one; nothing before or after it matters to it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)


def uncompressed(data: bytes, *, last: bool) -> bytes:
    """Return bytes as a piece of a deflate stream that is not compressed."""
    blocks = [data[at : at + _LONGEST_BLOCK] for at in range(0, len(data), _LONGEST_BLOCK)]
    if last and not blocks:
        # a stream ends with a block, if with an empty one
        blocks = [b""]
    ends = [last and n == len(blocks) for n in range(1, len(blocks) + 1)]
    heads = [struct.pack("<?HH", end, len(b), len(b) ^ _LONGEST_BLOCK) for end, b in zip(ends, blocks, strict=True)]
    return b"".join(head + block for head, block in zip(heads, blocks, strict=True))
