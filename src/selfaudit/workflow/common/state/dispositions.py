"""The dispositions and notices that the ledger keeps."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error, warning
from selfaudit.model.disposition import disposition, notice
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.checks import problems_of
from selfaudit.model.disposition.disposition import Disposition
from selfaudit.model.disposition.notice import Notice
from selfaudit.model.kit.plan import Plan
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import records

NO_SUCH = error("disposition.no-such", N_("there is no disposition “{id}”"), N_("See selfaudit dispositions list."))
MORE = warning(
    "disposition.more",
    N_("and {count} more of this kind"),
    N_("selfaudit dispositions check names them all."),
)
_MOST = 5
"""Problems of one kind that are told where others are told as well."""


def book_of(ledger: Ledger, plan: Plan) -> Book:
    """Return all of them, in the order in which they were entered."""
    kept = sorted(records(ledger, disposition.KIND).values(), key=lambda one: (len(one.id), one.id))
    return Book(
        plan,
        {one.id: Disposition.model_validate(one.data) for one in kept},
        {number: Notice.model_validate(one.data) for number, one in records(ledger, notice.KIND).items()},
    )


def meant(book: Book, names: Sequence[str]) -> list[str]:
    """Return the ids of the dispositions that somebody names; stop with every one there is not."""
    ids = {key.casefold(): key for key in book.dispositions}
    if unknown := [name for name in names if name.strip().casefold() not in ids]:
        raise UserError([NO_SUCH(id=name) for name in unknown])
    return [ids[name.strip().casefold()] for name in names]


def dispositions_open(ledger: Ledger, plan: Plan, today: date) -> Iterator[Problem]:
    """Yield what is wrong or open about dispositions and notices, of each kind the first few."""
    for _, several in groupby(problems_of(book_of(ledger, plan), today), key=lambda one: one.code):
        same = list(several)
        yield from same[:_MOST]
        if len(same) > _MOST:
            yield MORE(count=len(same) - _MOST)
