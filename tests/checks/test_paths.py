"""Paths that DuckDB would take for patterns, or for values of columns."""

from pathlib import Path

import duckdb

from selfaudit.checks.assembling import assemble, compare, examples, first_rows, unmatched
from selfaudit.checks.database import build, opened
from selfaudit.checks.importing.reading import read_file
from selfaudit.checks.parquet import Type, write_parquet
from selfaudit.checks.places import Rows, rows_of
from selfaudit.model.data.kit import DataKit
from tests.checks.test_assembling import KEYED
from tests.checks.test_database import ABOUT, kit

__all__ = ["kit"]
NAME = "认证证书号,组织名称\n{},甲\n"


def test_a_campaign_in_a_folder_of_any_name_reads_its_own_files_and_nothing_else(tmp_path: Path, kit: DataKit) -> None:
    for name, number in (("number=7/年xx1", "别人的"), ("number=7/年*[1]", "A1")):
        folder = tmp_path / name
        (work := folder / "work").mkdir(parents=True)
        path = folder / "证书.csv"
        path.write_text(NAME.format(number), encoding="utf-8")
        wanted = ("certificates",)
        (read,) = read_file(path, kit, work, wanted).tables
        packed = folder / "packed.parquet"
        columns: dict[str, Type] = {"认证证书号": "VARCHAR", "组织名称": "VARCHAR"}
        write_parquet(packed, columns, [{"认证证书号": number, "组织名称": "甲"}])
        (more := folder / "more").mkdir()
        (again,) = read_file(packed, kit, more, wanted).tables
        part, register = work / read.parquet, kit.registers["certificates"]
        assert len(read.columns) == len(again.columns) == 2
        one = assemble(register, [part], None, folder / "one.parquet", merge=True)
        made = assemble(register, [more / again.parquet], one.path, folder / "made.parquet", merge=True)
    assert (made.rows, made.change.stayed) == (1, 1)
    assert not compare(register, one.path, made.path)
    assert [row[0] for row in first_rows(register, made.path, 9)] == ["A1"]
    assert examples(register, made.path, 9) == {"number": ["A1"], "organisation": ["甲"]}
    tables = {"certificates": str(made.path)}
    kit = DataKit({"certificates": register}, kit.codes)
    build(str(folder / "r.duckdb"), kit, ABOUT, tables)
    with opened(str(folder / "r.duckdb")) as db:
        assert db.execute("SELECT number FROM certificates").fetchall() == [("A1",)]
    assert rows_of(tables, kit.registers, {"number": "A1"}) == {"certificates": Rows({"number": "A1"}, (2,), 1)}


def test_references_are_looked_up_in_the_file_of_that_name(tmp_path: Path) -> None:
    customers = KEYED.model_copy(update={"id": "customers", "references": ()})
    for folder, customer in (("x1", "甲"), ("x[1]", "乙")):
        (tmp_path / folder).mkdir()
        for name, row in (("contracts", f"'A' AS number, '{customer}' AS customer"), ("customers", "'甲' AS name")):
            duckdb.execute(f"COPY (SELECT {row}) TO '{tmp_path / folder / name}' (FORMAT parquet)")
    tables = {name: tmp_path / "x[1]" / name for name in ("contracts", "customers")}
    (found,) = unmatched({"contracts": KEYED, "customers": customers}, tables)
    assert (found.rows, found.of) == (1, 1)
