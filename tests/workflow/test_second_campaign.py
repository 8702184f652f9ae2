"""The next campaign: a kit made of an adapted one, taken with its templates, its plan moved to another time."""

import re
import shutil
from pathlib import Path

import pytest

from selfaudit.base.resources import shipped
from tests.support.campaign import Campaign
from tests.support.folders import leaves, plant
from tests.support.program import run
from tests.support.tiny import KIT, ROSTER
from tests.support.tiny import PLAN as WITH_OPERATOR

ABOUT = "format: selfaudit/template/1\ntitle: 本机构的报告\nlanguage: zh_CN\ndocument: final\n"
PLAN = WITH_OPERATOR.replace("operator: 经办人\n", "")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the small kit, which has a Word template and remarks, and a roster."""
    plan = PLAN.replace("submission:", "templates: {final: our-report}\nsubmission:").replace(
        "cut_off: 2023-10-31", "# 按通知\ncut_off: 2023-10-31"
    )
    plant(tmp_path, {f"tiny/{name}": text for name, text in KIT.items()} | {"roster.yaml": ROSTER})
    plant(tmp_path, {"tiny/campaign.yaml": plan.replace("\n", "\r\n"), "tiny/templates/our-report/about.yaml": ABOUT})
    shutil.copyfile(
        shipped("templates") / "final-zh" / "document.docx", tmp_path / "tiny/templates/our-report/document.docx"
    )
    return tmp_path


def test_a_kit_made_of_a_campaign_is_byte_for_byte_the_one_it_was_made_from(place: Path) -> None:
    assert run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place).code == 0
    ran = run("checklist", "save", "../saved/tiny", cwd=place / "campaign")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Saved the kit in ../saved/tiny.\nNext: selfaudit init DIR --kit ../saved/tiny\n"
    assert leaves(place / "saved" / "tiny") == leaves(place / "tiny")


@pytest.mark.parametrize("name", ["fake-cert-2023", "iso17021-internal-audit"])
def test_so_is_that_of_a_shipped_kit(tmp_path: Path, name: str) -> None:
    run("init", "campaign", "--kit", name, cwd=tmp_path)
    assert run("checklist", "save", name, "--campaign", "campaign", cwd=tmp_path).code == 0
    assert leaves(tmp_path / name) == leaves(shipped("checklists") / name)


@pytest.mark.slow
def test_the_kit_of_an_adapted_campaign_has_its_words_and_nothing_of_its_people(place: Path) -> None:
    run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    first = Campaign(place / "campaign")
    first.edit("checklists/1-business.yaml", "档案是否完整？", "档案是否完整、可查？")
    first.edit("campaign.yaml", "language: zh_CN\n", "language: zh_CN\noperator: 赵敏\n")
    first.edit("profile.yaml", "certificates:", "certificates: 1280")
    first.run("issue")
    first.receive("张三.yaml", first.filled("张三"))
    first.run("collect")
    assert first.run("checklist", "save", place / "mine-2027").code == 0
    saved = leaves(place / "mine-2027")
    everything = b"".join(saved.values()).decode("utf-8", "replace")
    assert "档案是否完整、可查？" in everything
    for private in ("张三", "某认证公司", "1280", "赵敏", "operator"):
        assert private not in everything
    assert saved["campaign.yaml"].startswith(b"format: selfaudit/campaign/1\nkit: mine-2027\nid: mine-2027\n")
    ran = run("init", "next", "--kit", "mine-2027", "--roster", "roster.yaml", cwd=place)
    assert ran.code == 0
    assert "Kit: 小型自查 (mine-2027)" in ran.out
    assert (place / "next" / "templates" / "our-report" / "document.docx").is_file()
    assert run("issue", cwd=place / "next").code == 0


def test_names_that_texts_of_a_kit_contain_are_pointed_out(place: Path) -> None:
    run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    campaign = Campaign(place / "campaign")
    campaign.edit("campaign.yaml", "scope: 全部认证活动", "scope: 全部认证活动（联系人王五）")
    ran = campaign.run("checklist", "save", place / "mine")
    assert ran.code == 1
    assert "campaign.yaml:12:18: warning: the kit names “王五”" in ran.err


@pytest.mark.parametrize("folder", ["campaign/inbox", "campaign/kits", "roster.yaml"])
def test_a_kit_is_saved_over_nothing(place: Path, folder: str) -> None:
    run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    plant(place, {"campaign/kits/letter.txt": "keep me"})
    before = leaves(place)
    assert run("checklist", "save", folder, "--campaign", "campaign", cwd=place).code == 3
    assert leaves(place) == before


def test_a_campaign_is_no_kit_and_the_command_that_makes_one_of_it_is_named(place: Path) -> None:
    run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    ran = run("init", "next", "--kit", "campaign", cwd=place)
    assert ran.code == 3
    assert "error: campaign is a campaign, not a kit" in ran.err
    assert "selfaudit checklist save KIT --campaign campaign" in ran.err


def test_a_folder_here_is_taken_before_a_shipped_kit_of_the_same_name(place: Path) -> None:
    (place / "tiny").rename(place / "fake-cert-2023")
    ran = run("init", "campaign", "--kit", "fake-cert-2023", cwd=place)
    assert ran.code == 0
    assert "Kit: 小型自查 (fake-cert-2023)" in ran.out


def test_everything_that_keeps_a_campaign_from_being_made_is_told_at_once(place: Path) -> None:
    plant(place, {"campaign/letter.txt": "x", "roster.yaml": ROSTER.replace("unit: A,", "unit: X,")})
    plant(place, {"tiny/1-business.yaml": KIT["1-business.yaml"].replace("area: business", "area: nowhere")})
    (place / "tiny/templates/our-report/document.docx").unlink()
    ran = run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", "--start", "2027-03-01", cwd=place)
    assert ran.code == 3
    for told in ("not empty", "no area “nowhere”", "document.docx is missing", "no unit “X”"):
        assert told in ran.err


def test_a_plan_is_moved_with_every_day_in_it_and_the_new_days_are_told(place: Path) -> None:
    ran = run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", "--start", "2026-10-30", cwd=place)
    assert ran.code == 0
    told = [re.split(r"  +", line) for line in ran.out.splitlines()]
    assert ["Cut-off date", "2026-10-29"] in told
    assert ["自查", "2026-10-30", "2026-11-08"] in told
    assert ["交回自查表", "2026-11-05"] in told
    assert ["Report handed in", "2026-11-08"] in told
    assert "note: 2026-11-08 is a Saturday or Sunday" in ran.err
    root = place / "campaign"
    plan = (root / "campaign.yaml").read_bytes().decode()
    assert "# 按通知\r\ncut_off: 2026-10-29\r\n" in plan
    assert "from: 2026-10-30, to: 2026-11-08" in plan
    assert "due: 2026-11-05\n" in (root / "checklists" / "1-business.yaml").read_text(encoding="utf-8")
    assert run("validate", cwd=root).code == 0


def test_a_year_that_was_left_in_a_text_is_pointed_out_and_that_of_a_document_is_not(place: Path) -> None:
    plan = PLAN.replace("scope: 全部认证活动", "scope: 2023年10月有效的证书，按 GB/T 27021-2023")
    plan = plan.replace("title: 小型自查", "title: 按 ISO 9001:2023 自查").replace("主管部门", "主管部门（2023）")
    plant(place, {"tiny/campaign.yaml": plan})
    ran = run("init", "campaign", "--kit", "tiny", "--start", "2027-03-01", cwd=place)
    left = [line for line in ran.err.splitlines() if "this text says" in line]
    assert left == ["campaign.yaml:11:8: note: this text says 2023: “2023年10月有效的证书，按 GB/T 27021-2023”"]


def test_a_title_with_a_year_of_no_campaign_of_late_is_told_by_init_validate_and_the_report(place: Path) -> None:
    plan = PLAN.replace("title: 小型自查", "title: 小型自查（2019 年）")
    plan = plan.replace("  issuer: 主管部门", "  issuer: 主管部门\n  issued: 2019-10-27")
    plant(place, {"tiny/campaign.yaml": plan.replace("title: 自查报告", "title: 2019年自查报告")})
    ran = run("init", "plain", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    assert "note: this text says 2019: “小型自查（2019 年）”" in ran.err
    ran = run("init", "moved", "--kit", "tiny", "--roster", "roster.yaml", "--start", "2027-03-01", cwd=place)
    assert "note: this text says 2019: “2019年自查报告”" in ran.err
    moved = Campaign(place / "moved")
    assert moved.run("validate").err.count("note: the text names 2019, but everything in the plan is in 2027") == 2
    moved.run("issue")
    told = "campaign.yaml: note: the title “2019年自查报告” names 2019, but everything in the plan is in 2027"
    assert told in moved.run("report").err
    moved.edit("campaign.yaml", "2019年自查报告", "2027年自查报告")
    assert told not in moved.run("report").err


def test_days_stated_elsewhere_move_with_the_plan_and_are_open_until_the_entry_is_deleted(place: Path) -> None:
    twice = "    stated_elsewhere:\n      - {from: 2023-11-02, to: 2023-11-10, place: 附件}\n"
    phase = "  - id: answer\n    title: 自查\n    from: 2023-11-01\n    to: 2023-11-10\n    who: 全体\n"
    old = "  - {id: answer, title: 自查, from: 2023-11-01, to: 2023-11-10, who: 全体}\n"
    plant(place, {"tiny/campaign.yaml": PLAN.replace(old, phase + twice)})
    run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", "--start", "2027-03-01", cwd=place)
    campaign = Campaign(place / "campaign")
    told = campaign.run("validate").err
    assert "are 2027-03-01 to 2027-03-10 here and 2027-03-02 to 2027-03-10 in 附件" in told
    assert "then delete this entry of stated_elsewhere" in told
    campaign.edit("campaign.yaml", twice.replace("2023-11", "2027-03"), "")
    assert "附件" not in campaign.run("validate").err


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2027-02-30", "“2027-02-30” is not a valid date"),
        ("2027-03", "“2027-03” is not a valid date"),
        ("9999-12-30", "“9999-12-30” is not a valid date"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_nothing_is_made(place: Path, day: str, told: str) -> None:
    ran = run("init", "campaign", "--kit", "tiny", "--start", day, cwd=place)
    assert ran.code == 3
    assert told in ran.err
    assert not (place / "campaign").exists()
