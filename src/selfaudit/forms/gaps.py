"""What still keeps a response from being complete."""

from collections.abc import Container, Iterator
from typing import Any

from selfaudit.base.problems import Problem
from selfaudit.model.form.form import Form
from selfaudit.model.form.response import place_of_finding
from selfaudit.model.kept import (
    CONFORM_WITH_FINDING,
    FINDING_OPEN,
    NO_COVERAGE,
    NO_FINDING,
    NO_REASON,
    NOT_DATED,
    NOT_DECLARED,
    NOT_SIGNED,
    OTHER_REVIEWER,
    UNCHECKED,
)

Unread = Container[tuple[object, ...]]


def gaps_of(content: dict[str, Any], form: Form, unread: Unread = ()) -> list[Problem]:
    """Return what is missing in a canonical content; ``unread`` are the places whose value is asked back already."""
    return [*_answers(content, form, unread), *_findings(content, form, unread), *_about(content, form, unread)]


def _said(content: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return answer and note of every item and part that says something; a part is ``3.2 a``."""
    said: dict[str, tuple[str, str]] = {}
    for item in content.get("items", ()):
        said[item["id"]] = (item.get("answer", "unchecked"), item.get("note", ""))
        for part in item.get("parts", ()):
            said[f"{item['id']} {part['id']}"] = (part.get("answer", "unchecked"), part.get("note", ""))
    return said


def _answers(content: dict[str, Any], form: Form, unread: Unread) -> Iterator[Problem]:
    said = _said(content)
    asked = form.questions.places_of
    found = {place_of_finding(finding) for finding in content.get("findings", ())}
    unchecked, bare, reasonless = [], [], []
    for item_id, places in asked.items():
        for place in places:
            answer, note = said.get(place, ("unchecked", ""))
            if answer == "unchecked" and ("answer", place) not in unread:
                unchecked.append(place)
            elif answer == "problem" and place not in found and item_id not in found:
                bare.append(place)
            elif answer == "not_applicable" and not note and ("note", place) not in unread:
                reasonless.append(place)
    fine = [place for place in sorted(found) if place and _without_problem(asked.get(place, [place]), said)]
    for kind, places in (
        (UNCHECKED, unchecked),
        (NO_FINDING, bare),
        (NO_REASON, reasonless),
        (CONFORM_WITH_FINDING, fine),
    ):
        if places:
            yield kind(places=places)


def _without_problem(places: list[str], said: dict[str, tuple[str, str]]) -> bool:
    return all(said.get(place, ("unchecked", ""))[0] in ("conform", "not_applicable") for place in places)


def _findings(content: dict[str, Any], form: Form, unread: Unread) -> Iterator[Problem]:
    """Yield what each finding lacks, or each row that the form is about."""
    asked, of = form.questions, form.questions.of_round
    for finding in asked.findings_in(content):
        number = finding["number"]
        missing = [asked.field_words[key] for key in asked.lacking(finding) if ("finding", number, key) not in unread]
        if missing and of:
            yield of.lacks(no=finding[of.row], place=finding[of.about], fields=missing)
        elif missing:
            yield FINDING_OPEN(no=number, place=place_of_finding(finding) or "?", fields=missing)


def _about(content: dict[str, Any], form: Form, unread: Unread) -> Iterator[Problem]:
    coverage = content.get("coverage", {})
    asked = [field for field in form.questions.coverage if ("coverage", field.id) not in unread]
    if missing := [field.title for field in asked if field.id not in coverage]:
        yield NO_COVERAGE(titles=missing)
    if not content.get("filled_by") and ("filled_by",) not in unread:
        yield NOT_SIGNED()
    who, by = form.respondent, content.get("filled_by", "")
    if who.reviewer and not form.questions.of_round and form.is_by_another(by):
        yield OTHER_REVIEWER(by=by, reviewer=who.reviewer, file=who.drawn[1])
    if not content.get("filled_on") and ("filled_on",) not in unread:
        yield NOT_DATED()
    if not content.get("declaration") and ("declaration",) not in unread:
        yield NOT_DECLARED()
