"""The Chinese catalogue: one word for one thing, and no English placeholder in a Chinese sentence."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import selfaudit

PO = Path(selfaudit.__file__).parent / "locales" / "zh_CN" / "LC_MESSAGES" / "selfaudit.po"
LABELS = {"Campaign", "Plan of action of the self-audit"}
"""What forms print, which are read back, and a title that notices prescribe."""


def sentences() -> list[tuple[str, str]]:
    """Return every message with its translation, those that depend on a count once for each form."""
    with PO.open("rb") as stream:
        catalog = read_po(stream)
    found = []
    for message in catalog:
        one = message.id if isinstance(message.id, str) else message.id[0] if message.id else ""
        several = [message.string] if isinstance(message.string, str) else list(message.string or ())
        found += [(one, text) for text in several if one]
    return found


@pytest.mark.parametrize(
    ("other", "word"),
    [("催报", "催办"), ("自查行动", "自查"), ("机构人员表", "名册"), ("人员名单", "名册"), ("花名册", "名册")],
)
def test_one_thing_has_one_word(other: str, word: str) -> None:
    assert [text for one, text in sentences() if other in text and one not in LABELS] == [], f"write {word}"
    assert any(word in text for _, text in sentences())


def test_a_placeholder_is_in_chinese_like_the_sentence_around_it() -> None:
    everything = sentences()
    placeholders = {one for one, text in everything if re.fullmatch("[A-Z]{2,}", one) and not text.isascii()}
    assert {"NAME", "KEY", "NUMBER", "FILE"} <= placeholders
    left = re.compile(rf"(?<![A-Za-z_-])(?:{'|'.join(placeholders)})(?![A-Za-z_])")
    assert [text for _, text in everything if left.search(text)] == []
