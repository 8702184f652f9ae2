"""Campaigns that end-to-end tests begin with, each made once and copied for every test."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# whichever way pytest was started, tests find what they share
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

pytest.register_assert_rewrite("tests.support")

from selfaudit.base import i18n  # noqa: E402 - after the path is known
from selfaudit.cli.main import main  # noqa: E402
from tests.support.browser import browser, common_profile, new_page  # noqa: E402, F401 - fixtures
from tests.support.campaign import Campaign  # noqa: E402
from tests.support.filling import FINDING  # noqa: E402
from tests.support.folders import plant  # noqa: E402
from tests.support.program import Ran, run  # noqa: E402
from tests.support.tiny import EVERYBODY, KIT, ROSTER  # noqa: E402
from tests.support.warm import stop  # noqa: E402

# how long an example takes says something about the machine, not about the program; properties that want more than so
# many examples say so
settings.register_profile("selfaudit", deadline=None, max_examples=35)
settings.load_profile("selfaudit")

# what only POSIX systems can be asked
collect_ignore = [
    "workflow/collect/test_collect_posix.py",
    "store/ledger/test_read_only_posix.py",
    "cli/test_killed.py",
    "cli/test_rights_posix.py",
    "cli/test_signals.py",
    "forms/reading/test_files_posix.py",
    "forms/xlsx/test_xlsx_resaved.py",
    "word/test_pdf_posix.py",
] * (sys.platform == "win32")

LONGEST = (
    "demo/test_demo_played.py",
    "cli/test_killed.py",
    "workflow/check/test_check.py",
    "forms/reading/test_files_posix.py",
    "workflow/paper/test_paper_by_hand.py",
    "workflow/paper/test_paper_print.py",
    "forms/xlsx/test_xlsx_resaved.py",
    "store/ledger/test_read_only_posix.py",
    "workflow/test_approve.py",
    "workflow/test_validate.py",
)
"""Files that take longest; they begin first, so that no worker is alone with one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files before the others."""
    place = {Path(__file__).parent / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


@pytest.fixture(scope="session", autouse=True)
def _warm() -> Iterator[None]:
    """End the process from which runs of the program are forked."""
    yield
    stop()


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """The small kit as a folder."""
    return plant(tmp_path / "tiny", KIT)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign of the small kit in which nothing was issued; to be copied, not changed."""
    base = tmp_path_factory.mktemp("fresh")
    plant(base / "tiny", KIT)
    plant(base, {"roster.yaml": ROSTER})
    assert run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=base).code == 0
    return Campaign(base / "campaign")


@pytest.fixture(scope="session")
def issued(fresh: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign in which everybody has got a form; to be copied, not changed."""
    made = fresh.copy(tmp_path_factory.mktemp("issued") / "campaign")
    assert made.run("issue").code == 0
    return made


@pytest.fixture(scope="session")
def answered(issued: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign in which all but one have answered, one with a finding; to be copied, not changed."""
    made = issued.copy(tmp_path_factory.mktemp("answered") / "campaign")
    for name in EVERYBODY[:-1]:
        made.receive(f"{name}.yaml", made.filled(name, by="经办人" if name in EVERYBODY[:3] else name))
    said = {"answers": {"2.1 a": "发现问题"}, "findings": [FINDING]}
    made.receive("张三.yaml", made.filled("张三", **said))
    assert made.run("collect").code == 0
    return made


@pytest.fixture(scope="session")
def complete(answered: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign in which nothing is open; to be copied, not changed."""
    made = answered.copy(tmp_path_factory.mktemp("complete") / "campaign")
    said = {"answers": {"2.1 a": "发现问题"}, "findings": [{**FINDING, "cause": "疏忽"}]}
    made.receive("王五.yaml", made.filled("王五"))
    made.receive("张三 改.yaml", made.filled("张三", on="2023-11-06", **said))
    assert made.run("collect").code == 0
    plant(made.root, {"profile.yaml": "format: selfaudit/profile/1\nfacts:\n  overview: 无\n  certificates: 12\n"})
    return made


@pytest.fixture
def finished(complete: Campaign, tmp_path: Path) -> Campaign:
    """A campaign in which nothing is open; 张三 reports a problem."""
    return complete.copy(tmp_path / "campaign")


@pytest.fixture
def new_campaign(fresh: Campaign, tmp_path: Path) -> Campaign:
    """A campaign in which nothing was issued."""
    return fresh.copy(tmp_path / "campaign")


@pytest.fixture
def campaign(issued: Campaign, tmp_path: Path) -> Campaign:
    """A campaign in which everybody has got a form and nobody has answered."""
    return issued.copy(tmp_path / "campaign")


@pytest.fixture
def answered_campaign(answered: Campaign, tmp_path: Path) -> Campaign:
    """A campaign in which all but 王五 have answered; 张三 reports a problem."""
    return answered.copy(tmp_path / "campaign")


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Ran]:
    """Run the program inside the process of the test, so that the test can break something in it."""
    monkeypatch.setenv(i18n.LANGUAGE_VARIABLE, "en")
    monkeypatch.setattr(i18n, "_console", "en")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def call(*args: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return call
