"""Reviews of files: each is the answer of a reviewer about one file, from the outbox to the lists and reports."""

import re
from pathlib import Path
from typing import Any

import pytest

from selfaudit.base.text import file_name
from tests.support.campaign import Campaign
from tests.support.filling import FINDING, fill
from tests.support.reviewed import give_out, reviews, with_criteria
from tests.workflow.verdicts.data import ran, signal

GIVEN = {"P1": ("周敏", "吴江"), "P2": ("吴江",), "P3": ("张三",)}
PROBLEM: dict[str, Any] = {"answers": {"F1": "发现问题"}, "findings": [{**FINDING, "item": "F1", "part": ""}]}


def answer(campaign: Campaign, name: str, **said: Any) -> None:
    """Put a review, filled in, into the inbox."""
    text = reviews(campaign)[file_name(name)].read_text(encoding="utf-8")
    campaign.receive(f"{file_name(name)}.yaml", fill(text, **{"by": name.partition("（")[2].strip("）"), **said}))


@pytest.fixture(scope="module")
def given(issued: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign in which three files are with their reviewers, one with two; to be copied, not changed."""
    made = with_criteria(issued.copy(tmp_path_factory.mktemp("given") / "campaign"))
    give_out(made, GIVEN)
    assert made.run("issue").code == 0
    return made


@pytest.fixture(scope="module")
def reviewed(given: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """The same after two reviewed one file differently, and others one without a problem; to be copied."""
    made = given.copy(tmp_path_factory.mktemp("reviewed") / "campaign")
    answer(made, "P1（周敏）")
    answer(made, "P1（吴江）", **PROBLEM)
    answer(made, "P2（吴江）")
    assert made.run("collect").code == 0
    return made


def test_a_review_without_a_problem_is_held_against_the_signals_on_its_file_and_settled_by_that_name(
    reviewed: Campaign, tmp_path: Path
) -> None:
    campaign = reviewed.copy(tmp_path / "c")
    assert campaign.run("contradictions", "list").out.startswith("No contradictions.\n")
    ran(campaign, signal("P1"), signal("P9"))
    found = campaign.run("contradictions", "list")
    assert found.code == 1
    key = "F1/file:files/P1/D1"
    assert found.out.startswith(f"{key}  F1 决定把关\n  P1 (criterion: signals: 1 or more)\n  P1（周敏） (")
    assert "P1（吴江）" not in found.out
    settled = campaign.run("contradictions", "settle", key, "--by", "总经理", "--reason", "看过原件")
    assert settled.out == f"Settled: {key}. Still open: 0.\n"


def test_a_reviewer_gets_one_reminder_about_all_files_at_the_address_on_the_roster(
    given: Campaign, tmp_path: Path
) -> None:
    campaign = given.copy(tmp_path / "c")
    campaign.edit("roster.yaml", "    name: 张三\n", "    name: 张三\n    email: zhang@example.org\n")
    ran = campaign.run("remind", "--role", "案卷复核人")
    assert "  技术部: P1（周敏）, P1（吴江）, P2（吴江）, P3（张三）\n" in ran.out
    assert "no e-mail address is known for 周敏, 吴江\n" in ran.err
    mails = {path.name: path.read_bytes() for path in campaign.root.glob("outbox/reminders/*/mail/*.eml")}
    assert sorted(name.partition("_")[0] for name in mails) == ["吴江", "周敏", "张三"]
    (own,) = (mail for name, mail in mails.items() if name.startswith("张三"))
    assert b"zhang@example.org" in own
    (text,) = campaign.root.glob("outbox/reminders/*/技术部*.txt")
    (letter,) = re.findall(r"─ 吴江\n\n(.+?)\n\n某认证", text.read_text(encoding="utf-8"), re.DOTALL)
    assert re.fullmatch(
        r"吴江：\n您好！您复核的下列案卷，复核表尚未交回或填写不完整，请填好后交回。\n\n尚未交回（2）：\n"
        r"1\. P1（TK23-\S+）：交回期限2023年11月8日（已逾期 \d+ 天）\n2\. P2（TK23-.+）",
        letter.strip(),
    )


def test_who_signs_a_review_with_their_name_alone_is_taken_for_the_reviewer_and_others_are_told(
    given: Campaign, tmp_path: Path
) -> None:
    campaign = given.copy(tmp_path / "c")
    give_out(campaign, {"P1": ("周敏 ****0016", "周敏 ****002X")})
    campaign.run("issue")
    answer(campaign, "P1（周敏 ****0016）", by="周敏")
    answer(campaign, "P1（周敏 ****002X）", by="李四")
    told = [line for line in campaign.run("collect").out.splitlines() if "filled in by" in line]
    assert [("李四" in line, "“周敏”" in line) for line in told] == [(True, False)], told


def test_a_form_of_a_file_that_somebody_else_reviews_now_is_put_aside_and_told_if_it_comes_all_the_same(
    given: Campaign, tmp_path: Path
) -> None:
    campaign = given.copy(tmp_path / "c")
    answer(campaign, "P3（张三）", **PROBLEM)
    give_out(campaign, {**GIVEN, "P3": ("吴江",)})
    assert "No longer asked, answers kept: P3（张三）\n" in campaign.run("issue").out
    there = sorted(path.parent.name for path in campaign.root.glob("outbox/reviews/**/P3*.yaml"))
    assert there == ["superseded", "吴江"]
    ran = campaign.run("collect")
    assert "P3（张三） is not asked about this file any more; what came is kept" in ran.out + ran.err
    assert campaign.run("status", "--json").data["dropped"] == ["P3（张三）"]
    answer(campaign, "P2（吴江）")
    give_out(campaign, GIVEN, lost={"P2": "案卷遗失"})
    ran = campaign.run("collect")
    assert "P2（吴江） is not asked about this file any more" in ran.out + ran.err, "also before forms are put aside"
    assert "No longer asked, answers kept: P2（吴江）, P3（吴江）" in campaign.run("issue").out
