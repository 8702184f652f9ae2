"""The HTML form can be read and used on any screen, by keyboard, by ear and on paper, and touches no network."""

import base64
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from selfaudit.forms.html import form as html_form
from selfaudit.model.form.form import Form
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.forms import build_forms
from tests.forms.html.page.filling import (
    NARROW,
    WIDE,
    answer_of,
    at,
    choose,
    fill,
    opened,
    outcome,
    press,
    words,
    written,
)
from tests.forms.sample import COMPLETE, FORM

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[4] / "examples" / "small-campaign"
SCREENSHOTS = os.environ.get("SELFAUDIT_SCREENSHOTS", "")
LOOKS: dict[str, dict[str, Any]] = {
    "desktop-light": {"viewport": WIDE},
    "desktop-dark": {"viewport": WIDE, "color_scheme": "dark"},
    "tablet": {"viewport": {"width": 800, "height": 1100}},
    "phone": {"viewport": NARROW, "device_scale_factor": 2, "is_mobile": True, "has_touch": True},
    "phone-dark": {"viewport": NARROW, "is_mobile": True, "has_touch": True, "color_scheme": "dark"},
}
SAID = {
    "format": "selfaudit/response/1",
    "filled_by": "罗晓峰",
    "filled_on": "2023-11-05",
    "coverage": {"projects": 12},
    "findings": [
        {
            "number": 1,
            "item": "2.5",
            "part": "b",
            "fact": "2023年5月6日，项目 C-17 末次会议审核组长缺席，签到表由他人代签。\n当日照片与签到表时间不符。",
            "severity": "major",
            "cause": "排期冲突，未按程序调整审核计划。",
            "correction": "补充末次会议并重新签到，撤回原签到表。",
            "disposition": {"people": "内部通报；暂停派工", "case_file": "补充审核"},
            "owner": "审核部 高建国",
        }
    ],
}


@pytest.fixture(scope="session")
def example() -> tuple[Form, dict[str, Any]]:
    """The form of an auditor of the example campaign, half filled in."""
    campaign = Workspace(EXAMPLE)
    kit, roster = campaign.load().usable()
    forms = build_forms(kit, roster, campaign.codes(kit.plan.id))
    form = next(form for form in forms if form.respondent.name == "罗晓峰")
    parts = [
        {"id": "a", "answer": "conform", "note": "已抽查 12 个项目，批准范围与实际业务一致，记录见 2023-QA-017。"},
        {"id": "b", "answer": "problem"},
        {"id": "c", "answer": "not_applicable"},
    ]
    return form, {**SAID, "passport": form.passport, "items": [{"id": "2.5", "parts": parts}]}


def shot(page: Page, name: str) -> None:
    """Keep a picture for people to look at, if they asked for it."""
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"html-{name}.png")


CLIPPED = """() => Array.from(document.querySelectorAll('#page *')).filter((one) => {
    const style = getComputedStyle(one);
    const shown = one.getClientRects().length && style.visibility === 'visible' && !one.closest('.unseen, .skip');
    if (!shown || one.matches('select, option, input, progress, .plain')) return false;
    const wide = one.scrollWidth > one.clientWidth + 1 && style.display !== 'inline';
    const high = one.scrollHeight > one.clientHeight + 1 && style.overflowY === 'hidden';
    return wide || high;
}).map((one) => one.outerHTML.slice(0, 120))"""
OVERLAPPING = """() => {
    const boxes = Array.from(document.querySelectorAll(
        '.bar, .notice, .facts div, h1, h2, h3, .ask, .part, .choice, .field label, textarea, select, .help, button'
    )).filter((one) => one.getClientRects().length && !one.closest('.bar'));
    const rects = boxes.map((one) => one.getBoundingClientRect());
    const found = [];
    for (let a = 0; a < boxes.length; a += 1) for (let b = a + 1; b < boxes.length; b += 1) {
        const [one, other] = [rects[a], rects[b]];
        const apart = one.right <= other.left + 1 || other.right <= one.left + 1
            || one.bottom <= other.top + 1 || other.bottom <= one.top + 1;
        if (!apart && !boxes[a].contains(boxes[b])) {
            found.push([boxes[a].outerHTML.slice(0, 90), boxes[b].outerHTML.slice(0, 90)]);
        }
    }
    return found;
}"""
LAY_OUT = """document.querySelectorAll('.item, .rest').forEach((one) => { one.style.contentVisibility = 'visible'; })"""
"""Lays out what is out of sight, which the browser leaves for later, so that it can be measured."""
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"


def serious(page: Page) -> list[str]:
    """Return what keeps people with handicaps from using the page."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:150]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_shows_everything_with_nothing_clipped_covered_or_hard_to_use(
    new_page: Callable[..., Page], tmp_path: Path, example: tuple[Form, dict[str, Any]], look: str
) -> None:
    page = opened(new_page(**LOOKS[look]), written(tmp_path, *example))
    page.evaluate("document.querySelector('.notice button').click()")
    shot(page, f"{look}-top")
    page.locator(".item").nth(0).scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.item').scrollIntoView()")
    shot(page, f"{look}-item")
    page.evaluate("document.querySelector('.finding').scrollIntoView()")
    shot(page, f"{look}-finding")
    page.evaluate("document.querySelector('#declaration').scrollIntoView()")
    shot(page, f"{look}-declaration")
    press(page, "save", example[0])
    page.wait_for_function("scrollY > 100")
    shot(page, f"{look}-saved")
    page.evaluate(LAY_OUT)
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(OVERLAPPING) == []
    assert not page.evaluate(SIDEWAYS)
    assert serious(page) == []


IN_SIGHT = """async (one) => {
    // scrolling to what was not laid out takes a frame or two
    for (let n = 0; n < 5; n += 1) await new Promise((done) => { requestAnimationFrame(done); });
    const { top, bottom } = one.getBoundingClientRect();
    return top >= document.querySelector('.bar').getBoundingClientRect().bottom - 1 && bottom <= innerHeight;
}"""


@pytest.mark.parametrize("look", ["desktop-light", "phone"])
def test_a_jump_ends_where_it_should_however_far_it_is_and_whatever_was_not_laid_out_before(
    new_page: Callable[..., Page], tmp_path: Path, example: tuple[Form, dict[str, Any]], look: str
) -> None:
    form, content = example
    page = opened(new_page(**LOOKS[look]), written(tmp_path, form, content))
    for item in (form.questions.items[-1], form.questions.items[len(form.questions.items) // 2]):
        press(page, "check", form)
        page.locator(".outcome a.jump", has_text=f"{item.id} {item.parts[-1].id}").last.click()
        target = at(page, f"items/{item.id}/{item.parts[-1].id}/answer").first
        assert target.evaluate("one => one === document.activeElement")
        assert target.evaluate(IN_SIGHT)
    area = page.locator(".area h2").last
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("id => { location.hash = id; }", area.get_attribute("id"))
    assert area.evaluate(IN_SIGHT)


def test_what_is_out_of_sight_is_found_by_the_search_of_the_browser(
    page: Page, tmp_path: Path, example: tuple[Form, dict[str, Any]]
) -> None:
    form, content = example
    opened(page, written(tmp_path, form, content))
    last = form.questions.items[-1]
    assert page.evaluate("text => window.find(text)", last.title)
    assert page.evaluate(f"({IN_SIGHT})(getSelection().anchorNode.parentElement)")


WORD = "A" * 300
WORDY = {"title", "ask", "how", "clues", "declaration", "evidence", "actions", "name", "unit_name", "return_to"}


def worded(value: Any, key: str = "") -> Any:
    """Return plain data with every text that people read replaced by one that cannot be broken at a blank."""
    if isinstance(value, dict):
        return {name: worded(held, name) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [worded(held, key) for held in value]
    return WORD if key in WORDY else value


def test_the_longest_words_do_not_make_a_telephone_scroll_sideways(
    new_page: Callable[..., Page], tmp_path: Path
) -> None:
    form = Form.model_validate(worded(FORM.model_dump()))
    page = opened(new_page(**LOOKS["phone"]), written(tmp_path, form))
    choose(page, "1.1", "problem")
    page.locator("[data-answer=problem] .register").click()
    at(page, "findings/1/fact").fill(WORD)
    at(page, "clues").fill(WORD)
    press(page, "copy", form)
    press(page, "save", form)
    assert WORD in outcome(page)
    assert not page.evaluate(SIDEWAYS)


def test_a_text_area_grows_with_its_text(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    note = at(page, "items/1.1/note")
    before = note.evaluate("area => area.offsetHeight")
    note.fill("\n".join("一二三四五六七"))
    assert note.evaluate("area => area.offsetHeight") > before
    assert note.evaluate("area => area.scrollHeight <= area.clientHeight")


def test_the_form_can_be_filled_in_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == words("skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    for _ in range(3):  # past the two things to open and close of the first item
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    assert answer_of(page, "1.1") == "unchecked"
    page.keyboard.press("ArrowRight")
    assert answer_of(page, "1.1") == "conform"
    page.keyboard.press("Tab")
    page.keyboard.type("已查")
    assert at(page, "items/1.1/note").input_value() == "已查"
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) != "none"


def test_every_field_has_a_name_that_says_what_it_is_about(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path, content=COMPLETE))
    names = page.locator("textarea, select, input:not([type=radio]):not([type=file])").evaluate_all(
        "all => all.map(one => one.labels.length ? one.labels[0].textContent.trim() : '')"
    )
    assert all(names)
    assert len(set(names)) == len(names)
    groups = page.locator("fieldset.choices legend").all_text_contents()
    assert groups == [words("answer_to", place=place) for place in ("1.1", "1.2", "1.10", "2.1 a", "2.1 b")]


def test_the_title_and_language_of_the_page_are_those_of_the_form(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    assert page.title() == f"张三 · {FORM.questions.title}"
    assert page.locator("html").get_attribute("lang") == "zh-CN"


LONG_NOTE = "这是一段很长的说明，" * 120 + "到此为止。"


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_paper_shows_all_texts_and_answers_and_what_helps_to_check(page: Page, tmp_path: Path) -> None:
    content = {**COMPLETE, "clues": LONG_NOTE, "filled_by": LONG_NOTE}
    opened(page, written(tmp_path, content=content))
    page.set_viewport_size(NARROW)
    page.emulate_media(media="print")
    printed = plain(page.locator("body").inner_text())
    hows = [item.how for item in FORM.questions.items]
    shown = [item["note"] for item in COMPLETE["items"] if "note" in item]
    for text in (*hows, *shown, LONG_NOTE, COMPLETE["findings"][0]["fact"], FORM.passport, "统一报送口径"):
        assert plain(text) in printed, text
    assert page.locator(".choice:visible").all_inner_texts() == ["符合", "符合", "不适用", "发现问题", "符合"]
    assert page.locator("button:visible, textarea:visible, nav:visible, .bar:visible").count() == 0
    clipped = "all => all.filter(one => one.scrollHeight > one.clientHeight + 1).length"
    assert page.locator(".twin").evaluate_all(clipped) == 0
    page.emulate_media(media="screen")
    assert page.locator("details").evaluate_all("all => all.filter(one => one.open).length") == len(hows)


def test_the_printed_pages_hold_the_answers(page: Page, tmp_path: Path, example: tuple[Form, dict[str, Any]]) -> None:
    form, content = example
    opened(page, written(tmp_path, form, content))
    path = Path(SCREENSHOTS or tmp_path) / "html-print.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    text = plain("".join(sheet.get_textpage().get_text_range() for sheet in document))
    for expected in (content["findings"][0]["fact"], content["findings"][0]["disposition"]["people"], form.passport):
        assert plain(expected) in text
    if SCREENSHOTS:
        for n in range(len(document)):
            document[n].render(scale=1.6).to_pil().save(Path(SCREENSHOTS) / f"html-print-{n + 1}.png")
    document.close()


def test_nothing_but_the_file_itself_is_ever_asked_for(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    path = written(tmp_path)
    opened(page, path)
    fill(page, COMPLETE)
    press(page, "copy")
    with page.expect_download():
        press(page, "save")
    assert [url for url in asked if not url.startswith("blob:")] == [path.as_uri()]


def source(text: str, tag: str) -> str:
    """Return the fingerprint by which the policy knows a script or style."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    assert len(found) == 1
    return f"'sha256-{base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()}'"


def test_the_policy_names_the_one_script_and_style_and_forbids_everything_else() -> None:
    text = html_form.write(FORM).decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src {source(text, 'script')}",
        f"style-src {source(text, 'style')}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_the_policy_holds_against_what_somebody_puts_into_the_page(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda told: refused.append(told.text))
    page.on("pageerror", lambda error: refused.append(str(error)))
    path = tmp_path / "spoiled.html"
    evil = b'<script>window.evil = 1</script><img src="x" onerror="window.evil = 1"><style>h1 { color: red }</style>'
    path.write_bytes(html_form.write(FORM).replace(b"<noscript>", evil + b"<noscript>"))
    opened(page, path)
    page.evaluate("fetch('https://example.org/').catch(() => { window.stopped = 1; })")
    page.wait_for_function("window.stopped === 1")
    assert page.evaluate("window.evil") is None
    assert len([text for text in refused if "Content Security Policy" in text]) >= 4
    page.close()
