"""The days on which people in China work, for whoever makes up data."""

from datetime import date, timedelta

import chinese_calendar

SATURDAY = 5


def workdays(first: date, last: date, *, weekends: bool = False) -> list[date]:
    """Return the working days between two days, both included; those at weekends only if asked for."""
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return [day for day in days if (weekends or day.weekday() < SATURDAY) and chinese_calendar.is_workday(day)]
