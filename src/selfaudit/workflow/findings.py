"""``findings``: what the answers report, with ids that stay."""

from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.files.sheets.writing import write_xlsx
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.common.writing.sheets import findings_sheet

NO_FINDING = error("findings.none", N_("there is no finding “{id}”"), N_("See selfaudit findings list."))
BAD_FILTER = error("findings.filter", N_("nothing is called “{value}” here"), N_("Known: {known}."))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are meant; every word may be an id or a title, empty means all."""

    unit: str = ""
    area: str = ""
    item: str = ""
    severity: str = ""
    incomplete: bool = False

    def keep(self, record: FindingRecord, kit: Kit) -> bool:
        """Return whether a finding is meant."""
        areas = {area.id: area.title for area in kit.plan.areas}
        severities = {severity.id: severity.title for severity in kit.plan.severities}
        return (
            self.unit in ("", record.respondent.unit, record.respondent.unit_name)
            and self.area in ("", record.area, areas.get(record.area))
            and self.item in ("", record.item)
            and self.severity in ("", record.severity, severities.get(record.severity))
            and (not self.incomplete or bool(record.missing(kit.plan.finding_needs)))
        )

    def check(self, kit: Kit, everybody: list[Standing]) -> None:
        """Refuse a word that can match nothing, so that a misspelt filter is not an empty list."""
        for value, known in (
            (self.unit, {w for s in everybody for w in (s.respondent.unit, s.respondent.unit_name)}),
            (self.item, set(kit.items)),
            (self.area, {w for area in kit.plan.areas for w in (area.id, area.title)}),
            (self.severity, {w for severity in kit.plan.severities for w in (severity.id, severity.title)}),
        ):
            if value and value not in known:
                raise UserError(BAD_FILTER(value=value, known=sorted(known)))


def findings(workspace: Workspace, wanted: Filter) -> tuple[Kit, list[FindingRecord]]:
    """Return the kit and the findings meant, in the order of the roster."""
    kit = workspace.load().usable()[0]
    with workspace.reading() as ledger:
        everybody = list(standings(ledger, kit))
        found = list(every_finding(ledger, kit, everybody))
    wanted.check(kit, everybody)
    return kit, [record for record in found if wanted.keep(record, kit)]


def finding(workspace: Workspace, name: str) -> tuple[Kit, FindingRecord]:
    """Return the kit and one finding."""
    kit, found = findings(workspace, Filter())
    for record in found:
        if name.strip().upper() in (record.id.upper(), record.short_id.upper()):
            return kit, record
    raise UserError(NO_FINDING(id=name))


def export_findings(workspace: Workspace, wanted: Filter, output: Path | None) -> tuple[Path, int]:
    """Write the findings meant as a workbook (default ``reports/findings.xlsx``); return path and count."""
    path = output_path(workspace, output, workspace.reports / "findings.xlsx")
    kit, found = findings(workspace, wanted)
    write_xlsx(path, [findings_sheet(found, kit)])
    return path, len(found)
