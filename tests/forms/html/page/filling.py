"""How tests of the HTML form open it, fill it in and save it, as somebody with a mouse and a keyboard would."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, Page, ViewportSize

from selfaudit.base.i18n import translator
from selfaudit.forms.html import form as html_form
from selfaudit.forms.html.texts import TEXTS
from selfaudit.model.form.form import Form
from tests.forms.sample import FORM

NARROW: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1360, "height": 900}
KEPT_AFTER = 1500
"""Milliseconds after which what was typed has been kept for long."""


def written(folder: Path, form: Form = FORM, content: dict[str, Any] | None = None, name: str = "form.html") -> Path:
    """Write a form as a file."""
    path = folder / name
    path.write_bytes(html_form.write(form, content))
    return path


def opened(page: Page, path: Path) -> Page:
    """Open a file as a double click does."""
    page.goto(path.as_uri())
    return page


def words(key: str, form: Form = FORM, /, **slots: object) -> str:
    """Return what the page says under a key."""
    return translator(form.questions.language)(TEXTS[key]).format(**slots)


def at(page: Page, target: str) -> Locator:
    """Return the input that stands for one value."""
    return page.locator(f'[data-at="{target}"]')


def press(page: Page, name: str, form: Form = FORM) -> None:
    """Press the first button that is called so."""
    page.get_by_role("button", name=words(name, form), exact=True).first.click()


def choose(page: Page, place: str, answer: str) -> None:
    """Answer an item, or a part as ``2.1/a``."""
    page.locator(f'[data-at="items/{place}/answer"][value="{answer}"]').check()


def answer_of(page: Page, place: str) -> str:
    """Return the answer that is chosen, empty if none is."""
    chosen = page.locator(f'[data-at="items/{place}/answer"]:checked')
    return str(chosen.input_value()) if chosen.count() else ""


def fill(page: Page, content: dict[str, Any], form: Form = FORM) -> None:
    """Fill in a canonical content, field by field, from the top to the bottom."""
    for item in content.get("items", ()):
        fill_answer(page, item["id"], item)
        for part in item.get("parts", ()):
            fill_answer(page, f"{item['id']}/{part['id']}", part)
    for finding in content.get("findings", ()):
        press(page, "add_finding", form)
        fill_finding(page, finding)
    for section in ("coverage", "suggestions"):
        for key, value in content.get(section, {}).items():
            at(page, f"{section}/{key}").fill(str(value))
    for key in ("clues", "filled_by"):
        if key in content:
            at(page, key).fill(content[key])
    day, _, time = content.get("filled_on", "").partition("T")
    at(page, "filled_on").fill(day)
    at(page, "filled_on/time").fill(time)
    if content.get("declaration"):
        at(page, "declaration").check()


def fill_answer(page: Page, place: str, said: dict[str, Any]) -> None:
    """Choose an answer and write a note."""
    if "answer" in said:
        choose(page, place, said["answer"])
    if "note" in said:
        at(page, f"items/{place}/note").fill(said["note"])


def fill_finding(page: Page, finding: dict[str, Any]) -> None:
    """Fill in the card of a finding under its number."""
    place = f"{finding.get('item', '')} {finding.get('part', '')}".strip()
    for key, value in finding.items():
        target = f"findings/{finding['number']}/{key}"
        if key == "disposition":
            for name, text in value.items():
                at(page, f"{target}/{name}").fill(text)
        elif key == "item":
            at(page, target).select_option(place)
        elif key == "severity":
            at(page, target).select_option(value)
        elif key not in ("part", "number"):
            at(page, target).fill(value)


def saved(page: Page, button: str = "save", form: Form = FORM) -> tuple[str, bytes]:
    """Save the response; return the name and the bytes of the file."""
    with page.expect_download() as waiting:
        press(page, button, form)
    return downloaded(waiting.value)


def downloaded(download: Download) -> tuple[str, bytes]:
    """Return the name and the bytes of a saved file."""
    return download.suggested_filename, Path(download.path()).read_bytes()


def load(page: Page, name: str, data: str | bytes) -> None:
    """Choose a file to load, and wait for what the page says about it."""
    page.evaluate("document.querySelector('.outcome').textContent = ''")
    body = data.encode() if isinstance(data, str) else data
    page.locator("#load").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": body})
    page.locator(".outcome h3").wait_for()


def outcome(page: Page) -> str:
    """Return what the page says at its end."""
    return page.locator(".outcome").inner_text()


def targets(page: Page) -> list[str]:
    """Return the inputs that the links of the missing list go to, by pressing one after the other."""
    links = page.locator(".outcome a.jump")
    found = []
    for n in range(links.count()):
        links.nth(n).click()
        found.append(str(page.evaluate("document.activeElement.getAttribute('data-at')")))
    return found
