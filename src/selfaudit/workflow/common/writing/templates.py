"""Whether the Word templates that a kit or campaign carries will do for the documents they are for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, note, warning
from selfaudit.files.incoming import LINK
from selfaudit.model.names import PLAN
from selfaudit.reports.document import Document
from selfaudit.reports.documents import documents_of
from selfaudit.store.kits import LoadedKit
from selfaudit.store.layout import Layout
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.templates import ABOUT, DOCUMENT, NO_TEMPLATE, load_template, template_folders
from selfaudit.workflow.common.writing.documents import templates_of
from selfaudit.workflow.common.writing.rendering import Renderer

OTHER_DOCUMENT = error(
    "template.other-document",
    N_("the template “{template}” is for “{document}”, not for “{name}”"),
    N_("Name a template whose about.yaml says document: {name}"),
)
NO_FOLDER = warning(
    "template.no-folder",
    N_("this is no template and is not used"),
    N_("A template is a folder under templates/ that contains document.docx and about.yaml."),
)
UNUSED = note(
    "template.unused",
    N_("no document is printed with this template"),
    N_("Name it in campaign.yaml: templates: {{{document}: {template}}}, or in one of the documents."),
)


def template_problems(loaded: LoadedKit | LoadedCampaign, root: Path) -> Iterator[Problem]:
    """Yield what is wrong with the templates that a plan names or that lie in ``root``, a kit or campaign folder.

    Shipped templates are taken to be right.
    """
    if loaded.kit is None:
        return
    plan, place = loaded.kit.plan, loaded.documents[PLAN]
    own = Layout(root).templates
    folders = template_folders(root)
    used = templates_of(plan)
    paths = {entry.id: ("documents", n, "template") for n, entry in enumerate(plan.documents)}
    with Renderer() as renderer:
        for name, document in documents_of(plan).items():
            where, template = place.where(paths.get(name, ("templates", name))), used[name]
            if template not in folders:
                yield NO_TEMPLATE(where, name=template, known=list(folders))
            elif folders[template].parent == own or name in (*plan.templates, *paths):
                yield from _one(document, template, root, where, renderer if folders[template].parent == own else None)
    for folder in folders.values():
        # a template goes with its kit to others, and a link could take any file with it
        for path in (folder, folder / ABOUT, folder / DOCUMENT):
            if folder.parent == own and path.is_symlink():
                yield LINK(Where(str(path.relative_to(root))))
    for path in sorted(own.iterdir()) if own.is_dir() else ():
        if not path.name.startswith((".", "README")) and path.name not in used.values():
            yield from _unused(path, root)


def _unused(path: Path, root: Path) -> Iterator[Problem]:
    """Say why something among the templates is not used."""
    where = Where(f"{path.parent.name}/{path.name}")
    if not (path / ABOUT).is_file():
        yield NO_FOLDER(where)
        return
    try:
        document = load_template(path.name, root).about.document
    except UserError as exc:
        yield from exc.problems
    else:
        yield UNUSED(where, template=path.name, document=document)


def _one(document: Document, template: str, root: Path, where: Where, renderer: Renderer | None) -> Iterator[Problem]:
    """Say whether a template is for the right document and, with a renderer, what is wrong in it."""
    try:
        loaded = load_template(template, root)
    except UserError as exc:
        yield from exc.problems
        return
    if loaded.about.document != document.kind:
        yield OTHER_DOCUMENT(where, template=template, document=loaded.about.document, name=document.kind)
    elif renderer:
        file = f"{Layout(root).templates.name}/{template}/{loaded.document.name}"
        for problem in renderer.lint(loaded, document.context):
            yield replace(problem, where=replace(problem.where, file=file))
