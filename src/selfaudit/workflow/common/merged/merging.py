"""Writes ``merged.yaml``.

Only the blocks that changed are made again; the others are copied from the file that is there, if it is the one that
was written last. The roll-up is kept as counts, from which what somebody said before is taken out again.
"""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import IO

from selfaudit.files.atomic import replacing
from selfaudit.model.progress.rollup import answers_of, count, places_of
from selfaudit.store.ledger import merged as table
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.merged.records import Record, block, head, record_of, rolled_up, tail
from selfaudit.workflow.common.state.asking import Asking
from selfaudit.workflow.common.state.standings import standing_in

PIECE = 1 << 20
"""Bytes that are copied at once."""


def write(workspace: Workspace, ledger: Ledger, there: table.MergedFile | None) -> int:
    """Write the file, with the help of the one that is there if it is ours; return how many responses are in it."""
    with ledger.change("merged") as change:
        change.unchanged()
        if there:
            # if the ledger does not fit the file, all that is lost is the time to make every block again
            with suppress(_UnknownError):
                return _write(workspace, ledger, there)
        table.forget_merged(ledger)
        return _write(workspace, ledger, None)


def _write(workspace: Workspace, ledger: Ledger, there: table.MergedFile | None) -> int:
    path = workspace.merged_file
    beginning = head(ledger.meta("id")).encode()
    with replacing(path, workspace.scratch) as stream, ExitStack() as stack:
        old = stack.enter_context(path.open("rb")) if there else None
        merger = _Merger(ledger, _Old(old, there.start, table.blocks(ledger), stream) if old and there else None)
        stream.write(beginning)
        responses = merger.write_blocks(stream)
        for piece in tail(responses, merger.rolled_up()):
            stream.write(piece.encode())
    if written := table.MergedFile.of(path, len(beginning)):
        table.settle_merged(ledger, written)
    return responses


class _UnknownError(Exception):
    """What the ledger keeps of the file that is there is not what is in it."""


class _Old:
    """The file that is there, whose blocks come in the same order, but for those that changed."""

    def __init__(self, there: IO[bytes], start: int, blocks: Iterator[tuple[str, int]], to: IO[bytes]) -> None:
        there.seek(start)
        self._there, self._blocks, self._to = there, blocks, to
        self._pending = 0
        """Bytes that are to be copied; what is copied at once takes less time."""

    def copy(self, respondent: str) -> None:
        """Copy the block of a respondent; whatever comes before it is left out."""
        for key, size in self._blocks:
            if key == respondent:
                self._pending += size
                return
            self.flush()
            self._there.seek(size, os.SEEK_CUR)
        raise _UnknownError(respondent)

    def flush(self) -> None:
        """Write what is to be copied, before anything else is written."""
        while self._pending:
            piece = self._there.read(min(self._pending, PIECE))
            if not piece:
                raise _UnknownError
            self._pending -= self._to.write(piece)


class _Merger:
    """Makes the blocks that changed, copies the others, and keeps the counts of the roll-up."""

    def __init__(self, ledger: Ledger, old: _Old | None) -> None:
        self._ledger, self._old, self._asking = ledger, old, Asking(ledger)
        self._forms = self._asking.forms
        self._units = table.unit_counts(ledger)
        self._places: dict[str, dict[str, int]] = {}
        self._touched: set[str] = set()

    def write_blocks(self, stream: IO[bytes]) -> int:
        """Write the block of everybody who answered, and enter what changed; return how many there are."""
        written = 0
        for key, changed, size in table.parts(self._ledger):
            if changed:
                made = self._made(key)
                self._flush()
                stream.write(made)
                written += bool(made)
            elif size and self._old:
                self._old.copy(key)
                written += 1
        self._flush()
        for unit in self._touched:
            table.put_unit_counts(self._ledger, unit, self._units[unit])
        return written

    def _flush(self) -> None:
        if self._old:
            self._old.flush()

    def rolled_up(self) -> Iterator[Record]:
        """Yield what every unit and the body say together, as plain data."""
        counts = {unit: counted.counts for unit, counted in self._units.items() if counted.people}
        return rolled_up(self._ledger, counts)

    def _made(self, key: str) -> bytes:
        before = table.merged_of(self._ledger, key)
        if before:
            self._count(before, -1)
        standing = standing_in(self._ledger, key, self._asking)
        if not standing.active and standing.content is None:
            table.drop_merged(self._ledger, key)
            return b""
        made = b"" if standing.content is None else block(record_of(standing)).encode()
        answers = json.dumps(answers_of(standing.content, self._places_of(key)), separators=(",", ":"))
        position = table.position_of(self._ledger, key)
        row = table.MergedRow(key, position, len(made), standing.respondent.unit, answers)
        self._count(row, 1)
        table.put_merged(self._ledger, row)
        return made

    def _places_of(self, key: str) -> dict[str, int]:
        """Return how many answers every item asks for that a respondent was asked last."""
        asked = self._forms.asked_last(key)
        digest = asked.digest if asked else ""
        if digest not in self._places:
            self._places[digest] = places_of(asked)
        return self._places[digest]

    def _count(self, row: table.MergedRow, by: int) -> None:
        """Add what a respondent says to the counts of their unit, or take it out again."""
        unit = self._units.setdefault(row.unit, table.UnitCounts())
        unit.people += by
        count(unit.counts, json.loads(row.answers), by)
        self._touched.add(row.unit)
