"""``export`` and ``merged.yaml``: what everybody said, as data for other programs."""

import csv
import io
import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from python_calamine import CalamineWorkbook

from selfaudit.base.mask import mask
from selfaudit.workflow.export.tables import TABLES
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.folders import leaves, plant
from tests.support.program import Ran
from tests.support.readers import both_readers
from tests.support.tiny import EVERYBODY
from tests.workflow.verdicts.data import ran, say, signal

DOCS = Path(__file__).parents[2] / "docs"
FORMATS = ("yaml", "json", "csv", "xlsx")


def written(campaign: Campaign, kind: str) -> Path:
    """Export in one format; return the file."""
    ran = campaign.run("export", "--format", kind, "-o", f"out.{kind}")
    assert ran.code == 0, ran.said
    return campaign.root / f"out.{kind}"


def test_merged_yaml_is_read_alike_by_any_reader_and_lists_the_roster_in_order(answered_campaign: Campaign) -> None:
    data = both_readers(answered_campaign.root / "merged.yaml")
    assert data["format"] == "selfaudit/merged/1"
    assert data["campaign"].startswith("tiny-2023-")
    assert [response["name"] for response in data["responses"]] == list(EVERYBODY[:-1])
    first = data["responses"][0]
    assert list(first)[:8] == ["respondent", "name", "unit", "unit_name", "roles", "state", "received_at", "digest"]
    assert first["state"] == "complete"
    assert "format" not in first


def test_merged_yaml_has_one_item_a_line(answered_campaign: Campaign) -> None:
    text = (answered_campaign.root / "merged.yaml").read_text(encoding="utf-8")
    lines = text.partition("rollup:")[0].splitlines()
    assert sum(line.strip().startswith('- {"id": ') for line in lines) == 2 + 2 + 2 + 3 + 3


def test_item_numbers_stay_texts_in_every_format(answered_campaign: Campaign) -> None:
    assert [item["id"] for item in both_readers(written(answered_campaign, "yaml"))["responses"][1]["items"]] == [
        "1.10",
        "2.2",
    ]
    data = json.loads(written(answered_campaign, "json").read_text(encoding="utf-8"))
    assert [item["id"] for item in data["responses"][1]["items"]] == ["1.10", "2.2"]
    rows = CalamineWorkbook.from_path(written(answered_campaign, "xlsx")).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]].count("1.10") == 2


def test_yaml_and_json_say_the_same(answered_campaign: Campaign) -> None:
    data = both_readers(written(answered_campaign, "yaml"))
    assert json.loads(written(answered_campaign, "json").read_text(encoding="utf-8")) == data
    assert both_readers(answered_campaign.root / "merged.yaml") == data


def test_the_roll_up_of_an_export_counts_what_its_responses_say_after_a_rewording(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("审核部", by="甲"))
    assert campaign.run("collect").code == 0
    campaign.edit("checklists/1-business.yaml", "ask: 收费是否公开？", "ask: 收费标准是否在网站公开？")
    data = json.loads(written(campaign, "json").read_text(encoding="utf-8"))
    (response,) = data["responses"]
    assert "1.10" not in [item["id"] for item in response["items"]]
    unit = next(unit for unit in data["rollup"] if unit["unit"] == "A")
    fees = next(item for item in unit["items"] if item["id"] == "1.10")
    assert (fees["overall"], fees.get("conform", 0)) == ("unchecked", 0)


def test_csv_and_workbook_have_one_row_for_every_answer(answered_campaign: Campaign) -> None:
    text = written(answered_campaign, "csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf"), "Excel takes it for GBK otherwise"
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    book = CalamineWorkbook.from_path(written(answered_campaign, "xlsx"))
    assert rows == book.get_sheet_by_index(0).to_python()
    assert [row[:2] + row[3:6] for row in rows if row[1] == "张三"] == [
        ["审核部", "张三", "2.1", "a", "发现问题"],
        ["审核部", "张三", "2.1", "b", "符合"],
        ["审核部", "张三", "2.2", "", "符合"],
        ["审核部", "张三", "2.3", "", "符合"],
    ]
    findings = book.get_sheet_by_index(1).to_python()
    assert len(findings) == 2
    assert FINDING["fact"] in findings[1]


def table(campaign: Campaign, name: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return the types of the columns and the rows of a table that was exported as Parquet."""
    with duckdb.connect(":memory:") as db:
        made = db.read_parquet(str(campaign.root / "reports" / "parquet" / f"{name}.parquet"))
        return (
            dict(zip(made.columns, map(str, made.types), strict=True)),
            [dict(zip(made.columns, row, strict=True)) for row in made.fetchall()],
        )


def test_parquet_has_every_finding_and_signal_as_the_lists_have_them(
    answered_campaign: Campaign, inside: Callable[..., Ran]
) -> None:
    campaign = answered_campaign

    def done(*args: str) -> Ran:
        ended = inside(*args, "--campaign", campaign.root)
        assert ended.code == 0, ended.said
        return ended

    workspace = ran(campaign, signal("P1", unit="张三"), signal("P2", unit="北京分公司"), signal("P3"))
    campaign.edit("checklists/data-checks/D1.yaml", 'items: ["1.1"]', 'items: ["1.1", "2.1"]')
    say(workspace, "P1", said="confirmed", item="2.1 b", about="张三")
    say(workspace, "P2", said="confirmed", finding="2.1-01")
    add = ("findings", "add", "--item", "2.1 a", "--about", "张三", "--by", "陈静", "--fact")
    for fact in ("身份证 110101199003071233 的人缺席", "又一次"):
        done(*add, fact, "due=2023-12-01", "owner=张三")
    done("findings", "correct", "2.1-01", "--on", "2023-11-20", "--who", "张三")
    done("findings", "merge", "2.1-01", "2.1-03", "--reason", "同一件事", "--by", "陈静")
    done("findings", "withdraw", "2.1-04", "--reason", "误报", "--by", "陈静")
    assert "responses in them: 5" in done("export", "--format", "parquet").out

    types, found = table(campaign, "findings")
    listed = done("findings", "list", "--json").data
    shared = ("long_id", "state", "source", "severity", "fact", "owner", "due", "respondent", "evidence_files")
    assert [{key: str(one[key] or "") for key in shared} for one in found] == [
        {key: mask(str((one | {"long_id": one["id"]}).get(key) or "")) for key in shared} for one in listed
    ]
    assert {one["id"]: (one["state"], one["counts"]) for one in found} == {
        "2.1-01": ("corrected", True),
        "2.1-02": ("open", True),
        "2.1-03": ("merged", False),
        "2.1-04": ("withdrawn", False),
    }
    assert (types["due"], types["corrected_on"], types["counts"]) == ("DATE", "DATE", "BOOLEAN")
    by_id = {one["id"]: one for one in found}
    assert by_id["2.1-01"]["corrected_on"] == date(2023, 11, 20)
    assert by_id["2.1-01"]["disposition"] == {"certificate": "保持"}
    assert by_id["2.1-03"]["fact"] == "身份证 **************1233 的人缺席"
    assert (by_id["2.1-03"]["merged_into"], by_id["2.1-04"]["withdrawn_because"]) == ("2.1-01", "误报")

    types, found = table(campaign, "signals")
    assert [(one["check_id"], one["key"], one["state"], one["finding"]) for one in found] == [
        ("D1", "P1", "confirmed", "2.1-02"),
        ("D1", "P2", "confirmed", "2.1-01"),
        ("D1", "P3", "open", None),
    ]
    assert found[0]["facts"] == {"项目编号": "P1", "人日": "1", "应有人日": "4"}
    assert (found[0]["reason"], found[0]["decided_by"], found[2]["decided_by"]) == ("看过原始记录", "陈静", None)
    _, checks = table(campaign, "checks")
    assert [(one["check_id"], one["state"], one["signals"]) for one in checks] == [("D1", "ran", 3), ("D2", None, None)]


def test_parquet_has_a_row_for_every_place_that_somebody_is_asked_and_the_same_bytes_again(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("张三", answers={"2.2": ""}, clues="只给领导看", notes={"2.3": "已查"}))
    assert campaign.run("collect").code == 1
    assert campaign.run("export", "--format", "parquet").code == 0
    types, rows = table(campaign, "answers")
    said = {(one["name"], one["item"], one["part"]): (one["state"], one["answer"], one["note"]) for one in rows}
    assert said["张三", "2.1", "a"] == ("incomplete", "conform", None)
    assert said["张三", "2.2", None] == ("incomplete", "unchecked", None)
    assert said["张三", "2.3", None] == ("incomplete", "conform", "已查")
    assert said["李四", "2.1", "b"] == ("missing", "missing", None)
    assert {name for name, _, _ in said} == set(EVERYBODY)
    assert (types["received_at"], types["due"], types["roles"]) == ("TIMESTAMP", "DATE", "VARCHAR[]")
    folder = campaign.root / "reports" / "parquet"
    before = leaves(folder)
    plant(folder, {".part-selfaudit-1/inside/answers.parquet": "half of"})
    os.utime(folder / ".part-selfaudit-1", (0, 0))
    assert campaign.run("export", "--format", "parquet").code == 0
    assert leaves(folder) == before
    assert sorted(before) == ["answers.parquet", "checks.parquet", "findings.parquet", "signals.parquet"]
    assert not any("只给领导看".encode() in data for data in before.values())


def test_the_handbook_names_every_column_of_the_tables_in_parquet() -> None:
    for name in ("guide.md", "guide.zh-CN.md"):
        text = (DOCS / name).read_text(encoding="utf-8")
        for table, columns in TABLES.items():
            lines = text.partition(f"| **`{table}.parquet`**")[2].partition("| **`")[0].partition("\n\n")[0]
            told = " ".join(line.split("|")[-3] for line in lines.splitlines())
            assert sorted(re.findall(r"`(\w+)`", told)) == sorted(columns), (name, table)


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_says_where_it_went_and_how_much_is_in_it(answered_campaign: Campaign, kind: str) -> None:
    ran = answered_campaign.run("export", "--format", kind)
    assert ran.code == 0
    name = "merged.yaml" if kind == "yaml" else f"reports/merged.{kind}"
    assert (
        ran.out == f"Wrote 5 responses to {answered_campaign.root / name}\n"
        or ran.out == f"Wrote 5 responses to {name}\n"
    )
    assert (answered_campaign.root / name).is_file()


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_before_anybody_answered_is_empty_but_whole(campaign: Campaign, kind: str) -> None:
    path = written(campaign, kind)
    if kind == "yaml":
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["responses"] == []
    elif kind == "json":
        assert json.loads(path.read_text(encoding="utf-8"))["responses"] == []
    elif kind == "csv":
        assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 1
    else:
        assert len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) == 1


def test_a_text_that_looks_like_a_formula_stays_one_in_csv_and_workbook(campaign: Campaign) -> None:
    evil = ("=1+1", "+1", "-1", "@SUM(A1)")
    for name, text in zip(("张三", "李四", "王五"), evil, strict=False):
        campaign.receive(f"{name}.yaml", campaign.filled(name, notes={"2.3": f'"{text}"'}))
    assert campaign.run("collect").code == 0
    rows = list(csv.reader(io.StringIO(written(campaign, "csv").read_text(encoding="utf-8-sig"))))
    assert {row[6] for row in rows[1:]} >= {"'=1+1", "'+1", "'-1"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    book = CalamineWorkbook.from_path(written(campaign, "xlsx"))
    assert {row[6] for row in book.get_sheet_by_index(0).to_python()[1:]} >= {"=1+1", "+1", "-1"}
