"""Which remarks cannot be trusted, because they may only follow from a mistake that is told already."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import InitVar, dataclass, field

from selfaudit.base.problems import Problem, errors
from selfaudit.files.yaml.reader import Document
from selfaudit.model import consistency as of
from selfaudit.model.names import CITATIONS, PLAN, ROSTER
from selfaudit.store import model_reader as mistake

_ABSENT = (of.AREA_EMPTY, of.ROLE_UNUSED, of.CITATION_UNUSED)
_BY_DATE = (of.DATES_REVERSED, of.DATES_OVERLAP, of.DATES_DIFFER, of.OUTSIDE_PHASE)
_FIT = re.compile(r"[a-z0-9][A-Za-z0-9._-]*")
"""What an id looks like, roughly; one that does not is told already."""
_LOSING = (
    mistake.UNKNOWN_KEY,
    mistake.MISSING_KEY,
    mistake.WANT_MAP,
    mistake.WANT_LIST,
    mistake.NO_ENTRY,
    mistake.OTHER,
)
"""Mistakes by which something is not found where it belongs."""


@dataclass(slots=True)
class Doubt:
    """What is known of the files of a kit or campaign: which are unread, and which have lost something."""

    problems: InitVar[list[Problem]]
    documents: InitVar[Mapping[str, Document]]
    unread: AbstractSet[str]
    _lossy: set[str] = field(default_factory=set, init=False)
    _undated: set[str] = field(default_factory=set, init=False)
    _wrong: set[str] = field(default_factory=set, init=False)

    def __post_init__(self, problems: list[Problem], documents: Mapping[str, Document]) -> None:
        """Sort the mistakes by file."""
        name_of = {document.file: name for name, document in documents.items()}
        for problem in errors(problems):
            name = name_of.get(problem.where.file, "")
            self._wrong.add(name)
            if problem.kind in _LOSING:
                self._lossy.add(name)
            if problem.kind in (mistake.BAD_DATE, mistake.MISSING_KEY):
                self._undated.add(name)

    def covers(self, remark: of.Remark) -> bool:
        """Return whether a remark may only follow from another mistake."""
        if remark.kind in _ABSENT:
            lost = (self.unread | self._lossy) - {PLAN, ROSTER, CITATIONS}
            return bool(lost) or _FIT.fullmatch(str(remark.args["id"])) is None
        if remark.kind in _BY_DATE:
            return bool(self._undated & {PLAN, remark.file})
        if remark.kind is of.NOBODY_ANSWERS:
            return remark.file in self._lossy
        if remark.kind is of.ROLE_UNHELD:
            return bool(self._wrong & {PLAN, ROSTER})
        if remark.kind is of.UNKNOWN_ID:
            return self._may_exist(**remark.args)
        return remark.kind is of.CHAPTER_TEXTLESS and PLAN in self._lossy

    def _may_exist(self, what: str, id: str, known: list[str]) -> bool:  # noqa: A002 - as the problem calls it
        file = CITATIONS if what == "citation" else PLAN
        if file in self.unread or (not known and file in self._lossy):
            return True
        return any(name == "" or name.lower() == id.lower() for name in known)
