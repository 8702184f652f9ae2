"""Every mistake of typing is told with its line, what is wrong and what to type instead; all of a file in one go."""

import pytest

from tests.forms.sample import COMPLETE, changed, line_of, read, said, text

ANSWER = "    answer: 符合\n    note: 已抽查 3 个项目，记录齐全\n"
NOTE = "note: 已抽查 3 个项目，记录齐全"


def refused(old: str, new: str, at: str = "") -> list[str]:
    """The errors of a file with one thing typed otherwise; all of them are in the line where ``at`` stands."""
    returned = changed(old, new)
    reading = read(returned)
    assert reading.content is None
    assert reading.digest == ""
    line = line_of(returned, at or new)
    assert {problem.where.line for problem in reading.errors} == {line}
    return [f"{problem.message}. {problem.hint}" for problem in reading.errors]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("    answer：符合", "full-width colon after “answer”. Type an ordinary colon and a space: answer: …"),
        ("\tanswer: 符合", "a tab is used to indent. Replace it with spaces, as in the lines around it."),
        (
            "　　answer: 符合",
            (
                "a full-width or non-breaking space is used to indent. "
                "Replace it with ordinary spaces, as in the lines around it."
            ),
        ),
        (
            "\u00a0\u00a0\u00a0\u00a0answer: 符合",
            (
                "a full-width or non-breaking space is used to indent. "
                "Replace it with ordinary spaces, as in the lines around it."
            ),
        ),
        ("    answer:符合", "no space after the colon of “answer”. Type a space: answer: 符合"),
        ("    answer:　符合", "no space after the colon of “answer”. Type a space: answer: 符合"),
        ("    结论:符合", "no space after the colon of “结论”. Type a space: 结论: 符合"),
        ("    结论：符合", "full-width colon after “结论”. Type an ordinary colon and a space: 结论: …"),
        ("    answer 符合", "no colon after “answer”. Type a colon and a space: answer: 符合"),
        (
            "   answer: 符合",
            "3 space(s) at the beginning of the line, where 4 are needed. Indent it by exactly 4 spaces.",
        ),
        (
            "      answer: 符合",
            "6 space(s) at the beginning of the line, where 4 are needed. Indent it by exactly 4 spaces.",
        ),
        ("    anwser: 符合", "the form has no line “anwser” here. Did you mean “answer”?"),
        ("    意见: 符合", "the form has no line “意见” here. Allowed names: id, ask, answer, note, evidence, parts."),
    ],
)
def test_a_mistake_in_a_line_is_told_with_what_to_type(typed: str, told: str) -> None:
    assert refused("    answer: 符合", typed) == [told]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("@张三 已查", 'text cannot start with @. Put it in quotation marks: note: "@张三 已查"'),
        ("%10 已查", 'text cannot start with %. Put it in quotation marks: note: "%10 已查"'),
        ("* 已查", 'text cannot start with *. Put it in quotation marks: note: "* 已查"'),
        ("&已查", 'text cannot start with &. Put it in quotation marks: note: "&已查"'),
        ("!已查", 'text cannot start with !. Put it in quotation marks: note: "!已查"'),
        ("`已查`", 'text cannot start with `. Put it in quotation marks: note: "`已查`"'),
        ("- 已查", 'text cannot start with -. Put it in quotation marks: note: "- 已查"'),
        (">3", 'text cannot start with >. Put it in quotation marks: note: ">3"'),
        (
            "编号 #3 完成",
            'everything from # on would be lost: “#3 完成”. Put the text in quotation marks: note: "编号 #3 完成"',
        ),
        ("#3 完成", 'everything from # on would be lost: “#3 完成”. Put the text in quotation marks: note: "#3 完成"'),
        (
            '"已查" # 还有',
            (
                "everything from # on would be lost: “# 还有”. "
                r'Put the text in quotation marks: note: "\"已查\" # 还有"'
            ),
        ),
        (
            "情况: 良好",
            'text that contains a colon followed by a space must be in quotation marks. Write note: "情况: 良好"',
        ),
        ('"已查', 'a quotation mark is opened and not closed on this line. Write note: "已查"'),
        ('"已查”', 'a quotation mark is opened and not closed on this line. Write note: "已查"'),
        ('"好"的', r'there is text after the closing quotation mark. Write note: "\"好\"的"'),
        (
            r'"D:\证书\a"',
            r'a single backslash inside quotation marks changes the text. Type it twice: note: "D:\\证书\\a"',
        ),
        (
            "[a，b]",
            (
                "a full-width comma does not separate the entries of a list. "
                'Type ordinary commas: [a, b]; or, if it is one text: note: "[a，b]"'
            ),
        ),
        ("[2023]12号", 'text that starts with a bracket must be in quotation marks. Write note: "[2023]12号"'),
        ("[2023", 'a bracket is opened and never closed. Close it; or, if it is a text: note: "[2023"'),
        ("[a, b]", "“note” must be a single text. Put the whole text in quotation marks."),
        ("{a: b}", "“note” must be a single text. Put the whole text in quotation marks."),
        ("&a [x, *a]", 'text cannot start with &. Put it in quotation marks: note: "&a [x, *a]"'),
        ("!!python/none x", 'text cannot start with !. Put it in quotation marks: note: "!!python/none x"'),
    ],
)
def test_a_text_that_yaml_would_not_take_as_it_is_goes_into_quotation_marks(typed: str, told: str) -> None:
    assert refused(NOTE, f"note: {typed}") == [told]


def test_a_text_put_into_quotation_marks_as_told_is_read() -> None:
    for typed in ('"编号 #3 完成"', '"情况: 良好"', r'"D:\\证书\\a"', '"[a，b]"', r'"\"好\"的"'):
        reading = read(changed(NOTE, f"note: {typed}"))
        assert reading.content is not None, typed


def test_a_text_over_two_lines_is_read_if_its_second_line_is_indented() -> None:
    reading = read(changed(NOTE, "note: 已抽查\n      记录齐全"))
    assert reading.content is not None
    assert reading.content["items"][0]["note"] == "已抽查 记录齐全"


def test_a_second_line_that_is_not_indented_is_told() -> None:
    assert refused(NOTE, "note: 已抽查\n    记录齐全", at="    记录齐全") == [
        (
            "the line “记录齐全” does not belong to any name. "
            "Write it after the name it belongs to, on the same line; a comment begins with #."
        )
    ]


def test_a_second_line_that_would_lose_its_end_is_told() -> None:
    assert refused(NOTE, "note: 已抽查\n      编号 #3", at="编号 #3") == [
        (
            "everything from # on would be lost: “#3”. "
            "Type a full-width ＃ instead, or put the whole text in quotation marks, on one line."
        )
    ]


def test_a_text_below_a_vertical_bar_keeps_everything() -> None:
    reading = read(changed(NOTE, "note: |\n      第一行: 好 #1\n      - @ % \t　x"))
    assert reading.content is not None
    assert reading.content["items"][0]["note"] == "第一行: 好 #1\n- @ % \t　x"


def test_an_answer_given_twice_is_told_with_both_lines() -> None:
    assert refused("    answer: 符合\n", "    answer: 符合\n    answer: 发现问题\n", at="    answer: 发现问题") == [
        "“answer” appears twice, first on line 36. Keep one of them; if both are needed, combine the two texts in it."
    ]
    assert refused("    answer: 符合\n", "    answer: 符合\n    结论: 发现问题\n", at="    结论") == [
        (
            "“answer” and “结论” are the same line of the form, and both are filled in. "
            "Keep one of them; if both are needed, combine the two texts in it."
        )
    ]


@pytest.mark.parametrize("dash", ["－", "—", "–", "•"])
def test_a_dash_that_is_none_is_told(dash: str) -> None:
    assert refused('  - id: "1.1"', f'  {dash} id: "1.1"') == [
        f'“{dash}” does not begin an entry. Type a hyphen and a space: - id: "1.1"'
    ]


def test_a_missing_blank_after_the_dash_is_told() -> None:
    assert refused('  - id: "1.1"', '  -id: "1.1"') == ['no space after the dash. Type a space: - id: "1.1"']


def test_a_second_document_in_the_file_is_told() -> None:
    assert refused("    answer: 符合\n", "    answer: 符合\n---\n", at="---\n") == [
        "a second document begins here. Delete the line --- or ..., or split the file in two."
    ]


def test_all_mistakes_of_a_file_are_told_in_one_go() -> None:
    returned = (
        text()
        .replace("filled_by: 张三", "filled_by：张三")
        .replace('"2023-11-05 14:30"', "2026-02-30")
        .replace(ANSWER, "\tanswer: 符合\n    note: 编号 #3\n")
        .replace("note: 不收费", 'note: "不收费')
        .replace("      - id: b\n", "     - id: b\n")
        .replace("cause: 排期冲突", "cause: @排期")
        .replace("clues: ", "clues:无")
    )  # fmt: skip
    reading = read(returned)
    lines = [returned.split("\n")[p.where.line - 1].strip() for p in reading.errors]
    assert [p.code for p in reading.errors] == [
        "yaml.wide-colon",
        "yaml.tab",
        "yaml.cut-by-hash",
        "yaml.quote-open",
        "yaml.indent",
        "yaml.special-start",
        "yaml.no-blank",
    ]
    assert lines == [
        "filled_by：张三",
        "answer: 符合",
        "note: 编号 #3",
        'note: "不收费',
        "- id: b",
        "cause: @排期",
        "clues:无",
    ]
    assert [p.message for p in reading.gaps] == ["date of filling in: “2026-02-30” is not a valid date"]


def test_a_file_with_nothing_but_full_width_colons_names_some_and_counts_the_rest() -> None:
    reading = read(text().replace(": ", "：").replace(":\n", "：\n"))
    assert reading.content is None
    told = [p.message for p in reading.errors]
    assert told[0] == "full-width colon after “selfaudit”"
    assert told[:-1] == [m for m in told if m.startswith("full-width colon after")]
    assert len(told) == 21
    assert told[-1] == "34 more mistakes of these kinds, the last on line 120"
    assert reading.errors[-1].hint == "Fix them the same way; your editor's “replace all” helps."


def test_lines_that_somebody_wrote_as_remarks_are_told_since_they_are_not_read() -> None:
    reading = read(changed("    answer: 符合\n", "    answer: 符合\n    # 我的说明：已查 3 份\n"))
    assert reading.content == COMPLETE
    assert said(reading) == [
        (
            "f.yaml:37:1: lines beginning with # are not read: # 我的说明：已查 3 份 "
            "Write answers after a name, without #."
        )
    ]


def test_chinese_names_and_titles_stand_for_the_names_of_the_form() -> None:
    returned = (
        text()
        .replace("answer:", "结论:")
        .replace("note:", "说明:")
        .replace("findings:", "发现的问题:")
        .replace("fact:", "问题事实:")
        .replace("disposition:\n", "处理:\n")
        .replace("certificate:", "证书:")
        .replace("projects:", "覆盖项目数（个）:")
        .replace("declaration:", "声明:")
    )
    assert read(returned).content == COMPLETE


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("'#REF!'", "form.error-value"),
        ("' #N/A '", "form.error-value"),
        ("'=DISPIMG(\"ID_6F\",1)'", "form.picture-value"),
        ("'#12 机房'", None),
        ("'=A1'", None),
    ],
)
def test_an_error_or_a_picture_of_a_spreadsheet_is_no_reason_why_an_item_does_not_apply(
    written: str, code: str | None
) -> None:
    reading = read(changed("note: 不收费", f"note: {written}"))
    assert reading.content
    said_of_it = [gap.code for gap in reading.gaps]
    assert said_of_it == ([code] if code else [])


@pytest.mark.parametrize("people", ["", "韩承志"])
def test_a_class_of_handling_is_no_field_of_the_finding_of_the_same_name(people: str) -> None:
    (finding,) = COMPLETE["findings"]
    said_of_it = {**finding, "disposition": {"people": "批评教育"}, **({"people": people} if people else {})}
    content = read(text(findings=[said_of_it])).content
    assert content
    assert content["findings"] == [said_of_it]
