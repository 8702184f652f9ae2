"""``dispositions list``, ``check`` and ``export``: the ledger of dispositions as a table."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem
from selfaudit.base.text import clean
from selfaudit.files.sheets.writing import Look, Row, write_xlsx
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.checks import said_otherwise
from selfaudit.model.disposition.disposition import FIELDS, KIND, STATES, Field
from selfaudit.store.ledger.records import records
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.dispositions import book_of, problems_in
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.common.writing.output import output_path

ID, VERSION = "id", "version"
COLUMNS = {
    ID: (N_("Id"), 8),
    VERSION: (N_("Version"), 6),
    "state": (N_("State"), 10),
    **{field.key: (field.title, field.width) for field in FIELDS},
    "approved_by": (N_("Approver"), 12),
    "approved_on": (N_("Approved on"), 13),
    "notice": (N_("Notice number"), 24),
    "withdrawn_why": (N_("Withdrawn because"), 24),
}
"""Titles (message ids) and widths of the columns by key; those that are no fields are only shown."""
_SHOWN = ("state", "approved_by", "approved_on", "notice", "withdrawn_why")


def load_book(workspace: Workspace) -> Book:
    """Return the dispositions and notices of a campaign."""
    plan = workspace.plan()
    with workspace.reading() as ledger:
        return book_of(ledger, plan)


def check(workspace: Workspace, today: date) -> list[Problem]:
    """Return what is wrong or open, and what findings say otherwise than was approved about them."""
    kit, book = workspace.load().usable()[0], load_book(workspace)
    with workspace.reading() as ledger:
        counted = [one for one in every_finding(ledger, kit) if one.counts]
    otherwise = [said_otherwise(book, one.short_id, one.data.get("disposition", {})) for one in counted]
    return [*problems_in(workspace, book, today), *chain.from_iterable(otherwise)]


def as_data(book: Book, key: str) -> dict[str, Any]:
    """Return a disposition as plain data, for ``--json``."""
    one, ending = book.dispositions[key], book.ending(key)
    return {
        "id": key,
        "state": book.state(key),
        **one.model_dump(mode="json"),
        "follow_up_due": book.due(one),
        "report_due": book.report_due(one),
        "ended": {"on": ending.on, "how": ending.how} if ending else None,
        "notice": book.notice_of(key),
    }


def text_of(book: Book, key: str, field: Field) -> str:
    """Return a field as a person reads it."""
    one = book.dispositions[key]
    match field.key:
        case "kind":
            return book.class_title(one.kind)
        case "action":
            return book.action(one).title if one.action else ""
        case "reason_code":
            reasons = {reason.id: reason.title for reason in book.action(one).reasons}
            return reasons.get(one.reason_code, one.reason_code)
        case "findings":
            return "、".join(one.findings) if book.plan.language == "zh_CN" else ", ".join(one.findings)
        case _:
            return str(getattr(one, field.key) or "")


def shown_of(book: Book, key: str) -> dict[str, str]:
    """Return what is only shown of a disposition, by column; for one that is still to be entered it is all empty."""
    if not key:
        return dict.fromkeys(_SHOWN, "")
    one, state = book.dispositions[key], translator(book.plan.language)(STATES[book.state(key)])
    approved = (one.approved_by, str(one.approved_on or ""))
    return dict(zip(_SHOWN, (state, *approved, book.notice_of(key), clean(one.withdrawn_why)), strict=True))


def rows(book: Book, versions: Mapping[str, int]) -> Iterator[Row]:
    """Yield every disposition as the cells under ``COLUMNS``."""
    for key in book.dispositions:
        cells = {field.key: text_of(book, key, field) for field in FIELDS} | shown_of(book, key)
        yield (key, versions[key], *(cells[column] for column in COLUMNS if column in cells))


def export(workspace: Workspace, output: Path | None) -> tuple[Path, int]:
    """Write all of them as a workbook (default ``reports/dispositions.xlsx``); return path and count."""
    path, plan = output_path(workspace, output, workspace.reports / "dispositions.xlsx"), workspace.plan()
    with workspace.reading() as ledger:
        book = book_of(ledger, plan)
        versions = {key: one.version for key, one in records(ledger, KIND).items()}
    say = translator(plan.language)
    header = [say(title) for title, _ in COLUMNS.values()]
    title, widths = say(N_("Dispositions")), [width for _, width in COLUMNS.values()]
    fields = {field.key for field in FIELDS}
    look = Look(
        f"{plan.title}  {title}",
        {list(COLUMNS).index("kind"): [kind.title for kind in plan.dispositions]},
        frozenset(n for n, key in enumerate(COLUMNS) if key not in fields),
    )
    write_xlsx(path, [(title, header, widths, rows(book, versions))], look)
    return path, len(book.dispositions)
