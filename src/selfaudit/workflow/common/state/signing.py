"""The codes of documents that are signed on paper: whose a scan is, and what was signed.

Such a code looks like that of a signature sheet. Its passport is made for a document and whose it is, with the
campaign's secret, and says for ever which they are; the rest stands for what the document says now.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from selfaudit.base.canonical import canonical_json
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.model.kit.kit import Kit
from selfaudit.model.passport import Passport
from selfaudit.model.progress.deliverables import record_id
from selfaudit.model.progress.paper import PaperCode, content_code
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.model.rectification.fields import REGISTER_FIELDS
from selfaudit.model.roster import Roster
from selfaudit.reports.build.final import DOCUMENT as FINAL
from selfaudit.reports.build.unit import those_of
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.final import Built, build_final
from selfaudit.workflow.common.state.register import register
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.writing.places import owners
from selfaudit.workflow.common.writing.setting import setting_of

CODED = ("unit", "branch", "final")
"""The documents that print a code."""
REVISION = "RPRT"
"""Stands in a passport where that of a form says which questions it asks."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A deliverable that is signed on paper, of whom it is (nobody: the body), and the passport of its scans."""

    deliverable: Deliverable
    who: Respondent | None
    passport: str

    @property
    def name(self) -> str:
        """What a scan of it is called: whose it is, or its title."""
        return self.who.name if self.who else self.deliverable.title

    @property
    def key(self) -> str:
        """The id of the record of what was filed as it."""
        return record_id(self.deliverable.id, self.who.number if self.who else "")

    def code(self, digest: str) -> str:
        """Return what is printed on it while it says what has this hash."""
        return str(PaperCode(self.passport, content_code(digest)))


def signed_documents(workspace: Workspace, kit: Kit, roster: Roster) -> Iterator[Signed]:
    """Yield what people sign on paper besides their answers, as far as the program prints a code on it."""
    code_of = workspace.codes(kit.plan.id)
    for one in kit.plan.deliverables:
        if one.signed and one.made in CODED:
            whose: list[Respondent | None] = [None] if one.whose == "body" else [*owners(one, kit, roster)]
            for who in whose:
                yield Signed(one, who, _passport(one.made, who, kit.plan.code, code_of))


def _passport(document: str, who: Respondent | None, campaign: str, code_of: Callable[[str], str]) -> str:
    # no respondent has a key like this
    key = f"{document}/{who.number if who else ''}"
    return str(Passport(campaign, code_of(key), REVISION))


def said_by_unit(setting: Setting, number: str, everybody: Iterable[Standing]) -> str:
    """Return a hash of what the report of a unit says: every answer in it, and every finding as it is handled now.

    It does not depend on words, templates and the day, so that only other answers or handling make it another.
    """
    mine = those_of(number, everybody, setting)
    answers = sorted([one.respondent.key, one.digest, one.state] for one in mine)
    findings = sorted([found.id, *_handled(found)] for found in Evidence(setting, mine).findings)
    return sha256(canonical_json([answers, findings])).hexdigest()


def _handled(found: FindingRecord) -> list[Any]:
    """Return what the report of a unit prints of a finding: how it was reported, is handled, and how far it is."""
    made = {field.key: getattr(found.rectification, field.key) for field in REGISTER_FIELDS}
    return [_plain(found.data), _plain(made), found.state]


def _plain(data: Mapping[str, object]) -> list[list[str]]:
    return sorted([key, repr(value)] for key, value in data.items())


def code_of_final(workspace: Workspace, built: Built) -> str:
    """Return the code of the final report; empty if the plan does not say that it is signed."""
    signed = (one for one in signed_documents(workspace, built.setting.kit, built.setting.roster) if one.who is None)
    one = next((one for one in signed if one.deliverable.made == FINAL.name), None)
    return one.code(built.approvals.content.digest) if one and built.approvals else ""


class Said:
    """What the reports that are signed on paper say now, as hashes; read from the ledger when first asked."""

    def __init__(self, workspace: Workspace, ledger: Ledger) -> None:
        """Take the campaign and its ledger."""
        self._workspace = workspace
        self._ledger = ledger

    @cached_property
    def _setting(self) -> Setting:
        return replace(setting_of(self._workspace), register=register(self._ledger))

    @cached_property
    def _everybody(self) -> list[Standing]:
        return list(standings(self._ledger, self._setting.kit))

    @cached_property
    def _by_body(self) -> str:
        found = build_final(self._workspace).approvals
        return found.content.digest if found else ""

    def by(self, one: Signed) -> str:
        """Return what one of them says."""
        return said_by_unit(self._setting, one.who.number, self._everybody) if one.who else self._by_body
