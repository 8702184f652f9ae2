"""A real browser, started once, in which no page may complain or ask a network."""

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
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


@pytest.fixture
def new_page(browser: "Browser") -> Iterator[Callable[..., "Page"]]:
    """Opens pages, each with a storage of its own; nothing may raise, complain on the console or ask a network."""
    contexts, complaints = [], []

    def opened(**options: Any) -> "Page":
        context = browser.new_context(locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
        page.on("request", lambda asked: None if asked.url.startswith(LOCAL) else complaints.append(asked.url))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
