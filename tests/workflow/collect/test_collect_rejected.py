"""Files that cannot be used: whose they are, what to send back, and until when they are listed."""

from pathlib import Path

import pytest

from tests.support.campaign import Campaign


@pytest.fixture
def offices(campaign: Campaign) -> Campaign:
    """A campaign in which everybody has the page and the workbook."""
    assert campaign.run("issue", "--format", "html,xlsx").code == 0
    return campaign


def issued(campaign: Campaign, name: str, suffix: str) -> Path:
    (path,) = campaign.root.glob(f"outbox/*/{name}_*{suffix}")
    return path


def told(campaign: Campaign) -> dict[str, tuple[str, str, bool]]:
    """Return name, unit and whether that is sure of every file that status lists."""
    found = campaign.run("status", "--json").data["rejected"]
    return {one["file"]: (one["name"], one["unit"], one["sure"]) for one in found}


def back(campaign: Campaign) -> dict[str, str]:
    """Return what there is to send back, by the name of the text."""
    return {path.name: path.read_text(encoding="utf-8") for path in campaign.root.glob("rejected/*")}


def test_a_passport_in_the_file_says_whose_it_is_and_a_name_says_perhaps(offices: Campaign) -> None:
    whole = issued(offices, "王五", ".xlsx").read_bytes()
    offices.receive("表1.xlsx", whole[: len(whole) // 2])
    offices.receive(f"{issued(offices, '李四', '.xlsx').stem}.png.txt", "图片")
    offices.receive("张三 的表.docx", b"PK\x03\x04 word/document.xml")
    offices.receive("表2.docx", b"PK\x03\x04 word/document.xml ")
    ran = offices.run("collect")
    assert ran.code == 1
    assert "inbox/表1.xlsx (王五): rejected" in ran.out
    assert told(offices) == {
        "inbox/表1.xlsx": ("王五", "技术部", True),
        f"inbox/{issued(offices, '李四', '.xlsx').stem}.png.txt": ("李四", "北京分公司", True),
        "inbox/张三 的表.docx": ("张三", "审核部", False),
        "inbox/表2.docx": ("", "", False),
    }
    out = offices.run("status").out
    assert "  inbox/表1.xlsx  王五 (技术部)\n" in out
    assert "  inbox/张三 的表.docx  perhaps 张三 (审核部)\n" in out
    assert "  inbox/表2.docx  unknown whose\n" in out


def test_what_to_send_back_speaks_of_the_format_that_the_person_fills_in(offices: Campaign) -> None:
    spoilt = offices.filled("张三").replace("filled_by: 张三", "filled_by：张三")
    offices.receive("回收表.yaml", spoilt)
    whole = issued(offices, "王五", ".xlsx").read_bytes()
    offices.receive("王五.xlsx", whole[: len(whole) // 2])
    offices.run("collect")
    page, book = back(offices)["回收表.yaml.txt"], back(offices)["王五.xlsx.txt"]
    assert page.startswith("张三：\n您为“小型自查”交回的文件“回收表.yaml”无法使用：\n- 文件保存以后被改动或损坏\n")
    assert "保存回收表" in page
    assert book.startswith("王五：\n")
    assert "用 Excel 或 WPS 打开" in book
    for text in (page, book):
        assert not {"yaml：", "filled_by", "findings", "冒号"} & set(text.split())
        assert "冒号" not in text


def test_whoever_types_in_the_text_form_is_told_the_line_and_what_to_write(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三").replace("filled_by: 张三", "filled_by：张三"))
    campaign.run("collect")
    text = back(campaign)["张三.yaml.txt"]
    line = campaign.filled("张三").splitlines().index("filled_by: 张三") + 1
    assert f"- {line}:10: " in text
    assert " → " in text
    assert "文本填报表（.yaml）" in text


def test_once_a_good_one_came_it_is_listed_no_more_and_its_text_is_gone(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("张三").replace("filled_by: 张三", "filled_by：张三"))
    campaign.receive("2.docx", b"PK\x03\x04 word/document.xml")
    campaign.run("collect")
    assert len(told(campaign)) == len(back(campaign)) == 2
    campaign.receive("9.yaml", campaign.filled("张三"))
    ran = campaign.run("collect", "--json")
    assert {file["file"]: file["outcome"] for file in ran.data["files"]}["inbox/9.yaml"] == "new"
    assert list(told(campaign)) == ["inbox/2.docx"]
    assert list(back(campaign)) == ["2.docx.txt"]
    again = campaign.run("collect", "--json")
    assert [file["file"] for file in again.data["files"]] == ["inbox/2.docx"]


def test_a_bad_correction_after_a_good_form_is_listed(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("张三"))
    campaign.run("collect")
    campaign.receive("2.yaml", campaign.filled("张三", on="2023-11-06").replace("filled_by: 张三", "filled_by：张三"))
    campaign.run("collect")
    assert told(campaign) == {"inbox/2.yaml": ("张三", "审核部", True)}


def test_a_page_that_lists_everybody_is_nobodys_form(offices: Campaign) -> None:
    offices.receive("index.html", (offices.root / "outbox/审核部/index.html").read_bytes())
    offices.run("collect")
    assert told(offices).get("inbox/index.html", ("", "", False)) == ("", "", False)


def test_two_files_that_only_differ_in_folder_have_texts_of_their_own(campaign: Campaign) -> None:
    for folder in ("甲", "乙"):
        (campaign.root / "inbox" / folder).mkdir()
        (campaign.root / "inbox" / folder / "表.docx").write_bytes(b"PK\x03\x04 word/document.xml" + folder.encode())
    campaign.run("collect")
    assert len(back(campaign)) == 2
