"""What it is to be an ordinary user: tests may run as root, who may write everywhere."""

import ctypes
import os
from pathlib import Path

_PR_CAPBSET_DROP = 24
_DAC_OVERRIDE, _DAC_READ_SEARCH, _FOWNER = 1, 2, 3
_VERSION = 0x20080522
_SOMEBODY_ELSE = 65534


def ordinary() -> None:
    """Give up root's right to write everywhere, for this process and every program that it starts."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for right in (_DAC_OVERRIDE, _DAC_READ_SEARCH, _FOWNER):
            if libc.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "this right cannot be given up")
        head, held = (ctypes.c_uint32 * 2)(_VERSION, 0), (ctypes.c_uint32 * 6)()
        libc.capget(head, held)
        # effective, permitted and inheritable rights, the first 32 of each
        for n in range(3):
            held[n] &= ~(1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH | 1 << _FOWNER)
        if libc.capset(head, held) != 0:
            raise OSError(ctypes.get_errno(), "these rights cannot be given up")


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
