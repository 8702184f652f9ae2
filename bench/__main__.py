"""Command line of the benchmarks: ``python bench/run.py [--quick]``."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import Bench
from bench.page import page
from bench.results import Scale
from bench.suite import FULL, QUICK, Suite

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
CHANGES_SPEED = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONDEVMODE", "PYTHONOPTIMIZE"}
"""Variables that nobody sets who just uses the program."""


def main() -> None:
    """Measure, print the page, and after a full run write it."""
    parser = argparse.ArgumentParser(prog="bench/run.py", description="Measure selfaudit against its peers.")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it works; writes nothing")
    quick = parser.parse_args().quick
    text = _measure(QUICK if quick else FULL)
    sys.stdout.write(text)
    if not quick:
        PAGE.write_text(text, encoding="utf-8")


def _measure(scale: Scale) -> str:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="selfaudit-bench-") as scratch:
        suite = Suite(Bench(_environment(Path(scratch)), _core()), Path(scratch), scale, _say)
        results = list(suite.run())
    _say(f"done in {time.monotonic() - begun:.0f} seconds")
    return page(results, suite.response_size, scale)


def _environment(scratch: Path) -> dict[str, str]:
    """Return an environment in which the checkout is found, modules are compiled once as in any installation, and
    messages are Chinese, which costs a catalogue more.
    """
    kept = {name: value for name, value in os.environ.items() if name not in CHANGES_SPEED}
    paths = [str(ROOT), str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONPYCACHEPREFIX": str(scratch / "compiled"),
        "SELFAUDIT_LANG": "zh_CN",
    }


def _core() -> int | None:
    return max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None


def _say(text: str) -> None:
    sys.stderr.write(f"bench: {text}\n")


if __name__ == "__main__":
    main()
