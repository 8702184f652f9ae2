"""The columns of the register as a workbook: what is looked at, and what is read back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from selfaudit.base.canonical import canonical_json, short_hash
from selfaudit.base.i18n import LANGUAGES, N_, translator
from selfaudit.base.text import shortened
from selfaudit.files.sheets.writing import LONGEST_CELL, Look, Row
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.standing import DEFAULT_SEVERITY, FindingRecord
from selfaudit.model.rectification.closing import GATES
from selfaudit.model.rectification.fields import value_in
from selfaudit.model.rectification.rectification import STATES
from selfaudit.workflow.findings.values import Values, names_of

ID, VERSION, STATE = "id", "version", "state"
_SHOWN_FIRST = {
    ID: (N_("Finding"), 9),
    VERSION: (N_("Version"), 10),
    STATE: (N_("State"), 9),
    "unit": (N_("Unit"), 10),
    "who": (N_("Reported by"), 9),
    "item": (N_("Item"), 7),
    "source": (N_("Source"), 9),
}
_SHOWN_LAST = {
    "recurs": (N_("Came back"), 8),
    "evidence": (N_("Number of evidence files"), 5),
    "missing": (N_("Still needed to close"), 16),
}
_NARROWER, _LEAST, _DAY = 0.7, 8, 11
"""The register has more columns than a form, and is printed on one page."""
_MARK = 6
"""Characters of the mark of a report."""
SOURCES = {"answer": N_("answer"), "entered": N_("entered"), "signal": N_("data check")}
"""The words for where findings come from; another source is shown under its own name."""


def report_mark(reported: Mapping[str, Any] | None) -> str:
    """Return what tells one report of a finding from another; the version of the register counts its edits alone."""
    return short_hash(canonical_json(reported and dict(reported)), _MARK)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns for a plan; ``values`` are its fields, which are read back, as all others are only shown."""

    plan: Plan
    values: Values

    @property
    def titles(self) -> dict[str, tuple[str, int]]:
        """The title (a message id) and width of each column by key, in order."""
        least = {"date": _DAY}
        widths = {f.key: max(round(f.width * _NARROWER), least.get(f.kind, _LEAST)) for f in self.values.fields}
        return {**_SHOWN_FIRST, **{f.key: (f.title, widths[f.key]) for f in self.values.fields}, **_SHOWN_LAST}

    @property
    def names(self) -> dict[str, set[str]]:
        """What each column may be called, in any language, by key."""
        shown = {**_SHOWN_FIRST, **_SHOWN_LAST}
        said = {key: {translator(one)(title) for one in LANGUAGES} for key, (title, _) in shown.items()}
        return {**{f.key: names_of(f) for f in self.values.fields}, **said}

    @property
    def look(self) -> Look:
        """How the sheet looks: severities are offered, what is only shown is grey."""
        keys = list(self.titles)
        grey = frozenset(n for n, key in enumerate(keys) if key not in self.values.by_key and key != ID)
        title = f"{self.plan.title}  {translator(self.plan.language)(N_('Register of findings'))}"
        offered = {"severity": list(self.values.severities.values())}
        return Look(title, {keys.index(key): words for key, words in offered.items() if key in keys}, grey)

    def row(self, record: FindingRecord) -> Row:
        """Return a finding as the cells of its row."""
        shown = self.shown(record)
        return [shown[key] if key in shown else self.said(record, key) for key in self.titles]

    def said(self, record: FindingRecord, key: str) -> str:
        """Return what the cell of a field says, cut to what a cell holds."""
        return shortened(self.whole(record, key), LONGEST_CELL)

    def whole(self, record: FindingRecord, key: str) -> str:
        """Return what a field says, as it is shown."""
        field = self.values.by_key[key]
        if field.kind == "severity" and record.by_default:
            say = translator(self.plan.language)
            return say(DEFAULT_SEVERITY).format(severity=self.values.severities.get(record.severity, record.severity))
        return self.values.shown(field, value_in(field, record.data, record.rectification))

    def shown(self, record: FindingRecord) -> dict[str, str | int]:
        """Return the cells that are not read back, by column."""
        say, who = translator(self.plan.language), record.respondent
        settled = record.rectification.settled
        return {
            ID: record.short_id,
            VERSION: f"{record.version}·{report_mark(record.reported)}",
            STATE: say(STATES[record.state]),
            "unit": who.unit_name,
            "who": who.name,
            "item": record.place,
            "source": record.rectification.origin or say(SOURCES.get(record.source, record.source)),
            "recurs": say(", ").join(one.id for one in record.recurs),
            "evidence": record.evidence,
            "missing": "" if settled else say(", ").join(say(GATES[gate]) for gate in record.missing_to_close),
        }

    def sheet(self, found: Iterable[FindingRecord]) -> tuple[str, list[str], list[int], Iterable[Row]]:
        """Return the sheet of some findings, for ``write_xlsx``."""
        say = translator(self.plan.language)
        header = [say(title) for title, _ in self.titles.values()]
        widths = [width for _, width in self.titles.values()]
        return say(N_("Register of findings")), header, widths, map(self.row, found)
