"""Files are added to answers and problems, and saved with the response in one zip that collect takes apart."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page

from selfaudit.model.progress.paper import content_code
from tests.forms.html.page.filling import choose, fill, opened, outcome, press, words, written
from tests.forms.sample import COMPLETE, FORM, read
from tests.support.campaign import Campaign
from tests.workflow.evidence.conftest import asked, shown  # noqa: F401 - fixtures

pytestmark = pytest.mark.slow

PDF, JPEG = b"%PDF-1.7\n1", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 300


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def add(page: Page, place: str, *files: tuple[str, bytes]) -> None:
    """Choose files at a place, and wait until the last is there."""
    several: list[FilePayload] = [{"name": name, "mimeType": "", "buffer": data} for name, data in files]
    page.locator(f'[data-files="{place}/evidence"]').set_input_files(several)
    page.get_by_text(sha(files[-1][1])).first.wait_for(state="attached")


def saved_zip(page: Page) -> tuple[str, dict[str, bytes]]:
    """Save the response, and return the name of the zip and what is in it."""
    with page.expect_download() as expected:
        press(page, "save")
    data = Path(expected.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return expected.value.suggested_filename, {name: archive.read(name) for name in archive.namelist()}


def test_files_are_saved_in_one_zip_with_the_response_which_names_them_by_hash(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    fill(page, COMPLETE)
    add(page, "items/2.1/a", ("行程单.jpg", JPEG), ("证明.pdf", PDF))
    add(page, "findings/1", ("行程单.jpg", PDF + b"2"))
    assert f"75 KiB · SHA-256 {sha(JPEG)}" in str(page.locator(".files li").first.text_content())
    name, members = saved_zip(page)
    assert name.endswith(f"{FORM.passport}.zip")
    assert words("saved_zip") in outcome(page)
    response, *others = members
    assert members[response].startswith(b"selfaudit: ")
    assert {name: members[name] for name in others} == {
        "行程单.jpg": JPEG,
        "证明.pdf": PDF,
        "行程单 (2).jpg": PDF + b"2",
    }
    reading = read(members[response].decode())
    content = reading.content
    assert content
    code = content_code(reading.digest)
    assert f"{code[:4]} {code[4:]}" in outcome(page)
    (item,) = (item for item in content["items"] if item["id"] == "2.1")
    assert item["parts"][0]["evidence"] == [
        {"name": "行程单.jpg", "sha256": sha(JPEG), "size": len(JPEG)},
        {"name": "证明.pdf", "sha256": sha(PDF), "size": len(PDF)},
    ]
    assert content["findings"][0]["evidence"][0]["sha256"] == sha(PDF + b"2")


def test_after_a_reload_the_names_are_known_and_the_zip_brings_the_files_back(
    new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(new_page(), written(tmp_path))
    add(page, "items/1.2", ("a.pdf", PDF))
    name, members = saved_zip(page)
    page.wait_for_timeout(100)
    page.reload()
    assert words("files_again") in page.locator(".notices").inner_text()
    assert words("choose_again") in str(page.locator(".files li").text_content())
    press(page, "check")
    assert words("gap_lost-file") in outcome(page)
    # chosen again, it takes the place of its name
    add(page, "items/1.2", ("a.pdf", PDF))
    press(page, "check")
    assert words("gap_lost-file") not in outcome(page)
    assert list(saved_zip(page)[1].values())[1:] == [PDF]
    other = opened(new_page(), written(tmp_path))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    other.locator("#load").set_input_files([FilePayload(name=name, mimeType="", buffer=buffer.getvalue())])
    other.get_by_text(sha(PDF)).first.wait_for(state="attached")
    assert list(saved_zip(other)[1].values())[1:] == [PDF]


def test_an_empty_file_is_not_added_and_the_reason_is_told(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    page.locator('[data-files="items/1.2/evidence"]').set_input_files(
        [FilePayload(name="leer.pdf", mimeType="", buffer=b"")]
    )
    page.get_by_text(words("file_empty", name="leer.pdf")).wait_for(state="attached")


def test_without_files_the_response_is_saved_as_before(page: Page, tmp_path: Path) -> None:
    opened(page, written(tmp_path))
    choose(page, "1.2", "conform")
    with page.expect_download() as expected:
        press(page, "save")
    assert expected.value.suggested_filename.endswith(".yaml")


def test_what_the_page_saves_is_taken_apart_by_collect(
    page: Page,
    asked: Campaign,  # noqa: F811 - the fixture
) -> None:
    assert asked.run("issue", "--format", "html,yaml").code == 0
    (form,) = asked.root.glob("outbox/*/张三_*.html")
    opened(page, form)
    choose(page, "2.2", "conform")
    press(page, "check")
    assert words("gap_no-evidence") in outcome(page)
    add(page, "items/2.2", ("声明.jpg", JPEG))
    press(page, "check")
    assert words("gap_no-evidence") not in outcome(page)
    with page.expect_download() as expected:
        press(page, "save")
    expected.value.save_as(asked.root / "inbox" / expected.value.suggested_filename)
    told = {file["file"].rpartition("/")[2]: file for file in asked.run("collect", "--json").data["files"]}
    assert told["声明.jpg"]["outcome"] == "evidence"
    assert not any(gap["code"].startswith("evidence.") for file in told.values() for gap in file["gaps"])
    (row,) = asked.run("evidence", "list", "--json").data["evidence"]
    assert (row["name"], row["evidence"]["place"], row["evidence"]["sha256"]) == ("张三", "2.2", sha(JPEG))
