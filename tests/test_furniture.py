"""What the forge reads, which nobody runs here: it must at least fit what the project says elsewhere."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.test_requirements import DEV, pins

TOP = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FORMS = sorted((TOP / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def load(path: Path) -> Any:
    """Read a YAML file of the checkout."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_the_forge_tests_the_oldest_and_the_newest_python_that_are_promised(system: str) -> None:
    named = [re.search(r":: (3\.\d+)$", line) for line in PROJECT["classifiers"]]
    promised = [found[1] for found in named if found]
    assert PROJECT["requires-python"] == f">={promised[0]}"
    job = load(TOP / ".github" / "workflows" / "ci.yml")["jobs"][system]
    assert job["strategy"]["matrix"]["python"] == [promised[0], promised[-1]]


def test_windows_runs_every_check_that_make_lint_runs() -> None:
    recipe = re.search(r"(?m)^lint:.*\n((?:\t.*\n)+)", (TOP / "Makefile").read_text(encoding="utf-8"))
    assert recipe
    wanted = [line.strip().replace("$(BIN)/", "").replace("$(PY)", "python") for line in recipe[1].splitlines()]
    steps = [step.get("run", "") for step in load(TOP / ".github" / "workflows" / "ci.yml")["jobs"]["windows"]["steps"]]
    assert [command for command in wanted if command not in steps] == []


def test_the_hooks_before_a_commit_are_the_pinned_tools_of_the_project() -> None:
    (repository,) = load(TOP / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    tools = {"lint-imports": "import-linter", "python": "babel"}
    for hook in repository["hooks"]:
        program, *_ = hook["entry"].split()
        assert program.startswith(".venv/bin/")
        name = program.removeprefix(".venv/bin/")
        assert tools.get(name, name) in pins(DEV)


@pytest.mark.parametrize("path", [path for path in FORMS if path.name != "config.yml"], ids=lambda path: path.stem)
def test_an_issue_form_is_one_and_warns_of_personal_data_in_both_languages(path: Path) -> None:
    form = load(path)
    assert {"name", "description", "body"} <= set(form)
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(ids) == len(set(ids)) > 0
    assert all(field["attributes"] for field in form["body"])
    assert re.search("[\u4e00-\u9fff]", form["name"])
    if path.stem != "kit":
        text = path.read_text(encoding="utf-8")
        assert "personal data" in text
        assert "个人信息" in text
