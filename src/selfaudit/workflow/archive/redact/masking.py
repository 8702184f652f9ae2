"""Texts without what is personal in them: others stand for names and numbers, the same everywhere."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.reports.mask import mask
from selfaudit.workflow.archive.redact.personal import CLUES, Personal, is_login, says_who, whose

NAME, NUMBER, CLUE, MAIL, DIGITS = (
    N_("a name"), N_("a number of a person"), N_("a text in confidence"), N_("an e-mail address"),
    N_("a telephone, identity card or bank card number"),
)  # fmt: skip
LOGIN = "login"
_TAKEN_OUT = {
    CLUE: N_("[text in confidence]"), MAIL: N_("[e-mail]"), DIGITS: N_("[number]"), LOGIN: N_("[login]"),
}  # fmt: skip

# people put spaces into short names so that columns look even, and any dot into names of several parts
_BETWEEN = "[ \t\u00a0\u3000·・•]{0,2}"
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_STARS = re.compile(r"[+＋(（\d][\d ()（）+＋-]*\*{3,}[\d*()（）XxＸｘ -]*[\dXxＸｘ*]|\*{4,}[* -]*[\dXxＸｘ]{4}")
"""What is left of a number once its middle was made unreadable."""
# hashes and seals: whatever they look like in between, they are nobody's number
_HASH = re.compile(r"((?<![0-9A-Za-z])[0-9a-f]{32,64}(?![0-9A-Za-z]))")
_SURE = 4
"""Characters from which the number of a person is one wherever it stands; a shorter one may be anything."""
_NEVER: re.Pattern[str] = re.compile(r"(?!)")


class Mask:
    """Takes out of texts what is personal."""

    def __init__(self, known: Personal, language: str) -> None:
        """Take what is personal in a campaign and the language of what stands in its place."""
        _ = translator(language)
        self._known = known
        self._instead = {what: _(word) for what, word in _TAKEN_OUT.items()}
        self._names = _tree(known.names, _BETWEEN)
        self._plain = {_joined(name): stands for name, stands in known.names.items()}
        sure = [number for number in known.numbers if len(number) >= _SURE]
        self._sure = re.compile(rf"(?<![0-9A-Za-z]){_tree(sure, '').pattern}(?![0-9A-Za-z])") if sure else _NEVER
        every = _tree(known.numbers, "").pattern
        self._in_key = re.compile(rf"(?<=person:){every}(?![0-9A-Za-z])") if known.numbers else _NEVER
        self._clues = _tree(known.clues, "")

    def text(self, text: str) -> str:
        """Return a text without anything personal."""
        parts = _HASH.split(text)
        parts[::2] = [self._piece(part) for part in parts[::2]]
        return "".join(parts)

    def _piece(self, text: str) -> str:
        text = self._clues.sub(self._instead[CLUE], text)
        text = self._names.sub(lambda found: self._plain[_joined(found[0])], text)
        for pattern in (self._sure, self._in_key):
            text = pattern.sub(lambda found: self._known.numbers[found[0]], text)
        text = _MAIL.sub(self._instead[MAIL], text)
        return _STARS.sub(self._instead[DIGITS], mask(text))

    def data(self, data: Any, key: str = "") -> Any:
        """Return plain data without anything personal; texts in confidence are gone altogether."""
        if isinstance(data, dict):
            return {self.text(inner): self.data(value, inner) for inner, value in data.items()}
        if isinstance(data, list):
            return [self.data(value, key) for value in data]
        if not isinstance(data, str):
            return data
        if key == CLUES:
            return self._instead[CLUE] if data.strip() else ""
        return self.person(data) if says_who(key) else self.text(data)

    def person(self, value: str) -> str:
        """Return who did something without name and login."""
        name = whose(value)
        return self._instead[LOGIN] if is_login(name) else self.text(name)

    def number(self, number: str) -> str:
        """Return what stands for the number of a person; any other number stays."""
        return self._known.numbers.get(number, number)

    def found(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield what is personal in a text: its kind, as a message id, and the words themselves."""
        for part in _HASH.split(text)[::2]:
            for what, pattern in (
                (NAME, self._names),
                (NUMBER, self._sure),
                (NUMBER, self._in_key),
                (CLUE, self._clues),
            ):
                yield from ((what, one[0]) for one in pattern.finditer(part))
            yield from ((MAIL, one[0]) for one in _MAIL.finditer(part))
            if mask(part) != part:
                yield DIGITS, _difference(part, mask)


def _difference(text: str, without: Callable[[str], str]) -> str:
    """Return the first word of a text that is another one without something."""
    return next((word for word in text.split() if without(word) != word), text[:40])


def _joined(name: str) -> str:
    return re.sub("[ \t\u00a0\u3000·・•]", "", name)


def _tree(words: Iterable[str], between: str) -> re.Pattern[str]:
    """Return a pattern that finds the longest of these words; it branches as they do, so that thousands cost little.

    ``between`` may stand between the characters of a word that is not in Latin letters; one that is begins and ends
    where words do.
    """
    tree: dict[str, Any] = {}
    latin: dict[str, Any] = {}
    for word in words:
        node = latin if between and word.isascii() else tree
        for char in word if node is latin or not between else _joined(word):
            node = node.setdefault(char, {})
        node[""] = {}
    found = [_branches(tree, between)] if tree else []
    found += [rf"(?<![0-9A-Za-z]){_branches(latin, '')}(?![0-9A-Za-z])"] if latin else []
    return re.compile("|".join(found)) if found else _NEVER


def _branches(node: dict[str, Any], between: str) -> str:
    """Return the pattern of what may follow here; a long text has no branches, so this never gets deep."""
    ways = []
    for char, after in node.items():
        chain = [char]
        while len(after) == 1 and "" not in after:
            ((more, after),) = after.items()  # noqa: PLW2901 - one step down the tree
            chain.append(more)
        way = between.join(map(re.escape, chain))
        if longer := {more: rest for more, rest in after.items() if more}:
            tail = between + _branches(longer, between)
            way += f"(?:{tail})?" if "" in after else tail
        ways.append(way)
    return f"(?:{'|'.join(ways)})"
