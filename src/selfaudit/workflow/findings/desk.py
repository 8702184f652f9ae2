"""Where findings are changed: what a command found, what it changes, and everything that is wrong with that.

All changes of a command are made together or not at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, UserError, error
from selfaudit.base.text import retyped, shortened
from selfaudit.model.finding import FindingField
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.fields import value_in
from selfaudit.model.rectification.lapsing import lapses, less_severe, unverified
from selfaudit.model.rectification.people import People
from selfaudit.model.rectification.rectification import FINDING, STATES, Rectification
from selfaudit.model.rectification.register import handled_as, joined, seen
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.decisions import Decision, decide, decision, undo
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.people import people_of
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.findings.values import Values

NO_FINDING = error("findings.none", N_("there is no finding “{id}”"), N_("See selfaudit findings list."))
UNNUMBERED = error(
    "findings.unnumbered",
    N_("{id} has no number yet"),
    N_("Run selfaudit collect, which numbers findings; then repeat this."),
)
SETTLED = error(
    "findings.settled",
    N_("{id} is {state}, so that nothing in it can be changed"),
    N_("Take it up again first: selfaudit findings reopen {id} --reason TEXT"),
)
REPORTED = error(
    "findings.reported",
    N_("{id}: the fact is what {name} reported"),
    N_("Have the form corrected and collect it again; what else there is to say belongs into the other fields."),
)
VERIFIED_FIRST = error(
    "findings.verified-first",
    N_("{id}: verified, but it is not known who corrected it and when"),
    N_("Enter that first: selfaudit findings correct {id} --who NAME --on DATE"),
)
VERIFIED_BEFORE = error(
    "findings.verified-before",
    N_("{id}: verified on {verified}, before it was corrected on {corrected}"),
    N_("Correct one of the days: selfaudit findings set {id} verified_on=DATE"),
)
NOT_INDEPENDENT = error(
    "findings.not-independent",
    N_("{id}: {name} owns or corrected it, and so cannot verify it"),
    N_("Have somebody else look at it: selfaudit findings verify {id} --who NAME"),
)
NOT_ONE = error(
    "findings.verifier-unclear",
    N_("{id}: “{name}” is not one person who can have verified it"),
    N_("Name one person: by number or name as on the roster, or by full name if from outside."),
)

NO_REASON = error(
    "findings.severity-reason",
    N_("{id}: it is not said why the severity changes from “{before}” to “{after}”"),
    N_("Repeat the command with --reason TEXT; the final report lists the change with it."),
)
SEVERITY = "severity"
"""The kind of decision that a finding is more or less severe than was said."""

_MOST_IDS, _QUOTED = 8, 60


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that changes: its value before and after, as people read them."""

    field: FindingField
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A finding that was changed, as it is now, and the fields that changed.

    ``lapsed`` is who had verified what was changed now; empty if nobody had.
    """

    record: FindingRecord
    changes: tuple[Changed, ...]
    lapsed: str = ""


@dataclass
class Desk:
    """A command at work on the register; ``found`` has every finding by short id, ``reason`` is why fields change.

    ``everybody`` is the roster with those who left.
    """

    ledger: Ledger
    kit: Kit
    values: Values
    people: People
    found: dict[str, FindingRecord]
    everybody: Roster
    reason: str = ""
    problems: list[Problem] = field(default_factory=list)
    changed: dict[str, Edited] = field(default_factory=dict)

    def find(self, names: Iterable[str]) -> list[FindingRecord]:
        """Return the findings of some ids, each once; those that there are not, and have no number, are problems."""
        by_id = {
            **{retyped(one.id): one for one in self.found.values()},
            **{retyped(k): v for k, v in self.found.items()},
        }
        several: dict[str, FindingRecord] = {}
        for name in names:
            record = by_id.get(retyped(name))
            if record is None:
                self.problems.append(NO_FINDING(id=name))
            elif not record.number:
                self.problems.append(UNNUMBERED(id=name))
            else:
                several[record.short_id] = record
        return list(several.values())

    def settled(self, record: FindingRecord) -> bool:
        """Return whether nothing of a finding can be changed, which is a problem then."""
        if record.rectification.settled:
            self.problems.append(SETTLED(id=record.short_id, state=Term(STATES[record.state])))
        return record.rectification.settled

    def say(self, record: FindingRecord, changes: Mapping[str, Any]) -> None:
        """Put values into the fields of a finding, if it can be changed and nothing is wrong with it then."""
        if self.settled(record):
            return
        if "fact" in changes and record.reported is not None and changes["fact"] != record.data.get("fact"):
            self.problems.append(REPORTED(id=record.short_id, name=record.respondent.name))
            return
        handled = seen(record).saying({**changes, **self.keys(changes)})
        after = handled_as(record, handled, self.kit)
        lapsed = record.rectification.verified_by if self._lapses(record, after, changes) else ""
        if lapsed:
            handled = unverified(handled)
        faulty = self.faulty(record, handled)
        if self._regraded(after) and not self.reason:
            before, now = (self._severity(one.severity) for one in (record, after))
            self.problems.append(NO_REASON(id=record.short_id, before=before, after=now))
        elif not faulty:
            self.put(record, handled, lapsed)

    def _lapses(self, record: FindingRecord, after: FindingRecord, changes: Mapping[str, Any]) -> bool:
        """Return whether what was verified is changed, and not verified anew with the same command."""
        if not record.rectification.verified or "verified_on" in changes:
            return False
        lower = less_severe(record.severity, after.severity, self.kit.plan)
        return lower or lapses((record.data, record.rectification), (after.data, after.rectification))

    def faulty(self, record: FindingRecord, handled: Rectification) -> bool:
        """Return whether something is wrong with a finding if it is handled so, which is a problem then."""
        counted = replace(record, merged=self.merged.get(record.short_id, ()))
        wrong = list(faults(handled_as(counted, handled, self.kit), self.people))
        self.problems += wrong
        return bool(wrong)

    @cached_property
    def merged(self) -> dict[str, tuple[FindingRecord, ...]]:
        """What was merged into findings, by short id, when the command began."""
        return {one.short_id: one.merged for one in joined(self.found.values())[0]}

    def _regraded(self, after: FindingRecord) -> bool:
        """Return whether a severity changes that somebody gave, or becomes lower than the item says."""
        before = self.found.get(after.short_id)
        if before is None or before.severity == after.severity:
            return False
        return not before.by_default or less_severe(before.severity, after.severity, self.kit.plan)

    def _severity(self, severity: str) -> str:
        return self.values.severities.get(severity, severity)

    def _grade(self, after: FindingRecord, by: str, reason: str) -> None:
        """Enter the decision that a finding is more or less severe than was said at first, or take it back."""
        made = decision(self.ledger, SEVERITY, after.short_id)
        now = self._severity(after.severity)
        first = made.data["before"] if made else self._severity(self.found[after.short_id].severity)
        if now != first:
            decide(self.ledger, Decision(SEVERITY, after.short_id, by, reason, {"before": first, "after": now}))
        elif made:
            undo(self.ledger, made, by=by, reason=reason)

    def keys(self, changes: Mapping[str, Any]) -> dict[str, str]:
        """Return the keys of those on the roster who are named."""
        named = {"owner": "owner_key", "corrected_by": "corrected_key", "verified_by": "verified_key"}
        return {key: self.people.key(changes[name]) for name, key in named.items() if name in changes}

    def put(self, record: FindingRecord, handled: Rectification, lapsed: str = "") -> None:
        """Handle a finding so; ``lapsed`` is whose verification that ends."""
        after = replace(handled_as(record, handled, self.kit), version=record.version + 1)
        self.changed[record.short_id] = Edited(after, tuple(differences(self.values, record, after)), lapsed)

    def finish(self, what: str, by: str, reason: str = "", **detail: str) -> list[Edited]:
        """Make all changes, or stop the command with everything that is wrong; return those that changed anything."""
        if self.problems:
            raise UserError(self.problems)
        edits = [
            Edit(FINDING, id_, made.record.version - 1, made.record.rectification.plain(), reason)
            for id_, made in self.changed.items()
        ]
        ids = list(self.changed)
        told = ", ".join(ids[:_MOST_IDS]) + (" …" if len(ids) > _MOST_IDS else "")
        whom = list(dict.fromkeys(made.record.respondent.key for made in self.changed.values()))
        edit(self.ledger, what, edits, by=by, findings=told, count=len(ids), reason=reason, about=whom, **detail)
        for made in self.changed.values():
            if self._regraded(made.record):
                self._grade(made.record, by, reason)
        return list(self.changed.values())


def differences(values: Values, before: FindingRecord, after: FindingRecord) -> Iterator[Changed]:
    """Yield the fields in which one handling of a finding is not another."""
    for one in values.fields:
        old, new = (values.shown(one, value_in(one, rec.data, rec.rectification)) for rec in (before, after))
        if old != new:
            yield Changed(one, old, new)


def faults(record: FindingRecord, people: People) -> Iterator[Problem]:
    """Yield what cannot be right in the handling of a finding."""
    handled = record.rectification
    if not handled.verified:
        return
    if not handled.corrected:
        yield VERIFIED_FIRST(id=record.short_id)
    elif handled.verified_on and handled.corrected_on and handled.verified_on < handled.corrected_on:
        yield VERIFIED_BEFORE(id=record.short_id, verified=handled.verified_on, corrected=handled.corrected_on)
    if not people.is_one((handled.verified_by, handled.verified_key)):
        yield NOT_ONE(id=record.short_id, name=shortened(handled.verified_by, _QUOTED))
    elif not record.independent(people):
        yield NOT_INDEPENDENT(id=record.short_id, name=handled.verified_by)


@contextmanager
def at_desk(workspace: Workspace, listener: Listener, by: str, reason: str = "") -> Iterator[Desk]:
    """Open the register for one command that changes it; the reason is that for what it writes into fields."""
    with workspace.writing(listener.waiting, by) as ledger, ledger.together():
        yield desk_of(workspace, ledger, reason)


def desk_of(workspace: Workspace, ledger: Ledger, reason: str = "") -> Desk:
    """Return the desk of a command, with every finding on it."""
    loaded = workspace.load()
    kit, roster = loaded.usable()
    found = {record.short_id: record for record in every_finding(ledger, kit)}
    return Desk(
        ledger,
        kit,
        Values(kit.plan, today()),
        people_of(ledger, roster),
        found,
        loaded.everybody or roster,
        reason.strip(),
    )
