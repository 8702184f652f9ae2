"""The program as a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
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
    umask: int | None = None,
    ordinary: bool = False,
) -> Ran:
    """Run the program in a process of its own; no traceback may ever be seen.

    The process is forked from one that has loaded the libraries, where that is possible, unless Python itself is to
    start otherwise. Where it is possible, the process may have a umask of its own or the rights of an ordinary user.
    """
    wanted = environment() if env is None else env
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        if _of_python(wanted) == _of_python(environment()) and sys.platform != "win32":
            asked = {"args": [*map(str, args)], "cwd": str(cwd or Path.cwd()), "env": dict(wanted)}
            code = server().run({**asked, "umask": umask, "ordinary": ordinary}, out.fileno(), err.fileno())
        else:
            assert umask is None
            assert not ordinary
            code = subprocess.run(
                [*PROGRAM, *map(str, args)],
                cwd=cwd,
                env=wanted,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                timeout=120,
                check=False,
            ).returncode
        ran = Ran(code, _text(out), _text(err))
    assert "Traceback" not in ran.said, ran.said
    return ran


def _of_python(env: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that Python reads when it starts."""
    return {name: value for name, value in env.items() if name.startswith("PYTHON")}


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "surrogateescape").replace("\r\n", "\n")
