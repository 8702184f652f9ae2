"""Command line of the benchmarks: ``python bench/run.py [--quick] [--only closing|data|sampling|lookalikes]``."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.closing import Closing
from bench.data import FULL as FULL_DATA
from bench.data import QUICK as QUICK_DATA
from bench.data import Data, peers
from bench.lookalikes import FULL as FULL_LOOKALIKES
from bench.lookalikes import QUICK as QUICK_LOOKALIKES
from bench.lookalikes import Lookalikes
from bench.lookalikes import section as lookalikes_section
from bench.measure import Bench
from bench.page import data, page, with_closing, with_data, with_lookalikes, with_sampling
from bench.sampling import FULL as FULL_SAMPLING
from bench.sampling import QUICK as QUICK_SAMPLING
from bench.sampling import Sampling, section
from bench.suite import FULL, QUICK, Suite

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
CHANGES_SPEED = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONDEVMODE", "PYTHONOPTIMIZE"}
"""Variables that nobody sets who just uses the program."""


def main() -> None:
    """Measure, print the page, and after a full run write it."""
    parser = argparse.ArgumentParser(prog="bench/run.py", description="Measure selfaudit against its peers.")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it works; writes nothing")
    only = ("closing", "data", "sampling", "lookalikes")
    parser.add_argument("--only", choices=only, help="measure one section anew and leave the rest of the page")
    given = parser.parse_args()
    text = _measure(given.only, quick=given.quick)
    sys.stdout.write(text)
    if not given.quick:
        PAGE.write_text(text, encoding="utf-8")


def _measure(only: str | None, *, quick: bool) -> str:
    scale, sizes = (QUICK, QUICK_DATA) if quick else (FULL, FULL_DATA)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="selfaudit-bench-") as scratch:
        bench = Bench(_environment(Path(scratch)), _core())
        registers = Data(bench, Path(scratch), sizes, _say)
        sampling = Sampling(bench, QUICK_SAMPLING if quick else FULL_SAMPLING, _say)
        # on all processors: some of these programs use several
        unbound = Bench(bench.environment, None)
        lookalikes = Lookalikes(unbound, Path(scratch), QUICK_LOOKALIKES if quick else FULL_LOOKALIKES, _say)
        if only == "data":
            text = with_data(PAGE.read_text(encoding="utf-8"), list(registers.run()), peers())
        elif only == "closing":
            text = with_closing(
                PAGE.read_text(encoding="utf-8"), list(Closing(bench, Path(scratch), scale, _say).run())
            )
        elif only == "sampling":
            text = with_sampling(PAGE.read_text(encoding="utf-8"), list(sampling.run()))
        elif only == "lookalikes":
            text = with_lookalikes(PAGE.read_text(encoding="utf-8"), list(lookalikes.run()))
        else:
            suite = Suite(bench, Path(scratch), scale, _say)
            text = page(list(suite.run()), suite.response_size, scale)
            text += data(list(registers.run()), peers()) + section(list(sampling.run()))
            text += lookalikes_section(list(lookalikes.run()))
    _say(f"done in {time.monotonic() - begun:.0f} seconds")
    return text


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
