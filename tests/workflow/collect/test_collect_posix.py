"""``collect`` with what only POSIX systems know: links, names in bytes, processes that die of a signal."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from selfaudit.files.incoming import SCANS, Given
from selfaudit.store.layout import Layout
from tests.support.campaign import Campaign, message, survives
from tests.support.folders import plant
from tests.support.program import PROGRAM, Ran, environment, run

pytestmark = pytest.mark.slow

Inside = Callable[..., Ran]
PEAK, MOST = "import resource, subprocess", "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss"
"""Prints the most memory of any child, in KiB."""


def test_many_large_files_need_little_memory(campaign: Campaign) -> None:
    filler = campaign.filled("张三") + "# " + "字" * 300_000 + "\n"
    for n in range(60):
        campaign.receive(f"{n:02d}.yaml", filler + f"# {n}\n")
    # started from a small process: the peak of the one that starts a process counts as one of that process
    measure = f"{PEAK}; subprocess.run({[*PROGRAM, 'collect']!r}, check=True, stdout=2); print({MOST})"
    ran = subprocess.run(
        [sys.executable, "-c", measure], cwd=campaign.root, env=environment(), capture_output=True, check=True
    )
    assert int(ran.stdout) < 400 * 1024


def test_a_link_out_of_the_inbox_is_not_followed(campaign: Campaign, inside: Inside) -> None:
    plant(campaign.root.parent, {"secret.yaml": campaign.filled("张三")})
    (campaign.root / "inbox" / "张三.yaml").symlink_to(campaign.root.parent / "secret.yaml")
    assert "links are not followed" in message(survives(campaign, inside))
    assert "张三" not in campaign.merged()


def test_a_linked_folder_outside_is_not_followed(campaign: Campaign, inside: Inside) -> None:
    plant(campaign.root.parent / "secret", {"张三.yaml": campaign.filled("张三")})
    (campaign.root / "inbox" / "表").symlink_to(campaign.root.parent / "secret", target_is_directory=True)
    told = survives(campaign, inside)
    assert told["file"] == "inbox/表"
    assert "张三" not in campaign.merged()


def test_a_link_to_nothing_and_a_link_to_itself_are_told(campaign: Campaign, inside: Inside) -> None:
    (campaign.root / "inbox" / "gone.yaml").symlink_to("nothing.yaml")
    assert survives(campaign, inside)["file"] == "inbox/gone.yaml"
    (campaign.root / "inbox" / "gone.yaml").unlink()
    (campaign.root / "inbox" / "loop.yaml").symlink_to("loop.yaml")
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert ran.code == 1, ran.said
    assert [file["file"] for file in ran.data["files"]] == ["inbox/loop.yaml"]


def test_a_pipe_is_not_read_but_told(campaign: Campaign, inside: Inside) -> None:
    os.mkfifo(campaign.root / "inbox" / "pipe.yaml")
    told = survives(campaign, inside)
    assert told["file"] == "inbox/pipe.yaml"
    assert message(told) == "pipes and devices are not read"
    for path in (campaign.root / "inbox" / "pipe.yaml", Path("/dev/zero")):
        for command in (["collect"], ["paper", "match"]):
            ran = campaign.run(*command, path)
            assert ran.code == 1
            assert "pipes and devices are not read" in ran.said


def test_a_link_to_what_was_filed_is_known_for_what_it_is(tmp_path: Path) -> None:
    plant(tmp_path, {"papers/甲/a.pdf": "a"})
    (tmp_path / "link").symlink_to(tmp_path / "papers" / "甲")
    (found,) = Given([tmp_path / "link"], tmp_path, replace(SCANS, own=Layout.PAPERS, kept=Layout.SCANS))
    assert found.problem
    assert found.problem.code == "input.own"


def test_a_name_in_no_encoding_is_no_reason_to_stop(campaign: Campaign) -> None:
    # as an old unzip leaves it on Linux
    folder = os.fsencode(campaign.root / "inbox")
    with open(os.path.join(folder, "张三.yaml".encode("gbk")), "wb") as stream:  # noqa: PTH118, PTH123 - names in bytes
        stream.write(campaign.filled("张三").encode())
    campaign.receive("李四.yaml", campaign.filled("李四"))
    ran = campaign.run("collect")
    assert ran.code == 0, ran.said
    assert "new 2; " in ran.out
    assert campaign.run("status", "--of", "张三").code == 0
    assert campaign.run("status", "--of", "张三", "--json").code == 0


BREAKS = {
    "abort": "os.abort()",
    "segmentation fault": "os.kill(os.getpid(), signal.SIGSEGV)",
    "killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "out of memory": "raise MemoryError",
    "recursion": "raise RecursionError('maximum recursion depth exceeded')",
    "our own mistake": "raise KeyError('nobody thought of it')",
    "endless": "time.sleep(100)",
}


@pytest.mark.parametrize("how", BREAKS.values(), ids=BREAKS.keys())
def test_a_file_that_brings_the_reader_down_costs_that_file_only(campaign: Campaign, tmp_path: Path, how: str) -> None:
    # whatever way the reading process is started, it finds this at its start
    patch = f"""
import os, resource, signal, time
import selfaudit.workflow.collect.worker as worker
parse, worker.PATIENCE = worker.parse, 3
def breaking(item, form_of, code):
    if "坏" in item.name:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        {how}
    return parse(item, form_of, code)
worker.parse = breaking
"""
    plant(tmp_path / "patch", {"sitecustomize.py": patch})
    for n in range(40):
        campaign.receive(f"{n:02d}.yaml", campaign.filled("李四", on="2023-11-05", notes={"2.3": f"第 {n} 次"}))
    campaign.receive("20 坏.yaml", campaign.filled("张三"))
    env = environment(PYTHONPATH=os.pathsep.join([str(tmp_path / "patch"), os.environ.get("PYTHONPATH", "")]))
    ran = campaign.run("collect", "--json", env=env)
    assert ran.code == 1, ran.said
    outcomes = {file["file"]: file for file in ran.data["files"]}
    assert len(outcomes) == 41
    assert [name for name, file in outcomes.items() if file["outcome"] == "rejected"] == ["inbox/20 坏.yaml"]
    assert "the other files are not affected" in message(outcomes["inbox/20 坏.yaml"])
    assert ran.err == ""
    # it is tried again next time
    ran = campaign.run("collect", "--json")
    assert [(file["file"], file["outcome"]) for file in ran.data["files"]] == [("inbox/20 坏.yaml", "new")]
    assert ran.data["unchanged"] == 40


def test_a_folder_that_may_not_be_listed_is_told_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path / "inbox", {"分公司/a.yaml": "1", "b.yaml": "2"})
    scan = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("分公司"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    # the superuser, who runs this in a container, may list any folder
    monkeypatch.setattr(os, "scandir", refusing)
    found = {one.name: one.problem for one in Given([tmp_path / "inbox"], tmp_path)}
    assert found.pop("inbox/b.yaml") is None
    assert {name: problem.message for name, problem in found.items() if problem} == {
        "inbox/分公司": "the folder cannot be opened, and whatever is in it was not read: access is denied"
    }
    found = {one.name: one.problem for one in Given([tmp_path / "inbox" / "分公司"], tmp_path)}
    assert [problem.code for problem in found.values() if problem] == ["input.unreadable-folder"]


def test_file_names_and_values_never_reach_the_terminal_raw(campaign: Campaign) -> None:
    campaign.receive("\x1b]0;x\x07.yaml", "x: [1")
    campaign.receive("a\nerror: all answers lost.yaml", "x: [2")
    campaign.receive("b.yaml", campaign.filled("张三").replace("passport: ", 'passport: "\\e[31m"\nx: '))
    ran = campaign.run("collect")
    assert "\x1b" not in ran.said
    assert "\nerror: all answers lost" not in ran.said
    assert "␛]0;x␇.yaml: rejected" in ran.out


def test_what_may_not_be_read_is_told_by_status_too_which_goes_on(campaign: Campaign) -> None:
    campaign.receive("a/坏.yaml", "x: 1")
    campaign.receive("b/张三.yaml", campaign.filled("张三"))
    assert run("collect", cwd=campaign.root).code == 1
    (campaign.root / "inbox/a").chmod(0)
    campaign.receive("c.yaml", campaign.filled("李四")).chmod(0)
    ran = run("status", cwd=campaign.root, ordinary=True)
    (campaign.root / "inbox/a").chmod(0o755)
    assert ran.code == 1
    assert "Files that could not be used (3): 坏.yaml, a, c.yaml\n" in ran.out
    assert all(f"\n  inbox/{name}  " in ran.out for name in ("a/坏.yaml", "a", "c.yaml"))
