"""What stands in for fonts that are not installed, and which characters of a document no font can print."""

from pathlib import Path

import pytest
from lxml import etree

from selfaudit.word.office import fonts
from tests.support.templates import replaced, word_file


def program(folder: Path, name: str, said: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho '{said}'\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def document() -> bytes:
    """A document in 仿宋_GB2312 with a rare character in a name, and one that hardly any font has."""
    named = '<w:rFonts w:eastAsia="仿宋_GB2312"'
    return replaced(word_file("项目组：龚䶮明、王𫝀", "龚䶮明"), "word/styles.xml", "<w:rFonts", named)


def test_the_font_itself_comes_before_what_stands_in_for_it(tmp_path: Path) -> None:
    made = fonts.font_environment(tmp_path / "fonts")
    aliases = {one.findtext("family"): one for one in etree.parse(made["FONTCONFIG_FILE"]).iter("alias")}
    prefer = [one.text for one in aliases["仿宋_GB2312"].iterfind("prefer/family")]
    assert prefer[0] == "仿宋_GB2312"
    assert prefer.index("FandolFang R") < prefer.index("Noto Serif CJK SC")


def test_characters_without_a_glyph_are_told_with_the_name_in_which_they_are(
    document: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "fc-list", "20-7e 2014 3001-3002 ff1a 4e00-9fff\n4d00-4dbf")
    program(tmp_path / "bin", "fc-match", "20-7e 4e00-9fff")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    found = fonts.lacking([document], tmp_path)
    assert found.everywhere == {"𫝀": "王𫝀"}
    assert found.in_chosen == {"䶮": "龚䶮明"}, "another font has it"


@pytest.mark.parametrize("said", ["", "no ranges at all"])
def test_where_fonts_cannot_be_asked_nothing_is_claimed(
    document: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    (tmp_path / "bin").mkdir()
    if said:
        program(tmp_path / "bin", "fc-list", said)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert fonts.lacking([document], tmp_path) == fonts.Lacking({}, {})
