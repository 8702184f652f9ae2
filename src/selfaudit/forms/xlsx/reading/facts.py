"""Reads the sheets with a fact a line: whose form it is, numbers, suggestions, the declaration, the hidden sheet."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error
from selfaudit.base.text import loose
from selfaudit.files.sheets.cells import day_of, text_of
from selfaudit.files.sheets.workbook import Grid
from selfaudit.forms.keys import Path
from selfaudit.forms.reading.fields import quote
from selfaudit.forms.xlsx import layout
from selfaudit.forms.xlsx.layout import KEY, VALUE
from selfaudit.forms.xlsx.reading.cells import Cell, Part
from selfaudit.forms.xlsx.reading.columns import Sheet, Sheets

FILLED_TWICE = error(
    "workbook.filled-twice",
    N_("“{key}” appears twice in the workbook: “{first}” in {place}, and “{second}”"),
    N_("Keep one of them; delete sheets copied in from another form."),
)
_TOP = frozenset(
    {
        "selfaudit", "passport", "campaign", "respondent", "clues", "declaration", "filled_by", "filled_on",
        layout.ROUND,
    }
)  # fmt: skip
_GROUPS = ("coverage", "suggestions")


@dataclass(slots=True)
class Facts(Part):
    """The facts, and what only these sheets say.

    ``machine`` are the sheets that people do not see, ``nameless`` those whose facts were found by their titles,
    ``printed`` the marks of all printed texts.
    """

    problems: list[Problem] = field(default_factory=list)
    machine: set[int] = field(default_factory=set)
    nameless: set[int] = field(default_factory=set)
    printed: str = ""


def read_facts(file: str, grids: Sequence[Grid], sheets: Sheets) -> Facts:
    """Return the facts by their hidden names, and by their titles those that no sheet with names has."""
    reader = _Reader(file, grids)
    for sheet in sheets.facts:
        reader.by_names(sheet)
    supplied = frozenset(path[0] for path in reader.facts.cells)
    reader.facts.nameless.update(n for n in sheets.others if reader.by_titles(n, supplied))
    return reader.facts


class _Reader:
    def __init__(self, file: str, grids: Sequence[Grid]) -> None:
        self.facts = Facts()
        self._file = file
        self._grids = grids

    def by_names(self, sheet: Sheet) -> None:
        """Read a sheet with the name of every fact in a hidden column."""
        n, grid, facts = sheet.number, sheet.grid, self.facts
        key_column, value_column = sheet.columns[KEY], sheet.columns[VALUE]
        for row, values in enumerate(grid.rows[sheet.first :], sheet.first):
            if key_column >= len(values) or (key := values[key_column]) == "":
                continue
            self._mark((n, row, key_column))
            name = text_of(key)
            value = text_of(values[value_column]) if value_column < len(values) else ""
            if name == "selfaudit" and grid.hidden and grid.name == layout.MACHINE:
                facts.machine.add(n)
            elif name == layout.PRINTED and n in facts.machine:
                facts.printed = value
            group, _, rest = name.partition(".")
            if name in _TOP or (group in _GROUPS and rest):
                self._keep((group, rest) if rest else (name,), value, (n, row, value_column))

    def by_titles(self, n: int, supplied: Container[object]) -> bool:
        """Read the facts that no sheet with names supplied; return whether there are any."""
        known, sections = layout.fact_titles(), layout.section_titles()
        group, found = "", False
        for row, values in enumerate(self._grids[n].rows):
            at = next((column for column, value in enumerate(values) if value != ""), None)
            if at is None:
                group = ""
                continue
            label, cell = text_of(values[at]), (n, row, at + 1)
            value = text_of(values[at + 1]) if at + 1 < len(values) else ""
            if section := sections.get(loose(label)):
                group = "" if section in supplied else section
            elif key := known.get(loose(label)):
                group = ""
                if key not in supplied:
                    found = True
                    self._keep((key,), value, cell)
            elif group:
                found = True
                self._keep((group,) if group == "clues" else (group, label), value, cell)
                self._mark((n, row, at))
        return found

    def _keep(self, path: Path, value: str, cell: Cell) -> None:
        """Keep a fact; the passport is in the workbook more than once, but never two of them."""
        facts, key = self.facts, str(path[-1])
        if path == ("filled_on",):
            value = day_of(value, self._grids[cell[0]].day_0)
        held = facts.data
        for step in path[:-1]:
            held = held.setdefault(str(step), {})
        before = held.get(key, "")
        self._mark(cell)
        if before and value and loose(before) != loose(value):
            first = self._place(facts.cells[path]).place
            said = {"key": key, "first": quote(before), "second": quote(value), "place": first}
            facts.problems.append(FILLED_TWICE(self._place(cell), **said))
        if value or key not in held:
            held[key] = value
        if value or path not in facts.cells:
            facts.cells[path] = cell
        facts.cells.setdefault(("facts",) if path == ("declaration",) else path[:1], cell)

    def _mark(self, cell: Cell) -> None:
        self.facts.read.setdefault(cell[:2], set()).add(cell[2])

    def _place(self, cell: Cell) -> Where:
        return self._grids[cell[0]].where(self._file, *cell[1:])
