"""``archive create``: everything in the campaign, by the rules of BagIt, and no secret to others."""

import hashlib
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from python_calamine import CalamineWorkbook

from selfaudit.store.ledger.head import Head
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.archive import contents
from tests.support.campaign import Campaign
from tests.support.folders import leaves, plant
from tests.support.program import Ran
from tests.workflow.archive.conftest import Made


def unzipped(made: Made, to: Path) -> Path:
    with zipfile.ZipFile(made.zip) as archive:
        archive.extractall(to)
    (folder,) = to.iterdir()
    return folder


def test_the_bagit_tool_finds_the_archive_valid(archived: Made, tmp_path: Path) -> None:
    folder = unzipped(archived, tmp_path / "out")
    ran = subprocess.run([sys.executable, bagit.__file__, "--validate", folder], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert folder.name == "kept"


def test_the_manifests_are_those_that_the_bagit_library_makes_of_the_same_files(archived: Made, tmp_path: Path) -> None:
    folder = unzipped(archived, tmp_path / "out")
    ours = bagit.Bag(str(folder))
    own = tmp_path / "own"
    (folder / "data").rename(own)
    theirs = bagit.make_bag(str(own), checksums=["sha256"])
    assert ours.payload_entries() == theirs.payload_entries()
    assert ours.info["Payload-Oxum"] == theirs.info["Payload-Oxum"]
    assert theirs.tags == ours.tags | {"BagIt-Version": theirs.tags["BagIt-Version"]}


def test_every_file_of_the_campaign_is_in_it_as_it_is_also_in_folders_nobody_knows(
    archived: Made, tmp_path: Path
) -> None:
    folder = unzipped(archived, tmp_path / "out")
    there, inside = leaves(archived.campaign.root), leaves(folder / "data")
    assert inside["later/inside/100% 证据?.txt"] == "一\n".encode()
    changed = {name for name, data in there.items() if inside.get(name) != data}
    # the ledger has gained the row that says that it was archived
    assert {name for name in changed if not name.startswith(".selfaudit/")} == {"campaign.db", "campaign.db-head"}
    assert inside.keys() - there.keys() == set()


def test_the_ledger_is_there_as_lines_of_json_with_every_row_and_a_journal_that_can_be_worked_out(
    archived: Made, tmp_path: Path
) -> None:
    folder = unzipped(archived, tmp_path / "out")
    db = sqlite3.connect(folder / "data" / "campaign.db")
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {path.stem for path in (folder / "ledger").iterdir()} == tables
    for table in tables:
        lines = (folder / "ledger" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = sorted(tuple(json.loads(line).values()) for line in lines)
        assert rows == sorted(db.execute(f"SELECT * FROM {table}"))  # noqa: S608 - its own names
    db.close()
    before = ""
    for line in (folder / "ledger" / "journal.jsonl").read_text(encoding="utf-8").splitlines():
        _, *said, digest = json.loads(line).values()
        assert said[-1] == before
        before = hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
        assert digest == before
    assert before in (folder / "bag-info.txt").read_text(encoding="utf-8")
    assert before in archived.seal.read_text(encoding="utf-8")


def test_the_seal_is_checked_by_sha256sum_and_the_journal_knows_it(archived: Made) -> None:
    sha256 = hashlib.sha256(archived.zip.read_bytes()).hexdigest()
    *_, line = archived.seal.read_text(encoding="utf-8").splitlines()
    assert line == f"{sha256}  kept.zip"
    what, detail = archived.campaign.journal()[-1]
    assert (what, detail["sha256"]) == ("archive", sha256)
    assert sha256 in archived.campaign.run("journal", "list").out


def test_the_readme_says_in_the_language_of_the_campaign_what_it_is_and_how_to_check_it(
    archived: Made, tmp_path: Path
) -> None:
    text = (unzipped(archived, tmp_path / "out") / "README.txt").read_text(encoding="utf-8-sig")
    for said in (
        "小型自查",
        "某认证公司",
        "经办人",
        "sha256sum -c",
        "bagit.py --validate",
        "campaign.secret",
        "received",
    ):
        assert said in text
    assert ".selfaudit/: 锁文件和尚未写完的文件" in text


def test_the_inventory_says_of_every_file_what_it_is_how_long_of_when_and_by_whom(
    archived: Made, tmp_path: Path
) -> None:
    folder = unzipped(archived, tmp_path / "out")
    book = CalamineWorkbook.from_path(str(folder / "卷内目录.xlsx"))
    (header, *rows), missing = (book.get_sheet_by_index(n).to_python() for n in (0, 1))
    listed = {str(row[2]): dict(zip(header, row, strict=True)) for row in rows}
    assert listed.keys() == {name.replace("\\", "/") for name in leaves(folder / "data")}
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    (came,) = (row for row in listed.values() if row["备注"] == "inbox/张三.yaml")
    assert (came["题名"], came["责任者"]) == ("张三的回收表", "张三")
    assert (folder / "data" / str(came["文件"])).read_bytes() == (
        archived.campaign.root / "inbox/张三.yaml"
    ).read_bytes()
    assert listed["later/附件.pdf"]["页数"] == 3
    assert [row[1:] for row in missing][1:] == [[".selfaudit/", "锁文件和尚未写完的文件"]]


def test_an_archive_is_for_its_owner_alone_and_never_overwritten(new_campaign: Campaign) -> None:
    plant(new_campaign.root, {"reports/parquet/.part-1/answers.parquet": "half of"})
    made = new_campaign.run("archive", "create", "-o", "kept.zip", "--json")
    assert made.code == 0
    assert "reports/parquet/.part-1/" in {one["name"] for one in made.data["left_out"]}
    # no copy of the ledger stays behind
    assert leaves(new_campaign.root / ".selfaudit" / "tmp") == {}
    before = (new_campaign.root / "kept.zip").read_bytes()
    if sys.platform != "win32":
        assert (new_campaign.root / "kept.zip").stat().st_mode & 0o077 == 0
    ran = new_campaign.run("archive", "create", "-o", "kept.zip")
    assert ran.code == 3
    assert "kept.zip already exists" in ran.err
    assert (new_campaign.root / "kept.zip").read_bytes() == before


def test_the_next_archive_gets_another_name_and_contains_no_earlier_one(new_campaign: Campaign) -> None:
    first, second = (new_campaign.run("archive", "create", "--json").data for _ in range(2))
    assert first["path"] != second["path"]
    with zipfile.ZipFile(second["path"]) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".zip") and "archives" in name]
    assert "archives/" in {one["name"] for one in second["left_out"]}


def test_what_cannot_be_archived_is_named(new_campaign: Campaign) -> None:
    (new_campaign.root / "inbox" / "link.yaml").symlink_to("/etc/hostname")
    ran = new_campaign.run("archive", "create")
    assert ran.code == 1
    assert "inbox/link.yaml: warning: this is not in the archive: a link" in ran.err


NAMES = ("表%25.txt", "a%0d.txt", "trail ", "ideo\u3000", "back\\slash.txt", "line\u2028.txt", "two\nlines.txt")


def test_a_file_whose_name_is_not_read_alike_everywhere_is_named_and_left_out(new_campaign: Campaign) -> None:
    for name in (*NAMES, "100% 表%2.txt", "~user", " # 说明.txt"):
        (new_campaign.root / "reports" / name).write_text("x", encoding="utf-8")
    # packed as well as this, it would be taken for a bomb
    (new_campaign.root / "reports" / "blank.bmp").write_bytes(bytes(3 << 20))
    ran = new_campaign.run("archive", "create", "-o", "a\\b.zip", "--json")
    assert ran.code == 1
    assert len([one for one in ran.data["problems"] if one["code"] == "archive.badly-named"]) == len(NAMES)
    assert {one["hint"] for one in ran.data["problems"]} == {"Rename it, then run this again."}
    assert new_campaign.run("archive", "verify", "a\\b.zip").code == 0
    assert new_campaign.run("archive", "restore", "a\\b.zip", "back").code == 0
    assert (new_campaign.root / "back" / "reports" / "blank.bmp").read_bytes() == bytes(3 << 20)
    assert (new_campaign.root / "back" / "reports" / "100% 表%2.txt").read_text(encoding="utf-8") == "x"


def test_an_archive_that_cannot_be_read_again_is_neither_kept_nor_sealed(
    new_campaign: Campaign, inside: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    (new_campaign.root / "reports" / "表%0A.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(contents, "is_carried", lambda _name: True)
    ran = inside("archive", "create", "-o", new_campaign.root / "kept.zip", "--campaign", new_campaign.root)
    assert (ran.code, "表%0A.txt: error: the archive that was written cannot be read" in ran.err) == (3, True)
    assert not list(new_campaign.root.glob("kept.zip*"))


def test_an_archive_replaces_nothing_of_the_campaign(new_campaign: Campaign) -> None:
    ran = new_campaign.run("archive", "create", "-o", "received/kept.zip")
    assert (ran.code, "belongs to the campaign" in ran.err) == (3, True)


def test_a_file_that_somebody_takes_away_meanwhile_is_named_and_the_rest_is_archived(
    new_campaign: Campaign, inside: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Ledger.copy

    def copy(ledger: Ledger, path: Path) -> Head:
        (new_campaign.root / "profile.yaml").unlink()
        return whole(ledger, path)

    monkeypatch.setattr(Ledger, "copy", copy)
    ran = inside("archive", "create", "-o", new_campaign.root / "kept.zip", "--campaign", new_campaign.root)
    assert ran.code == 1
    assert "profile.yaml: warning: this is not in the archive: it could not be opened any more" in ran.err
    assert new_campaign.run("archive", "verify", "kept.zip").code == 0


def test_what_was_not_in_order_before_is_told_and_archived_as_it_is(answered_campaign: Campaign) -> None:
    original = next(path for path in (answered_campaign.root / "received").rglob("*.yaml"))
    original.write_bytes(original.read_bytes() + b"#")
    ran = answered_campaign.run("archive", "create", "-o", "kept.zip")
    assert ran.code == 1
    assert original.name in ran.err
    assert "Not in order, here and so in the archive: 1, named above" in ran.out
    assert answered_campaign.run("archive", "verify", "kept.zip").code == 3


def test_the_ledger_is_copied_at_one_moment_while_others_read_and_is_one_file(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    path = answered_campaign.root / "campaign.db"
    with Ledger.open(path) as writer, Ledger.open(path, writable=False) as reader:
        with writer.change("test", n=1):
            writer.put_meta("n", "1")
        head = writer.copy(tmp_path / "copy.db")
        with writer.change("test", n=2):
            writer.put_meta("n", "2")
        assert reader.meta("n") == "2"
    assert {one.name for one in tmp_path.glob("copy*")} == {"copy.db", "copy.db-head"}
    with Ledger.open(tmp_path / "copy.db", writable=False) as copy:
        assert (copy.meta("n"), copy.head()) == ("1", head)


@pytest.mark.parametrize("name", ["x.tar", "x"])
def test_an_archive_is_a_zip(new_campaign: Campaign, name: str) -> None:
    ran = new_campaign.run("archive", "create", "-o", name)
    assert ran.code == 3
    assert "ends in .zip" in ran.err
