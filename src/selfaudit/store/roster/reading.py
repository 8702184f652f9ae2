"""Reads a roster from either of its formats."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from selfaudit.base.problems import Problem, Where
from selfaudit.files.kinds import kind_of
from selfaudit.files.sheets.workbook import UNREADABLE
from selfaudit.model.roster import Roster
from selfaudit.store.kits import read_text
from selfaudit.store.model_reader import read_model
from selfaudit.store.roster import xlsx as roster_xlsx
from selfaudit.store.roster.cells import unusual
from selfaudit.store.roster.check import roster_problems

_HEAD = 64
"""Bytes that distinguish a text from anything else."""


def read_roster_file(path: Path, kinds: Sequence[str] = ()) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Read a roster from YAML or XLSX, recognised by content; return data in the shape of ``roster.yaml``."""
    problems: list[Problem] = []
    if path.is_file():
        try:
            with path.open("rb") as stream:
                head = stream.read(_HEAD)
        except OSError as exc:
            return None, [UNREADABLE(Where(path.name), detail=exc.strerror or exc)]
        if kind_of(head):
            # what is neither a workbook nor a text is reported there as what it is
            reading = roster_xlsx.read(path, kinds=kinds)
            return reading.data, reading.problems
    text = read_text(path, path.name, problems)
    if text is None:
        return None, problems
    roster, document, problems = read_model(text, path.name, Roster)
    if roster is None:
        return None, problems
    for n, unit in enumerate(roster.units):
        problems += unusual(unit.kind, kinds, document.where(("units", n, "kind")))
    return document.data, [*problems, *roster_problems(roster, document.where)]
