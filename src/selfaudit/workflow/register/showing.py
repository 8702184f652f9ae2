"""Values of registers as people and scripts may see them: numbers of persons are masked, wherever they stand."""

from datetime import date, datetime
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.i18n import _ as say
from selfaudit.base.mask import masked_within
from selfaudit.base.text import masked, on_one_line, shortened
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Column

_LONGEST = 40


def shown(column: Column, value: Any, kit: DataKit) -> str:
    """Return a value as a short text; codes are their titles."""
    if value is None:
        return ""
    codes = kit.codes.get(column.codes or "", {})
    if isinstance(value, list):
        text = say(N_(", ")).join(codes[one].title if one in codes else str(one) for one in value)
    elif value in codes:
        text = codes[value].title
    elif isinstance(value, bool):
        text = say(N_("yes")) if value else say(N_("no"))
    elif isinstance(value, datetime):
        text = f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    elif isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, float):
        text = f"{value:g}" if column.type != "percent" else f"{value * 100:g} %"
    else:
        text = str(value)
    if column.type == "person":
        return masked(text)
    return shortened(on_one_line(masked_within(text)), _LONGEST)
