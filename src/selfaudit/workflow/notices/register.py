"""``notice list``, ``delivered`` and ``withdraw``: the register of notices, and what became of each."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Some, UserError, Where, error
from selfaudit.files.incoming import SCANS, Given
from selfaudit.files.kinds import kind_of_scan
from selfaudit.files.sheets.writing import Row, write_xlsx
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.notice import KIND, NOTICE_STATES, Notice
from selfaudit.store.ledger.records import Edit, edit, record
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.dispositions import book_of
from selfaudit.workflow.common.writing.output import output_path

NO_SUCH = error("notice.no-such", N_("there is no notice “{number}”"), N_("Known: {known}."))
WITHDRAWN = error(
    "notice.withdrawn", N_("the notice {number} was withdrawn"), N_("It keeps its number; make a new one.")
)
NOT_MADE = error(
    "notice.not-written", N_("the notice {number} has not been made yet"), N_("Run selfaudit notice make.")
)
NO_RECEIPT = error(
    "notice.no-receipt", N_("this is no scan and no photo"), N_("Give a PDF or a picture of the receipt.")
)
ONE_RECEIPT = error(
    "notice.one-receipt", N_("{count} files were given"), N_("Give one file; several pages go into one PDF.")
)
DELIVERED, WITHDRAW = "notice-delivered", "notice-withdrawn"
"""What the journal calls the two."""

COLUMNS = (
    (N_("Number"), 24),
    (N_("Kind of notice"), 16),
    (N_("Sent to"), 28),
    (N_("Date"), 12),
    (N_("About"), 28),
    (N_("Dispositions"), 14),
    (N_("Made by"), 12),
    (N_("State"), 10),
    (N_("Delivered on"), 12),
    (N_("Delivered how"), 14),
    (N_("Receipt"), 24),
    (N_("Withdrawn because"), 24),
    (N_("File"), 36),
)
"""Titles (message ids) and widths of the columns of the register."""


def register(workspace: Workspace) -> Book:
    """Return the notices of a campaign, with what they are about."""
    plan = workspace.plan()
    with workspace.reading() as ledger:
        return book_of(ledger, plan)


def in_order(book: Book) -> list[tuple[str, Notice]]:
    """Return the notices as registers list them."""
    return sorted(book.notices.items(), key=lambda pair: (pair[1].on, pair[1].series, pair[1].n))


def as_data(number: str, notice: Notice) -> dict[str, Any]:
    """Return a notice as plain data, for ``--json``."""
    return {"number": number, "state": notice.state, **notice.model_dump(mode="json")}


def rows(book: Book) -> Iterator[Row]:
    """Yield every notice as the cells under ``COLUMNS``."""
    say = translator(book.plan.language)
    for number, one in in_order(book):
        targets = dict.fromkeys(said.target for said in one.says)
        what = ("、".join(targets), "、".join(one.dispositions), one.made_by, say(NOTICE_STATES[one.state]))
        how = (str(one.delivered_on or ""), one.delivered_how, one.receipt, one.withdrawn_why, one.file)
        yield (number, one.title, one.to, str(one.on), *what, *how)


def export(workspace: Workspace, output: Path | None) -> tuple[Path, int]:
    """Write the register as a workbook (default ``reports/notices.xlsx``); return path and count."""
    path, book = output_path(workspace, output, workspace.reports / "notices.xlsx"), register(workspace)
    say = translator(book.plan.language)
    header: Sequence[str] = [say(title) for title, _ in COLUMNS]
    write_xlsx(path, [(say(N_("Register of notices")), header, [width for _, width in COLUMNS], rows(book))])
    return path, len(book.notices)


@dataclass(frozen=True, slots=True)
class Delivery:
    """When and how a notice was delivered, and the file that proves it."""

    on: date
    how: str = ""
    receipt: Path | None = None


def deliver(workspace: Workspace, number: str, made: Delivery, by: str, listener: Listener) -> Notice:
    """Enter that a notice was delivered; the receipt is kept as it came."""
    plan, by = workspace.plan(), decider(workspace, by)
    found = _read(workspace, made.receipt) if made.receipt else None
    with workspace.writing(listener.waiting, by) as ledger:
        number, notice = _found(book_of(ledger, plan), number)
        if notice.state == "drawn":
            raise UserError(NOT_MADE(number=number))
        kept = {"receipt": notice.receipt, "receipt_sha256": notice.receipt_sha256}
        if found:
            data, suffix = found
            digest = hashlib.sha256(data).hexdigest()
            kept = {"receipt": workspace.receipt_name(digest, suffix), "receipt_sha256": digest}
            workspace.put(kept["receipt"], data)
        now = notice.model_copy(update={"delivered_on": made.on, "delivered_how": made.how, **kept})
        before = record(ledger, KIND, number)
        made_edit = Edit(KIND, number, before.version if before else 0, now.model_dump(mode="json"))
        edit(ledger, DELIVERED, [made_edit], by=by, number=number)
        return now


def withdraw(workspace: Workspace, number: str, who: Deciding, listener: Listener) -> Notice:
    """Withdraw a notice; it keeps its number and its file, and its dispositions need a new one."""
    plan, who = workspace.plan(), who.settled(workspace)
    with workspace.writing(listener.waiting, who.by) as ledger:
        number, notice = _found(book_of(ledger, plan), number)
        now = notice.model_copy(update={"withdrawn_on": today(), "withdrawn_why": who.reason})
        before = record(ledger, KIND, number)
        made = Edit(KIND, number, before.version if before else 0, now.model_dump(mode="json"), who.reason)
        edit(ledger, WITHDRAW, [made], by=who.by, number=number, reason=who.reason)
        return now


def _found(book: Book, name: str) -> tuple[str, Notice]:
    """Return the notice of a number; stop if there is none, or if it was withdrawn."""
    number = name.strip()
    if number not in book.notices:
        raise UserError(NO_SUCH(number=name, known=Some([key for key, _ in in_order(book)] or ["-"])))
    if book.notices[number].withdrawn_on:
        raise UserError(WITHDRAWN(number=number))
    return number, book.notices[number]


def _read(workspace: Workspace, path: Path) -> tuple[bytes, str]:
    """Return a receipt and its suffix; stop with what is wrong with it."""
    given = list(Given([path], workspace.root, SCANS))
    if problems := [item.problem for item in given if item.problem]:
        raise UserError(problems)
    if len(given) != 1:
        raise UserError(ONE_RECEIPT(count=len(given)))
    kind = kind_of_scan(given[0].data)
    if kind is None or not kind.suffix:
        raise UserError(NO_RECEIPT(Where(given[0].name)))
    return given[0].data, f".{kind.suffix}"
