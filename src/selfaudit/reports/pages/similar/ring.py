"""The page of a ring: its source, its members, and what each of these has of the source."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfaudit.base.i18n import console_language
from selfaudit.base.pages import render_page
from selfaudit.model.casefiles.compared import Compared
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.reports.pages.similar.pair import PACKAGE
from selfaudit.reports.pages.similar.view import Row, rows
from selfaudit.reports.similar import Judged, identity, in_common, share
from selfaudit.reports.wording import unbroken, wording_of_reader

MOST = 10
"""Passages of each member that are printed, the longest; the page of the pair has all."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a ring, held against the source or the member it is most like, which is the first of the pair.

    ``address`` is that of the page of the pair, empty if there is none.
    """

    it: Compared
    judged: Judged
    address: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    it: Compared
    judged: Judged
    address: str
    cells: Sequence[str]
    common: str
    of_a: str
    of_b: str
    rows: Sequence[Row]
    left: int


def ring_page(title: str, source: CaseRecord, members: Sequence[Member], up: str = "") -> str:
    """Return the page, complete in itself, in the language of the console; ``up`` is the address of the list."""
    wording = wording_of_reader()
    told = {
        "title": title,
        "source": source,
        "known": identity(source, wording.tr),
        "members": [_shown(one) for one in members],
        "up": up,
    }
    return render_page(PACKAGE, "ring.html", console_language(), **told)


def _shown(member: Member) -> _Shown:
    it, wording = member.it, wording_of_reader()
    record = it.b.record
    return _Shown(
        it,
        member.judged,
        member.address,
        (record.organisation, unbroken(record.period), wording.join(record.auditors)),
        wording.clauses(in_common(it.a.record, it.b.record, wording)),
        share(it.pair.of_a),
        share(it.pair.of_b),
        list(rows(it, wording, MOST)),
        max(0, len(it.passages) - MOST),
    )
