"""Finds the row of a sheet that names its columns, and the register it belongs to, by the headers that are known."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from selfaudit.base.text import loose
from selfaudit.checks.importing.numbers import SAME_UNITS
from selfaudit.files.sheets.cells import column_name
from selfaudit.model.data.reading import By, Candidate, FileColumn, Mapped
from selfaudit.model.data.register import Register

WITHIN = 30
"""Rows in which a header is looked for."""
_CLEAR_BY = 2
"""By how much the best register must be ahead of the next for nobody to be asked."""
_LEAST_HITS = 2
_ALSO_HITS, _ALSO_SHARE = 4, 0.6
"""A table belongs to another register as well if so many of its columns are there, or so large a part of them."""

_SAYS = "必填|选填|可空|非必填|单位|格式|例如|如|请|填写|yyyy|年|注"
_MARKS = re.compile(rf"[*＊※★●]+|[(（\[【](?:{_SAYS})[^)）\]】]*[)）\]】]", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([^()]{1,12})\)$")


@dataclass(frozen=True, slots=True)
class Fit:
    """How a header was understood as that of a register: where each of its columns is, and by what, by file column."""

    register: Register
    place: Mapping[str, int]
    by: Mapping[int, By]
    known_as: Mapping[int, str]

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
    def candidate(self) -> Candidate:
        """What is told of it."""
        return Candidate(self.register.id, len(self.place), self.lacking)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: its rows from 0, the headers as written and the name of each, and the registers it fits.

    ``chosen`` are the registers as which it is read, none if that is not clear; ``beside`` are those as which it is
    read as well if they have no table of their own.
    """

    rows: tuple[int, ...]
    titles: tuple[str, ...]
    names: tuple[str, ...]
    fits: tuple[Fit, ...]
    chosen: tuple[Fit, ...] = ()
    beside: tuple[Fit, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What stands for these names in a mapping that is remembered."""
        return fingerprint(self.names)


def fingerprint(names: Sequence[str]) -> str:
    """Return what stands for the names of columns, however they are written."""
    return hashlib.sha256("\x1f".join(map(normal, names)).encode()).hexdigest()[:16]


@lru_cache(20_000)
def normal(title: str) -> str:
    """Return a header for comparison: without width, case, spaces, and marks such as 必填 or an asterisk."""
    return loose(_MARKS.sub("", title)).strip(":")


@dataclass(slots=True)
class Finder:
    """Knows the headers of all registers."""

    registers: Mapping[str, Register]
    mapped: Mapped = field(default_factory=dict)
    _known: dict[str, dict[str, list[tuple[int, str, str]]]] = field(init=False)
    _all: frozenset[str] = field(init=False)
    _units: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the comparison: by register and header, the columns with the rank of the header among theirs."""
        self._known = {}
        for register in self.registers.values():
            known = self._known[register.id] = {}
            for column in register.columns:
                for rank, title in enumerate(column.headers):
                    known.setdefault(normal(title), []).append((rank, column.id, title))
        self._all = frozenset(title for columns in self._known.values() for title in columns)
        units = {column.unit for register in self.registers.values() for column in register.columns}
        self._units = frozenset(map(loose, units)).union({"%"}, *SAME_UNITS)

    def find(self, rows: Sequence[Sequence[str]], wanted: Sequence[str] = (), hint: str = "") -> Header | None:
        """Return the header among the first rows; None if no row has a header that is known.

        ``wanted`` are the registers that alone come into question. ``hint`` are names of file and sheet, which decide
        between registers that fit equally well.
        """
        best: tuple[int, Header] | None = None
        for row in range(min(WITHIN, len(rows))):
            for header in self._at(rows, row, wanted):
                score = max(fit.score for fit in header.fits)
                if best is None or score > best[0]:
                    best = score, header
        if best is None:
            return self._unknown(rows) if wanted else None
        return self._decided(best[1], rows, wanted, hint)

    def _unknown(self, rows: Sequence[Sequence[str]]) -> Header | None:
        """Return the first row with several texts, of which nothing is known but that somebody may say what it is."""
        several = (n for n, row in enumerate(rows[:WITHIN]) if sum(bool(cell.strip()) for cell in row) > 1)
        at = next(several, None)
        return None if at is None else Header((at,), tuple(rows[at]), tuple(_distinct(rows[at])), ())

    def known(self, rows: Sequence[Sequence[str]]) -> int:
        """Return how well the headers among the first rows are known."""
        return max((_best(one) for row in range(min(WITHIN, len(rows))) for one in self._at(rows, row, ())), default=0)

    def _at(self, rows: Sequence[Sequence[str]], row: int, wanted: Sequence[str]) -> Iterator[Header]:
        """Yield the row as a header, and together with the one below."""
        alone = None
        if row == 0 or not self._told_apart(rows[row - 1], rows[row]):
            alone = self._header((row,), list(rows[row]), wanted)
        if alone:
            yield alone
        if row + 1 >= len(rows):
            return
        double = self._header((row, row + 1), self._joined(rows[row], rows[row + 1]), wanted)
        if double:
            apart = self._told_apart(rows[row], rows[row + 1])
            below = None if apart else self._header((row + 1,), list(rows[row + 1]), wanted)
            if all(_best(double) > _best(one) for one in (alone, below) if one):
                yield double

    def _told_apart(self, top: Sequence[str], bottom: Sequence[str]) -> set[str]:
        """Return the headers that are there several times, of which the titles above say which is which.

        Such a row is no header by itself: 开始时间 under 第一阶段 is not the beginning of the audit.
        """
        above, known = dict[str, list[str]](), self._all
        for group, below in _grouped(top, bottom):
            above.setdefault(normal(below), []).append(group)
        return {
            name
            for name, groups in above.items()
            if name in known
            and len(set(groups)) == len(groups) > 1
            and all(groups)
            and any(normal(group + name) in known for group in groups)
        }

    def _joined(self, top: Sequence[str], bottom: Sequence[str]) -> list[str]:
        """Return two-line headers in one: a title above several columns goes before each of them."""
        titles, known, apart = list[str](), self._all, self._told_apart(top, bottom)
        for above, (group, below) in zip(top, _grouped(top, bottom), strict=True):
            if not below.strip():
                titles.append(above)
            elif self._plain(group + below) in known or self._plain(below) not in known or normal(below) in apart:
                titles.append(group + below)
            else:
                titles.append(below)
        return titles

    def _header(self, rows: tuple[int, ...], titles: Sequence[str], wanted: Sequence[str]) -> Header | None:
        names = _distinct(titles)
        said = self.mapped.get(fingerprint(names), {}) if self.mapped else {}
        hits = sum(bool(name) and self._plain(name) in self._all for name in names)
        if not said and hits < (1 if wanted else _LEAST_HITS):
            return None
        chosen = [self.registers[one] for one in wanted if one in self.registers] or self.registers.values()
        fits = [fit for register in chosen if (fit := self._fit(register, names, said)).place]
        if not fits:
            return None
        fits.sort(key=lambda fit: (bool(fit.lacking), -fit.score))
        return Header(rows, tuple(titles), tuple(names), tuple(fits))

    def _fit(self, register: Register, names: Sequence[str], said: Mapping[str, str]) -> Fit:
        known, place = self._known[register.id], dict[str, int]()
        by, known_as, rank_of = dict[int, By](), dict[int, str](), dict[str, int]()
        told = {at: said[name] for at, name in enumerate(names) if name in said}
        for at, target in told.items():
            id_, _, column = target.partition(".")
            if id_ == register.id and column in register.column:
                place[column], rank_of[column], by[at], known_as[at] = at, -1, "mapping", names[at]
        found = {at: known.get(self._plain(name), []) for at, name in enumerate(names) if name and at not in told}
        for at, columns in found.items():
            for rank, column, title in columns:
                if column not in place or rank < rank_of[column]:
                    place[column], rank_of[column] = at, rank
                    by[at], known_as[at] = "alias" if rank else "title", title
        for at, columns in found.items():
            if columns and at not in place.values():
                by[at], known_as[at] = "taken", columns[0][2]
        return Fit(register, place, by, known_as)

    def _plain(self, name: str) -> str:
        """Return a header for comparison; a unit in brackets counts only if the header is known with it."""
        plain = normal(name)
        unit = None if plain in self._all else _BRACKETED.search(plain)
        return plain[: unit.start()] if unit and unit[1] in self._units else plain

    def _decided(self, header: Header, rows: Sequence[Sequence[str]], wanted: Sequence[str], hint: str) -> Header:
        whole = [fit for fit in header.fits if not fit.lacking]
        said = [fit for fit in whole if "mapping" in fit.by.values()]
        if wanted or said:
            return replace(header, chosen=tuple(whole if wanted else said))
        rivals = [fit for fit in whole if fit.score > whole[0].score - _CLEAR_BY]
        if len(rivals) > 1:
            above = " ".join(cell for row in rows[: header.rows[0]] for cell in row)
            named = [fit for fit in rivals if _names(fit.register, f"{hint} {above}")]
            rivals = named if len(named) == 1 else rivals
        beside = tuple(_beside(rivals[0], whole)) if rivals else ()
        if not rivals or any(one not in beside for one in rivals[1:]):
            return header
        return replace(header, chosen=(rivals[0],), beside=beside)


def _beside(first: Fit, others: Sequence[Fit]) -> Iterator[Fit]:
    """Yield the registers for which a table of the first one has what they need as well."""
    for fit in others:
        needed = fit.register.beside.get(first.register.id, ())
        if needed and all(column in fit.place for column in needed):
            yield fit


def also(header: Header, chosen: Fit | None) -> tuple[Candidate, ...]:
    """Return the other registers that a header may belong to; all that come near if none was chosen."""
    others = [fit for fit in header.fits if chosen is None or fit.register.id != chosen.register.id]
    return tuple(fit.candidate for fit in others if _fits(fit) or (chosen is None and _near(fit, header.fits[0])))


def _fits(fit: Fit) -> bool:
    hits = len(fit.place)
    return not fit.lacking and (hits >= _ALSO_HITS or hits >= _ALSO_SHARE * len(fit.register.columns))


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
    found = _BRACKETED.search(normal(header.names[fit.place[column]]))
    unit = loose(fit.register.column[column].unit)
    families = [same for same in SAME_UNITS if found and found[1] in same]
    return found[1] if found and families and not any(unit in same for same in families) else ""


def _distinct(titles: Sequence[str]) -> list[str]:
    """Return the headers with a number from the second on of those that are the same: 币种, 币种2."""
    seen, names = Counter[str](), list[str]()
    for title in titles:
        written = " ".join(title.split())
        plain = normal(title)
        seen[plain] += 1
        names.append(f"{written}{seen[plain]}" if plain and seen[plain] > 1 else written)
    return names


def _grouped(top: Sequence[str], bottom: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield every cell of the lower line of a header with the title above it, which may reach over several."""
    group = ""
    for above, below in zip(top, bottom, strict=True):
        group = above.strip() or (group if below.strip() else "")
        yield group, below


def _best(header: Header) -> int:
    return max(fit.score for fit in header.fits)


def _names(register: Register, text: str) -> bool:
    plain = loose(text)
    return register.id in re.split(r"[^a-z_]+", plain) or loose(register.title) in plain
