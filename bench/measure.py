"""Runs whole processes and says what they cost: CPU seconds and peak memory, of a program and its children."""

import math
import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

KIB = 1024
SAMPLING = 0.01
"""Seconds between two looks at the memory of a program and its children."""
DONE = (0, 1)
"""Exit codes of a program that did its work."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run cost. ``cpu`` counts all processes, ``memory`` is the peak in bytes of the largest.

    ``parent`` and ``worker`` are the peaks of the program and of its largest child, where the system says so (else 0).
    """

    wall: float
    cpu: float
    memory: int
    parent: int = 0
    worker: int = 0


@dataclass(frozen=True, slots=True)
class Bench:
    """How programs are run: their environment, and the one processor they are bound to, if that is possible."""

    environment: dict[str, str]
    core: int | None

    def run(self, command: Sequence[str], *, watch: bool = False) -> Usage:
        """Run a program to its end; one that fails stops the benchmark with what it said."""
        with tempfile.TemporaryFile() as said, _bound_to(self.core):
            begun = time.perf_counter()
            process = subprocess.Popen(
                command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
            )
            with _Watch(process.pid, on=watch) as peaks:
                _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in DONE:
                said.seek(0)
                raise RuntimeError(f"{' '.join(command)}: {said.read().decode(errors='replace')}")
        # Linux counts in KiB, macOS in bytes
        peak = used.ru_maxrss * (KIB if os.uname().sysname == "Linux" else 1)
        return Usage(wall, used.ru_utime + used.ru_stime, peak, peaks.parent, peaks.worker)

    def run_telling(self, command: Sequence[str]) -> tuple[Usage, Usage]:
        """Run a program that writes what its work alone cost into a file; return the whole run, and the work alone."""
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder, "report")
            whole = self.run([*command, str(report)])
            return whole, replace(whole, cpu=float(report.read_text(encoding="utf-8")))


@contextmanager
def _bound_to(core: int | None) -> Iterator[None]:
    """Bind what is started inside to one processor; children inherit it."""
    if core is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(slots=True)
class _Watch:
    """Looks at the memory peaks of a process and its children while they run; Linux only."""

    pid: int
    on: bool
    parent: int = 0
    worker: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        if self.on and Path("/proc/self/status").exists():
            self._thread = threading.Thread(target=self._look)
            self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(SAMPLING):
            self.parent = max(self.parent, _peak(self.pid))
            self.worker = max([self.worker, *map(_peak, _children(self.pid))])


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    except OSError:
        return found
    return found


def _peak(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    lines = (line.split() for line in status.splitlines() if line.startswith("VmHWM:"))
    return next((int(line[1]) * KIB for line in lines), 0)


@dataclass(frozen=True, slots=True)
class Duel:
    """Runs of a program and of its peer, taken in turn so that both meet the same moods of the machine."""

    ours: list[Usage]
    theirs: list[Usage]

    @property
    def least(self) -> float:
        """The least CPU time of the program over the least of the peer."""
        return min(u.cpu for u in self.ours) / min(u.cpu for u in self.theirs)

    @property
    def median(self) -> float:
        """The median of the ratios of runs next to each other."""
        return statistics.median(a.cpu / b.cpu for a, b in zip(self.ours, self.theirs, strict=True))


def duel(ours: Callable[[], Usage], theirs: Callable[[], Usage], rounds: int) -> Duel:
    """Run both in turn; who begins changes from round to round."""
    done = Duel([], [])
    for number in range(rounds):
        sides = [(done.ours, ours), (done.theirs, theirs)]
        for runs, run in sides if number % 2 == 0 else reversed(sides):
            runs.append(run())
    return done


def least_cpu(runs: Sequence[Usage]) -> float:
    """Return the least CPU seconds of some runs."""
    return min(usage.cpu for usage in runs)


def growth(sizes: Sequence[int], values: Sequence[float], start: float) -> float:
    """Return the exponent with which the largest size costs more than the one before, the start-up taken off both."""
    (n, a), (m, b) = list(zip(sizes, values, strict=True))[-2:]
    least = start / 100  # a difference below one percent of the start-up is noise
    return math.log(max(b - start, least) / max(a - start, least)) / math.log(m / n)
