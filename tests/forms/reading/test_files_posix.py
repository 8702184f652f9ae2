"""What a hostile file may cost; peak memory is read with the resource module of POSIX."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forms.reading.test_files import HOSTILE

MEASURED = """
import json, os, resource, signal
from tests.forms.sample import read
from tests.forms.reading.test_files import HOSTILE
for name, text in HOSTILE.items():
    if os.fork() == 0:
        signal.alarm(60)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        errors = len(read(text).errors)
        print(json.dumps([name, errors, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before]), flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def measured() -> dict[str, tuple[int, int]]:
    """How many errors each file has, and by how many KiB more memory reading it takes, in a process for each."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED],
        cwd=Path(__file__).parent.parent.parent.parent,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return {name: (errors, memory) for name, errors, memory in map(json.loads, done.stdout.splitlines())}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_bounded_time_and_memory(measured: dict[str, tuple[int, int]], name: str) -> None:
    errors, memory = measured[name]
    assert 0 < errors < 500
    assert memory < 300 * 1024
