"""Fields that may load or start something are refused, however they are hidden."""

from io import BytesIO

import docx
import pytest
from docx.oxml.parser import parse_xml

from selfaudit.base.problems import UserError
from tests.support.judging import found, made, only, refused
from tests.support.templates import WORD, replaced, with_part, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = '<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>'


def field(*code: str) -> str:
    """The XML of a field, its code in as many pieces as are given."""
    pieces = "".join(piece if piece.startswith("<") else CODE.format(piece) for piece in code)
    return FIELD.format("begin") + pieces + FIELD.format("separate") + "<w:r><w:t>x</w:t></w:r>" + FIELD.format("end")


def test_fields_of_another_version_of_the_format_are_found() -> None:
    strict = '<w:r xmlns:s="http://purl.oclc.org/ooxml/wordprocessingml/main"><s:fldSimple s:instr="DDE a"/></w:r>'
    assert only(word_file("One", strict)).code == "template.field-code"


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
    assert found(word_file(field(code))) == []


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
