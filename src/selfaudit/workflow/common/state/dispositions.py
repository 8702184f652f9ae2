"""The dispositions and notices that the ledger keeps."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error, warning
from selfaudit.base.text import retyped
from selfaudit.files.hashing import is_intact
from selfaudit.model.disposition import disposition, notice
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.checks import problems_of
from selfaudit.model.disposition.disposition import Disposition
from selfaudit.model.disposition.notice import Notice
from selfaudit.model.kit.plan import Plan
from selfaudit.model.rectification.rectification import FINDING
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import records

NO_SUCH = error("disposition.no-such", N_("there is no disposition “{id}”"), N_("See selfaudit dispositions list."))
NOT_AS_MADE = warning(
    "notice.not-as-made",
    N_("{file}, of the notice {number}, is missing or was changed since it was made or filed"),
    N_("Copy it back from a backup. What is to be said otherwise takes a new notice."),
)
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
    handled = {id_: one.data for id_, one in records(ledger, FINDING).items()}
    return Book(
        plan,
        {one.id: Disposition.model_validate(one.data) for one in kept},
        {number: Notice.model_validate(one.data) for number, one in records(ledger, notice.KIND).items()},
        frozenset(id_ for id_, data in handled.items() if data.get("withdrawn")),
        {id_: data["merged_into"] for id_, data in handled.items() if data.get("merged_into")},
    )


def meant(book: Book, names: Sequence[str]) -> list[str]:
    """Return the ids of the dispositions that somebody names; stop with every one there is not."""
    ids = {retyped(key): key for key in book.dispositions}
    if unknown := [name for name in names if retyped(name) not in ids]:
        raise UserError([NO_SUCH(id=name) for name in unknown])
    return list(dict.fromkeys(ids[retyped(name)] for name in names))


def problems_in(layout: Layout, book: Book, today: date) -> Iterator[Problem]:
    """Yield everything wrong or open about dispositions, notices and the files of notices, kind by kind."""
    yield from problems_of(book, today)
    for number, one in book.notices.items():
        for file, sha256 in ((one.file, one.sha256), (one.receipt, one.receipt_sha256)):
            if sha256 and not is_intact(layout.path(file), sha256):
                yield NOT_AS_MADE(number=number, file=file)


def dispositions_open(layout: Layout, ledger: Ledger, plan: Plan, today: date) -> Iterator[Problem]:
    """Yield what is wrong or open about dispositions and notices, of each kind the first few."""
    for _, several in groupby(problems_in(layout, book_of(ledger, plan), today), key=lambda one: one.code):
        same = list(several)
        yield from same[:_MOST]
        if len(same) > _MOST:
            yield MORE(count=len(same) - _MOST)
