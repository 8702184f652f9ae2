"""Lets a process report what its work alone cost, without its start-up."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def record_cpu(report: str) -> Iterator[None]:
    """Write the CPU seconds of what happens inside into a file.

    Garbage is collected as rarely as in the process in which ``collect`` reads, for the peers as well.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
    begun = time.process_time()
    yield
    Path(report).write_text(str(time.process_time() - begun), encoding="utf-8")
