"""Whose audit each document is of, by its path and by what registers know, and which documents are blank forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Severity
from selfaudit.checks.cases import cases_of
from selfaudit.model.casefiles.comparison import Comparison, NotCompared
from selfaudit.model.casefiles.found import Found
from selfaudit.model.casefiles.identity import FIELDS, Identities, Identity, Pattern
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Code
from selfaudit.reports.wording import Wording
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.pool import Pool
from selfaudit.workflow.common.state.registers import usable_registers
from selfaudit.workflow.similar.reading import Read

AS_BLANK, BARE = "similar.as-blank", "similar.bare"
"""Why a record with text is not compared: it is a blank form, or has too little beside one."""
_PATIENCE = 300


@dataclass(slots=True)
class Told:
    """Documents told apart: records to compare, blank forms as digests by standard, and what cannot be compared.

    ``unmatched`` counts the records whose paths no pattern fits.
    """

    wording: Wording
    records: list[CaseRecord] = field(default_factory=list)
    blanks: dict[str, list[str]] = field(default_factory=dict)
    blank_ids: list[str] = field(default_factory=list)
    not_compared: list[NotCompared] = field(default_factory=list)
    unmatched: int = 0

    def compared(self, settings: Settings, patterns: Sequence[str], found: Found, state: str) -> Comparison:
        """Return the comparison of these records, with what it found and left in the cache.

        A record with too little text of its own counts as one that could not be compared.
        """
        bare = set(found.bare)
        left = {
            one.id: one.model_copy(update={"in_part": one.in_part and one.id not in bare}) for one in self.not_compared
        }
        why = self.wording.tr(N_("too little text of its own to compare"))
        for one in self.records:
            if one.id in bare and one.id not in left:
                left[one.id] = NotCompared(id=one.id, code=BARE, why=why, **_known(one))
        return Comparison(
            settings=settings,
            patterns=tuple(patterns),
            records=tuple(self.records),
            blanks=tuple(self.blank_ids),
            not_compared=tuple(left[id_] for id_ in sorted(left)),
            found=found,
            state=state,
        )


def identities(layout: Layout, ledger: Ledger, kit: DataKit, patterns: Sequence[str]) -> Identities:
    """Return what tells whose a document is."""
    asked = {id_: one for id_, one in kit.registers.items() if one.cases}
    there = usable_registers(layout, ledger) if asked else {}
    tables = {id_: there[id_].path for id_ in asked if id_ in there}
    with Pool(patience=_PATIENCE) as pool:
        cases = pool.run(cases_of, asked, kit.codes, tables) if tables else {}
    return Identities(cases, _standards(kit), tuple(map(Pattern, patterns)))


def _standards(kit: DataKit) -> Mapping[str, Code]:
    """Return the codes of standards, if a register of cases has any."""
    for one in kit.registers.values():
        column = one.column.get(one.cases.standard or "") if one.cases else None
        if column and column.codes:
            return kit.codes.get(column.codes, {})
    return {}


def told_apart(documents: Sequence[Read], blank_forms: Sequence[Read], who: Identities, wording: Wording) -> Told:
    """Tell documents apart; those in a folder of blank forms are blank forms as well.

    A record that is the same file as a blank form was never filled in, and is told.
    """
    made = Told(wording)
    blank = [*blank_forms, *(one for one in documents if Layout.is_blank_form(PurePosixPath(one.id)))]
    digests = {one.digest: one.id for one in reversed(blank) if one.digest}
    themselves = {(one.file, one.id) for one in blank}
    for form in blank:
        if form.characters:
            made.blanks.setdefault(who.of(form.id).standard, []).append(form.digest)
            made.blank_ids.append(form.id)
    for one in documents:
        if (one.file, one.id) in themselves:
            continue
        # what a table says goes before what an id looks like
        identity = replace(one.said, standard=who.standard(one.said.standard)).otherwise(who.of(one.id))
        known = _known(identity)
        if one.digest in digests:
            why = wording.tr(N_("nothing of its own: as the blank form {form}")).format(form=digests[one.digest])
            made.not_compared.append(NotCompared(id=one.id, code=AS_BLANK, why=why, **known))
            continue
        if one.characters:
            made.records.append(CaseRecord(id=one.id, digest=one.digest, characters=one.characters, **known))
            made.unmatched += bool(who.patterns) and not one.said.standard and who.said(one.id) is None
        if one.problem and one.problem.severity is not Severity.NOTE:
            why = one.problem.said(wording.tr)
            said = NotCompared(id=one.id, code=one.problem.code, why=why, in_part=one.characters > 0, **known)
            made.not_compared.append(said)
    return made


def _known(one: Identity | CaseRecord) -> dict[str, Any]:
    """Return whose a document is, as fields of a record or of what is not compared."""
    return {name: getattr(one, name) for name in FIELDS}
