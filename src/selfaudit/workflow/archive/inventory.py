"""The inventory of an archive: every file in order, what it is in words, its pages, its day and who answers for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from selfaudit.base.clock import local, today
from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Where
from selfaudit.files.sheets.writing import Row, write_xlsx
from selfaudit.model.data.imported import REGISTER, Imported
from selfaudit.model.kit.plan import Plan
from selfaudit.scans.pages import page_count
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import REJECTED
from selfaudit.store.ledger.records import every_version
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.contents import LeftOut
from selfaudit.workflow.archive.words import words_for
from selfaudit.workflow.common.pool import Pool

_NAME = N_("contents")
_HEADER = (N_("No."), N_("Title of the file"), N_("File"), N_("Pages"), N_("Date"), N_("Author"), N_("Remarks"))
_WIDTHS = (7, 44, 60, 7, 12, 16, 44)
_BATCH = 20

_CAME = N_("Response of {name}")
_UNUSABLE = N_("File received, not usable")
_SCAN = N_("Scan as it came")
_SIGNED = N_("Signed sheet of {name}")
_FORM = N_("Form issued to {name}")
_EXPORT = N_("Data of the body as exported")
_TABLE = N_("Register “{name}” as imported")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file: title, the moment that it is of, who answers for it, remarks, pages (0: unknown)."""

    title: str
    at: str = ""
    who: str = ""
    remarks: str = ""
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is listed: the files of a campaign by their names, and what is left out, in a language.

    ``ledger`` is a copy of the ledger, None if the files are not to be told by what it knows of them; ``pages`` are
    those of PDF files of which it does not know how many they have.
    """

    root: Path
    ledger: Path | None
    language: str
    files: Sequence[str]
    left_out: Sequence[LeftOut]
    pages: Mapping[str, int]


def inventory_name(plan: Plan) -> str:
    """Return what the workbook is called, in the language of the campaign."""
    return f"{translator(plan.language)(_NAME)}.xlsx"


def write_inventory(path: Path, told: Inventory) -> None:
    """Write the workbook: one sheet with the files in the archive, one with those that are not."""
    _ = translator(told.language)
    lacking = ((n, one.name, one.why(_)) for n, one in enumerate(told.left_out, 1))
    header = tuple(map(_, _HEADER))
    write_xlsx(
        path,
        [
            (_(N_("In the archive")), header, _WIDTHS, _rows(told)),
            (_(N_("Not in the archive")), (header[0], header[2], _(N_("Reason"))), (7, 60, 60), lacking),
        ],
    )


def _rows(told: Inventory) -> Iterator[Row]:
    _, workspace = translator(told.language), Workspace(told.root)
    words, known = words_for(workspace), dict[str, Known]()
    if told.ledger:
        with Ledger.open(told.ledger, writable=False) as ledger:
            known = _from_ledger(workspace, ledger, told.language)
    for n, name in enumerate(told.files, 1):
        first, _slash, rest = name.partition("/")
        about = known.get(name) or Known(_(words[first]) if first in words and not rest else Path(name).stem)
        count = about.pages or told.pages.get(name, 0)
        day = local(about.at)[:10] if about.at else _day(workspace.path(name))
        yield n, about.title, name, count or "", day, about.who, about.remarks


def _day(path: Path) -> str:
    """Return the day on which a file was written last; one that the ledger has not on the disk yet is of today."""
    if not path.exists():
        return today().isoformat()
    return f"{datetime.fromtimestamp(path.stat().st_mtime).astimezone():%Y-%m-%d}"


def _from_ledger(workspace: Workspace, ledger: Ledger, language: str) -> dict[str, Known]:
    """Return what the ledger knows of files, by their names in the campaign."""
    _ = translator(language)
    found: dict[str, Known] = {}
    name = "coalesce(r.data ->> '$.name', '')"
    rows = ledger.db.execute(
        f"SELECT o.sha256, o.name, o.received_at, o.outcome, {name}, coalesce(p.filled_by, '')"  # noqa: S608 - our own names
        " FROM originals o LEFT JOIN respondents r ON r.key = o.respondent LEFT JOIN responses p USING (digest)"
        " GROUP BY o.sha256"
    )
    folder = workspace.received
    there = {path.stem: workspace.shown(path) for path in folder.rglob("*")} if folder.is_dir() else {}
    for sha256, came_as, at, outcome, whose, filled_by in rows:
        title = _(_UNUSABLE) if outcome == REJECTED else _(_CAME).format(name=whose or "?")
        if sha256 in there:
            found[there[sha256]] = Known(title, at, filled_by or whose, came_as)
    for came_as, file, pages, at in ledger.db.execute("SELECT name, file, pages, received_at FROM scans"):
        found[file] = Known(_(_SCAN), at, "", came_as, pages)
    rows = ledger.db.execute(
        f"SELECT p.file, json_array_length(p.pages), p.matched_at, {name}, p.verdict"  # noqa: S608 - our own names
        " FROM papers p LEFT JOIN respondents r ON r.key = p.respondent"
    )
    for file, pages, at, whose, verdict in rows:
        found[file] = Known(_(_SIGNED).format(name=whose), at, whose, verdict, pages)
    rows = ledger.db.execute(
        f"SELECT f.file, p.issued_at, {name}, p.passport FROM form_files f JOIN forms p USING (passport)"  # noqa: S608 - our own names
        " LEFT JOIN respondents r ON r.key = p.respondent"
    )
    found |= {file: Known(_(_FORM).format(name=whose), at, "", passport) for file, at, whose, passport in rows}
    for one in every_version(ledger):
        if one.kind == REGISTER:
            made = Imported.model_validate(one.data)
            found |= {file.file: Known(_(_EXPORT), one.at, one.by, file.name) for file in made.files}
            found[made.file] = Known(_(_TABLE).format(name=one.id), one.at, one.by)
    return found


def pdf_pages(workspace: Workspace, names: Sequence[str], pool: Pool) -> dict[str, int]:
    """Return how many pages PDF files have, opened in a worker; but for scans, whose pages the ledger knows."""
    scans = f"{workspace.SCANS}/"
    wanted = {workspace.path(name): name for name in names if name.endswith(".pdf") and not name.startswith(scans)}
    paths = list(wanted)
    batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
    return {
        wanted[path]: count
        for some, counts in pool.each(_count, lambda _path: 0, batches)
        for path, count in zip(some, counts, strict=True)
    }


def _count(paths: Sequence[Path]) -> list[int]:
    counted = (page_count(path, Where(path.name)) for path in paths)
    return [count if isinstance(count, int) else 0 for count in counted]
