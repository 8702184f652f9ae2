"""Asks the registers who may review files, and who had to do with them; numbers of persons leave only as hashes."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import duckdb

from selfaudit.base.names import name_key
from selfaudit.base.text import masked
from selfaudit.checks.gate import as_asked, ask
from selfaudit.checks.populating import rows_of
from selfaudit.checks.running import Circumstances, answered, circumstances
from selfaudit.model.data.needs import missing
from selfaudit.model.data.persons import person_hash, without_numbers
from selfaudit.model.sampling.plan import INVOLVED, MAY, Question, Reviewers, SamplePlan
from selfaudit.model.sampling.population import file_id, names_in
from selfaudit.model.sampling.reviewing import Known, Named, Unknown

T = TypeVar("T")
Row = Mapping[str, Any]


def get_to_know(plan: SamplePlan, reviewers: Reviewers, files: frozenset[str]) -> Known | Unknown:
    """Return who may review, and who had to do with these files, or why registers do not say."""
    now = circumstances()
    codes = now.kit.codes.get(plan.codes_of(reviewers.field), {})
    titles = {id_: code.title for id_, code in codes.items()}
    # what is missing leaves independence unverified, which is said, and does not keep the rest from being asked
    asked = reviewers.involved.model_copy(update={"needs": {}})
    people = _asked(reviewers.may, MAY, now, lambda rows: _people(rows, titles, now))
    involved = _asked(asked, INVOLVED, now, lambda rows: _involved(rows, now), files)
    if isinstance(people, Unknown):
        return people
    if isinstance(involved, Unknown):
        return involved
    depends = [missing(one, now.stock.filled) for one in (reviewers.involved.needs, reviewers.involved.uses)]
    return Known(people, involved, tuple(dict.fromkeys(name for several in depends for name in several)))


def _asked(
    question: Question,
    wanted: tuple[str, ...],
    now: Circumstances,
    taken: Callable[[Iterator[Row]], T],
    files: frozenset[str] | None = None,
) -> T | Unknown:
    """Return what is taken of the rows of an answer, of these files if there are any; or why there is none."""
    whole = f"SELECT * FROM ({as_asked(question.sql)}) q"  # noqa: S608 - the SQL of a kit, which passed the gate

    def rows(db: duckdb.DuckDBPyConnection) -> tuple[T | Unknown]:
        names = [column[0] for column in ask(db, f"{whole} LIMIT 0").description or ()]
        if lacking := [name for name in wanted if name not in names]:
            return (Unknown("error", ", ".join(lacking)),)
        if files is None:
            return (taken(rows_of(ask(db, whole), names)),)
        # few of many files are drawn: only the rows of these leave the database
        written = ask(db, f"SELECT DISTINCT CAST(file AS VARCHAR) FROM ({whole}) f").fetchall()  # noqa: S608 - as above
        values = {"files": [one for (one,) in written if one and file_id(one) in files]}
        query = f"{whole} WHERE CAST(file AS VARCHAR) IN (SELECT unnest($files))"
        return (taken(rows_of(ask(db, query, values), names)),)

    found = answered(question, now, rows)
    return Unknown(**found) if isinstance(found, dict) else found[0]


def _people(
    rows: Iterator[Row], titles: Mapping[str, str], now: Circumstances
) -> dict[Named, tuple[str, tuple[str, ...]]]:
    ends, fields = dict[Named, str](), dict[str, set[str]]()
    for row in rows:
        for one in _named(row, now):
            if not one.name:
                continue
            code = str(row["field"] or "")
            ends.setdefault(one, masked(str(row["number"] or "")))
            fields.setdefault(one.id, set()).update({titles.get(code, without_numbers(code, now.stock.numbers))} - {""})
    # one number may be written under several names: all of them are this person
    several = Counter(name for name, _ in {(one.name, one.id) for one in ends})
    return {
        one: (f"{one.name} {end}".strip() if several[one.name] > 1 else one.name, tuple(sorted(fields[one.id])))
        for one, end in sorted(ends.items(), key=lambda item: (item[0].name, item[0].number))
    }


def _involved(rows: Iterator[Row], now: Circumstances) -> dict[str, tuple[tuple[Named | None, str], ...]]:
    found: dict[str, dict[tuple[Named | None, str], None]] = {}
    for row in rows:
        did = without_numbers(str(row["did"] or ""), now.stock.numbers)
        several = _named(row, now) or (None,)
        found.setdefault(file_id(str(row["file"])), {}).update(((one, did), None) for one in several)
    return {file: tuple(several) for file, several in found.items()}


def _named(row: Row, now: Circumstances) -> tuple[Named, ...]:
    """Return whom a row names. Of several in one cell nobody knows whose the number is, so it stands for itself."""
    secret, written = now.words.secret, without_numbers(str(row["name"] or ""), now.stock.numbers)
    number = person_hash(secret, str(row["number"] or ""))
    names = names_in(written)
    alone = number if len(names) == 1 else ""
    named = [Named(name, alone, person_hash(secret, name_key(name))) for name in names]
    return (*named, *([Named("", number)] if number and not alone else ()))
