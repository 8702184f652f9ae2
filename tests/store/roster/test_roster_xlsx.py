"""The roster workbook: the empty one to fill in and the one with a roster in it."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from selfaudit.base.problems import errors
from selfaudit.model.roster import Roster
from selfaudit.store.roster.sheet import PEOPLE, SHEETS, UNITS, header_key
from selfaudit.store.roster.xlsx_reading import read
from selfaudit.store.roster.xlsx_writing import write_roster, write_template

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
            "forms": ["html", "xlsx"],
            "email": "js@example.com",
        },
        {"id": "BJ", "name": "北京分公司", "kind": "branch", "parent": "00", "answered_by": "01"},
    ],
    "people": [
        {"id": "0001", "name": "张三", "unit": "01", "posts": ["部长", "审核员"]},
        {"id": "0002", "name": "李四", "unit": "BJ", "posts": ["检查员"], "roles": ["auditor"]},
        {"id": "0003", "name": "王五", "unit": "00"},
    ],
}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_template_opens_empty_with_all_columns_and_only_asks_to_be_filled_in(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    opened = CalamineWorkbook.from_path(path)
    assert opened.sheet_names[1:] == [sheet.words.said_in(language) for sheet in SHEETS]
    for sheet in SHEETS:
        rows = opened.get_sheet_by_name(sheet.words.said_in(language)).to_python()
        assert rows == [[column.words.said_in(language) for column in sheet.columns]]
    found = read(path)
    assert found.data == {"format": "selfaudit/roster/1", "body": {}, "units": [], "people": []}
    assert [problem.code for problem in found.problems] == ["roster.no-rows", "roster.no-rows", "roster.nobody"]


def test_the_template_keeps_ids_as_text_and_offers_kinds_and_units(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, "zh_CN")
    with zipfile.ZipFile(path) as archive:
        unit_sheet = archive.read("xl/worksheets/sheet3.xml").decode()
        people_sheet = archive.read("xl/worksheets/sheet4.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert '"部门,分公司,委员会,管理层"' in unit_sheet
    names = "OFFSET('单位'!$B$2,0,0,MAX(1,COUNTA('单位'!$B$2:$B$20001)),1)"
    assert unit_sheet.count(names) == 2
    assert people_sheet.count(names) == 1
    assert 'ySplit="1"' in people_sheet
    assert 'numFmtId="49"' in styles


def test_the_instructions_tell_of_every_column(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, "en")
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    told = {(row[0], row[1]) for row in rows}
    assert {(s.words.en, c.words.en) for s in SHEETS for c in s.columns} <= told
    assert all(row[3] for row in rows[-len(UNITS.columns) - len(PEOPLE.columns) :])


def test_the_same_roster_gives_the_same_file() -> None:
    files = [io.BytesIO(), io.BytesIO()]
    for stream in files:
        write_roster(Roster.model_validate(DATA), stream, "zh_CN")
    assert files[0].getvalue() == files[1].getvalue()


def test_an_exported_roster_speaks_of_units_and_heads_by_name(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_roster(Roster.model_validate(DATA), path, "zh_CN")
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("单位").to_python()
    assert rows == [
        ["单位编号", "单位名称", "单位类型", "上级单位", "负责人", "汇总单位", "责任角色", "填报表格式", "邮箱"],
        ["00", "总经理室", "管理层", "", "王五", "", "", "", ""],
        ["01", "技术部", "部门", "总经理室", "张三", "", "lead、tech", "html、xlsx", "js@example.com"],
        ["BJ", "北京分公司", "分公司", "总经理室", "", "技术部", "", "", ""],
    ]


def test_a_text_that_does_not_fit_into_a_cell_is_not_cut_off() -> None:
    roster = Roster.model_validate(DATA | {"people": [{"id": "1", "name": "张三", "unit": "01", "posts": POSTS}]})
    with pytest.raises(ValueError, match="1: posts does not fit"):
        write_roster(roster, io.BytesIO(), "zh_CN")


POSTS = [f"{n}{'长' * 15_000}" for n in range(3)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_no_header_means_two_columns_and_no_name_two_sheets(sheet: Any) -> None:
    spellings = [key for column in sheet.columns for key in column.words.spellings()]
    assert len(spellings) == len(set(spellings))
    assert "" not in spellings
    others = {key for other in SHEETS if other is not sheet for key in other.words.spellings()}
    assert others.isdisjoint(sheet.words.spellings())


@pytest.mark.parametrize(
    ("header", "key"), [("＊岗 位（可填多个）", "岗位"), ("Person-ID", "personid"), ("工号:", "工号"), ("(备注)", "")]
)
def test_of_a_header_only_its_words_count(header: str, key: str) -> None:
    assert header_key(header) == key


IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,6}", fullmatch=True)
NAMES = st.text("甲乙丙丁部Ab0=+@-（）·#'\"&<>_x1", min_size=1, max_size=8)
ROLES = st.lists(st.from_regex(r"[a-z][a-z0-9_-]{0,5}", fullmatch=True), max_size=2, unique=True)


FORMS = st.lists(st.sampled_from(["html", "xlsx", "yaml"]), unique=True)
EMAILS = st.just("") | st.from_regex(r"[a-z.+-]{1,5}@[a-z.]{1,5}", fullmatch=True)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Rosters that hold together, with equal names and names that are other units' ids."""
    unit_ids = draw(st.lists(IDS, min_size=1, max_size=5, unique_by=str.casefold))
    person_ids = draw(st.lists(IDS, max_size=5, unique_by=str.casefold))
    made: list[dict[str, Any]] = []
    for n, key in enumerate(unit_ids):
        made.append(
            {
                "id": key,
                "name": draw(NAMES | st.sampled_from(unit_ids)),
                "kind": draw(st.sampled_from(["management", "department", "committee", "branch"])),
                "parent": draw(st.sampled_from(["", *unit_ids[:n]])),
                "head": draw(st.sampled_from(["", *person_ids])),
                "answered_by": draw(st.sampled_from(["", *unit_ids])),
                "forms": draw(FORMS),
                "email": draw(EMAILS),
                "roles": draw(ROLES),
            }
        )
    persons = [
        {
            "id": key,
            "name": draw(NAMES | st.sampled_from(person_ids)),
            "unit": draw(st.sampled_from(unit_ids)),
            "posts": draw(st.lists(NAMES, max_size=3, unique=True)),
            "forms": draw(FORMS),
            "email": draw(EMAILS),
            "roles": draw(ROLES),
        }
        for key in person_ids
    ]
    body = {"name": draw(NAMES)}
    return Roster.model_validate({"format": "selfaudit/roster/1", "body": body, "units": made, "people": persons})


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roster=rosters(), language=st.sampled_from(["zh_CN", "en"]))
def test_a_roster_written_and_read_is_the_same_roster(tmp_path: Path, roster: Roster, language: str) -> None:
    path = tmp_path / "r.xlsx"
    write_roster(roster, path, language)
    found = read(path)
    assert errors(found.problems) == []
    assert Roster.model_validate(found.data) == roster
