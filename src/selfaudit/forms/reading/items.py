"""Reads the answers to the items of a form."""

import difflib
from collections.abc import Collection, Container
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, note, warning
from selfaudit.base.text import loose
from selfaudit.forms.keys import ITEM, PART, Path
from selfaudit.forms.reading.fields import Fields, Lines, quote
from selfaudit.forms.reading.values import half_width, read_id
from selfaudit.model.answers import AMBIGUOUS, WORDS, Answer, read_answer
from selfaudit.model.form import FormItem
from selfaudit.model.kit import Part

UNKNOWN_ITEM = error(
    "form.unknown-item", N_("the form has no item “{id}”"), N_("Copy the numbers from the issued form: {known}.")
)
UNKNOWN_PART = error("form.unknown-part", N_("item {id} has no part “{part}”"), N_("Parts: {known}."))
NO_ID = error("form.no-id", N_("an entry with an answer has no id"), N_("Copy the line “id: …” from the issued form."))
TWICE = error("form.twice", N_("“{id}” is answered twice"), N_("Keep one of the two."))
BY_PARTS = error(
    "form.by-parts", N_("item {id} is answered part by part"), N_("Write the answers below parts: {known}.")
)
MISSING_ITEMS = note("form.missing-items", N_("items are missing and count as not answered: {ids}"))
ALTERED = note("form.altered", N_("the question of {place} was changed to “{found}”; the issued one counts"))
ADDED = note(
    "form.added",
    N_("“{found}” stands behind the question of {place}; it is not read"),
    N_("Write it behind answer or note."),
)
UNKNOWN_ANSWER = warning("form.unknown-answer", N_("{place}: “{value}” is not an answer"), N_("Write one of: {words}."))
MEANT_ANSWER = warning("form.meant-answer", N_("{place}: “{value}” is not an answer"), N_("Did you mean “{meant}”?"))
TWO_MEANINGS = warning("form.two-meanings", N_("{place}: “{value}” can mean two things"), N_("Write one of: {words}."))

_OPPOSITE = {"conform": Answer.PROBLEM, "problem": Answer.CONFORM}
YES, NO = frozenset({"是", "yes", "y", "true", "对"}), frozenset({"否", "no", "n", "false", "错"})
"""The bare words that are read where the kit says what a yes means, loosely written."""


def read_items(fields: Fields, data: Any) -> list[dict[str, Any]]:
    """Return everything said about items, in the order of their ids."""
    asked = fields.asked.item_of
    said: dict[str, dict[str, Any]] = {}
    for n, entry in enumerate(fields.entries(data, ("items",))):
        path: Path = ("items", n)
        lines = fields.lines(entry, path, ITEM)
        item_id = read_id(fields.text(lines, path, "id"), asked)
        if item_id not in asked:
            _stray(fields, lines, path, item_id)
        else:
            _put(fields, said, item_id, _item(fields, lines, path, asked[item_id]), path)
    if missing := [item_id for item_id in asked if item_id not in said]:
        fields.remark(MISSING_ITEMS, ("items",), ids=", ".join(missing))
    return [{"id": item_id, **said[item_id]} for item_id in sorted(said) if said[item_id]]


def _put(fields: Fields, said: dict[str, dict[str, Any]], place: str, found: dict[str, Any], path: Path) -> None:
    """Keep what is said about a place; to say it twice is a mistake only if it is not the same."""
    before = said.get(place)
    if before and found and before != found:
        fields.refuse(TWICE, path, id=place)
    said[place] = before or found


def _stray(fields: Fields, lines: Lines, path: Path, item_id: str) -> None:
    """Refuse an entry for an item that is not asked, unless it says nothing."""
    if not any(lines.get(key) for key in ("note", "parts")) and _unchecked(lines):
        return
    if item_id:
        known = ", ".join(fields.asked.item_of)
        fields.refuse(UNKNOWN_ITEM, (*path, "id"), id=quote(item_id), known=known)
    else:
        fields.refuse(NO_ID, path)


def _unchecked(lines: Lines) -> bool:
    answer = lines.get("answer", "")
    return isinstance(answer, str) and read_answer(answer) is Answer.UNCHECKED


def _item(fields: Fields, lines: Lines, path: Path, item: FormItem) -> dict[str, Any]:
    _compare(fields, lines, path, item.id, item.ask)
    parts = _parts(fields, lines, path, item) if item.parts or lines.get("parts") else []
    if not item.parts:
        return _answer(fields, lines, path, item.id, item)
    if lines.get("note") or not _unchecked(lines):
        known = ", ".join(part.id for part in item.parts)
        fields.refuse(BY_PARTS, (*path, "answer"), id=item.id, known=known)
    return {"parts": parts} if parts else {}


def _parts(fields: Fields, lines: Lines, path: Path, item: FormItem) -> list[dict[str, Any]]:
    asked = {part.id: part for part in item.parts}
    said: dict[str, dict[str, Any]] = {}
    for n, entry in enumerate(fields.entries(lines.get("parts"), (*path, "parts"))):
        at: Path = (*path, "parts", n)
        part_lines = fields.lines(entry, at, PART)
        part_id = _part_id(fields.text(part_lines, at, "id"), asked)
        place = f"{item.id} {part_id}"
        if part_id in asked:
            _compare(fields, part_lines, at, place, asked[part_id].ask)
            _put(fields, said, part_id, _answer(fields, part_lines, at, place, asked[part_id]), at)
        elif part_lines.get("note") or not _unchecked(part_lines):
            known = ", ".join(asked) or "-"
            fields.refuse(UNKNOWN_PART, at, id=item.id, part=quote(part_id), known=known)
    return [{"id": part_id, **said[part_id]} for part_id in sorted(said) if said[part_id]]


def _part_id(text: str, parts: Container[str]) -> str:
    return text if text in parts else half_width(text).strip("()\"'“” ").lower()


def _compare(fields: Fields, lines: Lines, path: Path, place: str, ask: str) -> None:
    """Remark on a question that is not the issued one; what is only spaced otherwise is the same."""
    found = lines.get("ask", "")
    if not found or found == ask:
        return
    found = fields.text(lines, path, "ask")
    plain, issued = loose(found), loose(ask)
    if plain == issued:
        return
    if found and plain.startswith(issued):
        fields.remark(ADDED, (*path, "ask"), place=place, found=quote(plain[len(issued) :]))
    elif found:
        fields.remark(ALTERED, (*path, "ask"), place=place, found=quote(found))


def _answer(fields: Fields, lines: Lines, path: Path, place: str, asked: FormItem | Part) -> dict[str, Any]:
    text = fields.text(lines, path, "answer")
    answer = read_answer(text) or read_answer(half_width(text))
    if answer is None:
        answer = _asked_back(fields, text, (*path, "answer"), place, asked.yes_means)
    said: dict[str, Any] = {} if answer is Answer.UNCHECKED else {"answer": str(answer)}
    if note_text := fields.text(lines, path, "note"):
        said["note"] = note_text
    return said


def _asked_back(fields: Fields, text: str, path: Path, place: str, yes_means: str | None) -> Answer:
    """Read a bare yes or no where the kit says what it means; ask back about everything else."""
    word = loose(half_width(text)).rstrip("。.!！")
    if yes_means and word in YES:
        return Answer(yes_means)
    if yes_means and word in NO:
        return _OPPOSITE[yes_means]
    words = [str(word) for word in WORDS[fields.asked.language].values()]
    names, unread = " / ".join(words), ("answer", place)
    if word in AMBIGUOUS:
        fields.ask_back(TWO_MEANINGS, path, text, unread, place=place, words=names)
    elif meant := _meant(word, words):
        fields.ask_back(MEANT_ANSWER, path, text, unread, place=place, meant=meant)
    else:
        fields.ask_back(UNKNOWN_ANSWER, path, text, unread, place=place, words=names)
    return Answer.UNCHECKED


def _meant(text: str, words: Collection[str]) -> str:
    """Return the word that a misspelt one is close to; a Chinese one of the same length, as 基本符合 is not 符合."""
    alike = [word for word in words if text.isascii() or len(word) == len(text)]
    return next(iter(difflib.get_close_matches(text, alike, 1, 0.7 if text.isascii() else 0.5)), "")
