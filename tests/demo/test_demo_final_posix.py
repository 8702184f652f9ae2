"""The final report of a demo campaign in which nothing is open: short enough to be read, and nothing in it empty."""

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.document import Document
from docx.table import Table

from selfaudit.word.office.pdf import find_office, make_pdfs
from selfaudit.workflow.report.final import Final
from tests.demo.finished import finished

pytestmark = pytest.mark.slow

LONGEST = 22
"""Pages of the chapters; cover and contents, which have no page number, come before them."""


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Final:
    return finished(tmp_path_factory.mktemp("final") / "campaign", seed=1, annexes="own")


def outline(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the level and text of every heading, level 0 and what it says for everything else."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield 0, "(table)"
        elif block.style is not None and block.style.name.startswith("Heading"):
            yield int(block.style.name[-1]), block.text
        elif block.text or block._p.xpath(".//w:drawing"):
            yield 0, block.text


def test_it_is_final_and_its_annexes_are_a_second_file(final: Final) -> None:
    # nobody ran a data check, which is noted and keeps no report from being final
    assert [gap.message for gap in final.gaps if gap.code != "gate.unsupported"] == []
    assert [path.name for path in final.paths] == ["认证机构自查整改报告.docx", "认证机构自查整改报告附件.docx"]


def test_no_heading_is_without_content_alone_or_the_title_of_its_chapter(final: Final) -> None:
    found = [entry for entry in outline(docx.Document(str(final.paths[0]))) if entry[0] or entry[1].strip()]
    for (level, text), (following, _) in zip(found, [*found[1:], (1, "")], strict=True):
        assert not level or following == 0 or following > level, text
    headings = [entry for entry in found if entry[0]]
    chapters = [n for n, (level, _) in enumerate(headings) if level == 1]
    for start, end in zip(chapters, [*chapters[1:], len(headings)], strict=True):
        below = [text for level, text in headings[start + 1 : end] if level == 2]
        assert len(below) != 1
        assert headings[start][1] not in below


def test_its_chapters_fill_no_more_pages_than_people_read(final: Final, tmp_path: Path) -> None:
    office = find_office()
    assert office
    assert make_pdfs(office, [final.paths[0]], tmp_path, lambda _: None) == []
    with pypdfium2.PdfDocument(final.paths[0].with_suffix(".pdf")) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    first = next(n for n, text in enumerate(texts) if re.search(r"(?m)^一、认证机构基本情况\s*$", text))
    assert 12 <= len(texts) - first <= LONGEST


def test_it_names_body_working_group_and_those_who_sign(final: Final) -> None:
    document = docx.Document(str(final.paths[0]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"统一社会信用代码", "联系人和联系电话", "编制", "审核", "批准"} <= set(cells)
    assert any("（总经理）" in cell for cell in cells)
    assert "示认自查〔2023〕1 号" in [paragraph.text for paragraph in document.paragraphs]
