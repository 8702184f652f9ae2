"""Whether somebody can be sent a form, and to whom what concerns somebody without one belongs."""

from collections.abc import Iterator

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, warning
from selfaudit.model.rectification.people import People
from selfaudit.model.roster import Roster
from selfaudit.store.roster.check import nearest

NOT_THERE = warning(
    "findings.not-on-roster",
    N_("nobody on the roster is called “{name}”, so that no form can be sent"),
    N_("If it is somebody on the roster, assign it again under the name or number there."),
)
DID_YOU_MEAN = warning(
    "findings.not-on-roster-meant",
    N_("nobody on the roster is called “{name}”, so that no form can be sent"),
    N_("Did you mean {meant}? Then assign it again."),
)
HAS_LEFT = warning(
    "findings.owner-left",
    N_("{name} has left according to the roster, so that no form can be sent"),
    N_("Assign it to somebody who is there: selfaudit findings assign FINDING --to NAME"),
)


def unreachable(text: str, everybody: Roster) -> Problem | None:
    """Return why somebody gets no form, None for whoever does; the roster has those who left as well."""
    present, known = People(everybody.as_of(today())), People(everybody)
    if isinstance(present.meant(text), Problem) or present.key(text):
        return None
    if key := known.key(text):
        return HAS_LEFT(name=next(one.name for one in everybody.people if key == f"person:{one.id}"))
    near = nearest(text, [*(one.name for one in everybody.people), *(one.name for one in everybody.units)])
    return DID_YOU_MEAN(name=text, meant=near) if near else NOT_THERE(name=text)


def units_of(key: str, everybody: Roster) -> Iterator[str]:
    """Yield the keys of the unit of a person, or of the one above a unit, and of all those above it."""
    above = {f"unit:{unit.id}": unit.parent for unit in everybody.units}
    above |= {f"person:{person.id}": person.unit for person in everybody.people}
    while unit := above.get(key):
        key = f"unit:{unit}"
        yield key
