"""Decides whose every page of a scan is: by the code on it, or because a person says so; never by a guess."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error
from selfaudit.base.text import narrow
from selfaudit.model.form.form import Respondent
from selfaudit.model.kept import BLANK, NO_CODE, OTHER_CODE, SEVERAL_CODES, UNKNOWN_ANSWERS, UNKNOWN_CODE
from selfaudit.model.passport import Passport
from selfaudit.model.progress.paper import PaperCode, content_code
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import signable
from selfaudit.workflow.common.state.respondents import find_respondent
from selfaudit.workflow.common.state.standings import standing_of
from selfaudit.workflow.paper.unsigned import nothing_to_sign
from selfaudit.workflow.paper.worker import PageReading

CONTRADICTS = error(
    "paper.contradicts",
    N_("page {page} has the code of {owner}; it was not filed under {name}"),
    N_("Look at the page; choose the pages with --page."),
)
FOREIGN = error(
    "paper.foreign",
    N_("page {page} has the code {code}, which stands for no answers in this campaign; it was not filed under {name}"),
    N_("The sheet was printed for other answers: print the one for the current answers and have it signed."),
)
OTHER_ANSWERS = error(
    "paper.other-answers",
    N_("page {page} has the code {found}, not {code}; it was not filed"),
    N_("Compare the code with the one printed on the sheet; choose the pages with --page."),
)
WHICH = error(
    "paper.which",
    N_("page {page} has several codes of {name}: {codes}"),
    N_("Choose one of them: --page {page} --to CODE."),
)
ALREADY = error(
    "paper.already",
    N_("page {page} is already filed under {names}"),
    N_("To file it again, add --page {page}."),
)
NO_PAGE = error("paper.no-page", N_("there is no page {page}, the scan has {count}"), N_("Check the number."))
NOTHING_OPEN = error(
    "paper.nothing-open",
    N_("no page of this scan is waiting to be filed by hand"),
    N_("Choose the pages with --page."),
)
WRONG_CODE = error(
    "paper.wrong-code",
    N_("“{code}” is not a code of this campaign"),
    N_("Compare it with the code printed on the sheet, including the check digits."),
)

SheetKey = tuple[str, str]
"""Respondent and content."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a sheet is, and which answers it signs."""

    respondent: Respondent
    passport: str
    content: str

    @property
    def key(self) -> SheetKey:
        """Respondent and content."""
        return self.respondent.key, self.content


@dataclass(slots=True)
class Sheet:
    """The pages of a scan that are one respondent's; ``by_name`` are those of which only the name is known."""

    owner: Owner
    pages: list[int] = field(default_factory=list)
    how: Literal["code", "hand"] = "code"
    by_name: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """What was read on a page, and whose its codes are, as far as this campaign knows them."""

    codes: tuple[PaperCode, ...]
    owners: tuple[Owner, ...]

    def may_be(self, key: SheetKey) -> bool:
        """Return whether the page can belong to a sheet: if codes were read on it, one of them must be the sheet's."""
        return not self.codes or any(owner.key == key for owner in self.owners)


@dataclass(slots=True)
class Sorted:
    """The sheets in a scan, what is to be said of its other pages, and why a person's word was refused.

    ``reports`` are the pages of what else is signed, by the code on them.
    """

    pages: dict[int, Page] = field(default_factory=dict)
    sheets: dict[SheetKey, Sheet] = field(default_factory=dict)
    reports: dict[PaperCode, list[int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    def add(self, owner: Owner, page: int, how: Literal["code", "hand"]) -> Sheet:
        """Put a page to the sheet of its owner."""
        sheet = self.sheets.setdefault(owner.key, Sheet(owner))
        sheet.pages = sorted({*sheet.pages, page})
        sheet.how = how
        return sheet

    def has(self, key: SheetKey, page: int) -> bool:
        """Return whether a page is one of a sheet."""
        return key in self.sheets and page in self.sheets[key].pages

    def by_hand(self, page: int) -> set[SheetKey]:
        """Return the sheets to which a person puts a page now."""
        return {key for key, sheet in self.sheets.items() if sheet.how == "hand" and self.has(key, page)}


class Owners:
    """Finds whose a code is."""

    def __init__(self, ledger: Ledger, besides: Iterable[Container[str]] = ()) -> None:
        """Take the ledger, and the passports of what is signed besides answers."""
        self._ledger = ledger
        self._besides = tuple(besides)

    def is_report(self, code: PaperCode) -> bool:
        """Return whether a code is that of something else that is signed, whatever it said."""
        return any(code.passport in kind for kind in self._besides)

    def of_code(self, code: PaperCode) -> Owner | None:
        """Return whose a code is, None if no form of this campaign has its passport, or nobody gave such answers.

        Check digits can be worked out by anybody, so a code proves nothing that the ledger does not know.
        """
        form = Forms(self._ledger).get(code.passport)
        if form and code.content in map(content_code, signable(self._ledger, form.respondent.key)):
            return Owner(form.respondent, code.passport, code.content)
        return None

    def problem(self, where: Where, page: int, code: PaperCode) -> Problem:
        """Return what is unknown about a code that is nobody's: its form, or the answers for which it stands."""
        kind = UNKNOWN_ANSWERS if Forms(self._ledger).get(code.passport) else UNKNOWN_CODE
        return kind(where, page=page, code=str(code))

    def meant(self, name: str, pages: tuple[int, ...] = ()) -> "ByHand":
        """Return what a person means by a name, number or passport, or by the code printed on a sheet."""
        if code := PaperCode.parse(name):
            owner = self.of_code(code)
            if owner is None:
                raise UserError(WRONG_CODE(code=name))
            return ByHand(owner, pages, str(code))
        # units may have a slash in their names
        head, slash, _ = narrow(name).partition("/")
        if slash and Passport.parse(head):
            raise UserError(WRONG_CODE(code=name))
        return ByHand(self._named(name), pages)

    def _named(self, name: str) -> Owner:
        standing = standing_of(self._ledger, find_respondent(self._ledger, name)[0])
        if problem := nothing_to_sign(standing):
            raise UserError(problem)
        passport = (standing.content or {})["passport"]
        return Owner(standing.respondent, passport, content_code(standing.digest))


def sort_pages(name: str, readings: Iterable[PageReading], owners: Owners) -> Sorted:
    """Sort the pages of a scan by their codes."""
    done = Sorted()
    for reading in readings:
        known = tuple(filter(None, map(owners.of_code, reading.codes)))
        done.pages[reading.number] = Page(reading.codes, known)
        if known and len(reading.codes) == 1:
            done.add(known[0], reading.number, "code")
        elif len(reading.codes) == 1 and owners.is_report(reading.codes[0]):
            done.reports.setdefault(reading.codes[0], []).append(reading.number)
        else:
            done.problems.append(_problem(Where(name), reading, owners))
    return done


def _problem(where: Where, reading: PageReading, owners: Owners) -> Problem:
    page = reading.number
    if reading.problem:
        return reading.problem
    if len(reading.codes) > 1:
        return SEVERAL_CODES(where, page=page, codes=[str(code) for code in reading.codes])
    if reading.codes:
        return owners.problem(where, page, reading.codes[0])
    if reading.foreign:
        return OTHER_CODE(where, page=page)
    return (BLANK if reading.blank else NO_CODE)(where, page=page)


Held = Mapping[int, Sequence[Owner]]
"""Under whom the pages of a scan were filed before."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person says: these pages, or all that wait, are somebody's; ``code`` was typed from the sheet."""

    owner: Owner
    pages: tuple[int, ...] = ()
    code: str = ""

    def put(self, done: Sorted, name: str, held: Held) -> None:
        """Put the pages to their sheet; if one of them cannot be theirs, none is put.

        Pages that were filed before are taken from where they are only if they are named.
        """
        where = Where(name)
        chosen = self.pages or self._waiting(done, held)
        put = {page: self._owner_of(where, page, done) for page in chosen}
        done.refused += [owner for owner in put.values() if isinstance(owner, Problem)]
        if not chosen:
            done.refused += self._nothing(where, done, held)
        if done.refused:
            return
        for page, owner in put.items():
            if isinstance(owner, Owner) and not done.has(owner.key, page):
                sheet = done.add(owner, page, "hand")
                if not self.code and not done.pages[page].codes:
                    sheet.by_name.append(page)
        done.problems = [problem for problem in done.problems if problem.args["page"] not in chosen]

    def _waiting(self, done: Sorted, held: Held) -> list[int]:
        pages = (problem.args["page"] for problem in done.problems if problem.kind is not BLANK)
        return [page for page in pages if page not in held]

    def _owner_of(self, where: Where, page: int, done: Sorted) -> Owner | Problem:
        """Return the sheet to which a page goes; if codes can be read on it, it is one of theirs."""
        mine = self.owner.respondent
        found = done.pages.get(page)
        if found is None:
            return NO_PAGE(where, page=page, count=len(done.pages))
        if found.may_be(self.owner.key) and (self.code or not found.codes):
            return self.owner
        theirs = {owner.key: owner for owner in found.owners if owner.respondent.key == mine.key}
        if theirs and self.code:
            return OTHER_ANSWERS(where, page=page, found=_codes(found), code=self.code)
        if len(theirs) > 1:
            return WHICH(where, page=page, name=mine.name, codes=_codes(found))
        if theirs:
            return next(iter(theirs.values()))
        if found.owners:
            return CONTRADICTS(where, page=page, owner=found.owners[0].respondent.name, name=mine.name)
        return FOREIGN(where, page=page, code=_codes(found), name=mine.name)

    def _nothing(self, where: Where, done: Sorted, held: Held) -> Iterator[Problem]:
        """Yield why there is nothing to put, unless it was put there before."""
        by_hand = {page: owners for page, owners in held.items() if not done.pages[page].codes}
        if any(owner.key == self.owner.key for owners in by_hand.values() for owner in owners):
            return
        others = [sheet.owner for sheet in done.sheets.values()]
        for page, owners in by_hand.items():
            yield ALREADY(where, page=page, names=[owner.respondent.name for owner in owners])
        if by_hand or any(owner.respondent.key == self.owner.respondent.key for owner in others):
            return
        if others:
            page = done.sheets[others[0].key].pages[0]
            yield CONTRADICTS(where, page=page, owner=others[0].respondent.name, name=self.owner.respondent.name)
        else:
            yield NOTHING_OPEN(where)


def _codes(page: Page) -> list[str]:
    return [str(code) for code in page.codes]
