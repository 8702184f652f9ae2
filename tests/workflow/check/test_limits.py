"""Questions that take all they can get cost themselves and nothing else."""

from datetime import date
from typing import Any

import pytest

from selfaudit.store.workspace import Workspace
from selfaudit.workflow.check.run import Asked, run_checks
from selfaudit.workflow.common import supervised
from selfaudit.workflow.common.listener import Silent
from tests.support.campaign import Campaign
from tests.workflow.check.conftest import check, write

# what an interrupt stops, what takes all memory, and what has to be ended
ATTACKS = {
    "X2": ("SELECT count(*) FROM range(100000) a, range(100000) b, range(100000) c", {"time"}),
    "X3": ("SELECT list_sum(list_sort(range(500000000)))", {"memory", "time"}),
    "X4": ("SELECT max(len(regexp_replace(repeat('ab', 500), '(a*)*b', 'x', 'g'))) FROM range(9000000000)", {"time"}),
}


@pytest.mark.slow
def test_what_takes_too_much_is_stopped_and_the_next_check_runs(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervised, "GRACE", 1.0)
    asked = "SELECT 'P' AS project, '1' AS id_number, 'x' AS decider, 1 AS twice, a.x > $days AS signal FROM ({}) a(x)"
    attacks: list[dict[str, Any]] = [check(id_, sql=asked.format(sql)) for id_, (sql, _) in ATTACKS.items()]
    write(campaign, *attacks, check("X9"))
    done = run_checks(Workspace(campaign.root), Asked(), date(2026, 11, 28), Silent(), limit=0.5)
    outcomes = {line.check.id: line.outcome for line in done.lines}
    assert {id_ for id_, (_, reasons) in ATTACKS.items() if outcomes[id_].reason not in reasons} == set()
    assert [outcomes[id_].signals for id_ in ("X1", "X9")] == [1, 1]
    assert list((campaign.root / ".selfaudit" / "check").iterdir()) == []
