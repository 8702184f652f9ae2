"""What the documents rest on: everything that respondents said, gathered in one pass over their standings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.building import respondents
from selfaudit.model.form.form import Labels, Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.outline import Titled
from selfaudit.model.kit.plan import Language
from selfaudit.model.profile import Profile
from selfaudit.model.progress.contradictions import SETTLE, Contradiction, Contradictions, unsettled
from selfaudit.model.progress.milestones import MILESTONE
from selfaudit.model.progress.paper import PaperState
from selfaudit.model.progress.reminder import Reminder
from selfaudit.model.progress.rewording import Rewording
from selfaudit.model.progress.standing import (
    FindingRecord,
    ItemTally,
    OnBehalf,
    Standing,
    State,
    Tally,
    Waiver,
    findings_of,
)
from selfaudit.model.roster import Roster
from selfaudit.reports.mask import mask
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

    @cached_property
    def wording(self) -> Wording:
        """The words of the campaign's language, unless they are for somebody at the console."""
        return Wording(self.language or self.kit.plan.language)

    @cached_property
    def text(self) -> Callable[[str], str]:
        """What every free text passes through on its way into a document."""
        return mask if self.masked else str

    @cached_property
    def areas(self) -> dict[str, str]:
        """The title of every area, last of them that of items the checklists do not know."""
        return self._titles(self.kit.plan.areas)

    @cached_property
    def severities(self) -> dict[str, str]:
        """The title of every severity, most severe first, last that of those the plan does not know."""
        return self._titles(self.kit.plan.severities)

    @property
    def graded(self) -> bool:
        """Whether there is more than one severity."""
        return len(self.kit.plan.severities) > 1

    @cached_property
    def dispositions(self) -> dict[str, str]:
        """The title of every class of handling, last that of those the plan does not know."""
        return self._titles(self.kit.plan.dispositions)

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
        return finding.missing(self._finding_needs)

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


@dataclass(frozen=True, slots=True)
class Remark:
    """A text that a respondent wrote; the rest only beside an answer, ``ask`` if its question is not asked any more."""

    voice: Voice
    text: str
    place: str = ""
    answer: Answer = Answer.UNCHECKED
    ask: str = ""


def voice_of(standing: Standing, setting: Setting) -> Voice:
    """Return who a standing is, without the answers."""
    content = standing.content
    return Voice(
        respondent=standing.respondent,
        name=setting.called(standing.respondent),
        passport=standing.passport if content is None else content["passport"],
        due=standing.due,
        active=standing.active,
        state=standing.state,
        received=setting.day_of(standing.received_at) if content is not None else None,
        first=setting.day_of(standing.completed_at or standing.first_at or standing.received_at)
        if content is not None
        else None,
        completed_at=standing.completed_at if content is not None else "",
        outdated=standing.outdated,
        conflict=standing.conflict,
        coverage=(content or {}).get("coverage", {}),
        paper=standing.paper,
        waiver=standing.waiver,
        on_behalf=bool(standing.on_behalf),
        moved_from=standing.first_due if standing.first_due != standing.due else None,
    )


class Evidence:
    """What respondents say together. Their answers are counted as they come by and not kept."""

    def __init__(self, setting: Setting, standings: Iterable[Standing]) -> None:
        """Take every standing once."""
        self.setting = setting
        self.voices: dict[str, Voice] = {}
        self.findings: list[FindingRecord] = []
        self.suggestions: dict[str, list[Remark]] = {box.id: [] for box in setting.kit.plan.suggestions}
        self.clues: list[Remark] = []
        self.dropped: list[Remark] = []
        self.notes: dict[tuple[str, str], list[Remark]] = {}
        self._tally = Tally(setting.kit)
        self._held = Contradictions(setting.kit, setting.roster)
        for standing in standings:
            self._add(standing)
        self.findings.sort(key=self._rank())

    @property
    def tallies(self) -> dict[str, ItemTally]:
        """Who said what about every item, in the order of the report."""
        return self._tally.items

    @cached_property
    def asked(self) -> list[Voice]:
        """Everybody who is asked today, as ``status`` counts them."""
        return [voice for voice in self.voices.values() if voice.active]

    @property
    def numbers(self) -> list[tuple[Respondent, Mapping[str, int]]]:
        """The numbers that everybody who is asked today gives."""
        return [(voice.respondent, voice.coverage) for voice in self.asked]

    @cached_property
    def inactive(self) -> list[Voice]:
        """Those who answered and are asked no more; what they said counts, they do not."""
        return [voice for voice in self.voices.values() if voice.answered and not voice.active]

    @cached_property
    def findings_of(self) -> dict[str, list[FindingRecord]]:
        """The findings of every respondent, by key; a respondent without any is not in it."""
        found: dict[str, list[FindingRecord]] = {}
        for finding in self.findings:
            found.setdefault(finding.respondent.key, []).append(finding)
        return found

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """What cannot both be right and nobody has settled."""
        return unsettled(self._held.found(), self._settled)

    @cached_property
    def decisions(self) -> list[Decision]:
        """What persons decided about answers, without what they settled for statements that nobody makes any more.

        That a milestone is done stands in the plan.
        """
        still = {one.key: one.digest for one in self._held.found()}
        return [
            made
            for made in self.setting.decisions
            if made.kind != MILESTONE and (made.kind != SETTLE or still.get(made.about) == made.data["digest"])
        ]

    @property
    def _settled(self) -> dict[str, str]:
        return {made.about: made.data["digest"] for made in self.setting.decisions if made.kind == SETTLE}

    def voice(self, respondent: Respondent) -> Voice:
        """Return how to quote a respondent."""
        return self.voices[respondent.key]

    def name_of(self, key: str) -> str:
        """Return what the respondent with this key is called in lists of names; any other text as it is."""
        return self.voices[key].name if key in self.voices else key

    def _add(self, standing: Standing) -> None:
        voice = voice_of(standing, self.setting)
        self.voices[standing.respondent.key] = voice
        self._tally.add(standing)
        self._held.add(standing)
        if standing.content is None:
            return
        self.findings += findings_of(standing, self.setting.kit)
        for item, part, answer, note in standing.answers():
            if note:
                self.notes.setdefault((item, part), []).append(Remark(voice, note, f"{item} {part}".strip(), answer))
        for box, text in standing.content.get("suggestions", {}).items():
            self.suggestions.setdefault(box, []).append(Remark(voice, text))
        if clues := standing.content.get("clues"):
            self.clues.append(Remark(voice, clues))
        self.dropped += [Remark(voice, one.note, one.place, one.answer, one.ask) for one in standing.former]
        self.dropped += _dropped(standing, voice, self.setting.kit)

    def _rank(self) -> Callable[[FindingRecord], tuple[int, str]]:
        order = {item: n for n, item in enumerate(self.setting.kit.items)}
        return lambda finding: (order.get(finding.item, len(order)), finding.place)


def _dropped(standing: Standing, voice: Voice, kit: Kit) -> Iterable[Remark]:
    """Yield the answers to items that the checklists no longer have."""
    for item, part, answer, note in standing.answers():
        if item not in kit.items:
            yield Remark(voice, note, f"{item} {part}".strip(), answer)
