"""Whether the numbers of the final report agree: inside a chapter, between chapters, and with the rows that are there.

It takes the finished report as a reader does, and knows nothing of how its numbers were counted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.context.outline import AnnexKind
from selfaudit.word.values import ChartData, Figure

_ANSWERS = ("conform", "problem", "unchecked", "not_applicable", "missing")
_TOKEN = re.compile(r"[^\s,;:!?，、；：。（）()]+")


@dataclass(frozen=True, slots=True)
class Balance:
    """Figures that must add up to another one."""

    total: Figure
    parts: tuple[Figure, ...]

    @property
    def sum(self) -> int:
        """What the parts add up to."""
        return sum(part.value for part in self.parts)

    @property
    def holds(self) -> bool:
        """Whether they do add up."""
        return self.sum == self.total.value


def balances(report: FinalReport) -> Iterator[Balance]:
    """Yield everything in the final report that must add up."""
    yield from _conduct(report)
    yield from _findings(report)
    yield from _measures(report)
    yield from _items(report)
    yield from _voices(report)
    yield from _charts(report)


def _conduct(report: FinalReport) -> Iterator[Balance]:
    conduct = report.conduct
    yield Balance(conduct.issued, (conduct.answered, conduct.missing))
    yield Balance(conduct.issued, (conduct.units_asked, conduct.people_asked, conduct.files_asked))
    yield Balance(conduct.answered, (conduct.complete, conduct.incomplete))
    forms = _counted(_annex(report, "respondents"), report.annex_respondents)
    yield Balance(forms, (conduct.issued, conduct.inactive, conduct.gone))
    yield Balance(conduct.answered, (conduct.units_answered, conduct.people_answered, conduct.files_answered))
    for name in ("issued", "answered", "complete", "missing"):
        yield Balance(getattr(conduct, name), tuple(getattr(row, name) for row in conduct.units))
    yield Balance(conduct.waived, (_counted(conduct.waived.title, conduct.waivers),))
    yield Balance(conduct.decisions, (_counted(_annex(report, "decisions"), report.decisions),))


def _findings(report: FinalReport) -> Iterator[Balance]:
    """Chapter 3 by unit, area, severity and item, and each of them against the rows of the list."""
    findings = report.findings
    annex, total = _annex(report, "findings"), findings.total
    by_unit = ((row.problems, *(one.value for one in row.elsewhere)) for row in report.conduct.units)
    yield Balance(total, tuple(figure for figures in by_unit for figure in figures))
    yield Balance(total, tuple(area.count for area in findings.areas))
    yield Balance(total, tuple(severity.value for severity in findings.severities))
    for n, severity in enumerate(findings.severities):
        yield Balance(severity.value, tuple(area.severities[n].value for area in findings.areas))
    by_area = Counter(row.area for row in findings.rows)
    by_item = Counter(row.item.partition(" ")[0] for row in findings.rows)
    for area in findings.areas:
        yield Balance(area.count, tuple(severity.value for severity in area.severities))
        yield Balance(area.count, tuple(item.count for item in area.by_item))
        yield Balance(area.count, (_counted(area.title, area.rows),))
        yield Balance(area.count, (_number(annex, by_area[area.title]),))
        for item in area.by_item:
            yield Balance(item.count, (_number(annex, by_item[item.id]),))
    # the same finding twice in place of another one would leave the number right
    yield Balance(total, (_counted(annex, {row.id for row in findings.rows}),))
    yield Balance(total, (_counted(annex, findings.rows),))
    yield Balance(findings.in_full_count, (_counted(findings.in_full_severities, findings.in_full),))
    held = report.annex_contradictions or findings.contradictions
    yield Balance(findings.contradictions_count, (_counted("contradictions", {row.key for row in held}),))
    if checked := findings.checked:
        states = checked.confirmed, checked.explained, checked.excepted, checked.undecided
        yield Balance(checked.signals, states)
    if alike := findings.lookalikes:
        yield Balance(alike.pairs, (_counted(_annex(report, "lookalikes"), report.annex_lookalikes),))
    there = {row.id for row in findings.rows}
    yield Balance(findings.in_full_count, (_counted(annex, [row for row in findings.in_full if row.id in there]),))


def _measures(report: FinalReport) -> Iterator[Balance]:
    """Chapter 4 against chapter 3 and the list of findings."""
    total, measures = report.findings.total, report.measures
    listed = {row.short_id for row in report.findings.rows} | {row.id for row in report.annex_dispositions}
    annex = _annex(report, "findings")
    yield Balance(total, (_counted(annex, measures.rows),))
    yield Balance(total, (measures.open, measures.handled))
    done = [row for row in report.findings.rows if row.done]
    yield Balance(measures.handled, (_counted(annex, done),))
    if measures.states:
        yield from _register(report)
    for handled in measures.classes:
        yield Balance(handled.count, (_counted(handled.title, handled.rows),))
        yield Balance(handled.count, (_counted(annex, [row for row in handled.rows if row.finding in listed]),))
        if handled.actions:
            yield Balance(handled.count, tuple(action.value for action in handled.actions))


def _register(report: FinalReport) -> Iterator[Balance]:
    """How far the findings are: their states against chapter 3 and, state by state, the rows of the register."""
    total, annex, rows = report.findings.total, _annex(report, "register"), report.annex_register
    yield Balance(total, tuple(state.value for state in report.measures.states))
    yield Balance(total, (_counted(annex, {row.id for row in rows}),))
    for state in report.measures.states:
        # what is overdue is said in brackets behind it
        there = [row for row in rows if re.split(r" ?[(（]", row.state)[0] == state.title]
        yield Balance(state.value, (_counted(annex, there),))


def _items(report: FinalReport) -> Iterator[Balance]:
    """The answers by area in chapter 2 against the annex item by item, answer by answer."""
    items = [row for row in report.annex_items if not row.part]
    for answer, (title, _) in zip(_ANSWERS, report.charts.answers_by_area.series, strict=True):
        by_area = sum(getattr(row, answer).value for row in report.conduct.areas)
        listed = sum(getattr(row, answer).value for row in items)
        yield Balance(_number(title, by_area), (_number(_annex(report, "items"), listed),))


def _voices(report: FinalReport) -> Iterator[Balance]:
    """The suggestions and clues that chapters print against those that there are."""
    there = {
        "suggestions": sum(len(box.rows) for box in report.suggestions),
        "clues": len(report.clues),
    }
    for chapter in report.chapters:
        for kind, count in there.items():
            sections = [section for section in chapter.sections if section.kind == kind]
            if kind in chapter.holds and sections:
                printed = tuple(_counted(section.title or chapter.title, section.voices) for section in sections)
                yield Balance(_number(chapter.title, count), printed)


def _charts(report: FinalReport) -> Iterator[Balance]:
    findings, charts = report.findings, report.charts
    by_severity = zip(*(area.severities for area in findings.areas), strict=True)
    yield from _chart(charts.findings_by_area, [[cell.value for cell in column] for column in by_severity])
    by_answer = [[getattr(row, answer) for row in report.conduct.areas] for answer in _ANSWERS]
    yield from _chart(charts.answers_by_area, by_answer)


def _chart(chart: ChartData, printed: Sequence[Sequence[Figure]]) -> Iterator[Balance]:
    for (_, values), figures in zip(chart.series, printed, strict=False):
        yield from (Balance(one, (_number(chart.title, value),)) for one, value in zip(figures, values, strict=False))


def _annex(report: FinalReport, kind: AnnexKind) -> str:
    return next((annex.title for annex in report.annexes if annex.kind == kind), kind)


def _counted(place: str, rows: Iterable[object]) -> Figure:
    """Return how many rows are in a place of the report."""
    return _number(place, sum(1 for _ in rows))


def _number(place: str, count: int) -> Figure:
    return Figure("", count, place)


def left_out(report: FinalReport, texts: set[str]) -> dict[AnnexKind, tuple[list[str], int]]:
    """Return what a template leaves out of a list of which it prints other rows, and how many rows the list has.

    ``texts`` are those of the written files, piece by piece. A template may do without a list as a whole.
    """
    tokens = {token for text in texts for token in _TOKEN.findall(text)}
    lists: dict[AnnexKind, list[str]] = {
        "findings": [row.short_id for row in report.findings.rows],
        "items": [row.id for row in report.annex_items if not row.part],
        "respondents": [row.name for row in report.annex_respondents],
    }
    told = {row.short_id for row in report.findings.in_full}
    found: dict[AnnexKind, tuple[list[str], int]] = {}
    for kind, names in lists.items():
        lacking = [name for name in names if name not in tokens and name not in texts]
        if lacking and not told.issuperset(set(names).difference(lacking)):
            found[kind] = lacking, len(names)
    return found
