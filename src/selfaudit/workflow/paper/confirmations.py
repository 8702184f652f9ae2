"""``paper print --round confirmations``: a sheet for every first reader whose answers are complete, to be signed."""

from selfaudit.base.text import file_name
from selfaudit.model.form.response import content_hash
from selfaudit.model.kit.plan import Language
from selfaudit.model.progress.confirming import ANSWERED
from selfaudit.reports.build.confirmation import DOCUMENT
from selfaudit.reports.document import Request
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.rounds import RoundForm, round_forms
from selfaudit.workflow.common.state.confirmed import confirmations
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.common.writing.documents import template_of
from selfaudit.workflow.common.writing.rendering import Renderer
from selfaudit.workflow.common.writing.setting import setting_of
from selfaudit.workflow.paper.print import Printed, Reason, Sheets, make_sheet_pdfs


def print_confirmations(workspace: Workspace, selection: Selection, listener: Listener) -> Printed:
    """Write the sheets of all first readers chosen into ``reports/confirmations/``.

    There is one for each form in which something counts; one that says the same is left as it is.
    """
    setting = setting_of(workspace)
    kit, language = setting.kit, setting.kit.plan.language
    with workspace.reading() as ledger:
        forms = round_forms(ledger, "confirmations")
        counting = {one.passport for one in confirmations(ledger, kit) if one.state in ANSWERED}
    latest = {one.owner: one for one in forms}
    chosen = {form.respondent.key for form in selection.forms([one.form for one in latest.values()], kit)}
    mine = [one for one in forms if one.owner in chosen]
    wanted = [one for one in mine if one.form.passport in counting or (latest[one.owner] is one and not one.contents)]
    template, done = template_of(DOCUMENT, kit.plan, workspace), Printed()
    with workspace.printing(listener.waiting) as scratch:
        with Renderer() as renderer:
            sheets = Sheets(setting, DOCUMENT, template, renderer, workspace.reports / DOCUMENT.folder, scratch, done)
            listener.start("paper", len(wanted))
            for one in wanted:
                if reason := _unsettled(one):
                    done.unprinted.setdefault(reason, []).append(one.form.respondent)
                else:
                    content = dict(one.contents[0])
                    request = Request(setting, (), confirmation=(one.form, content, content_hash(content)))
                    sheets.put(one.owner, DOCUMENT.build(request), _name(one, language))
                listener.step()
            names = [_name(one, language) for one in mine]
            sheets.withdraw(chosen, names, all_others=selection == Selection())
        make_sheet_pdfs(workspace, done, scratch, listener)
    return done


def _unsettled(one: RoundForm) -> Reason | None:
    """Return why there is nothing to sign in a form yet."""
    if len(one.contents) > 1:
        return "conflict"
    return "missing" if not one.contents else "incomplete" if one.gaps else None


def _name(one: RoundForm, language: Language) -> str:
    """Return where the sheet of a form is."""
    who = one.form.respondent
    return f"{who.folder}/{file_name(who.name)}_{one.form.passport}_{DOCUMENT.ending_in(language)}.docx"
