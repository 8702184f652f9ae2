"""Writes what everybody in the fictitious body answers, as the content of a response without its date."""

from typing import Any

from selfaudit.base.text import file_name
from selfaudit.demo.body import Cast
from selfaudit.demo.findings import Findings, general_slots
from selfaudit.demo.texts import NoteTexts
from selfaudit.model.form.form import Form, FormItem, Respondent

Content = dict[str, Any]


def answer_all(cast: Cast, findings: Findings) -> dict[str, Content]:
    """Return the content of every respondent's response by key."""
    answered = {}
    for form in cast.forms:
        key = form.respondent.key
        answered[key] = _Respondent(cast, form, findings.get(key, [])).content()
    _give_voice(cast, answered)
    return answered


def _proof(form: Form, finding: dict[str, Any]) -> dict[str, str]:
    """Return the file that shows a finding, by a name that nobody else gives to one."""
    place = f"{finding['item']}{finding.get('part', '')}"
    return {"name": file_name(f"{form.respondent.name}_{place}_{finding['number']}.pdf")}


class _Respondent:
    """One respondent, filling in a form."""

    def __init__(self, cast: Cast, form: Form, findings: list[dict[str, Any]]) -> None:
        self._cast = cast
        self._form = form
        asked = form.questions.item_of
        self._findings = [
            one if asked[one["item"]].evidence_required == "never" else {**one, "evidence": [_proof(form, one)]}
            for one in findings
        ]
        self._who = form.respondent
        self._found = {(one["item"], one.get("part", "")) for one in findings}
        self._slots = general_slots(cast, self._who)

    def content(self) -> Content:
        who, asked = self._who, self._form.questions
        return {
            "filled_by": who.name if who.answers == "person" else self._cast.head(who.unit).name,
            "coverage": self._coverage(),
            "items": [self._item(item) for item in asked.items],
            "findings": self._findings,
            "suggestions": {},
            "declaration": True,
        }

    def _item(self, item: FormItem) -> dict[str, Any]:
        if not item.parts:
            return {"id": item.id, **self._answer(item.id, "")}
        return {"id": item.id, "parts": [{"id": part.id, **self._answer(item.id, part.id)} for part in item.parts]}

    def _answer(self, item: str, part: str) -> dict[str, str]:
        rng, notes = self._cast.rng, self._cast.texts.notes
        if (item, part) in self._found:
            return {"answer": "problem", "note": rng.choice(notes.problem)}
        for entry in notes.by_place.get((item, part), ()):
            if self._may_write(entry) and rng.randrange(100) < entry.share:
                return {"answer": entry.answer, "note": rng.choice(entry.texts).format_map(self._slots)}
        return {"answer": "conform"}

    def _may_write(self, entry: NoteTexts) -> bool:
        fits = not entry.posts or not set(entry.posts).isdisjoint(self._cast.posts(self._who))
        return fits and not set(entry.roles).isdisjoint(self._who.roles)

    def _coverage(self) -> dict[str, int]:
        return {"projects": _projects(self._cast, self._who)}


def _projects(cast: Cast, who: Respondent) -> int:
    body = cast.texts.body
    if who.answers == "unit":
        of_unit = {unit.id: unit.projects for unit in body.units}
        return of_unit[who.unit] if who.unit in of_unit else cast.rng.randint(*body.branch_projects)
    posts = cast.posts(who)
    return next((cast.rng.randint(kind.least, kind.most) for kind in body.projects if kind.post in posts), 0)


def _give_voice(cast: Cast, answered: dict[str, Content]) -> None:
    """Let units and some of the auditors make the suggestions and give the clues."""
    units = [form.respondent.key for form in cast.forms if form.respondent.answers == "unit"]
    auditors = [member.key for unit in cast.roster.units for member in cast.auditors(unit.id)]
    speakers = units + cast.rng.sample(auditors, len(units))
    for box, texts in cast.texts.voices.suggestions.items():
        for key, text in zip(cast.rng.sample(speakers, len(texts)), texts, strict=True):
            answered[key]["suggestions"][box] = text
    clues = cast.texts.voices.clues
    for key, text in zip(cast.rng.sample(speakers, len(clues)), clues, strict=True):
        answered[key]["clues"] = text
