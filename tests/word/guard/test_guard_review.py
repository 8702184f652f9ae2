"""Comments, tracked changes and the names of reviewers never get from a template into a document."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.parser import parse_xml

from selfaudit.base.problems import Severity
from selfaudit.word.guard.opening import unsafe
from selfaudit.word.guard.places import places
from tests.support.judging import found, made, only
from tests.support.templates import WORD, replaced, with_part, word_file


def test_comments_are_told_with_their_author_and_place_and_left_out() -> None:
    document = docx.Document(BytesIO(word_file("One", "Ask the manager first")))
    document.add_comment(document.paragraphs[1].runs, text="Do not send this yet", author="Ann")
    stream = BytesIO()
    document.save(stream)
    (problem,) = found(stream.getvalue())
    assert problem.severity is Severity.WARNING
    assert str(problem) == (
        "paragraph 2 “Ask the manager first”: a comment by Ann is left out of documents: “Do not send this yet” "
        "Settle it, and delete it: Review > Delete > Delete All Comments."
    )
    with zipfile.ZipFile(BytesIO(made(stream.getvalue()))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(("xml", "rels"))}
    assert "Ask the manager first" in parts["word/document.xml"]
    assert not [name for name, text in parts.items() if "comments" in name or "w:comment" in text or "not send" in text]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<w:ins w:author="Ann" w:id="1"><w:r><w:t>new</w:t></w:r></w:ins>', "new"),
        ('<w:del w:author="Ann" w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>', "old"),
        ('<w:moveFrom w:author="Ann" w:id="1"><w:r><w:t>there</w:t></w:r></w:moveFrom>', "there"),
        ('<w:pPr><w:rPr><w:ins w:author="Ann" w:id="1"/></w:rPr></w:pPr>', ""),
        (
            '<w:r><w:rPr><w:b/><w:rPrChange w:author="Ann"><w:rPr/></w:rPrChange></w:rPr><w:t>bold</w:t></w:r>',
            "",
        ),
    ],
)
def test_tracked_changes_are_told_with_their_author_and_place(xml: str, text: str) -> None:
    problem = only(word_file("One", xml))
    assert problem.message == f"a tracked change by Ann would be in every document: “{text}”"
    assert problem.where.cell.startswith("paragraph 2")


def test_tracked_changes_in_a_header_are_found() -> None:
    document = docx.Document(BytesIO(word_file("{{ title }}")))
    header = document.sections[0].header.paragraphs[0]
    header._p.append(parse_xml(f'<w:ins xmlns:w="{WORD}" w:author="Ann" w:id="1"><w:r><w:t>new</w:t></w:r></w:ins>'))
    stream = BytesIO()
    document.save(stream)
    assert only(stream.getvalue()).where.cell.startswith("header, paragraph 1")


def test_the_names_of_reviewers_are_not_in_the_document() -> None:
    spaces = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    people = f'<w15:people {spaces}><w15:person w15:author="Ann Author"/></w15:people>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml"
    relation = "http://schemas.microsoft.com/office/2011/relationships/people"
    data = with_part(word_file("{{ title }}"), "word/people.xml", people.encode(), kind, relation)
    assert found(data) == []
    names = [str(part.partname) for part in docx.Document(BytesIO(made(data))).part.package.iter_parts()]
    assert "/word/people.xml" not in names


def test_the_places_of_many_changes_in_a_long_table_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    change = '<w:p><w:ins w:author="Ann" w:id="1"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'
    rows = f"<w:tr><w:tc><w:p/></w:tc><w:tc>{change}</w:tc></w:tr>" * 50
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl><w:sectPr"
    data = replaced(word_file("One"), "word/document.xml", "<w:sectPr", table)
    counted = []

    def counting(root: Any) -> Iterator[tuple[Any, str]]:
        counted.append(root.tag)
        return places(root)

    monkeypatch.setattr("selfaudit.word.guard.places.places", counting)
    problems = unsafe(data)
    assert [problem.where.cell for problem in problems] == [f"table 1, row {n}, column 2" for n in range(1, 51)]
    assert len(counted) == 1
