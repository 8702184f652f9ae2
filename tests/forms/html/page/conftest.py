"""A real browser for the HTML form, started once; the functions of its scripts, called in a blank page."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from selfaudit.forms.html import form as html_form
from selfaudit.model.form.form import Form

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SCRIPTS = ("values.js", "canonical.js", "hash.js", "yaml.js", "state.js", "gaps.js")
LOCAL = ("file:", "blob:", "data:")
PATIENCE = 10_000
"""Milliseconds after which something that should happen in the browser has not."""

Call = Callable[..., Any]
"""Calls a JavaScript function on plain data: ``logic("clean", " a ")``, ``logic("([a, b]) => a + b", [1, 2])``."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as it is installed here, or else the one that Playwright brings along."""
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=installed, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each with a storage of its own; nothing may raise, complain on the console or ask a network."""
    contexts, complaints = [], []

    def opened(**options: Any) -> Page:
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


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A blank page of the size of an old laptop's screen."""
    return new_page(viewport={"width": 1280, "height": 720})


@pytest.fixture(scope="session")
def logic(browser: Browser) -> Iterator[Call]:
    """Calls functions of the scripts that neither show nor store anything."""
    folder = files("selfaudit.forms.html") / "page"
    context = browser.new_context()
    blank = context.new_page()
    source = "\n".join((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)
    blank.add_script_tag(content=f"'use strict';\n{source}")

    def call(function: str, argument: Any = None) -> Any:
        return blank.evaluate(function, argument)

    yield call
    context.close()


@cache
def form_data(form: Form) -> Any:
    """Return what the scripts are told about a form."""
    written = html_form.write(form).decode()
    found = re.search(r'<script type="application/json" id="form-data">(.*?)</script>', written, re.DOTALL)
    assert found
    return json.loads(found[1])
