"""What data checks found is kept: the newest outcome, every signal, and whether somebody changed the file."""

from pathlib import Path

import pytest

from selfaudit.base.problems import UserError
from selfaudit.model.data.outcome import Outcome, Signal
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.soundness.verify import unsound
from selfaudit.workflow.common.state.signals import keep, outcomes, signals
from tests.support.campaign import Campaign

SIGNAL = Signal(
    check="C22", key="P1 张三", severity="severe", facts={"项目编号": "P1"}, derivation=("算式",), digest="d1"
)
RAN = Outcome(check="C22", state="ran", judged=40, signals=1, registers={"audits": 1})


@pytest.fixture
def workspace(fresh: Campaign, tmp_path: Path) -> Workspace:
    """A small campaign in which the check has run."""
    made = Workspace(fresh.copy(tmp_path / "c").root)
    assert run(made, RAN, [SIGNAL]) == 1
    return made


def run(workspace: Workspace, outcome: Outcome, found: list[Signal]) -> int:
    with workspace.writing(lambda: None, "陈静") as ledger:
        return keep(workspace, ledger, [(outcome, found)], "陈静")


def newest(workspace: Workspace) -> Outcome:
    with workspace.reading() as ledger:
        return outcomes(ledger)["C22"].outcome


def test_signals_are_read_as_they_were_found(workspace: Workspace) -> None:
    assert newest(workspace).kept == 1
    assert signals(workspace, newest(workspace)) == [SIGNAL]
    assert unsound(workspace) == []


def test_the_same_outcome_again_is_no_new_version(workspace: Workspace) -> None:
    before = workspace.reading().journal()
    assert run(workspace, RAN, [SIGNAL]) == 0
    with workspace.reading() as ledger:
        assert outcomes(ledger)["C22"].version == 1
        assert ledger.journal() == before


def test_what_a_check_found_before_stays_and_what_no_outcome_names_goes(workspace: Workspace) -> None:
    first = newest(workspace)
    stray = workspace.path(workspace.signals_name("f" * 64))
    stray.write_bytes(b"{}\n")
    run(workspace, RAN.model_copy(update={"signals": 0}), [])
    assert newest(workspace).file == ""
    assert signals(workspace, first) == [SIGNAL]
    assert not stray.exists()


def test_a_file_that_somebody_changed_is_not_believed(workspace: Workspace) -> None:
    path = workspace.path(workspace.signals_name(newest(workspace).file))
    path.write_text(path.read_text(encoding="utf-8").replace("severe", "minor"), encoding="utf-8")
    with pytest.raises(UserError) as told:
        signals(workspace, newest(workspace))
    assert [problem.code for problem in told.value.problems] == ["check.signals-changed"]
    assert [problem.code for problem in unsound(workspace)] == ["original.changed"]
    path.unlink()
    assert [problem.code for problem in unsound(workspace)] == ["original.signals-lost"]
