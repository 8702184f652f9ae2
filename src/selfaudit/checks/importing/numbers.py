"""Reads numbers with their signs and units, shares, and what says yes or no."""

import re
from decimal import Decimal

from selfaudit.base.dates import half_width
from selfaudit.base.problems import Kind
from selfaudit.checks.importing import words
from selfaudit.checks.importing.texts import Value

_NUMBER = re.compile(r"[-+]?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,20})?", re.ASCII)
_APART = re.compile(r"\d\s+\d", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\s?\d{1,3}(?: \d{3})+(?:\.\d{1,20})?", re.ASCII)
_LARGEST = 2**63 - 1
_SCIENTIFIC = re.compile(r"-?\d(?:\.\d{1,20})?E[-+]?\d{1,2}", re.ASCII | re.IGNORECASE)
_CURRENCY = re.compile(r"^([-+]?)\s*(?:[¥￥$]|RMB|CNY|人民币)\s*", re.IGNORECASE)
_MINUS = str.maketrans("\u2212\u2013\ufe63", "---")
_BRACKETS = re.compile(r"\(\s*([^-+()]+)\)")
_MONEY = frozenset({"元", "万元"})
SAME_UNITS = (
    {"人", "名", "位", "个", "家", "次", "项", "条", "份", "张"},
    {"人日", "人天", "天", "日", "人·日"},
    {"元", "圆", "rmb", "元整"},
    {"度", "°"},
    {"公里", "千米", "km"},
    {"米", "m"},
    {"万元", "万"},
)
"""Units that mean the same, as they are written behind numbers and, in brackets, in headers."""
_COUNTED = frozenset[str]().union(*(same for same in SAME_UNITS if same & {"人", "人日", "公里", "米"}))
_FACTORS = {("万元", "元"): "10000", ("元", "万元"): "0.0001", ("米", "公里"): "0.001", ("公里", "米"): "1000"}
_UNIT = re.compile(r"(.*?\d)\s*([^\d\s.,%]{1,4})", re.ASCII)


def is_counted(unit: str) -> bool:
    """Return whether numbers in a unit say how many or how far, which is never less than nothing; amounts may be."""
    return unit.lower() in _COUNTED


def read_number(raw: str, unit: str, *, whole: bool, header_unit: str = "") -> Value:
    """Read a number that is meant in a unit; one in another unit is converted if it is known how.

    ``header_unit`` is that of a number without any, as the header of its column says.
    """
    text, repair = half_width(raw).strip("'`").translate(_MINUS), None
    if unit in _MONEY and (negative := _BRACKETS.fullmatch(text)):
        # as accountants write what is less than nothing; of persons or days, nobody knows what it means
        value = read_number(negative[1], unit, whole=whole, header_unit=header_unit)
        return value if value.text is None else Value(f"-{value.text}", words.NEGATIVE)
    if header_unit and text[-1:].isdigit():
        text += header_unit
    if found := _UNIT.fullmatch(_CURRENCY.sub(r"\1", text)):
        factor = _factor(found[2].lower(), unit)
        if factor is None:
            is_unit = any(found[2].lower() in same for same in SAME_UNITS)
            return Value(None, None, words.OTHER_UNIT if is_unit else words.NOT_A_NUMBER)
        text, repair = found[1], words.NUMBER_WRITTEN if factor == "1" else words.CONVERTED
    else:
        factor, text = "1", _CURRENCY.sub(r"\1", text)
    plain = text.replace(" ", "")
    if _APART.search(text) and not _THOUSANDS.fullmatch(text):
        return Value(None, None, words.NOT_A_NUMBER)
    if not (_NUMBER.fullmatch(plain) or _SCIENTIFIC.fullmatch(plain)):
        return Value(None, None, words.NOT_A_NUMBER)
    number = Decimal(plain.replace(",", "")) * Decimal(factor)
    if refused := _refused(number, unit, whole=whole):
        return Value(None, None, refused)
    made = f"{number:f}" if not whole else str(int(number))
    if repair is None and plain != raw:
        repair = words.NARROWED if plain != "".join(raw.split()) else words.INVISIBLE
    return Value(made, repair or (words.NUMBER_WRITTEN if "," in plain or text != raw.strip() else None))


def _refused(number: Decimal, unit: str, *, whole: bool) -> Kind | None:
    if whole and number != number.to_integral_value():
        return words.NOT_WHOLE
    if whole and abs(number) > _LARGEST:
        return words.TOO_LARGE
    return words.NEGATIVE_COUNT if number < 0 and is_counted(unit) else None


def _factor(written: str, unit: str) -> str | None:
    """Return by what to multiply a number in a unit to have it in that of its column; None if that is not known."""
    family = next((same for same in SAME_UNITS if unit in same), {unit})
    if written in family or not unit:
        return "1" if unit or any(written in same for same in SAME_UNITS) else None
    for (from_, to), factor in _FACTORS.items():
        if to in family and any({from_, written} <= same for same in SAME_UNITS):
            return factor
    return None


def is_per_cent(raw: str) -> bool:
    """Return whether a number can only be per cent: it has no sign and is above 1."""
    value = read_percent(raw, per_cent=False)
    return value.repair is words.SHARE_WRITTEN


def read_percent(raw: str, *, per_cent: bool) -> Value:
    """Read a share: 0.3 for 30 %; ``per_cent`` tells whether the column has 30 for that where there is no sign."""
    text = half_width(raw).replace(" ", "").translate(_MINUS)
    sign = text.endswith(("%", "％"))
    plain = text.rstrip("%％")
    if not _NUMBER.fullmatch(plain):
        return Value(None, None, words.NOT_A_NUMBER)
    number = Decimal(plain.replace(",", ""))
    if sign:
        return Value(f"{number / 100:f}", words.NUMBER_WRITTEN)
    if per_cent or abs(number) > 1:
        return Value(f"{number / 100:f}", words.SHARE_WRITTEN)
    return Value(f"{number:f}", words.SHARE_PLAIN if number else None)


_YES = frozenset("是 有 y yes true t 1 01 1.0 √ ✓ ✔ 对 已 齐全 能 可以".split())  # noqa: SIM905 - as people write
_NO = frozenset("否 无 没有 n no false f 0 00 0.0 × ✗ x 不 未 不是 缺 不能".split())  # noqa: SIM905 - as people write


def read_yes_no(raw: str) -> Value:
    """Read what says yes or no."""
    text = half_width(raw).casefold().replace(" ", "")
    if text in _YES:
        return Value("true")
    return Value("false") if text in _NO else Value(None, None, words.NOT_YES_NO)
