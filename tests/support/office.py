"""Workbooks as LibreOffice saves them."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path


def resave(folder: Path, suffix: str, names: list[str]) -> None:
    """Let LibreOffice save workbooks in another format; whatever it started ends with it.

    Folders beside each other share its settings, as making them takes most of the time of a first start.
    """
    command = [
        "soffice", f"-env:UserInstallation={(folder.parent / 'libreoffice').as_uri()}", "--headless",
        "--convert-to", suffix, "--outdir", str(folder / suffix), *names,
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        assert process.wait(timeout=120) == 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
