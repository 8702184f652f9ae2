"""Language and encoding of the console."""

import json
import re
import subprocess

import pytest

from selfaudit.base.i18n import detect_language
from tests.support.campaign import Campaign
from tests.support.program import PROGRAM, environment, run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"SELFAUDIT_LANG": "zh_CN", "LANG": "en_US.UTF-8"}, "zh_CN"),
        ({"SELFAUDIT_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.GB18030", "LANG": "en_US.UTF-8"}, "zh_CN"),
        ({"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh-Hans"}, "zh_CN"),
        ({"LANG": "en_GB"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_system_unless_it_is_overridden(variables: dict[str, str], language: str) -> None:
    assert detect_language(variables) == language
    said = run("--help", env=environment(None, **variables)).out
    assert ("Usage: " in said) == (language == "en")
    assert ("用法" in said) == (language == "zh_CN")


def test_lang_overrides_the_variable_wherever_it_stands() -> None:
    chinese = environment("zh_CN")
    assert run("--lang", "en", "checklist", "list", env=chinese).out.startswith("Kit ")
    assert run("--lang=en", "checklist", "list", env=chinese).out.startswith("Kit ")
    assert "方案包" in run("--lang", "zh_CN", "checklist", "list").out


def test_a_language_that_is_not_there_is_wrong_usage() -> None:
    ran = run("--lang", "klingon", "checklist", "list")
    assert ran.code == 2
    assert "zh_CN" in ran.err


def test_a_variable_that_names_no_language_is_told() -> None:
    ran = run("--version", env={**environment("en"), "SELFAUDIT_LANG": "cn"})
    assert (ran.code, "SELFAUDIT_LANG=cn is no language that there is; known: zh_CN, en." in ran.err) == (0, True)


def test_in_chinese_nothing_is_left_in_english(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三", answers={"2.2": "不适用"}))
    campaign.receive("空.yaml", "")
    for command in (["collect"], ["status"], ["issue"], ["validate"], ["findings", "list"], ["contradictions", "list"]):
        ran = campaign.run(*command, env=environment("zh_CN"))
        for word in ("Next", "rejected", "missing", "error", "Nothing", "answered", "forms", "Finding"):
            assert word not in ran.said.replace("rejected/", "")


def test_wrong_usage_is_told_in_chinese_as_well() -> None:
    ran = run("colect", env=environment("zh_CN"))
    assert ran.code == 2
    assert not any(word in ran.err for word in ("No such", "command", "missing"))


def test_help_is_chinese_down_to_its_headings() -> None:
    said = run("collect", "--help", env=environment("zh_CN")).out
    for word in ("Usage", "Arguments", "Options", "Show this", "default", "inbox/)"):
        assert word not in said
    assert "选项" in said


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
def test_a_console_of_any_encoding_shows_what_it_can(campaign: Campaign, encoding: str) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三", answers={"2.2": "✔是😀"}))
    for command in (["collect"], ["status", "--json"], ["status"]):
        done = subprocess.run(
            [*PROGRAM, *command],
            cwd=campaign.root,
            env=environment("zh_CN", PYTHONIOENCODING=encoding),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode in (0, 1)
        assert b"Traceback" not in done.stderr
        said = (done.stdout + done.stderr).decode(encoding)
        assert said.strip()
        if encoding == "gbk" and command == ["status"]:
            assert "技术部" in said


def test_without_any_locale_chinese_names_still_come_through(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三"))
    env = {
        key: value
        for key, value in environment(None, LC_ALL="C").items()
        if key not in ("PYTHONUTF8", "PYTHONIOENCODING")
    }
    done = subprocess.run(
        [*PROGRAM, "collect", "--json"], cwd=campaign.root, env=env, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert "inbox/张三.yaml" in done.stdout.decode()


def test_columns_line_up_with_full_width_characters(answered_campaign: Campaign) -> None:
    def width(text: str) -> int:
        return sum(2 if ord(char) > 0x2E80 else 1 for char in text)

    lines = answered_campaign.run("status").out.splitlines()
    table = lines[1 : lines.index("")]
    assert len({width(line) for line in table}) == 1


EVIL = "\x1b[31m红\nerror: forged\r\u202e\x9b2J"


def test_a_name_neither_steers_the_terminal_nor_looks_like_a_message(answered_campaign: Campaign) -> None:
    answered_campaign.edit("roster.yaml", "name: 王五", f"name: {json.dumps(EVIL)}")
    answered_campaign.edit("campaign.yaml", "title: 小型自查", f"title: {json.dumps(EVIL)}")
    for args in (
        ["validate", "--all"],
        ["issue"],
        ["status"],
        ["status", "--of", "P3"],
        ["remind"],
        ["paper", "print"],
        ["answer", "waive", "P3", "--reason", EVIL],
        ["journal", "list"],
        ["report"],
        ["collect", EVIL],
        ["roster", "check", EVIL],
        ["paper", "match", EVIL],
        ["template", "lint", EVIL],
        ["checklist", "show", EVIL],
        ["status", "--of", EVIL],
        ["status", "--html", f"nowhere/{EVIL}/x.html", "--json"],
        [EVIL],
    ):
        said = answered_campaign.run(*args).said
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", said), args
        assert not re.search("^error: forged", said, re.MULTILINE), args
