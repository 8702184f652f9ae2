"""Records that are rows of a table of texts, and not files."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error
from selfaudit.checks.case_table import HEADERS, some_rows, taken_over
from selfaudit.files.extracting.extract import checked
from selfaudit.files.extracting.extracted import Extracted
from selfaudit.files.listing import shown_name
from selfaudit.model.casefiles.identity import Identity, names_in
from selfaudit.store.texts import Texts
from selfaudit.store.workspace import Workspace, private
from selfaudit.workflow.common.pool import Pool, WorkerError
from selfaudit.workflow.similar.reading import Read

NO_TABLE = error(
    "similar.no-table", N_("the table of texts cannot be read: {detail}"), N_("Give a CSV in UTF-8 or a Parquet.")
)
NO_COLUMN = error(
    "similar.no-column",
    N_("the table of texts has no column {names}"),
    N_("Give it one of these headers: {known}."),
)
_PATIENCE = 600
_AT_ONCE = 500
_MADE = "texts.parquet"


def rows_of(workspace: Workspace, texts: Texts, tables: Sequence[Path], files: Iterable[Read]) -> list[Read]:
    """Return the records of tables, whose texts are kept as those of files are; for the holder of the lock."""
    taken = {one.id for one in files}
    found: dict[str, Read] = {}
    for path in tables:
        name = shown_name(path.absolute(), workspace.root)
        for number, row in enumerate(_rows(workspace, path, name), 1):
            text = row["text"].replace("\r\n", "\n")
            digest = sha256(text.encode("utf-8", "replace")).hexdigest()
            if texts.known(digest) is None:
                texts.put(digest, checked(Extracted(text), Where(name)))
            # rows without an id of their own, or with that of a file, are records all the same
            id_ = row["id"] if row["id"] and row["id"] not in taken else f"{name}:{number}"
            taken.add(id_)
            kept = texts.known(digest)
            said = Identity(row["case"], row["standard"], row["organisation"], row["period"], names_in(row["auditors"]))
            characters, problem = (kept.characters, kept.problem) if kept else (0, None)
            found[id_] = Read(id_, digest, characters, problem, said)
    return [found[id_] for id_ in sorted(found)]


def _rows(workspace: Workspace, path: Path, name: str) -> Iterator[dict[str, str]]:
    with private(workspace.table_scratch) as folder, Pool(patience=_PATIENCE) as pool:
        made = folder / _MADE
        try:
            rows, lacking, wrong = pool.run(taken_over, path.absolute(), made)
        except (WorkerError, FileNotFoundError) as exc:
            raise UserError(NO_TABLE(Where(name), detail=type(exc.__cause__).__name__)) from None
        if wrong:
            raise UserError(NO_TABLE(Where(name), detail=wrong))
        if lacking:
            raise UserError(
                NO_COLUMN(Where(name), names=lacking, known=[one for key in lacking for one in HEADERS[key]])
            )
        for first in range(0, rows, _AT_ONCE):
            yield from pool.run(some_rows, made, first, _AT_ONCE)
