"""The requirement files pin by hash everything the project asks for, and tell no address."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED: list[str] = PYPROJECT["project"]["dependencies"]
RUN, DEV, BENCH = "run.txt", "dev.txt", "bench.txt"


def pins(name: str) -> dict[str, Requirement]:
    """The pinned packages of a requirement file by name."""
    lines = (TOP / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    found = [line.partition(" --hash")[0].strip() for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, found)}


def entries(name: str) -> list[str]:
    """Each pin of a requirement file with the lines of its hashes."""
    text = (TOP / "requirements" / name).read_text(encoding="utf-8")
    return re.findall(r"^[a-z].*(?:\n    --hash=.*)*", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (RUN, NEEDED),
        (DEV, NEEDED + PYPROJECT["dependency-groups"]["dev"]),
        (BENCH, PYPROJECT["dependency-groups"]["bench"]),
    ],
    ids=[RUN, DEV, BENCH],
)
def test_what_the_project_asks_for_is_pinned_to_a_release_that_fits(name: str, asked: list[str]) -> None:
    pinned = pins(name)
    for wanted in map(Requirement, asked):
        (pin,) = pinned[canonicalize_name(wanted.name)].specifier
        assert pin.operator == "=="
        assert wanted.specifier.contains(pin.version)


def test_both_files_pin_the_same_releases() -> None:
    developing = pins(DEV)
    assert {name: str(pin.specifier) for name, pin in pins(RUN).items()}.items() <= {
        name: str(pin.specifier) for name, pin in developing.items()
    }.items()


def test_the_benchmarks_compare_with_the_releases_that_are_used() -> None:
    ours, theirs = pins(DEV), pins(BENCH)
    both = {"duckdb", "openpyxl", "python-calamine"}
    assert {name: str(theirs[name].specifier) for name in both} == {name: str(ours[name].specifier) for name in both}


def test_a_release_has_the_same_hashes_in_every_file() -> None:
    hashes: dict[str, set[str]] = {}
    for name in (RUN, DEV, BENCH):
        for entry in entries(name):
            release = re.sub(r"\[[^]]*\]", "", entry.partition("\n")[0].rstrip("\\ "))
            found = set(re.findall(r"sha256:([0-9a-f]{64})", entry))
            assert hashes.setdefault(release.partition(" ")[0], found) == found, release


@pytest.mark.parametrize("name", [RUN, DEV, BENCH])
def test_every_pin_has_hashes_and_nothing_names_an_address(name: str) -> None:
    text = (TOP / "requirements" / name).read_text(encoding="utf-8")
    # a package may be pinned twice, for older and newer releases of Python
    assert {canonicalize_name(re.split(r"==|\[", entry)[0]) for entry in entries(name)} == pins(name).keys()
    assert all("--hash=sha256:" in entry for entry in entries(name))
    assert not re.search(r"://|-url|find-links| @ ", text)
