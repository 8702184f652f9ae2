"""``register import``: what is shown before anything is kept, and what is kept."""

import re
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from selfaudit.checks.importing import reading
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.register.importing import Asked, import_registers
from tests.support.campaign import Campaign
from tests.support.folders import leaves, plant
from tests.support.registers import EXPORT, OTHER_PERSON, PERSON, export, with_registers

NAME = "registers/合同 2026.csv"


@pytest.fixture
def body(new_campaign: Campaign) -> Campaign:
    """A campaign with registers of contracts and customers, and an export of contracts."""
    export(with_registers(new_campaign), "合同 2026.csv", EXPORT)
    return new_campaign


def rows(campaign: Campaign, register: str = "contracts") -> list[list[str]]:
    """Return the rows of a register as they are shown."""
    found: list[list[str]] = campaign.run("register", "show", register, "--rows", "100", "--json").data["first_rows"]
    return found


def versions(campaign: Campaign, register: str = "contracts") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = campaign.run("register", "show", register, "--history", "--json").data["versions"]
    return found


def test_what_two_files_of_one_name_reject_is_kept_apart(body: Campaign) -> None:
    one = (body.root / NAME).read_bytes()
    plant(
        body.root,
        {"2025/data.csv": one, "2026/data.csv": one.replace("丁公司".encode("gb18030"), "戊公司".encode("gb18030"))},
    )
    body.run("register", "import", "2025/data.csv", "2026/data.csv")
    made = {path.name: path.read_text("utf-8-sig") for path in (body.root / "registers" / "rejected").iterdir()}
    assert made.keys() == {"data.csv", "data (2).csv"}
    assert ("丁公司" in made["data.csv"], "戊公司" in made["data (2).csv"]) == (True, True)


def test_a_preview_says_what_was_understood_set_aside_and_rejected_and_keeps_nothing(body: Campaign) -> None:
    before = leaves(body.root / "registers")
    ran = body.run("register", "import", NAME)
    assert ran.code == 1
    out = re.sub(r" {2,}", "  ", ran.out)
    assert f"{NAME} (CSV, GB18030)\n  → 合同台账 (contracts), header in row 2\n" in out
    assert "B  合同号  合同编号  known name  " in out
    assert "A  序号  —  not used  " in out
    assert "F  身份证号  经办人证件号码  known name  " in out
    assert "****1238" in out
    assert "  not in this file: 金额\n" in out
    assert "  rows of data: 4; kept: 3; rejected: 1; single cells rejected: 1\n" in out
    assert "  set aside, above the header: 1 (rows 1)\n" in out
    assert "  set aside, sums or footers: 1 (rows 7)\n" in out
    assert "合同台账 (contracts): 3 rows, imported for the first time\n" in out
    assert "  T01  合同没有收费: 合同台账.金额\n0 of 1 check has all it needs\n" in out
    assert "Nothing was kept yet. Next: look at it, then repeat this with --apply.\n" in out
    assert f"{NAME}:E5: error: 状态: “不明” is not in the code list\n" in ran.err
    assert f"{NAME}:B6: error: there is no 合同编号 in this row" in ran.err
    after = leaves(body.root / "registers")
    assert {name for name in after if name not in before} == {"rejected/合同 2026.csv"}
    rejected = after["rejected/合同 2026.csv"].decode("utf-8-sig")
    assert "丁公司" in rejected
    assert "甲公司" not in rejected
    assert body.run("register", "list", "--json").data[0]["imported"] is False


def test_what_is_applied_is_kept_with_its_original_and_told_by_list_show_and_journal(body: Campaign) -> None:
    ran = body.run("register", "import", NAME, "--apply", "--by", "张经理")
    assert (ran.code, "  kept as version 1\n" in ran.out) == (1, True)
    (listed, other) = body.run("register", "list", "--json").data
    assert {name: listed[name] for name in ("id", "rows", "filled", "files", "version", "by")} == {
        "id": "contracts",
        "rows": 3,
        "filled": {"number": 3, "customer": 3, "signed_on": 3, "status": 2, "handler": 2},
        "files": ["合同 2026.csv"],
        "version": 1,
        "by": "张经理",
    }
    assert (other["id"], other["imported"]) == ("customers", False)
    assert rows(body)[0] == ["H-001", "甲公司", "2026-01-05", "有效", "", f"****{PERSON[-4:]}"]
    kept = leaves(body.root / "registers")
    assert (body.root / NAME).read_bytes() in [data for name, data in kept.items() if name.startswith("originals/")]
    assert "registers imported: 合同台账, 3 rows, from registers/合同 2026.csv" in body.run("journal", "list").out
    assert body.run("journal", "verify").code == 0


def test_numbers_of_persons_are_nowhere_but_in_the_registers_themselves(body: Campaign) -> None:
    said = ""
    for args in (
        ("import", NAME),
        ("import", NAME, "--json"),
        ("import", NAME, "--apply"),
        ("list", "--json"),
        ("show", "contracts", "--rows", "9"),
        ("show", "contracts", "--rows", "9", "--history", "--json"),
        ("map", NAME, "--json"),
    ):
        said += body.run("register", *args).said
    said += str(body.ledger()) + str(body.journal())
    assert PERSON not in said
    assert OTHER_PERSON not in said
    assert PERSON[-4:] in said
    for name, data in leaves(body.root).items():
        assert PERSON.encode() not in data or name.startswith("registers/"), name


def test_the_same_file_again_changes_nothing_and_says_so(body: Campaign) -> None:
    body.run("register", "import", NAME, "--apply")
    before = leaves(body.root / "registers")
    ran = body.run("register", "import", NAME, "--apply")
    assert "合同台账 (contracts): 3 rows, nothing changes\n" in ran.out
    assert "Nothing had changed, so nothing was added.\n" in ran.out
    assert leaves(body.root / "registers") == before
    assert len(versions(body)) == 1


def test_a_newer_export_is_merged_by_key_and_what_changed_is_told_by_column(body: Campaign) -> None:
    body.run("register", "import", NAME, "--apply")
    export(body, "新.csv", "合同编号,客户名称,状态,金额\nH-002,乙公司,终止,500\nH-009,新公司,有效,\n", "utf-8")
    ran = body.run("register", "import", "registers/新.csv", "--apply")
    assert ran.code == 0
    assert "合同台账 (contracts): 4 rows; before 3: 1 new, 1 changed, 0 gone, 2 the same\n" in ran.out
    assert "  rows that are not in these files and stay as they were: 2\n" in ran.out
    assert "  changed: 状态 1, 金额 1\n" in ran.out
    assert "1 of 1 check has all it needs\n" in ran.out
    assert rows(body)[1] == ["H-002", "乙公司", "2026-02-03", "终止", "500", f"****{OTHER_PERSON[-4:]}"]
    newest, first = versions(body)
    assert (newest["version"], newest["change"]["columns"]) == (2, {"status": 1, "fee": 1})
    assert (first["version"], first["change"]["added"]) == (1, 3)


def test_all_of_a_preview_is_in_a_workbook_as_well(body: Campaign) -> None:
    ran = body.run("register", "import", NAME)
    assert "All of this as a table: reports/Import of registers.xlsx\n" in ran.out
    assert "--json" not in ran.said
    book = CalamineWorkbook.from_path(body.root / "reports" / "Import of registers.xlsx")
    cells = {name: book.get_sheet_by_name(name).to_python()[1:] for name in book.sheet_names}
    assert [NAME, "", "合同台账", "B", "合同号", "合同编号", "known name"] in [row[:7] for row in cells["Columns"]]
    assert [f"{NAME}:E5", "状态: “不明” is not in the code list"] in cells["Rejected"]
    assert ["T01", "合同没有收费", "合同台账.金额"] in cells["Checks that will not run"]
    assert [one for one in (PERSON, OTHER_PERSON) if one in str(cells)] == []


def test_map_shows_the_columns_of_a_table_of_which_it_is_open_what_it_is_for(body: Campaign) -> None:
    export(body, "own.csv", f"我司编码,客户名称,身份证号,状态\nH-001,甲公司,{PERSON},有效\n", "utf-8")
    ran = body.run("register", "map", "registers/own.csv")
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["A", "我司编码", "H-001"] in lines
    assert ["C", "身份证号", f"****{PERSON[-4:]}"] in lines


def test_empty_cells_of_a_merge_are_told_and_empty_a_value_only_with_replace(body: Campaign) -> None:
    body.run("register", "import", NAME, "--apply")
    export(body, "新.csv", "合同编号,客户名称,签订日期,状态\nH-001,甲公司,,\nH-002,乙公司,2026-02-03,有效\n", "utf-8")
    ran = body.run("register", "import", "registers/新.csv")
    told = "  empty cells in these files that left the values there are: 签订日期 1, 状态 1; --replace empties them\n"
    assert told in ran.out
    ran = body.run("register", "import", "registers/新.csv", "--replace", "--apply")
    assert ("empty cells" in ran.out, "0 new, 2 changed, 1 gone, 0 the same" in ran.out) == (False, True)
    assert [row[2:4] for row in rows(body)] == [["", ""], ["2026-02-03", "有效"]]
    assert [one["mode"] for one in versions(body)] == ["replace", "merge"]


def test_a_register_that_ends_long_before_the_cut_off_date_is_told_by_list_and_check(body: Campaign) -> None:
    path = body.root / "checklists" / "registers" / "contracts.yaml"
    path.write_text(f"{path.read_text('utf-8')}dated: signed_on\n", encoding="utf-8")
    told = (
        "warning: registers may be older than the cut-off date 2023-10-31: 合同台账 (its newest row is of 2023-08-01)"
    )
    export(body, "旧.csv", "合同编号,客户名称,签订日期\nH-1,甲公司,2023-08-01\nH-2,乙公司,2999-01-01\n", "utf-8")
    body.run("register", "import", "registers/旧.csv", "--apply")
    assert told in body.run("register", "list").err
    assert told in body.run("check").err
    export(body, "新.csv", "合同编号,客户名称,签订日期\nH-3,丙公司,2023-10-01\n", "utf-8")
    body.run("register", "import", "registers/新.csv", "--apply")
    assert "warning" not in body.run("register", "list").err


def test_a_register_without_a_key_is_replaced_and_many_rows_that_go_are_pointed_out(body: Campaign) -> None:
    export(body, "c1.csv", "企业名称,所在城市,职工人数\n甲公司,杭州,9\n乙公司,宁波,8\n丙公司,温州,7\n", "utf-8")
    export(body, "c2.csv", "企业名称,所在城市,职工人数\n甲公司,杭州,9\n", "utf-8")
    assert body.run("register", "import", "registers/c1.csv", "--apply").code == 0
    ran = body.run("register", "import", "registers/c2.csv", "--apply")
    assert "客户名录 (customers): 1 row; before 3: 0 new, 0 changed, 2 gone, 1 the same\n" in ran.out
    assert "warning: 客户名录: 2 of 3 rows there were are not in these files, and will be gone\n" in ran.err
    assert len(rows(body, "customers")) == 1


def test_files_of_one_call_are_put_together_and_references_that_lead_nowhere_are_counted(body: Campaign) -> None:
    export(body, "a.csv", "企业名称,所在城市,职工人数\n甲公司,杭州,9\n", "utf-8")
    export(body, "b.csv", "企业名称,所在城市,职工人数\n乙公司,宁波,8\n", "utf-8")
    names = ("registers/a.csv", "registers/b.csv", NAME, "registers/a.csv")
    ran = body.run("register", "import", *names, "--apply")
    assert "合同台账: 1 of 3 rows name in 客户名称 something that is not in 客户名录\n" in ran.out
    assert "registers/a.csv: note: this is the same file as registers/a.csv, so it is read once\n" in ran.err
    assert [row[0] for row in rows(body, "customers")] == ["甲公司", "乙公司"]


def test_a_table_gives_another_register_its_rows_as_long_as_that_has_none_of_its_own(body: Campaign) -> None:
    path = body.root / "checklists" / "registers" / "customers.yaml"
    text = path.read_text(encoding="utf-8").replace("title: 企业名称,", "title: 企业名称, aliases: [客户],")
    path.write_text(f"{text}mode: merge\nkey: [name]\nbeside: {{contracts: [name, city]}}\n", encoding="utf-8")
    plant(body.root, {"一.csv": "合同号,客户,签订日期,状态,所在城市\nB1,甲公司,2026-03-01,有效,济南\n"})
    shown = body.run("register", "import", "一.csv", "--apply")
    assert "the same rows as for 合同台账 (contracts), because there is no table of its own" in shown.out
    assert "甲公司" in rows(body, "customers")[0]
    plant(body.root, {"二.csv": "企业名称,所在城市,职工人数\n乙公司,青岛,9\n"})
    body.run("register", "import", "二.csv", "--apply")
    again = body.run("register", "import", "一.csv", "--apply")
    assert "the same rows as" not in again.out
    assert ["乙公司" in row for row in rows(body, "customers")] == [True]


def test_one_file_that_cannot_be_read_keeps_all_from_being_kept(body: Campaign) -> None:
    plant(body.root / "registers", {"照片.xlsx": b"\xff\xd8\xff\xe0" + bytes(2000)})
    ran = body.run(
        "register", "import", NAME, "registers/照片.xlsx", "registers/no.csv", "registers", "--apply", "--campaign", "."
    )
    assert ran.code == 3
    assert (
        "Nothing was kept: put right what is wrong, or leave out registers, registers/no.csv, registers/照片.xlsx and"
        " take the rest:\n  selfaudit register import 'registers/合同 2026.csv' --campaign . --apply\n"
    ) in ran.out
    for told in (
        "registers/照片.xlsx: error: ",
        "registers/no.csv: error: there is no such file",
        "registers: error: ",
    ):
        assert told in ran.err
    assert [one["imported"] for one in body.run("register", "list", "--json").data] == [False, False]
    alone = body.run("register", "import", "registers/照片.xlsx", "--apply")
    assert "Nothing was kept: put right what is wrong first.\n" in alone.out


def test_a_table_of_which_little_is_known_is_asked_about_and_mapped_once_for_all(body: Campaign) -> None:
    text = "我司编码,客户名称,状态,甲,乙,丙,丁\nH-001,甲公司,有效,1,2,3,4\n"
    export(body, "own.csv", text, "utf-8")
    ran = body.run("register", "import", "registers/own.csv", "--apply")
    assert ran.code == 3
    assert "no column is known as 合同编号\n" in ran.err
    assert "selfaudit register map registers/own.csv --as contracts number=HEADER\n" in ran.err
    args = ("number=我司编码", "_=乙", "--as", "contracts", "--by", "张经理", "--reason", "本所列名")
    ran = body.run("register", "map", "registers/own.csv", *args)
    assert (ran.code, "  我司编码 → number\n" in ran.out, "  乙 → not used\n" in ran.out) == (0, True, True)
    export(body, "later.csv", text.replace("H-001", "H-777"), "utf-8")
    assert body.run("register", "import", "registers/later.csv", "--apply").code == 0
    assert rows(body)[0][0] == "H-777"
    export(body, "next.csv", text.replace("丁", "备考").replace("H-001", "H-778"), "utf-8")
    assert body.run("register", "import", "registers/next.csv", "--apply").code == 0
    export(body, "other.csv", text.replace("丁", "备考").replace("丙", "案号"), "utf-8")
    assert body.run("register", "import", "registers/other.csv").code == 3
    (said,) = body.run("register", "map", "--json").data
    assert (said["register"], said["by"], said["reason"]) == ("contracts", "张经理", "本所列名")
    assert body.run("register", "map", "--forget", said["fingerprint"][:6]).code == 0
    assert body.run("register", "map", "--json").data == []
    assert body.run("register", "import", "registers/later.csv").code == 3


def test_a_register_of_which_a_few_headers_are_known_by_chance_is_not_taken_for_granted(body: Campaign) -> None:
    export(body, "other.csv", "合同编号,客户,a,b,c,d,e\nH-1,甲公司,1,2,3,4,5\n", "utf-8")
    ran = body.run("register", "import", "registers/other.csv", "--apply")
    assert (ran.code, "only 2 of its 7 columns are known to the register contracts (合同台账)" in ran.err) == (3, True)
    export(body, "合同台账.csv", "合同编号,客户,a,b,c,d,e\nH-1,甲公司,1,2,3,4,5\n", "utf-8")
    assert body.run("register", "import", "registers/合同台账.csv").code == 0
    assert body.run("register", "import", "registers/other.csv", "--apply", "--as", "合同台账").code == 0
    assert [row[0] for row in rows(body)] == ["H-1"]


def test_what_cannot_be_mapped_is_told_with_what_can(body: Campaign) -> None:
    for args, told in (
        (("number",), "“number” does not say which header stands for which column"),
        (("number=没有", "--as", "contracts"), "no table in it has the headers 没有"),
        (("没有=客户", "--as", "contracts"), "the register 合同台账 has no column “没有”"),
        (("number=客户", "--as", "没有"), "there is no register “没有”"),
        (("number=客户", "--as", "contract"), "Did you mean “contracts”?"),
    ):
        ran = body.run("register", "map", NAME, *args)
        assert (ran.code, told in ran.err) == (3, True), ran.said


def test_a_kit_without_registers_says_so(new_campaign: Campaign) -> None:
    ran = new_campaign.run("register", "list")
    assert (ran.code, "does not say which registers there are" in ran.err) == (3, True)


def test_the_template_keeps_long_numbers_and_is_imported_again(body: Campaign, tmp_path: Path) -> None:
    assert body.run("register", "template", "-o", tmp_path / "t.xlsx").code == 0
    empty = body.run("register", "import", tmp_path / "t.xlsx", "--apply")
    assert (empty.code, empty.err.count("there is no row under the header")) == (0, 2)
    assert "Nothing was kept: no row of these files can be.\n" in empty.out
    assert body.run("register", "list", "--json").data[0]["imported"] is False
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        sheet, styles = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs", 1)[1])
    spans = re.findall(r'<col min="(\d+)" max="(\d+)" [^>]*style="(\d+)"', sheet)
    by_column = {n: formats[int(style)] for first, last, style in spans for n in range(int(first), int(last) + 1)}
    # 49 is “text”: what is typed stays as it is typed, however many digits it has
    assert [by_column[n] for n in (1, 2, 6)] == ["49"] * 3
    assert '<dataValidation type="list"' in sheet


def test_a_folder_in_which_there_can_be_no_tables_is_named(body: Campaign, tmp_path: Path) -> None:
    for args in (("register", "import", NAME), ("check",)):
        ran = body.copy(tmp_path / f"{args[0]}?").run(*args)
        assert ran.code == 3
        assert "a question mark in its path" in ran.err


def test_what_a_killed_import_left_is_removed_by_the_next_one(body: Campaign) -> None:
    left = plant(body.root / ".selfaudit" / "registers", {"0/left.parquet": PERSON})
    assert body.run("register", "import", NAME, "--apply").code == 1
    assert not left.exists()


def test_a_merge_into_a_table_that_is_lost_is_refused_and_a_replacement_restores_it(body: Campaign) -> None:
    export(body, "c.csv", "企业名称,所在城市,职工人数\n甲公司,杭州,9\n", "utf-8")
    body.run("register", "import", NAME, "registers/c.csv", "--apply")
    for path in (body.root / "registers" / "imported").rglob("*.parquet"):
        path.unlink()
    ran = body.run("register", "import", NAME, "--apply")
    assert (ran.code, "is missing or was changed" in ran.err) == (3, True)
    assert body.run("register", "show", "customers").code == 3
    assert body.run("register", "import", "registers/c.csv", "--apply").code == 0
    assert rows(body, "customers") == [["甲公司", "杭州", "9"]]


def test_a_bug_met_in_reading_a_file_is_no_lack_of_memory(body: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(_head: object) -> None:
        raise KeyError(PERSON)

    def taking_all(_head: object) -> None:
        duckdb.execute("SELECT list_sort(range(500000000))").fetchall()

    asked = Asked((body.root / NAME,))
    monkeypatch.setattr(reading, "_first_cells", raising)
    with pytest.raises(KeyError) as told:
        import_registers(Workspace(body.root), asked, Silent())
    assert told.value.__notes__[-1:] == [NAME]
    monkeypatch.setattr(reading, "_first_cells", taking_all)
    assert [one.code for one in import_registers(Workspace(body.root), asked, Silent()).problems] == [
        "register.crashed"
    ]
