"""From bytes to text: what kind of file it is, told by its content, and the encoding people's editors left it in."""

import codecs
from dataclasses import dataclass, field

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error, note
from selfaudit.base.text import CONTROL

LARGEST = 2 * 1024 * 1024
"""Bytes of the largest text that is read; an issued form has about 15 KB."""

_ASK = N_("Ask for the issued form itself, filled in, under any name.")
EMPTY = error("file.empty", N_("the file is empty"), N_("It was cut off on its way; ask for it to be sent again."))
TOO_LARGE = error("file.too-large", N_("{size} MiB is too large for a form (at most {limit} MiB)"), _ASK)
BINARY = error("file.binary", N_("this is not a text file"), _ASK)
ENCODING = error(
    "file.encoding",
    N_("the text is in none of the known encodings, or was cut off"),
    N_("Ask for it to be saved as UTF-8 and sent again."),
)
CONTROL_CHARACTER = error(
    "file.control-character",
    N_("an invisible control character (U+{code})"),
    N_("Delete it and type what stood there again."),
)
READ_AS = note("file.read-as", N_("read as {encoding}"))

_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", error("file.office", N_("this is a Word, Excel or zip file, not a form"), _ASK)),
    (b"\xd0\xcf\x11\xe0", error("file.old-office", N_("this is an old Word or Excel file, not a form"), _ASK)),
    (b"%PDF", error("file.pdf", N_("this is a PDF, not a form"), _ASK)),
    (b"\xff\xd8\xff", error("file.jpeg", N_("this is a photo, not a form"), _ASK)),
    (b"\x89PNG", error("file.png", N_("this is a picture, not a form"), _ASK)),
    (b"Rar!", error("file.rar", N_("this is a RAR archive"), N_("Unpack it and put the files here."))),
    (b"7z\xbc\xaf", error("file.7z", N_("this is a 7z archive"), N_("Unpack it and put the files here."))),
    (b"{\\rtf", error("file.rtf", N_("this is a rich text file, not a form"), _ASK)),
)
HEIC = error("file.heic", N_("this is a photo (HEIC), not a form"), _ASK)
HTML = error("file.html", N_("this is a web page, not a form"), _ASK)
WORD = error("file.word", N_("this is a Word file, not a form"), _ASK)
EXCEL = error("file.excel", N_("this is an Excel file, not a form"), _ASK)

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(slots=True)
class Decoded:
    """The text (LF line ends), or the errors that keep it from being one; notes tell how it was read."""

    text: str = ""
    notes: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)


def decode(data: bytes, file: str) -> Decoded:
    """Turn the bytes of a returned file into text."""
    where = Where(file)
    if not data.strip():
        return Decoded(errors=[EMPTY(where)])
    if len(data) > LARGEST:
        size = round(len(data) / 2**20, 1)
        return Decoded(errors=[TOO_LARGE(where, size=size, limit=LARGEST >> 20)])
    if kind := _foreign(data):
        return Decoded(errors=[kind(where)])
    text, encoding = _text(data)
    if text is None:
        return Decoded(errors=[(BINARY if b"\0" in data else ENCODING)(where)])
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    notes = [] if encoding == "utf-8" else [READ_AS(where, encoding=encoding.upper())]
    return Decoded(text, notes, list(_controls(text, file)))


def _foreign(data: bytes) -> Kind | None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            if signature[:2] == b"PK":
                return WORD if b"word/" in data else EXCEL if b"xl/" in data else kind
            return kind
    if data[4:8] == b"ftyp":
        return HEIC
    head = data[:300].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return HTML if head.startswith((b"<!doctype html", b"<html")) else None


def _text(data: bytes) -> tuple[str | None, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            name = "utf-8 with BOM" if encoding == "utf-8" else encoding
            return _decoded(data[len(bom) :], encoding), name
    # without a mark, UTF-16 shows itself by the zero bytes of its ASCII characters
    half = data[: len(data) // 2 * 2]
    for encoding, zeros in (("utf-16-le", half[1::2]), ("utf-16-be", half[::2])):
        if data.count(b"\0") and zeros.count(b"\0") > len(zeros) // 4:
            return _decoded(data, encoding), encoding
    for encoding in ("utf-8", "gb18030"):
        if (text := _decoded(data, encoding)) is not None:
            return text, encoding
    return None, ""


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _controls(text: str, file: str) -> list[Problem]:
    found = []
    for match in CONTROL.finditer(text):
        at = match.start()
        line = text.count("\n", 0, at) + 1
        where = Where(file, line, at - text.rfind("\n", 0, at))
        found.append(CONTROL_CHARACTER(where, code=f"{ord(match[0]):04X}"))
    return found[:20]
