"""Build the Word templates: ``python scripts/build_templates.py [CHECKOUT]``. The work is in ``word_templates``."""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    runpy.run_module("scripts.word_templates", run_name="__main__", alter_sys=True)
