"""What documents and lists say of the first readers of reviewed files."""

from collections.abc import Callable, Iterable

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.model.progress.confirming import STATES, Confirmation

_WITH_REASON = N_("{reader}: {state} ({reason})")
_WITHOUT = N_("{reader}: {state}")


def stand(one: Confirmation, say: Callable[[str], str]) -> str:
    """Return how one first reader stands to what the review found, with the reason; ``say`` translates."""
    reason = mask(one.reason) if one.state in ("disagree", "disputed") else one.by if one.state == "other" else ""
    if one.lacks_reason:
        reason = say(N_("the reason is missing"))
    text = say(_WITH_REASON if reason else _WITHOUT)
    return text.format(reader=one.reader, state=say(STATES[one.state]), reason=reason)


def stands(several: Iterable[Confirmation], say: Callable[[str], str]) -> str:
    """Return the same of all first readers of a file, a line each."""
    return "\n".join(stand(one, say) for one in several)
