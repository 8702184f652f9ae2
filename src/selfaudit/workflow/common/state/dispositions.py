"""The dispositions and notices that the ledger keeps."""

from selfaudit.model.disposition import disposition, notice
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.disposition import Disposition
from selfaudit.model.disposition.notice import Notice
from selfaudit.model.kit.plan import Plan
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import records


def book_of(ledger: Ledger, plan: Plan) -> Book:
    """Return all of them, in the order in which they were entered."""
    kept = sorted(records(ledger, disposition.KIND).values(), key=lambda one: (len(one.id), one.id))
    return Book(
        plan,
        {one.id: Disposition.model_validate(one.data) for one in kept},
        {number: Notice.model_validate(one.data) for number, one in records(ledger, notice.KIND).items()},
    )
