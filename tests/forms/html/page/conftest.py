"""A blank page for the HTML form, and the functions of its scripts, called in one."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from selfaudit.forms.html import form as html_form
from selfaudit.model.form.form import Form

SCRIPTS = ("values.js", "evidence.js", "canonical.js", "hash.js", "zip.js", "yaml.js", "state.js", "gaps.js")

Call = Callable[..., Any]
"""Calls a JavaScript function on plain data: ``logic("clean", " a ")``, ``logic("([a, b]) => a + b", [1, 2])``."""


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


def form_data(form: Form) -> Any:
    """Return what the scripts are told about a form."""
    return _told(form.model_dump_json())


@cache
def _told(form: str) -> Any:
    written = html_form.write(Form.model_validate_json(form)).decode()
    found = re.search(r'<script type="application/json" id="form-data">(.*?)</script>', written, re.DOTALL)
    assert found
    return json.loads(found[1])
