"""Records and pairs of the last comparison, as somebody names them."""

from difflib import get_close_matches

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Some, UserError, error
from selfaudit.model.casefiles.comparison import Comparison
from selfaudit.model.casefiles.found import Pair

NO_RECORD = error(
    "similar.no-record",
    N_("“{name}” was not compared"),
    N_("Nearest: {near}. All: selfaudit similar list -o FILE.xlsx"),
)
SEVERAL = error(
    "similar.several", N_("“{a}” and “{b}” may be any of these pairs: {known}"), N_("Write more of their paths.")
)
NO_PAIR = error(
    "similar.no-pair",
    N_("{a} and {b} do not repeat each other"),
    N_("selfaudit similar list shows which do. Members of a ring are held against its source first."),
)
_MOST_NAMED = 3


def pair_meant(made: Comparison, one: str, other: str) -> Pair:
    """Return the pair of two records that somebody names, in any order: all of an id, its end, or the number of a case.

    Of two cases with several files it is the pair that is most alike.
    """
    mine, theirs = _meant(made, one), _meant(made, other)
    found = [pair for pair in made.found.ranked if _joins(pair, mine, theirs)]
    if not found:
        raise UserError(NO_PAIR(a=one, b=other))
    of_cases = {made.cases(pair): pair for pair in reversed(found)}
    if len(of_cases) > 1:
        known = Some([f"{pair.a} – {pair.b}" for pair in found], _MOST_NAMED)
        raise UserError(SEVERAL(a=one, b=other, known=known))
    return found[0]


def _meant(made: Comparison, name: str) -> set[str]:
    if name in made.record_of:
        return {name}
    found = {one.id for one in made.records if name and (one.id.endswith(f"/{name}") or one.case == name)}
    if not found:
        raise UserError(NO_RECORD(name=name, near=get_close_matches(name, made.record_of, 3, 0.3)))
    return found


def _joins(pair: Pair, mine: set[str], theirs: set[str]) -> bool:
    return (pair.a in mine and pair.b in theirs) or (pair.a in theirs and pair.b in mine)
