"""What the SQL of a kit may not say."""

from pathlib import Path

import pytest

from bench.hostile import STATEMENTS
from selfaudit.base.resources import shipped
from selfaudit.checks.allowed import ALLOWED, BOUNDED
from selfaudit.checks.gate import Gate
from selfaudit.checks.schema import names_of
from selfaudit.store.data_kits import load_data_kit

TABLES = ("audits", "certificates", "rules", "campaign", "calendar")
GATE = Gate(TABLES)


def told(sql: str) -> list[str]:
    return [f"{problem.where}: {problem.message}" for problem in GATE.refused(sql)]


def test_every_hostile_statement_is_refused() -> None:
    assert [sql for sql in STATEMENTS if not GATE.refused(sql)] == []


def test_what_is_refused_is_named_with_its_place() -> None:
    sql = "SELECT 项目, user, getenv('HOME')\nFROM audits, 台账, main.rules\n, range(2), glob('*')"
    assert told(sql) == [
        "1:12: the SQL calls “user”, which is not allowed",
        "1:18: the SQL calls “getenv”, which is not allowed",
        "2:14: the SQL asks “台账”, which is no register and no table of the kit",
        "2:18: the SQL writes “main.rules”: names take nothing in front of them",
        "3:13: the SQL calls “glob”, which is not allowed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sql",
    [
        "WITH a AS (SELECT project FROM Audits), b AS (SELECT * FROM a) SELECT * FROM b WHERE $least > 1",
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 9) SELECT * FROM t, rules r",
        "SELECT project, list_filter(codes, lambda c: c LIKE '01%'), lpad(project, 8, '0') FROM audits",
        "SELECT count(*) FILTER (WHERE signal) OVER (PARTITION BY project ORDER BY start_on) FROM audits",
        "SELECT unnest(generate_series(start_on, end_on, INTERVAL 1 DAY)) FROM audits ORDER BY ALL LIMIT 3",
        "SELECT a.* EXCLUDE (project) FROM audits a ASOF JOIN certificates c ON a.start_on >= c.issued_on",
    ],
)
def test_questions_pass(sql: str) -> None:
    assert told(sql) == []


def test_a_name_given_by_with_is_known_inside_its_query_only() -> None:
    sql = "SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x), x"
    assert told(sql) == ["1:55: the SQL asks “x”, which is no register and no table of the kit"]


def test_a_definition_knows_the_names_before_it_and_itself_only_in_its_second_half() -> None:
    other = "which is no register and no table of the kit"
    assert told("WITH a AS (SELECT * FROM a) SELECT * FROM a") == [f"1:26: the SQL asks “a”, {other}"]
    assert told("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a") == [f"1:26: the SQL asks “b”, {other}"]
    twice = "WITH RECURSIVE t AS (SELECT * FROM t UNION ALL SELECT * FROM t) SELECT 1"
    assert told(twice) == [f"1:36: the SQL asks “t”, {other}"]


def test_with_gives_no_names_of_the_catalog_and_none_that_look_like_files() -> None:
    wrong = [told(f'WITH "{name}" AS (SELECT 1) SELECT 1') for name in ("PG_tables", "a.csv", "表")]
    assert wrong == [
        [f": the SQL gives the name “{name}” with WITH, which is not allowed"] for name in ("PG_tables", "a.csv", "表")
    ]


def test_what_passes_is_what_is_run() -> None:
    assert told("SELECT project FROM audits;") == told("SELECT project FROM audits -- ;\n") == []
    assert told("SELECT project FROM audits; -- note") == [
        ': the SQL cannot be read: Parser Error: syntax error at or near ";"'
    ]


def test_an_age_up_to_today_asks_the_clock() -> None:
    assert told("SELECT age(end_on, start_on) FROM audits") == []
    assert told("SELECT age(start_on) FROM audits") == ["1:8: the SQL asks the clock: “age”"]


def test_lengths_are_numbers_and_short() -> None:
    assert told("SELECT repeat('a', 1000), lpad('a', 10, 'b') FROM audits") == []
    assert len(told("SELECT repeat('a', 1001), lpad('a', $n, 'b'), repeat([1], x) FROM audits")) == 3


def test_the_sql_of_every_shipped_check_passes() -> None:
    folder = shipped("checklists") / "fake-cert-2023"
    kit = load_data_kit(folder, folder).usable()
    gate = Gate(names_of(kit))
    assert {check.id: found for check in kit.checks.values() if (found := gate.refused(check.sql))} == {}


def test_the_handbook_of_kits_lists_every_function() -> None:
    text = (Path(__file__).parents[2] / "docs" / "kits.md").read_text(encoding="utf-8")
    named = {name for name in ALLOWED | set(BOUNDED) if name.isidentifier()}
    assert sorted(name for name in named if f"`{name}`" not in text) == []
