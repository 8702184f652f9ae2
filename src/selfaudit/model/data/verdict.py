"""What a person says of a signal, what holds of that today, and what the body has excepted beforehand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.base.text import loose
from selfaudit.model.base import Day, Model, Text
from selfaudit.model.data.check import CheckId, DataCheck
from selfaudit.model.data.outcome import Signal
from selfaudit.model.form.response import Free

VERDICT = "verdict"
"""The kind of the records that say what a person decided on a signal; their ids are those of ``id_of``."""

Said = Literal["confirmed", "explained"]
Code = Literal["data", "permitted", "measured", "same", "other"]
CODES: dict[Code, str] = {
    "data": N_("the data are wrong"),
    "permitted": N_("a permitted exception"),
    "measured": N_("measured or counted otherwise"),
    "same": N_("the same person or place"),
    "other": N_("another reason"),
}
"""Why a signal is none."""
State = Literal["open", "reopened", "expired", "confirmed", "explained", "excepted"]
STATES: dict[State, str] = {
    "open": N_("to be decided"),
    "reopened": N_("to be decided again: the facts have changed"),
    "expired": N_("to be decided again: the term is over"),
    "confirmed": N_("confirmed"),
    "explained": N_("explained"),
    "excepted": N_("excepted"),
}
"""The words for what holds of a signal, those first on which somebody has to decide."""
UNDECIDED: tuple[State, ...] = ("open", "reopened", "expired")

SignalId = tuple[CheckId, str]
"""A signal for good: its check, and its business key."""


class Verdict(Model):
    """What was decided on a signal, by whom and on which day; ``said`` is empty once it was taken back.

    ``digest``, ``facts`` and ``severity`` are those of the signal then. ``until`` is the last day on which an
    explanation holds. ``seconded`` is who agreed that a severe signal is none. ``finding`` is the short id of the
    finding that a confirmed signal became, and stays when the verdict changes.
    """

    check: CheckId
    key: str
    said: Said | Literal[""] = ""
    code: Code | None = None
    reason: Free = ""
    by: str
    on: Day
    until: Day | None = None
    seconded: str = ""
    digest: str
    facts: dict[str, str] = {}
    severity: str = ""
    finding: str = ""


class SiteException(Model):
    """Signals of a check that are none here: the one with this ``key``, or all that show these values.

    ``where`` is by name or title of the columns that are shown. ``until`` is the last day on which it holds;
    ``seconded`` is who agreed, without whom no severe signal is excepted.
    """

    check: CheckId
    key: str = ""
    where: dict[str, str] = {}
    reason: Text
    by: Text
    seconded: str = ""
    until: Day | None = None

    def covers(self, signal: Signal, check: DataCheck | None) -> bool:
        """Return whether a signal is one of those meant."""
        if signal.check != self.check or (self.key and loose(self.key) != loose(signal.key)):
            return False
        titles: Mapping[str, str] = check.shown if check else {}
        facts = signal.facts
        return all(loose(facts.get(titles.get(name, name), "")) == loose(value) for name, value in self.where.items())


class Exceptions(Model):
    """``exceptions.yaml`` of a campaign."""

    format: Literal["selfaudit/exceptions/1"]
    exceptions: tuple[SiteException, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A signal with what holds of it: its ``state``, the last verdict in its version, or the exception that covers it.

    ``over`` is an exception that would cover it if its term were not over.
    """

    signal: Signal
    state: State = "open"
    verdict: Verdict | None = None
    version: int = 0
    exception: SiteException | None = None
    over: SiteException | None = None

    @property
    def open(self) -> bool:
        """Whether somebody has to decide."""
        return self.state in UNDECIDED


@dataclass(frozen=True, slots=True)
class Kept:
    """A verdict in its version."""

    verdict: Verdict
    version: int


@dataclass(frozen=True, slots=True)
class Deciding:
    """All that signals are judged by: verdicts by signal, exceptions, the checks, the heaviest severity, the day."""

    verdicts: Mapping[SignalId, Kept]
    exceptions: Sequence[SiteException]
    checks: Mapping[CheckId, DataCheck]
    heaviest: str
    today: date

    def standing(self, signal: Signal) -> Standing:
        """Return what holds of a signal; what was decided on it goes before an exception of many."""
        kept = self.verdicts.get((signal.check, signal.key))
        verdict, version = (kept.verdict, kept.version) if kept else (None, 0)
        state = self._state(signal, verdict)
        covering = [one for one in self.exceptions if one.covers(signal, self.checks.get(signal.check))]
        holding = [one for one in covering if self._holds(one, signal)]
        # what somebody looked at is to be looked at again when its facts change, whatever is excepted
        if state in UNDECIDED and state != "reopened" and holding:
            return Standing(signal, "excepted", verdict, version, holding[0])
        over = next((one for one in covering if one.until and one.until < self.today), None)
        return Standing(signal, state, verdict, version, over=over if state in UNDECIDED else None)

    def _state(self, signal: Signal, verdict: Verdict | None) -> State:
        if verdict is None or not verdict.said:
            return "open"
        if verdict.digest != signal.digest:
            return "reopened"
        if verdict.until and verdict.until < self.today:
            return "expired"
        return verdict.said

    def _holds(self, exception: SiteException, signal: Signal) -> bool:
        due = exception.until is None or exception.until >= self.today
        return due and (signal.severity != self.heaviest or bool(exception.seconded.strip()))


def id_of(check: str, key: str) -> str:
    """Return the id of the record of a verdict."""
    return f"{check} {key}"


def told_of(counts: Mapping[State, int], say: Callable[[str], str]) -> str:
    """Return in words how many signals there are of each state."""
    return say(N_("; ")).join(f"{say(STATES[state])} {n}" for state, n in counts.items())


def counted(standings: Iterable[Standing]) -> dict[State, int]:
    """Return how many signals there are of each state, in the order of ``STATES``, without those of which none are."""
    states = [one.state for one in standings]
    return {state: n for state in STATES if (n := states.count(state))}
