"""Documents that a kit adds: for the body, for units, people or findings, each with a template of its own."""

from io import BytesIO
from pathlib import Path

import docx
import pytest

from selfaudit.base.resources import shipped
from selfaudit.reports.context.finding import FindingSheet
from selfaudit.reports.document import properties_of
from selfaudit.store.templates import load_template
from selfaudit.word.engine import render
from selfaudit.word.lint.sample import sample
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.folders import plant
from tests.support.program import run
from tests.support.templates import word_file
from tests.support.tiny import PLAN, ROSTER

OWN = """\
documents:
  - {id: letter, title: 报送函, for: body, template: letter}
  - {id: pledge, title: 承诺书, for: person, template: pledge, roles: [auditor]}
  - {id: memo, title: 整改通知, for: unit, template: memo}
  - {id: sheet, title: 整改单, for: finding, template: sheet}
"""
KINDS = {"letter": "final", "pledge": "person", "memo": "unit", "sheet": "finding"}
WORDS = {
    "letter": ("{{ title }}：{{ body }}报告问题{{ findings.total }}个",),
    "pledge": ("{{ title }}：{{ respondent.name }}", "{{ declaration }}"),
    "memo": ("{{ title }}：{{ respondent.name }}共{{ findings_total }}个问题",),
    "sheet": (
        "{{ title }} {{ finding.id }}",
        "{{ finding.area }}，{{ finding.severity }}：{{ finding.fact }}",
        "{{ ask }} {{ basis|join('；') }}",
        "{{ unit }} {{ finding.reporter }}",
        "待补：{{ missing|join('、') }}",
    ),
}
CLUE = "某某机构出售证书"


def with_own(root: Path, own: str = OWN) -> None:
    """Add documents to the plan of a kit or campaign, and their templates."""
    plan = (root / "campaign.yaml").read_text(encoding="utf-8")
    plant(root, {"campaign.yaml": plan + own})
    for name, kind in KINDS.items():
        about = f"format: selfaudit/template/1\ntitle: {name}\nlanguage: zh_CN\ndocument: {kind}\n"
        plant(root / "templates" / name, {"about.yaml": about, "document.docx": word_file(*WORDS[name])})


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def drafted(path: Path) -> bool:
    return "草稿" in docx.Document(str(path)).sections[0].header.paragraphs[0].text


@pytest.fixture
def campaign(answered_campaign: Campaign) -> Campaign:
    """A campaign with documents of its own, in which an auditor of the Beijing branch found something."""
    said = {"answers": {"2.1 a": "发现问题"}, "findings": [{**FINDING, "cause": ""}], "clues": CLUE}
    answered_campaign.receive("李四 改.yaml", answered_campaign.filled("李四", on="2023-11-06", **said))
    answered_campaign.run("collect")
    with_own(answered_campaign.root)
    return answered_campaign


def test_a_document_of_the_body_is_a_draft_as_long_as_the_report_is(campaign: Campaign) -> None:
    ran = campaign.run("report", "letter")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "Draft written to reports/报送函（草稿）.docx: 4 points are open.",
        "Next: resolve what selfaudit report lists, and write it again.",
    ]
    draft = campaign.root / "reports/报送函（草稿）.docx"
    assert drafted(draft)
    assert texts(draft) == ["报送函：某认证公司报告问题2个"]


def test_a_document_of_the_body_is_written_without_a_mark_once_nothing_is_open(answered_campaign: Campaign) -> None:
    with_own(answered_campaign.root)
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五"))
    answered_campaign.run("collect")
    plant(answered_campaign.root, {
        "profile.yaml": "format: selfaudit/profile/1\nfacts:\n  overview: 无\n  certificates: 12\n"
    })  # fmt: skip
    ran = answered_campaign.run("report", "letter")
    assert (ran.code, ran.said) == (0, "reports/报送函.docx\n")
    assert not drafted(answered_campaign.root / "reports/报送函.docx")


def test_a_document_of_people_is_written_for_those_with_its_roles(campaign: Campaign) -> None:
    ran = campaign.run("report", "pledge")
    assert ran.out.splitlines()[:2] == [
        "reports/承诺书/审核部/张三_P1_承诺书.docx",
        "reports/承诺书/北京分公司/李四_P2_承诺书.docx",
    ]
    assert "王五" not in ran.said
    made = campaign.root / "reports/承诺书/审核部/张三_P1_承诺书.docx"
    assert texts(made) == ["承诺书：张三", "以上内容真实完整。"]
    assert not drafted(made)
    # who reported something without saying why signs a draft, as the report does
    assert drafted(campaign.root / "reports/承诺书/北京分公司/李四_P2_承诺书.docx")


def test_a_document_of_units_is_written_for_departments_and_branches(campaign: Campaign) -> None:
    ran = campaign.run("report", "memo", "北京分公司")
    assert ran.out.splitlines()[0] == "reports/整改通知/北京分公司/北京分公司_B_整改通知.docx"
    assert texts(campaign.root / ran.out.splitlines()[0]) == ["整改通知：北京分公司共1个问题"]
    assert [line for line in campaign.run("report", "memo").out.splitlines() if "技术部" in line]


def test_there_is_a_document_for_every_finding_with_what_it_still_lacks(campaign: Campaign) -> None:
    made = next(line for line in campaign.run("report", "sheet").out.splitlines() if "/北京分公司/" in line)
    (finding,) = [one for one in campaign.run("findings", "list", "--json").data if one["name"] == "李四"]
    assert made == f"reports/整改单/北京分公司/{finding['short_id']}_整改单.docx"
    assert texts(campaign.root / made) == [
        f"整改单 {finding['id']}",
        f"行为，严重：{FINDING['fact']}",
        "是否全程到场？ ",
        "北京分公司 李四",
        "待补：原因",
    ]
    assert drafted(campaign.root / made)
    assert campaign.run("report", "sheet", "北京分公司", finding["id"]).code == 0
    ran = campaign.run("report", "sheet", "技术部")
    assert ran.code == 3
    assert "error: no finding is called “技术部”\n    → Known: " in ran.err


def test_what_somebody_points_at_is_in_no_document_of_a_unit_or_finding(campaign: Campaign) -> None:
    for name, kind in (("memo", "UnitReport"), ("sheet", "FindingSheet")):
        everything = word_file("{% for name in ['clues', 'suggestions'] %}{{ name }}{% endfor %}", "{{ finding }}")
        plant(campaign.root / "templates" / name, {"document.docx": everything})
        for line in campaign.run("report", name).out.splitlines()[:-1]:
            assert CLUE not in "".join(texts(campaign.root / line)), kind


def test_where_there_is_nothing_to_write_it_says_so(issued: Campaign, tmp_path: Path) -> None:
    campaign = issued.copy(tmp_path / "campaign")
    with_own(campaign.root)
    ran = campaign.run("report", "sheet")
    assert (ran.code, ran.said) == (0, "Nothing to write: there is no finding yet.\n")


def test_a_document_there_is_not_is_told_with_those_there_are(campaign: Campaign) -> None:
    ran = campaign.run("report", "ledger")
    assert ran.code == 3
    assert ran.err == (
        "error: there is no document “ledger”\n"
        "    → Known: person, unit, branch, final, announcement, plan, summary, unit-summary, check-record,"
        " sample-list, sample-high-risk, review-record, review-report, lookalikes, letter, pledge, memo, sheet.\n"
    )


def test_nobody_can_be_named_for_a_document_of_the_body(campaign: Campaign) -> None:
    ran = campaign.run("report", "letter", "张三")
    assert ran.code == 3
    assert "“letter” is for the whole body, so that nobody can be named for it" in ran.err


def test_a_kit_with_documents_of_its_own_is_valid_and_init_and_save_carry_them(kit: Path, tmp_path: Path) -> None:
    with_own(kit)
    ran = run("validate", kit)
    assert (ran.code, ran.err) == (0, "")
    assert run("init", "campaign", "--kit", kit, cwd=tmp_path).code in (0, 1)
    assert (tmp_path / "campaign/templates/sheet/document.docx").is_file()
    assert run("validate", cwd=tmp_path / "campaign").code == 1  # the roster is still an example
    assert run("checklist", "save", "saved/tiny", "--campaign", "campaign", cwd=tmp_path).code == 0
    assert OWN in (tmp_path / "saved/tiny/campaign.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "saved/tiny/templates/pledge/document.docx").is_file()
    assert "finding" in run("template", "list", "--campaign", "campaign", cwd=tmp_path).out


def test_the_letter_of_the_chinese_kit_says_to_whom_it_goes_and_what_came_out(tmp_path: Path) -> None:
    run("init", "campaign", "--kit", "fake-cert-2023", cwd=tmp_path)
    plan = tmp_path / "campaign/roster.yaml"
    plan.write_text(ROSTER, encoding="utf-8")
    profile = tmp_path / "campaign/profile.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("contact:", "contact: 李莉，12345", 1), "utf-8")
    assert run("issue", cwd=tmp_path / "campaign").code == 0
    assert run("report", "letter", cwd=tmp_path / "campaign").code == 1
    letter = "\n".join(texts(tmp_path / "campaign/reports/关于报送自查整改报告的函（草稿）.docx"))
    assert letter.startswith("关于报送自查整改报告的函\n国家认证认可监督管理委员会：\n根据《")
    assert "收回0份；报告问题0个。\n" in letter
    assert "某认证公司" in letter
    assert "（联系人和联系电话：李莉，12345）" in letter


def test_the_action_sheet_of_the_english_kit_has_everything_said_of_a_finding() -> None:
    template = load_template("action-sheet", shipped("checklists") / "iso17021-internal-audit")
    sheet = sample(FindingSheet, filled=True)
    data = render(template.document, sheet, properties_of(sheet, "en"), draft=True)
    document = docx.Document(BytesIO(data))
    told = [paragraph.text for paragraph in document.paragraphs]
    told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in ("finding.id", "ask", "basis", "finding.fact", "finding.found.text", "finding.done.text", "unit"):
        assert text in told
    assert "Still to be filled in: “missing”." in told
    assert "Effect verified by the Quality unit" in told


MISTAKES = {
    "a template there is not": ("template: sheet}", "template: sheets}", "there is no template “sheets”"),
    "a template of another kind": (
        "for: unit, template: memo",
        "for: person, template: memo",
        "the template “memo” is for “unit”, not for “person”",
    ),
    "an id that is a command": ("id: letter", "id: approve", "“approve” is what selfaudit report itself is told to do"),
    "an id of a shipped document": ("id: letter", "id: final", "every campaign has a document “final” already"),
    "an id twice": ("id: memo", "id: sheet", "“sheet”"),
    "a title twice": ("title: 整改单", "title: 承诺书", "another document is called like “承诺书”"),
    "the same file": (
        "  - {id: memo, title: 整改通知",
        "  - {id: other, title: 承诺\\书, for: unit, template: memo}\n  - {id: memo, title: 承诺/书",
        "another document is called like “承诺/书”",
    ),
    "the annexes of the report": ("title: 报送函", "title: 自查报告附件", "called like “自查报告附件”"),
    "a draft of the report": ("title: 报送函", "title: 自查报告（草稿）", "called like “自查报告（草稿）”"),
    "the title of the report": ("title: 报送函", "title: 自查报告", "another document is called like “自查报告”"),
    "a role there is not": ("[auditor]", "[auditors]", "there is no role “auditors”"),
    "roles of the body": (
        "for: body, template: letter",
        "for: body, template: letter, roles: [tech]",
        "the document “letter” is for the whole body, which has no roles",
    ),
    "something it is not for": ("for: finding", "for: client", "“client” is not allowed for “for”"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_document_is_told_where_it_is(kit: Path, mistake: str) -> None:
    old, new, message = MISTAKES[mistake]
    assert OWN.count(old) == 1
    with_own(kit, OWN.replace(old, new))
    ran = run("validate", kit)
    assert ran.code == 3
    # where the second of two is
    lines = range(PLAN.count("\n") + 2, PLAN.count("\n") + OWN.count("\n") + 1)
    (told,) = [text for text in ran.err.splitlines() if "error:" in text and message in text]
    assert told.startswith(tuple(f"campaign.yaml:{line}:" for line in lines))


def test_a_mistake_in_a_template_of_a_finding_is_found(kit: Path) -> None:
    with_own(kit)
    plant(kit / "templates" / "sheet", {"document.docx": word_file("{{ finding.cause }} {{ finding.clues }}")})
    ran = run("validate", kit)
    assert ran.code == 3
    assert "templates/sheet/document.docx:" in ran.err
    assert "finding.clues" in ran.err
