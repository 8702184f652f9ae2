"""Whatever a file is called, what it is stands in it."""

import gzip
import io
import lzma
import zipfile
from itertools import count

import pytest
import xlsxwriter
from docx import Document
from PIL import Image

from selfaudit.files import kinds
from selfaudit.files.kinds import Family, FileKind, kind_of, kind_of_scan


def picture(form: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, form)
    return stream.getvalue()


def workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write(0, 0, "word/document ppt/presentation")
    return stream.getvalue()


def letter() -> bytes:
    stream = io.BytesIO()
    Document().save(stream)
    return stream.getvalue()


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def old_office(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"".join(name.encode("utf-16-le") for name in streams)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (workbook(), kinds.XLSX),
        (workbook()[:3000], kinds.XLSX),
        (letter(), kinds.DOCX),
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"")), kinds.ODS),
        (zipped(("名册.xlsx", workbook())), kinds.ZIP),
        (zipped(), kinds.ZIP),
        (old_office("Workbook"), kinds.XLS),
        (old_office("WordDocument", "Workbook"), kinds.DOC),
        (old_office("EncryptedPackage"), kinds.LOCKED),
        (old_office("PowerPoint Document", "Workbook"), kinds.PPT),
        (picture("PDF"), kinds.PDF),
        (picture("JPEG"), kinds.JPEG),
        (picture("PNG"), kinds.PNG),
        (picture("TIFF"), kinds.TIFF),
        (picture("WEBP"), kinds.WEBP),
        (picture("GIF"), kinds.GIF),
        (picture("BMP"), kinds.BMP),
        (gzip.compress(b"x"), kinds.GZIP),
        ("工号,姓名".encode(), None),
        (b"", None),
    ],
    ids=count(),
)
def test_a_file_is_known_by_its_content(data: bytes, kind: FileKind | None) -> None:
    assert kind_of(data) == kind


def test_a_pdf_behind_the_header_of_a_scanner_is_a_scan_and_a_text_that_names_one_is_none() -> None:
    data = b"\x1b%-12345X@PJL JOB\r\n" + picture("PDF")
    assert kind_of_scan(data) == kinds.PDF
    assert kind_of("selfaudit: 见 %PDF-1.4".encode()) is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (old_office("__nameid_version1.0", "WordDocument"), kinds.MSG),
        (bytes.fromhex("789f3e22") + b"\x01\x00\x01", kinds.WINMAIL),
        (zipped(("OFD.xml", b""), ("Doc_0/Document.xml", b"")), kinds.OFD),
        (zipped(("Index/Document.iwa", b""), ("preview.jpg", b"")), kinds.IWORK),
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.text")), kinds.ODT),
        (b"b\x14#e" + bytes(20) + b"E-SafeNet\0LOCK" + bytes(100), kinds.SEALED),
        (b"BZh91AY", kinds.BZIP2),
        (bytes(257) + b"ustar\x0000", kinds.TAR),
    ],
    ids=count(),
)
def test_files_of_other_programs_are_called_what_they_are(data: bytes, kind: FileKind) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "family"),
    [
        (old_office("DRMEncryptedTransform", "EncryptedPackage"), Family.SEALED),
        (b"b\x14#e" + bytes(range(200)), Family.SEALED),
        (b".pfile\0\0" + bytes(range(200)), Family.SEALED),
        (b"!BDN" + bytes(600), Family.OUTLOOK),
        (zipped(("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")), Family.SLIDES),
        (b"PK\x07\x08PK\x03\x04" + bytes(100), Family.ARCHIVE),
        (lzma.compress(b"x", format=lzma.FORMAT_ALONE), Family.ARCHIVE),
        (bytes(32_769) + b"CD001\x01", Family.ARCHIVE),
        (bytes(100) + b"koly" + bytes(508), Family.ARCHIVE),
        (b"MZ\x90\0" + bytes(200), Family.PROGRAM),
        (b"SQLite format 3\0", Family.DATABASE),
        (b"\0\x01\0\0Standard ACE DB\0", Family.DATABASE),
        (bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3"), Family.NOTEBOOK),
        (b"AC1032\0\0", Family.DRAWING),
        (b"0\x82\x05\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", Family.CIPHER),
        (b"age-encryption.org/v1\n", Family.CIPHER),
        (b"8BPS\0\x01", Family.PICTURE),
        (picture("ICO"), Family.PICTURE),
        (picture("JPEG2000"), Family.PICTURE),
        (b"ID3\x03\0", Family.VIDEO),
        (b"\xff\xfb\x90", Family.VIDEO),
        (b"#!AMR\n", Family.VIDEO),
        (b"\x02#!SILK_V3", Family.VIDEO),
    ],
    ids=count(),
)
def test_less_usual_files_are_called_what_they_are_as_well(data: bytes, family: Family) -> None:
    kind = kind_of(data)
    assert kind is not None
    assert kind.family is family


@pytest.mark.parametrize("text", ["MZ 市场部", "ID3 号", "AC10：空调", "!BD 会议", "PK 赛", "BZ 办", "# 自查", "8B 座"])
def test_a_text_that_begins_like_one_of_them_is_still_a_text(text: str) -> None:
    assert kind_of(text.encode()) is None
    assert kind_of(text.encode("gb18030")) is None
