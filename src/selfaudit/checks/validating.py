"""Whether the SQL of a check does what the rest of its file says of it, and whether its examples hold."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, error, warning
from selfaudit.base.text import shortened
from selfaudit.checks.examples import Tried, Trying, failure_of, key_of
from selfaudit.checks.gate import Gate
from selfaudit.checks.judging import Judged
from selfaudit.checks.steadiness import unsteady
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.kit.consistency import Path, Remark

WRONG = error(
    "kit.sql", N_("the SQL cannot be run: {detail}"), N_("Correct it here; docs/kits.md says what it can ask.")
)
UNDECLARED = error(
    "kit.sql-undeclared",
    N_("the SQL asks for {register}.{column}, which is not declared"),
    N_("Name it in “needs”, or in “uses” if the check can do without it."),
)
NOT_USED = warning(
    "kit.sql-not-used",
    N_("{register}.{column} is declared, but the SQL does not ask for it"),
    N_("Take it out of “needs” or “uses”."),
)
NO_PARAMETER = error(
    "kit.sql-no-parameter", N_("the SQL asks for ${id}, which is no parameter"), N_("Add it to “parameters”.")
)
PARAMETER_NOT_USED = error(
    "kit.sql-parameter-not-used", N_("the SQL does not ask for the parameter ${id}"), N_("Take it out, or use it.")
)
VALUE_NOT_USED = warning(
    "kit.sql-value-not-used",
    N_("the SQL does not ask for the value “{id}” of the rules"),
    N_("Take it out, or use it."),
)
NO_SIGNAL = error(
    "kit.sql-no-signal",
    N_("the result has no column “signal” that is true, false or NULL"),
    N_("Return every row that is judged, with “… AS signal”."),
)
TWO_COLUMNS = error("kit.sql-two-columns", N_("the result has two columns “{id}”"), N_("Rename one with “AS”."))
NO_COLUMN = error(
    "kit.sql-no-column",
    N_("the result has no column “{id}”"),
    N_("It has: {known}. Add it to the SQL, or correct this."),
)
NO_SEVERITY = error(
    "kit.sql-no-severity", N_("of this example a row has the severity “{id}”, which is none"), N_("Known: {known}.")
)
LACKS_NOTHING = warning(
    "kit.sql-lacks-nothing",
    N_("of this example a row cannot be judged, and its “lacking” does not say for want of what"),
    N_("Let “lacking” name what is missing wherever “signal” is NULL, so that the numbers add up."),
)
FAILS = error(
    "kit.example-fails",
    N_("this example of “{sort}” does not hold; the check says {said}"),
    N_("Correct the example or the SQL."),
)
BROKEN = error("kit.example-broken", N_("this example cannot be run: {detail}"), N_("Correct the rows or the SQL."))
UNTRIED = warning(
    "kit.parameter-untried",
    N_("no example depends on the parameter ${id}: whatever it is, all say the same"),
    N_("Add an example just below and one just above the threshold."),
)

_SLOT = re.compile(r"\{([a-z_0-9]+)\}")
_QUOTED = re.compile(r"'[^']*'|--[^\n]*")
_WORD = re.compile(r"[a-z_][a-z_0-9]*")
_ALIAS = re.compile(r"\bas\s+\"?([a-z_][a-z_0-9]*)")
_MOST = 200
_FACTORS = (0.0, 1000.0, 1.0, 0.5, 2.0, -1.0)
"""By what a parameter is multiplied to see whether an example depends on it; what one of 0 becomes."""


@dataclass
class Trial:
    """One check before it runs."""

    trying: Trying
    gate: Gate
    kit: DataKit
    check: DataCheck
    file: str
    severities: tuple[str, ...]

    def __post_init__(self) -> None:
        """Take the words of the SQL: what is none of them it cannot ask for."""
        self.db = self.trying.db
        plain = _QUOTED.sub("", self.check.sql.lower())
        self.words = frozenset(_WORD.findall(plain))
        self.aliases = frozenset(_ALIAS.findall(plain))
        self.asked = [one for one in self.kit.registers.values() if one.id in self.words]

    def remarks(self) -> Iterator[Remark]:
        """Yield what is wrong; of a statement that cannot be bound nothing else is known."""
        check = self.check
        try:
            statements = self.trying.take(check)
        except duckdb.Error as exc:
            yield self._refused(exc)
            return
        if refused := self.gate.refused(check.sql):
            yield from map(self._not_allowed, refused)
            return
        asked = statements[0].named_parameters
        for name in sorted(asked - check.parameters.keys()):
            yield Remark(self.file, ("sql", check.sql.find(f"${name}")), NO_PARAMETER, {"id": name})
        for name in sorted(check.parameters.keys() - asked):
            yield Remark(self.file, ("parameters", name), PARAMETER_NOT_USED, {"id": name})
        if asked == check.parameters.keys():
            yield from self._bound()

    def _not_allowed(self, problem: Problem) -> Remark:
        before = self.check.sql.split("\n")[: problem.where.line - 1] if problem.where.line else []
        at = sum(len(line) + 1 for line in before) + problem.where.column - 1
        return Remark(self.file, ("sql", at) if problem.where.line else ("sql",), problem.kind, dict(problem.args))

    def _bound(self) -> Iterator[Remark]:
        try:
            result = self._described()
        except duckdb.Error as exc:
            yield self._refused(exc, before=len("DESCRIBE "))
            return
        wrong = list(self._result(result))
        yield from wrong
        yield from self._declared()
        yield from self._values()
        if not wrong:
            yield from self._examples()

    def _described(self) -> list[tuple[str, str]]:
        """Return names and types of the result; binding waits for the values of parameters."""
        values = {name: float(one.default) for name, one in self.check.parameters.items()}
        return [(row[0], row[1]) for row in self.db.execute(f"DESCRIBE {self.check.sql}", values).fetchall()]

    def _result(self, result: list[tuple[str, str]]) -> Iterator[Remark]:
        check, names = self.check, [name for name, _ in result]
        if dict(result).get("signal") != "BOOLEAN":
            yield Remark(self.file, ("sql",), NO_SIGNAL, {})
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Remark(self.file, ("sql",), TWO_COLUMNS, {"id": name})
        slots = [(("derivation", n), name) for n, line in enumerate(check.derivation) for name in _SLOT.findall(line)]
        subject = [(("subject", key), name) for key, name in check.subject.model_dump().items() if name]
        keys = [(("key", n), name) for n, name in enumerate(check.key)]
        shown = [(("shown", name), name) for name in check.shown]
        places: list[tuple[Path, str]] = [*keys, *subject, *shown, *slots]
        for at, name in places:
            if name not in names:
                yield Remark(self.file, at, NO_COLUMN, {"id": name, "known": names})

    def _declared(self) -> Iterator[Remark]:
        """Compare the columns without which the SQL cannot be bound with those that are declared."""
        check = self.check
        declared = {
            (key, register): names for key in ("needs", "uses") for register, names in getattr(check, key).items()
        }
        for (key, register), names in declared.items():
            for n, name in enumerate(names):
                if not self._alone(register, name) and not self._asks(register, name):
                    yield Remark(self.file, (key, register, n), NOT_USED, {"register": register, "column": name})
        others = [
            (register.id, name)
            for register in self.asked
            for name in register.column
            if name in self.words and name not in {*check.needs.get(register.id, ()), *check.uses.get(register.id, ())}
        ]
        # mostly it does without all of them, and each need not be tried
        if not others or self._binds(*(f"ALTER TABLE {register} DROP COLUMN {name}" for register, name in others)):
            return
        for register_id, name in others:
            if self._asks(register_id, name):
                args = {"register": register_id, "column": name}
                yield Remark(self.file, ("sql", self._at(name)), UNDECLARED, args)

    def _alone(self, register: str, column: str) -> bool:
        """Return whether a word can be nothing but this column; that need not be tried, which takes long."""
        having = [one.id for one in self.asked if column in one.column]
        return column in self.words and column not in self.aliases and having == [register]

    def _asks(self, register: str, column: str) -> bool:
        return {register, column} <= self.words and not self._binds(f"ALTER TABLE {register} DROP COLUMN {column}")

    def _values(self) -> Iterator[Remark]:
        check = self.check
        for name in dict.fromkeys(name for rule in check.rules for name in rule.values):
            if name not in self.words or self._binds(f"ALTER TABLE rules DROP COLUMN {name}"):
                yield Remark(self.file, ("rules", 0, "values", name), VALUE_NOT_USED, {"id": name})

    def _binds(self, *without: str) -> bool:
        """Return whether the SQL can be bound after changes of the tables, which are then taken back."""
        self.db.execute("BEGIN")
        try:
            for change in without:
                self.db.execute(change)
            self._described()
        except duckdb.Error:
            return False
        finally:
            self.db.execute("ROLLBACK")
        return True

    def _at(self, word: str) -> int:
        found = re.search(rf"\b{word}\b", self.check.sql, re.IGNORECASE)
        return found.start() if found else 0

    def _refused(self, exc: duckdb.Error, before: int = 0) -> Remark:
        detail, position = told_of(str(exc))
        place: Path = ("sql",)
        if position:
            place = ("sql", len(self.check.sql.encode()[: position - before].decode(errors="ignore")))
        return Remark(self.file, place, WRONG, {"detail": detail})

    def _examples(self) -> Iterator[Remark]:
        tried = list(self.trying.tried(self.check))
        failures = [failure for one in tried if (failure := failure_of(self.check, one))]
        for failure in failures:
            at: Path = ("examples", failure.sort, failure.number)
            if failure.broken:
                yield Remark(self.file, at, BROKEN, {"detail": told_of(failure.broken)[0]})
                continue
            said = [f"{' / '.join(key)}: {str(signal).lower()}" for key, signal in failure.said] or ["–"]
            yield Remark(self.file, at, FAILS, {"sort": failure.sort, "said": Some(said, 5)})
        yield from self._severities(tried)
        for one in tried:
            if any(row["signal"] is None and not row.get("lacking", "nothing asked") for row in one.judged.rows):
                yield Remark(self.file, ("examples", one.sort, one.number), LACKS_NOTHING, {})
        if not failures:
            yield from self._parameters(tried)
            for one in tried:
                for kind, name in unsteady(self.trying, self.check, one):
                    yield Remark(self.file, ("examples", one.sort, one.number), kind, {"id": name})

    def _severities(self, tried: list[Tried]) -> Iterator[Remark]:
        for one in tried:
            found = {str(row["severity"]) for row in one.judged.rows if row.get("severity") is not None}
            for name in sorted(found - set(self.severities)):
                at: Path = ("examples", one.sort, one.number)
                yield Remark(self.file, at, NO_SEVERITY, {"id": name, "known": list(self.severities)})

    def _parameters(self, tried: list[Tried]) -> Iterator[Remark]:
        """Move each parameter, and see whether any example notices: of the farthest values one mostly does."""
        ordered = sorted(tried, key=lambda one: one.number)
        for name, parameter in self.check.parameters.items():
            default = float(parameter.default)
            moved = [default * factor if default else factor for factor in _FACTORS]
            values = [value for value in moved if value != default]
            if not any(self._notices(one, {name: value}) for value in values for one in ordered):
                yield Remark(self.file, ("parameters", name), UNTRIED, {"id": name})

    def _notices(self, tried: Tried, values: Mapping[str, float]) -> bool:
        """Return whether an example says something else with another value of a parameter."""
        try:
            now = self.trying.judged(self.check, tried.example, values)
        except duckdb.Error:
            return False
        return _verdicts(self.check, now) != _verdicts(self.check, tried.judged)


def _verdicts(check: DataCheck, judged: Judged) -> list[tuple[str, ...]]:
    rows = judged.rows
    return sorted((*key_of(check, row), str(row["signal"]), str(row.get("severity"))) for row in rows)


def told_of(text: str) -> tuple[str, int]:
    """Return what the database says on its first line, and the byte at which, 0 if it does not say."""
    try:
        said = json.loads(text[text.index("{") :])
    except ValueError:
        said = {"exception_message": text}
    detail = " ".join(str(said["exception_message"]).splitlines()[:1])
    return shortened(detail, _MOST), int(said.get("position") or 0)
