"""What it is to be an ordinary user: tests may run as root, who may write everywhere."""

import ctypes
import os
from pathlib import Path

_PR_CAPBSET_DROP = 24
_DAC_OVERRIDE, _DAC_READ_SEARCH, _FOWNER = 1, 2, 3
_SOMEBODY_ELSE = 65534


def ordinary() -> None:
    """Give up root's right to write everywhere, in a process that is about to start a program."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for right in (_DAC_OVERRIDE, _DAC_READ_SEARCH, _FOWNER):
            if libc.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "this right cannot be given up")


def archive(folder: Path) -> None:
    """Let nobody write into a folder, and give it to somebody else where that is possible."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
        if os.geteuid() == 0:
            os.chown(path, _SOMEBODY_ELSE, _SOMEBODY_ELSE)


def reopen(folder: Path) -> None:
    """Make a folder ours again, so that it can be removed."""
    for path in (folder, *folder.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, 0, 0)
        path.chmod(0o755)
