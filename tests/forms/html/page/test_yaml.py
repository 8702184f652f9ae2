"""The page loads its own files and the YAML form; what it does not take over is refused with its line, or listed."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.files.yaml.reader import read_yaml
from tests.forms.html.page.conftest import Call, form_data
from tests.forms.sample import COMPLETE, FORM, changed, text

pytestmark = pytest.mark.slow

READ = "text => { try { return {data: readYaml(text)}; } catch (at) { return {at}; } }"
LOAD = """([form, text]) => {
  const got = stateFrom(form, readYaml(text));
  return {...got, content: canonical(form, got.state)};
}"""


def load(logic: Call, written: str) -> Any:
    return logic(LOAD, [form_data(FORM), written])


LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "  ", "    ", "      ", " "]),
        st.sampled_from(["", "- ", "- - ", "-", "# "]),
        st.sampled_from(["a: ", "b:", "甲: ", '"c": ', "'d': ", "a:", "", ": "]),
        st.sampled_from(
            ["", "x", "x y", "|", "|-", "|+", "|2", "|1-", '"q\\n: #"', "'it''s'", '"open', "[]", "{}", "# c", "x #c",
             "x: y", "&a", "*a", "!t", "-x", "-", "？", "%", "y\\z", "[a", "> ", "~", "--- ", "\u3000", "\tx"]
        ),
    ).map("".join),
    max_size=8,
)  # fmt: skip


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_whatever_is_read_every_yaml_reader_reads_the_same(logic: Call, lines: list[str]) -> None:
    written = "".join(f"{line}\n" for line in lines)
    got = logic(READ, written)
    assert set(got) in ({"data"}, {"at"})
    if "data" in got:
        assert got["data"] == (yaml.load(written, yaml.CBaseLoader) or {})  # noqa: S506 - it makes nothing but texts


@given(st.text(st.sampled_from("ab:： #-\n\n  \t'\"[]{}|>&*!?%@,，甲\\\r\u2028\u3000\ufeff\x07"), max_size=80))
@settings(max_examples=120, deadline=None)
def test_what_the_program_reads_as_well_is_the_same_to_both(logic: Call, written: str) -> None:
    got = logic(READ, written)
    if "at" in got:
        assert set(got["at"]) == {"line", "text"}
    elif got["data"]:
        plain = written.replace("\ufeff", "").replace("\u2028", " ")
        document, problems = read_yaml(plain, "f.yaml")
        assert problems or document.data == got["data"]


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("没有冒号的一行", "a: b\n没有冒号的一行\n"),
        ("a: 再来一次", "a: b\na: 再来一次\n"),
        ("c: 编号 #3 完成", "a: b\nc: 编号 #3 完成\n"),
        ("c: 说明: 完成", "a: b\nc: 说明: 完成\n"),
        ('c: "没有关上', 'a: b\nc: "没有关上\n'),
        ("c: >", "a: b\nc: >\n  折叠\n"),
        ("c: [a, b]", "a: b\nc: [a, b]\n"),
        ("c: &x 锚", "a: b\nc: &x 锚\n"),
        ("c： 全角冒号", "a: b\nc： 全角冒号\n"),
        ("接着写的一行", "a: b\n  接着写的一行\n"),
        ("c: d", "a: b\n c: d\n"),
        ("---", "a: b\n---\n"),
        ("\x07", "a: b\nc: \x07\n".replace("c: ", "")),
        (r'c: "\x41"', 'a: b\nc: "\\x41"\n'),
    ],
)
def test_what_could_be_read_otherwise_is_refused_with_its_line(logic: Call, line: str, written: str) -> None:
    assert logic(READ, written)["at"] == {"line": 2, "text": line}


def test_deep_nesting_is_refused(logic: Call) -> None:
    assert logic(READ, "- " * 5000 + "a: b")["at"]["line"] == 1
    assert logic(READ, "\n".join(" " * n + "a:" for n in range(5000)))["at"]["line"] == 22


def test_names_of_javascript_itself_are_names_like_any_other(logic: Call) -> None:
    got = logic("text => JSON.stringify(readYaml(text))", "__proto__: x\nconstructor:\n  toString: y\n")
    assert got == '{"__proto__":"x","constructor":{"toString":"y"}}'


def test_texts_below_a_bar_keep_their_lines(logic: Call) -> None:
    note = "        note: |\n          第一行 #1：a: b\n\n            缩进的\n        # 不属于正文\n\n# "
    loaded = load(logic, text().replace("        note: \n\n# ", note, 1))
    assert loaded["dropped"] == []
    assert loaded["state"]["items"][3]["parts"][1]["note"] == "第一行 #1：a: b\n\n  缩进的"


# -- what has no place -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "place", "lost"),
    [
        (
            '- id: "1.1"',
            '- id: "9.9"',
            "9.9",
            "id: 9.9; ask: 资质是否有效？; answer: 符合; note: 已抽查 3 个项目，记录齐全",
        ),
        ("- id: a\n", "- id: z\n", "2.1 z", "id: z; ask: 是否全程到场？; answer: 发现问题"),
        ('ask: "资质是否有效？', 'ask: "资质是否有效？有效', "1.1 ask", "资质是否有效？有效"),
        ('projects: "3"', 'projects: "3"\n  cases: "4"', "coverage cases", "4"),
        ("severity: severe", "severity: 特别严重", "findings 1 severity", "特别严重"),
        ('item: "2.1"', 'item: "9.9"', "findings 1 item", "9.9"),
        ("certificate: 保持", "certificate: 保持\n      money: 退还", "findings 1 disposition money", "退还"),
        ("owner: ", "owner:\n      - 甲\n      - 乙", "findings 1 owner", "甲; 乙"),
        ("declaration: 同意", "declaration: 再想想", "declaration", "再想想"),
        ("declaration: 同意", "declaration: 同意\n备注: 请回电", "备注", "请回电"),
        ('respondent: "张三', 'respondent: "李四', "respondent", "李四 (审核部)"),
    ],
)
def test_what_has_no_place_in_this_form_is_listed(logic: Call, old: str, new: str, place: str, lost: str) -> None:
    assert {"place": place, "text": lost} in load(logic, changed(old, new))["dropped"]


def test_an_item_answered_otherwise_the_second_time_is_listed(logic: Call) -> None:
    again = '  - id: "1.1"\n    answer: 发现问题\nfindings:'
    written = text().replace("\nfindings:", f"\n{again}").replace("\n\n# ", "\n# ")
    loaded = load(logic, written)
    assert loaded["state"]["items"][0]["answer"] == "conform"
    assert loaded["dropped"] == [{"place": "1.1 answer", "text": "发现问题"}]


def test_entries_that_say_nothing_are_not_listed(logic: Call) -> None:
    again = '  - id: "9.9"\n    ask: 别的\n    answer: 未查\n    note: \nfindings:'
    assert load(logic, text().replace("\nfindings:", f"\n{again}", 1))["dropped"] == []


def test_an_answer_that_is_none_is_kept_as_it_is(logic: Call) -> None:
    loaded = load(logic, changed("answer: 符合", "answer: 基本符合"))
    assert loaded["state"]["items"][0]["answer"] == "基本符合"
    assert "answer" not in loaded["content"]["items"][0]
    assert loaded["dropped"] == []


@pytest.mark.parametrize(("written", "kept"), [("2023年11月5日 9点05分", "2023-11-05 09:05"), ("前天", "前天")])
def test_a_date_is_loaded_as_the_inputs_take_it_if_it_can_be_read(logic: Call, written: str, kept: str) -> None:
    assert load(logic, changed('"2023-11-05 14:30"', written))["state"]["filled_on"] == kept


def test_a_file_without_its_end_is_known_to_be_cut_off(logic: Call) -> None:
    assert load(logic, text().split("declaration:")[0])["cutOff"] is True
    assert load(logic, text())["cutOff"] is False


def test_findings_get_numbers_of_their_own(logic: Call) -> None:
    twice = {**COMPLETE["findings"][0], "part": "b"}
    written = text(findings=[COMPLETE["findings"][0], twice, {**twice, "number": 7}])
    assert [finding["number"] for finding in load(logic, written)["state"]["findings"]] == ["1", "2", "7"]
    assert load(logic, written)["content"]["findings"][1]["number"] == 2


def test_a_file_that_is_no_form_has_no_passport(logic: Call) -> None:
    loaded = load(logic, "name: 别的文件\n")
    assert loaded["passport"] == ""
    assert loaded["dropped"] == [{"place": "name", "text": "别的文件"}]
