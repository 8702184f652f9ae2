"""Records that people keep up to date: how findings are handled, dispositions, notices, deliverables, evidence.

A record is never overwritten: every change adds a version with who made it and why. Who changes one says which version
they saw, so that two who edit it at once do not undo each other's work. The journal has one row for what belongs
together, and seals each version.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.store.ledger.ledger import Ledger

CHANGED_SINCE = error(
    "ledger.changed-since",
    N_("{id} was changed since you looked at it: you saw version {seen}, now it is version {version}, by {by}"),
    N_("Look at it again and repeat your change if it is still right."),
)
_COLUMNS = "kind, id, version, data, changed_by, reason, changed_at"


@dataclass(frozen=True, slots=True)
class Record:
    """One version of a record, 1 for the first: its kind, an id unique in its kind, and plain data.

    ``by`` and ``reason`` say who made this version and why, ``at`` is the moment in UTC.
    """

    kind: str
    id: str
    version: int
    data: Mapping[str, Any]
    by: str = ""
    reason: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to be made: all the data of a new version. ``seen`` is the version that it changes, 0 for none."""

    kind: str
    id: str
    seen: int
    data: Mapping[str, Any]
    reason: str = ""


def records(ledger: Ledger, kind: str) -> dict[str, Record]:
    """Return the records of a kind as they are now, by id."""
    rows = ledger.db.execute(f"SELECT {_COLUMNS} FROM records_now WHERE kind = ? ORDER BY id", (kind,))  # noqa: S608 - our own names
    return {row[1]: _record(row) for row in rows}


def record(ledger: Ledger, kind: str, id_: str) -> Record | None:
    """Return one record as it is now."""
    query = f"SELECT {_COLUMNS} FROM records_now WHERE kind = ? AND id = ?"  # noqa: S608 - our own names
    row = ledger.db.execute(query, (kind, id_)).fetchone()
    return _record(row) if row else None


def history(ledger: Ledger, kind: str, id_: str) -> list[Record]:
    """Return every version of a record, the oldest first."""
    query = f"SELECT {_COLUMNS} FROM records WHERE kind = ? AND id = ? ORDER BY version"  # noqa: S608 - our own names
    return [_record(row) for row in ledger.db.execute(query, (kind, id_))]


def every_version(ledger: Ledger) -> Iterator[Record]:
    """Yield every version of every record, by kind and id, the oldest first."""
    query = f"SELECT {_COLUMNS} FROM records ORDER BY kind, id, version"  # noqa: S608 - our own names
    yield from map(_record, ledger.db.execute(query))


def edit(ledger: Ledger, what: str, edits: Iterable[Edit], *, by: str, **detail: Any) -> int:
    """Add versions, all or none, with one journal row that calls it ``what``; return how many there were to add.

    An edit that changes nothing adds none. One of a version that is not the newest any more is refused.
    """
    with ledger.change(what, by=by, **detail) as change:
        made = [one for one in edits if _add(ledger, one, by)]
        if not made:
            change.unchanged()
    return len(made)


def _add(ledger: Ledger, made: Edit, by: str) -> bool:
    old = record(ledger, made.kind, made.id)
    version = old.version if old else 0
    if version != made.seen:
        raise UserError(CHANGED_SINCE(id=made.id, seen=made.seen, version=version, by=old.by if old else ""))
    data = json.dumps(made.data, ensure_ascii=False, sort_keys=True)
    if old and json.loads(data) == old.data:
        return False
    ledger.db.execute(
        "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)",
        (made.kind, made.id, version + 1, data, by, made.reason, now()),
    )
    # how a finding is handled may complete what its respondent says
    ledger.db.execute(
        "INSERT INTO unmerged SELECT key FROM respondents WHERE key = ? AND key NOT IN unmerged",
        (made.data.get("about", ""),),
    )
    return True


def _record(row: tuple[Any, ...]) -> Record:
    kind, id_, version, data, by, reason, at = row
    return Record(kind, id_, version, json.loads(data), by, reason, at)
