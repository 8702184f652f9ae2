"""How heavy the HTML form is, and how soon a browser lets somebody type into it."""

import gzip
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.results import Opening

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SLOWED, GOALS = (1, 4), (1.9, 1.5)
"""How many times slower the processor is made to seem, and the largest ratio to plain HTML at each speed."""
FIELDS = "input, textarea, select"
TYPE = """
addEventListener('load', () => setTimeout(() => {
  const shown = (field) => field.getClientRects().length && !field.disabled && !field.readOnly;
  const field = [...document.querySelectorAll('input[type=text], input:not([type]), textarea')].find(shown);
  field.focus();
  document.execCommand('insertText', false, '1');
  if (field.value.includes('1')) window.typedAfter = performance.now();
}));
"""
"""Types one character as soon as the page is there, and notes how long after the navigation began it was there."""


def openings(form: Path, scratch: Path, rounds: int) -> Iterator[Opening]:
    """Open the form, a plain page with as many fields, and one with a single field, in turn."""
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=QUIET)
        plain, empty = scratch / "plain.html", scratch / "empty.html"
        plain.write_text(_plain(_fields(browser, form)), encoding="utf-8")
        empty.write_text(_plain(["<input>"]), encoding="utf-8")
        pages = {"the HTML form": form, "as many fields, plain HTML": plain, "one field, plain HTML": empty}
        times: dict[tuple[str, int], list[float]] = {(name, slowed): [] for name in pages for slowed in SLOWED}
        for number in range(rounds + 1):
            for name, slowed in times if number % 2 == 0 else reversed(times):
                times[name, slowed].append(_typed_after(browser, pages[name], slowed))
        for name, page in pages.items():
            data, count = page.read_bytes(), len(_fields(browser, page))
            # the first round is left out: what the browser itself does only once
            medians = [statistics.median(times[name, slowed][1:]) for slowed in SLOWED]
            goals = GOALS if page is plain else ()
            yield Opening(name, count, len(data), len(gzip.compress(data, mtime=0)), medians, goals)
        browser.close()


def _typed_after(browser: Browser, path: Path, slowed: int) -> float:
    """Return after how many milliseconds a new page took a typed character."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 720})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.add_init_script(TYPE)
    page.goto(path.as_uri())
    page.wait_for_function("window.typedAfter")
    milliseconds = float(page.evaluate("window.typedAfter"))
    context.close()
    return milliseconds


def _fields(browser: Browser, path: Path) -> list[str]:
    """Return every field of a page as plain HTML."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(path.as_uri())
    found = page.eval_on_selector_all(FIELDS, "all => all.map((field) => [field.localName, field.type, field.name])")
    context.close()
    return [
        f'<input type="{kind}" name="{name}">' if tag == "input" else f"<{tag}></{tag}>" for tag, kind, name in found
    ]


def _plain(fields: list[str]) -> str:
    head = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>自查</title>'
    return head + "\n".join(f"<p><label>自查 {field}</label></p>" for field in fields)
