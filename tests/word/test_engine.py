"""The engine puts every text into the document as it is, fast, and says where a template fails."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.table import Table
from hypothesis import example, given, settings
from hypothesis import strategies as st

from selfaudit.base.problems import UserError
from selfaudit.base.text import printable
from selfaudit.word.engine import render
from selfaudit.word.rows import LONGEST_TABLE
from selfaudit.word.values import Properties


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the test document."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Inner:
    """A group of rows."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """A context as small as can be."""

    title: str = "标题"
    body: str = "机构"
    text: str = "文"
    rows: tuple[Row, ...] = ()
    groups: tuple[Inner, ...] = ()
    draft: bool = False


def template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = (), header: bool = True) -> bytes:
    """A template of paragraphs and, below them, a table."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        if header:
            properties = table.rows[0]._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:tblHeader"))
    return saved(document)


def saved(document: Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


CHINESE, ENGLISH = Properties("zh_CN"), Properties("en")


def rendered(source: bytes, context: Context, properties: Properties = CHINESE, *, draft: bool = False) -> Document:
    return docx.Document(BytesIO(render(source, context, properties, draft=draft)))


LOOP = (("名", "文"), ("{%tr for r in rows %}", ""), ("{{ r.name }}", "{{ r.text }}"), ("{%tr endfor %}", ""))

PIECES = ["{{ 7*7 }}", "{%", "%}", "{#", "{_{", "<w:t>", "&amp;", "&", "]]>", "\n", "\t", "\x07", "\x0c", "䶮", "𠮷"]
ODD = st.characters(codec=None, categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zs", "So"))
HOSTILE = st.one_of(st.text(max_size=60), st.text(ODD, max_size=30), st.lists(st.sampled_from(PIECES)).map("".join))


def in_word(text: str) -> str:
    """What a text looks like in a document: what XML cannot hold is shown as U+FFFD."""
    whole = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return printable(whole.replace("\r\n", "\n"))


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(HOSTILE)
@example("R&D 部 < 3 项 {{ 7*7 }}")
@example("第一行\n第二行\r\n\t第三行")
@example("字" * 5000)
@example("  两端 空格  ")
def test_any_text_arrives_as_it_is(text: str) -> None:
    context = Context(text=text, rows=(Row(text, "a"), Row("b", text)))
    document = rendered(template("前{{ text }}后", rows=LOOP), context)
    expected = in_word(text)
    assert document.paragraphs[0].text == f"前{expected}后"
    cells = [cell.text for row in document.tables[0].rows[1:] for cell in row.cells]
    assert cells == [expected, "a", "b", expected]


def test_text_in_header_footer_and_properties_arrives_too() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ title }}"
    document.sections[0].footer.paragraphs[0].text = "{{ body }}"
    about = Properties("zh_CN", title="A & B < C", author="<机构>", subject="行动", identifier="FC23")
    made = rendered(saved(document), Context(title="A & B < C", body="<机构>"), about)
    assert made.sections[0].header.paragraphs[0].text == "A & B < C"
    assert made.sections[0].footer.paragraphs[0].text == "<机构>"
    assert made.core_properties.title == "A & B < C"
    assert made.core_properties.author == "<机构>"
    assert made.core_properties.subject == "行动"
    assert made.core_properties.identifier == "FC23"
    assert made.core_properties.language == "zh-CN"


def test_text_in_a_footnote_arrives_too() -> None:
    document = docx.Document()
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1">'
        "<w:p><w:r><w:t>{{ text }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    name, package = PackURI("/word/footnotes.xml"), document.part.package
    document.part.relate_to(
        Part(name, CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), package), RELATIONSHIP_TYPE.FOOTNOTES
    )
    made = rendered(saved(document), Context(text="a<b"))
    assert b"a&lt;b" in made.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES).blob


def test_a_tag_that_word_broke_into_runs_is_read_as_one() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("甲{", "{ te", "xt }", "}乙{% if ", "draft %}丙{% en", "dif %}"):
        paragraph.add_run(piece)
    assert rendered(saved(document), Context()).paragraphs[0].text == "甲文乙"


WHOLE = "甲{{ text }}乙{% if draft %}丙{% else %}{丁{% endif %}{# 注 #} }戊{{ title }}"


@pytest.mark.slow
@settings(deadline=None, max_examples=6)
@given(st.lists(st.lists(st.integers(0, len(WHOLE)), max_size=9), min_size=8, max_size=16))
def test_it_does_not_matter_where_word_breaks_a_tag(several: list[list[int]]) -> None:
    document = docx.Document()
    for cuts in several:
        paragraph = document.add_paragraph()
        for start, end in pairwise([0, *sorted(cuts), len(WHOLE)]):
            paragraph.add_run(WHOLE[start:end])
    made = rendered(saved(document), Context()).paragraphs
    assert [one.text for one in made] == ["甲文乙{丁 }戊标题"] * len(several)


def test_a_long_table_is_split_and_each_piece_has_the_header() -> None:
    rows = tuple(Row(str(n), "x") for n in range(1000))
    document = rendered(template(rows=(*LOOP, ("合计", "1000"))), Context(rows=rows))
    sizes = [len(table.rows) for table in document.tables]
    assert max(sizes) <= LONGEST_TABLE
    assert sum(sizes) == 1000 + len(sizes) + 1
    assert all([cell.text for cell in table.rows[0].cells] == ["名", "文"] for table in document.tables)
    grids = {tuple(column.get(qn("w:w")) for column in table._tbl.tblGrid) for table in document.tables}
    assert len(grids) == 1
    assert document.tables[-1].rows[-1].cells[1].text == "1000"
    kinds = [type(block) for block in document.iter_inner_content()]
    assert (Table, Table) not in pairwise(kinds)


def test_the_rows_of_a_split_table_keep_their_order() -> None:
    rows = tuple(Row(str(n), "x") for n in range(450))
    document = rendered(template(rows=LOOP), Context(rows=rows))
    names = [row.cells[0].text for table in document.tables for row in table.rows[1:]]
    assert names == [str(n) for n in range(450)]


def test_conditions_and_loops_inside_a_cell_and_around_rows_work() -> None:
    groups = (Inner("甲", (Row("1", ""), Row("2", "注"))), Inner("乙", (Row("3", ""),)))
    rows = (
        ("{%tr for g in groups %}", ""),
        ("{%tr for r in g.rows %}", ""),
        ("{{ g.title }}{{ r.name }}", "{% if r.text %}有{{ r.text }}{% else %}无{% endif %}"),
        ("{%tr endfor %}", ""),
        ("{%tr endfor %}", ""),
    )
    document = rendered(template(rows=rows, header=False), Context(groups=groups))
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["甲1", "无"], ["甲2", "有注"], ["乙3", "无"]]


def test_a_column_loop_widens_the_grid() -> None:
    rows = (("{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"),)
    document = rendered(template(rows=rows, header=False), Context(rows=tuple(Row(name, "") for name in "甲乙丙丁")))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == list("甲乙丙丁")
    assert len(table.columns) == 4
    before = sum(cell.width or 0 for cell in docx.Document(BytesIO(template(rows=rows))).tables[0].rows[0].cells)
    assert sum(column.width or 0 for column in table.columns) == pytest.approx(before, rel=0.01)


@pytest.mark.parametrize(
    "expression", ["text|e", "text|escape", "text|upper|lower", "text ~ ''", "[text]|join", "text|trim"]
)
def test_filters_do_not_change_how_a_text_arrives(expression: str) -> None:
    document = rendered(template(f"{{{{ {expression} }}}}"), Context(text="a&b<c>\nd"))
    assert document.paragraphs[0].text == "a&b<c>\nd"


def test_a_macro_keeps_the_line_breaks_of_its_texts() -> None:
    tags = "{% macro twice(x) %}{{ x }}/{{ x }}{% endmacro %}{{ twice(text) }}"
    assert rendered(template(tags), Context(text="a<\nb")).paragraphs[0].text == "a<\nb/a<\nb"


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ("{{ nothing }}", "nothing"),
        ("{{ text.nothing }}", "nothing"),
        ("{{ text|safe }}", "safe"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ rows.append(1) }}", "append"),
        ("{% for r in rows %}", "endfor"),
        ("{{ 1 / 0 }}", "zero"),
        ("{% include 'x' %}", "loader"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
    ],
)
def test_a_template_that_fails_says_where(tags: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason) as caught:
        rendered(template("甲", f"乙{tags}"), Context())
    assert caught.value.problems[0].code == "template.failed"
    assert str(caught.value.problems[0].args["text"]).startswith("乙")


def test_a_template_that_tears_the_xml_is_refused_instead_of_losing_text() -> None:
    with pytest.raises(UserError) as caught:
        rendered(template("{%p if draft %}", "甲{% endif %}乙"), Context())
    assert caught.value.problems[0].code == "template.broken"


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        render(data, Context(), ENGLISH)
    assert caught.value.problems[0].code == "template.unreadable"


def test_a_workbook_is_not_taken_for_a_template() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(UserError):
        render(stream.getvalue(), Context(), ENGLISH)


def headers_of(document: Document) -> list[str]:
    kinds: list[Callable[[int], str]] = [
        lambda n: document.sections[n].header.paragraphs[0].text,
        lambda n: document.sections[n].even_page_header.paragraphs[0].text,
        lambda n: document.sections[n].first_page_header.paragraphs[0].text,
    ]
    return [kind(n) for n in range(len(document.sections)) for kind in kinds]


def test_a_draft_bears_its_mark_in_every_header() -> None:
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].different_first_page_header_footer = True
    second = document.add_section()
    second.header.is_linked_to_previous = False
    second.different_first_page_header_footer = True
    source = saved(document)
    made = rendered(source, Context(), draft=True)
    assert headers_of(made) == ["草稿"] * 6
    assert all("v:textpath" in section.header._element.xml for section in made.sections)
    assert "草稿" not in headers_of(rendered(source, Context()))
    english = rendered(source, Context(), ENGLISH, draft=True)
    assert set(headers_of(english)) == {"DRAFT"}


def test_the_same_context_gives_the_same_document() -> None:
    context = Context(rows=(Row("a", "b"),))
    made = [rendered(template("{{ text }}", rows=LOOP), replace(context)).element.xml for _ in range(2)]
    assert made[0] == made[1]


def test_a_last_section_of_which_nothing_is_left_is_no_empty_page() -> None:
    document = docx.Document()
    document.add_paragraph("{{ text }}")
    across = document.add_section()
    across.orientation = WD_ORIENT.LANDSCAPE
    for text in ("{%p if rows %}", "the rows", "{%p endif %}"):
        document.add_paragraph(text)
    source = saved(document)
    kept, dropped = (rendered(source, Context(rows=rows)) for rows in ((Row("a", "b"),), ()))
    assert [section.orientation for section in kept.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert [section.orientation for section in dropped.sections] == [WD_ORIENT.PORTRAIT]
    # one that the author left empty stays
    empty = docx.Document()
    empty.add_section()
    assert len(rendered(saved(empty), Context()).sections) == 2
