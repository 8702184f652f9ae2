"""What people made of the roster workbook is read, and every mistake is told by sheet and cell."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfaudit.base import i18n
from selfaudit.base.problems import errors
from selfaudit.model.roster import Roster
from selfaudit.store.roster.xlsx_reading import Reading, read

Rows = Sequence[Sequence[Any]]

BODY_ROWS: Rows = [["机构名称"], ["甲乙认证有限公司"]]
UNIT_HEAD = ["单位编号", "单位名称", "单位类型", "上级单位", "负责人", "汇总单位", "责任角色"]
UNIT_ROWS: Rows = [
    UNIT_HEAD,
    ["00", "总经理室", "管理层", "", "王五", "", ""],
    ["01", "技术部", "部门", "总经理室", "0001", "", "lead, tech"],
    ["BJ", "北京分公司", "分公司", "00", "", "技术部", ""],
]
PERSON_HEAD = ["工号", "姓名", "所在单位", "岗位", "责任角色"]
PERSON_ROWS: Rows = [
    PERSON_HEAD,
    ["0001", "张三", "技术部", "部长、审核员", ""],
    ["0002", "李四", "BJ", "检查员", "auditor"],
    ["0003", "王五", "00", "", ""],
]
DATA = {
    "format": "selfaudit/roster/1",
    "body": {"name": "甲乙认证有限公司"},
    "units": [
        {"id": "00", "name": "总经理室", "kind": "management", "head": "0003"},
        {
            "id": "01",
            "name": "技术部",
            "kind": "department",
            "parent": "00",
            "head": "0001",
            "roles": ["lead", "tech"],
        },
        {"id": "BJ", "name": "北京分公司", "kind": "branch", "parent": "00", "answered_by": "01"},
    ],
    "people": [
        {"id": "0001", "name": "张三", "unit": "01", "posts": ["部长", "审核员"]},
        {"id": "0002", "name": "李四", "unit": "BJ", "posts": ["检查员"], "roles": ["auditor"]},
        {"id": "0003", "name": "王五", "unit": "00"},
    ],
}


class Formula(str):
    """The cached value of a formula."""

    __slots__ = ()


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_console", "en")


def book(path: Path, sheets: Mapping[str, Rows], merged: Mapping[str, str] | None = None) -> Path:
    """Write a workbook of rows; ``merged`` names the ranges to merge with their text by ``sheet!range``."""
    with xlsxwriter.Workbook(path) as made:
        day = made.add_format({"num_format": "m-d"})
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, Formula):
                        page.write_formula(r, c, "=A1", None, str(value))
                    elif isinstance(value, date):
                        page.write_datetime(r, c, value, day)
                    elif isinstance(value, str):
                        page.write_string(r, c, value)
                    else:
                        page.write(r, c, value)
            for place, text in (merged or {}).items():
                if place.startswith(f"{name}!"):
                    page.merge_range(place.partition("!")[2], text)
    return path


def reading(tmp_path: Path, **sheets: Rows | None) -> Reading:
    """Read the good workbook with some of its sheets replaced, or left out if None."""
    good: dict[str, Rows | None] = {"机构": BODY_ROWS, "单位": UNIT_ROWS, "人员": PERSON_ROWS}
    return read(book(tmp_path / "r.xlsx", {name: rows for name, rows in (good | sheets).items() if rows is not None}))


def said(found: Reading) -> list[str]:
    return [f"{problem.where}: {problem.message}" for problem in found.problems]


def units(*rows: Sequence[Any]) -> Rows:
    return [*UNIT_ROWS, *rows]


def people(*rows: Sequence[Any]) -> Rows:
    return [*PERSON_ROWS, *rows]


def test_a_good_workbook_gives_the_data_of_roster_yaml(tmp_path: Path) -> None:
    found = reading(tmp_path)
    assert (found.data, found.problems) == (DATA, [])
    Roster.model_validate(found.data)


def test_every_value_knows_its_cell_and_what_is_missing_the_nearest_one_above(tmp_path: Path) -> None:
    found = reading(tmp_path)
    assert str(found.where(("people", 1, "unit"))) == "r.xlsx:人员!C3"
    assert str(found.where(("people", 0, "posts", 1))) == "r.xlsx:人员!D2"
    assert str(found.where(("people", 2, "nothing"))) == "r.xlsx:人员!A4"
    assert str(found.where(("units",))) == "r.xlsx:单位!A1"
    assert str(found.where(("nothing",))) == "r.xlsx"


def test_formats_and_addresses_are_read_as_people_write_them(tmp_path: Path) -> None:
    head = [*PERSON_HEAD, "填报表格式", "邮箱"]
    rows: Rows = [head, ["0001", "张三", "01", "", "", "网页，Excel", "ＺＳ@example.com"], ["0003", "王五", "00"]]
    found = reading(tmp_path, 人员=rows)
    assert errors(found.problems) == []
    assert found.data["people"][0]["forms"] == ["html", "xlsx"]
    assert found.data["people"][0]["email"] == "ZS@example.com"


def test_the_file_is_called_what_the_user_calls_it(tmp_path: Path) -> None:
    assert str(read(book(tmp_path / "r.xlsx", {}), "名册/我的.xlsx").problems[0].where) == "名册/我的.xlsx"


def test_the_order_of_sheets_and_columns_and_the_language_of_headers_do_not_matter(tmp_path: Path) -> None:
    path = book(
        tmp_path / "r.xlsx",
        {
            "STAFF": [
                ["Dept", "job_title", "Staff ID *", "Roles", "full name"],
                ["技术部", "部长, 审核员", "0001", "", "张三"],
                ["bj", "检查员", "0002", "auditor", "李四"],
                ["00", "", "0003", "", "王五"],
            ],
            "units": [
                ["Kind", "Id", "Name", "Parent", "Answered by", "Head", "Role"],
                ["Management", "00", "总经理室", "", "", "王五", ""],
                ["department", "01", "技术部", "总经理室", "", "0001", "lead;tech"],
                ["分公司", "BJ", "北京分公司", "00", "01", "", ""],
            ],
            "Body": [["Name"], ["甲乙认证有限公司"]],
        },
    )
    found = read(path)
    assert (found.data, found.problems) == (DATA, [])


def test_titles_above_the_header_blank_rows_and_a_column_of_numbers_are_passed_over(tmp_path: Path) -> None:
    rows: Rows = [
        ["甲乙认证有限公司人员名册"],
        [],
        ["序号", *PERSON_HEAD],
        [1.0, *PERSON_ROWS[1]],
        [2.0],
        ["", "　", " ", "", "", ""],
        [3.0, *PERSON_ROWS[2]],
        [4.0, *PERSON_ROWS[3]],
        [5.0],
    ]
    found = reading(tmp_path, 人员=rows)
    assert found.data == DATA
    assert said(found) == ["r.xlsx:人员!A3: the column “序号” is ignored"]
    assert str(found.where(("people", 1, "id"))) == "r.xlsx:人员!B7"


@pytest.mark.parametrize(
    "cell", ["部长、审核员", "部长,审核员", "部长；审核员；", "部长/审核员", "部长\n审核员", " 部长 ， 审核员 、部长"]
)
def test_several_posts_stand_in_one_cell_however_they_are_separated(tmp_path: Path, cell: str) -> None:
    rows = [PERSON_HEAD, ["0001", "张三", "技术部", cell, ""], *PERSON_ROWS[2:]]
    assert reading(tmp_path, 人员=rows).data == DATA


def test_full_width_characters_and_spread_names_are_read_as_what_they_mean(tmp_path: Path) -> None:
    rows = [
        ["＊工　号", "姓 名（必填）", "所在单位：", "岗位", "责任角色"],
        ["０００１", "张　三", "技术 部", "部 长、审核\u200b员", ""],
        ["0002\ufeff", " 李四", "ＢＪ", "检查员", "ａｕｄｉｔｏｒ"],
        *PERSON_ROWS[3:],
    ]
    found = reading(tmp_path, 人员=rows)
    assert (found.data, found.problems) == (DATA, [])


def test_ids_that_became_numbers_are_whole_numbers_again(tmp_path: Path) -> None:
    rows: Rows = [UNIT_HEAD, [1001.0, "技术部", "部门", "", 7.0, "", ""]]
    found = reading(tmp_path, 单位=rows, 人员=[PERSON_HEAD, [7.0, "张三", 1001.0, "", ""]])
    assert found.data["units"] == [{"id": "1001", "name": "技术部", "kind": "department", "head": "7"}]
    assert found.data["people"] == [{"id": "7", "name": "张三", "unit": "1001"}]
    assert found.problems == []


def test_numbers_beside_ids_that_begin_with_zero_are_doubtful(tmp_path: Path) -> None:
    found = reading(tmp_path, 人员=people(*([float(n), "赵六", "01", "", ""] for n in range(10, 22))))
    (problem,) = found.problems
    assert str(problem.where) == "r.xlsx:人员!A5"
    assert problem.message.endswith("may have lost leading zeros: 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and others")


def test_a_unit_merged_over_several_people_is_the_unit_of_each(tmp_path: Path) -> None:
    rows = [["名册", "", "", ""], PERSON_HEAD, ["0001", "张三"], ["0002", "李四"], ["0003", "王五", "00"]]
    merged = {"人员!A1:D1": "名册", "人员!C3:C4": "技术部"}
    found = read(book(tmp_path / "r.xlsx", {"机构": BODY_ROWS, "单位": UNIT_ROWS, "人员": rows}, merged))
    assert [person["unit"] for person in found.data["people"]] == ["01", "01", "00"]
    assert errors(found.problems) == []


def test_a_merged_unit_that_reaches_below_the_people_makes_no_people(tmp_path: Path) -> None:
    rows = [PERSON_HEAD, *PERSON_ROWS[2:], ["0001", "张三"]]
    merged = {"人员!C4:C9": "技术部"}
    found = read(book(tmp_path / "r.xlsx", {"机构": BODY_ROWS, "单位": UNIT_ROWS, "人员": rows}, merged))
    assert [person["id"] for person in found.data["people"]] == ["0002", "0003", "0001"]
    assert found.problems == []


@pytest.mark.parametrize(
    ("changed", "expected", "hint"),
    [
        (
            {"人员": None},
            ["r.xlsx: there is no sheet “人员”"],
            "The workbook has: 机构, 单位. Rename the right one, or start from selfaudit roster template.",
        ),
        (
            {"人员": None, "公司人员": PERSON_ROWS},
            ["r.xlsx: there is no sheet “人员”", "r.xlsx: these sheets are ignored: 公司人员"],
            "If “公司人员” is that sheet, rename it to “人员”.",
        ),
        (
            {"花名册": PERSON_ROWS},
            ["r.xlsx:花名册: “花名册” and “人员” are both read as the sheet “人员”"],
            "Keep one of them, or give the other one another name.",
        ),
        ({"工资": [["密"]], "填写说明": []}, ["r.xlsx: these sheets are ignored: 工资"], ""),
        (
            {
                "人员": [
                    [*PERSON_HEAD, "填报表格式"],
                    ["0001", "张三", "01", "", "", "网页、PDF"],
                    ["0003", "王五", "00"],
                ]
            },
            ["r.xlsx:人员!F2: “PDF” is not a form format"],
            "Write one of: html, xlsx, yaml.",
        ),
        (
            {
                "人员": [
                    [*PERSON_HEAD, "邮箱"],
                    ["0001", "张三", "01", "", "", "zs.example.com"],
                    ["0003", "王五", "00"],
                ]
            },
            ["r.xlsx:人员!F2: “zs.example.com” is not an e-mail address"],
            "Write one address, such as office@example.com.",
        ),
        (
            {"人员": [["a", "b"], ["0001", "张三"]]},
            ["r.xlsx:人员!A1: the columns of this sheet are not named"],
            "Put the column names in one row: 工号, 姓名, 所在单位, 岗位, 离职日期, 责任角色, 填报表格式, 邮箱.",
        ),
        (
            {"人员": [["工号", "所在单位", "岗位"], ["0001", "01", "审核员"], ["0003", "00", ""]]},
            ["r.xlsx:人员!A1: the column “姓名” is missing"],
            "Required columns: 工号, 姓名, 所在单位.",
        ),
        (
            {"人员": [["工号", "性名", "所在单位", "岗位"], ["0001", "张三", "01", ""], ["0003", "王五", "00", ""]]},
            ["r.xlsx:人员!B1: the column “姓名” is missing"],
            "If “性名” (B1) is that column, rename it to “姓名”.",
        ),
        (
            {"人员": [[*PERSON_HEAD, "部门"], ["0001", "张三", "01"], ["0002", "李四", "BJ"], ["0003", "王五", "00"]]},
            ["r.xlsx:人员!F1: “部门” and “所在单位” (C1) are both read as “所在单位”"],
            "Keep one of them, or give the other one another name.",
        ),
        (
            {"人员": [["工号", "姓名", "单位", "岗位一览"], ["0001", "张三", "01"], ["0003", "王五", "00"]]},
            ["r.xlsx:人员!D1: the column “岗位一览” is ignored"],
            "If it should be “岗位”, rename it to that.",
        ),
        (
            {"人员": [["Staff no.", "Name", "Phone"], ["0001", "张三"], ["0003", "王五"]]},
            ["r.xlsx:人员!A1: the column “Unit” is missing", "r.xlsx:人员!C1: the column “Phone” is ignored"],
            "Required columns: Staff no., Name, Unit.",
        ),
        (
            {"机构": [["机构名称"]]},
            ["r.xlsx:机构!A1: there is nothing below the names of the columns"],
            "Fill in at least one row.",
        ),
        (
            {"机构": [*BODY_ROWS, ["丙丁认证"]]},
            ["r.xlsx:机构!A3: “丙丁认证” is a second body"],
            "One roster is for one body: keep one row.",
        ),
        (
            {"人员": people(["", "赵六", "01", "", ""])},
            ["r.xlsx:人员!A5: “工号” is empty"],
            "Write the number from your own records; none is generated for you.",
        ),
        (
            {"人员": people(["0004", "　", "01", "审核员", ""])},
            ["r.xlsx:人员!B5: “姓名” is empty"],
            "Fill it in; nothing is filled in for you.",
        ),
        (
            {"人员": people(["0001", "张三", "01", "检查员", ""])},
            ["r.xlsx:人员!A5: the id “0001” is used twice, first for “张三 (0001)” at 人员!A2"],
            (
                "Give each its own id (upper and lower case count as the same); enter each person once, with all"
                " their posts."
            ),
        ),
        (
            {"人员": people(["0004", "赵六", "技术", "", ""])},
            ["r.xlsx:人员!C5: there is no unit “技术”"],
            "Did you mean 技术部 (01)?",
        ),
        (
            {"单位": units(["02", "审核部", "部门", "02", "9999", "", ""])},
            [
                "r.xlsx:单位!D5: these units form a circle of parents: 审核部 (02) → 审核部 (02)",
                "r.xlsx:单位!E5: “9999”, the head of “审核部 (02)”, is not among the people",
            ],
            "Leave the parent of the top unit empty.",
        ),
        (
            {"单位": units(["02", "审核部", "事业部", "", "", "", ""])},
            ["r.xlsx:单位!C5: “事业部” is none of the usual kinds of unit"],
            (
                "Write one of: 部门, Department, 分公司, Branch, 委员会, Committee, 管理层, Management."
                " Any other must be among the kinds that the kit names."
            ),
        ),
        (
            {"单位": units(["02", "技术 部", "部门", "", "0001", "", ""])},
            [
                "r.xlsx:单位!F4: “技术部” is the name of more than one: 01, 02",
                "r.xlsx:人员!C2: “技术部” is the name of more than one: 01, 02",
            ],
            "Write the id instead.",
        ),
        (
            {"人员": people(["0004", "王五", "01", "", ""])},
            ["r.xlsx:单位!E2: “王五” is the name of more than one: 0003, 0004"],
            "Write the id instead.",
        ),
        (
            {"人员": people(["技-4", "赵六", "01", "", "Lead"])},
            ["r.xlsx:人员!A5: “技-4” cannot be an id"],
            "Use at most 40 letters A-Z, digits and . _ - and begin with a letter or digit.",
        ),
        (
            {"单位": units([1.1, "审核部", "部门", "", "0001", "", ""])},
            ["r.xlsx:单位!A5: “1.1” is stored as a number in the workbook and may have lost digits"],
            "Set the format of the cell to text and type it again.",
        ),
        (
            {"人员": people([110101199001011234.0, "赵六", "01", "", ""])},
            ["r.xlsx:人员!A5: “110101199001011200” is stored as a number in the workbook and may have lost digits"],
            "Set the format of the cell to text and type it again.",
        ),
        (
            {"人员": people([date(2026, 3, 1), "赵六", "01", True, ""])},
            [
                "r.xlsx:人员!A5: the workbook has turned this text into a date or a true/false value: 2026-03-01",
                "r.xlsx:人员!D5: the workbook has turned this text into a date or a true/false value: TRUE",
            ],
            "Set the format of the cell to text and type it again.",
        ),
        (
            {"人员": people(["0004", "赵六", Formula("#N/A"), Formula("#REF!"), ""])},
            [
                "r.xlsx:人员!C5: this cell shows an error such as #N/A",
                "r.xlsx:人员!D5: this cell shows an error such as #N/A",
            ],
            "Type the text itself instead of a formula.",
        ),
        (
            {"人员": people(["0004", "赵\x07六", "01", "", ""])},
            ["r.xlsx:人员!B5: “赵\ufffd六” contains a character that cannot be printed"],
            "Type the text again.",
        ),
        (
            {"人员": people(["0004", "赵" * 20_001, "01", "", ""])},
            ["r.xlsx:人员!B5: this text has 20001 characters"],
            "Shorten it to at most 20,000.",
        ),
    ],
)
def test_every_mistake_is_told_with_its_sheet_and_cell_and_what_to_do(
    tmp_path: Path, changed: dict[str, Rows | None], expected: list[str], hint: str
) -> None:
    found = reading(tmp_path, **changed)
    relevant = [problem for problem in found.problems if problem.code != "roster.empty-units"]
    assert [f"{problem.where}: {problem.message}" for problem in relevant] == expected
    assert relevant[0].hint == hint


@pytest.mark.parametrize(
    "row",
    [
        ["合计", 37, "", "", ""],
        ["合计：37人", "", "", "", ""],
        ["", "总计", "", "37人", ""],
        ["制表人：赵六", "", "审核人：钱七", "2023-11-01", ""],
        ["制表人", "赵六", "", "", ""],
        ["Total", "37", "", "", ""],
        ["制表人：赵六"] * 5,
    ],
)
def test_a_row_that_sums_the_list_up_or_signs_it_is_one_message(tmp_path: Path, row: list[Any]) -> None:
    found = reading(tmp_path, 人员=people(row))
    (problem,) = found.problems
    assert str(problem.where) == "r.xlsx:人员!A5"
    assert problem.message.endswith("is a total or a signature, not an entry of the list")
    assert problem.hint == "Delete this row."
    assert found.data["people"] == DATA["people"]


def test_whoever_is_called_like_a_total_is_an_entry(tmp_path: Path) -> None:
    found = reading(
        tmp_path, 人员=people(["Sum", "总计", "技术部", "", ""]), 单位=units(["02", "审核部", "部门", "", "", "", ""])
    )
    assert errors(found.problems) == []
    assert found.data["people"][-1] == {"id": "Sum", "name": "总计", "unit": "01"}


def test_all_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        机构=[["机构名称", "批准号"], ["甲乙"]],
        单位=units(["BJ", "审核部", "科技部", "", "", "", ""], ["", "市场部", "部门", "销售部", "", "", ""]),
        人员=people(["0003", "赵六", "市场部", "", ""], ["0005", "", "财务部", "", ""]),
    )
    assert said(found) == [
        "r.xlsx:机构!B1: the column “批准号” is ignored",
        "r.xlsx:单位!C5: “科技部” is none of the usual kinds of unit",
        "r.xlsx:单位!A6: “单位编号” is empty",
        "r.xlsx:人员!B6: “姓名” is empty",
        "r.xlsx:单位!A5: the id “BJ” is used twice, first for “北京分公司 (BJ)” at 单位!A4",
        "r.xlsx:人员!A5: the id “0003” is used twice, first for “王五 (0003)” at 人员!A4",
        "r.xlsx:人员!C6: there is no unit “财务部”",
    ]


def test_missing_sheets_do_not_make_every_reference_a_mistake(tmp_path: Path) -> None:
    assert said(read(book(tmp_path / "r.xlsx", {"机构": BODY_ROWS, "人员": PERSON_ROWS}))) == [
        "r.xlsx: there is no sheet “单位”"
    ]
    found = reading(tmp_path, 人员=[["姓名", "所在单位"], ["张三", "01"]])
    assert said(found)[0] == "r.xlsx:人员!A1: the column “工号” is missing"
    assert not [line for line in said(found) if "head" in line and "units" not in line]


def test_cells_that_look_like_formulas_are_only_texts(tmp_path: Path) -> None:
    found = reading(tmp_path, 人员=people(["0004", "=1+1", "01", "@审核员", ""]))
    assert found.data["people"][3] == {"id": "0004", "name": "=1+1", "unit": "01", "posts": ["@审核员"]}


CELLS = st.one_of(
    st.text("甲乙b0、", max_size=4), st.sampled_from(["", "01", "x", "技术部", "部门", 1.0, 1.5, True, Formula("#N/A")])
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, max_size=7), max_size=3), st.lists(st.lists(CELLS, max_size=5), max_size=3))
def test_whatever_is_typed_without_an_error_makes_a_roster(tmp_path: Path, more: Rows, others: Rows) -> None:
    found = reading(tmp_path, 单位=units(*more), 人员=people(*others))
    assert found.problems or found.data
    if not errors(found.problems):
        Roster.model_validate(found.data)
