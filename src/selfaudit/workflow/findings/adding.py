"""``findings add``: a finding that somebody other than a respondent made, such as an inspector."""

from dataclasses import dataclass

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, UserError, error
from selfaudit.forms.reading.values import read_place
from selfaudit.model.finding import FIELD_OF
from selfaudit.model.form.form import Respondent
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.people import People
from selfaudit.model.rectification.rectification import Made, Rectification
from selfaudit.store.ledger.findings import number_of_own
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.common.state.respondents import find_respondent
from selfaudit.workflow.findings.desk import Desk, at_desk
from selfaudit.workflow.findings.reaching import units_of

NO_ITEM = error(
    "findings.no-item", N_("the checklists have no item “{place}”"), N_("Give one of: {known}, with the part if any.")
)
NEVER_ASKED = error(
    "findings.never-asked",
    N_("neither {name} nor a unit above was ever sent a form, so that nothing is kept under these names"),
    N_("Name a unit that was sent one with --about, and {name} in the fact."),
)
NO_FACT = error("findings.no-fact", N_("it is not said what was found"), N_("Say it with --fact TEXT."))


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody found: on which item and part, about whom, the fact, where it comes from, and further fields."""

    item: str
    about: str
    fact: str
    by: str
    origin: str = ""
    fields: tuple[str, ...] = ()


def add(workspace: Workspace, found: Found, listener: Listener) -> FindingRecord:
    """Enter a finding by hand; it gets the next number of its item and stays, whatever is collected later."""
    by = decider(workspace, found.by)
    with at_desk(workspace, listener, by) as desk:
        about = _about(desk, found.about)
        item, part = _place(desk, found.item)
        said, wrong = desk.values.written(found.fields)
        desk.problems += wrong
        texts = {"fact": desk.values.text(FIELD_OF["fact"].word, found.fact)}
        texts["origin"] = desk.values.text(N_("source"), found.origin)
        desk.problems += [text for text in texts.values() if isinstance(text, Problem)]
        if not texts["fact"]:
            desk.problems.append(NO_FACT())
        if desk.problems:
            raise UserError(desk.problems)
        number = number_of_own(desk.ledger, about.key, item)
        entered = Made(on=today(), by=by)
        handled = Rectification(source="entered", origin=str(texts["origin"]), entered=entered, about=about.key)
        record = FindingRecord("", about, "", "", {"item": item}, number, rectification=handled)
        first = {"fact": texts["fact"], **({"part": part} if part else {})}
        meant = People(desk.everybody).meant(found.about)
        if not isinstance(meant, Problem) and meant[1] not in ("", about.key):
            first["people"] = said.get("people") or meant[0]
        handled = handled.saying({**said, **first, **desk.keys(said)})
        if not desk.faulty(record, handled):
            desk.put(record, handled)
        desk.finish("finding-add", by)
        return next(one for one in every_finding(desk.ledger, desk.kit) if one.short_id == record.short_id)


def _about(desk: Desk, name: str) -> Respondent:
    """Return whom a finding is about: whoever was never asked is on the roster, and it belongs to their unit."""
    known = respondents(desk.ledger)
    meant = desk.people.key(name) or People(desk.everybody).key(name)
    if meant and meant not in known:
        asked = [key for key in units_of(meant, desk.everybody) if key in known]
        if not asked:
            raise UserError(NEVER_ASKED(name=name))
        return known[asked[0]][0]
    return known[find_respondent(desk.ledger, name)[0]][0]


def _place(desk: Desk, text: str) -> tuple[str, str]:
    items = {item.id: [part.id for part in item.parts] for item in desk.kit.items.values()}
    item, part = read_place(text, items)
    if item not in items:
        desk.problems.append(NO_ITEM(place=text, known=Some(list(items))))
    return item, part
