"""Who is meant, and who is the same: the roster with those who filled in forms for its units."""

from selfaudit.model.rectification.people import People
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.rounds import round_forms


def people_of(ledger: Ledger, roster: Roster) -> People:
    """Return the people of a roster; a unit means also whoever filled in its forms for corrections."""
    names: dict[str, set[str]] = {}
    for form in round_forms(ledger, "corrections"):
        if form.content and (name := str(form.content.get("filled_by") or "")):
            names.setdefault(form.owner, set()).add(name)
    return People(roster, names)
