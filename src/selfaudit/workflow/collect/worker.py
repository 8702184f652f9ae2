"""Reads returned files in a process of its own: one that crashes or hangs the parser costs that file only."""

import gc
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from pebble import ProcessPool

from selfaudit.base.i18n import N_, console_language
from selfaudit.base.problems import Where, error
from selfaudit.files.incoming import Incoming
from selfaudit.forms.formats import read_any
from selfaudit.model.form import Form
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.common.worker import begin

CRASHED = error(
    "input.crashed",
    N_("reading this file crashed or took longer than {seconds} seconds; the other files are not affected"),
    N_("Ask for it to be sent again on a freshly issued form; if that fails too, report the file as our mistake."),
)

PATIENCE = 60
"""Seconds that a batch may take; an ordinary file takes a thousandth of one."""

_ledger: Ledger | None = None


def parse(item: Incoming, form_of: Callable[[str], Form | None], code: str) -> Parsed:
    """Read one file against the form issued under its passport."""
    parsed = Parsed(item.name, hashlib.sha256(item.data).hexdigest(), len(item.data))
    reading = read_any(item.data, item.name, form_of, code)
    parsed.gaps, parsed.notes, parsed.errors = reading.gaps, reading.notes, reading.errors
    parsed.passport, parsed.digest = reading.passport, reading.digest
    if reading.content is not None:
        form = form_of(reading.passport)
        parsed.respondent = form.respondent.key if form else ""
        parsed.filled_by = reading.content.get("filled_by", "")
        parsed.filled_on = reading.content.get("filled_on", "")
        parsed.content = json.dumps(reading.content, ensure_ascii=False, separators=(",", ":"))
    return parsed


def _start(ledger: Path, language: str) -> None:
    global _ledger  # noqa: PLW0603 - one per process, opened once
    begin(language)
    _ledger = Ledger.open(ledger, writable=False)
    # parsing makes many small objects that die young and in no circles: looking for circles took a tenth of the time
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)


def _parse_all(items: list[Incoming], code: str) -> list[Parsed]:
    assert _ledger is not None  # noqa: S101 - _start ran first
    return [parse(item, _ledger.form, code) for item in items]


class Reader:
    """A reading process that is started again when a file brings it down."""

    def __init__(self, ledger: Path, code: str) -> None:
        """Take the ledger's path, for the forms, and the campaign's code."""
        self._code = code
        self._pool = ProcessPool(1, initializer=_start, initargs=[ledger, console_language()])

    def __enter__(self) -> Self:
        """Stop the process at the end of a ``with`` block."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """Stop the process."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def submit(self, items: list[Incoming]) -> Any:
        """Start reading a batch."""
        return self._pool.schedule(_parse_all, args=[items, self._code], timeout=PATIENCE)

    def results(self, future: Any, items: list[Incoming]) -> Iterator[Parsed]:
        """Yield the results of a batch; after a crash each of its files is read alone, to find the one to blame."""
        try:
            yield from future.result()
        except (Exception, SystemExit):  # noqa: BLE001 - whatever a file does to the reader, it costs that file only
            if len(items) == 1:
                where = Where(items[0].name)
                sha256 = hashlib.sha256(items[0].data).hexdigest()
                yield Parsed(items[0].name, sha256, len(items[0].data), errors=[CRASHED(where, seconds=PATIENCE)])
                return
            for item in items:
                yield from self.results(self.submit([item]), [item])
