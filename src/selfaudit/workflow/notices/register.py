"""``notice list``, ``delivered`` and ``withdraw``: the register of notices, and what became of each."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, Some, UserError, Where, error
from selfaudit.base.text import retyped
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
BEFORE = error(
    "notice.delivered-before",
    N_("the notice {number} is of {on}; it cannot have been delivered on {delivered}"),
    N_("Give the day on which it was delivered: --on DATE."),
)
AHEAD = error(
    "notice.delivered-ahead", N_("{day} is still to come"), N_("Enter the delivery once the notice was delivered.")
)
DELIVERED_ALREADY = error(
    "notice.delivered-already",
    N_("the notice {number} was delivered on {on}"),
    N_("To correct that, say why: selfaudit notice delivered {number} --on DATE --reason TEXT."),
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


def state_text(notice: Notice, say: Callable[[str], str]) -> str:
    """Return how far a notice is; of one that was withdrawn also whether it had been delivered."""
    words = [NOTICE_STATES[notice.state], *([NOTICE_STATES["delivered"]] if notice.lost else [])]
    return " / ".join(map(say, reversed(words)))


def rows(book: Book) -> Iterator[Row]:
    """Yield every notice as the cells under ``COLUMNS``."""
    say = translator(book.plan.language)
    for number, one in in_order(book):
        targets = dict.fromkeys(said.target for said in one.says)
        what = ("、".join(targets), "、".join(one.dispositions), one.made_by, state_text(one, say))
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


def deliver(workspace: Workspace, name: str, made: Delivery, who: Deciding, listener: Listener) -> tuple[str, Notice]:
    """Enter that a notice was delivered; the receipt is kept as it came. To correct that takes a reason."""
    plan, by = workspace.plan(), decider(workspace, who.by)
    found = _read(workspace, made.receipt) if made.receipt else None
    with workspace.writing(listener.waiting, by) as ledger:
        number, notice = _found(book_of(ledger, plan), name)
        if wrong := list(_undeliverable(number, notice, made.on, who.reason.strip())):
            raise UserError(wrong)
        kept = {"receipt": notice.receipt, "receipt_sha256": notice.receipt_sha256}
        if found:
            data, suffix = found
            digest = hashlib.sha256(data).hexdigest()
            kept = {"receipt": workspace.receipt_name(digest, suffix), "receipt_sha256": digest}
            workspace.put(kept["receipt"], data)
        now = notice.model_copy(update={"delivered_on": made.on, "delivered_how": made.how, **kept})
        before = record(ledger, KIND, number)
        version = before.version if before else 0
        made_edit = Edit(KIND, number, version, now.model_dump(mode="json"), who.reason.strip())
        edit(ledger, DELIVERED, [made_edit], by=by, number=number, reason=who.reason.strip())
        return number, now


def _undeliverable(number: str, notice: Notice, on: date, reason: str) -> Iterator[Problem]:
    if notice.state == "drawn":
        yield NOT_MADE(number=number)
    if on < notice.on:
        yield BEFORE(number=number, on=notice.on, delivered=on)
    if on > today():
        yield AHEAD(day=on)
    if notice.delivered_on and not reason:
        yield DELIVERED_ALREADY(number=number, on=notice.delivered_on)


def withdraw(workspace: Workspace, name: str, who: Deciding, listener: Listener) -> tuple[str, Notice]:
    """Withdraw a notice; it keeps its number and its file, and its dispositions need a new one."""
    plan, who = workspace.plan(), who.settled(workspace)
    with workspace.writing(listener.waiting, who.by) as ledger:
        number, notice = _found(book_of(ledger, plan), name)
        now = notice.model_copy(update={"withdrawn_on": today(), "withdrawn_why": who.reason})
        before = record(ledger, KIND, number)
        made = Edit(KIND, number, before.version if before else 0, now.model_dump(mode="json"), who.reason)
        edit(ledger, WITHDRAW, [made], by=who.by, number=number, reason=who.reason)
        return number, now


def _found(book: Book, name: str) -> tuple[str, Notice]:
    """Return the notice of a number; stop if there is none, or if it was withdrawn."""
    alike = [key for key in book.notices if retyped(key) == retyped(name)]
    number = name.strip() if name.strip() in book.notices or len(alike) != 1 else alike[0]
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
