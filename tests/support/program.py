"""The program as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def run(*args: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ran:
    """Run the program in a process of its own; no traceback may ever be seen."""
    done = subprocess.run(
        [*PROGRAM, *map(str, args)],
        cwd=cwd,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=120,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in ran.said, ran.said
    return ran
