"""How a process begins that reads what others sent: in our language, ending with us, with a limit to its memory."""

import multiprocessing
import os
import signal
import threading
from pathlib import Path

from selfaudit.base.i18n import set_console_language

MEMORY = 2 * 1024**3
"""Bytes of address space that a reading process may take, where the system can limit it."""


def begin(language: str) -> None:
    """Begin a reading process."""
    set_console_language(language)
    # a thread needs memory of its own, so it starts before there is a limit
    _belong_to_parent()
    _limit_memory()


def _limit_memory() -> None:
    """Let this process have so much memory and no more, where the system can limit it."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = MEMORY + _address_space(resource.getpagesize())
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _address_space(page: int) -> int:
    """Return the bytes of address space in use, where the system tells: a child begins with that of its parent."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * page
    except (OSError, ValueError):
        return 0


def _belong_to_parent() -> None:
    """End this process when the one that started it ends, in whatever way; a closed terminal is that one's matter."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
