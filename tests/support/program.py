"""The program as a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.support.warm import server

PROGRAM = (sys.executable, "-m", "selfaudit")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run of the program ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What ``--json`` printed."""
        return json.loads(self.out)

    @property
    def said(self) -> str:
        """Everything that stood on the terminal."""
        return self.out + self.err


def environment(lang: str | None = "en", **more: str) -> dict[str, str]:
    """Return the environment for the program, with no language but this one."""
    kept = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")}
    kept.pop("SELFAUDIT_LANG", None)
    return kept | ({"SELFAUDIT_LANG": lang} if lang else {}) | {"PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8"} | more


def run(
    *args: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    begin: Callable[[], None] | None = None,
) -> Ran:
    """Run the program in a process of its own; no traceback may ever be seen.

    Without an environment of its own, or a function with which it begins, the process is forked from one that has
    loaded the libraries, where that is possible.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        if env is None and begin is None and sys.platform != "win32":
            code = server().run([str(arg) for arg in args], cwd, environment(), out.fileno(), err.fileno())
        else:
            code = subprocess.run(
                [*PROGRAM, *map(str, args)],
                cwd=cwd,
                env=env or environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                timeout=120,
                preexec_fn=begin,
                check=False,
            ).returncode
        ran = Ran(code, _text(out), _text(err))
    assert "Traceback" not in ran.said, ran.said
    return ran


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "surrogateescape").replace("\r\n", "\n")
