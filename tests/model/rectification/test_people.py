"""Whom a text means, and who may be the same person as another."""

import pytest

from selfaudit.model.rectification.people import People
from selfaudit.model.roster import Body, Person, Roster, Unit

ROSTER = Roster(
    format="selfaudit/roster/1",
    body=Body(name="某认证公司"),
    units=(Unit(id="T", name="技术部", kind="department", head="P3"), Unit(id="A", name="审核部", kind="department")),
    people=(
        Person(id="P1", name="张三", unit="A"),
        Person(id="P2", name="李四", unit="A"),
        Person(id="P3", name="王五", unit="T"),
        Person(id="P4", name="张三丰", unit="T"),
    ),
)
PEOPLE = People(ROSTER)


@pytest.mark.parametrize(
    "owner",
    [
        "P1", "person:P1", "张三和李四", "张三与李四", "张三及李四", "张三 李四", "张三+李四", "张三|李四",
        "张三P1", "P1 张三", "张三（P1）", "审核部张三", "张三：牵头", "张\u200b三", "张三丰、张三",
    ],
)  # fmt: skip
def test_a_name_or_number_of_the_roster_anywhere_in_a_text_means_that_person(owner: str) -> None:
    for who in ("张三", "P1", "审核部张三", "张三（P1）", "外聘 张三"):
        assert PEOPLE.same((owner, ""), (who, PEOPLE.key(who))), who
    for who in ("王五", "P3", "技术部", "外聘专家"):
        assert not PEOPLE.same((owner, ""), (who, PEOPLE.key(who))), who


def test_the_longest_name_counts() -> None:
    assert not PEOPLE.same(("张三丰负责", ""), ("张三", "person:P1"))


def test_a_unit_means_its_head_and_whoever_filled_in_its_form() -> None:
    people = People(ROSTER, {"unit:T": {"李四", "周某"}})
    everybody = ("张三", "李四", "王五", "周某", "外聘专家")
    same = {who for who in everybody if people.same(("技术部", ""), (who, people.key(who)))}
    assert same == {"李四", "王五", "周某"}


def test_whoever_verifies_is_one_person_of_the_roster_or_has_a_full_name() -> None:
    everybody = ("张三", "P1", "审核部张三", "张三、李四", "审核部", "-", "无", "外聘专家")
    assert {who for who in everybody if PEOPLE.is_one((who, ""))} == {"张三", "P1", "审核部张三", "外聘专家"}
