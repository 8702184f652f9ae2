"""``check import``: a filled-in list of signals, compared with them row by row.

Nothing is written before a person has seen what would change. A row is refused if the facts of its signal, or what was
decided on it, have changed since it was written; all others go through.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from selfaudit.base.dates import read_date
from selfaudit.base.i18n import LANGUAGES, N_, translator
from selfaudit.base.problems import Problem, Term, UserError, Where, error, errors
from selfaudit.base.text import clean, loose, shortened
from selfaudit.files.sheets.cells import shows_error
from selfaudit.files.sheets.table import Table, find_table
from selfaudit.files.sheets.workbook import Workbook
from selfaudit.model.data.verdict import CODES, STATES, VERDICT, Code, Said, Standing, Verdict, id_of
from selfaudit.store.ledger.records import history
from selfaudit.store.model_reader import BAD_DATE
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.workbooks import opened, unread_columns
from selfaudit.workflow.verdicts.book import (
    ABOUT,
    CHECK,
    CODE,
    FILLED,
    ITEM,
    KEY,
    REASON,
    SAID,
    SECONDED,
    UNTIL,
    VERSION,
    Book,
    mark_of,
    names,
)  # fmt: skip
from selfaudit.workflow.verdicts.desk import Decided, Desk, Wanted, at_desk, desk_of

NO_TABLE = error(
    "verdicts.no-table",
    N_("no sheet has the columns of the list of signals"),
    N_("Fill in a workbook that selfaudit check export wrote; keep its columns."),
)
ROW_TWICE = error("verdicts.row-twice", N_("{check} {key} has a second row, which is refused"), N_("Keep one of them."))
STALE = error(
    "verdicts.stale",
    N_("{check} {key}: its facts, or what was decided on it, have changed since this was written; the row is refused"),
    N_("Write the list again: selfaudit check export. Then look at the signal as it is now."),
)
CELL = error(
    "verdicts.cell",
    N_("“{value}” is a formula or an error, so its row is refused"),
    N_("Type the text itself into the cell."),
)
NOT_ONE_OF = error("verdicts.not-one-of", N_("“{value}” is none of the words for “{column}”"), N_("Use: {known}."))
NO_VERDICT = error(
    "verdicts.no-verdict",
    N_("{check} {key}: something is filled in, but no verdict; the row is refused"),
    N_("Choose a verdict. To take one back: selfaudit check decide {check} KEY --undo --reason TEXT"),
)
NO_REASON = error("verdicts.no-reason", N_("{check} {key}: the verdict has no reason"), N_("Write why."))
_QUOTED = 60


@dataclass(slots=True)
class Imported:
    """What a workbook decides, or would, what is refused or passed over, and in how many rows it says what holds."""

    decided: list[Decided] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    refused_rows: int = 0
    same_rows: int = 0
    applied: bool = False


def preview(workspace: Workspace, path: Path, by: str) -> Imported:
    """Return what a workbook would decide."""
    by, book = decider(workspace, by), opened(path)
    with workspace.reading() as ledger:
        return _compared(desk_of(workspace, ledger, by), book, path.name)


def import_signals(workspace: Workspace, path: Path, by: str, listener: Listener) -> Imported:
    """Decide what a workbook says; refused rows stay as they are."""
    by, book = decider(workspace, by), opened(path)
    with at_desk(workspace, listener, by) as desk:
        done = _compared(desk, book, path.name)
        done.decided = desk.finish("verdict-import", file=path.name)
    done.applied = True
    return done


def _compared(desk: Desk, book: Workbook, file: str) -> Imported:
    table = find_table(book.grids, file, names(), (CHECK, KEY, VERSION, SAID))
    if table is None:
        raise UserError(NO_TABLE(Where(file)))
    found = Imported(problems=[*book.problems, *unread_columns(table)])
    reader = _Rows(desk, table)
    for row in table.rows():
        found.rows += 1
        wrong = list(reader.read(row))
        found.refused_rows += bool(errors(wrong))
        found.problems += wrong
    found.decided, found.same_rows = desk.decided, reader.same
    return found


class _Rows:
    """Reads the rows of a table, one signal each."""

    def __init__(self, desk: Desk, table: Table) -> None:
        self._desk, self._table = desk, table
        self._book = Book(desk.kit.plan, dict(desk.found.checks))
        self._seen: set[tuple[str, str]] = set()
        self.same = 0

    def read(self, row: int) -> Iterator[Problem]:
        """Put what a row decides on the desk; yield why it is refused."""
        text = {key: self._table.text(row, key) for key in (CHECK, KEY, VERSION, *FILLED)}
        if not any(clean(text[key]) for key in FILLED):
            # nobody said anything, whatever has become of the signal
            return
        standing = self._desk.find(text[CHECK], text[KEY])
        if isinstance(standing, Problem):
            yield self._at(standing, row, KEY)
            return
        signal = standing.signal
        args = {"check": signal.check, "key": signal.key}
        if (signal.check, signal.key) in self._seen:
            yield ROW_TWICE(self._table.where(row, KEY), **args)
            return
        self._seen.add((signal.check, signal.key))
        if self._says(row, text, standing):
            self.same += 1
            return
        if self._untouched(row, text, standing):
            return
        if text[VERSION] != mark_of(standing):
            yield STALE(self._table.where(row, VERSION), **args)
            return
        yield from self._decide(row, text, standing)

    def _says(self, row: int, text: dict[str, str], standing: Standing) -> bool:
        """Return whether a row says what holds; columns that do not go with its verdict say nothing."""
        shown, said = self._book.filled(standing), dict(text)
        if standing.state == "explained" and not said[CODE]:
            said[CODE] = shown[CODE] if standing.verdict and standing.verdict.code == "other" else ""
        said[UNTIL] = str(self._until(row) or "")
        if standing.state == "explained" or (standing.verdict and standing.verdict.finding):
            said |= {ITEM: shown[ITEM], ABOUT: shown[ABOUT]}
        if standing.state == "confirmed":
            said |= {CODE: shown[CODE], SECONDED: shown[SECONDED]}
        return all(loose(said[key]) == loose(shown[key]) for key in FILLED)

    def _untouched(self, row: int, text: dict[str, str], standing: Standing) -> bool:
        """Return whether a row says what held when the list was written."""
        id_ = id_of(standing.signal.check, standing.signal.key)
        then = text[VERSION].partition("·")[0]
        old = [one for one in history(self._desk.ledger, VERDICT, id_) if str(one.version) == then]
        made = [Verdict.model_validate(one.data) for one in old]
        return any(self._says(row, text, replace(standing, state=one.said, verdict=one)) for one in made if one.said)

    def _decide(self, row: int, text: dict[str, str], standing: Standing) -> Iterator[Problem]:
        args = {"check": standing.signal.check, "key": standing.signal.key}
        wrong = [
            CELL(self._table.where(row, key), value=shortened(text[key], _QUOTED))
            for key in FILLED
            if key in self._table.place and (shows_error(text[key]) or self._table.computed(row, key))
        ]
        said, code, until = self._said(row, text), self._code(row, text), self._until(row)
        wrong += [one for one in (said, code, until) if isinstance(one, Problem)]
        if not text[SAID]:
            wrong.append(NO_VERDICT(self._table.where(row, SAID), **args))
        elif not text[REASON]:
            wrong.append(NO_REASON(self._table.where(row, REASON if REASON in self._table.place else SAID), **args))
        yield from wrong
        if wrong or isinstance(said, Problem) or isinstance(code, Problem) or isinstance(until, Problem):
            return
        wanted = Wanted(said, text[REASON], code or "other", until, text[SECONDED], text[ITEM], text[ABOUT])
        for problem in self._desk.say(standing, wanted):
            yield self._at(problem, row, SAID)

    def _said(self, row: int, text: dict[str, str]) -> Said | Problem | None:
        words: dict[Said, str] = {"confirmed": STATES["confirmed"], "explained": STATES["explained"]}
        found = next((said for said, word in words.items() if _means(text[SAID], word)), None)
        if found is None and text[SAID]:
            return self._unknown(row, SAID, text[SAID], list(words.values()))
        return found

    def _code(self, row: int, text: dict[str, str]) -> Code | Problem | None:
        found = next((code for code, word in CODES.items() if _means(text[CODE], word) or text[CODE] == code), None)
        if found is None and text[CODE]:
            return self._unknown(row, CODE, text[CODE], list(CODES.values()))
        return found

    def _unknown(self, row: int, key: str, value: str, words: list[str]) -> Problem:
        args = {
            "value": shortened(value, _QUOTED),
            "column": Term(FILLED[key][0]),
            "known": [Term(one) for one in words],
        }
        return NOT_ONE_OF(self._table.where(row, key), **args)

    def _until(self, row: int) -> date | Problem | None:
        text = self._table.day(row, UNTIL)
        day = read_date(text) if text else None
        if text and not day:
            return BAD_DATE(self._table.where(row, UNTIL), value=shortened(text, _QUOTED))
        return date.fromisoformat(day) if day else None

    def _at(self, problem: Problem, row: int, key: str) -> Problem:
        return replace(problem, where=self._table.where(row, key))


def _means(text: str, word: str) -> bool:
    return loose(text) in {loose(translator(one)(word)) for one in LANGUAGES}
