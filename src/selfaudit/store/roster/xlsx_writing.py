"""Writes the roster as a workbook: an empty one to fill in, or one with a roster in it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from selfaudit.base.i18n import N_, translator
from selfaudit.files.atomic import replacing
from selfaudit.files.sheets.cells import column_name
from selfaudit.model.formats import listed
from selfaudit.model.roster import Roster
from selfaudit.store.roster.names import Names
from selfaudit.store.roster.sheet import BODY, INSTRUCTIONS, KINDS, PEOPLE, SHEETS, UNITS, Column, Sheet

_TEXT_FORMAT = 49
"""Excel's own format @: what is typed stays as it is typed."""
_LAST_ROW = 20_000
"""Down to which row the template offers lists and help."""


def write_template(target: Path | IO[bytes], language: str) -> None:
    """Write an empty workbook to fill in."""
    _write(target, language, {})


def write_roster(roster: Roster, target: Path | IO[bytes], language: str) -> None:
    """Write a workbook with a roster in it, to be worked on in Excel or WPS and read again.

    Units and heads are referred to by name where a name is enough. A post with a separator in it, such as ``甲/乙``,
    will be read as two.
    """
    data = roster.model_dump(mode="json")
    _write(target, language, {BODY.key: [data["body"]], UNITS.key: data["units"], PEOPLE.key: data["people"]})


def _write(target: Path | IO[bytes], language: str, entries: Mapping[str, list[dict[str, Any]]]) -> None:
    if isinstance(target, Path):
        with replacing(target) as stream:
            _Writer(stream, language, entries).write()
    else:
        _Writer(target, language, entries).write()


class _Writer:
    """Writes one workbook."""

    def __init__(self, stream: IO[bytes], language: str, entries: Mapping[str, list[dict[str, Any]]]) -> None:
        self._book = xlsxwriter.Workbook(stream, {"in_memory": True})
        # the same roster gives the same file
        self._book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - xlsxwriter takes it as UTC
        self._language = language
        self._translate = translator(language)
        self._entries = entries
        units, people = entries.get(UNITS.key, []), entries.get(PEOPLE.key, [])
        self._names = {"unit": Names(units), "person": Names(people)}
        self._by_id = {"unit": {e["id"]: e for e in units}, "person": {e["id"]: e for e in people}}
        base = {"valign": "top", "text_wrap": True}
        self._text = self._book.add_format({**base, "num_format": _TEXT_FORMAT})
        self._plain = self._book.add_format(base)
        self._head = self._book.add_format({**base, "bold": True, "bg_color": "#E7E6E6", "border": 1})
        self._must = self._book.add_format({**base, "bold": True, "bg_color": "#F8CBAD", "border": 1})
        self._title = self._book.add_format({"bold": True, "font_size": 14})

    def write(self) -> None:
        """Write every sheet and close the workbook."""
        self._instructions()
        for sheet in SHEETS:
            self._sheet(sheet)
        self._book.close()

    def _instructions(self) -> None:
        page = self._book.add_worksheet(INSTRUCTIONS.said_in(self._language))
        say = self._translate
        page.set_column(0, 2, 14)
        page.set_column(3, 3, 90)
        page.write_string(0, 0, say("Roster: the body, its units and its people"), self._title)
        row = 1
        for line in _GUIDE:
            page.write_string(row, 0, say(line))
            row += 1
        for n, heading in enumerate(_GUIDE_COLUMNS):
            page.write_string(row + 1, n, say(heading), self._head)
        row += 2
        for sheet in SHEETS:
            for column in sheet.columns:
                needed = say("required") if column.required else say("optional")
                names = [words.said_in(self._language) for words in (sheet.words, column.words)]
                for n, text in enumerate([*names, needed, say(column.help).format(formats=listed())]):
                    page.write_string(row, n, text, self._plain)
                row += 1

    def _sheet(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(sheet.words.said_in(self._language))
        page.freeze_panes(1, 0)
        for n, column in enumerate(sheet.columns):
            page.set_column(n, n, column.width, self._text)
            style = self._must if column.required else self._head
            page.write_string(0, n, column.words.said_in(self._language), style)
            page.data_validation(1, n, _LAST_ROW, n, self._offer(column))
        for row, entry in enumerate(self._entries.get(sheet.key, []), 1):
            for n, column in enumerate(sheet.columns):
                if (text := self._shown(column, entry[column.field])) and page.write_string(row, n, text, self._text):
                    raise ValueError(f"{entry['id']}: {column.field} does not fit into a cell")

    def _offer(self, column: Column) -> dict[str, Any]:
        """Return the list to choose from, if there is one, and the help that is shown beside the cell."""
        title, text = column.words.said_in(self._language), self._translate(column.help).format(formats=listed())
        help_ = {"input_title": title, "input_message": text}
        if column.holds == "kind":
            # a kit may know others
            kinds = [words.said_in(self._language) for words in KINDS.values()]
            return {**help_, "validate": "list", "source": kinds, "show_error": False}
        if column.holds == "unit":
            # an id may be written as well, so nothing is refused
            return {**help_, "validate": "list", "source": self._unit_names(), "show_error": False}
        return {**help_, "validate": "any"}

    def _unit_names(self) -> str:
        """Return the formula of the names that are filled in; empty cells at its end would allow anything."""
        letter = column_name(next(n for n, column in enumerate(UNITS.columns) if column.field == "name"))
        cells = f"'{UNITS.words.said_in(self._language)}'!${letter}$2"
        return f"=OFFSET({cells},0,0,MAX(1,COUNTA({cells}:${letter}${_LAST_ROW + 1})),1)"

    def _shown(self, column: Column, value: Any) -> str:
        match column.holds:
            case "kind":
                return KINDS[value].said_in(self._language) if value in KINDS else str(value)
            case "texts" | "roles" | "forms":
                return ("、" if self._language == "zh_CN" else ", ").join(value)
            case "unit" | "person":
                entry = self._by_id[column.holds].get(value)
                return self._names[column.holds].reference(entry) if entry else str(value)
            case _:
                return str(value)


_GUIDE = (
    N_("Fill in the sheets after this one: one row per unit and one row per person."),
    N_("Do not rename sheets or columns. You may add columns; they are ignored."),
    N_("All cells are formatted as text, so that 0012 stays 0012. When you paste, paste values only."),
    N_("When you have filled it in, check it: selfaudit roster check FILE.xlsx"),
)
_GUIDE_COLUMNS = (N_("Sheet"), N_("Column"), N_("Required"), N_("What to write"))
