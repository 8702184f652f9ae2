"""What was changed where a text was used again: dates, numbers, names and other words, found by words and not by signs.

A date of which one digit is another is another date: it is told as a whole.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from selfaudit.base.i18n import N_

SlotKind = Literal["date", "number", "name", "text"]
KINDS: dict[SlotKind, str] = {
    "date": N_("date"),
    "number": N_("number"),
    "name": N_("name"),
    "text": N_("other words"),
}
"""What changes are of."""

_DATE = (
    r"(?:19|20)\d\d(?:[-./]\d{1,2}(?:[-./]\d{1,2})?|\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?)(?!\d)"
    r"|\d{1,2}\s?月\s?\d{1,2}\s?日"
)
_NUMBER = r"[A-Za-z]{0,8}[-/]?\d[\dA-Za-z]*(?:[-./,:]\d[\dA-Za-z]*)*%?"
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_WORD = rf"[^\W\d_{_HAN}]+"
_CLAUSE = re.compile(r"[^。；;！？!?，,\n]*[。；;！？!?，,\n]?")
_A_HAN = re.compile(f"[{_HAN}]")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_FEW = 2
"""Signs of a name that may stay: of three in two names, one or two are often the same."""
_LONGEST_NAME = 40
_LONGEST_SPOKEN = 4
_MOST = 1500
"""Words of a place that are compared one by one, as the time grows with their square."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Characters of one text in whose place others stand in the other; one of the lengths may be 0."""

    a: int
    b: int
    length_a: int
    length_b: int
    kind: SlotKind


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    at: int
    kind: SlotKind | None = None

    @property
    def end(self) -> int:
        return self.at + len(self.text)


Code = tuple[int, int, int, int]
"""Which tokens of one text stand in place of which of the other: from, up to, from, up to."""


def slots(a: str, b: str, names: Iterable[str] = ()) -> list[Slot]:
    """Return where two texts that are much alike differ, in order; ``names`` are people and organisations known.

    Space counts for nothing.
    """
    pattern = _pattern(names)
    left, right = _tokens(a, pattern), _tokens(b, pattern)
    first, second = list(_clauses(a, left)), list(_clauses(b, right))
    changed: list[Code] = []
    for i, j, k, m in _codes([text for text, _ in first], [text for text, _ in second]):
        changed += _words(left, right, (_at(first, i), _at(first, j), _at(second, k), _at(second, m)))
    return [_slot(left, right, code) for code in _joined(changed, left)]


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    known = sorted({name for name in names if 1 < len(name) <= _LONGEST_NAME}, key=lambda one: (-len(one), one))
    parts = [f"(?P<name>{'|'.join(map(re.escape, known))})"] if known else []
    return re.compile("|".join([*parts, f"(?P<date>{_DATE})", f"(?P<number>{_NUMBER})", _WORD, r"\S"]))


def _tokens(text: str, pattern: re.Pattern[str]) -> list[_Token]:
    """Return dates, numbers, names and words of letters whole, and every other sign by itself."""
    found = pattern.finditer(text)
    return [_Token(one[0], one.start(), one.lastgroup) for one in found]  # type: ignore[arg-type]


def _clauses(text: str, tokens: Sequence[_Token]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the words of every clause, and how many words there are up to its end."""
    start = end = 0
    for clause in _CLAUSE.finditer(text):
        while end < len(tokens) and tokens[end].at < clause.end():
            end += 1
        if end > start:
            yield tuple(token.text for token in tokens[start:end]), end
        start = end


def _at(clauses: Sequence[tuple[tuple[str, ...], int]], index: int) -> int:
    return clauses[index - 1][1] if index else 0


def _codes(left: Sequence[object], right: Sequence[object]) -> list[Code]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [code[1:] for code in matcher.get_opcodes() if code[0] != "equal"]


def _words(left: Sequence[_Token], right: Sequence[_Token], code: Code) -> Iterator[Code]:
    """Yield which words changed in clauses that did."""
    i, j, k, m = code
    ours, theirs = [one.text for one in left[i:j]], [one.text for one in right[k:m]]
    if len(ours) * len(theirs) > _MOST**2:
        same = _common(ours, theirs)
        tail = min(_common(ours[::-1], theirs[::-1]), min(len(ours), len(theirs)) - same)
        yield i + same, j - tail, k + same, m - tail
        return
    yield from ((i + one[0], i + one[1], k + one[2], k + one[3]) for one in _codes(ours, theirs))


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many words both begin with."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(left), len(right)))


def _joined(changed: Iterable[Code], left: Sequence[_Token]) -> Iterator[Code]:
    """Yield changes; those between which only a sign of a name stays the same are one."""
    last: Code | None = None
    for one in changed:
        if last and _short(last) and _short(one) and _within_name(left[last[1] : one[0]]):
            last = (last[0], one[1], last[2], one[3])
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _within_name(between: Sequence[_Token]) -> bool:
    return len(between) < _FEW and all(_A_HAN.match(token.text) for token in between)


def _short(one: Code) -> bool:
    i, j, k, m = one
    return 0 < j - i <= _FEW and 0 < m - k <= _FEW


def _slot(left: Sequence[_Token], right: Sequence[_Token], code: Code) -> Slot:
    i, j, k, m = code
    start_a, end_a = _span(left, i, j)
    start_b, end_b = _span(right, k, m)
    return Slot(start_a, start_b, end_a - start_a, end_b - start_b, _kind(left[i:j], right[k:m]))


def _span(tokens: Sequence[_Token], first: int, end: int) -> tuple[int, int]:
    """Return where words stand; what is not there stands after what is before it."""
    if first < end:
        return tokens[first].at, tokens[end - 1].end
    before = tokens[first - 1].end if first else 0
    return before, before


def _kind(ours: Sequence[_Token], theirs: Sequence[_Token]) -> SlotKind:
    """Return what all words that changed are of, where signs between them say nothing; else other words."""
    kinds = {one.kind for one in (*ours, *theirs) if one.kind or one.text.isalnum()}
    if kinds == {None}:
        return "name" if _is_name(ours) and _is_name(theirs) else "text"
    return kinds.pop() or "text" if len(kinds) == 1 else "text"


def _is_name(words: Sequence[_Token]) -> bool:
    """Return whether signs may be the name of a person: they begin with a surname, and are few."""
    return 0 < len(words) <= _LONGEST_SPOKEN and words[0].text in _SURNAMES
