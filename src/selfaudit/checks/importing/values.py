"""Reads one value of a file as the type of its column: a text that DuckDB casts, or why it is rejected.

Each distinct value is read once, so that rules are in one place and cost little.
"""

import re
from dataclasses import dataclass
from datetime import date

from selfaudit.checks.importing import words
from selfaudit.checks.importing.codes import CodeList, parts
from selfaudit.checks.importing.days import read_day
from selfaudit.checks.importing.numbers import read_number, read_percent, read_yes_no
from selfaudit.checks.importing.persons import read_person
from selfaudit.checks.importing.spans import Part, read_span
from selfaudit.checks.importing.texts import EMPTY, Value, cleaned, letters_narrowed, read_identity, read_text
from selfaudit.files.sheets.cells import DAY_0
from selfaudit.files.sheets.delimited import LOST
from selfaudit.model.data.register import Column

LIST_SIGN = "\x1d"
"""Separates the values of a list in the text of it."""

_NOTHING = re.compile(r"[-‐-―−_/\\.·*]{1,8}|n/?a|null|none|nan|nil|\(空\)|\(空白\)|\(null\)", re.IGNORECASE)
_NOTHING_MORE = frozenset({"无", "暂无", "没有", "不适用", "未知", "不详", "空", "待定"})
_FAILED = re.compile(
    r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!"
    r"|EXTERNAL!|PYTHON!|#+)|(?:Err|错误)[:：]\d{3}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the values of one column. ``identity`` marks a column by which registers are joined.

    ``header_unit`` is the unit that the header of the file names, if it is another than that of the column.
    """

    column: Column
    codes: CodeList | None = None
    identity: bool = False
    day_0: date = DAY_0
    header_unit: str = ""
    per_cent: bool = False
    """Numbers of a share without a sign are per cent, as one of them is above 1."""
    part: Part | None = None
    """Cells say from when to when, and the column takes one of the two days."""

    def read(self, raw: str) -> Value:
        """Read one value; what stands for nothing is empty, unless it is a code."""
        if LOST in raw:
            return Value(None, None, words.CHARACTER_LOST)
        plain, _ = cleaned(raw)
        if not plain:
            return EMPTY if not raw.strip(" \t\r\n") else Value(None, words.INVISIBLE)
        if _FAILED.fullmatch(plain):
            return Value(None, words.FAILED)
        value = self._typed(raw)
        if value.reject and plain in _NOTHING_MORE:
            return Value(None, words.NO_VALUE)
        if (value.reject or self.column.type in ("text", "list")) and _NOTHING.fullmatch(plain):
            return Value(None, words.NO_VALUE)
        return value

    def _typed(self, raw: str) -> Value:
        match self.column.type:
            case "text":
                return read_identity(raw) if self.identity else read_text(raw)
            case "list":
                return self._several(raw)
            case "date" | "time" as kind:
                timed = kind == "time"
                part = self.part
                return (
                    read_span(raw, self.day_0, part, with_time=timed)
                    if part
                    else read_day(raw, self.day_0, with_time=timed)
                )
            case "integer" | "number" as kind:
                return read_number(raw, self.column.unit, whole=kind == "integer", header_unit=self.header_unit)
            case "percent":
                return read_percent(raw, per_cent=self.per_cent)
            case "yes_no":
                return read_yes_no(raw)
            case "person":
                return read_person(raw)
        return self._code(raw)

    def _several(self, raw: str) -> Value:
        text, repair = cleaned(raw)
        narrow = letters_narrowed(text)
        if narrow != text:
            repair = words.NARROWED
        return Value(LIST_SIGN.join(dict.fromkeys(parts(narrow))) or None, repair)

    def _code(self, raw: str) -> Value:
        known = self.codes or CodeList({})
        found, padded = known.find(raw)
        if not found:
            return Value(None, None, words.UNKNOWN_CODE)
        if self.column.type == "codes":
            return Value(LIST_SIGN.join(found), words.PADDED if padded else None)
        if len(found) > 1:
            return Value(None, None, words.SEVERAL_CODES)
        return Value(found[0], words.PADDED if padded else None)
