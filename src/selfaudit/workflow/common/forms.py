"""The forms that are due: one for every respondent, as it would be issued now."""

from collections.abc import Callable

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.form import Form, FormBuilder, respondents
from selfaudit.model.kit import Kit
from selfaudit.model.passport import Passport
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger

SAME_CODE = error(
    "issue.same-code",
    N_("“{a}” and “{b}” would get the same passport"),
    N_("Change the id of one of them in the roster."),
)


def formats_of(roster: Roster, kit: Kit, formats: tuple[str, ...] = ()) -> Callable[[Form], tuple[str, ...]]:
    """Return what decides the formats of a form: those asked for, else what the roster says, else the plan."""
    own = {f"unit:{unit.id}": unit.forms for unit in roster.units}
    own |= {f"person:{person.id}": person.forms for person in roster.people}
    return lambda form: formats or own.get(form.respondent.key) or kit.plan.forms


def build_forms(kit: Kit, roster: Roster) -> list[Form]:
    """Return the form of everybody who must answer, in the order of the roster."""
    builder = FormBuilder(kit)
    forms = [builder.form(respondent) for respondent in respondents(kit, roster)]
    seen: dict[str, str] = {}
    for form in forms:
        code = code_of(form.passport)
        if code in seen:
            raise UserError(SAME_CODE(a=seen[code], b=form.respondent.key))
        seen[code] = form.respondent.key
    return forms


def pending(ledger: Ledger, forms: list[Form]) -> list[str]:
    """Return the names of those whose form has not been issued, or not as it would be issued now."""
    latest = Forms(ledger).latest()
    return [form.respondent.name for form in forms if latest.get(form.respondent.key) != form.passport]


def code_of(passport: str) -> str:
    """Return the respondent's part of a passport."""
    parsed = Passport.parse(passport)
    return parsed.respondent if parsed else ""
