"""Worker processes: what one task does to its process costs nobody else anything."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from selfaudit.base.i18n import console_language
from selfaudit.base.problems import UserError
from selfaudit.workflow.common.pool import BROKEN, Pool, WorkerError
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.program import environment, run

pytestmark = pytest.mark.slow

_prepared: list[str] = []


def prepare(word: str) -> None:
    _prepared.append(word)


def state() -> tuple[list[str], str, int]:
    return _prepared, console_language(), os.getpid()


def halves(numbers: Sequence[int]) -> list[float]:
    if -1 in numbers:
        os._exit(1)
    return [10 / number for number in numbers]


def blamed(number: int) -> float:
    return -float(number)


def raising() -> None:
    raise KeyError("nobody thought of it")


def aborting() -> None:
    os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def leaving() -> None:
    raise SystemExit(3)


def endless() -> None:
    time.sleep(100)


def test_a_worker_is_another_process_prepared_once_and_speaks_our_language() -> None:
    with Pool(prepare=prepare, args=["ready"]) as pool:
        words, language, process = pool.run(state)
        assert (words, language) == (["ready"], console_language())
        assert process != os.getpid()
        assert pool.run(state)[2] == process
    assert _prepared == []


@pytest.mark.parametrize("function", [raising, aborting, leaving, endless])
def test_a_task_that_does_not_return_is_an_error_and_the_next_one_finds_a_worker(function: object) -> None:
    with Pool(patience=2) as pool:
        with pytest.raises(WorkerError):
            pool.run(function)  # type: ignore[arg-type]
        assert pool.run(halves, [5]) == [2.0]


@pytest.mark.parametrize("workers", [1, 3])
def test_batches_keep_their_order_and_only_the_items_that_fail_are_blamed(workers: int) -> None:
    batches = [[1, 2], [4, -1, 5], [10], [0, 20]]
    with Pool(workers) as pool:
        found = list(pool.each(halves, blamed, batches))
    assert found == [([1, 2], [10, 5]), ([4, -1, 5], [2.5, 1, 2]), ([10], [1]), ([0, 20], [0, 0.5])]


def test_no_process_is_started_where_there_is_no_task() -> None:
    with Pool(prepare=endless) as pool:
        assert list(pool.each(halves, blamed, [])) == []


def unprepared() -> None:
    raise OSError("no more memory")


@pytest.mark.parametrize("workers", [1, 3])
def test_where_no_worker_can_begin_no_item_is_blamed(workers: int) -> None:
    with Pool(workers, prepare=unprepared) as pool:
        with pytest.raises(UserError) as raised:
            list(pool.each(halves, blamed, [[1, 2], [4], [5], [10]]))
        assert [problem.kind for problem in raised.value.problems] == [BROKEN]
        with pytest.raises(UserError):
            pool.run(halves, [5])


def test_a_collect_that_can_read_nothing_loses_nothing(campaign: Campaign, tmp_path: Path) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三"))
    broken = "import selfaudit.workflow.collect.worker as worker\nworker.prepare = lambda path: 1 / 0\n"
    plant(tmp_path / "patch", {"sitecustomize.py": broken})
    before = campaign.ledger()
    more = os.pathsep.join([str(tmp_path / "patch"), os.environ.get("PYTHONPATH", "")])
    ran = run("collect", cwd=campaign.root, env=environment(PYTHONPATH=more))
    assert (ran.code, ran.out) == (3, "")
    assert "run this command again" in ran.err
    assert campaign.ledger() == before
    assert campaign.run("collect").code == 0
    assert set(campaign.merged()) == {"张三"}
