"""Ten thousand workbooks that differ in a few words: everything before the first of them is packed once.

A packed part of a zip is a chain of deflate blocks. What is the same in every copy is compressed once and ends on a
whole byte; what differs follows as one block that is stored as it is, so that a copy costs no compression.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from selfaudit.base.text import printable
from selfaudit.files.packing import compressed, uncompressed
from selfaudit.files.zips import DEFLATED, Part, zipped

_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def in_xml(text: str) -> str:
    """Return a text as it is written in a workbook's XML, where ``_x0041_`` would be read as A."""
    return _ESCAPED.sub("_x005F_", escape(printable(text)))


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A part of the zip: what is packed already, and the pieces of its end, every second of them the name of a slot."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    pieces: tuple[bytes, ...]
    slots: tuple[str, ...]

    def filled(self, words: Mapping[str, bytes]) -> Part:
        """Return the part with these words in its slots."""
        if not self.slots:
            return Part(self.name, self.packed, self.size, self.crc, DEFLATED)
        ends = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            ends += (words[slot], piece)
        end = b"".join(ends)
        size, crc = self.size + len(end), zlib.crc32(end, self.crc)
        return Part(self.name, self.packed + uncompressed(end, last=True), size, crc, DEFLATED)


class Stamp:
    """A workbook with slots in it."""

    def __init__(self, members: Iterable[tuple[str, bytes]], slots: Mapping[str, str]) -> None:
        """Take the parts of the workbook, and the text that stands for each slot in them."""
        names = {text.encode(): name for name, text in slots.items()}
        pattern = re.compile(b"|".join(map(re.escape, names)))
        self._parts = [_part(name.encode(), data, pattern, names) for name, data in members]

    def filled(self, words: Mapping[str, str]) -> bytes:
        """Return the workbook with these words in its slots."""
        encoded = {slot: in_xml(word).encode() for slot, word in words.items()}
        return zipped(part.filled(encoded) for part in self._parts)


def _part(name: bytes, data: bytes, pattern: re.Pattern[bytes], names: Mapping[bytes, str]) -> _Prepared:
    found = list(pattern.finditer(data))
    start = found[0].start() if found else len(data)
    packed = compressed(data[:start], last=not found)
    ends = [start, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(data)]
    pieces = tuple(data[end:begin] for end, begin in zip(ends, starts, strict=True))
    return _Prepared(name, packed, start, zlib.crc32(data[:start]), pieces, tuple(names[match[0]] for match in found))
