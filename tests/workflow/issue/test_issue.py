"""``issue``: one form for everybody who must answer, and again only where something is new or has changed."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.campaign import Campaign
from tests.support.filling import fill
from tests.support.folders import leaves
from tests.support.tiny import EVERYBODY

COUNTS = ("new", "changed", "rewritten", "unchanged")


def issued(campaign: Campaign, *args: str) -> dict[str, Any]:
    """Run ``issue``; return the counts that are not 0, and whom it dropped."""
    ran = campaign.run("issue", *args, "--json")
    assert ran.code == 0, ran.said
    return {key: value for key, value in ran.data.items() if key != "files" and value}


def items(path: Path) -> list[str]:
    """Return the items that a form asks."""
    return [
        line.split('"')[1] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith('  - id: "')
    ]


def asked(campaign: Campaign) -> dict[str, list[str]]:
    """Return the items that the forms in the outbox ask, by respondent."""
    return {path.name.partition("_")[0]: items(path) for path in campaign.forms()}


def test_everybody_gets_one_form_with_the_items_of_his_roles(new_campaign: Campaign) -> None:
    ran = new_campaign.run("issue")
    assert ran.code == 0
    assert "6 new, 0 changed, 0 rewritten, 0 unchanged." in ran.out
    assert "put returned files into inbox/ and run selfaudit collect" in ran.out
    assert asked(new_campaign) == {
        "技术部": ["1.1", "1.2"],
        "审核部": ["1.10", "2.2"],
        "北京分公司": ["1.1", "1.10"],
        "张三": ["2.1", "2.2", "2.3"],
        "李四": ["2.1", "2.2", "2.3"],
        "王五": ["2.3"],
    }


def test_forms_lie_in_the_folder_of_the_unit_that_collects_them(new_campaign: Campaign) -> None:
    new_campaign.edit("roster.yaml", "kind: branch", "kind: branch\n    answered_by: A")
    new_campaign.run("issue")
    places = {path.name.partition("_")[0]: path.parent.name for path in new_campaign.forms()}
    assert places == {
        "技术部": "技术部",
        "审核部": "审核部",
        "北京分公司": "北京分公司",
        "张三": "审核部",
        "李四": "审核部",
        "王五": "技术部",
    }


def test_nothing_in_an_issued_form_says_conform_before_somebody_does(campaign: Campaign) -> None:
    for path in campaign.forms():
        lines = path.read_text(encoding="utf-8").splitlines()
        answers = [line.strip() for line in lines if line.lstrip().startswith("answer:")]
        assert answers
        assert set(answers) == {"answer: 未查"}
        assert "declaration: " in lines


def test_every_form_has_a_passport_of_its_own_that_is_also_in_its_name(campaign: Campaign) -> None:
    passports = set()
    for path in campaign.forms():
        (line,) = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("passport: ")]
        assert path.stem.endswith(line.removeprefix("passport: "))
        passports.add(line)
    assert len(passports) == len(EVERYBODY)


def test_issue_a_second_time_writes_nothing(campaign: Campaign) -> None:
    before, journal = leaves(campaign.root / "outbox"), campaign.journal()
    stamps = {path: path.stat().st_mtime_ns for path in campaign.forms()}
    assert issued(campaign) == {"unchanged": 6}
    assert leaves(campaign.root / "outbox") == before
    assert {path: path.stat().st_mtime_ns for path in campaign.forms()} == stamps
    assert campaign.journal() == journal


def test_an_edited_checklist_changes_the_forms_of_those_who_are_asked_and_no_others(campaign: Campaign) -> None:
    before = {path.name.partition("_")[0]: path.read_bytes() for path in campaign.forms()}
    campaign.edit("checklists/1-business.yaml", "ask: 收费是否公开？", "ask: 收费标准是否公开？")
    ran = campaign.run("issue")
    assert "0 new, 2 changed, 0 rewritten, 4 unchanged" in ran.out
    assert "(now in superseded/); send the new ones" in ran.out
    after = {path.name.partition("_")[0]: path.read_bytes() for path in campaign.forms()}
    assert {name for name in EVERYBODY if after[name] != before[name]} == {"审核部", "北京分公司"}
    old = {path.name.partition("_")[0]: path.read_bytes() for path in campaign.root.glob("outbox/*/superseded/*")}
    assert old == {"审核部": before["审核部"], "北京分公司": before["北京分公司"]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ask: 收费是否公开？", "ask: 收费标准是否公开？"),
        ("ask: 收费是否公开？", "ask: 收费是否公开？\n    yes_means: problem"),
        ("ask: 收费是否公开？", "ask: 收费是否公开？\n    parts:\n      - {id: a, ask: 是否上墙？}"),
    ],
)
def test_whatever_a_form_asks_makes_a_new_revision(campaign: Campaign, old: str, new: str) -> None:
    campaign.edit("checklists/1-business.yaml", old, new)
    assert issued(campaign) == {"changed": 2, "unchanged": 4}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: 收费", "title: 收费公示"),
        ("ask: 收费是否公开？", "ask: 收费 是否公开 ？"),
        ("how: 查看公示。", "how: 查看网站公示。"),
        ("evidence: [公示截图]", "evidence: [公示截图, 网址]"),
        ("ask: 收费是否公开？", "ask: 收费是否公开？\n    due: 2023-11-05"),
        ("basis: [law-1]", "basis: []"),
    ],
)
def test_what_is_only_shown_is_written_again_under_the_same_passport(campaign: Campaign, old: str, new: str) -> None:
    before = {path.name for path in campaign.forms()}
    campaign.edit("checklists/1-business.yaml", old, new)
    ran = campaign.run("issue")
    assert "0 new, 0 changed, 2 rewritten, 4 unchanged" in ran.out
    assert "those already sent stay valid" in ran.out
    assert "Next: send" not in ran.out
    assert {path.name for path in campaign.forms()} == before
    assert issued(campaign) == {"unchanged": 6}


def test_an_extended_deadline_is_one_date_and_makes_no_form_an_old_one(campaign: Campaign) -> None:
    for checklist in ("1-business.yaml", "2-conduct.yaml"):
        text = (campaign.root / "checklists" / checklist).read_text(encoding="utf-8")
        due = next(line for line in text.splitlines() if line.startswith("due: "))
        campaign.edit(f"checklists/{checklist}", f"{due}\n", "")
    campaign.run("issue")
    campaign.edit("campaign.yaml", "to: 2023-11-10", "to: 2023-12-20")
    assert issued(campaign) == {"rewritten": 6}
    assert "2023-12-20" in campaign.form("审核部").read_text(encoding="utf-8")


def test_what_a_form_does_not_show_changes_no_form(campaign: Campaign) -> None:
    campaign.edit("campaign.yaml", "scope: 全部认证活动", "scope: 全部活动")
    assert issued(campaign) == {"unchanged": 6}


@pytest.mark.slow
def test_an_item_that_is_edited_back_brings_the_old_form_back(campaign: Campaign) -> None:
    first = campaign.form("审核部").read_bytes()
    for old, new in (("收费是否公开", "收费是否公示"), ("收费是否公示", "收费是否公开")):
        campaign.edit("checklists/1-business.yaml", f"ask: {old}？", f"ask: {new}？")
        assert issued(campaign) == {"changed": 2, "unchanged": 4}
    assert campaign.form("审核部").read_bytes() == first
    assert issued(campaign) == {"unchanged": 6}
    # and an answer to it is no answer to an older form
    campaign.receive("审核部.yaml", fill(first.decode(), by="甲"))
    assert campaign.run("collect").code == 0
    assert campaign.run("status", "--json").data["outdated"] == []


def test_a_form_that_somebody_typed_into_is_put_aside_and_never_overwritten(campaign: Campaign) -> None:
    typed = campaign.filled("审核部", by="甲", clues="只写在这里")
    campaign.form("审核部").write_text(typed, encoding="utf-8")
    for old, new in (("公开", "公示"), ("公示", "公开"), ("公开", "公示")):
        campaign.edit("checklists/1-business.yaml", f"ask: 收费是否{old}？", f"ask: 收费是否{new}？")
        issued(campaign)
    assert typed.encode() in leaves(campaign.root / "outbox").values()


def test_a_form_that_was_deleted_is_written_again(campaign: Campaign) -> None:
    before = leaves(campaign.root / "outbox")
    campaign.form("张三").unlink()
    assert issued(campaign) == {"rewritten": 1, "unchanged": 5}
    assert leaves(campaign.root / "outbox") == before


def test_a_form_that_somebody_typed_into_in_the_outbox_stays_as_it_is(campaign: Campaign) -> None:
    typed = campaign.filled("张三")
    campaign.form("张三").write_text(typed, encoding="utf-8")
    assert issued(campaign) == {"unchanged": 6}
    assert campaign.form("张三").read_text(encoding="utf-8") == typed


def test_a_new_person_gets_a_form_and_nobody_else(campaign: Campaign) -> None:
    before = leaves(campaign.root / "outbox")
    unit = {"技术部.zip", "技术部/index.html"}
    path = campaign.root / "roster.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  - {id: P4, name: 赵六, unit: T}\n", encoding="utf-8")
    assert issued(campaign) == {"new": 1, "unchanged": 6}
    assert campaign.form("赵六").parent.name == "技术部"
    after = leaves(campaign.root / "outbox")
    assert {name for name in after if after[name] != before.get(name) and "赵六" not in name} == unit
    assert before.keys() - after.keys() == set()


def test_whoever_left_is_named_and_what_he_said_is_kept(answered_campaign: Campaign) -> None:
    path = answered_campaign.root / "roster.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: P1"), text.index("  - id: P2")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    ran = answered_campaign.run("issue")
    assert "No longer asked, answers kept: 张三" in ran.out
    # nobody sends it to him any more, and nobody loses what he may have typed into it
    aside = (answered_campaign.root / "outbox/审核部/superseded").iterdir()
    assert [path.name.partition("_")[0] for path in aside] == ["张三"]
    status = answered_campaign.run("status").out
    assert "No longer asked, answers kept (1): 张三" in status
    assert len(answered_campaign.events("张三")) == 1
    answered_campaign.run("export")
    assert "张三" in answered_campaign.merged()
    # it is said once
    assert issued(answered_campaign) == {"unchanged": 5}


def test_whoever_comes_back_gets_the_form_he_had(campaign: Campaign) -> None:
    path = campaign.root / "roster.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: P1"), text.index("  - id: P2")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    before = campaign.form("张三").read_bytes()
    assert issued(campaign) == {"unchanged": 5, "dropped": ["张三"]}
    path.write_text(text, encoding="utf-8")
    assert issued(campaign) == {"rewritten": 1, "unchanged": 5}
    assert campaign.form("张三").read_bytes() == before
    assert campaign.run("status", "--json").data["dropped"] == []


def test_a_unit_that_is_closed_is_named_and_its_answers_are_kept(answered_campaign: Campaign) -> None:
    # its people go to another unit
    text = (answered_campaign.root / "roster.yaml").read_text(encoding="utf-8")
    start, end = text.index("  - id: B"), text.index("people:")
    end = text.rindex("\n\n", start, end) if "\n\n" in text[start:end] else end
    text = (text[:start] + text[end:]).replace("unit: B", "unit: A")
    (answered_campaign.root / "roster.yaml").write_text(text, encoding="utf-8")
    ran = answered_campaign.run("issue")
    assert ran.code == 0, ran.said
    assert "No longer asked, answers kept: 北京分公司" in ran.out
    assert len(answered_campaign.events("北京分公司")) == 1


def test_a_person_who_moved_finds_the_same_form_in_the_new_unit(campaign: Campaign) -> None:
    old = campaign.form("李四")
    before = old.read_text(encoding="utf-8")
    campaign.edit("roster.yaml", "unit: B", "unit: A")
    assert issued(campaign) == {"rewritten": 1, "unchanged": 5}
    now = campaign.form("李四")
    assert now.parent.name == "审核部"
    assert now.name == old.name
    assert (old.parent / "superseded" / old.name).read_text(encoding="utf-8") == before
    # the copy sent before he moved is his as well
    campaign.receive("李四.yaml", fill(before))
    assert campaign.run("collect", "--json").data["files"][0]["outcome"] == "new"
    status = campaign.run("status", "--json").data
    assert status["outdated"] == []
    assert campaign.merged()["李四"]["unit_name"] == "审核部"


def test_a_person_in_another_post_is_asked_something_else(campaign: Campaign) -> None:
    old = campaign.form("王五").read_text(encoding="utf-8")
    campaign.edit("roster.yaml", "技术员", "审核员")
    assert issued(campaign) == {"changed": 1, "unchanged": 5}
    assert items(campaign.form("王五")) == ["2.1", "2.2", "2.3"]
    # an answer to the form he had before is taken, and told to be one to an older form
    campaign.receive("王五.yaml", fill(old))
    ran = campaign.run("collect", "--json")
    assert ran.data["files"][0]["outcome"] == "new"
    assert campaign.run("status", "--json").data["outdated"] == ["王五"]


@pytest.mark.parametrize(
    ("args", "who"),
    [
        (["--only", "张三"], {"张三"}),
        (["--only", "P1"], {"张三"}),
        (["--only", "person:P1", "--only", "技术部"], {"张三", "技术部"}),
        (["--role", "auditor"], {"张三", "李四"}),
        (["--role", "审核员", "--unit", "审核部"], {"张三"}),
        (["--unit", "B"], {"北京分公司", "李四"}),
        (["--unit", "北京分公司", "--role", "branch"], {"北京分公司"}),
    ],
)
def test_only_those_who_are_meant_get_a_form(new_campaign: Campaign, args: list[str], who: set[str]) -> None:
    assert issued(new_campaign, *args) == {"new": len(who)}
    assert set(asked(new_campaign)) == who
    assert issued(new_campaign) == {"new": 6 - len(who), "unchanged": len(who)}


def test_a_name_that_several_bear_issues_nothing_unless_something_tells_them_apart(new_campaign: Campaign) -> None:
    new_campaign.edit("roster.yaml", "name: 李四", "name: 张三")
    ran = new_campaign.run("issue", "--only", "张三")
    assert (ran.code, new_campaign.forms()) == (3, [])
    assert "“张三” is more than one respondent\n    → Give one of: person:P1 (审核部 · 审核员" in ran.err
    assert issued(new_campaign, "--only", "张三", "--unit", "审核部") == {"new": 1}
    assert issued(new_campaign, "--only", "张三（P2）") == {"new": 1}


@pytest.mark.parametrize(("option", "name"), [("--only", "张山"), ("--role", "审核"), ("--unit", "上海分公司")])
def test_a_name_that_nobody_has_stops_the_command(new_campaign: Campaign, option: str, name: str) -> None:
    ran = new_campaign.run("issue", option, name)
    assert ran.code == 3
    assert f"nobody matches “{name}”" in ran.err
    assert "Known: " in ran.err
    assert new_campaign.forms() == []


def test_a_role_that_nobody_holds_is_told_every_time(new_campaign: Campaign) -> None:
    new_campaign.edit("roster.yaml", "kind: branch", "kind: committee")
    for _ in range(2):
        ran = new_campaign.run("issue")
        assert ran.code in (0, 1)
        assert "nobody on the roster has the role “各分公司”; 2 items depend on it" in ran.err
    assert "各分公司" in new_campaign.run("issue", "--json").err


def test_a_mistake_in_the_campaign_stops_the_command_before_anything_is_written(new_campaign: Campaign) -> None:
    new_campaign.edit("checklists/1-business.yaml", "area: business", "area: nowhere")
    ran = new_campaign.run("issue")
    assert ran.code == 3
    assert "checklists/1-business.yaml:2:7: error: there is no area “nowhere”" in ran.err
    assert new_campaign.forms() == []
    assert not (new_campaign.root / "campaign.db").exists()


def test_names_that_no_file_can_have_still_get_a_form(new_campaign: Campaign) -> None:
    new_campaign.edit("roster.yaml", "name: 张三", 'name: "../张\\u202e/三:*?"')
    new_campaign.edit("roster.yaml", "name: 审核部", "name: CON")
    assert issued(new_campaign)["new"] >= 5
    inside = new_campaign.root / "outbox"
    assert all(path.is_relative_to(inside) for path in new_campaign.root.rglob("*张*"))
    found = [path for path in inside.rglob("*.yaml") if "张" in path.name]
    assert len(found) == 1
    new_campaign.receive("x.yaml", fill(found[0].read_text(encoding="utf-8"), by="张三"))
    assert new_campaign.run("collect", "--json").data["files"][0]["outcome"] == "new"


def test_two_people_of_the_same_name_get_a_form_each(new_campaign: Campaign) -> None:
    new_campaign.edit("roster.yaml", "name: 李四", "name: 张三")
    new_campaign.edit("roster.yaml", "unit: B", "unit: A")
    assert issued(new_campaign)["new"] == 6
    assert len(new_campaign.forms("张三")) == 2
    ran = new_campaign.run("status", "--of", "张三")
    assert ran.code == 3
    assert "“张三” is more than one respondent" in ran.err
    assert "Give one of: person:P1 (审核部 · 审核员 · 全体人员), person:P2 (审核部" in ran.err


def test_what_issue_did_is_in_the_journal(campaign: Campaign) -> None:
    issues = [detail for what, detail in campaign.journal() if what == "issue"]
    assert len(issues) == 1
    assert len(issues[0]["forms"]) == 6


def test_changing_the_code_of_a_campaign_does_not_orphan_the_forms_already_sent(campaign: Campaign) -> None:
    sent = campaign.filled("张三")
    campaign.edit("campaign.yaml", "code: TK23", "code: TK24")
    issued(campaign)
    campaign.receive("张三.yaml", sent)
    assert campaign.run("collect", "--json").data["files"][0]["outcome"] == "new"
