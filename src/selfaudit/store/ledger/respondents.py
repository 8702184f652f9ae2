"""Who was ever asked, in the order of the roster, as the ledger keeps them."""

from collections.abc import Iterable, Mapping

from selfaudit.base.names import name_key
from selfaudit.model.form.form import Form, Respondent
from selfaudit.store.ledger.ledger import Ledger


def respondents(ledger: Ledger) -> dict[str, tuple[Respondent, bool]]:
    """Return everybody who was ever asked by key, in the order of the roster, and whether they still are."""
    rows = ledger.db.execute("SELECT key, data, active FROM respondents ORDER BY position, key")
    return {key: (Respondent.model_validate_json(data), bool(active)) for key, data, active in rows}


def is_asked(ledger: Ledger, key: str) -> bool:
    """Return whether somebody is asked anything today."""
    row = ledger.db.execute("SELECT active FROM respondents WHERE key = ?", (key,)).fetchone()
    return bool(row and row[0])


def name_of(ledger: Ledger, respondent: str) -> str:
    """Return the name of somebody who was ever asked; empty for anybody else."""
    row = ledger.db.execute(
        "SELECT json_extract(data, '$.name') FROM respondents WHERE key = ?", (respondent,)
    ).fetchone()
    return row[0] if row else ""


def units_of(ledger: Ledger) -> dict[str, str]:
    """Return the id of the unit that collects the form, by respondent, of everybody who is asked."""
    return dict(ledger.db.execute("SELECT key, data ->> '$.unit' FROM respondents WHERE active ORDER BY position"))


def own_names(ledger: Ledger, respondent: str) -> frozenset[str]:
    """Return the names, as ``name_key`` makes them, of the person or reviewer whose own form it is; a unit has none."""
    if respondent.startswith("file:"):
        rows = ledger.db.execute("SELECT data FROM respondents WHERE key = ?", (respondent,))
        return frozenset[str]().union(*(Respondent.model_validate_json(data).signers for (data,) in rows))
    if not respondent.startswith("person:"):
        return frozenset()
    rows = ledger.db.execute("SELECT name FROM called WHERE respondent = ?", (respondent,))
    return frozenset(name_key(name) for (name,) in rows)


def dues(ledger: Ledger) -> dict[str, str]:
    """Return the last day, in ISO form, by which everybody who is asked must answer."""
    return dict(ledger.db.execute("SELECT key, due FROM respondents WHERE active"))


def move_deadlines(ledger: Ledger, days: Mapping[str, str]) -> None:
    """Enter the last days, by respondent, that are no longer those with which forms went out; each move is journalled.

    What the day was first is kept. Who has no form yet is promised nothing, and enters with the respondents.
    """
    moved: dict[tuple[str, str], list[str]] = {}
    rows = ledger.db.execute(
        "SELECT key, due FROM respondents WHERE active AND key IN (SELECT respondent FROM forms) ORDER BY position, key"
    )
    for key, before in rows.fetchall():
        if days.get(key, before) != before:
            moved.setdefault((before, days[key]), []).append(key)
    for (before, after), keys in moved.items():
        with ledger.change("deadline", before=before, after=after, respondents=keys):
            ledger.db.executemany("UPDATE respondents SET due = ? WHERE key = ?", ((after, key) for key in keys))


def put_respondents(ledger: Ledger, everybody: Iterable[tuple[str, Form]]) -> None:
    """Write who must answer, in order, each with their code and form; everybody else becomes inactive.

    Rows that stay as they are see no change in between, which would have their part of ``merged.yaml`` made again.
    """
    asked = list(everybody)
    gone = dues(ledger).keys() - {form.respondent.key for _, form in asked}
    ledger.db.executemany(
        "INSERT INTO respondents (key, code, position, active, due, data) VALUES (?, ?, ?, 1, ?, ?)"
        " ON CONFLICT (key) DO UPDATE"
        " SET position = excluded.position, active = 1, due = excluded.due, data = excluded.data",
        (
            (
                form.respondent.key,
                code,
                n,
                form.questions.due.isoformat(),
                form.respondent.model_dump_json(exclude_defaults=True),
            )
            for n, (code, form) in enumerate(asked)
        ),
    )
    ledger.db.executemany("UPDATE respondents SET active = 0 WHERE key = ?", ((key,) for key in gone))
