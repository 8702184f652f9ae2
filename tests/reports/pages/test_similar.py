"""A reviewer sees two records side by side: what is the same, what was changed, and nothing that is not for them."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from selfaudit.base.i18n import set_console_language
from selfaudit.model.casefiles.compared import CaseText, Compared
from selfaudit.model.casefiles.found import Passage, Ring
from selfaudit.reports.pages.similar.listing import Listed, Listing, list_page
from selfaudit.reports.pages.similar.pair import pair_page
from selfaudit.reports.pages.similar.ring import MOST, Member, ring_page
from selfaudit.reports.similar import Judged
from tests.support.lookalikes import pair

JUDGED = Judged("to be decided", "", ("selfaudit check decide",))


@pytest.fixture(autouse=True)
def _english() -> None:
    set_console_language("en")


def _pane(html: str, side: str) -> str:
    found = re.search(rf'data-side="{side}"[^>]*>(.*?)</section>', html, re.DOTALL)
    assert found
    return found[1]


def test_a_passage_has_a_number_on_both_sides_that_leads_to_the_other() -> None:
    html = pair_page("2023", pair(), JUDGED)
    assert '<a class="n" id="a1" href="#b1"' in _pane(html, "a")
    assert '<a class="n" id="b1" href="#a1"' in _pane(html, "b")
    assert "in these 2 only" in html
    assert "in 3 records" in html
    assert "87 %" in html


def test_changed_words_tell_what_stands_on_the_other_side_and_template_text_is_faint() -> None:
    left = _pane(pair_page("2023", pair(), JUDGED), "a")
    assert '<b class="x" title="date; in the other record: 2023-09-02">2023-05-01</b>' in left
    assert '<b class="x" title="name; in the other record: 赵六">王五</b>' in left
    assert '<span class="t">一、文件审核</span>' in left
    assert '<p data-at="第5段"><a class="n"' in left


def test_numbers_of_people_are_masked_in_the_whole_text() -> None:
    html = pair_page("2023", pair(), JUDGED)
    assert "13912345678" not in html
    assert "110101199003071234" not in html
    assert "139****5678" in html


def test_what_a_record_contains_is_shown_as_text_and_never_run() -> None:
    it = pair()
    bad = '</section><script>alert(1)</script><b title="'
    text = CaseText(it.a.record.model_copy(update={"id": bad}), bad * 9, lambda _: bad, [0])
    hostile = Compared(it.pair, text, text, [Passage(a=3, b=20, length_a=60, length_b=60)])
    html = pair_page(bad, hostile, Judged(bad, bad, (bad,)), up=bad)
    assert html.count("<script>") == 1
    assert '<b title="' not in html
    assert html.count("</section>") == 2


def test_passages_that_overlap_on_one_side_or_begin_between_lines_keep_their_numbers() -> None:
    text = CaseText(pair().a.record, "甲乙丙丁\n\n戊己庚辛")
    passages = [Passage(a=0, b=0, length_a=4, length_b=10), Passage(a=4, b=2, length_a=6, length_b=2)]
    html = pair_page("2023", Compared(pair().pair, text, text, passages), JUDGED)
    assert '<p><a class="n" id="a2"' in _pane(html, "a")
    assert 'id="b2"' in _pane(html, "b")
    assert re.sub("<[^>]+>", "", _pane(html, "b")).split() == ["1甲乙2丙丁", "戊己庚辛"]


def test_a_ring_shows_its_members_against_the_source_and_no_more_than_their_longest_passages() -> None:
    it = pair(MOST)
    html = ring_page("2023", it.a.record, [Member(it, JUDGED, "1.html")], "index.html")
    assert "2 records repeat each other" in html
    assert html.count('class="one"') == MOST
    assert f"and {MOST} shorter passages" in html
    assert '<a href="1.html">2023/乙巳/审核记录.docx</a>' in html


def _opened(page: Page, folder: Path, html: str) -> None:
    (folder / "page.html").write_text(html, encoding="utf-8")
    page.goto((folder / "page.html").as_uri())


_DEPTHS = """(number) => Array.from(document.querySelectorAll('.pane'), (pane) =>
    Math.round(pane.querySelector('[data-p="' + number + '"]').getBoundingClientRect().top
        - pane.getBoundingClientRect().top))"""


@pytest.mark.slow
def test_the_browser_steps_through_long_records_with_both_sides_at_one_height(
    new_page: Callable[..., Page], tmp_path: Path
) -> None:
    it = pair(140)
    # the other side lies deeper, as after a long text of its own
    b = replace(it.b, text="前言。\n" * 60 + it.b.text, template=())
    deeper = [replace(one, b=one.b + 240) for one in it.passages]
    page = new_page(viewport={"width": 1280, "height": 800})
    _opened(page, tmp_path, pair_page("2023", replace(it, b=b, passages=deeper), JUDGED, "index.html"))
    for width, number in ((1280, 3), (390, 5)):
        page.set_viewport_size({"width": width, "height": 800})
        page.keyboard.press("j")
        page.get_by_role("button", name="Next").click()
        told = page.locator(".now").text_content() or ""
        assert told.startswith(f"{number} / 280 · 110 characters · in these 2 only · 第")
        left, right = page.evaluate(_DEPTHS, number)
        assert left == right
        page.locator(f'.pane[data-side="b"] mark[data-p="{number + 1}"]').first.click()
        left, right = page.evaluate(_DEPTHS, number + 1)
        assert left == right
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("k")


@pytest.mark.slow
def test_the_pages_can_be_read_by_ear_and_fit_a_phone(new_page: Callable[..., Page], tmp_path: Path) -> None:
    it = pair()
    rings = [(Ring(source="a", members=("b", "c")), "r.html")]
    page = new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
    for html in (
        pair_page("2023", it, JUDGED, "index.html"),
        ring_page("2023", it.a.record, [Member(it, JUDGED, "1.html")], "index.html"),
        list_page("2023", Listing("5", [Listed(it.pair, "", "", "1.html")], rings, [("c", "no")])),
    ):
        _opened(page, tmp_path, html)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert Axe().run(page).response["violations"] == []
