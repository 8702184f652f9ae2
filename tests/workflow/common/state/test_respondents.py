"""Whom somebody means by a name, a number or a key."""

import pytest

from selfaudit.base.problems import UserError
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.form.form import Respondent
from selfaudit.workflow.common.state.respondents import Selection, meant
from tests.reports.content_kit import TINY


def respondent(key: str, name: str, unit: str = "U") -> Respondent:
    """Somebody of the roster."""
    facts = {"answers": key.partition(":")[0], "unit": unit, "unit_name": f"Unit {unit}", "roles": ("auditor",)}
    return Respondent.model_validate({"key": key, "name": name, **facts})


EVERYBODY = [respondent("person:1", "Li"), respondent("person:2", "Li", "V"), respondent("unit:2", "person:1")]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Li", ["person:1", "person:2"]),
        ("1", ["person:1"]),
        ("2", ["person:2", "unit:2"]),
        ("person:1", ["person:1"]),
        ("Li (2)", ["person:2"]),
        ("li（2）", ["person:2"]),
        ("Li (3)", []),
        ("L", []),
        (" LI\u200b", ["person:1", "person:2"]),
    ],
)
def test_a_key_is_one_respondents_and_everything_else_may_be_several(name: str, keys: list[str]) -> None:
    assert [who.key for who in meant(name, EVERYBODY)] == keys


def chosen(*only: str, units: tuple[str, ...] = ()) -> list[str]:
    """Return the keys of those whom a selection means."""
    forms = [FormBuilder(TINY).form(who, who.number) for who in EVERYBODY]
    return [form.respondent.key for form in Selection(only, (), units).forms(forms, TINY)]


def test_a_unit_tells_people_of_one_name_apart() -> None:
    assert chosen("Li", units=("V",)) == ["person:2"]
    assert chosen("Li", units=("Unit U",)) == ["person:1"]


def test_names_without_a_unit_that_is_theirs_mean_nobody() -> None:
    assert chosen("person:1", units=("V",)) == []


def test_every_name_that_is_several_is_refused_at_once() -> None:
    with pytest.raises(UserError) as caught:
        chosen("Li", "2")
    assert [problem.code for problem in caught.value.problems] == ["status.ambiguous"] * 2
    assert caught.value.problems[1].hint.startswith("Give one of: person:2 (Unit V · ")


def test_a_unit_and_a_name_may_be_typed_otherwise() -> None:
    assert chosen("ＬＩ", units=("unit v",)) == ["person:2"]
