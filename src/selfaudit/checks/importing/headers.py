"""Finds the row of a sheet that names its columns, and the register it belongs to, by the headers that are known."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from selfaudit.base.dates import half_width
from selfaudit.base.mask import masked_within
from selfaudit.base.text import loose
from selfaudit.checks.importing.days import DAY
from selfaudit.checks.importing.fits import BRACKETED, Fit, Header, normal, said_of
from selfaudit.checks.importing.numbers import SAME_UNITS
from selfaudit.checks.importing.spans import Part
from selfaudit.model.data.reading import By, Mapped
from selfaudit.model.data.register import Register

WITHIN = 30
"""Rows in which a header is looked for."""
_CLEAR_BY = 2
"""By how much the best register must be ahead of the next for nobody to be asked."""
_LEAST_HITS = 2
_CLEARLY = 1.5
"""How many times as well a header fits a register that it is clearly that of, rather than the one somebody named."""
_LENT = 500
"""What is added to the rank of a header that only another register knows: one that this one knows is better."""
_SPAN = 1_000
"""What is added to the rank of a header above two days in one cell: a column of its own is better."""
_DATA_BY = 3
"""So many headers must be known for each cell of a row that looks like data, for it to be a header all the same."""
_DATA = re.compile(r"(?=(?:\D*\d){5})[!-~ ]+", re.ASCII)
"""A number of a person, a certificate or the like: no header has so many figures and nothing but signs of ASCII."""


@dataclass(slots=True)
class Finder:
    """Knows the headers of all registers, and the ``words`` that stand below headers."""

    registers: Mapping[str, Register]
    mapped: Mapped = field(default_factory=dict)
    words: frozenset[str] = frozenset()
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
                for rank, title in enumerate(column.span.headers if column.span else (), _SPAN):
                    ends = (column.id, column.span.to) if column.span else ()
                    known.setdefault(normal(title), []).extend((rank, end, title) for end in ends)
        self._all = frozenset(title for columns in self._known.values() for title in columns)
        units = {column.unit for register in self.registers.values() for column in register.columns}
        self._units = frozenset(map(loose, units)).union({"%"}, *SAME_UNITS)

    def find(
        self, rows: Sequence[Sequence[str]], wanted: Sequence[str] = (), file: str = "", sheet: str = ""
    ) -> Header | None:
        """Return the header among the first rows; None if no row has a header that is known.

        ``wanted`` are the registers that alone come into question. The names of ``file`` and ``sheet``, and what stands
        above the header, decide between registers that fit equally well.
        """
        best: tuple[int, Header] | None = None
        for row in range(min(WITHIN, len(rows))):
            for header in self._at(rows, row, wanted):
                score = max(fit.score for fit in header.fits)
                if best is None or score > best[0]:
                    best = score, header
        if best is None:
            return self._unknown(rows) if wanted else None
        header = best[1]
        if wanted:
            whole = [fit for fit in header.fits if not fit.lacking]
            rather = dict(self._rather(header, whole or header.fits))
            if rather and not whole:
                rather = {"": next(iter(rather.values()))}
            return replace(header, chosen=tuple(whole), rather=rather)
        above = " ".join(cell for row in rows[: header.rows[0]] for cell in row)
        return self._decided(header, f"{sheet} {above}", file)

    def _unknown(self, rows: Sequence[Sequence[str]]) -> Header | None:
        """Return the first row that may be a header, of which nothing is known but that somebody may say what it is."""
        texts = [sum(bool(cell.strip()) for cell in row) for row in rows[:WITHIN]]
        least = max(2, max(texts, default=0) // 2)
        at = next((n for n, many in enumerate(texts) if many >= least and not any(map(is_data, rows[n]))), None)
        return None if at is None else Header((at,), tuple(rows[at]), tuple(_distinct(rows[at])), ())

    def known(self, rows: Sequence[Sequence[str]]) -> int:
        """Return how well the headers among the first rows are known."""
        return max((_best(one) for row in range(min(WITHIN, len(rows))) for one in self._at(rows, row, ())), default=0)

    def _at(self, rows: Sequence[Sequence[str]], row: int, wanted: Sequence[str]) -> Iterator[Header]:
        """Yield the row as a header, and together with the one below."""
        alone = None
        if row == 0 or not self._told_apart(rows[row - 1], rows[row]):
            alone = self._header((row,), rows, list(rows[row]), wanted)
        if alone:
            yield alone
        if row + 1 >= len(rows):
            return
        double = self._header((row, row + 1), rows, self._joined(rows[row], rows[row + 1]), wanted)
        if double:
            apart = self._told_apart(rows[row], rows[row + 1])
            below = None if apart else self._header((row + 1,), rows, list(rows[row + 1]), wanted)
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

    def _header(
        self, at: tuple[int, ...], rows: Sequence[Sequence[str]], titles: Sequence[str], wanted: Sequence[str]
    ) -> Header | None:
        names = _distinct(titles)
        said = said_of(names, self.mapped) if self.mapped else {}
        hits = {plain for name in names if name and (plain := self._plain(name)) in self._all}
        # 审核员 and 组长 are headers, and what stands below others
        if not said and (len(hits) < (1 if wanted else _LEAST_HITS) or hits <= self.words):
            return None
        least = 1 if said else 1 + _DATA_BY * sum(is_data(cell) for row in at for cell in rows[row])
        chosen = [self.registers[one] for one in wanted if one in self.registers] or self.registers.values()
        fits = [fit for register in chosen if len((fit := self._fit(register, names, said)).place) >= least]
        if not fits:
            return None
        fits.sort(key=lambda fit: (bool(fit.lacking), -fit.score))
        return Header(at, tuple(titles), tuple(names), tuple(fits))

    def _fit(
        self, register: Register, names: Sequence[str], said: Mapping[str, str], lent: Mapping[int, str] | None = None
    ) -> Fit:
        """Return how headers fit a register. ``lent`` are titles by which other registers know some, by place.

        What a person said of a header holds for that register, and lends its title to others.
        """
        known, place = self._known[register.id], dict[str, int]()
        by, known_as, rank_of = dict[int, By](), dict[int, str](), dict[str, int]()
        told = {at: said[name] for at, name in enumerate(names) if name in said}
        for at, target in told.items():
            id_, _, column = target.partition(".")
            if id_ == register.id and column in register.column:
                place[column], rank_of[column], by[at], known_as[at] = at, -1, "mapping", names[at]
        found = {at: known.get(self._plain(name), []) for at, name in enumerate(names) if name and at not in told}
        for at, title in {**(lent or {}), **dict(self._titles(told))}.items():
            if at not in by and not found.get(at):
                columns = known.get(normal(title), ())
                found[at] = [(rank + _LENT, column, as_) for rank, column, as_ in columns if rank < _SPAN]
        for at, columns in found.items():
            for rank, column, title in columns:
                if column not in place or rank < rank_of[column]:
                    place[column], rank_of[column] = at, rank
                    by[at], known_as[at] = "span" if rank >= _SPAN else "alias" if rank else "title", title
        for at, columns in found.items():
            if columns and at not in place.values():
                by[at], known_as[at] = "taken", columns[0][2]
        return Fit(register, place, by, known_as, dict(_parts(register, rank_of)))

    def _titles(self, told: Mapping[int, str]) -> Iterator[tuple[int, str]]:
        """Yield the titles of the columns of registers that a person named, by place."""
        for at, target in told.items():
            id_, _, name = target.partition(".")
            if id_ in self.registers and name in self.registers[id_].column:
                yield at, self.registers[id_].column[name].title

    def _plain(self, name: str) -> str:
        """Return a header for comparison; a unit in brackets counts only if the header is known with it."""
        plain = normal(name)
        unit = None if plain in self._all else BRACKETED.search(plain)
        return plain[: unit.start()] if unit and unit[1] in self._units else plain

    def _decided(self, header: Header, near: str, file: str) -> Header:
        """Return the header with the registers as which its table is read, or with the likeliest first to be asked for.

        ``near`` is what the sheet says of itself, which counts more than the name of the file.
        """
        whole = [fit for fit in header.fits if not fit.lacking]
        rivals = _clearest([fit for fit in whole if fit.score > whole[0].score - _CLEAR_BY], near, file)
        said = next((fit for fit in whole if "mapping" in fit.by.values()), None)
        if said and not (len(rivals) == 1 and said.has_for(rivals[0].register.id)):
            return self._read_as(header, said)
        titled = [fit for fit in header.fits if 2 * fit.score >= _best(header) and fit.register.is_titled_in(near)]
        first = titled[0] if len(titled) == 1 else rivals[0] if rivals else None
        if first is None:
            return header
        read = self._read_as(header, first)
        several = [] if first in titled else rivals[1:]
        beside = {fit.register.id for fit in read.beside}
        doubts = [fit for fit in header.fits if said is None and _is_doubted(first, fit, read)]
        likelier = first if first.lacking else max(doubts, key=lambda fit: fit.score, default=None)
        if likelier:
            return replace(header, fits=(likelier, *(fit for fit in header.fits if fit is not likelier)))
        return header if any(one.register.id not in beside for one in several) else read

    def _read_as(self, header: Header, first: Fit) -> Header:
        """Return the header as read for a register, and for those beside it; each knows what the others know."""
        said, id_ = said_of(header.names, self.mapped), first.register.id
        others = [register for register in self.registers.values() if id_ in register.beside]
        fits = [self._fit(register, header.names, said, first.lent) for register in others]
        beside = tuple(fit for fit in fits if not fit.lacking and fit.has_for(id_))
        lent = {at: title for fit in beside for at, title in fit.lent.items()}
        return replace(header, chosen=(self._fit(first.register, header.names, said, lent),), beside=beside)

    def _rather(self, header: Header, chosen: Sequence[Fit]) -> Iterator[tuple[str, str]]:
        """Yield of registers that somebody named for a table the one that it is clearly of, or was said to be."""
        said = said_of(header.names, self.mapped)
        mapped = {target.partition(".")[0] for target in said.values()} & self.registers.keys()
        for fit in chosen:
            others = [one for one in self.registers.values() if one is not fit.register and not fit.has_for(one.id)]
            if fit.register.id in mapped:
                continue
            if mapped:
                yield from ((fit.register.id, one.id) for one in others if one.id in mapped)
            elif 2 * len(fit.place) < len(fit.register.columns):
                fits = [self._fit(one, header.names, {}) for one in others]
                better = [one for one in fits if _is_clearer(one, fit)]
                if best := max(better, key=lambda one: one.score, default=None):
                    yield fit.register.id, best.register.id


def is_data(cell: str) -> bool:
    """Return whether a cell is a day, or has a number such as no header has."""
    text = half_width(cell)
    return bool(_DATA.fullmatch(text) or DAY.fullmatch(text)) or masked_within(text) != text


def _parts(register: Register, rank_of: Mapping[str, int]) -> Iterator[tuple[str, Part]]:
    for column in register.columns:
        if span := column.span:
            for id_, end in ((column.id, False), (span.to, True)):
                if rank_of.get(id_, 0) >= _SPAN:
                    yield id_, Part(end, span.one_day)


def _clearest(rivals: list[Fit], near: str, file: str) -> list[Fit]:
    """Return of registers that fit about equally the one that is meant, all of them if that is not clear.

    It is the one that is named, that knows columns that others do not, or that is usual where nothing says otherwise.
    """
    ways = (
        lambda one: one.register.is_named_in(near),
        lambda one: one.register.is_named_in(file),
        lambda one: all(one.used > other.used for other in rivals if other is not one),
        lambda one: not any(_usual(other, one) for other in rivals),
    )
    for way in ways:
        found = list(filter(way, rivals))
        if len(found) == 1:
            return found
    return rivals


def _is_clearer(one: Fit, other: Fit) -> bool:
    """Return whether a header is clearly that of one register; what it lacks counts less if it knows all others do."""
    return one.score >= _CLEARLY * other.score and (not one.lacking or one.used > other.used)


def _is_doubted(first: Fit, other: Fit, read: Header) -> bool:
    """Return whether a table is hardly the first register, as the other one knows more of it, or whose numbers it has.

    A column with the numbers of persons is not there for nothing.
    """
    reading = {fit.register.id for fit in (*read.chosen, *read.beside)}
    used = {at for fit in (*read.chosen, *read.beside) for at in fit.used}
    if other.register.id in reading or 2 * other.score < first.score:
        return False
    return _is_clearer(other, first) or any(at not in used for at in other.persons)


def _usual(one: Fit, other: Fit) -> bool:
    """Return whether a register is meant rather than another one that fits as well."""
    telling = other.register.yields_to.get(one.register.id)
    return telling is not None and not any(column in other.place for column in telling)


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
