"""A review that somebody else than the reviewer filled in is no review of the file."""

from pathlib import Path

from tests.support.campaign import Campaign
from tests.support.filling import Finding, fill
from tests.workflow.collect.test_confirmations import collect, messages


def filled(campaign: Campaign, by: str, fact: str = "", on: str = "2023-11-05") -> str:
    """Fill in the review of P1, which is 赵六's, in somebody's name."""
    (form,) = campaign.root.glob("outbox/reviews/赵六/P1*.yaml")
    finding: Finding = {"item": "1.2", "fact": fact, "cause": "疏忽", "disposition": {"people": "培训"}}
    answers = {"1.2": "发现问题" if fact else "符合"}
    text = form.read_text(encoding="utf-8")
    return fill(text, by=by, on=on, answers=answers, findings=[finding] if fact else [])


def reviewed(campaign: Campaign) -> int:
    counted = campaign.run("review", "--json").data["results"][0]["kinds"]["whole"]
    return int(counted["problems"] + counted["clear"])


def test_a_review_by_somebody_else_is_none_until_the_reviewer_sends_their_own(
    assigned: Campaign, tmp_path: Path
) -> None:
    campaign = assigned.copy(tmp_path / "campaign")
    told = collect(campaign, "甲.yaml", filled(campaign, "马超", "日期早于受理"))
    other = "the review was filled in by 马超, who is not its reviewer 赵六: it counts as no review"
    assert messages(told) == [other]
    assert "selfaudit sample reassign P1 --to NAME" in told["gaps"][0]["hint"]
    assert "form.filled-by-other" not in [note["code"] for note in told["notes"]]
    assert other in campaign.run("status").out
    assert reviewed(campaign) == 0
    own = collect(campaign, "乙.yaml", filled(campaign, "赵 六", on="2023-11-04"))
    assert (own["outcome"], own["gaps"]) == ("updated", [])
    assert campaign.run("contradictions", "list", "--json").data["contradictions"] == []
    assert reviewed(campaign) == 1
    assert other not in campaign.run("status").out


def test_that_whoever_filled_in_a_review_had_to_do_with_the_file_is_told(assigned: Campaign, tmp_path: Path) -> None:
    campaign = assigned.copy(tmp_path / "campaign")
    told = collect(campaign, "甲.yaml", filled(campaign, "张三"))
    assert messages(told)[1] == (
        "张三, who filled in the review of P1, must not review this file, because they had to do with it: 决定"
    )
    assert "must not review this file" in campaign.run("status").out
    assert reviewed(campaign) == 0
