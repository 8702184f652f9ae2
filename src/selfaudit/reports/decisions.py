"""What persons decided, as documents say it: one sentence for each kind of decision that the ledger keeps.

A sentence may use ``{about}`` and every name in the decision's ``data``; the key of a respondent, in either of them,
is printed as the respondent's name, places as their number and the first of them. A kind without a sentence is printed
under its own name, so that none is left out.
"""

from collections.abc import Callable
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.model.names import PROFILE
from selfaudit.reports.verdicts import CONFIRMED, EXCEPTED, EXPLAINED
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.decisions import RESOLVE, Decision

SENTENCES = {
    "editorial": N_("{place}: reworded from “{old}” to “{new}”; the same is asked, so earlier answers count"),
    RESOLVE: N_(
        "{about}: of several responses that contradict each other, response {number}, filled in by {filled_by} on"
        " {filled_on}, was chosen; places answered otherwise in one that was not: {differ}; of them, as a problem:"
        " {problems}"
    ),
    "settle": N_("{whose}, {place}: some say that it conforms, others report a problem; settled"),
    "settle-data": N_("{whose}, {place}: what was said and the data ({check}) do not agree; settled"),
    "waive": N_("{about}: no answer required"),
    "withdraw": N_("{respondent}: response {number} withdrawn"),
    "answer-set": N_("{respondent}: {place} entered on their behalf, as told on {told_on}"),
    "dismiss": N_("{file}, page {page}: scanned page set aside"),
    "approve": N_("final report, step “{step}” taken on {on}"),
    "severity": N_("finding {about}: severity changed from “{before}” to “{after}”"),
    CONFIRMED: N_("data check {check} ({title}), {key}: the signal is confirmed"),
    EXPLAINED: N_("data check {check} ({title}): signals explained: {n}"),
    EXCEPTED: N_("data check {check} ({title}): signals excepted by exceptions.yaml: {n}"),
    "milestone": N_("{title}: milestone done on {on}"),
}
"""The sentence for each kind, in the order in which they are listed."""


def sentence(decision: Decision, wording: Wording, name_of: Callable[[str], str]) -> str:
    """Return what was decided; ``name_of`` turns the key of a respondent into a name and leaves other texts alone."""
    slots = {"about": decision.about, **decision.data}
    told = {key: _told(key, value, wording, name_of) for key, value in slots.items()}
    if decision.kind not in SENTENCES:
        return wording.pair(decision.kind, told["about"])
    return wording.tr(SENTENCES[decision.kind]).format_map(told)


def _told(slot: str, value: Any, wording: Wording, name_of: Callable[[str], str]) -> object:
    if slot in _PLACES:
        return wording.aside(str(len(value)), wording.some(value, _MOST_PLACES))
    if slot in _DAYS:
        return wording.written_date(value)
    if slot == "place" and value == PROFILE:
        return wording.tr(N_("profile of the body"))
    return name_of(value) if isinstance(value, str) else value


_DAYS = ("on", "told_on", "filled_on")
_PLACES = ("differ", "problems")
_MOST_PLACES = 12
