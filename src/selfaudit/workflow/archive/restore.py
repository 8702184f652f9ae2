"""``archive restore``: an archive becomes a campaign again, which goes on where it stopped."""

from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error, errors
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.verify import Question, Verified, verified
from selfaudit.workflow.common.writing.output import taken

UNSOUND = error(
    "archive.unsound", N_("nothing was restored"), N_("Take another copy of the archive; see archive verify.")
)
REDACTED = error(
    "archive.redacted",
    N_("this is a copy without personal data: no campaign can be made of it"),
    N_("Restore the full archive."),
)
UNPACKED = error(
    "archive.unpacked", N_("this is an unpacked archive"), N_("Restore the zip, or copy its folder data/.")
)


@dataclass(frozen=True, slots=True)
class Restored:
    """The campaign, and what was found when its archive was checked."""

    folder: Path
    verified: Verified


def restore(path: Path, folder: Path | None, question: Question) -> Restored:
    """Check an archive and unpack its campaign into a new folder; default: beside it, named as the zip is."""
    if path.is_dir():
        raise UserError(UNPACKED())
    target = folder or path.with_suffix("")
    if problems := taken(target):
        raise UserError(problems)
    target.parent.mkdir(parents=True, exist_ok=True)
    with verified(path, question, target.resolve().parent) as (found, campaign):
        if found.redacted:
            raise UserError(REDACTED())
        if errors(found.problems):
            raise UserError([*found.problems, UNSOUND()])
        secret = Workspace(campaign).secret_file
        if secret.is_file():
            secret.chmod(0o600)
        for made in Workspace(campaign).folders:
            made.mkdir(exist_ok=True)
        if target.exists():
            target.rmdir()
        campaign.rename(target)
    return Restored(target, found)
