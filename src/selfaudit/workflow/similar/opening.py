"""What the last comparison found, for those who look at it; and the texts of its records."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.casefiles.comparison import Comparison
from selfaudit.model.casefiles.found import Pair
from selfaudit.store.texts import Texts, TextsDamagedError
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.similar.keeping import last

NEVER = error(
    "similar.never",
    N_("case files have not been compared yet"),
    N_("Put them into {folder} and run selfaudit similar."),
)
NO_RECORD = error(
    "similar.no-record",
    N_("“{name}” was not compared"),
    N_("Nearest: {near}. All: selfaudit similar list -o FILE.xlsx"),
)
SEVERAL = error("similar.several", N_("“{name}” may be any of {known}"), N_("Write more of its path."))
NO_PAIR = error(
    "similar.no-pair",
    N_("{a} and {b} do not repeat each other"),
    N_("selfaudit similar list shows which do. A member of a ring has a pair with its source only."),
)
LOST = error(
    "similar.texts-lost", N_("the texts that were compared are not there any more"), N_("Run selfaudit similar again.")
)


def usable(workspace: Workspace) -> Comparison:
    """Return the last comparison, or stop and say how to make one."""
    if made := last(workspace):
        return made
    raise UserError(NEVER(folder=workspace.case_files.name))


def record_meant(made: Comparison, name: str) -> str:
    """Return the id of a record that somebody names: all of it, its end, or the number of its case."""
    if name in made.record_of:
        return name
    found = [one.id for one in made.records if name and (one.id.endswith(f"/{name}") or one.case == name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(SEVERAL(name=name, known=found[:5]))
    raise UserError(NO_RECORD(name=name, near=get_close_matches(name, made.record_of, 3, 0.3)))


def pair_meant(made: Comparison, one: str, other: str) -> Pair:
    """Return the pair of two records that somebody names, in any order."""
    a, b = sorted((record_meant(made, one), record_meant(made, other)))
    if found := next((pair for pair in made.found.pairs if (pair.a, pair.b) == (a, b)), None):
        return found
    raise UserError(NO_PAIR(a=a, b=b))


@contextmanager
def opened_texts(workspace: Workspace) -> Iterator[Texts]:
    """Open the texts; stops if they are not those that the last comparison left."""
    if not workspace.texts_file.exists():
        raise UserError(LOST())
    try:
        with Texts.open(workspace.texts_file) as texts:
            if texts.rebuilt:
                raise UserError(LOST())
            yield texts
    except TextsDamagedError:
        raise UserError(LOST()) from None
