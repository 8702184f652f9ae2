"""The status page and the pages of an archive fit every screen, and can be read by ear as well."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.pages import Archived, pages
from tests.support.campaign import Campaign

pytestmark = pytest.mark.slow

WIDTHS = (360, 768, 1360)


@pytest.fixture(scope="module")
def written(answered: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of the small campaign."""
    folder = tmp_path_factory.mktemp("pages")
    assert answered.run("status", "--html", folder / "status.html").code == 1
    workspace = Workspace(answered.root)
    (folder / "pages").mkdir()
    with workspace.reading() as ledger:
        for name, data in pages(Archived(workspace, ledger, (), str, redacted=False)):
            (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "status",
        "index",
        "pages/report",
        "pages/items",
        "pages/item-1",
        "pages/people-1",
        "pages/findings-1",
        "pages/journal",
    ],
)
def test_a_page_fits_every_screen_and_is_read_by_ear(name: str, written: Path, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": WIDTHS[0], "height": 800})
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto((written / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).response["violations"] == []
