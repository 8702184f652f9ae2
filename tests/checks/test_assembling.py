"""Registers put together out of tables: nothing is lost, the order does not matter, twice is as good as once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.checks import assembling
from selfaudit.checks.assembling import assemble, compare, examples, first_rows, unmatched
from selfaudit.model.data.assembled import Change
from selfaudit.model.data.register import Column, Reference, Register

KEYED = Register(
    format="selfaudit/register/1",
    id="contracts",
    title="合同",
    key=("number",),
    mode="merge",
    columns=(
        Column(id="number", title="编号", required=True),
        Column(id="customer", title="客户"),
        Column(id="codes", title="专业", type="list"),
        Column(id="signed_on", title="签订日期", type="date"),
    ),
    references=(Reference(columns=("customer",), register_="customers", to=("name",)),),
)
LOOSE = KEYED.model_copy(update={"id": "visits", "key": (), "mode": "replace", "references": ()})
Row = Sequence[Any]
DB = duckdb.connect(":memory:")
"""Where files are written from; opening a database for each would take most of the time."""


def table(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows of number, customer, codes and day as the reader of files does."""
    with DB.cursor() as db:
        columns = "source_row BIGINT, number VARCHAR, customer VARCHAR, codes VARCHAR[], signed_on DATE"
        db.execute(f"CREATE OR REPLACE TABLE t ({columns})")
        for n, row in enumerate(rows, 2):
            db.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?)", [n, *row])
        db.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def said(path: Path) -> list[tuple[Any, ...]]:
    """Return the rows of a register."""
    return [tuple(row) for row in first_rows(KEYED, path, 1000)]


@pytest.mark.parametrize("cells", [assembling.CELLS, 3], ids=["at once", "in portions"])
def test_a_value_of_the_newer_file_counts_and_an_empty_cell_leaves_what_there_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: int
) -> None:
    monkeypatch.setattr(assembling, "CELLS", cells)
    old = table(tmp_path / "old", [("A", "甲", ["1"], None), ("B", "乙", None, None)])
    new = table(tmp_path / "new", [("A", None, ["2", "3"], "2026-01-02"), ("C", "丙", None, None)])
    before = assemble(KEYED, [old], None, tmp_path / "before", merge=True)
    made = assemble(KEYED, [new], before.path, tmp_path / "made", merge=True)
    assert [row[:3] for row in said(made.path)] == [("A", "甲", ["2", "3"]), ("B", "乙", None), ("C", "丙", None)]
    assert made.change == Change(
        added=1, gone=0, changed=1, stayed=1, unmentioned=1, columns={"codes": 1, "signed_on": 1}
    )
    assert (made.rows, made.filled) == (3, {"number": 3, "customer": 3, "codes": 1, "signed_on": 1})
    assert compare(KEYED, before.path, made.path) == Change(
        added=1, changed=1, stayed=1, columns={"codes": 1, "signed_on": 1}
    )


def test_a_register_that_is_replaced_tells_what_is_gone(tmp_path: Path) -> None:
    old = table(tmp_path / "old", [("A", "甲", None, None), ("B", "乙", None, None)])
    new = table(tmp_path / "new", [("B", None, None, None)])
    made = assemble(KEYED, [new], old, tmp_path / "made", merge=False)
    assert said(made.path) == [("B", None, None, None)]
    assert made.change == Change(gone=1, changed=1, columns={"customer": 1})


def test_rows_without_a_key_are_compared_as_a_whole_and_may_repeat(tmp_path: Path) -> None:
    old = table(tmp_path / "old", [("A", "甲", None, None)] * 2)
    new = table(tmp_path / "new", [("A", "甲", None, None)] * 3 + [("A", "乙", None, None)])
    made = assemble(LOOSE, [new], old, tmp_path / "made", merge=False)
    assert (made.rows, made.joined, made.change) == (4, 0, Change(added=2, stayed=2))


def test_rows_with_the_same_key_are_joined_and_the_last_value_counts(tmp_path: Path) -> None:
    one = table(tmp_path / "one", [("A", "甲", ["1"], None), ("A", "乙", None, None)])
    two = table(tmp_path / "two", [("A", None, ["9"], None)])
    made = assemble(KEYED, [one, two], None, tmp_path / "made", merge=True)
    assert (said(made.path), made.joined) == ([("A", "乙", ["9"], None)], 2)


def test_a_register_of_an_earlier_edition_of_the_kit_is_still_merged_into(tmp_path: Path) -> None:
    with duckdb.connect(":memory:") as db:
        query = "SELECT 2 AS source_row, 'A' AS number, 'no day' AS signed_on, 'gone' AS other"
        db.execute(f"COPY ({query}) TO '{tmp_path / 'old'}' (FORMAT parquet)")
    new = table(tmp_path / "new", [("B", "乙", None, None)])
    made = assemble(KEYED, [new], tmp_path / "old", tmp_path / "made", merge=True)
    assert said(made.path) == [("A", None, None, None), ("B", "乙", None, None)]


def test_references_that_lead_nowhere_are_counted(tmp_path: Path) -> None:
    customers = KEYED.model_copy(update={"id": "customers", "columns": (Column(id="name", title="名称"),)})
    rows = [("A", "甲", None, None), ("B", "乙", None, None), ("C", None, None, None)]
    with duckdb.connect(":memory:") as db:
        db.execute(f"COPY (SELECT '甲' AS name) TO '{tmp_path / 'customers'}' (FORMAT parquet)")
    registers = {"contracts": KEYED, "customers": customers.model_copy(update={"references": ()})}
    tables = {"contracts": table(tmp_path / "contracts", rows), "customers": tmp_path / "customers"}
    (found,) = unmatched(registers, tables)
    assert (found.register, found.columns, found.to, found.rows, found.of) == (
        "contracts",
        ("customer",),
        "customers",
        1,
        2,
    )
    assert unmatched(registers, {"contracts": tables["contracts"]}) == []


def test_several_names_in_a_cell_and_names_of_another_kind_are_found(tmp_path: Path) -> None:
    customers = KEYED.model_copy(update={"id": "customers", "references": ()})
    other = table(tmp_path / "customers", [("1", "甲", None, None), ("2", "乙 行", None, None)])
    names = {"A": "甲；乙 行", "B": "乙 行", "C": "甲、1", "D": "甲;丙"}
    rows = [(number, name, None, None) for number, name in names.items()]
    tables = {"contracts": table(tmp_path / "contracts", rows), "customers": other}

    def in_vain(reference: Reference) -> list[int]:
        own = KEYED.model_copy(update={"references": (reference,)})
        return [one.rows for one in unmatched({"contracts": own, "customers": customers}, tables)]

    reference = Reference(columns=("customer",), register_="customers", to=("customer",))
    assert in_vain(reference) == [3], "a name with a space is one; cut apart, it is none that is there"
    assert in_vain(reference.model_copy(update={"or_by": ("number",)})) == [2]


def test_examples_are_the_first_values_each_once(tmp_path: Path) -> None:
    path = table(tmp_path / "t", [("B", "甲", None, None), ("A", "甲", None, None), ("C", None, None, None)])
    assert examples(KEYED, path, 2) == {"number": ["B", "A"], "customer": ["甲"]}


CELL = st.one_of(st.none(), st.sampled_from("甲乙丙"))
ROWS = st.dictionaries(st.sampled_from("ABCDEF"), CELL, max_size=5)


@settings(max_examples=4)
@given(first=ROWS, second=ROWS, third=ROWS)
def test_what_is_merged_is_what_the_files_say_in_their_order_and_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, Any], second: dict[str, Any], third: dict[str, Any]
) -> None:
    tmp_path = tmp_path_factory.mktemp("merged")
    files, expected = [], dict[str, Any]()
    for n, rows in enumerate((first, second, third)):
        files.append(table(tmp_path / f"{n}", [(key, cell, None, None) for key, cell in rows.items()]))
        expected |= {key: cell if cell is not None else expected.get(key) for key, cell in rows.items()}
    step = None
    for n, file in enumerate(files):
        step = assemble(KEYED, [file], step.path if step else None, tmp_path / f"step{n}", merge=True)
    together = assemble(KEYED, files, None, tmp_path / "together", merge=True)
    assert {row[0]: row[1] for row in said(together.path)} == expected
    assert step
    assert {row[0]: row[1] for row in said(step.path)} == expected
    again = assemble(KEYED, [files[-1]], step.path, tmp_path / "again", merge=True)
    assert (said(again.path), bool(again.change)) == (said(step.path), False)


@settings(max_examples=3)
@given(rows=ROWS, others=ROWS)
def test_the_order_of_two_files_with_different_keys_makes_no_difference(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, Any], others: dict[str, Any]
) -> None:
    tmp_path = tmp_path_factory.mktemp("order")
    one = table(tmp_path / "one", [(f"1{key}", cell, None, None) for key, cell in rows.items()])
    two = table(tmp_path / "two", [(f"2{key}", cell, None, None) for key, cell in others.items()])
    made = []
    for n, (a, b) in enumerate(((one, two), (two, one))):
        first = assemble(KEYED, [a], None, tmp_path / f"first{n}", merge=True)
        made.append(assemble(KEYED, [b], first.path, tmp_path / f"second{n}", merge=True))
    made.append(assemble(KEYED, [two, one], None, tmp_path / "both", merge=True))
    assert said(made[0].path) == said(made[1].path) == said(made[2].path)
    assert not compare(KEYED, made[0].path, made[2].path)


def test_rows_of_one_key_in_a_file_have_all_that_their_lists_say(tmp_path: Path) -> None:
    rows: list[Row] = [("A", "甲", ["2", "1"], None), ("A", "乙", ["1", "3"], "2026-01-02")]
    rows += [("B", "丙", None, None), ("B", "丙", ["9"], None)]
    first, corrected = table(tmp_path / "first", rows), table(tmp_path / "corrected", [("A", None, ["7"], None)])
    made = assemble(KEYED, [first], None, tmp_path / "made", merge=True)
    assert [row[:3] for row in said(made.path)] == [("A", "乙", ["2", "1", "3"]), ("B", "丙", ["9"])]
    assert made.differing == {"customer": 1}
    later = assemble(KEYED, [first, corrected], None, tmp_path / "later", merge=True)
    assert said(later.path)[0][2] == ["7"], "a file that is given later corrects the list"
