"""Languages of console and documents."""

import pytest

from selfaudit.base import i18n
from selfaudit.base.i18n import (
    LANGUAGES,
    console_language,
    detect_language,
    match_language,
    ngettext,
    set_console_language,
    translator,
)


@pytest.fixture(autouse=True)
def _restored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_console", "en")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh_CN", "zh_CN"),
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh-Hans-CN", "zh_CN"),
        ("zh_TW.Big5", "zh_CN"),
        ("Chinese (Simplified)_China.936", None),
        ("en", "en"),
        ("en_GB.UTF-8@euro", "en"),
        ("EN", "en"),
        ("fr_FR", None),
        ("C.UTF-8", None),
        ("", None),
    ],
)
def test_a_locale_name_asks_for_a_language(name: str, language: str | None) -> None:
    assert match_language(name) == language


def test_an_unknown_language_falls_back_to_english() -> None:
    set_console_language("klingon")
    assert console_language() == "en"
    assert detect_language({"SELFAUDIT_LANG": "klingon", "LC_ALL": "C"}) == "en"


def test_console_and_documents_may_differ() -> None:
    set_console_language("zh_CN")
    assert i18n._("Next:") != "Next:"
    assert translator("en")("Next:") == "Next:"


def test_every_language_counts() -> None:
    for language in LANGUAGES:
        set_console_language(language)
        assert ngettext("{n} error", "{n} errors", 1).format(n=1).startswith("1 ")
        assert ngettext("{n} error", "{n} errors", 2).format(n=2).startswith("2 ")
