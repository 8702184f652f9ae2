"""Reads the parts of a form into canonical content, section by section."""

import difflib
from collections.abc import Callable
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error, note, warning
from selfaudit.base.text import clean, loose
from selfaudit.forms.keys import FINDING, ITEM, PART, TOP, Names, Path
from selfaudit.forms.values import read_date, read_number, read_place
from selfaudit.model.answers import AMBIGUOUS, WORDS, Answer, read_answer
from selfaudit.model.form import Form, FormItem
from selfaudit.model.kit import Part
from selfaudit.model.response import LONGEST_TEXT

WANT_LIST = error(
    "form.want-list", N_("“{key}” must be a list"), N_("Begin each entry with “- ”, as in the issued form.")
)
WANT_TEXT = error("form.want-text", N_("“{key}” must be one text"), N_("Put the whole text in quotation marks."))
TOO_LONG = error("form.too-long", N_("the text has {length} characters, at most {limit} are kept"), N_("Shorten it."))
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
UNKNOWN_ANSWER = warning(
    "form.unknown-answer", N_("“{value}” after {place} is not an answer"), N_("Write one of: {words}.")
)
MEANT_ANSWER = warning(
    "form.meant-answer", N_("“{value}” after {place} is not an answer"), N_("Did you mean “{meant}”?")
)
TWO_MEANINGS = warning(
    "form.two-meanings", N_("“{value}” after {place} can mean two things"), N_("Write one of: {words}.")
)
NO_DATE = warning(
    "form.no-date",
    N_("“{value}” after {key} is not a day of the calendar"),
    N_("Write year, month and day, such as 2023-11-05."),
)
NO_NUMBER = warning(
    "form.no-number", N_("“{value}” after {key} is not one number"), N_("Write digits only, such as 12.")
)
NO_SEVERITY = warning("form.no-severity", N_("“{value}” is not a severity"), N_("Write one of: {words}."))
NO_DECLARATION = warning(
    "form.declaration-unclear", N_("“{value}” does not accept the declaration"), N_("Write {word} to accept it.")
)
RENUMBERED = note("form.renumbered", N_("findings were numbered anew: {nos}"))
UNKNOWN_PLACE = error(
    "form.unknown-place", N_("a finding names the item “{id}”, which the form does not ask"), N_("Known: {known}.")
)

ACCEPTS = frozenset(
    {"同意", "已阅读并同意", "本人同意", "是", "已确认", "agree", "agreed", "iagree", "yes", "y", "true", "√", "✓", "✔"}
)
_OPPOSITE = {"conform": Answer.PROBLEM, "problem": Answer.CONFORM}
_YES, _NO = frozenset({"是", "yes", "y", "true", "对"}), frozenset({"否", "no", "n", "false", "错"})


class Sections:
    """Reads one form; collects errors, gaps (values that cannot be read) and notes."""

    def __init__(self, form: Form, where: Callable[..., Where]) -> None:
        """Take the form that was issued and the function that knows the places of the draft."""
        self.gaps: list[Problem] = []
        self.notes: list[Problem] = []
        self._errors: list[Problem] = []
        self._form = form
        self._asked = form.questions
        self._names = Names(where)

    @property
    def errors(self) -> list[Problem]:
        """Everything for which the file must be refused."""
        return self._names.problems + self._errors

    def _say(self, target: list[Problem], kind: Kind, path: Path, **args: Any) -> None:
        target.append(kind(self._names.where(path), **args))

    def read(self, data: Any) -> dict[str, Any]:
        """Return the canonical content, without format and passport; nothing empty is in it."""
        top = self._names.lines(data, (), TOP)
        content = {
            "filled_by": self._text(top, (), "filled_by"),
            "filled_on": self._date(top, (), "filled_on", with_time=True),
            "coverage": self._coverage(top.get("coverage")),
            "items": self._items(top.get("items")),
            "findings": self._findings(top.get("findings")),
            "suggestions": self._suggestions(top.get("suggestions")),
            "clues": self._text(top, (), "clues"),
            "declaration": self._declaration(top.get("declaration", "")),
        }
        return {key: value for key, value in content.items() if value}

    def _text(self, data: dict[str, Any], path: Path, key: str) -> str:
        value = data.get(key, "")
        if not value:
            return ""
        if value.__class__ is not str:
            self._say(self._errors, WANT_TEXT, (*path, key), key=key)
            return ""
        text = clean(value)
        if len(text) > LONGEST_TEXT:
            self._say(self._errors, TOO_LONG, (*path, key), length=len(text), limit=LONGEST_TEXT)
        return text

    def _date(self, data: dict[str, Any], path: Path, key: str, *, with_time: bool = False) -> str:
        text = self._text(data, path, key)
        made = read_date(text, with_time=with_time) if text else ""
        if made is None:
            self._say(self.gaps, NO_DATE, (*path, key), key=key, value=text)
        return made or ""

    def _coverage(self, data: Any) -> dict[str, int]:
        titles = {field.id: field.title for field in self._asked.coverage}
        found: dict[str, int] = {}
        lines = self._names.lines(data, ("coverage",), tuple(titles), titles)
        for key in lines:
            if text := self._text(lines, ("coverage",), key):
                number = read_number(text)
                if number is None:
                    self._say(self.gaps, NO_NUMBER, ("coverage", key), key=titles[key], value=text)
                else:
                    found[key] = number
        return found

    def _entries(self, data: Any, key: str) -> list[Any]:
        if not data:
            return []
        if isinstance(data, list):
            return data
        self._say(self._errors, WANT_LIST, (key,), key=key)
        return []

    def _items(self, data: Any) -> list[dict[str, Any]]:
        asked = self._asked.item_of
        said: dict[str, dict[str, Any]] = {}
        seen: set[str] = set()
        for n, entry in enumerate(self._entries(data, "items")):
            path: Path = ("items", n)
            lines = self._names.lines(entry, path, ITEM)
            item_id = read_place(self._text(lines, path, "id"), set(asked))[0] if lines.get("id") else ""
            if item_id not in asked:
                self._stray_item(lines, path, item_id)
            elif item_id in seen:
                self._say(self._errors, TWICE, path, id=item_id)
            else:
                seen.add(item_id)
                if found := self._item(lines, path, asked[item_id]):
                    said[item_id] = {"id": item_id, **found}
        if missing := [item_id for item_id in asked if item_id not in seen]:
            self._say(self.notes, MISSING_ITEMS, ("items",), ids=", ".join(missing))
        return [said[item_id] for item_id in sorted(said)]

    def _stray_item(self, lines: dict[str, Any], path: Path, item_id: str) -> None:
        if item_id:
            self._say(self._errors, UNKNOWN_ITEM, (*path, "id"), id=item_id, known=", ".join(self._asked.item_of))
        elif any(lines.values()):
            self._say(self._errors, NO_ID, path)

    def _item(self, lines: dict[str, Any], path: Path, item: FormItem) -> dict[str, Any]:
        self._compare(lines, path, item.id, item.ask)
        if not item.parts:
            return self._answer(lines, path, item.id, item)
        letters = ", ".join(part.id for part in item.parts)
        if read_answer(str(lines.get("answer", ""))) is not Answer.UNCHECKED or lines.get("note"):
            self._say(self._errors, BY_PARTS, (*path, "answer"), id=item.id, known=letters)
        parts = {part.id: part for part in item.parts}
        said: dict[str, dict[str, Any]] = {}
        for n, entry in enumerate(self._entries(lines.get("parts"), "parts")):
            at: Path = (*path, "parts", n)
            part_lines = self._names.lines(entry, at, PART)
            part_id = self._text(part_lines, at, "id").lower().strip("()（） ")
            if part_id not in parts:
                if any(part_lines.values()):
                    self._say(self._errors, UNKNOWN_PART, at, id=item.id, part=part_id, known=letters)
            elif part_id in said:
                self._say(self._errors, TWICE, at, id=f"{item.id} {part_id}")
            else:
                self._compare(part_lines, at, f"{item.id} {part_id}", parts[part_id].ask)
                said[part_id] = self._answer(part_lines, at, f"{item.id} {part_id}", parts[part_id])
        found = [{"id": key, **said[key]} for key in sorted(said) if said[key]]
        return {"parts": found} if found else {}

    def _compare(self, lines: dict[str, Any], path: Path, place: str, ask: str) -> None:
        found = lines.get("ask", "")
        if found and found != ask and loose(str(found)) != loose(ask):
            self._say(self.notes, ALTERED, (*path, "ask"), place=place, found=str(found)[:40])

    def _answer(self, lines: dict[str, Any], path: Path, place: str, asked: FormItem | Part) -> dict[str, str]:
        text = self._text(lines, path, "answer")
        answer = read_answer(text)
        if answer is None:
            answer = self._asked_back(text, (*path, "answer"), place, asked.yes_means)
        note = self._text(lines, path, "note")
        said = {} if answer is Answer.UNCHECKED else {"answer": str(answer)}
        return said | ({"note": note} if note else {})

    def _asked_back(self, text: str, path: Path, place: str, yes_means: str | None) -> Answer:
        """Read a bare yes or no where the kit says what it means; complain about everything else."""
        word = loose(text)
        if yes_means and word in _YES:
            return Answer(yes_means)
        if yes_means and word in _NO:
            return _OPPOSITE[yes_means]
        words = WORDS[self._asked.language]
        names = " / ".join(words.values())
        if word in AMBIGUOUS:
            self._say(self.gaps, TWO_MEANINGS, path, value=text, place=place, words=names)
        elif close := difflib.get_close_matches(text, words.values(), 1):
            self._say(self.gaps, MEANT_ANSWER, path, value=text, place=place, meant=close[0])
        else:
            self._say(self.gaps, UNKNOWN_ANSWER, path, value=text[:40], place=place, words=names)
        return Answer.UNCHECKED

    def _findings(self, data: Any) -> list[dict[str, Any]]:
        found = []
        for n, entry in enumerate(self._entries(data, "findings")):
            path: Path = ("findings", n)
            lines = self._names.lines(entry, path, FINDING)
            texts = {key: self._text(lines, path, key) for key in FINDING if key not in ("no", "due", "disposition")}
            if texts["item"]:
                self._place(texts, path)
            finding: dict[str, Any] = {key: text for key, text in texts.items() if text}
            finding |= self._severity(texts["severity"], path)
            if due := self._date(lines, path, "due"):
                finding["due"] = due
            if disposition := self._disposition(lines.get("disposition"), path):
                finding["disposition"] = disposition
            number = read_number(self._text(lines, path, "no")) if lines.get("no") else None
            if finding:
                found.append((number, finding))
        return self._numbered(found)

    def _place(self, texts: dict[str, str], path: Path) -> None:
        asked = self._asked.item_of
        item_id, part_id = read_place(texts["item"], set(asked))
        texts["item"], texts["part"] = item_id, (texts["part"] or part_id).lower().strip("()（） ")
        if item_id not in asked:
            self._say(self._errors, UNKNOWN_PLACE, (*path, "item"), id=item_id, known=", ".join(asked))
        elif texts["part"] and texts["part"] not in {part.id for part in asked[item_id].parts}:
            letters = ", ".join(part.id for part in asked[item_id].parts) or "-"
            self._say(self._errors, UNKNOWN_PART, path, id=item_id, part=texts["part"], known=letters)

    def _severity(self, text: str, path: Path) -> dict[str, str]:
        if not text:
            return {}
        for severity in self._asked.severities:
            if loose(text) in (loose(severity.id), loose(severity.title)):
                return {"severity": severity.id}
        words = " / ".join(severity.title for severity in self._asked.severities)
        self._say(self.gaps, NO_SEVERITY, (*path, "severity"), value=text, words=words)
        return {"severity": ""}

    def _disposition(self, data: Any, path: Path) -> dict[str, str]:
        titles = {d.id: d.title for d in self._asked.dispositions}
        at: Path = (*path, "disposition")
        lines = self._names.lines(data, at, tuple(titles), titles)
        return {key: text for key in lines if (text := self._text(lines, at, key))}

    def _numbered(self, found: list[tuple[int | None, dict[str, Any]]]) -> list[dict[str, Any]]:
        """Give every finding its own number; a missing or repeated one gets the smallest that is free."""
        taken: set[int] = {number for number, _ in found if number}
        used: set[int] = set()
        moved = []
        for number, finding in found:
            own = number
            if not own or own in used:
                own = next(n for n in range(1, len(found) + len(taken) + 2) if n not in taken and n not in used)
                moved.append(own)
            used.add(own)
            finding["no"] = own
        if any(number for number, _ in found) and moved:
            self._say(self.notes, RENUMBERED, ("findings",), nos=", ".join(map(str, moved)))
        findings = [{key: value for key, value in finding.items() if value != ""} for _, finding in found]
        return sorted(findings, key=lambda f: (f.get("item", ""), f.get("part", ""), f["no"]))

    def _suggestions(self, data: Any) -> dict[str, str]:
        titles = {box.id: box.title for box in self._asked.suggestions}
        lines = self._names.lines(data, ("suggestions",), tuple(titles), titles)
        return {key: text for key in lines if (text := self._text(lines, ("suggestions",), key))}

    def _declaration(self, value: Any) -> bool:
        text = value if isinstance(value, str) else ""
        if not text.strip():
            return False
        accepted = loose(text).strip("。.!！") in ACCEPTS
        if not accepted:
            word = "同意" if self._asked.language == "zh_CN" else "agree"
            self._say(self.gaps, NO_DECLARATION, ("declaration",), value=text[:40], word=word)
        return accepted
