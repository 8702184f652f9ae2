"""All dispositions and notices of a campaign together: what of one follows from the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from selfaudit.base.text import loose
from selfaudit.model.disposition.disposition import Disposition, State
from selfaudit.model.disposition.notice import Notice
from selfaudit.model.kit.dispositions import Action, DispositionClass
from selfaudit.model.kit.plan import Plan


@dataclass(frozen=True, slots=True)
class Ending:
    """When something came to its end, and by which disposition or in what way."""

    on: date
    how: str


@dataclass(frozen=True)
class Book:
    """The dispositions by id and the notices by number, in the terms of a plan.

    ``withdrawn`` are the findings that were withdrawn, ``merged`` says into which other each merged one went.
    """

    plan: Plan
    dispositions: Mapping[str, Disposition]
    notices: Mapping[str, Notice]
    withdrawn: frozenset[str] = frozenset()
    merged: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def classes(self) -> dict[str, DispositionClass]:
        """The classes of handling by id."""
        return {kind.id: kind for kind in self.plan.dispositions}

    def class_title(self, kind: str) -> str:
        """Return what a class of handling is called."""
        return self.classes[kind].title if kind in self.classes else kind

    def action(self, one: Disposition) -> Action:
        """Return what is done, as the kit knows it; a free text is an action of that title."""
        known = self.classes.get(one.kind)
        return known.action(one.action) if known else Action(title=one.action or "—")

    def actions(self, one: Disposition) -> tuple[Action, ...]:
        """Return the usual actions of the class of a disposition."""
        return self.classes[one.kind].actions if one.kind in self.classes else ()

    def reason(self, one: Disposition) -> str:
        """Return the reason in words: that of its code, and what was written."""
        coded = {reason.id: reason.title for reason in self.action(one).reasons}.get(one.reason_code, one.reason_code)
        return ("：" if self.plan.language == "zh_CN" else ": ").join(filter(None, (coded, one.reason)))

    def state(self, key: str) -> State:
        """Return how far a disposition is."""
        one = self.dispositions[key]
        if one.withdrawn_on:
            return "withdrawn"
        if not one.approved_on:
            return "proposed"
        if self.ending(key):
            return "ended"
        return "carried_out" if one.carried_out_on else "approved"

    def stands(self, key: str) -> bool:
        """Return whether it was neither withdrawn nor has it come to its end."""
        return self.state(key) not in ("ended", "withdrawn")

    def tellable(self, key: str) -> bool:
        """Return whether there is something to tell: it was approved and not withdrawn."""
        return self.state(key) not in ("proposed", "withdrawn")

    def ending(self, key: str) -> Ending | None:
        """Return how a disposition ended: as somebody entered, by one that follows it up, or as a task that is done."""
        one = self.dispositions[key]
        action = self.action(one)
        if one.ended_on:
            return Ending(one.ended_on, one.ended_how)
        if action.task and one.carried_out_on:
            return Ending(one.carried_out_on, one.ended_how)
        ends = action.follow_up.ends if action.follow_up else ()
        for other_key, other in self._about(one):
            later = other.effective and (one.effective is None or other.effective >= one.effective)
            if other_key != key and other.action in ends and other.approved_on and other.effective and later:
                return Ending(other.effective, other_key)
        return None

    def due(self, one: Disposition) -> date | None:
        """Return by when it is to be followed up."""
        return one.follow_up or self.last_day(one)

    def last_day(self, one: Disposition) -> date | None:
        """Return the last day of the term that its action has, if it takes effect on a known day."""
        term = self.action(one).follow_up
        return term.last_day(one.effective) if term and one.effective else None

    def report_due(self, one: Disposition) -> date | None:
        """Return by when it must be reported to the platform, if it must and takes effect on a known day."""
        within = self.action(one).reported
        return one.effective + timedelta(within) if within and one.effective else None

    def rivals(self, key: str) -> Iterator[str]:
        """Yield the ids of those, entered later, that cannot stand beside a disposition about the same."""
        if not self.stands(key):
            return
        one = self.dispositions[key]
        action = self.action(one)
        for other_key, other in self._about(one):
            if other_key > key and self.stands(other_key):
                theirs = self.action(other)
                if (theirs.id and theirs.id in action.excludes) or (action.id and action.id in theirs.excludes):
                    yield other_key

    def findings_of(self, one: Disposition) -> tuple[str, ...]:
        """Return the findings that a disposition rests on: what was merged counts as the one that stays."""
        stay = dict.fromkeys(map(self.staying, one.findings))
        return tuple(finding for finding in stay if finding not in self.withdrawn)

    def staying(self, finding: str) -> str:
        """Return the finding into which a finding was merged, itself if it was not."""
        for _ in self.merged:
            if finding not in self.merged:
                break
            finding = self.merged[finding]
        return finding

    def decided_about(self, finding: str) -> dict[str, list[str]]:
        """Return the titles of the actions approved about a finding, by class, each once."""
        found: dict[str, list[str]] = {}
        for key in self.approved_about(finding):
            one = self.dispositions[key]
            actions, title = found.setdefault(one.kind, []), self.action(one).title
            actions += [] if title in actions else [title]
        return found

    def approved_about(self, finding: str, kind: str = "") -> list[str]:
        """Return the dispositions approved about a finding, all or those of a class; without an id those of none."""
        return [key for key in self._approved.get(finding, []) if kind in ("", self.dispositions[key].kind)]

    @cached_property
    def _approved(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, one in self.dispositions.items():
            if self.tellable(key):
                for finding in self.findings_of(one) or ("",):
                    found.setdefault(finding, []).append(key)
        return found

    def notice_of(self, key: str) -> str:
        """Return the number of the newest notice about a disposition that was not withdrawn; empty if there is none."""
        return next(reversed(self._notices_of.get(key, [])), "")

    @cached_property
    def _notices_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for number, notice in sorted(self.notices.items(), key=lambda pair: (pair[1].on, pair[1].n)):
            if not notice.withdrawn_on:
                for key in notice.dispositions:
                    found.setdefault(key, []).append(number)
        return found

    @cached_property
    def _by_target(self) -> dict[str, list[tuple[str, Disposition]]]:
        found: dict[str, list[tuple[str, Disposition]]] = {}
        for key, one in self.dispositions.items():
            if one.target and not one.withdrawn_on:
                found.setdefault(loose(one.target), []).append((key, one))
        return found

    def _about(self, one: Disposition) -> list[tuple[str, Disposition]]:
        """Return every disposition about the same that was not withdrawn."""
        return self._by_target.get(loose(one.target), [])
