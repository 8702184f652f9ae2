"""Whose audit a case file is of: what its path says, and what registers know of the number that stands in the path."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from pathlib import PurePosixPath
from typing import Any, Final

from selfaudit.base.dates import read_date
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.base.text import loose
from selfaudit.model.data.register import Code
from selfaudit.model.sampling.population import SEVERAL, file_id

_WRITE = N_("Write it like {{standard}}/{{organisation}}_{{period}}/*. It may have {known}, each once.")
UNKNOWN_FIELD = error("similar.pattern-unknown", N_("the pattern “{pattern}” has {{{name}}}, which is nothing"), _WRITE)
FIELD_TWICE = error("similar.pattern-twice", N_("the pattern “{pattern}” has {{{name}}} twice"), _WRITE)
NO_FIELD = error("similar.pattern-empty", N_("the pattern “{pattern}” says nothing of a path"), _WRITE)
FIELDS: Final = ("standard", "organisation", "period", "auditors", "case")
_SLOT = re.compile(r"\{([^{}]*)\}|(\*)")
_BETWEEN = re.compile(r"[\s_()（）\[\]【】〔〕,，;；+＋&、]+")
_NAMES = re.compile(r"[\s,，;；、/&+＋]+")
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-./年]\d{1,2}(?:[-./月]\d{1,2}日?|月)?|年|[01]\d(?:[0-3]\d)?)?(?!\d)")
_SHORTEST: Final = 2
"""Characters of a word by which a standard is known in a path: single letters stand there for anything."""
_LONG: Final = 5
"""Digits of a number that is known inside a word as well."""
_DIGIT = re.compile(r"\d")
_LETTER = re.compile("[A-Z]")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a case file; empty for what is not. ``case`` is the number by which registers know it."""

    case: str = ""
    standard: str = ""
    organisation: str = ""
    period: str = ""
    auditors: tuple[str, ...] = ()

    def otherwise(self, other: "Identity") -> "Identity":
        """Return the same, with what another one knows where this one does not."""
        lacking = {name: getattr(other, name) for name in FIELDS if not getattr(self, name)}
        return replace(self, **lacking)


NOBODY: Final = Identity()


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of people that stand in one place, whatever is between them."""
    return tuple(filter(None, _NAMES.split(text)))


class Pattern:
    """What the parts of a path stand for from the top, as deep as it goes: ``{standard}/{organisation}_{period}/*``."""

    def __init__(self, text: str) -> None:
        """Take the pattern; raise ``UserError`` if it is none."""
        names = [slot[1] for slot in _SLOT.finditer(text) if slot[1] is not None]
        told: dict[str, Any] = {"pattern": text, "known": [*(f"{{{one}}}" for one in FIELDS), "*"]}
        if wrong := [name for name in names if name not in FIELDS]:
            raise UserError(UNKNOWN_FIELD(name=wrong[0], **told))
        if len(set(names)) < len(names):
            raise UserError(FIELD_TWICE(name=max(names, key=names.count), **told))
        if not names:
            raise UserError(NO_FIELD(**told))
        at, made = 0, ""
        for slot in _SLOT.finditer(text):
            made += re.escape(text[at : slot.start()])
            # what a star follows is a word
            own = r"[^/_\s()（）]+" if text.startswith("*", slot.end()) else "[^/]+?"
            made += "[^/]*" if slot[1] is None else f"(?P<{slot[1]}>{own})"
            at = slot.end()
        self._path = re.compile(made + re.escape(text[at:]) + "(?:/.*)?")

    def read(self, path: str) -> Identity | None:
        """Return what a path says, None if it is not like this; the ending of the file is no part of it."""
        pure = PurePosixPath(path)
        found = self._path.fullmatch(str(pure.with_suffix("")) if pure.name else path)
        if not found:
            return None
        said = {name: text.strip() for name, text in found.groupdict().items()}
        if "period" in said:
            said["period"] = read_date(said["period"]) or said["period"]
        return Identity(auditors=names_in(said.pop("auditors", "")), **said)


@dataclass(frozen=True)
class Identities:
    """Tells whose a case file is, by its path.

    ``cases`` is what registers know of each case, by its number as ``file_id`` has it; ``standards`` are the codes of
    standards by which a path may name one. Of several patterns the first that fits a path counts, for what registers do
    not know.
    """

    cases: Mapping[str, Identity] = field(default_factory=dict)
    standards: Mapping[str, Code] = field(default_factory=dict)
    patterns: Sequence[Pattern] = ()

    def of(self, path: str) -> Identity:
        """Return what is known of the case file with this path: below the folder of case files, with its ending."""
        said = self._without_numbers(self.said(path) or NOBODY)
        said = replace(said, standard=self.standard(said.standard))
        known = self._case([said.case] if said.case else PurePosixPath(path).with_suffix("").parts)
        if known:
            # a pattern reads whatever stands in its place
            said = known.otherwise(said)
        return said.otherwise(Identity(standard=self._standard_in(path), period=_day_in(path)))

    def _without_numbers(self, said: Identity) -> Identity:
        """Return what a pattern read without numbers of cases where names of people or organisations belong."""
        people = tuple(one for one in said.auditors if not (_DIGIT.search(one) or file_id(one) in self.cases))
        organisation = "" if file_id(said.organisation) in self.cases else said.organisation
        return replace(said, auditors=people, organisation=organisation)

    def said(self, path: str) -> Identity | None:
        """Return what the patterns read in a path, None if none fits it."""
        return next(filter(None, (one.read(path) for one in self.patterns)), None)

    def _case(self, parts: Sequence[str]) -> Identity | None:
        """Return the case whose number stands in a path, the longest; that of the file before that of its folder."""
        for part in reversed(parts):
            if longest := max(_numbers(part, self.cases, self._lengths), key=len, default=""):
                return self.cases[longest]
        return None

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(number) for number in self.cases} - {0})

    def standard(self, text: str) -> str:
        """Return what a standard is called that is written in whatever way; what is not known stays as it is."""
        return self._known.get(loose(text), text)

    def _standard_in(self, path: str) -> str:
        """Return the standards that a part of a path names, that of the file before that of its folder."""
        for part in reversed(PurePosixPath(path).with_suffix("").parts):
            plain = loose(part)
            found = [self._known[word] for one in _BETWEEN.split(part) if (word := loose(one)) in self._known]
            found += [title for inside, title in self._inside if inside.search(plain)]
            if found:
                titles = [one.title for one in self.standards.values()]
                return SEVERAL.join(sorted(set(found), key=titles.index))
        return ""

    @cached_property
    def _known(self) -> dict[str, str]:
        words = (
            (loose(word), one.title) for id_, one in self.standards.items() for word in (id_, one.title, *one.aliases)
        )
        return {word: title for word, title in words if len(word) >= _SHORTEST}

    @cached_property
    def _inside(self) -> list[tuple[re.Pattern[str], str]]:
        return [(_apart(loose(part)), one.title) for one in self.standards.values() for part in one.contains]


def _apart(word: str) -> re.Pattern[str]:
    """Return what finds a word that is no part of a longer number, or of a longer word of letters."""
    sides = [
        next((kind for kind in ("0-9", "a-z") if re.match(f"[{kind}]", sign)), "") for sign in (word[:1], word[-1:])
    ]
    before, after = f"(?<![{sides[0]}])" if sides[0] else "", f"(?![{sides[1]}])" if sides[1] else ""
    return re.compile(before + re.escape(word) + after)


def _numbers(part: str, cases: Mapping[str, Any], lengths: Sequence[int]) -> Iterator[str]:
    """Yield the known numbers that stand in a part of a path and are no part of a longer one."""
    plain = unicodedata.normalize("NFKC", part).upper()
    places = [at for at, sign in enumerate(plain) if not sign.isspace()]
    dense = "".join(plain[at] for at in places)
    for start, length in product(range(len(dense)), lengths):
        stop = start + length
        number = dense[start:stop]
        if stop > len(dense) or number not in cases:
            continue
        before, after = plain[: places[start]][-1:], plain[places[stop - 1] + 1 :][:1]
        if not _is_cut(number, before, after):
            yield number


def _is_cut(number: str, before: str, after: str) -> bool:
    """Return whether a number is part of a longer one, or of a word, by what stands before and after it."""
    if before.isdigit() or after.isdigit() or (_LETTER.match(before) and _LETTER.match(number)):
        return True
    # a few digits are the number of a month or of a page as well
    few = number.isdigit() and len(number) < _LONG
    return few and any(sign and not _BETWEEN.match(sign) for sign in (before, after))


def _day_in(path: str) -> str:
    """Return the first day, month or year that a path names."""
    for part in reversed(PurePosixPath(path).with_suffix("").parts):
        if found := _DATE.search(part):
            return read_date(found[0]) or found[0]
    return ""
