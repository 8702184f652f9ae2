"""Who has left, what nobody sees, and rows that only repeat the header: all of it is read as it was meant, and told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from selfaudit.base import i18n
from selfaudit.model.roster import Roster
from selfaudit.store.roster.xlsx_reading import Reading, read


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_console", "en")


def workbook(*people: list[Any], header: str = "离职日期") -> Workbook:
    """Return a roster with one unit and some people, the last cell under a header of its own."""
    book = Workbook()
    book.active.title = "机构"  # type: ignore[union-attr]
    sheets = {
        "机构": [["机构名称"], ["甲乙公司"]],
        "单位": [["单位编号", "单位名称", "单位类型", "负责人"], ["T", "技术部", "部门", "1"]],
        "人员": [["工号", "姓名", "所在单位", "岗位", header], ["1", "张三", "技术部", "部长", ""], *people],
    }
    for name, rows in sheets.items():
        page = book[name] if name in book else book.create_sheet(name)
        for row in rows:
            page.append(row)
    return book


def reading(tmp_path: Path, book: Workbook) -> Reading:
    """Return what is read of a workbook."""
    book.save(tmp_path / "r.xlsx")
    return read(tmp_path / "r.xlsx")


def told(found: Reading) -> list[str]:
    return [f"{problem.severity}: {problem.where.cell}: {problem.message}" for problem in found.problems]


@pytest.mark.parametrize(
    ("header", "said", "left"),
    [
        ("离职日期", date(2023, 11, 1), "2023-11-01"),
        ("离职日期", "2023年11月1日", "2023-11-01"),
        ("离职时间", "二〇二三年十一月一日", "2023-11-01"),
        ("离职日期", 45231, "2023-11-01"),
        ("离职", "是", "yes"),
        ("是否离职", "否", ""),
        ("是否在职", "否", "yes"),
        ("是否在职", "是", ""),
        ("在职状态", "已离职", "yes"),
        ("状态", "在职", ""),
        ("状态", "退休", "yes"),
        ("Leaving date", "1 November 2023", "2023-11-01"),
    ],
)
def test_who_has_left_is_read_however_the_column_says_it(tmp_path: Path, header: str, said: Any, left: str) -> None:
    found = reading(tmp_path, workbook(["2", "李四", "技术部", "", said], header=header))
    assert found.data["people"][1].get("left", "") == left
    Roster.model_validate(found.data)
    people = f"李四 (2) {left}" if left.startswith("2") else "李四 (2)"
    assert told(found) == (
        [f"note: 人员!A1: people who leave are asked nothing from that day on: {people}"] if left else []
    )


def test_a_word_that_does_not_say_whether_somebody_has_left_is_told_and_they_are_still_there(tmp_path: Path) -> None:
    found = reading(tmp_path, workbook(["2", "李四", "技术部", "", "借调"], header="状态"))
    assert "left" not in found.data["people"][1]
    assert told(found) == [
        (
            "warning: 人员!E3: “借调” is neither a day nor does it say whether the person has left;"
            " they count as still there"
        )
    ]


def test_a_head_who_has_left_is_told(tmp_path: Path) -> None:
    book = workbook()
    book["人员"]["E2"] = "离职"
    assert "warning: 单位!D2: “张三 (1)”, the head of “技术部 (T)”, has left" in told(reading(tmp_path, book))


def test_somebody_is_there_until_the_day_on_which_they_leave(tmp_path: Path) -> None:
    found = reading(tmp_path, workbook(["2", "李四", "技术部", "", "2023-11-05"], ["3", "王五", "技术部", "", "是"]))
    roster = Roster.model_validate(found.data)
    assert [person.id for person in roster.as_of(date(2023, 11, 4)).people] == ["1", "2"]
    assert [person.id for person in roster.as_of(date(2023, 11, 5)).people] == ["1"]


def test_rows_hidden_by_a_filter_and_hidden_columns_are_read_and_told(tmp_path: Path) -> None:
    book = workbook(["2", "李四", "技术部", "", ""], ["3", "王五", "技术部", "", ""])
    page = book["人员"]
    page.auto_filter.ref = "A1:E4"
    page.row_dimensions[3].hidden = page.row_dimensions[9].hidden = True
    page.column_dimensions["D"].hidden = page.column_dimensions["H"].hidden = True
    found = reading(tmp_path, book)
    assert len(found.data["people"]) == 3
    assert told(found) == [
        "note: 人员: rows hidden by a filter or by hand were read as well: 3",
        "note: 人员: hidden columns were read as well: D",
    ]


def test_a_row_that_only_names_the_columns_again_is_nobody(tmp_path: Path) -> None:
    book = workbook(["2", "李四", "技术部", "", ""], ["工号", "姓名", "所在单位", "岗位", "离职日期"])
    page = book["人员"]
    page.insert_rows(2, 2)
    for column, text in enumerate(("Staff no.", "Name", "Unit"), 1):
        page.cell(2, column, text)
        page.cell(3, column, "（必填）")
    found = reading(tmp_path, book)
    assert [person["name"] for person in found.data["people"]] == ["张三", "李四"]
    assert told(found) == []


def test_a_name_in_which_a_character_was_lost_is_told(tmp_path: Path) -> None:
    found = reading(tmp_path, workbook(["2", "李?", "技术部", "", ""], ["3", "王\ue863", "技术部", "", ""]))
    assert [problem.args["value"] for problem in found.problems] == ["李?", "王\ue863"]
    assert {problem.code for problem in found.problems} == {"roster.lost-character"}
