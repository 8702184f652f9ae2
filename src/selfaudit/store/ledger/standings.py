"""The state of everybody, gathered from the tables of forms and responses."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from selfaudit.model.form.form import Respondent
from selfaudit.store.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class StandingRow:
    """The state of one respondent: the form issued last and the response shown.

    ``first_at`` is when the first response came, ``completed_at`` when the first complete one did.
    ``content`` is its JSON and ``gaps`` as ``packed`` writes them; they, ``digest`` and both times are empty when
    nothing came back, ``passport`` and ``issued_at`` when nothing was issued.
    ``due`` is the last day as it was entered last, ``first_due`` as it was when the first form went out.
    ``answered`` and ``asked`` are the digests of the questions of that response and of the form issued last.
    ``response`` is the digest of the response as it came, ``source`` that of an earlier one which completes it at the
    ``taken`` places.
    ``answered_in`` is the unit in which the respondent was when it came.
    ``waiver`` is by whom, why and when it was decided that no answer is needed.
    """

    respondent: Respondent
    active: bool
    passport: str
    issued_at: str
    due: date
    first_due: date
    content: str
    digest: str
    received_at: str
    first_at: str
    completed_at: str
    gaps: str
    responses: int
    contested: bool
    answered: str
    asked: str
    response: str
    source: str
    taken: tuple[str, ...]
    answered_in: str
    waiver: tuple[str, str, str] | None


def coverage_given(ledger: Ledger, units: Sequence[str]) -> Iterator[tuple[Respondent, dict[str, int], str, str]]:
    """Yield everybody in some units who is asked and has answered, with the numbers in the response that is shown.

    The last two are the digests of the questions that it answers and of those issued last.
    """
    rows = ledger.db.execute(
        "SELECT r.data, coalesce(coalesce(c.content, p.content) -> '$.coverage', '{}'), g.questions,"
        " (SELECT f.questions FROM forms f WHERE f.respondent = r.key ORDER BY f.serial DESC LIMIT 1)"
        " FROM respondents r"
        " JOIN shown s ON s.respondent = r.key"
        " LEFT JOIN carried c ON c.respondent = r.key AND c.digest = s.digest"
        " JOIN responses p ON p.respondent = r.key AND p.digest = coalesce(c.response, s.digest)"
        " JOIN forms g ON g.passport = p.passport"
        " WHERE r.active AND r.data ->> '$.unit' IN (SELECT value FROM json_each(?)) ORDER BY r.position, r.key",
        (json.dumps(units),),
    )
    for data, numbers, answered, asked in rows:
        yield Respondent.model_validate_json(data), json.loads(numbers), answered, asked


def each_standing(ledger: Ledger, respondent: str = "", kind: str = "") -> Iterator[StandingRow]:
    """Yield the state of everybody, of one respondent, or of those of a kind, in the order of the roster."""
    rows = ledger.db.execute(
        """
        SELECT r.data, r.due, coalesce(d.due, r.due), r.active, coalesce(f.passport, ''), coalesce(f.issued_at, ''),
               coalesce(c.content, p.content, ''), coalesce(s.digest, ''), coalesce(p.received_at, ''),
               coalesce((SELECT min(x.received_at) FROM counting x WHERE x.respondent = r.key), ''),
               coalesce((SELECT min(x.received_at) FROM counting x
                         LEFT JOIN carried y ON y.respondent = x.respondent AND y.response = x.digest AND y.source IN
                             (SELECT z.digest FROM counting z WHERE z.respondent = x.respondent)
                         WHERE x.respondent = r.key AND '[]' IN (x.gaps, y.gaps)), ''),
               coalesce(c.gaps, p.gaps, ''),
               (SELECT count(*) FROM counting x WHERE x.respondent = r.key), coalesce(s.rivals, '[]') <> '[]',
               coalesce(g.questions, ''), coalesce(f.questions, ''), coalesce(p.digest, ''),
               coalesce(c.source, ''), coalesce(c.taken, '[]'), coalesce(u.unit, ''),
               w.decided_by, w.reason, w.decided_at
        FROM respondents r
        LEFT JOIN first_dues d ON d.respondent = r.key
        LEFT JOIN forms f ON f.respondent = r.key
            AND f.serial = (SELECT max(serial) FROM forms y WHERE y.respondent = r.key)
        LEFT JOIN shown s ON s.respondent = r.key
        LEFT JOIN carried c ON c.respondent = r.key AND c.digest = s.digest
        LEFT JOIN responses p ON p.respondent = r.key AND p.digest = coalesce(c.response, s.digest)
        LEFT JOIN answered_in u ON u.respondent = p.respondent AND u.digest = p.digest
        LEFT JOIN forms g ON g.passport = p.passport
        LEFT JOIN decisions w ON w.kind = 'waive' AND w.about = r.key
        WHERE ?1 IN ('', r.key) AND ?2 IN ('', substr(r.key, 1, instr(r.key, ':') - 1))
        ORDER BY r.position, r.key
        """,
        (respondent, kind),
    )
    for data, due, first_due, active, passport, issued_at, *answer, by, reason, at in rows:
        content, digest, received_at, first_at, completed_at, gaps, count, contested, *forms = answer
        answered, asked, response, source, taken, answered_in = forms
        yield StandingRow(
            respondent=Respondent.model_validate_json(data),
            active=bool(active),
            passport=passport,
            issued_at=issued_at,
            due=date.fromisoformat(due),
            first_due=date.fromisoformat(first_due),
            content=content,
            digest=digest,
            received_at=received_at,
            first_at=first_at,
            completed_at=completed_at,
            gaps=gaps,
            responses=count,
            contested=bool(contested),
            answered=answered,
            asked=asked,
            response=response,
            source=source,
            taken=tuple(json.loads(taken)),
            answered_in=answered_in,
            waiver=(by, reason, at) if at else None,
        )
