"""How the header of a sheet fits registers, and what is told of its columns."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from selfaudit.base.text import loose
from selfaudit.checks.importing.numbers import SAME_UNITS
from selfaudit.checks.importing.spans import Part
from selfaudit.files.sheets.cells import column_name
from selfaudit.model.data.reading import By, Candidate, FileColumn, Mapped
from selfaudit.model.data.register import Register

_ALSO = 0.6
"""A table belongs to another register as well if so large a part of the columns of that are there."""

_SAYS = "必填|选填|可空|非必填|单位|格式|例如|如|请|填写|yyyy|年|注"
_MARKS = re.compile(rf"[*＊※★●]+|[(（\[【](?:{_SAYS})[^)）\]】]*[)）\]】]", re.IGNORECASE)
BRACKETED = re.compile(r"\(([^()]{1,12})\)$")
"""What stands in brackets at the end of a header, perhaps a unit."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a header was understood as that of a register: where each of its columns is, and by what, by file column.

    ``parts`` are columns that take one of the two days in their cells.
    """

    register: Register
    place: Mapping[str, int]
    by: Mapping[int, By]
    known_as: Mapping[int, str]
    parts: Mapping[str, Part]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The required columns that are neither there nor can be put together."""
        return tuple(
            column.id
            for column in self.register.columns
            if column.required and column.id not in self.place and not self.made(column.id)
        )

    def made(self, column: str) -> tuple[str, ...]:
        """Return the columns that are there of which one that is not is put together; the first must be."""
        parts = self.register.column[column].made_of
        there = tuple(part for part in parts if part in self.place)
        return there if there and there[0] == parts[0] and column not in self.place else ()

    @property
    def score(self) -> int:
        """How well the header fits: every column counts, a required one twice."""
        required = sum(column.required and column.id in self.place for column in self.register.columns)
        return len(self.place) + required

    @property
    def used(self) -> frozenset[int]:
        """The columns of the file that are understood."""
        return frozenset(self.place.values())

    @property
    def persons(self) -> frozenset[int]:
        """The columns of the file that are understood as numbers of persons."""
        return frozenset(at for id_, at in self.place.items() if self.register.column[id_].type == "person")

    @property
    def lent(self) -> dict[int, str]:
        """The titles by which it knows the columns of the file, for another register; not of two days in one cell."""
        known = self.place.items()
        return {at: self.register.column[id_].title for id_, at in known if id_ not in self.parts}

    def has_for(self, other: str) -> bool:
        """Return whether it has the columns for which tables of another register are read as this one as well."""
        needed = self.register.beside.get(other, ())
        return bool(needed) and all(column in self.place for column in needed)

    @property
    def candidate(self) -> Candidate:
        """What is told of it."""
        return Candidate(self.register.id, len(self.place), self.lacking)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: its rows from 0, the headers as written and the name of each, and the registers it fits.

    ``chosen`` are the registers as which it is read, none if that is not clear; ``beside`` are those as which it is
    read as well if they have no table of their own. ``rather`` says of a chosen register which other one the header is
    clearly that of.
    """

    rows: tuple[int, ...]
    titles: tuple[str, ...]
    names: tuple[str, ...]
    fits: tuple[Fit, ...]
    chosen: tuple[Fit, ...] = ()
    beside: tuple[Fit, ...] = ()
    rather: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What stands for these names in a mapping that is remembered."""
        return fingerprint(self.names)


def fingerprint(names: Sequence[str]) -> str:
    """Return what stands for the names of columns, however they are written."""
    return hashlib.sha256("\x1f".join(map(normal, names)).encode()).hexdigest()[:16]


_NEARLY = 2
"""How many headers may be there in one of two headers only, for what was said of one to hold for the other."""


def said_of(names: Sequence[str], mapped: Mapped) -> dict[str, str]:
    """Return what a person said of a header, or of one that is nearly the same and has all columns that they named."""
    told = mapped.get(fingerprint(names))
    if told is None:
        there = set(map(normal, names))
        near = [(len({*map(normal, one)} ^ there), n, one) for n, one in enumerate(mapped.values())]
        alike = [one for one in near if one[0] <= _NEARLY and {*map(normal, _named(one[2]))} <= there]
        told = min(alike)[2] if alike else {}
    targets = {normal(name): target for name, target in told.items() if target is not None}
    return {name: targets[plain] for name in names if (plain := normal(name)) in targets}


def _named(told: Mapping[str, str | None]) -> list[str]:
    return [name for name, target in told.items() if target is not None]


@lru_cache(20_000)
def normal(title: str) -> str:
    """Return a header for comparison: without width, case, spaces, and marks such as 必填 or an asterisk."""
    return loose(_MARKS.sub("", title)).strip(":")


def also(header: Header, chosen: Fit | None) -> tuple[Candidate, ...]:
    """Return the other registers that a header may belong to; all that come near if none was chosen."""
    others = [fit for fit in header.fits if chosen is None or fit.register.id != chosen.register.id]
    best = chosen or next(iter(others), None)
    return tuple(fit.candidate for fit in others if best and _near(fit, best) and (chosen is None or _fits(fit)))


def _fits(fit: Fit) -> bool:
    return not fit.lacking and len(fit.place) >= _ALSO * len(fit.register.columns)


def _near(fit: Fit, best: Fit) -> bool:
    return fit.score >= best.score / 2


def file_columns(header: Header, fit: Fit | None) -> list[FileColumn]:
    """Return the columns of a file as a register understands them."""
    columns = list[FileColumn]()
    for at, (title, name) in enumerate(zip(header.titles, header.names, strict=True)):
        ids = tuple(id_ for id_, place in fit.place.items() if place == at) if fit else ()
        by: By = fit.by.get(at, "") if fit else ""
        known_as = fit.known_as.get(at, "") if fit else ""
        columns.append(FileColumn(column_name(at), name, title.strip(), ids, by, known_as))
    return columns


def header_unit(header: Header, fit: Fit, column: str) -> str:
    """Return the unit in brackets of the header under which a column is, if it is another than that of the column."""
    found = BRACKETED.search(normal(header.names[fit.place[column]]))
    unit = loose(fit.register.column[column].unit)
    families = [same for same in SAME_UNITS if found and found[1] in same]
    return found[1] if found and families and not any(unit in same for same in families) else ""
