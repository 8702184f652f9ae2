"""The sheet of findings, for every workbook that has one."""

from collections.abc import Iterable, Mapping, Sequence

from selfaudit.base.i18n import N_, translator
from selfaudit.files.sheets.writing import Row
from selfaudit.model.finding import FindingField, chosen_first
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import DEFAULT_SEVERITY, FindingRecord

Sheet = tuple[str, Sequence[str], Sequence[int], Iterable[Row]]
"""Name, header, widths and rows of a sheet."""

_WIDER = 1.6
"""How much wider than in the form a column is: here nothing else has to fit on the screen."""
_HEADER = (N_("Finding"), N_("Long id"), N_("Unit"), N_("Name"), N_("Item"))
_WIDTHS = (10, 20, 16, 14, 8)


def finding_fields(kit: Kit) -> list[FindingField]:
    """Return the fields that the sheet has after unit, name and item."""
    return [field for field in chosen_first(kit.plan.fields) if field.kind not in ("number", "item", "part")]


def findings_sheet(found: Iterable[FindingRecord], kit: Kit) -> Sheet:
    """Return the sheet of some findings, for ``write_xlsx``."""
    rows = (finding_row(record, kit) for record in found)
    widths = (*_WIDTHS, *(round(field.width * _WIDER) for field in finding_fields(kit)))
    return translator(kit.plan.language)(N_("Findings")), finding_header(kit), widths, rows


def finding_header(kit: Kit) -> list[str]:
    """Return the titles of the columns of findings."""
    return titles((*_HEADER, *(field.title for field in finding_fields(kit))), kit)


def finding_row(record: FindingRecord, kit: Kit) -> Row:
    """Return a finding as the cells under ``finding_header``."""
    who = record.respondent
    cells = (_cell(field, record, kit) for field in finding_fields(kit))
    return (record.short_id, record.id, who.unit_name, who.name, record.place, *cells)


def _cell(field: FindingField, record: FindingRecord, kit: Kit) -> str:
    if field.kind == "severity":
        title = {s.id: s.title for s in kit.plan.severities}.get(record.severity, record.severity)
        by_default = translator(kit.plan.language)(DEFAULT_SEVERITY)
        return by_default.format(severity=title) if record.by_default else title
    value = record.data.get(field.key, "")
    if isinstance(value, Mapping):
        classes = {d.id: d.title for d in kit.plan.dispositions}
        return "\n".join(f"{classes.get(key, key)}: {text}" for key, text in value.items())
    return str(value)


def titles(header: tuple[str, ...], kit: Kit) -> list[str]:
    """Return the titles of columns in the language of a kit."""
    return [translator(kit.plan.language)(title) for title in header]
