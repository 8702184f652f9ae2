"""``paper match --to``: a person's word files a page, but never against a code that can be read on it."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from selfaudit.model.progress.paper import PaperCode
from selfaudit.workflow.paper.filing import Filing
from tests.scans.sheets import code_of, drawn_sheet, results, scanned, signed, torn
from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.support.program import Ran

pytestmark = pytest.mark.slow

NEVER_ISSUED = PaperCode("FC23-7K2M9QXA-4T0B-66", "9QK2M7XA")


def filed(campaign: Campaign) -> set[tuple[str, str, str]]:
    """Who has which pages, for which answers."""
    return set(campaign.rows("SELECT respondent, pages, content FROM papers"))


def two_on_a_page(first: Image.Image, second: Image.Image) -> Image.Image:
    page = Image.new("L", (first.width, first.height * 2), 255)
    page.paste(first, (0, 0))
    page.paste(second, (0, first.height))
    return page


def test_a_sheet_with_an_unknown_code_is_never_filed_by_a_name(answered_campaign: Campaign, tmp_path: Path) -> None:
    his = code_of(answered_campaign, "李四")
    # the same respondent, but a form that this ledger does not have
    revised = PaperCode(his.passport[:14] + "0000-00", "9QK2M7XA")
    valid = next(
        code
        for n in range(100)
        if (code := PaperCode.parse(str(PaperCode(f"{revised.passport[:-2]}{n:02}", revised.content))))
    )
    for number, code in enumerate((NEVER_ISSUED, valid)):
        scan = scanned(tmp_path / f"{number}.png", drawn_sheet(code, 100))
        for page in ([], ["--page", "1"]):
            ran = answered_campaign.run("paper", "match", scan, "--to", "李四", *page)
            assert ran.code == 1
            assert f"page 1 has the code {code}, which stands for no answers in this campaign" in ran.out
    assert filed(answered_campaign) == set()


def test_a_code_that_is_found_later_takes_the_page_from_where_a_person_put_it(
    answered_campaign: Campaign, tmp_path: Path, inside: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = scanned(tmp_path / "a.png", signed(answered_campaign, "李四"))
    read = "selfaudit.workflow.paper.worker.find_codes"
    with monkeypatch.context() as patch:
        patch.setattr(read, lambda _: type("Codes", (), {"codes": (), "foreign": False}))
        inside("paper", "match", scan, "--to", "张三", "--campaign", answered_campaign.root)
    assert [who for who, _, _ in filed(answered_campaign)] == ["person:P1"]
    answered_campaign.run("paper", "confirm", "张三")
    ran = answered_campaign.run("paper", "match", scan, "--to", "李四")
    assert ran.code == 1
    assert "a.png, page 1 (张三): withdrawn\n    it was filed under 张三; now it is filed under 李四" in ran.out
    assert [who for who, _, _ in filed(answered_campaign)] == ["person:P2"]
    assert [Path(name).name[:2] for name in leaves(answered_campaign.root / "papers") if "scans" not in name] != [
        "张三"
    ]


def test_of_several_codes_of_one_person_the_one_that_is_typed_counts(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    old = code_of(answered_campaign, "李四")
    older = signed(answered_campaign, "李四")
    answered_campaign.receive("李四 改.yaml", answered_campaign.filled("李四", on="2023-11-06", projects="4"))
    answered_campaign.run("collect")
    new = code_of(answered_campaign, "李四")
    scan = scanned(tmp_path / "a.png", two_on_a_page(older, signed(answered_campaign, "李四")))
    ran = answered_campaign.run("paper", "match", scan, "--to", "李四")
    assert ran.code == 1
    assert "page 1 has several codes of 李四: " in ran.out
    assert "Choose one of them: --page 1 --to CODE." in ran.out
    ran = answered_campaign.run("paper", "match", scan, "--to", str(new), "--json")
    assert (ran.code, results(ran)) == (0, [("filed", [1], "李四")])
    assert filed(answered_campaign) == {("person:P2", "[1]", new.content)}
    plain = scanned(tmp_path / "b.png", signed(answered_campaign, "李四"))
    ran = answered_campaign.run("paper", "match", plain, "--to", str(old), "--page", "1")
    assert ran.code == 1
    assert f"page 1 has the code {new}, not {old}; it was not filed" in ran.out


def test_a_typed_code_needs_no_hint_to_type_it(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = scanned(tmp_path / "a.png", torn(answered_campaign, "李四"))
    typed = str(code_of(answered_campaign, "李四")).replace("/", "／").lower()
    ran = answered_campaign.run("paper", "match", scan, "--to", typed)
    assert ran.code == 0
    assert "(李四): filed" in ran.out
    assert "use that" not in ran.out


def test_a_name_with_a_slash_is_a_name(tmp_path: Path, answered_campaign: Campaign) -> None:
    answered_campaign.edit("roster.yaml", "name: 李四", "name: 李四/李思")
    answered_campaign.run("issue")
    scan = scanned(tmp_path / "a.png", torn(answered_campaign, "李四/李思"))
    ran = answered_campaign.run("paper", "match", scan, "--to", "李四/李思", "--json")
    assert (ran.code, results(ran)) == (0, [("filed", [1], "李四/李思")])
    ran = answered_campaign.run("paper", "match", scan, "--to", "没有/这个人")
    assert "nobody on the roster is called “没有/这个人”" in ran.err


def test_the_other_pages_stay_where_they_are_and_need_a_page_to_be_moved(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    spoilt = [torn(answered_campaign, name) for name in ("张三", "技术部")]
    scan = scanned(tmp_path / "a.pdf", *spoilt)
    answered_campaign.run("paper", "match", scan, "--page", "1", "--to", "张三")
    answered_campaign.run("paper", "confirm", "张三")
    ran = answered_campaign.run("paper", "match", scan, "--to", "技术部", "--json")
    assert ran.code == 0
    assert ("filed", [2], "技术部") in results(ran)
    before = filed(answered_campaign)
    ran = answered_campaign.run("paper", "match", scan, "--to", "技术部", "--json")
    assert (ran.code, {outcome for outcome, _, _ in results(ran)}) == (0, {"unchanged"})
    ran = answered_campaign.run("paper", "match", scan, "--to", "北京分公司", "--json")
    assert ran.code == 1
    assert [entry["problems"][0]["message"] for entry in ran.data["results"] if entry["outcome"] == "rejected"] == [
        f"page {page} is already filed under {name}" for page, name in ((1, "张三"), (2, "技术部"))
    ]
    assert filed(answered_campaign) == before
    assert answered_campaign.rows("SELECT verdict FROM papers ORDER BY rowid") == [("confirmed",), ("",)]


def test_nothing_is_filed_by_name_while_there_is_nothing_to_sign(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = scanned(tmp_path / "a.png", torn(answered_campaign, "李四"))
    answered_campaign.receive("李四 又.yaml", answered_campaign.filled("李四", by="甲", projects="4"))
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五", answer="未查"))
    answered_campaign.run("collect")
    for name, why in (("李四", "contradict each other"), ("王五", "are incomplete")):
        ran = answered_campaign.run("paper", "match", scan, "--to", name)
        assert ran.code == 3
        assert why in ran.err
        assert "so there is nothing to sign yet" in ran.err


def test_a_kill_before_the_entry_leaves_the_filed_copy_as_the_ledger_has_it(
    answered_campaign: Campaign, tmp_path: Path, inside: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = scanned(tmp_path / "a.pdf", torn(answered_campaign, "李四"), torn(answered_campaign, "李四").rotate(180))
    answered_campaign.run("paper", "match", scan, "--page", "1", "--to", "李四")
    answered_campaign.run("paper", "confirm", "李四")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Filing, "_commit", killed)
        inside("paper", "match", scan, "--page", "2", "--to", "李四", "--campaign", answered_campaign.root)
    ((file, pages, verdict),) = answered_campaign.rows("SELECT file, pages, verdict FROM papers")
    assert (pages, verdict) == ("[1]", "confirmed")
    with pypdfium2.PdfDocument(answered_campaign.root / file) as document:
        assert len(document) == 1
    ran = answered_campaign.run("paper", "match", scan, "--page", "2", "--to", "李四")
    assert "(李四): filed" in ran.out
    ((file, pages),) = answered_campaign.rows("SELECT file, pages FROM papers")
    assert pages == "[1, 2]"
    assert [path.name for path in (answered_campaign.root / "papers" / "北京分公司").iterdir()] == [Path(file).name]
