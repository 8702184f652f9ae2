"""What a file is, judged by its content and never by its name: the one table of signatures.

Text has no signature: for a text, ``kind_of`` returns None, and ``kind_of_text`` knows the texts that are something
else, once they are decoded.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

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
        ("EncryptedPackage", LOCKED),
        ("WordDocument", DOC),
        ("PowerPoint", OLD_OFFICE),
        ("Workbook", XLS),
        ("Book", XLS),
    )
)
"""Names inside old Office files, which may contain each other: the first that is found counts."""
_MEMBERS = ((b"word/document", DOCX), (b"ppt/presentation", ZIP), (b"xl/", XLSX), (b"word/", DOCX))
"""The same of newer ones."""
_FIRST_MEMBERS, _NAME_AT = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/"), 30
"""What the first name in an Office file usually is, and where it is."""
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})
_LATE = 1_024
_PAGE = re.compile(r"\s*<(?:!--|(?:\?xml|!doctype|html|head|body|meta)\b)", re.IGNORECASE)
_MAIL = re.compile(r"(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]+): ", re.IGNORECASE)


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
    return next((kind for begins, kind in _BEGINS if data.startswith(begins)), None)


def kind_of_scan(data: bytes) -> FileKind | None:
    """Return what a scan is, as ``kind_of`` does; some scanners write a header before a PDF."""
    return PDF if b"%PDF-" in data[:_LATE] else kind_of(data)


def kind_of_text(text: str) -> FileKind | None:
    """Return what a text is that nobody typed; None for one that may have been."""
    return PAGE if _PAGE.match(text) else MAIL if _MAIL.match(text) else None


def is_office(names: list[str]) -> bool:
    """Distinguish a document of Word, Excel or an OpenDocument program from other zips by the names in it."""
    return not _OFFICE.isdisjoint(names)


def _zipped(data: bytes) -> FileKind:
    if _ODS in data[:200]:
        return ODS
    names = data if data.startswith(_FIRST_MEMBERS, _NAME_AT) else _names(data)
    return next((kind for name, kind in _MEMBERS if name in names), ZIP)


def _names(data: bytes) -> bytes:
    """Return the names in a zip; what is inside of files in it does not count. All of a damaged one is returned."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.namelist()).encode()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return data
