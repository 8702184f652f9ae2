"""Writes what everybody of the invented body answers, as the content of a response without its date."""

from typing import Any

from selfaudit.model.form import Form, Respondent
from selfaudit.workflow.demo_body import Cast
from selfaudit.workflow.demo_findings import Findings, general_slots
from selfaudit.workflow.demo_texts import NoteTexts

Content = dict[str, Any]


def answer_all(cast: Cast, findings: Findings) -> dict[str, Content]:
    """Return the content of every respondent's response by his key."""
    answered = {form.respondent.key: _content(cast, form, findings.get(form.respondent.key, [])) for form in cast.forms}
    _give_voice(cast, answered)
    return answered


def places(form: Form) -> list[tuple[str, str]]:
    """Return item and part of everything that a form asks."""
    return [(item.id, part) for item in form.questions.items for part in ([p.id for p in item.parts] or [""])]


def _content(cast: Cast, form: Form, findings: list[dict[str, Any]]) -> Content:
    who = form.respondent
    found = {(one["item"], one.get("part", "")) for one in findings}
    slots = general_slots(cast, who)
    return {
        "filled_by": who.name if who.answers == "person" else cast.head(who.unit).name,
        "coverage": _coverage(cast, form),
        "items": [
            _item(cast, form, item.id, [part.id for part in item.parts], found, slots) for item in form.questions.items
        ],
        "findings": findings,
        "suggestions": {},
        "declaration": True,
    }


def _item(
    cast: Cast, form: Form, item: str, parts: list[str], found: set[tuple[str, str]], slots: dict[str, str]
) -> dict[str, Any]:
    def said(part: str) -> dict[str, str]:
        return _answer(cast, form.respondent, (item, part), slots, is_problem=(item, part) in found)

    return {"id": item, "parts": [{"id": part, **said(part)} for part in parts]} if parts else {"id": item, **said("")}


def _answer(
    cast: Cast, who: Respondent, place: tuple[str, str], slots: dict[str, str], *, is_problem: bool
) -> dict[str, str]:
    notes = cast.texts.notes
    if is_problem:
        return {"answer": "problem", "note": cast.rng.choice(notes.problem)}
    for entry in notes.by_place.get(place, ()):
        if _may_write(entry, who, cast) and cast.rng.randrange(100) < entry.share:
            return {"answer": entry.answer, "note": cast.rng.choice(entry.texts).format_map(slots)}
    return {"answer": "conform"}


def _may_write(entry: NoteTexts, who: Respondent, cast: Cast) -> bool:
    fits = not entry.posts or not set(entry.posts).isdisjoint(cast.posts(who))
    return fits and not set(entry.roles).isdisjoint(who.roles)


def _coverage(cast: Cast, form: Form) -> dict[str, int]:
    who = form.respondent
    numbers = {"projects": _projects(cast, who), "items": len(places(form))}
    if who.answers == "unit":
        members = cast.members[who.unit]
        numbers["posts"] = len({post for member in members for post in cast.posts(member)})
        numbers |= {"staff": len(members), "auditors": len(cast.auditors(who.unit))}
    return numbers


def _projects(cast: Cast, who: Respondent) -> int:
    body = cast.texts.body
    if who.answers == "unit":
        of_unit = {unit.id: unit.projects for unit in body.units}
        return of_unit[who.unit] if who.unit in of_unit else cast.rng.randint(*body.branch_projects)
    posts = cast.posts(who)
    return next((cast.rng.randint(kind.least, kind.most) for kind in body.projects if kind.post in posts), 0)


def _give_voice(cast: Cast, answered: dict[str, Content]) -> None:
    """Let units and some of the auditors make the suggestions and tell the clues."""
    units = [form.respondent.key for form in cast.forms if form.respondent.answers == "unit"]
    auditors = [member.key for unit in cast.roster.units for member in cast.auditors(unit.id)]
    speakers = units + cast.rng.sample(auditors, len(units))
    for box, texts in cast.texts.voices.suggestions.items():
        for key, text in zip(cast.rng.sample(speakers, len(texts)), texts, strict=True):
            answered[key]["suggestions"][box] = text
    clues = cast.texts.voices.clues
    for key, text in zip(cast.rng.sample(speakers, len(clues)), clues, strict=True):
        answered[key]["clues"] = text
