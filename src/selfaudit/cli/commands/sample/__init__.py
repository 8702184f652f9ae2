"""``sample``: the spot check of case files."""

from selfaudit.base.i18n import _
from selfaudit.cli.commands.sample.assigning import assign, reassign
from selfaudit.cli.commands.sample.drawing import draw, extend, replace
from selfaudit.cli.commands.sample.freezing import freeze, seed
from selfaudit.cli.commands.sample.looking import explain, list_, verify
from selfaudit.cli.verb import Family

COMMAND = Family(
    _("The spot check of case files: a frozen population, a seed that nobody picked, a draw that anybody can repeat."),
    {
        "freeze": freeze,
        "seed": seed,
        "draw": draw,
        "extend": extend,
        "replace": replace,
        "assign": assign,
        "reassign": reassign,
        "list": list_,
        "explain": explain,
        "verify": verify,
    },
)
