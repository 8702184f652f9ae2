"""Reads documents in processes of their own: one that crashes or hangs its reader costs that document only."""

import os
from collections.abc import Iterable, Iterator, Sequence

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Where, error
from selfaudit.files.extracting.extract import extract
from selfaudit.files.extracting.extracted import Extracted
from selfaudit.files.incoming import Incoming
from selfaudit.files.kinds import PDF, kind_of_scan
from selfaudit.scans.texts import pdf_text
from selfaudit.workflow.common.pool import Pool

CRASHED = error(
    "text.crashed",
    N_("reading this file crashed or took longer than {seconds} seconds; the other files are not affected"),
    N_("Open it, save it anew, and put that in its place; or compare it by eye."),
)
PATIENCE = 120
"""Seconds that a batch may take; an ordinary document takes a hundredth of one."""
WORKERS = min(4, os.cpu_count() or 1)
"""More would wait for the process that keeps what they read."""


def read_all(batches: Iterable[Sequence[Incoming]]) -> Iterator[tuple[Sequence[Incoming], Sequence[Extracted]]]:
    """Yield every batch of documents with their texts, in order."""
    with Pool(WORKERS, PATIENCE) as pool:
        yield from pool.each(read_some, crashed, batches)


def read_some(items: Sequence[Incoming]) -> list[Extracted]:
    """Read some documents."""
    return [_read(item) for item in items]


def _read(item: Incoming) -> Extracted:
    read = pdf_text if kind_of_scan(item.data) is PDF else extract
    return read(item.data, item.name)


def crashed(item: Incoming) -> Extracted:
    """Return what there is to say of a document that brought its process down."""
    return Extracted(problem=CRASHED(Where(item.name), seconds=PATIENCE))
