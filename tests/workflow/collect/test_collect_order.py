"""What the ledger keeps depends on what came back, not on when, in which order or in how many goes it did."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.collect.result import Collected
from selfaudit.workflow.common.listener import Silent
from tests.support.campaign import Campaign, timeless
from tests.support.filling import FINDING
from tests.support.folders import zipped

pytestmark = pytest.mark.slow

Mail = tuple[str, bytes]

WORDS = {"conform": "符合", "problem": "发现问题", "not_applicable": "不适用", "unchecked": "未查"}


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """Draw one filled form: whose, by whom, when, what it says, and how it was saved."""
    name = draw(st.sampled_from(["张三", "技术部"]))
    places = ["2.1 a", "2.2"] if name == "张三" else ["1.1 a", "1.2"]
    said = {place: draw(st.sampled_from(list(WORDS.values()))) for place in places}
    finding = {**FINDING, "item": places[0].partition(" ")[0]}
    return {
        "name": name,
        "by": draw(st.sampled_from(["张三", "甲", ""])),
        "on": draw(st.sampled_from(["2023-11-05", "2023-11-06", "2023-11-06 09:30", ""])),
        "answers": said,
        "notes": draw(st.sampled_from([{}, {places[1]: "无此业务"}])),
        "findings": draw(st.sampled_from([[], [finding]])),
        "declaration": draw(st.sampled_from(["同意", ""])),
        "encoding": draw(st.sampled_from(["utf-8", "utf-8", "gbk", "utf-8-sig"])),
    }


rubbish = st.sampled_from([b"", b"%PDF-1.7", b"passport: TK23", "表：x".encode("gbk")])


def content(campaign: Campaign, drawn: dict[str, Any] | bytes) -> bytes:
    """Return the bytes of a drawn file."""
    if isinstance(drawn, bytes):
        return drawn
    said = {key: value for key, value in drawn.items() if key not in ("name", "encoding")}
    return campaign.filled(drawn["name"], **said).encode(drawn["encoding"])


def run(campaign: Campaign) -> Collected:
    """Collect what lies in the inbox."""
    return collect(Workspace(campaign.root), [], Silent())


def says(campaign: Campaign) -> dict[str, Any]:
    """Return what the ledger says, without times and without what tells which of two equal files came first."""
    columns = "respondent, digest, passport, filled_by, filled_on, content, gaps"
    responses = campaign.rows(f"SELECT {columns} FROM responses ORDER BY respondent, digest")  # noqa: S608 - as above
    return {
        "responses": [row[:-1] for row in responses],
        "gaps": [sorted((code, json.dumps(args)) for code, _, _, args, *_ in json.loads(row[-1])) for row in responses],
        "originals": campaign.rows("SELECT sha256, size, outcome, respondent, digest FROM originals ORDER BY sha256"),
        "shown": campaign.rows("SELECT respondent, digest, rivals FROM shown ORDER BY respondent"),
        "merged": timeless((campaign.root / "merged.yaml").read_text(encoding="utf-8")),
        "received": campaign.received(),
    }


def order_matters(drawn: list[dict[str, Any] | bytes]) -> bool:
    """Return whether it counts who was first, or which of two forms of one day, or without a date, came later."""
    forms = [one for one in drawn if isinstance(one, dict)]
    people = {(one["name"], one["by"]) for one in forms}
    days = {(one["name"], one["on"][:10]) for one in forms if one["on"]}
    said = {json.dumps({**one, "encoding": ""}, sort_keys=True) for one in forms}
    return len(people) > len({name for name, _ in people}) or len(days) < len(said)


@settings(max_examples=4, deadline=None)
@given(data=st.data(), drawn=st.lists(files() | rubbish, min_size=1, max_size=6))
def test_any_order_and_any_split_into_runs_keeps_the_same_and_shows_it_unless_the_order_counts(
    issued: Campaign, data: st.DataObject, drawn: list[dict[str, Any] | bytes]
) -> None:
    order = data.draw(st.permutations(range(len(drawn))), "order")
    new_run = data.draw(st.lists(st.booleans(), min_size=len(drawn), max_size=len(drawn)), "new run before")
    packed = data.draw(st.booleans(), "in zips")
    with TemporaryDirectory() as folder:
        at_once, in_parts = issued.copy(Path(folder) / "at once"), issued.copy(Path(folder) / "in parts")
        for n, one in enumerate(drawn):
            at_once.receive(f"{n}.yaml", content(issued, one))
        run(at_once)
        for n, which in enumerate(order):
            if new_run[n]:
                run(in_parts)
            name, body = f"{n}-{which}.yaml", content(issued, drawn[which])
            in_parts.receive(f"{n}.zip" if packed else name, zipped({name: body}) if packed else body)
        run(in_parts)
        kept, all_at_once = says(in_parts), says(at_once)
        if not order_matters(drawn):
            assert kept == all_at_once
        for name in ("responses", "gaps", "originals", "received"):
            assert kept[name] == all_at_once[name]
        # and again changes nothing, not even the journal
        before = in_parts.ledger(), in_parts.journal()
        assert all(result.outcome == "rejected" for result in run(in_parts).results)
        assert (in_parts.ledger(), in_parts.journal()) == before
        in_parts.verify_journal()


@settings(max_examples=4, deadline=None)
@given(drawn=st.lists(files(), min_size=1, max_size=5))
def test_every_response_ever_accepted_stays_in_the_history(issued: Campaign, drawn: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        campaign = issued.copy(Path(folder) / "campaign")
        kept: set[tuple[Any, ...]] = set()
        for n, one in enumerate(drawn):
            campaign.receive(f"{n}.yaml", content(issued, one))
            run(campaign)
            now = set(campaign.rows("SELECT respondent, digest, content FROM responses"))
            assert kept <= now
            kept = now
        # whatever is contested or shown is one of them, and exactly one is shown
        for respondent, digest, rivals in campaign.rows("SELECT respondent, digest, rivals FROM shown"):
            digests = {row[1] for row in kept if row[0] == respondent}
            assert {digest, *json.loads(rivals)} <= digests
            assert digest not in json.loads(rivals)


class CutOff(Silent):
    """Stops a run after its first file, as somebody who kills the command would."""

    def step(self, _count: int = 1) -> None:
        """Stop."""
        raise KeyboardInterrupt


def test_files_that_came_together_stay_together_when_the_run_is_cut_off_between_them(
    issued: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfaudit.workflow.collect.collect.BATCH", 1)
    campaign = issued.copy(tmp_path / "campaign")
    for clue in ("甲", "乙"):
        campaign.receive(f"{clue}.yaml", campaign.filled("张三", clues=clue))
    with pytest.raises(KeyboardInterrupt):
        collect(Workspace(campaign.root), [], CutOff())
    assert len(campaign.rows("SELECT * FROM responses")) == 1
    run(campaign)
    assert campaign.run("status", "--json").data["conflicts"]
    # what comes later is of another run
    campaign.receive("again.yaml", campaign.filled("李四"))
    run(campaign)
    assert campaign.rows("SELECT run FROM responses ORDER BY run") == [(1,), (1,), (2,)]
