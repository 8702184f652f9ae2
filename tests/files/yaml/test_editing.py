"""Single values of a YAML text are changed, and nothing else."""

import pytest

from selfaudit.files.yaml.editing import with_values, without_line
from selfaudit.files.yaml.reader import read_yaml

TEXT = 'a: 2023-01-02\n# 保留\nb:\n  - {x: "旧", y: 一}\n  - x: 2023-01-03\nc: z\n'


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, TEXT.replace("\n", "\r")])
def test_values_change_and_every_other_character_stays(text: str) -> None:
    document, found = read_yaml(text, "a.yaml")
    assert found == []
    made = with_values(
        text, document, {("a",): "2027-01-02", ("b", 0, "x"): "新: 的", ("b", 1, "x"): "d", ("d",): "no"}
    )
    assert made == text.replace("2023-01-02", "2027-01-02").replace('"旧"', '"新: 的"').replace("2023-01-03", "d")


@pytest.mark.parametrize("text", [TEXT, "\ufeff" + TEXT.replace("\n", "\r\n")])
def test_a_line_is_taken_out_and_every_other_one_stays(text: str) -> None:
    document, _ = read_yaml(text, "a.yaml")
    assert without_line(text, document, "a") == text.replace(text[text.index("a:") : text.index("# ")], "")
    assert without_line(text, document, "c") == text[: text.index("c:")]
    assert without_line(text, document, "nothing") == text
