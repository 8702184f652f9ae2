"""Files, folders and zips: whatever they hold, every file is yielded once, with its bytes or with what is wrong."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.files.incoming import FORMS, SCANS, Given, Incoming, Limits
from tests.support.folders import plant, zipped


def names(found: list[Incoming]) -> list[str]:
    """Return the names of what was found."""
    return [one.name for one in found]


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    plant(tmp_path, {"b.yaml": "2", "a/z.yaml": "1", "c.yaml": "3", "a b.yaml": "4"})
    found = list(Given([tmp_path], tmp_path))
    assert [(one.name, one.data) for one in found] == [
        ("a/z.yaml", b"1"),
        ("a b.yaml", b"4"),
        ("b.yaml", b"2"),
        ("c.yaml", b"3"),
    ]
    assert all(one.problem is None for one in found)


def test_names_are_relative_to_the_campaign_and_whole_outside_it(tmp_path: Path) -> None:
    plant(tmp_path, {"campaign/inbox/a.yaml": "1", "mail/b.yaml": "2"})
    base = tmp_path / "campaign"
    found = list(Given([base / "inbox", tmp_path / "mail", tmp_path / "mail" / "b.yaml"], base))
    assert names(found) == ["inbox/a.yaml", str(tmp_path / "mail" / "b.yaml"), str(tmp_path / "mail" / "b.yaml")]


def test_members_of_a_zip_are_named_after_it(tmp_path: Path) -> None:
    plant(tmp_path, {"回收.zip": zipped({"b/二.yaml": "2", "a/一.yaml": "1"})})
    assert names(list(Given([tmp_path], tmp_path))) == ["回收.zip/a/一.yaml", "回收.zip/b/二.yaml"]


def test_a_zip_is_told_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    plant(tmp_path, {"表.yaml": zipped({"一.yaml": "1"}), "二.zip": "selfaudit: x"})
    assert names(list(Given([tmp_path], tmp_path))) == ["二.zip", "表.yaml/一.yaml"]


@pytest.mark.parametrize("marker", ["[Content_Types].xml", "mimetype"])
def test_office_files_are_not_opened_as_zips(tmp_path: Path, marker: str) -> None:
    data = zipped({marker: "x", "word/document.xml": "x"})
    plant(tmp_path, {"表.docx": data})
    assert [(one.name, one.data) for one in Given([tmp_path], tmp_path)] == [("表.docx", data)]


@pytest.mark.parametrize("members", [{}, {"__MACOSX/a.yaml": "x"}, {"a/": ""}])
def test_a_zip_with_nothing_to_read_says_so(tmp_path: Path, members: dict[str, str]) -> None:
    plant(tmp_path, {"空.zip": zipped(members)})
    assert codes(tmp_path, tmp_path / "空.zip") == {"空.zip": "input.empty"}


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    plant(tmp_path / "in", {".DS_Store": "x", "Thumbs.db": "x", "#recycle/a.yaml": "x"})
    (tmp_path / "in" / "deeper").mkdir()
    assert codes(tmp_path, tmp_path / "in") == {"in": "input.empty"}


def codes(base: Path, *paths: Path, limits: Limits = FORMS) -> dict[str, str]:
    """Return what is wrong with every file, by its name; nothing is wrong with one that is read."""
    return {one.name: one.problem.code if one.problem else "" for one in Given(paths, base, limits)}


@pytest.mark.parametrize("begins", [b"%PDF-1.7\n", b"\xff\xd8\xff", b"format: x\n"])
def test_whatever_has_a_zip_behind_it_is_what_it_begins_as(tmp_path: Path, begins: bytes) -> None:
    data = begins + zipped({"一.yaml": "1"})
    plant(tmp_path, {"a": data})
    assert list(Given([tmp_path], tmp_path)) == [Incoming("a", data)]


def test_what_the_program_filed_itself_is_left_out_where_scans_are_read(tmp_path: Path) -> None:
    tree = {"papers/scans/a.pdf": "a", "papers/甲/b.pdf": "b", "papers/甲/c.pdf": "c", "papers/.pictures/d.jpg": "d"}
    plant(tmp_path, {**tree, "e.pdf": "e"})
    limits = replace(SCANS, own="papers", kept="papers/scans")
    assert codes(tmp_path, tmp_path / "papers", limits=limits) == {"papers/scans/a.pdf": "", "papers": "input.own"}
    assert codes(tmp_path, tmp_path / "papers/甲/b.pdf", limits=limits) == {"papers/甲/b.pdf": "input.own"}
    assert codes(tmp_path, tmp_path / "papers/scans", limits=limits) == {"papers/scans/a.pdf": ""}
    (told,) = [one.problem for one in Given([tmp_path / "papers"], tmp_path, limits) if one.problem]
    assert told.args == {"count": 2}
    assert codes(tmp_path, tmp_path / "papers/甲/b.pdf") == {"papers/甲/b.pdf": ""}


def test_a_file_just_small_enough_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    limits = replace(FORMS, largest=1000)
    plant(
        tmp_path,
        {
            "a": b"x" * 1000,
            "b": b"x" * 1001,
            "c.zip": zipped({"d": b"x" * 1000, "e": b"x" * 1001}),
        },
    )
    found = {one.name: one.problem and one.problem.code for one in Given([tmp_path], tmp_path, limits)}
    assert found == {"a": None, "b": "input.too-large", "c.zip/d": None, "c.zip/e": "input.too-large"}


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    (found,) = Given([tmp_path / "nothing"], tmp_path)
    assert found.problem
    assert (found.name, found.problem.code) == ("nothing", "input.none")


def test_files_are_counted_for_the_bar_as_they_are_yielded(tmp_path: Path) -> None:
    plant(tmp_path, {"a.yaml": "1", "b/c.yaml": "2", "._a.yaml": "3", "d.zip": zipped({"x": "1", "y": "2"})})
    assert len(Given([tmp_path, tmp_path / "a.yaml"], tmp_path)) == 4


def check(data: bytes) -> None:
    """Read a folder that holds some bytes and a good file: nothing is raised, the good file comes through."""
    with TemporaryDirectory() as folder:
        root = plant(Path(folder), {"a": data, "b": "good"})
        found = list(Given([root], root))
        assert found[-1] == Incoming("b", b"good")
        assert all(one.name == "a" or one.name.startswith("a/") for one in found[:-1])


def test_a_member_whose_name_was_damaged_away_is_no_reason_to_stop() -> None:
    check(zipped({"b.yaml": "y"}).replace(b"b.yaml", b"\0.yaml"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_are_a_reason_to_stop(data: bytes) -> None:
    check(data)


WHOLE = [
    zipped({"a/一.yaml": b"selfaudit: x\n" * 30, "b.yaml": b"y" * 50}, method)
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
]


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(
    data=st.sampled_from(WHOLE),
    changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4),
    length=st.integers(0, 10_000),
    cut=st.booleans(),
)
def test_no_damaged_zip_is_a_reason_to_stop(
    data: bytes, changes: list[tuple[int, int]], length: int, *, cut: bool
) -> None:
    changed = bytearray(data)
    for at, value in changes:
        changed[at % len(changed)] = value
    check(bytes(changed[: length % len(changed)] if cut else changed))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12), max_size=4
    )
)
def test_no_names_in_a_zip_are_a_reason_to_stop(members: list[str]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in dict.fromkeys(members):
            archive.writestr(zipfile.ZipInfo(name), b"x")
    check(buffer.getvalue())


def test_what_systems_and_shares_leave_is_passed_over_at_any_depth_and_in_zips(tmp_path: Path) -> None:
    litter = dict.fromkeys(
        [
            "#recycle/旧.yaml", "@Recycle/旧.yaml", "$RECYCLE.BIN/S-1-5/$R1.yaml", "分公司/#snapshot/旧.yaml",
            "@eaDir/一.yaml/SYNOINDEX", "System Volume Information/x", ".Trash-1000/files/旧.yaml", "._一.yaml",
            "~$一.xlsx", ".~一.xlsx", ".~lock.一.xlsx#", "一.yaml:Zone.Identifier", "分公司/Desktop.ini",
            ".recycle/旧.yaml", "Network Trash Folder/旧.yaml", ".@__thumb/一.jpg", "~syncthing~一.yaml.tmp",
            "Picasa.ini", ".一.yaml.swp",
        ],
        "x",
    )  # fmt: skip
    plant(tmp_path / "folder", {**litter, "一.yaml": "1"})
    plant(tmp_path, {"a.zip": zipped({**litter, "一.yaml": "1"})})
    assert codes(tmp_path, tmp_path / "folder", tmp_path / "a.zip") == {"folder/一.yaml": "", "a.zip/一.yaml": ""}


@pytest.mark.parametrize("name", ["Recycled", "Recycler", "LOST.DIR", "FOUND.000", "Temporary Items"])
def test_a_folder_with_a_name_that_people_may_give_is_looked_into(tmp_path: Path, name: str) -> None:
    plant(tmp_path / "folder", {f"{name}/一.yaml": "1"})
    plant(tmp_path, {"a.zip": zipped({f"{name}/一.yaml": "1"})})
    assert codes(tmp_path, tmp_path / "folder", tmp_path / "a.zip") == {
        f"folder/{name}/一.yaml": "", f"a.zip/{name}/一.yaml": "",
    }  # fmt: skip


def test_a_hidden_file_may_be_a_form_and_is_read(tmp_path: Path) -> None:
    form = "# 自查填报表\nselfaudit: selfaudit/response/1\n"
    tree = {".答卷.yaml": "1", ".夹/答卷.yaml": "2", "~$答卷.yaml": form, "._答卷.yaml": form, "desktop.ini": form}
    tree["._答卷.xlsx"] = zipped({"xl/workbook.xml": "x", "[Content_Types].xml": "x"}).decode("latin-1")
    plant(tmp_path / "folder", tree)
    plant(tmp_path, {"a.zip": zipped(tree)})
    assert {one.name for one in Given([tmp_path / "folder", tmp_path / "a.zip"], tmp_path)} == {
        f"{where}/{name}" for where in ("folder", "a.zip") for name in tree
    }


@pytest.mark.parametrize(
    ("name", "awaited"),
    [
        (".答卷.xlsx.icloud", "答卷.xlsx"),
        ("答卷.xlsx.crdownload", "答卷.xlsx"),
        ("A.xlsx.baiduyun.p.downloading", "A.xlsx"),
        ("答卷.yaml.nextcloud", "答卷.yaml"),
        ("答卷.xlsx.!ut", "答卷.xlsx"),
        ("答卷.xlsx.filepart", "答卷.xlsx"),
    ],
)
def test_a_file_that_was_not_downloaded_is_told_by_its_name(tmp_path: Path, name: str, awaited: str) -> None:
    plant(tmp_path / "folder", {name: "bplist00"})
    (found,) = Given([tmp_path / "folder"], tmp_path)
    assert found.problem
    assert (found.problem.code, found.problem.args) == ("input.not-here", {"file": awaited})


def test_names_in_a_zip_are_read_as_utf8_or_as_chinese_windows_writes_them(tmp_path: Path) -> None:
    utf8 = zipped({"AAAAAA.yaml": "1"}, zipfile.ZIP_STORED).replace(b"AAAAAA", "张三".encode())
    windows = zipped({"AAAA.yaml": "1"}, zipfile.ZIP_STORED).replace(b"AAAA", "张三".encode("gb18030"))
    plant(tmp_path, {"a.zip": utf8, "b.zip": windows, "c.zip": zipped({"张三 14:30.yaml": "1", "C:a": "2"})})
    found = ["a.zip/张三.yaml", "b.zip/张三.yaml", "c.zip/C:a", "c.zip/张三 14:30.yaml"]
    assert codes(tmp_path, tmp_path) == dict.fromkeys(found, "")


def test_a_zip_packed_in_another_way_is_not_called_damaged(tmp_path: Path) -> None:
    data = bytearray(zipped({"一.yaml": "1"}))
    for at, signature in ((8, b"PK\x03\x04"), (10, b"PK\x01\x02")):
        data[data.index(signature) + at] = 9
    plant(tmp_path, {"a.zip": bytes(data)})
    (found,) = Given([tmp_path], tmp_path)
    assert found.problem
    assert found.problem.message == "the zip is packed in a way that cannot be unpacked here (method 9)"


def test_no_name_steers_the_terminal_or_looks_like_a_line_of_its_own(tmp_path: Path) -> None:
    plant(tmp_path, {"z.zip": zipped({"\x1b[2J红.yaml": "1", "a\nerror: x.yaml": "2", "a\u202egpj.yaml": "3"})})
    assert set(names(list(Given([tmp_path], tmp_path)))) == {
        "z.zip/␛[2J红.yaml", "z.zip/a␊error: x.yaml", "z.zip/a\ufffdgpj.yaml",
    }  # fmt: skip


def test_a_name_with_a_full_width_space_or_a_joiner_is_shown_as_it_is(tmp_path: Path) -> None:
    plant(tmp_path, {"罗晓峰　自查表.yaml": "1", "👨\u200d👩.yaml": "2"})
    assert set(names(list(Given([tmp_path], tmp_path)))) == {"罗晓峰　自查表.yaml", "👨\u200d👩.yaml"}
