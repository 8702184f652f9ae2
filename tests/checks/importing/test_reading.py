"""A file that a body exported becomes typed rows; what was set aside, repaired and rejected is told."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.checks.importing.conftest import Read, Rows

EXPORT = """某某认证有限公司证书台账,,,,,,,,,
认证证书号,组织名称,统一社会信用代码,认证项目,体系人数,颁证日期,有效期至,证书状态,业务范围代码,备注
03410Q10286R0S,甲公司（北京）,91110000600037341L,A01,12人,2023.10.26,长期,01,03.01.02；29.01,
03410q10287r0s,乙公司,91110000600037341l,QMS,"1,234",2023/1/5,20261231,暂停,29.01,x

03410Q10288R0S,丙公司,９１110000600037341L,Z9,十二,10月26日,26-Oct-26,1,03.01.02,-
认证证书号,组织名称,统一社会信用代码,认证项目,体系人数,颁证日期,有效期至,证书状态,业务范围代码,备注
,丁公司,,QMS,1,45225,2023-13-01,有效,,
03410Q10286R0S,甲公司（北京）,91110000600037341L,QMS,12,2023-10-26,,有效,03.01.02、29.01,
合计,,,,4,,,,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_messy_export_is_read_in_any_encoding(read: Read, rows: Rows, encoding: str) -> None:
    found = read(EXPORT.encode(encoding))
    (table,) = found.tables
    assert found.problems == ()
    assert (table.register, table.header, table.rows, table.kept) == ("certificates", (2,), 5, 3)
    first, second, third = rows(table)
    assert first == {
        "source_row": 4,
        "number": "03410Q10287R0S",
        "organisation": "乙公司",
        "uscc": "91110000600037341L",
        "standard": "QMS",
        "codes": ["29.01"],
        "headcount": 1234,
        "issued": date(2023, 1, 5),
        "expires": date(2026, 12, 31),
        "status": "suspended",
        "note": "x",
    }
    assert (second["standard"], second["headcount"], second["issued"], second["note"]) == (None, None, None, None)
    assert (third["codes"], third["issued"], third["expires"]) == (["03.01.02", "29.01"], date(2023, 10, 26), None)


def test_every_row_of_the_file_is_accounted_for(read: Read) -> None:
    (table,) = read(EXPORT.encode()).tables
    aside = {one.kind: one.rows for one in table.set_aside}
    assert aside == {"title": (1,), "empty": (5,), "header": (7,), "subtotal": (10,), "same": (3,)}
    assert table.rows == table.kept + table.rows_rejected + len(aside["same"])


def test_a_column_in_which_nothing_stands_is_told_as_empty(read: Read) -> None:
    text = "认证证书号,组织名称,颁证日期,认证项目\nA1,甲公司,2026-01-05,\nA2,乙公司,2026-01-06,\n"
    (table,) = read(text.encode(), wanted=("certificates",)).tables
    assert {column.header: column.filled for column in table.columns} == {
        "认证证书号": 2,
        "组织名称": 2,
        "颁证日期": 2,
        "认证项目": 0,
    }


def test_what_was_rejected_says_where_and_why(read: Read, work: Path) -> None:
    (table,) = read(EXPORT.encode()).tables
    assert [(str(one.where), one.code) for one in table.problems] == [
        ("证书.csv:D6", "register.code"),
        ("证书.csv:E6", "register.number"),
        ("证书.csv:F6", "register.day-without-year"),
        ("证书.csv:A8", "register.row-lacking"),
        ("证书.csv:G8", "register.day"),
    ]
    assert (table.rows_rejected, table.cells_rejected) == (1, 4)
    sent_back = list(csv.reader(io.StringIO((work / table.rejects).read_text("utf-8-sig"))))
    assert sent_back[0][2:4] == ["认证证书号", "组织名称"]
    assert [row[0] for row in sent_back[1:]] == ["6", "8"]
    assert "“十二” is no number" in sent_back[1][1]
    assert sent_back[1][-1] == "'-"


def test_every_repair_is_counted(read: Read) -> None:
    (table,) = read(EXPORT.encode()).tables
    repairs = {(one.kind.code.removeprefix("register.read-"), one.column): one.count for one in table.repairs}
    assert repairs == {
        ("upper", "number"): 1,
        ("narrow", "uscc"): 1,
        ("upper", "uscc"): 1,
        ("number", "headcount"): 2,
        ("day", "issued"): 2,
        ("serial", "issued"): 1,
        ("empty", "expires"): 1,
        ("day", "expires"): 2,
        ("padded", "status"): 1,
        ("empty", "note"): 1,
    }


def test_columns_say_what_they_were_understood_as(read: Read) -> None:
    (table,) = read("证书编号(必填),获证组织*,体系人数（人）,心情,证书号\nA001Q1,甲,3,好,B\n".encode()).tables
    assert [(one.place, one.columns, one.by, one.known_as, one.filled) for one in table.columns] == [
        ("A", ("number",), "alias", "证书编号", 1),
        ("B", ("organisation",), "alias", "获证组织", 1),
        ("C", ("headcount",), "alias", "体系人数", 1),
        ("D", (), "", "", 1),
        ("E", (), "taken", "证书号", 1),
    ]
    assert table.columns[3].examples == ("好",)
    assert "issued" in table.absent
    assert "number" not in table.absent


def test_numbers_of_persons_are_whole_in_the_rows_and_masked_wherever_they_are_shown(read: Read, rows: Rows) -> None:
    text = (
        "项目编号,审核员姓名,证件号码,开始时间,结束时间,角色,人日\n"
        "P1,甲,11010519491231002x,2023-10-26 08:30,2023-10-27 17:00,组长,2\n"
        "P1,乙,3.30106E+17,2023-10-26 08:30,2023-10-27 17:00,组员,2\n"
        "P1,丙,1101**********1234,2023-10-26 08:30,2023-10-27 17:00,组员,2\n"
        "P1,丁,110105194912310021,2023-10-26 08:30,2023-10-27 17:00,组员,2\n"
        "P1,戊,11010519491231002,2023-10-26 08:30,2023-10-27 17:00,组员,2\n"
        "P1,己,1101051949123100211,2023-10-26 08:30,2023-10-27 17:00,组员,2\n"
    )
    found = read(text.encode(), "派遣.csv")
    (table,) = found.tables
    assert table.register == "assignments"
    assert [row["id_number"] for row in rows(table)] == [
        *("11010519491231002X", None, None, "110105194912310021", None, None)
    ]
    assert rows(table)[0]["start_at"] == datetime(2023, 10, 26, 8, 30)  # noqa: DTZ001 - as in the file
    assert [(one.where.place, one.code) for one in table.problems] == [
        ("C3", "register.digits-lost"),
        ("C4", "register.number-masked"),
        ("C6", "register.person-length"),
        ("C7", "register.person-length"),
        ("C5", "register.check-digit"),
    ]
    assert "0021" in table.problems[-1].message
    assert {(one.kind.code, one.count) for one in table.repairs if one.column == "id_number"} == {
        ("register.read-upper", 1),
        ("register.check-digit", 1),
    }
    assert "1949123100" not in repr(found)


def test_numbers_of_persons_are_masked_where_cells_have_shifted_too(read: Read, work: Path) -> None:
    number, old, mobile = "11010519491231002X", "110105491231002", "13900001234"
    text = (
        "项目编号,审核员姓名,开始时间,结束时间,备注,心情\n"
        f"P1,甲,{number},2023-10-27,＋{old},证件 {number} 电话{mobile}\n"
        f"{number},乙,2023-10-26,2023-10-27,１１０１０５１９４９１２３１００２Ｘ,{old}\n"
    )
    found = read(text.encode(), "派遣.csv", wanted=("assignments",))
    (table,) = found.tables
    sent_back = (work / table.rejects).read_text("utf-8-sig")
    untold = read(f"{number},甲,{mobile}\n{number},乙,{old}\n".encode(), "无.csv")
    said = repr(found) + sent_back + repr(untold)
    assert "register.no-header" in said
    assert [one for one in (number, old, mobile, "１９４９１２３１") if one in said] == []
    assert "002X" in said


def test_a_number_of_which_excel_lost_digits_is_rejected(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["姓名", "证件号码", "注册证书号", "注册领域", "注册级别", "专/兼职"],
        ["甲", 330106199001011234, "2020-N1QMS-1", "QMS", 2, 1],
        ["乙", "33010619900101000X", "2020-N1QMS-2", "QMS", "审核员", "专职"],
    ):
        sheet.append(row)
    path = tmp_path / "人员.xlsx"
    book.save(path)
    (table,) = read(path, wanted=("auditors",)).tables
    assert (table.register, table.kept) == ("auditors", 2)
    assert [(str(one.where), one.code) for one in table.problems] == [("人员.xlsx:Sheet!B2", "register.digits-lost")]
    assert "register.read-padded" in {one.kind.code for one in table.repairs}


def test_a_workbook_that_counts_from_1904_merged_titles_and_hidden_places(
    read: Read, rows: Rows, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "证书"
    sheet.append(["证书台账"])
    sheet.merge_cells("A1:D1")
    for row in (
        ["证书信息", None, "有效期", None],
        ["证书编号", "组织名称", "颁证日期", "到期日期"],
        ["A001Q1", "甲", date(2023, 10, 26), 40000],
        ["A001Q2", None, "2023-10-27", "2026年10月26日"],
        ["A001Q3", None, "2023-10-27", "2026年10月26日 上午"],
    ):
        sheet.append(row)
    sheet.merge_cells("B4:B6")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("说明").append(["请于月底前填报"])
    book.epoch = CALENDAR_MAC_1904
    path = tmp_path / "1904.xlsx"
    book.save(path)
    found = read(path)
    (table,) = found.tables
    read_sheet, other = found.sheets
    assert (read_sheet.table, read_sheet.hidden_rows, read_sheet.hidden_columns, read_sheet.merged) == (
        True,
        (5,),
        ("D",),
        2,
    )
    assert not other.table
    assert table.header == (3,)
    assert [(row["organisation"], row["issued"], row["expires"]) for row in rows(table)] == [
        ("甲", date(2023, 10, 26), date(2013, 7, 7)),
        ("甲", date(2023, 10, 27), date(2026, 10, 26)),
        ("甲", date(2023, 10, 27), date(2026, 10, 26)),
    ]


def test_headers_in_two_lines_are_joined(read: Read, rows: Rows) -> None:
    text = "项目,,审核,,审核员\n编号,组织名称,开始时间,截止日期,姓名\nP1,甲,2023-10-26,2023-10-27,张\n"
    (table,) = read(text.encode(), wanted=("assignments",)).tables
    assert table.header == (1, 2)
    assert [one.columns for one in table.columns] == [
        ("project",),
        ("organisation",),
        ("start_at",),
        ("end_at",),
        ("name",),
    ]
    assert len(rows(table)) == 1


def test_the_line_above_says_which_of_two_equal_headers_is_which(read: Read, rows: Rows) -> None:
    text = "项目,,第一阶段,,第二阶段,,人日\n项目号,客户名称,开始时间,结束时间,开始时间,结束时间,计划人日(人日)\n"
    text += "P1,甲,2023-10-08 08:30,2023-10-08 17:00,2023-10-26 08:30,2023-10-27 17:00,5\n"
    text += "P2,乙,,,2023-10-26,2023-10-27,2\n"
    (table,) = read(text.encode(), wanted=("audits",)).tables
    first, second = rows(table)
    assert [first[one].day for one in ("stage1_from", "stage1_to", "start_on", "end_on")] == [8, 8, 26, 27]
    assert (second["stage1_from"], second["start_on"].day, second["planned_days"]) == (None, 26, 2)


def test_titles_above_that_nobody_knows_leave_it_to_a_person_which_of_two_equal_headers_is_meant(read: Read) -> None:
    text = "项目,,第一阶段,,到厂,\n项目号,客户名称,开始时间,结束时间,开始时间,结束时间\n"
    text += "P1,甲,2023-10-08,2023-10-08,2023-10-26,2023-10-27\n"
    (table,) = read(text.encode()).tables
    assert table.register == ""
    assert "start_on" in next(one for one in table.also if one.register == "audits").lacking


def test_the_same_header_twice_is_told_apart_by_its_place(read: Read, rows: Rows) -> None:
    text = "认证证书号,组织名称,注册资本,币种,实收认证费用,币种\nA001Q1,甲,100,人民币,2万元,美元\n"
    (table,) = read(text.encode(), wanted=("certificates",)).tables
    (row,) = rows(table)
    assert (row["capital_currency"], row["fee_currency"], row["fee"]) == ("人民币", "美元", 20000)


@pytest.mark.parametrize(
    ("header", "written", "read_as"), [("实收认证费用（万元）", "2.5", 25000), ("认证费用(元)", "300", 300)]
)
def test_the_unit_that_a_header_names_counts(read: Read, rows: Rows, header: str, written: str, read_as: int) -> None:
    text = f"认证证书号,组织名称,{header}\nA001Q1,甲,{written}\n"
    (table,) = read(text.encode(), wanted=("certificates",)).tables
    assert rows(table)[0]["fee"] == read_as


def test_kilometres_in_a_header_are_those_of_the_register(read: Read, rows: Rows) -> None:
    for header, far in (("偏离距离(km)", 32.05139999999999), ("偏离距离(m)", 0.03205139999999999)):
        text = f"姓名,签到时间,{header}\n张,2026-03-01 09:00,32.05139999999999\n"
        (table,) = read(text.encode(), wanted=("sign_ins",)).tables
        assert rows(table)[0]["distance"] == pytest.approx(far)


def test_a_table_that_fits_two_registers_equally_is_asked_about(read: Read) -> None:
    header = "姓名,证件号码,注册证书号,注册领域,注册级别,有效期起,有效期止,注册状态,执业机构"
    text = f"{header}\n甲,11010519491231002X,N1,QMS,审核员,2020-01-01,2023-01-01,正常,某机构\n".encode()
    (asked,) = read(text, "导出.csv").tables
    assert (asked.register, asked.parquet) == ("", "")
    assert {one.register for one in asked.also} >= {"auditors", "ccaa"}
    (said,) = read(text, "导出.csv", mapped={asked.fingerprint: {"姓名": "ccaa.name"}}).tables
    assert (said.register, said.kept) == ("ccaa", 1)
    (named,) = read(text, "ccaa.csv").tables
    assert named.register == "ccaa"
    both = read(text, "导出.csv", ("auditors", "ccaa")).tables
    assert {one.register: one.kept for one in both} == {"auditors": 1, "ccaa": 1}


def test_a_table_of_certificates_tells_of_audits_and_one_of_audits_and_teams_of_both(read: Read) -> None:
    text = "认证证书号,组织名称,认证审核活动代码,审核开始日期,审核截至日期,审核人日数,证书状态\n"
    found = read(f"{text}A1,甲,01,2026-03-01,2026-03-02,4,01\nA2,乙,,,,,01\n".encode())
    assert [(one.register, one.beside, one.kept) for one in found.tables] == [
        ("certificates", "", 2), ("audits", "certificates", 1),
    ]  # fmt: skip
    assert found.tables[1].problems == ()
    text = "项目编号,证书编号/合同号,审核类型,开始,结束,计划人日,姓名,证件号,角色,资格类型"
    found = read(f"{text}\nP1,A1,初次,2026-03-01,2026-03-02,4,张,,组长,审核员\n".encode())
    assert [(one.register, one.beside) for one in found.tables] == [("assignments", ""), ("audits", "assignments")]
    found = read(f"{text},评审人,决定人,决定日期\nP1,A1,初次,2026-03-01,2026-03-02,4,张,,组长,审核员,,,\n".encode())
    assert {one.register for one in found.tables} == {"audits", "assignments"}
    found = read("证书编号,获证组织名称,颁证日期,状态,认证依据,分公司,暂停起\nA1,甲,2026-03-01,有效,,,\n".encode())
    assert [one.register for one in found.tables] == ["certificates"]


def test_a_person_can_say_what_columns_are(read: Read, rows: Rows) -> None:
    text = "编码,客户,证书状态\nA001Q1,甲,有效\n".encode()
    (asked,) = read(text, wanted=("certificates",)).tables
    assert (asked.register, asked.also[0].lacking) == ("", ("number", "organisation"))
    (unknown,) = read("甲,乙\n1,2\n".encode(), wanted=("certificates",)).tables
    assert [one.name for one in unknown.columns] == ["甲", "乙"]
    said = {"编码": "certificates.number", "客户": "certificates.organisation"}
    (table,) = read(text, mapped={asked.fingerprint: said}).tables
    assert [one.by for one in table.columns] == ["mapping", "mapping", "title"]
    assert rows(table)[0]["organisation"] == "甲"


def test_a_key_that_no_column_has_is_put_together(read: Read, rows: Rows) -> None:
    header = "证书编号,审核类型,审核开始日期,审核结束日期,组织名称"
    text = f"{header}\nA001Q1,监督,2023-10-26,2023-10-27,甲\nA001Q2,监督,,2023-10-27,乙\n"
    (table,) = read(text.encode(), wanted=("audits",)).tables
    assert table.made == {"project": ("certificate", "type", "start_on")}
    assert [row["project"] for row in rows(table)] == ["A001Q1/监督/2023-10-26"]
    assert [(one.column, one.count, one.rows) for one in table.rejected] == [("project", 1, True)]


def test_rows_with_the_same_key_count_once_if_they_say_the_same_and_are_all_read_if_not(read: Read, rows: Rows) -> None:
    text = "证书编号,组织名称,证书状态\nA001Q1,甲,有效\nA001Q1,甲,暂停\nA001Q1,甲,01\n"
    (table,) = read(text.encode(), wanted=("certificates",)).tables
    assert [(row["source_row"], row["status"]) for row in rows(table)] == [(3, "suspended"), (4, "valid")]
    assert [(one.kind, one.rows) for one in table.set_aside] == [("same", (2,))]


def test_a_file_without_a_header_that_is_known_is_refused_with_what_it_says(read: Read) -> None:
    found = read("日期,天气\n2023-10-26,晴\n".encode())
    (problem,) = found.problems
    assert problem.message == (
        "no row among the first 30 has headers that are known here; the first row with several texts says: 日期, 天气"
    )
    assert "selfaudit register template" in problem.hint


def test_a_register_that_is_wanted_may_have_one_column(read: Read) -> None:
    (table,) = read("付款单位\n甲\n乙\n".encode(), wanted=("payments",)).tables
    assert (table.register, table.kept) == ("payments", 2)


def test_rows_stay_in_the_order_of_the_file(read: Read, rows: Rows) -> None:
    lines = [f"A{n:05d}Q,甲{n},{n % 7 + 1}月{n % 28 + 1}日,{n}人" for n in range(3_000)]
    (table,) = read(
        "\n".join(["证书编号,组织名称,颁证日期,体系人数", *lines]).encode(), wanted=("certificates",)
    ).tables
    assert [row["source_row"] for row in rows(table)] == list(range(2, 3_002))
