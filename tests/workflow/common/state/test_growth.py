"""What is read of one respondent does not grow with what was decided about others, nor is the same read for each."""

import sqlite3

from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.election import elect_all
from selfaudit.workflow.common.state.history import history_of
from tests.support.campaign import Campaign

OTHERS = 200


def steps(campaign: Campaign) -> int:
    """Return how many instructions of the database the history of 李四 takes."""
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1

    with Workspace(campaign.root).reading() as ledger:
        ledger.db.set_progress_handler(step, 1)
        history_of(ledger, "person:P2", "李四")
        ledger.db.set_progress_handler(None, 1)
    return taken


def test_a_history_takes_no_longer_because_of_answers_entered_for_others_and_their_reminders(
    answered_campaign: Campaign,
) -> None:
    before = steps(answered_campaign)
    with sqlite3.connect(answered_campaign.root / "campaign.db") as db:
        for n in range(OTHERS):
            db.execute("INSERT INTO decisions VALUES ('answer-set', ?, '王', '来电', '{}', '2023-11-06')", (f"x {n}",))
            db.execute("INSERT INTO reminders VALUES ('person:P3', 'first', ?, '', '', '')", (f"2023-11-06 {n}",))
    db.close()
    assert steps(answered_campaign) == before


def test_what_is_declared_to_ask_the_same_is_read_once_for_all_who_sent_several(answered_campaign: Campaign) -> None:
    for name in ("张三", "李四", "审核部"):
        again = answered_campaign.filled(name, by=None if name != "审核部" else "经办人", on="2023-11-06")
        answered_campaign.receive(f"{name} 2.yaml", again)
    answered_campaign.run("collect")
    said: list[str] = []
    with Workspace(answered_campaign.root).writing(lambda: None, "王主任") as ledger:
        ledger.db.set_trace_callback(said.append)
        elect_all(ledger)
        ledger.db.set_trace_callback(None)
    assert len({one for one in said if one.startswith("INSERT OR REPLACE INTO shown")}) == 3
    assert sum("kind = 'editorial'" in one for one in said) == 1
