"""The sheet of findings, for every workbook that has one."""

from collections.abc import Iterable, Sequence

from selfaudit.base.i18n import N_, translator
from selfaudit.files.sheets.writing import Row
from selfaudit.model.kit import Kit
from selfaudit.model.standing import FindingRecord

Sheet = tuple[str, Sequence[str], Sequence[int], Iterable[Row]]
"""Name, header, widths and rows of a sheet."""

FINDING_HEADER = (
    N_("Finding"), N_("Unit"), N_("Name"), N_("Item"), N_("Severity"), N_("Fact"), N_("Basis"), N_("Certificates"),
    N_("People concerned"), N_("Cause"), N_("Correction"), N_("Search for the like"), N_("Disposition"), N_("Owner"),
    N_("Due"),
)  # fmt: skip
FINDING_WIDTHS = (20, 16, 14, 8, 8, 50, 24, 20, 16, 40, 40, 40, 30, 12, 12)


def findings_sheet(found: Iterable[FindingRecord], kit: Kit) -> Sheet:
    """Return the sheet of some findings, for ``write_xlsx``."""
    rows = (finding_row(record, kit) for record in found)
    return translator(kit.plan.language)(N_("Findings")), titles(FINDING_HEADER, kit), FINDING_WIDTHS, rows


def finding_row(record: FindingRecord, kit: Kit) -> Row:
    """Return a finding as the cells under ``FINDING_HEADER``."""
    severity = {s.id: s.title for s in kit.plan.severities}.get(record.severity, record.severity)
    classes = {d.id: d.title for d in kit.plan.dispositions}
    handled = record.data.get("disposition", {}).items()
    disposition = "\n".join(f"{classes.get(key, key)}: {text}" for key, text in handled)
    texts = [record.data.get(key, "") for key in ("fact", "basis", "certificates", "people", "cause", "correction")]
    rest = (record.data.get("similar", ""), disposition, record.data.get("owner", ""), record.data.get("due", ""))
    who = record.respondent
    return (record.id, who.unit_name, who.name, record.place, severity, *texts, *rest)


def titles(header: tuple[str, ...], kit: Kit) -> list[str]:
    """Return the titles of columns in the language of a kit."""
    return [translator(kit.plan.language)(title) for title in header]
