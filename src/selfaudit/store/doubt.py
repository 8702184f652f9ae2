"""Which remarks cannot be trusted, because they may only follow from a mistake that is told already."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from selfaudit.base.problems import Kind, Problem, errors
from selfaudit.files.yaml.reader import Document
from selfaudit.model import facts, holders
from selfaudit.model.kit import consistency as of
from selfaudit.model.kit.deliverables_check import UNDATED
from selfaudit.model.kit.outline_check import FOR_LACK
from selfaudit.model.names import CITATIONS, PLAN, PROFILE, ROSTER
from selfaudit.store import model_reader as mistake
from selfaudit.store.salvage import NO_DAY

_BY_DATE = (of.DATES_REVERSED, of.DATES_OVERLAP, of.DATES_DIFFER, of.OUTSIDE_PHASE)
_NO_HOLDER = (holders.ROLE_MEANT, holders.ROLE_UNKNOWN, holders.KIND_UNKNOWN)
_UNKNOWN = (of.UNKNOWN_ID, of.NONE_KNOWN)
_ABSENT = {of.AREA_EMPTY: "area", of.ROLE_UNUSED: "role", of.CITATION_UNUSED: "citation", UNDATED: "deliverable"}
"""Remarks that nothing names something, and what that is."""
_OF_ENTRY = (of.UNVERIFIED, of.NO_SOURCE, of.NOBODY_ANSWERS)
"""Remarks about an entry that lacks something."""
_FIT = re.compile(r"[a-z0-9][A-Za-z0-9._-]*")
"""What an id looks like, roughly; one that does not is told already."""
_LOSING = (
    mistake.UNKNOWN_KEY,
    mistake.MEANT_KEY,
    mistake.MISSING_KEY,
    mistake.WANT_MAP,
    mistake.WANT_LIST,
    mistake.NO_ENTRY,
    mistake.NOT_ONE_OF,
    mistake.BAD_NAME,
    mistake.BAD_FLAG,
    mistake.OTHER,
)
"""Mistakes by which something is not found where it belongs."""


@dataclass(slots=True)
class Doubt:
    """What is known of the files of a kit or campaign: which are unread, where they have lost something."""

    documents: Mapping[str, Document]
    unread: AbstractSet[str]
    _lost: dict[str, list[Problem]] = field(default_factory=dict, init=False)
    _named: set[str] = field(default_factory=set, init=False)

    @classmethod
    def about(
        cls,
        problems: Iterable[Problem],
        remarks: Iterable[of.Remark],
        documents: Mapping[str, Document],
        unread: AbstractSet[str],
    ) -> "Doubt":
        """Sort what is wrong by file; of the remarks those count that something is named that there is not."""
        made = cls(documents, unread)
        name_of = {document.file: name for name, document in documents.items()}
        for problem in errors(problems):
            if problem.kind in _LOSING or problem.code.startswith("yaml."):
                made._lost.setdefault(name_of.get(problem.where.file, ""), []).append(problem)
        made._named = {str(remark.args["what"]) for remark in remarks if remark.kind in _UNKNOWN}
        made._named |= {"role" for remark in remarks if remark.kind in _NO_HOLDER}
        return made

    def covers(self, remark: of.Remark) -> bool:
        """Return whether a remark may only follow from another mistake."""
        kind, args = remark.kind, remark.args
        if kind in _BY_DATE:
            return NO_DAY in args.values()
        if kind in _OF_ENTRY:
            return self._within(remark.file, remark.path)
        if kind in _ABSENT:
            return self._may_be_named(kind, str(args["id"]))
        if kind is holders.ROLE_UNHELD:
            return "role" in self._named or ROSTER in self._lost or self._within(PLAN, remark.path)
        if kind in _UNKNOWN:
            return self._may_exist(CITATIONS if args["what"] == "citation" else PLAN, args["id"], args["known"].entries)
        if kind is facts.UNKNOWN_FACT:
            return self._may_exist(PLAN, args["id"], args["known"])
        if kind is facts.COUNTED:
            return ROSTER in self._lost
        return kind in FOR_LACK and PLAN in self._lost

    def _within(self, file: str, path: of.Path) -> bool:
        """Return whether something was lost in an entry."""
        lines = self.documents[file].lines(path)
        return any(problem.where.line in lines for problem in self._lost.get(file, ()))

    def _may_be_named(self, kind: Kind, name: str) -> bool:
        """Return whether something that nothing seems to name may be named where something was lost or misspelt."""
        checklists = (self.unread | self._lost.keys()) - {PLAN, ROSTER, CITATIONS, PROFILE}
        return bool(checklists) or _ABSENT[kind] in self._named or _FIT.fullmatch(name) is None

    def _may_exist(self, file: str, name: str, known: Sequence[str]) -> bool:
        if file in self.unread or (not known and file in self._lost):
            return True
        return any(one == "" or one.lower() == name.lower() for one in known)
