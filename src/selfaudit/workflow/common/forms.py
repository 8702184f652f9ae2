"""The forms that are due: one for every respondent, as it would be issued now."""

from collections.abc import Callable, Iterable

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.form.building import FormBuilder, respondents
from selfaudit.model.form.form import Form, Labels, Questions, Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.passport import Passport
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.state.asking import Asking
from selfaudit.workflow.common.state.samples import files_to_review

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


def build_forms(kit: Kit, roster: Roster, code: Callable[[str], str], files: Iterable[Respondent] = ()) -> list[Form]:
    """Return the form of everybody who must answer, in the order of the roster, then those about ``files``.

    ``code`` is by key.
    """
    builder = FormBuilder(kit)
    forms = [builder.form(one, code(one.key)) for one in (*respondents(kit, roster), *files)]
    seen: dict[str, str] = {}
    for form in forms:
        part = code_of(form.passport)
        if part in seen:
            raise UserError(SAME_CODE(a=seen[part], b=form.respondent.key))
        seen[part] = form.respondent.key
    return forms


def every_form(ledger: Ledger, kit: Kit, roster: Roster, code: Callable[[str], str]) -> list[Form]:
    """Return the form of everybody who must answer, and of each file that somebody is given to review."""
    return build_forms(kit, roster, code, files_to_review(ledger, kit, roster))


def forms_due(ledger: Ledger, forms: Iterable[Form], kit: Kit) -> list[Form]:
    """Return the forms as they are to be out, given those of the kit.

    One that was issued stays, under its passport, unless it is to ask its respondent something else. What it only shows
    is up to date.
    """
    asking = Asking(ledger, kit)
    latest, asked, answered = asking.forms.latest(), asking.forms.asked(), asking.forms.answered()
    shared: dict[tuple[str, str], Questions] = {}
    due = []
    for form in forms:
        who, now = form.respondent.key, form.questions
        before = asked.get(who)
        anew = before is None or _asks_anew(asking, before, answered.get(who, ""), now)
        if before is None or anew or latest[who] == form.passport:
            due.append(form)
            continue
        key = before.digest, now.digest
        if key not in shared:
            shared[key] = before.shown_as(now)
        due.append(form.model_copy(update={"passport": latest[who], "questions": shared[key]}))
    return due


def _asks_anew(asking: Asking, before: Questions, answered: str, now: Questions) -> bool:
    """Return whether the questions that somebody got last lack something that is still to be answered by them.

    ``answered`` is the digest of the questions that their response answers, empty if there is none.
    """
    if before.digest == now.digest:
        return False
    change = asking.asked(now).change(before, now)
    if not answered:
        return change.differs
    return not set(change.open).isdisjoint(asking.asked(now).change(asking.forms.questions(answered), now).open)


def pending(ledger: Ledger, forms: Iterable[Form], kit: Kit) -> list[str]:
    """Return what those are called whose form has not been issued, or asked something else."""
    latest, everybody = Forms(ledger).latest(), list(forms)
    due, labels = forms_due(ledger, everybody, kit), Labels(form.respondent for form in everybody)
    return [labels.of(form.respondent) for form in due if latest.get(form.respondent.key) != form.passport]


def code_of(passport: str) -> str:
    """Return the respondent's part of a passport."""
    parsed = Passport.parse(passport)
    return parsed.respondent if parsed else ""
