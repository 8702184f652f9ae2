"""One-line entries: no text is cut at a comma in silence, and a full-width comma is read or refused once."""

import pytest

from selfaudit.files.yaml.reader import read_yaml


@pytest.mark.parametrize(
    ("text", "problem", "data"),
    [
        (
            "x: {id: a, ask: Was it assessed, recorded, and approved?}\n",
            "f:1:34: a comma cuts this text; from here on it would be lost: “recorded” Put the text in quotation marks",
            {"id": "a", "ask": "Was it assessed, recorded, and approved?"},
        ),
        ("x: {ask: who,\n  when}\n", "f:2:3: a comma cuts this text", {"ask": "who, when"}),
        ("x: {recorded, id: a}\n", "f:1:5: no colon after “recorded”", {"id": "a"}),
        ("x: {id: [a], recorded}\n", "f:1:14: no colon after “recorded”", {"id": ["a"]}),
        (
            "x: {id: a, title:b}\n",
            "f:1:12: no space after the colon of “title” Type a space: title: b",
            {"id": "a", "title": "b"},
        ),
        ("x: {title：b, id: a}\n", "f:1:5: full-width colon after “title”", {"title": "b", "id": "a"}),
        ("x: {id: a，ask: b}\n", "f:1:4: a full-width comma does not separate", {"id": "a", "ask": "b"}),
        ('x: {id: "1"，ask: b}\n', "f:1:4: a full-width comma does not separate", {"id": "1", "ask": "b"}),
        ("x: {id: a, of: [甲，乙]}\n", "f:1:4: a full-width comma does not separate", {"id": "a", "of": ["甲", "乙"]}),
        ("x: [甲，乙]\n", "f:1:4: a full-width comma does not separate", "[甲，乙]"),
        ("x: [甲，\n  乙, 丙]\n", "f:1:5: a full-width comma does not separate", ["甲", "乙", "丙"]),
        ("x: [甲,\n  乙，丙]\n", "f:2:3: a full-width comma does not separate", ["甲", "乙", "丙"]),
    ],
)
def test_a_one_line_entry_that_would_lose_something_is_told_once_and_mended_for_the_rest(
    text: str, problem: str, data: object
) -> None:
    document, problems = read_yaml(text, "f")
    assert len(problems) == 1
    assert str(problems[0]).startswith(problem)
    assert document.data == {"x": data}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("x: {ask: 是否评估，并经批准？}\n", {"ask": "是否评估，并经批准？"}),
        ('x: {ask: "甲，b: 乙, 丙"}\n', {"ask": "甲，b: 乙, 丙"}),
        ("x: ['甲，乙', 丙]\n", ["甲，乙", "丙"]),
        ("x: {help: , id: a}\n", {"help": "", "id": "a"}),
        ("x: {}\n", {}),
    ],
)
def test_what_loses_nothing_is_read_as_it_stands(text: str, data: object) -> None:
    document, problems = read_yaml(text, "f")
    assert problems == []
    assert document.data == {"x": data}
