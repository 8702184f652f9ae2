"""Scans and the papers found in them, as the ledger keeps them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from selfaudit.base.problems import Problem
from selfaudit.model.kept import BLANK
from selfaudit.model.progress.paper import Paper
from selfaudit.store.ledger.decisions import decisions
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.problems import packed, unpacked

DISMISS = "dismiss"
"""The kind of decision by which a page waits for nobody."""

_COLUMNS = tuple(field.name for field in fields(Paper))


@dataclass(frozen=True, slots=True)
class Scan:
    """A file of scanned pages: the name under which it came, where it is kept, what there is to say of its pages.

    ``dismissed`` are those of which a person said that they are nobody's sheet, known on reading.
    """

    sha256: str
    name: str
    file: str
    pages: int
    received_at: str
    problems: tuple[Problem, ...] = ()
    dismissed: frozenset[int] = frozenset()

    def open_pages(self, papers: Iterable[Paper]) -> dict[int, Problem]:
        """Return the pages with something on them that are filed under nobody, each with the reason.

        Papers of other scans are ignored.
        """
        filed = {page for paper in papers if paper.scan == self.sha256 for page in paper.pages}
        return {
            problem.args["page"]: problem
            for problem in self.problems
            if problem.kind is not BLANK and problem.args["page"] not in filed | self.dismissed
        }


def about_page(sha256: str, page: int) -> str:
    """Return what a decision on one page of a scan is about."""
    return f"{sha256} {page}"


def scans(ledger: Ledger) -> dict[str, Scan]:
    """Return every scan by its SHA-256, in the order of arrival."""
    rows = ledger.db.execute("SELECT sha256, name, file, pages, received_at, problems FROM scans ORDER BY rowid")
    dismissed: dict[str, set[int]] = {}
    for about in decisions(ledger, DISMISS):
        scan, _, page = about.partition(" ")
        dismissed.setdefault(scan, set()).add(int(page))
    return {
        sha256: Scan(
            sha256, name, file, pages, received_at, unpacked(problems, name), frozenset(dismissed.get(sha256, ()))
        )
        for sha256, name, file, pages, received_at, problems in rows
    }


def name_of_scan(ledger: Ledger, sha256: str) -> str:
    """Return the name under which a scan came; the beginning of its hash if it never did."""
    row = ledger.db.execute("SELECT name FROM scans WHERE sha256 = ?", (sha256,)).fetchone()
    return row[0] if row else sha256[:12]


def put_scan(ledger: Ledger, scan: Scan) -> None:
    """Enter a scan; the first arrival counts, what is said of its pages is the newest."""
    ledger.db.execute(
        "INSERT INTO scans (sha256, name, file, pages, received_at, problems) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO UPDATE SET problems = excluded.problems",
        (scan.sha256, scan.name, scan.file, scan.pages, scan.received_at, packed(scan.problems)),
    )


def open_page_count(ledger: Ledger) -> int:
    """Return how many pages of all scans are filed under nobody."""
    filed: dict[str, list[Paper]] = {}
    for several in papers(ledger).values():
        for paper in several:
            filed.setdefault(paper.scan, []).append(paper)
    return sum(len(scan.open_pages(filed.get(scan.sha256, ()))) for scan in scans(ledger).values())


def papers(ledger: Ledger, respondent: str = "") -> dict[str, list[Paper]]:
    """Return the papers of every respondent who has any, or of one, in the order in which they were filed."""
    found: dict[str, list[Paper]] = {}
    query = f"SELECT {', '.join(_COLUMNS)} FROM papers WHERE ?1 IN ('', respondent) ORDER BY rowid"  # noqa: S608 - our own names
    for row in ledger.db.execute(query, (respondent,)):
        values = dict(zip(_COLUMNS, row, strict=True))
        paper = Paper(**values | {"pages": tuple(json.loads(values["pages"]))})
        found.setdefault(paper.respondent, []).append(paper)
    return found


def put_paper(ledger: Ledger, paper: Paper) -> None:
    """File pages; for the same scan, respondent and content they replace those filed before, with their verdict."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)
    places = ", ".join(f":{name}" for name in _COLUMNS)
    ledger.db.execute(
        f"INSERT INTO papers ({', '.join(_COLUMNS)}) VALUES ({places})"  # noqa: S608 - our own names
        f" ON CONFLICT (scan, respondent, content) DO UPDATE SET {changes}",
        asdict(paper) | {"pages": json.dumps(paper.pages)},
    )


def drop_paper(ledger: Ledger, paper: Paper) -> None:
    """Take back what was filed under somebody by mistake; the scan itself is kept."""
    ledger.db.execute(
        "DELETE FROM papers WHERE scan = ? AND respondent = ? AND content = ?",
        (paper.scan, paper.respondent, paper.content),
    )
