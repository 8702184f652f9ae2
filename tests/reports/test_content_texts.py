"""Texts on their way into a document: masked, and worded as the language wants it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.base.mask import mask
from selfaudit.model.kit.kit import Citation
from selfaudit.reports.wording import Wording

BIRTHDAYS = st.dates(date(1930, 1, 1), date(2010, 12, 31))
AROUND = st.text(st.characters(codec="utf-8", exclude_categories=("Nd", "Lu", "Ll"), exclude_characters="- +＋"))
WORDS = st.from_regex(r"[A-Za-z_.]*", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证310101199001011234，", "身份证**************1234，"),
        ("31010119900101123X", "**************123X"),
        ("31010119900101123x.", "**************123x."),
        ("310101 19900101 1234", "****** ******** 1234"),
        ("310101900101123", "***********1123"),
        ("３１０１０１１９９００１０１１２３４", "**************１２３４"),
        ("310101199001011234 310101199002021235", "**************1234 **************1235"),
        ("手机13812345678", "手机138****5678"),
        ("138-1234-5678", "138-****-5678"),
        ("138 1234 5678", "138 **** 5678"),
        ("+86 13812345678", "+86 138****5678"),
        ("8613812345678", "86138****5678"),
        ("微信wx13812345678", "微信wx138****5678"),
        ("13812345678abc", "138****5678abc"),
        ("卡号6222021234567890128", "卡号***************0128"),
        ("6222 0212 3456 7890 128", "**** **** **** **** 128"),
        ("4111111111111111", "************1111"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("010-62345678", "010-****5678"),
        ("（021）6234 5678", "（021）**** 5678"),
        ("0512-6234567", "0512-***4567"),
        ("02162345678转8001", "021****5678转8001"),
        ("电话：62345678", "电话：****5678"),
        ("Tel. 6234567", "Tel. ***4567"),
    ],
)
def test_numbers_of_people_become_unreadable_but_for_four_digits(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有问题",
        "2023-11-07 至 2023-11-14",
        "20231107",
        "证书 016ZB17Q20001R0S",
        "证书号 00123456789012345678",
        "统一社会信用代码 91310000MA1FL5JU2X",
        "统一社会信用代码 913100001322221234",
        "流水号 6222021234567890129",
        "共 1234567 元，13800 张",
        "GB/T 19001-2016 8.5.1",
        "合同 13812345678901",
    ],
)
def test_other_numbers_stay_readable(text: str) -> None:
    assert mask(text) == text


@given(AROUND, BIRTHDAYS, st.integers(0, 999), st.sampled_from("0123456789Xx"), AROUND)
def test_no_identity_card_survives_in_any_text(before: str, born: date, serial: int, check: str, after: str) -> None:
    number = f"310101{born:%Y%m%d}{serial:03}{check}"
    masked = mask(before + number + after)
    assert number not in masked
    assert masked == f"{before}{'*' * 14}{number[-4:]}{after}"


@given(AROUND | WORDS, st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), AROUND | WORDS)
def test_no_mobile_number_survives_in_any_text(before: str, number: str, after: str) -> None:
    assert number not in mask(before + number + after)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Nd"])))
def test_a_text_without_digits_is_not_touched(text: str) -> None:
    assert mask(text) == text


@given(st.text(st.sampled_from("0123456789 -X电话：（）+a")))
def test_masking_again_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("number", "chinese"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (100, "100")]
)
def test_chapters_are_numbered_in_the_way_of_the_language(number: int, chinese: str) -> None:
    assert Wording("zh_CN").chapter(number) == chinese
    assert Wording("en").chapter(number) == str(number)


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2023-11-07", "2023年11月7日", "7 November 2023"),
        ("2023-11-07T09:05", "2023年11月7日 09:05", "7 November 2023 09:05"),
        ("2023-02-30", "2023-02-30", "2023-02-30"),
        ("", "", ""),
    ],
)
def test_dates_are_written_as_the_language_has_them(text: str, chinese: str, english: str) -> None:
    assert Wording("zh_CN").written_date(text) == chinese
    assert Wording("en").written_date(text) == english


@pytest.mark.parametrize(
    ("citation", "chinese"),
    [
        ({"cite": "《条例》", "clause": "第五条"}, "《条例》第五条〔待核实〕"),
        ({"cite": "ISO/IEC 17021-1:2015", "clause": "9.1.4", "verified": True}, "ISO/IEC 17021-1:2015 9.1.4"),
        ({"cite": "《条例》", "verified": True}, "《条例》"),
    ],
)
def test_a_citation_stands_as_readers_expect_it(citation: dict[str, Any], chinese: str) -> None:
    assert Wording("zh_CN").cite(Citation.model_validate({"id": "c", **citation})) == chinese
