"""Whose audit a case file is of is read in its path, as a pattern says, or as registers know the number in it."""

from dataclasses import replace

import pytest

from selfaudit.base.problems import UserError
from selfaudit.model.casefiles.identity import Identities, Identity, Pattern
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.data.register import Code

STANDARDS = {
    "QMS": Code(title="质量管理体系", aliases=("Q", "质量"), contains=("9001", "19001")),
    "EMS": Code(title="环境管理体系", aliases=("环境",), contains=("14001",)),
}
KNOWN = Identity("P-2023_01", "质量管理体系", "甲公司", "2023-05-01", ("张三", "李四"))


@pytest.mark.parametrize(
    ("pattern", "path", "said"),
    [
        (
            "{standard}/{organisation}_{period}/{auditors}*",
            "质量/甲公司_2023年5月1日/张三、李四_检查表.docx",
            Identity("", "质量管理体系", "甲公司", "2023-05-01", ("张三", "李四")),
        ),
        ("*/{organisation}", "2023/甲公司/更深/a.docx", Identity("", "", "甲公司")),
        ("{organisation}-{case}", "甲公司-P9.v2.pdf", Identity("P9.v2", "", "甲公司")),
    ],
)
def test_a_pattern_says_what_parts_of_a_path_stand_for(pattern: str, path: str, said: Identity) -> None:
    found = Identities({}, STANDARDS, (Pattern(pattern),)).of(path)
    assert found == said.otherwise(Identity(period=found.period))


def test_of_several_patterns_the_first_that_fits_counts_and_others_are_not_like_the_path() -> None:
    who = Identities({}, {}, (Pattern("{organisation}/{period}/*"), Pattern("{case}")))
    assert who.of("甲/2022/a.txt").organisation == "甲"
    assert who.of("P1.txt").case == "P1"
    assert Identities({}, {}, (Pattern("{organisation}/{period}/*"),)).said("P1.txt") is None


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{x}/*", "similar.pattern-unknown"),
        ("{case}/{case}", "similar.pattern-twice"),
        ("*/*", "similar.pattern-empty"),
    ],
)
def test_what_is_no_pattern_says_so(pattern: str, code: str) -> None:
    with pytest.raises(UserError) as told:
        Pattern(pattern)
    assert [one.code for one in told.value.problems] == [code]


@pytest.mark.parametrize(
    "path",
    ["2023/P-2023_01/记录.docx", "p-2023_01_检查表 (2).docx", "甲（P-2023_01）.pdf", "案卷 ｐ-2023_01 审核/a/b.txt"],
)
def test_a_number_in_the_path_is_looked_up_in_the_registers(path: str) -> None:
    assert Identities({"P-2023_01": KNOWN}).of(path) == KNOWN


CASES = {number: Identity(number) for number in ("YC-222-007", "YC-222-007-1", "12", "P1", "2023005")}


@pytest.mark.parametrize(
    ("path", "case"),
    [
        ("YC-222-007案卷.zip/检查表/1.docx", "YC-222-007"),
        ("EMS/YC-222-007EMS记录.txt", "YC-222-007"),
        ("审核YC-222-007扫描.pdf", "YC-222-007"),
        ("yc-222-007 2023.docx", "YC-222-007"),
        ("YC-222-007-1案卷.docx", "YC-222-007-1"),
        ("案卷.zip/2023005监督.docx", "2023005"),
        ("P1案卷.docx", "P1"),
        ("12/a.docx", "12"),
        ("YC-222-0071.docx", ""),
        ("1YC-222-007.docx", ""),
        ("MAP1.docx", ""),
        ("2023年12月/a.docx", ""),
    ],
)
def test_a_known_number_is_found_wherever_it_stands_unless_it_is_part_of_another(path: str, case: str) -> None:
    assert Identities(CASES).of(path).case == case


def test_registers_know_a_case_better_than_a_pattern_and_a_number_is_nobody() -> None:
    who = Identities(
        {**CASES, "YC-223-001": replace(KNOWN, case="YC-223-001")}, {}, (Pattern("{organisation}/{auditors}"),)
    )
    assert who.of("甲厂/YC-223-001.docx") == replace(KNOWN, case="YC-223-001")
    # what no register knows of the case is taken from the path, but no number for a name
    assert who.of("甲厂/YC-222-007、王五、赵6.docx") == Identity("YC-222-007", organisation="甲厂", auditors=("王五",))
    assert who.of("YC-222-007/P9.docx") == Identity("YC-222-007")


def test_files_of_one_case_are_of_one_audit_whatever_else_is_known() -> None:
    one = CaseRecord(id="a", digest="0" * 64, case="P1", characters=1)
    assert one.same_audit(one.model_copy(update={"id": "b", "organisation": "甲"}))
    assert not one.same_audit(one.model_copy(update={"case": "P2"}))
    assert not one.model_copy(update={"case": ""}).same_audit(one.model_copy(update={"case": ""}))


@pytest.mark.parametrize(
    ("path", "standard"),
    [
        ("QMS/甲.docx", "质量管理体系"),
        ("环境/QMS 检查表.docx", "质量管理体系"),
        ("ISO9001+14001 甲公司/a.docx", "质量管理体系、环境管理体系"),
        ("GB/T 19001-2016/a.docx", "质量管理体系"),
        ("合同190012/a.docx", ""),
        ("Q/a.docx", ""),
    ],
)
def test_a_standard_is_known_by_the_names_that_the_kit_has_of_it(path: str, standard: str) -> None:
    assert Identities({}, STANDARDS).of(path).standard == standard


@pytest.mark.parametrize(
    ("path", "period"),
    [
        ("甲_20230501.docx", "2023-05-01"),
        ("2023年5月/a.txt", "2023年5月"),
        ("2022/甲 2023-5-1/a.txt", "2023-05-01"),
        ("甲/a", ""),
    ],
)
def test_a_day_in_the_path_is_that_of_the_audit(path: str, period: str) -> None:
    assert Identities().of(path).period == period
