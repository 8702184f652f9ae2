"""What sync programs call the copies that they make."""

import pytest

from selfaudit.files.litter import copied_from


@pytest.mark.parametrize(
    "name",
    [
        "campaign-PC2.db",
        "campaign-DESKTOP-1A2B3C.db",
        "campaign (1).db",
        "campaign(1).db",
        "campaign 2.db",
        "campaign (PC2's conflicted copy 2023-11-05).db",
        "campaign (conflicted copy 2023-11-05 101112).db",
        "campaign.sync-conflict-20231105-101112-ABCDEFG.db",
        "campaign_conflict-20231105-101112.db",
        "campaign[Conflict].db",
        "campaign（冲突副本）.db",
        "campaign(PC2 的冲突版本 2023-11-05).db",
        "campaign_冲突文件_联络人_20231105.db",
        "campaign - 副本.db",
        "campaign - 副本 (2).db",
        "campaign - Copy - Copy (3).db",
        "campaign 副本.db",
        "campaign - Copy.db",
        "campaign copy.db",
    ],
)
def test_a_copy_is_known_by_its_name(name: str) -> None:
    assert copied_from(name)[-1] == "campaign.db"


def test_the_copy_of_a_copy_is_one_of_both() -> None:
    assert copied_from("roster - 副本 (2) (1).yaml") == ["roster - 副本 (2).yaml", "roster - 副本.yaml", "roster.yaml"]


@pytest.mark.parametrize(
    "name", ["campaign.db", "campaign2.db", "campaign-old.db", "roster.before.yaml", "campaign-wal", "2-conduct.yaml"]
)
def test_any_other_name_is_none(name: str) -> None:
    assert copied_from(name) == []
