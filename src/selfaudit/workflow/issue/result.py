"""What became of the forms of a run of ``issue``."""

from dataclasses import dataclass, field

from selfaudit.base.problems import Problem
from selfaudit.model.form.form import Form


@dataclass(slots=True)
class Issued:
    """What ``issue`` did: forms new to somebody, forms that replace an older revision, forms that were out already."""

    new: list[Form] = field(default_factory=list)
    changed: list[Form] = field(default_factory=list)
    unchanged: int = 0
    rewritten: int = 0
    dropped: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
