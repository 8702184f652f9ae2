"""A template is made of text, pictures and charts; whatever runs or is another document is refused."""

import struct
import zlib

import pytest

from tests.support.folders import zipped
from tests.support.judging import found, only, refused
from tests.support.templates import RELATIONS, WORD, with_part, word_file

MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "active",
    [
        "<style>@import url(http://203.0.113.1/a)</style>",
        '<rect style="fill:url(http://203.0.113.1/a)"/>',
        "<script>1</script>",
        "<foreignObject/>",
    ],
)
def test_a_drawing_in_svg_runs_nothing(active: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><rect style="fill:url(#a)"/>{active}</svg>'.encode()
    problem = only(with_part(word_file(), "word/media/a.svg", svg, "image/svg+xml", "image"))
    assert problem.code == "template.picture-kind"


def test_a_picture_is_one_by_its_content() -> None:
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file"
    for content_type in ("image/x-eps", "image/png"):
        assert only(with_part(word_file(), "word/media/a", eps, content_type, "image")).code == "template.picture-kind"
    for allowed in (png(1, 1), b"\xff\xd8\xff\xe0", b"\xd7\xcd\xc6\x9a", b"\x01\0\0\0" + bytes(100)):
        assert found(with_part(word_file(), "word/media/a.png", allowed, "image/png", "image")) == []


@pytest.mark.parametrize("element", ["w:altChunk", "w:subDoc", "o:OLEObject", "w:control"])
def test_another_document_is_refused_whatever_its_relation_is_called(element: str) -> None:
    inside = f'<w:r><{element} xmlns:r="{RELATIONS}" r:id="rId99"/></w:r>'
    data = with_part(word_file("One", inside), "customXml/item1.xml", b"<a/>", "application/xml", "customXml")
    problem = only(data)
    assert (problem.code, problem.where.cell) == ("template.embedded", "paragraph 2")


def test_what_word_and_wps_add_by_themselves_is_allowed() -> None:
    data, office = word_file("{{ title }}"), "application/vnd.openxmlformats-officedocument"
    for name, content_type in {
        "word/intelligence2.xml": "application/vnd.ms-office.intelligence2+xml",
        "docMetadata/LabelInfo.xml": "application/vnd.ms-office.classificationlabels+xml",
        "word/fonts/font1.odttf": f"{office}.obfuscatedFont",
        "customXml/item1.xml": "application/xml",
        "word/commentsExtended.xml": f"{office}.wordprocessingml.commentsExtended+xml",
        "word/glossary/document.xml": f"{office}.wordprocessingml.document.glossary+xml",
        "word/printerSettings1.bin": f"{office}.wordprocessingml.printerSettings",
    }.items():
        assert found(with_part(data, name, b"<a/>", content_type, "quiteHarmless")) == [], name


def test_a_chart_may_have_its_numbers_in_a_workbook_without_macros() -> None:
    chart = b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    with_chart = with_part(word_file(), "word/charts/chart1.xml", chart, kind, "chart")
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for members, codes in (({"xl/workbook.xml": ""}, []), ({"xl/externalLinks/a.xml": ""}, ["template.active"])):
        data = with_part(
            with_chart, "word/embeddings/a.xlsx", zipped(members), sheet, "package", source="word/charts/chart1.xml"
        )
        assert [problem.code for problem in found(data)] == codes


@pytest.mark.parametrize(
    ("name", "content_type", "relation", "code"),
    [
        ("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", f"{MICROSOFT}/vbaProject", "template.active"),
        ("word/vbaProject.bin", "application/xml", f"{MICROSOFT}/vbaProject", "template.active"),
        ("word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", "control", "template.active"),
        ("word/customizations.xml", "application/vnd.ms-word.keyMapCustomizations+xml", "keyMapCustomizations",
         "template.active"),
        ("word/webextensions/webextension1.xml", "application/vnd.ms-office.webextension+xml",
         "http://schemas.microsoft.com/office/2011/relationships/webextension", "template.active"),
        ("customUI/customUI.xml", "application/xml", f"{MICROSOFT}/ui/extensibility", "template.active"),
        ("word/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", "oleObject",
         "template.embedded"),
        ("word/embeddings/a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "package",
         "template.embedded"),
        ("word/afchunk.html", "text/html", "aFChunk", "template.embedded"),
        ("word/afchunk.xml", "application/xml", "aFChunk", "template.embedded"),
        ("word/a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "image",
         "template.embedded"),
        ("word/a.exe", "application/octet-stream", "image", "template.embedded"),
    ],
)  # fmt: skip
def test_what_runs_or_is_another_document_is_refused(name: str, content_type: str, relation: str, code: str) -> None:
    content = f'<w:document xmlns:w="{WORD}"><w:body/></w:document>'.encode()
    if content_type.endswith("sheet"):
        content = zipped({"xl/workbook.xml": ""})
    problems = refused(with_part(word_file("{{ title }}"), name, content, content_type, relation))
    assert {problem.code for problem in problems} == {code}
    assert {problem.args["part"] for problem in problems} == {name}


def test_a_picture_of_too_many_pixels_is_refused_before_anybody_unpacks_it() -> None:
    small, huge = (with_part(word_file(), "word/media/a.png", png(n, n), "image/png", "image") for n in (1000, 30_000))
    assert found(small) == []
    assert only(huge).message == "the picture word/media/a.png has 30000 × 30000 pixels, more than 50 million"
