"""Commands that take long hold the campaign's lock only while they write: others can work meanwhile."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.scans.sheets import scanned, signed
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.program import PROGRAM, environment

pytestmark = pytest.mark.slow

SLOW = """
import pathlib, time
import selfaudit.workflow.collect.worker as forms
import selfaudit.workflow.paper.worker as papers
def slow(read):
    def waiting(*args):
        folder = pathlib.Path({folder!r})
        (folder / "reading").touch()
        while not (folder / "go on").exists():
            time.sleep(0.02)
        return read(*args)
    return waiting
forms.parse, papers.read_page = slow(forms.parse), slow(papers.read_page)
"""


@contextmanager
def reading(campaign: Campaign, folder: Path, *command: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command and wait until it reads a file; it goes on when the block ends."""
    plant(folder / "patch", {"sitecustomize.py": SLOW.format(folder=str(folder))})
    more = os.pathsep.join([str(folder / "patch"), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        [*PROGRAM, *map(str, command)],
        cwd=campaign.root,
        env=environment(PYTHONPATH=more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        while not (folder / "reading").exists():
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)
        try:
            yield process
            assert process.poll() is None
        finally:
            (folder / "go on").touch()
        out, err = process.communicate(timeout=60)
        assert (process.returncode in (0, 1), err) == (True, b""), (out, err)


def test_while_collect_reads_forms_can_be_issued_answers_chosen_and_more_collected(
    campaign: Campaign, tmp_path: Path
) -> None:
    for by, on in (("甲", "2023-11-05"), ("乙", "2023-11-05")):
        campaign.receive(f"李四 {by}.yaml", campaign.filled("李四", by=by, on=on, notes={"2.2": by}))
    assert campaign.run("collect").code == 1
    campaign.receive("张三.yaml", campaign.filled("张三"))
    with reading(campaign, tmp_path, "collect"):
        assert (
            campaign.run("contradictions", "resolve", "李四", "--choose", "1", "--by", "主任", "--reason", "核实").code
            == 0
        )
        campaign.edit("roster.yaml", "name: 王五", "name: 王小五")
        assert campaign.run("issue").code == 0
        later = plant(tmp_path / "later", {"技术部.yaml": campaign.filled("技术部")})
        assert campaign.run("collect", later).code == 0
        assert {"李四", "技术部"} == set(campaign.merged())
    assert {"李四", "技术部", "张三"} == set(campaign.merged())
    assert campaign.forms("王小五")
    campaign.verify_journal()


def test_a_file_that_somebody_else_entered_meanwhile_is_entered_once(campaign: Campaign, tmp_path: Path) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三"))
    with reading(campaign, tmp_path, "collect"):
        assert campaign.run("collect").code == 0
        before = campaign.ledger(), campaign.journal()
    assert (campaign.ledger(), campaign.journal()) == before


def test_while_scans_are_read_answers_can_be_collected_and_papers_confirmed(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    first = scanned(tmp_path / "a.pdf", signed(answered_campaign, "张三"))
    assert answered_campaign.run("paper", "match", first).code == 0
    second = scanned(tmp_path / "b.pdf", signed(answered_campaign, "张三"), signed(answered_campaign, "技术部"))
    with reading(answered_campaign, tmp_path, "paper", "match", second):
        assert answered_campaign.run("paper", "confirm", "张三").code == 0
        text = answered_campaign.filled("李四", on="2023-11-09", notes={"2.3": "更正"})
        assert answered_campaign.run("collect", plant(tmp_path / "later", {"李四.yaml": text})).code == 0
    rows = answered_campaign.rows("SELECT respondent, verdict FROM papers ORDER BY matched_at, respondent")
    assert rows[0] == ("person:P1", "confirmed")
    assert sorted(rows[1:]) == [("person:P1", ""), ("unit:T", "")]
    assert answered_campaign.merged()["李四"]["filled_on"] == "2023-11-09"
