"""``collect``: what people send back in the course of a campaign, and what becomes of it."""

from collections.abc import Callable
from typing import Any

import pytest

from selfaudit.base.clock import today
from tests.support.campaign import Campaign
from tests.support.filling import FINDING, fill
from tests.support.program import Ran, run
from tests.support.tiny import EVERYBODY

Inside = Callable[..., Ran]


def collected(campaign: Campaign, *args: str) -> list[dict[str, Any]]:
    """Run ``collect``; return what it reports of each file that was not unchanged."""
    return list(campaign.run("collect", *args, "--json").data["files"])


def only(
    campaign: Campaign, content: str | bytes, name: str = "张三.yaml", *, inside: Inside | None = None
) -> dict[str, Any]:
    """Collect one file, if need be inside this process, and return what became of it."""
    campaign.receive(name, content)
    args = ("collect", "--json", "--campaign", campaign.root)
    (file,) = (inside or campaign.run)(*args).data["files"]
    return dict(file)


def codes(file: dict[str, Any]) -> list[str]:
    """Return the codes of everything said about a file."""
    return [said["code"] for key in ("errors", "notes", "gaps") for said in file[key]]


def shown(campaign: Campaign) -> Ran:
    """Run ``collect`` as a person would."""
    return campaign.run("collect")


def test_complete_forms_are_taken_without_a_word_about_each(campaign: Campaign) -> None:
    for name in EVERYBODY:
        campaign.receive(f"{name}.yaml", campaign.filled(name))
    ran = shown(campaign)
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out.splitlines()[1] == "new 6; corrected 0; older, kept as history 0; conflict 0; unchanged 0; rejected 0"
    )
    status = campaign.run("status")
    assert status.code == 0
    assert "Next: write the reports" in status.out
    assert campaign.answers("张三") == {"2.1 a": "conform", "2.1 b": "conform", "2.2": "conform", "2.3": "conform"}


@pytest.mark.parametrize(
    "name", ["回收表 (1).yaml", "张三 - 副本.yaml", "sub folder/张三的表.YAML", "微信文件_20231105.txt", "no-suffix"]
)
def test_the_same_file_under_another_name_changes_nothing_and_is_not_mentioned(
    campaign: Campaign, inside: Inside, name: str
) -> None:
    text = campaign.filled("张三")
    campaign.receive("张三.yaml", text)
    assert inside("collect", "--campaign", campaign.root).code == 0
    ledger, merged = campaign.ledger(), campaign.merged()
    campaign.receive(name, text)
    ran = inside("collect", "--campaign", campaign.root)
    assert ran.code == 0
    assert (
        ran.out.splitlines()[0] == "new 0; corrected 0; older, kept as history 0; conflict 0; unchanged 2; rejected 0"
    )
    assert (campaign.ledger(), campaign.merged()) == (ledger, merged)


def test_the_same_file_twice_in_one_run_is_taken_once(campaign: Campaign) -> None:
    for name in ("张三.yaml", "张三 (1).yaml", "张三 - 副本.yaml"):
        campaign.receive(name, campaign.filled("张三"))
    ran = shown(campaign)
    assert ran.code == 0
    assert "new 1; " in ran.out
    assert "unchanged 2; " in ran.out


def test_collect_again_changes_nothing(answered_campaign: Campaign) -> None:
    before = (answered_campaign.ledger(), answered_campaign.journal(), answered_campaign.received())
    merged = (answered_campaign.root / "merged.yaml").read_bytes()
    ran = shown(answered_campaign)
    assert (
        ran.out.splitlines()[0] == "new 0; corrected 0; older, kept as history 0; conflict 0; unchanged 5; rejected 0"
    )
    assert (answered_campaign.ledger(), answered_campaign.journal(), answered_campaign.received()) == before
    assert (answered_campaign.root / "merged.yaml").read_bytes() == merged


def test_the_same_answers_saved_by_another_program_are_unchanged(campaign: Campaign) -> None:
    text = campaign.filled("张三")
    campaign.receive("张三.yaml", text)
    shown(campaign)
    campaign.receive("excel.yaml", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    campaign.receive("notes.yaml", text.replace("符合", " 合格 ").replace("# ", "#  "))
    ran = shown(campaign)
    assert ran.code == 0
    assert "unchanged 3; " in ran.out
    assert len(campaign.events("张三")) == 1


# -- corrections ---------------------------------------------------------------------------------------------------


def test_a_correction_takes_the_place_of_the_answer_before_and_both_are_kept(campaign: Campaign) -> None:
    first = campaign.filled("张三", on="2023-11-05")
    second = campaign.filled("张三", on="2023-11-06", answers={"2.1 a": "发现问题"}, findings=[FINDING])
    campaign.receive("一.yaml", first)
    shown(campaign)
    campaign.receive("二.yaml", second)
    ran = shown(campaign)
    assert ran.code == 0
    assert "inbox/二.yaml (张三): corrected" in ran.out
    assert campaign.answers("张三")["2.1 a"] == "problem"
    assert campaign.received() == {first.encode(), second.encode()}
    history = campaign.run("status", "--of", "张三")
    assert history.code == 0
    lines = history.out.splitlines()
    assert lines[0] == "张三  [person:P1]"
    assert lines[1].startswith("  1. history: filled in by 张三 on 2023-11-05, received ")
    assert "as inbox/一.yaml" in lines[1]
    assert lines[2].startswith("  2. shown: filled in by 张三 on 2023-11-06, received ")
    assert "as inbox/二.yaml" in lines[2]


def test_a_correction_on_the_same_day_needs_only_a_time(campaign: Campaign) -> None:
    campaign.receive("一.yaml", campaign.filled("张三", on="2023-11-05"))
    shown(campaign)
    file = only(campaign, campaign.filled("张三", on="2023-11-05 14:30", notes={"2.3": "没有"}), "二.yaml")
    assert file["outcome"] == "updated"


def test_a_second_form_of_one_day_by_the_same_person_counts_and_is_told_once(campaign: Campaign) -> None:
    campaign.receive("一.yaml", campaign.filled("张三", on="2023-11-05", notes={"2.3": "没有"}))
    shown(campaign)
    campaign.receive("二.yaml", campaign.filled("张三", on="2023-11-05", notes={"2.3": "不知道"}))
    ran = shown(campaign)
    assert (ran.code, "corrected 1" in ran.out) == (0, True)
    assert ran.out.count("a second form of this day by the same person; the one that came later counts") == 1
    assert campaign.run("status", "--json").data["conflicts"] == []
    assert [event["shown"] for event in campaign.events("张三")] == [False, True]
    assert "second form" not in shown(campaign).out


def test_two_different_forms_of_one_day_that_come_together_are_a_conflict(campaign: Campaign) -> None:
    for name, note in (("一", "没有"), ("二", "不知道")):
        campaign.receive(f"{name}.yaml", campaign.filled("张三", on="2023-11-05", notes={"2.3": note}))
    assert {file["outcome"] for file in collected(campaign)} == {"new", "conflict"}


@pytest.mark.parametrize("order", [("半", "全"), ("全", "半")])
def test_an_unfinished_form_is_no_conflict_with_the_complete_one(campaign: Campaign, order: tuple[str, str]) -> None:
    files = {"半": campaign.filled("张三", answers={"2.3": "未查"}, declaration=""), "全": campaign.filled("张三")}
    for name in order:
        campaign.receive(f"{name}.yaml", files[name])
        shown(campaign)
    status = campaign.run("status", "--json").data
    assert (status["conflicts"], status["incomplete"]) == ([], [])
    assert campaign.answers("张三")["2.3"] == "conform"


def test_somebodys_own_form_is_shown_until_a_person_chooses_a_longer_one_of_another(campaign: Campaign) -> None:
    campaign.receive("本人.yaml", campaign.filled("张三", on="2023-11-05"))
    shown(campaign)
    longer = campaign.filled("张三", by="李四", on="2023-11-06", notes={"2.3": "没有"})
    campaign.receive("代填.yaml", longer)
    assert "inbox/代填.yaml (张三): conflict" in shown(campaign).out
    assert campaign.merged()["张三"]["filled_by"] == "张三"
    campaign.run("contradictions", "resolve", "张三", "--choose", "2", "--by", "总经理", "--reason", "本人口述")
    assert campaign.merged()["张三"]["filled_by"] == "李四"


def test_an_older_response_that_comes_late_is_kept_as_history(campaign: Campaign) -> None:
    campaign.receive("新.yaml", campaign.filled("张三", on="2023-11-06", notes={"2.3": "没有"}))
    shown(campaign)
    campaign.receive("旧.yaml", campaign.filled("张三", on="2023-11-05"))
    ran = shown(campaign)
    assert ran.code == 1
    assert "inbox/旧.yaml (张三): older, kept as history" in ran.out
    assert [(event["file"], event["shown"]) for event in campaign.events("张三")] == [
        ("inbox/新.yaml", True),
        ("inbox/旧.yaml", False),
    ]


def test_an_incomplete_response_that_is_completed_stops_being_listed(campaign: Campaign) -> None:
    campaign.receive("一.yaml", campaign.filled("王五", declaration="", projects=""))
    ran = shown(campaign)
    assert ran.code == 1
    assert "the declaration is not accepted" in ran.out
    assert "numbers are missing: 覆盖项目数" in ran.out
    assert "王五" in campaign.run("status").out.partition("Incomplete")[2]
    campaign.receive("二.yaml", campaign.filled("王五"))
    assert shown(campaign).code == 0
    assert "Incomplete" not in campaign.run("status").out


def test_a_number_that_cannot_be_right_is_told_when_it_comes_and_in_the_status(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("审核部", projects="3"))
    assert shown(campaign).code == 0
    campaign.receive("2.yaml", campaign.filled("张三", projects="8"))
    ran = shown(campaign)
    told = "审核部 says “覆盖项目数”: 3, but 张三 alone says 8"
    assert (ran.code, told in ran.out) == (1, True)
    assert told in campaign.run("status").out
    # who has nothing to do with it is not bothered, and who corrects it ends it
    campaign.receive("3.yaml", campaign.filled("李四"))
    assert told not in shown(campaign).out
    campaign.receive("4.yaml", campaign.filled("审核部", projects="8", on="2023-11-06"))
    assert shown(campaign).code == 0
    assert campaign.run("status", "--json").data["doubts"] == []


def test_a_number_given_under_another_title_is_not_held_against_those_of_now(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("审核部", projects="3"))
    campaign.receive("2.yaml", campaign.filled("张三", projects="8"))
    assert "审核部 says “覆盖项目数”: 3" in shown(campaign).out
    campaign.edit("campaign.yaml", "title: 覆盖项目数", "title: 今年新签项目数")
    assert campaign.run("issue").code == 0
    campaign.receive("3.yaml", campaign.filled("张三", projects="8", on="2023-11-06"))
    assert "审核部 says" not in shown(campaign).out
    assert campaign.run("status", "--json").data["doubts"] == []


# -- two people, one form -----------------------------------------------------------------------------------------


def test_a_form_that_nobody_signed_does_not_replace_one_that_somebody_did(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("技术部", by="甲"))
    campaign.receive("2.yaml", campaign.filled("技术部", by="", answers={"1.2": "不适用"}, notes={"1.2": "无此业务"}))
    ran = shown(campaign)
    assert "does not say who filled it in; the answers that count are by “甲”: " in ran.err + ran.out
    assert "selfaudit contradictions resolve unit:T --choose 2" in ran.err + ran.out


@pytest.mark.parametrize("order", [("甲", "乙"), ("乙", "甲")])
def test_two_people_who_filled_in_the_same_form_differently_are_a_conflict_in_either_order(
    campaign: Campaign, order: tuple[str, str]
) -> None:
    files = {
        "甲": campaign.filled("技术部", by="甲", on="2023-11-05", answers={"1.2": "不适用"}, notes={"1.2": "无此业务"}),
        "乙": campaign.filled("技术部", by="乙", on="2023-11-06"),
    }
    for name in order:
        campaign.receive(f"{name}.yaml", files[name])
        ran = shown(campaign)
    assert ran.code == 1
    assert f"inbox/{order[1]}.yaml (技术部): conflict" in ran.out
    assert "Different answers to the same form: 技术部. To compare them, run selfaudit contradictions list." in ran.out
    assert f"filled in by “{order[1]}”, but the answers that count are by “{order[0]}”" in ran.err + ran.out
    assert "selfaudit contradictions resolve unit:T --choose 2 --reason …" in ran.err + ran.out
    # what was there is shown until somebody decides
    assert campaign.merged()["技术部"]["filled_by"] == order[0]
    assert campaign.received() == {text.encode() for text in files.values()}
    status = campaign.run("status")
    assert "Conflicting responses (1): 技术部" in status.out
    assert "selfaudit contradictions list" in status.out


def test_somebody_who_only_adds_to_what_is_there_is_no_conflict(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("技术部", by="", on="2023-11-05"))
    campaign.receive("2.yaml", campaign.filled("技术部", by="乙", on="2023-11-06"))
    assert [file["outcome"] for file in collected(campaign)] == ["new", "updated"]
    assert campaign.run("status", "--json").data["conflicts"] == []


# -- encodings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8-sig", "UTF-8 with BOM"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("gbk", "GB18030"),
    ],
)
def test_whatever_encoding_an_editor_used_is_read_and_noted(
    campaign: Campaign, inside: Inside, encoding: str, mark: str
) -> None:
    text = campaign.filled("张三", notes={"2.3": "没有，“李某”除外"})
    campaign.receive("张三.yaml", text.replace("\n", "\r\n").encode(encoding))
    ran = inside("collect", "--campaign", campaign.root)
    assert ran.code == 0
    assert "inbox/张三.yaml (张三): new" in ran.out
    assert f"read as {mark}" in ran.out
    assert campaign.merged()["张三"]["items"][-1]["note"] == "没有，“李某”除外"


def test_characters_outside_the_basic_plane_come_through(campaign: Campaign, inside: Inside) -> None:
    only(campaign, campaign.filled("张三", notes={"2.3": "𠮷某😀"}).encode("gb18030"), inside=inside)
    assert campaign.merged()["张三"]["items"][-1]["note"] == "𠮷某😀"


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x85", "\ufeff"])
def test_an_invisible_line_break_inside_a_text_is_read_or_told_at_its_place(
    campaign: Campaign, inside: Inside, char: str
) -> None:
    text = campaign.filled("张三", notes={"2.3": f"第一行{char}第二行"})
    line = text.split("\n").index(f"    note: 第一行{char}第二行") + 1
    file = only(campaign, text, inside=inside)
    if file["outcome"] == "rejected":
        assert [error["line"] for error in file["errors"]] == [line]
    else:
        note = campaign.merged()["张三"]["items"][-1]["note"]
        assert note.startswith("第一行")
        assert note.endswith("第二行")


# -- how people type -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "says", "hint"),
    [
        (("filled_by: 张三", "filled_by：张三"), "full-width colon after “filled_by”", "filled_by: …"),
        (("filled_by: 张三", "filled_by:张三"), "no space after the colon", "filled_by: 张三"),
        (("clues: ", "clues: 见附件 #3"), "everything from # on would be lost: “#3”", 'clues: "见附件 #3"'),
        (("clues: ", "clues: @李四"), "text cannot start with @", 'clues: "@李四"'),
        (("clues: ", "clues: 项目: 甲"), "a colon followed by a space", 'clues: "项目: 甲"'),
        (("clues: ", 'clues: "见附件'), "quotation mark is opened and not closed", "clues: "),
        (("filled_on: 2023-11-05", "filled_no: 2023-11-05"), "no line “filled_no”", "Did you mean “filled_on”?"),
        (("filled_on: 2023-11-05", "填写人签字: 甲"), "no line “填写人签字”", "Allowed names"),
        (("  projects: 3", "\tprojects: 3"), "a tab is used to indent", "spaces"),
    ],
)
def test_a_typing_mistake_is_told_with_line_and_column_and_what_to_type(
    campaign: Campaign, inside: Inside, typed: tuple[str, str], says: str, hint: str
) -> None:
    (old, new), text = typed, campaign.filled("张三")
    assert text.count(f"\n{old}\n") == 1
    text = text.replace(f"\n{old}\n", f"\n{new}\n")
    line = text.split("\n").index(new) + 1
    campaign.receive("张三.yaml", text)
    ran = inside("collect", "--campaign", campaign.root)
    assert ran.code == 1
    assert "inbox/张三.yaml" in ran.out
    (told,) = [one for one in ran.out.splitlines() if says in one]
    assert told.strip().startswith(f"{line}:")
    assert hint in told.partition("→")[2]
    assert "Rejected files stay where they are and are tried again next time." in ran.out
    # mended, it is taken
    campaign.receive("张三.yaml", campaign.filled("张三"))
    assert "new 1; " in inside("collect", "--campaign", campaign.root).out


def test_all_typing_mistakes_of_a_form_are_told_at_once(campaign: Campaign) -> None:
    text = campaign.filled("张三")
    text = (
        text.replace("filled_by: ", "filled_by：")
        .replace("clues: ", "clues: 见 #3")
        .replace("declaration: 同意", "declaration:同意")
    )
    file = only(campaign, text)
    assert file["outcome"] == "rejected"
    assert len({error["line"] for error in file["errors"]}) == 3


@pytest.mark.parametrize("word", ["符合", "合格", "√", "无问题", "conform", "OK", "符合。", "  符 合", "正常"])
def test_usual_words_for_conform_are_understood(campaign: Campaign, inside: Inside, word: str) -> None:
    only(campaign, campaign.filled("王五", answer=word), inside=inside)
    assert campaign.answers("王五") == {"2.3": "conform"}


@pytest.mark.parametrize(
    ("word", "answer"),
    [("不符合", "problem"), ("有问题", "problem"), ("不涉及", "not_applicable"), ("N/A", "not_applicable")],
)
def test_usual_words_for_the_other_answers_are_understood(
    campaign: Campaign, inside: Inside, word: str, answer: str
) -> None:
    only(campaign, campaign.filled("王五", answer=word), inside=inside)
    assert campaign.answers("王五") == {"2.3": answer}


@pytest.mark.parametrize("word", ["是", "否", "无", "yes", "待定", "基本符合", "符合/不适用"])
def test_a_word_that_could_mean_two_things_is_asked_back_and_counts_as_unchecked(
    campaign: Campaign, inside: Inside, word: str
) -> None:
    campaign.receive("王五.yaml", campaign.filled("王五", answer=word))
    ran = inside("collect", "--campaign", campaign.root)
    assert ran.code == 1
    assert f"2.3: “{word}”" in ran.out
    assert "符合" in ran.out
    assert campaign.answers("王五") == {}
    assert f"2.3: “{word}”" in inside("status", "--campaign", campaign.root).out


def test_a_bare_yes_is_read_where_the_checklist_says_what_it_means(campaign: Campaign) -> None:
    only(campaign, campaign.filled("张三", answers={"2.2": "是"}))
    assert campaign.answers("张三")["2.2"] == "conform"
    assert only(campaign, campaign.filled("李四", answers={"2.2": "否"}), "李四.yaml")["outcome"] == "new"
    assert campaign.answers("李四")["2.2"] == "problem"


@pytest.mark.parametrize(
    "day", ["2023-11-5", "2023/11/05", "2023.11.5", "2023年11月5日", "２０２３－１１－０５", "20231105"]
)
def test_dates_are_read_as_people_write_them(campaign: Campaign, inside: Inside, day: str) -> None:
    only(campaign, campaign.filled("王五", on=day), inside=inside)
    assert campaign.merged()["王五"]["filled_on"] == "2023-11-05"


@pytest.mark.parametrize("day", ["11月5日", "2023-13-05", "2023-02-30", "昨天", "5/11/2023"])
def test_what_is_no_day_of_the_calendar_is_a_gap_that_quotes_it(campaign: Campaign, inside: Inside, day: str) -> None:
    file = only(campaign, campaign.filled("王五", on=day), inside=inside)
    assert file["outcome"] == "new"
    assert any(f"“{day}”" in gap["message"] for gap in file["gaps"])
    assert "filled_on" not in campaign.merged()["王五"]


@pytest.mark.parametrize(
    ("number", "read"), [("12", 12), ("12个", 12), ("１２", 12), ("1,280", 1280), ("共 3 个", 3), ("0", 0)]
)
def test_numbers_are_read_as_people_write_them(campaign: Campaign, inside: Inside, number: str, read: int) -> None:
    only(campaign, campaign.filled("王五", projects=number), inside=inside)
    assert campaign.merged()["王五"]["coverage"] == {"projects": read}


@pytest.mark.parametrize("number", ["约 12", "十二", "12-15", "-3", "很多"])
def test_a_vague_number_is_a_gap_that_quotes_it(campaign: Campaign, inside: Inside, number: str) -> None:
    file = only(campaign, campaign.filled("王五", projects=number), inside=inside)
    assert any(f"“{number}”" in gap["message"] for gap in file["gaps"])


def test_a_passport_typed_in_small_or_full_width_letters_is_recognised(campaign: Campaign, inside: Inside) -> None:
    text = campaign.filled("张三")
    (line,) = [line for line in text.splitlines() if line.startswith("passport: ")]
    assert only(campaign, text.replace(line, line.lower().replace("-", "－")), inside=inside)["outcome"] == "new"


# -- forms that are not as issued -----------------------------------------------------------------------------------


def test_an_item_that_was_never_asked_is_refused_and_named(campaign: Campaign, inside: Inside) -> None:
    file = only(campaign, campaign.filled("张三").replace('- id: "2.2"', '- id: "2.9"'), inside=inside)
    assert file["outcome"] == "rejected"
    assert codes(file) == ["form.unknown-item", "form.missing-items"]
    assert "the form has no item “2.9”" in file["errors"][0]["message"]


def test_an_item_that_is_missing_counts_as_not_answered_and_is_named(campaign: Campaign, inside: Inside) -> None:
    text = campaign.filled("张三")
    start, end = text.index('  - id: "2.2"'), text.index('  - id: "2.3"')
    file = only(campaign, text[:start] + text[end:], inside=inside)
    assert file["outcome"] == "new"
    assert file["notes"][0]["message"] == "missing items count as not answered: 2.2"
    assert [gap["message"] for gap in file["gaps"]] == ["not answered: 2.2"]


def test_a_question_that_was_altered_is_noted_and_the_issued_one_counts(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三").replace("是否知道虚假认证？", "是否从未听说虚假认证？"))
    ran = shown(campaign)
    assert ran.code == 0
    assert "the question of 2.3 was changed to “是否从未听说虚假认证？”; the issued one counts" in ran.out


def test_a_form_of_another_campaign_is_refused(campaign: Campaign) -> None:
    other = campaign.copy(campaign.root.parent / "other")
    other.edit("campaign.yaml", "code: TK23", "code: TK99")
    for kept in ("campaign.db", "issued.jsonl"):
        (other.root / kept).unlink()
    assert other.run("issue", "--only", "张三").code == 0
    (form,) = [text for path in other.forms("张三") if "TK99-" in (text := path.read_text(encoding="utf-8"))]
    campaign.receive("张三.yaml", fill(form))
    ran = shown(campaign)
    assert ran.code == 1
    assert "this form belongs to another campaign (TK99, not TK23)" in ran.out


def test_a_form_whose_respondent_is_not_that_of_its_passport_is_refused(campaign: Campaign) -> None:
    campaign.receive(
        "张三.yaml", campaign.filled("张三").replace('respondent: "张三 (审核部)"', 'respondent: "李四 (北京分公司)"')
    )
    ran = shown(campaign)
    assert ran.code == 1
    assert "the passport is that of 张三, but the form says “李四 (北京分公司)”" in ran.out
    assert "Find out whose answers these are" in ran.out


def test_a_respondent_whose_name_only_contains_the_right_one_is_not_the_right_one(
    campaign: Campaign, inside: Inside
) -> None:
    file = only(
        campaign,
        campaign.filled("张三").replace('respondent: "张三 (审核部)"', 'respondent: "张三丰 (审核部)"', 1),
        inside=inside,
    )
    assert file["outcome"] == "rejected"
    assert codes(file) == ["form.other-respondent"]


def test_a_form_filled_in_by_somebody_else_is_taken_and_told(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三", by="李四"))
    ran = shown(campaign)
    assert ran.code == 0
    assert "form of 张三, filled in by 李四" in ran.out


def test_a_form_of_an_older_revision_is_taken_and_told(campaign: Campaign) -> None:
    text = campaign.filled("审核部", by="甲")
    campaign.edit("checklists/1-business.yaml", "ask: 收费是否公开？", "ask: 收费标准是否公开？")
    assert campaign.run("issue").code == 0
    campaign.receive("审核部.yaml", text)
    ran = shown(campaign)
    assert ran.code in (0, 1)
    assert "inbox/审核部.yaml (审核部): new" in ran.out, "an older form is taken with a note, says docs/formats.md"
    assert "in the one issued last, " in ran.err + ran.out
    assert "Questions reworded or added since they answered (1): 审核部" in campaign.run("status").out


@pytest.mark.slow
def test_an_answer_to_the_older_form_does_not_take_the_place_of_one_to_the_newer(campaign: Campaign) -> None:
    old = campaign.filled("审核部", by="甲", on="2023-11-05")
    campaign.edit("checklists/1-business.yaml", "ask: 收费是否公开？", "ask: 收费标准是否公开？")
    campaign.run("issue")
    new = campaign.filled("审核部", by="甲", on="2023-11-05", notes={"1.10": "已公示"})
    for name, text in (("新.yaml", new), ("旧.yaml", old)):
        campaign.receive(name, text)
        shown(campaign)
    assert campaign.merged()["审核部"]["items"][0]["note"] == "已公示"
    assert campaign.run("status", "--json").data["outdated"] == []


def test_a_form_without_a_passport_is_refused_with_what_to_copy(campaign: Campaign) -> None:
    text = "\n".join(line for line in campaign.filled("张三").splitlines() if not line.startswith("passport: "))
    campaign.receive("张三.yaml", text)
    ran = shown(campaign)
    assert ran.code == 1
    assert "the passport is missing" in ran.out
    assert "Copy the line “passport: …” from the issued form." in ran.out


def test_a_passport_with_a_letter_mistyped_is_refused_and_not_taken_for_another(
    campaign: Campaign, inside: Inside
) -> None:
    text = campaign.filled("张三")
    (line,) = [line for line in text.splitlines() if line.startswith("passport: ")]
    wrong = line[:-4] + ("1" if line[-4] != "1" else "2") + line[-3:]
    file = only(campaign, text.replace(line, wrong), inside=inside)
    assert codes(file) == ["form.bad-passport"]


def test_a_form_that_was_never_issued_here_is_refused(campaign: Campaign) -> None:
    other = campaign.copy(campaign.root.parent / "other")
    other.edit("checklists/2-conduct.yaml", "ask: 是否知道虚假认证？", "ask: 是否参与虚假认证？")
    other.run("issue")
    file = only(campaign, other.filled("王五"))
    assert codes(file) == ["form.unknown-passport"]


# -- what is incomplete ----------------------------------------------------------------------------------------------


def test_a_problem_without_a_finding_is_incomplete_until_the_finding_is_there(campaign: Campaign) -> None:
    campaign.receive("一.yaml", campaign.filled("张三", answers={"2.1 a": "发现问题"}))
    ran = shown(campaign)
    assert ran.code == 1
    assert "answered as a problem, but there is no finding: 2.1 a" in ran.out
    assert "answered as a problem, but there is no finding: 2.1 a" in campaign.run("status").out
    told = campaign.filled("张三", on="2023-11-06", answers={"2.1 a": "发现问题"}, findings=[FINDING])
    campaign.receive("二.yaml", told)
    assert shown(campaign).code == 0
    assert "answered as a problem" not in campaign.run("status").out


def test_a_finding_without_its_fact_is_incomplete_and_says_what_is_missing(campaign: Campaign) -> None:
    finding = {key: value for key, value in FINDING.items() if key not in ("fact", "disposition")}
    campaign.receive("张三.yaml", campaign.filled("张三", answers={"2.1 a": "发现问题"}, findings=[finding]))
    ran = shown(campaign)
    assert ran.code == 1
    assert "finding 1 on 2.1 a lacks: fact, handling" in ran.out


def test_conform_with_a_finding_is_incomplete_until_one_of_them_goes(campaign: Campaign) -> None:
    campaign.receive("一.yaml", campaign.filled("张三", findings=[FINDING]))
    ran = shown(campaign)
    assert ran.code == 1
    assert "answered without a problem, but there is a finding: 2.1 a" in ran.out
    campaign.receive("二.yaml", campaign.filled("张三", on="2023-11-06"))
    assert shown(campaign).code == 0


def test_not_applicable_without_a_reason_is_incomplete_until_the_reason_is_there(campaign: Campaign) -> None:
    campaign.receive("一.yaml", campaign.filled("张三", answers={"2.2": "不适用"}))
    ran = shown(campaign)
    assert ran.code == 1
    assert "does not apply, but no reason is given: 2.2" in ran.out
    said = {"answers": {"2.2": "不适用"}, "notes": {"2.2": "本人不接触客户"}}
    campaign.receive("二.yaml", campaign.filled("张三", on="2023-11-06", **said))
    assert shown(campaign).code == 0


def test_a_form_sent_back_as_it_was_issued_is_no_answer(campaign: Campaign) -> None:
    file = only(campaign, campaign.form("张三").read_bytes())
    assert file["outcome"] == "rejected"
    assert codes(file) == ["form.nothing-filled-in"]
    assert "张三" in {waiting["name"] for waiting in campaign.run("status", "--json").data["missing"]}


@pytest.mark.slow
def test_what_is_listed_as_missing_does_not_depend_on_which_of_two_equal_responses_came_first(
    campaign: Campaign,
) -> None:
    # both say nothing about 2.3, one of them with a word nobody can read
    texts = {"甲.yaml": campaign.filled("王五", answer="待定"), "乙.yaml": campaign.filled("王五", answer="未查")}
    said = []
    for order in (("甲.yaml", "乙.yaml"), ("乙.yaml", "甲.yaml")):
        one = campaign.copy(campaign.root.parent / order[0])
        for name in order:
            one.receive(name, texts[name])
            one.run("collect")
        said.append([gap["message"] for gap in one.run("status", "--json").data["incomplete"][0]["gaps"]])
    assert said[0] == said[1]


# -- where from, and afterwards ---------------------------------------------------------------------------------------


def test_files_and_folders_outside_the_inbox_can_be_named(campaign: Campaign) -> None:
    mail = campaign.root.parent / "e mail"
    mail.mkdir()
    (mail / "张三.yaml").write_text(campaign.filled("张三"), encoding="utf-8")
    (mail / "李四.yaml").write_text(campaign.filled("李四"), encoding="utf-8")
    assert "new 1; " in run("collect", mail / "张三.yaml", cwd=campaign.root).out
    assert "new 1; " in run("collect", "e mail", "--campaign", "campaign", cwd=campaign.root.parent).out
    assert len(campaign.merged()) == 2


def test_a_file_that_is_not_there_is_told(campaign: Campaign) -> None:
    ran = campaign.run("collect", "inbox/nothing.yaml")
    assert ran.code in (1, 3)
    assert "there is no such file or folder" in ran.said


@pytest.mark.slow
def test_a_rejected_file_is_told_again_until_it_is_mended_and_entered_once(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", "")
    for _ in range(3):
        ran = shown(campaign)
        assert ran.code == 1
        assert "the file is empty" in ran.out
    assert [what for what, _ in campaign.journal()].count("reject") == 1


@pytest.mark.slow
def test_a_rejected_file_is_no_longer_listed_once_a_good_one_came_in_its_place(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三").replace("filled_by: ", "filled_by："))
    shown(campaign)
    assert "Files that could not be used (1): 张三\n  inbox/张三.yaml  张三 (审核部)\n" in campaign.run("status").out
    campaign.receive("张三.yaml", campaign.filled("张三"))
    assert shown(campaign).code == 0
    assert "could not be used" not in campaign.run("status").out


def test_the_advice_to_rebuild_a_lost_ledger_works(answered_campaign: Campaign) -> None:
    before = answered_campaign.merged()
    (answered_campaign.root / "campaign.db").rename(answered_campaign.root / "damaged.db")
    assert answered_campaign.run("issue").code == 0
    ran = answered_campaign.run("collect", "received")
    assert ran.code == 0
    assert "new 5; " in ran.out
    after = answered_campaign.merged()
    for response in (*before.values(), *after.values()):
        response.pop("received_at")
    assert after == before


def test_merged_yaml_is_up_to_date_after_a_run_that_was_cut_off_before_writing_it(answered_campaign: Campaign) -> None:
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五"))
    shown(answered_campaign)
    old = answered_campaign.copy(answered_campaign.root.parent / "old")
    # as if the power had gone between the ledger and the file
    text = (old.root / "merged.yaml").read_text(encoding="utf-8")
    (old.root / "merged.yaml").write_text(text[: text.index('  - respondent: "person:P3"')], encoding="utf-8")
    assert shown(old).code == 0
    assert "王五" in old.merged()


def test_a_form_that_went_out_before_a_name_was_corrected_is_taken_as_it_is(campaign: Campaign) -> None:
    campaign.receive("张三.yaml", campaign.filled("张三"))
    campaign.edit("roster.yaml", "name: 张三", "name: 章三")
    assert campaign.run("issue").code == 0
    ran = shown(campaign)
    assert ran.code == 0
    assert "new 1; " in ran.out
    assert "issued under the name “张三 (审核部)”, which the roster no longer has; it is that of 章三" in ran.out
    assert "filled in by" not in ran.out
    assert set(campaign.merged()) == {"章三"}


def test_a_form_dated_before_it_was_issued_is_told(campaign: Campaign) -> None:
    campaign.receive("a.yaml", campaign.filled("张三", on="2023-11-05"))
    campaign.receive("b.yaml", campaign.filled("李四", on=today().isoformat()))
    ran = campaign.run("collect")
    assert "Dated before the form was issued: 张三. Ask for the right date where it matters.\n" in ran.out
    assert campaign.run("collect", "--json").data["dated_early"] == []
