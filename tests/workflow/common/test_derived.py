"""What follows from something else is as if it were worked out again, whatever happened before; validate sees to it."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from selfaudit.base.problems import Problem
from selfaudit.store.ledger.responses import responses
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.common.derived import rebuild
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.common.state.respondents import Selection, find_respondent
from selfaudit.workflow.contradictions.choosing import Choice, resolve
from selfaudit.workflow.issue.issue import issue
from tests.support.campaign import Campaign
from tests.support.filling import fill
from tests.support.program import Ran

NAMES = ("张三", "技术部")


@dataclass(frozen=True)
class Returned:
    """A form comes back: whose, which of the questions asked so far, by whom, when, what it says, collected when."""

    name: str
    questions: int
    by: str
    on: str
    answer: str
    at_once: bool


@dataclass(frozen=True)
class Issued:
    """Questions are asked, new ones or those of an earlier time."""

    questions: int


@dataclass(frozen=True)
class Chosen:
    """Somebody says for everybody which response counts."""

    number: int


Step = Returned | Issued | Chosen
returned = st.builds(
    Returned,
    name=st.sampled_from(NAMES),
    questions=st.integers(0, 2),
    by=st.sampled_from(["张三", "甲", ""]),
    on=st.sampled_from(["2023-11-05", "2023-11-06", ""]),
    answer=st.sampled_from(["符合", "不适用", "未查"]),
    at_once=st.booleans(),
)
steps = st.lists(
    returned | st.builds(Issued, st.integers(0, 2)) | st.builds(Chosen, st.integers(1, 3)), min_size=2, max_size=8
)


# the older of two answers becomes the newer one, because its questions were asked again
ASKED_AS_BEFORE: list[Step] = [
    Returned("张三", 0, "张三", "2023-11-05", "符合", at_once=True),
    Issued(1),
    Returned("张三", 1, "张三", "2023-11-05", "不适用", at_once=True),
    Issued(0),
]


class Life:
    """A campaign in which one thing happens after the other."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.workspace = Workspace(campaign.root)
        self.asked = {path: path.read_text(encoding="utf-8") for path in self.workspace.checklists.glob("*.yaml")}
        self.forms: dict[int, dict[str, str]] = {}
        self.happen(Issued(0))

    def happen(self, step: Step) -> None:
        if isinstance(step, Returned):
            form = self.forms.get(step.questions, self.forms[0])[step.name]
            text = fill(form, by=step.by, on=step.on, answer=step.answer)
            self.campaign.receive(f"{len(list(self.workspace.inbox.iterdir()))}.yaml", text)
            if step.at_once:
                collect(self.workspace, [], Silent())
        elif isinstance(step, Issued):
            for path, text in self.asked.items():
                path.write_text(text.replace("？", "？" * (step.questions + 1)), encoding="utf-8")
            issue(self.workspace, Selection(), ("yaml",), Silent())
            forms = {name: self.campaign.form(name).read_text(encoding="utf-8") for name in NAMES}
            self.forms[step.questions] = forms
        else:
            self._choose(step.number)

    def _choose(self, number: int) -> None:
        with self.workspace.reading() as ledger:
            known = {name: len(responses(ledger, find_respondent(ledger, name)[0])) for name in NAMES}
        for name in NAMES:
            if known[name] >= number:
                resolve(self.workspace, Choice(name, number, "乙", "问过"), Silent())


def rebuilt(campaign: Campaign) -> list[Problem]:
    """Work everything out again; return what differed."""
    workspace = Workspace(campaign.root)
    with workspace.writing(lambda: None) as ledger:
        return rebuild(workspace, ledger)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(life=steps)
@example(life=ASKED_AS_BEFORE)
def test_after_any_life_of_a_campaign_everything_is_as_if_worked_out_again(issued: Campaign, life: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        alive = Life(issued.copy(Path(folder) / "campaign"))
        for step in life:
            alive.happen(step)
        collect(alive.workspace, [], Silent())
        before = alive.campaign.ledger(), alive.campaign.journal(), alive.workspace.merged_file.read_bytes()
        assert rebuilt(alive.campaign) == []
        assert (alive.campaign.ledger(), alive.campaign.journal(), alive.workspace.merged_file.read_bytes()) == before


def change(campaign: Campaign, sql: str) -> None:
    with closing(connect(campaign.root / "campaign.db")) as db, db:
        db.execute(sql)


KEY = "(SELECT key FROM respondents WHERE data LIKE '%张三%')"


@pytest.mark.parametrize(
    "what",
    ["UPDATE shown SET rivals = '[\"aa\"]'", "UPDATE shown SET digest = 'aa'", "DELETE FROM shown"],
)
def test_validate_puts_right_which_response_counts_and_says_so(
    answered_campaign: Campaign, inside: Callable[..., Ran], what: str
) -> None:
    before = answered_campaign.rows("SELECT * FROM shown ORDER BY respondent")
    change(answered_campaign, f"{what} WHERE respondent = {KEY}")
    ran = inside("validate", answered_campaign.root)
    assert ran.code == 1
    assert "the ledger pointed to the wrong response for 张三" in ran.said
    assert answered_campaign.rows("SELECT * FROM shown ORDER BY respondent") == before
    assert answered_campaign.journal()[-1][0] == "rebuild"
    answered_campaign.verify_journal()
    assert "another response" not in inside("validate", answered_campaign.root).said


def test_validate_takes_away_what_is_shown_for_somebody_who_said_nothing(answered_campaign: Campaign) -> None:
    silent = "(SELECT key FROM respondents WHERE data LIKE '%王五%')"
    change(answered_campaign, f"INSERT INTO shown VALUES ({silent}, 'aa', '[]')")  # noqa: S608 - our own
    (told,) = rebuilt(answered_campaign)
    assert told.code == "rebuilt.shown"
    assert answered_campaign.rows(f"SELECT * FROM shown WHERE respondent = {silent}") == []  # noqa: S608 - our own


def test_validate_writes_what_everybody_said_again_if_it_was_changed(answered_campaign: Campaign) -> None:
    path = answered_campaign.root / "merged.yaml"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"conform", b"problem"))
    assert path.read_bytes() != before
    assert [told.code for told in rebuilt(answered_campaign)] == ["rebuilt.merged"]
    assert path.read_bytes() == before


def test_validate_counts_again_what_units_say_together(answered_campaign: Campaign) -> None:
    before = answered_campaign.rows("SELECT * FROM merged_units ORDER BY unit")
    change(answered_campaign, "UPDATE merged_units SET people = people + 1")
    assert [told.code for told in rebuilt(answered_campaign)] == ["rebuilt.merged"]
    assert answered_campaign.rows("SELECT * FROM merged_units ORDER BY unit") == before


@pytest.mark.parametrize("lost", ["page", "zip", "zip cut short", "form in the zip"])
def test_validate_finds_what_is_handed_out_and_no_longer_whole_and_issue_writes_it_again(
    answered_campaign: Campaign, lost: str
) -> None:
    archive, other, *_ = answered_campaign.root.glob("outbox/*.zip")
    before = archive.read_bytes()
    if lost == "page":
        (archive.with_suffix("") / "index.html").unlink()
    elif lost == "zip":
        archive.unlink()
    elif lost == "zip cut short":
        archive.write_bytes(before[:-30])
    else:
        archive.write_bytes(other.read_bytes())
    (told,) = rebuilt(answered_campaign)
    assert told.code == "rebuilt.unbundled"
    assert told.message.startswith(f"the page or zip of {archive.stem} ")
    assert answered_campaign.journal()[-1] == ("rebuild", {"unbundled": [archive.stem]})
    assert answered_campaign.run("issue").code == 0
    assert archive.read_bytes() == before
    assert rebuilt(answered_campaign) == []


def test_validate_leaves_a_sound_campaign_as_it_is(answered_campaign: Campaign, inside: Callable[..., Ran]) -> None:
    before = answered_campaign.ledger(), answered_campaign.journal()
    found = json.loads(inside("validate", "--json", answered_campaign.root).out)
    assert not [problem for problem in found if problem["code"].startswith("rebuilt.")]
    assert (answered_campaign.ledger(), answered_campaign.journal()) == before
