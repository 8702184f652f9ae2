"""``check``: asks the body's own data, and shows what came of it."""

from selfaudit.base.i18n import _
from selfaudit.cli.commands.check.deciding import decide, export, import_
from selfaudit.cli.commands.check.looking import explain, list_
from selfaudit.cli.commands.check.running import check, some
from selfaudit.cli.usage import ANY
from selfaudit.cli.verb import Family

COMMAND = Family(
    _("Data checks: what the body's own registers say; a signal is a question, not a verdict."),
    {"list": list_, "explain": explain, "decide": decide, "export": export, "import": import_, ANY: some},
    alone=check,
)
