"""``findings``: what the answers report, with ids that stay."""

import pytest
from python_calamine import CalamineWorkbook

from tests.support.campaign import Campaign
from tests.support.filling import FINDING, Finding

SECOND: Finding = {"number": "2", "item": "2.2", "fact": "曾为受审核方培训", "cause": "不了解规定", "severity": "一般"}
NUMBERS = ("佐证材料份数",)
EVIL = ('=HYPERLINK("http://x","点我")', "+1+1", "-2", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0")


@pytest.fixture
def found(campaign: Campaign) -> Campaign:
    """A campaign with two findings, the second of which lacks its disposition."""
    said = {"answers": {"2.1 a": "发现问题", "2.2": "发现问题"}, "findings": [FINDING, SECOND]}
    campaign.receive("张三.yaml", campaign.filled("张三", **said))
    campaign.receive("李四.yaml", campaign.filled("李四"))
    assert campaign.run("collect").code == 1
    return campaign


def ids(campaign: Campaign, *args: str) -> list[str]:
    """Return the ids of the findings listed."""
    ran = campaign.run("findings", "list", "--json", *args)
    assert ran.code == 0, ran.said
    return [finding["id"] for finding in ran.data]


def test_findings_are_listed_with_id_place_severity_reporter_and_what_is_missing(found: Campaign) -> None:
    ran = found.run("findings", "list")
    assert ran.code == 0
    table, _, step = ran.out.partition("\n\n")
    assert "selfaudit findings show" in step
    rows = [line.split() for line in table.splitlines()[2:]]
    assert [(row[0], row[1]) for row in rows] == [("2.1-01", "2.1"), ("2.2-01", "2.2")]
    assert "张三" in rows[0]
    assert rows[1][-1] == "handling"


def test_a_finding_is_shown_in_full(found: Campaign) -> None:
    first, second = ids(found)
    ran = found.run("findings", "show", first)
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "2.1-01  2.1 a  到场"
    for said in (
        "Reported by 张三 (审核部)",
        "fact: 2023-05-06 项目 C-17 末次会议缺席",
        "cause: 排期冲突",
        "severity: 严重",
        "handling: 证书: 保持",
    ):
        assert said in ran.out
    assert "Missing: handling" in found.run("findings", "show", second.lower()).out
    assert found.run("findings", "show", "2.1-01").out == ran.out


def test_an_unknown_finding_is_told(found: Campaign) -> None:
    ran = found.run("findings", "show", "7K2M9QXA-2.1-1")
    assert ran.code == 3
    assert "there is no finding “7K2M9QXA-2.1-1”" in ran.err
    assert "selfaudit findings list" in ran.err


@pytest.mark.parametrize(
    ("args", "places"),
    [
        (["--unit", "审核部"], ["2.1-1", "2.2-2"]),
        (["--unit", "A", "--item", "2.2"], ["2.2-2"]),
        (["--unit", "技术部"], []),
        (["--area", "行为"], ["2.1-1", "2.2-2"]),
        (["--area", "business"], []),
        (["--severity", "严重"], ["2.1-1"]),
        (["--severity", "minor"], ["2.2-2"]),
        (["--incomplete"], ["2.2-2"]),
    ],
)
def test_findings_are_filtered_by_id_or_title(found: Campaign, args: list[str], places: list[str]) -> None:
    assert [one.partition("-")[2] for one in ids(found, *args)] == places


@pytest.mark.parametrize(
    "args", [["--area", "行卫"], ["--severity", "很严重"], ["--unit", "审和部"], ["--item", "9.9"]]
)
def test_a_filter_that_can_match_nothing_is_told_and_not_an_empty_list(found: Campaign, args: list[str]) -> None:
    for command in ("list", "export"):
        ran = found.run("findings", command, *args)
        assert ran.code == 3, ran.said
        assert f"“{args[1]}”" in ran.err


def test_an_id_stays_when_the_form_is_corrected_and_another_finding_goes(found: Campaign) -> None:
    before = ids(found)
    second = {**SECOND, "disposition": {"people": "培训"}}
    said = {"answers": {"2.2": "发现问题"}, "findings": [second], "on": "2023-11-08"}
    found.receive("张三 更正.yaml", found.filled("张三", **said))
    assert found.run("collect").code == 0
    assert ids(found) == [before[1]]
    assert ids(found, "--incomplete") == []


def test_a_short_id_stays_and_is_given_to_no_other_finding(found: Campaign) -> None:
    def short() -> dict[str, str]:
        return {one["fact"]: one["short_id"] for one in found.run("findings", "list", "--json").data}

    first, second = short()
    third = {**FINDING, "number": "3", "fact": "漏签到"}
    said = {
        "answers": {"2.1 a": "发现问题", "2.2": "发现问题"},
        "findings": [{**SECOND, "disposition": {"people": "培训"}}, third],
    }
    said["on"] = "2023-11-08"
    found.receive("张三 更正.yaml", found.filled("张三", **said))
    assert found.run("collect").code == 0
    assert short() == {second: "2.2-01", "漏签到": "2.1-02"}
    again = {"answers": {"2.1 a": "发现问题"}, "findings": [FINDING], "on": "2023-11-09"}
    found.receive("张三 再更正.yaml", found.filled("张三", **again))
    assert found.run("collect").code == 0
    assert short() == {first: "2.1-01"}


def test_a_finding_without_severity_has_that_of_its_item_and_is_marked(campaign: Campaign) -> None:
    finding = {key: value for key, value in FINDING.items() if key != "severity"}
    campaign.receive("张三.yaml", campaign.filled("张三", answers={"2.1 a": "发现问题"}, findings=[finding]))
    campaign.run("collect")
    (told,) = campaign.run("findings", "list", "--json").data
    assert (told["severity"], told["severity_by_default"]) == ("major", True)
    assert "严重 (default of the item)" in campaign.run("findings", "list").out
    assert "severity: 严重 (default of the item)" in campaign.run("findings", "show", "2.1-01").out
    campaign.run("findings", "export", "-o", "findings.xlsx")
    _, row = CalamineWorkbook.from_path(campaign.root / "findings.xlsx").get_sheet_by_index(0).to_python()
    assert "严重（按自查项默认）" in row


def test_the_workbook_holds_every_field_as_text(found: Campaign) -> None:
    ran = found.run("findings", "export", "-o", "findings.xlsx")
    assert ran.code == 0
    assert "Wrote 2 findings to findings.xlsx" in ran.out
    book = CalamineWorkbook.from_path(found.root / "findings.xlsx")
    header, first, second = book.get_sheet_by_index(0).to_python()
    texts = [cell for row in (first, second) for cell, title in zip(row, header, strict=True) if title not in NUMBERS]
    assert all(isinstance(cell, str) for cell in texts)
    assert [row[0] for row in (first, second)] == ["2.1-01", "2.2-01"]
    for said in ("审核部", "张三", "2.1 a", "严重", FINDING["fact"], FINDING["cause"], "证书: 保持"):
        assert said in first
    assert len(header) == len(first)


def test_without_a_place_the_workbook_goes_to_reports(found: Campaign) -> None:
    ran = found.run("findings", "export", "--severity", "严重")
    assert ran.code == 0
    rows = CalamineWorkbook.from_path(found.root / "reports" / "findings.xlsx").get_sheet_by_index(0).to_python()
    assert len(rows) == 2


def test_what_looks_like_a_formula_stays_text(campaign: Campaign) -> None:
    findings = [
        {
            "number": str(n),
            "item": "2.1",
            "part": "a",
            "fact": text,
            "cause": text,
            "disposition": {"certificate": text},
        }
        for n, text in enumerate(EVIL, 1)
    ]
    campaign.receive("张三.yaml", campaign.filled("张三", answers={"2.1 a": "发现问题"}, findings=findings))
    assert campaign.run("collect").code == 0
    campaign.run("findings", "export")
    rows = CalamineWorkbook.from_path(campaign.root / "reports" / "findings.xlsx").get_sheet_by_index(0).to_python()
    facts = [row[rows[0].index("问题事实")] for row in rows[1:]]
    assert facts == [text.strip() for text in EVIL]
    assert b"<f>" not in b"".join(_parts(campaign))


def _parts(campaign: Campaign) -> list[bytes]:
    import zipfile  # noqa: PLC0415 - only here

    with zipfile.ZipFile(campaign.root / "reports" / "findings.xlsx") as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_without_findings_there_is_an_empty_list_and_a_workbook_with_a_header(campaign: Campaign) -> None:
    assert ids(campaign) == []
    assert campaign.run("findings", "list").out == "There are no findings.\n"
    assert campaign.run("findings", "export").code == 0
    rows = CalamineWorkbook.from_path(campaign.root / "reports" / "findings.xlsx").get_sheet_by_index(0).to_python()
    assert len(rows) == 1
