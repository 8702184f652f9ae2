"""Runs a program for whoever holds the other end of our standard input, without a network and while they live.

This is started as a file of its own, by its path, and uses nothing but the standard library. The program and all it
starts are ended when standard input closes, which is what happens to a pipe when its other end is killed, too.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""Flags of Linux's ``unshare``: namespaces of our own, which any user may have, if the administrator lets them."""

_ROOT_FIRST = ("snap", "flatpak")
"""Programs that become root before they run another one, which they cannot do in such a namespace."""


def main(command: list[str]) -> int:
    """Run a program to its end and return its exit code."""
    if sys.platform == "linux" and Path(command[0]).resolve().name not in _ROOT_FIRST:
        _leave_network()
    # a group of its own, because what is started here starts others
    process = subprocess.Popen(  # noqa: S603 - its own command
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=_end_when_closed, args=[process], daemon=True).start()
    code = process.wait()
    _end(process)
    return code


def _leave_network() -> None:
    """Move to a namespace without a network, where that is allowed; elsewhere there are the settings of LibreOffice."""
    user, group = os.getuid(), os.getgid()
    with suppress(OSError, AttributeError):
        if ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK) == 0:
            for file, text in (
                ("setgroups", "deny"),
                ("uid_map", f"{user} {user} 1"),
                ("gid_map", f"{group} {group} 1"),
            ):
                Path(f"/proc/self/{file}").write_text(text, encoding="ascii")


def _end_when_closed(process: subprocess.Popen[bytes]) -> None:
    sys.stdin.buffer.read()
    _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with everything that it started."""
    if sys.platform == "win32":
        taskkill = shutil.which("taskkill") or "taskkill"
        subprocess.run([taskkill, "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
