"""Build what the final report says was found, and what is done about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.reports.context.parts import AreaFindings, FindingRow, Findings, HandlingRow, Measures, TitledFigure
from selfaudit.reports.evidence import REST, Evidence, Setting
from selfaudit.reports.figures import Figures
from selfaudit.reports.tables import disposition_classes, finding_row, known

Printed = tuple[FindingRecord, FindingRow]
"""A finding and how it is printed."""


def findings_and_measures(evidence: Evidence, figures: Figures) -> tuple[Findings, Measures]:
    """Return what was found and what is done about it; both show the same rows."""
    printed = [(finding, finding_row(finding, evidence.setting)) for finding in evidence.findings]
    return _findings(printed, evidence.setting, figures), _measures(printed, evidence.setting, figures)


def _findings(printed: Sequence[Printed], setting: Setting, figures: Figures) -> Findings:
    found = [finding for finding, _ in printed]
    by_area: dict[str, list[Printed]] = {area: [] for area in setting.areas}
    for finding, row in printed:
        by_area[known(finding.area, setting.areas)].append((finding, row))
    severities = _Severities(setting, figures, _used_severities(found, setting))
    return Findings(
        total=figures.findings("findings.total", setting.wording.tr(N_("findings")), found),
        severities=severities.count("findings.severity", "", found),
        areas=tuple(_area(area, inside, severities) for area, inside in by_area.items() if inside or area != REST),
        rows=tuple(row for _, row in printed),
    )


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


def _area(area: str, inside: Sequence[Printed], severities: _Severities) -> AreaFindings:
    title, found = severities.setting.areas[area], [finding for finding, _ in inside]
    prefix = f"findings.area.{area}"
    return AreaFindings(
        id=area,
        title=title,
        count=severities.figures.findings(f"{prefix}.count", title, found),
        severities=severities.count(f"{prefix}.severity", title, found),
        rows=tuple(row for _, row in inside),
    )


def _measures(printed: Sequence[Printed], setting: Setting, figures: Figures) -> Measures:
    tr, found = setting.wording.tr, [finding for finding, _ in printed]
    unfinished: list[FindingRecord] = []
    finished: list[FindingRecord] = []
    for finding in found:
        (unfinished if setting.lacking(finding) else finished).append(finding)
    return Measures(
        rows=tuple(row for _, row in printed),
        classes=disposition_classes(found, setting, figures),
        handling=tuple(HandlingRow(entry.who, entry.does) for entry in setting.kit.plan.handling),
        open=figures.findings("measures.open", tr(N_("findings whose handling is not complete")), unfinished),
        handled=figures.findings("measures.handled", tr(N_("findings whose handling is complete")), finished),
    )
