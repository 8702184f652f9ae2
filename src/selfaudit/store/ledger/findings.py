"""The short numbers of findings, as the ledger gives and keeps them."""

from selfaudit.store.ledger.ledger import Ledger

Numbers = dict[tuple[str, int], int]
"""The numbers of the findings of one respondent, by item (may be empty) and number in the form."""


def finding_numbers(ledger: Ledger, respondent: str = "") -> dict[str, Numbers]:
    """Return the numbers of the findings of everybody who has any, or of one respondent, by respondent.

    A response that is entered gives them, the next one of its item to each finding that is new (see ``schema``).
    """
    found: dict[str, Numbers] = {}
    rows = ledger.db.execute(
        "SELECT respondent, item, own, number FROM finding_numbers WHERE ?1 IN ('', respondent)", (respondent,)
    )
    for key, item, own, number in rows:
        found.setdefault(key, {})[item, own] = number
    return found


def number_of_own(ledger: Ledger, respondent: str, item: str) -> int:
    """Give the next number of an item to a finding that somebody enters about a respondent, and return it.

    It is kept under a negative number, as no form has one. Call it inside a change.
    """
    query = "SELECT coalesce(max(number), 0) + 1 FROM finding_numbers WHERE item = ?"
    number = int(ledger.db.execute(query, (item,)).fetchone()[0])
    ledger.db.execute("INSERT INTO finding_numbers VALUES (?, ?, ?, ?)", (respondent, item, -number, number))
    return number
