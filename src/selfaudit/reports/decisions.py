"""What persons decided, as documents say it: one sentence for each kind of decision that the ledger keeps.

A sentence may use ``{about}`` and every name in the decision's ``data``; the key of a respondent, in either of them,
is printed as the respondent's name. A kind without a sentence is printed under its own name, so that none is left out.
"""

from collections.abc import Callable

from selfaudit.base.i18n import N_
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.decisions import Decision

SENTENCES = {
    "editorial": N_("{place}: reworded from “{old}” to “{new}”; the same is asked, so earlier answers count"),
    "resolve": N_("{about}: of several responses that contradict each other, one was chosen"),
    "settle": N_("{whose}, {place}: some say that it conforms, others report a problem; settled"),
    "waive": N_("{about}: no answer required"),
    "withdraw": N_("{respondent}: response {number} withdrawn"),
    "answer-set": N_("{respondent}: {place} entered on their behalf, as told on {told_on}"),
    "dismiss": N_("{file}, page {page}: scanned page set aside"),
    "milestone": N_("{title}: milestone done on {on}"),
    "senders": N_("{about}: response accepted from another sender"),
}
"""The sentence for each kind, in the order in which they are listed."""


def sentence(decision: Decision, wording: Wording, name_of: Callable[[str], str]) -> str:
    """Return what was decided; ``name_of`` turns the key of a respondent into a name and leaves other texts alone."""
    slots = {"about": decision.about, **decision.data}
    told = {key: name_of(value) if isinstance(value, str) else value for key, value in slots.items()}
    if decision.kind not in SENTENCES:
        return wording.pair(decision.kind, told["about"])
    return wording.tr(SENTENCES[decision.kind]).format_map(told)
