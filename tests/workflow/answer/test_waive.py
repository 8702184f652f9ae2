"""``answer waive``: somebody need not answer, the report says so, and an answer that comes after all counts."""

from tests.support.campaign import Campaign

WAIVE = ("answer", "waive", "王五", "--by", "王主任", "--reason", "长期休假")


def gaps(campaign: Campaign) -> dict[str, str]:
    return {gap["code"]: gap["severity"] for gap in campaign.run("report", "--json").data["gaps"]}


def test_the_report_waits_for_them_no_more_and_reminders_stop(answered_campaign: Campaign) -> None:
    assert gaps(answered_campaign)["gate.missing"] == "warning"
    assert answered_campaign.run("remind", "--json").data["reminders"]
    assert answered_campaign.run(*WAIVE).code == 0
    assert gaps(answered_campaign).get("gate.missing") is None
    assert gaps(answered_campaign)["gate.waived"] == "note"
    assert answered_campaign.run("remind", "--json").data["reminders"] == []


def test_status_counts_them_apart_and_says_who_decided_it_and_why(answered_campaign: Campaign) -> None:
    answered_campaign.run(*WAIVE)
    ran = answered_campaign.run("status")
    assert ran.code == 0, "nothing is left to wait for"
    assert "技术部  王五: 长期休假; decided by 王主任" in ran.out
    status = answered_campaign.run("status", "--json").data
    assert (status["total"]["issued"], status["total"]["complete"], status["total"]["waived"]) == (6, 5, 1)
    assert status["total"]["missing"] == status["total"]["overdue"] == 0
    assert "need not answer: decided by 王主任" in answered_campaign.run("status", "--of", "王五").out


def test_a_page_that_is_shown_around_says_who_decided_it_and_not_why(answered_campaign: Campaign) -> None:
    answered_campaign.run(*WAIVE)
    answered_campaign.run("status", "--html", "page.html")
    page = (answered_campaign.root / "page.html").read_text(encoding="utf-8")
    assert "王主任" in page
    assert "长期休假" not in page


def test_the_report_counts_them_as_not_answered_and_names_them(answered_campaign: Campaign) -> None:
    answered_campaign.run(*WAIVE)
    ran = answered_campaign.run("report", "--explain", "--json")
    figures = {figure["id"]: figure for figure in ran.data}
    assert figures["conduct.missing"]["value"] == figures["conduct.waived"]["value"] == 1
    assert figures["conduct.issued"]["value"] == 6
    assert "王五" in figures["conduct.waived"]["sources"][0]


def test_an_answer_that_comes_after_all_counts_and_that_is_told(answered_campaign: Campaign) -> None:
    answered_campaign.run(*WAIVE)
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五"))
    ran = answered_campaign.run("collect", "--json")
    (file,) = [file for file in ran.data["files"] if file["respondent"] == "王五"]
    assert file["outcome"] == "new"
    assert "by decision of 王主任 (长期休假) no answer was needed" in file["notes"][0]["message"]
    assert answered_campaign.run("status", "--json").data["waived"] == []
    assert "王五" in answered_campaign.merged()
    assert "waive-undone" in [what for what, _ in answered_campaign.journal()]


def test_undone_an_answer_is_expected_again(answered_campaign: Campaign) -> None:
    answered_campaign.run(*WAIVE)
    assert answered_campaign.run("answer", "waive", "王五", "--undo", "--by", "王主任", "--reason", "返岗").code == 0
    assert [who["name"] for who in answered_campaign.run("status", "--json").data["missing"]] == ["王五"]
    assert answered_campaign.run("answer", "waive", "王五", "--undo", "--by", "王主任", "--reason", "返岗").code == 3


def test_it_is_not_for_those_who_have_answered(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("answer", "waive", "张三", "--by", "王主任", "--reason", "离职")
    assert ran.code == 3
    assert "张三 has answered" in ran.err
    assert "selfaudit answer withdraw" in ran.err


def test_nothing_is_entered_without_a_name_and_a_reason(answered_campaign: Campaign) -> None:
    answered_campaign.edit("campaign.yaml", "operator:", "# operator:")
    assert answered_campaign.run("answer", "waive", "王五", "--reason", "休假").code == 3
    assert answered_campaign.run("answer", "waive", "王五", "--by", "王主任", "--reason", " ").code == 3
    assert "waive" not in [what for what, _ in answered_campaign.journal()]


def test_it_is_not_for_those_who_are_asked_no_more(answered_campaign: Campaign) -> None:
    answered_campaign.edit("roster.yaml", "head: P3", "head: P2")
    answered_campaign.edit("roster.yaml", "  - id: P3\n    name: 王五\n    unit: T\n    posts:\n      - 技术员\n", "")
    assert answered_campaign.run("issue").code == 0
    ran = answered_campaign.run(*WAIVE)
    assert (ran.code, "王五 is no longer asked" in ran.err) == (3, True)
