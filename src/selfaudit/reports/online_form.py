"""The table from which the authority's online form is typed: numbers of the final report, each with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from selfaudit.base.i18n import N_
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.online_form import OnlineRow
from selfaudit.model.names import PROFILE
from selfaudit.model.roster import Body, Roster, Unit
from selfaudit.reports.build.final import final_report
from selfaudit.reports.build.findings import item_count_id
from selfaudit.reports.build.outline import fact_text
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import explain
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import action_id

_PROFILE = "profile."


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table, with its number; ``value`` is None if there is none yet, ``source`` says whose it is."""

    number: int
    group: str
    row: OnlineRow
    value: int | str | None
    source: str


def online_rows(kit: Kit) -> Iterator[tuple[str, OnlineRow]]:
    """Yield the rows that a kit lists, each with the heading that it is under."""
    for group in kit.plan.online_form.groups if kit.plan.online_form else ():
        yield from ((group.title, row) for row in group.rows)


def entries(report: FinalReport, setting: Setting) -> Iterator[Entry]:
    """Yield the table: what the final report prints, in the order of the kit."""
    wording, there = setting.wording, {figure.id: figure for figure in explain(report)}
    titles = {field.id: field.title for field in setting.kit.plan.profile}
    numbered = {f"{chapter.number} {chapter.title}" for chapter in report.chapters}
    uncounted = _left_out_at_0(setting.kit)
    for number, (group, row) in enumerate(online_rows(setting.kit), 1):
        fact = row.source.removeprefix(_PROFILE)
        if fact != row.source:
            value: int | str | None = setting.numbers.get(fact)
            if setting.facts.get(fact) and not _is_number(fact, setting.kit):
                value = fact_text(fact, setting)
            source = wording.pair(PROFILE, titles.get(fact, fact))
        elif figure := there.get(row.source):
            value = figure.value
            # who said it is for report --explain: it names passports
            place = wording.join(chapter for chapter in figure.chapters if chapter in numbered)
            source = wording.aside(figure.title, wording.pair(wording.tr(N_("final report")), place))
        else:
            value = 0 if row.source in uncounted else None
            source = wording.tr(N_("the final report has none") if value == 0 else N_("nobody gave a number"))
        yield Entry(number, group, row, value, source)


def _is_number(fact: str, kit: Kit) -> bool:
    return any(field.id == fact and field.kind == "number" for field in kit.plan.profile)


def misspelt(kit: Kit) -> Iterator[tuple[int, int, str, list[str]]]:
    """Yield the rows whose source there is not: numbers of group and row, the source, and ids that look like it."""
    if kit.plan.online_form is None:
        return
    known = _sources(kit)
    for g, group in enumerate(kit.plan.online_form.groups):
        for n, row in enumerate(group.rows):
            if row.source not in known:
                yield g, n, row.source, get_close_matches(row.source, known, n=5, cutoff=0)


def _sources(kit: Kit) -> dict[str, None]:
    """Return what a row can name: what the report of a body counts in which nobody was asked yet, and what comes later.

    Numbers of single units are not among them, since a kit does not know the units.
    """
    somewhere = Unit(id="unit", name="-", kind="management")
    roster = Roster(format="selfaudit/roster/1", body=Body(name="-"), units=(somewhere,))
    areas = {area.id for area in kit.plan.areas}
    # a kit that is being written may have mistakes, which are told elsewhere
    placed = {file: checklist for file, checklist in kit.checklists.items() if checklist.area in areas}
    setting = Setting(Kit(plan=kit.plan, citations=kit.citations, checklists=placed), roster, None, date.min)
    counted = (figure.id for figure in explain(final_report(Evidence(setting, ()))))
    given = (f"coverage.{field.id}" for field in kit.plan.coverage if field.total != "none")
    facts = (f"{_PROFILE}{field.id}" for field in kit.plan.profile)
    return dict.fromkeys((*facts, *counted, *given, *_left_out_at_0(kit)))


def _left_out_at_0(kit: Kit) -> dict[str, None]:
    """Return the figures that the report leaves out where there is nothing to count, so that they are 0 without it."""
    actions = (action_id(one.id, n) for one in kit.plan.dispositions for n in range(1, len(one.actions) + 1))
    return dict.fromkeys((*actions, *map(item_count_id, kit.items)))
