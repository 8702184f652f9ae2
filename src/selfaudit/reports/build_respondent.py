"""Build the report of one respondent: a person, or a unit with its people."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from selfaudit.base.i18n import N_
from selfaudit.model.answers import Answer
from selfaudit.model.kit import Item
from selfaudit.model.standing import FindingRecord, ItemTally, Standing, Tally, findings_of
from selfaudit.reports.context import (
    Counts,
    Figure,
    ItemRow,
    MemberCounts,
    MemberRow,
    PersonReport,
    RespondentInfo,
    TitledFigure,
    TitledText,
    UnitReport,
)
from selfaudit.reports.evidence import Evidence, Setting, voice_of
from selfaudit.reports.figures import Figures
from selfaudit.reports.tables import campaign_info, disposition_classes, finding_row

NO_LONGER_ASKED = N_("(no longer asked in this way)")


def person_report(setting: Setting, standing: Standing) -> PersonReport:
    """Return what one person's report says."""
    evidence = Evidence(setting, [standing])
    figures = Figures(setting.wording, evidence.voice)
    return PersonReport(
        **_shared(setting, standing, standing.respondent.name),
        coverage=_coverage(setting, standing, figures),
        counts=_counts(setting, standing, evidence.tallies),
        items=tuple(_item_rows(setting, standing, {}, figures)),
        findings=tuple(finding_row(finding, setting) for finding in evidence.findings),
        handling=disposition_classes(evidence.findings, setting, figures),
    )
