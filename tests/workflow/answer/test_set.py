"""``answer set``: what somebody told is a response of its own, marked, and to be signed again."""

import pytest
from docx import Document

from tests.support.campaign import Campaign

TOLD = ("--by", "王主任", "--reason", "来电更正", "--told-on", "2023-11-08")
PROBLEM = (
    "--finding",
    "事实=漏签一次",
    "--finding",
    "severity=一般",
    "--finding",
    "cause=疏忽",
    "--finding",
    "处理.人员=培训",
)


def entered(campaign: Campaign, *args: str) -> dict[str, object]:
    ran = campaign.run("answer", "set", *args, *TOLD, "--json")
    assert ran.code == 0, ran.said
    return dict(ran.data)


def test_it_changes_one_answer_and_keeps_the_response_before_it(answered_campaign: Campaign) -> None:
    before, content = answered_campaign.answers("李四"), answered_campaign.merged()["李四"]
    entered(answered_campaign, "李四", "2.1", "a", "不适用", "--note", "当日请假")
    assert answered_campaign.answers("李四") == {**before, "2.1 a": "not_applicable"}
    now = answered_campaign.merged()["李四"]
    assert (now["filled_by"], now["filled_on"]) == (content["filled_by"], "2023-11-08")
    assert (now["coverage"], now["declaration"]) == (content["coverage"], content["declaration"])
    first, second = answered_campaign.events("李四")
    assert (first["shown"], second["shown"]) == (False, True)
    assert second["changes"] == 1
    assert (second["entered"]["by"], second["entered"]["reason"]) == ("王主任", "来电更正")
    assert answered_campaign.run("status", "--json").data["conflicts"] == []
    assert answered_campaign.run("validate").code == 0
    answered_campaign.verify_journal()


def test_another_answer_does_away_with_the_note_on_the_one_before(answered_campaign: Campaign) -> None:
    def note() -> object:
        (item,) = (item for item in answered_campaign.merged()["李四"]["items"] if item["id"] == "2.3")
        return item.get("note")

    entered(answered_campaign, "李四", "2.3", "不适用", "--note", "当日请假")
    entered(answered_campaign, "李四", "projects", "7")
    assert note() == "当日请假"
    entered(answered_campaign, "李四", "2.3", "符合")
    assert note() is None


def test_a_problem_brings_its_finding_under_any_name_of_its_fields(answered_campaign: Campaign) -> None:
    entered(answered_campaign, "李四", "2.1", "b", "发现问题", *PROBLEM)
    (finding,) = answered_campaign.merged()["李四"]["findings"]
    assert (finding["item"], finding["part"], finding["fact"]) == ("2.1", "b", "漏签一次")
    assert (finding["severity"], finding["disposition"]) == ("minor", {"people": "培训"})
    assert answered_campaign.run("status", "--json").data["incomplete"] == []


def test_a_problem_without_its_finding_is_incomplete_and_that_is_told(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("answer", "set", "李四", "2.1", "b", "发现问题", *TOLD)
    assert "answered as a problem, but there is no finding: 2.1 b" in ran.out
    assert [who["name"] for who in answered_campaign.run("status", "--json").data["incomplete"]] == ["李四"]


def test_a_finding_that_is_none_after_all_is_told_kept_and_its_number_never_used_again(
    answered_campaign: Campaign,
) -> None:
    (old,) = answered_campaign.run("findings", "list", "--json").data
    assert entered(answered_campaign, "张三", "2.1", "a", "符合")["dropped"] == [1]
    assert answered_campaign.run("findings", "list", "--json").data == []
    entered(answered_campaign, "张三", "2.1", "b", "发现问题", *PROBLEM)
    (new,) = answered_campaign.run("findings", "list", "--json").data
    assert new["id"] != old["id"]
    entered(answered_campaign, "张三", "2.1", "b", "发现问题", "--finding", "fact=漏签两次")
    (same,) = answered_campaign.run("findings", "list", "--json").data
    assert (same["id"], same["fact"], same["cause"]) == (new["id"], "漏签两次", "疏忽")
    ran = answered_campaign.run("answer", "withdraw", "张三", "--number", "2", "--by", "王主任", "--reason", "误录")
    assert ran.code == 0
    assert answered_campaign.run("findings", "list", "--json").data == [same], "a later entry stands by itself"


def test_numbers_and_the_declaration_can_be_told_too(answered_campaign: Campaign) -> None:
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五", declaration=""))
    answered_campaign.run("collect")
    entered(answered_campaign, "王五", "覆盖项目数", "7")
    entered(answered_campaign, "王五", "declaration", "同意")
    now = answered_campaign.merged()["王五"]
    assert (now["coverage"], now["declaration"], now["state"]) == ({"projects": 7}, True, "complete")


def test_the_first_answer_of_somebody_who_sent_nothing_begins_their_response(answered_campaign: Campaign) -> None:
    entered(answered_campaign, "王五", "2.3", "符合")
    now = answered_campaign.merged()["王五"]
    assert (now["filled_by"], now["state"]) == ("王五", "incomplete")
    assert answered_campaign.answers("王五")["2.3"] == "conform"


def test_their_own_form_that_comes_later_is_not_put_aside_for_what_was_entered(answered_campaign: Campaign) -> None:
    entered(answered_campaign, "王五", "2.3", "不适用", "--note", "无此业务")
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五", on="2023-11-07"))
    assert answered_campaign.run("collect").code == 1
    assert answered_campaign.run("status", "--json").data["conflicts"] == ["王五"]
    answered_campaign.receive("王五 2.yaml", answered_campaign.filled("王五", on="2023-11-09"))
    answered_campaign.run("collect")
    assert answered_campaign.run("status", "--json").data["conflicts"] == []
    assert answered_campaign.answers("王五")["2.3"] == "conform"


def test_documents_say_who_entered_what_until_the_respondent_sends_a_form_again(answered_campaign: Campaign) -> None:
    entered(answered_campaign, "李四", "2.1", "a", "不适用", "--note", "当日请假")
    entered(answered_campaign, "李四", "projects", "7")
    mark = "由王主任根据2023年11月8日告知代为录入"
    assert f"当日请假\n〔{mark}〕" in printed(answered_campaign, "person")
    assert f"2.1 a、覆盖项目数：{mark}" in printed(answered_campaign, "paper")
    explained = answered_campaign.run("--lang", "zh_CN", "report", "--explain", "--json").data
    (figure,) = [figure for figure in explained if figure["id"] == "conduct.decisions"]
    assert set(figure["sources"]) == {
        "李四：代为录入 2.1 a（2023年11月8日告知）",
        "李四：代为录入 覆盖项目数（2023年11月8日告知）",
    }
    answered_campaign.receive("李四 2.yaml", answered_campaign.filled("李四", on="2023-11-09"))
    answered_campaign.run("collect")
    assert mark not in printed(answered_campaign, "person")


def printed(campaign: Campaign, document: str) -> str:
    """Return every cell of the person report or of the signature sheet of 李四."""
    campaign.run(*(("paper", "print", "--only", "李四") if document == "paper" else ("report", "person")))
    (path,) = (campaign.root / "reports").glob("papers/*/李四*.docx" if document == "paper" else "*/李四_P2.docx")
    return "\n".join(cell.text for table in Document(str(path)).tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("李四", "2.1", "a", "差不多"), "2.1 a: “差不多” is not an answer"),
        (("李四", "2.1", "符合"), "item 2.1 is answered part by part"),
        (("李四", "9.9", "符合"), "the form of 李四 has no item, number or line “9.9”"),
        (("李四", "2.1 a"), "after “2.1 a” the answer is missing"),
        (("李四", "filled_by", "王五"), "the form was filled in by 李四, and that stays"),
        (("李四", "clues", "有人反映"), "the form of 李四 has no item, number or line “clues”"),
        (("李四", "projects", "几个"), "“几个” is not a single number"),
        (("李四", "2.1", "a", "符合"), "the answers of 李四 say that already"),
        (("李四", "2.1", "a", "符合", "--finding", "fact=x"), "a finding belongs to an answer that is a problem"),
        (("李四", "2.1", "a", "发现问题", "--finding", "颜色=x"), "“颜色=x” is no field of a finding"),
        (("李四", "2.1", "a", "发现问题", "--finding", "number=3"), "“number=3” is no field of a finding"),
        (
            ("李四", "2.1", "a", "不适用", "--told-on", "2023-11-01"),
            "“2023-11-01” is no day between 2023-11-05 and today",
        ),
        (("李四", "2.1", "a", "不适用", "--told-on", "2123-11-01"), "is no day between"),
        (("赵六", "2.1", "a", "符合"), "nobody on the roster is called “赵六”"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_changes_nothing(
    answered_campaign: Campaign, args: tuple[str, ...], says: str
) -> None:
    before = answered_campaign.ledger()
    ran = answered_campaign.run("answer", "set", *args, "--by", "王主任", "--reason", "来电")
    assert ran.code == 3, ran.said
    assert says in ran.err
    assert "    → " in ran.err
    assert answered_campaign.ledger() == before


def test_what_cannot_be_read_elsewhere_in_the_form_stays_a_gap(answered_campaign: Campaign) -> None:
    answered_campaign.receive(
        "李四 2.yaml", answered_campaign.filled("李四", on="2023-11-06", answers={"2.1 b": "大概"})
    )
    answered_campaign.run("collect")
    entered(answered_campaign, "李四", "2.1", "a", "不适用", "--note", "当日请假")
    (gap,) = answered_campaign.events("李四")[-1]["gaps"]
    assert gap["code"] == "form.unknown-answer"
    entered(answered_campaign, "李四", "2.1", "b", "符合")
    assert answered_campaign.events("李四")[-1]["gaps"] == []


def test_a_finding_entered_on_somebodys_behalf_says_so_in_lists_and_documents(answered_campaign: Campaign) -> None:
    entered(answered_campaign, "李四", "2.1", "a", "发现问题", *PROBLEM)
    listed = answered_campaign.run("findings", "list")
    assert "李四 (entered by 王主任)" in listed.out
    assert listed.out.count("entered by") == 1
    found = answered_campaign.run("findings", "list", "--json").data
    (record,) = [one for one in found if "on_behalf" in one]
    shown = answered_campaign.run("findings", "show", record["short_id"])
    assert "Entered by 王主任 as told on 2023-11-08: 来电更正" in shown.out
    assert "由王主任根据2023年11月8日告知代为录入" in printed(answered_campaign, "person").split("漏签一次")[1]
    assert answered_campaign.run("report").code == 1
    (draft,) = (answered_campaign.root / "reports").glob("*.docx")
    cells = {cell.text for table in Document(str(draft)).tables for row in table.rows for cell in row.cells}
    (cell,) = {text for text in cells if "漏签一次" in text}
    assert "由王主任根据2023年11月8日告知代为录入" in cell
