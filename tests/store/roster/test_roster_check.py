"""Whether a roster holds together, told for YAML and workbook alike."""

from typing import Any

import pytest

from selfaudit.base import i18n
from selfaudit.base.problems import Where
from selfaudit.model.roster import Roster
from selfaudit.store.roster.check import DataPath, nearest, roster_problems


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_console", "en")


def unit(key: str, name: str = "", kind: str = "department", **more: str) -> dict[str, Any]:
    return {"id": key, "name": name or f"unit {key}", "kind": kind, **more}


def person(key: str, where: str, name: str = "") -> dict[str, Any]:
    return {"id": key, "name": name or f"person {key}", "unit": where}


def roster(units: list[Any], people: list[Any]) -> dict[str, Any]:
    return {"format": "selfaudit/roster/1", "body": {"name": "Body"}, "units": units, "people": people}


def at(path: DataPath) -> Where:
    return Where(cell="/".join(map(str, path)))


def said(units: list[Any], people: list[Any]) -> list[str]:
    return [f"{problem.where}: {problem.message}" for problem in roster_problems(roster(units, people), at)]


def advised(units: list[Any], people: list[Any]) -> list[str]:
    return [problem.hint for problem in roster_problems(roster(units, people), at)]


TECH, AUDIT = unit("T", "技术部", head="1"), unit("A", "审核部")
ZHANG, LI = person("1", "T", "张三"), person("2", "A", "李四")


def test_a_sound_roster_has_no_problem_as_data_and_as_a_model() -> None:
    data = roster([TECH, AUDIT, unit("B", "北京分公司", "branch", parent="A", answered_by="T", head="2")], [ZHANG, LI])
    assert roster_problems(data, at) == []
    assert roster_problems(Roster.model_validate(data), at) == []


def test_an_id_given_twice_is_told_with_the_first_one_and_upper_and_lower_case_are_the_same() -> None:
    assert said([TECH, AUDIT, unit("a", kind="committee")], [ZHANG, LI, person("2", "A")]) == [
        "units/2/id: the id “a” is used twice, first for “审核部 (A)” at units/1/id",
        "people/2/id: the id “2” is used twice, first for “李四 (2)” at people/1/id",
    ]


def test_every_unknown_unit_is_told_with_the_one_that_was_probably_meant() -> None:
    units, people = [TECH, {**AUDIT, "parent": "技术", "answered_by": "X9"}], [ZHANG, LI, person("3", "审核")]
    assert said(units, people) == [
        "units/1/parent: there is no unit “技术”",
        "units/1/answered_by: there is no unit “X9”",
        "people/2/unit: there is no unit “审核”",
    ]
    assert advised(units, people) == [
        "Did you mean 技术部 (T)?",
        "Correct it or add the unit.",
        "Did you mean 审核部 (A)?",
    ]


def test_a_head_who_is_not_among_the_people_is_told() -> None:
    units = [{**TECH, "head": "张三"}, {**AUDIT, "head": "王五"}]
    assert said(units, [ZHANG, LI]) == [
        "units/0/head: “张三”, the head of “技术部 (T)”, is not among the people",
        "units/1/head: “王五”, the head of “审核部 (A)”, is not among the people",
    ]
    assert advised(units, [ZHANG, LI]) == ["Did you mean 张三 (1)?", "Add this person or correct the entry."]


def test_every_circle_of_parents_is_told_once() -> None:
    units = [{**TECH, "parent": "A"}, {**AUDIT, "parent": "T"}, unit("C", parent="A"), unit("D", parent="D")]
    assert said(units, [ZHANG, person("2", "C"), person("3", "D")]) == [
        "units/0/parent: these units form a circle of parents: 技术部 (T) → 审核部 (A) → 技术部 (T)",
        "units/3/parent: these units form a circle of parents: unit D (D) → unit D (D)",
    ]


def test_a_head_from_an_unrelated_unit_is_doubtful() -> None:
    assert said([TECH, {**AUDIT, "head": "1"}], [ZHANG, LI]) == [
        "units/1/head: “张三 (1)” heads “审核部 (A)” but belongs to “技术部 (T)”"
    ]


def test_of_a_head_whose_id_is_given_twice_only_that_is_told() -> None:
    other = person("1", "A", "赵六")
    gone = {**ZHANG, "left": "yes"}
    for people in ([ZHANG, LI, other], [gone, LI, other], [other, LI, gone]):
        told = [text for text in said([TECH, AUDIT], people) if "leave" not in text]
        assert [text.partition(":")[2] for text in told] == [
            f" the id “1” is used twice, first for “{people[0]['name']} (1)” at people/0/id"
        ]


def test_a_roster_without_people_is_told_once() -> None:
    assert said([unit("A"), unit("B")], []) == ["people: there are no people on the roster"]


@pytest.mark.parametrize("home", ["M", "T", "S", "A"])
def test_a_head_may_come_from_management_from_above_and_from_below(home: str) -> None:
    units = [unit("M", kind="management"), unit("T"), unit("A", parent="T", head="9"), unit("S", parent="A")]
    assert not [line for line in said(units, [person("9", home)]) if "heads" in line]


def test_a_committee_may_be_headed_by_anybody() -> None:
    assert said([unit("T"), unit("C", kind="committee", head="9")], [person("9", "T")]) == []


def test_units_without_people_are_told_in_one_note_that_does_not_grow() -> None:
    units = [unit("A"), *(unit(f"U{n}", kind="branch") for n in range(99)), unit("C", kind="committee")]
    (line,) = said(units, [person("1", "A")])
    assert line.startswith("units: units with neither people nor a head: unit U0 (U0), unit U1 (U1), ")
    assert line.endswith("unit U9 (U9) and others")


def test_people_in_a_part_of_a_unit_are_people_of_the_unit() -> None:
    assert said([unit("A"), unit("B", parent="A")], [person("1", "B")]) == []


def test_people_are_not_said_to_be_in_unknown_units_when_there_is_no_unit_at_all() -> None:
    assert said([], [person("1", "A")]) == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"units": "text", "people": {"id": "1"}},
        {"units": ["text", {}, {"id": ["x"]}, {"id": "A", "parent": []}], "people": [{"id": "1", "unit": {}}, None]},
    ],
)
def test_data_that_do_not_fit_the_model_are_passed_over(data: dict[str, Any]) -> None:
    assert {problem.code for problem in roster_problems(data, at)} <= {"roster.nobody"}


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("姓 名", ["姓名"], "姓名"),
        ("姓各", ["工号", "姓名"], "姓名"),
        ("北京", ["上海分公司", "北京分公司"], "北京分公司"),
        ("完全不同", ["姓名"], ""),
        ("名", ["abc"], ""),
        ("张叁", [f"张{n}" for n in range(3000)], ""),
        ("张２０００", [f"张{n}" for n in range(3000)], "张2000"),
    ],
)
def test_the_nearest_candidate_is_found_or_none(word: str, candidates: list[str], meant: str) -> None:
    assert nearest(word, candidates) == meant
