"""A command that is killed at any moment loses nothing, and the next run ends as one that was never disturbed."""

import os
import random
import signal
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.campaign import Campaign, timeless
from tests.support.filling import FINDING
from tests.support.folders import leaves, zipped
from tests.support.program import PROGRAM, environment
from tests.support.registers import EXPORT, PERSON, export, with_registers
from tests.support.tiny import ROSTER

pytestmark = pytest.mark.slow

KILLS = 12
IN_A_ROW = 4
PEOPLE = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that a run leaves, without times and without files that were cut off in the middle."""

    ledger: Any
    journal: Any
    received: set[bytes]
    outbox: dict[str, bytes]
    merged: str

    @classmethod
    def of(cls, campaign: Campaign) -> "Outcome":
        """Look at a campaign."""
        merged = campaign.root / "merged.yaml"
        return cls(
            campaign.ledger(),
            campaign.journal(),
            campaign.received(),
            {name: data for name, data in leaves(campaign.root / "outbox").items() if ".part-" not in name},
            timeless(merged.read_text(encoding="utf-8")) if merged.is_file() else "",
        )


@pytest.fixture(scope="module")
def crowd(fresh: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign with a few dozen forms issued and a third of them collected; to be copied, not changed."""
    made = fresh.copy(tmp_path_factory.mktemp("crowd") / "campaign")
    people = [f"  - {{id: Q{n:02d}, name: 员工{n:02d}, unit: {'TAB'[n % 3]}}}\n" for n in range(PEOPLE)]
    (made.root / "roster.yaml").write_text(ROSTER + "".join(people), encoding="utf-8")
    assert made.run("issue").code == 0
    for n in range(0, PEOPLE, 3):
        made.receive(f"first/{n:02d}.yaml", made.filled(f"员工{n:02d}"))
    assert made.run("collect").code == 0
    return made


@pytest.fixture(scope="module")
def mail(crowd: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """The same with new answers, corrections, conflicts, copies, a zip and rubbish in the inbox."""
    made = crowd.copy(tmp_path_factory.mktemp("mail") / "campaign")
    form = {n: f"员工{n:02d}" for n in range(PEOPLE)}
    for n in range(1, PEOPLE, 3):
        made.receive(f"second/{n:02d}.yaml", made.filled(form[n]))
        made.receive(f"second/{n:02d} - 副本.yaml", made.filled(form[n]))
    for n in range(0, 12, 3):
        made.receive(f"third/{n:02d} 更正.yaml", made.filled(form[n], on="2023-11-08", notes={"2.3": "更正"}))
        made.receive(f"third/{n:02d} 另一人.yaml", made.filled(form[n], on="2023-11-07", by="别人", clues="另有线索"))
    for n in range(12, 24, 3):
        made.receive(f"third/{n:02d}.yaml", made.filled(form[n], on="2023-11-09", declaration="").encode("gbk"))
    made.receive("fourth.zip", zipped({f"{form[n]}.yaml": made.filled(form[n]) for n in range(2, PEOPLE, 3)}))
    made.receive("张三.yaml", made.filled("张三", answers={"2.1 a": "发现问题"}, findings=[FINDING]))
    made.receive("错.yaml", made.filled("李四").replace("declaration: ", "declaration："))
    made.receive("空.yaml", "")
    made.receive("照片.yaml", b"\xff\xd8\xff\xe0" + bytes(2000))
    return made


@pytest.fixture(scope="module")
def edited(crowd: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign in which checklist and roster were edited after the forms had gone out."""
    made = crowd.copy(tmp_path_factory.mktemp("edited") / "campaign")
    made.edit("checklists/2-conduct.yaml", "ask: 是否知道虚假认证？", "ask: 是否知道或参与虚假认证？")
    made.edit("roster.yaml", "{id: Q01, name: 员工01, unit: A}", "{id: Q01, name: 员工01, unit: T}")
    made.edit("roster.yaml", "  - {id: Q02, name: 员工02, unit: B}\n", "  - {id: Z1, name: 新人, unit: B}\n")
    return made


def start(campaign: Campaign, command: str) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own."""
    return subprocess.Popen(
        [*PROGRAM, *command.split()],
        cwd=campaign.root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def wait_for_all(group: int) -> None:
    """Wait until no process of a group is left; one that outlives its parent would be a mistake."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    raise AssertionError("a process is still there long after its parent was killed")


def killed(campaign: Campaign, command: str, after: float) -> bool:
    """Start a command and kill it after some time; tell whether it was still running."""
    with start(campaign, command) as process:
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        wait_for_all(process.pid)
    return process.returncode == -signal.SIGKILL


def sound(campaign: Campaign) -> None:
    """Look whether what a killed command left behind is whole."""
    campaign.verify_journal()
    assert campaign.rows("PRAGMA integrity_check") == [("ok",)]
    assert campaign.rows("PRAGMA foreign_key_check") == []


def runtime(campaign: Campaign, command: str) -> float:
    """Run a command undisturbed; return how long it took, a third of which is the start of Python."""
    began = time.monotonic()
    with start(campaign, command) as process:
        process.communicate(timeout=100)
    assert process.returncode in (0, 1)
    return time.monotonic() - began


def kill_often(prepared: Campaign, command: str, place: Path) -> None:
    """Kill a command at random moments, go on, and compare the end with that of an undisturbed run."""
    chance = random.Random(2023)
    whole = prepared.copy(place / "whole")
    longest = runtime(whole, command)
    expected = Outcome.of(whole)
    kills = trials = 0
    while kills < KILLS and trials < 4 * KILLS:
        campaign = prepared.copy(place / f"trial{trials}")
        for _ in range(IN_A_ROW):
            trials += 1
            after = chance.uniform(longest / 3, longest)
            if not killed(campaign, command, after):
                # by now it takes less long
                longest = after
                break
            kills += 1
            sound(campaign)
        assert campaign.run(command).code in (0, 1)
        sound(campaign)
        assert Outcome.of(campaign) == expected
        assert not [name for name in leaves(campaign.root) if ".part-" in name]
        kept = {*campaign.received(), *leaves(campaign.root / "evidence").values()}
        assert all(data in kept for name, data in leaves(campaign.root / "inbox").items() if not name.endswith(".zip"))
        # and once more changes nothing
        if trials < 2 * IN_A_ROW:
            assert campaign.run(command).code in (0, 1)
            assert Outcome.of(campaign) == expected
    assert kills >= KILLS


def test_collect_killed_at_any_moment_ends_as_if_it_had_not_been(mail: Campaign, tmp_path: Path) -> None:
    kill_often(mail, "collect", tmp_path)


def test_issue_killed_at_any_moment_ends_as_if_it_had_not_been(edited: Campaign, tmp_path: Path) -> None:
    kill_often(edited, "issue", tmp_path)


def test_a_first_issue_killed_at_any_moment_leaves_a_campaign_that_can_be_looked_at(
    fresh: Campaign, tmp_path: Path
) -> None:
    chance = random.Random(7)
    longest = runtime(fresh.copy(tmp_path / "whole"), "issue")
    for n in range(5):
        campaign = fresh.copy(tmp_path / str(n))
        killed(campaign, "issue", chance.uniform(longest / 3, longest))
        ran = campaign.run("status")
        assert ran.code == 1, ran.said
        assert campaign.run("issue").code == 0
        assert len(campaign.forms()) == 6


def test_an_import_of_registers_killed_at_any_moment_leaves_the_old_or_the_new_and_nothing_else(
    fresh: Campaign, tmp_path: Path
) -> None:
    chance, command = random.Random(11), "register import registers/合同.csv --apply"
    prepared = with_registers(fresh.copy(tmp_path / "prepared"))
    export(prepared, "合同.csv", EXPORT)
    longest = runtime(prepared.copy(tmp_path / "whole"), command)
    for n in range(4):
        campaign = prepared.copy(tmp_path / str(n))
        killed(campaign, command, chance.uniform(longest / 3, longest))
        left = campaign.root / ".selfaudit" / "registers"
        assert not left.exists() or stat.S_IMODE(left.stat().st_mode) == stat.S_IRWXU
        listed = campaign.run("register", "list", "--json").data[0]
        assert listed.get("version", 0) in (0, 1)
        assert campaign.run(*command.split()).code == 1
        assert campaign.run("register", "list", "--json").data[0]["version"] == 1
        assert campaign.run("journal", "verify").err == ""
        assert not left.exists()
        numbers = [name for name, data in leaves(campaign.root).items() if PERSON.encode() in data]
        assert all(name.startswith("registers/") for name in numbers)


def test_two_collects_at_once_end_as_one(mail: Campaign, tmp_path: Path) -> None:
    whole = mail.copy(tmp_path / "whole")
    assert whole.run("collect").code == 1
    campaign = mail.copy(tmp_path / "twice")
    said = []
    with start(campaign, "collect") as first, start(campaign, "collect") as second:
        for process in (first, second):
            _, err = process.communicate(timeout=100)
            said.append(err.decode())
            assert process.returncode in (0, 1), err
    # neither holds the lock for long, so one need not wait for the other, and says so once if it has to
    assert set(said) <= {"", "Another selfaudit command is writing to this campaign; waiting for it …\n"}
    sound(campaign)
    assert Outcome.of(campaign) == Outcome.of(whole)


def test_issue_and_collect_at_once_end_well_and_another_collect_adds_nothing(mail: Campaign, tmp_path: Path) -> None:
    campaign = mail.copy(tmp_path / "both")
    campaign.edit("roster.yaml", "  - {id: Q02, name: 员工02, unit: B}\n", "  - {id: Z1, name: 新人, unit: B}\n")
    with start(campaign, "collect") as first, start(campaign, "issue") as second:
        for process in (first, second):
            process.communicate(timeout=100)
            assert process.returncode in (0, 1)
    sound(campaign)
    assert campaign.form("新人").is_file()
    assert campaign.run("collect", "--json").data["files"] == campaign.run("collect", "--json").data["files"]


def test_the_status_can_be_asked_at_any_moment_of_a_collect(mail: Campaign, tmp_path: Path) -> None:
    campaign = mail.copy(tmp_path / "looked at")
    answered = []
    with start(campaign, "collect") as process:
        while process.poll() is None:
            ran = campaign.run("status", "--json")
            assert ran.code == 1, ran.said
            answered.append(ran.data["total"]["issued"] - ran.data["total"]["missing"])
        process.communicate()
    assert answered == sorted(answered)
