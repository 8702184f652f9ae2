"""The database of the registers: what names no audit is linked to one, and nothing can be done to it."""

import os
from datetime import date
from pathlib import Path

import duckdb
import pytest

from selfaudit.base.resources import shipped
from selfaudit.checks import database
from selfaudit.checks.database import build, opened, privately
from selfaudit.checks.gate import ask
from selfaudit.checks.places import Rows, rows_of
from selfaudit.checks.schema import About
from selfaudit.model.data.keys import part_of_key
from selfaudit.model.data.kit import DataKit
from selfaudit.store.data_kits import load_data_kit
from tests.support.kept_registers import put

ABOUT = About(date(2026, 11, 28), date(2026, 10, 31), "甲认证中心", "CNCA-R-2002-001")
AUDITS = [
    {"project": "P1", "certificate": "C1", "start_on": "2026-03-10", "end_on": "2026-03-12"}
    | {"stage1_from": "2026-03-01"},
    {"project": "P2", "certificate": "C1", "start_on": "2026-09-01", "end_on": "2026-09-02"},
    {"project": "P3", "certificate": "C2", "start_on": "2026-09-01"},
]


@pytest.fixture(scope="module")
def kit() -> DataKit:
    folder = shipped("checklists") / "fake-cert-2023"
    return load_data_kit(folder, folder).kit


def asked(tmp_path: Path, kit: DataKit, query: str, **registers: list[dict[str, str]]) -> list[tuple[object, ...]]:
    tables = {name: str(put(tmp_path, kit.registers[name], rows)) for name, rows in registers.items()}
    path = str(tmp_path / "r.duckdb")
    build(path, kit, ABOUT, tables)
    with opened(path) as db:
        return db.execute(query).fetchall()


def test_rows_without_an_audit_are_linked_by_certificate_and_dates(tmp_path: Path, kit: DataKit) -> None:
    assignments = [
        {"certificate": "C1", "stage_code": "0101", "start_at": "2026-03-01 13:00", "name": "甲"},
        {"certificate": "C1", "stage_code": "0102", "start_at": "2026-03-12", "name": "乙"},
        {"certificate": "C1", "stage_code": "03", "start_at": "2026-09-02 08:30", "name": "丙"},
        {"certificate": "C1", "stage_code": "03", "start_at": "2026-10-01 08:30", "name": "丁"},
        {"certificate": "C9", "stage_code": "03", "start_at": "2026-09-02", "name": "戊"},
    ]
    sign_ins = [
        {"certificate": "C2", "signed_at": "2026-09-01 08:00", "name": "甲"},
        {"certificate": "C2", "signed_at": "2026-09-03 08:00", "name": "乙"},
    ]
    payments = [{"certificate": "C2", "payer": "某厂"}, {"certificate": "C1", "payer": "某店"}]
    query = "SELECT name, project FROM assignments UNION ALL SELECT name, project FROM sign_ins"
    query += " UNION ALL SELECT payer, project FROM payments"
    assert asked(
        tmp_path, kit, query, audits=AUDITS, assignments=assignments, sign_ins=sign_ins, payments=payments
    ) == [
        ("甲", "P1"), ("乙", "P1"), ("丙", "P2"), ("丁", "C1/03/2026-10-01"), ("戊", "C9/03/2026-09-02"),
        ("甲", "P3"), ("乙", None),
        ("某厂", "P3"), ("某店", None),
    ]  # fmt: skip


def test_a_first_stage_belongs_to_the_initial_audit_that_begins_next(tmp_path: Path, kit: DataKit) -> None:
    audits = [
        {"project": "P1", "certificate": "C1", "type": "initial", "start_on": "2026-03-10", "end_on": "2026-03-11"},
        {"project": "P2", "certificate": "C1", "type": "surveillance", "start_on": "2026-02-20"},
        {"project": "P3", "certificate": "C2", "type": "surveillance", "start_on": "2026-03-10"},
    ]
    stages = [
        {"certificate": "C1", "stage": "stage1", "stage_code": "0101", "start_at": "2026-02-10", "name": "甲"},
        {"certificate": "C1", "stage": "stage2", "stage_code": "0102", "start_at": "2026-03-10", "name": "乙"},
        {"certificate": "C2", "stage": "stage1", "stage_code": "0101", "start_at": "2026-02-10", "name": "丙"},
        {"certificate": "C1", "stage": "stage1", "stage_code": "0101", "start_at": "2025-03-08", "name": "丁"},
    ]
    found = asked(tmp_path, kit, "SELECT name, project FROM assignments", audits=audits, assignments=stages)
    assert found == [("甲", "P1"), ("乙", "P1"), ("丙", "C2/0101/2026-02-10"), ("丁", "C1/0101/2025-03-08")]


def test_a_first_stage_with_a_row_of_its_own_goes_into_the_audit_that_begins_next(tmp_path: Path, kit: DataKit) -> None:
    table = """
        S1 C1 initial_stage1 2026-01-10 2026-01-10 1
        S2 C1 initial_stage1 2026-02-20 2026-02-21 1.5
        P1 C1 initial 2026-03-02 2026-03-04 3
        P2 C1 surveillance 2026-09-01 2026-09-01 1
        S3 C2 initial_stage1 2026-03-02 2026-03-02 1
        P3 C2 initial 2026-03-02 2026-03-03
        S4 C3 recertification_stage1 2026-02-20 2026-02-20 1
        P4 C3 initial 2026-03-02 2026-03-02 1
    """
    names = ("project", "certificate", "type", "start_on", "end_on", "actual_days")
    audits = [dict(zip(names, line.split(), strict=False)) for line in table.strip().splitlines()]
    stages = [{"certificate": "C1", "stage": "stage1", "start_at": "2026-02-20", "name": "甲"}]
    query = (
        "SELECT project, type, CAST(stage1_from AS DATE)::VARCHAR, CAST(stage1_to AS DATE)::VARCHAR, actual_days"
        " FROM audits UNION ALL SELECT name, project, NULL, NULL, NULL FROM assignments"
    )
    assert sorted(asked(tmp_path, kit, query, audits=audits, assignments=stages), key=str) == sorted([
        ("P1", "initial", "2026-02-20", "2026-02-21", 5.5),
        ("P2", "surveillance", None, None, 1.0),
        ("P3", "initial", "2026-03-02", "2026-03-02", None),
        ("P4", "initial", None, None, 1.0),
        ("S4", "recertification_stage1", None, None, 1.0),
        ("甲", "P1", None, None, None),
    ], key=str)  # fmt: skip


def test_a_register_that_names_audits_is_left_as_it_is(tmp_path: Path, kit: DataKit) -> None:
    rows = [
        {"project": "P1", "certificate": "C1", "start_at": "2026-03-10", "name": "甲"},
        {"certificate": "C1", "start_at": "2026-03-10", "name": "乙"},
    ]
    query = "SELECT name, project FROM assignments"
    assert asked(tmp_path, kit, query, audits=AUDITS, assignments=rows) == [("甲", "P1"), ("乙", None)]


def test_numbers_of_another_system_are_no_audits_and_stay_where_nothing_is_found(tmp_path: Path, kit: DataKit) -> None:
    rows = [
        {"project": "R0188010001", "certificate": "C1", "signed_at": "2026-03-10", "name": "甲"},
        {"project": "R0188010002", "certificate": "C8", "signed_at": "2026-03-10", "name": "乙"},
    ]
    query = "SELECT name, project FROM sign_ins"
    assert asked(tmp_path, kit, query, audits=AUDITS, sign_ins=rows) == [("甲", "P1"), ("乙", "R0188010002")]


def test_the_campaign_says_who_and_when(tmp_path: Path, kit: DataKit) -> None:
    query = "SELECT today, cut_off, body, number FROM campaign"
    assert asked(tmp_path, kit, query) == [(date(2026, 11, 28), date(2026, 10, 31), "甲认证中心", "CNCA-R-2002-001")]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE audits",
        "WITH x AS (DELETE FROM audits RETURNING project) SELECT * FROM x",
        "ATTACH ':memory:' AS x",
        "COPY audits TO '/tmp/x.csv'",
        "SELECT * FROM read_text('/etc/hosts')",
        "SET memory_limit = '9GB'",
        "SET temp_directory = '/tmp'",
        "INSTALL httpfs",
    ],
)
def test_even_without_the_gate_the_database_lets_nothing_out_or_in(tmp_path: Path, kit: DataKit, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        asked(tmp_path, kit, sql, audits=AUDITS)


def test_rows_of_a_file_are_found_again_by_what_a_register_has_of_the_whole_key(tmp_path: Path, kit: DataKit) -> None:
    signed = [
        {"project": "P1", "name": "张三", "organisation": "甲/乙 #2 公司", "signed_at": f"2026-03-10 08:3{n}"}
        for n in range(3)
    ]
    tables = {
        "audits": str(put(tmp_path, kit.registers["audits"], AUDITS)),
        "sign_ins": str(put(tmp_path, kit.registers["sign_ins"], signed * 9)),
    }

    def found(**key: str) -> dict[str, Rows]:
        return rows_of(tables, kit.registers, key)

    assert found(project="P2", decider="张三") == {"audits": Rows({"project": "P2"}, (3,), 1)}
    assert found(name="张三", organisation=part_of_key("甲/乙 #2 公司"), signed_at="2026-03-10 08:31")[
        "sign_ins"
    ].first == (3, 6, 9, 12, 15, 18, 21, 24, 27)
    # of many the first, and how many there are; half of a key is no key, nor is a code alone
    assert (len(found(name="张三")["sign_ins"].first), found(name="张三")["sign_ins"].n) == (20, 27)
    assert found(project="P2", signed_at="2026-03-10 08:31") == {"audits": Rows({"project": "P2"}, (3,), 1)}
    assert found(type="surveillance") == {}


def test_checks_ask_with_one_thread_so_that_any_value_takes_the_same_row_each_time(
    tmp_path: Path, kit: DataKit
) -> None:
    path = str(tmp_path / "r.duckdb")
    build(path, kit, ABOUT, {})
    with opened(path) as db:
        assert db.execute("SELECT current_setting('threads')").fetchall() == [(1,)]


def test_a_question_larger_than_the_memory_is_answered_and_leaves_nothing(
    tmp_path: Path, kit: DataKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MEMORY", "20MB")
    path = str(tmp_path / "r.duckdb")
    build(path, kit, ABOUT, {})
    with opened(path) as db:
        numbered = "SELECT row_number() OVER (ORDER BY hash(range)) AS n FROM range(1000000)"
        assert db.execute(f"SELECT max(n) FROM ({numbered})").fetchall() == [(1_000_000,)]  # noqa: S608
    assert [file.name for file in tmp_path.iterdir()] == ["r.duckdb"]


def test_what_does_not_fit_into_the_memory_has_a_limit_too_and_nobody_else_may_read_it(
    tmp_path: Path, kit: DataKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MEMORY", "20MB")
    monkeypatch.setattr(database, "SPILL", 8 * 1024**2)
    path, before = str(tmp_path / "r.duckdb"), os.umask(0o022)
    try:
        privately()
        build(path, kit, ABOUT, {})
        with opened(path) as db:
            numbered = "SELECT row_number() OVER (ORDER BY hash(range)) AS n FROM range(3000000)"
            with pytest.raises(duckdb.OutOfMemoryException, match="max_temp_directory_size"):
                ask(db, f"SELECT max(n) FROM ({numbered})").fetchall()  # noqa: S608
            assert (tmp_path / "r.duckdb-spill").stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)


@pytest.mark.parametrize("sql", ["COPY (SELECT 1) TO '{spill}/x'", "EXPORT DATABASE '{spill}'", "SELECT 1; SELECT 2"])
def test_a_question_writes_nothing_into_that_folder_whatever_the_gate_lets_through(
    tmp_path: Path, kit: DataKit, sql: str
) -> None:
    path = tmp_path / "r.duckdb"
    build(str(path), kit, ABOUT, {})
    with opened(str(path)) as db, pytest.raises(duckdb.PermissionException):
        ask(db, sql.format(spill=f"{path}-spill"))
    assert [file.name for file in tmp_path.iterdir()] == ["r.duckdb"]
