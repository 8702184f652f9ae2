"""Keep ``docs/cli.md`` as the program is: ``python scripts/cli_docs.py [check]``; ``check`` writes nothing."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from selfaudit.cli.app import COMMANDS, build, command
from selfaudit.cli.usage import PROGRAM, Group

FILE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
HEAD = """# Commands

Every command with its arguments and options, as `selfaudit COMMAND --help` prints them. This file is written by
`make docs`; change the program, not the file. How the commands follow each other is told in [guide.md](guide.md).

A campaign is found by searching upwards from the current folder, unless `--campaign` names it. Results go to standard
output and messages to standard error. With `--json` standard output is JSON and nothing else.

## Exit codes

| code | meaning |
|---|---|
| 0 | done |
| 1 | done, and there is something to act on: the output says what |
| 2 | wrong usage: nothing was done |
| 3 | an input that you can fix, or a file that cannot be read or written |
| 4 | a bug in selfaudit; a log is written and its name printed |
| 129, 143 | ended by SIGHUP or SIGTERM; everything done so far is kept |
| 130 | interrupted by Ctrl-C; everything done so far is kept |

## Completion with the Tab key

`selfaudit --show-completion SHELL` prints a script with which a shell completes commands and options. Let the shell run
it when it starts:

| shell | what to do once |
|---|---|
| bash | add `eval "$(selfaudit --show-completion bash)"` to `~/.bashrc` |
| zsh | add `eval "$(selfaudit --show-completion zsh)"` to `~/.zshrc`, after `compinit` |
| fish | `selfaudit --show-completion fish > ~/.config/fish/completions/selfaudit.fish` |
| PowerShell | `selfaudit --show-completion powershell >> $PROFILE` |
"""


def reference() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *_sections(build(), None, PROGRAM), ""])


def _sections(called: Any, parent: Any, name: str) -> Iterator[str]:
    """Yield the section of a command and of those below it."""
    ctx = typer.Context(called, parent=parent, info_name=name)
    page = called.described(ctx)
    yield f"## `{ctx.command_path}`\n"
    yield f"{page.text}\n"
    yield f"    {page.usage}\n"
    for title, rows in (("argument", page.arguments), ("option", page.options), ("command", page.commands)):
        if rows:
            yield f"| {title} | |\n|---|---|"
            yield from (f"| `{_cell(row)}` | {_cell(text)} |" for row, text in rows)
            yield ""
    if isinstance(called, Group):
        below = called.commands or {each: command(each) for each in COMMANDS}
        for each, inner in below.items():
            yield from _sections(inner, ctx, each)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the page, or return whether it is up to date."""
    if sys.argv[1:] == ["check"]:
        old = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
        if old != reference():
            print("docs/cli.md is out of date; run `make docs`")
            return 1
        return 0
    FILE.write_text(reference(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
