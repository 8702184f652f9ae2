"""A deadline that is moved after the forms went out: who answers after the first one is not simply in time."""

import docx

from tests.support.campaign import Campaign

MOVED = {"before": "2023-11-07", "after": "2099-01-08", "respondents": ["unit:T", "unit:A", "unit:B"]}


def moved(campaign: Campaign, day: str = "2099-01-08") -> Campaign:
    campaign.edit("checklists/1-business.yaml", "due: 2023-11-07", f"due: {day}")
    return campaign


def conduct(campaign: Campaign) -> list[str]:
    """Return the sentences of the report that are about deadlines."""
    plan = campaign.root / "campaign.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("holds: [findings", "holds: [conduct, findings"), "utf-8")
    campaign.run("report")
    (path,) = campaign.root.glob("reports/自查报告*.docx")
    return [p.text for p in docx.Document(str(path)).paragraphs if "期限" in p.text]


def test_a_moved_deadline_is_journalled_once_whichever_command_sees_it_first(campaign: Campaign) -> None:
    moved(campaign)
    for command in ("remind", "issue", "issue"):
        assert campaign.run(command).code in (0, 1)
    assert [detail for what, detail in campaign.journal() if what == "deadline"] == [MOVED]
    said = campaign.run("journal", "list").out
    assert "deadline moved from 2023-11-07 to 2099-01-08: 3 (技术部, " in said
    assert campaign.run("journal", "verify").code == 0


def test_the_final_report_says_that_forms_came_back_after_the_day_first_named(answered_campaign: Campaign) -> None:
    assert any("其中超过填报期限收回的" in text for text in conduct(answered_campaign))
    moved(answered_campaign)
    sentence = "填报期限由2023年11月7日延长至2099年1月8日，涉及填报表3份，其中3份在原期限之后收回。"
    # before the ledger knows of it, and after
    assert sentence in conduct(answered_campaign)
    answered_campaign.run("issue")
    assert sentence in conduct(answered_campaign)


def test_a_deadline_moved_twice_is_told_from_the_first_day_and_one_moved_back_not_at_all(campaign: Campaign) -> None:
    moved(campaign, "2023-11-09").run("issue")
    campaign.edit("checklists/1-business.yaml", "due: 2023-11-09", "due: 2023-11-06")
    campaign.run("issue")
    assert "填报期限由2023年11月7日提前至2023年11月6日，涉及填报表3份。" in conduct(campaign)
    campaign.edit("checklists/1-business.yaml", "due: 2023-11-06", "due: 2023-11-07")
    campaign.run("issue")
    assert not any("填报期限由" in text for text in conduct(campaign))


def test_a_plan_that_changes_before_any_form_went_out_moves_no_deadline(new_campaign: Campaign) -> None:
    moved(new_campaign).run("issue")
    assert "deadline" not in dict(new_campaign.journal())
    assert not any("填报期限由" in text for text in conduct(new_campaign))


def test_a_first_deadline_that_somebody_changes_by_hand_is_found(campaign: Campaign) -> None:
    moved(campaign).run("issue")
    campaign.rows("UPDATE first_dues SET due = '2099-01-08' WHERE respondent = 'unit:T'")
    assert "error: deadline first named (技术部): changed in campaign.db" in campaign.run("journal", "verify").err
