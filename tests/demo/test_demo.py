"""The demo: a whole campaign of an invented body, believable, the same for the same seed, and nobody's real data."""

import re
import zipfile
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

import pytest

from selfaudit.demo.answers import answer_all
from selfaudit.demo.body import Cast, invent_roster
from selfaudit.demo.findings import Findings, spread_findings
from selfaudit.demo.mail import Posted, send_back
from selfaudit.demo.play import KIT, demo
from selfaudit.demo.profile import facts
from selfaudit.demo.texts import load_texts
from selfaudit.files.yaml.reader import read_yaml
from selfaudit.model.passport import respondent_code
from selfaudit.model.roster import Roster
from selfaudit.store.kits import kit_folder, load_kit
from selfaudit.workflow.common.forms import build_forms
from selfaudit.workflow.common.listener import Silent
from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.support.program import run

SEEDS = range(2020, 2026)
FEW = 700
"""Certificates among which every violation finds its place."""


def invented(seed: int) -> tuple[Cast, Findings]:
    """The invented body of a seed and what its people found."""
    texts, rng, kit = load_texts(), Random(seed), load_kit(kit_folder(KIT)).usable()
    roster = Roster.model_validate(invent_roster(texts, rng))
    cast = Cast(texts, kit, roster, build_forms(kit, roster, partial(respondent_code, kit.plan.id)), rng)
    return cast, spread_findings(cast)


def returned(seed: int) -> list[Posted]:
    """Everything that comes back in the demo of a seed."""
    cast, findings = invented(seed)
    return send_back(cast, answer_all(cast, findings))


# -- what is invented ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_same_seed_sends_back_the_same_bytes_and_no_file_overwrites_another() -> None:
    posted = returned(7)
    assert posted == returned(7)
    names = Counter(one.name for one in posted)
    assert len(names) > 250
    assert set(names.values()) == {1}


def test_another_seed_invents_another_body() -> None:
    assert invented(7)[0].roster != invented(8)[0].roster


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_invents_about_300_people_of_whom_two_share_a_name_in_different_branches(seed: int) -> None:
    roster = invented(seed)[0].roster
    assert 270 <= len(roster.people) <= 330
    assert Counter(unit.kind for unit in roster.units) == {
        "management": 1,
        "department": 5,
        "committee": 1,
        "branch": 8,
    }
    (twice,) = (name for name, count in Counter(person.name for person in roster.people).items() if count > 1)
    homes = [person.unit for person in roster.people if person.name == twice]
    assert len(set(homes)) == len(homes) == 2
    assert {roster.unit_of[home].kind for home in homes} == {"branch"}
    assert any("䶮" in person.name for person in roster.people)
    assert any("𠮷" in person.name for person in roster.people)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_finds_20_to_60_problems_of_which_few_are_severe(seed: int) -> None:
    cast, findings = invented(seed)
    found = [finding for several in findings.values() for finding in several]
    assert 20 <= len(found) <= 60
    severities = Counter(finding["severity"] for finding in found)
    assert 1 <= severities["severe"] <= 6 < severities["major"]
    assert len({cast.kit.area_of[finding["item"]] for finding in found}) >= 8


@pytest.mark.parametrize("seed", SEEDS)
def test_findings_name_projects_of_that_year_and_leave_no_slot_open(seed: int) -> None:
    for several in invented(seed)[1].values():
        for finding in several:
            assert finding.keys() >= {"fact", "cause", "correction", "similar", "disposition", "owner", "due"}
            assert not re.search("[{}]", str(finding["fact"] + finding["cause"] + finding["owner"]))
            assert "2023-10-26" < finding["due"] < "2024-06-30"


def test_every_text_fits_a_place_and_a_role_of_the_kit() -> None:
    cast, _ = invented(1)
    texts = cast.texts
    places = {(item.id, part.id) for item in cast.kit.items.values() for part in item.parts}
    places |= {(item.id, "") for item in cast.kit.items.values() if not item.parts}
    dispositions = {kind.id for kind in cast.kit.plan.dispositions}
    entries = [(entry.item, entry.part, entry.roles) for entry in texts.findings.findings]
    entries += [(entry.item, entry.part, entry.roles) for entry in texts.notes.notes]
    for item, part, roles in entries:
        assert (item, part) in places
        asked = [form for form in cast.forms if not set(roles).isdisjoint(form.respondent.roles)]
        assert any(item in form.questions.item_of for form in asked), (item, part, roles)
    for finding in texts.findings.findings:
        assert finding.severity in {severity.id for severity in cast.kit.plan.severities}
        assert finding.disposition.keys() <= dispositions
    assert texts.voices.suggestions.keys() == {box.id for box in cast.kit.plan.suggestions}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_the_profile_add_up_and_fit_the_roster(seed: int) -> None:
    cast, _ = invented(seed)
    known = facts(cast)
    assert known.keys() == {fact.id for fact in cast.kit.plan.profile}
    for total in cast.kit.plan.sums:
        assert int(known[total.total]) == sum(int(known[part]) for part in total.parts)
    assert int(known["branches_total"]) == sum(unit.kind == "branch" for unit in cast.roster.units)
    part_time = sum("兼职审核员" in person.posts for person in cast.roster.people)
    assert int(known["people_parttime"]) == part_time


@pytest.mark.slow
def test_nobody_can_be_telephoned() -> None:
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{15,}", "".join(map(str, returned(3))))


# -- what a user sees ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, str]:
    """The demo as the program plays it up to the draft."""
    folder = tmp_path_factory.mktemp("played") / "demo-campaign"
    told = demo(folder, 2023, Silent(), draft=True, certificates=FEW)
    return Campaign(folder), "\n".join(told)


slow = pytest.mark.slow


class TestPlayed:
    """What stands in the folder after ``selfaudit demo --draft``."""

    pytestmark = slow

    def test_it_tells_how_many_answered_what_to_open_and_why_the_report_is_a_draft(
        self, played: tuple[Campaign, str]
    ) -> None:
        campaign, told = played
        assert re.search(r"30\d were asked, 29\d answered", told)
        assert re.search(r"The report is a draft, because \d+ things are open:", told)
        opened = [Path(line.strip()) for line in told.splitlines() if line.endswith((".docx", ".html"))]
        # the report, the letter of the kit and the page
        assert len(opened) == 3
        assert all(path.is_file() and path.is_relative_to(campaign.root) for path in opened)

    def test_it_writes_the_reports_of_all_units_and_branches_and_of_some_people(
        self, played: tuple[Campaign, str]
    ) -> None:
        reports = [path.stem for path in (played[0].root / "reports").rglob("*.docx")]
        numbers = Counter(name.rpartition("_")[2][:1] for name in reports)
        assert numbers["D"] == 5
        assert numbers["C"] == 1
        assert numbers["B"] == 8
        assert numbers["S"] == 6

    def test_the_final_report_is_a_draft_with_findings_suggestions_and_clues(
        self, played: tuple[Campaign, str]
    ) -> None:
        (final,) = (played[0].root / "reports").glob("认证机构自查整改报告*.docx")
        with zipfile.ZipFile(final) as archive:
            text = re.sub("<[^>]+>", "", archive.read("word/document.xml").decode())
        for part in ("示例认证有限公司", "末次会议签到表上有一名组员的签字是本人代签的", "建议", "某短视频账号"):
            assert part in text

    def test_people_are_missing_late_and_incomplete_and_one_branch_answered_twice(
        self, played: tuple[Campaign, str]
    ) -> None:
        campaign, _ = played
        status = campaign.run("status", "--json").data
        assert 8 <= status["total"]["missing"] <= 14
        assert 8 <= status["total"]["incomplete"] <= 16
        (conflict,) = status["conflicts"]
        assert conflict.endswith("分公司")
        late = campaign.rows("SELECT count(*) FROM responses WHERE received_at > '2023-11-08'")[0][0]
        assert late >= 8

    def test_what_cannot_be_read_is_told_with_its_reason(self, played: tuple[Campaign, str], tmp_path: Path) -> None:
        campaign = played[0].copy(tmp_path / "again")
        ran = campaign.run("collect", "--json")
        rejected = {e["code"] for file in ran.data["files"] for e in file["errors"]}
        # of the others a good file came later
        assert rejected == {"yaml.cut-by-hash", "form.other-campaign"}

    def test_files_in_other_encodings_copies_and_a_zip_of_windows_are_taken(self, played: tuple[Campaign, str]) -> None:
        campaign, _ = played
        kept = campaign.rows("SELECT name, problems FROM originals WHERE outcome = 'accepted'")
        assert any(".zip/" in name and "分公司/" in name for name, _ in kept)
        told = {encoding for _, problems in kept for encoding in re.findall("GB18030|UTF-16|UTF-8", problems)}
        assert told == {"GB18030", "UTF-16", "UTF-8"}
        assert list(campaign.root.glob("inbox/*/* (1).yaml"))

    def test_its_data_contradict_what_people_say(self, played: tuple[Campaign, str]) -> None:
        found = played[0].run("contradictions", "list", "--json").data["against_data"]
        assert {"2.8.a/body/C08", "2.8.c/body/C01"} <= {one["row"]["key"] for one in found}
        listed = played[0].run("register", "list", "--json").data
        assert len(listed) == 18

    def test_an_auditor_contradicts_his_branch(self, played: tuple[Campaign, str]) -> None:
        found = played[0].run("contradictions", "list", "--json").data["contradictions"]
        assert any(one["about"].endswith("分公司") and one["conform"] == [one["about"]] for one in found)

    def test_it_plays_in_the_year_of_the_notice(self, played: tuple[Campaign, str]) -> None:
        campaign, _ = played
        times = [at for (at,) in campaign.rows("SELECT received_at FROM responses UNION SELECT issued_at FROM forms")]
        assert {at[:4] for at in times} == {"2023"}

    def test_its_profile_is_complete_and_reads_well(self, played: tuple[Campaign, str]) -> None:
        text = (played[0].root / "profile.yaml").read_text(encoding="utf-8")
        document, problems = read_yaml(text, "profile.yaml")
        assert problems == []
        assert all(document.data["facts"].values())

    def test_a_folder_that_holds_anything_is_left_alone(self, played: tuple[Campaign, str]) -> None:
        campaign, _ = played
        before = leaves(campaign.root)
        ran = run("demo", campaign.root)
        assert ran.code == 3
        assert "already exists and is not empty" in ran.err
        assert leaves(campaign.root) == before
