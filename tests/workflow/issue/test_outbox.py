"""What ``issue`` puts into the outbox besides the forms: formats by preference, covering notes, a page and a zip."""

import io
import re
import zipfile
from pathlib import Path

from tests.support.campaign import Campaign
from tests.support.folders import leaves


def outbox(campaign: Campaign, unit: str = "审核部") -> dict[str, bytes]:
    """Return the files of a unit by their name without the passport."""
    found = leaves(campaign.root / "outbox" / unit)
    return {re.sub(r"_TK23-[0-9A-Z-]+", "", name): data for name, data in found.items()}


def note(campaign: Campaign, name: str = "张三") -> str:
    return outbox(campaign)[f"{name}.txt"].decode()


def edit(campaign: Campaign, file: str, old: str, new: str) -> None:
    path = campaign.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_form_is_written_in_every_format_asked_for(new_campaign: Campaign) -> None:
    ran = new_campaign.run("issue", "--format", "html, XLSX，yaml")
    assert ran.code == 0
    assert {"张三.html", "张三.xlsx", "张三.yaml", "张三.txt"} <= outbox(new_campaign).keys()


def test_the_roster_says_who_gets_which_format_and_the_plan_for_the_others(new_campaign: Campaign) -> None:
    edit(new_campaign, "campaign.yaml", "declaration:", "forms: [html]\ndeclaration:")
    edit(new_campaign, "roster.yaml", "id: P1\n", "id: P1\n    forms: [xlsx, html]\n")
    assert new_campaign.run("issue").code == 0
    assert {"张三.html", "张三.xlsx"} <= outbox(new_campaign).keys()
    assert {"审核部.html", "审核部.xlsx"} & outbox(new_campaign).keys() == {"审核部.html"}
    assert not [name for name in leaves(new_campaign.root / "outbox") if name.endswith(".yaml")]


def test_another_format_is_added_and_the_one_sent_before_stays(campaign: Campaign) -> None:
    before = outbox(campaign)["张三.yaml"]
    ran = campaign.run("issue", "--format", "xlsx", "--only", "张三")
    assert "0 new, 0 changed, 1 rewritten" in ran.out
    assert outbox(campaign)["张三.yaml"] == before
    assert "张三.xlsx" in outbox(campaign)
    assert ".yaml" in note(campaign)
    assert ".xlsx" in note(campaign)
    # neither of them is missing afterwards
    assert "0 rewritten, 6 unchanged" in campaign.run("issue").out


def test_a_new_title_is_in_every_format_that_was_issued_even_in_one_not_written_any_more(campaign: Campaign) -> None:
    edit(campaign, "campaign.yaml", "title: 小型自查", "title: 大型自查")
    assert campaign.run("issue", "--format", "xlsx").code == 0
    assert "大型自查" in outbox(campaign)["张三.yaml"].decode()
    with zipfile.ZipFile(campaign.root / "outbox/审核部.zip") as bundle:
        (form,) = (name for name in bundle.namelist() if "张三" in name and name.endswith(".yaml"))
        assert "小型自查" not in bundle.read(form).decode()


def test_an_unknown_format_is_named_with_those_there_are(campaign: Campaign) -> None:
    ran = campaign.run("issue", "--format", "docx,pdf")
    assert ran.code == 3
    assert "there is no form format “docx”" in ran.err
    assert "there is no form format “pdf”" in ran.err
    assert "html, xlsx, yaml" in ran.err


def test_an_unknown_format_in_the_roster_is_a_mistake_of_the_roster(new_campaign: Campaign) -> None:
    edit(new_campaign, "roster.yaml", "id: P1\n", "id: P1\n    forms: [docx]\n")
    ran = new_campaign.run("validate")
    assert ran.code == 3
    assert re.search(r"roster\.yaml:\d+:\d+: .*docx", ran.said)


def test_the_note_says_what_is_wanted_by_when_and_how_to_send_it_back(new_campaign: Campaign) -> None:
    edit(new_campaign, "campaign.yaml", "declaration:", "return_to: 发给技术部王五的企业微信\ndeclaration:")
    new_campaign.run("issue", "--format", "html,xlsx")
    text = note(new_campaign)
    assert "张三" in text
    assert "2023-11-06" in text
    assert "小型自查" in text
    assert "发给技术部王五的企业微信" in text
    assert re.search(r"TK23-\w{8}-\w{4}-\d\d", text)
    assert "浏览器" in text
    assert "WPS" in text
    assert "选一份方便的填写即可" in text


def test_another_return_address_reaches_the_forms_that_are_out(campaign: Campaign) -> None:
    edit(campaign, "campaign.yaml", "declaration:", "return_to: 发到邮箱\ndeclaration:")
    ran = campaign.run("issue")
    assert "0 new, 0 changed, 6 rewritten" in ran.out
    assert "发到邮箱" in note(campaign)
    assert "6 unchanged" in campaign.run("issue").out


def test_another_return_address_reaches_everybody_although_some_were_issued_alone(campaign: Campaign) -> None:
    edit(campaign, "campaign.yaml", "declaration:", "return_to: 发到邮箱\ndeclaration:")
    assert "1 rewritten" in campaign.run("issue", "--only", "张三").out
    assert "5 rewritten, 1 unchanged" in campaign.run("issue").out


def test_a_note_that_was_deleted_comes_back(campaign: Campaign) -> None:
    (path,) = (campaign.root / "outbox/审核部").glob("张三_*.txt")
    before = path.read_bytes()
    path.unlink()
    assert "1 rewritten, 5 unchanged" in campaign.run("issue").out
    assert path.read_bytes() == before


def in_zip(campaign: Campaign, unit: str, name: str) -> list[str]:
    with zipfile.ZipFile(campaign.root / f"outbox/{unit}.zip") as archive:
        return [member for member in archive.namelist() if name in member]


def test_whoever_moves_to_another_unit_is_handed_out_there_only(campaign: Campaign) -> None:
    edit(campaign, "roster.yaml", "id: P1\n    name: 张三\n    unit: A", "id: P1\n    name: 张三\n    unit: T")
    campaign.run("issue")
    assert "张三" not in outbox(campaign)["index.html"].decode()
    assert in_zip(campaign, "审核部", "张三") == []
    assert "张三.txt" not in outbox(campaign)
    assert "张三" in outbox(campaign, "技术部")["index.html"].decode()
    assert len(in_zip(campaign, "技术部", "张三")) == 2


def test_whoever_is_asked_no_more_is_not_handed_out(campaign: Campaign) -> None:
    text = (campaign.root / "roster.yaml").read_text(encoding="utf-8")
    start, end = text.index("  - id: P2"), text.index("  - id: P3")
    edit(campaign, "roster.yaml", text[start:end], "")
    campaign.run("issue")
    assert "李四" not in outbox(campaign, "北京分公司")["index.html"].decode()
    assert in_zip(campaign, "北京分公司", "李四") == []
    assert [name for name in outbox(campaign, "北京分公司") if "李四" in name] == ["superseded/李四.yaml"]


def test_a_unit_without_forms_has_neither_page_nor_zip(campaign: Campaign) -> None:
    text = (campaign.root / "roster.yaml").read_text(encoding="utf-8")
    edit(campaign, "roster.yaml", "name: 北京分公司", "name: 首都分公司")
    assert text != (campaign.root / "roster.yaml").read_text(encoding="utf-8")
    campaign.run("issue")
    assert not (campaign.root / "outbox/北京分公司.zip").exists()
    assert "index.html" not in outbox(campaign, "北京分公司")
    assert (campaign.root / "outbox/首都分公司.zip").is_file()


def test_a_unit_has_a_page_with_everybody_and_a_zip_of_it_all(campaign: Campaign) -> None:
    page = outbox(campaign)["index.html"].decode()
    files = [name for name in leaves(campaign.root / "outbox/审核部") if name != "index.html"]
    for name in files:
        assert (name in page) == (not name.endswith(".txt"))
    assert note(campaign).splitlines()[-1] in page
    with zipfile.ZipFile(io.BytesIO((campaign.root / "outbox/审核部.zip").read_bytes())) as archive:
        assert {name.removeprefix("审核部/") for name in archive.namelist()} == {*files, "index.html"}


def test_the_zip_of_a_unit_unpacks_to_what_lies_in_its_folder(new_campaign: Campaign) -> None:
    assert new_campaign.run("issue", "--format", "html,xlsx,yaml").code == 0
    with zipfile.ZipFile(new_campaign.root / "outbox/审核部.zip") as archive:
        assert archive.testzip() is None
        packed = {name.removeprefix("审核部/"): archive.read(name) for name in archive.namelist()}
        pages = [info for info in archive.infolist() if info.filename.endswith(".html")]
    assert packed == leaves(new_campaign.root / "outbox/审核部")
    assert all(info.compress_size * 2 < info.file_size for info in pages)


def test_a_form_put_aside_is_not_in_the_zip(campaign: Campaign) -> None:
    edit(campaign, "checklists/2-conduct.yaml", "ask: 是否全程到场？", "ask: 是否从头到尾都在现场？")
    assert "2 changed" in campaign.run("issue").out
    assert any("superseded/" in name for name in leaves(campaign.root / "outbox/审核部"))
    with zipfile.ZipFile(campaign.root / "outbox/审核部.zip") as archive:
        assert not [name for name in archive.namelist() if "superseded" in name]
        assert len([name for name in archive.namelist() if "张三" in name]) == 2  # form and note


def test_a_page_or_zip_that_was_deleted_comes_back(campaign: Campaign) -> None:
    gone = [campaign.root / "outbox/审核部/index.html", campaign.root / "outbox/技术部.zip"]
    before = [path.read_bytes() for path in gone]
    for path in gone:
        path.unlink()
    assert "6 unchanged" in campaign.run("issue").out
    assert [path.read_bytes() for path in gone] == before


def test_a_page_that_a_killed_command_left_behind_is_brought_up(campaign: Campaign) -> None:
    page: Path = campaign.root / "outbox/审核部/index.html"
    right = page.read_bytes()
    page.write_text("half", encoding="utf-8")
    campaign.rows("INSERT OR REPLACE INTO meta VALUES ('unbundled', '[\"审核部\"]')")
    campaign.run("issue")
    assert page.read_bytes() == right


def test_names_in_a_page_are_text(new_campaign: Campaign) -> None:
    edit(new_campaign, "roster.yaml", "name: 张三", 'name: "<b>张&三</b>"')
    new_campaign.run("issue")
    page = outbox(new_campaign)["index.html"].decode()
    assert "&lt;b&gt;张&amp;三&lt;/b&gt;" in page
    assert "<b>" not in page


def test_the_page_says_whose_form_replaces_one_that_is_out(campaign: Campaign) -> None:
    replaces = "取代以前发放的填报表"
    assert replaces not in outbox(campaign)["index.html"].decode()
    edit(campaign, "checklists/2-conduct.yaml", "是否知道虚假认证？", "是否清楚虚假认证？")
    campaign.run("issue")
    page = outbox(campaign)["index.html"].decode()
    entries = {entry.partition("</h2>")[0]: replaces in entry for entry in page.split("<h2>")[1:]}
    assert entries == {"审核部": False, "张三": True}


def test_the_page_of_a_unit_is_titled_with_its_name_also_where_no_folder_can_be_called_so(
    new_campaign: Campaign,
) -> None:
    edit(new_campaign, "roster.yaml", "name: 审核部", "name: 市场部/客服中心")
    new_campaign.run("issue")
    page = outbox(new_campaign, "市场部_客服中心")["index.html"].decode()
    assert "<title>市场部/客服中心 · 小型自查</title>" in page
    assert "<h1>市场部/客服中心 · 小型自查</h1>" in page
