"""Runs the program in a process of its own, forked from one that has loaded everything already.

Starting Python, loading libraries, and preparing the command line, catalogues and templates of pages is most of what a
short command costs. What the program itself decides at its start (language, streams, signals) is left to each run.
"""

import importlib
import importlib.resources
import io
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

LATE = "selfaudit.cli"
"""The command line, whose texts are in the language in which it was loaded: any but English loads its own."""
_LENGTH = 8


class Server:
    """A process that has loaded the libraries and forks one for each run; one run at a time."""

    def __init__(self) -> None:
        """Start it."""
        self._lock = threading.Lock()
        self._connection, theirs = socket.socketpair()
        with theirs:
            handle = theirs.fileno()
            self._process = subprocess.Popen([sys.executable, __file__, str(handle)], pass_fds=[handle])
        self._connection.settimeout(120)

    def run(self, asked: Mapping[str, Any], out: int, err: int) -> int:
        """Run the program with the files ``out`` and ``err`` as its output; return its exit code.

        It is asked by its ``args``, in ``cwd`` with ``env``, with a ``umask`` or None, and ``ordinary`` or not.
        """
        request = json.dumps(asked).encode()
        with self._lock:
            socket.send_fds(self._connection, [len(request).to_bytes(_LENGTH)], [out, err])
            self._connection.sendall(request)
            return int.from_bytes(_exactly(self._connection, _LENGTH), signed=True)

    def close(self) -> None:
        """End it."""
        self._connection.close()
        self._process.wait(timeout=30)


@lru_cache
def server() -> Server:
    """Return the server of this process, started on the first call."""
    return Server()


def stop() -> None:
    """End the server, if there is one."""
    if server.cache_info().currsize:
        server().close()
        server.cache_clear()


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def _serve(connection: socket.socket) -> None:
    rights = importlib.import_module("rights")
    del sys.path[0]  # the folder of this file
    _load()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        while True:
            head, (out, err), *_ = socket.recv_fds(connection, _LENGTH, 2)
            request = json.loads(_exactly(connection, int.from_bytes(head)))
            code = _forked(request, out, err, connection, rights.ordinary)
            connection.sendall(code.to_bytes(_LENGTH, signed=True))
    except (EOFError, OSError, ValueError):
        os._exit(0)


def _load() -> None:
    """Load whatever runs need, in English."""
    for module in pkgutil.walk_packages(importlib.import_module("selfaudit").__path__, "selfaudit."):
        if not module.name.startswith((LATE, "selfaudit.__main__")):
            importlib.import_module(module.name)
    i18n, pages = (importlib.import_module(f"selfaudit.base.{name}") for name in ("i18n", "pages"))
    for language in i18n.LANGUAGES:
        i18n.translator(language)
    package = "selfaudit.reports.pages"
    for page in importlib.resources.files(package).iterdir():
        if page.name.endswith(".html"):
            pages._environment(package).get_template(page.name)
    _without.update(importlib.import_module("selfaudit.base.problems")._kinds)
    app = importlib.import_module(f"{LATE}.app")
    for name in app.COMMANDS:
        app.command(name)


_without: dict[str, Any] = {}
"""The kinds of problems, by code, that there are without the command line."""


def _forget() -> None:
    """Forget the command line, which the run then loads in its own language."""
    for name in [name for name in sys.modules if name.startswith(LATE)]:
        del sys.modules[name]
    kinds = importlib.import_module("selfaudit.base.problems")._kinds
    kinds.clear()
    kinds.update(_without)


def _forked(
    request: dict[str, Any], out: int, err: int, connection: socket.socket, ordinary: Callable[[], None]
) -> int:
    pid = os.fork()
    if pid == 0:
        connection.close()
        if request["umask"] is not None:
            os.umask(request["umask"])
        if request["ordinary"]:
            ordinary()
        _run(request, out, err)
    os.close(out)
    os.close(err)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _run(request: dict[str, Any], out: int, err: int) -> None:
    for source, target in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (err, 2)):
        os.dup2(source, target)
        os.close(source)
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.FileIO(number, mode, closefd=False), "utf-8", errors, write_through=number == 2)
        for number, mode, errors in ((0, "r", "strict"), (1, "w", "strict"), (2, "w", "backslashreplace"))
    )
    code = 70
    try:
        os.chdir(str(request["cwd"]))
        os.environ.clear()
        os.environ.update(request["env"])
        sys.argv = ["selfaudit", *request["args"]]
        if request["env"].get("SELFAUDIT_LANG") != "en" or any(arg.startswith("--lang") for arg in request["args"]):
            _forget()
        importlib.import_module(f"{LATE}.main").main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1 if ended.code else 0
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
