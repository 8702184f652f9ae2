"""``template``: the Word templates of the reports."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import N_, _, titled
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, INPUT, TO_ACT_ON, Family, search_start, verb

Template = Annotated[str, typer.Argument(metavar=_("TEMPLATE"), help=_("A template (name or folder)."))]


DOCUMENTS = {
    "person": N_("report of a person"),
    "unit": N_("report of a unit"),
    "branch": N_("report of a branch"),
    "final": N_("final report"),
    "paper": N_("signature sheet"),
    "sheet": N_("notice, plan, summary, record or empty form"),
    "finding": N_("document about a finding"),
}
"""What the documents are, by the names that commands take."""


@verb
def list_(campaign: Campaign = None, as_json: Json = False) -> int:
    """List the report templates, the campaign's own first."""
    from selfaudit.workflow.templates import list_templates

    found = list_templates(campaign or Path.cwd())
    if as_json:
        show.data(found)
        return DONE
    header = (_("Template"), _("Title"), _("Language"), _("Document"), _("Folder"))
    show.table(
        header, [tuple({**template, "document": _document(template["document"])}.values()) for template in found]
    )
    return DONE


def _document(name: str) -> str:
    return titled(DOCUMENTS[name], name) if name in DOCUMENTS else name


@verb
def lint(template: Template, campaign: Campaign = None, as_json: Json = False) -> int:
    """Check a template: misspelt variables, missing styles, full-width braces."""
    from selfaudit.base.problems import errors
    from selfaudit.workflow.templates import lint_template

    found = lint_template(search_start(campaign), template)
    if as_json:
        show.data([problem.as_data() for problem in found])
    else:
        show.problems(found)
        show.line(_("{sentence}.").format(sentence=show.count_problems(found)))
        if errors(found):
            show.line(_("Next: correct the template in Word or WPS, then run selfaudit template lint again."))
        else:
            show.line(_("A trial with sample values worked. Next: selfaudit report"))
    return INPUT if errors(found) else TO_ACT_ON if found else DONE


@verb
def variables(
    document: Annotated[
        str, typer.Argument(metavar=_("DOCUMENT"), help=_("person, unit, branch, final, paper or finding."))
    ] = "final",
    as_json: Json = False,
) -> int:
    """List the variables a template can use, with their meaning."""
    from selfaudit.workflow.templates import list_variables

    found = list_variables(document)
    if as_json:
        show.data(found)
        return DONE
    show.table((_("Name"), _("Kind"), _("Meaning")), [tuple(entry.values()) for entry in found])
    return DONE


COMMAND = Family(_("Word templates of the reports."), {"list": list_, "lint": lint, "vars": variables})
