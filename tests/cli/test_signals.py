"""Closed pipes and Ctrl-C, as POSIX knows them."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.support.campaign import Campaign
from tests.support.folders import ended, plant
from tests.support.program import PROGRAM, environment

pytestmark = pytest.mark.slow


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
    for command in (["status"], ["validate"], ["--help"], ["collect"]):
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
    assert err == "Interrupted. What was saved stays, and nothing is half saved. To go on, run it again.\n"
    kept = [what for what, _ in campaign.journal()].count("collect")
    assert 0 < kept < 150
    ran = campaign.run("collect", "--json")
    assert ran.code == 1
    assert ran.data["unchanged"] == kept
    assert [what for what, _ in campaign.journal()].count("collect") == 150
    again = campaign.run("collect", "--json").data
    assert (again["unchanged"], again["files"]) == (150, [])


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


def started(campaign: Campaign, *command: str | Path, **more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*PROGRAM, *map(str, command)],
        cwd=campaign.root,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_asked_to_end_while_sheets_are_printed_it_takes_libreoffice_and_its_files_along(
    answered_campaign: Campaign, tmp_path: Path, number: int, code: int
) -> None:
    plant(
        tmp_path / "bin",
        {"soffice": '#!/bin/sh\nsleep 300 & echo $$ $! >"${0%/*}/new"; mv "${0%/*}/new" "${0%/*}/running"; wait\n'},
    )
    (tmp_path / "bin" / "soffice").chmod(0o755)
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])
    with started(answered_campaign, "paper", "print", PATH=path) as process:
        while not (tmp_path / "bin" / "running").exists():
            assert process.poll() is None
            time.sleep(0.02)
        below = [int(number) for number in (tmp_path / "bin" / "running").read_text(encoding="utf-8").split()]
        assert list((answered_campaign.root / ".selfaudit" / "print").rglob("*.docx"))
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Interrupted." in err
    assert all(map(ended, below))
    assert list((answered_campaign.root / ".selfaudit" / "print").iterdir()) == []


def test_what_a_killed_print_left_goes_with_the_next(answered_campaign: Campaign) -> None:
    left = plant(answered_campaign.root / ".selfaudit" / "print", {"tmp1/profile/x": "x", ".part-1": "half of"})
    assert answered_campaign.run("paper", "print", env=environment(PATH="")).code == 1
    assert list(left.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, -9)])
@pytest.mark.parametrize("command", [("collect",), ("paper", "match")])
def test_reading_processes_end_with_the_program_however_it_ends(
    answered_campaign: Campaign, tmp_path: Path, command: tuple[str, ...], number: int, code: int
) -> None:
    slow = f"""
import os, pathlib, time
import selfaudit.workflow.collect.worker as forms
import selfaudit.workflow.paper.worker as papers
def read(*_):
    pathlib.Path({str(tmp_path)!r}, f"{{os.getpid()}}.pid").touch()
    time.sleep(100)
forms.parse = papers.read_page = read
"""
    plant(tmp_path / "patch", {"sitecustomize.py": slow})
    # a picture would be evidence, which no process reads
    given = tmp_path / ("a.yaml" if command == ("collect",) else "a.png")
    if given.suffix == ".png":
        Image.new("L", (40, 40)).save(given)
    else:
        given.write_text("selfaudit: selfaudit/response/1\n", encoding="utf-8")
    more = os.pathsep.join([str(tmp_path / "patch"), os.environ.get("PYTHONPATH", "")])
    with started(answered_campaign, *command, given, PYTHONPATH=more) as process:
        while not (readers := [int(path.stem) for path in tmp_path.glob("*.pid")]):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(number)
        process.communicate(timeout=60)
    assert process.returncode == code
    assert all(map(ended, readers))


def test_whoever_ignores_the_end_of_the_terminal_as_nohup_does_goes_on(campaign: Campaign) -> None:
    db = sqlite3.connect(campaign.root / ".selfaudit" / "lock", isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    with subprocess.Popen(
        ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh", *PROGRAM, "collect"],
        cwd=campaign.root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        process.stderr.readline()
        process.send_signal(signal.SIGHUP)
        db.execute("COMMIT")
        process.communicate(timeout=60)
    db.close()
    assert process.returncode == 0
