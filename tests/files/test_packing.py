"""Zips of files that share most of what they hold: any program unpacks them to what was put in."""

import io
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.files.packing import Packer, packed
from selfaudit.files.zips import Part, zipped

SHARED = (b"<html>" + b"begin " * 400, b"middle " * 300, b"end " * 500 + b"</html>")


def unzipped(*parts: Part) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(zipped(parts))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_what_is_packed_around_what_is_shared_unpacks_to_the_same(first: bytes, second: bytes) -> None:
    data = SHARED[0] + first + SHARED[1] + second + SHARED[2]
    part = Packer(SHARED).pack("张三.html", data)
    assert part is not None
    assert unzipped(part) == {"张三.html": data}


def test_what_is_shared_costs_no_more_than_its_packed_form() -> None:
    part = Packer(SHARED).pack("a", SHARED[0] + b"x" + SHARED[1] + b"y" + SHARED[2])
    assert part is not None
    assert len(part.packed) < 400


def test_what_differs_may_be_longer_than_a_block_holds() -> None:
    data = SHARED[0] + os.urandom(200_000) + SHARED[1] + os.urandom(65_535) + SHARED[2]
    part = Packer(SHARED).pack("a", data)
    assert part is not None
    assert unzipped(part) == {"a": data}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        SHARED[0],
        b"x" + b"".join(SHARED),
        SHARED[0] + SHARED[2],
        b"".join(SHARED) + b"x",
        SHARED[0][:-1] + SHARED[2],
    ],
)
def test_a_file_that_lacks_what_is_shared_is_not_packed_so(data: bytes) -> None:
    assert Packer(SHARED).pack("a", data) is None


def test_one_part_and_parts_that_overlap_are_no_matter() -> None:
    alone = Packer([b"aba"]).pack("a", b"aba")
    assert alone is not None
    assert unzipped(alone) == {"a": b"aba"}
    assert Packer([b"aba", b"aba"]).pack("a", b"ababa") is None
    part = Packer([b"aba", b"aba"]).pack("a", b"abaaba")
    assert part is not None
    assert unzipped(part) == {"a": b"abaaba"}


@pytest.mark.parametrize("level", [0, 1, 9])
def test_any_other_file_is_compressed_or_left_as_it_is(level: int) -> None:
    assert unzipped(packed("a", b"abc" * 1000, level), packed("b", b"", level)) == {"a": b"abc" * 1000, "b": b""}


@pytest.mark.slow
def test_a_zip_holds_more_files_than_two_bytes_can_count() -> None:
    data = zipped(packed(f"{n:x}", b"", 0) for n in range(70_000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 70_000
        assert archive.namelist()[-1] == f"{69_999:x}"
        assert archive.testzip() is None
