"""Whether what a register says of its columns fits together, and fits the code lists and other registers."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error
from selfaudit.base.text import loose
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Column, Fold, Register
from selfaudit.model.data.words import SQL_WORDS
from selfaudit.model.kit.consistency import DUPLICATE_ID, Path, Remark, one_unknown, unknown
from selfaudit.model.names import CODES

NAME_TAKEN = error(
    "kit.data-name-taken",
    N_("“{id}” is the name of something else that checks can ask"),
    N_("Give it another name; {taken} are taken."),
)
WORD_OF_SQL = error(
    "kit.data-sql-word",
    N_("“{id}” is a word of SQL, so that no check could ask for it by this name"),
    N_("Give it another name, such as {other}."),
)
NO_CODES = error(
    "kit.data-no-codes",
    N_("the column “{id}” and its code list do not fit: only the types code and codes have one, and must"),
    N_("Write “type: code” and “codes: NAME”, or neither."),
)
NO_DAYS = error(
    "kit.data-no-days",
    N_("“{id}” and “{to}” cannot be two days in one cell: they are not both of the type date or time"),
    N_("Write “type: date” or “type: time” at both, or take “span” out."),
)
HEADER_TWICE = error(
    "kit.data-header-twice",
    N_("the header “{header}” is one of two columns, “{first}” and “{id}”"),
    N_("Leave it to one of them, or put the two one after the other, as files that have both have them."),
)
ONE_COLUMN = error(
    "kit.link-one-column",
    N_("only a reference of one column can be found otherwise"),
    N_("Take “otherwise” out, or name one column."),
)
UNEQUAL = error(
    "kit.data-unequal", N_("there are {given} where there must be {wanted}"), N_("Name as many here as there.")
)
NOT_OF_TYPE = error(
    "kit.fold-type",
    N_("the column “{id}” is of none of these types: {types}"),
    N_("Name a column of such a type, or correct that of this one."),
)

FIXED = ("campaign", "calendar", "rules")
"""The tables that every check can ask, whatever the kit."""


@dataclass(frozen=True, slots=True)
class DataFiles:
    """The shown file name of every register, table and check by its id, and the ids of those that could not be read.

    The code lists are known as ``codes.yaml``.
    """

    of: Mapping[str, str]
    unread: AbstractSet[str] = frozenset()


def check_register(register: Register, data: DataKit, files: DataFiles) -> Iterator[Remark]:
    """Yield everything wrong in a register, and between it, the code lists and other registers."""
    file, known = files.of[register.id], list(register.column)
    headers: dict[str, int] = {}
    seen: set[str] = set()
    if register.id in FIXED:
        yield Remark(file, ("id",), NAME_TAKEN, {"id": register.id, "taken": list(FIXED)})
    yield from words_of_sql(
        file, (("id",), register.id), *((("columns", n, "id"), one.id) for n, one in enumerate(register.columns))
    )
    for n, column in enumerate(register.columns):
        at: Path = ("columns", n)
        if column.id in seen:
            yield Remark(file, (*at, "id"), DUPLICATE_ID, {"id": column.id})
        seen.add(column.id)
        for header in (*column.headers, *(column.span.headers if column.span else ())):
            # columns that follow each other may share one: a file that has it twice has them in this order
            if headers.setdefault(loose(header), n) < n - 1:
                args = {"header": header, "first": register.columns[headers[loose(header)]].id, "id": column.id}
                yield Remark(file, at, HEADER_TWICE, args)
        yield from _coded(column, data, (file, at), files)
        yield from unknown(file, (*at, "made_of"), N_("column"), column.made_of, known)
        yield from _span(register, column, (file, at))
    yield from unknown(file, ("key",), N_("column"), register.key, known)
    yield from _told_apart(register, file)
    yield from _references(register, data, files)
    for n, fold in enumerate(register.folds):
        yield from _fold(register, fold, data, (file, ("folds", n)))
    if named := register.named:
        yield from unknown(file, ("named",), N_("column"), (named.column, named.status), known)
        codes = data.codes.get((register.column[named.status].codes if named.status in register.column else "") or "")
        if codes is not None:
            yield from unknown(file, ("named",), N_("code"), (*named.holds, *named.ended), list(codes))


def words_of_sql(file: str, *names: tuple[Path, str]) -> Iterator[Remark]:
    """Yield which names of tables and columns, each with its place, no SQL could ask for."""
    for path, name in names:
        if name in SQL_WORDS:
            yield Remark(file, path, WORD_OF_SQL, {"id": name, "other": f"{name}_"})


def _told_apart(register: Register, file: str) -> Iterator[Remark]:
    known = list(register.column)
    if register.dated:
        yield from one_unknown(file, ("dated",), N_("column"), register.dated, known)
    for key, name in register.cases.columns.items() if register.cases else ():
        yield from one_unknown(file, ("cases", key), N_("column"), name, known)
    for key, others in (("beside", register.beside), ("yields_to", register.yields_to)):
        for name, columns in others.items():
            yield from unknown(file, (key, name), N_("column"), columns, known)


def _span(register: Register, column: Column, place: tuple[str, Path]) -> Iterator[Remark]:
    (file, at), span = place, column.span
    if not span:
        return
    yield from one_unknown(file, (*at, "span", "to"), N_("column"), span.to, list(register.column))
    ends = (column, register.column.get(span.to, column))
    if any(one.type not in ("date", "time") for one in ends):
        yield Remark(file, (*at, "span"), NO_DAYS, {"id": column.id, "to": span.to})


def _coded(column: Column, data: DataKit, place: tuple[str, Path], files: DataFiles) -> Iterator[Remark]:
    file, at = place
    if (column.type in ("code", "codes")) != (column.codes is not None):
        yield Remark(file, at, NO_CODES, {"id": column.id})
    elif column.codes and CODES not in files.unread:
        yield from one_unknown(file, (*at, "codes"), N_("code list"), column.codes, list(data.codes))


def _references(register: Register, data: DataKit, files: DataFiles) -> Iterator[Remark]:
    file = files.of[register.id]
    for n, reference in enumerate(register.references):
        at: Path = ("references", n)
        yield from unknown(file, (*at, "columns"), N_("column"), reference.columns, list(register.column))
        if len(reference.columns) != len(reference.to):
            args = {"given": len(reference.to), "wanted": len(reference.columns)}
            yield Remark(file, (*at, "to"), UNEQUAL, args)
        yield from columns_of(reference.register_, reference.to, data, (file, (*at, "register"), (*at, "to")), files)
        if reference.or_by:
            place = (file, (*at, "register"), (*at, "or_by"))
            yield from columns_of(reference.register_, reference.or_by, data, place, files)
            if len(reference.columns) != 1:
                yield Remark(file, (*at, "or_by"), ONE_COLUMN, {})
        if how := reference.otherwise:
            here = (*at, "otherwise")
            if len(reference.columns) != 1:
                yield Remark(file, here, ONE_COLUMN, {})
            mine = [*how.by, *([how.at] if how.at else []), *how.made_of]
            mine += how.ahead.own if how.ahead else []
            theirs = [*how.by.values(), *how.since, *([how.until] if how.until else [])]
            theirs += how.ahead.other if how.ahead else []
            yield from unknown(file, here, N_("column"), mine, list(register.column))
            other = data.registers.get(reference.register_)
            if other:
                yield from unknown(file, here, N_("column"), theirs, list(other.column))
            if how.ahead:
                yield from _values(register, how.ahead.own, data, (file, (*here, "ahead", "own")))
            if how.ahead and other:
                yield from _values(other, how.ahead.other, data, (file, (*here, "ahead", "other")))


def _fold(register: Register, fold: Fold, data: DataKit, place: tuple[str, Path]) -> Iterator[Remark]:
    (file, at), known = place, list(register.column)
    for key in ("part", "whole"):
        yield from unknown(file, (*at, key), N_("column"), getattr(fold, key), known)
        yield from _values(register, getattr(fold, key), data, (file, (*at, key)))
    yield from unknown(file, (*at, "by"), N_("column"), fold.by, known)
    yield from one_unknown(file, (*at, "at"), N_("column"), fold.at, known)
    yield from unknown(file, (*at, "takes"), N_("column"), (*fold.takes, *fold.takes.values()), known)
    yield from unknown(file, (*at, "adds"), N_("column"), fold.adds, known)
    numbers, days = ("integer", "number"), ("date", "time")
    for name, types, where in ((fold.at, days, ("at",)), *((one, numbers, ("adds",)) for one in fold.adds)):
        if name in register.column and register.column[name].type not in types:
            yield Remark(file, (*at, *where), NOT_OF_TYPE, {"id": name, "types": list(types)})


def _values(register: Register, values: Mapping[str, str], data: DataKit, place: tuple[str, Path]) -> Iterator[Remark]:
    """Yield which values of columns with codes are no codes."""
    for name, value in values.items():
        column = register.column.get(name)
        codes = data.codes.get(column.codes or "") if column else None
        if codes is not None:
            yield from one_unknown(place[0], (*place[1], name), N_("code"), value, list(codes))


def columns_of(
    register: str,
    columns: Iterable[str],
    data: DataKit,
    place: tuple[str, Path, Path],
    files: DataFiles,
) -> Iterator[Remark]:
    """Yield that there is no such register, or which of the columns it does not have; ``place`` is where both stand."""
    file, of_register, of_columns = place
    if found := data.registers.get(register):
        yield from unknown(file, of_columns, N_("column"), columns, list(found.column))
    elif register not in files.unread:
        yield from one_unknown(file, of_register, N_("register"), register, list(data.registers))
