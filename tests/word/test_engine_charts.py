"""Charts are native: Word draws them from their own workbook, and everything in them can be edited."""

from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree
from python_calamine import CalamineWorkbook

from selfaudit.word.engine import render
from selfaudit.word.values import ChartData, Properties

NAMESPACES = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
SEVERAL = ChartData("问题 & <结论>", ("甲<乙", "=SUM(A1)", "丙"), (("符合", (3, 0, 5)), ("问题\x01", (1, 2, 0))))
SINGLE = ChartData("问题", ("甲", "乙"), (("个数", (3, 4)),))


@dataclass(frozen=True, slots=True)
class Context:
    """Two charts."""

    one: ChartData = SEVERAL
    two: ChartData = SINGLE


def document_with(context: Context) -> Document:
    template = docx.Document()
    for text in ("前", "{{p one }}", "中", "{{p two }}", "后"):
        template.add_paragraph(text)
    stream = BytesIO()
    template.save(stream)
    return docx.Document(BytesIO(render(stream.getvalue(), context, Properties("zh_CN"))))


def charts_of(document: Document) -> list[Part]:
    relations = document.part.rels.values()
    return [relation.target_part for relation in relations if relation.reltype == RELATIONSHIP_TYPE.CHART]


def workbook_of(chart: Part) -> list[list[object]]:
    (book,) = [relation.target_part for relation in chart.rels.values()]
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(book.blob)).get_sheet_by_index(0).to_python()]


def test_a_chart_stands_where_its_tag_stood() -> None:
    document = document_with(Context())
    kinds = ["chart" if "c:chart" in p._p.xml else p.text for p in document.paragraphs]
    assert kinds == ["前", "chart", "中", "chart", "后"]


def test_every_chart_has_a_part_and_the_drawing_names_it() -> None:
    document = document_with(Context())
    charts = charts_of(document)
    assert len(charts) == 2
    assert len({chart.partname for chart in charts}) == 2
    for key, relation in document.part.rels.items():
        if relation.reltype == RELATIONSHIP_TYPE.CHART:
            assert f'r:id="{key}"' in document.element.xml


def test_the_workbook_holds_what_the_chart_shows() -> None:
    several, single = charts_of(document_with(Context()))
    assert workbook_of(several) == [
        ["", "符合", "问题\ufffd"],
        ["甲<乙", 3.0, 1.0],
        ["=SUM(A1)", 0.0, 2.0],
        ["丙", 5.0, 0.0],
    ]
    assert workbook_of(single)[1:] == [["甲", 3.0], ["乙", 4.0]]


def test_the_chart_caches_the_same_values_and_links_the_workbook() -> None:
    several, _ = charts_of(document_with(Context()))
    root = etree.fromstring(several.blob)
    names = [node.text for node in root.findall(".//c:tx//c:v", NAMESPACES)]
    values = [node.text for node in root.findall(".//c:val//c:v", NAMESPACES)]
    labels = [node.text for node in root.findall(".//c:ser[1]/c:cat//c:v", NAMESPACES)]
    link = root.find("c:externalData", NAMESPACES)
    assert names == ["符合", "问题\ufffd"]
    assert values == ["3", "0", "5", "1", "2", "0"]
    assert labels == ["甲<乙", "=SUM(A1)", "丙"]
    assert link is not None
    assert next(iter(link.attrib.values())) in several.rels


def test_several_series_are_stacked_and_one_has_no_legend() -> None:
    several, single = (chart.blob.decode() for chart in charts_of(document_with(Context())))
    assert 'c:grouping val="stacked"' in several
    assert "<c:legend>" in several
    assert 'c:grouping val="clustered"' in single
    assert "<c:legend>" not in single


def test_a_chart_without_bars_leaves_nothing_behind() -> None:
    document = document_with(Context(one=ChartData("leer", (), ()), two=SINGLE))
    assert len(charts_of(document)) == 1
    assert [p.text for p in document.paragraphs] == ["前", "中", "", "后"]
