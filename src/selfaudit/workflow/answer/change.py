"""One change of what a form says, as somebody told it: the form read again with the change in it.

So an answer entered by the coordinator is read by the same rules as one in a returned file.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from selfaudit.base.i18n import N_, titled
from selfaudit.base.problems import Problem, Severity, Some, UserError, Where, error
from selfaudit.forms.gaps import gaps_of
from selfaudit.forms.keys import TOP, Known, Names, finding_names, word
from selfaudit.forms.reading.evidence import typed_files
from selfaudit.forms.reading.reader import Draft, Reading, content_of
from selfaudit.forms.reading.values import read_place
from selfaudit.model.form.answers import Answer, read_answer
from selfaudit.model.form.form import RESPONSE_FORMAT, Form, Questions
from selfaudit.model.form.response import content_hash, finding_order

NO_PLACE = error(
    "answer.no-place",
    N_("the form of {name} has no item, number or line “{place}”"),
    N_("Give one of its items with its part ({known}), a number asked for, or: declaration, filled_by."),
)
NEEDS_PART = error("answer.needs-part", N_("item {item} is answered part by part"), N_("Give one of: {parts}."))
NO_FIELD = error(
    "answer.no-field", N_("“{text}” is no field of a finding"), N_("Write --finding FIELD=TEXT. Fields: {known}.")
)
NOT_A_PROBLEM = error(
    "answer.not-a-problem",
    N_("a finding belongs to an answer that is a problem"),
    N_("Leave out --finding, or answer {place} as a problem."),
)
SEVERAL = error(
    "answer.several-findings",
    N_("there are several findings on {place}, so it is not clear which one is meant"),
    N_("Have the form corrected by the person who filled it in."),
)
FILLED_IN = error(
    "answer.filled-in",
    N_("the form was filled in by {name}, and that stays"),
    N_("What is entered is entered in your name; leave out filled_by."),
)
_LINES = ("declaration", "filled_by")


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody said of one place: the new text there, a note, and fields of the finding (``fact=…``)."""

    place: str
    text: str
    note: str = ""
    finding: Sequence[str] = ()
    number: int = 1
    """The number of the finding, if it is a new one: no other of the respondent ever had it."""


@dataclass(slots=True)
class Changed:
    """A form with a change in it: its place, what it says now, and the findings that the change took out."""

    place: str
    reading: Reading
    dropped: list[dict[str, Any]] = field(default_factory=list)


def change(content: Mapping[str, Any], form: Form, made: Change, kept: Sequence[Problem]) -> Changed:
    """Return a form with a change in it; what cannot be read stops the command.

    ``kept`` are the gaps of the content as it was: what could not be read elsewhere in the file still cannot.
    """
    said = content.get("findings", ())
    here = [one for one in said if _is_asked(one, form.questions)]
    data = _as_typed({**content, "findings": here})
    place, dropped = _put(data, form, made)
    draft = Draft(data, lambda *_, **__: Where())
    reading = content_of(draft, lambda _: form, form.passport.partition("-")[0])
    unread = [problem for problem in reading.gaps if "value" in problem.args]
    if refused := [*reading.errors, *unread]:
        raise UserError([_as_error(problem) for problem in refused])
    _put_back(reading, [one for one in said if one not in here])
    stay = [gap for gap in kept if "value" in gap.args and gap.args.get("place", "") != place and _is_deep(gap)]
    places = {("answer", gap.args["place"]) for gap in stay if "place" in gap.args}
    reading.gaps = [*stay, *gaps_of(reading.content or {}, form, places)]
    return Changed(place, reading, dropped)


def fitting(content: Mapping[str, Any], asked: Questions) -> dict[str, Any]:
    """Return what of a content can stand in a form that asks this; findings are facts, whatever is asked."""
    items: list[Mapping[str, Any]] = []
    for item in content.get("items", ()):
        if item["id"] not in asked.item_of:
            continue
        known = {part.id for part in asked.item_of[item["id"]].parts}
        parts = [part for part in item.get("parts", ()) if part["id"] in known]
        if parts or not (known or item.get("parts")):
            items.append({**item, "parts": parts} if parts else item)
    lists = {
        key: {name: said for name, said in content.get(key, {}).items() if f"{kind}:{name}" in asked.wordings}
        for key, kind in (("coverage", "coverage"), ("suggestions", "suggestion"))
    }
    fits = {**content, **lists, "items": items, "clues": content.get("clues", "") if asked.clues else ""}
    return {key: said for key, said in fits.items() if said}


def _is_asked(finding: Mapping[str, Any], asked: Questions) -> bool:
    item, part = asked.item_of.get(finding.get("item", "")), finding.get("part", "")
    return item is not None and (not part or part in {one.id for one in item.parts})


def _put_back(reading: Reading, findings: Sequence[Mapping[str, Any]]) -> None:
    """Put findings on nothing that the form asks back into what was read."""
    if reading.content is not None and findings:
        every = [*reading.content.get("findings", ()), *findings]
        reading.content["findings"] = sorted(every, key=finding_order)
        reading.digest = content_hash(reading.content)


def _is_deep(gap: Problem) -> bool:
    """Tell whether a value that could not be read is not listed as missing anyway."""
    return gap.code not in ("form.no-number", "form.declaration-unclear", "form.future-date")


def _as_error(problem: Problem) -> Problem:
    return replace(problem, kind=replace(problem.kind, severity=Severity.ERROR))


def _as_typed(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a canonical content as the form that says it."""
    data = {"selfaudit": RESPONSE_FORMAT, "items": [], "findings": [], "coverage": {}, **deepcopy(dict(content))}
    del data["format"]
    data["coverage"] = {key: str(value) for key, value in data["coverage"].items()}
    data["findings"] = [{**finding, "number": str(finding["number"])} for finding in data["findings"]]
    for one in _with_evidence(data):
        one["evidence"] = typed_files(one["evidence"])
    data["declaration"] = "yes" if data.get("declaration") else ""
    return data


def _with_evidence(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the items, parts and findings that name files."""
    parts = [part for item in content["items"] for part in item.get("parts", ())]
    return [one for one in (*content["items"], *parts, *content["findings"]) if one.get("evidence")]


def _put(data: dict[str, Any], form: Form, made: Change) -> tuple[str, list[dict[str, Any]]]:
    """Put a change into a form; return its place and the findings that were taken out."""
    asked = {item.id: [part.id for part in item.parts] for item in form.questions.items}
    item, part = read_place(made.place, asked)
    if item in asked:
        if asked[item] and not part:
            raise UserError(NEEDS_PART(item=item, parts=asked[item]))
        return f"{item} {part}".strip(), _put_answer(data, (item, part), made, form.questions)
    titles = {field.id: field.title for field in form.questions.coverage}
    for known, target in ((titles, data["coverage"]), ({name: TOP[name] for name in _LINES}, data)):
        found = Names(lambda *_, **__: Where()).lines({made.place: made.text}, (), known)
        if "filled_by" in found and data.get("filled_by"):
            raise UserError(FILLED_IN(name=data["filled_by"]))
        if found:
            target.update(found)
            name = next(iter(found))
            return titles.get(name, name), []
    raise UserError(NO_PLACE(name=form.respondent.name, place=made.place, known=Some(list(asked))))


def _put_answer(data: dict[str, Any], place: tuple[str, str], made: Change, asked: Questions) -> list[dict[str, Any]]:
    item, part = place
    entry = _entry(data["items"], item)
    if part:
        entry = _entry(entry.setdefault("parts", []), part)
    answer = read_answer(made.text)
    if made.note:
        entry["note"] = made.note
    elif answer is not read_answer(entry.get("answer", "")):
        # it explained the answer before
        entry.pop("note", None)
    entry["answer"] = made.text
    here = [found for found in data["findings"] if (found.get("item"), found.get("part", "")) == (item, part)]
    if made.finding:
        if answer is not Answer.PROBLEM:
            raise UserError(NOT_A_PROBLEM(place=f"{item} {part}".strip()))
        if len(here) > 1:
            raise UserError(SEVERAL(place=f"{item} {part}".strip()))
        finding = here[0] if here else {"item": item, "part": part, "number": str(made.number)}
        _fill(finding, made.finding, finding_names(asked))
        if not here:
            data["findings"].append(finding)
    if answer is None or answer is Answer.PROBLEM:
        return []
    data["findings"] = [found for found in data["findings"] if found not in here]
    return here


def _entry(entries: list[dict[str, Any]], name: str) -> dict[str, Any]:
    found = next((entry for entry in entries if entry["id"] == name), None)
    if found is None:
        found = {"id": name}
        entries.append(found)
    return found


def _fill(finding: dict[str, Any], fields: Sequence[str], known: Known) -> None:
    """Put the fields of a finding, each as ``fact=…`` or ``disposition.certificate=…``, under any of their names."""
    for written in fields:
        key, equals, text = written.partition("=")
        name, dot, below = key.strip().partition(".")
        names = Names(lambda *_, **__: Where())
        found = names.lines({name: {below.strip(): text} if dot else text}, (), known)
        if not (equals and found and text.strip()) or found.keys() & {"number", "item", "part"}:
            others = [titled(word(key), key) for key in known if key not in ("number", "item", "part")]
            raise UserError(NO_FIELD(text=written, known=others))
        for own, value in found.items():
            finding[own] = {**finding.get(own, {}), **value} if dot else value
