"""Whose answers a file holds, and to which questions: accepted, accepted with a note, or refused with the reason."""

import pytest

from selfaudit.base.i18n import translator
from selfaudit.forms import yaml as yaml_form
from tests.forms.sample import COMPLETE, FORM, answers, changed, form, read, said, text

PRINTED = f"passport: {FORM.passport}"


def test_a_complete_form_is_accepted_without_a_word() -> None:
    reading = read(text())
    assert reading.content == COMPLETE
    assert reading.passport == FORM.passport
    assert said(reading) == []


def test_the_same_answers_under_another_name_and_encoding_are_the_same() -> None:
    first = read(text(), "张三.yaml")
    again = read(text().replace("\n", "\r\n").encode("gb18030"), "新建文本文档 (2).txt")
    assert first.digest
    assert (first.content, first.digest) == (again.content, again.digest)


def test_a_passport_typed_in_small_or_full_width_letters_is_understood() -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in FORM.passport.lower())
    assert read(text().replace(PRINTED, f"passport: {wide}")).content == COMPLETE


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("passport: ", "f.yaml:12:10: the passport is missing Copy the line “passport: …” from the issued form."),
        (
            "passport: TK23-AAAAAAAA-7A5T-73",
            (
                "f.yaml:12:11: “TK23-AAAAAAAA-7A5T-73” is not a valid passport "
                "Copy the line “passport: …” from the issued form."
            ),
        ),
        (
            f"passport: {form(code='AB12').passport}",
            "f.yaml:12:11: this form belongs to another campaign (AB12, not TK23) Send it to that campaign instead.",
        ),
        (
            f"passport: {form(name='王五').passport}",
            (
                f"f.yaml:12:11: no form with the passport {form(name='王五').passport} was issued here "
                "Find out in which campaign it was issued, and collect it there; or whether the passport was changed."
            ),
        ),
    ],
)
def test_without_a_passport_that_was_issued_here_the_file_is_refused(line: str, told: str) -> None:
    reading = read(text().replace(PRINTED, line))
    assert reading.content is None
    assert said(reading) == [told]


@pytest.mark.parametrize("printed", ["王五", "张三丰（审核部）", "李张三"])
def test_a_form_with_another_name_than_that_of_its_passport_is_refused(printed: str) -> None:
    reading = read(changed('respondent: "张三 (审核部)"', f"respondent: {printed}"))
    assert reading.content is None
    shown = printed.replace("（", "(").replace("）", ")")
    assert said(reading) == [
        (
            f"f.yaml:14:13: the passport is that of 张三, but the form says “{shown}” "
            "Find out whose answers these are; copy passport and respondent from their form."
        )
    ]


@pytest.mark.parametrize("printed", ["张三", "张　三（审核部）", "张三(审核部)", '"张三 (审核部)"', ""])
def test_the_name_may_be_spaced_and_bracketed_otherwise(printed: str) -> None:
    reading = read(changed('respondent: "张三 (审核部)"', f"respondent: {printed}"))
    assert (reading.content, said(reading)) == (COMPLETE, [])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'respondent: "张三 (审核部)"',
            "respondent: 张三（市场部）",
            (
                "f.yaml:14:13: the printed respondent reads “张三（市场部）”, not as in the form that was issued"
                " last, which counts"
            ),
        ),
        (
            'campaign: "小型自查：第一次 #1"',
            "campaign: 大型自查",
            (
                "f.yaml:13:11: the printed title of the campaign reads “大型自查”, not as in the form that was issued"
                " last, which counts"
            ),
        ),
        (
            'ask: "资质是否有效？"',
            "ask: 资质有没有效",
            "f.yaml:35:10: the question of 1.1 was changed to “资质有没有效”; the issued one counts",
        ),
        (
            'ask: "是否全程到场？"',
            'ask: "是否全程到场？ 是，都在"',
            ("f.yaml:67:14: text after the question in 2.1 a is ignored: “是,都在” Write it after answer or note."),
        ),
        ("filled_by: 张三", "filled_by: 李四", "f.yaml:17:12: form of 张三, filled in by 李四"),
    ],
)
def test_altered_printed_lines_are_accepted_with_a_note_that_quotes_them(old: str, new: str, told: str) -> None:
    reading = read(changed(old, new))
    assert reading.content is not None
    assert reading.content["items"] == COMPLETE["items"]
    assert said(reading) == [told]


def test_a_question_that_is_only_spaced_otherwise_is_the_same() -> None:
    assert said(read(changed('ask: "资质是否有效？"', "ask: 资质 是否有效?"))) == []


def test_a_missing_item_counts_as_not_answered_and_is_named() -> None:
    original = text()
    returned = original[: original.index('  - id: "1.10"')] + original[original.index('  - id: "2.1"') :]
    reading = read(returned)
    assert answers(reading) == {"1.1": "conform", "1.2": "conform", "2.1 a": "problem", "2.1 b": "conform"}
    assert said(reading) == [
        "not answered: 1.10 Answer every item and every part.",
        "f.yaml:34:3: missing items count as not answered: 1.10",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'id: "1.1"',
            'id: "9.9"',
            "f.yaml:34:9: the form has no item “9.9” Copy the numbers from the issued form: 1.1, 1.2, 1.10, 2.1.",
        ),
        ("id: b", "id: c", "f.yaml:70:9: item 2.1 has no part “c” Parts: a, b."),
        ('id: "1.10"', 'id: "1.1"', "f.yaml:52:5: “1.1” is answered twice Keep one of the two."),
        ("id: b", "id: a", "f.yaml:70:9: “a” is answered twice Keep one of the two."),
        ('- id: "1.1"\n    ask', "- ask", ("f.yaml:34:5: an entry with an answer has no id "
         "Copy the line “id: …” from the issued form.")),
        (
            "    parts:\n",
            "    answer: 符合\n    parts:\n",
            "f.yaml:65:13: item 2.1 is answered part by part Write the answers below parts: a, b.",
        ),
    ],
)  # fmt: skip
def test_answers_that_belong_to_no_question_are_refused_so_that_none_is_dropped(old: str, new: str, told: str) -> None:
    reading = read(changed(old, new))
    assert reading.content is None
    assert str(reading.errors[0]) == told


def test_an_answer_that_slipped_below_the_question_is_refused() -> None:
    reading = read(changed('ask: "资质是否有效？"\n    answer', "ask:\n      answer"))
    assert reading.content is None
    assert str(reading.errors[0]) == "f.yaml:36:7: “ask” must be a single text Put the whole text in quotation marks."


def test_an_entry_for_an_unknown_item_that_says_nothing_is_passed_over() -> None:
    reading = read(changed('  - id: "1.1"', '  - id: "9.9"\n    answer: 未查\n    note: \n  - id: "1.1"'))
    assert (reading.content, said(reading)) == (COMPLETE, [])


def test_the_same_entry_twice_is_the_same_as_once() -> None:
    entry = text()[text().index('  - id: "1.1"') : text().index("\n\n  # 1.2")]
    reading = read(changed(entry, f"{entry}\n{entry}"))
    assert (reading.content, said(reading)) == (COMPLETE, [])


def test_a_line_with_text_that_the_form_does_not_have_is_refused_and_an_empty_one_passed_over() -> None:
    refused = read(changed("clues: ", "thoughts: 很多\nclues: "))
    assert refused.content is None
    assert str(refused.errors[0]).startswith(
        "f.yaml:115:1: the form has no line “thoughts” here Allowed names: selfaudit,"
    )
    assert read(changed("clues: ", "thoughts: \nclues: ")).content == COMPLETE


def test_another_format_is_refused_with_what_it_says() -> None:
    reading = read(changed("selfaudit: selfaudit/response/1", "selfaudit: selfaudit/response/2"))
    assert said(reading) == [
        (
            "f.yaml:11:12: the file says that it is “selfaudit/response/2”, not “selfaudit/response/1” "
            "Copy the line “selfaudit: …” from the issued form; a newer format needs a newer selfaudit."
        )
    ]


@pytest.mark.parametrize("other", ["a: b\n", "- a\n", "hello", "format: selfaudit/roster/1\nunits: []\n", "# only\n"])
def test_a_text_that_is_no_form_is_refused(other: str) -> None:
    assert said(read(other)) == ["f.yaml:1:1: this is not a selfaudit form Ask for the issued form, filled in."]


def test_every_mistake_is_told_even_if_nobody_knows_whose_form_it_is() -> None:
    reading = read(changed(PRINTED, "passport: ?").replace("clues:", "thoughts: 很多\nclues:"))
    assert [p.code for p in reading.errors][1:] == ["form.bad-passport", "form.unknown-key"]


def test_an_untouched_form_is_no_answer() -> None:
    reading = read(yaml_form.write(FORM).decode())
    assert reading.content is None
    (problem,) = reading.errors
    assert str(problem).startswith("f.yaml: this is the blank form; nothing has been filled in Fill it in, save it")


def test_a_form_in_which_a_word_is_written_is_accepted_and_everything_else_in_it_is_open() -> None:
    reading = read(yaml_form.write(FORM, {"clues": "有"}).decode())
    assert reading.content == {"format": "selfaudit/response/1", "passport": FORM.passport, "clues": "有"}
    assert [p.message for p in reading.gaps] == [
        "not answered: 1.1, 1.2, 1.10, 2.1 a, 2.1 b",
        "numbers are missing: 覆盖项目数（个）, 覆盖人员数（人）",
        "the name of the person who filled it in is missing",
        "the date is missing",
        "the declaration is not accepted",
    ]
    assert [p.said(translator("zh_CN")) for p in reading.gaps][:2] == [
        "没有填写结论：1.1、1.2、1.10、2.1 a、2.1 b",
        "没有填写数字：覆盖项目数（个）、覆盖人员数（人）",
    ]


@pytest.mark.parametrize("printed", ["张\u200b三 (审核部)", "\u202a张三\u202c（审核部）", "张．三", "张·三"])
def test_a_name_that_only_looks_otherwise_or_has_another_dot_is_the_same(printed: str) -> None:
    reading = read(changed('respondent: "张三 (审核部)"', f"respondent: {printed}"))
    assert (reading.content, said(reading)) == (COMPLETE, [])


@pytest.mark.parametrize("printed", ["张? (审核部)", "张??", "□三（审核部）", "张〓"])
def test_a_name_with_a_lost_character_is_told_as_a_guess_and_the_answers_are_kept(printed: str) -> None:
    reading = read(changed('respondent: "张三 (审核部)"', f"respondent: {printed}"))
    assert reading.content == COMPLETE
    assert said(reading) == [
        (
            f"f.yaml:14:13: “{printed}” is taken for “张三 (审核部)”, whose passport it bears; a character of the name"
            " was lost Make sure that it is from this respondent."
        )
    ]


def test_a_name_of_which_every_character_was_lost_is_refused() -> None:
    assert read(changed('respondent: "张三 (审核部)"', 'respondent: "?? (审核部)"')).content is None
