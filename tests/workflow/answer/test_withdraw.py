"""``answer withdraw``: a response that must not count is kept and counts no more."""

from tests.support.campaign import Campaign

WITHDRAW = ("answer", "withdraw", "张三", "--by", "王主任", "--reason", "误填他人的表")


def test_of_the_only_response_nothing_is_left_to_count_and_everything_is_kept(answered_campaign: Campaign) -> None:
    originals = answered_campaign.received()
    ran = answered_campaign.run(*WITHDRAW)
    assert ran.code == 0
    assert "withdrawn: decided by 王主任 on " in ran.out
    assert "误填他人的表" in ran.out
    assert "张三" not in answered_campaign.merged()
    assert answered_campaign.received() == originals
    (event,) = answered_campaign.events("张三")
    assert not event["shown"]
    assert event["withdrawn"]["reason"] == "误填他人的表"
    status = answered_campaign.run("status", "--json").data
    assert [who["name"] for who in status["missing"]] == ["张三", "王五"]
    assert not answered_campaign.run("findings", "list", "--json").data
    assert answered_campaign.run("validate").code == 0


def test_the_response_before_it_counts_again(answered_campaign: Campaign) -> None:
    answered_campaign.receive("张三 更正.yaml", answered_campaign.filled("张三", on="2023-11-06"))
    answered_campaign.run("collect")
    assert answered_campaign.answers("张三")["2.1 a"] == "conform"
    assert answered_campaign.run(*WITHDRAW).code == 0
    assert answered_campaign.answers("张三")["2.1 a"] == "problem"


def test_an_earlier_one_is_withdrawn_by_its_number_and_a_conflict_with_it_ends(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("技术部", by="甲", answers={"1.2": "不适用"}, notes={"1.2": "无"}))
    campaign.receive("2.yaml", campaign.filled("技术部", by="乙", on="2023-11-06"))
    assert campaign.run("collect").code == 1
    assert campaign.run("status", "--json").data["conflicts"] == ["技术部"]
    told = ("--by", "王主任", "--reason", "试填")
    assert campaign.run("answer", "withdraw", "技术部", "--number", "1", *told).code == 0
    assert campaign.run("status", "--json").data["conflicts"] == []
    assert [event["shown"] for event in campaign.events("技术部")] == [False, True]
    ran = campaign.run("contradictions", "resolve", "技术部", "--choose", "1", *told)
    assert ran.code == 3
    assert "Numbers: 2." in ran.err


def test_the_same_file_or_the_same_answers_do_not_come_back_and_that_is_told(answered_campaign: Campaign) -> None:
    answered_campaign.run(*WITHDRAW)
    same = (answered_campaign.root / "inbox/张三.yaml").read_text(encoding="utf-8")
    answered_campaign.receive("again.yaml", f"# again\n{same}")
    answered_campaign.receive("same.yaml", same)
    ran = answered_campaign.run("collect", "--json")
    assert ran.code == 0
    told = {file["file"]: file for file in ran.data["files"]}
    assert told.keys() == {"inbox/same.yaml", "inbox/again.yaml"}
    for file in told.values():
        assert file["outcome"] == "withdrawn"
        assert "were withdrawn by 王主任" in file["notes"][0]["message"]
        assert "answer withdraw 张三 --undo" in file["notes"][0]["hint"]
    assert "张三" not in answered_campaign.merged()


def test_the_withdrawn_file_that_still_lies_in_the_inbox_is_not_told_at_every_collect(
    answered_campaign: Campaign,
) -> None:
    answered_campaign.run(*WITHDRAW)
    for _ in range(2):
        ran = answered_campaign.run("collect", "--json")
        assert (ran.code, ran.data["files"]) == (0, [])
    assert "张三" not in answered_campaign.merged()


def test_undone_it_tells_that_a_waiver_has_ended(answered_campaign: Campaign) -> None:
    answered_campaign.run(*WITHDRAW)
    answered_campaign.run("answer", "waive", "张三", "--by", "李主任", "--reason", "出国")
    undo = answered_campaign.run("answer", "withdraw", "张三", "--undo", "--by", "王主任", "--reason", "核实无误")
    assert "By decision of 李主任 (出国) no answer was needed" in undo.out
    assert not answered_campaign.run("status", "--json").data["waived"]


def test_undone_it_counts_again_as_if_nothing_had_happened(answered_campaign: Campaign) -> None:
    before = answered_campaign.merged()
    answered_campaign.run(*WITHDRAW)
    undo = answered_campaign.run("answer", "withdraw", "张三", "--undo", "--by", "王主任", "--reason", "核实无误")
    assert undo.code == 0
    assert answered_campaign.merged() == before
    assert [what for what, _ in answered_campaign.journal()][-2:] == ["withdraw", "withdraw-undone"]
    assert "taken back: 张三: response 1 withdrawn" in answered_campaign.run("journal", "list").out
    assert answered_campaign.journal()[-1][1]["reason"] == "核实无误"
    answered_campaign.verify_journal()
    again = answered_campaign.run("answer", "withdraw", "张三", "--undo", "--by", "王主任", "--reason", "再次")
    assert again.code == 3


def test_nobody_withdraws_what_is_not_there(campaign: Campaign) -> None:
    ran = campaign.run(*WITHDRAW)
    assert ran.code == 3
    assert "no response of 张三 counts" in ran.err


def test_the_decision_is_in_the_final_report_by_name_and_number(answered_campaign: Campaign) -> None:
    answered_campaign.run(*WITHDRAW)
    ran = answered_campaign.run("report", "--explain", "--json")
    (figure,) = [figure for figure in ran.data if figure["id"] == "conduct.decisions"]
    assert figure["value"] == 1
    assert "张三" in figure["sources"][0]
