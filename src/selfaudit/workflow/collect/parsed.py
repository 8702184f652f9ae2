"""A returned file after reading."""

from dataclasses import dataclass, field

from selfaudit.base.problems import Problem


@dataclass(slots=True)
class Parsed:
    """Content and what belongs to it, or the errors that keep the file from being used.

    ``files`` says that files may have to come with it.
    ``corrections`` says that it is a form of the round of corrections.
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
    corrections: bool = False
    gaps: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
