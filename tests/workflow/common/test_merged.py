"""``merged.yaml`` says what was said, whatever was said, to any reader of YAML."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.base.text import clean
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.common.listener import Silent
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.readers import both_readers

PLACES = ("2.1 a", "2.1 b", "2.2", "2.3")
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), max_size=60)
signs = st.text("[]{}\"':#|>-,!&*%@` 是\\\n", max_size=60)


def quoted(text: str) -> str:
    """Return a text between double quotes, with escapes for what nobody could see there."""
    return re.sub("[\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def merged(campaign: Campaign, **said: Any) -> dict[str, Any]:
    """Collect one form of 张三 and return what ``merged.yaml`` says of it."""
    campaign.receive("张三.yaml", campaign.filled("张三", **said))
    (result,) = collect(Workspace(campaign.root), [], Silent()).results
    assert result.errors == ()
    (response,) = both_readers(campaign.root / "merged.yaml")["responses"]
    return dict(response)


@settings(max_examples=25, deadline=None)
@given(notes=st.lists(texts | signs, min_size=1, max_size=4), fact=texts | signs)
def test_whatever_somebody_writes_is_in_merged_yaml_as_it_was_written(
    issued: Campaign, notes: list[str], fact: str
) -> None:
    said = dict(zip(PLACES, notes, strict=False))
    with TemporaryDirectory() as folder:
        response = merged(
            issued.copy(Path(folder) / "campaign"),
            notes={place: quoted(note) for place, note in said.items()},
            findings=[{**FINDING, "fact": fact}],
        )
    read = {}
    for item in response["items"]:
        for part in item.get("parts", [item]):
            read[f"{item['id']} {part['id']}" if "parts" in item else item["id"]] = part.get("note", "")
    assert {place: read[place] for place in said} == {place: clean(note) for place, note in said.items()}
    assert response["findings"][0].get("fact", "") == clean(fact)


def test_many_open_brackets_do_not_spoil_merged_yaml(campaign: Campaign) -> None:
    findings = [{**FINDING, "number": str(n), "fact": "[{" * 20} for n in range(1, 20)]
    response = merged(campaign, answers={"2.1 a": "发现问题"}, findings=findings)
    assert [finding["fact"] for finding in response["findings"]] == ["[{" * 20] * 19
