"""``collect``: reads everything that came back, keeps every original, merges what can be read into the ledger."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, note
from selfaudit.files.incoming import Given, Incoming
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import original
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.merging import Outcome, merge_response, reject
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged import refresh_merged

OLDER_FORM = note(
    "collect.older-form",
    N_("answers an older form; the one issued last is {passport}"),
    N_("Send that one if questions were added or changed."),
)

BATCH = 32
"""Files that go to the reading process at once."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file: what became of it, whose it is, and what there is to say about it."""

    file: str
    outcome: Outcome
    respondent: str = ""
    notes: tuple[Problem, ...] = ()
    gaps: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        said = {key: [p.as_data() for p in getattr(self, key)] for key in ("errors", "notes", "gaps")}
        return {"file": self.file, "outcome": self.outcome, "respondent": self.respondent, **said}


@dataclass(slots=True)
class Collected:
    """The summary of a run; files that were here before and changed nothing are only counted."""

    results: list[FileResult] = field(default_factory=list)
    unchanged: int = 0

    def of(self, *outcomes: str) -> list[FileResult]:
        """Return the files with one of these outcomes."""
        return [result for result in self.results if result.outcome in outcomes]

    def count(self, outcome: str) -> int:
        """Return how many files had an outcome."""
        return self.unchanged if outcome == Outcome.UNCHANGED else len(self.of(outcome))

    @property
    def to_act_on(self) -> bool:
        """Whether somebody has to do something about a file."""
        return any(r.gaps or r.outcome in (Outcome.CONFLICT, Outcome.REJECTED, Outcome.OLDER) for r in self.results)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {"unchanged": self.unchanged, "files": [result.as_data() for result in self.results]}


def collect(workspace: Workspace, paths: Iterable[Path], listener: Listener) -> Collected:
    """Read files, folders and zips (default: the inbox); one bad file never stops the rest."""
    given = _given(workspace, list(paths))
    with workspace.writing(listener.waiting) as ledger:
        ledger.require_issued()
        done = Collected()
        listener.start("collect", len(given))
        _Collector(workspace, ledger, done, listener).run(given)
        refresh_merged(workspace, ledger)
    return done


def _given(workspace: Workspace, paths: list[Path]) -> Given:
    """Return the files to read; an empty inbox, which nobody named, is nothing to speak of."""
    inbox = workspace.inbox
    given = Given(paths or [inbox], workspace.root)
    return given if paths or len(given) or not inbox.is_dir() else Given([], workspace.root)


def _suffix(name: str) -> str:
    """Return the ending of a returned file, as far as every file system allows it."""
    found = re.search(r"\.[A-Za-z0-9]{1,7}$", name)
    return found[0].lower() if found else ""


class _Collector:
    """Keeps originals, skips what is known, and has the rest read a few batches ahead of the merge."""

    def __init__(self, workspace: Workspace, ledger: Ledger, done: Collected, listener: Listener) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._done = done
        self._listener = listener
        self._seen: set[str] = set()

    @cached_property
    def _names(self) -> dict[str, str]:
        return {key: respondent.name for key, (respondent, _) in respondents(self._ledger).items()}

    @cached_property
    def _latest(self) -> dict[str, str]:
        return Forms(self._ledger).latest()

    def run(self, files: Iterable[Incoming]) -> None:
        unread = self._unread(files)
        first = list(islice(unread, BATCH))
        if not first:
            return
        from selfaudit.workflow.collect.worker import read_all  # noqa: PLC0415 - an unchanged run needs no process

        batches = chain([first], iter(lambda: list(islice(unread, BATCH)), []))
        for batch in read_all(self._workspace.ledger_file, self._ledger.meta("code"), batches):
            for parsed in batch:
                self._enter(parsed)

    def _unread(self, files: Iterable[Incoming]) -> Iterator[Incoming]:
        """Yield the files that have to be read; count or report the others."""
        for item in files:
            if item.problem:
                self._listener.step()
                self._done.results.append(FileResult(item.name, Outcome.REJECTED, errors=(item.problem,)))
                continue
            digest = hashlib.sha256(item.data).hexdigest()
            known = original(self._ledger, digest)
            if digest in self._seen or (known and known.outcome != Outcome.REJECTED):
                self._listener.step()
                self._done.unchanged += 1
                continue
            self._seen.add(digest)
            self._workspace.keep_original(item.data, _suffix(item.name))
            yield item

    def _enter(self, parsed: Parsed) -> None:
        self._listener.step()
        if parsed.errors:
            reject(self._ledger, parsed)
            outcome = Outcome.REJECTED
        else:
            outcome = merge_response(self._ledger, parsed)
        if outcome is Outcome.UNCHANGED:
            self._done.unchanged += 1
            return
        name = self._names.get(parsed.respondent, "")
        if parsed.passport and self._latest.get(parsed.respondent, parsed.passport) != parsed.passport:
            parsed.notes.append(OLDER_FORM(Where(parsed.name), passport=self._latest[parsed.respondent]))
        notes, gaps, errors = tuple(parsed.notes), tuple(parsed.gaps), tuple(parsed.errors)
        self._done.results.append(FileResult(parsed.name, outcome, name, notes, gaps, errors))
