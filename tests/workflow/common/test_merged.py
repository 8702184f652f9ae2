"""``merged.yaml`` says what was said, whatever was said, to any reader of YAML."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.base.problems import UserError
from selfaudit.base.text import clean
from selfaudit.files.incoming import Incoming
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.collect.worker import parse
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.common.records import block
from selfaudit.workflow.common.respondents import Selection
from selfaudit.workflow.contradictions import Choice, resolve
from selfaudit.workflow.export import export
from selfaudit.workflow.issue.issue import issue
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.readers import both_readers

pytestmark = pytest.mark.slow

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


EDITS = {
    "a person leaves": ("  - {id: P1, name: 张三, unit: A, posts: [审核员]}\n", ""),
    "a person moves": ("name: 李四, unit: B", "name: 李四, unit: A"),
    "a person comes first": ("people:\n", "people:\n  - {id: P0, name: 零, unit: A, posts: [审核员]}\n"),
    "a unit is renamed": ("name: 北京分公司", "name: 首都分公司"),
    "a unit goes below another": ("name: 审核部,", "name: 审核部, parent: T,"),
    "the body is renamed": ("name: 某认证公司", "name: 某某认证公司"),
}
answers = st.fixed_dictionaries({"2.1 a": st.sampled_from(["符合", "发现问题"]), "2.2": st.sampled_from(["未查", ""])})
steps = st.one_of(
    st.tuples(st.just("collect"), st.sampled_from(["张三", "李四", "王五", "技术部"]), answers, st.integers(1, 9)),
    st.tuples(st.just("edit"), st.sampled_from(sorted(EDITS))),
    st.tuples(st.just("resolve"), st.sampled_from(["张三", "李四"]), st.integers(1, 2)),
    st.tuples(st.just("spoil"), st.sampled_from([b"", b"format: x\n"])),
    st.tuples(st.just("lose")),
)


def read_here(ledger: Path, batches: Iterable[Sequence[Incoming]]) -> Iterator[list[Parsed]]:
    """Read returned files without a process of its own, which takes long to start."""
    with Ledger.open(ledger, writable=False) as opened:
        forms, code = Forms(opened), opened.meta("code")
        for batch in batches:
            yield [parse(item, forms.get, code) for item in batch]


def take(workspace: Workspace, campaign: Campaign, originals: Campaign, step: tuple[Any, ...]) -> None:
    """Do one thing that may happen to a campaign."""
    if step[0] == "collect":
        _, name, said, day = step
        campaign.receive(
            f"{name}.yaml", originals.filled(name, answers=said, on=f"2023-11-0{day}", by="甲" * (day % 3))
        )
        collect(workspace, [], Silent())
    elif step[0] == "edit":
        roster = workspace.roster_file
        text = roster.read_text(encoding="utf-8")
        old, new = EDITS[step[1]]
        roster.write_text(text.replace(old, new, 1) if not new or new not in text else text, encoding="utf-8")
        issue(workspace, Selection(), ("yaml",), Silent())
        collect(workspace, [], Silent())
    elif step[0] == "resolve":
        with suppress(UserError):
            resolve(workspace, Choice(step[1], step[2], "主任", "核实"), Silent())
    elif step[0] == "spoil":
        workspace.merged_file.write_bytes(step[1])
        collect(workspace, [], Silent())
    else:
        workspace.merged_file.unlink(missing_ok=True)
        collect(workspace, [], Silent())


@settings(max_examples=12, deadline=None)
@given(life=st.lists(steps, min_size=1, max_size=6))
def test_after_any_life_of_a_campaign_merged_yaml_is_what_is_written_anew(
    issued: Campaign, life: list[tuple[Any, ...]]
) -> None:
    with TemporaryDirectory() as folder, patch("selfaudit.workflow.collect.worker.read_all", read_here):
        campaign = issued.copy(Path(folder) / "campaign")
        workspace = Workspace(campaign.root)
        for step in life:
            take(workspace, campaign, issued, step)
            if not workspace.merged_file.exists():
                continue
            kept = workspace.merged_file.read_bytes()
            tables = {name: rows for name, rows in campaign.ledger().items() if "merged" in name}
            assert export(workspace, "yaml", None, Silent()).path.read_bytes() == kept, step
            assert {name: rows for name, rows in campaign.ledger().items() if "merged" in name} == tables, step


def test_a_correction_leaves_the_blocks_of_the_others_alone_and_nothing_new_the_whole_file(campaign: Campaign) -> None:
    for name in ("张三", "李四", "王五"):
        campaign.receive(f"{name}.yaml", campaign.filled(name))
    workspace = Workspace(campaign.root)
    collect(workspace, [], Silent())
    path = workspace.merged_file
    before, written = path.read_bytes(), path.stat().st_mtime_ns
    collect(workspace, [], Silent())
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, written)
    with patch("selfaudit.workflow.common.merging.block", wraps=block) as made:
        campaign.receive("李四 2.yaml", campaign.filled("李四", answers={"2.2": "发现问题"}, on="2023-11-06"))
        collect(workspace, [], Silent())
        assert [call.args[0]["name"] for call in made.call_args_list] == ["李四"]
    assert campaign.answers("李四")["2.2"] == "problem"
    assert path.read_bytes() != before
