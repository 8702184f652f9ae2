"""What the engine takes for granted of docxtpl: how tags of rows, cells, paragraphs and runs become text for Jinja."""

import pytest

from selfaudit.word.tags import jinja_source


def row(*texts: str) -> str:
    cells = "".join(f"<w:tc><w:tcPr><w:tcW/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
    return f"<w:tr>{cells}</w:tr>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (row("{%tr for r in rows %}", ""), "{% for r in rows %}"),
        ("<w:tr>" + row("{%tc if x %}").removeprefix("<w:tr>"), "<w:tr>{% if x %}</w:tr>"),
        ("<w:p><w:r><w:t>{%p if x %}</w:t></w:r></w:p>", "{% if x %}"),
        ("<w:p><w:r><w:t>{{p chart }}</w:t></w:r></w:p>", "{{ chart }}"),
        (
            "<w:t>{{r text }}</w:t>",
            '<w:t xml:space="preserve"></w:t></w:r>{{ text }}<w:r><w:t xml:space="preserve"></w:t>',
        ),
        (
            "<w:p><w:r><w:t>{{ text }}</w:t></w:r></w:p>",
            '<w:p><w:r><w:t xml:space="preserve">{{ text }}</w:t></w:r></w:p>',
        ),
        ("<w:t>{% if a == “b” and 1 &lt; 2 %}</w:t>", '<w:t xml:space="preserve">{% if a == "b" and 1 < 2 %}</w:t>'),
        ("<w:t>{<w:x/>{ text }</w:t><w:t>}</w:t>", '<w:t xml:space="preserve">{{ text }}</w:t>'),
        ("<w:t>plain {text}</w:t>", "<w:t>plain {text}</w:t>"),
    ],
)
def test_a_tag_takes_the_place_of_what_it_fills(xml: str, expected: str) -> None:
    assert jinja_source(xml) == expected


def test_cells_span_columns_as_the_tag_says() -> None:
    assert '<w:tcPr><w:gridSpan w:val="{{2 }}"/><w:tcW/></w:tcPr>' in jinja_source(row("{% colspan 2 %}x"))
