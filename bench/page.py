"""Prints the results as docs/benchmarks.md."""

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.results import LINEAR, STEADY, Growth, Ratio, Result, Steady

LIBRARIES = ("docxtpl", "jinja2", "lxml", "pebble", "pydantic", "python-docx", "pyyaml", "typer")
MIB = 2**20

HEAD = """\
# Benchmarks

`make bench` writes this page anew; nothing in it is edited by hand. Seconds say as much about the machine as about the
program, so what counts are the ratios: every command runs in turn with a named peer that does the least that the job
could take. Both are whole processes, start-up included, and both are bound to one processor.

- *CPU* is user and system time of the program and its child processes, the least of all rounds.
- *Least* is the least CPU time over the least CPU time of the peer; *median* is the median of the ratios of runs next
  to each other. The median decides whether a goal is reached.
- Campaigns of the benchmarks ask everybody sixty items. A filled-in form has {size:.0f} KB, every fourth answer has a
  note, and people report one finding on average; for `report final` they report ten each.
"""
RATIOS = """
## Against peers

- `python -c pass`: an interpreter that does nothing.
- as many bytes written: files of the same names and sizes, no content worked out.
- `yaml.load`, `CSafeLoader`: the bare parser in a loop over the same files, the results thrown away; no checks, no
  hashes, no originals kept, nothing stored.
- `docxtpl`, `{%tr%}`: a Word template with one table of seven columns and the same findings as rows; no charts, no
  annexes, no counting, no gate. The report prints every finding in several tables, so once the peer also prints as many
  rows as the report has in all.
- `collect` is the peer of a second `collect` that finds nothing new.
"""
GROWTH = """
## Growth

With an exponent of *e*, ten times as much costs 10^*e* times as much. It compares the two largest sizes, after what the
same command costs with one respondent is taken off. Linear is 1; up to {limit} counts as linear.
"""
STEADINESS = """
## Memory that must not grow

`collect` must not depend on how many files come back: at most {limit} times as much.
"""


def page(results: Sequence[Result], response_size: float, rounds: str) -> str:
    """Return the whole page."""
    return "".join(
        [
            HEAD.format(size=response_size / 1000),
            f"- {rounds}\n\n{_machine()}",
            RATIOS,
            _table(
                ("Command", "Size", "CPU", "Peer", "CPU of peer", "Least", "Median", "Goal", "Reached"),
                (_ratio(result) for result in results if isinstance(result, Ratio)),
            ),
            GROWTH.format(limit=LINEAR),
            _table(
                ("Command", "Size", "CPU", "Peak memory", "Exponent of CPU", "Exponent of memory", "Reached"),
                (_growth(result) for result in results if isinstance(result, Growth)),
            ),
            STEADINESS.format(limit=STEADY),
            _table(
                ("Process", "Files", "Peak memory", "Ratio", "Reached"),
                (_steady(result) for result in results if isinstance(result, Steady)),
            ),
        ]
    )


def _machine() -> str:
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"Machine: {_processor()}, {processors} processors, {memory:.0f} GiB, {platform.system()}."
        f" {platform.python_implementation()} {platform.python_version()}, {libraries}.\n"
    )


def _processor() -> str:
    """Return the name of the processor; only Linux tells more than its kind."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _ratio(result: Ratio) -> Sequence[str]:
    duel = result.duel
    ours, theirs = (_seconds(min(usage.cpu for usage in runs)) for runs in (duel.ours, duel.theirs))
    goal = f"≤ {result.limit:g}" if result.limit is not None else "–"
    ratios = [f"{number:.3g}" for number in (duel.least, duel.median)]
    return (f"`{result.what}`", result.size, ours, result.peer, theirs, *ratios, goal, _word(result.reached))


def _growth(result: Growth) -> Sequence[str]:
    cpu = " / ".join(_seconds(point.cpu) for point in result.points)
    memory = " / ".join(_mebibytes(point.memory) for point in result.points)
    sizes = f"{' / '.join(f'{point.size:,}' for point in result.points)} {result.of}"
    exponents = f"{result.cpu:.2f}", f"{result.memory:.2f}"
    return (f"`{result.what}`", sizes, cpu, memory, *exponents, _word(result.reached))


def _steady(result: Steady) -> Sequence[str]:
    sizes = " / ".join(f"{size:,}" for size in result.sizes)
    memory = " / ".join(map(_mebibytes, result.peaks))
    return (result.what, sizes, memory, f"{result.ratio:.2f}", _word(result.reached))


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _mebibytes(size: float) -> str:
    return f"{size / MIB:.0f} MiB"


def _word(reached: bool | None) -> str:  # noqa: FBT001 - it is the whole message
    return "–" if reached is None else "yes" if reached else "**no**"
