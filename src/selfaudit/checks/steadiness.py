"""Whether what a check shows holds from day to day, and whatever the order of the rows of a register.

A verdict of a person holds while the facts shown are the same: what changes by itself would lose it overnight.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import duckdb

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, error
from selfaudit.checks.examples import TODAY, Tried, Trying, key_of
from selfaudit.checks.judging import Judged
from selfaudit.model.data.check import DataCheck, Example

CHANGES_DAILY = error(
    "kit.shown-changes-daily",
    N_("“{id}” is shown, but of this example it changes from day to day while the signal stays"),
    N_("Say it in “derivation” only: a verdict holds while what is shown is the same."),
)
DEPENDS_ON_ORDER = error(
    "kit.result-depends-on-order",
    N_("of this example “{id}” depends on the order of the rows"),
    N_("Order string_agg and list, and take min or max for any_value."),
)

_Signals = dict[tuple[str, ...], Mapping[str, Any]]


def unsteady(trying: Trying, check: DataCheck, tried: Tried) -> Iterator[tuple[Kind, str]]:
    """Yield the columns that change with the day or with the order of rows, of an example that holds."""
    before, example = _signals(check, tried.judged), tried.example
    daily = {"today": (example.today or TODAY) + timedelta(days=1)} if "today" in check.sql.lower() else {}
    turned = {"given": {name: rows[::-1] for name, rows in example.given.items() if len(rows) > 1}}
    if not before or not (daily or turned["given"]):
        return
    turned["given"] = {**example.given, **turned["given"]}
    columns = [*check.shown, *(name for name in check.subject.model_dump().values() if name), "severity"]
    # both at once mostly changes nothing, and then neither does
    both = _again(trying, check, example.model_copy(update=daily | turned))
    if both.keys() == before.keys() and not _changed(before, both, columns):
        return
    for name in _changed(before, _again(trying, check, example.model_copy(update=daily)), check.shown):
        yield CHANGES_DAILY, name
    for name in _changed(before, _again(trying, check, example.model_copy(update=turned)), columns):
        yield DEPENDS_ON_ORDER, name


def _again(trying: Trying, check: DataCheck, example: Example) -> _Signals:
    try:
        return _signals(check, trying.judged(check, example))
    except duckdb.Error:
        return {}


def _changed(was: _Signals, now: _Signals, names: Iterable[str]) -> list[str]:
    """Return the columns that differ between signals with the same key."""
    both = was.keys() & now.keys()
    return [name for name in dict.fromkeys(names) if any(was[key].get(name) != now[key].get(name) for key in both)]


def _signals(check: DataCheck, judged: Judged) -> _Signals:
    return {key_of(check, row): row for row in judged.of(signal=True)}
