"""The cache of texts gives back what was put there, and is no reason to stop when it is damaged."""

import stat
from pathlib import Path

import pytest

from selfaudit.base.problems import Where
from selfaudit.files.extracting.extracted import Extracted, Mark
from selfaudit.files.extracting.problems import SCANNED
from selfaudit.store import texts
from selfaudit.store.texts import Document, Texts, TextsDamagedError

MADE = Extracted("现场\n审核\n", "paragraph", (Mark(0, "5.1"),), SCANNED(Where("甲.pdf"), pages=3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own" / "texts.db"


def test_a_text_comes_back_with_its_places_and_what_is_wrong_with_it(path: Path) -> None:
    with Texts.open(path) as cache:
        cache.put("d1", MADE)
        cache.put_documents(
            "甲.zip", 7, 11, [Document("甲.zip/a.docx", "d1"), Document("甲.zip/b", problem=MADE.problem)]
        )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Texts.open(path) as cache:
        assert not cache.rebuilt
        found = cache.extracted("d1")
        assert found
        assert (found.text, found.marks) == (MADE.text, MADE.marks)
        assert found.problem
        assert found.problem.message == "it is a scan: none of its 3 pages has any text"
        documents = cache.documents("甲.zip", 7, 11) or []
        assert [(one.name, one.digest, bool(one.problem)) for one in documents] == [
            ("甲.zip/a.docx", "d1", False),
            ("甲.zip/b", "", True),
        ]
        # it was changed since
        assert cache.documents("甲.zip", 7, 12) is None


def test_what_is_there_no_more_is_forgotten(path: Path) -> None:
    with Texts.open(path) as cache:
        for digest in ("d1", "d2"):
            cache.put(digest, MADE)
            cache.put_sketch(digest, b"12345678")
            cache.put_documents(digest, 1, 1, [])
        cache.keep_only(["d2"], ["d2"])
        assert (cache.known("d1"), cache.sketch("d1"), cache.documents("d1", 1, 1)) == (None, None, None)
        assert cache.text("d2") == MADE.text


def test_a_cache_of_another_version_is_begun_anew_and_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Texts.open(path) as cache:
        cache.put("d1", MADE)
    monkeypatch.setattr(texts, "VERSION", texts.VERSION + 1)
    with Texts.open(path) as cache:
        assert cache.rebuilt
        assert cache.known("d1") is None


@pytest.mark.parametrize("at", [0, 30, 4096])
def test_a_damaged_cache_is_removed_and_begun_anew(path: Path, at: int) -> None:
    with Texts.open(path) as cache:
        for number in range(40):
            cache.put(str(number), MADE)
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + b"\xa5" * (len(whole) - at))
    try:
        with Texts.open(path) as cache:
            assert [cache.text(str(number)) for number in range(40)] == [""] * 40
            assert cache.rebuilt
    except TextsDamagedError:
        assert not path.exists()
    with Texts.open(path) as cache:
        assert cache.known("1") is None
