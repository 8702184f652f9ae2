"""What became of a scan and of its pages, as ``paper match`` reports it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, note, warning

CHANGED = warning(
    "paper.changed",
    N_("the answers changed after this was signed"),
    N_("Print the sheet again with selfaudit paper print and have it signed again."),
)
SUPERSEDED = note("paper.superseded", N_("the answers changed after this was signed; they were signed again"))
AGAIN = note("paper.again", N_("another scan of this sheet was filed before; both are kept"))
BY_HAND = note(
    "paper.by-hand",
    N_("filed by hand for the current answers"),
    N_("If a different code is printed on the sheet, use that: --page {page} --to CODE."),
)
WHOLE = warning(
    "paper.whole",
    N_("the scan could not be split; the filed copy contains all {count} pages, including other people's"),
    N_("Scan this sheet on its own if others must not see the rest."),
)
RESTORED = note("paper.restored", N_("{file} was missing and has been written again"))
NOT_ASKED = note("paper.not-asked", N_("{name} is no longer asked; the sheet is kept"))
UNSETTLED = note(
    "paper.unsettled",
    N_(
        "the answers are incomplete or contradict each other; the paper will count once they are settled, if they"
        " have not changed"
    ),
)
MOVED = warning(
    "paper.moved",
    N_("it was filed under {old}; now it is filed under {new}"),
    N_("If that is wrong, move it back with --page and --to."),
)
OTHER_ANSWERS_NOW = warning(
    "paper.moved-answers",
    N_("it was filed for other answers of {name} before"),
    N_("If that is wrong, move it back with --page and --to."),
)
NOT_THEIRS = warning(
    "paper.not-theirs",
    N_("it was filed under {old} by hand, but its code belongs to another sheet"),
    N_("Look at the page; print the sheet again if it is the wrong one."),
)
NO_VERDICT = note(
    "paper.verdict-void",
    N_("what was said of the earlier sheet no longer counts"),
    N_("Check what is filed now and confirm it again."),
)


class Outcome(StrEnum):
    """What became of a file, or of some pages of one."""

    FILED = "filed"
    DUPLICATE = "duplicate"
    CHANGED = "changed"
    TAKEN_BACK = "taken_back"
    OPEN = "open"
    BLANK = "blank"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class PageResult:
    """Pages of a scan (none: the whole file): what became of them, whose they are and where they are filed.

    ``key`` is the key of the respondent, ``content`` the code of the answers that they signed.
    """

    file: str
    outcome: Outcome
    pages: tuple[int, ...] = ()
    respondent: str = ""
    key: str = ""
    content: str = ""
    filed: str = ""
    problems: tuple[Problem, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        data = {key: getattr(self, key) for key in self.__slots__}
        return data | {"problems": [problem.as_data() for problem in self.problems]}
