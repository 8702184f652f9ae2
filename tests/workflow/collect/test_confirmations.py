"""The round of confirmations: a form for each first reader of reviewed files, and what becomes of their answers."""

import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from python_calamine import CalamineWorkbook

from selfaudit.model.progress.paper import PaperCode
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.standings import standings
from tests.scans.sheets import drawn_sheet, results, scanned
from tests.support.campaign import Campaign
from tests.support.filling import Finding, fill
from tests.support.program import Ran, environment

FACT = "日期早于受理，电话 13800138000"


def review(campaign: Campaign, on: str = "2023-11-05", **facts: str) -> None:
    """Have reviews of files come back, with a problem where there is a fact."""
    for file, fact in facts.items():
        (form,) = campaign.root.glob(f"outbox/reviews/赵六/{file}*.yaml")
        finding: Finding = {"item": "1.2", "fact": fact, "cause": "疏忽", "disposition": {"people": "培训"}}
        answers, findings = {"1.2": "发现问题" if fact else "符合"}, [finding] if fact else []
        text = fill(form.read_text(encoding="utf-8"), by="赵六", on=on, answers=answers, findings=findings)
        campaign.receive(f"{file} {on}.yaml", text)
    ran = campaign.run("collect", "--json")
    assert [one["gaps"] for one in ran.data["files"]] == [[]] * len(facts), ran.said


def issue(campaign: Campaign, *more: str) -> Ran:
    return campaign.run("issue", "--round", "confirmations", "--format", "yaml", *more)


def form_of(campaign: Campaign, name: str = "张三") -> Path:
    (form,) = campaign.root.glob(f"outbox/confirmations/*/{name}_*.yaml")
    return form


@pytest.fixture(scope="module")
def out(assigned: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign in which P1 has a problem, P2 none, the others are not reviewed, and forms are out; to be copied."""
    made = assigned.copy(tmp_path_factory.mktemp("out") / "campaign")
    review(made, P1=FACT, P2="")
    assert issue(made).code == 0
    return made


@pytest.fixture
def campaign(out: Campaign, tmp_path: Path) -> Campaign:
    """The same, to be changed."""
    return out.copy(tmp_path / "campaign")


Answers = Mapping[str, tuple[str, str]]
"""Opinion and reason by file."""


def filled(form: Path, said: Answers, on: str = "2023-11-07", by: str = "张三") -> str:
    """Fill in the form of a reader."""
    text = form.read_text(encoding="utf-8")
    for key, value in {"filled_by": by, "filled_on": on, "declaration": "同意"}.items():
        text = re.sub(rf"(?m)^{key}:.*$", f"{key}: {value}", text)
    for file, (opinion, reason) in said.items():
        text, count = re.subn(
            rf"(?s)(file: {file}\n.*?opinion: )(\n.*?reason: )", rf"\g<1>{opinion}\g<2>{reason}", text, count=1
        )
        assert count == 1, file
    return text


def collect(campaign: Campaign, name: str, content: str) -> dict[str, Any]:
    campaign.receive(name, content)
    (told,) = campaign.run("collect", "--json").data["files"]
    return dict(told)


def messages(told: dict[str, Any]) -> list[str]:
    return [gap["message"] for gap in told["gaps"]]


AGREED: tuple[str, str] = ("同意", "")
BOTH: Answers = {"P1": ("不同意", "日期是打印日期"), "P2": ("同意", "")}


def test_each_reader_gets_what_was_found_in_their_files_and_nothing_of_others(campaign: Campaign) -> None:
    text = form_of(campaign).read_text(encoding="utf-8")
    assert 'file: P1\n    name: 公司1\n    found: "1.2 档案（一般）：日期早于受理，电话 138****8000"\n' in text
    assert "file: P2\n    name: 公司2\n    found: 未发现问题\n    reviewer: 赵六\n" in text
    # a passport may have any letters and digits
    assert "公司3" not in text
    other = form_of(campaign, "李四").read_text(encoding="utf-8")
    assert "file: P2" in other
    assert "公司1" not in other
    assert FACT[:4] not in other
    assert issue(campaign, "--json").data["unchanged"] == 2


def test_whoever_cannot_be_asked_is_told_with_what_to_do(campaign: Campaign) -> None:
    review(campaign, P3="", P4="")
    ran = issue(campaign)
    assert "the review of 1 files is not complete; their first readers are asked once it is: P5" in ran.err
    assert "“外聘某” read 1 files first and is nobody on the roster: P3" in ran.err
    assert "it is not known who read 1 files first; nobody is asked about: P4" in ran.err
    two = "  - id: P9\n    name: 外聘某\n    unit: T\n  - id: P8\n    name: 外聘某\n    unit: T\n"
    campaign.edit("roster.yaml", "  - id: P3\n", f"{two}  - id: P3\n")
    assert "“外聘某” read 1 files first and is more than one on the roster: P3" in issue(campaign).err
    campaign.edit("roster.yaml", "id: P8\n    name: 外聘某", "id: P8\n    name: 外聘某（北京）")
    assert issue(campaign, "--json").data["new"] == 1


def test_what_a_reader_says_is_kept_and_changes_no_finding(campaign: Campaign) -> None:
    before = campaign.run("findings", "list", "--json").data
    told = collect(campaign, "确认.yaml", filled(form_of(campaign), BOTH))
    assert told["outcome"] == "new"
    assert messages(told) == ["张三 does not agree with what the review of P1 found: 日期是打印日期"]
    assert campaign.run("findings", "list", "--json").data == before
    assert "confirmations of 张三 received as inbox/确认.yaml: new" in campaign.run("journal", "list").out
    assert campaign.run("journal", "verify").code == 0
    assert campaign.run("collect", "--json").data["files"] == []
    assert "张三: does not agree (日期是打印日期)" in campaign.run("status").out
    explained = campaign.run("sample", "explain", "P1").out
    assert "The review found: 1.2 档案（一般）：日期早于受理" in explained
    assert "评价人 张三：不同意（日期是打印日期）" in explained
    # nothing is asked again that is answered
    assert issue(campaign, "--json").data["changed"] == 0


def test_what_somebody_else_filled_in_is_kept_and_is_no_answer_of_the_reader(campaign: Campaign) -> None:
    form = form_of(campaign)
    told = collect(campaign, "一.yaml", filled(form, {"P1": AGREED}, by="王五"))
    assert [note["message"] for note in told["notes"]] == ["form of 张三, filled in by 王五"]
    assert "file P2 (公司2) lacks: whether you agree" in messages(told)
    assert messages(told)[0] == "what 王五 filled in for 张三 is kept, and does not say whether 张三 agrees"
    shown = campaign.run("status").out
    assert "P1  公司1  张三: has not said yet; somebody else filled in the form (王五)" in shown
    assert "0 agree" in shown
    assert "Ask for their own forms and for reasons: selfaudit remind --round confirmations" in shown
    assert "评价人 张三：尚未表态，该表由他人填写（王五）" in campaign.run("sample", "explain", "P1").out
    # the reader's own form counts whatever its day, and is not replaced by that of anybody else
    assert messages(collect(campaign, "二.yaml", filled(form, BOTH, on="2023-11-06")))[0].startswith("张三 does not")
    assert collect(campaign, "三.yaml", filled(form, {"P1": AGREED}, on="2023-11-08", by="王五"))["outcome"] == "older"
    assert states(campaign)["P1", "张三"] == "disagree"


def test_that_a_reader_disagrees_without_a_reason_is_told_as_such(campaign: Campaign) -> None:
    told = collect(campaign, "确认.yaml", filled(form_of(campaign), {"P1": ("不同意", ""), "P2": AGREED}))
    assert messages(told) == [
        "张三 does not agree with what the review of P1 found, and gives no reason",
        "file P1 (公司1) lacks: reason for disagreeing",
    ]
    assert "张三: does not agree (the reason is missing)" in campaign.run("status").out


def states(campaign: Campaign) -> dict[tuple[str, str], str]:
    found = campaign.run("status", "--json").data["confirmations"]
    return {(one["file"], one["reader"]): one["state"] for one in found}


def test_two_answers_of_one_day_contest_each_other_until_a_later_one_comes(campaign: Campaign) -> None:
    form = form_of(campaign)
    collect(campaign, "一.yaml", filled(form, BOTH))
    told = collect(campaign, "二.yaml", filled(form, {"P1": AGREED, "P2": AGREED}))
    assert told["outcome"] == "conflict"
    assert messages(told) == ["P1: two forms of one day (2023-11-07) do not say the same; neither counts"]
    assert states(campaign) == {("P1", "张三"): "disputed", ("P2", "张三"): "agree", ("P2", "李四"): "open"}
    assert collect(campaign, "三.yaml", filled(form, {"P1": AGREED}, on="2023-11-08"))["outcome"] == "updated"
    # what is left out in the later one stays said
    assert states(campaign) == {("P1", "张三"): "agree", ("P2", "张三"): "agree", ("P2", "李四"): "open"}
    assert collect(campaign, "四.yaml", filled(form, {"P1": ("不同意", "x")}, on="2023-11-06"))["outcome"] == "older"
    assert states(campaign)["P1", "张三"] == "agree"


def test_readers_who_have_not_said_anything_are_reminded_of_their_files(campaign: Campaign) -> None:
    collect(campaign, "一.yaml", filled(form_of(campaign), {"P1": AGREED}))
    ran = campaign.run("remind", "--round", "confirmations", "--json")
    assert [(one["name"], one["open"], one["answered"]) for one in ran.data["owners"]] == [
        ("张三", ["P2"], True),
        ("李四", ["P2"], False),
    ]
    (text,) = campaign.root.glob("outbox/reminders/*/confirmations/北京分公司.txt")
    assert "下列案卷的复核意见，您还没有表示是否同意：P2" in text.read_text(encoding="utf-8")


def test_an_answer_to_words_that_were_changed_since_does_not_count(campaign: Campaign) -> None:
    first = form_of(campaign)
    answer = filled(first, BOTH)
    collect(campaign, "一.yaml", answer)
    review(campaign, "2023-11-08", P1="另一件事")
    assert states(campaign)["P1", "张三"] == "earlier"
    assert issue(campaign, "--json").data["changed"] == 1
    second = form_of(campaign)
    assert "另一件事" in second.read_text(encoding="utf-8")
    # what is answered as it is now is not asked again
    assert "P2" not in second.read_text(encoding="utf-8")
    told = collect(campaign, "二.yaml", answer.replace("2023-11-07", "2023-11-09"))
    assert "the review of P1 has changed since this form went out" in messages(told)[0]
    assert states(campaign) == {("P1", "张三"): "earlier", ("P2", "张三"): "agree", ("P2", "李四"): "open"}
    assert collect(campaign, "三.yaml", filled(second, {"P1": AGREED}, on="2023-11-10"))["gaps"] == []
    assert states(campaign)["P1", "张三"] == "agree"


def test_a_finding_that_was_withdrawn_is_no_part_of_what_the_review_found(campaign: Campaign) -> None:
    campaign.run("findings", "withdraw", "1.2-01", "--reason", "日期确为打印日期", "--by", "陈静")
    assert issue(campaign, "--json").data["changed"] == 1
    assert form_of(campaign).read_text(encoding="utf-8").count("found: 未发现问题") == 2


def test_the_list_says_what_was_found_and_what_the_first_readers_say_to_it(campaign: Campaign) -> None:
    collect(campaign, "一.yaml", filled(form_of(campaign), BOTH))
    assert campaign.run("sample", "list", "-o", "抽查.xlsx").code == 0
    header, *rows = CalamineWorkbook.from_path(str(campaign.root / "抽查.xlsx")).get_sheet_by_index(0).to_python()
    said = {row[0]: (row[header.index("复核意见")], row[header.index("评价人意见")]) for row in rows}
    assert said["P1"] == ("1.2 档案（一般）：日期早于受理，电话 138****8000", "张三：不同意（日期是打印日期）")
    assert said["P2"] == ("未发现问题", "张三：同意")
    assert said["P5"] == ("", "")


def test_what_a_reader_said_is_signed_on_paper_and_known_by_its_code(campaign: Campaign, tmp_path: Path) -> None:
    collect(campaign, "一.yaml", filled(form_of(campaign), BOTH))
    ran = campaign.run("paper", "print", "--round", "confirmations", env=environment(PATH=""))
    assert "Not printed, not answered (1): 李四" in ran.out
    (sheet,) = campaign.root.glob("reports/confirmations/审核部/张三_*.docx")
    printed = docx.Document(str(sheet))
    (code,) = filter(None, (PaperCode.parse(line.text) for line in printed.sections[0].header.paragraphs))
    said = [cell.text for cell in printed.tables[1].rows[1].cells]
    found = "1.2 档案（一般）：日期早于受理，电话 138****8000\n复核人：赵六"
    assert said == ["1", "P1", "公司1", found, "不同意\n日期是打印日期"]
    scan = scanned(tmp_path / "a.pdf", drawn_sheet(code, 100))
    assert results(campaign.run("paper", "match", scan, "--json")) == [("filed", [1], "张三")]
    assert (campaign.root / f"papers/审核部/张三_{code.passport}.pdf").is_file()
    assert results(campaign.run("paper", "match", scan, "--json")) == [("unchanged", [1], "张三")]
    signed = [one["signed"] for one in campaign.run("status", "--json").data["confirmations"]]
    assert signed == [True, True, False]
    # what is said of other words now is not what was signed
    collect(campaign, "二.yaml", filled(form_of(campaign), {"P1": AGREED, "P2": AGREED}, on="2023-11-08"))
    later = scanned(tmp_path / "b.pdf", drawn_sheet(code, 100))
    assert results(campaign.run("paper", "match", later, "--json")) == [("changed", [1], "张三")]
    assert not any(one["signed"] for one in campaign.run("status", "--json").data["confirmations"])


def test_the_review_tells_how_far_it_is_and_counts_what_is_missing_as_the_worst_case(
    out: Campaign, tmp_path: Path
) -> None:
    ran = out.run("review", "-o", str(tmp_path / "review.xlsx"))
    assert ran.code == 1
    first, readers, *_ = ran.out.splitlines()
    assert first == (
        "案卷抽查: files drawn: 5, of which lost: 0; reviewed: 2, of which by two reviewers: 0; not reviewed yet: 3."
    )
    assert readers.startswith("评价人: ")
    assert readers.endswith(" 3")
    assert "1 of 2 with a problem (all were reviewed, so there is no sampling error); at worst 4 of 5" in ran.out
    assert "no estimate until they are reviewed" in ran.out
    data = out.run("review", "--json").data
    assert [one["kinds"]["whole"]["problems"] for one in data["results"]] == [1, 1]
    book = CalamineWorkbook.from_path(str(tmp_path / "review.xlsx"))
    assert book.sheet_names == ["结果", "条目", "分层", "复核人"]
    assert book.get_sheet_by_name("分层").to_python()[1] == ["全部", 5, 5, 2, 1, 3, 0, ""]


def test_a_finding_that_was_withdrawn_is_no_problem_of_the_file(campaign: Campaign) -> None:
    assert campaign.run("findings", "withdraw", "1.2-01", "--reason", "看错了", "--by", "陈静").code == 0
    whole = campaign.run("review", "--json").data["results"][0]["kinds"]["whole"]
    assert (whole["problems"], whole["clear"], whole["open"]) == (0, 2, 3)


def test_the_record_of_a_review_says_what_was_found_and_what_the_first_reader_says_to_it(campaign: Campaign) -> None:
    collect(campaign, "一.yaml", filled(form_of(campaign), BOTH))
    ran = campaign.run("report", "review-record", "P1", "P2", "P3")
    assert ran.code == 1
    assert "Not answered yet, no report: P3（赵六）\n" in ran.out
    found, none = (docx.Document(str(path)) for path in sorted(campaign.root.glob("reports/*/P*_复核记录.docx")))
    facts, criteria, findings = ([[cell.text for cell in row.cells] for row in one.rows] for one in found.tables)
    assert dict(facts).items() >= {"编号": "P1", "组织名称": "公司1", "复核人": "赵六"}.items()
    assert [row[0] for row in criteria if row[2] == "发现问题"] == ["1.2"]
    assert [row[1] for row in findings[1:]] == ["日期早于受理，电话 138****8000"]
    texts = [line.text for line in found.paragraphs]
    assert "发现问题 1 个" in texts
    assert "张三：不同意（日期是打印日期）" in texts
    # called as the spot check calls them
    assert {"评价人意见", "评价人签字：＿＿＿＿＿　日期：＿＿＿年＿月＿日"} <= {
        text.lstrip("一二三四五、") for text in texts
    }
    assert [len(none.tables), "未发现问题" in [line.text for line in none.paragraphs]] == [2, True]
    wanted = "  - {id: record, title: 复核记录, made: review-record, of: file, signed: true}\n"
    campaign.edit("campaign.yaml", "deliverables:\n", f"deliverables:\n{wanted}")
    listed = campaign.run("deliverable", "list", "--json").data
    (stands,) = ({one["name"]: one["stand"] for one in it["pieces"]} for it in listed if it["id"] == "record")
    assert stands == {f"P{n}（赵六）": "unsigned" if n < 3 else "missing" for n in range(1, 6)}
    (path,) = campaign.root.glob("reports/*/P1*_复核记录.docx")
    with Workspace(campaign.root).reading() as ledger:
        (came,) = (one.received_at for one in standings(ledger) if one.respondent.name == "P1（赵六）")
    # made when the review came, before what the first reader says to it
    os.utime(path, times=(datetime.fromisoformat(came).timestamp(),) * 2)
    listed = campaign.run("deliverable", "list", "--json").data
    (stands,) = ({one["name"]: one["stand"] for one in it["pieces"]} for it in listed if it["id"] == "record")
    assert stands["P1（赵六）"] == "old", "the first reader says something since"
