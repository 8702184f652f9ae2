"""Tables saved as text (CSV, TSV): decoded strictly, in pieces, and written as one plain form that any program reads.

The plain form is UTF-8 with LF, one record a line; every record of the file is there, an empty line as well, so that
numbers of rows are those that Excel shows. What Excel would read all the same (a quotation mark in the middle of a cell
or one that is never closed) is read as Excel reads it.
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

from selfaudit.files.sheets.bounds import MOST_COLUMNS

PIECE = 1 << 20
"""Bytes that are decoded at once."""
ENCODINGS = ("utf-8", "gb18030")
DELIMITERS = (",", "\t", ";", "|")
_HEAD = 1 << 18
"""Bytes at the beginning of a file in which the header is looked for."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
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
    """What was written: records, columns of the longest, rows with a quotation mark never closed, signs left out.

    ``several_lines`` says that a record may have more than one line.
    """

    records: int
    columns: int
    unclosed: int
    left_out: int
    several_lines: bool


def manners(path: Path) -> Iterator[Manner]:
    """Yield every way in which the beginning of a text can be read."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    marked = next(((encoding, len(mark)) for mark, encoding in _BOMS if head.startswith(mark)), None)
    for encoding, mark in [marked] if marked else [(encoding, 0) for encoding in ENCODINGS]:
        if _text(head, encoding, mark) is not None:
            yield from (Manner(encoding, mark, delimiter) for delimiter in DELIMITERS)


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
        return _text(stream.read(_HEAD), manner.encoding, manner.mark) or ""


def _text(head: bytes, encoding: str, mark: int) -> str | None:
    """Return the text of the beginning of a file, which may end in the middle of a character."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(head[mark:])
    except UnicodeDecodeError:
        return None


def write_plain(path: Path, manner: Manner, to: Path) -> Plain:
    """Write the plain form of a text; raise ``UnicodeDecodeError`` if it is not in this encoding."""
    writer = _Writer(manner.delimiter)
    with path.open("rb") as stream, to.open("wb") as out:
        stream.seek(manner.mark)
        for text in _pieces(stream, manner.encoding, writer):
            writer.write(text, out)
        writer.finish(out)
    return Plain(writer.records, writer.columns, writer.unclosed, writer.left_out, writer.several_lines)


def _pieces(stream: BinaryIO, encoding: str, writer: "_Writer") -> Iterator[str]:
    """Yield the text in pieces of whole lines, each without the end of its last line."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    rest, done = "", False
    while not done:
        data = stream.read(PIECE)
        done = not data
        # in these encodings, such a byte is never a part of another character
        clean = not encoding.startswith("utf-16") and not data.translate(None, _KEPT_BYTES)
        text = rest + decoder.decode(data, final=done)
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
    if rest:
        yield rest


class _Writer:
    """Writes lines as records, each in the plain form; only lines with quotation marks are looked into."""

    def __init__(self, delimiter: str) -> None:
        self.records = self.columns = self.unclosed = self.left_out = 0
        self.several_lines = False
        self._delimiter, self._open = delimiter, list[str]()
        escaped = re.escape(delimiter)
        cell = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{escaped}]*+)'
        quoted = rf'"(?<![^{escaped}\n]")[^"]*+(?:""[^"]*+)*+"(?![^{escaped}\n])'
        self._cells = re.compile(quoted)
        self._well_formed = re.compile(f"{cell}(?:{escaped}{cell})*+")
        self._within = bytes({*range(256)} - {*delimiter.encode(), *b"\n"})

    def write(self, text: str, out: BinaryIO) -> None:
        """Write the records that end in a text of whole lines; nearly always it is well formed as a whole."""
        if not self._open and self._takes(text):
            self._put([text], out)
            return
        done = list[str]()
        for line in text.split("\n"):
            done += self._quoted(line) if self._open or '"' in line else self._unquoted(line)
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

    def _quoted(self, line: str) -> Iterator[str]:
        """Yield the records that end in this line, of which one begins in an earlier line or has quotation marks."""
        if not self._open and self._well_formed.fullmatch(line):
            self._count(line)
            yield line
            return
        self._open.append(line)
        if line.count('"') % 2 == 0 and len(self._open) > 1 and sum(map(len, self._open)) < _LONGEST_RECORD:
            return
        record = "\n".join(self._open)
        if self._well_formed.fullmatch(record):
            self._open.clear()
            self._count(record)
            yield record
        elif len(record) > _LONGEST_RECORD:
            yield from self._unclosed()
        elif record.count('"') % 2 == 0 or not _opens(record, self._delimiter):
            self._open.clear()
            yield self._as_excel(record)

    def _unclosed(self) -> Iterator[str]:
        """Yield the first line of what is open with its quotation marks as they are; the others begin anew."""
        first, *others = self._open
        self._open.clear()
        self.unclosed += 1
        self.records += 1
        cells = first.split(self._delimiter)
        self.columns = max(self.columns, len(cells))
        yield self._delimiter.join(_cell(cell) for cell in cells)
        for line in others:
            yield from self._quoted(line) if self._open or '"' in line else self._unquoted(line)

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
