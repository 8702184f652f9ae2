"""A field of a finding is declared once: what is declared is written, read, asked, required, printed and exported."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from selfaudit.model.finding import FINDING_FIELDS

ROOT = Path(__file__).parents[1]


ONE_MORE = """
import json
from selfaudit.model import finding

made = finding.FindingField(
    "lesson", "text", "lesson", "Lesson", "what was learnt", group="why", requirable=True, aliases="教训"
)
finding.FINDING_FIELDS += (made,)
finding.FIELD_OF["lesson"] = made

from tests.support.field_takers import told

print(json.dumps(told()))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the program makes of a field that was added to the declaration before anything read it, and nowhere else."""
    ran = subprocess.run([sys.executable, "-c", ONE_MORE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    made: dict[str, Any] = json.loads(ran.stdout)
    return made


@pytest.mark.slow
def test_one_more_field_is_written_and_read_back_in_every_format(told: dict[str, Any]) -> None:
    assert told["formats"]
    assert all(told["formats"].values()), told["formats"]
    assert told["help"]


@pytest.mark.slow
def test_one_more_field_is_known_by_its_other_words(told: dict[str, Any]) -> None:
    assert told["alias"] == "排期先核对"


def test_a_kit_may_require_one_more_field_and_a_finding_without_it_is_incomplete(told: dict[str, Any]) -> None:
    assert told["requirable"]
    assert told["gaps"] == ["finding 1 on 2.1 a lacks: lesson Complete the finding."]


def test_one_more_field_is_in_schema_report_and_workbook(told: dict[str, Any]) -> None:
    assert told["schema"]
    assert (told["word"], told["variable"]) == ("lesson", "Lesson")
    assert (told["printed"], told["sheet"]) == ("排期先核对", "排期先核对")


def test_the_page_is_told_to_ask_for_one_more_field(told: dict[str, Any]) -> None:
    asked = {"key": "lesson", "kind": "text", "label": "Lesson", "hint": "", "offered": ""}
    assert told["page"]["findingFields"][-1] == asked
    assert told["page"]["findingGroups"][1]["keys"] == ["cause", "correction", "similar", "lesson"]


def test_no_script_of_the_page_lists_the_fields_itself() -> None:
    own = {field.key for field in FINDING_FIELDS if field.kind in ("text", "line")}
    for script in (ROOT / "src/selfaudit/forms/html/page").glob("*.js"):
        text = re.sub(r"(?m)//.*$|/\*\*[^*]*\*/", "", script.read_text(encoding="utf-8"))
        named = {key for key in own if re.search(rf"""['"]{key}['"]|\.{key}\b|\b{key}:""", text)}
        assert not named, (script.name, named)


def test_every_field_has_its_words() -> None:
    for field in FINDING_FIELDS:
        assert field.word
        assert field.title
        assert field.help
    keys = [field.key for field in FINDING_FIELDS]
    assert len(keys) == len(set(keys))
