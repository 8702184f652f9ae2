"""Check the JavaScript of the HTML form and of other pages: ``python scripts/check_page.py``.

The scripts of a page are one script without imports, so they are put together as the page does and checked as one: the
type check knows what the browser has (up to ES2018) and what the functions take, the lint finds what is never used.
Deno, which pip installs like any other tool, does both; it needs no network.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from selfaudit.forms.html.form import SCRIPTS

PAGES = {
    "src/selfaudit/forms/html/page": SCRIPTS,
    "src/selfaudit/reports/pages/similar": ("compare.js",),
}
"""The scripts of each page, in order, by the folder in which they are."""
OPTIONS = {
    "compilerOptions": {
        "checkJs": True,
        "strict": False,
        "noImplicitAny": False,
        "noImplicitThis": True,
        "noUnusedLocals": True,
        "lib": ["dom", "dom.iterable", "es2018"],
    },
    # the page is for browsers only, and looks for control characters on purpose
    "lint": {"rules": {"exclude": ["no-window", "no-window-prefix", "no-control-regex"]}},
}
STEPS = (("check", "--no-remote"), ("lint",))


def main() -> int:
    """Print what is wrong, by file and line; return the exit code."""
    return max(_check(Path(folder), scripts) for folder, scripts in PAGES.items())


def _check(page: Path, scripts: Sequence[str]) -> int:
    texts = [(page / name).read_text(encoding="utf-8") for name in scripts]
    firsts = [1]
    for text in texts:
        firsts.append(firsts[-1] + text.count("\n"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # a module, because the names of a script would be those of every script
        (folder / "page.js").write_text("".join(texts) + "export {};\n", encoding="utf-8")
        (folder / "deno.json").write_text(json.dumps(OPTIONS), encoding="utf-8")
        results = [_deno(folder, step) for step in STEPS]
    for _, said in results:
        print(_placed(said, [str(page / name) for name in scripts], firsts), end="")
    return max(code for code, _ in results)


def _deno(folder: Path, step: tuple[str, ...]) -> tuple[int, str]:
    env = {**os.environ, "NO_COLOR": "1", "DENO_DIR": str(folder / "cache"), "DENO_NO_UPDATE_CHECK": "1"}
    command = [sys.executable, "-m", "deno", *step, "--quiet", "page.js"]
    done = subprocess.run(
        command, cwd=folder, env=env, check=False, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode, done.stdout if done.returncode else ""


def _placed(said: str, scripts: Sequence[str], firsts: list[int]) -> str:
    """Return what was said with the places of the scripts in it."""

    def place(found: re.Match[str]) -> str:
        line = int(found[1])
        script = min(bisect_right(firsts, line), len(scripts)) - 1
        return f"{scripts[script]}:{line - firsts[script] + 1}"

    return re.sub(r"(?:file://)?[^\s:]*page\.js:(\d+)", place, said)


if __name__ == "__main__":
    sys.exit(main())
