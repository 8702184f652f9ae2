"""Whatever a file is called, what it is stands in it."""

import gzip
import io
import zipfile

import pytest
import xlsxwriter
from docx import Document
from PIL import Image

from selfaudit.files import kinds
from selfaudit.files.kinds import FileKind, kind_of, kind_of_scan, kind_of_text


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
        (old_office("PowerPoint Document", "Workbook"), kinds.OLD_OFFICE),
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
)
def test_a_file_is_known_by_its_content(data: bytes, kind: FileKind | None) -> None:
    assert kind_of(data) == kind


def test_a_pdf_behind_the_header_of_a_scanner_is_a_scan_and_a_text_that_names_one_is_none() -> None:
    data = b"\x1b%-12345X@PJL JOB\r\n" + picture("PDF")
    assert kind_of_scan(data) == kinds.PDF
    assert kind_of("selfaudit: 见 %PDF-1.4".encode()) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [("\n<!DOCTYPE html>", kinds.PAGE), ("MIME-Version: 1.0", kinds.MAIL), ("selfaudit: selfaudit/response/1", None)],
)
def test_a_text_that_nobody_typed_is_known(text: str, kind: FileKind | None) -> None:
    assert kind_of_text(text) == kind


HEADERS = "From: a <a@example.com>\r\nTo: b@example.com\r\nSubject: =?gb2312?B?19Ky6Q==?=\r\n\r\n正文"


@pytest.mark.parametrize(
    "begins",
    [
        "",
        "Date: Thu, 2 Nov 2023 10:00:00 +0800\r\n",
        "DKIM-Signature: v=1; a=rsa-sha256;\r\n\ts=s110527\r\n",
        "Thread-Topic: x\r\n",
        "From a@example.com Thu Nov  2 10:00:00 2023\r\n",
    ],
)
def test_a_mail_is_one_whatever_header_comes_first(begins: str) -> None:
    assert kind_of_text(begins + HEADERS) == kinds.MAIL


@pytest.mark.parametrize(
    "text",
    ["工号,姓名,单位\n1,张三,审核部\n", "\ufeff编号\t结论\t说明\r\n1\t符合\t\r\n", '编号;"说\n明";备注\n1;"a;b";\n'],
)
def test_a_table_saved_as_text_is_one(text: str) -> None:
    assert kind_of_text(text) == kinds.TABLE


@pytest.mark.parametrize(
    "text", ["selfaudit: a,b,c\nitems: a,b,c\n", "# a, b, c\n# a, b, c\n", "甲, 乙, 丙\n", "From: 张三\n"]
)
def test_what_people_type_is_neither_a_table_nor_a_mail(text: str) -> None:
    assert kind_of_text(text) is None


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
)
def test_files_of_other_programs_are_called_what_they_are(data: bytes, kind: FileKind) -> None:
    assert kind_of(data) == kind
