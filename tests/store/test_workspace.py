"""The campaign folder: finding it, and keeping originals."""

import contextlib
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfaudit.base.problems import UserError
from selfaudit.files.atomic import replacing, write_text
from selfaudit.files.incoming import Incoming
from selfaudit.store.workspace import Workspace
from tests.support.folders import leaves, plant


def test_a_campaign_is_found_upwards_as_git_does(tmp_path: Path) -> None:
    plant(tmp_path, {"campaign.yaml": "", "a/b/c.txt": "", "a/inner/campaign.yaml": "", "a/inner/d/e.txt": ""})
    for start, root in ((".", "."), ("a/b", "."), ("a/inner", "a/inner"), ("a/inner/d", "a/inner")):
        assert Workspace.find(tmp_path / start).root == (tmp_path / root).resolve()


def test_outside_a_campaign_the_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        Workspace.find(tmp_path / "nowhere")
    assert raised.value.problems[0].code == "campaign.none"
    assert raised.value.problems[0].args["folder"] == (tmp_path / "nowhere").resolve()


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=100), suffix=st.sampled_from(["", ".yaml", ".xlsx"]))
def test_an_original_is_kept_under_its_hash_byte_for_byte(tmp_path: Path, data: bytes, suffix: str) -> None:
    workspace = Workspace(tmp_path)
    with workspace.writing(lambda: None):
        workspace.keep_original(Incoming("a", data).sha256, data, suffix)
    digest = hashlib.sha256(data).hexdigest()
    assert (tmp_path / "received" / digest[:2] / f"{digest}{suffix}").read_bytes() == data


def test_an_original_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with workspace.writing(lambda: None):
        workspace.keep_original(Incoming("a", b"x").sha256, b"x", ".yaml")
        (path,) = tmp_path.rglob("*.yaml")
        stamp = path.stat().st_mtime_ns
        workspace.keep_original(Incoming("a", b"x").sha256, b"x", ".yaml")
    assert path.stat().st_mtime_ns == stamp


def test_a_file_that_is_replaced_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.txt"
    write_text(path, "old\n")
    with contextlib.suppress(ZeroDivisionError), replacing(path) as stream:
        stream.write(b"half of")
        stream.write(bytes(1 // 0))
    assert leaves(tmp_path) == {"deep/a.txt": b"old\n"}
    write_text(path, "新\n")
    assert leaves(tmp_path) == {"deep/a.txt": "新\n".encode()}


def test_paths_are_shown_as_the_user_knows_them(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "campaign")
    assert workspace.shown(tmp_path / "campaign" / "reports" / "x.docx") == str(Path("reports") / "x.docx")
    assert workspace.shown(tmp_path / "x.docx") == str(tmp_path / "x.docx")
