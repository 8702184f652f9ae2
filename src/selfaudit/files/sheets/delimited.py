"""Tables saved as text (CSV, TSV): decoded strictly, in pieces, and written as one plain form that any program reads.

The plain form is UTF-8 with LF, one record a line; every record of the file is there, an empty line as well, so that
numbers of rows are those that Excel shows. A quotation mark in the middle of a cell is read as Excel reads it. One that
opens a cell and is not closed at the end of one is a sign like others: no row becomes a part of the one before.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from selfaudit.base.problems import Where
from selfaudit.files.encodings import is_noise, mostly_utf8
from selfaudit.files.sheets.bounds import MOST_COLUMNS

LOST = "\ufffd"
"""Stands for bytes that are no character."""
_FEW = 100
"""One in so many bytes may be damaged in a text that is read all the same."""
_WIDE = re.compile("[\u0800-\ufffc]")
PIECE = 1 << 20
"""Bytes that are decoded at once."""
DELIMITERS = (",", "\t", ";", "|")
_HEAD = 1 << 18
"""Bytes at the beginning of a file in which the header is looked for."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LONGEST_LINE = 1 << 23
"""Characters of a line: in a longer one, the ends of lines are missing."""
_MOST_LINES = 20
"""Lines with such a quotation mark that are named."""
_LONGEST_RECORD = 1 << 17
"""Characters of a record in several lines; in a longer one, a quotation mark was not closed."""
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_KEPT_BYTES = bytes({*range(256)} - {*range(9), 11, 12, *range(14, 32), 127})


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is written: its encoding, the bytes of its mark, and what separates its columns."""

    encoding: str
    mark: int = 0
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Plain:
    """What was written: records, columns of the longest, signs left out, and lines with a quotation mark never closed.

    ``several_lines`` says that a record may have more than one line.
    """

    records: int
    columns: int
    unclosed: tuple[int, ...]
    left_out: int
    several_lines: bool


class LineTooLongError(Exception):
    """A line of a text is longer than any is read; its number, from 1, is the argument."""


class NoCharacterError(Exception):
    """Bytes of a text are no character in its encoding, at a line and column from 1.

    ``cut_off`` says that the text ends in the middle of a character, ``likely`` that it is in this encoding all the
    same.
    """

    def __init__(self, line: int, column: int, *, cut_off: bool, likely: bool) -> None:
        """Take the place."""
        super().__init__(f"{line}:{column}")
        self.line, self.column, self.cut_off, self.likely = line, column, cut_off, likely


def manners(path: Path) -> Iterator[Manner]:
    """Yield every way in which the beginning of a text can be read; a few bytes of it may be damaged."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    marked = next(((encoding, len(mark)) for mark, encoding in _BOMS if head.startswith(mark)), None)
    for encoding, mark in [marked] if marked else [(encoding, 0) for encoding in _encodings(head)]:
        yield from (Manner(encoding, mark, delimiter) for delimiter in DELIMITERS)


def _encodings(head: bytes) -> Iterator[str]:
    """Yield the encodings in which a text without a mark may be; damaged UTF-8 is not read as GB18030."""
    whole = LOST not in _text(head, "utf-8", 0)
    if whole or mostly_utf8(head):
        yield "utf-8"
    if whole or not (mostly_utf8(head) or is_noise(head)):
        yield from ["gb18030"] if _text(head, "gb18030", 0).count(LOST) <= 1 + len(head) // _FEW else []


def first_rows(path: Path, manner: Manner, most: int) -> list[list[str]]:
    """Return the first records, all of the same width."""
    rows = list[list[str]]()
    lines = io.StringIO(_UNWANTED.sub("", head_text(path, manner)), newline=None)
    try:
        for row in csv.reader(lines, delimiter=manner.delimiter):
            rows.append(row)
            if len(rows) == most:
                break
    except csv.Error:
        pass
    width = min(max(map(len, rows), default=0), MOST_COLUMNS)
    return [(row + [""] * width)[:width] for row in rows]


def head_text(path: Path, manner: Manner) -> str:
    """Return the beginning of a text."""
    with path.open("rb") as stream:
        return _text(stream.read(_HEAD), manner.encoding, manner.mark)


def _text(head: bytes, encoding: str, mark: int) -> str:
    """Return the text of the beginning of a file, which may end in the middle of a character."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(head[mark:])


def write_plain(path: Path, manner: Manner, to: Path, *, damaged: bool = False) -> Plain:
    """Write the plain form of a text; raise ``NoCharacterError`` if it is not in this encoding.

    Of a ``damaged`` one, what is no character becomes U+FFFD; it must still not be cut off.
    """
    writer = _Writer(manner.delimiter)
    with path.open("rb") as stream, to.open("wb") as out:
        stream.seek(manner.mark)
        for text in _pieces(stream, manner.encoding, writer, "replace" if damaged else "strict"):
            writer.write(text, out)
        writer.finish(out)
    return Plain(writer.records, writer.columns, tuple(writer.unclosed), writer.left_out, writer.several_lines)


def _pieces(stream: BinaryIO, encoding: str, writer: "_Writer", how: str) -> Iterator[str]:
    """Yield the text in pieces of whole lines, each without the end of its last line."""
    decoder = codecs.getincrementaldecoder(encoding)(how)
    rest, done, wide = "", False, False
    while not done:
        data = stream.read(PIECE)
        done = not data
        # in these encodings, such a byte is never a part of another character
        clean = not encoding.startswith("utf-16") and not data.translate(None, _KEPT_BYTES)
        if done:
            decoder.errors = "strict"
        try:
            decoded = decoder.decode(data, final=done)
        except UnicodeDecodeError as exc:
            before = (rest + exc.object[: exc.start].decode(encoding)).replace("\r\n", "\n").replace("\r", "\n")
            at = Where.in_text("", before, len(before))
            likely = wide or encoding != "utf-8" or mostly_utf8(data)
            raise NoCharacterError(writer.lines + at.line, at.column, cut_off=done, likely=likely) from exc
        wide = wide or (not decoded.isascii() and _WIDE.search(decoded) is not None)
        text = rest + decoded
        if "\r" in text:
            held = text.endswith("\r") and not done
            text = text[:-1] if held else text
            text = text.replace("\r\n", "\n").replace("\r", "\n") + ("\r" if held else "")
        if not clean:
            text, left_out = _UNWANTED.subn("", text)
            writer.left_out += left_out
        lines, end, rest = text.rpartition("\n")
        if end:
            yield lines
        if len(rest) > LONGEST_LINE:
            raise LineTooLongError(writer.lines + 1)
    if rest:
        yield rest


class _Writer:
    """Writes lines as records, each in the plain form; only lines with quotation marks are looked into."""

    def __init__(self, delimiter: str) -> None:
        self.records = self.columns = self.left_out = self.lines = 0
        self.unclosed = list[int]()
        self.several_lines = False
        self._delimiter, self._open = delimiter, list[str]()
        self._opened = self._length = 0
        escaped = re.escape(delimiter)
        cell = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{escaped}]*+)'
        quoted = rf'"(?<![^{escaped}\n]")[^"]*+(?:""[^"]*+)*+"(?![^{escaped}\n])'
        self._cells = re.compile(quoted)
        self._well_formed = re.compile(f"{cell}(?:{escaped}{cell})*+")
        self._within = bytes({*range(256)} - {*delimiter.encode(), *b"\n"})

    def write(self, text: str, out: BinaryIO) -> None:
        """Write the records that end in a text of whole lines; nearly always it is well formed as a whole."""
        first = self.lines + 1
        self.lines += text.count("\n") + 1
        if not self._open and self._takes(text):
            self._put([text], out)
            return
        done = list[str]()
        for number, line in enumerate(text.split("\n"), first):
            done += self._quoted(line, number) if self._open or '"' in line else self._unquoted(line)
        self._put(done, out)

    def _takes(self, text: str) -> bool:
        """Count records and columns of a text in which no line is empty and every quotation mark belongs to a cell."""
        outside = self._cells.sub("", text) if '"' in text else text
        if '"' in outside or "\n\n" in f"\n{outside}\n":
            return False
        signs = outside.encode().translate(None, self._within)
        records = signs.count(b"\n") + 1
        if text.count("\n") >= records:
            if any(cell.count("\n") and len(cell) > _LONGEST_RECORD for cell in self._cells.findall(text)):
                return False
            self.several_lines = True
        self.records += records
        self.columns = max(self.columns, max(map(len, {*signs.split(b"\n")})) + 1)
        return True

    def finish(self, out: BinaryIO) -> None:
        """Write the record that is still open: its quotation mark was never closed."""
        done = list[str]()
        while self._open:
            done += self._unclosed()
        self._put(done, out)

    def _put(self, done: Sequence[str], out: BinaryIO) -> None:
        if done:
            out.write("\n".join(done).encode() + b"\n")

    def _quoted(self, line: str, number: int) -> Iterator[str]:
        """Yield the records that end in this line, of which one begins in an earlier line or has quotation marks."""
        if not self._open and self._well_formed.fullmatch(line):
            self._count(line)
            yield line
            return
        if not self._open:
            self._opened, self._length = number, 0
        self._open.append(line)
        self._length += len(line) + 1
        if line.count('"') % 2 == 0 and len(self._open) > 1 and self._length < _LONGEST_RECORD:
            return
        record = "\n".join(self._open)
        if self._well_formed.fullmatch(record):
            self._open.clear()
            self._count(record)
            yield record
        elif self._length > _LONGEST_RECORD:
            yield from self._unclosed()
        elif record.count('"') % 2 == 0 or not _opens(record, self._delimiter):
            if len(self._open) > 1:
                # what closes it stands in the middle of a cell of another row
                yield from self._unclosed()
                return
            self._open.clear()
            yield self._as_excel(record)

    def _unclosed(self) -> Iterator[str]:
        """Yield the first line of what is open with its quotation marks as they are; the others begin anew."""
        first, *others = self._open
        opened = self._opened
        self._open.clear()
        self.records += 1
        if len(self.unclosed) < _MOST_LINES:
            self.unclosed.append(opened)
        cells = first.split(self._delimiter)
        self.columns = max(self.columns, len(cells))
        yield self._delimiter.join(_cell(cell) for cell in cells)
        for number, line in enumerate(others, opened + 1):
            yield from self._quoted(line, number) if self._open or '"' in line else self._unquoted(line)

    def _unquoted(self, line: str) -> Iterator[str]:
        self.records += 1
        self.columns = max(self.columns, line.count(self._delimiter) + 1)
        yield line or '""'

    def _as_excel(self, record: str) -> str:
        """Return a record that is not well formed, as Excel reads it."""
        self.records += 1
        try:
            cells = list(chain.from_iterable(csv.reader([record], delimiter=self._delimiter)))
        except csv.Error:  # a cell that is too long
            cells = record.replace("\n", " ").split(self._delimiter)
        self.columns, self.several_lines = max(self.columns, len(cells)), True
        return self._delimiter.join(map(_cell, cells))

    def _count(self, record: str) -> None:
        self.records += 1
        if record.count(self._delimiter) >= self.columns:
            # every other piece between quotation marks is outside of them
            columns = sum(piece.count(self._delimiter) for piece in record.split('"')[::2]) + 1
            self.columns = max(self.columns, columns)
        self.several_lines = self.several_lines or "\n" in record


def _opens(record: str, delimiter: str) -> bool:
    """Return whether a quotation mark begins a cell; elsewhere it is a sign like others."""
    return record.startswith('"') or f'{delimiter}"' in record


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
