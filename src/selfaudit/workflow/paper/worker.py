"""Reads scans in processes of their own: a page that crashes or hangs a decoder costs that page only."""

import os
import warnings
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Self

from pebble import ProcessPool

from selfaudit.base.i18n import N_, console_language
from selfaudit.base.problems import Problem, Where, error
from selfaudit.model.paper import PaperCode
from selfaudit.scans.codes import find_codes
from selfaudit.scans.pages import DAMAGED, extract, is_blank, is_plain, page_count, page_image
from selfaudit.scans.thumbnails import thumbnail
from selfaudit.store.ledger.papers import Scan
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.worker import begin

CRASHED = error(
    "scan.crashed",
    N_("page {page} crashed the reader or took longer than {seconds} seconds; other pages are not affected"),
    N_("Scan this page again with 200 to 300 dpi."),
)

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


def _start(language: str) -> None:
    begin(language)
    # decoders talk about damaged files on standard error, from C; we say it ourselves
    warnings.simplefilter("ignore")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _read(path: Path, numbers: tuple[int, ...], where: Where) -> list[PageReading]:
    return [read_page(path, number, where) for number in numbers]


Task = tuple[Scan, tuple[int, ...]]


class ScanReader:
    """Reading processes that are started again when a page brings one down."""

    def __init__(self, root: Path) -> None:
        """Take the campaign folder, in which scans lie."""
        self._root = root
        self._workers = min(MOST_WORKERS, os.cpu_count() or 1)
        self._pool = ProcessPool(self._workers, initializer=_start, initargs=[console_language()])

    def __enter__(self) -> Self:
        """Stop the processes at the end of a ``with`` block."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """Stop the processes."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def count(self, path: Path, name: str) -> int | Problem:
        """Return how many pages a file has, or why it cannot be read."""
        where = Where(name)
        try:
            pages: int | Problem = self._pool.schedule(page_count, args=[path, where], timeout=PATIENCE).result()
        except (Exception, SystemExit):  # noqa: BLE001 - whatever a file does to the reader, it costs that file only
            return DAMAGED(where)
        return pages

    def extract(self, scan: Scan, numbers: tuple[int, ...]) -> bytes:
        """Return some pages as a file of their own; nothing if the scan is too damaged for that."""
        try:
            args = [self._root / scan.file, numbers]
            part: bytes = self._pool.schedule(extract, args=args, timeout=PATIENCE).result()
        except (Exception, SystemExit):  # noqa: BLE001 - as above
            return b""
        return part

    def read(self, scans: list[Scan], listener: Listener) -> Iterator[tuple[Scan, list[PageReading]]]:
        """Yield every scan with what is on its pages; a few pages are read ahead."""
        tasks = _tasks(scans)
        ahead = deque(self._submit(task) for task in islice(tasks, 2 * self._workers))
        readings: list[PageReading] = []
        while ahead:
            (scan, numbers), future = ahead.popleft()
            ahead.extend(self._submit(task) for task in islice(tasks, 1))
            readings += self._result(future, scan, numbers)
            listener.step(len(numbers))
            if len(readings) == scan.pages:
                yield scan, _settled(readings)
                readings = []

    def _submit(self, task: Task) -> tuple[Task, Any]:
        scan, numbers = task
        args = [self._root / scan.file, numbers, Where(scan.name)]
        return task, self._pool.schedule(_read, args=args, timeout=PATIENCE)

    def _result(self, future: Any, scan: Scan, numbers: tuple[int, ...]) -> list[PageReading]:
        """Return the readings of a task; after a crash each of its pages is read alone, to find the one to blame."""
        try:
            readings: list[PageReading] = future.result()
        except (Exception, SystemExit):  # noqa: BLE001 - as above
            if len(numbers) == 1:
                problem = CRASHED(Where(scan.name), page=numbers[0], seconds=PATIENCE)
                return [PageReading(numbers[0], problem=problem)]
            alone = [self._submit((scan, (number,))) for number in numbers]
            return [reading for (_, one), later in alone for reading in self._result(later, scan, one)]
        return readings


def _settled(readings: list[PageReading]) -> list[PageReading]:
    """Return the readings of a scan; where no page bears a code, one of a single shade is not taken for a back."""
    if any(reading.codes for reading in readings):
        return readings
    return [replace(reading, blank=reading.blank and not reading.plain) for reading in readings]


def _tasks(scans: list[Scan]) -> Iterator[Task]:
    for scan in scans:
        numbers = range(1, scan.pages + 1)
        for start in numbers[::CHUNK]:
            yield scan, tuple(numbers[start - 1 : start - 1 + CHUNK])
