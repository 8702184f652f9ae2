"""``init``: a campaign folder that is complete, valid and never written over another one."""

import re
from pathlib import Path

import pytest

from tests.support.campaign import Campaign
from tests.support.folders import leaves, plant
from tests.support.program import run
from tests.support.tiny import KIT, ROSTER


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the small kit and a roster in it."""
    return plant(tmp_path, {f"tiny/{name}": text for name, text in KIT.items()} | {"roster.yaml": ROSTER})


def test_init_makes_a_campaign_that_validates_and_says_what_to_do_next(place: Path) -> None:
    ran = run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    assert ran.code == 0
    assert "note: by its dates the campaign was over on 2023-11-10, and no form has been issued" in ran.err
    assert "selfaudit init --start DATE" in ran.err
    assert ran.out.startswith("Created campaign.\nKit: 小型自查 (tiny)\nNext:\n")
    assert "selfaudit validate campaign" in ran.out
    assert "selfaudit issue --campaign campaign" in ran.out
    assert (
        run("validate", "campaign", cwd=place).out
        == "1 remark.\nNext: selfaudit issue --campaign campaign, unless all forms are out.\n"
    )


def test_init_makes_every_folder_that_a_campaign_has(place: Path) -> None:
    run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    root = place / "campaign"
    folders = {path.name for path in root.iterdir() if path.is_dir()}
    assert folders == {
        "checklists", "registers", "case-files", "outbox", "inbox", "received", "papers", "reports", "templates",
        "evidence",
    }  # fmt: skip
    files = {path.name for path in root.iterdir() if path.is_file()}
    assert files == {"campaign.yaml", "roster.yaml", "profile.yaml", "campaign.secret"}


def test_init_pins_a_copy_of_the_kit_word_for_word(place: Path) -> None:
    run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    root = place / "campaign"
    pinned = {name: KIT[name].encode() for name in KIT if name != "campaign.yaml"}
    assert leaves(root / "checklists") == pinned
    plan = (root / "campaign.yaml").read_text(encoding="utf-8")
    assert re.sub("^id: tiny-2023-.*$", "id: tiny-2023", plan, flags=re.MULTILINE) == KIT["campaign.yaml"]


def test_init_explains_every_fact_of_the_profile_and_fills_in_none(place: Path) -> None:
    run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    profile = (place / "campaign" / "profile.yaml").read_text(encoding="utf-8")
    assert "# 基本情况\n  overview:\n" in profile
    assert "# 证书数\n  certificates:\n" in profile


def test_without_a_roster_an_example_is_written_to_be_replaced(place: Path) -> None:
    ran = run("init", "campaign", "--kit", "tiny", cwd=place)
    assert ran.code == 0
    assert "Put your units and people into roster.yaml" in ran.out
    assert "selfaudit roster template roster.xlsx" in ran.out
    told = run("validate", "campaign", cwd=place)
    assert told.code == 1
    assert "the name of the body has not been entered yet" in told.err
    assert ": error: " not in told.err


@pytest.mark.parametrize("content", [{"letter.txt": "keep me"}, {"deep/letter.txt": "keep me"}])
def test_init_refuses_a_folder_that_holds_anything_and_changes_nothing(place: Path, content: dict[str, str]) -> None:
    plant(place / "campaign", content)
    before = leaves(place)
    ran = run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    assert ran.code == 3
    assert "campaign already exists and is not empty" in ran.err
    assert "nothing was changed" in ran.err
    assert leaves(place) == before


def test_init_refuses_to_take_the_place_of_a_file(place: Path) -> None:
    plant(place, {"campaign": "a file"})
    ran = run("init", "campaign", "--kit", "tiny", cwd=place)
    assert ran.code == 3
    assert (place / "campaign").read_text(encoding="utf-8") == "a file"


def test_init_below_a_file_is_a_mistake_of_the_user_not_ours(place: Path) -> None:
    plant(place, {"letter": "a file"})
    ran = run("init", "letter/campaign", "--kit", "tiny", cwd=place)
    assert ran.code == 3
    assert "letter" in ran.err


@pytest.mark.slow
def test_two_campaigns_of_one_kit_do_not_take_each_others_forms(place: Path) -> None:
    for name in ("first", "second"):
        run("init", name, "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
        run("issue", cwd=place / name)
    first, second = Campaign(place / "first"), Campaign(place / "second")
    second.receive("张三.yaml", first.filled("张三"))
    ran = second.run("collect", "--json")
    assert ran.code == 1
    assert [file["outcome"] for file in ran.data["files"]] == ["rejected"]


def test_an_empty_folder_will_do(place: Path) -> None:
    (place / "campaign").mkdir()
    assert run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place).code == 0


def test_a_folder_may_have_blanks_and_chinese_characters_in_its_name(place: Path) -> None:
    name = "2023 年 自查（终）"
    assert run("init", name, "--kit", "tiny", "--roster", "roster.yaml", cwd=place).code == 0
    ran = run("issue", "--json", cwd=place / name)
    assert (ran.code, ran.data["new"]) == (0, 6)


def test_an_unknown_kit_is_named_with_those_that_are_known(place: Path) -> None:
    ran = run("init", "campaign", "--kit", "fake-cert", cwd=place)
    assert ran.code == 3
    assert "there is no kit “fake-cert”" in ran.err
    assert "fake-cert-2023" in ran.err
    assert not (place / "campaign").exists()


def test_a_faulty_kit_makes_no_campaign(place: Path) -> None:
    plant(place, {"tiny/1-business.yaml": KIT["1-business.yaml"].replace("area: business", "area: nowhere")})
    ran = run("init", "campaign", "--kit", "tiny", cwd=place)
    assert ran.code == 3
    assert "1-business.yaml:2:7: error: there is no area “nowhere”" in ran.err
    assert not (place / "campaign").exists()


def test_a_faulty_roster_makes_no_campaign_and_is_told_completely(place: Path) -> None:
    roster = ROSTER.replace("unit: A,", "unit: X,").replace("kind: branch", "kind: brunch")
    plant(place, {"roster.yaml": roster})
    ran = run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    assert ran.code == 3
    assert "roster.yaml:7:32: error: “北京分公司” is of the unknown kind “brunch”" in ran.err
    assert not (place / "campaign").exists()
    plant(place, {"roster.yaml": ROSTER.replace("unit: A,", "unit: X,")})
    ran = run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    assert "roster.yaml:9:30: error: there is no unit “X”" in ran.err
    assert not (place / "campaign").exists()


@pytest.mark.parametrize("kit", ["fake-cert-2023", "iso17021-internal-audit"])
def test_a_shipped_kit_makes_a_campaign_without_errors(tmp_path: Path, kit: str) -> None:
    assert run("init", "campaign", "--kit", kit, cwd=tmp_path).code == 0
    ran = run("validate", "campaign", cwd=tmp_path)
    assert ran.code == 1
    assert ": error: " not in ran.err


def test_a_kit_names_kinds_of_units_and_the_roster_may_use_id_or_title(place: Path) -> None:
    plan = KIT["campaign.yaml"].replace("kinds: [branch]", "kinds: [site]")
    plan += "kinds:\n  - {id: site, title: 分场所, like: branch}\n  - {id: hall, title: Division}\n"
    roster = ROSTER.replace("kind: branch", "kind: 分场所").replace("审核部, kind: department", "审核部, kind: hall")
    plant(place, {"tiny/campaign.yaml": plan, "roster.yaml": roster})
    ran = run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    assert ran.code == 0
    campaign = Campaign(place / "campaign")
    assert campaign.run("validate").code == 0
    assert campaign.run("issue", "--json").data["new"] == 6
    assert "Not answered yet, no report: 北京分公司" in campaign.run("report", "branch").out
    plant(place, {"roster.yaml": roster.replace("kind: hall", "kind: hal")})
    ran = run("init", "second", "--kit", "tiny", "--roster", "roster.yaml", cwd=place)
    assert ran.code == 3
    assert "roster.yaml:6:30: error: “审核部” is of the unknown kind “hal”" in ran.err
    assert "分场所" in ran.err
