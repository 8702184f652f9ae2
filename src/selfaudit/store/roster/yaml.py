"""``roster.yaml`` as text, from data in its shape."""

from collections.abc import Mapping
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.files.yaml.writer import dump
from selfaudit.store.roster.check import DataPath

_ABOUT = N_(
    "The roster: the body, its units and its people. It can also be kept as a workbook: selfaudit roster template."
)
_UNITS = N_(
    "kind is management, department, committee or branch. parent, head and answered_by are ids; answered_by is the unit"
    " that collects the forms of the people of this one, if it does not do so itself."
)
_PEOPLE = N_("unit is the id of a unit; posts are what the person works as.")


def to_yaml(data: Mapping[str, Any], language: str = "zh_CN") -> str:
    """Return the text of ``roster.yaml``, with comments in a language."""
    say = translator(language)
    comments: dict[DataPath, str] = {(): say(_ABOUT), ("units",): f"\n{say(_UNITS)}", ("people",): f"\n{say(_PEOPLE)}"}
    return dump(dict(data), comments)
