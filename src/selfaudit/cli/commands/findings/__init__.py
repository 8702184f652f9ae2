"""``findings``: the register of findings, from what the answers report to what is closed."""

from selfaudit.base.i18n import _
from selfaudit.cli.commands.findings.looking import list_, show_
from selfaudit.cli.commands.findings.sheet import export, import_
from selfaudit.cli.commands.findings.steps import (
    add,
    assign,
    close,
    correct,
    merge,
    reopen,
    set_,
    verify,
    withdraw,
)
from selfaudit.cli.verb import Family

COMMAND = Family(
    _("The register of findings: what was reported, how it is handled, what is closed."),
    {
        "list": list_,
        "show": show_,
        "set": set_,
        "assign": assign,
        "correct": correct,
        "verify": verify,
        "close": close,
        "reopen": reopen,
        "withdraw": withdraw,
        "merge": merge,
        "add": add,
        "export": export,
        "import": import_,
    },
)
