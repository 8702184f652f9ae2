"""What the register says of a finding is missing in its form no more."""

from collections.abc import Mapping
from typing import Any

import pytest

from selfaudit.base.problems import Problem, Term
from selfaudit.model.kept import FINDING_OPEN, NO_DATE, NO_SEVERITY, UNCHECKED
from selfaudit.model.rectification.filling import still_missing
from selfaudit.model.rectification.rectification import NOTHING, Rectification

WORDS = {"cause": "cause", "due date": "due", "severity": "severity"}
GAP = FINDING_OPEN(no=1, place="2.1", fields=[Term("cause"), Term("due date")])
DONE = {"on": "2023-11-20", "by": "Eve", "reason": "twice"}


def left(gap: Problem, handled: Mapping[int, Mapping[str, Any]], numbers: tuple[int, ...] = (1,)) -> list[Problem]:
    kept = {number: Rectification.model_validate(data) for number, data in handled.items()}
    findings = [{"number": number, "item": "2.1"} for number in numbers]
    return [*still_missing([gap], findings, WORDS, lambda finding: kept.get(finding["number"], NOTHING))]


def test_a_gap_names_only_what_the_register_does_not_say() -> None:
    assert left(GAP, {}) == [GAP]
    (gap,) = left(GAP, {1: {"said": {"cause": "haste"}}})
    assert gap.message == "finding 1 on 2.1 lacks: due date"
    assert left(GAP, {1: {"said": {"cause": "haste", "due": "2023-12-01"}}}) == []
    assert left(GAP, {2: {"said": {"cause": "haste", "due": "2023-12-01"}}}, (1, 2)) == [GAP]
    assert left(GAP, {1: {"said": {"cause": "", "due": ""}}}) == [GAP]


@pytest.mark.parametrize("aside", [{"withdrawn": DONE}, {"merged": DONE, "merged_into": "2.1-02"}])
def test_nothing_is_missing_in_a_finding_that_counts_no_more(aside: dict[str, Any]) -> None:
    assert left(GAP, {1: aside}) == []


def test_a_value_that_cannot_be_read_is_not_asked_for_once_every_finding_has_one() -> None:
    for gap, said in (
        (NO_SEVERITY(value="bad", nth=1, words="major"), {"severity": "major"}),
        (NO_DATE(key=Term("due date"), value="soon"), {"due": "2023-12-01"}),
    ):
        assert left(gap, {1: {"said": said}}, (1, 2)) == [gap]
        assert left(gap, {1: {"said": said}, 2: {"said": said}}, (1, 2)) == []


def test_other_gaps_stay() -> None:
    for gap in (UNCHECKED(places=["2.2"]), NO_DATE(key=Term("date"), value="soon")):
        assert left(gap, {1: {"said": {"cause": "haste"}}}) == [gap]
