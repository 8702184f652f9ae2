"""What time it is, and where shipped things are."""

from datetime import UTC, datetime

from selfaudit.base.clock import now, stopped_at, today
from selfaudit.base.resources import package_dir, shipped


def test_times_are_utc_to_the_second() -> None:
    assert datetime.fromisoformat(now()).tzinfo is not None
    assert now().endswith("Z")


def test_time_stands_still_inside_a_block_and_goes_on_after_it() -> None:
    moment = datetime(2023, 11, 5, 14, 30, tzinfo=UTC)
    with stopped_at(moment):
        assert now() == "2023-11-05T14:30:00Z"
        assert today() == moment.date()
    assert now() > "2024"


def test_kits_and_templates_are_found() -> None:
    assert (package_dir() / "__main__.py").is_file()
    for name in ("checklists", "templates"):
        assert any(shipped(name).iterdir())
