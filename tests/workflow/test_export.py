"""``export`` and ``merged.yaml``: what everybody said, as data for other programs."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
import yaml
from python_calamine import CalamineWorkbook

from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.readers import both_readers
from tests.support.tiny import EVERYBODY

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


def test_parquet_is_a_folder_of_tables_for_another_engine(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("export", "--format", "parquet", "-o", "tables")
    assert (ran.code, ran.out) == (0, "Wrote 5 responses to tables\n")
    folder = answered_campaign.root / "tables"
    assert {path.name for path in folder.iterdir()} == {"answers.parquet", "findings.parquet", "signals.parquet"}
    with duckdb.connect(":memory:") as db:
        answers = db.read_parquet(f"{folder}/answers.parquet").select("name", "item", "answer").fetchall()
        facts = db.read_parquet(f"{folder}/findings.parquet").select("item", "fact").fetchall()
        signals = db.read_parquet(f"{folder}/signals.parquet").fetchall()
    assert ("张三", "2.1", "发现问题") in answers
    assert facts == [("2.1 a", FINDING["fact"])]
    assert signals == []


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
