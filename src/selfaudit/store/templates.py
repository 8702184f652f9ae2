"""Finds report templates: the campaign's own folders first, then the shipped ones."""

from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, errors
from selfaudit.base.resources import shipped
from selfaudit.model.template import About
from selfaudit.store.kits import read_text
from selfaudit.store.layout import Layout
from selfaudit.store.model_reader import read_model

NO_TEMPLATE = error("template.none", N_("there is no template “{name}”"), N_("Known templates: {known}."))
NO_DOCUMENT = error(
    "template.no-document", N_("document.docx is missing in the template folder"), N_("Put the Word template there.")
)

ABOUT = "about.yaml"
"""What a template is for; a folder that has one is a template."""
DOCUMENT = "document.docx"


@dataclass(frozen=True, slots=True)
class Template:
    """A template folder: its name, what it is for, and its Word file."""

    name: str
    about: About
    folder: Path

    @property
    def document(self) -> Path:
        """The Word file."""
        return self.folder / DOCUMENT


def template_folders(campaign: Path | None) -> dict[str, Path]:
    """Return every template folder by name; one in the campaign takes the place of a shipped one."""
    found: dict[str, Path] = {}
    for base in (shipped("templates"), Layout(campaign).templates if campaign else None):
        if base and base.is_dir():
            found |= {path.name: path for path in sorted(base.iterdir()) if (path / ABOUT).is_file()}
    return found


def load_template(name: str, campaign: Path | None) -> Template:
    """Load a template by name, or by the path of its folder."""
    folders = template_folders(campaign)
    folder = folders.get(name) or Path(name)
    if not (folder / ABOUT).is_file():
        raise UserError(NO_TEMPLATE(name=name, known=list(folders)))
    problems: list[Problem] = []
    shown = f"{folder.name}/{ABOUT}"
    text = read_text(folder / ABOUT, shown, problems)
    about = None
    if text is not None:
        about, _, problems = read_model(text, shown, About)
    if about is None or errors(problems):
        raise UserError(errors(problems))
    template = Template(folder.name, about, folder)
    if not template.document.is_file():
        raise UserError(NO_DOCUMENT(Where(folder.name)))
    return template
