"""What is typed into the HTML form is not lost: drafts in the browser, in the page itself, and as files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page

from selfaudit.forms import html_form
from tests.forms.sample import COMPLETE, FORM, form, read
from tests.page.filling import (
    KEPT_AFTER,
    answer_of,
    at,
    choose,
    load,
    opened,
    outcome,
    press,
    saved,
    words,
    written,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]

OTHER = form(name="张三丰")
NOTE = "“已查”：</script> 😀 𠮷 \\ #\n第二行"


def notices(page: Page) -> list[str]:
    """Return what the page says at its top."""
    return page.locator(".notice p").all_inner_texts()


def typed(page: Page, text: str = NOTE) -> None:
    """Type a note and choose an answer."""
    choose(page, "1.1", "conform")
    at(page, "items/1.1/note").fill(text)


def second(page: Page) -> Page:
    """Open another page in the same browser."""
    return page.context.new_page()


def test_what_was_typed_is_there_again_after_the_page_is_opened_anew(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    typed(page)
    press(page, "add_finding")
    at(page, "findings/1/fact").fill("甲")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert answer_of(page, "1.1") == "conform"
    assert at(page, "items/1.1/note").input_value() == NOTE
    assert at(page, "findings/1/fact").input_value() == "甲"
    (told,) = notices(page)
    assert told.startswith(words("restored", time="\0").partition("\0")[0])


def test_a_draft_is_kept_without_leaving_the_page(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    typed(page)
    page.locator(".kept", has_text=words("kept", time="").strip()).wait_for(timeout=KEPT_AFTER)
    again = opened(second(page), tmp_path / "form.html")
    assert at(again, "items/1.1/note").input_value() == NOTE


def test_drafts_of_several_people_in_one_browser_do_not_mix(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    typed(page)
    page.locator(".kept:not(:empty)").wait_for()
    other = opened(second(page), written(tmp_path, OTHER, name="other.html"))
    assert notices(other) == []
    assert answer_of(other, "1.1") == "unchecked"
    at(other, "clues").fill("乙")
    other.locator(".kept:not(:empty)").wait_for()
    # what one window stores reaches the other a moment later
    page.wait_for_function("localStorage.length === 2")
    assert set(json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))"))) == {
        f"selfaudit:{FORM.passport}",
        f"selfaudit:{OTHER.passport}",
    }
    assert notices(page) == []


def test_two_windows_with_the_same_form_warn_each_other(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    other = opened(second(page), tmp_path / "form.html")
    typed(other)
    page.get_by_role("alert").wait_for()
    assert notices(page) == [words("other_window")]


def test_a_cleared_draft_is_gone_and_the_form_empty_but_only_after_asking(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path, content=COMPLETE))
    typed(page)
    page.locator(".kept:not(:empty)").wait_for()
    press(page, "clear")
    assert page.locator(".sure").inner_text() == words("clear_sure")
    page.locator(".tools").get_by_role("button", name=words("cancel")).click()
    assert answer_of(page, "1.1") == "conform"
    press(page, "clear")
    press(page, "clear_yes")
    assert answer_of(page, "1.1") == "unchecked"
    assert page.locator(".finding").count() == 0
    assert page.evaluate("localStorage.length") == 0
    assert page.locator("#answers").text_content() == ""
    assert words("cleared") in notices(page)


def test_a_draft_that_cannot_be_read_is_told_and_does_no_harm(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    for damaged in ("{", "null", "[]", '{"at":1,"text":"a: [b"}', '{"at":1,"text":5}'):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"selfaudit:{FORM.passport}", damaged])
        page.reload()
        (told,) = notices(page)
        assert told.startswith(words("draft_damaged", reason="\0").partition("\0")[0]), damaged
        assert answer_of(page, "1.1") == "unchecked"


REFUSING = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
MISSING = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"


@pytest.mark.parametrize(("script", "name"), [(REFUSING, "QuotaExceededError"), (MISSING, "SecurityError")])
def test_a_browser_that_keeps_no_draft_is_told_of_and_the_form_can_be_saved_all_the_same(
    page: Page, tmp_path: Path, script: str, name: str
) -> None:
    page.add_init_script(script)
    opened(page, written(tmp_path))
    typed(page)
    page.locator(".notice", has_text=words("draft_failed", reason=name)).wait_for()
    content = read(saved(page)[1]).content
    assert content
    assert content["items"] == [{"id": "1.1", "answer": "conform", "note": NOTE}]


def leaving(page: Page) -> bool:
    """Try to close a page; tell whether it asks back."""
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.close(run_before_unload=True)
    # what is asked, and a closed page, come after the call
    for _ in range(20):
        if asked or page.is_closed():
            break
        page.context.pages[0].wait_for_timeout(50)
    return asked == ["beforeunload"]


def test_leaving_asks_back_while_something_is_not_saved_in_a_file(page: Page, tmp_path: Path) -> None:
    path = written(tmp_path)
    fresh = opened(second(page), path)
    fresh.locator("h1").click()
    assert not leaving(fresh)
    unsaved = opened(second(page), path)
    typed(unsaved)
    assert leaving(unsaved)
    saved(unsaved)
    assert not leaving(unsaved)


def test_a_draft_file_goes_on_on_another_computer(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page(), written(tmp_path, content=COMPLETE))
    at(page, "items/1.1/note").fill(NOTE)
    name, data = saved(page, "save_draft")
    assert name == f"{words('draft_name')}_张三_{FORM.passport}.yaml"
    assert words("draft_not_sent") in outcome(page)
    elsewhere = opened(new_page(), written(tmp_path))
    load(elsewhere, name, data)
    assert words("loaded", name=name) in outcome(elsewhere)
    assert elsewhere.locator(".dropped").count() == 0
    assert saved(elsewhere)[1] == data


def test_a_page_that_the_browser_saved_carries_the_answers_and_goes_on_elsewhere(
    new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(new_page(), written(tmp_path, content=COMPLETE))
    at(page, "clues").fill(f'{NOTE}<script id="answers">{{}}</script>')
    page.locator(".kept:not(:empty)").wait_for()
    copy = tmp_path / "网页，全部.html"
    copy.write_text(page.content(), encoding="utf-8")
    reading = read(copy.read_bytes())
    expected = {**COMPLETE, "clues": f'{NOTE}<script id="answers">{{}}</script>'}
    assert reading.content == expected
    assert (reading.errors, reading.gaps, reading.notes) == ([], [], [])
    elsewhere = opened(new_page(), copy)
    assert elsewhere.locator("h1").count() == 1
    assert read(saved(elsewhere)[1]).content == expected


def test_the_newer_of_draft_and_page_is_shown(page: Page, tmp_path: Path) -> None:
    filled = written(tmp_path, content=COMPLETE, name="filled.html")
    opened(page, filled)
    assert notices(page) == [words("from_page")]
    at(page, "clues").fill("更新")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert at(page, "clues").input_value() == "更新"
    newer = html_form.write(FORM, COMPLETE).replace(b'{"at":0,', b'{"at":99999999999999,')
    filled.write_bytes(newer)
    page.reload()
    assert at(page, "clues").input_value() == ""
