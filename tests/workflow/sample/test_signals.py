"""Signals of data checks count for the files that their keys name, and what is not counted is told."""

from pathlib import Path

from selfaudit.model.data.outcome import Outcome
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import CaseFile
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.state.signals import keep
from selfaudit.workflow.sample.signals import signals_on_files, with_signals
from tests.support.campaign import Campaign
from tests.workflow.sample.test_sample import PLAN
from tests.workflow.verdicts.data import ran, signal

FACTORS = [
    {"id": "seen", "title": "疑点", "points": "3", "signals": ["D1", "D2"], "why": "数据"},
    {"id": "unseen", "title": "其他疑点", "points": "1", "signals": ["D2"], "why": "数据"},
]


def test_signals_count_for_the_files_they_name_and_checks_that_did_not_run_are_named(
    issued: Campaign, tmp_path: Path
) -> None:
    population = {**PLAN["population"], "signals_by": {"project": "file"}}
    plan = SamplePlan.model_validate({**PLAN, "factors": FACTORS, "population": population})
    files = [CaseFile("P1", {}, {}), CaseFile("P2", {}, {})]
    workspace = ran(issued.copy(tmp_path / "c"), signal("ｐ1"), signal("P9"))
    data = data_of(workspace, workspace.load())
    with workspace.reading() as ledger:
        counted, told = signals_on_files(workspace, ledger, plan, data, files)
    assert [one.factors for one in with_signals(plan, files, counted)] == [
        {"seen": 1, "unseen": None},
        {"seen": 0, "unseen": None},
    ]
    assert [one.message for one in told] == [
        "“疑点” counts no signals of D2: they did not run",
        "“其他疑点” counts no signals of D2: they did not run",
    ]


def test_of_checks_that_could_not_run_it_is_told_what_the_registers_lack_and_not_to_run_them_again(
    issued: Campaign, tmp_path: Path
) -> None:
    plan = SamplePlan.model_validate({**PLAN, "factors": FACTORS[1:]})
    workspace = ran(issued.copy(tmp_path / "c"))
    data = data_of(workspace, workspace.load())
    outcome = Outcome(check="D2", state="not_run", reason="register-missing", missing=("audits",))
    with workspace.writing(lambda: None, "陈静") as ledger:
        keep(workspace, ledger, [(outcome, ())], "陈静")
        (told,) = signals_on_files(workspace, ledger, plan, data, [CaseFile("P1", {}, {})])[1]
    title = data.kit.registers["audits"].title
    assert told.message == f"“其他疑点” counts no signals of D2, which could not be run: register missing {title}"
