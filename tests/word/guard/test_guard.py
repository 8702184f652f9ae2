"""A template of a stranger is refused, by lint and by rendering, whatever it loads, runs or discloses."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

import docx
import pytest
from docx.oxml.parser import parse_xml

from selfaudit.base.problems import Problem, UserError
from selfaudit.word.engine import render
from selfaudit.word.lint.lint import lint
from selfaudit.word.values import Properties
from tests.support.folders import zipped
from tests.support.templates import (
    RELATIONS,
    WORD,
    replaced,
    rewritten,
    with_part,
    with_relation,
    with_setting,
    word_file,
)  # fmt: skip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = '<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>'


@dataclass(frozen=True, slots=True)
class Context:
    title: str = "A title"
    names: tuple[str, ...] = ("Ann", "Bob")


def field(*code: str) -> str:
    """The XML of a field, its code in as many pieces as are given."""
    pieces = "".join(piece if piece.startswith("<") else CODE.format(piece) for piece in code)
    return FIELD.format("begin") + pieces + FIELD.format("separate") + "<w:r><w:t>x</w:t></w:r>" + FIELD.format("end")


def made(data: bytes) -> bytes:
    return render(data, Context(), Properties("en"))


def refused(data: bytes) -> list[Problem]:
    """What lint says of a template; rendering says the same and makes nothing."""
    problems = lint(data, Context, "en")
    with pytest.raises(UserError) as caught:
        made(data)
    assert [str(p) for p in caught.value.problems] == [str(p) for p in problems]
    return problems


def only(data: bytes) -> Problem:
    (problem,) = refused(data)
    return problem


@pytest.mark.parametrize(
    ("kind", "target", "said"),
    [
        ("image", "http://203.0.113.1/a.png", "a picture would be loaded"),
        ("image", "file:///C:/secret.png", "C:/secret.png"),
        ("image", "pictures/a.png", "a picture would be loaded"),
        ("oleObject", r"\\203.0.113.1\share\a.xlsx", "a linked object would be loaded"),
        ("subDocument", "chapter2.docx", "a subdocument would be loaded"),
        ("aFChunk", "http://203.0.113.1/a.html", "a document would be loaded"),
        ("video", "https://203.0.113.1/a.mp4", "a video would be loaded"),
        ("frame", "https://203.0.113.1/", "a web page would be loaded"),
        ("quiteNew", "https://203.0.113.1/", "something would be loaded"),
        ("hyperlink", "file:///C:/Windows/notepad.exe", "a link leads to something other"),
        ("hyperlink", r"\\203.0.113.1\share", "a link leads to something other"),
        ("hyperlink", "javascript:alert(1)", "a link leads to something other"),
        ("hyperlink", "ms-word:ofe|u|https://203.0.113.1/a.dotm", "a link leads to something other"),
        ("hyperlink", "other.docx", "a link leads to something other"),
    ],
)
@pytest.mark.parametrize("source", ["word/document.xml", "word/settings.xml"])
def test_whatever_is_loaded_from_outside_is_refused(kind: str, target: str, said: str, source: str) -> None:
    problem = only(with_relation(word_file("{{ title }}"), kind, target, source=source))
    assert said in problem.message
    assert source in str(problem)


def test_the_place_of_what_is_loaded_is_that_of_its_paragraph() -> None:
    link = f'<w:hyperlink xmlns:r="{RELATIONS}" r:id="rId99"><w:r><w:t>our files</w:t></w:r></w:hyperlink>'
    problem = only(with_relation(word_file("One", link), "hyperlink", "file:///S:/files"))
    assert str(problem).startswith("paragraph 2 “our files”: a link leads to something other than a web page")


@pytest.mark.parametrize(
    "target", ["https://www.example.org/a?b=c", "http://例子.cn", "mailto:a@example.org", "#_Toc1"]
)
def test_links_to_pages_and_mail_addresses_are_nothing_that_is_loaded(target: str) -> None:
    data = with_relation(word_file("{{ title }}"), "hyperlink", target)
    assert lint(data, Context, "en") == []
    assert docx.Document(BytesIO(made(data))).paragraphs[0].text == "A title"


def test_an_attached_template_is_refused_with_the_way_to_detach_it() -> None:
    data = with_relation(word_file(), "attachedTemplate", "http://203.0.113.1/a.dotm", source="word/settings.xml")
    problem = only(data)
    assert problem.code == "template.attached"
    assert "http://203.0.113.1/a.dotm" in problem.message


def test_the_main_document_of_a_mail_merge_is_refused() -> None:
    merge = '<w:mailMerge><w:query w:val="SELECT * FROM a"/><w:connectString w:val="Provider=x"/></w:mailMerge>'
    assert only(with_setting(word_file(), merge)).code == "template.mail-merge"


@pytest.mark.parametrize(
    "xml",
    [
        '<w:r><w:pict><v:shape style="width:9pt;height:9pt"><v:imagedata src="http://203.0.113.1/a"/></v:shape></w:pict></w:r>',
        '<w:r><w:pict><v:rect><v:fill type="tile" src="\\\\203.0.113.1\\a"/></v:rect></w:pict></w:r>',
        '<w:r><w:pict><v:shape o:href="http://203.0.113.1/a"/></w:pict></w:r>',
        '<w:r><w:drawing><wp15:webVideoPr embeddedHtml="&lt;iframe src=&quot;x&quot;&gt;"/></w:drawing></w:r>',
    ],
)
def test_what_old_drawings_load_without_a_relation_is_refused(xml: str) -> None:
    problem = only(word_file("One", xml))
    assert problem.code == "template.outside"
    assert problem.where.cell == "paragraph 2"


@pytest.mark.parametrize("relation", ["image", "http://schemas.microsoft.com/office/2006/relationships/image"])
def test_a_drawing_in_svg_loads_nothing_from_outside(relation: str) -> None:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    svg = f'<svg {spaces}><image xlink:href="{{}}"/></svg>'
    inside, outside = (svg.format(href).encode() for href in ("#a", "http://203.0.113.1/a.png"))
    assert lint(with_part(word_file(), "word/media/a.svg", inside, "image/svg+xml", relation), Context, "en") == []
    problem = only(with_part(word_file(), "word/media/a.svg", outside, "image/svg+xml", relation))
    assert (problem.code, problem.args["target"]) == ("template.outside", "http://203.0.113.1/a.png")


MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"


@pytest.mark.parametrize(
    ("name", "content_type", "relation", "code"),
    [
        ("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", f"{MICROSOFT}/vbaProject", "template.active"),
        ("word/vbaProject.bin", "image/png", f"{MICROSOFT}/vbaProject", "template.active"),
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


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (("INCLUDETEXT “a.docx”",), "INCLUDETEXT"),
        ((r"INCLUDEPICTURE http://203.0.113.1/a.png \d",), "INCLUDEPICTURE"),
        (("DDEAUTO cmd /k",), "DDEAUTO"),
        (("D", "DE", "AU", "TO cmd"), "DDEAUTO"),
        (("dde cmd",), "dde"),
        (("LINK Excel.Sheet.12",), "LINK"),
        (("DATABASE",), "DATABASE"),
        (("MACROBUTTON run",), "MACROBUTTON"),
        (("IMPORT a.wmf",), "IMPORT"),
        (("MERGEFIELD name",), "MERGEFIELD"),
        (("ASK x",), "ASK"),
        (("RD a.docx",), "RD"),
        (("AUTOTEXT a",), "AUTOTEXT"),
        (("PRINT x",), "PRINT"),
        (('"DDE" x',), "DDE"),
        (("PAGEX",), "PAGEX"),
        ((field("QUOTE DDE"), "AUTO x"), "{…}AUTO x"),
        (("IF 1 = 1 ", field("INCLUDETEXT a")), "INCLUDETEXT a"),
    ],
)
def test_a_field_that_is_not_known_to_be_harmless_is_refused(code: tuple[str, ...], shown: str) -> None:
    problem = only(word_file("One", field(*code)))
    assert problem.code == "template.field-code"
    assert shown in problem.message
    assert "paragraph 2" in problem.where.cell


@pytest.mark.parametrize(
    "code",
    [
        " PAGE ", "page", r"PAGE\* MERGEFORMAT", r"PAGEREF _Toc1 \h", "SEQ Table", "=SUM(ABOVE)", "REF a",
        r'HYPERLINK \l "_Toc1"', 'HYPERLINK "https://example.org" \\o "file:///tip"', "HYPERLINK mailto:a@b.org", "",
    ],
)  # fmt: skip
def test_fields_that_number_repeat_and_refer_are_allowed(code: str) -> None:
    assert lint(word_file(field(code)), Context, "en") == []


@pytest.mark.parametrize(
    "code",
    [
        r'HYPERLINK "\\\\203.0.113.1\\share"',
        "HYPERLINK file:///C:/a.exe",
        r'HYPERLINK \l "a" "C:\\a.exe"',
        'HYPERLINK "a.docx"',
    ],
)
def test_a_link_made_by_a_field_leads_to_a_page_or_nowhere(code: str) -> None:
    assert only(word_file(field(code))).code == "template.field-link"


def test_a_simple_field_and_one_in_a_text_box_are_found() -> None:
    simple = '<w:fldSimple w:instr=" DDE cmd "><w:r><w:t>x</w:t></w:r></w:fldSimple>'
    text = f"<w:txbxContent><w:p>{field('LINK a')}</w:p></w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict></w:r>"
    assert [p.args["code"] for p in refused(word_file(simple, box))] == ["DDE cmd", "LINK a"]


def test_fields_in_headers_footers_and_notes_are_found_there() -> None:
    document = docx.Document(BytesIO(word_file("{{ title }}")))
    section = document.sections[0]
    for part in (section.header, section.footer):
        part.paragraphs[0]._p.append(parse_xml(f'<w:fldSimple xmlns:w="{WORD}" w:instr="DDE a"/>'))
    stream = BytesIO()
    document.save(stream)
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2"><w:p>{field("DDE b")}</w:p></w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    data = with_part(stream.getvalue(), "word/footnotes.xml", notes.encode(), kind, "footnotes")
    assert sorted(problem.where.cell for problem in refused(data)) == [
        "footer, paragraph 1", "footnote, paragraph 1 “x”", "header, paragraph 1",
    ]  # fmt: skip


def test_an_answer_never_becomes_part_of_a_field_code() -> None:
    assert only(word_file(field("QUOTE {{ title }}"))).code == "template.field-tag"


IN_PIECES = (
    FIELD.format("begin") + "<w:r><w:t>{% if 0 %}</w:t></w:r>" + CODE.format("QUOTE ")
    + "<w:r><w:t>{% endif %}</w:t></w:r>" + CODE.format("DDEAUTO cmd") + FIELD.format("end")
)  # fmt: skip


def test_tags_cannot_put_a_field_together_out_of_harmless_pieces() -> None:
    data = word_file(IN_PIECES)
    with pytest.raises(UserError) as caught:
        made(data)
    assert [p.code for p in caught.value.problems] == ["template.field-code"]
    assert "template.trial" not in {p.code for p in refused(data)}


def test_rows_of_a_long_table_are_looked_at_as_well() -> None:
    first, last = (f"<w:r><w:t>{tag}</w:t></w:r>" for tag in ("{%tr for x in range(300) %}", "{%tr endfor %}"))
    rows = "".join(f"<w:tr><w:tc><w:p>{cell}</w:p></w:tc></w:tr>" for cell in (first, IN_PIECES, last))
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl><w:sectPr"
    data = replaced(word_file("One"), "word/document.xml", "<w:sectPr", table)
    with pytest.raises(UserError) as caught:
        made(data)
    assert {p.code for p in caught.value.problems} == {"template.field-code"}


def test_comments_are_told_with_their_author_and_place() -> None:
    document = docx.Document(BytesIO(word_file("One", "Ask the manager first")))
    document.add_comment(document.paragraphs[1].runs, text="Do not send this yet", author="Ann")
    stream = BytesIO()
    document.save(stream)
    assert str(only(stream.getvalue())) == (
        "paragraph 2 “Ask the manager first”: a comment by Ann would be in every document: “Do not send this yet” "
        "Delete it: Review > Delete > Delete All Comments."
    )


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<w:ins w:author="Ann" w:id="1"><w:r><w:t>new</w:t></w:r></w:ins>', "new"),
        ('<w:del w:author="Ann" w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>', "old"),
        ('<w:moveFrom w:author="Ann" w:id="1"><w:r><w:t>there</w:t></w:r></w:moveFrom>', "there"),
        ('<w:pPr><w:rPr><w:ins w:author="Ann" w:id="1"/></w:rPr></w:pPr>', ""),
        (
            '<w:r><w:rPr><w:b/><w:rPrChange w:author="Ann"><w:rPr/></w:rPrChange></w:rPr><w:t>bold</w:t></w:r>',
            "",
        ),
    ],
)
def test_tracked_changes_are_told_with_their_author_and_place(xml: str, text: str) -> None:
    problem = only(word_file("One", xml))
    assert problem.message == f"a tracked change by Ann would be in every document: “{text}”"
    assert problem.where.cell.startswith("paragraph 2")


def test_tracked_changes_in_a_header_are_found() -> None:
    document = docx.Document(BytesIO(word_file("{{ title }}")))
    header = document.sections[0].header.paragraphs[0]
    header._p.append(parse_xml(f'<w:ins xmlns:w="{WORD}" w:author="Ann" w:id="1"><w:r><w:t>new</w:t></w:r></w:ins>'))
    stream = BytesIO()
    document.save(stream)
    assert only(stream.getvalue()).where.cell.startswith("header, paragraph 1")


def test_the_names_of_reviewers_are_not_in_the_document() -> None:
    spaces = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    people = f'<w15:people {spaces}><w15:person w15:author="Ann Author"/></w15:people>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml"
    relation = "http://schemas.microsoft.com/office/2011/relationships/people"
    data = with_part(word_file("{{ title }}"), "word/people.xml", people.encode(), kind, relation)
    assert lint(data, Context, "en") == []
    names = [str(part.partname) for part in docx.Document(BytesIO(made(data))).part.package.iter_parts()]
    assert "/word/people.xml" not in names


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_a_picture_of_too_many_pixels_is_refused_before_anybody_unpacks_it() -> None:
    small, huge = (with_part(word_file(), "word/media/a.png", png(n, n), "image/png", "image") for n in (1000, 30_000))
    assert lint(small, Context, "en") == []
    assert only(huge).message == "the picture word/media/a.png has 30000 × 30000 pixels, more than 50 million"


def test_a_template_that_is_huge_when_unpacked_is_not_unpacked() -> None:
    problem = only(rewritten(word_file(), {"word/media/a.png": bytes(60_000_000)}))
    assert problem.code == "template.large"
    assert "61 MB" in problem.message
    assert only(rewritten(word_file(), {f"a{n}": b"" for n in range(1200)})).code == "template.large"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "a document of an old Word or of WPS (*.doc, *.wps)"),
        (OLE, "a document of an old Word or of WPS"),
        (b"{\\rtf1 x}", "a rich text (*.rtf)"),
        (b"%PDF-1.7", "a PDF"),
        (zipped({"xl/workbook.xml": "", "[Content_Types].xml": ""}), "not a Word document"),
        (zipped({"a.txt": "x"}), "an Office file or an archive"),
        (b"%TSD-Header-###%" + bytes(100), "a file that company software has encrypted"),
    ],
)
def test_a_file_of_another_kind_is_told_as_what_it_is(data: bytes, said: str) -> None:
    assert said in only(data).message


@pytest.mark.parametrize(
    ("main", "said"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "a Word document with macros (*.docm)"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "a Word template with macros (*.dotm)"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "a Word template (*.dotx)",
        ),
    ],
)
def test_a_file_of_another_kind_that_was_only_renamed_is_told(main: str, said: str) -> None:
    own = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    problem = only(replaced(word_file("x"), "[Content_Types].xml", own, main))
    assert said in problem.message
    assert "save it as “Word document (*.docx)”" in problem.hint
