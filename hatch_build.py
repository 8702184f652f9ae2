"""Compile the message catalogues when a wheel is built or the checkout is installed: only their text is kept in Git."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Write the ``.mo`` file beside every ``.po`` file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - given by hatchling
        """Compile before the files of the wheel are listed."""
        for text in Path(self.root, "src", "selfaudit", "locales").rglob("*.po"):
            with text.open("rb") as source, text.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source, locale=text.parent.parent.name))
