"""Why the system refused a file, in words that people know."""

import errno

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Term

_REASONS = {
    errno.ENOENT: N_("there is no such file"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("access is denied"),
    errno.EROFS: N_("nothing can be written there"),
    errno.ENOSPC: N_("there is no space left"),
}


def reason_of(exc: OSError) -> Term | str:
    """Return why the system refused something; what is rare as the system says it."""
    known = _REASONS.get(exc.errno or 0)
    return Term(known) if known else str(exc.strerror or exc)
