"""``paper match``: files scanned signature sheets under those who signed them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error
from selfaudit.files.incoming import SCANS, Given, Incoming
from selfaudit.model.kept import UNKNOWN
from selfaudit.scans.pages import no_scan, scan_suffix
from selfaudit.store.ledger.papers import Scan
from selfaudit.store.operator import decider
from selfaudit.store.turns import Turns
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.paper.filing import Filing
from selfaudit.workflow.paper.result import RESTORED, Outcome, PageResult
from selfaudit.workflow.paper.review import refresh_open_pages
from selfaudit.workflow.paper.sort import Owners
from selfaudit.workflow.paper.worker import ScanReader

PAGE_OF_WHAT = error(
    "paper.page-of-what",
    N_("--page must come with --to and exactly one scan"),
    N_("Name one file, with --page and --to."),
)


@dataclass(slots=True)
class Matched:
    """The summary of a run; ``waiting`` counts the pages of all scans that are filed under nobody."""

    results: list[PageResult] = field(default_factory=list)
    waiting: int = 0

    def count(self, outcome: Outcome) -> int:
        """Return how many files or sheets had an outcome."""
        return sum(result.outcome is outcome for result in self.results)

    @property
    def to_act_on(self) -> bool:
        """Whether somebody has to do something about what was given, or about pages that wait since earlier."""
        outcomes = (Outcome.CHANGED, Outcome.TAKEN_BACK, Outcome.OPEN, Outcome.REJECTED)
        return self.waiting > 0 or any(result.outcome in outcomes for result in self.results)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {"waiting": self.waiting, "results": [result.as_data() for result in self.results]}


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says: whose the pages without a code are, which pages (none: all), and who says it.

    An empty ``by`` is the operator of the campaign.
    """

    to: str = ""
    pages: tuple[int, ...] = ()
    by: str = ""


def match(workspace: Workspace, paths: Iterable[Path], said: Said, listener: Listener) -> Matched:
    """Read scans and file every page by its code, or where it has none by what is said; no bad file stops the rest.

    Others may write to the campaign while pages are read.
    """
    to, pages = said.to, said.pages
    by = decider(workspace, said.by) if to else said.by
    sources = list(paths)
    title = workspace.plan().title
    if pages and (not to or len(sources) != 1 or sources[0].is_dir()):
        raise UserError(PAGE_OF_WHAT())
    done = Matched()
    limits = replace(SCANS, own=workspace.PAPERS, kept=workspace.SCANS)
    with workspace.alone("match", listener.waiting, by) as turns, ScanReader(workspace.root) as reader:
        with turns.turn() as ledger:
            ledger.require_issued()
            by_hand = Owners(ledger).meant(to, pages) if to else None
            filing = Filing(workspace, ledger, reader, by_hand)
        taker = _Taker(workspace, turns, filing, reader, again=by_hand is not None)
        scans = list(taker.take(Given(sources, workspace.root, limits), done))
        listener.start("match", sum(scan.pages for scan in scans))
        for scan, readings in reader.read(scans, listener):
            with turns.turn():
                filing.refresh()
                done.results += filing.enter(scan, readings)
        with turns.turn() as ledger:
            filing.refresh()
            done.results = [filing.settled(result) for result in done.results if _is_asked(result, pages)]
            done.waiting = refresh_open_pages(workspace, ledger, title)
    return done


def _is_asked(result: PageResult, pages: tuple[int, ...]) -> bool:
    """Tell whether there is anything to report: of pages that were named only these."""
    return not pages or not result.pages or not set(pages).isdisjoint(result.pages)


@dataclass(slots=True)
class _Taker:
    """Keeps originals and returns which have to be read; ``again`` also those that were read before."""

    workspace: Workspace
    turns: Turns
    filing: Filing
    reader: ScanReader
    again: bool
    seen: set[str] = field(default_factory=set)

    def take(self, files: Iterable[Incoming], done: Matched) -> Iterator[Scan]:
        """Yield every scan that has to be read; report the other files."""
        for item in files:
            taken = item.problem or self._take(item)
            if isinstance(taken, Scan):
                yield taken
            elif isinstance(taken, Problem):
                done.results.append(PageResult(item.name, Outcome.REJECTED, problems=(taken,)))
            else:
                done.results += taken

    def _take(self, item: Incoming) -> Scan | Problem | list[PageResult]:
        """Return a scan to be read, what is wrong with a file, or what there is to say of one that was read before."""
        suffix = scan_suffix(item.data)
        if not suffix:
            return no_scan(item.data, Where(item.name))
        sha256 = item.sha256
        known = self.filing.scans.get(sha256)
        if sha256 in self.seen:
            return [PageResult(item.name, Outcome.UNCHANGED)]
        self.seen.add(sha256)
        if known:
            with self.turns.turn():
                self.filing.refresh()
                return self._known(replace(known, name=item.name), item.data)
        file = self.workspace.scan_name(sha256, suffix)
        with self.turns.turn():
            self.workspace.put(file, item.data)
        pages = self.reader.count(self.workspace.path(file), item.name)
        if isinstance(pages, Problem):
            self.workspace.path(file).unlink()
            return pages
        return Scan(sha256, item.name, file, pages, now())

    def _known(self, scan: Scan, data: bytes) -> Scan | list[PageResult]:
        """Return a scan that is to be read once more, or what there is to say of it; a lost original is kept again."""
        lost = not self.workspace.path(scan.file).is_file()
        if lost:
            self.workspace.put(scan.file, data)
        # a code that belonged to nobody may be that of a form issued since, or of answers that came since
        unknown = any(problem.kind in UNKNOWN for problem in scan.problems)
        if self.again or unknown or self.filing.is_to_read(scan):
            return scan
        restored = (RESTORED(Where(scan.name), file=scan.file),)
        told = [PageResult(scan.name, Outcome.UNCHANGED, problems=restored)] if lost else []
        return told + self.filing.again(scan)
