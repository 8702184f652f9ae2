"""Decides whose every page of a scan is: by the code on it, or because a person says so; never by a guess."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, note, warning
from selfaudit.model.form import Respondent
from selfaudit.model.paper import PaperCode, content_code
from selfaudit.model.passport import Passport
from selfaudit.store.ledger import Ledger
from selfaudit.workflow.paper_worker import PageReading
from selfaudit.workflow.status import find_respondent

NO_CODE = warning(
    "paper.no-code",
    N_("page {page}: no code could be read"),
    N_("Look at papers/unreadable.html and file it by hand: selfaudit paper match FILE --page {page} --to NAME."),
)
OTHER_CODE = warning(
    "paper.other-code",
    N_("page {page}: the QR code on it is not that of a signature sheet"),
    N_("Look at papers/unreadable.html; only sheets of selfaudit paper print are matched by their code."),
)
SEVERAL = warning(
    "paper.several",
    N_("page {page} bears the codes of several sheets: {codes}"),
    N_("Scan the sheets one by one, or file the page under each of them: --page {page} --to CODE."),
)
UNKNOWN = warning(
    "paper.unknown",
    N_("page {page}: no form of this campaign has the code {code}"),
    N_("It belongs to another campaign; match it there."),
)
BLANK = note("paper.blank", N_("page {page} is blank"))
CONTRADICTS = error(
    "paper.contradicts",
    N_("page {page} bears the code of {owner}; it was not filed under {name}"),
    N_("Look at the page; name the pages that you mean with --page."),
)
NO_PAGE = error("paper.no-page", N_("there is no page {page}, the scan has {count}"), N_("Check the number."))
NOTHING_OPEN = error(
    "paper.nothing-open",
    N_("no page of this scan waits to be filed by hand"),
    N_("Name the pages that you mean with --page."),
)
WRONG_CODE = error(
    "paper.wrong-code",
    N_("“{code}” is not a code of this campaign"),
    N_("Compare it with the one printed on the sheet, check digits included."),
)
NO_ANSWERS = error(
    "paper.no-answers", N_("{name} has not answered yet, so there is nothing to sign"), N_("Collect the form first.")
)

SheetKey = tuple[str, str]
"""Respondent and content."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a sheet is, which answers it signs, and whether they are those that are shown now."""

    respondent: Respondent
    passport: str
    content: str
    current: bool

    @property
    def key(self) -> SheetKey:
        """Respondent and content."""
        return self.respondent.key, self.content


@dataclass(slots=True)
class Sheet:
    """The pages of a scan that are one respondent's."""

    owner: Owner
    pages: list[int] = field(default_factory=list)
    how: Literal["code", "hand"] = "code"


@dataclass(slots=True)
class Sorted:
    """The sheets in a scan, what is to be said of its other pages, and why a person's word was refused."""

    sheets: dict[SheetKey, Sheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    def add(self, owner: Owner, page: int, how: Literal["code", "hand"]) -> None:
        """Put a page to the sheet of its owner."""
        sheet = self.sheets.setdefault(owner.key, Sheet(owner))
        sheet.pages = sorted({*sheet.pages, page})
        sheet.how = how


class Owners:
    """Finds whose a code is."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger."""
        self._ledger = ledger

    def of_code(self, code: PaperCode) -> Owner | None:
        """Return whose a code is, None if no form of this campaign has its passport."""
        form = self._ledger.form(code.passport)
        if form is None:
            return None
        return Owner(form.respondent, code.passport, code.content, code.content == self._content(form.respondent.key))

    def named(self, name: str) -> Owner:
        """Return whom a person means by a name, number or passport, or by the code printed on a sheet."""
        if "/" in name:
            code = PaperCode.parse(name)
            owner = self.of_code(code) if code else None
            if owner is None:
                raise UserError(WRONG_CODE(code=name))
            return owner
        key, shown_name = find_respondent(self._ledger, name)
        digest = (self._ledger.shown(key) or ("",))[0]
        passports = [row["passport"] for row in self._ledger.responses(key) if row["digest"] == digest]
        if not passports:
            raise UserError(NO_ANSWERS(name=shown_name))
        return Owner(self._ledger.respondents()[key][0], passports[0], content_code(digest), current=True)

    def _content(self, key: str) -> str:
        shown = self._ledger.shown(key)
        return content_code(shown[0]) if shown else ""


def sort_pages(name: str, readings: Iterable[PageReading], owners: Owners) -> Sorted:
    """Sort the pages of a scan by their codes."""
    done = Sorted()
    for reading in readings:
        owner = owners.of_code(reading.codes[0]) if len(reading.codes) == 1 else None
        if owner:
            done.add(owner, reading.number, "code")
        else:
            done.problems.append(_problem(Where(name), reading))
    return done


def _problem(where: Where, reading: PageReading) -> Problem:
    page = reading.number
    if reading.problem:
        return reading.problem
    if len(reading.codes) > 1:
        return SEVERAL(where, page=page, codes=[str(code) for code in reading.codes])
    if reading.codes:
        return UNKNOWN(where, page=page, code=str(reading.codes[0]))
    if reading.foreign:
        return OTHER_CODE(where, page=page)
    return (BLANK if reading.blank else NO_CODE)(where, page=page)


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person says: these pages, or all that wait, are somebody's."""

    owner: Owner
    pages: tuple[int, ...] = ()

    def put(self, done: Sorted, name: str, readings: list[PageReading], owners: Owners, filed: Collection[int]) -> None:
        """Put the pages to his sheet; ``filed`` are those that were filed by hand before and can be filed anew.

        If a code contradicts it for one page, none is put.
        """
        waiting = [problem.args["page"] for problem in done.problems if problem.kind is not BLANK]
        chosen = self.pages or [page for page in waiting if page not in filed] or list(filed)
        by_number = {reading.number: reading for reading in readings}
        done.refused += self._refused(Where(name), chosen, by_number, done)
        if done.refused:
            return
        own = {page for sheet in done.sheets.values() for page in sheet.pages}
        for page in set(chosen) - own:
            mine = [owners.of_code(code) for code in by_number[page].codes if self._is_his(code)]
            done.add(next(filter(None, mine), self.owner), page, "hand")
        done.problems = [problem for problem in done.problems if problem.args["page"] not in chosen]

    def _refused(
        self, where: Where, chosen: Collection[int], readings: dict[int, PageReading], done: Sorted
    ) -> Iterator[Problem]:
        mine = self.owner.respondent
        owner_of = {page: sheet.owner.respondent for sheet in done.sheets.values() for page in sheet.pages}
        if not chosen and mine not in owner_of.values():
            found = next(iter(owner_of.items()), None)
            yield (
                CONTRADICTS(where, page=found[0], owner=found[1].name, name=mine.name) if found else NOTHING_OPEN(where)
            )
        for page in chosen:
            if page not in readings:
                yield NO_PAGE(where, page=page, count=len(readings))
            elif (codes := readings[page].codes) and not any(map(self._is_his, codes)):
                owner = owner_of[page].name if page in owner_of else str(codes[0])
                yield CONTRADICTS(where, page=page, owner=owner, name=mine.name)

    def _is_his(self, code: PaperCode) -> bool:
        """Tell whether a code is this respondent's, whatever answers it signs."""
        his, this = Passport.parse(self.owner.passport), Passport.parse(code.passport)
        return his is not None and this is not None and his.respondent == this.respondent
