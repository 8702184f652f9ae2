"""Where signals are decided on: all that a command decides is written together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error
from selfaudit.base.text import as_argument, retyped
from selfaudit.forms.reading.values import read_place
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.keys import meant, nearest
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.verdict import VERDICT, Code, Said, Standing, Verdict, id_of
from selfaudit.model.held.subjects import Subjects
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.seconding import no_second
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.people import people_of
from selfaudit.workflow.common.state.register import counting, every_finding
from selfaudit.workflow.common.state.verdicts import Now, Verdicts, deciding, kept_verdicts, verdicts
from selfaudit.workflow.verdicts.finding import Maker, Planned

NO_CHECK = error(
    "verdicts.no-check", N_("there is no data check “{id}”"), N_("Nearest: {near}. All: selfaudit check list")
)
NEVER_RAN = error("verdicts.never-ran", N_("{check} has never run"), N_("Run it first: selfaudit check {check}"))
NO_SIGNAL = error(
    "verdicts.no-signal",
    N_("{check} signals nothing called “{key}”"),
    N_("See what it signals: selfaudit check explain {check}"),
)
NO_SUCH = error(
    "verdicts.no-such-signal",
    N_("{check} signals nothing called “{key}”"),
    N_("Nearest: {near}. All: selfaudit check {check} -o FILE.xlsx"),
)
NO_VERDICT = error(
    "verdicts.none", N_("{check} {key}: nothing was decided on it"), N_("There is nothing to take back.")
)
UNTIL_PAST = error("verdicts.until-past", N_("{day} is past already"), N_("Give the last day on which it holds."))
UNTIL_CONFIRMED = error(
    "verdicts.until-confirmed", N_("only an explanation can have a last day"), N_("Leave it out: what is so stays so.")
)
NOT_SECONDED = error(
    "verdicts.not-seconded",
    N_("{check} {key} is severe, so that a second person must agree that it is none"),
    N_("Name one with --seconded NAME, or in the column of a list."),
)
NO_FINDING = error(
    "verdicts.no-finding", N_("there is no finding “{id}”"), N_("See which there are: selfaudit findings list")
)
SET_ASIDE = error(
    "verdicts.finding-set-aside",
    N_("the finding {id} does not count: it was withdrawn, or what it was merged into"),
    N_("Take it up again first: selfaudit findings reopen {id} --reason TEXT"),
)
ELSEWHERE = error(
    "verdicts.finding-elsewhere",
    N_("{check} {key} is the finding {id} already, which is on the item {item} and about {about}"),
    N_(
        "Leave out --item and --about to keep it. To make it one elsewhere: selfaudit findings withdraw {id}"
        " --reason TEXT, then the same again."
    ),
)
_MOST = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody says of a signal; ``said`` is empty to take back what was said.

    ``item`` is that of the finding if the check names several, ``about`` the unit or person whom the finding is about
    if the signal names nobody on the roster, ``finding`` the short id of one that there is, instead of a new one.
    """

    said: Said | None
    reason: str
    code: Code = "other"
    until: date | None = None
    seconded: str = ""
    item: str = ""
    about: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a finding is about, and who is to correct it; ``likely`` is who might, if nobody was named yet."""

    about: str
    owner: str
    likely: str


@dataclass(slots=True)
class Decided:
    """What became of a signal: what held before, the verdict now, the finding that is new with it, and whose it is.

    ``outsider`` says that whoever agreed is not on the roster.
    """

    before: Standing | None
    verdict: Verdict
    planned: Planned | None = None
    outsider: bool = False
    whose: Whose | None = None

    @property
    def new_finding(self) -> bool:
        """Whether it is a finding that there was not before."""
        return self.planned is not None


@dataclass
class Desk:
    """A command at work on signals; ``by`` is who decides, ``data`` what the kit says about registers."""

    ledger: Ledger
    kit: Kit
    data: DataKit
    roster: Roster
    found: Verdicts
    by: str
    decided: list[Decided] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Place every signal on the roster."""
        self.people = people_of(self.ledger, self.roster)
        namesakes = (name for ran in self.found.outcomes.values() for name in ran.outcome.namesakes)
        self.subjects = Subjects(self.roster, (one.signal for one in self.found.standings), namesakes)
        self._by_key: dict[tuple[str, str], list[Standing]] = {}
        for one in self.found.standings:
            self._by_key.setdefault((one.signal.check, retyped(one.signal.key)), []).append(one)
        self._maker = Maker(self.ledger, self.kit, self.subjects, self.people)

    def find(self, check: str, key: str) -> Standing | Problem:
        """Return a signal by its check and key, in whatever case and width they are typed."""
        id_ = meant(check, self.found.checks)
        if id_ is None:
            return NO_CHECK(id=check, near=nearest(check, self.found.checks))
        if id_ not in self.found.outcomes:
            return NEVER_RAN(check=id_)
        there = {one.signal.key: one for one in self._by_key.get((id_, retyped(key)), ())}
        found = meant(key, there)
        return there[found] if found else NO_SIGNAL(check=id_, key=key)

    def found_or_told(self, check: str, key: str) -> Standing:
        """Return a signal, or stop with those that may have been meant."""
        found = self.find(check, key)
        if not isinstance(found, Problem):
            return found
        id_ = meant(check, self.found.checks)
        near = nearest(key, [one.signal.key for one in self.found.of(id_)]) if id_ else []
        raise UserError(NO_SUCH(check=id_, key=key, near=list(map(as_argument, near))) if near else found)

    def say(self, standing: Standing, wanted: Wanted) -> list[Problem]:
        """Decide on a signal; return what keeps that from being done."""
        problems = list(self._wrong(standing, wanted))
        signal, becomes = standing.signal, self._becomes(standing, wanted)
        if isinstance(becomes, Problem):
            problems.append(becomes)
        if problems or isinstance(becomes, Problem):
            return problems
        finding, planned = becomes
        explained = wanted.said == "explained"
        verdict = Verdict(
            check=signal.check,
            key=signal.key,
            said=wanted.said or "",
            code=wanted.code if explained else None,
            reason=wanted.reason,
            by=self.by,
            on=today(),
            until=wanted.until,
            seconded=wanted.seconded.strip() if explained else "",
            digest=signal.digest,
            facts=signal.facts,
            severity=signal.severity,
            finding=finding,
        )
        outsider = bool(verdict.seconded) and not self.people.key(verdict.seconded)
        self.decided.append(Decided(standing, verdict, planned, outsider))
        return []

    def _becomes(self, standing: Standing, wanted: Wanted) -> tuple[str, Planned | None] | Problem:
        """Return the short id of the finding of a signal, or the one that is to be made; why it can be none."""
        signal, old = standing.signal, standing.verdict.finding if standing.verdict else ""
        if wanted.said != "confirmed":
            return old, None
        if wanted.finding or old:
            id_ = wanted.finding.strip() or old
            if wanted.finding and id_ not in self._findings:
                return NO_FINDING(id=id_)
            elsewhere, counts = self._elsewhere(standing, wanted, id_), counting(self.ledger, id_)
            if counts:
                return elsewhere or (id_, None)
            if wanted.finding or not elsewhere:
                return SET_ASIDE(id=id_)
        made = self._maker.planned(signal, self.check(standing), wanted.item, wanted.about)
        return made if isinstance(made, Problem) else ("", made)

    def _elsewhere(self, standing: Standing, wanted: Wanted, id_: str) -> Problem | None:
        """Return that a finding is on another item, or about somebody else, than is wanted now."""
        there = self._findings.get(id_)
        if there is None or not (wanted.item or wanted.about):
            return None
        item = read_place(wanted.item, {one.id: [part.id for part in one.parts] for one in self.kit.items.values()})[0]
        whose = there.respondent
        same_item, same_about = (
            item in ("", there.item),
            wanted.about == "" or self._maker.key(wanted.about) == whose.key,
        )
        if same_item and same_about:
            return None
        signal = standing.signal
        return ELSEWHERE(check=signal.check, key=signal.key, id=id_, item=there.item, about=whose.name)

    @cached_property
    def _findings(self) -> dict[str, FindingRecord]:
        return {one.short_id: one for one in every_finding(self.ledger, self.kit)}

    def check(self, standing: Standing) -> DataCheck | None:
        """Return the check of a signal; the kit may not have it any more."""
        return self.found.checks.get(standing.signal.check)

    def take_back(self, check: str, key: str, reason: str) -> Problem | None:
        """Take back what was decided, also where nothing is signalled any more."""
        for kept in kept_verdicts(self.ledger).values():
            old = kept.verdict
            if retyped(old.check) == retyped(check) and retyped(old.key) == retyped(key) and old.said:
                before = next((one for one in self.found.of(old.check) if one.signal.key == old.key), None)
                back = {"said": "", "code": None, "until": None, "seconded": "", "by": self.by, "on": today()}
                self.decided.append(Decided(before, old.model_copy(update={**back, "reason": reason})))
                return None
        return NO_VERDICT(check=check, key=key)

    def _wrong(self, standing: Standing, wanted: Wanted) -> Iterator[Problem]:
        if wanted.until and wanted.said != "explained":
            yield UNTIL_CONFIRMED()
        elif wanted.until and wanted.until < today():
            yield UNTIL_PAST(day=wanted.until)
        if wanted.said != "explained":
            return
        if wanted.seconded.strip():
            yield from no_second(self.people, wanted.seconded, self.by)
        elif standing.signal.severity == self.kit.plan.severities[0].id:
            yield NOT_SECONDED(check=standing.signal.check, key=standing.signal.key)

    def _whose(self, short_id: str) -> Whose | None:
        """Return whose a finding is; the head of the unit that it is about may be asked to correct it."""
        record = next((one for one in every_finding(self.ledger, self.kit) if one.short_id == short_id), None)
        if record is None:
            return None
        unit = self.roster.unit_of.get(record.respondent.unit)
        head = self.roster.person_of.get(unit.head) if unit else None
        return Whose(record.respondent.name, str(record.data.get("owner") or ""), head.name if head else "")

    def finish(self, what: str, reason: str = "", **detail: str) -> list[Decided]:
        """Write what was decided, with the findings that are new with it."""
        new = [one for one in self.decided if one.planned]
        ids = self._maker.make([one.planned for one in new if one.planned], self.by, reason)
        for one, id_ in zip(new, ids, strict=True):
            one.verdict = one.verdict.model_copy(update={"finding": id_})
        seen = kept_verdicts(self.ledger)
        edits = []
        for verdict in (one.verdict for one in self.decided):
            kept = seen.get((verdict.check, verdict.key))
            data = verdict.model_dump(mode="json", exclude_defaults=True)
            version = kept.version if kept else 0
            edits.append(Edit(VERDICT, id_of(verdict.check, verdict.key), version, data, verdict.reason))
        told = ", ".join(one.id for one in edits[:_MOST]) + (" …" if len(edits) > _MOST else "")
        edit(self.ledger, what, edits, by=self.by, count=len(edits), signals=told, reason=reason, **detail)
        if len(self.decided) == 1 and self.decided[0].verdict.said == "confirmed":
            self.decided[0].whose = self._whose(self.decided[0].verdict.finding)
        return self.decided


def desk_of(workspace: Workspace, ledger: Ledger, by: str) -> Desk:
    """Return the desk of a command, with every signal of the last run."""
    loaded = workspace.load()
    kit, roster = loaded.usable()
    everybody = loaded.everybody or roster
    data = data_of(workspace, loaded)
    by_what = deciding(workspace, ledger, Now.of(loaded, today()), data.checks)
    return Desk(ledger, kit, data.kit, everybody, verdicts(workspace, ledger, by_what), by)


@contextmanager
def at_desk(workspace: Workspace, listener: Listener, by: str) -> Iterator[Desk]:
    """Open the signals for one command that decides on some."""
    with workspace.writing(listener.waiting, by) as ledger, ledger.together():
        yield desk_of(workspace, ledger, by)
