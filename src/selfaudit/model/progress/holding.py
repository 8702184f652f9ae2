"""What of a response still answers what is asked now, and what answered other words.

An answer counts under the words it was given to and is never shown under others. Findings are facts and stay.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, warning
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.asked import Change
from selfaudit.model.form.form import FormItem, Questions
from selfaudit.model.form.response import place_of_finding
from selfaudit.model.kept import (
    FINDING_OPEN,
    MEANT_ANSWER,
    NO_DECLARATION,
    NO_NUMBER,
    NOT_DECLARED,
    TWO_MEANINGS,
    UNKNOWN_ANSWER,
)

REWORDED = warning(
    "form.reworded",
    N_("the question was reworded since it was answered: {places}"),
    N_("Answer again, on the form issued last."),
)
ADDED = warning(
    "form.asked-since", N_("asked only since the answers came: {places}"), N_("Answer on the form issued last.")
)

Content = Mapping[str, Any]
_OF_AN_ANSWER = (UNKNOWN_ANSWER, MEANT_ANSWER, TWO_MEANINGS)
_OF_THE_DECLARATION = (NOT_DECLARED, NO_DECLARATION)


@dataclass(frozen=True, slots=True)
class Former:
    """An answer to words that are not asked any more; ``ask`` are these words."""

    item: str
    part: str
    ask: str
    answer: Answer
    note: str

    @property
    def place(self) -> str:
        """Item and part, such as ``3.2 a``."""
        return f"{self.item} {self.part}".strip()


@dataclass(frozen=True, slots=True)
class Holding:
    """What counts of a response, what is missing in it, which places are open again, what answered other words."""

    content: Content | None
    gaps: tuple[Problem, ...] = ()
    reopened: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()


def holding(
    content: Content, gaps: Sequence[Problem], change: Change, before: Questions, now: Questions | None
) -> Holding:
    """Hold a content and its gaps, given to the questions ``before``, against those asked now, None if none are."""
    if not change:
        return Holding(content, tuple(gaps))
    items, former = _items(content, change, before)
    findings, chosen = _findings(content, change)
    counted, suggested = content.get("coverage", {}), content.get("suggestions", {})
    texts = {
        "coverage": {k: v for k, v in counted.items() if f"coverage:{k}" not in change.gone},
        "suggestions": {k: v for k, v in suggested.items() if f"suggestion:{k}" not in change.gone},
        "clues": "" if "clues:" in change.gone else content.get("clues", ""),
        "declaration": "declaration:" not in change.gone and content.get("declaration", False),
    }
    changed = {**content, "items": items, "findings": findings, **texts}
    held = {key: value for key, value in changed.items() if value}
    reworded = (*change.reworded, *(chosen if now else ()))
    missing = [*_still(gaps, change, before)]
    for kind, places in ((REWORDED, reworded), (ADDED, change.added)):
        if now and places:
            missing.append(kind(places=[now.called(place) for place in places]))
    if now:
        missing += _newly_lacking(content, held, change, now)
    return Holding(held, tuple(missing), (*reworded, *change.added), former)


def _items(content: Content, change: Change, before: Questions) -> tuple[list[Content], tuple[Former, ...]]:
    kept: list[Content] = []
    former: list[Former] = []
    for item in content.get("items", ()):
        asked = before.item_of[item["id"]]
        if not item.get("parts"):
            if item["id"] in change.gone:
                former.append(_former(asked, "", asked.ask, item))
            else:
                kept.append(item)
            continue
        asks = {part.id: part.ask for part in asked.parts}
        gone = [part for part in item["parts"] if f"{item['id']} {part['id']}" in change.gone]
        former += [_former(asked, part["id"], asks[part["id"]], part) for part in gone]
        if stays := [part for part in item["parts"] if part not in gone]:
            kept.append({**item, "parts": stays})
    return kept, tuple(former)


def _former(asked: FormItem, part: str, ask: str, said: Content) -> Former:
    return Former(asked.id, part, ask, Answer(said.get("answer", Answer.UNCHECKED)), said.get("note", ""))


def _findings(content: Content, change: Change) -> tuple[list[Content], tuple[str, ...]]:
    """Return the findings without severities and classes that have other names now, and these."""
    kept: list[Content] = []
    lost: dict[str, None] = {}
    for finding in content.get("findings", ()):
        severity, handled = f"severity:{finding.get('severity', '')}", finding.get("disposition", {})
        gone = [name for name in (severity, *(f"disposition:{name}" for name in handled)) if name in change.gone]
        lost |= dict.fromkeys(gone)
        left = {
            "severity": "" if severity in gone else finding.get("severity", ""),
            "disposition": {name: text for name, text in handled.items() if f"disposition:{name}" not in gone},
        }
        kept.append({key: value for key, value in {**finding, **left}.items() if value} if gone else finding)
    return kept, tuple(lost)


def _still(gaps: Sequence[Problem], change: Change, before: Questions) -> Iterator[Problem]:
    """Yield the gaps without the places that are open again or not asked any more."""
    needless = {word for name, word in before.field_words.items() if name in change.needless}
    titles = {field.title for field in before.coverage if f"coverage:{field.id}" in change.gone}
    for gap in gaps:
        lists = {"places": change.gone, "titles": titles, "fields": needless}
        name = next((name for name in lists if name in gap.args), "")
        if name:
            if left := [entry for entry in gap.args[name] if entry not in lists[name]]:
                yield replace(gap, args={**gap.args, name: left})
        elif not (
            (gap.kind in _OF_AN_ANSWER and gap.args.get("place") in change.gone)
            or (gap.kind == NO_NUMBER and gap.args.get("key") in titles)
            or (gap.kind in _OF_THE_DECLARATION and "declaration:" in change.gone)
        ):
            yield gap


def _newly_lacking(content: Content, held: Content, change: Change, now: Questions) -> Iterator[Problem]:
    """Yield the findings that lack what they did not need before, or what they said under other words."""
    for said, finding in zip(content.get("findings", ()), held.get("findings", ()), strict=True):
        lacking = [name for name in now.finding_needs if not finding.get(name)]
        newly = [name for name in lacking if said.get(name) or name in change.needs]
        if newly:
            fields = [now.field_words[name] for name in newly]
            yield FINDING_OPEN(no=finding["number"], place=place_of_finding(finding) or "?", fields=fields)
