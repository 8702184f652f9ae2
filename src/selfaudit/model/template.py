"""``about.yaml`` of a report template."""

from typing import Literal

from selfaudit.model.base import Model, Text
from selfaudit.model.kit import Language

Document = Literal["person", "unit", "branch", "final", "paper"]


class About(Model):
    """What a template folder is for."""

    format: Literal["selfaudit/template/1"]
    title: Text
    language: Language
    document: Document
    description: str = ""
