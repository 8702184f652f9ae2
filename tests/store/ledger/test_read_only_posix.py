"""A campaign in a folder of somebody else, into which nothing may be written: it can be read like any other."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.opening import FORMAT
from selfaudit.store.ledger.schema import VERSIONS
from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.support.program import Ran, run
from tests.support.rights import archive, ordinary, reopen

pytestmark = pytest.mark.slow


def said(campaign: Campaign, *args: str | Path) -> Ran:
    """Run the program as an ordinary user."""
    return run(*args, cwd=campaign.root, ordinary=True)


@pytest.fixture
def archived(answered_campaign: Campaign) -> Iterator[Campaign]:
    """A campaign of somebody else that nobody may write to."""
    archive(answered_campaign.root)
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run(
            ["/bin/touch", answered_campaign.root / "x"], preexec_fn=ordinary, check=True, capture_output=True
        )
    yield answered_campaign
    reopen(answered_campaign.root)


def answers(campaign: Campaign, out: Path) -> None:
    """Ask everything that can be read, and see that it is answered and nothing is left behind."""
    before = leaves(campaign.root)
    assert said(campaign, "status", "--json").data["total"]["complete"] == 5
    assert "2.1" in said(campaign, "findings", "list").out
    assert "张三" in said(campaign, "status", "--of", "张三").out
    assert said(campaign, "validate").code in (0, 1)
    for command, name in ((["export", "--format", "json"], "a.json"), (["export"], "a.yaml"), (["report"], "a.docx")):
        path = out / name
        ran = said(campaign, *command, "-o", path)
        assert ran.code in (0, 1), ran.said
        assert path.stat().st_size
    assert leaves(campaign.root) == before


@pytest.mark.slow
def test_everything_can_be_read_where_nothing_can_be_written(archived: Campaign, tmp_path: Path) -> None:
    answers(archived, tmp_path)


def test_everything_can_be_read_in_an_unpacked_archive(answered_campaign: Campaign, tmp_path: Path) -> None:
    assert answered_campaign.run("archive", "create", "-o", tmp_path / "kept.zip").code == 0
    shutil.unpack_archive(tmp_path / "kept.zip", tmp_path)
    (tmp_path / "out").mkdir()
    archive(tmp_path / "kept")
    try:
        answers(Campaign(tmp_path / "kept"), tmp_path / "out")
        assert said(Campaign(tmp_path / "kept" / "data"), "status", "--json").data["total"]["complete"] == 5
        assert said(Campaign(tmp_path / "kept"), "journal", "verify").code == 0
        assert said(Campaign(tmp_path / "kept"), "archive", "verify", tmp_path / "kept").code == 0
        ran = said(Campaign(tmp_path / "kept"), "collect")
        assert (ran.code, "this campaign is an archive" in ran.err) == (3, True)
    finally:
        reopen(tmp_path / "kept")


@pytest.mark.slow
@pytest.mark.parametrize("command", [["collect"], ["issue"], ["remind"], ["export"], ["paper", "print"]])
def test_a_command_that_writes_tells_what_to_do(archived: Campaign, command: list[str]) -> None:
    before = leaves(archived.root)
    ran = said(archived, *command)
    assert ran.code == 3
    assert "no permission to write to the campaign" in ran.err
    assert "Copy it to a folder of your own" in ran.err
    assert leaves(archived.root) == before


KILLED = """
import os, sys
from pathlib import Path
from selfaudit.store.ledger.ledger import Ledger
ledger = Ledger.open(Path(sys.argv[1]))
with ledger.change("test", n=1):
    ledger.put_meta("n", "written last")
os._exit(9)
"""

READ = """
import sys
from pathlib import Path
from selfaudit.store.ledger.ledger import Ledger
for path in sys.argv[1:]:
    with Ledger.open(Path(path), writable=False) as ledger:
        print(ledger.meta("n"))
"""


def read(*paths: Path) -> str:
    """Read a fact from ledgers as an ordinary user, and return a line of each."""
    command = [sys.executable, "-c", READ, *map(str, paths)]
    done = subprocess.run(command, preexec_fn=ordinary, check=True, capture_output=True, encoding="utf-8")
    return str(done.stdout).strip()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nothing may be written once it is archived."""
    made = tmp_path / "100% 台账?#"
    made.mkdir()
    yield made
    reopen(made)


@pytest.mark.parametrize("left", [(), ("-shm",), ("-wal",), ("-shm", "-wal")])
def test_what_a_killed_command_wrote_last_is_read_from_its_log(folder: Path, left: tuple[str, ...]) -> None:
    path = folder / "campaign.db"
    with Ledger.open(path) as ledger, ledger.change("test", n=0):
        ledger.put_meta("n", "written first")
    subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    assert (folder / "campaign.db-wal").stat().st_size
    for suffix in {"-shm", "-wal"} - {*left}:
        path.with_name(path.name + suffix).unlink()
    archive(folder)
    before = leaves(folder)
    assert read(path) == ("written last" if "-wal" in left else "written first")
    assert leaves(folder) == before


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_a_ledger_of_any_earlier_version_is_read_without_a_change(folder: Path, mode: str) -> None:
    versions = range(1, FORMAT)
    for version in versions:
        (folder / str(version)).mkdir()
        db = sqlite3.connect(folder / str(version) / "campaign.db")
        db.execute(f"PRAGMA journal_mode={mode}")
        db.executescript("".join(VERSIONS[:version]))
        db.execute("INSERT INTO meta VALUES ('n', ?)", [f"old {version}"])
        db.execute(f"PRAGMA user_version = {version}")
        db.commit()
        db.close()
    paths = [folder / str(version) / "campaign.db" for version in versions]
    expected = "\n".join(f"old {version}" for version in versions)
    before = leaves(folder)
    assert read(*paths) == expected
    archive(folder)
    assert read(*paths) == expected
    assert leaves(folder) == before


def test_a_closed_ledger_is_one_file_even_if_somebody_read_it_meanwhile(folder: Path) -> None:
    path = folder / "campaign.db"
    Ledger.open(path).close()
    with Ledger.open(path) as ledger:
        with ledger.change("test", n=1):
            ledger.put_meta("n", "1")
        with Ledger.open(path, writable=False) as reader:
            assert reader.meta("n") == "1"
            with ledger.change("test", n=2):
                ledger.put_meta("n", "2")
            assert reader.meta("n") == "2"
    assert {left.name for left in folder.iterdir()} == {"campaign.db", "campaign.db-head"}
    copy = folder / "copy.db"
    copy.write_bytes(path.read_bytes())
    assert read(copy) == "2"


def test_a_copy_made_while_somebody_reads_has_everything(folder: Path) -> None:
    path = folder / "campaign.db"
    writer = Ledger.open(path)
    with Ledger.open(path, writable=False) as reader:
        with writer.change("test", n=1):
            writer.put_meta("n", "1")
        reader.meta("n")
        writer.close()
        copy = folder / "copy.db"
        copy.write_bytes(path.read_bytes())
        assert read(copy) == "1"
    assert read(path) == "1"


READ_LATER = """
import sys
from pathlib import Path
from selfaudit.store.ledger.ledger import Ledger
with Ledger.open(Path(sys.argv[1]), writable=False) as ledger:
    print("open", flush=True)
    sys.stdin.readline()
    print(ledger.meta("n"))
"""


def test_who_may_only_read_can_do_so_to_the_end_whatever_others_do_meanwhile(folder: Path) -> None:
    path = folder / "campaign.db"
    with Ledger.open(path) as ledger, ledger.change("test", n=0):
        ledger.put_meta("n", "written first")
    archive(folder)
    with subprocess.Popen(
        [sys.executable, "-c", READ_LATER, path],
        preexec_fn=ordinary,  # noqa: PLW1509 - there are no threads here
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "open\n"
        reopen(folder)
        subprocess.run([sys.executable, "-c", KILLED, path], check=False)
        path.with_name(path.name + "-shm").unlink()
        archive(folder)
        out, _ = reader.communicate("\n", timeout=60)
    assert (reader.returncode, out) == (0, "written first\n")
