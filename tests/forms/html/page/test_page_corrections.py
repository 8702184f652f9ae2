"""The page of a form for corrections: the findings it is about, what their owner fills in, and going on elsewhere."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.formats import read_any
from selfaudit.forms.reading.reader import Reading
from selfaudit.model.form.form import Form, Questions
from selfaudit.model.passport import Passport
from tests.forms.html.page.filling import NARROW, at, load, opened, outcome, press, saved, words, written
from tests.forms.sample import FORM
from tests.forms.test_confirmations import CONFIRMATIONS
from tests.forms.test_confirmations import SAID as CONFIRMED
from tests.forms.test_confirmations import read as read_confirmation

pytestmark = pytest.mark.slow

GIVEN = {
    "finding": "2.1-01", "item": "2.1 a 到场", "fact": "末次会议 <缺席> & 离场", "basis": "第一条", "severity": "严重",
    "due": "2023-11-25", "version": "3", "cause": "排期冲突",
}  # fmt: skip
ASKED = Questions.model_validate({
    **{name: getattr(FORM.questions, name) for name in ("campaign", "title", "language", "declaration")},
    **dict.fromkeys(("areas", "items", "coverage", "severities", "dispositions", "suggestions"), ()),
    "finding_required": (),
    "given": (GIVEN, {**GIVEN, "finding": "2.2-04", "fact": "另一件事", "cause": ""}),
    "until": date(2023, 11, 25),
})  # fmt: skip
OWN = Passport.parse(FORM.passport)
assert OWN
CORRECTIONS = Form(
    passport=str(Passport(OWN.campaign, OWN.respondent, ASKED.revision)), respondent=FORM.respondent, questions=ASKED
)
SAID = {"correction": "补审", "similar": "查了", "similar_scope": "全年", "similar_found": "0", "corrected_by": "张三"}


def read(data: bytes) -> Reading:
    return read_any(data, "f", {CORRECTIONS.passport: CORRECTIONS}.get, OWN.campaign if OWN else "")


@pytest.fixture
def blank(page: Page, tmp_path: Path) -> Page:
    """The page as it was issued."""
    return opened(page, written(tmp_path, CORRECTIONS))


def fill_in(page: Page) -> None:
    for key, text in SAID.items():
        at(page, f"findings/1/{key}").fill(text)
    at(page, "findings/1/corrected_on").fill("2023-11-20")
    at(page, "filled_by").fill("张三")
    at(page, "filled_on").fill("2023-11-20")
    at(page, "declaration").check()


def test_what_was_reported_is_shown_and_only_what_is_done_about_it_can_be_filled_in(blank: Page) -> None:
    cards = blank.locator("article.finding")
    assert [card.locator("h3").inner_text() for card in cards.all()] == ["2.1-01", "2.2-04"]
    shown = cards.first.locator(".facts").inner_text()
    for text in ("2.1 a 到场", "末次会议 <缺席> & 离场", "第一条", "严重", "2023-11-25"):
        assert text in shown
    assert at(blank, "findings/1/cause").input_value() == "排期冲突"
    assert at(blank, "findings/1/fact").count() == 0
    assert blank.get_by_role("button", name=words("add_finding")).count() == 0
    assert blank.get_by_role("button", name=words("remove")).count() == 0
    blank.set_viewport_size(NARROW)
    assert blank.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_what_is_saved_says_what_the_owner_filled_in_and_what_is_missing_is_listed(blank: Page) -> None:
    fill_in(blank)
    _, data = saved(blank)
    reading = read(data)
    assert (reading.errors, reading.notes) == ([], [])
    assert reading.content
    assert reading.content["findings"] == [{"number": 1, "finding": "2.1-01", **SAID, "corrected_on": "2023-11-20"}]
    assert [gap.args["no"] for gap in reading.gaps] == ["2.2-04"]
    missing = outcome(blank)
    assert words("lacks", number="2.2-04", field="整改措施") in missing
    assert words("lacks", number="2.1-01", field="整改措施") not in missing


def test_a_saved_file_is_loaded_again_and_clearing_leaves_what_was_reported(blank: Page) -> None:
    fill_in(blank)
    _, data = saved(blank)
    press(blank, "clear")
    press(blank, "clear_yes")
    assert at(blank, "findings/1/correction").input_value() == ""
    assert at(blank, "findings/1/cause").input_value() == "排期冲突"
    load(blank, "回收.yaml", data)
    assert at(blank, "findings/1/correction").input_value() == "补审"
    assert words("dropped") not in outcome(blank)
    assert read(saved(blank)[1]).content == read(data).content


def test_files_that_a_response_names_are_kept_when_it_is_loaded(blank: Page) -> None:
    said = {"number": 1, "finding": "2.1-01", "correction": "补审", "evidence": [{"name": "补审记录.pdf"}]}
    content = {"passport": CORRECTIONS.passport, "findings": [said], "declaration": True}
    load(blank, "整改.yaml", yaml_form.write(CORRECTIONS, content))
    assert words("dropped") not in outcome(blank)
    assert "补审记录.pdf" in blank.locator("article.finding").first.inner_text()


def test_the_reader_of_files_agrees_or_says_why_not(page: Page, tmp_path: Path) -> None:
    blank = opened(page, written(tmp_path, CONFIRMATIONS))
    assert [card.inner_text() for card in blank.locator("article.finding h3").all()] == ["P-1", "P-2"]
    assert "F2 计划：发现问题\n日期早于受理" in blank.locator("article.finding .facts").first.inner_text()
    assert blank.get_by_role("button", name=words("add_files")).count() == 0
    at(blank, "findings/1/opinion").select_option(label="不同意")
    at(blank, "filled_by").fill("张三")
    at(blank, "filled_on").fill("2023-11-20")
    at(blank, "declaration").check()
    press(blank, "check")
    assert words("confirmations_lacks", number="P-1", field="不同意的理由") in outcome(blank)
    assert words("confirmations_lacks", number="P-2", field="是否同意") in outcome(blank)
    at(blank, "findings/1/reason").fill("日期是打印日期")
    at(blank, "findings/2/opinion").select_option(label="同意")
    _, data = saved(blank)
    assert words("nothing_missing") in outcome(blank)
    assert (read_confirmation(data).content, read_confirmation(data).notes) == (CONFIRMED, [])
    load(blank, "回收.yaml", data)
    assert words("dropped") not in outcome(blank)
    assert at(blank, "findings/2/opinion").input_value() == "agree"
