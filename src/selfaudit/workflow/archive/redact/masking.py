"""Texts without what is personal in them: others stand for names and numbers, the same everywhere."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.mask import HASH, mask
from selfaudit.workflow.archive.redact.personal import CLUES, Personal, is_login, joined, says_who, whose

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
_MAIL = re.compile(r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_STARS = re.compile(r"[+＋(（\d][\d ()（）+＋-]*\*{3,}[\d*()（）XxＸｘ -]*[\dXxＸｘ*]|\*{4,}[* -]*[\dXxＸｘ]{4}")
"""What is left of a number once its middle was made unreadable."""
_SURE, _SURE_DIGITS = 4, 6
"""Characters from which the number of a person is one wherever it stands; a shorter one may be anything, such as a year
where it has nothing but digits."""
_NEVER: re.Pattern[str] = re.compile(r"(?!)")


class Mask:
    """Takes out of texts what is personal."""

    def __init__(self, known: Personal, language: str) -> None:
        """Take what is personal in a campaign and the language of what stands in its place."""
        _ = translator(language)
        self._known = known
        self._instead = {what: _(word) for what, word in _TAKEN_OUT.items()}
        sure = [one for one in known.numbers if len(one) >= (_SURE_DIGITS if one.isdigit() else _SURE)]
        every = rf"{_tree(known.numbers, '').pattern}(?![0-9A-Za-z])"
        self._names = _tree(known.names, _BETWEEN)
        self._numbers = re.compile(rf"(?<=person:){every}|(?<![0-9A-Za-z]){_tree(sure, '').pattern}(?![0-9A-Za-z])")
        self._clues = _tree(known.clues, "")
        self._kept = re.compile(f"({_stands(known)}|{HASH})")
        # who of several people of one name is meant is told by a number behind it
        told = rf"(?P<name>{_tree([*known.names, *sure], _BETWEEN).pattern})(?:[ \u3000]?[（(](?P<of>{every})[)）])?"
        words = _tree(known.words, "").pattern
        self._all = re.compile(
            rf"(?P<clue>{self._clues.pattern})|(?P<word>{words})|(?P<mail>{_MAIL.pattern})"
            rf"|(?P<key>(?<=person:){every})|{told}"
        )

    def text(self, text: str, about: str = "") -> str:
        """Return a text without anything personal, if it is about the person with a number.

        Everything is found in one pass, so that nothing is replaced inside of what stands for something else.
        """
        parts = self._kept.split(text)
        parts[::2] = [self._piece(part, about) for part in parts[::2]]
        return "".join(parts)

    def _piece(self, text: str, about: str) -> str:
        made, end = [], 0
        for found in self._all.finditer(text):
            made += [self._digits(text[end : found.start()]), self._stands_for(found, about)]
            end = found.end()
        return "".join([*made, self._digits(text[end:])])

    def _digits(self, text: str) -> str:
        return _STARS.sub(self._instead[DIGITS], mask(text))

    def _stands_for(self, found: re.Match[str], about: str) -> str:
        if found["clue"] or found["mail"]:
            return self._instead[CLUE if found["clue"] else MAIL]
        if found["word"]:
            return self._known.words[found["word"]]
        if found["key"]:
            return self._known.numbers[found["key"]]
        name, of = joined(found["name"]), found["of"]
        if of and (own := self._known.own.get(of, {}).get(name)):
            return own
        stands = self._known.own.get(about, {}).get(name) or self._known.names.get(name) or self._known.numbers[name]
        return f"{stands}（{self._known.numbers[of]}）" if of else stands

    def about(self, data: Mapping[str, Any]) -> str:
        """Return the number of the person whom data are about, empty if they tell none."""
        said = (str(data.get(key, "")).removeprefix("person:") for key in ("key", "respondent", "id"))
        return next((one for one in said if one in self._known.own), "")

    def data(self, data: Any, key: str = "", about: str = "") -> Any:
        """Return plain data without anything personal; texts in confidence are gone altogether."""
        if isinstance(data, dict):
            about = self.about(data) or about
            return {self.text(inner): self.data(value, inner, about) for inner, value in data.items()}
        if isinstance(data, list):
            return [self.data(value, key, about) for value in data]
        if not isinstance(data, str):
            return data
        if key == CLUES:
            return self._instead[CLUE] if data.strip() else ""
        return self.person(data, about) if says_who(key) else self.text(data, about)

    def person(self, value: str, about: str = "") -> str:
        """Return who did something without name and login."""
        name = whose(value)
        return self._instead[LOGIN] if is_login(name) else self.text(name, about)

    def number(self, number: str) -> str:
        """Return what stands for the number of a person; any other number stays."""
        return self._known.numbers.get(number, number)

    def found(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield what is personal in a text: its kind, as a message id, and the words themselves."""
        for part in self._kept.split(text)[::2]:
            for what, pattern in ((NAME, self._names), (NUMBER, self._numbers), (CLUE, self._clues)):
                yield from ((what, one[0]) for one in pattern.finditer(part))
            yield from ((MAIL, one[0]) for one in _MAIL.finditer(part))
            if mask(part) != part:
                yield DIGITS, _difference(part, mask)


def _difference(text: str, without: Callable[[str], str]) -> str:
    """Return the first word of a text that is another one without something."""
    return next((word for word in text.split() if without(word) != word), text[:40])


def _stands(known: Personal) -> str:
    """Return a pattern of what stands for people; longer numbers behind the same words are none."""
    own = (one for names in known.own.values() for one in names.values())
    stands = [*known.names.values(), *known.numbers.values(), *own]
    words = sorted({re.escape(one.rstrip("0123456789")) for one in stands})
    return rf"(?<![0-9A-Za-z])(?:{'|'.join(words)})\d{{4,6}}(?!-?\d)" if words else _NEVER.pattern


def _tree(words: Iterable[str], between: str) -> re.Pattern[str]:
    """Return a pattern that finds the longest of these words; it branches as they do, so that thousands cost little.

    ``between`` may stand between the characters of a word that is not in Latin letters; one that is begins and ends
    where words do.
    """
    tree: dict[str, Any] = {}
    latin: dict[str, Any] = {}
    for word in words:
        node = latin if between and word.isascii() else tree
        for char in word if node is latin or not between else joined(word):
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
