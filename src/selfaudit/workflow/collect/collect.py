"""``collect``: reads everything that came back, keeps every original, merges what can be read into the ledger."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, compress, islice
from pathlib import Path
from typing import TYPE_CHECKING

from selfaudit.base.problems import Where
from selfaudit.files.encodings import LARGEST, TOO_LARGE
from selfaudit.files.incoming import Given, Incoming
from selfaudit.files.kinds import kind_of
from selfaudit.model.form.rounds import RoundId
from selfaudit.model.kit.kit import Kit
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import REJECTED, original
from selfaudit.store.ledger.responses import end_run
from selfaudit.store.turns import Turns
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.gathering import Gathering
from selfaudit.workflow.collect.known import withdrawn_again
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.collect.result import Collected, FileResult, Outcome
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged.file import refresh_merged

if TYPE_CHECKING:
    from selfaudit.workflow.collect.entering import Run
    from selfaudit.workflow.collect.rounds import RoundIntake

BATCH = 32
"""Files that go to the reading process at once, and that are entered in one transaction."""
_WEIGHT = 64 * 1024 * 1024
"""Bytes of files that are kept in memory for a batch."""


def collect(workspace: Workspace, paths: Iterable[Path], listener: Listener) -> Collected:
    """Read files, folders and zips (default: the inbox); one bad file never stops the rest.

    Others may write to the campaign between the batches.
    """
    given = _given(workspace, list(paths))
    with workspace.in_turns(listener.waiting) as turns:
        collector = _Collector(workspace, turns, listener)
        with turns.turn() as ledger:
            ledger.require_issued()
        listener.start("collect", len(given))
        with workspace.taking_in() as go_on:
            collector.run(given, go_on)
        with turns.turn() as ledger:
            collector.settle(ledger)
            refresh_merged(workspace, ledger)
            refused = [result for result in collector.done.of(Outcome.REJECTED) if result.errors]
            if refused or workspace.rejections.is_dir():
                from selfaudit.workflow.collect.returning import write_returns  # noqa: PLC0415 - rarely needed

                write_returns(workspace, ledger, refused)
            if collector.came:
                from selfaudit.workflow.collect.numbers import doubtful_numbers  # noqa: PLC0415 - rarely needed

                collector.done.doubts = doubtful_numbers(ledger, collector.came)
    return collector.done


def _given(workspace: Workspace, paths: list[Path]) -> Given:
    """Return the files to read; an empty inbox, which nobody named, is nothing to speak of."""
    inbox = workspace.inbox
    given = Given(paths or [inbox], workspace.root)
    return given if paths or len(given) or not inbox.is_dir() else Given([], workspace.root)


def _suffix(name: str) -> str:
    """Return the ending of a returned file, as far as every file system allows it."""
    _, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and re.fullmatch("[A-Za-z0-9]{1,7}", suffix) else ""


def _handful(files: Iterator[Incoming]) -> Iterator[Incoming]:
    """Yield some files, not more than memory has room for."""
    weight = 0
    for item in islice(files, BATCH):
        yield item
        weight += len(item.data)
        if weight > _WEIGHT:
            return


def _if_light(item: Incoming) -> Incoming:
    """Return a file, or that it is too large for a text that anybody could have filled in: it stays where it is."""
    if len(item.data) <= LARGEST or kind_of(item.data):
        return item
    size = round(len(item.data) / 2**20, 1)
    return Incoming(item.name, problem=TOO_LARGE(Where(item.name), size=size, limit=LARGEST >> 20))


def _those(batch: Iterable[Parsed], of: Iterable[RoundId | None], round_: RoundId | None) -> Iterator[Parsed]:
    """Yield what was read of a round, None for the self-audit itself."""
    return compress(batch, (one == round_ for one in of))


class _Collector:
    """Keeps originals, skips what is known, and has the rest read a few batches ahead of the merge."""

    def __init__(self, workspace: Workspace, turns: Turns, listener: Listener) -> None:
        self._workspace = workspace
        self._turns = turns
        self._listener = listener
        self._gathering = Gathering(workspace)
        self._intakes: dict[RoundId, RoundIntake] = {}
        self._of: dict[str, int] = {}
        """Where among the results the response of somebody is."""
        self.done = Collected()
        self.came: set[str] = set()
        """The keys of those from whom something came."""

    def run(self, files: Iterable[Incoming], go_on: Callable[[], None]) -> None:
        batches = self._unread(files)
        first = next(batches, None)
        if first is None:
            return
        # a run with nothing new needs neither
        from selfaudit.workflow.collect.entering import Run  # noqa: PLC0415
        from selfaudit.workflow.collect.worker import read_all  # noqa: PLC0415

        began: Run | None = None
        for batch in read_all(self._workspace.ledger_file, chain([first], batches)):
            with self._turns.turn() as ledger, ledger.together():
                began = began or Run.begin(ledger)
                of = [None if parsed.errors else parsed.round for parsed in batch]
                entered: dict[RoundId | None, Iterator[FileResult]] = {
                    round_: iter(self._enter(ledger, _those(batch, of, round_), round_, began))
                    for round_ in dict.fromkeys(of)
                }
                results = [next(entered[round_]) for round_ in of]
            go_on()
            self.came |= {parsed.respondent for parsed in batch if parsed.respondent}
            for parsed, result in zip(batch, results, strict=True):
                self._listener.step()
                self._note(result, parsed.respondent)
                self._gather(parsed)
        with self._turns.turn() as ledger:
            end_run(ledger)

    def _enter(self, ledger: Ledger, several: Iterable[Parsed], round_: RoundId | None, run: "Run") -> list[FileResult]:
        """Enter what was read of one round, None for the self-audit itself."""
        from selfaudit.workflow.collect.entering import enter  # noqa: PLC0415 - a run with nothing new does not need it

        if round_ is None:
            return [enter(ledger, one, run) for one in several]
        if round_ not in self._intakes:
            from selfaudit.workflow.collect.confirmations import ConfirmationsTaken  # noqa: PLC0415 - rarely needed
            from selfaudit.workflow.collect.corrections import CorrectionsTaken  # noqa: PLC0415
            from selfaudit.workflow.collect.rounds import RoundIntake, Taking  # noqa: PLC0415

            taken: dict[RoundId, Callable[[Kit, Roster], Taking]] = {
                "corrections": CorrectionsTaken,
                "confirmations": ConfirmationsTaken,
            }
            self._intakes[round_] = RoundIntake(taken[round_](*self._workspace.load().usable()))
        return self._intakes[round_].enter_all(ledger, several)

    def _unread(self, files: Iterable[Incoming]) -> Iterator[list[Incoming]]:
        """Yield the files that have to be read, in batches; count or report the others."""
        rest = iter(files)
        while some := list(_handful(rest)):
            with self._turns.turn() as ledger:
                forms = [_if_light(item) for item in some if not self._is_loose(item)]
                batch = [item for item in forms if self._is_new(ledger, item)]
                for item in forms:
                    # one that is known may have been lost since
                    if not item.problem:
                        self._workspace.keep_original(item.sha256, item.data, _suffix(item.name))
            if batch:
                yield batch

    def _is_loose(self, item: Incoming) -> bool:
        """Return whether a file is no form, and has been kept as evidence."""
        if item.problem or not self._gathering.take(item):
            return False
        self._listener.step()
        return True

    def _is_new(self, ledger: Ledger, item: Incoming) -> bool:
        """Return whether a file has to be read.

        The same bytes under another name are the same file only if somebody's answers are in them.
        """
        if not item.problem:
            known = original(ledger, item.sha256)
            if known is None or known.outcome == REJECTED:
                return True
            self._gathering.hear(item.name, known.respondent, known.digest)
            # the file that was withdrawn still lies where it came from; under another name somebody sent it once more
            again = item.name != known.name
            if again and (found := withdrawn_again(ledger, item.name, known.respondent, known.digest)):
                self._listener.step()
                self._note(found)
                return False
        self._listener.step()
        problems = (item.problem,) if item.problem else ()
        self._note(FileResult(item.name, Outcome.REJECTED if problems else Outcome.UNCHANGED, errors=problems))
        return False

    def _gather(self, parsed: Parsed) -> None:
        """Remember where a response lies, for the files beside it, or that a file is none."""
        if parsed.errors:
            nobodys = not (parsed.respondent or parsed.passport)
            self._gathering.refuse(parsed.name, parsed.sha256, parsed.size, nobodys=nobodys)
        else:
            self._gathering.hear(parsed.name, parsed.respondent, parsed.digest, files=parsed.files)

    def settle(self, ledger: Ledger) -> None:
        """Say what became of the files that are no forms, and which files the responses of this run still lack."""
        gathered = self._gathering
        if not (gathered.loose or gathered.refused or gathered.asked):
            return
        from selfaudit.workflow.collect.evidence import Settling, lacking_files  # noqa: PLC0415 - rarely needed

        results = Settling(self._workspace, ledger, gathered).settle() if gathered.loose or gathered.refused else []
        for key, gaps in lacking_files(ledger, gathered.asked & self._of.keys()).items():
            at = self._of[key]
            self.done.results[at] = replace(self.done.results[at], gaps=(*self.done.results[at].gaps, *gaps))
        taken = {result.file for result in results}
        self.done.results = [result for result in self.done.results if result.file not in taken]
        for result in results:
            self._note(result)

    def _note(self, result: FileResult, respondent: str = "") -> None:
        if respondent and result.outcome not in (Outcome.UNCHANGED, Outcome.REJECTED):
            self._of[respondent] = len(self.done.results)
        if result.outcome is Outcome.UNCHANGED:
            self.done.unchanged += 1
        else:
            self.done.results.append(result)
