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
from hypothesis import example, given, settings
from hypothesis import strategies as st

from selfaudit.base.problems import UserError
from selfaudit.base.text import clean
from selfaudit.files.incoming import Incoming
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import drop_shown
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.collect.worker import parse
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.common.merged.records import block
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.contradictions.choosing import Choice, resolve
from selfaudit.workflow.export.export import export
from selfaudit.workflow.issue.issue import issue
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.readers import both_readers
from tests.support.tiny import ROSTER

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


@settings(max_examples=6, deadline=None)
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


ROOMY = ROSTER.replace(
    "people:\n",
    "  - {id: X, name: 新部, kind: department}\npeople:\n  - {id: P9, name: 新人, unit: X, posts: [审核员]}\n",
)
"""A unit more than in the usual roster, which answers nothing itself and has only one person."""

EDITS = {
    "a person leaves": ("  - {id: P1, name: 张三, unit: A, posts: [审核员]}\n", ""),
    "a person moves": ("name: 李四, unit: B", "name: 李四, unit: A"),
    "a person comes first": ("people:\n", "people:\n  - {id: P0, name: 零, unit: A, posts: [审核员]}\n"),
    "the only person moves": ("name: 新人, unit: X", "name: 新人, unit: A"),
    "a unit is renamed": ("name: 北京分公司", "name: 首都分公司"),
    "a unit goes below another": ("name: 审核部,", "name: 审核部, parent: T,"),
    "the body is renamed": ("name: 某认证公司", "name: 某某认证公司"),
}
answers = st.fixed_dictionaries({"2.1 a": st.sampled_from(["符合", "发现问题"]), "2.2": st.sampled_from(["未查", ""])})
steps = st.one_of(
    st.tuples(
        st.just("collect"), st.sampled_from(["张三", "李四", "王五", "新人", "技术部"]), answers, st.integers(1, 9)
    ),
    st.tuples(st.just("edit"), st.sampled_from(sorted(EDITS))),
    st.tuples(st.just("resolve"), st.sampled_from(["张三", "李四"]), st.integers(1, 2)),
    st.tuples(st.just("spoil"), st.sampled_from([b"", b"format: x\n"])),
    st.tuples(st.just("lose")),
)


@pytest.fixture(scope="module")
def roomy(fresh: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign with a unit of one person, in which everybody has got a form; to be copied, not changed."""
    assert [name for name, (old, _) in EDITS.items() if ROOMY.count(old) != 1] == []
    made = fresh.copy(tmp_path_factory.mktemp("roomy") / "campaign")
    (made.root / "roster.yaml").write_text(ROOMY, encoding="utf-8")
    assert made.run("issue").code == 0
    return made


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


@settings(max_examples=6, deadline=None)
@given(life=st.lists(steps, min_size=1, max_size=6))
@example(life=[("collect", "新人", {"2.1 a": "符合", "2.2": ""}, 1), ("edit", "the only person moves")])
def test_after_any_life_of_a_campaign_merged_yaml_is_what_is_written_anew(
    roomy: Campaign, life: list[tuple[Any, ...]]
) -> None:
    with TemporaryDirectory() as folder, patch("selfaudit.workflow.collect.worker.read_all", read_here):
        campaign = roomy.copy(Path(folder) / "campaign")
        workspace = Workspace(campaign.root)
        for step in life:
            take(workspace, campaign, roomy, step)
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
    with patch("selfaudit.workflow.common.merged.merging.block", wraps=block) as made:
        campaign.receive("李四 2.yaml", campaign.filled("李四", answers={"2.2": "发现问题"}, on="2023-11-06"))
        collect(workspace, [], Silent())
        assert [call.args[0]["name"] for call in made.call_args_list] == ["李四"]
    assert campaign.answers("李四")["2.2"] == "problem"
    assert path.read_bytes() != before


def test_somebody_renamed_has_their_block_alone_made_again(campaign: Campaign) -> None:
    for name in ("张三", "李四", "王五"):
        campaign.receive(f"{name}.yaml", campaign.filled(name))
    workspace = Workspace(campaign.root)
    collect(workspace, [], Silent())
    campaign.edit("roster.yaml", "name: 王五", "name: 王六")
    with patch("selfaudit.workflow.common.merged.merging.block", wraps=block) as made:
        issue(workspace, Selection(), ("yaml",), Silent())
        collect(workspace, [], Silent())
        assert [call.args[0]["name"] for call in made.call_args_list] == ["王六"]
    assert [*campaign.merged()] == ["张三", "李四", "王六"]


def test_a_response_that_is_shown_no_longer_leaves_merged_yaml(answered_campaign: Campaign) -> None:
    workspace = Workspace(answered_campaign.root)
    assert "张三" in answered_campaign.merged()
    with Ledger.open(answered_campaign.root / "campaign.db") as ledger, ledger.change("test"):
        drop_shown(ledger, "person:P1")
    collect(workspace, [], Silent())
    assert "张三" not in answered_campaign.merged()
    kept = workspace.merged_file.read_bytes()
    assert export(workspace, "yaml", None, Silent()).path.read_bytes() == kept


def test_a_unit_whose_forms_are_not_out_yet_has_no_items_in_the_roll_up(new_campaign: Campaign) -> None:
    assert new_campaign.run("issue", "--only", "张三").code == 0
    new_campaign.receive("张三.yaml", new_campaign.filled("张三"))
    assert new_campaign.run("collect").code == 0
    items = {unit["unit"]: unit["items"] for unit in both_readers(new_campaign.root / "merged.yaml")["rollup"]}
    assert items["T"] == items["B"] == []
    assert [item["id"] for item in items["A"]] == ["2.1", "2.2", "2.3"]


def test_who_returned_nothing_is_counted_apart_in_the_roll_up_waived_or_not(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三"))
    assert campaign.run("collect").code == 0
    assert campaign.run("answer", "waive", "李四", "--reason", "病假", "--by", "王一").code == 0
    body = both_readers(campaign.root / "merged.yaml")["rollup"][-1]
    said = {item.pop("id"): item for item in body["items"]}
    assert said["2.1"]["missing"] >= 1
    assert "unchecked" not in said["2.1"]
    assert said["2.1"]["overall"] != "unchecked"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE merged SET size = size + 100000 WHERE respondent = 'person:P3'",
        "UPDATE merged SET position = -position",
    ],
)
def test_a_ledger_that_does_not_fit_merged_yaml_costs_no_more_than_time(campaign: Campaign, damage: str) -> None:
    for name in ("张三", "李四", "王五"):
        campaign.receive(f"{name}.yaml", campaign.filled(name))
    workspace = Workspace(campaign.root)
    collect(workspace, [], Silent())
    campaign.rows(damage)
    campaign.receive("李四 2.yaml", campaign.filled("李四", notes={"2.2": "已核对"}, on="2023-11-06"))
    ran = campaign.run("collect")
    assert ran.code == 0, ran.said
    assert campaign.merged()["李四"]["filled_on"] == "2023-11-06"
    kept = workspace.merged_file.read_bytes()
    assert export(workspace, "yaml", None, Silent()).path.read_bytes() == kept
