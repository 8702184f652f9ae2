"""The HTML form loads what was saved before, tells what does not fit, and helps where no file can be saved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from selfaudit.forms import yaml as yaml_form
from selfaudit.model.form.form import Form, Questions
from selfaudit.model.passport import Passport
from tests.forms.html.page.filling import answer_of, at, choose, load, opened, outcome, press, saved, words, written
from tests.forms.sample import COMPLETE, FORM, form, read, text

pytestmark = pytest.mark.slow


@pytest.fixture
def empty(page: Page, tmp_path: Path) -> Page:
    """The small form, nothing filled in."""
    return opened(page, written(tmp_path))


def test_a_response_in_the_yaml_form_is_loaded_whatever_an_editor_made_of_it(empty: Page) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        press(empty, "clear")
        press(empty, "clear_yes")
        load(empty, "回收.yaml", text().replace("\n", "\r\n").encode(encoding))
        assert words("loaded", name="回收.yaml") in outcome(empty)
        assert read(saved(empty)[1]).content == COMPLETE


def test_a_file_replaces_what_is_typed_only_after_asking(empty: Page) -> None:
    at(empty, "clues").fill("甲")
    load(empty, "f.yaml", text(clues="乙"))
    assert words("load_sure", name="f.yaml") in outcome(empty)
    empty.locator(".outcome").get_by_role("button", name=words("cancel")).click()
    assert at(empty, "clues").input_value() == "甲"
    load(empty, "f.yaml", text(clues="乙"))
    press(empty, "load_yes")
    assert at(empty, "clues").input_value() == "乙"


def older() -> Form:
    """The same respondent's form before an item was taken out and a part renamed."""
    asked = FORM.questions
    items = [item.model_dump() for item in asked.items]
    items[0]["id"] = "1.9"
    earlier = Questions.model_validate({**asked.model_dump(), "items": items})
    own = Passport.parse(FORM.passport)
    assert own
    passport = str(Passport(own.campaign, own.respondent, earlier.revision))
    return Form(passport=passport, respondent=FORM.respondent, questions=earlier)


def test_of_an_earlier_version_of_the_form_what_fits_is_taken_and_the_rest_is_listed(empty: Page) -> None:
    before = older()
    items = [{"id": "1.9", "answer": "conform", "note": "旧项"}, *COMPLETE["items"][1:]]
    content = {**COMPLETE, "passport": before.passport, "items": items}
    load(empty, "old.yaml", yaml_form.write(before, content))
    assert words("loaded_older") in outcome(empty)
    dropped = empty.locator(".dropped li").all_inner_texts()
    assert len(dropped) == 1
    assert "旧项" in dropped[0]
    assert answer_of(empty, "1.1") == "unchecked"
    said = {**COMPLETE, "items": COMPLETE["items"][1:]}
    del said["declaration"]
    assert read(saved(empty)[1]).content == said, "what is declared is that this form is filled in"


def test_an_answer_to_a_question_that_was_reworded_since_is_not_loaded_but_listed_with_it(empty: Page) -> None:
    asked = FORM.questions
    items = [item.model_dump() for item in asked.items]
    items[0]["ask"], items[-1]["parts"][0]["ask"] = "旧问法？", "旧分项？"
    earlier = Questions.model_validate({**asked.model_dump(), "items": items})
    own = Passport.parse(FORM.passport)
    assert own
    passport = str(Passport(own.campaign, own.respondent, earlier.revision))
    before = Form(passport=passport, respondent=FORM.respondent, questions=earlier)
    load(empty, "old.yaml", yaml_form.write(before, {**COMPLETE, "passport": passport}))
    assert words("reworded") in outcome(empty)
    told = empty.locator(".reworded li").all_inner_texts()
    assert [("1.1" in one, "旧问法？" in one) for one in told[:1]] == [(True, True)]
    assert "2.1 a" in told[1]
    assert "旧分项？" in told[1]
    assert (answer_of(empty, "1.1"), answer_of(empty, "2.1/a")) == ("unchecked", "unchecked")
    assert empty.locator(".dropped").count() == 0
    content = read(saved(empty)[1]).content or {}
    assert content["findings"] == COMPLETE["findings"]
    assert content["coverage"] == COMPLETE["coverage"]


def test_words_that_the_program_understands_are_understood_here_too(empty: Page) -> None:
    written_by_hand = text().replace("answer: 符合", "answer: 合格。").replace('item: "2.1"', "item: 第 2.1（Ａ）项")
    load(empty, "f.yaml", written_by_hand.replace("part: a", "part: "))
    assert empty.locator(".dropped").count() == 0
    assert answer_of(empty, "1.1") == "conform"
    assert at(empty, "findings/1/item").input_value() == "2.1 a"
    assert read(saved(empty)[1]).content == COMPLETE


def test_the_answers_of_somebody_else_are_refused(empty: Page) -> None:
    other = form(name="张三丰")
    load(empty, "other.yaml", yaml_form.write(other, {**COMPLETE, "passport": other.passport}))
    assert words("load_stranger", passport=other.passport) in outcome(empty)
    assert answer_of(empty, "1.1") == "unchecked"


UNUSABLE: list[tuple[str | bytes, str, dict[str, object]]] = [
    ("a: b\nc: [d\n", "load_line", {"line": 2, "text": "c: [d"}),
    ("a: b\n", "load_no_passport", {}),
    ("", "load_no_passport", {}),
    (b"\xff\xfe\x00", "load_unreadable", {}),
    (b"\xff\xff\xff", "load_unreadable", {}),
    (b"a" * (4 * 1024 * 1024 + 1), "load_large", {}),
]


def test_a_file_that_cannot_be_loaded_is_told_with_the_reason(empty: Page) -> None:
    for data, reason, slots in UNUSABLE:
        load(empty, "x.yaml", data)
        said = outcome(empty)
        assert said.startswith(words("load_failed", name="x.yaml"))
        assert words(reason, **slots) in said


def test_a_file_that_was_cut_off_is_loaded_with_a_warning(empty: Page) -> None:
    whole = text()
    load(empty, "cut.yaml", whole[: whole.index("suggestions:")])
    assert words("loaded_cut") in outcome(empty)
    assert answer_of(empty, "1.1") == "conform"


def copied(page: Page) -> str:
    """Return the text that the page offers to copy."""
    return page.locator("textarea.plain").input_value()


def test_the_text_to_copy_is_the_response(empty: Page) -> None:
    choose(empty, "1.1", "conform")
    press(empty, "copy")
    content = read(copied(empty)).content
    assert content
    assert content["items"] == [{"id": "1.1", "answer": "conform"}]
    selected = "(area => area.value.slice(area.selectionStart, area.selectionEnd))(document.activeElement)"
    assert empty.evaluate(selected) == copied(empty)
    told = empty.locator(".outcome [role=status]", has_text=words("copied"))
    told.or_(empty.locator(".outcome [role=status]", has_text=words("not_copied"))).wait_for()


@pytest.mark.parametrize("command", ["() => false", "undefined"])
def test_a_viewer_without_a_clipboard_says_so(page: Page, tmp_path: Path, command: str) -> None:
    page.add_init_script(f"delete Navigator.prototype.clipboard; document.execCommand = {command};")
    opened(page, written(tmp_path))
    press(page, "copy")
    page.locator(".outcome [role=status]", has_text=words("not_copied")).wait_for()


def test_where_nothing_can_be_saved_the_text_is_offered_instead(page: Page, tmp_path: Path) -> None:
    page.add_init_script("URL.createObjectURL = () => { throw new TypeError('no'); };")
    opened(page, written(tmp_path))
    choose(page, "1.1", "conform")
    press(page, "save")
    assert words("save_failed", reason="TypeError") in outcome(page)
    assert read(copied(page)).errors == []


def test_where_saving_is_ignored_the_text_is_one_press_away(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page(accept_downloads=False), written(tmp_path))
    choose(page, "1.1", "conform")
    press(page, "save")
    assert words("no_file") in outcome(page)
    page.locator(".outcome").get_by_role("button", name=words("copy")).click()
    assert read(copied(page)).errors == []


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (iPhone) AppleWebKit/605.1 Mobile/15E148 MicroMessenger/8.0.40",
        "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 V1_AND_SQ QQ/8.9.80",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 wxwork/4.1.0 MicroMessenger/7.0.1",
        "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 AliApp(DingTalk/7.0.40)",
    ],
    ids=["WeChat", "QQ", "WeCom", "DingTalk"],
)
def test_a_viewer_inside_another_app_sends_the_reader_to_a_browser(
    new_page: Callable[..., Page], tmp_path: Path, agent: str
) -> None:
    page = opened(new_page(user_agent=agent), written(tmp_path))
    assert page.get_by_role("alert").inner_text().startswith(words("viewer"))


def test_a_browser_of_its_own_gets_no_such_hint(new_page: Callable[..., Page], tmp_path: Path) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/94.0 Safari/537.36 QQBrowser/12.0"
    page = opened(new_page(user_agent=agent), written(tmp_path))
    assert page.get_by_role("alert").count() == 0


def test_without_scripts_the_page_says_what_to_do(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page(java_script_enabled=False), written(tmp_path))
    assert page.locator("body").inner_text().strip() == words("noscript")


def test_a_page_that_is_issued_again_asks_for_what_is_marked_and_loads_the_rest(page: Page, tmp_path: Path) -> None:
    asked = FORM.questions.issued_again(["1.1", "coverage:projects"])
    again = Form.model_construct(**{**dict(FORM), "questions": asked})
    opened(page, written(tmp_path, again))
    assert page.locator("header .again").inner_text() == words("issued_again")
    assert page.locator(".answer .again").all_inner_texts() == [words("to_answer")]
    assert words("progress", done=0, all=1) in page.locator(".bar .count").inner_text()
    press(page, "check")
    missing = page.locator(".outcome .gap li").all_inner_texts()
    assert len(missing) == 5, "the item, the number, name, date and declaration"
    before = older()
    content = {**COMPLETE, "passport": before.passport, "items": COMPLETE["items"][1:]}
    load(page, "old.yaml", yaml_form.write(before, content))
    assert page.locator(".reworded li").all_inner_texts()[0].startswith("覆盖项目数")
    assert at(page, "coverage/projects").input_value() == ""
    assert at(page, "findings/1/fact").input_value() == COMPLETE["findings"][0]["fact"]
