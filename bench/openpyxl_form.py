"""The workbook of a form as a program writes it that builds each one with openpyxl.

What is to be written is taken once from an issued workbook: all texts, named styles, widths, heights, drop-downs,
colours, protection, print settings. Then every workbook is built from nothing, but for who and which passport.
"""

import io
import re
import time
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import NamedStyle
from openpyxl.worksheet.worksheet import Worksheet

PASSPORT = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+){3,}")


@dataclass(slots=True)
class Sheet:
    """What is to be written into one sheet."""

    model: Worksheet
    cells: list[tuple[int, int, str | None, str]] = field(default_factory=list)
    """Row, column, text, name of the style."""


class Builder:
    """Builds workbook after workbook like the one that it was shown."""

    def __init__(self, issued: Path) -> None:
        """Take everything that is to be written from an issued workbook."""
        self._styles: dict[int, NamedStyle] = {}
        self._sheets = [self._sheet(model) for model in load_workbook(issued).worksheets]

    def _sheet(self, model: Worksheet) -> Sheet:
        sheet = Sheet(model)
        for row in model.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and (cell.value is not None or cell.has_style):
                    text = None if cell.value is None else PASSPORT.sub("{passport}", str(cell.value))
                    sheet.cells.append((cell.row, cell.column, text, self._style(cell)))
        return sheet

    def _style(self, cell: Cell) -> str:
        """Return the name of a style; openpyxl writes named ones fastest."""
        number = cell.style_id
        if number not in self._styles:
            parts = ("font", "fill", "border", "alignment", "protection")
            made = {part: copy(getattr(cell, part)) for part in parts}
            self._styles[number] = NamedStyle(f"style-{number}", number_format=cell.number_format, **made)
        return str(self._styles[number].name)

    def build(self, passport: str) -> bytes:
        """Return the workbook of one respondent."""
        book = Workbook()
        book.remove(book.worksheets[0])
        for named in self._styles.values():
            book.add_named_style(named)
        for sheet in self._sheets:
            page = book.create_sheet(sheet.model.title)
            for row, column, text, style in sheet.cells:
                said = text.replace("{passport}", passport) if text else text
                page.cell(row, column, said).style = style
            _furnish(page, sheet.model)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def _furnish(page: Worksheet, model: Worksheet) -> None:
    """Give a sheet its widths, heights, drop-downs, colours, protection and print settings."""
    for letter, width in model.column_dimensions.items():
        page.column_dimensions[letter].width, page.column_dimensions[letter].hidden = width.width, width.hidden
    for number, height in model.row_dimensions.items():
        page.row_dimensions[number].height, page.row_dimensions[number].hidden = height.height, height.hidden
    for rule in model.data_validations.dataValidation:
        page.add_data_validation(rule)
    for cells in model.conditional_formatting:
        for colour in cells.rules:
            page.conditional_formatting.add(str(cells.sqref), colour)
    page.freeze_panes, page.auto_filter.ref = model.freeze_panes, model.auto_filter.ref
    page.protection, page.page_setup.orientation = copy(model.protection), model.page_setup.orientation
    page.page_setup.paperSize, page.print_title_rows = model.page_setup.paperSize, model.print_title_rows
    page.sheet_state = model.sheet_state


def build_all(issued: Path, count: int, folder: Path) -> float:
    """Build so many workbooks and write them into a folder; return the CPU seconds of the building alone."""
    builder, seconds = Builder(issued), 0.0
    for number in range(count):
        begun = time.process_time()
        data = builder.build(f"BN23-{number:08d}-0000-AA")
        seconds += time.process_time() - begun
        (folder / f"{number}.xlsx").write_bytes(data)
    return seconds
