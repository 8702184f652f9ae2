"""Every form that was ever issued, as a text beside the ledger, so that a new ledger knows them too.

A passport names a revision of the questions. After a rewording the kit no longer has the earlier one, so without this
nobody could read a form that was filled in before.
"""

import json
from collections.abc import Callable
from typing import Any

from selfaudit.model.form.form import Questions, Respondent
from selfaudit.store.ledger.ledger import Ledger

FORMAT = "selfaudit/issued/1"

_TABLES = {
    "respondents": ("key", "code", "position", "active", "due", "data"),
    "called": ("respondent", "name", "unit"),
    "questions": ("digest", "data"),
    "editions": ("questions", "data"),
    "forms": ("passport", "respondent", "questions", "serial", "issued_at"),
}
"""The tables that are kept, with their columns; each only refers to those before it."""


def issued_text(ledger: Ledger) -> str:
    """Return everything that the ledger knows of issued forms, one line for each row."""
    head = json.dumps({"selfaudit": FORMAT, "campaign": ledger.meta("id")}, ensure_ascii=False)
    lines = [head]
    for table, columns in _TABLES.items():
        query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(columns[:3])}"  # noqa: S608 - our own names
        lines += [json.dumps([table, *row], ensure_ascii=False) for row in ledger.db.execute(query)]
    return "".join(f"{line}\n" for line in lines)


def enter_issued(ledger: Ledger, text: str, campaign_id: str, code: Callable[[str], str]) -> int:
    """Enter the forms of such a text that the ledger does not know; return how many these are.

    ``code`` is the respondent's part of a passport by their key: whatever has another one is no form of this campaign.
    Raises ValueError, TypeError or KeyError for what is no such text.
    """
    head, *rows = (json.loads(line) for line in text.split("\n") if line)
    if head["selfaudit"] != FORMAT:
        raise ValueError(head)
    known = {passport for (passport,) in ledger.db.execute("SELECT passport FROM forms")}
    found: dict[str, list[list[Any]]] = {table: [] for table in _TABLES}
    for table, *row in rows:
        found[table].append(row)
    own = {row[0] for row in found["respondents"] if row[1] == code(row[0])}
    missing = [form for form in found["forms"] if form[0] not in known and form[1] in own]
    if head["campaign"] != campaign_id or not missing:
        return 0
    _check(found)
    needed = {"respondents": (0, own), "called": (0, own), "forms": (0, {form[0] for form in missing})}
    with ledger.change("issued-before", forms=[form[0] for form in missing]):
        for table, columns in _TABLES.items():
            place, keys = needed.get(table, (0, None))
            wanted = [row for row in found[table] if keys is None or row[place] in keys]
            _insert(ledger, table, columns, wanted)
    return len(missing)


def _check(found: dict[str, list[list[Any]]]) -> None:
    """Raise an error unless the respondents and questions are such."""
    for row in found["respondents"]:
        Respondent.model_validate_json(row[-1])
    for _, data in found["questions"] + found["editions"]:
        Questions.model_validate_json(data)


def _insert(ledger: Ledger, table: str, columns: tuple[str, ...], rows: list[list[Any]]) -> None:
    """Enter rows that are not there yet."""
    key = columns if table in ("called", "editions") else columns[:1]
    same = " AND ".join(f"{column} = ?{columns.index(column) + 1}" for column in key)
    places = ", ".join(f"?{n}" for n in range(1, len(columns) + 1))
    ledger.db.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {places}"  # noqa: S608 - our own names
        f" WHERE NOT EXISTS (SELECT * FROM {table} WHERE {same})",
        rows,
    )
