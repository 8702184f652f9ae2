"""What every command has in common: exit codes, errors shown as they should be, the campaign it works on."""

import errno
import functools
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import typer
from typer.exceptions import TyperException

from selfaudit import __version__
from selfaudit.base.i18n import _
from selfaudit.base.mask import masked_within
from selfaudit.base.problems import UserError, Where
from selfaudit.base.trouble import reason_of
from selfaudit.cli import show
from selfaudit.cli.signals import Ended

if TYPE_CHECKING:
    from selfaudit.store.workspace import Workspace

DONE, TO_ACT_ON, USAGE, INPUT, BUG, INTERRUPTED = 0, 1, 2, 3, 4, 130
"""Done; done, and there is something to act on; wrong usage; input the user can fix; our bug; interrupted."""

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Family:
    """Commands that share a name, such as ``paper print`` and ``paper match``, in the order of the help.

    The one called ``ANY`` takes every other name. ``alone`` is what the name does without one of them; most only show
    the help.
    """

    help: str
    verbs: Mapping[str, Callable[..., None]]
    alone: Callable[..., None] | None = None


def verb(command: Callable[P, int | None]) -> Callable[P, None]:
    """Turn a function that returns an exit code into a command that never shows a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        raise typer.Exit(guarded(lambda: command(*args, **kwargs)))

    return run


def guarded(action: Callable[[], int | None]) -> int:
    """Run an action and return the exit code that fits how it ended."""
    try:
        code = action() or DONE
        sys.stdout.flush()
    except UserError as exc:
        show.problems(exc.problems)
        return INPUT
    except BrokenPipeError:
        # the reader of our output has seen enough; keep the interpreter from complaining at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (KeyboardInterrupt, typer.Abort) as exc:
        # the terminal may be gone
        with suppress(OSError):
            show.message(_("Interrupted. What was saved stays, and nothing is half saved. To go on, run it again."))
        return exc.code if isinstance(exc, Ended) else INTERRUPTED
    except (typer.Exit, TyperException):
        raise
    except OSError as exc:
        if exc.filename is None:
            # a closed pipe on Windows
            return DONE if exc.errno == errno.EINVAL else _bug(exc)
        text = _("{path} cannot be read or written: {reason}").format(path=exc.filename, reason=_(reason_of(exc)))
        show.message(f"{text}\n    → " + _("Close it in other programs; check permissions and free space."))
        return INPUT
    except Exception as exc:  # noqa: BLE001 - the one place where our bugs end, as the message says
        return _bug(exc)
    return code


def _bug(exc: Exception) -> int:
    if type(exc).__module__ == "sqlite3" and type(exc).__name__ in ("DatabaseError", "OperationalError"):
        return _ledger_trouble(exc)
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="selfaudit-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(f"selfaudit {__version__}, Python {sys.version}\n")
        # what was read may be about persons, and an exception may quote it
        log.write(masked_within("".join(traceback.format_exception(exc))))
    told = "; ".join([" ".join(masked_within(str(exc)).split())[:200], *getattr(exc, "__notes__", ())])
    text = _("This is a bug in selfaudit ({kind}: {text}). Please report it with the file {log}")
    show.message(text.format(kind=type(exc).__name__, text=told, log=log.name))
    return BUG


def _ledger_trouble(exc: Exception) -> int:
    if type(exc).__name__ == "DatabaseError":
        from selfaudit.store.layout import Layout
        from selfaudit.store.ledger.ledger import DAMAGED

        show.problems([DAMAGED(Where(Layout.LEDGER), detail=exc)])
    else:
        show.message(_("campaign.db cannot be read or written: {reason}").format(reason=exc))
    return INPUT


def search_start(campaign: Path | None) -> Path:
    """Return the folder from which the campaign is searched; one that was named must be a campaign itself."""
    if campaign is None:
        return Path.cwd()
    from selfaudit.store.workspace import NO_CAMPAIGN, Workspace

    inside = Workspace.in_archive(campaign)
    if not Workspace(inside).plan_file.is_file():
        raise UserError(NO_CAMPAIGN(folder=campaign))
    return inside


def find_campaign(campaign: Path | None) -> "Workspace":
    """Return the campaign that was named, else the one found by searching upwards from the current folder.

    Tells what makes its ledger doubtful; a ledger of another campaign stops the command.
    """
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.common.soundness.quick import doubts

    workspace = Workspace.find(search_start(campaign))
    show.problems(doubts(workspace))
    return workspace
