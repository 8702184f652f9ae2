"""``paper match`` with scans made to harm: each costs itself only."""

import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from selfaudit.files.incoming import SCANS, Given
from selfaudit.model.progress.paper import PaperCode, content_code
from tests.scans.sheets import drawn_sheet, results, scanned, signed
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.program import environment

pytestmark = pytest.mark.slow

LOCKED = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<KEY>/U<KEY>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%EOF
""".replace(b"KEY", b"5a" * 32)
"""A document that nobody knows the password of."""


def hostile(folder: Path) -> Path:
    """A folder of files that are not what they seem, or too much."""
    scanned(folder / "bomb.png", Image.new("1", (10_000, 10_000), 1))
    whole = scanned(folder / "cut.pdf", Image.effect_noise((500, 500), 90))
    whole.write_bytes(whole.read_bytes()[:2_000])
    scanned(folder / "cut.jpg", Image.effect_noise((500, 500), 90))
    (folder / "cut.jpg").write_bytes((folder / "cut.jpg").read_bytes()[:20_000])
    document = pypdfium2.PdfDocument.new()
    for _ in range(10_000):
        document.new_page(10, 10)
    document.save(folder / "pages.pdf")
    document.close()
    return plant(folder, {"text.pdf": "甲：已签字", "locked.pdf": LOCKED, "word.docx": b"PK\x03\x04"})


def test_each_hostile_file_is_told_and_the_good_one_is_filed(answered_campaign: Campaign, tmp_path: Path) -> None:
    folder = hostile(tmp_path / "in")
    scanned(folder / "good.png", signed(answered_campaign, "张三"))
    ran = answered_campaign.run("paper", "match", folder, "--json")
    assert (ran.code, ran.err) == (1, "")
    told = {Path(entry["file"]).name: entry for entry in ran.data["results"]}
    assert told.pop("good.png")["outcome"] == "filed"
    assert {name: (entry["outcome"], entry["problems"][0]["code"]) for name, entry in told.items()} == {
        "bomb.png": ("rejected", "scan.too-many-pixels"),
        "cut.pdf": ("rejected", "scan.damaged"),
        "cut.jpg": ("open", "scan.page-damaged"),
        "pages.pdf": ("rejected", "scan.too-many-pages"),
        "text.pdf": ("rejected", "scan.kind"),
        "locked.pdf": ("rejected", "scan.locked"),
        "word.docx": ("rejected", "scan.other-kind"),
    }
    assert all(entry["problems"][0]["hint"] for entry in told.values())
    kept = {path.suffix for path in (answered_campaign.root / "papers/scans").iterdir()}
    assert kept == {".png", ".jpg"}


@pytest.mark.slow
@pytest.mark.parametrize("how", ["os.abort()", "raise MemoryError", "time.sleep(100)"])
def test_a_page_that_brings_the_reader_down_costs_that_page_only(
    answered_campaign: Campaign, tmp_path: Path, how: str
) -> None:
    patch = f"""
import os, time
import selfaudit.workflow.paper.worker as worker
read_page, worker.PATIENCE = worker.read_page, {4 if "sleep" in how else 60}
def breaking(path, number, where):
    if number == 2:
        {how}
    return read_page(path, number, where)
worker.read_page = breaking
"""
    plant(tmp_path / "patch", {"sitecustomize.py": patch})
    sheets = [signed(answered_campaign, name) for name in ("张三", "李四", "技术部")]
    env = environment(PYTHONPATH=os.pathsep.join([str(tmp_path / "patch"), os.environ.get("PYTHONPATH", "")]))
    ran = answered_campaign.run("paper", "match", scanned(tmp_path / "a.pdf", *sheets), "--json", env=env)
    assert (ran.code, ran.err) == (1, "")
    found = [(entry["outcome"], entry["pages"], entry["respondent"]) for entry in ran.data["results"]]
    assert found == [("filed", [1], "张三"), ("filed", [3], "技术部"), ("open", [2], "")]
    assert "crashed the reader or took longer" in ran.data["results"][2]["problems"][0]["message"]


def test_scans_may_be_larger_than_forms_but_not_endless(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as stream:
        stream.truncate(SCANS.largest + 1)
    plant(tmp_path, {"b.pdf": b"x" * 3 * 1024 * 1024})
    found = {one.name: one.problem and one.problem.code for one in Given([tmp_path], tmp_path, SCANS)}
    assert found == {"a.pdf": "input.scan-too-large", "b.pdf": None}


@pytest.mark.parametrize("name", ["张三", "王五"])
def test_a_code_for_answers_that_nobody_gave_is_unknown_whoever_it_names(
    answered_campaign: Campaign, tmp_path: Path, name: str
) -> None:
    forged = PaperCode(answered_campaign.form(name).stem.rpartition("_")[2], content_code("ab" * 32))
    scan = scanned(tmp_path / "a.png", drawn_sheet(forged, 200))
    ran = answered_campaign.run("paper", "match", scan)
    assert ran.code == 1
    assert f"a.png, page 1: unassigned\n    page 1: nobody ever sent the answers for which the code {forged}" in ran.out
    assert answered_campaign.rows("SELECT * FROM papers") == []
    assert answered_campaign.run("paper", "match", scan, "--to", name).code in (1, 3)
    assert answered_campaign.rows("SELECT * FROM papers") == []


def test_a_sheet_counts_once_the_answers_for_which_it_stands_are_collected(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    elsewhere = answered_campaign.copy(tmp_path / "elsewhere")
    elsewhere.receive("张三 改.yaml", elsewhere.filled("张三", on="2023-11-06", projects="9"))
    elsewhere.run("collect")
    scan = scanned(tmp_path / "a.png", signed(elsewhere, "张三"))
    assert results(answered_campaign.run("paper", "match", scan, "--json")) == [("open", [1], "")]
    answered_campaign.receive("张三 改.yaml", (elsewhere.root / "inbox" / "张三 改.yaml").read_bytes())
    answered_campaign.run("collect")
    assert results(answered_campaign.run("paper", "match", scan, "--json")) == [("filed", [1], "张三")]
