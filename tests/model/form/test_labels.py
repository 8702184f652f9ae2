"""What respondents are called in lists: by name, and so that nobody is taken for another."""

from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.model.form.form import Labels, Respondent


def person(number: str, name: str) -> Respondent:
    """A person with a number and a name."""
    given_facts = {"answers": "person", "unit": "U", "unit_name": "Unit", "roles": ()}
    return Respondent.model_validate({"key": f"person:{number}", "name": name, **given_facts})


def labels(everybody: list[Respondent]) -> list[str]:
    return [Labels(everybody).of(who) for who in everybody]


def test_whoever_alone_has_a_name_is_called_by_it() -> None:
    assert labels([person("1", "李强"), person("2", "李刚")]) == ["李强", "李刚"]


def test_people_of_one_name_are_called_by_name_and_number() -> None:
    assert labels([person("1", "李强"), person("2", "李强")]) == ["李强（1）", "李强（2）"]
    assert labels([person("1", "Li Qiang"), person("2", "Li  Qiang")]) == ["Li Qiang (1)", "Li  Qiang (2)"]


def test_whoever_is_asked_no_more_is_told_from_those_who_are_but_not_they_from_him() -> None:
    asked, gone = person("1", "李强"), person("2", "李强")
    assert [Labels([asked]).of(who) for who in (asked, gone)] == ["李强", "李强（2）"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["李强", "李 强", "Li Qiang", "li qiang", "王五"]), max_size=12))
def test_no_two_people_are_called_the_same(names: list[str]) -> None:
    found = labels([person(str(n), name) for n, name in enumerate(names)])
    assert len(set(found)) == len(names)
