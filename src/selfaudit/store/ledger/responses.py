"""What each respondent said, which of their responses is shown, and what a person chose, as the ledger keeps it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from selfaudit.base.clock import now
from selfaudit.store.ledger.ledger import Ledger, values


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """A response; ``content`` is JSON, ``gaps`` as ``packed`` writes them, ``sha256`` the file that it came in.

    ``run`` is the number of the run of ``collect`` that brought it, ``received_at`` when that run began; what is
    entered otherwise is a run of its own, with 0 until then. ``serial`` grows with every form issued; it is that of the
    form which the response answers. It, ``issued_at``, when that form was first issued, and the digest of its
    ``questions`` are known on reading.
    """

    respondent: str
    digest: str
    passport: str
    filled_by: str
    filled_on: str
    content: str
    gaps: str
    received_at: str
    sha256: str
    run: int = 0
    serial: int = 0
    issued_at: str = ""
    questions: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The digest of the response that a person chose, and those among which they chose."""

    digest: str
    considered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Carried:
    """The response with this digest, completed by what the respondent said in an earlier one, the ``source``.

    ``content`` and ``gaps`` are those of the completed one. ``taken`` are the places that were taken over, ``left``
    those of earlier findings that were not.
    """

    response: str
    source: str
    content: str
    gaps: str
    taken: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The digest of what is shown for a respondent, and of the responses that contest it, in order.

    It is that of a response as it came, or if something was ``carried`` over, of the completed one.
    """

    digest: str
    rivals: tuple[str, ...]
    carried: Carried | None = None

    @property
    def response(self) -> str:
        """The digest of the response as it came."""
        return self.carried.response if self.carried else self.digest


_COLUMNS = "respondent, digest, passport, filled_by, filled_on, content, gaps, received_at, sha256, run"


def responses(ledger: Ledger, respondent: str) -> list[ResponseRow]:
    """Return every different response of one respondent in the order of arrival, also those that were withdrawn."""
    return _responses(ledger, respondent, "SELECT rowid AS arrival, * FROM responses")


def counting(ledger: Ledger, respondent: str) -> list[ResponseRow]:
    """Return the same without those that were withdrawn."""
    return _responses(ledger, respondent, "SELECT * FROM counting")


def _responses(ledger: Ledger, respondent: str, of: str) -> list[ResponseRow]:
    query = (
        "SELECT r.respondent, r.digest, r.passport, r.filled_by, r.filled_on, r.content, r.gaps, r.received_at,"  # noqa: S608 - our own names
        f" r.sha256, r.run, f.serial, f.issued_at, f.questions FROM ({of}) r JOIN forms f USING (passport)"
        " WHERE r.respondent = ? ORDER BY r.arrival"
    )
    rows = ledger.db.execute(query, (respondent,))
    return [ResponseRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A response without what it says: who filled it in and when, when it came and in which file."""

    digest: str
    filled_by: str
    filled_on: str
    received_at: str
    sha256: str


def arrivals(ledger: Ledger) -> dict[str, list[Arrival]]:
    """Return every different response by respondent, in the order of arrival, also those that were withdrawn."""
    found: dict[str, list[Arrival]] = {}
    rows = "SELECT respondent, digest, filled_by, filled_on, received_at, sha256 FROM responses ORDER BY rowid"
    for respondent, *row in ledger.db.execute(rows):
        found.setdefault(respondent, []).append(Arrival(*row))
    return found


def counted_contents(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Yield of every response that was not withdrawn the respondent, the digest of its questions and its content."""
    yield from ledger.db.execute(
        "SELECT r.respondent, f.questions, r.content FROM counting r JOIN forms f USING (passport)"
    )


def digests(ledger: Ledger, respondent: str) -> list[str]:
    """Return the digests of every different response, also of those that were withdrawn."""
    rows = ledger.db.execute("SELECT digest FROM responses WHERE respondent = ? ORDER BY rowid", (respondent,))
    return [digest for (digest,) in rows]


def signable(ledger: Ledger, respondent: str) -> list[str]:
    """Return the digests of all that a respondent may have signed: every response, and every one that was completed."""
    rows = ledger.db.execute("SELECT digest FROM carried WHERE respondent = ?", (respondent,))
    return [*digests(ledger, respondent), *(digest for (digest,) in rows)]


_RUNNING = "collecting"
"""The fact about the campaign that a run has begun and not ended: its number."""


def begin_run(ledger: Ledger) -> int:
    """Return the number of a run that begins now.

    One that was cut off goes on, and so does one that another command has under way: what came together stays together,
    or it would depend on the moment of the cut which of two responses counts as the later one.
    """
    number = ledger.meta(_RUNNING) or str(_next_run(ledger))
    ledger.put_meta(_RUNNING, number)
    return int(number)


def end_run(ledger: Ledger) -> None:
    """Note that a run has come to its end."""
    ledger.db.execute("DELETE FROM meta WHERE key = ?", (_RUNNING,))


def _next_run(ledger: Ledger) -> int:
    """Return the number of a run that begins now."""
    return int(ledger.db.execute("SELECT coalesce(max(run), 0) + 1 FROM responses").fetchone()[0])


def put_response(ledger: Ledger, row: ResponseRow) -> None:
    """Enter a response."""
    row = row if row.run else replace(row, run=_next_run(ledger))
    ledger.db.execute(f"INSERT INTO responses ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values(row)[:-3])  # noqa: S608 - our own names


def keep_fewer_gaps(ledger: Ledger, respondent: str, digest: str, gaps: str) -> None:
    """Of two files that say the same, let the one count in which less was unreadable, whichever came first."""
    ledger.db.execute(
        "UPDATE responses SET gaps = ?3 WHERE respondent = ?1 AND digest = ?2"
        " AND (length(?3), ?3) < (length(gaps), gaps)",
        (respondent, digest, gaps),
    )


def about_response(respondent: str, digest: str) -> str:
    """Return what a decision on one response is about."""
    return f"{respondent} {digest}"


def choice(ledger: Ledger, respondent: str) -> Choice | None:
    """Return what a person chose for a respondent."""
    row = ledger.db.execute("SELECT digest, considered FROM choices WHERE respondent = ?", (respondent,)).fetchone()
    return Choice(row[0], frozenset(json.loads(row[1]))) if row else None


def put_choice(ledger: Ledger, respondent: str, chosen: Choice, by: str, reason: str) -> None:
    """Enter a person's choice."""
    row = (respondent, chosen.digest, json.dumps(sorted(chosen.considered)), by, reason, now())
    ledger.db.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?, ?, ?, ?)", row)


_SHOWN = (
    "SELECT s.respondent, s.digest, s.rivals, c.response, c.source, c.content, c.gaps, c.taken, c.left_out"
    " FROM shown s LEFT JOIN carried c ON c.respondent = s.respondent AND c.digest = s.digest"
)


def shown(ledger: Ledger, respondent: str) -> Shown | None:
    """Return which response is shown for a respondent."""
    row = ledger.db.execute(f"{_SHOWN} WHERE s.respondent = ?", (respondent,)).fetchone()
    return _shown(*row[1:]) if row else None


def _shown(digest: str, rivals: str, *carried: str | None) -> Shown:
    response, source, content, gaps, *lists = (text or "" for text in carried)
    made = None
    if response:
        taken, left = (tuple(json.loads(text)) for text in lists)
        made = Carried(response, source, content, gaps, taken, left)
    return Shown(digest, tuple(json.loads(rivals)), made)


def answered_often(ledger: Ledger) -> list[str]:
    """Return the keys of everybody who has several responses."""
    rows = ledger.db.execute("SELECT respondent FROM counting GROUP BY respondent HAVING count(*) > 1 ORDER BY 1")
    return [key for (key,) in rows]


def answered(ledger: Ledger) -> list[str]:
    """Return the keys of everybody who has a response that counts."""
    return [key for (key,) in ledger.db.execute("SELECT DISTINCT respondent FROM counting ORDER BY respondent")]


def all_shown(ledger: Ledger) -> dict[str, Shown]:
    """Return which response is shown for every respondent who has one."""
    rows = ledger.db.execute(f"{_SHOWN} ORDER BY s.respondent")
    return {key: _shown(*row) for key, *row in rows}


def drop_shown(ledger: Ledger, respondent: str) -> None:
    """Enter that nothing is shown for a respondent."""
    ledger.db.execute("DELETE FROM shown WHERE respondent = ?", (respondent,))


def put_shown(ledger: Ledger, respondent: str, found: Shown) -> None:
    """Enter which response is shown for a respondent.

    One that came may say what another says only completed; both have the same digest, and the one shown keeps it.
    """
    row = (respondent, found.digest, json.dumps(sorted(found.rivals)))
    ledger.db.execute("DELETE FROM carried WHERE respondent = ? AND digest = ?", (respondent, found.digest))
    ledger.db.execute("INSERT OR REPLACE INTO shown VALUES (?, ?, ?)", row)
    if made := found.carried:
        lists = (json.dumps(made.taken, ensure_ascii=False), json.dumps(made.left, ensure_ascii=False))
        texts = (made.response, made.source, made.content, made.gaps)
        all_of_it = (respondent, found.digest, *texts, *lists)
        ledger.db.execute("INSERT INTO carried VALUES (?, ?, ?, ?, ?, ?, ?, ?)", all_of_it)
