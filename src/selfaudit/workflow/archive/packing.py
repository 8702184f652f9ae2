"""Fills an archive: the campaign, what is made of it for who reads it later, and what the package says of itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from selfaudit import __version__
from selfaudit.base.clock import now, today
from selfaudit.base.mask import mask_page
from selfaudit.files.bags.writing import PAYLOAD, BagWriter, Packed
from selfaudit.model.kit.plan import Plan
from selfaudit.store.ledger.dumping import dump, tables
from selfaudit.store.ledger.head import Head
from selfaudit.store.ledger.ledger import Ledger, head_of
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.contents import GONE, LeftOut, contents
from selfaudit.workflow.archive.inventory import Inventory, inventory_name, pdf_pages, write_inventory
from selfaudit.workflow.archive.pages import Archived, pages
from selfaudit.workflow.archive.readme import ReadMe, readme
from selfaudit.workflow.archive.redact.masking import Mask
from selfaudit.workflow.archive.redact.payload import redacted, redacted_tables
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.pool import Pool

ARCHIVE = "archive"
"""The kind of the journal row, and of the work."""
LEDGER_LINES = "ledger/"
"""The folder of an archive that has the ledger as lines of JSON."""
HEAD, REDACTED = "Journal-Head", "Redacted"
"""Entries of ``bag-info.txt`` of our own."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is archived: campaign and ledger, its plan and body; the public key of who signs, empty if nobody does.

    With a ``mask`` a copy without personal data is made.
    """

    workspace: Workspace
    ledger: Ledger
    plan: Plan
    body: str
    public: str
    mask: Mask | None


@dataclass(frozen=True, slots=True)
class Filled:
    """What is in an archive and what is not, and the end of the journal in it."""

    head: Head
    packed: list[Packed]
    left_out: list[LeftOut]


def fill(source: Source, stream: IO[bytes], folder: str, listener: Listener) -> Filled:
    """Write the whole archive; nobody else may write to the campaign meanwhile."""
    moment = datetime.fromisoformat(now()).astimezone()
    with BagWriter(stream, folder, moment) as bag, Pool() as pool:
        made = (
            _without_people(bag, source, source.mask, pool) if source.mask else _everything(bag, source, pool, listener)
        )
        _about(bag, source, made)
    return made


def _everything(bag: BagWriter, source: Source, pool: Pool, listener: Listener) -> Filled:
    """Add the campaign as it is, and its inventory, which another process writes meanwhile."""
    workspace, inside = source.workspace, contents(source.workspace)
    listener.start(ARCHIVE, len(inside.files))
    ledger = workspace.scratch / workspace.LEDGER
    head = source.ledger.copy(ledger)
    own = [ledger, head_of(ledger)]
    names = [*(path.name for path in own), *inside.files]
    book, listed = _inventory(source, pool, names, inside.left_out, ledger)
    packed = [bag.add_file(f"{PAYLOAD}{path.name}", path) for path in own]
    for name in inside.files:
        try:
            packed.append(bag.add_file(f"{PAYLOAD}{name}", workspace.path(name)))
        except (FileNotFoundError, PermissionError):
            # people move files while this runs; what cannot be opened has left nothing in the zip
            inside.left_out.append(LeftOut(name, GONE))
        listener.step()
    listed()
    if len(packed) < len(names):
        there = [file.name.removeprefix(PAYLOAD) for file in packed]
        _inventory(source, pool, there, inside.left_out, ledger)[1]()
    bag.add_file(book.name, book)
    return Filled(head, packed, inside.left_out)


def _without_people(bag: BagWriter, source: Source, mask: Mask, pool: Pool) -> Filled:
    """Add what may be shown to others, changed so that it may."""
    workspace = source.workspace
    loaded = workspace.load()
    # who has left is in the ledger all the same
    roster = loaded.everybody or loaded.usable()[1]
    made = redacted(workspace, source.ledger, contents(workspace), roster, mask)
    packed = [bag.add(f"{PAYLOAD}{name}", data) for name, data in sorted(made.files.items())]
    book, listed = _inventory(source, pool, sorted(made.files), made.left_out, None)
    listed()
    bag.add_file(book.name, book)
    return Filled(source.ledger.head(), packed, made.left_out)


def _inventory(
    source: Source, pool: Pool, names: list[str], left_out: list[LeftOut], ledger: Path | None
) -> tuple[Path, Callable[[], None]]:
    """Begin to write the inventory; return where, and what waits for it."""
    workspace = source.workspace
    book = workspace.scratch / inventory_name(source.plan)
    pages = pdf_pages(workspace, names, pool)
    told = Inventory(workspace.root, ledger, source.plan.language, names, tuple(left_out), pages)
    return book, pool.begin(write_inventory, book, told)


def _about(bag: BagWriter, source: Source, made: Filled) -> None:
    """Add what is made of the campaign for who reads the archive, and complete it."""
    workspace, mask = source.workspace, source.mask
    for lines in _tables(source):
        bag.add_file(f"{LEDGER_LINES}{lines.name}", lines)
    masked = mask.text if mask else mask_page
    for name, data in pages(Archived(workspace, source.ledger, made.packed, masked, redacted=mask is not None)):
        bag.add(name, data)
    names = [file.name.removeprefix(PAYLOAD) for file in made.packed]
    told = ReadMe(source.plan, source.body, workspace, made.head, names, made.left_out, source.public, mask is not None)
    for name, text in readme(told).items():
        bag.add(name, text.encode())
    bag.finish(_info(source, made.head))


def _tables(source: Source) -> Iterator[Path]:
    """Write the tables of the ledger as lines of JSON; yield the files."""
    folder = source.workspace.scratch
    if source.mask:
        yield from redacted_tables(source.ledger, source.mask, folder)
        return
    for table in tables(source.ledger):
        path = folder / f"{table}.jsonl"
        with path.open("wb") as stream:
            dump(source.ledger, table, stream)
        yield path


def _info(source: Source, head: Head) -> Iterator[tuple[str, str]]:
    """Yield what ``bag-info.txt`` says: who, what and when."""
    plan = source.plan
    yield "Source-Organization", source.body
    if plan.operator and not source.mask:
        yield "Contact-Name", plan.operator
    yield "External-Identifier", plan.id
    yield "External-Description", plan.title
    yield "Bagging-Date", today().isoformat()
    yield "Bag-Software-Agent", f"selfaudit {__version__}"
    yield HEAD, str(head)
    if source.mask:
        yield REDACTED, "yes: names known to the program; read through free texts"
