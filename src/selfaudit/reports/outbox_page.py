"""The page by which somebody hands out the forms of a unit: self-contained, no script, nothing loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from selfaudit.base.i18n import translator


@dataclass(frozen=True, slots=True)
class Entry:
    """One respondent: what he is asked as, by when, the names of his files and the note that goes with them."""

    name: str
    roles: Sequence[str]
    due: date
    files: tuple[str, ...]
    note: str


def outbox_page(unit: str, title: str, language: str, entries: Sequence[Entry]) -> str:
    """Return the page, in the language of the campaign."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    source = files("selfaudit.reports").joinpath("outbox.html").read_text(encoding="utf-8")
    values: dict[str, Any] = {"unit": unit, "title": title, "entries": entries, "lang": language.replace("_", "-")}
    return environment.from_string(source).render(**values, _=translator(language), link=quote)
