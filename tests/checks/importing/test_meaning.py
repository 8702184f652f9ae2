"""What headers and the names of files and sheets mean: which row it is, which register, which of two days."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from selfaudit.model.data.reading import FileRead
from tests.checks.importing.conftest import Read, Rows

TEAM = "证书编号,受审核方,审核阶段,审核开始时间,审核截止日期,审核员姓名,证件号码,资格类型,审核员身份角色,是否专职"
ONE = "A001Q1,甲公司,0102,2023-01-05,2023-01-07,王甲,11010519491231002X,02,01,1"

STAGES = {
    "0101": "initial_stage1",
    "0102": "initial",
    "0201": "recertification_stage1",
    "0202": "recertification",
    "01": "initial",
    "初审一阶段": "initial_stage1",
    "第二阶段": "initial",
}


def chosen(found: FileRead) -> list[str]:
    return [table.register for table in found.tables]


def test_two_days_in_one_cell_go_into_the_two_columns_of_the_register(read: Read, rows: Rows) -> None:
    text = "证书编号,获证组织,有效期,暂停起止,审核起止日期\nA1,甲,2023.1.5-2026.1.4,2024-02-01,2023-01-02至01-04\n"
    (table,) = read(f"{text}A2,乙,2026-01-04,,明年\n".encode(), wanted=("certificates",)).tables
    first, second = rows(table)
    assert [first[name] for name in ("issued", "expires", "suspended_from", "suspended_to")] == [
        date(2023, 1, 5),
        date(2026, 1, 4),
        date(2024, 2, 1),
        None,
    ]
    assert (first["audit_from"].day, first["audit_to"].day) == (2, 4)
    assert (second["issued"], second["expires"]) == (None, date(2026, 1, 4))
    assert [(one.columns, one.by) for one in table.columns if one.by == "span"] == [
        (("issued", "expires"), "span"),
        (("suspended_from", "suspended_to"), "span"),
        (("audit_from", "audit_to"), "span"),
    ]
    assert {one.code for one in table.problems} == {"register.span"}


def test_columns_of_their_own_are_better_than_two_days_in_one_cell(read: Read, rows: Rows) -> None:
    text = "证书编号,获证组织,颁证日期,到期日期,有效期起止\nA1,甲,2023-01-05,2026-01-04,2020.1.1-2020.2.2\n"
    (table,) = read(text.encode(), wanted=("certificates",)).tables
    assert (rows(table)[0]["issued"], table.columns[-1].by) == (date(2023, 1, 5), "taken")


def test_a_sheet_that_is_clearly_another_register_is_not_read_as_the_one_that_was_named(
    read: Read, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "证书"
    for line in ("证书编号,获证组织,颁证日期,证书状态", "A001Q1,甲公司,2023-01-20,有效"):
        book["证书"].append(line.split(","))
    team = book.create_sheet("审核组")
    for line in (TEAM, ONE):
        team.append(line.split(","))
    path = tmp_path / "月报.xlsx"
    book.save(path)
    found = read(path, wanted=("certificates",))
    assert [(one.sheet, one.register, one.rather) for one in found.tables] == [
        ("证书", "certificates", ""),
        ("审核组", "", "assignments"),
    ]
    assert chosen(read(path, wanted=("certificates", "assignments"))) == ["certificates", "assignments"]
    people = "姓名,身份证号,注册号,级别,注册有效期,状态,专业\n王甲,,N1,审核员,2024-01-01至2026-12-31,正常,14.02\n"
    (table,) = read(people.encode(), wanted=("assignments",)).tables
    assert (table.register, table.rather) == ("", "auditors")
    alone = f"{TEAM}\n{ONE}\n".encode()
    assert [one.rather for one in read(alone, wanted=("certificates",)).tables] == ["assignments"]
    assert set(chosen(read(alone, wanted=("auditors", "assignments")))) == {"auditors", "assignments"}


PEOPLE = "{above}证书编号,组织名称,{days},姓名,身份证号,组内身份,专业\nA1,甲公司,2023-01-05,2023-01-07,王甲,,组长,14\n"


def test_a_table_with_numbers_of_persons_or_the_title_of_another_register_is_not_one_of_certificates(
    read: Read,
) -> None:
    name, own = "证书月报10.csv", "开工,收工"
    assert chosen(read(PEOPLE.format(above="", days="审核开始,审核结束").encode(), name)) == ["assignments"]
    (numbers,) = read(PEOPLE.format(above="", days=own).encode(), name).tables
    (title,) = read(PEOPLE.format(above="审核组信息表\n", days=own).replace("身份证号", "证号").encode(), name).tables
    for table in (numbers, title):
        assert (table.register, table.also[0].register, table.also[0].lacking) == (
            "",
            "assignments",
            ("start_at", "end_at"),
        )
    said = {numbers.fingerprint: {"开工": "assignments.start_at", "收工": "assignments.end_at"}}
    text = PEOPLE.format(above="", days=own).encode()
    assert chosen(read(text, name, mapped=said)) == ["assignments"]
    (aside,) = read(text, name, ("certificates",), said).tables
    assert (aside.register, aside.rather) == ("", "assignments")


def test_a_table_that_is_read_as_two_registers_uses_what_either_knows(read: Read, rows: Rows) -> None:
    text = "证书编号,获证组织,颁证日期,证书状态,审核活动,审核起止日期,工日\nA1,甲,2023-02-05,有效,监督,2023.1.2-1.4,2\n"
    text += ",乙,2023-02-05,有效,监督,2023.1.2-1.4,2\n"
    (first,) = read(text.encode()).tables
    for id_, shown in (("certificates.man_days", ["man_days"]), ("audits.actual_days", [])):
        said = {first.fingerprint: {"工日": id_}}
        certificates, audits = read(text.encode(), mapped=said).tables
        assert (certificates.register, audits.register, audits.beside) == ("certificates", "audits", "certificates")
        assert (rows(audits)[0]["organisation"], rows(audits)[0]["actual_days"]) == ("甲", 2)
        assert list(certificates.columns[-1].columns) == shown
        assert [(one.rows, one.kept, one.rows_rejected) for one in (certificates, audits)] == [(2, 1, 1)] * 2
        assert [len(one.problems) for one in (certificates, audits)] == [1, 0]


@pytest.mark.parametrize(
    ("name", "header", "register"),
    [
        ("上报.csv", "证书编号,获证组织名称,颁证日期,到期日期,证书状态", "reported"),
        ("10月月报.csv", "证书编号,获证组织名称,颁证日期,到期日期,证书状态", "certificates"),
        ("导出.csv", "证书编号,获证组织名称,颁证日期,到期日期,证书状态", "certificates"),
        ("导出.csv", "证书编号,获证组织名称,颁证日期,到期日期,证书状态,信息上报日期", ""),
        ("导出.csv", "姓名,证件号码,注册证书号,注册领域,注册级别,有效期起,有效期止,注册状态,执业机构", ""),
        (
            "导出.csv",
            "姓名,证件号码,注册证书号,注册领域,注册级别,有效期起,有效期止,注册状态,执业机构,专/兼职",
            "auditors",
        ),
        (
            "审核员名单.csv",
            "姓名,证件号码,注册证书号,注册领域,注册级别,有效期起,有效期止,注册状态,执业机构",
            "auditors",
        ),
    ],
)
def test_names_and_columns_of_its_own_settle_which_register_a_table_is(
    read: Read, name: str, header: str, register: str
) -> None:
    line = ",".join("x" for _ in header.split(","))
    assert chosen(read(f"{header}\n{line}\n".encode(), name)) == [register]


def test_a_row_of_data_is_never_taken_for_a_header(read: Read) -> None:
    person = "11010519491231002X"
    line = f"王甲,{person},审核员,组长,QMS\n李乙,E12345678,专家,组员,EMS\n"
    for wanted in ((), ("auditors",)):
        found = read(line.encode(), "人.csv", wanted)
        assert [one.code for one in found.problems] == ["register.no-header"]
        assert person not in repr(found)
    (table,) = read(
        f"填报单位：技术部,2023-11-08\n人员,证件,身份,职务,类别\n{line}".encode(), "人.csv", ("auditors",)
    ).tables
    assert (table.header, table.columns[0].header) == ((2,), "人员")
    (open_,) = read(f"人员名字,证件号码,注册证书号\n{line}".encode(), "人.csv", ("auditors",)).tables
    assert open_.columns[1].examples == ("****002X", "****5678")


def test_another_register_is_offered_only_where_most_of_it_is_there(read: Read) -> None:
    header = "项目编号,证书编号,受审核方,体系,审核类型,审核起止日期,计划人日,决定人,决定日期"
    text = f"{header}\nP1,A1,甲,QMS,初审,2023.1.5-7,4,王,2023-01-20\n"
    (table,) = read(text.encode(), "导出.csv").tables
    assert (table.register, [one.register for one in table.also]) == ("audits", [])
    assert {one.after for one in table.repairs if one.column in ("start_on", "end_on")} == {"2023-01-05", "2023-01-07"}


def test_stages_with_a_row_of_their_own_in_a_list_of_certificates_are_told_apart(read: Read, rows: Rows) -> None:
    header = "认证证书号,组织名称,认证项目代码,证书状态,认证审核活动代码,审核开始日期,审核截至日期,审核人日数"
    lines = [f"01826Q0001R0M,甲公司,A01,01,{code},2026-03-0{n},2026-03-0{n},1" for n, code in enumerate(STAGES, 1)]
    certificates, audits = read("\n".join([header, *lines]).encode(), "2026-03.csv").tables
    assert (certificates.register, audits.register, audits.cells_rejected) == ("certificates", "audits", 0)
    assert [row["type"] for row in rows(audits)] == list(STAGES.values())
