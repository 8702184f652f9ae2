"""A small campaign in which everybody has a form and a check has run, and what its next runs find."""

from datetime import date
from hashlib import sha256

from selfaudit.model.data.outcome import Outcome, Signal
from selfaudit.model.data.verdict import Standing
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.common.state.signals import keep
from selfaudit.workflow.common.state.verdicts import Now, Verdicts, deciding, verdicts
from selfaudit.workflow.verdicts.deciding import decide
from selfaudit.workflow.verdicts.desk import Decided, Wanted
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.tiny_data import CHECK, DATA

LIGHT = CHECK.replace("id: D1", "id: D2").replace("severity: major", "severity: minor")


def signal(
    key: str, *, check: str = "D1", days: str = "1", severity: str = "major", unit: str = "北京分公司"
) -> Signal:
    """A signal of the check; its digest is that of the days."""
    facts = {"项目编号": key, "人日": days, "应有人日": "4"}
    line = f"人数 50，应有 4 人日，实际 {days}"
    return Signal(
        check=check,
        key=key,
        severity=severity,
        facts=facts,
        derivation=(line,),
        digest=sha256(days.encode()).hexdigest(),
        unit=unit,
    )


def ran(campaign: Campaign, *found: Signal, check: str = "D1") -> Workspace:
    """Give the campaign the registers and checks, and keep what a run found."""
    plant(campaign.root / "checklists", DATA)
    plant(campaign.root, {"data-checks/D2.yaml": LIGHT})
    workspace = Workspace(campaign.root)
    outcome = Outcome(check=check, state="ran", judged=9, signals=len(found), registers={"audits": 1})
    with workspace.writing(lambda: None, "陈静") as ledger:
        keep(workspace, ledger, [(outcome, found)], "陈静")
    return workspace


def state(workspace: Workspace, today: date = date(2026, 7, 1)) -> Verdicts:
    """What holds of every signal on a day."""
    with workspace.reading() as ledger:
        loaded = workspace.load()
        by = deciding(workspace, ledger, Now.of(loaded, today), data_of(workspace, loaded).checks)
        return verdicts(workspace, ledger, by)


def only(workspace: Workspace, today: date = date(2026, 7, 1)) -> Standing:
    """What holds of the one signal that there is."""
    (one,) = state(workspace, today).standings
    return one


def say(workspace: Workspace, key: str, *, check: str = "D1", by: str = "陈静", **said: object) -> Decided:
    """Decide on a signal, or take that back."""
    wanted = Wanted(said.pop("said", None), str(said.pop("reason", "看过原始记录")), **said)  # type: ignore[arg-type]
    return decide(workspace, (check, key), wanted, by, Silent())
