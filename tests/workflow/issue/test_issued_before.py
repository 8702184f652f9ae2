"""A ledger that is lost after a rewording: the forms issued before are known again and what answered them counts."""

import pytest

from tests.support.campaign import Campaign

OLD, NEW = "是否没有利益冲突？", "是否没有任何利益冲突？"


@pytest.fixture
def reworded(answered_campaign: Campaign) -> Campaign:
    """A campaign in which all but 王五 had answered before a question was reworded; 李四 answered only that again."""
    answered_campaign.edit("checklists/2-conduct.yaml", OLD, NEW)
    assert answered_campaign.run("issue").code == 0
    again = answered_campaign.filled("李四", on="2023-11-06", answer="", answers={"2.2": "不适用"}, notes={"2.2": "无"})
    answered_campaign.receive("李四 2.yaml", again)
    answered_campaign.run("collect")
    return answered_campaign


def issued(campaign: Campaign) -> list[tuple[str, ...]]:
    return campaign.rows("SELECT passport, respondent, questions, issued_at FROM forms ORDER BY serial")


def lose_ledger(campaign: Campaign) -> None:
    for path in campaign.root.glob("campaign.db*"):
        path.unlink()


def test_what_came_before_and_after_a_rewording_counts_again_as_it_did(reworded: Campaign) -> None:
    before, said = issued(reworded), reworded.merged()
    lose_ledger(reworded)
    ran = reworded.run("issue")
    assert ran.code == 0, ran.said
    assert f"did not know are entered again: {len(before)}" in ran.err
    assert "0 new, 0 changed" in ran.out
    assert sorted(issued(reworded)) == sorted(before)
    ran = reworded.run("collect", "received")
    assert "rejected 0" in ran.out, ran.said
    assert {name: one["items"] for name, one in reworded.merged().items() if "items" in one} == {
        name: one["items"] for name, one in said.items() if "items" in one
    }
    assert reworded.run("journal", "verify").code == 0
    assert "forms issued before entered again" in reworded.run("journal", "list").out
    assert reworded.run("issue").err == "", "once"


def test_a_form_issued_under_a_former_name_and_one_of_somebody_who_left_are_known_again(reworded: Campaign) -> None:
    reworded.edit("roster.yaml", "  - id: P2\n    name: 李四\n    unit: B\n    posts:\n      - 审核员\n", "")
    reworded.edit("roster.yaml", "name: 张三", "name: 张三丰")
    assert reworded.run("issue").code == 0
    said = reworded.merged()
    lose_ledger(reworded)
    assert reworded.run("issue").code == 0
    ran = reworded.run("collect", "received")
    assert "rejected 0" in ran.out, ran.said
    assert reworded.merged()["张三丰"]["items"] == said["张三丰"]["items"]
    assert len(reworded.events("李四")) == 2


def test_an_older_ledger_copied_back_learns_of_the_forms_issued_since(answered_campaign: Campaign) -> None:
    backup = (answered_campaign.root / "campaign.db").read_bytes()
    answered_campaign.edit("checklists/2-conduct.yaml", OLD, NEW)
    assert answered_campaign.run("issue").code == 0
    answered_campaign.receive("李四 2.yaml", answered_campaign.filled("李四", on="2023-11-06"))
    answered_campaign.run("collect")
    answered_campaign.edit("checklists/2-conduct.yaml", NEW, "是否没有任何利益关系？")
    lose_ledger(answered_campaign)
    (answered_campaign.root / "campaign.db").write_bytes(backup)
    assert answered_campaign.run("issue").code == 0
    assert "rejected 0" in answered_campaign.run("collect", "received").out
    assert len(answered_campaign.events("李四")) == 2


def test_nothing_is_taken_from_a_file_of_another_campaign(reworded: Campaign) -> None:
    before = issued(reworded)
    reworded.edit("campaign.yaml", "id: tiny", "id: other")
    lose_ledger(reworded)
    assert "are entered again" not in reworded.run("issue").err
    assert not {passport for passport, *_ in before} & {passport for passport, *_ in issued(reworded)}


@pytest.mark.parametrize("text", ["", "{", "[]\n", '{"selfaudit": "selfaudit/issued/1"}\n["forms"', '["forms", 1]\n'])
def test_a_file_that_cannot_be_read_is_told_and_not_written_over(reworded: Campaign, text: str) -> None:
    path = reworded.root / "issued.jsonl"
    path.write_text(text, encoding="utf-8")
    lose_ledger(reworded)
    ran = reworded.run("issue")
    assert ran.code == 3
    assert "issued.jsonl" in ran.err
    assert "Copy it back from a backup" in ran.err
    assert path.read_text(encoding="utf-8") == text


def test_a_form_of_another_campaign_is_told_without_a_word_of_a_lost_ledger(reworded: Campaign) -> None:
    text = reworded.filled("王五")
    reworded.edit("campaign.yaml", "id: tiny", "id: other")
    lose_ledger(reworded)
    for path in (reworded.root / "received").glob("*/*"):
        path.unlink()
    assert reworded.run("issue").code == 0
    reworded.receive("王五.yaml", text)
    said = reworded.run("collect", "inbox/王五.yaml").said
    assert "was issued here" in said
    assert "in which campaign it was issued" in said
    assert "lost" not in said
