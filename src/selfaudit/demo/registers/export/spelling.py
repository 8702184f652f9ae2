"""How exports spell values: dates, codes, several values in one cell."""

from datetime import date, datetime, time
from typing import Any

from selfaudit.demo.registers.texts import DateStyle, ExportFile
from selfaudit.files.sheets.cells import DAY_0
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Column

Cell = str | int | float
_MIDNIGHT = datetime.combine(DAY_0, time())
_DATES: dict[DateStyle, tuple[str, str]] = {
    "iso": ("{0:%Y-%m-%d}", "{0:%Y-%m-%d %H:%M}"),
    "slash": ("{0.year}/{0.month}/{0.day}", "{0.year}/{0.month}/{0.day} {0.hour}:{0:%M}"),
    "dots": ("{0.year}.{0.month}.{0.day}", "{0.year}.{0.month}.{0.day} {0:%H:%M}"),
    "plain": ("{0:%Y%m%d}", "{0:%Y%m%d %H:%M}"),
    "chinese": ("{0.year}年{0.month}月{0.day}日", "{0.year}年{0.month}月{0.day}日 {0:%H:%M}"),
    "serial": ("", ""),
}
_WIDE = {ord("0") + n: ord("０") + n for n in range(10)}


def spelled(kit: DataKit, column: Column, value: Any, file: ExportFile, dates: DateStyle) -> Cell:
    """Return a value as text or number; codes as numbers or by their titles, empty for none."""
    numbers = file.codes == "number"
    if value is None:
        return ""
    if isinstance(value, date):
        return _day(value, dates)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(_code(kit, column, one, numbers=numbers) for one in value)
    if column.type == "percent":
        return f"{value:.0%}"
    if isinstance(value, int | float):
        return value
    text = _code(kit, column, value, numbers=numbers)
    return text.translate(_WIDE) if file.wide and column.type in ("person", "text") else text


def _day(value: date, style: DateStyle) -> Cell:
    timed = isinstance(value, datetime)
    if style == "serial":
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
        counted = (moment - _MIDNIGHT).total_seconds() / 86_400
        return round(counted, 6) if timed else int(counted)
    return _DATES[style][timed].format(value)


def _code(kit: DataKit, column: Column, value: str, *, numbers: bool) -> str:
    code = kit.codes[column.codes].get(value) if column.codes else None
    if code is None:
        return value
    return next((one for one in code.aliases if _counts(one)), code.title) if numbers else code.title


def _counts(alias: str) -> bool:
    """Whether an alias is a code such as 01 or A03."""
    return alias.lstrip("A").isdecimal()
