"""Measure selfaudit against its peers: ``python bench/run.py [--quick] [--only closing]``. The work is in ``bench``."""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    runpy.run_module("bench", run_name="__main__", alter_sys=True)
