"""The wheel works by itself: built from the sdist, installed without the checkout, run from another folder."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from selfaudit import __version__

pytestmark = pytest.mark.slow

TOP = Path(__file__).resolve().parent.parent
KIT = "fake-cert-2023"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SELFAUDIT", "COV"))}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program and return what it prints; a failure shows everything it said."""
    done = subprocess.run(
        command, cwd=cwd, env=CLEAN | {"PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command} gave {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the sdist, so that whatever the sdist lacks the wheel lacks too."""
    dist = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", dist, TOP, cwd=dist)
    (built,) = dist.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and, by a path file, its dependencies.

    Path files of a folder named in a path file are not read, so the checkout's editable install stays out.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    python = home / SCRIPTS / Path(sys.executable).name
    if not python.exists():
        python = home / SCRIPTS / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=home)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site) / "dependencies.pth").write_text("\n".join(sorted(dependencies)), encoding="utf-8")
    return python.parent


def test_the_wheel_holds_kits_templates_and_catalogues(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    expected = {
        path.relative_to(top).as_posix()
        for top, folder in ((TOP / "src", "selfaudit"), (TOP, "checklists"), (TOP, "templates"))
        for path in (top / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith((".", "~"))
    }
    packed = {name if name.startswith("selfaudit/") else f"selfaudit/{name}" for name in expected}
    assert packed <= set(names)
    assert f"selfaudit/checklists/{KIT}/campaign.yaml" in names
    assert "selfaudit/locales/zh_CN/LC_MESSAGES/selfaudit.mo" in names
    assert "selfaudit/py.typed" in names


def test_the_installed_package_is_the_wheel_and_not_the_checkout(programs: Path, tmp_path: Path) -> None:
    where = run(programs / "python", "-c", "import selfaudit; print(selfaudit.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(programs.parent)


def test_the_program_and_the_module_tell_the_same_version(programs: Path, tmp_path: Path) -> None:
    said = run(programs / "selfaudit", "--version", cwd=tmp_path)
    assert said == run(programs / "python", "-m", "selfaudit", "--version", cwd=tmp_path)
    assert __version__ in said


def test_the_installed_program_speaks_chinese_and_english(programs: Path, tmp_path: Path) -> None:
    chinese, english = (run(programs / "selfaudit", "--lang", lang, "--help", cwd=tmp_path) for lang in ("zh_CN", "en"))
    assert "收回" in chinese
    assert "Options" in english
    assert not re.search(r"[\u4e00-\u9fff]", english)


def test_the_shipped_kit_is_listed_and_starts_a_campaign_anywhere(programs: Path, tmp_path: Path) -> None:
    assert KIT in run(programs / "selfaudit", "checklist", "list", cwd=tmp_path)
    run(programs / "selfaudit", "init", "自查 2023", "--kit", KIT, cwd=tmp_path)
    assert (tmp_path / "自查 2023" / "campaign.yaml").is_file()
    assert any((tmp_path / "自查 2023" / "checklists").rglob("*.yaml"))
