"""A roster that somebody made, read in a process of its own: a damaged workbook can end the one that opens it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, errors
from selfaudit.store.roster.reading import read_roster_file
from selfaudit.workflow.common.pool import Pool, WorkerError

CRASHED = error(
    "roster.crashed",
    N_("reading this file crashed or took longer than {seconds} seconds"),
    N_("Open it in Excel or WPS and save it as a new .xlsx; if that fails too, report the file as a bug."),
)

PATIENCE = 120
"""Seconds that a roster may take; one of 20,000 people takes a few."""


def read_roster(path: Path, kinds: Sequence[str] = ()) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Read a roster from YAML or a workbook; return data in the shape of ``roster.yaml`` and what is wrong with it."""
    with Pool(patience=PATIENCE) as pool:
        try:
            return pool.run(read_roster_file, path, kinds)
        except WorkerError:
            return None, [CRASHED(Where(path.name), seconds=PATIENCE)]


def usable_roster(path: Path, kinds: Sequence[str] = ()) -> tuple[dict[str, Any], list[Problem]]:
    """Return the data of a roster and what there is to say about it; raise ``UserError`` with every mistake in it."""
    data, problems = read_roster(path, kinds)
    if data is None or errors(problems):
        raise UserError(errors(problems))
    return data, problems
