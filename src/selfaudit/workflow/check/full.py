"""All signals of a run in one file to work through, however many there are.

What came of every check stands first, that of those that did not run before all: there is no signal of theirs in the
file, and nobody may take that for an answer.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Self

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error, errors
from selfaudit.files.sheets.writing import Row, write_csv, write_xlsx
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.outcome import told
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.check.lines import Line
from selfaudit.workflow.common.supervised import full_list
from selfaudit.workflow.common.writing.output import output_path

TOO_MANY = error(
    "check.too-many-rows",
    N_("{id} has {n} signals, and a sheet of a workbook takes {most}"),
    N_("Write a CSV: its name ends in .csv."),
)
_MOST_ROWS = 1_048_575
_OVERVIEW = (N_("Check"), N_("Title"), N_("Severity"), N_("Outcome"), N_("Data missing"))
_OVERVIEW_WIDTHS = (8, 40, 10, 50, 60)
_FIRST = (N_("Key"), N_("Severity"))
_LAST = (N_("How it was computed"),)
_CSV = (*_OVERVIEW, N_("Key"), N_("Facts"), N_("How it was computed"))
_STATES = ("not_run", "in_part", "ran")


@dataclass(frozen=True, slots=True)
class Target:
    """A workbook or a CSV that somebody named."""

    path: Path

    @classmethod
    def named(cls, workspace: Workspace, asked: Path) -> Self:
        """Return it, unless it belongs to the campaign or ends in something else."""
        suffix = ".csv" if asked.suffix.lower() == ".csv" else ".xlsx"
        return cls(output_path(workspace, asked, asked.with_suffix(suffix)))


def write_full(
    target: Target,
    folder: Path,
    found: tuple[Sequence[Line], Sequence[Problem]],
    severities: Mapping[str, str],
    say: Callable[[str], str],
) -> None:
    """Write what came of every check, and all signals of a run.

    ``found`` are the checks that were asked, and the errors in the files of others, among
    remarks that are none; ``severities`` are the titles of those of the kit.
    """
    lines, problems = found
    read = _Reader(folder, severities, say)
    overview = [*_unread(errors(problems), say), *_overview(lines, say)]
    if target.path.suffix.lower() == ".csv":
        rows = chain(
            ([*row, *[""] * (len(_CSV) - len(_OVERVIEW))] for row in overview),
            (row for line in lines for row in read.csv(line.check)),
        )
        write_csv(target.path, [say(title) for title in _CSV], rows)
        return
    for line in lines:
        if line.outcome.signals > _MOST_ROWS:
            raise UserError(TOO_MANY(id=line.check.id, n=line.outcome.signals, most=_MOST_ROWS))
    sheets: list[Any] = [(say(N_("Data checks")), [say(title) for title in _OVERVIEW], _OVERVIEW_WIDTHS, overview)]
    for line in lines:
        if line.outcome.signals:
            shown = list(line.check.shown.values())
            header = [*map(say, _FIRST), *shown, *map(say, _LAST)]
            widths = (24, 10, *(18 for _ in shown), 60)
            sheets.append((line.check.id, header, widths, read.sheet(line.check)))
    write_xlsx(target.path, sheets)


def _overview(lines: Sequence[Line], say: Callable[[str], str]) -> Iterator[Row]:
    """Yield what came of every check; those that did not run, or in part, come first."""
    for line in sorted(lines, key=lambda line: _STATES.index(line.outcome.state)):
        yield (line.check.id, line.check.title, line.severity, told(line.outcome, say), "\n".join(line.missing))


def _unread(problems: Sequence[Problem], say: Callable[[str], str]) -> Iterator[Row]:
    """Yield the checks whose files have mistakes, with these."""
    outcome = say(N_("not run: {reason}")).format(reason=say(N_("its file has mistakes")))
    files = dict.fromkeys(one.where.file for one in problems)
    for file in files:
        wrong = (f"{one.where}: {one.said(say)}" for one in problems if one.where.file == file)
        yield (Path(file).stem, "", "", outcome, "\n".join(wrong))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes rows of what the worker wrote."""

    folder: Path
    severities: Mapping[str, str]
    say: Callable[[str], str]

    def sheet(self, check: DataCheck) -> Iterator[Row]:
        for one in self._signals(check):
            yield (one["key"], self._severity(one), *one["facts"].values(), "\n".join(one["derivation"]))

    def csv(self, check: DataCheck) -> Iterator[Row]:
        named, between = self.say(N_("{name}: {text}")), self.say(N_("; "))
        for one in self._signals(check):
            facts = between.join(named.format(name=name, text=text) for name, text in one["facts"].items())
            about = (check.id, check.title, self._severity(one), "", "")
            yield (*about, one["key"], facts, "\n".join(one["derivation"]))

    def _severity(self, one: Mapping[str, Any]) -> str:
        return self.severities.get(one["severity"], one["severity"])

    def _signals(self, check: DataCheck) -> Iterator[dict[str, Any]]:
        path = full_list(self.folder, check.id)
        if path.is_file():
            with path.open(encoding="utf-8") as stream:
                yield from map(json.loads, stream)
