"""``register``: the body's own data, imported from its exports."""

from selfaudit.base.i18n import _
from selfaudit.cli.commands.register.importing import import_
from selfaudit.cli.commands.register.looking import list_, show_, template
from selfaudit.cli.commands.register.mapping import map_
from selfaudit.cli.verb import Family

COMMAND = Family(
    _("The body's own data: certificates, audits, auditors and whatever else the kit names, from its exports."),
    {"import": import_, "list": list_, "show": show_, "map": map_, "template": template},
)
