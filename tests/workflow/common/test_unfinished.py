"""Folders for what is not yet complete: a killed command leaves one, and the next command removes it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from selfaudit.workflow.common.unfinished import unfinished

HALF = """
import sys, time
from pathlib import Path
from selfaudit.workflow.common.unfinished import unfinished
with unfinished(Path(sys.argv[1])) as folder:
    (folder / "answers.parquet").write_bytes(b"half of")
    print("there", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_command_left_goes_and_what_another_one_writes_stays(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HALF, tmp_path], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        (left,) = tmp_path.iterdir()
        os.utime(left, (0, 0))
        with unfinished(tmp_path) as mine:
            assert mine.is_dir()
            assert (left / "inside" / "answers.parquet").read_bytes() == b"half of"
        os.kill(other.pid, signal.SIGKILL)
    assert [*tmp_path.iterdir()] == [left]
    os.utime(left, (0, 0))
    with unfinished(tmp_path) as mine:
        assert [*tmp_path.iterdir()] == [mine.parent]
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_another_command_is_just_making_stays(tmp_path: Path) -> None:
    being_made = tmp_path / ".part-selfaudit-new"
    being_made.mkdir()
    with unfinished(tmp_path):
        pass
    assert being_made.is_dir()
