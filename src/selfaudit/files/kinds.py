"""What a file is, judged by its content and never by its name: the one table of signatures.

Text has no signature: for a text, ``kind_of`` returns None, and ``texts.kind_of_text`` knows the texts that are
something else, once they are decoded.
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
    MAIL = N_("an e-mail")
    OUTLOOK = N_("a message from Outlook")
    TABLE = N_("a table saved as text (CSV)")
    SEALED = N_("a file that company software has encrypted")
    OFD = N_("an OFD document")
    IWORK = N_("a document of Pages, Numbers or Keynote")
    SLIDES = N_("a presentation")
    DATABASE = N_("a database")
    NOTEBOOK = N_("a notebook of OneNote")
    DRAWING = N_("a drawing")
    PROGRAM = N_("a program")
    CIPHER = N_("an encrypted file")


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
LZMA, LZ4 = FileKind(Family.ARCHIVE, "lzma", "LZMA"), FileKind(Family.ARCHIVE, "lz4", "LZ4")
Z, ACE = FileKind(Family.ARCHIVE, "Z", "Z"), FileKind(Family.ARCHIVE, "ace", "ACE")
ISO, DMG = FileKind(Family.ARCHIVE, "iso", "ISO"), FileKind(Family.ARCHIVE, "dmg", "DMG")
ZIP_PART = FileKind(Family.ARCHIVE, "z01", "ZIP, one part of several")
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
_OTHER_PICTURES = ("ICO", "JP2", "JXL", "PSD", "WMF", "EMF", "DjVu")
ICO, JP2, JXL, PSD, WMF, EMF, DJVU = (FileKind(Family.PICTURE, name.lower(), name) for name in _OTHER_PICTURES)
VIDEO = FileKind(Family.VIDEO)
SHORTCUT = FileKind(Family.SHORTCUT, "lnk")
PPTX, PPT = FileKind(Family.SLIDES, "pptx"), FileKind(Family.SLIDES, "ppt")
DATABASE, NOTEBOOK, DRAWING = (FileKind(kind) for kind in (Family.DATABASE, Family.NOTEBOOK, Family.DRAWING))
PARQUET = FileKind(Family.DATABASE, "parquet", "Parquet")
PROGRAM, CIPHER = FileKind(Family.PROGRAM, "exe"), FileKind(Family.CIPHER)
PST = FileKind(Family.OUTLOOK, "pst")
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
    (b"!BDN", PST),
    (b"%TSD-Header-###%", SEALED),
    (b"<## NASCA DRM FILE", SEALED),
    (b"SCDSA00", SEALED),
    (b"b\x14#e", SEALED),
    (b".pfile\0", SEALED),
    (b"L\0\0\0\x01\x14\x02\0", SHORTCUT),
    (b"\x1f\x9d", Z),
    (b"]\0\0", LZMA),
    (b'\x04"M\x18', LZ4),
    (b"PK\x07\x08", ZIP_PART),
    (b"PK00PK\x03\x04", ZIP_PART),
    (b"\0\0\x01\0", ICO),
    (b"\0\0\0\x0cjP  ", JP2),
    (b"\xff\x4f\xff\x51", JP2),
    (b"\0\0\0\x0cJXL ", JXL),
    (b"\xff\x0a", JXL),
    (b"8BPS\0", PSD),
    (b"\xd7\xcd\xc6\x9a", WMF),
    (b"AT&TFORM", DJVU),
    (b"\x1aE\xdf\xa3", VIDEO),
    (b"FLV\x01", VIDEO),
    (b"\0\0\x01\xba", VIDEO),
    (b"\0\0\x01\xb3", VIDEO),
    (b"0&\xb2u\x8ef\xcf\x11", VIDEO),
    (b"OggS\0", VIDEO),
    (b"fLaC\0", VIDEO),
    (b"#!AMR", VIDEO),
    (b"#!SILK", VIDEO),
    (b"\x02#!SILK", VIDEO),
    (b"\x7fELF", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"SQLite format 3\0", DATABASE),
    (b"PAR1", PARQUET),
    (b"\0\x01\0\0Standard ", DATABASE),
    (b"\xe4R\\{\x8c\xd8\xa7M", NOTEBOOK),
    (b"\x03\xd9\xa2\x9a", CIPHER),
    (b"Salted__", CIPHER),
    (b"age-encryption.org/", CIPHER),
)
_SHAPES: tuple[tuple[re.Pattern[bytes], FileKind], ...] = tuple(
    (re.compile(shape, re.DOTALL), kind)
    for shape, kind in (
        (rb"..-lh[0-9d]-", LHA),
        (rb".{7}\*\*ACE\*\*", ACE),
        (rb"MZ[^\0]{0,60}\0", PROGRAM),
        (rb"ID3[\x02-\x04]", VIDEO),
        (rb"\xff[\xf1\xf2\xf3\xf9\xfb]", VIDEO),
        (rb"AC10\d\d\0", DRAWING),
        (rb"\x01\0\0\0.{36} EMF", EMF),
        (rb"0[\x80-\x84].{0,4}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07", CIPHER),
    )
)
"""Signatures in which not every byte is the same."""
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
        ("DRMEncrypted", SEALED),
        ("EncryptedPackage", LOCKED),
        ("WordDocument", DOC),
        ("PowerPoint", PPT),
        ("Workbook", XLS),
        ("Book", XLS),
    )
)
"""Names inside old Office files, which may contain each other: the first that is found counts."""
_MEMBERS = (
    (b"word/document", DOCX),
    (b"ppt/presentation", PPTX),
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
_ISO, _ISO_AT = b"CD001", 32_769
_DMG, _DMG_FROM_END = b"koly", 512
_LATE = 1_024


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
    if data.startswith(_ISO, _ISO_AT):
        return ISO
    if data[-_DMG_FROM_END:].startswith(_DMG):
        return DMG
    return next((kind for shape, kind in _SHAPES if shape.match(data)), None)


def kind_of_scan(data: bytes) -> FileKind | None:
    """Return what a scan is, as ``kind_of`` does; some scanners write a header before a PDF."""
    return PDF if b"%PDF-" in data[:_LATE] else kind_of(data)


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
