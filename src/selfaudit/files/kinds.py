"""What a file is, judged by its content and never by its name: the one table of signatures.

Text has no signature: for a text, ``kind_of`` returns None, and ``kind_of_text`` knows the texts that are something
else, once they are decoded.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from selfaudit.base.i18n import N_


class Family(StrEnum):
    """What people call such a file; the value is a message id."""

    WORKBOOK = N_("an Excel file")
    WORD = N_("a Word file")
    OLD_OFFICE = N_("an old Office file")
    LOCKED = N_("an Office file locked with a password")
    ZIP = N_("an Office file or an archive")
    ARCHIVE = N_("an archive")
    PDF = N_("a PDF")
    PICTURE = N_("a photo or picture")
    VIDEO = N_("a video or audio file")
    SHORTCUT = N_("a shortcut to a file")
    PAGE = N_("a web page or XML file")
    MAIL = N_("an email")
    OUTLOOK = N_("a message from Outlook")
    TABLE = N_("a table saved as text (CSV)")
    SEALED = N_("a file that company software has encrypted")
    OFD = N_("an OFD document")
    IWORK = N_("a document of Pages, Numbers or Keynote")


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: what people call it, the usual ending of its name, and the name of its format."""

    family: Family
    suffix: str = ""
    format: str = ""


XLSX, XLS = FileKind(Family.WORKBOOK, "xlsx"), FileKind(Family.WORKBOOK, "xls")
ODS = FileKind(Family.WORKBOOK, "ods")
DOCX, DOC = FileKind(Family.WORD, "docx"), FileKind(Family.WORD, "doc")
RTF = FileKind(Family.WORD, "rtf")
OLD_OFFICE, LOCKED = FileKind(Family.OLD_OFFICE), FileKind(Family.LOCKED)
ZIP = FileKind(Family.ZIP, "zip")
RAR = FileKind(Family.ARCHIVE, "rar", "RAR")
SEVEN_ZIP = FileKind(Family.ARCHIVE, "7z", "7z")
GZIP = FileKind(Family.ARCHIVE, "gz", "gzip")
BZIP2, XZ = FileKind(Family.ARCHIVE, "bz2", "bzip2"), FileKind(Family.ARCHIVE, "xz", "xz")
ZSTD, TAR = FileKind(Family.ARCHIVE, "zst", "zstd"), FileKind(Family.ARCHIVE, "tar", "tar")
CAB, LHA = FileKind(Family.ARCHIVE, "cab", "CAB"), FileKind(Family.ARCHIVE, "lzh", "LHA")
PDF = FileKind(Family.PDF, "pdf")
JPEG = FileKind(Family.PICTURE, "jpg", "JPEG")
PNG = FileKind(Family.PICTURE, "png", "PNG")
TIFF = FileKind(Family.PICTURE, "tif", "TIFF")
WEBP = FileKind(Family.PICTURE, "webp", "WebP")
HEIC = FileKind(Family.PICTURE, "heic", "HEIC")
AVIF = FileKind(Family.PICTURE, "avif", "AVIF")
GIF = FileKind(Family.PICTURE, "gif", "GIF")
BMP = FileKind(Family.PICTURE, "bmp", "BMP")
VIDEO = FileKind(Family.VIDEO)
SHORTCUT = FileKind(Family.SHORTCUT, "lnk")
PAGE, MAIL = FileKind(Family.PAGE, "html"), FileKind(Family.MAIL, "eml")
MSG, WINMAIL = FileKind(Family.OUTLOOK, "msg"), FileKind(Family.OUTLOOK, "dat")
TABLE, SEALED = FileKind(Family.TABLE, "csv"), FileKind(Family.SEALED)
OFD, IWORK = FileKind(Family.OFD, "ofd"), FileKind(Family.IWORK)
ODT = FileKind(Family.WORD, "odt")

ZIP_MEMBER, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
"""Begin a file in a zip, and the end of a zip; an empty one is nothing but its end."""
_OLE = b"\xd0\xcf\x11\xe0"
_BEGINS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF", PDF),
    (b"{\\rtf", RTF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG", PNG),
    (b"GIF8", GIF),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"Rar!", RAR),
    (b"7z\xbc\xaf", SEVEN_ZIP),
    (b"\x1f\x8b", GZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\0", XZ),
    (b"\x28\xb5\x2f\xfd", ZSTD),
    (b"MSCF\0\0\0\0", CAB),
    (b"\x78\x9f\x3e\x22", WINMAIL),
    (b"%TSD-Header-###%", SEALED),
    (b"<## NASCA DRM FILE", SEALED),
    (b"SCDSA00", SEALED),
    (b"L\0\0\0\x01\x14\x02\0", SHORTCUT),
)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), HEIC),
    b"avif": AVIF,
}
"""What follows ``ftyp`` in pictures; anything else that has it is video or audio."""
_STREAMS = tuple(
    (name.encode("utf-16-le"), kind)
    for name, kind in (
        ("__nameid_version1.0", MSG),
        ("__substg1.0_", MSG),
        ("EncryptedPackage", LOCKED),
        ("WordDocument", DOC),
        ("PowerPoint", OLD_OFFICE),
        ("Workbook", XLS),
        ("Book", XLS),
    )
)
"""Names inside old Office files, which may contain each other: the first that is found counts."""
_MEMBERS = (
    (b"word/document", DOCX),
    (b"ppt/presentation", ZIP),
    (b"xl/", XLSX),
    (b"word/", DOCX),
    (b"OFD.xml", OFD),
    (b".iwa", IWORK),
    (b"Index.zip", IWORK),
)
"""The same of newer ones."""
_FIRST_MEMBERS, _NAME_AT = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/"), 30
"""What the first name in an Office file usually is, and where it is."""
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ODT = b"application/vnd.oasis.opendocument.text"
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "OFD.xml", "Index/Document.iwa", "Index.zip"})
_ESAFE, _ESAFE_WITHIN = b"E-SafeNet", 128
_TAR, _TAR_AT = b"ustar", 257
_LHA = re.compile(rb"..-lh[0-9d]-", re.DOTALL)
_LATE = 1_024
_PAGE = re.compile(r"\s*<(?:!--|(?:\?xml|!doctype|html|head|body|meta)\b)", re.IGNORECASE)
_HEADER = re.compile(r"(?P<name>[A-Za-z][\w-]*):[ \t]?.*(?:\n[ \t]+.*)*")
_MAIL_HEADERS = frozenset({
    "received", "return-path", "delivered-to", "mime-version", "message-id", "content-type", "from", "to", "cc",
    "subject", "date", "reply-to", "sender", "dkim-signature", "authentication-results", "in-reply-to", "references",
})  # fmt: skip
_MAIL_ONLY = re.compile(r"(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]+): ", re.IGNORECASE)
_ENOUGH_HEADERS = 3
"""Headers of mail at the head of a text that make it one; a form has none of these names."""
_MAILBOX = re.compile(r"From \S+ .*\d\d:\d\d.*\n(?=[A-Za-z][\w-]*:)")
_SEPARATORS, _COLUMNS = ",\t;", 3
"""What separates the columns of a table in a text, and how many it has at least."""
_ROWS, _LOOKED_AT = 8, 20_000
"""The rows and characters of a text that are looked at."""


def kind_of(data: bytes) -> FileKind | None:
    """Return what a file is, whole or damaged; None for a text and for what nobody knows."""
    if data.startswith((ZIP_MEMBER, ZIP_END)):
        return _zipped(data)
    if data.startswith(_OLE):
        return next((kind for name, kind in _STREAMS if name in data), OLD_OFFICE)
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], VIDEO)
    if data[:4] == b"RIFF":
        return WEBP if data[8:12] == b"WEBP" else VIDEO
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        return BMP
    return next((kind for begins, kind in _BEGINS if data.startswith(begins)), None) or _by_later_bytes(data)


def _by_later_bytes(data: bytes) -> FileKind | None:
    if _ESAFE in data[:_ESAFE_WITHIN]:
        return SEALED
    if data.startswith(_TAR, _TAR_AT):
        return TAR
    return LHA if _LHA.match(data) else None


def kind_of_scan(data: bytes) -> FileKind | None:
    """Return what a scan is, as ``kind_of`` does; some scanners write a header before a PDF."""
    return PDF if b"%PDF-" in data[:_LATE] else kind_of(data)


def kind_of_text(text: str) -> FileKind | None:
    """Return what a text is that nobody typed; None for one that may have been."""
    if _PAGE.match(text):
        return PAGE
    if _is_mail(text):
        return MAIL
    return TABLE if _is_table(text) else None


def _is_mail(text: str) -> bool:
    """Recognise a mail or a mailbox by its first headers, in whatever order they are."""
    text = text[:_LOOKED_AT].replace("\r\n", "\n").lstrip("\ufeff\n ")
    if _MAIL_ONLY.match(text) or _MAILBOX.match(text):
        return True
    found, at = set[str](), 0
    while header := _HEADER.match(text, at):
        found.add(header["name"].lower())
        at = header.end() + 1
    return len(found & _MAIL_HEADERS) >= _ENOUGH_HEADERS


def _is_table(text: str) -> bool:
    """Recognise rows with the same number of columns, at least three of them, that are no lines of a form."""
    head = text[:_LOOKED_AT].lstrip("\ufeff\r\n")
    first = head.partition("\n")[0]
    if ": " in first or first.startswith(("#", "-", "{", "[", "%", "selfaudit:")):
        return False
    return any(_has_columns(head, separator) for separator in _SEPARATORS if separator in first)


def _has_columns(text: str, separator: str) -> bool:
    try:
        rows = [len(row) for row in islice(csv.reader(io.StringIO(text), delimiter=separator), _ROWS) if row]
    except csv.Error:
        return False
    return len(rows) > 1 and len(set(rows)) == 1 and rows[0] >= _COLUMNS


def is_office(names: list[str]) -> bool:
    """Distinguish a document of Word, Excel or an OpenDocument program from other zips by the names in it."""
    return not _OFFICE.isdisjoint(names)


def _zipped(data: bytes) -> FileKind:
    if _ODS in data[:200]:
        return ODS
    if _ODT in data[:200]:
        return ODT
    names = data if data.startswith(_FIRST_MEMBERS, _NAME_AT) else _names(data)
    return next((kind for name, kind in _MEMBERS if name in names), ZIP)


def _names(data: bytes) -> bytes:
    """Return the names in a zip; what is inside of files in it does not count. All of a damaged one is returned."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.namelist()).encode()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return data
