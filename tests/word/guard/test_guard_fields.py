"""Fields that may load or start something are refused, however they are hidden."""

from io import BytesIO

import docx
import pytest
from docx.oxml.parser import parse_xml

from selfaudit.base.problems import UserError
from selfaudit.word.guard.opening import unsafe
from tests.support.judging import found, made, only, refused
from tests.support.templates import WORD, replaced, with_part, word_file

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
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
        ((field("QUOTE DD"), "EAUTO x"), "{…}EAUTO x"),
        (("<w:r><w:t>INCLUDETEXT a</w:t></w:r>",), "INCLUDETEXT a"),
        (("IM", "<w:r><w:t>PORT a</w:t></w:r>"), "IMPORT a"),
        (("PAGE IncludeText a",), "PAGE IncludeText a"),
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
        r'HYPERLINK \s "file:///C:/a.exe"',
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
    FIELD.format("begin") + "<w:r>{% if 0 %}</w:r>" + CODE.format("QUOTE ")
    + "<w:r>{% endif %}</w:r>" + CODE.format("LINK cmd") + FIELD.format("end")
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


ALIEN = 'xmlns:x="urn:x"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
LINKED = CODE.format("LINK a")
PAGE = CODE.format("PAGE ")


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(field("<w:r><w:instrText>PAGE <!--c-->LINK a</w:instrText></w:r>"), id="comment"),
        pytest.param(field("<w:r><w:instrText>PAGE <?x y?>LINK a</w:instrText></w:r>"), id="instruction"),
        pytest.param(field("<w:r><w:t>PAGE <!--c-->LINK a</w:t></w:r>"), id="comment in a text"),
        pytest.param(field(f"<w:r><x:instrText {ALIEN}>PAGE </x:instrText></w:r>", LINKED), id="foreign code"),
        pytest.param(field(f"<w:r><x:t {ALIEN}>PAGE </x:t></w:r>", LINKED), id="foreign text"),
        pytest.param(field("<w:r><w:delInstrText>PAGE </w:delInstrText></w:r>", LINKED), id="deleted code"),
        pytest.param(f'<w:fldSimple {ALIEN} x:instr="PAGE" w:instr="LINK a"/>', id="foreign attribute"),
        pytest.param(f'<w:r><w:fldChar {ALIEN} x:fldCharType="end" w:fldCharType="begin"/></w:r>', id="foreign mark"),
        pytest.param(
            field(f"<mc:AlternateContent {MC}><mc:Fallback>{PAGE}</mc:Fallback></mc:AlternateContent>", LINKED),
            id="alternative",
        ),
        pytest.param(field(f"<x:what {ALIEN}>{PAGE}</x:what>", LINKED), id="what readers ignore"),
        pytest.param(
            f"<x:what {ALIEN}>{FIELD.format('begin')}{PAGE}</x:what>{LINKED}{FIELD.format('end')}", id="beginning alone"
        ),
    ],
)  # fmt: skip
def test_a_code_of_which_a_reader_may_see_another_part_is_refused(xml: str) -> None:
    assert "template.field-hidden" in {problem.code for problem in refused(word_file("One", xml))}


def test_a_field_in_a_text_box_with_an_alternative_is_allowed() -> None:
    text = f"<w:txbxContent><w:p>{field('PAGE')}</w:p></w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><wps:txbx>{text}</wps:txbx></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict></mc:Fallback>"
    box = f"<mc:AlternateContent {MC}>{choice}{fallback}</mc:AlternateContent>"
    assert unsafe(word_file(field(" SECTION ") + f"<w:r>{box}</w:r>")) == ()


def test_a_field_that_would_print_a_folder_of_the_coordinator_is_refused() -> None:
    problem = only(word_file("One", field(r"FILENAME \p")))
    assert str(problem).startswith(r"paragraph 2 “x”: the field { FILENAME \p } prints the folder on the computer")
    assert found(word_file(field("FILENAME"))) == []
