"""All signals of a run in one file to work through, however many there are."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.files.sheets.writing import Row, write_csv, write_xlsx
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.outcome import told
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.check.lines import Line
from selfaudit.workflow.check.supervised import full_list
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
_CSV = (N_("Check"), N_("Title"), N_("Key"), N_("Severity"), N_("Facts"), N_("How it was computed"))


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
    target: Target, folder: Path, lines: Sequence[Line], severities: Mapping[str, str], say: Callable[[str], str]
) -> None:
    """Write all signals of a run, and what came of every check; ``severities`` are the titles of those of the kit."""
    read = _Reader(folder, severities, say)
    if target.path.suffix.lower() == ".csv":
        rows = (row for line in lines for row in read.csv(line.check))
        write_csv(target.path, [say(title) for title in _CSV], rows)
        return
    for line in lines:
        if line.outcome.signals > _MOST_ROWS:
            raise UserError(TOO_MANY(id=line.check.id, n=line.outcome.signals, most=_MOST_ROWS))
    overview: list[Row] = [
        (line.check.id, line.check.title, line.severity, told(line.outcome, say), "\n".join(line.missing))
        for line in lines
    ]
    sheets: list[Any] = [(say(N_("Data checks")), [say(title) for title in _OVERVIEW], _OVERVIEW_WIDTHS, overview)]
    for line in lines:
        if line.outcome.signals:
            shown = list(line.check.shown.values())
            header = [*map(say, _FIRST), *shown, *map(say, _LAST)]
            widths = (24, 10, *(18 for _ in shown), 60)
            sheets.append((line.check.id, header, widths, read.sheet(line.check)))
    write_xlsx(target.path, sheets)


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
            yield (check.id, check.title, one["key"], self._severity(one), facts, "\n".join(one["derivation"]))

    def _severity(self, one: Mapping[str, Any]) -> str:
        return self.severities.get(one["severity"], one["severity"])

    def _signals(self, check: DataCheck) -> Iterator[dict[str, Any]]:
        path = full_list(self.folder, check.id)
        if path.is_file():
            with path.open(encoding="utf-8") as stream:
                yield from map(json.loads, stream)
