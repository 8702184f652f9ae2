"""A returned file after reading."""

from dataclasses import dataclass, field

from selfaudit.base.problems import Problem
from selfaudit.model.form.rounds import RoundId


@dataclass(slots=True)
class Parsed:
    """Content and what belongs to it, or the errors that keep the file from being used.

    ``files`` says that files may have to come with it.
    ``round`` is that of a form of another round than the self-audit.
    """

    name: str
    sha256: str
    size: int
    respondent: str = ""
    passport: str = ""
    digest: str = ""
    filled_by: str = ""
    filled_on: str = ""
    content: str = ""
    files: bool = False
    round: RoundId | None = None
    gaps: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
