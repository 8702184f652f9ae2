"""The demo as a user sees it: the draft, and the same campaign carried to its end, from one beginning."""

import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from selfaudit.demo.play import Begun, begin, to_the_draft, to_the_end
from selfaudit.files.yaml.reader import read_yaml
from selfaudit.store.workspace import Workspace
from selfaudit.word.office import pdf
from selfaudit.workflow.common.listener import Silent
from tests.demo.judged import data_kit
from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.support.program import run

pytestmark = pytest.mark.slow

FEW = 700
"""Certificates among which every violation finds its place."""
Told = tuple[Campaign, str]
"""The folder, and what the demo told."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """The demo up to its data checks; to be copied, not changed."""
    return begin(tmp_path_factory.mktemp("begun") / "demo-campaign", 2023, Silent(), FEW)


def copied(begun: Begun, folder: Path) -> Begun:
    """Return the same in another folder."""
    Campaign(begun.workspace.root).copy(folder)
    return replace(begun, workspace=Workspace(folder))


@pytest.fixture(scope="module")
def played(begun: Begun, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The demo as the program plays it up to the draft."""
    folder = tmp_path_factory.mktemp("played") / "demo-campaign"
    told = to_the_draft(copied(begun, folder), Silent())
    return Campaign(folder), "\n".join(told)


@pytest.fixture(scope="module")
def ended(begun: Begun, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The demo as the program plays it where there is no LibreOffice."""
    folder = tmp_path_factory.mktemp("ended") / "demo-campaign"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_NAMES", ())
        patch.setattr(pdf, "_ELSEWHERE", ())
        told = to_the_end(copied(begun, folder), Silent())
    return Campaign(folder), "\n".join(told)


class TestPlayed:
    """What stands in the folder after ``selfaudit demo --draft``."""

    def test_it_tells_how_many_answered_what_to_open_and_why_the_report_is_a_draft(self, played: Told) -> None:
        campaign, told = played
        numbers = re.search(r"(\d+) were asked, (\d+) answered", told)
        assert numbers
        asked, answered = map(int, numbers.groups())
        # about 300 units and people, and the reviewers of about 40 case files and 20 personnel files
        assert (365 < asked < 385, 10 < asked - answered < 20) == (True, True)
        assert re.search(r"The report is a draft, because \d+ things are open:", told)
        opened = [Path(line.strip()) for line in told.splitlines() if line.endswith((".docx", ".html"))]
        # the report, two lists of the spot check, what its review showed, the letter of the kit and the page
        assert len(opened) == 6
        drawn = re.search(r"drew (\d+) of (\d+) files .* and (\d+) more", told)
        assert drawn
        sample = campaign.run("sample", "list", "case-files", "--json").data
        first, files, more = map(int, drawn.groups())
        assert (sample["files"], len(sample["files_drawn"]), more > 0) == (files, first + more, True)
        assert {*sample["files_drawn"]} == {*sample["reviewers"]}
        assert all(path.is_file() and path.is_relative_to(campaign.root) for path in opened)

    def test_whoever_reviews_a_personnel_file_is_told_whose_it_is_and_of_a_case_file_no_name(
        self, played: Told
    ) -> None:
        notes = {path.name: path.read_text(encoding="utf-8") for path in played[0].root.glob("outbox/reviews/*/*.txt")}
        people = [name for name in notes if name.startswith("2014-")]
        assert len(notes) > len(people) > 15
        assert [name for name, text in notes.items() if ("姓名: " in text) != (name in people)] == []
        assert [name for name, text in notes.items() if "组长: " in text or "评价人: " in text] == []

    def test_it_writes_the_reports_of_all_units_and_branches_and_of_some_people(self, played: Told) -> None:
        reports = [path.stem for path in (played[0].root / "reports").rglob("*.docx")]
        numbers = Counter(name.rpartition("_")[2][:1] for name in reports)
        assert numbers["D"] == 5
        assert numbers["C"] == 1
        assert numbers["B"] == 8
        assert numbers["S"] == 6

    def test_the_final_report_is_a_draft_with_findings_suggestions_and_clues(self, played: Told) -> None:
        (final,) = (played[0].root / "reports").glob("认证机构自查整改报告*.docx")
        with zipfile.ZipFile(final) as archive:
            text = re.sub("<[^>]+>", "", archive.read("word/document.xml").decode())
        for part in ("示例认证有限公司", "末次会议签到表上有一名组员的签字是本人代签的", "建议", "某短视频账号"):
            assert part in text

    def test_people_are_missing_late_and_incomplete_and_one_branch_answered_twice(self, played: Told) -> None:
        campaign, _ = played
        status = campaign.run("status", "--json").data
        # with two reviews that are not back and those of the files that were drawn because of problems
        assert 10 <= status["total"]["missing"] <= 18
        assert 8 <= status["total"]["incomplete"] <= 16
        (conflict,) = status["conflicts"]
        assert conflict.endswith("分公司")
        late = campaign.rows("SELECT count(*) FROM responses WHERE received_at > '2023-11-08'")[0][0]
        assert late >= 8

    def test_what_cannot_be_read_is_told_with_its_reason(self, played: Told, tmp_path: Path) -> None:
        campaign = played[0].copy(tmp_path / "again")
        ran = campaign.run("collect", "--json")
        rejected = {e["code"] for file in ran.data["files"] for e in file["errors"]}
        # of the others a good file came later; whose file it is that was cut off in a character nobody knows
        assert rejected == {"file.cut-off", "yaml.cut-by-hash", "form.other-campaign"}

    def test_files_in_other_encodings_copies_and_a_zip_of_windows_are_taken(self, played: Told) -> None:
        campaign, _ = played
        kept = campaign.rows("SELECT name, problems FROM originals WHERE outcome = 'accepted'")
        assert any(".zip/" in name and "分公司/" in name for name, _ in kept)
        told = {encoding for _, problems in kept for encoding in re.findall("GB18030|UTF-16|UTF-8", problems)}
        assert told == {"GB18030", "UTF-16", "UTF-8"}
        assert list(campaign.root.glob("inbox/*/* (1).yaml"))

    def test_its_data_contradict_what_people_say(self, played: Told) -> None:
        found = played[0].run("contradictions", "list", "--json").data["against_data"]
        assert {"2.8.a/body/C08", "2.8.c/body/C01"} <= {one["row"]["key"] for one in found}
        listed = played[0].run("register", "list", "--json").data
        assert len(listed) == 20

    def test_its_copied_case_files_are_found_and_no_others(self, played: Told) -> None:
        found = played[0].run("similar", "list", "--json").data
        assert [one["same_organisation"] for one in found["pairs"]] in ([True, False], [False, True])
        assert all(one["same_auditors"] and one["of_a"] > 0.6 for one in found["pairs"])
        checks = played[0].run("check", "list", "--json").data["checks"]
        assert {one["id"]: one["outcome"]["signals"] for one in checks if one["id"] in ("S01", "S02")} == {
            "S01": 1,
            "S02": 1,
        }

    def test_an_auditor_contradicts_his_branch(self, played: Told) -> None:
        found = played[0].run("contradictions", "list", "--json").data["contradictions"]
        assert any(one["about"].endswith("分公司") and one["conform"] == [one["about"]] for one in found)

    def test_it_plays_in_the_year_of_the_notice(self, played: Told) -> None:
        campaign, _ = played
        times = [at for (at,) in campaign.rows("SELECT received_at FROM responses UNION SELECT issued_at FROM forms")]
        assert {at[:4] for at in times} == {"2023"}

    def test_its_profile_is_complete_and_reads_well(self, played: Told) -> None:
        text = (played[0].root / "profile.yaml").read_text(encoding="utf-8")
        document, problems = read_yaml(text, "profile.yaml")
        assert problems == []
        assert all(document.data["facts"].values())

    def test_a_folder_that_holds_anything_is_left_alone(self, played: Told) -> None:
        campaign, _ = played
        before = leaves(campaign.root)
        ran = run("demo", campaign.root)
        assert ran.code == 3
        assert "already exists and is not empty" in ran.err
        assert leaves(campaign.root) == before

    def test_no_number_of_a_person_leaves_the_registers(self, played: Told, ended: Told, tmp_path: Path) -> None:
        campaign, _ = played
        numbers = numbers_in(campaign.root / "registers" / "imported")
        assert len(numbers) > 100
        campaign.run("check", "export", "-o", str(tmp_path / "lists"))
        said = [
            campaign.run("check", *args) for args in (("-o", str(tmp_path / "a.csv"), "--json"), ("explain", "C01"))
        ]
        outputs = {"said": "".join(one.out + one.err for one in said).encode(), **leaves(tmp_path)}
        for root in (campaign.root, ended[0].root):
            outputs |= {str(root / name): data for name, data in leaves(root).items()}
        seen = set[bytes]()
        assert {n for n, data in outputs.items() for shown in unpacked(n, data, seen) if numbers & shown} == set()


def numbers_in(folder: Path) -> set[str]:
    """Return every number of a person in the registers of a campaign."""
    kit, numbers = data_kit(), set[str]()
    with duckdb.connect(":memory:") as db:
        for path in folder.rglob("*.parquet"):
            columns = [one.id for one in kit.registers[path.parent.name].columns if one.type == "person"]
            for row in db.read_parquet(str(path)).select(*columns).fetchall() if columns else ():
                numbers |= {number.upper() for number in row if number}
    return numbers


def unpacked(name: str, data: bytes, seen: set[bytes]) -> Iterator[set[str]]:
    """Yield what looks like a number of a person in a file, and in those that are packed in it, each content once.

    Registers, and the files that they were read from, have them on purpose.
    """
    digest = hashlib.sha256(data).digest()
    if digest in seen or re.search(r"(^|/)(registers/(imported|originals)|exports)/", name):
        return
    seen.add(digest)
    if not data.startswith(b"PK"):
        yield {one.decode().upper() for one in re.findall(rb"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])", data)}
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for member in packed.namelist():
            yield from unpacked(member, packed.read(member), seen)


class TestEnded:
    """What stands in the folder after ``selfaudit demo``."""

    def test_it_says_what_happened_what_to_open_and_why_there_is_no_pdf(self, ended: Told) -> None:
        campaign, told = ended
        assert re.search(
            r"answered and signed \(37\d sheets\), 6 corrections .* \d\d notices made, .* it is final", told
        )
        assert re.search(r"Archive: .*nothing is wrong with it", told)
        assert "LibreOffice" in told
        opened = [Path(line.strip()) for line in told.splitlines() if line.endswith((".docx", ".html", ".pdf"))]
        assert campaign.root / "reports" / "认证机构自查整改报告.docx" in opened
        assert all(path.is_file() and path.is_relative_to(campaign.root) for path in opened)

    def test_nobody_is_missing_and_every_sheet_is_signed_and_confirmed(self, ended: Told) -> None:
        status = ended[0].run("status", "--json").data
        total, papers = status["total"], status["papers"]["total"]
        assert (total["missing"], total["incomplete"], papers["confirmed"]) == (0, 0, total["issued"])
        assert status["findings"]["states"]["closed"] == 6

    def test_the_report_is_approved_by_three_for_exactly_what_it_still_says(self, ended: Told) -> None:
        found = ended[0].run("report", "approve", "--list", "--json").data
        assert len({step["by"] for step in found["steps"]}) == 3
        assert found["void"] == []

    def test_its_archive_opens_in_a_browser_and_contains_what_was_written(self, ended: Told) -> None:
        (path,) = ended[0].root.glob("archives/*.zip")
        with zipfile.ZipFile(path) as archive:
            names = [name.partition("/")[2] for name in archive.namelist()]
        assert {
            "index.html",
            "pages/report.html",
            "data/reports/认证机构自查整改报告.docx",
            "data/reports/status.html",
        } <= {*names}
        assert any(name.startswith("data/notices/") for name in names)
