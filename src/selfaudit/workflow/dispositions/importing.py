"""``dispositions import``: an edited workbook, compared with the ledger row by row before anything is written.

A row without an id is a new disposition, proposed. A row that somebody else has changed since it was exported is
refused, and so is one in which something cannot be; all others go through.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from selfaudit.base.dates import read_date
from selfaudit.base.i18n import LANGUAGES, N_, translator
from selfaudit.base.problems import Problem, Term, UserError, Where, error, errors
from selfaudit.base.text import clean, shortened
from selfaudit.files.sheets.cells import shows_error
from selfaudit.files.sheets.table import Table, find_table
from selfaudit.files.sheets.workbook import Workbook
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.disposition import FIELDS, KIND, Disposition
from selfaudit.model.kit.kit import Kit
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, Record, edit, records
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.dispositions import book_of
from selfaudit.workflow.common.workbooks import opened, unread_columns
from selfaudit.workflow.dispositions.entering import changed, known_findings, next_ids, read
from selfaudit.workflow.dispositions.listing import COLUMNS, ID, VERSION, shown_of, text_of

NO_TABLE = error(
    "disposition.no-table",
    N_("no sheet has the columns of the ledger of dispositions"),
    N_("Edit a workbook that selfaudit dispositions export wrote; keep the columns “{id}” and “{version}”."),
)
UNKNOWN_ROW = error(
    "disposition.unknown-row",
    N_("there is no disposition “{id}”, so its row is refused"),
    N_("For a new one leave the id empty."),
)
ROW_TWICE = error(
    "disposition.row-twice", N_("{id} has a second row, which is refused"), N_("Keep one of the two rows.")
)
OTHER_VERSION = error(
    "disposition.other-version",
    N_("{id} was changed since the workbook was written, by {by}, so its row is refused"),
    N_("Export again, and repeat the change if it is still right."),
)
CELL_ERROR = error(
    "disposition.cell-error",
    N_("{id}: a cell shows the error {value}, so its row is refused"),
    N_("Type the text into it."),
)
_TYPED = N_("{id}: “{column}” cannot be typed in, so its row is refused: “{value}”")
STATE_TYPED = error(
    "disposition.state-typed", _TYPED, N_("It follows from what is entered; see selfaudit dispositions --help.")
)
APPROVAL_TYPED = error(
    "disposition.approval-typed",
    _TYPED,
    N_("Approving is a decision of its own: selfaudit dispositions approve {id} --by NAME --on DATE."),
)
NOTICE_TYPED = error("disposition.notice-typed", _TYPED, N_("Notices get their numbers from selfaudit notice make."))
WITHDRAWAL_TYPED = error(
    "disposition.withdrawal-typed", _TYPED, N_("Withdraw it: selfaudit dispositions withdraw {id} --reason TEXT.")
)
_DECIDED = {
    "state": STATE_TYPED,
    "approved_by": APPROVAL_TYPED,
    "approved_on": APPROVAL_TYPED,
    "notice": NOTICE_TYPED,
    "withdrawn_why": WITHDRAWAL_TYPED,
}
"""The columns that are only shown, and what it takes to change what they say."""
_QUOTED = 60
IMPORT = "dispositions-imported"
"""What the journal calls it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a disposition that a workbook changes: its title (a message id), and what it says before and after."""

    id: str
    title: str
    before: str
    after: str


@dataclass(slots=True)
class Imported:
    """What a workbook changes, or would: field by field, why rows are refused, and whose approval is lost by it."""

    changes: list[FieldChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    unapproved: list[str] = field(default_factory=list)
    rows: int = 0
    refused: int = 0
    applied: bool = False


def preview(workspace: Workspace, path: Path) -> Imported:
    """Return what a workbook would change."""
    kit, book = workspace.load().usable()[0], opened(path)
    with workspace.reading() as ledger:
        return _compared(ledger, kit, book, path.name)


def import_dispositions(workspace: Workspace, path: Path, by: str, listener: Listener) -> Imported:
    """Change what a workbook changes; refused rows stay as they are."""
    kit, book, by = workspace.load().usable()[0], opened(path), decider(workspace, by)
    with workspace.writing(listener.waiting, by) as ledger:
        done = _compared(ledger, kit, book, path.name)
        if done.edits:
            edit(ledger, IMPORT, done.edits, by=by, file=path.name, ids=[one.id for one in done.edits])
    done.applied = True
    return done


def _compared(ledger: Ledger, kit: Kit, workbook: Workbook, file: str) -> Imported:
    names = {key: {translator(one)(title) for one in LANGUAGES} | {key} for key, (title, _) in COLUMNS.items()}
    table = find_table(workbook.grids, file, names, (ID, VERSION))
    if table is None:
        id_, version = (Term(COLUMNS[key][0]) for key in (ID, VERSION))
        raise UserError(NO_TABLE(Where(file), id=id_, version=version))
    done = Imported(problems=[*workbook.problems, *unread_columns(table)])
    reader = _Rows(book_of(ledger, kit.plan), records(ledger, KIND), known_findings(ledger, kit), table, done)
    for row in table.rows():
        done.rows += 1
        wrong = reader.read(row)
        done.refused += bool(errors(wrong))
        done.problems += wrong
    return done


class _Rows:
    """Reads the rows of a table, one disposition each."""

    def __init__(
        self, book: Book, kept: dict[str, Record], findings: frozenset[str], table: Table, done: Imported
    ) -> None:
        self._book, self._kept, self._findings, self._table, self._done = book, kept, findings, table, done
        self._ids = next_ids(book)
        self._seen: set[str] = set()

    def read(self, row: int) -> list[Problem]:
        """Add what a row changes; return why it is refused, if it is."""
        where, key = self._table.where(row, ID), self._table.text(row, ID)
        if key and key not in self._kept:
            return [UNKNOWN_ROW(where, id=key)]
        if key in self._seen:
            return [ROW_TWICE(where, id=key)]
        self._seen |= {key} - {""}
        texts = dict(self._differing(row, key))
        if typed := list(self._typed(row, key)):
            return typed
        if not texts:
            return []
        if bad := [(name, text) for name, text in texts.items() if shows_error(text)]:
            return [CELL_ERROR(self._table.where(row, name), id=key or "—", value=text) for name, text in bad]
        if key and self._table.text(row, VERSION) != str(self._kept[key].version):
            return [OTHER_VERSION(self._table.where(row, VERSION), id=key, by=self._kept[key].by)]
        before = self._book.dispositions.get(key)
        made, problems = read(texts, before, self._book.plan, self._findings)
        told = [replace(one, where=self._table.where(row, next(iter(texts)))) for one in problems]
        if not errors(told):
            self._put(key, before, made, texts)
        return told

    def _typed(self, row: int, key: str) -> Iterator[Problem]:
        """Yield what a row says otherwise in columns that are only shown."""
        shown = shown_of(self._book, key)
        for column, kind in _DECIDED.items():
            text = self._day(row, column) if column == "approved_on" else clean(self._table.text(row, column))
            if column in self._table.place and text != shown[column]:
                where, title = self._table.where(row, column), Term(COLUMNS[column][0])
                yield kind(where, id=key or "—", column=title, value=shortened(text, _QUOTED) or "—")

    def _differing(self, row: int, key: str) -> Iterator[tuple[str, str]]:
        """Yield the fields that a row says otherwise than the ledger does."""
        for one in FIELDS:
            if one.key in self._table.place:
                text = self._day(row, one.key) if one.day else clean(self._table.text(row, one.key))
                if text != (clean(text_of(self._book, key, one)) if key else ""):
                    yield one.key, text

    def _day(self, row: int, column: str) -> str:
        """Return the day of a cell as it is kept; what is no day as it stands there."""
        text = clean(self._table.day(row, column))
        return read_date(text) or text

    def _put(self, key: str, before: Disposition | None, made: Disposition, texts: dict[str, str]) -> None:
        id_ = key or next(self._ids)
        now, lost = changed(before, made)
        self._done.new += [] if key else [id_]
        self._done.unapproved += [id_] if lost else []
        version = self._kept[key].version if key else 0
        self._done.edits.append(Edit(KIND, id_, version, now.model_dump(mode="json")))
        for one in FIELDS:
            if one.key in texts:
                old = text_of(self._book, key, one) if key else ""
                self._done.changes.append(FieldChange(id_, one.title, old, texts[one.key]))
