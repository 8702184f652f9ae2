"""``template``: the Word templates of the reports."""

from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error
from selfaudit.reports.document import Document
from selfaudit.reports.documents import KINDS
from selfaudit.store.templates import load_template, template_folders
from selfaudit.store.workspace import Workspace
from selfaudit.word.lint.variables import variables
from selfaudit.workflow.common.writing.rendering import Renderer

NO_DOCUMENT = error("template.no-kind", N_("there is no document “{name}”"), N_("Known: {known}."))


def _campaign(start: Path) -> Path | None:
    try:
        return Workspace.find(start).root
    except UserError:
        return None


def list_templates(start: Path) -> list[dict[str, Any]]:
    """Return every template, the campaign's own in place of shipped ones of the same name."""
    campaign = _campaign(start)
    found = [load_template(name, campaign) for name in template_folders(campaign)]
    return [
        {
            "name": template.name,
            "title": template.about.title,
            "language": template.about.language,
            "document": template.about.document,
            "folder": str(template.folder),
        }
        for template in found
    ]


def lint_template(start: Path, name: str) -> list[Problem]:
    """Return everything wrong with a template."""
    template = load_template(name, _campaign(start))
    document = _document(template.about.document, Where(f"{template.folder.name}/about.yaml"))
    with Renderer() as renderer:
        return renderer.lint(template, document.context)


def list_variables(document: str) -> list[dict[str, str]]:
    """Return name, kind and meaning of everything a template of one document can print."""
    return [{"name": v.name, "type": v.type, "doc": v.doc} for v in variables(_document(document, Where()).context)]


def _document(name: str, where: Where) -> Document:
    if name not in KINDS:
        raise UserError(NO_DOCUMENT(where, name=name, known=list(KINDS)))
    return KINDS[name]
