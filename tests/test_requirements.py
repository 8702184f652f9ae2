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
    entries = [line.partition(" --hash")[0].strip() for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, entries)}


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


@pytest.mark.parametrize("name", [RUN, DEV, BENCH])
def test_every_pin_has_hashes_and_nothing_names_an_address(name: str) -> None:
    text = (TOP / "requirements" / name).read_text(encoding="utf-8")
    entries = re.findall(r"^[a-z].*(?:\n    --hash=.*)*", text, re.MULTILINE)
    # a package may be pinned twice, for older and newer releases of Python
    assert {canonicalize_name(re.split(r"==|\[", entry)[0]) for entry in entries} == pins(name).keys()
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|-url|find-links| @ ", text)
