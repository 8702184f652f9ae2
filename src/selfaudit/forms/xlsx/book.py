"""What every sheet of the form's workbook is written with: texts, styles, lists to choose from, protection."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.files.sheets.cells import cell_name
from selfaudit.forms.xlsx.layout import KEY, MACHINE, PASSPORT, PRINTED, VALUE, mark, place
from selfaudit.forms.xlsx.stamp import Stamp, in_xml
from selfaudit.model.form.form import Questions

TITLE = N_("{title}: self-audit form")
OF_ROUND = N_("{title}: form")
WHO = N_("Form for {respondent}    Passport {passport}")
CHOOSE = N_("Please choose from the list")
CHOOSE_ONE = N_("Choose one of: {words}.")

TITLE_ROW, WHO_ROW = 1, 2
_STRINGS = "xl/sharedStrings.xml"
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FONTS = {"zh_CN": ("宋体", "黑体"), "en": ("Arial", "Arial")}
_LONGEST_LIST, _LONGEST_TITLE, _LONGEST_HELP = 255, 32, 255
_HEADING, _MUST, _LOCKED, _EDGE = "#1F3864", "#B45F06", "#F5F6F8", "#BFC4CC"
_ALLOWED = {
    "sort": True,
    "autofilter": True,
    "insert_rows": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}


@dataclass(frozen=True, slots=True)
class Template:
    """A workbook with slots in it, and every text printed in it for the reader."""

    stamp: Stamp
    texts: Mapping[str, frozenset[str]]
    """By the place where they are printed; what differs from form to form is called ``{passport}``."""
    marks: frozenset[str]


class Book:
    """One workbook in the making. Texts are kept here and put in at the end, the slots after all others."""

    def __init__(self, asked: Questions) -> None:
        """Start an empty workbook."""
        import xlsxwriter  # noqa: PLC0415 - takes a tenth of a second, and most commands write no workbook

        self._ = translator(asked.language)
        self._title = self._(OF_ROUND if asked.given else TITLE).format(title=" ".join(asked.title.split()))
        self._stream = io.BytesIO()
        self._made = xlsxwriter.Workbook(self._stream, {"in_memory": True})
        # the same form gives the same file
        self._made.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - xlsxwriter takes it as UTC
        self._texts: dict[str, int] = {}
        self._printed: dict[str, set[str]] = {}
        self._names: dict[str, Mapping[int, str]] = {}
        self._late: list[tuple[Any, int, int, str, Any]] = []
        self._lists: list[Sequence[str]] = []
        self.slots = {name: f"[{asked.digest}:{name}]" for name in ("passport", "respondent")}
        self._styles(*_FONTS[asked.language])

    def _styles(self, font: str, heading: str) -> None:
        add, plain = self._made.add_format, {"font_name": font, "font_size": 10, "valign": "top"}
        boxed = {**plain, "text_wrap": True, "border": 1, "border_color": _EDGE, "num_format": "@"}
        head = {**boxed, "font_name": heading, "align": "center", "valign": "vcenter", "font_color": "#FFFFFF"}
        self.title = add({"font_name": heading, "font_size": 16, "font_color": _HEADING, "valign": "vcenter"})
        self.who = add({**plain, "font_color": "#44546A", "valign": "vcenter"})
        self.head = add({**head, "bg_color": _HEADING})
        self.must = add({**head, "bg_color": _MUST})
        self.section = add({**plain, "font_name": heading, "font_size": 12, "font_color": _HEADING, "bottom": 1})
        self.asked = add({**boxed, "bg_color": _LOCKED})
        self.strong = add({**boxed, "bg_color": _LOCKED, "font_name": heading})
        self.input = add({**boxed, "locked": False})
        middle = {"valign": "vcenter", "indent": 1}
        self.label = add({**boxed, **middle, "bg_color": _LOCKED})
        self.fact = add({**boxed, **middle, "locked": False})
        self.choice = add({**boxed, "locked": False, "align": "center", "valign": "vcenter"})
        self.help = add({**plain, **middle, "font_color": "#7F7F7F", "text_wrap": True})
        self.step = add({**plain, "align": "right", "valign": "vcenter"})
        self.plain = add({**plain, "text_wrap": True, "valign": "vcenter"})
        self.machine = add({"num_format": "@"})
        self.open = add({"bg_color": "#FFF4C2"})
        self.wrong = add({"bg_color": "#FAD7D3"})
        self.lacking = add({"bg_color": "#FFD08A"})

    def sheet(self, title: str) -> Any:
        """Add a sheet with a message id as its name."""
        page = self._made.add_worksheet(self._(title))
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.protect("", _ALLOWED)
        return page

    def top(self, page: Any, names: Mapping[int, str]) -> None:
        """Write the hidden row of names, the title, and whose form it is."""
        page.set_row(0, None, None, {"hidden": True})
        self._names[page.get_name()] = names
        for column, name in names.items():
            self.put(page, 0, column, name, self.machine)
            self._printed.setdefault(place(names, column), set()).add(name)
        page.set_row(TITLE_ROW, 30, self.title)
        self.put(page, TITLE_ROW, 1, self._title, self.title)
        page.set_row(WHO_ROW, 18, self.who)
        self.put(page, WHO_ROW, 1, self._(WHO).format(**self.slots), self.who)
        self._footer(page, self._(PASSPORT))

    def _footer(self, page: Any, label: str) -> None:
        page.set_footer(f"&L&9{label} {self.slots['passport']}&C&9&A&R&9&P / &N")

    def put(self, page: Any, row: int, column: int, text: str, style: Any = None) -> None:
        """Write a text, or an empty cell."""
        if not text:
            page.write_blank(row, column, None, style)
            return
        if style not in (self.input, self.fact, self.choice, self.machine):
            self._printed.setdefault(place(self._names[page.get_name()], column), set()).add(self._named(text))
        if any(slot in text for slot in self.slots.values()):
            self._late.append((page, row, column, text, style))
        else:
            self._write(page, row, column, text, style)

    def _named(self, text: str) -> str:
        for name, slot in self.slots.items():
            text = text.replace(slot, f"{{{name}}}")
        return text

    def _write(self, page: Any, row: int, column: int, text: str, style: Any) -> None:
        # the number stands for the text, so that no length or sign means anything on the way
        page.write_string(row, column, str(self._texts.setdefault(text, len(self._texts))), style)

    def offer(self, page: Any, cells: list[tuple[int, int, int, int]], title: str, **more: Any) -> None:
        """Show help beside cells, with a list to choose from if ``words`` are given; ``free`` allows other texts."""
        if not cells:
            return
        words, free, help_ = more.get("words", ()), more.get("free", False), more.get("help", "")
        rule: dict[str, Any] = {"validate": "any"}
        if words:
            told = self._(CHOOSE_ONE).format(words=" / ".join(words))
            help_ = help_ or told
            rule = {"validate": "list", "source": self._source(words), "show_error": not free}
            rule |= {"error_title": self._(CHOOSE)[:_LONGEST_TITLE], "error_message": told[:_LONGEST_HELP]}
        rule |= {"input_title": title[:_LONGEST_TITLE], "input_message": help_[:_LONGEST_HELP]}
        page.data_validation(*cells[0], {**rule, "other_cells": cells})

    def _source(self, words: Sequence[str]) -> list[str] | str:
        """Return words as a list, or, where they do not fit into one, as cells of the hidden sheet."""
        plain = all(word and not set(word) & set(',"') for word in words)
        if plain and len(",".join(words)) <= _LONGEST_LIST:
            return list(words)
        if words not in self._lists:
            self._lists.append(words)
        column = 3 + self._lists.index(words)
        first, last = cell_name(0, column), cell_name(len(words) - 1, column)
        return f"={MACHINE}!${first.rstrip('1')}$1:${first.rstrip('1')}${last[len(first.rstrip('1')) :]}"

    def finish(self, facts: Iterable[tuple[str, str]]) -> Template:
        """Close the workbook with facts for the machine in a hidden sheet."""
        printed = {place_: frozenset(texts) for place_, texts in self._printed.items()}
        page = self._made.add_worksheet(MACHINE)
        marks = sorted({mark(place_, text) for place_, texts in printed.items() for text in texts})
        for row, (key, value) in enumerate([(KEY, VALUE), *facts, (PRINTED, "".join(marks))]):
            self.put(page, row, 0, key, self.machine)
            self.put(page, row, 1, value, self.machine)
        for column, words in enumerate(self._lists, 3):
            for row, word in enumerate(words):
                self.put(page, row, column, word, self.machine)
        page.protect()
        page.very_hidden()
        for late in self._late:
            self._write(*late)
        self._made.close()
        with zipfile.ZipFile(self._stream) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist() if name != _STRINGS]
        return Template(Stamp([*members, (_STRINGS, self._strings())], self.slots), printed, frozenset(marks))

    def _strings(self) -> bytes:
        entries = "".join(f'<si><t xml:space="preserve">{in_xml(text)}</t></si>' for text in self._texts)
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f'{head}<sst xmlns="{_NAMESPACE}" uniqueCount="{len(self._texts)}">{entries}</sst>'.encode()
