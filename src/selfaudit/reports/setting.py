"""What all documents of a run share, and how they quote a respondent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from functools import cached_property

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.base.problems import Problem
from selfaudit.model.data.totals import CheckTotal
from selfaudit.model.disposition.book import Book
from selfaudit.model.evidence import EvidenceAt
from selfaudit.model.form.building import respondents
from selfaudit.model.form.form import Labels, Respondent
from selfaudit.model.held.against import CheckRun
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.outline import Titled
from selfaudit.model.kit.plan import Language
from selfaudit.model.profile import Profile
from selfaudit.model.progress.confirming import Confirmation
from selfaudit.model.progress.paper import PaperState
from selfaudit.model.progress.reminder import Reminder
from selfaudit.model.progress.rewording import Rewording
from selfaudit.model.progress.standing import FindingRecord, OnBehalf, State, Waiver
from selfaudit.model.rectification.register import Register
from selfaudit.model.roster import Roster
from selfaudit.reports.results import Results
from selfaudit.reports.samples import Listed
from selfaudit.reports.similar import Alike
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.decisions import Decision

REST = "-"
"""Stands for the area, severity or class of handling that the plan does not know; no id can be this."""


@dataclass(frozen=True)
class Setting:
    """What all documents of one run share.

    ``counted`` has the numbers that the campaign's own data give, by profile field; the gate compares them. ``zone`` is
    where a form that came back late at night still is in time; by default where the program runs. ``open`` is what else
    keeps the report from being final, as far as it does not show in the answers. ``reminders`` are by respondent,
    ``decisions`` in the order of time, ``rewordings`` in that of the questions. ``left_out`` are the people, by key,
    whom what is counted does not cover. ``language`` is that of who reads it, if it is not the campaign's.
    ``register`` is how findings are handled, ``book`` what was decided about certificates and the like; what somebody
    signs is made without them.
    ``corrected`` are the files that owners of findings name as evidence of what they corrected.
    ``roster`` has those who are there, ``everybody`` also those who have left by now. ``fixed`` is the day of which the
    final report speaks once somebody has prepared it, so that it stays the same. ``hidden`` are the texts, as they were
    written, of which documents have not shown everything so far. ``data`` is what is known of the body's own data,
    ``samples`` are the spot checks that a list is of, ``results`` what their reviews show, ``confirmed``
    what first readers of reviewed files say, ``read_by`` what each spot check calls them. ``alike`` is what was found
    in case files that were compared.
    """

    kit: Kit
    roster: Roster
    profile: Profile | None
    today: date
    masked: bool = True
    counted: Mapping[str, int] = field(default_factory=dict)
    zone: tzinfo | None = None
    open: tuple[Problem, ...] = ()
    reminders: Mapping[str, Sequence[Reminder]] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()
    rewordings: Sequence[Rewording] = ()
    language: Language | None = None
    left_out: frozenset[str] = frozenset()
    register: Register = field(default_factory=Register)
    corrected: Sequence[tuple[Respondent, EvidenceAt]] = ()
    book: Book | None = None
    everybody: Roster | None = None
    fixed: date | None = None
    hidden: set[str] = field(default_factory=set)
    data: CheckRun = field(default_factory=CheckRun)
    totals: Sequence[CheckTotal] = ()
    samples: Sequence[Listed] = ()
    results: Sequence[Results] = ()
    confirmed: Sequence[Confirmation] = ()
    read_by: Mapping[str, str] = field(default_factory=dict)
    alike: Alike | None = None

    @cached_property
    def wording(self) -> Wording:
        """The words of the campaign's language, unless they are for somebody at the console."""
        return Wording(self.language or self.kit.plan.language)

    @cached_property
    def text(self) -> Callable[[str], str]:
        """What every free text passes through on its way into a document."""
        return self._mask if self.masked else str

    def _mask(self, written: str) -> str:
        shown = mask(written)
        if shown != written:
            self.hidden.add(written)
        return shown

    @cached_property
    def areas(self) -> dict[str, str]:
        """The title of every area, last of them that of items the checklists do not know."""
        return self._titles(self.kit.plan.areas)

    @cached_property
    def severities(self) -> dict[str, str]:
        """The title of every severity, most severe first, last that of those the plan does not know."""
        return self._titles(self.kit.plan.severities)

    @property
    def as_of(self) -> date:
        """The day for which documents say what is overdue."""
        return self.fixed or self.today

    def fixed_on(self, day: date) -> "Setting":
        """Return it for documents that go on saying what is so on that day, whenever they are written."""
        return replace(self, fixed=day, roster=self.everybody.as_of(day) if self.everybody else self.roster)

    @property
    def graded(self) -> bool:
        """Whether there is more than one severity."""
        return len(self.kit.plan.severities) > 1

    @cached_property
    def dispositions(self) -> dict[str, str]:
        """The title of every class of handling, last that of those the plan does not know."""
        return self._titles(self.kit.plan.dispositions)

    def handling_of(self, finding: FindingRecord) -> Mapping[str, str]:
        """Return how a finding is handled, by class: as was approved about it, else as those say who reported it."""
        said: Mapping[str, str] = finding.data.get("disposition", {})
        decided = self.book.decided_about(finding.short_id) if self.book else {}
        return {**said, **{kind: self.wording.join(actions) for kind, actions in decided.items()}}

    @cached_property
    def roles(self) -> dict[str, str]:
        """The title of every role."""
        return {role.id: role.title for role in self.kit.plan.roles}

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What the profile says, by field."""
        return self.profile.facts if self.profile else {}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number fields of the profile that are filled in."""
        return self.profile.numbers(self.kit.plan) if self.profile else {}

    def _titles(self, entries: Iterable[Titled]) -> dict[str, str]:
        return {entry.id: entry.title for entry in entries} | {REST: self.wording.tr(N_("Other"))}

    def called(self, who: Respondent) -> str:
        """Return the name, with the number where somebody else on the roster is called the same."""
        return self._labels.of(who)

    def source(self, who: Respondent) -> str:
        """Return where a finding comes from: who reported it, or the file that was reviewed.

        A reviewer beside a finding would read as the one who is to blame for it.
        """
        return who.drawn[1] or self.called(who)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(respondents(self.kit, self.roster))

    def roles_text(self, roles: Iterable[str]) -> str:
        """Return the titles of roles as a list."""
        return self.wording.join(self.roles.get(role, role) for role in roles)

    def day_of(self, moment: str) -> date | None:
        """Return the local day of a moment of the ledger, None for none."""
        return datetime.fromisoformat(moment).astimezone(self.zone).date() if moment else None

    def received_text(self, voice: "Voice") -> str:
        """Return when a respondent's form came back, and if it was corrected since, when the last one came."""
        last = voice.received if voice.received != voice.first else None
        corrected = self.wording.tr(N_("last corrected {date}")).format(date=self.wording.date(last)) if last else ""
        return self.wording.aside(self.wording.date(voice.first), corrected)

    def state_text(self, voice: "Voice") -> str:
        """Return the state of a respondent and what is special about it."""
        marks = {
            N_("late"): voice.late,
            N_("questions reworded or added since"): voice.outdated,
            N_("conflicting responses"): voice.conflict,
            N_("no longer asked"): not voice.active,
            N_("partly entered on their behalf"): voice.on_behalf,
        }
        special = self.wording.join(self.wording.tr(mark) for mark, holds in marks.items() if holds)
        if voice.waiver and voice.state == "waived":
            special = self.wording.clauses(filter(None, (self.waiver_text(voice.waiver), special)))
        return self.wording.aside(self.wording.state(voice.state), special)

    def waiver_text(self, waiver: Waiver) -> str:
        """Return why somebody need not answer and who decided that."""
        text = self.wording.tr(N_("{reason}; decided by {by} on {day}"))
        return text.format(reason=self.text(waiver.reason), by=waiver.by, day=self.wording.date(self.day_of(waiver.at)))

    def on_behalf_text(self, entered: OnBehalf) -> str:
        """Return who entered an answer on somebody's behalf, and when it was told."""
        text = self.wording.tr(N_("entered by {by} as told on {day}"))
        return text.format(by=entered.by, day=self.wording.written_date(entered.told_on))

    def lacking(self, finding: FindingRecord) -> list[str]:
        """Return the fields that a finding still needs before its handling is complete."""
        lacking = finding.missing(self._finding_needs)
        return [name for name in lacking if name != "disposition" or not self.handling_of(finding)]

    @cached_property
    def _finding_needs(self) -> tuple[str, ...]:
        return self.kit.plan.finding_needs


@dataclass(frozen=True, slots=True)
class Voice:
    """What a document needs to know of one respondent to quote them: who, with which form, and when.

    ``name`` tells them from others of the same name; ``completed_at`` is when they were complete first, in UTC;
    ``moved_from`` is the last day first named, if it was moved.
    """

    respondent: Respondent
    name: str
    passport: str
    due: date
    active: bool
    state: State
    received: date | None
    first: date | None
    completed_at: str
    outdated: bool
    conflict: bool
    coverage: Mapping[str, int]
    paper: PaperState = "not_due"
    waiver: Waiver | None = None
    on_behalf: bool = False
    moved_from: date | None = None

    @property
    def answered(self) -> bool:
        """Whether anything came back."""
        return self.state in ("incomplete", "complete")

    @property
    def late(self) -> bool:
        """Whether the first complete response, or the first of all, came back after its due date."""
        return self.first is not None and self.first > self.due

    def source(self, wording: Wording) -> str:
        """Return who it is, with which form, and when it came back."""
        when = wording.tr(N_("received {date}") if self.received else N_("nothing received"))
        return wording.aside(self.name, wording.join([self.passport, when.format(date=wording.date(self.received))]))
