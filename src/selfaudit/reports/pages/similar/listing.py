"""The list of look-alikes, from which the pages of pairs and rings are opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfaudit.base.i18n import console_language
from selfaudit.base.pages import render_page
from selfaudit.model.casefiles.found import Pair, Ring
from selfaudit.reports.pages.similar.pair import PACKAGE
from selfaudit.reports.similar import share


@dataclass(frozen=True, slots=True)
class Listed:
    """A pair with what its records have in common and what holds of it, and its page, empty if it has none."""

    pair: Pair
    common: str
    state: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """All that was found, the most alike first: pairs, rings with the addresses of their pages; ``method`` says how.

    ``not_compared`` are records with the reason, ``learned`` texts that were taken for template, with whose they are.
    """

    method: str
    pairs: Sequence[Listed]
    rings: Sequence[tuple[Ring, str]]
    not_compared: Sequence[tuple[str, str]] = ()
    learned: Sequence[tuple[str, str]] = ()


def list_page(title: str, listing: Listing) -> str:
    """Return the page, in the language of the console."""
    told = {name: getattr(listing, name) for name in ("method", "pairs", "rings", "not_compared", "learned")}
    return render_page(PACKAGE, "list.html", console_language(), title=title, share=share, **told)
