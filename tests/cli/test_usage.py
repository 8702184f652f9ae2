"""What is taken for granted of typer's insides, and what help and complaints look like."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main
import typer.testing

from selfaudit.cli.app import COMMANDS as ORDER
from selfaudit.cli.app import build
from selfaudit.cli.app import command as root_command
from selfaudit.cli.app import run as call
from selfaudit.cli.commands.similar import running
from selfaudit.cli.help import hanging
from selfaudit.cli.show import width
from selfaudit.cli.usage import Command, Group, _called, _Value
from selfaudit.model.casefiles.settings import Settings
from tests.support.program import environment, run


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command with its path."""
    yield path, command
    if isinstance(command, Group):
        for name in command.commands or ORDER:
            yield from commands(command.commands.get(name) or root_command(name), (*path, name))


COMMANDS: dict[tuple[str, ...], Any] = dict(commands(build()))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_parameter_has_a_text_and_a_name_in_plain_words(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert isinstance(command, (Command, Group))
    assert command.help
    params: list[Any] = command.params
    for param in params:
        assert param.help, param.name
        assert param.metavar or param.type_descriptor.choices or param.is_flag, param.name


NEEDY = [path for path, command in COMMANDS.items() if any(param.required for param in command.params)]


@pytest.mark.parametrize("path", NEEDY, ids=" ".join)
def test_a_command_line_without_what_it_needs_says_what_is_missing(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["--lang", "en", *path]) == 2
    told = capsys.readouterr()
    first = next(param for param in COMMANDS[path].params if param.required)
    assert told.err.startswith(f"“{_called(first)}” is missing.\n    → selfaudit {' '.join(path)} --help")
    assert told.out == ""


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_value_is_of_a_kind_that_is_read_by_hand(path: tuple[str, ...]) -> None:
    for param in COMMANDS[path].params:
        kind = _Value(param)._kind
        assert kind.__name__ in ("bool", "str", "int", "Path") or param.type_descriptor.choices, param.name
        assert hasattr(param, "_runtime_param")


def test_typer_reads_no_value_by_pydantic() -> None:
    code = """
import sys
from selfaudit.cli import app
from selfaudit.cli.commands import export
assert app.run(["--lang", "en", "export", "--format", "csv", "-o", "x", "--campaign", ".", "--help"]) == 0
assert app.run(["--lang", "en", "export", "--format", "csv", "-o", "x", "y"]) == 2
print([name for name in sys.modules if name.partition(".")[0] in ("pydantic", "rich")])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("args", "english", "chinese"),
    [
        (["collec"], "There is no command collec. Did you mean collect?", "没有命令 collec。是不是 collect？"),
        (["remind", "--onyl", "x"], "Did you mean --only?", "是不是 --only？"),
        (["-x"], "There is no option -x.", "没有选项 -x。"),
        (["paper", "match"], "“SCAN” is missing.", "缺少“扫描件”。"),
        (["paper", "match", "a", "--page", "x"], "“--page” must be a whole number.", "“--page”必须是整数。"),
        (["status", "--json=yes"], "“--json” takes no value.", "“--json”后面不带值。"),
        (["status", "--of"], "“--of” needs a value.", "“--of”后面缺少值。"),
        (["init", "a", "b"], "Unexpected arguments: b", "这里多出了：b"),
    ],
)
def test_wrong_usage_is_told_in_both_languages_with_the_help_of_that_very_command(
    args: list[str], english: str, chinese: str
) -> None:
    for language, text in (("en", english), ("zh_CN", chinese)):
        ran = run(*args, env=environment(language))
        assert ran.code == 2
        assert text in ran.err
        path = " ".join(["selfaudit", *args[: {"paper": 2, "status": 1, "init": 1, "remind": 1}.get(args[0], 0)]])
        assert ran.err.endswith(f"    → {path} --help\n")


@pytest.mark.parametrize(
    ("words", "given"),
    [
        # as it would be without it as well
        (("similar", "--least", "30", "-o", "a.xlsx", "list"), "--least, --output"),
        (("check", "--json", "--as-of", "2026-01-01", "explain"), "--as-of, --json"),
    ],
)
def test_options_before_the_name_of_a_command_are_not_ignored(words: tuple[str, ...], given: str) -> None:
    ran = run(*words)
    told = f"Put {given} after “{words[-1]}”.\n    → selfaudit {words[0]} --help\n"
    assert (ran.code, ran.err) == (2, told)


def test_only_who_compares_case_files_waits_for_arrays_and_dataflows() -> None:
    code = """import sys
from selfaudit.cli import app
import selfaudit.workflow.status
app.run(["--lang", "en", "similar", "--help"])
print([name for name in sys.modules if name in ("numpy", "daft", "ray", "pyarrow")])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_thresholds_are_those_of_a_comparison_unless_somebody_says_otherwise() -> None:
    usual = Settings()
    shares = (round(100 * usual.least), round(100 * usual.template_share), usual.passage)
    assert shares == (running.LEAST, running.TEMPLATE, running.PASSAGE)


def test_what_typer_raises_bears_what_the_complaints_are_made_of() -> None:
    app = typer.Typer(add_completion=False)

    @app.command()
    def one(flag: bool = False, value: str = "") -> None:  # noqa: FBT001, FBT002 - an option
        del flag, value

    for args in (["--nothing"], ["--flag=x"], ["--value"]):
        with pytest.raises(typer.exceptions.TyperException) as told:
            typer.main.get_command(app)(args, standalone_mode=False)
        assert told.value.option_name == args[0].partition("=")[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("path", [(), ("remind",), ("paper", "match"), ("report",)], ids=" ".join)
def test_a_help_page_has_no_line_wider_than_the_terminal_and_no_type(language: str, path: tuple[str, ...]) -> None:
    said = run(*path, "--help", env=environment(language, COLUMNS="72")).out
    assert max(map(width, said.splitlines())) <= 72
    assert not re.search(r"[<{]|list\[|x>=", said)


HELPS = """
import typer
from selfaudit.base.i18n import set_console_language
set_console_language("zh_CN")
from selfaudit.cli.app import COMMANDS, build, command
from selfaudit.cli.usage import PROGRAM, Group

def pages(called, parent, name):
    ctx = typer.Context(called, parent=parent, info_name=name)
    page = called.described(ctx)
    for row in [("", page.text), *page.arguments, *page.options, *page.commands]:
        print(ctx.command_path, *(" ".join(text.split()) for text in row), sep="\\t")
    if isinstance(called, Group):
        for each, inner in (called.commands or {each: command(each) for each in COMMANDS}).items():
            pages(inner, ctx, each)

pages(build(), None, PROGRAM)
"""


def test_in_chinese_every_text_of_every_help_page_is_chinese() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELPS], capture_output=True, text=True, check=True, env=environment("zh_CN")
    )
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) > 500
    assert [row for row in rows if not re.search("[一-鿿]", row[-1])] == []


def test_help_in_chinese_has_names_in_chinese() -> None:
    said = run("paper", "match", "--help", env=environment("zh_CN")).out
    assert "用法：selfaudit paper match [选项] 扫描件..." in said
    assert "--campaign 文件夹" in said


def test_a_chinese_line_is_broken_between_characters_and_never_before_a_stop() -> None:
    assert list(hanging("  ", "一二三四五，六七", 2, 12)) == ["  一二三四", "  五，六七"]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("selfaudit col", "collect"),
        ("selfaudit paper ", "print match dismiss confirm"),
        ("selfaudit paper match --ca", "--campaign"),
        ("selfaudit export --format ", "yaml json csv xlsx parquet"),
        ("selfaudit collect ", ""),
    ],
)
def test_a_shell_is_told_what_a_word_may_become_without_rich(typed: str, completed: str) -> None:
    words = typed.split(" ")
    code = "import sys\nfrom selfaudit.cli import app\ntry: app.run([])\nfinally: assert 'rich' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(
            _SELFAUDIT_COMPLETE="complete_bash", COMP_WORDS="\n".join(words), COMP_CWORD=str(len(words) - 1)
        ),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == completed.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_the_script_for_a_shell_is_printed(shell: str) -> None:
    ran = run("--show-completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert "_SELFAUDIT_COMPLETE" in ran.out
