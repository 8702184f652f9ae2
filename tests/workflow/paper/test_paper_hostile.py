"""``paper match`` with scans made to harm: each costs itself only."""

import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from selfaudit.files.incoming import SCANS, Given
from tests.scans.sheets import scanned, signed
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
        "word.docx": ("rejected", "scan.kind"),
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
