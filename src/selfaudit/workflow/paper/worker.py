"""Reads scans in processes of their own: a page that crashes or hangs a decoder costs that page only."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from selfaudit.base.problems import Problem, Where
from selfaudit.model.kept import PAGE_CRASHED
from selfaudit.model.progress.paper import PaperCode
from selfaudit.scans.codes import find_codes
from selfaudit.scans.pages import DAMAGED, extract, is_blank, is_plain, page_count, page_image
from selfaudit.scans.thumbnails import thumbnail
from selfaudit.store.ledger.papers import Scan
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.pool import Pool, WorkerError

PATIENCE = 60
"""Seconds that a few pages may take; one that is hard to read takes one."""
CHUNK = 4
"""Pages that are read at once."""
MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class PageReading:
    """What is on a page. ``picture`` is for a person who must look at it, ``problem`` says why there is no image.

    ``plain`` is a page of one shade, which is taken for the empty back of a sheet only beside a sheet.
    """

    number: int
    codes: tuple[PaperCode, ...] = ()
    foreign: bool = False
    blank: bool = False
    plain: bool = False
    picture: bytes = b""
    problem: Problem | None = None


def read_page(path: Path, number: int, where: Where) -> PageReading:
    """Read one page of a scan."""
    image = page_image(path, number, where)
    if isinstance(image, Problem):
        return PageReading(number, problem=image)
    found = find_codes(image, PaperCode.parse)
    blank = not found.codes and not found.foreign and is_blank(image)
    plain = blank and is_plain(image)
    picture = b"" if blank and not plain else thumbnail(image)
    return PageReading(number, found.codes, found.foreign, blank, plain, picture)


class Page(NamedTuple):
    """One page of a scan in a file."""

    path: Path
    number: int
    where: Where


def read_pages(pages: Sequence[Page]) -> list[PageReading]:
    """Read some pages, in a process that may die of it."""
    return [read_page(*page) for page in pages]


def crashed(page: Page) -> PageReading:
    """Return what there is to say of a page that brought its process down."""
    return PageReading(page.number, problem=PAGE_CRASHED(page.where, page=page.number, seconds=PATIENCE))


class ScanReader:
    """Reads the scans of a campaign."""

    def __init__(self, root: Path) -> None:
        """Take the campaign folder, in which scans lie."""
        self._root = root
        self._pool = Pool(min(MOST_WORKERS, os.cpu_count() or 1), PATIENCE)

    def __enter__(self) -> Self:
        """Stop the processes at the end of a ``with`` block."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Stop the processes."""
        self._pool.__exit__(*exc)

    def count(self, path: Path, name: str) -> int | Problem:
        """Return how many pages a file has, or why it cannot be read."""
        where = Where(name)
        try:
            return self._pool.run(page_count, path, where)
        except WorkerError:
            return DAMAGED(where)

    def extract(self, scan: Scan, numbers: tuple[int, ...]) -> bytes:
        """Return some pages as a file of their own; nothing if the scan is too damaged for that."""
        try:
            return self._pool.run(extract, self._root / scan.file, numbers)
        except WorkerError:
            return b""

    def read(self, scans: list[Scan], listener: Listener) -> Iterator[tuple[Scan, list[PageReading]]]:
        """Yield every scan with what is on its pages; a few pages are read ahead."""
        batches = (batch for scan in scans for batch in self._batches(scan))
        read = self._pool.each(read_pages, crashed, batches)
        for scan in scans:
            readings: list[PageReading] = []
            while len(readings) < scan.pages:
                batch, found = next(read)
                listener.step(len(batch))
                readings += found
            yield scan, _settled(readings)

    def _batches(self, scan: Scan) -> Iterator[list[Page]]:
        path, where = self._root / scan.file, Where(scan.name)
        pages = (Page(path, number, where) for number in range(1, scan.pages + 1))
        return iter(lambda: list(islice(pages, CHUNK)), [])


def _settled(readings: list[PageReading]) -> list[PageReading]:
    """Return the readings of a scan; where no page has a code, one of a single shade is not taken for a back."""
    if any(reading.codes for reading in readings):
        return readings
    return [replace(reading, blank=reading.blank and not reading.plain) for reading in readings]
