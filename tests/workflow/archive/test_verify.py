"""``archive verify``: whatever was changed since is named, also if the lists were written again."""

import hashlib
import io
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfaudit.base.problems import UserError
from selfaudit.files.bags import opening
from selfaudit.files.bags.writing import BagWriter
from selfaudit.workflow.archive.verify import Question, verify
from tests.support.folders import zipped
from tests.support.program import run
from tests.workflow.archive.conftest import Made

Files = dict[str, bytes]


def told(path: Path, *, expected: str = "") -> set[tuple[str, str]]:
    """Return the codes and places of what is wrong with an archive."""
    try:
        problems = verify(path, Question(expected)).problems
    except UserError as exc:
        problems = exc.problems
    return {(problem.code, problem.where.file) for problem in problems}


def contents(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def changed(made: Made, change: Callable[[Files], None]) -> Path:
    """Return the archive packed again, without its seal, after a change."""
    files = contents(made.zip)
    change(files)
    made.zip.write_bytes(zipped(files))
    made.seal.unlink(missing_ok=True)
    return made.zip


def flipped(data: bytes, at: int = -1) -> bytes:
    at = at if at >= 0 else len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_an_archive_is_sound_as_zip_and_unpacked_also_where_nothing_may_be_written(
    archived: Made, tmp_path: Path
) -> None:
    ran = run("archive", "verify", archived.zip, cwd=tmp_path)
    assert ran.code == 0, ran.said
    assert hashlib.sha256(archived.zip.read_bytes()).hexdigest() in ran.out
    assert told(archived.zip) == set()
    shutil.unpack_archive(archived.zip, tmp_path / "out")
    assert told(tmp_path / "out" / "kept") == set()
    assert told(tmp_path / "out") == set()


NAMES = [
    "data/campaign.yaml", "data/campaign.secret", "data/campaign.db-head", "data/later/inside/100% 证据?.txt",
    "README.txt", "ledger/journal.jsonl", "manifest-sha256.txt", "bag-info.txt",
]  # fmt: skip


def test_changed_bits_are_told_each_with_its_file(copied: Made) -> None:
    def change(files: Files) -> None:
        files.update({f"kept/{name}": flipped(files[f"kept/{name}"]) for name in NAMES})

    assert {("archive.changed", name) for name in NAMES} <= told(changed(copied, change))


def test_a_changed_bit_in_a_list_of_lists_or_in_the_declaration_is_told(copied: Made, tmp_path: Path) -> None:
    for n, (name, at) in enumerate([("tagmanifest-sha256.txt", 3), ("tagmanifest-sha256.txt", 70), ("bagit.txt", 2)]):
        made, files = copied.copy(tmp_path / str(n)), contents(copied.zip)
        made.zip.write_bytes(zipped(files | {f"kept/{name}": flipped(files[f"kept/{name}"], at)}))
        made.seal.unlink()
        assert told(made.zip) - {("archive.no-seal", "")}, (name, at)


def test_an_original_whose_bit_was_changed_is_told_twice_by_the_list_and_by_the_ledger(copied: Made) -> None:
    name = next(name for name in contents(copied.zip) if "/received/" in name).removeprefix("kept/")
    found = told(changed(copied, lambda files: files.update({f"kept/{name}": flipped(files[f"kept/{name}"])})))
    assert {("archive.changed", name), ("original.changed", name)} <= found


def test_what_is_missing_added_or_renamed_is_named(copied: Made) -> None:
    def change(files: Files) -> None:
        del files["kept/data/profile.yaml"]
        files["kept/data/new.txt"] = b"x"
        files["kept/note.txt"] = b"y"
        files["kept/data/later/other.txt"] = files.pop("kept/data/later/inside/100% 证据?.txt")

    found = told(changed(copied, change))
    assert found >= {
        ("archive.missing", "data/profile.yaml"),
        ("archive.extra", "data/new.txt"),
        ("archive.extra", "note.txt"),
        ("archive.renamed", "data/later/inside/100% 证据?.txt"),
        ("archive.oxum", "bag-info.txt"),
    }
    ran = run("archive", "verify", copied.zip)
    assert ran.code == 3
    assert "backup" not in ran.err
    assert "data/later/inside/100% 证据?.txt: error: was renamed to data/later/other.txt" in ran.err


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_a_list_that_is_missing_is_named(copied: Made, name: str) -> None:
    found = told(changed(copied, lambda files: files.__delitem__(f"kept/{name}")))
    assert found & {("archive.missing", name), ("archive.no-bag", "")}


def test_a_bag_that_is_to_be_completed_from_a_network_is_refused(copied: Made) -> None:
    line = b"https://example.org/x 1 data/x\n"
    assert ("archive.not-whole", "fetch.txt") in told(
        changed(copied, lambda files: files.update({"kept/fetch.txt": line}))
    )


def rebuilt(made: Made, change: Callable[[Path], None], tmp_path: Path) -> Path:
    """Return an archive whose lists were written again after a change of the unpacked campaign, without a seal."""
    shutil.unpack_archive(made.zip, tmp_path / "r")
    folder = tmp_path / "r" / "kept"
    change(folder / "data")
    said = dict(line.split(": ", 1) for line in (folder / "bag-info.txt").read_text("utf-8").splitlines())
    said.pop("Payload-Oxum")
    lists = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
    with made.zip.open("wb") as stream, BagWriter(stream, "kept", datetime(2026, 1, 1, tzinfo=UTC)) as bag:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name not in lists:
                bag.add(name, path.read_bytes())
        bag.finish(said.items())
    return made.zip


def sql(statement: str) -> Callable[[Path], None]:
    def change(campaign: Path) -> None:
        with sqlite3.connect(campaign / "campaign.db") as db:
            db.executescript(statement)
        db.close()

    return change


TAMPERED = {
    "UPDATE responses SET filled_by = '别人' WHERE rowid = 1": "ledger.changed-in",
    "UPDATE respondents SET due = '2099-01-01'": "ledger.changed",
    "DELETE FROM originals WHERE rowid = 1": "ledger.deleted",
    "INSERT INTO decisions VALUES ('waive', 'x', 'y', 'z', '{}', '2023-11-01T00:00:00Z')": "ledger.added",
    "UPDATE journal SET who = 'x' WHERE seq = 2": "journal.changed",
    "DELETE FROM journal WHERE seq = (SELECT max(seq) - 1 FROM journal)": "journal.gone",
}


def test_changed_rows_are_told_although_somebody_wrote_the_lists_again(copied: Made, tmp_path: Path) -> None:
    sealed = copied.seal.read_bytes()
    path = rebuilt(copied, sql("; ".join(TAMPERED)), tmp_path)
    assert {kind for kind, _ in told(path)} >= {*TAMPERED.values()}
    copied.seal.write_bytes(sealed)
    assert ("archive.seal", "kept.zip") in told(path)


def test_a_journal_that_was_cut_off_is_told_although_somebody_wrote_the_lists_again(
    copied: Made, tmp_path: Path
) -> None:
    path = rebuilt(copied, sql("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)"), tmp_path)
    assert {"archive.other-head", "journal.cut-off"} <= {kind for kind, _ in told(path)}


def test_a_ledger_is_checked_also_if_the_archive_calls_itself_a_copy_without_one(copied: Made, tmp_path: Path) -> None:
    def change(campaign: Path) -> None:
        sql("UPDATE respondents SET due = '2099-01-01'")(campaign)
        info = campaign.parent / "bag-info.txt"
        info.write_text(f"{info.read_text('utf-8')}Redacted: yes\n", encoding="utf-8")

    assert "ledger.changed" in {kind for kind, _ in told(rebuilt(copied, change, tmp_path))}


def test_a_view_that_hides_a_row_is_told_although_somebody_wrote_the_lists_again(copied: Made, tmp_path: Path) -> None:
    view = "DROP VIEW counting; CREATE VIEW counting AS SELECT r.rowid AS arrival, r.* FROM responses r WHERE 0"

    def change(campaign: Path) -> None:
        with sqlite3.connect(campaign / "campaign.db") as db:
            db.executescript(view)
        db.close()

    path = rebuilt(copied, change, tmp_path)
    assert "ledger.shape" in {kind for kind, _ in told(path)}


def test_a_view_without_end_is_told_before_anything_is_read_of_it(copied: Made, tmp_path: Path) -> None:
    endless = (
        "ALTER TABLE journal RENAME TO j; CREATE VIEW journal AS WITH RECURSIVE c(x) AS"
        " (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT j.* FROM j, c WHERE c.x < 0"
    )
    assert "ledger.shape" in {kind for kind, _ in told(rebuilt(copied, sql(endless), tmp_path))}


@pytest.mark.parametrize("name", ["campaign.db", "campaign.yaml"])
def test_an_archive_without_its_ledger_or_plan_is_none(copied: Made, tmp_path: Path, name: str) -> None:
    path = rebuilt(copied, lambda campaign: (campaign / name).unlink(), tmp_path)
    assert ("archive.no-campaign", f"data/{name}") in told(path)


def test_a_flipped_bit_in_any_page_of_the_ledger_is_told_and_is_no_bug(copied: Made) -> None:
    files, pages = contents(copied.zip), 4096
    copied.seal.unlink()
    ledger = files["kept/data/campaign.db"]
    for at in [0, 20, 60, 100, *range(pages, len(ledger), max(pages, len(ledger) // 6 // pages * pages))]:
        copied.zip.write_bytes(zipped(files | {"kept/data/campaign.db": flipped(ledger, at)}, zipfile.ZIP_STORED))
        assert ("archive.changed", "data/campaign.db") in told(copied.zip), at


def test_an_original_that_was_replaced_is_told_although_somebody_wrote_the_lists_again(
    copied: Made, tmp_path: Path
) -> None:
    def change(campaign: Path) -> None:
        first = next(path for path in sorted((campaign / "received").rglob("*")) if path.is_file())
        first.write_bytes(b"x")

    copied.seal.unlink()
    assert {"original.changed", "archive.no-seal"} == {kind for kind, _ in told(rebuilt(copied, change, tmp_path))}


def test_a_file_that_no_ledger_knows_is_betrayed_by_the_hash_that_was_noted_elsewhere(
    copied: Made, tmp_path: Path
) -> None:
    noted = hashlib.sha256(copied.zip.read_bytes()).hexdigest()
    assert told(copied.zip, expected=noted) == told(copied.zip, expected=noted[:16].upper()) == set()
    path = rebuilt(copied, lambda campaign: (campaign / "profile.yaml").unlink(), tmp_path)
    copied.seal.unlink()
    assert told(path) == {("archive.no-seal", "")}
    assert ("archive.unexpected", "") in told(path, expected=noted)
    ran = run("archive", "verify", path, "--expect", noted[:15])
    assert (ran.code, "at least 16 digits" in ran.err) == (3, True)


def test_any_changed_byte_of_the_zip_is_told_by_its_seal(copied: Made) -> None:
    data = copied.zip.read_bytes()
    with zipfile.ZipFile(copied.zip) as archive:
        directory = archive.start_dir
    for at in (0, 10, 300, len(data) // 2, directory + 5, directory + 38, len(data) - 10, len(data) - 1):
        copied.zip.write_bytes(flipped(data, at))
        assert ("archive.seal", "kept.zip") in told(copied.zip), at
    copied.zip.write_bytes(data[:-100])
    assert ("archive.seal", "kept.zip") in told(copied.zip)
    copied.zip.write_bytes(data + b"x")
    assert ("archive.seal", "kept.zip") in told(copied.zip)


# marks, versions, flags, method, time, day, checksum, sizes, length of the name, the name, in the head of a member
HEAD_BYTES = [0, 4, 6, 8, 10, 12, 14, 18, 22, 26, 30]


def test_a_changed_byte_in_the_head_of_a_file_is_told_with_the_file_without_any_seal(copied: Made) -> None:
    copied.seal.unlink()
    data = copied.zip.read_bytes()
    with zipfile.ZipFile(copied.zip) as archive:
        start = archive.getinfo("kept/data/profile.yaml").header_offset
    for at in HEAD_BYTES:
        copied.zip.write_bytes(flipped(data, start + at))
        assert any("profile.yaml" in where for _, where in told(copied.zip)), at


# flags, method, time, checksum, sizes, length of the name, rights, place, the name, in the directory
DIRECTORY_BYTES = [0, 8, 10, 12, 16, 20, 24, 28, 42, 47]


def test_a_changed_byte_in_the_directory_is_told_without_any_seal(copied: Made) -> None:
    copied.seal.unlink()
    data = copied.zip.read_bytes()
    with zipfile.ZipFile(copied.zip) as archive:
        start = archive.start_dir
    for at in DIRECTORY_BYTES:
        copied.zip.write_bytes(flipped(data, start + at))
        assert told(copied.zip) - {("archive.no-seal", "")}, at


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../out.txt", "archive.unsafe"),
        ("/etc/x", "archive.unsafe"),
        ("C:/x", "archive.unsafe"),
        ("kept/data/..\\x", "archive.unsafe"),
        ("kept//x", "archive.unsafe"),
        ("kept/./x", "archive.unsafe"),
        ("kept/data/profile.yaml/x", "archive.twice"),
    ],
)
def test_a_zip_that_leads_elsewhere_is_not_unpacked(copied: Made, tmp_path: Path, name: str, code: str) -> None:
    before = set(tmp_path.rglob("*"))
    assert code in {kind for kind, _ in told(changed(copied, lambda files: files.update({name: b"x"})))}
    assert set(tmp_path.rglob("*")) <= before


def member(name: str, data: bytes = b"x", **attributes: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = attributes.pop("compress_type", zipfile.ZIP_DEFLATED)
        for key, value in attributes.items():
            setattr(info, key, value)
        archive.writestr(info, data)
    return buffer.getvalue()


def locked() -> bytes:
    data = bytearray(member("a"))
    for at in (6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    return bytes(data)


def twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a", b"1")
        archive.writestr("b", b"2")
    return buffer.getvalue().replace(b"b", b"a")


def overlapping() -> bytes:
    """Two members in the directory that are the same bytes."""
    data = member("a")
    at = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[at:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(entry), at, 0)
    return data[:at] + entry + entry.replace(b"a", b"b") + tail


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (lambda: member("a", bytes(2 << 20)), "archive.bomb"),
    "overlapping": (overlapping, "archive.bomb"),
    "twice": (twice, "archive.twice"),
    "locked": (locked, "archive.locked"),
    "link": (lambda: member("a", external_attr=0o120777 << 16), "archive.link"),
    "lzma": (lambda: member("a", compress_type=zipfile.ZIP_LZMA), "archive.method"),
    "no bag": (lambda: member("a"), "archive.no-bag"),
    "no zip": (lambda: b"PK\x03\x04 no zip", "archive.damaged"),
    "empty": (lambda: b"", "archive.damaged"),
    "cut off": (lambda: member("a")[:-30], "archive.damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_zip_that_is_no_archive_is_refused_before_it_is_unpacked(tmp_path: Path, name: str) -> None:
    data, code = REFUSED[name]
    path = tmp_path / "x.zip"
    path.write_bytes(data())
    assert code in {kind for kind, _ in told(path)}


def test_a_zip_of_too_many_files_is_refused_although_its_end_says_that_it_has_one(
    copied: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied.seal.unlink()
    data = copied.zip.read_bytes()
    at = data.rindex(b"PK\x05\x06")
    copied.zip.write_bytes(data[: at + 8] + struct.pack("<2H", 1, 1) + data[at + 12 :])
    count = len(contents(copied.zip))
    assert count > 20
    monkeypatch.setattr(opening, "MOST_MEMBERS", count)
    assert told(copied.zip) == {("archive.no-seal", "")}
    monkeypatch.setattr(opening, "MOST_MEMBERS", count - 1)
    assert ("archive.bomb", "kept.zip") in told(copied.zip)


def test_a_directory_is_not_read_that_is_larger_than_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_MEMBERS", 10)
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"x" * 5_200: b"x"}))
    assert told(path) >= {("archive.bomb", "x.zip")}


def test_bytes_that_belong_to_no_file_are_told(copied: Made) -> None:
    copied.seal.unlink()
    data = copied.zip.read_bytes()
    copied.zip.write_bytes(b"#!/bin/sh\n" + data)
    assert ("archive.hidden", "kept.zip") in told(copied.zip)
    with zipfile.ZipFile(copied.zip, "a") as archive:
        archive.comment = b"x"
    copied.zip.write_bytes(data)
    with zipfile.ZipFile(copied.zip, "a") as archive:
        archive.comment = b"x"
    assert ("archive.hidden", "kept.zip") in told(copied.zip)


def test_a_link_in_an_unpacked_archive_is_told(archived: Made, tmp_path: Path) -> None:
    shutil.unpack_archive(archived.zip, tmp_path / "out")
    profile = tmp_path / "out" / "kept" / "data" / "profile.yaml"
    profile.rename(tmp_path / "elsewhere")
    profile.symlink_to(tmp_path / "elsewhere")
    assert ("archive.link", "data/profile.yaml") in told(tmp_path / "out" / "kept")


def test_an_archive_that_is_not_there_is_no_bug(tmp_path: Path) -> None:
    ran = run("archive", "verify", tmp_path / "none.zip")
    assert (ran.code, "no such file" in ran.err) == (3, True)
