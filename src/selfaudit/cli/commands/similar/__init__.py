"""``similar``: case files that repeat each other."""

from selfaudit.base.i18n import _
from selfaudit.cli.commands.similar.looking import list_
from selfaudit.cli.commands.similar.running import similar, some
from selfaudit.cli.commands.similar.showing import pages, show
from selfaudit.cli.usage import ANY
from selfaudit.cli.verb import Family

COMMAND = Family(
    _("Case files that repeat each other: which, how much of them, and where."),
    {"list": list_, "show": show, "pages": pages, ANY: some},
    alone=similar,
)
