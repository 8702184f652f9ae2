"""``validate`` of what a kit says about the body's own data: every mistake with its place, in one run."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from selfaudit.base.resources import shipped
from selfaudit.checks import validating
from selfaudit.checks.gate import Gate
from selfaudit.checks.trials import Trials
from selfaudit.model.data.words import SQL_WORDS
from selfaudit.model.kit.consistency import Remark
from selfaudit.store.data_kits import as_shipped, load_data_kit
from selfaudit.workflow.common.trying import check_sql
from selfaudit.workflow.validate import validate_campaign, validate_kit
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.tiny import KIT
from tests.support.tiny_data import CHECK, DATA
from tests.workflow.test_validate import DATA_MISTAKES, Slip

PURE = [Slip(*row) for row in DATA_MISTAKES["files"]]
SQL = [Slip(row[0], f"data-checks/S{n}.yaml", *row[1:]) for n, row in enumerate(DATA_MISTAKES["checks"])]


def told(kit: Path) -> list[str]:
    return [f"{problem.where}: {problem.severity} {problem.code} {problem}" for problem in validate_kit(str(kit))]


def expect(slip: Slip, text: str, said: list[str]) -> None:
    found = [line for line in said if line.startswith(f"{slip.place(text)}: ") and f" {slip.code} " in line]
    assert sum(slip.says in line and slip.hint in line for line in found) == 1, "\n".join([slip.place(text), *said])


def test_the_small_kit_with_data_is_without_mistakes(kit: Path) -> None:
    plant(kit, DATA)
    assert told(kit) == []


def test_mistakes_of_registers_tables_and_checks_are_all_told_in_one_run(kit: Path) -> None:
    files = KIT | DATA
    for slip in PURE:
        assert files[slip.file].count(slip.old) == 1, slip.old
        files[slip.file] = files[slip.file].replace(slip.old, slip.new)
    plant(kit, files)
    said = told(kit)
    for slip in PURE:
        expect(slip, files[slip.file], said)
    assert len(said) == len(PURE), "\n".join(said)


def test_mistakes_of_sql_and_examples_are_all_told_in_one_run(kit: Path) -> None:
    files = {}
    for n, slip in enumerate(SQL):
        assert CHECK.count(slip.old) == 1, slip.old
        files[slip.file] = CHECK.replace("id: D1", f"id: S{n}").replace(slip.old, slip.new)
    plant(kit, DATA | files)
    said = told(kit)
    for slip in SQL:
        expect(slip, files[slip.file], said)


def test_what_a_check_shows_changes_neither_from_day_to_day_nor_with_the_order_of_rows(kit: Path) -> None:
    late = (
        "AS wanted, date_diff('day', a.start_on, (SELECT campaign.today FROM campaign)) AS late, a.source_row AS line,"
    )
    rows = "days: 1, start_on: 2025-06-01}, {project: P2, headcount: 50, days: 3, start_on: 2025-06-01}]"
    text = CHECK.replace("AS wanted,", late).replace("shown: {", "shown: {late: 逾期天数, line: 行, ")
    plant(kit, DATA | {"data-checks/D1.yaml": text.replace("days: 1, start_on: 2025-06-01}]", rows)})
    said = [line for line in told(kit) if " kit.shown-" in line or " kit.result-" in line]
    assert len(said) == 2, "\n".join(told(kit))
    assert "error kit.shown-changes-daily " in said[0]
    assert "“late” is shown" in said[0]
    assert "error kit.result-depends-on-order " in said[1]
    assert "“line” depends on the order of the rows" in said[1]


def test_checks_of_a_shipped_kit_are_not_tried_again_in_a_campaign_unless_they_were_changed(tmp_path: Path) -> None:
    kit, ours = shipped("checklists") / "fake-cert-2023", tmp_path / "checklists"
    shutil.copytree(kit, ours)
    assert {"C22", "C07"} <= as_shipped(ours, "fake-cert-2023")
    (ours / "data-checks/C22.yaml").write_text("format: x\n", encoding="utf-8")
    assert "C07" in as_shipped(ours, "fake-cert-2023")
    assert "C22" not in as_shipped(ours, "fake-cert-2023")
    plant(ours, {"registers/own.yaml": DATA["registers/audits.yaml"]})
    assert as_shipped(ours, "fake-cert-2023") == set()


def test_a_register_takes_no_name_that_sql_knows_already(kit: Path) -> None:
    register = DATA["registers/assignments.yaml"].replace("id: assignments", "id: calendar")
    plant(kit, DATA | {"registers/calendar.yaml": register})
    assert any("registers/calendar.yaml:2:5: error kit.data-name-taken" in line for line in told(kit))


def test_words_of_sql_are_no_names_of_registers_and_columns(kit: Path) -> None:
    register = (
        DATA["registers/assignments.yaml"].replace("id: assignments", "id: check").replace("id: name", "id: case")
    )
    table = DATA["tables/times.yaml"].replace("upto", "limit")
    plant(kit, DATA | {"registers/check.yaml": register, "tables/times.yaml": table})
    said = [line for line in told(kit) if "kit.data-sql-word" in line]
    assert [line.split("“")[1].split("”")[0] for line in said] == ["check", "case", "limit"]
    assert all(line.split("such as ")[1] in ("check_.", "case_.", "limit_.") for line in said), said


def test_the_words_that_no_name_may_be_are_those_that_duckdb_does_not_take() -> None:
    with duckdb.connect(":memory:") as db:
        words = {row[0] for row in db.execute("SELECT keyword_name FROM duckdb_keywords()").fetchall()}
        assert {word for word in words if not _is_name(db, word)} == SQL_WORDS


def _is_name(db: duckdb.DuckDBPyConnection, word: str) -> bool:
    try:
        db.execute(f"CREATE OR REPLACE TABLE {word} (source_row BIGINT, {word} VARCHAR)")
    except duckdb.ParserException:
        return False
    return True


def test_a_register_that_cannot_be_read_is_the_only_mistake(kit: Path) -> None:
    plant(
        kit,
        DATA | {"registers/audits.yaml": DATA["registers/audits.yaml"].replace("title: 审核台账", "titel: 审核台账")},
    )
    assert {problem.code for problem in validate_kit(str(kit))} == {"model.meant-key"}


def test_citations_that_only_a_check_names_are_cited(kit: Path) -> None:
    more = "  - id: law-2\n    cite: 《办法》\n    clause: 第二条\n"
    check = CHECK.replace("basis: [law-1]\nfalse", "basis: [law-2]\nfalse")
    plant(kit, DATA | {"citations.yaml": KIT["citations.yaml"] + more, "data-checks/D1.yaml": check})
    assert {problem.code for problem in validate_kit(str(kit))} == {"kit.citation-unverified"}


def test_a_check_dropped_into_the_campaign_is_validated_like_one_of_the_kit(fresh: Campaign, tmp_path: Path) -> None:
    campaign = fresh.copy(tmp_path / "campaign")
    own = {"data-checks/OWN.yaml": CHECK.replace("id: D1", "id: OWN").replace("a.branch, ", "a.brunch, ", 1)}
    plant(campaign.root / "checklists", DATA)
    plant(campaign.root, own | {"data-checks/D1.yaml": CHECK})
    said = [str(problem) for problem in validate_campaign(campaign.root, date(2023, 11, 1))]
    assert any(line.startswith("data-checks/OWN.yaml:27:21: the SQL cannot be run: ") for line in said), said
    assert any(
        "data-checks/D1.yaml:2:5: there is “D1” already, in checklists/data-checks/D1.yaml" in line for line in said
    )


def test_sql_that_never_ends_is_told_as_such_and_the_other_checks_are_tried(kit: Path) -> None:
    endless = CHECK.replace("id: D1", "id: D2").replace(
        "FROM audits a\n", "FROM audits a, (SELECT count(*) FROM range(10000000) x, range(10000000) y) z\n"
    )
    plant(kit, DATA | {"data-checks/D2.yaml": endless, "data-checks/D3.yaml": CHECK.replace("id: D1", "id: D3")})
    data = load_data_kit(kit, kit)
    found = list(check_sql(Trials(data.kit, data.file_of, ("major",), limit=4.0), [*data.kit.checks.values()]))
    assert [(one.file, one.kind.code) for one in found] == [("data-checks/D2.yaml", "kit.sql-too-long")]


def test_sql_that_ends_its_process_costs_itself_only(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "registers/audits.yaml"
    plant(kit, DATA | {name: DATA[name] + FIGURES})
    plant(kit, {f"data-checks/{id_}.yaml": CHECK.replace("id: D1", f"id: {id_}") for id_ in ("D2", "D3")})
    data = load_data_kit(kit, kit)
    tried, refused = validating.Trial.remarks, Gate.refused

    def remarks(trial: validating.Trial) -> Iterator[Remark]:
        if trial.check.id == "D2":
            raise ValueError("year 50000 is out of range")
        return tried(trial)

    monkeypatch.setattr(validating.Trial, "remarks", remarks)
    monkeypatch.setattr(Gate, "refused", lambda gate, sql: os._exit(1) if "1 AS value" in sql else refused(gate, sql))
    found = list(check_sql(Trials(data.kit, data.file_of, ("major",)), [*data.kit.checks.values()]))
    assert [(one.file, one.path, one.kind.code) for one in found] == [
        ("data-checks/D2.yaml", ("sql",), "kit.sql"),
        (name, ("figures", 1, "sql"), "kit.sql-too-large"),
        (name, ("figures", 3, "sql"), "kit.sql-no-column"),
        (name, ("figures", 4, "sql"), "check.sql-function"),
        (name, ("figures", 5, "sql"), "kit.sql"),
    ]
    assert found[0].args["detail"] == "ValueError: year 50000 is out of range"


FIGURES = """\
figures:
- {id: all, title: 项目数, profile: certificates, needs: {audits: [project]}, sql: SELECT count(*) AS value FROM audits}
- {id: no-number, title: 甲, profile: nothing, needs: {audits: [project]}, sql: SELECT 1 AS value FROM audits}
- {id: no-column, title: 乙, needs: {audits: [projekt]}, sql: SELECT count(*) AS value FROM audits}
- {id: no-value, title: 丙, needs: {audits: [project]}, sql: SELECT count(*) AS n FROM audits}
- {id: refused, title: 丁, needs: {audits: [project]}, sql: "SELECT content AS value FROM read_text('x')"}
- {id: unbound, title: 戊, needs: {audits: [project]}, sql: SELECT count(nothing) AS value FROM audits}
"""


def test_figures_of_a_register_are_looked_at_like_checks(kit: Path) -> None:
    name = "registers/audits.yaml"
    plant(kit, DATA | {name: DATA[name] + FIGURES})
    first = DATA[name].count("\n") + 3
    beside, column = told(kit)
    assert beside.startswith(f"{name}:{first}:38: warning kit.figure-beside-nothing")
    assert column.startswith(f"{name}:{first + 1}:")
    assert "no column “projekt”" in column
    plant(kit, {name: DATA[name] + FIGURES.replace("projekt", "project")})
    _, value, refused, unbound = told(kit)
    assert value.startswith(f"{name}:{first + 2}:")
    assert "no column “value”" in value
    assert refused.startswith(f"{name}:{first + 3}:")
    assert "read_text" in refused
    assert unbound.startswith(f"{name}:{first + 4}:")
    assert "nothing" in unbound


def test_rows_are_folded_by_codes_that_there_are(kit: Path) -> None:
    name, codes = "registers/audits.yaml", "part: {standard: XMS}, whole: {standard: QMS}"
    fold = f"folds:\n- {{{codes}, by: [branch], at: start_on, days: 9, takes: {{days: days}}}}\n"
    plant(kit, DATA | {name: DATA[name] + fold})
    (said,) = told(kit)
    assert f"{name}:{DATA[name].count(chr(10)) + 2}:21: error kit.unknown-id" in said
    assert "no code “XMS”" in said


def test_a_role_of_files_names_the_spot_check_that_there_is(kit: Path) -> None:
    roles = "roles:\n  - {id: one, title: 甲, answers: file}\n  - {id: two, title: 乙, answers: file, sample: other}\n"
    plant(kit, DATA | {"campaign.yaml": KIT["campaign.yaml"].replace("roles:\n", roles)})
    said = [line for line in told(kit) if "error" in line]
    assert len(said) == 2
    assert "kit.role-of-files" in said[0]
    assert "no spot check “other”" in said[1]
