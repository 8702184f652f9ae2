"""Which template a document of a campaign is printed with."""

from selfaudit.base.problems import Problem
from selfaudit.model.kit import Plan
from selfaudit.model.names import PLAN
from selfaudit.reports.document import Document
from selfaudit.reports.documents import DOCUMENTS
from selfaudit.store.kits import LoadedKit
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.model_reader import UNKNOWN_KEY
from selfaudit.store.templates import Template, load_template
from selfaudit.store.workspace import Workspace


def template_of(document: Document, plan: Plan, workspace: Workspace) -> Template:
    """Return the template that the plan names for a document, by default the shipped one of its language."""
    return load_template(plan.templates.get(document.name) or document.template(plan.language), workspace.root)


def unknown_documents(loaded: LoadedKit | LoadedCampaign) -> list[Problem]:
    """Return every document for which a plan names a template and which there is not."""
    names = loaded.kit.plan.templates if loaded.kit else ()
    unknown = [name for name in names if name not in DOCUMENTS]
    places = [loaded.documents[PLAN].where(("templates", name), key=True) for name in unknown]
    return [UNKNOWN_KEY(where, key=name, known=list(DOCUMENTS)) for where, name in zip(places, unknown, strict=True)]
