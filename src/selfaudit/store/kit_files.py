"""The files of a kit, as they go into a campaign and out of it again: word for word but for a few values."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selfaudit.files.atomic import write_bytes
from selfaudit.files.yaml.editing import with_values, without_line
from selfaudit.files.yaml.reader import Document
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.shifting import Place
from selfaudit.model.names import CITATIONS, PLAN
from selfaudit.store.data_kits import data_files
from selfaudit.store.layout import Layout
from selfaudit.store.templates import ABOUT, DOCUMENT, template_folders


@dataclass(slots=True)
class KitFiles:
    """The texts of a kit by file name, and its own Word templates by theirs."""

    texts: dict[str, str]
    templates: dict[str, Path]

    @classmethod
    def of(cls, kit: Kit, root: Path, checklists: Path) -> "KitFiles":
        """Read them from a kit, or from a campaign, which has its checklists in another folder than its plan."""
        names = (CITATIONS, *kit.checklists, *data_files(checklists))
        paths = {PLAN: root / PLAN} | {name: checklists / name for name in names}
        # every line end as it is
        texts = {name: path.read_bytes().decode() for name, path in paths.items() if path.is_file()}
        own = Layout(root).templates
        return cls(texts, {name: path for name, path in template_folders(root).items() if path.parent == own})

    def change(self, documents: Mapping[str, Document], values: Mapping[Place, str | date]) -> None:
        """Put other values in the place of those there are."""
        for name, text in self.texts.items():
            changed = {path: str(value) for (file, path), value in values.items() if file == name}
            self.texts[name] = with_values(text, documents[name], changed) if changed else text

    def drop(self, documents: Mapping[str, Document], key: str) -> None:
        """Take a line out of the plan whose value is one of its own."""
        self.texts[PLAN] = without_line(self.texts[PLAN], documents[PLAN], key)

    def write(self, root: Path, checklists: Path) -> None:
        """Write everything; the plan comes last: a folder without it is not yet a kit or campaign."""
        for name, folder in self.templates.items():
            to = Layout(root).templates / name
            to.mkdir(parents=True)
            for file in (ABOUT, DOCUMENT):
                # nothing else that may lie beside them
                shutil.copyfile(folder / file, to / file, follow_symlinks=False)
        for name, text in sorted(self.texts.items(), key=lambda entry: entry[0] == PLAN):
            write_bytes((root if name == PLAN else checklists) / name, text.encode())
