"""Closed pipes and Ctrl-C, as POSIX knows them."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.helpers import PROGRAM, Campaign, environment


@pytest.mark.parametrize(
    "command", ["checklist show fake-cert-2023 --json", "--help", "--version", "checklist schema campaign"]
)
def test_a_reader_that_has_seen_enough_is_no_mistake(command: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m selfaudit {command} | head -1; true"],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_a_reader_that_is_gone_before_the_first_line_is_no_mistake(answered_campaign: Campaign) -> None:
    for command in (["status"], ["validate", "fake-cert-2023"], ["--help"], ["collect"]):
        read, write = os.pipe()
        os.close(read)
        with subprocess.Popen(
            [*PROGRAM, *command], cwd=answered_campaign.root, env=environment(), stdout=write, stderr=subprocess.PIPE
        ) as process:
            os.close(write)
            _, err = process.communicate(timeout=60)
        assert b"Traceback" not in err
        assert b"Exception ignored" not in err
        assert process.returncode in (0, 1)


@pytest.mark.slow
def test_ctrl_c_during_a_long_collect_is_130_and_the_next_run_goes_on(campaign: Campaign) -> None:
    for n in range(150):
        name = ("张三", "李四", "王五")[n % 3]
        said = {"notes": {"2.3": f"第 {n} 次"}, "by": f"{name}{n}", "on": f"2023-11-{n % 28 + 1:02d}"}
        campaign.receive(f"{n:03d}.yaml", campaign.filled(name, **said))
    with subprocess.Popen(
        [*PROGRAM, "collect"],
        cwd=campaign.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        while process.poll() is None and len(campaign.journal()) < 20:
            time.sleep(0.02)
        # as a terminal does: to every process of the group
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, out + err
    assert err == "Interrupted. Everything done so far is kept; run the same command to go on.\n"
    kept = [what for what, _ in campaign.journal()].count("collect")
    assert 0 < kept < 150
    ran = campaign.run("collect", "--json")
    assert ran.code == 1
    assert ran.data["unchanged"] == kept
    assert [what for what, _ in campaign.journal()].count("collect") == 150
    assert campaign.run("collect", "--json").data == {"unchanged": 150, "files": []}


@pytest.mark.slow
def test_a_command_that_is_interrupted_while_it_waits_is_130(campaign: Campaign) -> None:
    db = sqlite3.connect(campaign.root / ".selfaudit" / "lock", isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    with subprocess.Popen(
        [*PROGRAM, "collect"],
        cwd=campaign.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    db.close()
    assert process.returncode == 130
    assert "Interrupted." in err
