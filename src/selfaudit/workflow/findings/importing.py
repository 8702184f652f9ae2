"""``findings import``: an edited workbook of the register, compared with it row by row, field by field.

Nothing is written before a person has seen what would change. A row that somebody else has changed since it was
exported is refused, and both values are told; so is one in which something cannot be. All others go through.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Term, UserError, Where, error, errors, note, warning
from selfaudit.base.text import clean, shortened
from selfaudit.files.sheets.cells import shows_error
from selfaudit.files.sheets.table import Table, find_table
from selfaudit.files.sheets.workbook import Workbook
from selfaudit.model.finding import FindingField
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.rectification import FINDING, NOTHING, Rectification
from selfaudit.model.rectification.register import handled_as
from selfaudit.store.ledger.records import history
from selfaudit.store.ledger.responses import responses
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.workbooks import opened, unread_columns
from selfaudit.workflow.findings.columns import ID, STATE, VERSION, Columns, report_mark
from selfaudit.workflow.findings.desk import Desk, Edited, at_desk, desk_of
from selfaudit.workflow.findings.values import at

NO_TABLE = error(
    "findings.no-table",
    N_("no sheet has the columns of the register"),
    N_("Edit a workbook that selfaudit findings export wrote; keep the columns “{id}” and “{version}”."),
)
UNKNOWN_ROW = error(
    "findings.unknown-row",
    N_("there is no finding “{id}”, so its row is refused"),
    N_("New ones are entered with selfaudit findings add."),
)
ROW_TWICE = error("findings.row-twice", N_("{id} has a second row, which is refused"), N_("Keep one of the two rows."))
NO_VERSION = error(
    "findings.no-version",
    N_("{id}: “{value}” is no version of it, so its row is refused"),
    N_("Export the register again, which writes the version, and repeat the changes there."),
)
CHANGED_BY_OTHER = error(
    "findings.changed-by-other",
    N_("{id} {field}: here “{here}”, but {by} has meanwhile written “{there}”; the row is refused"),
    N_("Settle which is right, export the register again, and repeat the changes that are still to be made."),
)
CHANGED_BESIDE = error(
    "findings.changed-beside",
    N_("{id} {field}: here “{here}”, but {by} has meanwhile changed the finding in other fields; the row is refused"),
    N_("Export the register again and repeat the change if it is still right."),
)
STATE_TYPED = error(
    "findings.state-typed",
    N_("{id}: the state “{value}” cannot be typed in, so its row is refused"),
    N_("It follows from what is entered; what is done is closed with selfaudit findings close."),
)
CELL_ERROR = error(
    "findings.cell-error", N_("{id} {field}: the cell shows the error {value}"), N_("Type the text into the cell.")
)
CELL_FORMULA = error(
    "findings.cell-formula",
    N_("{id} {field}: the cell contains a formula, so its row is refused"),
    N_("Type the text itself into the cell."),
)
NEW_ROW = error(
    "findings.new-row",
    N_("the number of the finding is empty, so the row is refused"),
    N_("New findings are entered with selfaudit findings add."),
)
PAST_DUE = warning(
    "findings.past-due",
    N_("{id} {field}: {value} is past already"),
    N_("Check the day; the finding is overdue with it."),
)
NO_ROW = note(
    "findings.no-row",
    N_("findings without a row here stay as they are ({count}): {ids}"),
    N_("Deleting a row deletes nothing: selfaudit findings withdraw FINDING --reason TEXT"),
)
NOT_READ = warning(
    "findings.not-read",
    N_("{id}: what was changed in the column “{column}” is not read"),
    N_("It follows from the answers and from what is entered in other columns."),
)

_QUOTED, _MOST_IDS, _FAR = 60, 10, "9999"
_VERSION = re.compile("([0-9]{1,9})·([0-9A-Z]+)")


@dataclass(slots=True)
class Imported:
    """What a workbook changes, or would: the findings with their fields, every row refused, and further remarks."""

    edited: list[Edited] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    refused_rows: int = 0
    applied: bool = False

    @property
    def refused(self) -> list[Problem]:
        """Why rows are refused."""
        return errors(self.problems)


def preview(workspace: Workspace, path: Path, reason: str = "") -> Imported:
    """Return what a workbook would change."""
    book = opened(path)
    with workspace.reading() as ledger:
        return _compared(desk_of(workspace, ledger, reason), book, path.name)


def import_findings(workspace: Workspace, path: Path, by: str, listener: Listener, reason: str = "") -> Imported:
    """Change what a workbook changes, for a reason; refused rows stay as they are."""
    by, book = decider(workspace, by), opened(path)
    with at_desk(workspace, listener, by, reason) as desk:
        done = _compared(desk, book, path.name)
        done.edited = desk.finish("finding-import", by, reason, file=path.name)
    done.applied = True
    return done


def _compared(desk: Desk, book: Workbook, file: str) -> Imported:
    columns = Columns(desk.kit.plan, desk.values)
    table = find_table(book.grids, file, columns.names, (ID, VERSION))
    if table is None:
        titles = columns.titles
        raise UserError(NO_TABLE(Where(file), id=Term(titles[ID][0]), version=Term(titles[VERSION][0])))
    found = Imported(problems=[*book.problems, *unread_columns(table)])
    reader = _Rows(desk, columns, table)
    for row in table.rows():
        found.rows += 1
        wrong = reader.read(row)
        found.refused_rows += bool(errors(wrong))
        found.problems += wrong
    if left := [id_ for id_, one in desk.found.items() if id_ not in reader.there and one.number]:
        found.problems.append(NO_ROW(Where(file), count=len(left), ids=Some(left, _MOST_IDS)))
    found.edited = [made for made in desk.changed.values() if made.changes]
    desk.changed = {made.record.short_id: made for made in found.edited}
    return found


class _Rows:
    """Reads the rows of a table, one finding each, and puts what they change on the desk."""

    def __init__(self, desk: Desk, columns: Columns, table: Table) -> None:
        self._desk, self._columns, self._table = desk, columns, table
        self.there: set[str] = set()

    def read(self, row: int) -> list[Problem]:
        """Put the changes of a row on the desk; return why it is refused, or what of it is not read."""
        where, short_id = self._table.where(row, ID), self._table.text(row, ID)
        record = self._desk.found.get(short_id)
        if not short_id:
            return [NEW_ROW(where)]
        if record is None:
            return [UNKNOWN_ROW(where, id=shortened(short_id, _QUOTED))]
        if short_id in self.there:
            return [ROW_TWICE(where, id=short_id)]
        self.there.add(short_id)
        version = self._table.text(row, VERSION)
        base = self._base(record, version)
        if base is None:
            return [NO_VERSION(self._table.where(row, VERSION), id=short_id, value=shortened(version, _QUOTED))]
        changes, problems = self._changes(row, record, base)
        problems += self._typed_state(row, base)
        if changes and base is not record:
            problems += self._conflicts(row, changes, base, record)
        if changes and not errors(problems):
            problems += self._put(row, record, changes)
        return [*problems, *self._not_read(row, base)]

    def _base(self, record: FindingRecord, text: str) -> FindingRecord | None:
        """Return a finding as it was exported, by what its version was and what was reported then; None if unknown."""
        meant = _VERSION.fullmatch(text)
        if meant is None or int(meant[1]) > record.version:
            return None
        version, mark = int(meant[1]), meant[2]
        if version == record.version and mark == report_mark(record.reported):
            return record
        kept = [Rectification.model_validate(one.data) for one in history(self._desk.ledger, FINDING, record.short_id)]
        for reported in (record.reported, None, *(one.reported for one in kept), *self._earlier(record)):
            if mark == report_mark(reported):
                handled = kept[version - 1] if version else NOTHING
                return handled_as(replace(record, reported=reported, version=version), handled, self._desk.kit)
        return None

    def _earlier(self, record: FindingRecord) -> Iterator[Mapping[str, Any]]:
        """Yield everything that was reported under the number of a finding."""
        number = (record.reported or {}).get("number")
        for response in responses(self._desk.ledger, record.respondent.key):
            for one in json.loads(response.content).get("findings", ()):
                if (one.get("item", ""), one["number"]) == (record.item, number):
                    yield one

    def _changes(self, row: int, record: FindingRecord, base: FindingRecord) -> tuple[dict[str, Any], list[Problem]]:
        """Return the fields that a row says otherwise than the finding did when it was exported."""
        changes: dict[str, Any] = {}
        problems: list[Problem] = []
        for key, one in self._columns.values.by_key.items():
            if key not in self._table.place:
                continue
            text, said = self._table.text(row, key), {self._columns.said(one, key) for one in (base, record)}
            if clean(text) in map(clean, said):
                continue
            value = self._value(row, one, text, record.short_id)
            if isinstance(value, Problem):
                problems.append(value)
            elif self._columns.values.shown(one, value) not in said:
                changes[key] = value
        if str(changes.get("due") or _FAR) < today().isoformat():
            args = {"id": record.short_id, "field": Term(self._columns.values.by_key["due"].word)}
            problems.append(PAST_DUE(self._table.where(row, "due"), value=changes["due"], **args))
        return changes, problems

    def _value(self, row: int, one: FindingField, text: str, short_id: str) -> Any:
        """Return what a cell says in a field, or what is wrong with it; a number that is no day in a date is wrong."""
        where, args = self._table.where(row, one.key), {"id": short_id, "field": Term(one.word)}
        if shows_error(text):
            return CELL_ERROR(where, value=text, **args)
        if self._table.computed(row, one.key):
            return CELL_FORMULA(where, **args)
        value = self._columns.values.read(one, text)
        return at(value, where) if isinstance(value, Problem) else value

    def _typed_state(self, row: int, base: FindingRecord) -> list[Problem]:
        text = self._table.text(row, STATE)
        if not text or text == self._columns.shown(base)[STATE]:
            return []
        return [STATE_TYPED(self._table.where(row, STATE), id=base.short_id, value=shortened(text, _QUOTED))]

    def _conflicts(
        self, row: int, changes: dict[str, Any], base: FindingRecord, record: FindingRecord
    ) -> Iterator[Problem]:
        """Yield both values of each field that somebody else changed as well, or that they changed others."""
        edits = history(self._desk.ledger, FINDING, record.short_id)
        edited = bool(edits) and base.version != record.version
        by = edits[-1].by if edited else record.respondent.name
        for key in changes:
            there, was = self._columns.said(record, key), self._columns.said(base, key)
            kind = CHANGED_BY_OTHER if there != was else CHANGED_BESIDE
            here = shortened(self._table.text(row, key), _QUOTED)
            args = {"id": record.short_id, "field": Term(self._columns.values.by_key[key].word), "by": by}
            yield kind(self._table.where(row, key), here=here, there=shortened(there, _QUOTED), **args)

    def _put(self, row: int, record: FindingRecord, changes: dict[str, Any]) -> list[Problem]:
        """Put changes on the desk; return what keeps them from being made, with the place of the first of them."""
        self._desk.say(record, changes)
        wrong, self._desk.problems = self._desk.problems, []
        return [at(problem, self._table.where(row, next(iter(changes)))) for problem in wrong]

    def _not_read(self, row: int, base: FindingRecord) -> Iterator[Problem]:
        """Yield the columns that are only shown and were changed all the same."""
        shown = self._columns.shown(base)
        for key in ("unit", "who", "item", "source"):
            text = self._table.text(row, key)
            if text and clean(text) != clean(str(shown[key])):
                title = self._columns.titles[key][0]
                yield NOT_READ(self._table.where(row, key), id=base.short_id, column=Term(title))
