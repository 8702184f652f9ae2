"""Which columns a check reads: it finds the same where no others are loaded."""

from datetime import date

import duckdb
import pytest

from selfaudit.base.resources import shipped
from selfaudit.checks.columns import read_by
from selfaudit.checks.judging import put_rules, values_of
from selfaudit.checks.schema import About, create, create_register
from selfaudit.model.data.kit import DataKit
from selfaudit.store.data_kits import load_data_kit


@pytest.fixture(scope="module")
def kit() -> DataKit:
    folder = shipped("checklists") / "fake-cert-2023"
    return load_data_kit(folder, folder).kit


def test_a_check_finds_the_columns_it_asks_where_no_others_are(kit: DataKit) -> None:
    with duckdb.connect(":memory:") as db:
        create(db, kit, About(date(2026, 11, 28)))
        for check in (kit.checks[name] for name in ("C01", "C22", "C25", "C40")):
            names = read_by([check], kit) or frozenset()
            for register in kit.registers.values():
                every = f"{register.id}.*" in names
                create_register(db, register, (one for one in register.columns if every or one.id in names))
            put_rules(db, check)
            assert db.execute(f"EXPLAIN {check.sql}", values_of(check)).fetchall()


@pytest.mark.parametrize(
    ("sql", "whole"),
    [
        ("SELECT project, count(*) FROM audits GROUP BY ALL", set()),
        ("SELECT a.* FROM audits a JOIN permits p ON p.organisation = a.organisation", {"audits.*"}),
        ("WITH x AS (SELECT project FROM audits) SELECT * FROM x", set()),
        ("WITH x AS (SELECT * FROM audits) SELECT project FROM x", {"audits.*"}),
        ("SELECT hash(a) FROM audits a", {"audits.*"}),
        ("SELECT project FROM audits NATURAL JOIN sign_ins", {"audits.*", "sign_ins.*"}),
        ("SELECT project FROM audits WHERE EXISTS (SELECT * FROM permits)", {"permits.*"}),
        ("SELECT project FROM audits WHERE COLUMNS(*) IS NULL", {"audits.*"}),
    ],
)
def test_what_may_read_any_column_of_a_register_says_so(kit: DataKit, sql: str, whole: set[str]) -> None:
    names = read_by([kit.checks["C22"].model_copy(update={"sql": sql})], kit) or frozenset()
    assert {f"{register}.*" for register in kit.registers} & names == whole
