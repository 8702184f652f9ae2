"""What still keeps a response from being complete."""

from collections.abc import Iterator
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, warning
from selfaudit.model.form import Form

UNCHECKED = warning("form.unchecked", N_("not answered: {places}"), N_("Answer every item and part."))
NO_FINDING = warning(
    "form.no-finding", N_("a problem without a finding: {places}"), N_("Describe it under findings, with the fact.")
)
CONFORM_WITH_FINDING = warning(
    "form.conform-with-finding",
    N_("answered without a problem, but there is a finding: {places}"),
    N_("Change the answer, or take the finding out."),
)
NO_REASON = warning(
    "form.no-reason", N_("does not apply, but no reason is given: {places}"), N_("Write the reason after note.")
)
FINDING_OPEN = warning("form.finding-open", N_("finding {no} on {place} lacks: {fields}"), N_("Complete the finding."))
NO_COVERAGE = warning("form.no-coverage", N_("numbers are missing: {titles}"), N_("Write digits; 0 if there are none."))
NOT_SIGNED = warning(
    "form.not-signed", N_("nobody is named as having filled it in"), N_("Write the name after filled_by.")
)
NOT_DATED = warning("form.not-dated", N_("the date is missing"), N_("Write it after filled_on, such as 2023-11-05."))
NOT_DECLARED = warning(
    "form.not-declared", N_("the declaration is not accepted"), N_("Accept it at the end of the form.")
)


def gaps_of(content: dict[str, Any], form: Form) -> list[Problem]:
    """Return what is missing in a canonical content."""
    return [*_answers(content, form), *_findings(content, form), *_about(content, form)]


def _places(content: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return answer and note of every item and part that says something; a part is ``3.2 a``."""
    said: dict[str, tuple[str, str]] = {}
    for item in content.get("items", ()):
        said[item["id"]] = (item.get("answer", "unchecked"), item.get("note", ""))
        for part in item.get("parts", ()):
            said[f"{item['id']} {part['id']}"] = (part.get("answer", "unchecked"), part.get("note", ""))
    return said


def _answers(content: dict[str, Any], form: Form) -> Iterator[Problem]:
    said = _places(content)
    asked = [
        f"{item.id} {part.id}" if part else item.id for item in form.questions.items for part in (item.parts or (None,))
    ]
    found = {_place(finding) for finding in content.get("findings", ())}
    unchecked, bare, reasonless = [], [], []
    for place in asked:
        answer, note = said.get(place, ("unchecked", ""))
        if answer == "unchecked":
            unchecked.append(place)
        elif answer == "problem" and place not in found and place.partition(" ")[0] not in found:
            bare.append(place)
        elif answer == "not_applicable" and not note:
            reasonless.append(place)
    fine = [place for place in sorted(found) if place and not _problem_at(place, said)]
    for kind, places in (
        (UNCHECKED, unchecked),
        (NO_FINDING, bare),
        (NO_REASON, reasonless),
        (CONFORM_WITH_FINDING, fine),
    ):
        if places:
            yield kind(places=", ".join(places))


def _place(finding: dict[str, Any]) -> str:
    return f"{finding.get('item', '')} {finding.get('part', '')}".strip()


def _problem_at(place: str, said: dict[str, tuple[str, str]]) -> bool:
    """Tell whether a place, or for an item any of its parts, is answered with a problem or not at all."""
    here = [answer for key, (answer, _) in said.items() if key == place or key.startswith(f"{place} ")]
    parts = [answer for key, (answer, _) in said.items() if key.startswith(f"{place} ")]
    return any(answer in ("problem", "unchecked") for answer in (parts or here)) or not here


def _findings(content: dict[str, Any], form: Form) -> Iterator[Problem]:
    required = [*form.questions.finding_required, *(["disposition"] if form.questions.dispositions else [])]
    for finding in content.get("findings", ()):
        missing = [name for name in ("item", *required) if not finding.get(name)]
        if missing:
            yield FINDING_OPEN(no=finding["no"], place=_place(finding) or "?", fields=", ".join(missing))


def _about(content: dict[str, Any], form: Form) -> Iterator[Problem]:
    coverage = content.get("coverage", {})
    if missing := [field.title for field in form.questions.coverage if field.id not in coverage]:
        yield NO_COVERAGE(titles=", ".join(missing))
    if not content.get("filled_by"):
        yield NOT_SIGNED()
    if not content.get("filled_on"):
        yield NOT_DATED()
    if not content.get("declaration"):
        yield NOT_DECLARED()
