"""Days: every usual way to write one is read, and what could mean two days is not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.base.dates import read_date
from selfaudit.base.text import chinese_number

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def in_chinese(day: date) -> str:
    """Write a day as 二〇二三年十一月七日."""
    year = "".join("〇一二三四五六七八九"[int(figure)] for figure in str(day.year))
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


@given(days)
def test_a_day_is_read_however_it_is_written(day: date) -> None:
    y, m, d, month = day.year, day.month, day.day, f"{day:%B}"
    written = [
        day.isoformat(),
        f"{y}.{m}.{d}",
        f"{y}/{m}/{d}",
        f"{y}、{m}、{d}",
        f"{y}—{m}—{d}",
        f"{y}·{m}·{d}",
        f"{day:%Y%m%d}",
    ]
    written += [f"{y}年{m}月{d}日", f"{y} 年 {m} 月 {d} 号", in_chinese(day), in_chinese(day).replace("〇", "○")]
    written += [
        in_chinese(day).replace("〇", "零"),
        f"{y}年{chinese_number(m)}月{d}日",
        f"{in_chinese(day)} 周{'一二三四五六日'[day.weekday()]}",
    ]
    written += [
        f"{month} {d}, {y}",
        f"{d} {month} {y}",
        f"{d} {month[:3]}. {y}",
        f"{month[:3]} {d} {y}",
        f"{d}th {month} {y}",
    ]
    assert {text: read_date(text) for text in written} == dict.fromkeys(written, day.isoformat())


@given(days)
def test_a_day_whose_month_could_be_its_day_is_never_read(day: date) -> None:
    for text in (f"{day.month}/{day.day}/{day.year}", f"{day.day}/{day.month}/{day.year}", f"{day:%y.%m.%d}"):
        assert read_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "民国112年11月7日",
        "112年11月7日",
        "二〇二三年十一月",
        "二〇二三年二月三十日",
        "二〇二三年一一一月七日",
        "Mai 7, 2023",
        "二〇二三年十一月七日 周三",
    ],
)
def test_what_is_no_day_or_one_of_another_calendar_is_not_read(text: str) -> None:
    assert read_date(text) is None


@given(st.text(st.sampled_from("0123456789年月日〇一二三十廿-/. Nov,th周"), max_size=24))
def test_whatever_is_read_is_a_day(text: str) -> None:
    read = read_date(text)
    assert read is None or date.fromisoformat(read).isoformat() == read
