"""A real browser, started once, in which no page may complain or ask a network.

A profile of its own has a process of its own, and that is most of what a short test costs: pages that want nothing
special are opened in one profile, one after the other, and find it empty.
"""

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--process-per-site",
]  # fmt: skip
LOCAL = ("file:", "blob:", "data:")
PATIENCE = 10_000
"""Milliseconds after which something that should happen in the browser has not."""


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium as it is installed here, or else the one that Playwright brings along."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - few tests need it

    installed = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=installed, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def common_profile(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator["BrowserContext"]:
    """The profile that most pages are opened in; a page that is always open keeps its process."""
    context = browser.new_context(locale="zh-CN")
    blank = tmp_path_factory.mktemp("browser") / "blank.html"
    blank.write_text("<!DOCTYPE html>", encoding="utf-8")
    context.new_page().goto(blank.as_uri())
    yield context
    context.close()


@pytest.fixture
def new_page(browser: "Browser", common_profile: "BrowserContext") -> Iterator[Callable[..., "Page"]]:
    """Opens pages, each with a storage of its own; nothing may raise, complain on the console or ask a network.

    Only the first is opened in the common profile, and only if it asks for no more than its size.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(**options: Any) -> "Page":
        common = not contexts and options.keys() <= {"viewport"}
        context = common_profile if common else browser.new_context(locale="zh-CN", **options)
        contexts.append(context)
        if common:
            common_profile.pages[0].evaluate("localStorage.clear()")
        page = context.new_page()
        if common and "viewport" in options:
            page.set_viewport_size(options["viewport"])
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
        page.on("request", lambda asked: None if asked.url.startswith(LOCAL) else complaints.append(asked.url))
        return page

    yield opened
    for context in contexts:
        if context is not common_profile:
            context.close()
    for page in common_profile.pages[1:]:
        page.close()
    assert complaints == []
