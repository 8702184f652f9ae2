"""What a respondent need not answer once more: what they said before under the same words, where they say nothing now.

A form that was issued again asks for what is new or reworded only. Everything here works on contents that are
expressed in the words of one form.
"""

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from selfaudit.base.text import loose
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.form import Questions
from selfaudit.model.form.response import finding_order, place_of_finding

Content = Mapping[str, Any]
Answers = dict[str, Content]
"""What is said at every place, such as ``3.2 a``."""


@dataclass(slots=True)
class Completed:
    """A content with what was taken over from an earlier one, and the places.

    ``left`` are the places of earlier findings that are not taken over, because something else is answered there now.
    """

    content: dict[str, Any]
    taken: list[str]
    left: list[str] = field(default_factory=list)


def completed(now: Content, before: Content, asked: Questions, silent: Collection[str]) -> Completed | None:
    """Return a content with what the earlier one says at the ``silent`` places; None if nothing is to be taken over.

    Somebody who answers everything once more that they had answered means it when they leave out a text or a finding.
    """
    said, earlier = _answers(now), _answers(before)
    taken = [place for places in asked.places_of.values() for place in places if place in silent and place in earlier]
    restated = not taken and not said.keys().isdisjoint(earlier)
    found = Completed(dict(now), list(taken))
    found.content["items"] = _items({**said, **{place: earlier[place] for place in taken}}, asked)
    for key, kind in (("coverage", "coverage"), *([] if restated else [("suggestions", "suggestion")])):
        given, own = before.get(key, {}), now.get(key, {})
        texts = {k: v for k, v in given.items() if k not in own and f"{kind}:{k}" in silent}
        found.taken += [f"{kind}:{k}" for k in texts]
        found.content[key] = {**texts, **own}
    if before.get("clues") and not now.get("clues") and "clues:" in silent and not restated:
        found.taken.append("clues:")
        found.content["clues"] = before["clues"]
    _findings(found, now, before, restated=restated)
    found.content = {key: value for key, value in found.content.items() if value}
    return found if found.taken else None


def of_another(content: Content) -> Content:
    """Return what of a content counts for somebody else too: numbers, and answers that need no words.

    Notes, findings, suggestions and clues are in the words of who wrote them; nobody else signs or reads them. Nor does
    an answer count without them: where one has a finding, or needs a note, the next person answers.
    """
    found = {place_of_finding(finding) for finding in content.get("findings", ())}
    items = []
    for item in content.get("items", ()):
        parts = item.get("parts", ())
        bare = [{"id": one["id"], "answer": one["answer"]} for one in parts or (item,) if _is_bare(one, item, found)]
        if bare:
            items.append({"id": item["id"], "parts": bare} if parts else bare[0])
    return {"items": items, "coverage": content.get("coverage", {})}


def _is_bare(one: Content, item: Content, found: AbstractSet[str]) -> bool:
    place = item["id"] if one is item else f"{item['id']} {one['id']}"
    return one.get("answer") == Answer.CONFORM and found.isdisjoint((place, item["id"]))


def answered_places(content: Content) -> set[str]:
    """Return the places at which a content says anything."""
    texts = (("coverage", "coverage"), ("suggestions", "suggestion"))
    found = {f"{kind}:{name}" for key, kind in texts for name in content.get(key, {})}
    return {*_answers(content), *found, *(f"{key}:" for key in ("clues", "declaration") if content.get(key))}


def _answers(content: Content) -> Answers:
    said: Answers = {}
    for item in content.get("items", ()):
        for part in item.get("parts", ()):
            said[f"{item['id']} {part['id']}"] = part
        if not item.get("parts"):
            said[item["id"]] = item
    return said


def _items(said: Answers, asked: Questions) -> list[Content]:
    """Return answers by place as a content has them."""
    items: list[Content] = []
    for item_id in sorted(asked.item_of):
        if item_id in said:
            items.append(said[item_id])
        elif parts := [said[f"{item_id} {part}"] for part in _parts(item_id, asked) if f"{item_id} {part}" in said]:
            items.append({"id": item_id, "parts": parts})
    return items


def _parts(item_id: str, asked: Questions) -> list[str]:
    return sorted(part.id for part in asked.item_of[item_id].parts)


def _findings(found: Completed, now: Content, before: Content, *, restated: bool) -> None:
    """Take over the findings on what was taken over, and on problems that are answered now without one of their own."""
    own = list(now.get("findings", ()))
    facts = {(place_of_finding(finding), loose(finding.get("fact", ""))) for finding in own}
    bare = {place for place, one in _answers(now).items() if one.get("answer") == "problem"}
    bare -= {place_of_finding(finding) for finding in own}
    kept = []
    for finding in before.get("findings", ()):
        place = place_of_finding(finding)
        if (place, loose(finding.get("fact", ""))) in facts:
            continue
        if _within(place, bare) or (not restated and (not place or _within(place, found.taken))):
            kept.append(finding)
        else:
            found.left.append(place)
    found.taken += [place for finding in kept if (place := place_of_finding(finding)) not in found.taken]
    found.content["findings"] = sorted((*_renumbered(own, kept), *kept), key=finding_order)


def _within(place: str, places: Collection[str]) -> bool:
    """Return whether a finding on a place, or on a whole item, belongs to one of some places."""
    return place != "" and any(place == one or one.startswith(f"{place} ") for one in places)


def _renumbered(own: list[Content], kept: list[Content]) -> Iterator[Content]:
    """Yield findings under numbers that leave the earlier ones theirs, because the id of a finding stays."""
    used = {(finding.get("item", ""), finding["number"]) for finding in kept}
    numbers = {finding["number"] for finding in (*own, *kept)}
    free = (number for number in count(1) if number not in numbers)
    for finding in own:
        taken = (finding.get("item", ""), finding["number"]) in used
        yield {**finding, "number": next(free)} if taken else finding


def silent_places(content: Content, asked: Questions, missing: Collection[str]) -> Iterator[str]:
    """Yield the places at which a content says nothing, neither anything that could not be read.

    ``missing`` are places and titles of numbers that are told to be missing in it.
    """
    said = _answers(content)
    titles = {f"coverage:{one.id}": one.title for one in asked.coverage}
    for place in asked.wordings:
        if (place not in said and place in missing) if ":" not in place else titles.get(place, "") in ("", *missing):
            yield place
