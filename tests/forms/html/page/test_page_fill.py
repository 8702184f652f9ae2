"""The HTML form is filled in by hand in a real browser, and what it saves is read as any other response."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from selfaudit.base.text import CONTROL, clean
from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.formats import read_any
from selfaudit.model.base import LONGEST_TEXT
from selfaudit.model.finding import FindingChoice
from selfaudit.model.form.form import Form, Questions
from selfaudit.model.form.response import content_hash
from selfaudit.model.progress.paper import content_code
from tests.forms.html.page.filling import (
    answer_of,
    at,
    choose,
    fill,
    load,
    opened,
    outcome,
    press,
    saved,
    targets,
    words,
    written,
)
from tests.forms.sample import CODE, COMPLETE, ENGLISH, FORM, read
from tests.support.campaign import Campaign

pytestmark = pytest.mark.slow


@pytest.fixture
def form(page: Page, tmp_path: Path) -> Page:
    """The small form in Chinese, opened from a file, nothing filled in."""
    return opened(page, written(tmp_path))


def test_what_is_filled_in_is_what_is_read_back(form: Page) -> None:
    fill(form, COMPLETE)
    name, data = saved(form)
    assert name == f"{words('response_name')}_张三_{FORM.passport}.yaml"
    reading = read(data)
    assert reading.content == COMPLETE
    assert (reading.errors, reading.gaps, reading.notes) == ([], [], [])


def test_the_english_form_is_read_back_just_as_well(page: Page, tmp_path: Path) -> None:
    content = {**COMPLETE, "passport": ENGLISH.passport, "filled_by": "Zhang San"}
    fill(opened(page, written(tmp_path, ENGLISH)), content, ENGLISH)
    reading = read(saved(page, form=ENGLISH)[1])
    assert reading.content == content
    assert (reading.errors, reading.gaps, reading.notes) == ([], [], [])


def test_a_form_in_which_nothing_was_filled_in_says_nothing_and_above_all_not_conform(form: Page) -> None:
    places = ["1.1", "1.2", "1.10", "2.1/a", "2.1/b"]
    assert [answer_of(form, place) for place in places] == ["unchecked"] * 5
    reading = read(saved(form)[1])
    assert [problem.code for problem in reading.errors] == ["form.nothing-filled-in"]
    choose(form, "1.1", "not_applicable")
    reading = read(saved(form)[1])
    expected = {"format": "selfaudit/response/1", "passport": FORM.passport}
    assert reading.content == {**expected, "items": [{"id": "1.1", "answer": "not_applicable"}]}
    assert reading.errors == reading.notes == []


def test_the_program_collects_what_was_filled_in_into_the_form_it_issued(page: Page, new_campaign: Campaign) -> None:
    assert new_campaign.run("issue", "--format", "html").code == 0
    (path,) = new_campaign.root.glob("outbox/*/张三_*.html")
    opened(page, path)
    for radio in page.locator('input[value="conform"]').all():
        radio.check()
    at(page, "coverage/projects").fill("12")
    at(page, "filled_by").fill("张三")
    at(page, "filled_on").fill("2023-11-05")
    at(page, "declaration").check()
    name, data = saved(page)
    new_campaign.receive(name, data)
    assert new_campaign.run("collect").code == 0
    merged = new_campaign.merged()["张三"]
    assert (merged["state"], merged["coverage"]) == ("complete", {"projects": 12})


HOSTILE = (
    "</script><script>alert(1)</script><!-- ' \" \\ \\u0041 &lt; ${x} {{ y }}\n"
    "- a: #b\n---\n%TAG !\n\t|\n  [ { ,\n“😀👩‍👩‍👧 𠮷 é é\u00a0\u3000\u2028\u2029\ufeff\u200b\u202e”\n"
    "\x00\x07\x1b\x7f\x85\x9f\ufffe\n__proto__: constructor"
)
LONG = "长" * (LONGEST_TEXT - 400) + "a b\n" * 99 + "a b."
TEXT_FIELDS = ("fact", "basis", "certificates", "people", "cause", "correction", "similar", "owner")


def everywhere(text: str) -> dict[str, Any]:
    """Return a content with a text in every field that takes any text."""
    answers = {"answer": "not_applicable", "note": text}
    return {
        **COMPLETE,
        "filled_by": text,
        "items": [
            {"id": "1.1", **answers},
            {"id": "1.10", **answers},
            {"id": "1.2", **answers},
            {"id": "2.1", "parts": [{"id": "a", "answer": "problem", "note": text}, {"id": "b", **answers}]},
        ],
        "findings": [
            {
                "number": 1,
                "item": "2.1",
                "part": "a",
                **dict.fromkeys(TEXT_FIELDS, text),
                "severity": "severe",
                "disposition": {"certificate": text, "people": text},
                "due": "2023-12-01",
            }
        ],
        "suggestions": {"national": text},
        "clues": text,
    }


@pytest.mark.parametrize("text", [HOSTILE, LONG], ids=["hostile", "long"])
def test_any_text_in_any_field_comes_back_as_it_was_typed(form: Page, text: str) -> None:
    fill(form, everywhere(text))
    reading = read(saved(form)[1])
    # control characters are left out while typing: a file with one would be refused
    expected = everywhere(clean(CONTROL.sub("", text.replace("\r", "\n"))))
    assert reading.errors == []
    assert reading.content == expected
    assert reading.digest == content_hash(expected)
    assert form.locator("script").count() == 3


def described(field: Locator) -> str:
    """Return what a screen reader says about a field besides its name."""
    ids = str(field.get_attribute("aria-describedby")).split()
    return " ".join(str(field.page.locator(f"#{one}").text_content()) for one in ids).strip()


def test_a_text_that_is_too_long_is_told_at_once_and_before_sending(form: Page) -> None:
    at(form, "clues").fill("长" * (LONGEST_TEXT + 7))
    told = words("too_long", count=7, most=LONGEST_TEXT)
    assert form.locator("#clues ~ .field .complaint").inner_text() == told
    assert described(at(form, "clues")) == told
    assert described(at(form, "filled_on/time")) == words("time_help")
    press(form, "check")
    assert words("refused") in outcome(form)
    form.locator(".outcome a.jump", has_text=told).click()
    assert form.evaluate("document.activeElement.getAttribute('data-at')") == "clues"


def test_the_code_shown_after_saving_is_that_of_the_content(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path, content=COMPLETE))
    saved(page)
    code = content_code(content_hash(COMPLETE))
    assert f"{code[:4]} {code[4:]}" in outcome(page)
    assert words("nothing_missing") in outcome(page)


def test_after_saving_the_page_says_that_this_is_not_yet_sending(page: Page, tmp_path: Path) -> None:
    form = FORM.model_copy(update={"return_to": "技术部 <audit@example.org>"})
    opened(page, written(tmp_path, form))
    name, _ = saved(page)
    said = outcome(page)
    day = words("day", year="2023", month=11, day=7)
    assert said.startswith(words("saved"))
    assert words("send_to", where=form.return_to, day=day) in said
    assert name in said
    assert page.evaluate("document.activeElement.textContent") == words("saved")


def test_the_missing_list_has_a_link_to_every_gap_and_each_goes_to_its_input(form: Page) -> None:
    choose(form, "1.2", "problem")
    choose(form, "1.10", "not_applicable")
    choose(form, "2.1/b", "conform")
    form.get_by_role("button", name=words("register_for", place="1.2"), exact=True).click()
    press(form, "add_finding")
    at(form, "findings/2/item").select_option("2.1 b")
    at(form, "findings/2/due").fill("2023-12-01")
    at(form, "coverage/staff").fill("约三人")
    press(form, "check")
    assert targets(form) == [
        "coverage/staff",
        "items/1.1/answer", "items/2.1/a/answer", "items/1.10/note", "items/2.1/b/answer",
        *(f"findings/1/{key}" for key in ("fact", "cause", "due", "disposition/certificate")),
        *(f"findings/2/{key}" for key in ("fact", "cause", "disposition/certificate")),
        "coverage/projects", "filled_by", "filled_on", "declaration",
    ]  # fmt: skip


def test_what_the_page_calls_missing_is_what_the_program_calls_missing(form: Page) -> None:
    choose(form, "1.2", "problem")
    _, data = saved(form)
    told = [problem.code for problem in read(data).gaps]
    assert told == ["form.unchecked", "form.no-finding", "form.no-coverage", "form.not-signed", "form.not-dated",
                    "form.not-declared"]  # fmt: skip
    groups = form.locator(".gap h4").all_inner_texts()
    assert groups == [words(f"gap_{name}") for name in ("unchecked", "no-finding", "no-coverage", "about")]
    assert form.locator(".gap a").count() == 4 + 1 + 2 + 3


def test_a_day_typed_by_half_is_told_because_the_browser_keeps_it_to_itself(form: Page) -> None:
    at(form, "filled_on").press_sequentially("2023")
    press(form, "check")
    assert words("gap_unread") in outcome(form)


def test_a_problem_is_described_where_it_was_found(form: Page) -> None:
    choose(form, "2.1/b", "problem")
    form.get_by_role("button", name=words("register_for", place="2.1 b"), exact=True).click()
    assert form.evaluate("document.activeElement.getAttribute('data-at')") == "findings/1/fact"
    form.keyboard.type("记录是次日补写的")
    assert at(form, "findings/1/item").input_value() == "2.1 b"
    links = form.locator(".answer .links a")
    assert links.all_inner_texts() == [words("finding", number=1)]
    content = read(saved(form)[1]).content
    assert content
    assert content["findings"] == [{"number": 1, "item": "2.1", "part": "b", "fact": "记录是次日补写的"}]


def test_a_problem_that_was_removed_takes_its_number_along_and_the_others_keep_theirs(form: Page) -> None:
    for fact in ("甲", "乙", "丙"):
        press(form, "add_finding")
        form.locator('[data-at$="/fact"]').last.fill(fact)
    remove = form.get_by_role("button", name=words("remove_finding", number=2), exact=True)
    remove.click()
    form.locator(".finding").nth(1).get_by_role("button", name=words("cancel")).click()
    assert form.locator(".finding").count() == 3
    remove.click()
    form.locator(".finding").nth(1).locator(".danger").click()
    press(form, "add_finding")
    at(form, "findings/4/fact").fill("丁")
    content = read(saved(form)[1]).content
    assert content
    assert [(found["number"], found["fact"]) for found in content["findings"]] == [(1, "甲"), (3, "丙"), (4, "丁")]


def test_a_problem_has_only_the_fields_that_the_kit_asks_for_in_its_words(page: Page, tmp_path: Path) -> None:
    fields = (
        FindingChoice(id="batches", title="涉及批次", help="批号", required=True),
        FindingChoice(id="correction", title="纠正措施"),
    )
    chosen = {"finding_fields": fields, "finding_required": ("fact",), "dispositions": ()}
    one_grade = {"severities": FORM.questions.severities[:1]}
    asked = Questions.model_validate({**FORM.questions.model_dump(), **chosen, **one_grade})
    lean = FORM.model_copy(update={"questions": asked})
    opened(page, written(tmp_path, lean))
    press(page, "add_finding")
    targets = [one.get_attribute("data-at") for one in page.locator(".finding [data-at]").all()]
    assert targets == [f"findings/1/{name}" for name in ("item", "fact", "batches", "correction", "evidence")]
    shown = page.locator(".finding").inner_text()
    for word in ("涉及批次", "纠正措施"):
        assert word in shown
    for word in ("证书", "举一反三", "严重程度", "处理", "责任人"):
        assert word not in shown
    at(page, "findings/1/batches").fill("26-101")
    content = read_any(saved(page)[1], "f.yaml", lambda _: lean, CODE).content
    assert content
    assert content["findings"] == [{"number": 1, "batches": "26-101"}]


def test_an_empty_problem_is_removed_without_asking_and_never_sent(form: Page) -> None:
    press(form, "add_finding")
    press(form, "add_finding")
    form.get_by_role("button", name=words("remove_finding", number=1), exact=True).click()
    assert form.locator(".finding").count() == 1
    assert "findings" not in (read(saved(form)[1]).content or {})


def test_a_usual_word_is_written_once_behind_what_stands_there(form: Page) -> None:
    press(form, "add_finding")
    for word in ("保持", "撤销", "保持"):
        form.get_by_role("button", name=word, exact=True).click()
    separator = words("semicolon")
    assert at(form, "findings/1/disposition/certificate").input_value() == f"保持{separator}撤销"


def test_the_legal_basis_stands_beside_the_item_without_opening_anything(form: Page) -> None:
    item = form.locator(".item", has_text="2.1")
    assert item.locator(".cited li").all_inner_texts() == list(FORM.questions.item_of["2.1"].legal_basis)
    assert all(one.is_visible() for one in item.locator(".cited li").all())
    assert form.locator(".cited").count() == 1


def test_a_problem_is_offered_the_legal_basis_of_its_item_and_any_other_text_may_stand_there(form: Page) -> None:
    law, standard = FORM.questions.item_of["2.1"].legal_basis
    press(form, "add_finding")
    field = at(form, "findings/1/basis")
    chips = form.locator(".field", has=field).locator("button.chip")
    assert chips.count() == 0
    at(form, "findings/1/item").select_option("2.1 a")
    assert chips.all_inner_texts() == [law, standard]
    field.fill("程序文件 4.2")
    for _ in range(2):
        chips.first.click()
    assert field.input_value() == f"程序文件 4.2{words('semicolon')}{law}"
    at(form, "findings/1/item").select_option("1.1")
    assert chips.count() == 0
    (finding,) = (read(saved(form)[1]).content or {})["findings"]
    assert finding["basis"] == f"程序文件 4.2{words('semicolon')}{law}"


def test_the_progress_counts_every_part_for_itself(form: Page) -> None:
    choose(form, "1.1", "conform")
    choose(form, "2.1/a", "problem")
    assert form.locator(".bar .count").inner_text() == words("progress", done=2, all=5)
    assert form.get_by_role("progressbar").evaluate("bar => [bar.value, bar.max]") == [2, 5]
    assert form.locator(".contents .ready").all_inner_texts() == ["1/3", "1/2"]


ORDERS: list[list[tuple[str, str]]] = [
    [("filled_on/time", "14:30"), ("filled_on", "2023-11-05")],
    [("filled_on", "2023-11-06"), ("filled_on/time", "14:30"), ("filled_on", ""), ("filled_on", "2023-11-05")],
    [("filled_on", "2023-11-05"), ("filled_on/time", "9:00"), ("filled_on/time", ""), ("filled_on/time", "14:30")],
]


@pytest.mark.parametrize("order", ORDERS, ids=["time first", "another day", "another time"])
def test_day_and_time_are_kept_in_whatever_order_they_are_typed(form: Page, order: list[tuple[str, str]]) -> None:
    for target, value in order:
        at(form, target).fill(value.zfill(5) if "time" in target and value else value)
    content = read(saved(form)[1]).content
    assert content
    assert content["filled_on"] == "2023-11-05T14:30"


def test_a_day_typed_anew_key_by_key_leaves_the_time_alone(form: Page) -> None:
    at(form, "filled_on").fill("2023-11-05")
    at(form, "filled_on/time").fill("14:30")
    at(form, "filled_on").focus()
    form.keyboard.press("Backspace")
    assert at(form, "filled_on").input_value() == ""
    at(form, "filled_on").fill("2023-11-06")
    assert at(form, "filled_on/time").input_value() == "14:30"
    assert b'\nfilled_on: "2023-11-06 14:30"\n' in saved(form)[1]


def test_a_time_without_a_day_is_a_missing_date(form: Page) -> None:
    choose(form, "1.1", "conform")
    at(form, "filled_on/time").fill("14:30")
    press(form, "check")
    assert words("gap_not-dated") in outcome(form)
    assert [gap.code for gap in read(saved(form)[1]).gaps if gap.code == "form.not-dated"] == ["form.not-dated"]
    assert at(form, "filled_on/time").input_value() == "14:30"


def test_today_and_now_are_filled_in_at_a_press(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page(timezone_id="Asia/Shanghai")
    page.clock.install(time="2023-11-05T20:30:00Z")
    opened(page, written(tmp_path))
    press(page, "today")
    press(page, "now")
    content = read(saved(page)[1]).content
    assert content
    assert content["filled_on"] == "2023-11-06T04:30"


def test_of_two_versions_of_one_day_the_later_one_can_be_told(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page(timezone_id="Asia/Shanghai")
    page.clock.install(time="2023-11-05T06:30:00Z")
    opened(page, written(tmp_path))
    press(page, "today")
    choose(page, "1.1", "conform")
    first = read(saved(page)[1]).content
    assert first
    assert first["filled_on"] == "2023-11-05T14:30"
    assert words("stamped", moment="2023-11-05 14:30") in page.locator(".notices").inner_text()
    page.clock.fast_forward("07:00")
    assert read(saved(page)[1]).content == first  # nothing changed, so it is the same version
    choose(page, "1.2", "conform")
    page.reload()
    second = read(saved(page)[1]).content
    assert second
    assert second["filled_on"] == "2023-11-05T14:37"


def test_a_correction_of_an_earlier_day_bears_its_own_date(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page(timezone_id="Asia/Shanghai")
    page.clock.install(time="2023-11-08T01:05:00Z")
    opened(page, written(tmp_path))
    load(page, "earlier.yaml", yaml_form.write(FORM, COMPLETE).decode())
    assert read(saved(page)[1]).content == COMPLETE  # only looked at
    at(page, "clues").fill("又想起一件事")
    corrected = read(saved(page)[1]).content
    assert corrected == {**COMPLETE, "clues": "又想起一件事", "filled_on": "2023-11-08T09:05"}
    # a date of another day that somebody typed himself stays
    at(page, "filled_on").fill("2023-11-07")
    at(page, "filled_on/time").fill("")
    corrected = read(saved(page)[1]).content
    assert corrected
    assert corrected["filled_on"] == "2023-11-07"


def test_what_a_file_says_and_nobody_understands_stays_as_it_is_until_it_is_changed(page: Page, tmp_path: Path) -> None:
    form = opened(page, written(tmp_path, content=COMPLETE))
    odd = saved(form)[1].decode()
    for old, new in (('"符合"', "大体符合"), ("2023-12-01", "年底"), ("2023-11-05 14:30", "本周"), ('"3"', "约三")):
        assert old in odd
        odd = odd.replace(old, new, 1)
    load(form, "odd.yaml", odd.replace('"severe"', '"非常"'))
    press(form, "load_yes")
    assert form.locator(".dropped li").all_inner_texts() == ["findings 1 severity 非常"]
    assert answer_of(form, "1.1") == ""
    assert described(form.locator("fieldset.choices").first) == words("unread_answer", value="大体符合")
    shown = [at(form, target).input_value() for target in ("findings/1/due", "filled_on", "coverage/projects")]
    assert shown == ["年底", "本周", "约三"]
    codes = [problem.code for problem in read(saved(form)[1]).gaps]
    assert sorted(codes) == ["form.no-date", "form.no-date", "form.no-number", "form.unknown-answer"]
    choose(form, "1.1", "conform")
    at(form, "filled_on").fill("")
    at(form, "filled_on").blur()
    at(form, "filled_on").fill("2023-11-05")
    at(form, "findings/1/severity").select_option("severe")
    codes = [problem.code for problem in read(saved(form)[1]).gaps]
    assert sorted(codes) == ["form.no-date", "form.no-number"]


def test_the_form_of_a_unit_that_asks_no_numbers_suggestions_or_clues_has_no_place_for_them(
    page: Page, tmp_path: Path
) -> None:
    fewer = {"coverage": (), "suggestions": (), "clues": "", "dispositions": (), "severities": ()}
    asked = Questions.model_validate({**FORM.questions.model_dump(), **fewer})
    form = Form(passport=FORM.passport, respondent=FORM.respondent, questions=asked)
    opened(page, written(tmp_path, form))
    ids = page.locator("section h2").evaluate_all("all => all.map(one => one.id)")
    assert ids == ["area-1", "area-2", "findings", "declaration", "send"]
    press(page, "add_finding")
    assert at(page, "findings/1/fact").count() == 1
