"""``findings list`` and ``show``: every finding as it is known now, and its history."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import LANGUAGES, N_, translator
from selfaudit.base.names import name_key
from selfaudit.base.problems import UserError, error
from selfaudit.base.text import retyped
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.model.rectification.rectification import FINDING, NOTHING, STATES, Rectification, State
from selfaudit.model.rectification.register import handled_as, joined
from selfaudit.store.ledger.records import Record, history
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.attached import Attached, attached_to
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.findings.desk import NO_FINDING, Changed, differences
from selfaudit.workflow.findings.values import Values

BAD_FILTER = error("findings.filter", N_("nothing is called “{value}” here"), N_("Known: {known}."))

_NUMBERED, _SEVERAL = re.compile(r"[（(].*?[)）]"), re.compile(r"[、,，;；/／]")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are meant; every word may be an id or a title, empty means all.

    ``overdue`` is the day on which those are meant whose correction was due before it.
    """

    unit: str = ""
    area: str = ""
    item: str = ""
    severity: str = ""
    incomplete: bool = False
    state: str = ""
    owner: str = ""
    overdue: date | None = None

    def keep(self, record: FindingRecord, kit: Kit) -> bool:
        """Return whether a finding is meant."""
        areas = {area.id: area.title for area in kit.plan.areas}
        severities = {severity.id: severity.title for severity in kit.plan.severities}
        return (
            self.unit in ("", record.respondent.unit, record.respondent.unit_name)
            and self.area in ("", record.area, areas.get(record.area))
            and self.item in ("", record.item)
            and self.severity in ("", record.severity, severities.get(record.severity))
            and self.state in ("", record.state, *_words(STATES[record.state]))
            and (not self.owner or name_key(self.owner) in _owners(record))
            and (not self.overdue or record.overdue(self.overdue))
            and (not self.incomplete or bool(record.missing(kit.plan.finding_needs)))
        )

    def check(self, kit: Kit, everybody: list[Standing]) -> None:
        """Refuse a word that can match nothing, so that a misspelt filter is not an empty list."""
        for value, known in (
            (self.unit, {w for s in everybody for w in (s.respondent.unit, s.respondent.unit_name)}),
            (self.item, set(kit.items)),
            (self.area, {w for area in kit.plan.areas for w in (area.id, area.title)}),
            (self.severity, {w for severity in kit.plan.severities for w in (severity.id, severity.title)}),
            (self.state, {w for state, word in STATES.items() for w in (state, *_words(word))}),
        ):
            if value and value not in known:
                raise UserError(BAD_FILTER(value=value, known=sorted(known)))


def _words(word: str) -> set[str]:
    return {translator(language)(word) for language in LANGUAGES}


def _owners(record: FindingRecord) -> set[str]:
    """Return everything that whoever is responsible may be called, as names are compared."""
    key, owner = record.rectification.owner_key, str(record.data.get("owner") or "")
    return {
        *map(name_key, (owner, key, key.partition(":")[2])),
        *(name_key(_NUMBERED.sub("", one)) for one in _SEVERAL.split(owner)),
    }


def findings(workspace: Workspace, wanted: Filter) -> tuple[Kit, list[FindingRecord]]:
    """Return the kit and the findings meant, in the order of the roster."""
    kit = workspace.load().usable()[0]
    with workspace.reading() as ledger:
        everybody = list(standings(ledger, kit))
        found = list(every_finding(ledger, kit, everybody))
    wanted.check(kit, everybody)
    return kit, [record for record in found if wanted.keep(record, kit)]


@dataclass(frozen=True, slots=True)
class Version:
    """One change of a finding in the register: by whom, when and why, the state after it and the fields that changed.

    The first one changed what was reported. ``at`` is the moment in UTC.
    """

    number: int
    by: str
    at: str
    reason: str
    state: State
    changes: tuple[Changed, ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        changes = [{"field": one.field.key, "before": one.before, "after": one.after} for one in self.changes]
        told = {"by": self.by, "at": self.at, "reason": self.reason, "state": self.state}
        return {"version": self.number, **told, "changes": changes}


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding in full: the kit, the signals of data checks that it is of, and its versions, the oldest first."""

    kit: Kit
    record: FindingRecord
    signals: list[Attached]
    versions: list[Version]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        signals, versions = [one.as_data() for one in self.signals], [one.as_data() for one in self.versions]
        return {**self.record.as_data(), "signals": signals, "history": versions}


def finding(workspace: Workspace, name: str) -> Seen:
    """Return one finding in full."""
    loaded = workspace.load()
    kit = loaded.usable()[0]
    with workspace.reading() as ledger:
        counted, aside = joined(every_finding(ledger, kit))
        for record in (*counted, *aside):
            if retyped(name) in (retyped(record.id), retyped(record.short_id)):
                versions = history(ledger, FINDING, record.short_id)
                ids = [record.short_id, *(one.short_id for one in record.merged)]
                signals = attached_to(workspace, ledger, loaded, ids)
                return Seen(kit, record, signals, list(_versions(record, versions, kit)))
    raise UserError(NO_FINDING(id=name))


def _versions(record: FindingRecord, versions: Iterable[Record], kit: Kit) -> Iterator[Version]:
    """Yield what each version changed: the first what was reported, each other the one before."""
    before: FindingRecord | None = None
    for one in versions:
        handled = Rectification.model_validate(one.data)
        at_first = before or handled_as(replace(record, reported=handled.reported), NOTHING, kit)
        after = handled_as(replace(record, reported=handled.reported), handled, kit)
        changes = tuple(differences(Values(kit.plan, today()), at_first, after))
        yield Version(one.version, one.by, one.at, one.reason, after.state, changes)
        before = after
