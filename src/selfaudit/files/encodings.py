"""From bytes to text: what is no text is named by its kind, and text is read in the encoding an editor left it in."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Term, Where, error, note, warning
from selfaudit.base.text import CONTROL, printable
from selfaudit.files.kinds import Family, FileKind, kind_of
from selfaudit.files.texts import kind_of_text

LARGEST = 2 * 1024 * 1024
"""Bytes of the largest form that is read; an issued one has about 15 KB."""

_ASK = N_("Ask for the issued form itself, filled in; the file name does not matter.")
_ASK_AGAIN = N_("Ask for it to be sent again, or for the issued form itself, filled in.")
_AGAIN = N_("Ask for it to be sent again.")
_UNPACK = N_("Unpack it and put the files here.")
_UTF8 = N_("Ask for it to be saved as UTF-8 and sent again.")
EMPTY = error(
    "file.empty",
    N_("the file is empty"),
    N_("It may have been cut off in transit, or not downloaded yet; if that is not it, ask for it to be sent again."),
)
TOO_LARGE = error("file.too-large", N_("{size} MiB is too large for a form (at most {limit} MiB)"), _ASK)
BINARY = error(
    "file.binary",
    N_("this is not a text, nor any other file that is known here"),
    N_(
        "If it opens only on the computer it comes from, company software has encrypted it: ask for it to be decrypted."
        " Otherwise ask for the issued form itself, filled in."
    ),
)
CUT_OFF = error("file.cut-off", N_("the file was cut off: it ends in the middle of a character"), _AGAIN)
ZEROS = error("file.zeros", N_("the file was not saved completely: there are only zero bytes from here on"), _AGAIN)
DAMAGED = error("file.damaged", N_("the file is damaged: these bytes are not a character in {encoding}"), _AGAIN)
ENCODING = error("file.encoding", N_("the text is not in any known encoding"), _UTF8)
CONTROL_CHARACTER = error(
    "file.control-character",
    N_("an invisible control character (U+{code})"),
    N_("Delete it and retype what was there."),
)
READ_AS = note("file.read-as", N_("read as {encoding}"))
SEPARATOR = note("file.separator", N_("an invisible line break (U+{code}) was read as a space"))
MARK_INSIDE = note("file.mark-inside", N_("an invisible mark (U+FEFF) inside the text was left out"))
LOST_CHARACTER = warning(
    "file.lost-character",
    N_("a character was lost when this file was saved earlier (�)"),
    N_("Type it again; if there are many, save the original as UTF-8."),
)

_NO_FORM = N_("this is {what}, not a form")
_FOREIGN: dict[Family, Kind] = {
    Family.ZIP: error("file.office", N_("this is {what}, damaged or of an unknown kind"), _ASK_AGAIN),
    Family.OLD_OFFICE: error("file.old-office", _NO_FORM, _ASK),
    Family.LOCKED: error("file.locked", _NO_FORM, _ASK),
    Family.WORD: error("file.word", _NO_FORM, _ASK),
    Family.WORKBOOK: error("file.excel", _NO_FORM, _ASK),
    Family.PDF: error("file.pdf", _NO_FORM, _ASK),
    Family.PICTURE: error("file.photo", N_("this is {what} ({format}), not a form"), _ASK),
    Family.VIDEO: error("file.video", _NO_FORM, _ASK),
    Family.ARCHIVE: error("file.archive", N_("this is an archive ({format})"), _UNPACK),
    Family.SHORTCUT: error("file.shortcut", N_("this is a shortcut to a file, not the file itself"), _ASK),
    Family.PAGE: error("file.html", _NO_FORM, _ASK),
    Family.OUTLOOK: error(
        "file.outlook",
        N_("this is {what}, not the form attached to it"),
        N_("Open it in Outlook and save the attachment here, or ask for the form as an ordinary attachment."),
    ),
    Family.TABLE: error("file.table", _NO_FORM, N_("Save the whole workbook as an Excel file (.xlsx) and use that.")),
    Family.SEALED: error(
        "file.sealed", _NO_FORM, N_("Ask for it to be decrypted, where the software is installed, and sent again.")
    ),
    Family.OFD: error("file.ofd", _NO_FORM, _ASK),
    Family.SLIDES: error("file.slides", _NO_FORM, _ASK),
    Family.DATABASE: error("file.database", _NO_FORM, _ASK),
    Family.NOTEBOOK: error("file.notebook", _NO_FORM, _ASK),
    Family.DRAWING: error("file.drawing", _NO_FORM, _ASK),
    Family.PROGRAM: error("file.program", _NO_FORM, N_("Do not start it; ask for the issued form itself, filled in.")),
    Family.CIPHER: error("file.cipher", _NO_FORM, N_("Ask for it to be sent again without encryption.")),
    Family.IWORK: error("file.iwork", _NO_FORM, N_("Export it as an Excel file (.xlsx) and use that.")),
    Family.MAIL: error(
        "file.mail", N_("this is a whole e-mail, not the form attached to it"), N_("Save the attachment here.")
    ),
}

_BOMS = (
    (codecs.BOM_UTF8, "UTF-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF16_LE, "UTF-16-LE", "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16-BE", "UTF-16"),
)
_UNTIDY = re.compile(f"[\u2028\u2029\ufeff\ufffd]|{CONTROL.pattern}")
_WIDE = re.compile("[\u0800-\ufffc\U00010000-\U0010ffff]")
_ENDS = ("unexpected end of data", "truncated data", "incomplete multibyte sequence")
_TOLD = {"\ufeff": MARK_INSIDE, "\ufffd": LOST_CHARACTER, "\u2028": SEPARATOR, "\u2029": SEPARATOR}
_CONTROL_CODES = bytes({*range(32)} - set(b"\t\n\f\r\x1b"))
_NOISY = 50
"""One in so many bytes is a control code in what is no text; in noise it is one in nine."""
MANY = 20
"""Control characters that are listed; a file with more of them is no text."""


@dataclass(slots=True)
class Decoded:
    """The text (LF line ends), or the errors that keep it from being one; notes say how it was read."""

    text: str = ""
    notes: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)


def decode(data: bytes, file: str) -> Decoded:
    """Turn the bytes of a returned file into text."""
    if kind := kind_of(data):
        return Decoded(errors=[_foreign(kind, Where(file))])
    if len(data) > LARGEST:
        size = round(len(data) / 2**20, 1)
        return Decoded(errors=[TOO_LARGE(Where(file), size=size, limit=LARGEST >> 20)])
    text, encoding, problem = plain_text(data, file)
    if problem is None and not text.strip("\ufeff\0 \t\r\n"):
        problem = EMPTY(Where(file))
    if problem is not None:
        return Decoded(errors=[problem])
    if kind := kind_of_text(text):
        return Decoded(errors=[_foreign(kind, Where(file))])
    notes = [] if encoding == "UTF-8" else [READ_AS(Where(file), encoding=encoding)]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _UNTIDY.search(text):
        return Decoded(text, notes)
    notes += _untidy(text, file)
    text = text.replace("\ufeff", "").replace("\u2028", " ").replace("\u2029", " ")
    return Decoded(printable(text), notes, _controls(text, file))


def _foreign(kind: FileKind, where: Where) -> Problem:
    """Say what a file is that is no text that people fill in."""
    return _FOREIGN[kind.family](where, what=Term(kind.family), format=kind.format)


def plain_text(data: bytes, file: str) -> tuple[str, str, Problem | None]:
    """Return a text as it is, with the name of its encoding, or what keeps it from being read."""
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            text, fault = _decoded(data[len(bom) :], encoding, file)
            return text, name, fault
    zeros = data.count(0)
    if zeros and (encoding := _wide_encoding(data)):
        text, fault = _decoded(data, encoding, file)
        return text, "UTF-16", fault
    if zeros > MANY:
        return "", "", _zeros(data, file)
    text, fault = _decoded(data, "UTF-8", file)
    if fault is None or mostly_utf8(data):
        return text, "UTF-8", fault
    text, fault = _decoded(data, "GB18030", file)
    if fault and fault.kind is DAMAGED:
        fault = (BINARY if is_noise(data) else ENCODING)(Where(file))
    return text, "GB18030", fault


def is_noise(data: bytes) -> bool:
    """Distinguish what is no text from one in an encoding that is not known: it is full of control codes."""
    return len(data) - len(data.translate(None, _CONTROL_CODES)) > len(data) / _NOISY


def _wide_encoding(data: bytes) -> str:
    """Recognise UTF-16 without a mark by the zero bytes of its ASCII characters; empty if it is none."""
    low, high = data[::2].count(0), data[1::2].count(0)
    if max(low, high) < max(len(data) // 20, 4 * min(low, high)):
        return ""
    return "UTF-16-LE" if high > low else "UTF-16-BE"


def _zeros(data: bytes, file: str) -> Problem:
    whole = data.rstrip(b"\0")
    if b"\0" in whole:
        return BINARY(Where(file))
    return ZEROS(Where(file, whole.count(b"\n") + 1, 1))


def mostly_utf8(data: bytes) -> bool:
    """Distinguish damaged UTF-8, which GB18030 would read as other characters, from a text in GB18030."""
    text = data.decode("utf-8", "replace")
    return len(_WIDE.findall(text)) > 4 * text.count("\ufffd")


def _decoded(data: bytes, encoding: str, file: str) -> tuple[str, Problem | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as exc:
        before = data[: exc.start].decode(encoding, "replace")
        where = Where.in_text(file, before, len(before))
        if exc.end == len(data) and exc.reason in _ENDS:
            return "", CUT_OFF(where)
        return "", DAMAGED(where, encoding=encoding)


def _controls(text: str, file: str) -> list[Problem]:
    found = [match.start() for match in CONTROL.finditer(text)]
    if len(found) > MANY:
        return [BINARY(Where(file))]
    return [CONTROL_CHARACTER(Where.in_text(file, text, at), code=f"{ord(text[at]):04X}") for at in found]


def _untidy(text: str, file: str) -> Iterator[Problem]:
    """Yield what is left out of a text, and what is lost in it."""
    found = (match for match in _UNTIDY.finditer(text) if match[0] in _TOLD)
    for match in islice(found, MANY):
        yield _TOLD[match[0]](Where.in_text(file, text, match.start()), code=f"{ord(match[0]):04X}")
