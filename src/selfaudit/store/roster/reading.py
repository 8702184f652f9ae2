"""Reads a roster from either of its formats."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, Where, error
from selfaudit.base.trouble import reason_of
from selfaudit.files.kinds import kind_of
from selfaudit.files.sheets.workbook import FOREIGN, UNREADABLE
from selfaudit.files.texts import kind_of_text
from selfaudit.model.roster import Roster
from selfaudit.store.kits import read_text
from selfaudit.store.model_reader import read_model
from selfaudit.store.roster import xlsx_reading
from selfaudit.store.roster.cells import unusual
from selfaudit.store.roster.check import roster_problems

NO_ROSTER = error(
    "roster.none",
    N_("this is not a roster, neither a workbook nor a roster.yaml"),
    N_("Create one to fill in with selfaudit roster template."),
)

_HEAD = 65_536
"""Bytes that distinguish a roster from other texts, and a text from anything else."""
_OURS = re.compile(r"selfaudit/|^\W*(?:format|body|units|people)\s*[:：]", re.MULTILINE)


def read_roster_file(path: Path, kinds: Sequence[str] = ()) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Read a roster from YAML or XLSX, recognised by content; return data in the shape of ``roster.yaml``."""
    problems: list[Problem] = []
    if path.is_file():
        try:
            with path.open("rb") as stream:
                head = stream.read(_HEAD)
        except OSError as exc:
            return None, [UNREADABLE(Where(path.name), detail=reason_of(exc))]
        if kind_of(head):
            # what is neither a workbook nor a text is reported there as what it is
            reading = xlsx_reading.read(path, kinds=kinds)
            return reading.data, reading.problems
        begins = _text(head)
        if kind := kind_of_text(begins):
            return None, [FOREIGN(Where(path.name), what=Term(kind.family))]
        if begins.strip() and not _OURS.search(begins):
            return None, [NO_ROSTER(Where(path.name))]
    text = read_text(path, path.name, problems)
    if text is None:
        return None, problems
    roster, document, problems = read_model(text, path.name, Roster)
    if roster is None:
        return None, problems
    for n, unit in enumerate(roster.units):
        problems += unusual(unit.kind, kinds, document.where(("units", n, "kind")))
    return document.data, [*problems, *roster_problems(roster, document.where)]


def _text(head: bytes) -> str:
    """Return how a text begins, whatever its encoding; it only serves to tell what it is."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    text = head.decode("utf-8", "replace")
    return head.decode("gb18030", "replace") if "\ufffd" in text else text
