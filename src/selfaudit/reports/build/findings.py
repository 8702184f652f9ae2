"""Build what the final report says was found, and what is done about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.model.form.answers import MISSING, Answer
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.reports.build.data import held_against_data
from selfaudit.reports.build.register import overdue, recurrent, recurrent_rows, states
from selfaudit.reports.build.reviewed import file_reviews
from selfaudit.reports.build.similar import lookalikes_told
from selfaudit.reports.context.findings import (
    AreaFindings,
    FindingRow,
    Findings,
    HandlingRow,
    ItemFindings,
    Measures,
)
from selfaudit.reports.context.parts import TitledFigure
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import Figures
from selfaudit.reports.setting import REST, Setting
from selfaudit.reports.tables import asks_what_is_done, disposition_classes, finding_row, known
from selfaudit.word.values import Figure

Printed = tuple[FindingRecord, FindingRow]
"""A finding and how it is printed."""


def findings_and_measures(evidence: Evidence, figures: Figures) -> tuple[Findings, Measures]:
    """Return what was found and what is done about it; both show the same rows."""
    printed = [(finding, finding_row(finding, evidence.setting)) for finding in evidence.findings]
    return _findings(printed, evidence, figures), _measures(printed, evidence, figures)


def _findings(printed: Sequence[Printed], evidence: Evidence, figures: Figures) -> Findings:
    setting, found = evidence.setting, [finding for finding, _ in printed]
    by_area: dict[str, list[Printed]] = {area: [] for area in setting.areas}
    for finding, row in printed:
        by_area[known(finding.area, setting.areas)].append((finding, row))
    severities = _Severities(setting, figures, _used_severities(found, setting))
    return Findings(
        total=figures.findings("findings.total", setting.wording.tr(N_("findings")), found),
        severities=severities.count("findings.severity", "", found),
        areas=tuple(
            _area(area, inside, severities, evidence) for area, inside in by_area.items() if inside or area != REST
        ),
        rows=tuple(row for _, row in printed),
        **_in_full(printed, setting, figures),
        **held_against_data(evidence),
        reviews=file_reviews(evidence),
        lookalikes=lookalikes_told(setting),
    )


def _in_full(printed: Sequence[Printed], setting: Setting, figures: Figures) -> dict[str, Any]:
    """Return the findings of which the report itself tells everything: from the severity of the plan upwards.

    Without grades none is more severe than others, so none is told in full unless the plan says so.
    """
    plan = setting.kit.plan
    ranked = [severity.id for severity in plan.severities]
    least = plan.report.in_full or (ranked[0] if len(ranked) > 1 else "")
    told = ranked[: ranked.index(least) + 1] if least in ranked else []
    rows = [(finding, row) for finding, row in printed if finding.severity in told]
    rows.sort(key=lambda one: told.index(one[0].severity))
    severities = setting.wording.join(setting.severities[severity] for severity in told)
    return {
        "in_full": tuple(row for _, row in rows),
        "in_full_count": figures.findings("findings.in_full", severities, [finding for finding, _ in rows]),
        "in_full_severities": severities,
    }


def _used_severities(found: Sequence[FindingRecord], setting: Setting) -> list[str]:
    strange = any(finding.severity not in setting.severities for finding in found)
    return [severity for severity in setting.severities if severity != REST or strange]


@dataclass(frozen=True, slots=True)
class _Severities:
    """Counts findings by severity, always by the same ones, so that the columns of a table match."""

    setting: Setting
    figures: Figures
    used: Sequence[str]

    def count(self, prefix: str, label: str, found: Sequence[FindingRecord]) -> tuple[TitledFigure, ...]:
        """Return how many findings have which severity."""
        by_severity: dict[str, list[FindingRecord]] = {severity: [] for severity in self.used}
        for finding in found:
            by_severity[known(finding.severity, self.setting.severities)].append(finding)
        counted = []
        for severity, same in by_severity.items():
            title = self.setting.severities[severity]
            words = self.setting.wording.pair(label, title) if label else title
            counted.append(TitledFigure(title, self.figures.findings(f"{prefix}.{severity}", words, same)))
        return tuple(counted)


def _area(area: str, inside: Sequence[Printed], severities: _Severities, evidence: Evidence) -> AreaFindings:
    title, found = severities.setting.areas[area], [finding for finding, _ in inside]
    prefix, figures = f"findings.area.{area}", severities.figures
    return AreaFindings(
        id=area,
        title=title,
        **_answered(prefix, area, evidence, figures),
        count=figures.findings(f"{prefix}.count", title, found),
        severities=severities.count(f"{prefix}.severity", title, found),
        by_item=tuple(_by_item(found, evidence.setting, figures)),
        rows=tuple(row for _, row in inside),
    )


def _answered(prefix: str, area: str, evidence: Evidence, figures: Figures) -> dict[str, Figure]:
    """Return how many items an area has, and how many units and people answered any of them."""
    wording, kit = evidence.setting.wording, evidence.setting.kit
    title = evidence.setting.areas[area]
    items = [item for item in kit.items if kit.area_of[item] == area]
    who = {
        respondent.key: respondent
        for item in items
        for answer, said in evidence.tallies[item].by_answer.items()
        if answer not in (Answer.UNCHECKED, MISSING)
        for respondent in said
    }
    groups = {
        name: [respondent for respondent in who.values() if respondent.answers == answers]
        for name, answers in (("units", "unit"), ("people", "person"), ("files", "file"))
    }
    words = {"units": N_("units that answered"), "people": N_("people who answered"), "files": N_("reviews of files")}
    counted = Figure(f"{prefix}.items", len(items), wording.pair(title, wording.tr(N_("items asked"))), tuple(items))
    problems = [item for item in items if evidence.tallies[item].by_answer[Answer.PROBLEM]]
    label = wording.pair(title, wording.tr(N_("items answered with a problem")))
    return {"items": counted, "problem": Figure(f"{prefix}.problem", len(problems), label, tuple(problems))} | {
        name: figures.respondents(f"{prefix}.{name}", wording.pair(title, wording.tr(words[name])), group)
        for name, group in groups.items()
    }


def item_count_id(item: str) -> str:
    """Return the id of the figure that counts the findings of an item."""
    return f"findings.item.{item}.count"


def _by_item(found: Sequence[FindingRecord], setting: Setting, figures: Figures) -> Iterator[ItemFindings]:
    by_item: dict[str, list[FindingRecord]] = {}
    for finding in found:
        by_item.setdefault(finding.item, []).append(finding)
    for item_id, same in by_item.items():
        item = setting.kit.items.get(item_id)
        label = setting.wording.pair(item_id, setting.wording.tr(N_("findings")))
        count = figures.findings(item_count_id(item_id), label, same)
        yield ItemFindings(item_id, item.title if item else "", count)


def _measures(printed: Sequence[Printed], evidence: Evidence, figures: Figures) -> Measures:
    setting = evidence.setting
    tr, found = setting.wording.tr, [finding for finding, _ in printed]
    handled = [finding for finding, row in printed if row.done]
    still_open = [finding for finding, row in printed if not row.done]
    return Measures(
        rows=tuple(row for _, row in printed),
        classes=disposition_classes(found, setting, figures),
        handling=tuple(HandlingRow(entry.who, entry.does) for entry in setting.kit.plan.handling),
        # what is not asked any more may have been said before
        asked=bool(handled) or asks_what_is_done(setting),
        open=figures.findings("measures.open", tr(N_("findings that do not say what is done")), still_open),
        handled=figures.findings("measures.handled", tr(N_("findings that say what is done")), handled),
        states=states(evidence, figures),
        overdue=overdue(evidence, figures),
        recurrent=recurrent(evidence, figures),
        recurrent_rows=tuple(recurrent_rows(evidence)),
    )
