"""Enters one scan: its sheets are filed under those who signed them, its other pages wait for a person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, note, warning
from selfaudit.base.text import file_name
from selfaudit.model.paper import Paper
from selfaudit.store.ledger import Ledger, user
from selfaudit.store.papers import Scan, drop_paper, papers, put_paper, put_scan, scans
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.paper_open import picture_of
from selfaudit.workflow.paper_sort import BLANK, SEVERAL, ByHand, Owners, Sheet, Sorted, sort_pages
from selfaudit.workflow.paper_worker import PageReading, ScanReader

CHANGED = warning(
    "paper.changed",
    N_("the answers changed after this was signed"),
    N_("Print the sheet again with selfaudit paper print and have it signed again."),
)
AGAIN = note("paper.again", N_("another scan of this sheet was filed before; both are kept"))
BY_HAND = note(
    "paper.by-hand",
    N_("filed by hand for the answers shown now"),
    N_("If another code is printed on the sheet, type that: --to CODE."),
)


class Outcome(StrEnum):
    """What became of a file, or of some pages of one."""

    FILED = "filed"
    DUPLICATE = "duplicate"
    CHANGED = "changed"
    OPEN = "open"
    BLANK = "blank"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class PageResult:
    """Pages of a scan (none: the whole file): what became of them, whose they are and where they are filed."""

    file: str
    outcome: Outcome
    pages: tuple[int, ...] = ()
    respondent: str = ""
    filed: str = ""
    problems: tuple[Problem, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        data = {key: getattr(self, key) for key in self.__slots__}
        return data | {"problems": [problem.as_data() for problem in self.problems]}


PaperKey = tuple[str, str, str]
"""Scan, respondent, content."""


def _key(paper: Paper) -> PaperKey:
    return paper.scan, paper.respondent, paper.content


class Filing:
    """Files sheets and enters each scan in one transaction; ``scans`` are those entered before, by SHA-256."""

    def __init__(self, workspace: Workspace, ledger: Ledger, reader: ScanReader, by_hand: ByHand | None) -> None:
        """Take the ledger, whoever takes scans apart, and what a person says of pages without a code."""
        self._workspace, self._ledger, self._reader, self._by_hand = workspace, ledger, reader, by_hand
        self._owners = Owners(ledger)
        self.scans = scans(ledger)
        self._papers = {_key(paper): paper for several in papers(ledger).values() for paper in several}

    def enter(self, scan: Scan, readings: list[PageReading]) -> list[PageResult]:
        """File the sheets of a scan; return what became of its pages."""
        found = sort_pages(scan.name, readings, self._owners)
        scan = replace(scan, problems=tuple(found.problems))
        if self._by_hand:
            filed = [page for paper in self._of(scan) if paper.how == "hand" for page in paper.pages]
            self._by_hand.put(found, scan.name, readings, self._owners, sorted(filed))
        before = {_key(paper): paper for paper in self._of(scan)}
        after = self._after(scan, found, before)
        changed = [paper for key, paper in after.items() if before.get(key) != paper]
        gone = [paper for key, paper in before.items() if key not in after]
        results = list(self._results(scan, found, after, changed))
        for paper in changed:
            self._write(scan, paper)
        for number in scan.open_pages(after.values()):
            self._write_picture(scan, readings[number - 1])
        self._commit(scan, changed, gone)
        return results

    def _of(self, scan: Scan) -> list[Paper]:
        return [paper for paper in self._papers.values() if paper.scan == scan.sha256]

    def _after(self, scan: Scan, found: Sorted, before: dict[PaperKey, Paper]) -> dict[PaperKey, Paper]:
        """Return the papers of a scan as they are to be; what a person says of a page now counts."""
        shared = {problem.args["page"] for problem in scan.problems if problem.kind is SEVERAL}
        by_hand = {page for sheet in found.sheets.values() if sheet.how == "hand" for page in sheet.pages} - shared
        after = {}
        for key, paper in before.items():
            mine = found.sheets.get(key[1:])
            left = tuple(page for page in paper.pages if page not in by_hand or (mine and page in mine.pages))
            if paper.how == "code" or left == paper.pages:
                after[key] = paper
            elif left:
                after[key] = _unseen(replace(paper, pages=left))
        for (respondent, content), sheet in found.sheets.items():
            key = (scan.sha256, respondent, content)
            old = after.get(key)
            pages = tuple(sorted({*sheet.pages, *(old.pages if old else ())}))
            if old is None:
                file = self._free_name(scan, sheet, after)
                after[key] = Paper(scan.sha256, respondent, content, pages, file, sheet.how, now(), user())
            elif old.pages != pages:
                after[key] = _unseen(replace(old, pages=pages, how=sheet.how))
        return after

    def _free_name(self, scan: Scan, sheet: Sheet, after: dict[PaperKey, Paper]) -> str:
        who = sheet.owner.respondent
        base = f"papers/{file_name(who.unit_name)}/{file_name(who.name)}_{sheet.owner.passport}"
        suffix = Path(scan.file).suffix
        used = {paper.file for paper in (*self._papers.values(), *after.values())}
        names = (f"{base}{f'_{n}' if n > 1 else ''}{suffix}" for n in range(1, len(used) + 2))
        return next(name for name in names if name not in used)

    def _write(self, scan: Scan, paper: Paper) -> None:
        """Write the pages of one respondent, or the whole scan if it cannot be taken apart."""
        part = self._reader.extract(scan, paper.pages) if len(paper.pages) < scan.pages else b""
        self._workspace.put(paper.file, part or self._workspace.path(scan.file).read_bytes())

    def _write_picture(self, scan: Scan, reading: PageReading) -> None:
        if reading.picture:
            self._workspace.put(picture_of(scan, reading.number), reading.picture)

    def _commit(self, scan: Scan, changed: list[Paper], gone: list[Paper]) -> None:
        said = {"scan": scan.sha256, "file": scan.name, "papers": [_told(paper) for paper in changed]}
        if gone:
            said["taken_back"] = [_told(paper) for paper in gone]
        known = self.scans.get(scan.sha256)
        with self._ledger.change("paper", **said) as detail:
            if known and known.problems == scan.problems and not changed and not gone:
                detail.clear()
            put_scan(self._ledger, scan)
            for paper in gone:
                drop_paper(self._ledger, paper)
            for paper in changed:
                put_paper(self._ledger, paper)
        for paper in gone:
            del self._papers[_key(paper)]
            self._workspace.path(paper.file).unlink(missing_ok=True)
        self._papers |= {_key(paper): paper for paper in changed}
        self.scans[scan.sha256] = scan

    def _results(
        self, scan: Scan, found: Sorted, after: dict[PaperKey, Paper], changed: list[Paper]
    ) -> Iterator[PageResult]:
        for problem in found.refused:
            pages = (problem.args["page"],) if "page" in problem.args else ()
            yield PageResult(scan.name, Outcome.REJECTED, pages, problems=(problem,))
        for sheet in found.sheets.values():
            paper = after[scan.sha256, *sheet.owner.key]
            outcome, problems = self._outcome(scan, sheet, entered=paper in changed)
            who = sheet.owner.respondent.name
            yield PageResult(scan.name, outcome, tuple(sheet.pages), who, paper.file, tuple(problems))
        waiting = scan.open_pages(after.values())
        for problem in found.problems:
            if problem.kind is BLANK or problem.args["page"] in waiting:
                outcome = Outcome.BLANK if problem.kind is BLANK else Outcome.OPEN
                yield PageResult(scan.name, outcome, (problem.args["page"],), problems=(problem,))

    def _outcome(self, scan: Scan, sheet: Sheet, *, entered: bool) -> tuple[Outcome, list[Problem]]:
        where = Where(scan.name)
        others = [key for key in self._papers if key[1:] == sheet.owner.key and key[0] != scan.sha256]
        problems = [BY_HAND(where)] if sheet.how == "hand" and sheet.owner.current else []
        if not sheet.owner.current:
            return Outcome.CHANGED, [*problems, CHANGED(where)]
        if not entered:
            return Outcome.UNCHANGED, problems
        return (Outcome.DUPLICATE, [*problems, AGAIN(where)]) if others else (Outcome.FILED, problems)


def _unseen(paper: Paper) -> Paper:
    """Return a paper whose pages changed: whoever looked at it has not seen this."""
    return replace(paper, matched_at=now(), matched_by=user(), verdict="", verdict_by="", verdict_at="", reason="")


def _told(paper: Paper) -> dict[str, Any]:
    return {key: getattr(paper, key) for key in ("respondent", "content", "pages", "how", "file")}
