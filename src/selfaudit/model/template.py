"""``about.yaml`` of a report template."""

from typing import Literal

from selfaudit.model.base import Id, Model, Text
from selfaudit.model.kit.plan import Language


class About(Model):
    """What a template folder is for; ``document`` is the name of a document."""

    format: Literal["selfaudit/template/1"]
    title: Text
    language: Language
    document: Id
    description: str = ""
