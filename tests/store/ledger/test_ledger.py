"""The ledger: a journal that shows any change made to it, and files that are no ledger."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from selfaudit.base.problems import UserError
from selfaudit.store.ledger import opening
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import UNREADABLE, Ledger
from selfaudit.store.ledger.opening import FORMAT
from selfaudit.store.ledger.papers import papers
from selfaudit.store.ledger.reminders import reminders
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.ledger.schema import FIRST
from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.support.program import Ran


def opened(folder: Path) -> Ledger:
    """Open a new ledger in a folder."""
    return Ledger.open(folder / "campaign.db")


def version(path: Path) -> int:
    """Return the format number of a ledger."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def chain(ledger: Ledger) -> bool:
    """Return whether every row of the journal follows from the one before."""
    before = ""
    for row in ledger.journal():
        if row.entry.previous != before or row.hash != row.entry.hash:
            return False
        before = row.hash
    return True


def test_every_change_is_one_row_of_the_journal_that_follows_from_the_one_before(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        for n in range(5):
            with ledger.change("test", number=n):
                ledger.put_meta("n", str(n))
        assert [(row.entry.what, json.loads(row.entry.detail)) for row in ledger.journal()] == [
            ("test", {"number": n}) for n in range(5)
        ]
        assert chain(ledger)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal SET detail = '{\"number\": 9}' WHERE seq = 2",
        "UPDATE journal SET who = 'somebody' WHERE seq = 1",
        "UPDATE journal SET at = '2020-01-01T00:00:00Z' WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 1",
    ],
)
def test_a_journal_that_was_tampered_with_no_longer_fits(tmp_path: Path, change: str) -> None:
    with opened(tmp_path) as ledger:
        for n in range(4):
            with ledger.change("test", number=n):
                pass
        assert chain(ledger)
        ledger.db.execute(change)
        assert not chain(ledger)


def test_a_change_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        with contextlib.suppress(ZeroDivisionError), ledger.change("test", number=1):
            ledger.put_meta("n", str(1 // 1))
            ledger.put_meta("n", str(1 // 0))
        assert ledger.meta("n") == ""
        assert ledger.journal() == []
        with ledger.change("test", number=2):
            ledger.put_meta("n", "2")
        assert ledger.meta("n") == "2"


def test_a_change_that_turns_out_to_be_none_leaves_no_row(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        with ledger.change("test", number=1) as change:
            change.note(more=2)
            change.unchanged()
        assert ledger.journal() == []


def test_what_a_change_adds_to_its_detail_is_in_the_journal(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        with ledger.change("test") as change:
            change.note(名="张三")
        assert json.loads(ledger.journal()[0].entry.detail) == {"名": "张三"}
        assert chain(ledger)


def test_a_campaign_has_a_sound_journal_after_a_whole_life(answered_campaign: Campaign) -> None:
    answered_campaign.receive("空.yaml", "")
    answered_campaign.run("collect")
    answered_campaign.verify_journal()
    assert {what for what, _ in answered_campaign.journal()} == {
        "secret",
        "campaign",
        "respondents",
        "issue",
        "collect",
        "reject",
    }


def test_a_ledger_that_is_not_there_is_empty_for_readers_and_made_for_writers(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "campaign.db", writable=False) as ledger:
        assert respondents(ledger) == {}
        assert ledger.journal() == []
    assert not (tmp_path / "campaign.db").exists()
    opened(tmp_path).close()
    with Ledger.open(tmp_path / "campaign.db", writable=False) as ledger:
        assert respondents(ledger) == {}


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with (
        Ledger.open(tmp_path / "campaign.db", writable=False) as ledger,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
        ledger.change("test", number=1),
    ):
        ledger.put_meta("n", "1")


def test_a_reader_in_the_middle_of_a_list_keeps_nobody_from_writing(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger, ledger.change("test"):
        for n in range(2_000):
            ledger.put_meta(f"key {n}", "value")
    with contextlib.closing(sqlite3.connect(tmp_path / "campaign.db")) as reader:
        rows = reader.execute("SELECT key FROM meta")
        rows.fetchone()
        with opened(tmp_path) as ledger:
            rows.fetchall()
            with ledger.change("test"):
                ledger.put_meta("n", "1")
            assert chain(ledger)
    with opened(tmp_path) as ledger:
        assert ledger.meta("n") == "1"
        assert ledger.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "100% 自查?#&mode=rw [1]"
    folder.mkdir()
    with opened(folder) as ledger, ledger.change("test", number=1):
        ledger.put_meta("n", "1")
    with Ledger.open(folder / "campaign.db", writable=False) as ledger:
        assert ledger.meta("n") == "1"


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize("version", [FORMAT + 1, 99, -1])
def test_a_ledger_of_another_version_is_refused_and_not_touched(
    tmp_path: Path, version: int, *, writable: bool
) -> None:
    with opened(tmp_path) as ledger:
        ledger.db.execute(f"PRAGMA user_version = {version}")
        ledger.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (tmp_path / "campaign.db").read_bytes()
    with pytest.raises(UserError) as raised:
        Ledger.open(tmp_path / "campaign.db", writable=writable)
    (problem,) = raised.value.problems
    assert problem.code == "ledger.other-version"
    assert (problem.args["found"], problem.args["known"]) == (version, FORMAT)
    assert (tmp_path / "campaign.db").read_bytes() == before


def test_a_ledger_of_a_newer_version_is_told_in_one_sentence(campaign: Campaign) -> None:
    with sqlite3.connect(campaign.root / "campaign.db") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    for command in ("issue", "collect", "status", "export"):
        ran = campaign.run(command)
        assert ran.code == 3
        assert f"written by another version of selfaudit (format 99, this one writes {FORMAT})" in ran.err
        assert "nothing was changed" in ran.err


ISSUED_BY_THE_FIRST_VERSION = """
INSERT INTO meta VALUES ('code', 'TK23');
INSERT INTO respondents VALUES ('unit:U01', 'AAAA', 0, 1, '2024-01-31', '{}');
INSERT INTO questions VALUES ('q', '{}');
INSERT INTO forms VALUES
    ('TK23-A', 'unit:U01', 'q', 1, '2024-01-01T08:00:00Z', 'outbox/甲/a b.html' || char(10) || 'outbox/甲/a b.xlsx'),
    ('TK23-B', 'unit:U01', 'q', 2, '2024-01-02T08:00:00Z', 'b.yaml');
"""

CUT_OFF = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size=2")
db.execute("BEGIN")
db.execute("CREATE TABLE meta (x)")
for _ in range(50):
    db.execute("INSERT INTO meta VALUES (?)", ("x" * 4000,))
os._exit(0)
"""


@pytest.mark.parametrize("writable", [True, False])
def test_a_ledger_of_the_first_version_is_brought_up_to_date_and_keeps_everything(
    tmp_path: Path, *, writable: bool
) -> None:
    path = tmp_path / "campaign.db"
    with sqlite3.connect(path) as db:
        db.executescript(FIRST)
        db.executescript(ISSUED_BY_THE_FIRST_VERSION)
        db.execute("PRAGMA user_version = 1")
    db.close()
    before = leaves(tmp_path)
    with Ledger.open(path, writable=writable) as ledger:
        assert ledger.meta("code") == "TK23"
        assert reminders(ledger) == []
        assert papers(ledger) == {}
        assert Forms(ledger).files() == {"TK23-A": ("outbox/甲/a b.html", "outbox/甲/a b.xlsx"), "TK23-B": ("b.yaml",)}
        assert Forms(ledger).latest() == {"unit:U01": "TK23-B"}
    assert (leaves(tmp_path) == before) is not writable
    assert version(path) == (FORMAT if writable else 1)


@pytest.mark.parametrize("command", ["status", "issue", "collect", "export"])
@pytest.mark.parametrize("moment", ["before anything was written", "in the middle of the first page"])
def test_a_ledger_that_is_only_just_begun_is_neither_damaged_nor_of_another_version(
    fresh: Campaign, tmp_path: Path, moment: str, command: str
) -> None:
    # what a command leaves that is killed while it makes the file
    campaign = fresh.copy(tmp_path / "campaign")
    path = campaign.root / "campaign.db"
    path.write_bytes(b"")
    if moment != "before anything was written":
        subprocess.run([sys.executable, "-c", CUT_OFF, path], check=True)
        assert (campaign.root / "campaign.db-journal").stat().st_size
    ran = campaign.run(command)
    assert ran.code in (0, 1, 3)
    assert "cannot be read" not in ran.said
    assert "another version" not in ran.said


@pytest.mark.parametrize(
    "command", [["status"], ["issue"], ["collect"], ["export"], ["findings", "list"], ["contradictions", "list"]]
)
@pytest.mark.parametrize("damage", ["garbage", "cut off", "overwritten inside"])
def test_a_damaged_ledger_is_told_with_what_to_do(
    answered_campaign: Campaign, inside: Callable[..., Ran], damage: str, command: list[str]
) -> None:
    path = answered_campaign.root / "campaign.db"
    data = path.read_bytes()
    path.unlink()
    if damage == "garbage":
        path.write_bytes(b"no ledger at all" * 1000)
    elif damage == "cut off":
        path.write_bytes(data[: len(data) // 2])
    else:
        page = 4096
        path.write_bytes(data[:page] + b"\xa5" * (len(data) - page))
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五"))
    ran = inside(*command, "--campaign", answered_campaign.root)
    assert ran.code == 3, ran.said
    assert "campaign.db cannot be read" in ran.err


def test_reading_what_has_no_end_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(tmp_path).close()
    with sqlite3.connect(tmp_path / "campaign.db") as db:
        db.execute(
            "CREATE VIEW endless AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT * FROM c"
        )
    db.close()
    monkeypatch.setattr(opening, "_PAUSES", 1)
    monkeypatch.setattr(opening, "_STEPS", 1_000)
    with Ledger.open(tmp_path / "campaign.db", writable=False) as ledger, pytest.raises(UNREADABLE):
        ledger.db.execute("SELECT * FROM endless WHERE x < 0").fetchall()
