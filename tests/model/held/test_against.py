"""“Conform” is held against the signals about the same subject, and against checks that did not run."""

from dataclasses import replace
from typing import Any

import pytest

from selfaudit.model.data.figure import Counted, FigureOutcome
from selfaudit.model.data.outcome import Outcome, Signal
from selfaudit.model.data.register import RegisterFigure
from selfaudit.model.data.verdict import State
from selfaudit.model.held.against import Against, CheckRun, HeldAgainst
from selfaudit.model.held.figures import CountedFigure
from selfaudit.model.held.held import called
from selfaudit.model.held.hints import Hints
from selfaudit.model.held.named import NamedAgainst
from selfaudit.model.held.subjects import Subjects
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import Standing
from selfaudit.model.roster import Roster
from tests.reports.content_kit import BODY, FINDING, make_kit, replied, reviewed

RAN = Outcome(check="C08", state="ran", judged=40, signals=2)


def kit(**entry: Any) -> Kit:
    """Return the small kit, in which C08 speaks against 2.1."""
    made = make_kit()
    conduct = made.checklists["conduct.yaml"].model_dump(by_alias=True)
    conduct["items"][0]["contradicted_by"] = [{"check": "C08", "subject": "unit", **entry}]
    conduct["items"][0]["show_signals"] = True
    checklist = type(made.checklists["conduct.yaml"]).model_validate(conduct)
    return made.model_copy(update={"checklists": {**made.checklists, "conduct.yaml": checklist}})


def signal(key: str = "P1", **changes: Any) -> Signal:
    given = {"severity": "severe", "facts": {"Days": "1"}, "derivation": ("1 < 2",), "digest": "d", **changes}
    return Signal.model_validate({"check": "C08", "key": key, **given})


def conform(name: str, **more: Any) -> Standing:
    return replied(name, {"items": [{"id": "2.1", "answer": "conform"}], "findings": [], **more})


def held(
    made: Kit, *standings: Standing, signals: list[Signal], verdicts: dict[str, State] | None = None
) -> HeldAgainst:
    run = CheckRun({}, {"C08": RAN}, signals, {("C08", key): one for key, one in (verdicts or {}).items()})
    against = HeldAgainst(made, BODY, run)
    for standing in standings:
        against.add(standing)
    return against


def keys(found: list[Against]) -> list[str]:
    return [one.key for one in found]


@pytest.mark.parametrize("called", ["North", "N", "north", "The Body North", "Nor"])
def test_a_branch_that_says_conform_is_held_against_signals_that_bear_its_name(called: str) -> None:
    two = [signal("P1", unit=called), signal("P2", unit=called), signal("P3", unit="South")]
    (one,) = held(kit(at_least=2), conform("North"), conform("South"), signals=two).found()
    assert (one.key, one.name, len(one.signals), one.at_least, one.judged) == ("2.1/unit:N/C08", "North", 2, 2, 40)
    assert one.said[0].who.name == "North"


def test_what_people_explained_or_excepted_does_not_count_but_is_told() -> None:
    three = [signal(f"P{n}", unit="North") for n in range(3)]
    against = held(kit(at_least=2), conform("North"), signals=three, verdicts={"P0": "explained", "P1": "excepted"})
    assert against.found() == []
    (one,) = held(
        kit(at_least=2), conform("North"), signals=three, verdicts={"P0": "explained", "P1": "confirmed"}
    ).found()
    assert (len(one.signals), one.confirmed, one.aside) == (2, 1, {"explained": 1})


def test_who_reports_a_problem_or_does_not_say_conform_contradicts_nothing() -> None:
    signals = [signal(unit="North")]
    found = [{**FINDING, "item": "2.1", "number": 1}]
    assert held(kit(), conform("North", findings=found), signals=signals).found() == []
    open_ = replied("North", {"items": [{"id": "2.1", "answer": "unchecked"}], "findings": []})
    assert held(kit(), open_, signals=signals).found() == []


def test_a_person_is_held_against_signals_about_them_and_namesakes_are_told_not_guessed() -> None:
    mine = [signal("P1", person="Ann", number="x"), signal("P2", person="Bob")]
    assert keys(held(kit(subject="person"), conform("Ann"), conform("North"), signals=mine).found()) == [
        "2.1/person:P1/C08"
    ]
    two = [*mine, signal("P3", person="Ann", number="y"), signal("P4", person="Eve")]
    against = held(kit(subject="person"), conform("Ann"), signals=two)
    assert against.found() == []
    assert [(one.name, one.why, one.signals) for one in against.unplaced] == [
        ("Ann", "numbers", 2),
        ("Eve", "unknown", 1),
    ]


def test_reviews_are_held_against_the_signals_on_that_very_file_whoever_reviews_it() -> None:
    on_p1, on_p2, on_none = signal("P1/x"), signal("P2/x", person="Ann"), signal("P9/x")
    run = CheckRun(
        outcomes={"C08": RAN},
        signals=[on_p1, on_p2, on_none],
        files={("C08", "P1/x"): ["files/P1"], ("C08", "P2/x"): ["files/P2", "files/P3"]},
    )
    against = HeldAgainst(kit(subject="file"), BODY, run)
    for one in (reviewed("Eva", "conform"), reviewed("Fox", "conform"), reviewed("Eva", "problem", "P2")):
        against.add(one)
    against.add(conform("North"))
    (found,) = against.found()
    assert (found.key, found.name, found.weight) == ("2.1/file:files/P1/C08", "P1", 2 * 1 / 40 * 3)
    assert [one.who.name for one in found.said] == ["P1 (Eva)", "P1 (Fox)"]
    hints = Hints(kit(subject="file"), BODY, run)
    shown = [hints.of(reviewed("Eva", "conform", file).respondent) for file in ("P1", "P3", "P9")]
    told = "From the data: C08: 1{}. This is a question, not a verdict."
    assert shown == [{"2.1": told.format(" (P1/x)")}, {"2.1": told.format("")}, {}]


def test_whoever_gave_a_file_to_somebody_else_says_nothing_of_it_any_more() -> None:
    run = CheckRun(outcomes={"C08": RAN}, signals=[signal("P1")], files={("C08", "P1"): ["files/P1"]})
    against = HeldAgainst(kit(subject="file"), BODY, run)
    against.add(replace(reviewed("Eva", "conform"), active=False))
    assert against.found() == []


def test_a_review_without_a_check_that_ran_is_unsupported() -> None:
    against = HeldAgainst(kit(subject="file"), BODY, CheckRun())
    against.add(reviewed("Eva", "conform"))
    assert against.unsupported()[0].places == {"2.1": frozenset({"file:files/P1/Eva"})}


def test_a_name_that_two_units_begin_with_is_nobodys() -> None:
    roster = BODY.model_copy(
        update={"units": (*BODY.units, BODY.units[1].model_copy(update={"id": "O", "name": "Nord"}))}
    )
    against = HeldAgainst(kit(), roster, CheckRun(signals=[signal(unit="Nor")]))
    assert [(one.kind, one.why) for one in against.unplaced] == [("unit", "twice")]


def test_a_unit_is_meant_before_its_own_parts_and_numbers_of_units_are_not_cut_short() -> None:
    north = BODY.units[1]
    parts = [north.model_copy(update={"id": "B12", "name": "North Reviews", "parent": north.id})]
    subjects = Subjects(Roster.model_validate({**BODY.model_dump(), "units": [*BODY.units, *parts]}), ())
    assert [subjects.unit(name).id for name in ("Nor", "North", "B12", "B1")] == [north.id, north.id, "B12", ""]


def test_a_name_that_several_have_in_the_registers_is_nobodys_also_where_one_signal_bears_it() -> None:
    one = [signal("P1", person="Ann", number="x")]
    run = CheckRun({}, {"C08": RAN.model_copy(update={"namesakes": ("Ann",)})}, one)
    against = HeldAgainst(kit(subject="person"), BODY, run)
    against.add(conform("Ann"))
    assert against.found() == []
    assert [(one.name, one.why) for one in against.unplaced] == [("Ann", "numbers")]


def test_signals_about_people_count_for_their_unit_where_the_row_names_none() -> None:
    about = [signal("P1", person="Ann"), signal("P2", person="Ann", unit="South")]
    (north, south) = held(kit(), conform("North"), conform("South"), signals=about).found()
    assert ([one.key for one in north.signals], [one.key for one in south.signals]) == (["P1"], ["P2"])


def test_all_signals_speak_against_a_department_of_no_branch_but_not_against_a_branch() -> None:
    made = kit(subject="body")
    conduct = made.checklists["conduct.yaml"]
    item = conduct.items[0].model_copy(update={"roles": ("tech", "branch")})
    checklist = conduct.model_copy(update={"items": (item, *conduct.items[1:])})
    made = made.model_copy(update={"checklists": {**made.checklists, "conduct.yaml": checklist}})
    found = held(made, conform("Technical"), conform("North"), signals=[signal(unit="South")]).found()
    assert [(one.key, [said.who.name for said in one.said]) for one in found] == [("2.1/body/C08", ["Technical"])]


def test_the_heaviest_contradiction_comes_first_and_another_word_of_either_side_is_another_one() -> None:
    minor = [signal("P1", unit="North", severity="minor"), signal("P2", unit="South")]
    south, north = held(kit(), conform("North"), conform("South"), signals=minor).found()
    assert (south.key, south.weight, north.weight) == ("2.1/unit:S/C08", 2 * 1 / 40 * 2, 1 * 1 / 40 * 2)
    (same,) = held(kit(), conform("North"), signals=minor).found()
    (other_data,) = held(kit(), conform("North"), signals=[signal("P1", unit="North", digest="e")]).found()
    noted = replied("North", {"items": [{"id": "2.1", "answer": "conform", "note": "seen"}], "findings": []})
    (other_note,) = held(kit(), noted, signals=minor).found()
    assert north.digest == same.digest
    assert len({north.digest, other_data.digest, other_note.digest}) == 3


def test_conform_without_a_check_that_ran_is_unsupported() -> None:
    against = held(kit(), conform("North"), conform("South"), signals=[])
    assert against.unsupported() == []
    never = HeldAgainst(kit(), BODY, CheckRun())
    in_part = HeldAgainst(kit(), BODY, CheckRun(outcomes={"C08": RAN.model_copy(update={"state": "in_part"})}))
    for one in (never, in_part):
        one.add(conform("North"))
        one.add(conform("South"))
    (told,) = never.unsupported()
    assert (told.check, told.outcome) == ("C08", None)
    assert {place: sorted(who) for place, who in told.places.items()} == {"2.1": ["unit:N", "unit:S"]}
    assert [one.outcome.state for one in in_part.unsupported() if one.outcome] == ["in_part"]


def test_a_part_is_held_against_its_own_check_whatever_is_said_of_the_others() -> None:
    made = make_kit()
    business = made.checklists["business.yaml"].model_dump(by_alias=True)
    business["items"][0]["contradicted_by"] = [{"check": "C08", "subject": "unit", "part": "a"}]
    checklist = type(made.checklists["business.yaml"]).model_validate(business)
    made = made.model_copy(update={"checklists": {**made.checklists, "business.yaml": checklist}})
    parts = [{"id": "a", "answer": "conform"}, {"id": "b", "answer": "problem"}]
    found = [{**FINDING, "item": "1.1", "part": "b", "number": 1}]
    said = replied("North", {"items": [{"id": "1.1", "parts": parts}], "findings": found})
    assert keys(held(made, said, signals=[signal(unit="North")]).found()) == ["1.1.a/unit:N/C08"]
    assert held(kit(), said, signals=[signal(unit="North")]).found() == []


def test_the_form_of_a_unit_is_told_how_many_signals_there_are_and_names_none_of_its_people() -> None:
    signals = [signal("P1", unit="North"), signal("P2/Ann", unit="North", person="Ann")]
    north = conform("North").respondent
    (both,) = Hints(kit(), BODY, CheckRun(signals=signals)).of(north).values()
    assert both == "From the data: C08: 2 (P1 and others). This is a question, not a verdict."
    (of_people,) = Hints(kit(), BODY, CheckRun(signals=signals[1:])).of(north).values()
    assert of_people == "From the data: C08: 1. This is a question, not a verdict."


def test_lists_name_a_contradiction_in_words_and_nothing_of_it_twice() -> None:
    figure = RegisterFigure(id="issued_2022", title="Issued in 2022", sql="SELECT 1", needs={"audits": ("day",)})
    counted = CountedFigure(figure, FigureOutcome(figure="issued_2022", sql="SELECT 1", values=(Counted(value=3),)), 4)
    number = NamedAgainst("2.1", "a", "certificates", "Certificates", 1, "CN-0012", "withdrawn", ())
    assert [called(counted), called(number)] == ["profile.yaml Issued in 2022", "2.1 a CN-0012 Certificates"]
