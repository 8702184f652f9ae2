"""The forms that are due: one for every respondent, as it would be issued now."""

from collections.abc import Callable, Iterable

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.form import Form, FormBuilder, Questions, respondents
from selfaudit.model.kit import Kit
from selfaudit.model.passport import Passport
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.asking import Asking
from selfaudit.workflow.common.standings import standing_in

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


def build_forms(kit: Kit, roster: Roster, code: Callable[[str], str]) -> list[Form]:
    """Return the form of everybody who must answer, in the order of the roster; ``code`` is by their key."""
    builder = FormBuilder(kit)
    forms = [builder.form(respondent, code(respondent.key)) for respondent in respondents(kit, roster)]
    seen: dict[str, str] = {}
    for form in forms:
        part = code_of(form.passport)
        if part in seen:
            raise UserError(SAME_CODE(a=seen[part], b=form.respondent.key))
        seen[part] = form.respondent.key
    return forms


def forms_due(ledger: Ledger, forms: Iterable[Form], kit: Kit) -> list[Form]:
    """Return the forms as they are to be out, given those of the kit.

    One that was issued stays, under its passport, unless it is to ask its respondent something else. What it only shows
    is up to date.
    """
    asking = Asking(ledger, kit)
    latest, asked = asking.forms.latest(), asking.forms.asked()
    shared: dict[tuple[str, str], Questions] = {}
    due = []
    for form in forms:
        before, now = asked.get(form.respondent.key), form.questions
        if before is None or latest[form.respondent.key] == form.passport or _asks_anew(ledger, asking, before, form):
            due.append(form)
            continue
        key = before.digest, now.digest
        if key not in shared:
            shared[key] = before.shown_as(now)
        due.append(form.model_copy(update={"passport": latest[form.respondent.key], "questions": shared[key]}))
    return due


def _asks_anew(ledger: Ledger, asking: Asking, before: Questions, form: Form) -> bool:
    """Return whether the questions that somebody got last lack something that is still to be answered by them."""
    if before.digest == form.questions.digest:
        return False
    change = asking.asked(form.questions).change(before, form.questions)
    standing = standing_in(ledger, form.respondent.key, asking)
    return change.differs if standing.content is None else not set(change.open).isdisjoint(standing.reopened)


def pending(ledger: Ledger, forms: Iterable[Form], kit: Kit) -> list[str]:
    """Return the names of those whose form has not been issued, or asked something else."""
    latest = Forms(ledger).latest()
    due = forms_due(ledger, forms, kit)
    return [form.respondent.name for form in due if latest.get(form.respondent.key) != form.passport]


def code_of(passport: str) -> str:
    """Return the respondent's part of a passport."""
    parsed = Passport.parse(passport)
    return parsed.respondent if parsed else ""
