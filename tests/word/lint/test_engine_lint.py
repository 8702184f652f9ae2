"""The lint names every mistake of a template with its place and what was probably meant."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.parser import parse_xml
from docx.shared import RGBColor

from selfaudit.base.problems import Problem
from selfaudit.reports.context.final import FinalReport, UnitReport
from selfaudit.word.lint.lint import lint


def template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def found(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = (), kind: type = UnitReport) -> list[Problem]:
    return lint(template(*paragraphs, rows=rows), kind, "zh_CN")


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{{ titel }}", "template.name", "title"),
        ("{{ respondent.nmae }}", "template.field", "name"),
        ("{{ respondent['nmae'] }}", "template.field", "name"),
        ("{{ findings.fact }}", "template.is-list", "for row in findings"),
        ("{{ title.first }}", "template.single", "first"),
        ("{{ draft.first }}", "template.single", "first"),
        ("{{ findings }}", "template.not-text", "several"),
        ("{{ respondent }}", "template.not-text", "passport"),
        ("{{ title|uper }}", "template.filter", "upper"),
        ("{{ title|safe }}", "template.filter", "safe"),
        ("{% if title is strng %}x{% endif %}", "template.test", "string"),
        ("{{ title +* 2 }}", "template.syntax", "title +* 2"),
        ("{% fro f in findings %}{% endfor %}", "template.statement", "for"),
        ("{% p if title %}", "template.space", "{%p if title %}"),
        ("{% for f in findings %}{{ f.fact }}", "template.not-closed", "endfor"),
        ("{% if title %}x{% elif body %}y", "template.not-closed", "endif"),
        ("{{ title }}{% endif %}", "template.not-opened", "endif"),
        ("{% else %}", "template.not-opened", "else"),
        ("{% for c in counts %}{% endfor %}", "template.not-list", "counts"),
        ("{% for f in findings %}{{ f.facts }}{% endfor %}", "template.field", "fact"),
        ("{% for f in findings|selectattr('sevrity') %}{% endfor %}", "template.field", "severity"),
        ("{% for x in findings|map(attribute='ownr') %}{{ x }}{% endfor %}", "template.field", "owner"),
        ("{{ findings[0].fct }}", "template.field", "fact"),
        ("{{ (findings|first).fct }}", "template.field", "fact"),
        ("{{ counts.problem.valu }}", "template.field", "value"),
        ("{% set x = respondent %}{{ x.nam }}", "template.field", "name"),
        ("{% with x = respondent %}{{ x.nam }}{% endwith %}", "template.field", "name"),
        ("{% macro m(a) %}{{ a }}{{ b }}{% endmacro %}", "template.name", "b"),
        ("｛｛ title ｝｝", "template.full-width", "title"),
        ("{｛ title }}", "template.full-width", "title"),
        ("｛％ if title ％｝", "template.full-width", "title"),
        ("{{ title }", "template.unclosed", "title"),
        ("{{ title", "template.unclosed", "title"),
        ("title }}", "template.unclosed", "title"),
        ("甲{%p if title %}", "template.beside", "{%p if title %}"),
        ("{{ 1 // 0 }}", "template.trial", "zero"),
        ("{{ title[0] }}", "template.trial", "element 0"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, code: str, said: str) -> None:
    problems = found("一", text)
    (problem,) = [p for p in problems if p.code == code]
    assert said in str(problem)
    assert "paragraph 2" in str(problem) or code == "template.trial"


@pytest.mark.parametrize(
    "text",
    [
        "{{ title|upper }} {{ counts.items }} {{ findings|length }} {{ findings|map(attribute='owner')|join('、') }}",
        "{% for f in findings if f.fact %}{{ loop.index }}{{ f.fact }}{% else %}{{ title }}{% endfor %}",
        "{% for line in clues.splitlines() %}{{ line }}{% endfor %}{{ title[:1] }}{{ title.strip() }}",
        "{% set n = namespace(a=1) %}{% set n.a = 2 %}{{ n.a }}{% set b %}{{ title }}{% endset %}{{ b }}",
        "{% for a, b in findings|groupby('severity') %}{{ a }}{% for f in b %}{{ f.fact }}{% endfor %}{% endfor %}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(title) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ title }}{% endcall %}",
        "{{ 'a' if draft else 'b' }}{# {{ nothing }} #}{{ title|default('x') }}{{ “x” }}",
        "{% filter upper %}{{ title }}{% endfilter %}{{ not draft and title in body or 1 < 2 }}",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert [str(p) for p in found(text)] == []


def test_a_block_that_cannot_be_understood_still_has_its_inside_checked() -> None:
    tags = ("{% for f findings %}{{ f.x }}{{ nothing }}{% endfor %}", "{% macro 1 %}{% endmacro %}{% if %}{% endif %}")
    assert [p.code for p in found(*tags)] == ["template.syntax", "template.name", "template.syntax", "template.syntax"]


def test_the_tags_of_docxtpl_are_known() -> None:
    rows = (("{% colspan counts.items %}x", "{% cellbg title %}y"), ("{% cellbg titel %}", "z"))
    assert [p.code for p in found(rows=rows)] == ["template.name"]


def test_a_mistake_in_a_table_names_row_and_column() -> None:
    rows = (("a", "b"), ("{%tr for f in findings %}", ""), ("{{ f.fact }}", "{{ f.casue }}"), ("{%tr endfor %}", ""))
    (problem,) = found("x", rows=rows)
    assert problem.where.cell == "table 1, row 3, column 2"
    assert problem.args["nearest"] == "cause"


def test_a_mistake_in_a_header_says_so() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ titel }}"
    stream = BytesIO()
    document.save(stream)
    (problem,) = lint(stream.getvalue(), UnitReport, "zh_CN")
    assert problem.where.cell.startswith("header, paragraph 1")


def test_all_mistakes_come_in_one_go_and_in_order() -> None:
    problems = found("{{ titel }}", "{% for f in findngs %}", "{{ f.x }}", "｛｛ body ｝｝")
    codes = ["template.name", "template.not-closed", "template.name", "template.full-width"]
    assert [p.code for p in problems] == codes


@pytest.mark.parametrize(
    ("paragraphs", "rows", "code"),
    [
        (("{%p if title %}", "x", "{% endif %}"), (), "template.level"),
        (("{%p for f in findings %}",), (("{%p endfor %}",),), "template.crossed"),
        ((), (("{%tr for f in findings %}", "x"), ("{{ f.fact }}", ""), ("{%tr endfor %}", "")), "template.beside"),
        ((), (("{%tc for f in findings %}", "{{ f.fact }}"), ("{%tc endfor %}", "")), "template.crossed"),
    ],
)
def test_blocks_that_do_not_fit_together(
    paragraphs: tuple[str, ...], rows: tuple[tuple[str, ...], ...], code: str
) -> None:
    assert code in {p.code for p in found(*paragraphs, rows=rows)}


def test_a_tag_in_several_colours_gets_a_note() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("{{ ti").font.color.rgb = RGBColor(255, 0, 0)
    paragraph.add_run("tle }}")
    plain = document.add_paragraph()
    for piece in ("{{ bo", "dy }}"):
        plain.add_run(piece)
    stream = BytesIO()
    document.save(stream)
    (problem,) = lint(stream.getvalue(), UnitReport, "zh_CN")
    assert (problem.code, problem.args["tag"]) == ("template.restyled", "{{ title }}")


def test_a_chart_inside_a_text_is_named() -> None:
    assert [p.code for p in found("{{ charts.answers_by_area }}", kind=FinalReport)] == ["template.chart"]
    assert found("{{p charts.answers_by_area }}", kind=FinalReport) == []


def test_a_table_of_contents_needs_its_styles() -> None:
    document = docx.Document()
    code = parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:instrText> TOC \\o "1-2" </w:instrText></w:r>'
    )
    document.add_paragraph()._p.append(code)
    stream = BytesIO()
    document.save(stream)
    problems = lint(stream.getvalue(), UnitReport, "zh_CN")
    assert [p.args["style"] for p in problems] == ["toc 1", "toc 2"]


def test_what_is_no_word_document_is_said_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(b"x")
    assert [p.code for p in lint(path, UnitReport, "en")] == ["template.unreadable"]


def test_a_file_is_named_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(template("{{ titel }}"))
    (problem,) = lint(path, UnitReport, "en")
    assert str(problem).startswith("document.docx:paragraph 1")
