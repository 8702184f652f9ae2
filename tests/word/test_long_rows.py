"""Rows of long tables are kept as text, and nobody who opens the document can tell."""

from dataclasses import dataclass
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.base.problems import UserError
from selfaudit.word.engine import render
from selfaudit.word.long_rows import FEWEST, LongRows
from selfaudit.word.rows import LONGEST_TABLE
from selfaudit.word.values import Properties
from tests.word.test_engine import HOSTILE, in_word, saved, template

MANY = 3 * LONGEST_TABLE + 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the test document."""

    name: str
    text: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A context of many rows."""

    rows: tuple[Row, ...]


def loop(*cells: str) -> tuple[tuple[str, ...], ...]:
    others = ("",) * (len(cells) - 1)
    return (("名", *others), ("{%tr for r in rows %}", *others), cells, ("{%tr endfor %}", *others))


def rendered(source: bytes, *rows: Row) -> Document:
    return docx.Document(BytesIO(render(source, Context(rows), Properties("zh_CN"))))


def texts(document: Document) -> list[tuple[str, ...]]:
    """The cells of every row, without the header rows."""
    found = (tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows)
    return [cells for cells in found if cells[0] != "名"]


def test_every_row_is_there_once_and_in_order() -> None:
    rows = [Row(str(n), f"第 {n} 项 & <其他>\n第二行\t{n}") for n in range(MANY)]
    document = rendered(template(rows=loop("{{ r.name }}", "{{ r.text }}")), *rows)
    assert texts(document) == [(row.name, row.text) for row in rows]
    assert [len(table.rows) for table in document.tables] == [LONGEST_TABLE] * 3 + [MANY + 4 - 3 * LONGEST_TABLE]


def test_the_rows_of_a_long_table_do_not_enter_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    take_out = LongRows.take_out

    def watched(rows: LongRows, xml: bytes) -> bytes:
        made = take_out(rows, xml)
        left.append(made.count(b"</w:tr>"))
        return made

    monkeypatch.setattr(LongRows, "take_out", watched)
    rendered(template(rows=loop("{{ r.name }}", "{{ r.text }}")), *(Row(str(n), "x") for n in range(MANY)))
    assert left == [1]


@pytest.mark.slow
@settings(deadline=None, max_examples=8)
@given(st.lists(HOSTILE, min_size=1, max_size=5))
def test_any_text_arrives_as_it_is_in_a_long_table(said: list[str]) -> None:
    rows = [Row(str(n), said[n % len(said)]) for n in range(2 * FEWEST)]
    document = rendered(template(rows=loop("{{ r.name }}", "{{ r.text }}")), *rows)
    assert texts(document) == [(row.name, in_word(row.text)) for row in rows]


def test_a_text_that_looks_like_a_stand_in_is_a_text() -> None:
    rows = [Row(str(n), "<?long-rows 0 0 5?>") for n in range(MANY)]
    document = rendered(template("{{ rows[0].text }}", rows=loop("{{ r.name }}", "{{ r.text }}")), *rows)
    assert document.paragraphs[0].text == "<?long-rows 0 0 5?>"
    assert set(texts(document)) == {(row.name, row.text) for row in rows}


def test_rows_of_different_shapes_stay_in_order() -> None:
    cell = "{% if r.text %}有 {{ r.text }}{% else %}无{% endif %}"
    rows = [Row(str(n), "x\ny" * (n % 3)) for n in range(MANY)]
    made = texts(rendered(template(rows=loop("{{ r.name }}", cell)), *rows))
    assert made == [(row.name, f"有 {row.text}" if row.text else "无") for row in rows]


def test_one_row_that_is_torn_among_many_is_found_and_told() -> None:
    document = docx.Document(BytesIO(template(rows=loop("{{ r.name }}", "{%p if r.name != '500' %}"))))
    document.tables[0].rows[2].cells[1].add_paragraph("甲 {{ r.name }}{% endif %}乙")
    source = saved(document)
    assert len(texts(rendered(source, *(Row(str(n), "") for n in range(400))))) == 400
    with pytest.raises(UserError) as caught:
        rendered(source, *(Row(str(n), "") for n in range(MANY)))
    assert caught.value.problems[0].code == "template.broken"


def test_a_loop_over_columns_shares_the_width_in_every_row_of_a_long_table() -> None:
    document = docx.Document(BytesIO(template(rows=loop("{{ r.name }}", "{{ r.text }}"))))
    table = document.tables[0]
    for row in (table.rows[0], table.rows[2]):
        row.cells[1].text = "{%tc for c in rows[0].cells %}"
        for text in ("{{ c }}", "{%tc endfor %}"):
            cell = row._tr.add_tc()
            cell.p_lst[0].add_r().text = text
    rows = [Row(str(n), "", tuple("甲乙丙")) for n in range(MANY)]
    made = rendered(saved(document), *rows)
    assert sum(len(table.rows) for table in made.tables) == MANY + len(made.tables)
    widths = {tc.get(qn("w:w")) for table in made.tables for tc in table._tbl.iter(qn("w:tcW"), qn("w:gridCol"))}
    assert len(widths) == 1


def test_tables_inside_the_rows_of_a_long_table_stay_whole() -> None:
    document = docx.Document(BytesIO(template(rows=loop("{{ r.name }}", "{{ r.text }}"))))
    inner = document.tables[0].rows[2].cells[1].add_table(1, 1)
    inner.cell(0, 0).text = "内 {{ r.name }}"
    made = rendered(saved(document), *(Row(str(n), "x") for n in range(2 * FEWEST)))
    found = [row.cells[1].tables[0].cell(0, 0).text for table in made.tables for row in table.rows[1:]]
    assert found == [f"内 {n}" for n in range(2 * FEWEST)]


def test_a_long_table_in_a_header_is_whole() -> None:
    document = docx.Document()
    header = document.sections[0].header.paragraphs[0]
    header._p.addprevious(docx.Document(BytesIO(template(rows=loop("{{ r.name }}")))).tables[0]._tbl)
    made = rendered(saved(document), *(Row(str(n), "x") for n in range(2 * FEWEST)))
    assert len(made.sections[0].header.tables[0].rows) == 1 + 2 * FEWEST


def test_few_rows_are_left_alone() -> None:
    xml = b"<w:tbl>" + b"<w:tr><w:tc/></w:tr>" * (FEWEST - 1) + b"</w:tbl>"
    assert LongRows().take_out(xml) == xml
