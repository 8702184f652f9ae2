"""Reads the answers to the items of a form."""

import difflib
from collections.abc import Collection, Container
from typing import Any

from selfaudit.base.dates import half_width
from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, note
from selfaudit.base.text import loose
from selfaudit.forms.keys import ITEM, PART
from selfaudit.forms.reading.evidence import read_evidence
from selfaudit.forms.reading.fields import At, quote
from selfaudit.forms.reading.values import read_id
from selfaudit.model.form.answers import AMBIGUOUS, ANSWER_OF_WORD, WORDS, Answer, read_answer
from selfaudit.model.form.form import FormItem
from selfaudit.model.kept import MEANT_ANSWER, TWO_MEANINGS, UNKNOWN_ANSWER
from selfaudit.model.kit.kit import Part

UNKNOWN_ITEM = error(
    "form.unknown-item", N_("the form has no item “{id}”"), N_("Copy the numbers from the issued form: {known}.")
)
UNKNOWN_PART = error("form.unknown-part", N_("item {id} has no part “{part}”"), N_("Parts: {known}."))
NO_ID = error("form.no-id", N_("an entry with an answer has no id"), N_("Copy the line “id: …” from the issued form."))
TWICE = error("form.twice", N_("“{id}” is answered twice"), N_("Keep one of the two."))
BY_PARTS = error(
    "form.by-parts", N_("item {id} is answered part by part"), N_("Write the answers below parts: {known}.")
)
MISSING_ITEMS = note("form.missing-items", N_("missing items count as not answered: {ids}"))
ALTERED = note("form.altered", N_("the question of {place} was changed to “{found}”; the issued one counts"))
ADDED = note(
    "form.added",
    N_("text after the question in {place} is ignored: “{found}”"),
    N_("Write it after answer or note."),
)

_OPPOSITE = {"conform": Answer.PROBLEM, "problem": Answer.CONFORM}
YES, NO = frozenset({"是", "yes", "y", "true", "对"}), frozenset({"否", "no", "n", "false", "错"})
"""The bare words that are read where the kit says what a yes means, loosely written."""


def read_items(top: At) -> list[dict[str, Any]]:
    """Return everything said about items, in the order of their ids."""
    asked = top.asked.item_of
    said: dict[str, dict[str, Any]] = {}
    for at in top.entries("items", ITEM):
        item_id = at.exact("id", asked) or read_id(at.text("id"), asked)
        if item_id in asked:
            _put(at, said, item_id, _item(at, asked[item_id]))
        else:
            _stray(at, item_id)
    if missing := [item_id for item_id in asked if item_id not in said]:
        top.remark(MISSING_ITEMS, "items", ids=missing)
    return [{"id": item_id, **said[item_id]} for item_id in sorted(said) if said[item_id]]


def _put(at: At, said: dict[str, dict[str, Any]], place: str, found: dict[str, Any]) -> None:
    """Keep what is said about a place; to say it twice is a mistake only if it is not the same."""
    before = said.get(place)
    if before and found and before != found:
        at.refuse(TWICE, id=place)
    said[place] = before or found


def _stray(at: At, item_id: str) -> None:
    """Refuse an entry for an item that is not asked, unless it says nothing."""
    if not any(at.lines.get(key) for key in ("note", "evidence", "parts")) and _unchecked(at):
        return
    if item_id:
        at.refuse(UNKNOWN_ITEM, "id", id=quote(item_id), known=list(at.asked.item_of))
    else:
        at.refuse(NO_ID)


def _unchecked(at: At) -> bool:
    answer = at.lines.get("answer", "")
    return isinstance(answer, str) and read_answer(answer) is Answer.UNCHECKED


def _item(at: At, item: FormItem) -> dict[str, Any]:
    _compare(at, item.id, item.ask)
    parts = _parts(at, item) if item.parts or at.lines.get("parts") else []
    if not item.parts:
        return _answer(at, item.id, item)
    if at.lines.get("note") or at.lines.get("evidence") or not _unchecked(at):
        at.refuse(BY_PARTS, "answer", id=item.id, known=[part.id for part in item.parts])
    return {"parts": parts} if parts else {}


def _parts(at: At, item: FormItem) -> list[dict[str, Any]]:
    asked = {part.id: part for part in item.parts}
    said: dict[str, dict[str, Any]] = {}
    for below in at.entries("parts", PART):
        part_id = _part_id(below.text("id"), asked)
        place = f"{item.id} {part_id}"
        if part_id in asked:
            _compare(below, place, asked[part_id].ask)
            _put(below, said, part_id, _answer(below, place, asked[part_id]))
        elif below.lines.get("note") or below.lines.get("evidence") or not _unchecked(below):
            below.refuse(UNKNOWN_PART, id=item.id, part=quote(part_id), known=list(asked) or "-")
    return [{"id": part_id, **said[part_id]} for part_id in sorted(said) if said[part_id]]


def _part_id(text: str, parts: Container[str]) -> str:
    return text if text in parts else half_width(text).strip("()\"'“” ").lower()


def _compare(at: At, place: str, ask: str) -> None:
    """Remark on a question that is not the issued one; what is only spaced otherwise is the same."""
    found = at.lines.get("ask", "")
    if not found or found == ask:
        return
    found = at.text("ask")
    plain, issued = loose(found), loose(ask)
    if plain == issued:
        return
    if found and plain.startswith(issued):
        at.remark(ADDED, "ask", place=place, found=quote(plain[len(issued) :]))
    elif found:
        at.remark(ALTERED, "ask", place=place, found=quote(found))


def _answer(at: At, place: str, asked: FormItem | Part) -> dict[str, Any]:
    exact = at.exact("answer", ANSWER_OF_WORD)
    answer = _read(at, place, asked) if exact is None else ANSWER_OF_WORD[exact]
    said: dict[str, Any] = {} if answer is Answer.UNCHECKED else {"answer": str(answer)}
    if note_text := at.text("note", ("note", place)):
        said["note"] = note_text
    if files := read_evidence(at):
        said["evidence"] = files
    return said


def _read(at: At, place: str, asked: FormItem | Part) -> Answer:
    unread = ("answer", place)
    text = at.text("answer", unread)
    return read_answer(text) or read_answer(half_width(text)) or _asked_back(at, text, unread, asked.yes_means)


def _asked_back(at: At, text: str, unread: tuple[str, str], yes_means: str | None) -> Answer:
    """Read a bare yes or no where the kit says what it means; ask back about everything else."""
    word = loose(half_width(text)).rstrip("。.!！")
    if yes_means and word in YES:
        return Answer(yes_means)
    if yes_means and word in NO:
        return _OPPOSITE[yes_means]
    words = [str(word) for word in WORDS[at.asked.language].values()]
    names, place = " / ".join(words), unread[1]
    if word in AMBIGUOUS:
        at.ask_back(TWO_MEANINGS, "answer", text, unread=unread, place=place, words=names)
    elif meant := _meant(word, words):
        at.ask_back(MEANT_ANSWER, "answer", text, unread=unread, place=place, meant=meant)
    else:
        at.ask_back(UNKNOWN_ANSWER, "answer", text, unread=unread, place=place, words=names)
    return Answer.UNCHECKED


def _meant(text: str, words: Collection[str]) -> str:
    """Return the word that a misspelt one is close to; a Chinese one of the same length, as 基本符合 is not 符合."""
    alike = [word for word in words if text.isascii() or len(word) == len(text)]
    return next(iter(difflib.get_close_matches(text, alike, 1, 0.7 if text.isascii() else 0.5)), "")
