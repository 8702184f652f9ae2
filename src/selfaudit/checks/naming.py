"""Looks numbers up in a register, in the process and within the limits in which checks run."""

from collections.abc import Sequence

from selfaudit.checks.database import opened
from selfaudit.checks.running import circumstances
from selfaudit.model.data.register import Named


def look_up(register: str, named: Named, numbers: Sequence[str]) -> dict[str, str | None]:
    """Return the status of every number, empty if it has none, None if there is no such row; nothing without data.

    Numbers are in their ``loose`` form, as the register's are compared.
    """
    now = circumstances()
    if not now.stock.filled.get(register, {}).get(named.column):
        return {}
    number = f"lower(regexp_replace({named.column}, '\\s', '', 'g'))"
    # of a number that stands there with two statuses none is certain
    status = f"CASE WHEN count(DISTINCT {named.status}) = 1 THEN any_value({named.status}) ELSE '' END"
    query = f"SELECT {number}, {status} FROM {register} WHERE {number} IN (SELECT unnest(?::VARCHAR[])) GROUP BY 1"  # noqa: S608 - checked names
    with opened(now.path) as db:
        there = dict(db.execute(query, [list(numbers)]).fetchall())
    return {number: there.get(number) for number in numbers}
