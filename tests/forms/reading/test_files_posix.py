"""What a hostile file may cost; peak memory is read with the resource module of POSIX."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.forms.reading.test_files import HOSTILE

MEASURED = """
import resource, sys
from tests.forms.sample import read
from tests.forms.reading.test_files import HOSTILE
text = HOSTILE[sys.argv[1]]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
reading = read(text)
assert reading.errors, reading
assert len(reading.errors) < 500
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_bounded_time_and_memory(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, name],
        cwd=Path(__file__).parent.parent.parent.parent,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 300 * 1024
