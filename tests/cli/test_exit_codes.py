"""Exit codes, and what a user never sees: a traceback."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from selfaudit.workflow import validate
from selfaudit.workflow.export import export
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.folders import plant
from tests.support.program import Ran, run

Inside = Callable[..., Ran]


def test_done_is_0(new_campaign: Campaign) -> None:
    assert new_campaign.run("validate").code == 0


def test_done_with_something_to_act_on_is_1(campaign: Campaign) -> None:
    assert campaign.run("status").code == 1
    campaign.receive("空.yaml", "")
    assert campaign.run("collect").code == 1


def test_input_that_the_user_can_fix_is_3(new_campaign: Campaign) -> None:
    ran = new_campaign.run("collect")
    assert ran.code == 3
    assert "no form of this campaign has been issued yet" in ran.err
    assert "Run selfaudit issue first." in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["colect"], "There is no command colect. Did you mean collect?"),
        (["paper", "qqq"], "There is no command qqq.\n"),
        (["roster", "template", "a.xlsx", "b.xlsx"], "Unexpected arguments: b.xlsx"),
        (["status", "--json=yes"], "“--json” takes no value."),
        (["init"], "“DIR” is missing."),
        (["contradictions", "resolve", "张三", "--choose", "1", "--by", "甲"], "“--reason” is missing."),
        (["status", "--hmtl", "x"], "There is no option --hmtl. Did you mean"),
        (["export", "--format", "pdf"], "“--format” must be one of: yaml, json, csv, xlsx"),
        (["remind", "--stage", "third"], "“--stage” must be one of: first, second, last, escalation"),
        (["paper", "match", "a.pdf", "--page", "0"], "“--page” must be a whole number, 1 or more."),
        (
            ["contradictions", "resolve", "张三", "--choose", "x", "--by", "甲", "--reason", "乙"],
            "“--choose” must be a whole number.",
        ),
        (["collect", "--campaign"], "“--campaign” needs a value."),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_wrong_and_how_to_get_help(
    args: list[str], says: str, tmp_path: Path
) -> None:
    ran = run(*args, cwd=tmp_path)
    assert ran.code == 2
    assert says in ran.err
    assert "--help" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    "args",
    [
        ["colect"],
        ["status", "--hmtl"],
        ["status", "--json=yes"],
        ["collect", "--campaign"],
        ["roster", "template", "a", "b"],
        ["paper", "match"],
        ["remind", "--stage", "third"],
        ["paper", "match", "a.pdf", "--page", "0"],
        ["demo", "--seed", "x"],
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_console(args: list[str], inside: Inside) -> None:
    ran = inside("--lang", "zh_CN", *args)
    assert ran.code == 2
    said, _, how = ran.err.partition("\n")
    assert how.strip().endswith("--help")
    words = set(re.findall(r"(?<![-\w.])[A-Za-z]{2,}", said))
    assert not words - {*args, "collect", "SCAN", "first", "second", "last", "escalation"}


def test_no_command_at_all_shows_the_help_and_is_2() -> None:
    ran = run()
    assert ran.code == 2
    for command in ("init", "issue", "collect", "status"):
        assert f"  {command} " in ran.out


@pytest.mark.parametrize("command", [[], ["collect"], ["roster"], ["roster", "check"], ["findings", "export"]])
def test_help_is_0(command: list[str]) -> None:
    ran = run(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: selfaudit")


def test_the_version_is_printed() -> None:
    ran = run("--version")
    assert ran.code == 0
    assert ran.out.startswith("selfaudit 0.")


def test_a_mistake_of_ours_is_4_in_one_line_with_the_log_named(
    new_campaign: Campaign, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("some detail of 330106199001011234")

    monkeypatch.setattr(validate, "validate_campaign", broken)
    ran = inside("validate", new_campaign.root)
    assert ran.code == 4
    assert ran.out == ""
    (line,) = ran.err.splitlines()
    assert "a bug in selfaudit (ZeroDivisionError: some detail of ****1234)" in line
    log = Path(line.rpartition(" ")[2])
    text = log.read_text(encoding="utf-8")
    assert "Traceback (most recent call last)" in text
    assert "in broken" in text
    assert "330106" not in text


def test_a_mistake_of_ours_stays_one_line_whatever_its_text(
    new_campaign: Campaign, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("several\nlines\n" * 50)

    monkeypatch.setattr(validate, "validate_campaign", broken)
    ran = inside("validate", new_campaign.root)
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 1


def test_interrupted_is_130_and_says_that_nothing_is_lost(
    new_campaign: Campaign, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(validate, "validate_campaign", interrupted)
    ran = inside("validate", new_campaign.root)
    assert ran.code == 130
    assert "What was saved stays, and nothing is half saved." in ran.err


# -- what a name given on the command line can do wrong ----------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        ["export", "-o", "inbox"],
        ["export", "--format", "xlsx", "-o", "inbox"],
        ["findings", "export", "-o", "inbox"],
        ["status", "--html", "inbox"],
        ["roster", "template", "inbox"],
        ["export", "--format", "csv", "-o", "campaign.yaml/x.csv"],
    ],
)
def test_a_place_that_cannot_be_written_to_is_a_mistake_of_the_user(
    answered_campaign: Campaign, args: list[str]
) -> None:
    ran = answered_campaign.run(*args)
    assert ran.code == 3, ran.said
    assert args[-1].partition("/")[0] in ran.err


def test_a_file_that_another_program_holds_open_is_a_mistake_of_the_user(
    answered_campaign: Campaign, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path, *_rest: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(export, "write_xlsx", held)
    ran = inside("export", "--format", "xlsx", "-o", "answers.xlsx", "--campaign", answered_campaign.root)
    assert ran.code == 3
    assert "answers.xlsx" in ran.err
    assert "access is denied" in ran.err


@pytest.mark.slow
def test_nothing_ever_asks_a_question_when_nobody_is_there_to_answer(campaign: Campaign) -> None:
    # `run` closes standard input; a prompt would end in an error or hang
    for command in (["issue"], ["collect"], ["status"], ["validate"], ["contradictions", "list"], ["findings", "list"]):
        assert campaign.run(*command).code in (0, 1)


# -- --json --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ["validate"],
        ["issue"],
        ["collect"],
        ["status"],
        ["status", "--of", "张三"],
        ["contradictions", "list"],
        ["findings", "list"],
        ["checklist", "list"],
        ["checklist", "show", "fake-cert-2023"],
        ["template", "list"],
        ["template", "vars"],
    ],
)
def test_json_is_all_that_stands_on_the_output_and_ends_with_the_same_code(
    answered_campaign: Campaign, command: list[str]
) -> None:
    shown = answered_campaign.run(*command)
    ran = answered_campaign.run(*command, "--json")
    assert isinstance(ran.data, list | dict)
    assert ran.err == ""
    assert ran.code == shown.code


def test_json_ends_with_1_when_there_is_something_contradictory(campaign: Campaign) -> None:
    campaign.receive("甲.yaml", campaign.filled("张三", answers={"2.2": "不适用"}, notes={"2.2": "无"}, by="甲"))
    campaign.receive("乙.yaml", campaign.filled("张三", by="乙"))
    campaign.run("collect")
    assert campaign.run("contradictions", "list").code == 1
    assert campaign.run("contradictions", "list", "--json").code == 1


def test_every_json_names_a_gap_by_code_and_message(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三", answers={"2.2": "不适用"}))
    collected = campaign.run("collect", "--json").data["files"][0]["gaps"]
    status = campaign.run("status", "--json").data["incomplete"][0]["gaps"]
    history = campaign.run("status", "--of", "张三", "--json").data["events"][0]["gaps"]
    for gaps in (collected, status, history):
        assert [(gap["code"], gap["message"]) for gap in gaps] == [
            ("form.no-reason", "does not apply, but no reason is given: 2.2")
        ]


def test_a_user_error_with_json_leaves_the_output_empty(campaign: Campaign) -> None:
    ran = campaign.run("findings", "show", "nothing", "--json")
    assert (ran.code, ran.out) == (3, "")
    assert "there is no finding “nothing”" in ran.err


def test_json_of_a_finding_holds_what_was_reported(answered_campaign: Campaign) -> None:
    (finding,) = answered_campaign.run("findings", "list", "--json").data
    assert finding["fact"] == FINDING["fact"]
    assert answered_campaign.run("findings", "show", finding["id"], "--json").data == {
        **finding,
        "history": [],
        "signals": [],
    }


def test_names_that_a_script_may_pass_are_taken_literally(campaign: Campaign) -> None:
    plant(campaign.root / "in [1]", {"*.yaml": campaign.filled("张三")})
    ran = campaign.run("collect", "in [1]", "--json")
    assert [file["outcome"] for file in ran.data["files"]] == ["new"]
