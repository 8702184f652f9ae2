"""What the console calls things: words of people, not keys of the data; long lists cut, sentences instead of counts."""

import pytest

from selfaudit.base.problems import Problem, error, note, warning
from selfaudit.cli import show
from selfaudit.cli.history import _differences
from selfaudit.cli.words import Words, short
from selfaudit.model.form.merge import Difference, differences
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.program import environment

BAD, OPEN, TOLD = (
    error("words.bad", "bad {n}"),
    warning("words.open", "open {n}", "Close it."),
    note("words.told", "told"),
)


def test_of_many_names_the_first_few_are_named_and_the_others_counted() -> None:
    assert show.some(["a", "b", "c"], 3) == "a, b, c"
    assert show.some(list("abcdef"), 3) == "a, b and 4 others"


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ([], "No problems found"),
        ([BAD(n=1)], "1 error must be corrected"),
        ([OPEN(n=n) for n in range(48)], "48 points are open"),
        ([BAD(n=1), BAD(n=2), OPEN(n=1), TOLD()], "2 errors must be corrected; 1 point is open; 1 remark"),
    ],
)
def test_how_much_is_wrong_is_a_sentence_without_zeros(found: list[Problem], sentence: str) -> None:
    assert show.count_problems(found) == sentence


def test_many_problems_of_one_kind_are_one_line_with_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    show.problems([BAD(n=0), *(OPEN(n=n) for n in range(6))], most=5)
    assert capsys.readouterr().err == (
        "error: bad 0\nwarning: open 0 (and 5 more of this kind)\n    → Close it.\n"
    )  # fmt: skip
    show.problems([OPEN(n=n) for n in range(2)], most=5)
    assert capsys.readouterr().err == "warning: open 0\nwarning: open 1\n    → Close it.\n"


@pytest.mark.parametrize(
    ("text", "cut"),
    [("short", "short"), ("一二三四五六", "一二三四…"), ("two\nlines", "two…"), ("abcdefghijk", "abcdefghi…")],
)
def test_a_long_text_is_cut_by_columns_at_its_first_line(text: str, cut: str) -> None:
    assert short(text, 10) == cut


def test_a_difference_knows_the_steps_that_lead_to_it() -> None:
    one = {"items": [{"id": "2.5", "parts": [{"id": "d", "answer": "conform"}]}], "coverage": {"projects": 3}}
    finding = {"number": 2, "item": "2.5", "part": "d", "disposition": {"people": "x"}}
    found = {one.place: one.steps for one in differences(one, {"findings": [finding]})}
    assert found == {
        "2.5 id": ("2.5", "id"),
        "2.5 d id": ("2.5", "d", "id"),
        "2.5 d": ("2.5", "d"),
        "coverage projects": ("coverage", "projects"),
        "findings 2.5.d.2 number": ("findings", "2.5", "d", "2", "number"),
        "findings 2.5.d.2 item": ("findings", "2.5", "d", "2", "item"),
        "findings 2.5.d.2 part": ("findings", "2.5", "d", "2", "part"),
        "findings 2.5.d.2 disposition people": ("findings", "2.5", "d", "2", "disposition", "people"),
    }


@pytest.fixture
def words(campaign: Campaign) -> Words:
    from selfaudit.store.workspace import Workspace  # noqa: PLC0415 - the campaign comes first

    return Words(Workspace(campaign.root).plan())


@pytest.mark.parametrize(
    ("steps", "one", "other", "line"),
    [
        (("2.1", "a"), "conform", "not_applicable", "2.1 a: conform; in the one shown: not applicable"),
        (("2.1", "a", "note"), "", "x", "2.1 a, note: empty; in the one shown: “x”"),
        (("declaration",), "True", "", "declaration accepted: yes; in the one shown: empty"),
        (("findings", "2.1", "a", "1", "fact"), "x", "y", "finding 1 on 2.1 a, fact: “x”; in the one shown: “y”"),
        (("findings", "2.1", "1", "number"), "1", "", "finding 1 on 2.1: only here"),
        (
            ("findings", "2.1", "1", "disposition", "certificate"), "", "x",
            "finding 1 on 2.1, handling (证书): empty; in the one shown: “x”",
        ),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_words(words: Words, steps: tuple[str, ...], one: str, other: str, line: str) -> None:
    assert list(_differences([Difference(steps, "", one, other)], words)) == [line]


def test_that_an_item_is_listed_is_no_difference_of_its_own(words: Words) -> None:
    said = [Difference(("2.1", "id"), "", "", "2.1"), Difference(("2.1", "a", "id"), "", "", "a")]
    assert list(_differences(said, words)) == []


@pytest.mark.slow
def test_in_chinese_findings_and_contradictions_hold_no_key_of_the_data(campaign: Campaign) -> None:
    chinese = environment("zh_CN")
    campaign.receive("甲.yaml", campaign.filled("张三", answers={"2.1 a": "发现问题"}, findings=[FINDING], by="甲"))
    campaign.receive("乙.yaml", campaign.filled("张三", answers={"2.2": "不适用"}, notes={"2.2": "无"}, by="乙"))
    campaign.run("collect")
    (finding,) = campaign.run("findings", "list", "--json").data or [{"id": ""}]
    said = campaign.run("contradictions", "list", env=chinese).out
    if finding["id"]:
        said += campaign.run("findings", "show", finding["id"], env=chinese).out
    for key in ("findings", "fact", "conform", "not_applicable", "disposition", "True", "“”"):
        assert key not in said.replace("selfaudit findings", "")
    assert "不适用" in said
