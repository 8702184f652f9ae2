"""Enters one scan: its sheets are filed under those who signed them, its other pages wait for a person."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from selfaudit.base.clock import now
from selfaudit.base.problems import Problem, Where
from selfaudit.base.text import file_name
from selfaudit.model.kept import BLANK
from selfaudit.model.progress.paper import Paper, content_code
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import Scan, drop_paper, papers, put_paper, put_scan, scans
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.ledger.responses import shown
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.standings import standing_of
from selfaudit.workflow.paper.readers import ReaderSheets
from selfaudit.workflow.paper.reports import Reports
from selfaudit.workflow.paper.result import (
    AGAIN,
    BY_HAND,
    CHANGED,
    MOVED,
    NO_VERDICT,
    NOT_ASKED,
    NOT_THEIRS,
    OTHER_ANSWERS_NOW,
    RESTORED,
    SUPERSEDED,
    UNSETTLED,
    WHOLE,
    Outcome,
    PageResult,
)
from selfaudit.workflow.paper.review import picture_of
from selfaudit.workflow.paper.sort import ByHand, Owner, Owners, SheetKey, Sorted, sort_pages
from selfaudit.workflow.paper.worker import PageReading, ScanReader

_SHEETS = (Outcome.FILED, Outcome.DUPLICATE, Outcome.UNCHANGED)
Papers = dict[SheetKey, Paper]
"""The papers of one scan."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A scan, what was found on its pages, and its papers as they were and as they are to be."""

    scan: Scan
    found: Sorted
    before: Papers
    after: Papers

    @property
    def entered(self) -> list[Paper]:
        """The papers that are new or have other pages than before."""
        return [paper for key, paper in self.after.items() if self.before.get(key) != paper]

    @property
    def lost(self) -> list[Paper]:
        """The papers of before with the pages that are taken from them."""
        kept = {key: self.after[key].pages if key in self.after else () for key in self.before}
        lost = {key: tuple(n for n in paper.pages if n not in kept[key]) for key, paper in self.before.items()}
        return [replace(self.before[key], pages=pages) for key, pages in lost.items() if pages]

    @property
    def stale(self) -> list[str]:
        """The filed copies that are no longer needed."""
        needed = {paper.file for paper in self.after.values()}
        return [paper.file for paper in self.before.values() if paper.file not in needed]


class Filing:
    """Files sheets and enters each scan in one transaction; ``scans`` are those entered before, by SHA-256."""

    def __init__(self, workspace: Workspace, ledger: Ledger, reader: ScanReader, by_hand: ByHand | None) -> None:
        """Take the ledger, what splits scans, and what a person says of pages without a code."""
        self._besides = (Reports(workspace, ledger, reader), ReaderSheets(workspace, ledger, reader))
        self._workspace = workspace
        self._ledger = ledger
        self._reader = reader
        self._by_hand = by_hand
        self._owners = Owners(ledger, self._besides)
        self._load()

    def _load(self) -> None:
        self._seen = self._ledger.last_change()
        self._people = {key: who for key, (who, _) in respondents(self._ledger).items()}
        self.scans = scans(self._ledger)
        self._papers: dict[str, Papers] = {}
        for several in papers(self._ledger).values():
            for paper in several:
                self._papers.setdefault(paper.scan, {})[paper.respondent, paper.content] = paper
        self._scans_of: dict[SheetKey, set[str]] = {}
        self._files: set[str] = set()
        for scan, held in self._papers.items():
            self._know(scan, {}, held)

    def refresh(self) -> None:
        """Look again at the ledger if others wrote to it since; at the beginning of every turn."""
        if self._ledger.last_change() != self._seen:
            self._load()

    def _know(self, scan: str, before: Papers, after: Papers) -> None:
        """Note the papers of a scan instead of those it had before."""
        for key, paper in before.items():
            self._scans_of[key].discard(scan)
            self._files.discard(paper.file)
        for key, paper in after.items():
            self._scans_of.setdefault(key, set()).add(scan)
            self._files.add(paper.file)
        self._papers[scan] = after

    # -- a scan that is read -----------------------------------------------------------------------------------

    def enter(self, scan: Scan, readings: list[PageReading]) -> list[PageResult]:
        """File the sheets of a scan; return what became of its pages."""
        found = sort_pages(scan.name, readings, self._owners)
        scan = replace(scan, problems=tuple(found.problems))
        before = self._papers.get(scan.sha256, {})
        if self._by_hand:
            self._by_hand.put(found, scan.name, self._held(before.values()))
        change = _Change(scan, found, before, self._after(scan, found, before))
        written = {
            paper.file: self._write(scan, paper) for paper in change.after.values() if self._to_write(change, paper)
        }
        self._write_pictures(change, readings)
        results = list(self._results(change, written))
        # a scan that is entered is not read again
        with self._ledger.together():
            self._commit(change)
            for kind in self._besides:
                results += kind.file(scan, {code: n for code, n in found.reports.items() if code.passport in kind})
            return results

    def _held(self, before: Iterable[Paper]) -> dict[int, list[Owner]]:
        held: dict[int, list[Owner]] = {}
        for paper in before:
            for page in paper.pages:
                held.setdefault(page, []).append(Owner(self._people[paper.respondent], "", paper.content))
        return held

    def _after(self, scan: Scan, found: Sorted, before: Papers) -> Papers:
        """Return the papers of a scan as they are to be; what a code says, and what a person says now, counts."""
        after: Papers = {}
        for key, paper in before.items():
            pages = tuple(page for page in paper.pages if _stays(page, key, found))
            if pages:
                after[key] = self._with_pages(paper, pages)
        for key, sheet in found.sheets.items():
            old = after.get(key)
            if old is None:
                file = self._free_name(self._name(sheet.owner), Path(scan.file).suffix)
                after[key] = Paper(scan.sha256, *key, tuple(sheet.pages), file, sheet.how, now(), self._ledger.person)
            else:
                changed = self._with_pages(old, tuple(sorted({*sheet.pages, *old.pages})))
                after[key] = replace(changed, how="hand") if changed != old and sheet.how == "hand" else changed
        return after

    def _with_pages(self, paper: Paper, pages: tuple[int, ...]) -> Paper:
        """Return a paper with these pages; if they changed, nobody has checked this yet.

        It gets another name, so that the file in the ledger is never another than the one that is there.
        """
        if pages == paper.pages:
            return paper
        old = Path(paper.file)
        file = self._free_name(f"{old.parent.as_posix()}/{re.sub(r'_[0-9]+$', '', old.stem)}", old.suffix)
        moved = replace(paper, pages=pages, file=file, matched_at=now(), matched_by=self._ledger.person)
        return replace(moved, verdict="", verdict_by="", verdict_at="", reason="")

    def _name(self, owner: Owner) -> str:
        who = owner.respondent
        return self._workspace.paper_name(who.folder, f"{file_name(who.name)}_{owner.passport}")

    def _free_name(self, base: str, suffix: str) -> str:
        names = (f"{base}{f'_{n}' if n > 1 else ''}{suffix}" for n in range(1, len(self._files) + 2))
        name = next(name for name in names if name not in self._files)
        self._files.add(name)
        return name

    def _to_write(self, change: _Change, paper: Paper) -> bool:
        return paper in change.entered or not self._workspace.path(paper.file).is_file()

    def _write(self, scan: Scan, paper: Paper) -> bool:
        """Write the pages of one respondent, or the whole scan if it cannot be split; return whether it could."""
        some = len(paper.pages) < scan.pages
        part = self._reader.extract(scan, paper.pages) if some else b""
        self._workspace.put(paper.file, part or self._workspace.path(scan.file).read_bytes())
        return bool(part) or not some

    def _write_pictures(self, change: _Change, readings: Iterable[PageReading]) -> None:
        """Write pictures of the pages that somebody has to look at."""
        waiting = {page for paper in change.after.values() if not paper.verdict for page in paper.pages}
        waiting |= change.scan.open_pages(change.after.values()).keys()
        for reading in readings:
            if reading.picture and reading.number in waiting:
                self._workspace.put(picture_of(change.scan, reading.number), reading.picture)

    def _commit(self, change: _Change) -> None:
        scan, entered, lost = change.scan, change.entered, change.lost
        said: dict[str, Any] = {"scan": scan.sha256, "file": scan.name, "papers": [_told(paper) for paper in entered]}
        if lost:
            said["taken_back"] = [_told(paper) for paper in lost]
        known = self.scans.get(scan.sha256)
        with self._ledger.change("paper", **said) as row:
            if known and known.problems == scan.problems and not entered and not lost:
                row.unchanged()
            put_scan(self._ledger, scan)
            for key, paper in change.before.items():
                if key not in change.after:
                    drop_paper(self._ledger, paper)
            for paper in entered:
                put_paper(self._ledger, paper)
        for file in change.stale:
            self._workspace.path(file).unlink(missing_ok=True)
        self._know(scan.sha256, change.before, change.after)
        self.scans[scan.sha256] = scan
        self._seen = self._ledger.last_change()

    # -- what is reported ------------------------------------------------------------------------------------

    def _results(self, change: _Change, written: dict[str, bool]) -> Iterator[PageResult]:
        scan, entered = change.scan, change.entered
        for problem in change.found.refused:
            pages = (problem.args["page"],) if "page" in problem.args else ()
            yield PageResult(scan.name, Outcome.REJECTED, pages, problems=(problem,))
        for paper in change.after.values():
            if paper in entered:
                yield self._entered(change, paper, whole=not written[paper.file])
            else:
                yield self._unchanged(scan, paper, restored=paper.file in written)
        for paper in change.lost:
            yield self._taken_back(change, paper)
        yield from _waiting(scan, change.found.problems, change.after)

    def _result(self, scan: Scan, outcome: Outcome, paper: Paper, problems: list[Problem]) -> PageResult:
        who = self._people[paper.respondent]
        return PageResult(
            scan.name, outcome, paper.pages, who.name, who.key, paper.content, paper.file, tuple(problems)
        )

    def _entered(self, change: _Change, paper: Paper, *, whole: bool) -> PageResult:
        key, scan, where = (paper.respondent, paper.content), change.scan, Where(change.scan.name)
        standing = standing_of(self._ledger, paper.respondent)
        sheet = change.found.sheets.get(key)
        problems = [BY_HAND(where, page=page) for page in (sheet.by_name[:1] if sheet else ())]
        again = bool(self._scans_of.get(key, set()) - {scan.sha256})
        if again:
            problems.append(AGAIN(where))
        if whole:
            problems.append(WHOLE(where, count=scan.pages))
        if key in change.before and change.before[key].verdict:
            problems.append(NO_VERDICT(where))
        if not standing.active:
            problems.append(NOT_ASKED(where, name=standing.respondent.name))
        if standing.unsettled and standing.digest and content_code(standing.digest) == paper.content:
            problems.append(UNSETTLED(where))
        return self._result(scan, Outcome.DUPLICATE if again else Outcome.FILED, paper, problems)

    def _unchanged(self, scan: Scan, paper: Paper, *, restored: bool) -> PageResult:
        problems = [RESTORED(Where(scan.name), file=paper.file)] if restored else []
        return self._result(scan, Outcome.UNCHANGED, paper, problems)

    def _taken_back(self, change: _Change, lost: Paper) -> PageResult:
        where, old = Where(change.scan.name), self._people[lost.respondent]
        now_at = [paper for paper in change.after.values() if set(paper.pages) & set(lost.pages)]
        names = [self._people[paper.respondent].name for paper in now_at]
        if not names:
            problems = [NOT_THEIRS(where, old=old.name)]
        elif all(paper.respondent == lost.respondent for paper in now_at):
            problems = [OTHER_ANSWERS_NOW(where, name=old.name)]
        else:
            problems = [MOVED(where, old=old.name, new=names)]
        if lost.verdict:
            problems.append(NO_VERDICT(where))
        return replace(self._result(change.scan, Outcome.TAKEN_BACK, lost, problems), filed="")

    # -- a scan that was entered before ------------------------------------------------------------------------

    def again(self, scan: Scan) -> list[PageResult]:
        """Return where the pages of a scan are that was entered before; copies that are missing are written again."""
        held = self._papers.get(scan.sha256, {})
        results = []
        for paper in held.values():
            if missing := not self._workspace.path(paper.file).is_file():
                self._write(scan, paper)
            results.append(self._unchanged(scan, paper, restored=missing))
        results += [told for kind in self._besides for told in kind.again(scan)]
        results += _waiting(scan, scan.problems, held, also_blank=False)
        return results or [PageResult(scan.name, Outcome.UNCHANGED)]

    def is_to_read(self, scan: Scan) -> bool:
        """Tell whether a scan was entered that has pages of which nothing is known: they were withdrawn since."""
        held = {page for paper in self._papers.get(scan.sha256, {}).values() for page in paper.pages}
        told = {problem.args["page"] for problem in scan.problems}
        return len(held | told) < scan.pages and not any(True for kind in self._besides for _ in kind.again(scan))

    def settled(self, result: PageResult) -> PageResult:
        """Return what is said in the end of a sheet: whether it must be signed again is only known then."""
        now_shown = shown(self._ledger, result.key) if result.outcome in _SHEETS else None
        current = content_code(now_shown.digest) if now_shown else result.content
        if result.content == current:
            return result
        if not self._scans_of.get((result.key, current)):
            problems = (*result.problems, CHANGED(Where(result.file)))
            return replace(result, outcome=Outcome.CHANGED, problems=problems)
        if result.outcome is Outcome.UNCHANGED:
            return result
        return replace(result, problems=(*result.problems, SUPERSEDED(Where(result.file))))


def _stays(page: int, key: SheetKey, found: Sorted) -> bool:
    """Return whether a page stays with a sheet under which it was filed before."""
    if not found.pages[page].may_be(key):
        return False
    # a page with the codes of several sheets may be filed under each of them
    put = found.by_hand(page) if not found.pages[page].codes else set()
    return not put or key in put


def _waiting(scan: Scan, problems: Iterable[Problem], held: Papers, *, also_blank: bool = True) -> Iterator[PageResult]:
    """Yield the pages that are filed under nobody, and those on which there is nothing."""
    waiting = scan.open_pages(held.values())
    for problem in problems:
        page = problem.args["page"]
        if page in waiting:
            yield PageResult(scan.name, Outcome.OPEN, (page,), problems=(problem,))
        elif problem.kind is BLANK and also_blank:
            yield PageResult(scan.name, Outcome.BLANK, (page,), problems=(problem,))


def _told(paper: Paper) -> dict[str, Any]:
    return {key: getattr(paper, key) for key in ("respondent", "content", "pages", "how", "file")}
