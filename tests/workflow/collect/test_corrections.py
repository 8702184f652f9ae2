"""The round of corrections: a form for each owner of findings, and what of it comes into the register."""

import io
import re
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.campaign import Campaign
from tests.support.filling import FINDING

SAID = {
    "correction": "补审一次", "similar": "查了全部项目", "similar_scope": "2023 年 40 个项目", "similar_found": "0",
    "corrected_on": "2023-11-20", "corrected_by": "李四", "no_evidence": "当面谈话",
}  # fmt: skip


def show(campaign: Campaign, finding: str = "2.1-01") -> dict[str, Any]:
    return dict(campaign.run("findings", "show", finding, "--json").data)


def forms(campaign: Campaign, name: str = "李四", suffix: str = ".yaml") -> list[Path]:
    return sorted(campaign.root.glob(f"outbox/corrections/*/{name}_*{suffix}"))


def filled(form: Path, on: str = "2023-11-20", **said: str) -> str:
    """Fill in the text form of an owner of one finding."""
    text = form.read_text(encoding="utf-8")
    for key, value in {"filled_by": "李四", "filled_on": on, "declaration": "同意", **said}.items():
        text, count = re.subn(rf"(?m)^( *{key}:).*$", rf"\1 {value}", text)
        assert count == 1, key
    return text


@pytest.fixture
def campaign(answered_campaign: Campaign) -> Campaign:
    """A campaign in which 李四 has got a form for the finding 2.1-01, which 张三 reported."""
    assert answered_campaign.run("findings", "assign", "2.1-01", "--to", "李四", "--due", "2023-11-25").code == 0
    assert answered_campaign.run("issue", "--round", "corrections", "--format", "yaml,xlsx,html").code == 0
    return answered_campaign


def collect(campaign: Campaign, name: str, content: str | bytes) -> dict[str, Any]:
    campaign.receive(name, content)
    (told,) = campaign.run("collect", "--json").data["files"]
    return dict(told)


def test_each_owner_gets_the_findings_that_are_theirs_in_every_format_once(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    text = form.read_text(encoding="utf-8")
    for said in ("2.1 a 到场", FINDING["fact"], "严重", "2023-11-25", "cause: 排期冲突"):
        assert str(said) in text
    assert form.parent.name == "北京分公司"
    assert {path.suffix for path in form.parent.iterdir()} == {".yaml", ".xlsx", ".html", ".txt"}
    ran = campaign.run("issue", "--round", "corrections", "--format", "yaml", "--json")
    assert (ran.data["new"], ran.data["changed"], ran.data["unchanged"]) == (0, 0, 1)


def test_findings_of_which_nobody_on_the_roster_is_the_owner_are_told(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("issue", "--round", "corrections")
    assert "nobody is responsible for 1 findings: 2.1-01" in ran.err
    answered_campaign.run("findings", "set", "2.1-01", "owner=外聘的某人")
    ran = answered_campaign.run("issue", "--round", "corrections")
    assert "“外聘的某人” is to correct 1 findings and is nobody on the roster: 2.1-01" in ran.err
    assert "selfaudit findings assign ID --to NAME" in ran.err
    assert not (answered_campaign.root / "outbox/corrections").exists()


def test_what_the_owner_says_comes_into_the_register_under_their_name(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    told = collect(campaign, "整改.yaml", filled(form, cause="审核计划排得太紧", **SAID))
    assert (told["outcome"], told["respondent"], told["gaps"]) == ("new", "李四", [])
    after = show(campaign)
    assert (after["state"], after["cause"], after["correction"]) == ("corrected", "审核计划排得太紧", "补审一次")
    assert after["register"]["corrected_key"] == "person:P2"
    assert after["respondent"] == "person:P1"
    assert campaign.run("findings", "verify", "2.1-01", "--who", "李四", "--on", "2023-11-21").code == 3
    journal = campaign.run("journal", "list").out
    assert "corrections of 李四 received as inbox/整改.yaml: new" in journal
    assert campaign.run("journal", "verify").code == 0
    # what was answered in the first round is as it was
    assert campaign.answers("李四")["2.1 a"] == "conform"


def test_the_workbook_comes_back_like_the_text(campaign: Campaign) -> None:
    (path,) = forms(campaign, suffix=".xlsx")
    book = openpyxl.load_workbook(path)
    page = next(sheet for sheet in book if sheet.cell(1, 1).value == "findings.number")
    columns = {str(cell.value).partition(".")[2]: cell.column for cell in page[1] if cell.value}
    row = next(n for n in range(1, 20) if page.cell(n, 2).value == "2.1-01")
    for key, text in SAID.items():
        page.cell(row, columns[key]).value = text
    facts = next(sheet for sheet in book if any(cell.value == "filled_by" for cell in sheet["A"]))
    for n in range(1, facts.max_row + 1):
        name = str(facts.cell(n, 1).value)
        if said := {"filled_by": "李四", "filled_on": "2023-11-20", "declaration": "同意"}.get(name):
            facts.cell(n, 3).value = said
    book.save(path)
    told = collect(campaign, "整改.xlsx", path.read_bytes())
    assert (told["outcome"], told["errors"], told["notes"], told["gaps"]) == ("new", [], [], [])
    assert show(campaign)["similar"] == "查了全部项目"


def test_a_form_half_filled_in_says_what_is_missing_and_the_next_one_completes_it(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    told = collect(campaign, "一.yaml", filled(form, correction="补审一次"))
    (gap,) = told["gaps"]
    assert "finding 2.1-01 on 2.1 a 到场 lacks: similar cases checked" in gap["message"]
    assert show(campaign)["state"] == "analysed"
    told = collect(campaign, "二.yaml", filled(form, on="2023-11-21", **{**SAID, "correction": "补审两次"}))
    assert (told["outcome"], told["gaps"]) == ("updated", [])
    assert show(campaign)["correction"] == "补审两次"
    told = collect(campaign, "一 旧.yaml", filled(form, on="2023-11-19", correction="未补审"))
    assert told["outcome"] == "older"
    assert "filled in on 2023-11-19, before the one that counts (2023-11-21)" in told["gaps"][0]["message"]
    assert show(campaign)["correction"] == "补审两次"


def test_what_the_register_says_otherwise_since_is_a_conflict_and_stays(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    campaign.run("findings", "set", "2.1-01", "correction=重新审核", "similar=查了一半")
    told = collect(campaign, "整改.yaml", filled(form, **{**SAID, "similar": "查了一半"}))
    (gap,) = told["gaps"]
    assert "2.1-01, correction: the register has said “重新审核” since" in gap["message"]
    assert "the form says “补审一次”" in gap["message"]
    after = show(campaign)
    assert (after["correction"], after["register"]["similar_found"]) == ("重新审核", "0")
    assert campaign.run("collect", "--json").data["files"] == []


def test_nothing_is_entered_for_a_finding_that_was_withdrawn_since(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    campaign.run("findings", "withdraw", "2.1-01", "--reason", "重复登记")
    told = collect(campaign, "整改.yaml", filled(form, **SAID))
    assert "2.1-01 is verified, closed or withdrawn by now" in told["gaps"][0]["message"]
    assert show(campaign)["version"] == 2


def test_a_blank_form_another_finding_and_a_fact_that_was_changed_are_told(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    blank = collect(campaign, "空.yaml", form.read_text(encoding="utf-8"))
    assert blank["errors"][0]["code"] == "form.nothing-filled-in"
    (campaign.root / "inbox/空.yaml").unlink()
    other = collect(campaign, "别的.yaml", filled(form, finding='"7.7-01"', **SAID))
    assert "the form is about nothing called “7.7-01”" in other["errors"][0]["message"]
    assert other["errors"][0]["hint"] == "Copy the number from the issued form: 2.1-01."
    assert other["respondent"] == "李四"
    (campaign.root / "inbox/别的.yaml").unlink()
    altered = collect(campaign, "改.yaml", filled(form, fact="没有这回事", **SAID))
    assert "“fact” of 2.1-01 was changed to “没有这回事”" in altered["notes"][0]["message"]
    assert show(campaign)["fact"] == FINDING["fact"]


def test_one_more_finding_makes_a_new_form_and_the_old_one_is_still_taken(campaign: Campaign) -> None:
    (before,) = forms(campaign)
    old = filled(before, correction="补审一次")
    said = {"answers": {"2.2": "发现问题"}, "findings": [{**FINDING, "item": "2.2", "part": ""}]}
    campaign.receive("王.yaml", campaign.filled("审核部", on="2023-11-06", by="经办人", **said))
    campaign.run("collect")
    campaign.run("findings", "assign", "2.2-01", "--to", "李四")
    ran = campaign.run("issue", "--round", "corrections", "--format", "yaml", "--json")
    assert ran.data["changed"] == 1
    (form,) = forms(campaign)
    assert form != before
    assert "2.2-01" in form.read_text(encoding="utf-8")
    assert collect(campaign, "旧表.yaml", old)["outcome"] == "new"
    assert show(campaign)["correction"] == "补审一次"


def test_files_named_in_the_form_and_sent_with_it_belong_to_the_finding(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    text = filled(form, evidence="补审记录.pdf；照片.jpg", **SAID)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("整改.yaml", text)
        packed.writestr("补审记录.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    campaign.receive("李四.zip", stream.getvalue())
    told = {one["outcome"]: one for one in campaign.run("collect", "--json").data["files"]}
    assert told.keys() == {"new", "evidence"}
    (gap,) = told["new"]["gaps"]
    assert gap["message"] == "named as evidence, but these files have not come: 照片.jpg (2.1)"
    listed = [entry["evidence"] for entry in campaign.run("evidence", "list", "--json").data["evidence"]]
    assert {(one["name"], one["finding"], one["state"]) for one in listed} == {
        ("补审记录.pdf", "2.1-01", "there"),
        ("照片.jpg", "2.1-01", "missing"),
    }
    ran = campaign.run("evidence", "dismiss", "补审记录.pdf", "--reason", "不要")
    assert ran.code == 3
    assert "补审记录.pdf is evidence of 2.1-01" in ran.err


def test_status_counts_the_forms_and_names_whose_corrections_are_open(campaign: Campaign) -> None:
    told = campaign.run("status").out
    assert "Forms for corrections: 1 issued, 0 came back; 1 owners have findings to correct." in told
    assert "  北京分公司  李四  overdue since 2023-11-25: 2.1-01" in told
    (form,) = forms(campaign)
    collect(campaign, "整改.yaml", filled(form, **SAID))
    told = campaign.run("status").out
    assert "Forms for corrections: 1 issued, 1 came back; 0 owners have findings to correct." in told


def test_owners_are_reminded_as_long_as_their_findings_are_not_corrected(campaign: Campaign) -> None:
    ran = campaign.run("remind", "--round", "corrections", "--json")
    assert [(one["name"], one["open"], one["overdue"]) for one in ran.data["owners"]] == [("李四", ["2.1-01"], True)]
    texts = {path.suffix: path for path in campaign.root.glob("outbox/reminders/*/corrections/**/*.*")}
    assert "2.1-01" in texts[".txt"].read_text(encoding="utf-8")
    mail = message_from_bytes(texts[".eml"].read_bytes())
    assert [part.get_filename() for part in mail.walk() if part.get_filename()]
    assert "owners reminded of their findings: 1 (李四)" in campaign.run("journal", "list").out
    (form,) = forms(campaign)
    collect(campaign, "整改.yaml", filled(form, **SAID))
    assert campaign.run("remind", "--round", "corrections").out == "Nobody needs a reminder.\n"


def test_a_reopened_finding_belongs_to_the_round_again_and_its_owner_gets_a_new_form(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    collect(campaign, "整改.yaml", filled(form, cause="审核计划排得太紧", **SAID))
    assert campaign.run("findings", "reopen", "2.1-01", "--reason", "又早退").code == 0
    told = campaign.run("status")
    assert "Reopened since the forms for corrections went out (1): 2.1-01" in told.out
    assert "Next: selfaudit issue --round corrections" in told.out
    assert (
        "reopened since the forms for corrections went out: 2.1-01"
        in campaign.run("remind", "--round", "corrections").err
    )
    assert campaign.run("issue", "--round", "corrections", "--format", "yaml", "--json").data["changed"] == 1
    assert "Reopened since" not in campaign.run("status").out
    (again,) = forms(campaign)
    assert (
        collect(campaign, "又.yaml", filled(again, on="2023-11-28", **{**SAID, "corrected_on": "2023-11-27"}))["gaps"]
        == []
    )
    assert show(campaign)["register"]["corrected_on"] == "2023-11-27"
    assert "Reopened since" not in campaign.run("status").out


def test_numbers_of_persons_are_masked_in_the_form_and_stay_in_the_register(answered_campaign: Campaign) -> None:
    texts = {"cause": "联系 13912345678 未果", "people": "x"}
    one = {**FINDING, "fact": "客户王某 13912345678 反映早退", "cause": texts["cause"]}
    said = {"answers": {"2.1 a": "发现问题"}, "findings": [one], "on": "2023-11-09", "clues": "线索甲"}
    answered_campaign.receive("b.yaml", answered_campaign.filled("张三", **said))
    answered_campaign.run("collect")
    answered_campaign.run("findings", "assign", "2.1-01", "--to", "李四")
    answered_campaign.run("issue", "--round", "corrections", "--format", "yaml,html")
    for form in (*forms(answered_campaign), *forms(answered_campaign, suffix=".html")):
        text = form.read_text(encoding="utf-8")
        assert "反映早退" in text
        assert "13912345678" not in text
        assert "线索甲" not in text
    (form,) = forms(answered_campaign)
    assert collect(answered_campaign, "整改.yaml", filled(form, **SAID))["gaps"] == []
    assert show(answered_campaign)["cause"] == texts["cause"]
