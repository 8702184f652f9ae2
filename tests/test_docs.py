"""What the documents promise is what the program does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import checks_docs, messages
from selfaudit.base.canonical import canonical_json
from selfaudit.cli.app import COMMANDS, command
from selfaudit.model.form.response import Response, content_hash
from selfaudit.model.progress.paper import content_code
from selfaudit.workflow.kits import SCHEMAS, schema_text
from tests.support.program import environment

ROOT = Path(__file__).resolve().parent.parent
VECTORS = json.loads((ROOT / "docs" / "content-vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_the_one_the_program_prints(name: str) -> None:
    committed = (ROOT / "docs" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(name) + "\n"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["about"])
def test_the_content_hash_follows_its_specification(vector: dict[str, str]) -> None:
    assert canonical_json(vector["content"]).decode() == vector["canonical"]
    assert content_hash(vector["content"]) == vector["hash"]  # type: ignore[arg-type]
    assert content_code(vector["hash"]) == vector["code"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["about"])
def test_the_model_of_a_response_accepts_every_canonical_content(vector: dict[str, str]) -> None:
    assert Response.model_validate(vector["content"]).passport == "FC23-7K2M9QXA-4T0B-66"


def test_the_reference_of_commands_is_that_of_the_program() -> None:
    # a process of its own: what the help says is settled, language and all, when the commands are imported
    script = [sys.executable, str(ROOT / "scripts" / "cli_docs.py"), "check"]
    done = subprocess.run(script, env=environment(), capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_reference_of_data_checks_is_that_of_the_kits() -> None:
    page = (ROOT / "docs/checks.md").read_text(encoding="utf-8")
    assert page == checks_docs.reference()
    assert "**A signal is a question to a\nperson, not a verdict.**" in page
    for path in ROOT.glob("checklists/*/data-checks/*.yaml"):
        assert f'<a id="{path.stem.lower()}"></a>{path.stem} ' in page


def test_an_argument_that_may_be_repeated_has_one_ellipsis() -> None:
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    assert "…..." not in text
    assert "selfaudit findings set [OPTIONS] FINDING... FIELD=TEXT...\n" in text


def test_every_module_of_commands_is_a_command_and_no_other_is() -> None:
    folder = ROOT / "src" / "selfaudit" / "cli" / "commands"
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert set(COMMANDS) == {path.stem for path in folder.glob("*.py")} - {"__init__"} | packages
    for name in COMMANDS:
        assert command(name).help


@pytest.mark.slow
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_catalogue_is_complete_and_up_to_date(language: str) -> None:
    catalog = messages.translated(language, messages.extracted())
    assert list(messages.flaws(language, catalog)) == []
    assert messages.po_path(language).read_bytes() == messages.text_of(catalog)
