"""The shipped templates: what they print, that nothing is lost, and that they are what the script builds.

``SELFAUDIT_UPDATE_GOLDEN=1`` writes the expected texts anew.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from selfaudit.base.resources import shipped
from selfaudit.model.kit.plan import Language
from selfaudit.reports.build.final import final_report
from selfaudit.reports.context.final import FinalReport, PersonReport, UnitReport
from selfaudit.reports.context.notice import NoticeLetter
from selfaudit.reports.context.outline import Section
from selfaudit.reports.context.paper import PaperSheet
from selfaudit.reports.context.sheet import Sheet, cells
from selfaudit.reports.context.sheet import block as block_of
from selfaudit.reports.document import properties_of
from selfaudit.reports.documents import KINDS
from selfaudit.reports.evidence import Evidence
from selfaudit.word.engine import render
from selfaudit.word.lint.lint import lint
from selfaudit.word.lint.sample import sample
from selfaudit.word.rows import LONGEST_TABLE
from tests.reports.content_kit import make_setting, replied

TOP = Path(__file__).resolve().parent.parent.parent
GOLDEN = Path(__file__).with_name("test_templates_golden")
TEMPLATES = sorted(path.name for path in shipped("templates").iterdir() if path.is_dir())
LANGUAGES: dict[str, Language] = {"zh": "zh_CN", "en": "en"}

Report = PersonReport | UnitReport | FinalReport | PaperSheet | NoticeLetter | Sheet


def path_of(name: str) -> Path:
    return shipped("templates") / name / "document.docx"


@lru_cache
def context_of(name: str, *, filled: bool = True) -> Report:
    kind: Report = sample(KINDS[name.split("-", maxsplit=1)[0]].context, filled=filled)
    if isinstance(kind, FinalReport) and not filled:
        # an empty report still has its chapters, and annexes that might be empty
        full = context_of(name)
        assert isinstance(full, FinalReport)
        bare = [tuple(replace(s, facts=(), voices=()) for s in chapter.sections) for chapter in full.chapters]
        chapters = tuple(replace(c, facts=(), sections=s) for c, s in zip(full.chapters, bare, strict=True))
        return replace(kind, chapters=chapters, annexes=full.annexes, body_here=True, annexes_here=True)
    return kind


def made(name: str, context: Report) -> Document:
    draft = not isinstance(context, PaperSheet | NoticeLetter) and context.draft
    language = LANGUAGES[name.rsplit("-", maxsplit=1)[-1]]
    return docx.Document(BytesIO(render(path_of(name), context, properties_of(context, language), draft=draft)))


def extracted(document: Document) -> str:
    """The text of a document: style and text of each paragraph, the rows of each table, headers and footers."""
    return "\n".join([*_body(document), *_margins(document), ""])


def _body(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        elif block.text or block._p.xpath(".//w:drawing"):
            assert block.style is not None
            yield f"{block.style.name}: {block.text or '(chart)'}"


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = dict.fromkeys(row.cells)
        yield "| " + " | ".join(cell.text.replace("\n", " / ") for cell in cells)


def _margins(document: Document) -> Iterator[str]:
    for number, section in enumerate(document.sections, start=1):
        for name in ("header", "footer", "even_page_footer"):
            margin = getattr(section, name)
            text = "".join(paragraph.text for paragraph in margin.paragraphs)
            if text:
                yield f"({name} {number}) {text}"
            yield from (f"({name} {number}) {row}" for table in margin.tables for row in _rows(table))


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("filled", [True, False], ids=["full", "empty"])
def test_a_template_prints_what_it_printed_before(name: str, filled: bool) -> None:  # noqa: FBT001 - a parameter
    text = extracted(made(name, context_of(name, filled=filled)))
    golden = GOLDEN / f"{name}-{'full' if filled else 'empty'}.txt"
    if os.environ.get("SELFAUDIT_UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "answer", "says"),
    [
        ("final-en", "unchecked", "Conduct. Items: 2; checked by nobody so far. "),
        ("final-en", "problem", "checked by 1 person. Items answered with “problem”, without details so far: 2."),
        ("final-en", "conform", "checked by 1 person. No finding."),
        ("final-zh", "unchecked", "Conduct：自查项2项，尚无人自查。"),
        ("final-zh", "problem", "1人作出回答，2项结论为“发现问题”，尚未填写问题情况。"),
        ("final-zh", "conform", "1人作出回答，未发现问题。"),
    ],
)
def test_an_area_is_free_of_problems_only_where_somebody_checked_it(name: str, answer: str, says: str) -> None:
    said = replied("Ann", {"items": [{"id": item, "answer": answer} for item in ("2.1", "2.2")]})
    lines = extracted(made(name, final_report(Evidence(make_setting(), [said])))).splitlines()
    assert [line for line in lines if line.endswith(says)] != []


@pytest.mark.parametrize("name", ["final-en", "final-zh"])
def test_a_phase_of_one_day_has_one_date(name: str) -> None:
    report = context_of(name)
    assert isinstance(report, FinalReport)
    day = replace(report.plan.phases[0], title="One day", start="14 November", end="14 November")
    text = extracted(made(name, replace(report, plan=replace(report.plan, phases=(day,)))))
    assert "| One day | 14 November | " in text


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_mistakes(name: str) -> None:
    kind = KINDS[name.split("-", maxsplit=1)[0]].context
    assert [str(problem) for problem in lint(path_of(name), kind, LANGUAGES[name.rsplit("-", maxsplit=1)[-1]])] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_about_tells_what_a_template_is(name: str) -> None:
    about = yaml.safe_load((path_of(name).parent / "about.yaml").read_text(encoding="utf-8"))
    document, language = name.split("-")
    assert about["format"] == "selfaudit/template/1"
    assert (about["document"], about["language"]) == (document, LANGUAGES[language])
    assert about["title"]
    assert about["description"]


@pytest.mark.slow
def test_the_shipped_templates_are_what_the_script_builds(tmp_path: Path) -> None:
    script = TOP / "scripts" / "build_templates.py"
    subprocess.run([sys.executable, script, tmp_path], check=True, stdout=subprocess.DEVNULL)
    made = sorted(path.parent.relative_to(tmp_path) for path in tmp_path.rglob("about.yaml"))
    assert sorted(path.name for path in made if path.parent.name == path.parts[0]) == TEMPLATES
    for folder in made:
        built, kept = (docx.Document(str(top / folder / "document.docx")) for top in (tmp_path, TOP))
        assert extracted(built) == extracted(kept)
        assert built.styles.element.xml == kept.styles.element.xml
        assert (tmp_path / folder / "about.yaml").read_bytes() == (TOP / folder / "about.yaml").read_bytes()


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith(("paper", "notice"))])
def test_a_draft_is_marked_in_every_section(name: str) -> None:
    word = {"zh": "草稿", "en": "DRAFT"}[name.rsplit("-", maxsplit=1)[-1]]
    context = context_of(name)
    assert not isinstance(context, PaperSheet | NoticeLetter)
    draft = made(name, replace(context, draft=True))
    assert all(section.header.paragraphs[0].text == word for section in draft.sections)
    final = made(name, replace(context, draft=False))
    assert not any(word in "".join(p.text for p in section.header.paragraphs) for section in final.sections)


@pytest.mark.parametrize("name", ["final-zh", "final-en"])
def test_a_class_of_handling_that_nobody_used_leaves_no_cell_empty(name: str) -> None:
    context = context_of(name)
    assert isinstance(context, FinalReport)
    (used,) = context.measures.classes
    unused = replace(used, title="Unused", actions=())
    document = made(name, replace(context, measures=replace(context.measures, classes=(used, unused))))
    (row,) = [row for table in document.tables for row in table.rows if row.cells[0].text == "Unused"]
    assert row.cells[-1].text == "—"


@pytest.mark.parametrize("name", ["person-zh", "unit-en"])
def test_tables_have_a_repeated_header_fixed_widths_and_rows_that_stay_whole(name: str) -> None:
    document = made(name, context_of(name))
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"  # type: ignore[union-attr]
        assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)
    headed = [table for table in document.tables if "w:tblHeader" in table.rows[0]._tr.xml]
    assert len(headed) >= 2


@pytest.mark.parametrize("last", ["table", "labels", "paragraph"])
@pytest.mark.parametrize("name", ["sheet-zh", "list-en"])
def test_nobody_signs_a_page_on_which_there_is_nothing_else(name: str, last: str) -> None:
    sheet = context_of(name)
    assert isinstance(sheet, Sheet)
    of_rows = (("A", "B"), (cells("a", "b"),)) if last == "table" else ()
    blocks = () if last == "labels" else (block_of("Title", "Text", *of_rows),)
    sheet = replace(sheet, blocks=blocks, signatures=("One", "Two"))
    body = list(made(name, sheet).element.body.iterchildren())
    first = next(n for n, one in enumerate(body) if "One" in "".join(one.itertext()))
    before = next(n for n in range(first - 1, 0, -1) if "".join(body[n].itertext()).strip())
    ends = [body[before]] if last == "paragraph" else list(body[before][-1].iter(qn("w:p")))
    assert all(kept(one) for one in (*body[before + 1 : first + 2], *ends))


@pytest.mark.parametrize("name", ["sheet-zh", "list-en"])
def test_a_table_of_many_labels_begins_below_the_title_and_goes_on_over_the_page(name: str) -> None:
    sheet = context_of(name)
    assert isinstance(sheet, Sheet)
    facts = made(name, replace(sheet, facts=sheet.facts * 30)).tables[0]
    assert len(facts.rows) >= 30
    for paragraph in (paragraph for row in facts.rows for cell in row.cells for paragraph in cell.paragraphs):
        said, by_style = paragraph.paragraph_format.keep_with_next, paragraph.style.paragraph_format.keep_with_next
        assert not (by_style if said is None else said)


def kept(paragraph: Any) -> bool:
    """Return whether a paragraph says that it is kept on the page of the next one."""
    return any(one.get(qn("w:val")) not in ("0", "false") for one in paragraph.iter(qn("w:keepNext")))


@pytest.mark.slow
def test_ten_thousand_findings_are_all_printed_in_tables_of_few_rows() -> None:
    context = context_of("final-zh")
    assert isinstance(context, FinalReport)
    rows = tuple(replace(context.findings.rows[0], short_id=f"No{n}") for n in range(10_000))
    document = made("final-zh", replace(context, findings=replace(context.findings, rows=rows)))
    assert max(len(table._tbl.tr_lst) for table in document.tables) <= LONGEST_TABLE
    assert set(re.findall(r"No\d+", document.element.xml)) == {f"No{n}" for n in range(10_000)}


def test_the_chinese_templates_follow_the_page_of_the_standard() -> None:
    document = docx.Document(str(path_of("person-zh")))
    section = document.sections[0]
    assert [length.twips for length in (section.top_margin, section.bottom_margin) if length] == [2098, 1984]
    assert [length.twips for length in (section.left_margin, section.right_margin) if length] == [1588, 1474]
    styles = document.styles
    defaults = styles.element.xml
    assert 'w:eastAsia="仿宋_GB2312"' in defaults
    assert 'w:eastAsia="zh-CN"' in defaults
    assert 'w:line="579"' in styles["Body Text"].element.xml
    assert 'w:firstLineChars="200"' in styles["Body Text"].element.xml
    fonts = [styles[name].element.xml for name in ("Title", "Heading 1", "Heading 2", "Heading 3")]
    expected = ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312")
    assert all(f'w:eastAsia="{name}"' in xml for name, xml in zip(expected, fonts, strict=True))


def sections_of(kind: str) -> tuple[Section, ...]:
    report = context_of("final-zh")
    assert isinstance(report, FinalReport)
    return tuple(section for section in report.chapters[0].sections if section.kind == kind)


def test_a_chapter_goes_where_the_outline_puts_it() -> None:
    context = context_of("final-zh")
    assert isinstance(context, FinalReport)
    (clues,), (suggestions,) = sections_of("clues"), sections_of("suggestions")
    first = replace(context.chapters[0], title="线索在前", sections=(replace(clues, title="线索", deep=False),))
    second = replace(context.chapters[0], title="建议在后", sections=(replace(suggestions, title="", deep=False),))
    text = extracted(made("final-zh", replace(context, chapters=(first, second))))
    order = ["Heading 1: 线索在前", "Heading 2: 线索", "Heading 1: 建议在后"]
    assert [line for line in text.split("\n") if line.startswith("Heading")] == order
    assert "conduct.answered" not in text


def test_the_contents_list_the_headings_with_their_numbers() -> None:
    context = context_of("final-zh")
    assert isinstance(context, FinalReport)
    (clues,) = sections_of("clues")
    sections = (replace(clues, title="线索", deep=False),)
    chapters = tuple(replace(context.chapters[0], title=title, sections=sections) for title in ("甲", "乙"))
    document = made("final-zh", replace(context, chapters=chapters))
    lines = [p.text for p in document.paragraphs if p.style is not None and p.style.name in {"toc 1", "toc 2"}]
    assert lines[:4] == ["一、甲", "（一）线索", "二、乙", "（一）线索"]
    assert document.settings.element.find(qn("w:updateFields")) is not None
