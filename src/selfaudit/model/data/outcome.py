"""What came of a check: how many rows it judged, what it signalled, what it could not judge, or why it did not run."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.model.base import Model
from selfaudit.model.data.check import CheckId, DataCheck

MOST_KEPT = 10_000
"""Signals of one check that are kept to be worked with; a file lists all."""
FEW = 10
"""Signals of one check that are never too many: a person looks at so few anyway."""
CHECK = "check"
"""The kind of the records that contain the outcome of the last run of each check, by its id."""

Reason = Literal[
    "register-missing",
    "register-empty",
    "column-missing",
    "column-empty",
    "nothing-to-judge",
    "no-rule",
    "refused",
    "time",
    "memory",
    "error",
]
"""Why a check did not run: data that are not there, no rule in force, SQL that is not allowed, limits, a mistake."""


STATES = {"ran": N_("ran"), "in_part": N_("ran in part"), "not_run": N_("not run")}
"""What states are called."""
REASONS: dict[Reason, str] = {
    "register-missing": N_("register missing"),
    "register-empty": N_("register empty"),
    "column-missing": N_("columns missing"),
    "column-empty": N_("columns empty"),
    "nothing-to-judge": N_("no row to judge"),
    "no-rule": N_("no rule in force on these dates"),
    "refused": N_("its SQL is not allowed"),
    "time": N_("took too long"),
    "memory": N_("took too much memory"),
    "error": N_("its SQL failed"),
}
"""What reasons are called."""


class Signal(Model):
    """A row at which a check points: a question to a person, not a verdict.

    ``facts`` are the shown columns as texts in their order, ``derivation`` the lines that say how it was computed.
    ``digest`` is of the facts, parameters and rules: a verdict on a signal holds while it stays the same. ``number``
    is a keyed hash of the person's number, empty if there is none. ``unit`` and ``person`` are names as the registers
    have them.
    """

    check: CheckId
    key: str
    severity: str
    facts: dict[str, str]
    derivation: tuple[str, ...]
    digest: str
    unit: str = ""
    person: str = ""
    number: str = ""


class Outcome(Model):
    """What came of one check in one run: ``ran``, ``in_part`` where some rows could not be judged, or ``not_run``.

    Counts are of rows that the check judges: ``signals`` of ``judged``, and ``unknown`` that could not be judged;
    ``lacking`` says how many of these for want of what. ``missing`` names all columns that are, as ``register.column``.
    ``kept`` is how many signals were kept to be worked with, ``file`` the SHA-256 of the file that has them, empty for
    none, ``registers`` the version of each register that was asked. ``namesakes`` are names of people
    whom kept signals are about, and which several have in a register, by their numbers. ``as_of`` is the day as of
    which it judges, if that is not the day of the run.
    """

    check: CheckId
    state: Literal["ran", "in_part", "not_run"]
    judged: int = 0
    signals: int = 0
    unknown: int = 0
    kept: int = 0
    file: str = ""
    lacking: dict[str, int] = {}
    reason: Reason | None = None
    detail: str = ""
    missing: tuple[str, ...] = ()
    registers: dict[str, int] = {}
    namesakes: tuple[str, ...] = ()
    as_of: date | None = None


def is_implausible(check: DataCheck, outcome: Outcome) -> bool:
    """Return whether a check signals more than it is expected to: more likely, rule or data are wrong."""
    return outcome.signals >= FEW and outcome.signals * 100 > float(check.expected) * outcome.judged


def is_stale(check: DataCheck, outcome: Outcome, versions: Mapping[str, int]) -> bool:
    """Return whether registers that a check asks are not in the version that it asked."""
    asked = {*check.needs, *check.uses}
    return outcome.registers != {name: version for name, version in versions.items() if name in asked}


def told(outcome: Outcome, say: Callable[[str], str], missing: Sequence[str] = (), most: int = 0) -> str:
    """Return an outcome in words; ``missing`` are the titles of what it lacks, of which ``most`` are named."""
    text = _came(outcome, say, missing, most)
    return say(N_("{text}; as of {day}")).format(text=text, day=outcome.as_of) if outcome.as_of else text


def _came(outcome: Outcome, say: Callable[[str], str], missing: Sequence[str], most: int) -> str:
    if outcome.state == "not_run":
        return say(N_("not run: {reason}")).format(reason=why(outcome, say, missing, most))
    text = say(N_("{signals} signals of {judged}")).format(signals=outcome.signals, judged=outcome.judged)
    if outcome.state == "ran":
        return text
    text = say(N_("{one}; {two}")).format(one=text, two=why(outcome, say, missing, most))
    return say(N_("ran in part: {text}")).format(text=text)


def why(outcome: Outcome, say: Callable[[str], str], missing: Sequence[str] = (), most: int = 0) -> str:
    """Return why a check did not run, or in part only, as ``told`` does; empty if it ran."""
    parts = []
    if outcome.state == "not_run":
        reason = say(REASONS[outcome.reason or "error"])
        parts.append(_aside(reason, _some(missing, say, most) or outcome.detail, say))
    if outcome.unknown:
        lacking = [what if n == outcome.unknown else f"{what} {n}" for what, n in outcome.lacking.items()]
        unknown = say(N_("{n} not judged")).format(n=outcome.unknown)
        named = _some(lacking, say, most)
        parts.append(_aside(unknown, named and say(N_("for want of {names}")).format(names=named), say))
    return say(N_("; ")).join(parts)


def _some(names: Sequence[str], say: Callable[[str], str], most: int) -> str:
    listed = say(N_(", ")).join(names[: most or None])
    return say(N_("{names} and others")).format(names=listed) if most and len(names) > most else listed


def _aside(text: str, aside: str, say: Callable[[str], str]) -> str:
    return say(N_("{text} ({aside})")).format(text=text, aside=aside) if aside else text
