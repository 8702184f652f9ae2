"""Build what the final report says of the body's own data: the checks, and the answers held against them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.model.data.totals import CheckTotal
from selfaudit.model.data.verdict import State
from selfaudit.reports.against import contradiction_row, places_of, unsupported_rows
from selfaudit.reports.context.findings import ContradictionRow, DataChecks
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.setting import Setting
from selfaudit.reports.wording import unbroken
from selfaudit.word.values import Figure

HEAVIEST = 10
"""Contradictions that the chapter prints; if there are more, an annex has all of them."""


def held_against_data(evidence: Evidence) -> dict[str, Any]:
    """Return what came of the data checks, the heaviest contradictions, and the answers that no data supports."""
    setting, tr = evidence.setting, evidence.setting.wording.tr
    rows = _rows(evidence)
    open_ = {one.key for one in evidence.against_open}
    still = tuple(_told(row, setting) for row in rows if row.key in open_)
    places = places_of(evidence.unsupported, setting)
    without = tuple(setting.wording.aside(place, str(len(who))) for place, who in places.items())
    unsupported = sum(map(len, places.values()))
    title = tr(N_("contradictions between answers and data"))
    return {
        "checked": _checked(setting),
        "contradictions": rows[:HEAVIEST],
        "contradictions_count": Figure(
            "findings.contradictions", len(rows), title, tuple(_told(row, setting) for row in rows)
        ),
        "contradictions_open": Figure("findings.contradictions_open", len(still), tr(N_("of them not settled")), still),
        "unsupported": tuple(unsupported_rows(evidence.unsupported, setting)),
        "unsupported_count": Figure(
            "findings.unsupported", unsupported, tr(N_("answers “conform” that no data check supports")), without
        ),
    }


def all_contradictions(evidence: Evidence) -> tuple[ContradictionRow, ...]:
    """Return every contradiction, the heaviest first; none if the chapter has room for them."""
    return _rows(evidence) if len(evidence.against) > HEAVIEST else ()


def _rows(evidence: Evidence) -> tuple[ContradictionRow, ...]:
    settled = evidence.settlements
    rows = (contradiction_row(one, settled.get(one.key), evidence.setting) for one in evidence.against)
    # cells are narrow, and keys of rows full of dates and numbers
    return tuple(replace(row, about=unbroken(row.about), data=unbroken(row.data)) for row in rows)


def _told(row: ContradictionRow, setting: Setting) -> str:
    return setting.wording.clauses([row.place, row.about, *row.said.splitlines(), *row.data.splitlines()])


def _checked(setting: Setting) -> DataChecks | None:
    """Return what came of the data checks, each number with how much of it comes from which check."""
    say, pair = setting.wording.tr, setting.wording.pair

    def count(name: str, title: str, number: Callable[[CheckTotal], int]) -> Figure:
        counted = [(one.outcome.check, number(one)) for one in setting.totals]
        sources = tuple(pair(check, n) for check, n in counted if n)
        return Figure(f"data.{name}", sum(n for _, n in counted), say(title), sources)

    def stands(state: State) -> Callable[[CheckTotal], int]:
        return lambda one: one.states.get(state, 0)

    if not setting.totals:
        return None
    return DataChecks(
        ran=count("ran", N_("data checks run"), lambda one: one.ran),
        not_run=count("not_run", N_("data checks not run"), lambda one: not one.ran),
        judged=count("judged", N_("rows judged by data checks"), lambda one: one.outcome.judged),
        signals=count("signals", N_("signals of data checks"), lambda one: one.outcome.signals),
        confirmed=count("confirmed", N_("signals confirmed"), stands("confirmed")),
        explained=count("explained", N_("signals explained"), stands("explained")),
        excepted=count("excepted", N_("signals excepted"), stands("excepted")),
        undecided=count("undecided", N_("signals not decided"), lambda one: one.undecided),
        outdated=setting.wording.join(
            one.outcome.check for one in setting.totals if one.outcome.check in setting.data.outdated
        ),
    )
