"""Reviews of files: each is the answer of a reviewer about one file, from the outbox to the lists and reports."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.campaign import Campaign
from tests.support.filling import FINDING, fill
from tests.support.reviewed import give_out, reviews, with_criteria
from tests.workflow.verdicts.data import ran, signal

GIVEN = {"P1": ("周敏", "吴江"), "P2": ("吴江",), "P3": ("张三",)}
PROBLEM: dict[str, Any] = {"answers": {"F1": "发现问题"}, "findings": [{**FINDING, "item": "F1", "part": ""}]}


def answer(campaign: Campaign, name: str, **said: Any) -> None:
    """Put a review, filled in, into the inbox."""
    text = reviews(campaign)[name].read_text(encoding="utf-8")
    campaign.receive(f"{name}.yaml", fill(text, by=name.partition("（")[2].strip("）"), **said))


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
