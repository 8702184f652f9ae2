"""What is typed into the HTML form is not lost: drafts in the browser, in the page itself, and as files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page

from selfaudit.forms.html import form as html_form
from tests.forms.html.page.filling import (
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
from tests.forms.sample import COMPLETE, FORM, form, read, text

pytestmark = pytest.mark.slow

OTHER = form(name="张三丰")
NOTE = "“已查”：</script> 😀 𠮷 \\ #\n第二行"


def notices(page: Page) -> list[str]:
    """Return what the page says at its top."""
    return page.locator(".notice p").all_inner_texts()


def typed(page: Page) -> None:
    """Type a note and choose an answer."""
    choose(page, "1.1", "conform")
    at(page, "items/1.1/note").fill(NOTE)


def kept(page: Page) -> None:
    """Wait until what was typed is kept; what a page stores as it goes may come too late for the one that follows."""
    page.locator(".kept:not(:empty)").wait_for()


def second(page: Page) -> Page:
    """Open another page in the same browser."""
    return page.context.new_page()


def test_what_was_typed_is_there_again_after_the_page_is_opened_anew(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    typed(page)
    press(page, "add_finding")
    at(page, "findings/1/fact").fill("甲")
    kept(page)
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
    page.wait_for_function("() => Object.values(localStorage).join().includes('第二行')", timeout=KEPT_AFTER)
    page.locator(".kept", has_text=words("kept", time="").strip()).wait_for()
    again = opened(second(page), tmp_path / "form.html")
    assert at(again, "items/1.1/note").input_value() == NOTE


def test_drafts_of_several_people_in_one_browser_do_not_mix(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    typed(page)
    kept(page)
    other = opened(second(page), written(tmp_path, OTHER, name="other.html"))
    assert notices(other) == []
    assert answer_of(other, "1.1") == "unchecked"
    at(other, "clues").fill("乙")
    kept(other)
    # what one window stores reaches the other a moment later
    page.wait_for_function("() => localStorage.length === 2")
    assert set(json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))"))) == {
        f"selfaudit:{FORM.passport}",
        f"selfaudit:{OTHER.passport}",
    }
    assert notices(page) == []


def test_a_window_goes_on_with_what_was_filled_in_in_another_one(page: Page, tmp_path: Path) -> None:
    holds = "([target, value]) => document.querySelector(`[data-at='${target}']`).value === value"
    opened(page, written(tmp_path))
    other = opened(second(page), tmp_path / "form.html")
    typed(other)
    page.wait_for_function(holds, arg=["items/1.1/note", NOTE])
    assert notices(page) == [words("followed")]
    at(page, "clues").fill("甲")
    other.wait_for_function(holds, arg=["clues", "甲"])
    assert at(other, "items/1.1/note").input_value() == NOTE
    press(page, "clear")
    press(page, "clear_yes")
    other.wait_for_function(holds, arg=["clues", ""])


def test_two_windows_in_which_something_else_was_typed_warn_each_other(
    new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(timezone_id="Asia/Shanghai")
    page.clock.install()
    opened(page, written(tmp_path))
    other = opened(second(page), tmp_path / "form.html")
    at(page, "clues").fill("甲")
    # its clock stands still, so that it has not kept anything yet
    at(other, "filled_by").fill("乙")
    page.get_by_role("alert").wait_for()
    assert notices(page) == [words("other_window")]
    assert at(page, "clues").input_value() == "甲"
    page.clock.run_for(KEPT_AFTER)
    other.get_by_role("alert").wait_for()
    assert notices(other) == [words("other_window")]
    assert at(other, "filled_by").input_value() == "乙"


def test_a_cleared_draft_is_gone_and_the_form_empty_but_only_after_asking(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path, content=COMPLETE))
    typed(page)
    kept(page)
    press(page, "clear")
    assert page.locator(".sure").inner_text() == words("clear_sure")
    page.locator(".tools").get_by_role("button", name=words("cancel")).click()
    assert answer_of(page, "1.1") == "conform"
    press(page, "clear")
    press(page, "clear_yes")
    assert answer_of(page, "1.1") == "unchecked"
    assert page.locator(".finding").count() == 0
    assert NOTE not in page.evaluate("Object.values(localStorage).map((kept) => JSON.parse(kept).text).join()")
    assert page.locator("#answers").text_content() == ""
    assert words("cleared") in notices(page)
    page.reload()
    assert answer_of(page, "1.1") == "unchecked"
    assert at(page, "filled_by").input_value() == ""
    assert notices(page) == []


def test_a_draft_that_cannot_be_read_is_told_and_does_no_harm(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    for damaged in ("{", "null", "[]", '{"at":1,"text":"a: [b"}', '{"at":1,"text":5}'):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"selfaudit:{FORM.passport}", damaged])
        page.reload()
        (told,) = notices(page)
        assert told.startswith(words("draft_damaged", reason="\0").partition("\0")[0]), damaged
        assert answer_of(page, "1.1") == "unchecked"


DAMAGED = '{"at":99999999999999,"text":"clues: 乙\\na: [b"}'


def test_what_cannot_be_read_does_not_hide_the_answers_in_the_page_and_stays_to_be_copied(
    page: Page, tmp_path: Path
) -> None:
    opened(page, written(tmp_path, content=COMPLETE))
    key = f"selfaudit:{FORM.passport}"
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, DAMAGED])
    for _ in range(2):
        page.reload()
        assert at(page, "filled_by").input_value() == COMPLETE["filled_by"]
        assert words("from_page") in notices(page)
    at(page, "clues").fill("丙")
    kept(page)
    assert page.evaluate("key => localStorage.getItem(key)", f"{key}:damaged") == DAMAGED
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert at(page, "clues").input_value() == "丙"
    press(page, "copy_damaged")
    assert page.locator("textarea.plain").input_value() == DAMAGED
    press(page, "clear")
    press(page, "clear_yes")
    assert page.evaluate("Object.keys(localStorage)") == [key]


def test_what_has_no_place_in_a_draft_is_told(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    draft = json.dumps({"at": 1, "text": text(clues="乙") + "more: 丙\n", "saved": False})
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"selfaudit:{FORM.passport}", draft])
    page.reload()
    assert page.locator(".notice .dropped li").all_inner_texts() == ["more 丙"]


def test_what_is_typed_after_the_clock_was_set_back_is_newer_all_the_same(page: Page, tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(html_form.write(FORM, COMPLETE).replace(b'{"at":0,', b'{"at":99999999999999,'))
    opened(page, path)
    at(page, "clues").fill("更新")
    kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert at(page, "clues").input_value() == "更新"


def test_the_browser_saves_the_page_with_the_last_key(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page(timezone_id="Asia/Shanghai")
    page.clock.install()
    opened(page, written(tmp_path))
    for n, leave in enumerate(["key => dispatchEvent(new Event('blur'))", ""]):
        at(page, "clues").fill(f"甲{n}")
        if leave:
            page.evaluate(leave)
        else:
            at(page, "clues").press("Control+s")
        assert f"甲{n}" in str(page.locator("#answers").text_content())


def test_the_focus_stays_where_notices_were_closed(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path, content=COMPLETE))
    press(page, "clear")
    press(page, "clear_yes")
    press(page, "dismiss")
    assert page.evaluate("document.activeElement.id") == "questions"


REFUSING = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
NONE = "Object.defineProperty(window, 'localStorage', { value: null });"
MISSING = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"


@pytest.mark.parametrize(
    ("script", "name"), [(REFUSING, "QuotaExceededError"), (MISSING, "SecurityError"), (NONE, "TypeError")]
)
def test_a_browser_that_keeps_no_draft_is_told_of_and_the_form_can_be_saved_all_the_same(
    page: Page, tmp_path: Path, script: str, name: str
) -> None:
    page.add_init_script(script)
    opened(page, written(tmp_path))
    typed(page)
    page.locator(".notice", has_text=words("draft_failed", reason=name)).wait_for()
    assert len(notices(page)) == 1
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
    kept(page)
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
    kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert at(page, "clues").input_value() == "更新"
    newer = html_form.write(FORM, COMPLETE).replace(b'{"at":0,', b'{"at":99999999999999,')
    filled.write_bytes(newer)
    page.reload()
    assert at(page, "clues").input_value() == ""
