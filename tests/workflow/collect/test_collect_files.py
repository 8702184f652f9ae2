"""``collect``: whatever else lands in the inbox is refused by name, and costs no other file anything."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.campaign import Campaign, message, survives
from tests.support.folders import leaves, plant, zipped
from tests.support.program import Ran

pytestmark = pytest.mark.slow

Inside = Callable[..., Ran]
MEBI = 2**20


CUT = "selfaudit: selfaudit/response/1\npassport: TK23-0XKA3"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (zipped({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), "the workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old"),
        (b"Rar!\x1a\x07\x00" + bytes(100), "archive (RAR)"),
        ("<!DOCTYPE html>\n<html><body>自查表</body></html>", "this is a web page"),
        ("﻿<html><head></head></html>", "this is a web page"),
        (CUT, ""),
        (b"\x00" * 4000, ""),
        (bytes(range(256)) * 20, ""),
        ("自查表".encode("gbk") + b"\xff\xfe\xfd", ""),
        ("您好，自查表已填好，请查收。", ""),
        ("- a\n- b\n", "this is not a selfaudit form"),
        ("{}", "this is not a selfaudit form"),
        ("42", ""),
        ("a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n", ""),
        ("lol1: &lol1 lol\n" + "".join(f"lol{n + 1}: &lol{n + 1} [*lol{n}, *lol{n}]\n" for n in range(1, 60)), ""),
        ("[" * 200_000, "not a selfaudit form"),
        ("{a: " * 100_000, "not a selfaudit form"),
        ("- " * 30_000 + "x", ""),
        ("? " * 30_000 + "x", ""),
        ("\n".join(" " * n + "- x:" for n in range(1, 1200)), ""),
        ("a: " + "x" * 1_500_000, ""),
        ("a: |\n" + "  行\n" * 200_000, ""),
        ("a: x\n" * 100_000, ""),
        ('a: "' + "\\x41" * 100_000, ""),
        ("%YAML 1.2\n---\n!!python/object/apply:os.system ['touch owned']\n", ""),
        ("a: 1\n---\nb: 2\n", ""),
        ("x" * (2 * MEBI + 1), "is too large"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else repr(value[:8]) if isinstance(value, bytes) else None,
)
def test_what_is_no_form_is_refused_in_one_sentence(
    campaign: Campaign, inside: Inside, content: str | bytes, says: str
) -> None:
    campaign.receive("张三.yaml", content)
    told = survives(campaign, inside)
    assert told["file"] == "inbox/张三.yaml"
    assert says in message(told)
    assert len(told["errors"]) <= 100
    assert not (campaign.root / "owned").exists()


def test_a_form_that_was_cut_off_anywhere_is_refused_or_says_what_is_missing(
    campaign: Campaign, inside: Inside
) -> None:
    whole = campaign.filled("张三", answers={"2.1 a": "发现问题"}).encode()
    for n in range(40):
        campaign.receive(f"{n:02d}.yaml", whole[: len(whole) * n // 40])
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert ran.code == 1
    assert len(ran.data["files"]) + ran.data["unchanged"] == 40
    for file in ran.data["files"]:
        assert file["errors"] or file["gaps"]


def test_a_file_of_fifty_megabytes_is_left_where_it_is(campaign: Campaign) -> None:
    path = campaign.receive("录像.yaml", b"")
    with path.open("wb") as stream:
        stream.truncate(50 * MEBI)
    told = survives(campaign)
    assert "50.0 MiB is too large for a form (at most 2 MiB)" in message(told)
    assert path.stat().st_size == 50 * MEBI
    assert sum(len(content) for content in leaves(campaign.root / "received").values()) < MEBI


# -- zips -------------------------------------------------------------------------------------------------------------


def test_a_zip_is_read_as_a_folder_would_be(campaign: Campaign) -> None:
    members = {f"技术部/{name}.yaml": campaign.filled(name) for name in ("张三", "李四", "王五")}
    campaign.receive(
        "回收.zip", zipped(members | {"__MACOSX/._张三.yaml": b"\x00\x05", "Thumbs.db": b"\x00", "技术部/": b""})
    )
    ran = campaign.run("collect", "--json")
    assert ran.code == 0
    assert [file["file"] for file in ran.data["files"]] == [f"inbox/回收.zip/{name}" for name in sorted(members)]
    assert campaign.received() == {text.encode() for text in members.values()}
    again = campaign.run("collect", "--json").data
    assert (again["unchanged"], again["files"]) == (3, [])


def test_names_that_chinese_windows_wrote_into_a_zip_are_shown_as_they_were(campaign: Campaign) -> None:
    content = campaign.filled("张三").encode()
    data = zipped({"AAAA.yaml": content, "BBBB/CC.yaml": ""}, zipfile.ZIP_STORED)
    data = data.replace(b"AAAA", "张三".encode("gbk")).replace(b"BBBB", "李四".encode("gbk"))
    campaign.receive("回收.zip", data)
    ran = campaign.run("collect")
    assert "new 1; " in ran.out
    assert "inbox/回收.zip/李四/CC.yaml: rejected" in ran.out
    assert campaign.events("张三")[0]["file"] == "inbox/回收.zip/张三.yaml"


@pytest.mark.parametrize(
    "name",
    [
        "../张三.yaml",
        "/etc/张三.yaml",
        "a/../../张三.yaml",
        "..\\张三.yaml",
        "C:\\张三.yaml",
        "//server/张三.yaml",
    ],
)
def test_a_zip_member_that_points_outside_is_refused_and_the_others_are_read(
    campaign: Campaign, inside: Inside, name: str
) -> None:
    outside = leaves(campaign.root.parent)
    campaign.receive(
        "回收.zip", zipped({name: campaign.filled("张三"), "技术部.yaml": campaign.filled("技术部", by="甲")})
    )
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert ran.code == 1
    outcomes = {file["outcome"]: file for file in ran.data["files"]}
    assert outcomes.keys() == {"new", "rejected"}
    assert "would be written outside the folder" in message(outcomes["rejected"])
    assert "张三" not in campaign.merged()
    new = leaves(campaign.root.parent).keys() - outside.keys()
    assert all(path.startswith("campaign/") for path in new)


@pytest.mark.parametrize("name", [".", "./", "a//b.yaml", "\\", " ", "a\nb.yaml", "..."])
def test_a_zip_member_with_an_odd_name_is_no_reason_to_stop(campaign: Campaign, inside: Inside, name: str) -> None:
    campaign.receive(
        "回收.zip", zipped({name: campaign.filled("张三"), "技术部.yaml": campaign.filled("技术部", by="甲")})
    )
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert ran.code in (0, 1), ran.said
    assert "技术部" in campaign.merged()


def test_a_zip_whose_names_are_in_no_encoding_is_no_reason_to_stop(campaign: Campaign, inside: Inside) -> None:
    # marked as UTF-8, but written in GBK
    data = zipped({"张三.yaml": campaign.filled("张三")}, zipfile.ZIP_STORED)
    campaign.receive("回收.zip", data.replace("张三.yaml".encode(), "张三".encode("gbk") + b"__.yaml"))
    campaign.receive("李四.yaml", campaign.filled("李四"))
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert ran.code in (0, 1), ran.said
    assert len(ran.data["files"]) == 2
    assert "李四" in campaign.merged()


def test_a_zip_that_would_unpack_to_far_too_much_is_refused_without_unpacking(campaign: Campaign) -> None:
    data = bytearray(zipped({"张三.yaml": b"x"}))
    start = data.index(b"PK\x01\x02") + 24
    data[start : start + 4] = struct.pack("<I", 600 * MEBI)
    campaign.receive("回收.zip", bytes(data))
    told = survives(campaign)
    assert "the zip would unpack to an unreasonable size" in message(told)


def test_a_zip_that_lies_about_the_size_of_a_member_is_refused(campaign: Campaign, inside: Inside) -> None:
    data = bytearray(zipped({"张三.yaml": b"x" * (8 * MEBI)}))
    for at, signature in ((22, b"PK\x03\x04"), (24, b"PK\x01\x02")):
        start = data.index(signature) + at
        data[start : start + 4] = struct.pack("<I", 1000)
    campaign.receive("回收.zip", bytes(data))
    told = survives(campaign, inside)
    assert told["file"].startswith("inbox/回收.zip")
    assert max(map(len, campaign.received())) < MEBI


def test_a_large_member_of_a_zip_is_refused_and_the_others_are_read(campaign: Campaign, inside: Inside) -> None:
    campaign.receive("回收.zip", zipped({"录像.yaml": b"x" * (3 * MEBI), "张三.yaml": campaign.filled("张三")}))
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert {file["file"]: file["outcome"] for file in ran.data["files"]} == {
        "inbox/回收.zip/录像.yaml": "rejected",
        "inbox/回收.zip/张三.yaml": "new",
    }


def test_a_zip_inside_a_zip_is_refused_with_what_to_do(campaign: Campaign, inside: Inside) -> None:
    campaign.receive("回收.zip", zipped({"分公司.zip": zipped({"张三.yaml": campaign.filled("张三")})}))
    told = survives(campaign, inside)
    assert "a zip inside a zip is not opened" in message(told)
    assert "Unpack the outer one first." in told["errors"][0]["hint"]


def test_a_zip_with_a_password_is_refused_with_what_to_do(campaign: Campaign, inside: Inside) -> None:
    data = bytearray(zipped({"张三.yaml": campaign.filled("张三")}))
    for at, signature in ((6, b"PK\x03\x04"), (8, b"PK\x01\x02")):
        data[data.index(signature) + at] |= 1
    campaign.receive("回收.zip", bytes(data))
    told = survives(campaign, inside)
    assert "the zip is locked with a password" in message(told)


def test_a_symbolic_link_in_a_zip_is_not_followed(campaign: Campaign, inside: Inside) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("张三.yaml")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    campaign.receive("回收.zip", buffer.getvalue())
    assert "links are not followed" in message(survives(campaign, inside))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_is_told_to_be_one(campaign: Campaign, inside: Inside, method: int) -> None:
    data = bytearray(zipped({"张三.yaml": campaign.filled("张三")}, method))
    data[70:90] = b"\xff" * 20
    campaign.receive("回收.zip", bytes(data))
    told = survives(campaign, inside)
    assert "the zip is damaged" in message(told)


def test_one_damaged_member_of_a_zip_costs_that_member_only(campaign: Campaign, inside: Inside) -> None:
    names = ("张三", "技术部", "审核部")
    data = bytearray(zipped({f"{n} {name}.yaml": campaign.filled(name, by="甲") for n, name in enumerate(names)}))
    start = data.index("1 技术部.yaml".encode()) + 60
    data[start : start + 20] = b"\xff" * 20
    campaign.receive("回收.zip", bytes(data))
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert ran.code == 1
    assert set(campaign.merged()) == {"张三", "审核部"}
    assert [file["file"] for file in ran.data["files"] if file["outcome"] == "rejected"] == [
        "inbox/回收.zip/1 技术部.yaml"
    ]


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.99])
def test_a_zip_that_was_cut_off_is_told_to_be_one(campaign: Campaign, inside: Inside, share: float) -> None:
    data = zipped({f"{n}.yaml": campaign.filled("张三") for n in range(3)})
    campaign.receive("回收.zip", data[: int(len(data) * share)])
    told = survives(campaign, inside)
    assert told["file"] == "inbox/回收.zip"
    assert message(told)


# -- what else can lie in a folder ------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_opened_is_told_and_tried_again(
    campaign: Campaign, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三"))
    opened = Path.open

    def refuse(path: Path, *args: Any, **more: Any) -> Any:
        if path.name == "张三.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)
        assert "the file cannot be opened: access is denied" in message(survives(campaign, inside))
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert [file["outcome"] for file in ran.data["files"]] == ["new"]


def test_folders_with_blanks_and_deep_ones_are_read(campaign: Campaign, inside: Inside) -> None:
    campaign.receive("第 2 批 (1)/a b/c/d/e/张三 的 表.yaml", campaign.filled("张三"))
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert [file["file"] for file in ran.data["files"]] == ["inbox/第 2 批 (1)/a b/c/d/e/张三 的 表.yaml"]


def test_litter_that_programs_leave_is_passed_over(campaign: Campaign, inside: Inside) -> None:
    litter = {".DS_Store": "x", "Thumbs.db": "x", "desktop.ini": "x", "~$张三.docx": "x", "#recycle/张三.yaml": "x"}
    plant(campaign.root / "inbox", litter)
    campaign.receive("张三.yaml", campaign.filled("张三"))
    ran = inside("collect", "--json", "--campaign", campaign.root)
    assert [file["outcome"] for file in ran.data["files"]] == ["new"]


def test_an_inbox_that_was_deleted_is_told(campaign: Campaign) -> None:
    (campaign.root / "inbox").rmdir()
    ran = campaign.run("collect")
    assert ran.code in (1, 3)
    assert "there is no such file or folder" in ran.said


def test_files_with_the_same_bytes_and_no_answers_are_each_named_until_each_is_replaced(campaign: Campaign) -> None:
    for name in ("张三", "李四", "王五"):
        campaign.receive(f"{name}.yaml", b"")
    for _ in range(2):
        ran = campaign.run("collect", "--json")
        assert [file["file"] for file in ran.data["files"]] == [f"inbox/{n}.yaml" for n in ("张三", "李四", "王五")]
    for name in ("张三", "王五"):
        campaign.receive(f"{name}.yaml", campaign.filled(name))
    assert campaign.run("collect").code == 1
    assert "could not be used (1): 李四\n  inbox/李四.yaml  perhaps 李四" in campaign.run("status").out


def test_an_original_that_was_lost_is_kept_again_when_the_file_comes_again(answered_campaign: Campaign) -> None:
    before = answered_campaign.received()
    for path in (answered_campaign.root / "received").rglob("*.yaml"):
        path.unlink()
    assert answered_campaign.received() == set()
    ran = answered_campaign.run("collect")
    assert (ran.code, "unchanged 5" in ran.out) == (0, True), ran.said
    assert answered_campaign.received() == before
