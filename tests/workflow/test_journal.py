"""``journal``: who did what when and why; whatever was changed by something else is named, with what to do."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import docx
import pytest

from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.program import Ran

Change = Callable[[Campaign], None]


def sql(*statements: str) -> Change:
    """Return a change of the ledger by hand."""

    def change(campaign: Campaign) -> None:
        with closing(sqlite3.connect(campaign.root / "campaign.db")) as db:
            for statement in statements:
                db.execute(statement)
            db.commit()

    return change


def original(campaign: Campaign, name: str) -> Path:
    """Return where the original of a file of the inbox is kept."""
    sha256 = hashlib.sha256((campaign.root / "inbox" / name).read_bytes()).hexdigest()
    return campaign.root / "received" / sha256[:2] / f"{sha256}.yaml"


def changed(campaign: Campaign) -> None:
    path = original(campaign, "张三.yaml")
    path.write_bytes(path.read_bytes().replace("符合".encode(), "不符".encode()))


def put(name: str, folder: str = "received") -> Change:
    def change(campaign: Campaign) -> None:
        plant(campaign.root / folder, {name: "x"})

    return change


TAMPERING: dict[str, tuple[Change, str]] = {
    "an answer": (
        sql("UPDATE responses SET content = replace(content, 'problem', 'conform') WHERE respondent = 'person:P1'"),
        "changed in campaign.db, but not by selfaudit; the original says something else for 2.1 a\n",
    ),
    "who filled it in": (
        sql("UPDATE responses SET filled_by = '李四' WHERE respondent = 'person:P1'"),
        "the original says something else for who filled it in\n",
    ),
    "what is missing": (
        sql("""UPDATE responses SET gaps = '[["x", 0, 0, {}, ""]]' WHERE respondent = 'person:P1'"""),
        "error: answers (张三 · inbox/张三.yaml): changed in campaign.db",
    ),
    "a response deleted": (
        sql("DELETE FROM shown", "DELETE FROM responses WHERE respondent = 'person:P1'"),
        "error: answers (张三 · inbox/张三.yaml): deleted from campaign.db",
    ),
    "a decision made up": (
        sql("INSERT INTO decisions VALUES ('waive', 'person:P2', '王', '病', '{}', '2023-11-01T00:00:00Z')"),
        "error: decision (need not answer · 李四): entered in campaign.db",
    ),
    "a version of a finding made up": (
        sql("INSERT INTO records VALUES ('finding', '2.1-01', 1, '{}', '王', '', '2023-11-01T00:00:00Z')"),
        "error: entry (finding · 2.1-01 · version 1): entered in campaign.db",
    ),
    "whose a file is": (
        sql("UPDATE originals SET respondent = 'person:P2' WHERE name = 'inbox/张三.yaml'"),
        "error: file received (inbox/张三.yaml): changed in campaign.db",
    ),
    "a due date": (
        sql("UPDATE respondents SET due = '2099-01-01' WHERE key = 'person:P3'"),
        "error: respondent (王五): changed in campaign.db",
    ),
    "what was asked": (
        sql("UPDATE questions SET data = replace(data, '资质是否有效', '资质是否')"),
        "error: questions of a form (",
    ),
    "the name of the body": (
        sql("UPDATE meta SET value = 'x' WHERE key = 'body'"),
        "error: fact of the campaign (body): changed in campaign.db",
    ),
    "a row of the journal": (
        sql("UPDATE journal SET who = 'x' WHERE seq = 2"),
        "error: row 2 of the journal (20",
    ),
    "nonsense in the journal": (
        sql("""UPDATE journal SET detail = '{"rows": [[], 1, ["x"], ["papers", 1], ["papers", ""]]}' WHERE seq = 2"""),
        "error: row 2 of the journal (",
    ),
    "a row of the journal with its hash": (
        sql("UPDATE journal SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE seq = 2"),
        "error: row 3 of the journal (",
    ),
    "rows deleted in the middle": (
        sql("DELETE FROM journal WHERE seq IN (2, 3)"),
        "error: rows of the journal were deleted: 2–3",
    ),
    "the first row deleted": (sql("DELETE FROM journal WHERE seq = 1"), "rows of the journal were deleted: 1\n"),
    "the last rows deleted": (
        sql("DELETE FROM journal WHERE seq > 5"),
        "error: the journal ends with row 5, but it had 9 rows",
    ),
    "an original": (changed, ".yaml: error: this is not what came as inbox/张三.yaml: the original was changed"),
    "an original lost": (
        lambda campaign: original(campaign, "张三.yaml").unlink(),
        "error: the original of inbox/张三.yaml is missing",
    ),
    "a foreign file": (put("x.yaml"), "received/x.yaml: warning: the ledger does not know this file"),
    "a foreign scan": (
        put("x.png", "papers/scans"),
        "papers/scans/x.png: warning: the ledger does not know this file",
    ),
    "a file with a name like theirs": (put(f"{'ab' * 32}.yaml"), "warning: the ledger does not know this file"),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_whatever_was_changed_by_hand_is_named(answered_campaign: Campaign, kind: str) -> None:
    change, says = TAMPERING[kind]
    assert answered_campaign.run("journal", "verify").code == 0
    change(answered_campaign)
    ran = answered_campaign.run("journal", "verify")
    assert says in ran.err, ran.said
    assert "    → " in ran.err
    assert ran.code == (0 if "warning: the ledger" in says else 3)
    assert says in answered_campaign.run("validate", "--all").err


def test_a_ledger_that_was_changed_by_hand_makes_no_final_report(answered_campaign: Campaign) -> None:
    TAMPERING["an answer"][0](answered_campaign)
    ran = answered_campaign.run("report", "--strict")
    assert "changed by something other than selfaudit, in 1 places" in ran.said


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("an original", "not as they came, in received/ or papers/scans/: 1 (inbox/张三.yaml)"),
        ("an original lost", "not as they came, in received/ or papers/scans/: 1 (inbox/张三.yaml)"),
        ("a foreign scan", "files among the originals that the ledger does not know: 1 (papers/scans/x.png)"),
        ("a foreign file", "files among the originals that the ledger does not know: 1 (received/x.yaml)"),
    ],
)
def test_originals_that_are_not_as_they_came_make_no_final_report(
    answered_campaign: Campaign, change: str, says: str
) -> None:
    assert "originals" not in answered_campaign.run("report", "--strict").said
    TAMPERING[change][0](answered_campaign)
    ran = answered_campaign.run("report", "--strict")
    assert (ran.code, says in ran.err) == (1, True), ran.said


@pytest.mark.parametrize("change", ["the last rows deleted", "an answer", "an original", "an original lost"])
def test_status_sends_to_verify_before_the_report(answered_campaign: Campaign, change: str) -> None:
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五"))
    answered_campaign.run("collect")
    assert "Next: write the reports" in answered_campaign.run("status").out
    TAMPERING[change][0](answered_campaign)
    ran = answered_campaign.run("status")
    assert ran.code == 1
    assert ran.out.endswith(
        "\nNext: see what is not as selfaudit left it, and put it right: selfaudit journal verify\n"
    )


def test_a_draft_names_no_file_that_a_sender_named(answered_campaign: Campaign) -> None:
    changed(answered_campaign)
    answered_campaign.run("report")
    (draft,) = answered_campaign.root.glob("reports/*.docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(draft)).paragraphs)
    assert "原件缺失或与收到时不一致：1 个" in text
    assert "张三.yaml" not in text


def test_nothing_that_the_program_does_is_taken_for_tampering(answered_campaign: Campaign) -> None:
    answered_campaign.receive("张三 改.yaml", answered_campaign.filled("张三", on="2023-11-08", projects="7"))
    answered_campaign.receive("空.yaml", "")
    answered_campaign.edit("roster.yaml", "name: 王五", "name: 王伍")
    answered_campaign.edit("checklists/1-business.yaml", "资质是否有效？", "资质是否一直有效？")
    for args in (
        ["collect"],
        ["issue"],
        ["answer", "waive", "王伍", "--reason", "病假"],
        ["answer", "waive", "王伍", "--reason", "已回来", "--undo"],
        ["answer", "withdraw", "李四", "--reason", "交错了"],
        ["remind"],
        ["validate"],
        ["export"],
        ["collect", "received"],
    ):
        assert answered_campaign.run(*args).code in (0, 1), args
    ran = answered_campaign.run("journal", "verify", "--json")
    assert (ran.code, ran.data["problems"]) == (0, []), ran.said
    answered_campaign.verify_journal()


def test_a_list_says_who_did_what_and_why_in_sentences(answered_campaign: Campaign) -> None:
    answered_campaign.run("answer", "waive", "王五", "--reason", "病假", "--by", "李娜")
    ran = answered_campaign.run("journal", "list")
    assert "response of 张三 received as inbox/张三.yaml: new\n" in ran.out
    assert "李娜 (" in ran.out.splitlines()[-1]
    assert ran.out.endswith("王五: no answer required – reason: 病假\n")
    assert "发现问题" not in ran.out + answered_campaign.run("journal", "list", "--json").out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--by", "李娜"], ["王五: no answer required"]),
        (["--by", "nobody"], []),
        (["--of", "张三", "--on", "2000-01-01"], []),
        (
            ["--of", "王五"],
            [
                "roster entered: 6 respondents",
                "forms issued: 6 (技术部, 审核部, 北京分公司, 张三, 李四 and others)",
                "王五: no answer required",
            ],
        ),
    ],
)
def test_a_list_can_be_narrowed_down(answered_campaign: Campaign, args: list[str], said: list[str]) -> None:
    answered_campaign.run("answer", "waive", "王五", "--reason", "病假", "--by", "李娜")
    assert [line["said"] for line in answered_campaign.run("journal", "list", *args, "--json").data] == said


def test_every_row_about_a_person_names_them_and_tells_namesakes_apart(answered_campaign: Campaign) -> None:
    answered_campaign.receive("张三 二.yaml", answered_campaign.filled("张三", projects="7", by="别人"))
    answered_campaign.receive("张三 坏.yaml", answered_campaign.filled("张三") + "nonsense: [")
    answered_campaign.receive("空.yaml", "")
    answered_campaign.run("collect")
    answered_campaign.run("contradictions", "resolve", "张三", "--choose", "2", "--reason", "问过")
    answered_campaign.edit("roster.yaml", "name: 王五", "name: 张三")
    answered_campaign.run("issue")
    answered_campaign.run("answer", "waive", "P3", "--reason", "病假", "--by", "李娜")
    said = [line["said"] for line in answered_campaign.run("journal", "list", "--json").data]
    assert "response of 张三（P1） chosen among several" in said
    assert "received, but not usable: inbox/张三 坏.yaml (张三（P1）)" in said
    assert "received, but not usable: inbox/空.yaml (unknown whose)" in said
    assert "张三（P3）: no answer required" in said
    assert not [line for line in said if "?" in line]


def test_verify_ends_with_a_line_to_note_down_and_json_has_the_whole_hash(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("journal", "verify")
    whole = answered_campaign.run("journal", "list", "--json").data[-1]["hash"]
    assert f"its hash begins with {whole[:16]}.\n" in ran.out
    assert whole not in ran.out
    assert answered_campaign.run("journal", "verify", "--json").data["journal"]["hash"] == whole


def test_a_time_of_day_is_printed_with_a_space(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三", on="2023-11-05T08:30"))
    campaign.run("collect")
    assert "on 2023-11-05 08:30, received" in campaign.run("status", "--of", "张三").out


def test_a_day_that_is_none_is_told(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("journal", "list", "--on", "tomorrow")
    assert (ran.code, "“tomorrow” is not a valid date" in ran.err) == (3, True)


EVERY = (["status"], ["collect"], ["issue"], ["report"], ["findings", "list"], ["contradictions", "list"], ["export"])


def lose(campaign: Campaign) -> None:
    (campaign.root / "campaign.db").unlink()


def empty(campaign: Campaign) -> None:
    (campaign.root / "campaign.db").write_bytes(b"")


@pytest.mark.parametrize("loss", [lose, empty])
@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_a_lost_ledger_beside_originals_is_told_by_every_command(
    answered_campaign: Campaign, loss: Change, command: list[str]
) -> None:
    loss(answered_campaign)
    ran = answered_campaign.run(*command)
    assert "received/ has 5 originals, and campaign.db knows none of them" in ran.err
    assert "run selfaudit issue, then selfaudit collect received" in ran.err


def test_what_was_lost_is_there_again_after_what_is_advised(answered_campaign: Campaign) -> None:
    before = {name: answered_campaign.answers(name) for name in answered_campaign.merged()}
    lose(answered_campaign)
    answered_campaign.run("issue")
    assert answered_campaign.run("collect", "received").code == 0
    assert {name: answered_campaign.answers(name) for name in answered_campaign.merged()} == before
    ran = answered_campaign.run("journal", "verify")
    assert (ran.code, "the journal ended with row 0, but it had had 9 rows" in ran.err) == (0, True), ran.said
    assert answered_campaign.run("status").err == ""


def test_a_first_collect_that_was_interrupted_is_no_lost_ledger(campaign: Campaign) -> None:
    data = campaign.filled("张三").encode()
    campaign.receive("张三.yaml", data)
    sha256 = hashlib.sha256(data).hexdigest()
    plant(campaign.root / "received" / sha256[:2], {f"{sha256}.yaml": data})
    ran = campaign.run("status")
    assert "received/ has 1 originals that campaign.db does not know" in ran.err
    assert "If a collect was interrupted, run it again: it goes on." in ran.err
    assert "lost" not in ran.err
    assert campaign.run("collect").code in (0, 1)
    assert campaign.run("status").err == ""
    assert campaign.answers("张三")


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_an_older_ledger_is_told_by_every_command(
    answered_campaign: Campaign, tmp_path: Path, command: list[str]
) -> None:
    older = answered_campaign.copy(tmp_path / "older")
    answered_campaign.receive("张三 改.yaml", answered_campaign.filled("张三", on="2023-11-08", projects="7"))
    answered_campaign.run("collect")
    shutil.copyfile(older.root / "campaign.db", answered_campaign.root / "campaign.db")
    ran = answered_campaign.run(*command)
    assert "the journal ends with row 9, but it had 10 rows" in ran.err
    assert "received/ has 1 originals that campaign.db does not know" in ran.err


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_the_ledger_of_another_campaign_stops_every_command(answered_campaign: Campaign, command: list[str]) -> None:
    plan = (answered_campaign.root / "campaign.yaml").read_text(encoding="utf-8")
    (own,) = [line for line in plan.splitlines() if line.startswith("id: ")]
    answered_campaign.edit("campaign.yaml", own, 'id: "other-2023"  # 另一次')
    before = answered_campaign.journal()
    ran = answered_campaign.run(*command)
    assert ran.code == 3
    assert f"campaign.db belongs to the campaign “{own[4:]}”, but campaign.yaml says “other-2023”" in ran.err
    assert answered_campaign.journal() == before
    assert "belongs to the campaign" in answered_campaign.run("validate").err


def test_a_command_that_needs_no_originals_says_nothing_of_a_campaign_in_order(answered_campaign: Campaign) -> None:
    ran: Ran = answered_campaign.run("status")
    assert ran.err == ""


def test_to_look_whether_all_is_there_imports_nothing_that_takes_long() -> None:
    code = "import sys, selfaudit.workflow.common.soundness.quick; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "False\n"
