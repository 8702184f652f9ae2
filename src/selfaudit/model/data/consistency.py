"""What no single file of registers, tables and checks can know: whether they fit each other and the kit."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, warning
from selfaudit.base.text import loose
from selfaudit.model.data.check import DataCheck, Example, Rule
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Code, Register, Table
from selfaudit.model.data.registers import (
    FIXED,
    NAME_TAKEN,
    UNEQUAL,
    DataFiles,
    check_register,
    columns_of,
    words_of_sql,
)
from selfaudit.model.kit.consistency import DUPLICATE_ID, Path, Remark, one_unknown, unknown
from selfaudit.model.kit.kit import Kit
from selfaudit.model.names import CODES, PLAN
from selfaudit.model.sampling.consistency import check_sample
from selfaudit.model.sampling.plan import SamplePlan

CODE_TWICE = error(
    "kit.data-code-twice",
    N_("in the code list “{list}” the value “{value}” means both “{first}” and “{id}”"),
    N_("Leave it to one of them."),
)
BAD_CELL = error(
    "kit.data-cell", N_("“{value}” does not fit the column “{id}”: {type}"), N_("Correct the value or the type.")
)
BACKWARDS = error(
    "kit.rule-backwards", N_("the rule “{id}” ends before it is in force"), N_("Correct one of its two days.")
)
OVERLAP = warning(
    "kit.rule-overlap",
    N_("the rules “{first}” and “{id}” are both in force from {start} to {end}"),
    N_("End the first the day before the other, or a row of that time is judged twice."),
)
GAP = warning(
    "kit.rule-gap",
    N_("no rule is in force from {start} to {end}, between “{first}” and “{id}”"),
    N_("Correct the days if that is not so; a row of that time is not judged."),
)

BESIDE_NOTHING = warning(
    "kit.figure-beside-nothing",
    N_("the profile has no number “{id}” beside which this figure could stand"),
    N_("Correct the id, or leave “profile” out to show the figure alone."),
)

OF_FILES = error(
    "kit.role-of-files",
    N_("the role “{id}” must either have both “answers: file” and “sample”, or neither"),
    N_("Whoever reviews files that are drawn has a role with the spot check in “sample”."),
)
_DAY = timedelta(days=1)


def check_data(data: DataKit, kit: Kit | None, files: DataFiles) -> Iterator[Remark]:
    """Yield everything wrong or doubtful between registers, code lists, tables and checks, and with the kit."""
    yield from _codes(data, files.of.get(CODES, CODES))
    for register in data.registers.values():
        yield from check_register(register, data, files)
    for table in data.tables.values():
        yield from _table(table, files.of[table.id])
    for check in data.checks.values():
        yield from _check(check, data, files)
        if kit:
            yield from _of_kit(check, kit, files.of[check.id])
    for register in data.registers.values():
        yield from _figures(register, data, kit, files)
    for sample in data.samples.values():
        yield from _sample(sample, data, kit, files)
    if kit:
        yield from _roles(data, kit)
        yield from _items(data, kit, files)


def cited(data: DataKit) -> list[str]:
    """Return the ids of citations that checks name, as often as they do."""
    checks = data.checks.values()
    return [name for check in checks for name in (*check.basis, *(one for rule in check.rules for one in rule.basis))]


def _codes(data: DataKit, file: str) -> Iterator[Remark]:
    for name, codes in data.codes.items():
        seen: dict[str, str] = {}
        for id_, code in codes.items():
            for spelt in dict.fromkeys(map(loose, _spellings(id_, code))):
                if seen.setdefault(spelt, id_) != id_:
                    args = {"list": name, "value": spelt, "first": seen[spelt], "id": id_}
                    yield Remark(file, ("lists", name, id_), CODE_TWICE, args)


def _spellings(id_: str, code: Code) -> tuple[str, ...]:
    return (id_, code.title, *code.aliases)


def _table(table: Table, file: str) -> Iterator[Remark]:
    if table.id in FIXED:
        yield Remark(file, ("id",), NAME_TAKEN, {"id": table.id, "taken": list(FIXED)})
    yield from words_of_sql(file, (("id",), table.id), *((("columns", name), name) for name in table.columns))
    for n, row in enumerate(table.rows):
        if len(row) != len(table.columns):
            yield Remark(file, ("rows", n), UNEQUAL, {"given": len(row), "wanted": len(table.columns)})
            continue
        for c, (value, (name, kind)) in enumerate(zip(row, table.columns.items(), strict=True)):
            if value and not _fits(value, kind):
                yield Remark(file, ("rows", n, c), BAD_CELL, {"value": value, "id": name, "type": kind})


def _fits(value: str, kind: str) -> bool:
    try:
        if kind == "date":
            date.fromisoformat(value)
        elif kind != "text":
            (int if kind == "integer" else float)(value)
    except ValueError:
        return False
    return True


def _check(check: DataCheck, data: DataKit, files: DataFiles) -> Iterator[Remark]:
    file = files.of[check.id]
    for key, asked in (("needs", check.needs), ("uses", check.uses)):
        for register, columns in asked.items():
            yield from columns_of(register, columns, data, (file, (key, register), (key, register)), files)
    yield from unknown(file, ("replaces",), N_("data check"), check.replaces, _known(data, files))
    yield from _rules(check, file)
    for sort in ("signals", "clean", "not_judged", "known_misses"):
        for n, example in enumerate(getattr(check.examples, sort)):
            yield from _example(check, example, ("examples", sort, n), data, files)


def _known(data: DataKit, files: DataFiles) -> list[str]:
    return sorted({*data.checks, *files.unread})


def _example(check: DataCheck, example: Example, at: Path, data: DataKit, files: DataFiles) -> Iterator[Remark]:
    file = files.of[check.id]
    for register, rows in example.given.items():
        for n, row in enumerate(rows):
            place: Path = (*at, "given", register, n)
            if register not in data.registers:
                yield from columns_of(register, (), data, (file, place[:-1], place), files)
                break
            for column in row:
                known = list(data.registers[register].column)
                yield from one_unknown(file, (*place, column), N_("column"), column, known)
    for n, key in enumerate(example.keys):
        if len(key) != len(check.key):
            yield Remark(file, (*at, "keys", n), UNEQUAL, {"given": len(key), "wanted": len(check.key)})


def _rules(check: DataCheck, file: str) -> Iterator[Remark]:
    seen: set[str] = set()
    series: dict[tuple[str, ...], list[tuple[date, date, int]]] = {}
    for n, rule in enumerate(check.rules):
        if rule.id in seen:
            yield Remark(file, ("rules", n, "id"), DUPLICATE_ID, {"id": rule.id})
        seen.add(rule.id)
        start, end = rule.effective_from or date.min, rule.effective_to or date.max
        if end < start:
            yield Remark(file, ("rules", n), BACKWARDS, {"id": rule.id})
        else:
            series.setdefault(_which(rule), []).append((start, end, n))
    for periods in series.values():
        for (_, before, first), (start, end, n) in pairwise(sorted(periods)):
            named = {"first": check.rules[first].id, "id": check.rules[n].id}
            if start <= before:
                yield Remark(file, ("rules", n), OVERLAP, {**named, "start": start, "end": min(before, end)})
            elif start > before + _DAY:
                yield Remark(file, ("rules", n), GAP, {**named, "start": before + _DAY, "end": start - _DAY})


def _which(rule: Rule) -> tuple[str, ...]:
    """Return what a rule is for: its values that are no numbers, such as a standard; only these follow each other."""
    return tuple(value for value in rule.values.values() if not value.replace(".", "", 1).lstrip("-").isdigit())


def _of_kit(check: DataCheck, kit: Kit, file: str) -> Iterator[Remark]:
    citations = [citation.id for citation in kit.citations]
    severities = [severity.id for severity in kit.plan.severities]
    yield from one_unknown(file, ("severity",), N_("severity"), check.severity, severities)
    yield from unknown(file, ("basis",), N_("citation"), check.basis, citations)
    for n, rule in enumerate(check.rules):
        yield from unknown(file, ("rules", n, "basis"), N_("citation"), rule.basis, citations)
    yield from unknown(file, ("items",), N_("item"), check.items, list(kit.items))


def _figures(register: Register, data: DataKit, kit: Kit | None, files: DataFiles) -> Iterator[Remark]:
    file, facts = files.of[register.id], kit.plan.profile if kit else ()
    numbers = [fact.id for fact in facts if fact.kind == "number"]
    for n, figure in enumerate(register.figures):
        at: Path = ("figures", n)
        for name, columns in figure.needs.items():
            place: Path = (*at, "needs", name)
            yield from columns_of(name, columns, data, (file, place, place), files)
        if figure.profile and kit and figure.profile not in numbers:
            yield Remark(file, (*at, "profile"), BESIDE_NOTHING, {"id": figure.profile})


def _sample(sample: SamplePlan, data: DataKit, kit: Kit | None, files: DataFiles) -> Iterator[Remark]:
    file = files.of[sample.id]
    for at, (question, _) in sample.questions.items():
        for sort, asked in (("needs", question.needs), ("uses", question.uses)):
            for register, columns in asked.items():
                place: Path = (*at, sort, register)
                yield from columns_of(register, columns, data, (file, place, place), files)
    for n, column in enumerate(sample.columns):
        if column.codes and CODES not in files.unread:
            yield from one_unknown(file, ("columns", n, "codes"), N_("code list"), column.codes, list(data.codes))
    if kit:
        yield from check_sample(sample, file, _known(data, files))


def _roles(data: DataKit, kit: Kit) -> Iterator[Remark]:
    for n, role in enumerate(kit.plan.roles):
        if (role.answers == "file") != (role.sample is not None):
            yield Remark(PLAN, ("roles", n), OF_FILES, {"id": role.id})
        elif role.sample:
            yield from one_unknown(PLAN, ("roles", n, "sample"), N_("spot check"), role.sample, list(data.samples))


def _items(data: DataKit, kit: Kit, files: DataFiles) -> Iterator[Remark]:
    for file, checklist in kit.checklists.items():
        for n, item in enumerate(checklist.items):
            known = _known(data, files)
            yield from unknown(file, ("items", n, "data_checks"), N_("data check"), item.data_checks, known)
            for c, against in enumerate(item.contradicted_by):
                at: Path = ("items", n, "contradicted_by", c, "check")
                yield from one_unknown(file, at, N_("data check"), against.check, known)
