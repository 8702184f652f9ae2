"""README, handbook and CONTRIBUTING tell of commands, files and functions that exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from selfaudit.cli.app import COMMANDS, build, command
from selfaudit.cli.usage import ANY
from selfaudit.reports.documents import documents_of
from selfaudit.store.kits import kit_folder, kit_names, load_kit

ROOT = Path(__file__).resolve().parent.parent
PAIRS = [("README.md", "README.zh-CN.md"), ("docs/guide.md", "docs/guide.zh-CN.md")]
GUIDES = [name for pair in PAIRS for name in pair]
PROSE = [*GUIDES, "CONTRIBUTING.md", "SECURITY.md", "docs/releasing.md"]
PROGRAM = re.compile(r"^(?:\$ )?(?:\S*[/\\])?selfaudit (.*)$")
BLOCK = re.compile(r"(?ms)^```.*?\n(.*?)^```$")


def calls(name: str) -> Iterator[list[str]]:
    """Yield the words of every command line that a document quotes, without the program's name and remarks."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = [line for block in re.findall(BLOCK, text) for line in block.splitlines()]
    spans = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", re.sub(BLOCK, "", text))]
    for line in (*blocks, *spans):
        if found := PROGRAM.match(line):
            yield shlex.split(found[1], comments=True)


def meant(words: list[str]) -> tuple[Any, list[str], str]:
    """Return the command that words call, the options among them, and the command's full name."""
    if words[0].startswith("-"):
        return build(), words, ""
    called, rest = command(words[0]), words[1:]
    verbs = getattr(called, "commands", {})
    if rest and rest[0] in verbs:
        return verbs[rest[0]], rest[1:], " ".join(words[:2])
    return called, rest, words[0]


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_and_verb_in_a_guide_exists(name: str) -> None:
    # the documents and data checks of shipped kits stand for all others
    own = {name for kit in kit_names() for name in documents_of(load_kit(kit_folder(kit)).usable().plan)}
    own |= {path.stem for kit in kit_names() for path in kit_folder(kit).glob("data-checks/*.yaml")}
    for words in calls(name):
        assert words[0] in COMMANDS or words[0].startswith("-"), words
        verbs = getattr(command(words[0]), "commands", {}) if words[0] in COMMANDS else {}
        known = {*verbs, *(own if ANY in verbs else ())}
        assert not verbs or len(words) == 1 or words[1] in known or words[1].startswith("-"), words


@pytest.mark.parametrize("name", GUIDES)
def test_every_option_in_a_guide_is_one_of_its_command(name: str) -> None:
    for words in calls(name):
        called, rest, _ = meant(words)
        known = {option for parameter in called.params for option in parameter.opts} | {"--help"}
        assert {word for word in rest if word.startswith("-") and word != "-"} <= known, words


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_both_languages_tell_of_the_same_commands(pair: tuple[str, str]) -> None:
    told = [
        {(meant(words)[2], *(word for word in words if word.startswith("-"))) for words in calls(name)} for name in pair
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_both_languages_have_the_same_sections_code_tables_and_pictures(pair: tuple[str, str]) -> None:
    shapes = [re.findall(r"(?m)^(?:#+ |```\w*|\|-)|!\[", (ROOT / name).read_text("utf-8")) for name in pair]
    assert shapes[0] == shapes[1]


def test_the_handbook_shows_every_command_at_work() -> None:
    shown = {words[0] for words in calls("docs/guide.md")}
    assert set(COMMANDS) <= shown


def anchor(title: str) -> str:
    """Return the anchor that a forge gives to a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", PROSE)
def test_every_link_leads_to_a_file_or_a_section_that_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, section = target.partition("#")
        if "://" not in target:
            aim = (ROOT / name).parent / path if path else ROOT / name
            assert aim.exists(), target
            titles = re.findall(r"(?m)^#+ (.*)|<a id=\"(.*?)\">", aim.read_text("utf-8")) if section else []
            assert not section or section in {anchor(title) or by_hand for title, by_hand in titles}, target


def test_contributing_sends_nobody_to_a_file_that_is_not_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = [ROOT, ROOT / "src" / "selfaudit"]
    named = re.findall(r"`((?:\w+/)+[\w./]*|\w+\.(?:py|md|toml))`", text)
    assert len(named) > 15
    assert [path for path in named if not any((room / path).exists() for room in rooms)] == []


def test_the_walk_through_the_code_takes_steps_that_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    steps = re.findall(r"(?m)^\| \d+ \| `(\S+\.py): (\w+)` \|", text)
    assert len(steps) >= 15
    for path, name in steps:
        source = (ROOT / "src" / "selfaudit" / path).read_text(encoding="utf-8")
        assert re.search(rf"^\s*(?:def|class) {name}\b", source, re.MULTILINE), (path, name)


def test_the_tree_of_rooms_names_every_room() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tree = re.search(r"(?s)\nsrc/selfaudit/\n(.*?)\nchecklists/", text)
    assert tree
    rooms = {path.parent.name for path in (ROOT / "src" / "selfaudit").rglob("*.py")} - {"selfaudit", "page"}
    assert rooms - set(re.findall(r"\b(\w+)/", tree[1])) == set()


@pytest.mark.parametrize("name", PROSE)
def test_no_line_is_too_long_to_read_or_to_compare(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 100 and not line.startswith("|")] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "images").glob("*")), ids=lambda path: path.name)
def test_pictures_are_small(path: Path) -> None:
    assert path.stat().st_size <= 150 * 1024
