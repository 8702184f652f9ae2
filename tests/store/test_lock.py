"""One writer at a time, and a lock that no crash leaves behind."""

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from selfaudit.base.problems import UserError
from selfaudit.store.lock import writing
from tests.support.campaign import Campaign
from tests.support.folders import leaves, plant
from tests.support.program import PROGRAM, environment


def told(calls: list[str]) -> None:
    """Remember that somebody was told to wait."""
    calls.append("waiting")


def test_a_lock_that_nobody_holds_is_had_at_once(tmp_path: Path) -> None:
    calls: list[str] = []
    with writing(tmp_path / ".lock", lambda: told(calls)):
        pass
    with writing(tmp_path / ".lock", lambda: told(calls)):
        pass
    assert calls == []


def test_whoever_has_to_wait_is_told_once_and_gets_the_lock_afterwards(tmp_path: Path) -> None:
    calls: list[str] = []
    order: list[str] = []
    held = threading.Event()

    def first() -> None:
        with writing(tmp_path / ".lock", lambda: None):
            held.set()
            time.sleep(0.4)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    held.wait(10)
    with writing(tmp_path / ".lock", lambda: told(calls)):
        order.append("second")
    thread.join()
    assert (order, calls) == (["first", "second"], ["waiting"])


def test_who_wants_the_lock_again_at_once_comes_after_who_has_been_waiting(tmp_path: Path) -> None:
    order: list[str] = []
    held, awaited = threading.Event(), threading.Event()

    def turns() -> None:
        for n in range(3):
            with writing(tmp_path / ".lock", lambda: None):
                held.set()
                awaited.wait(10)
                order.append(f"turn {n}")

    thread = threading.Thread(target=turns)
    thread.start()
    held.wait(10)
    with writing(tmp_path / ".lock", awaited.set):
        order.append("another command")
    thread.join()
    assert order == ["turn 0", "another command", "turn 1", "turn 2"]


def test_who_waits_too_long_is_told_to_run_the_command_again(tmp_path: Path) -> None:
    second = writing(tmp_path / ".lock", lambda: None, patience=0.2)
    with writing(tmp_path / ".lock", lambda: None), pytest.raises(UserError) as raised:
        second.__enter__()
    (problem,) = raised.value.problems
    assert problem.code == "lock.busy"
    assert "it continues where it stopped" in problem.kind.hint


def test_the_lock_goes_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path / ".lock", lambda: None):
        raise ZeroDivisionError
    with writing(tmp_path / ".lock", lambda: None, patience=0.1):
        pass


def test_the_lock_goes_with_a_process_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from selfaudit.store.lock import writing\n"
        "with writing(Path(sys.argv[1]), lambda: None): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / ".lock")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        with pytest.raises(UserError), writing(tmp_path / ".lock", lambda: None, patience=0.1):
            pass
        process.kill()
    with writing(tmp_path / ".lock", lambda: None, patience=5):
        pass


def held(campaign: Campaign) -> sqlite3.Connection:
    """Hold the lock of a campaign as another command would."""
    db = sqlite3.connect(campaign.root / ".selfaudit" / "lock", isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    return db


@pytest.mark.slow
@pytest.mark.parametrize("command", ["issue", "collect"])
def test_a_command_that_waits_says_so_and_goes_on(campaign: Campaign, command: str) -> None:
    db = held(campaign)
    with subprocess.Popen(
        [*PROGRAM, command],
        cwd=campaign.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        assert "waiting for it" in process.stderr.readline()
        db.execute("ROLLBACK")
        db.close()
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")


def test_reading_commands_do_not_wait(campaign: Campaign) -> None:
    db = held(campaign)
    for command in (["status"], ["validate"], ["findings", "list"]):
        ran = campaign.run(*command)
        assert ran.code in (0, 1)
        assert "waiting" not in ran.err
        assert ("the ledger was not checked" in ran.said) == (command == ["validate"])
    db.close()


def test_what_a_killed_command_left_half_written_is_no_obstacle_and_goes(campaign: Campaign) -> None:
    plant(campaign.root / ".selfaudit", {"lock": "", "tmp/.part-1234": "half of"})
    assert campaign.run("issue").code == 0
    assert leaves(campaign.root / ".selfaudit" / "tmp") == {}
