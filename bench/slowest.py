"""Runs all data checks as the command does and writes how long each took: ``python -m bench.slowest CAMPAIGN FILE``."""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from selfaudit.checks.running import Circumstances, Found
from selfaudit.cli.main import main
from selfaudit.model.data.check import DataCheck
from selfaudit.workflow.check import run
from selfaudit.workflow.common import supervised


def _run(campaign: str, report: Path) -> None:
    times: dict[str, float] = {}

    def timed(
        shared: Circumstances, checks: Iterable[DataCheck], folder: Path, *, full: bool = False
    ) -> Iterator[tuple[DataCheck, Found]]:
        # one process runs them one after the other
        before = time.monotonic()
        for check, found in supervised.run_all(shared, checks, folder, full=full):
            now = time.monotonic()
            times[check.id], before = now - before, now
            yield check, found
        report.write_text(json.dumps(times), encoding="utf-8")

    vars(run)["run_all"] = timed
    sys.argv = ["selfaudit", "check", "--campaign", campaign]
    main()


if __name__ == "__main__":
    _run(sys.argv[1], Path(sys.argv[2]))
