"""One archive of the small campaign, made once; tests change copies of it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.support.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Made:
    """A campaign, and its archive with the seal beside it."""

    campaign: Campaign
    zip: Path

    @property
    def seal(self) -> Path:
        return self.zip.with_name(f"{self.zip.name}.sha256")

    def copy(self, folder: Path) -> "Made":
        folder.mkdir(exist_ok=True)
        for path in (self.zip, self.seal):
            shutil.copy(path, folder)
        return Made(self.campaign, folder / self.zip.name)


@pytest.fixture(scope="session")
def archived(answered: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """An archive of a campaign with answers; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("archived")
    made = answered.copy(folder / "campaign")
    (made.root / "later" / "inside").mkdir(parents=True)
    (made.root / "later" / "inside" / "100% 证据?.txt").write_text("一\n", encoding="utf-8")
    pages = [Image.new("L", (60, 90), shade) for shade in (255, 0, 128)]
    pages[0].save(made.root / "later" / "附件.pdf", save_all=True, append_images=pages[1:])
    ran = made.run("archive", "create", "-o", folder / "kept.zip")
    assert ran.code == 0, ran.said
    return Made(made, folder / "kept.zip")


@pytest.fixture
def copied(archived: Made, tmp_path: Path) -> Made:
    """A copy of that archive and its seal, to be changed."""
    return archived.copy(tmp_path / "copied")
