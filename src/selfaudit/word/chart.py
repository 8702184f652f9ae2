"""Native charts: a DrawingML part with its workbook inside, which Word and WPS draw and let people edit."""

from collections.abc import Sequence
from html import escape
from io import BytesIO

import xlsxwriter
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from selfaudit.files.sheets.cells import column_name
from selfaudit.word.environment import xml_text
from selfaudit.word.values import ChartData

COLOURS = ("2F5597", "C55A11", "A5A5A5", "7F9F3F", "8064A2", "4BACC6")
"""Fill colours of the series; they differ in brightness too, for prints in black and white."""

_EMU_PER_MM = 36_000
_WIDTH = 150 * _EMU_PER_MM
_BAR, _FRAME = 6 * _EMU_PER_MM, 32 * _EMU_PER_MM
_SHEET = "Sheet1"
_WORKBOOK = "rId1"

_DRAWING = (
    '<w:p><w:pPr><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Chart {number}" descr="{title}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{relation}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
_CHART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/>'
    '</a:pPr><a:r><a:rPr sz="1200" b="1"/><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
    '<c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}<c:gapWidth val="60"/><c:overlap val="{overlap}"/>'
    '<c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>'
    '<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
    '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="222222222"/><c:crosses val="autoZero"/>'
    '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    '<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
    '<c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill>'
    '<a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
    '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    '<c:tickLblPos val="nextTo"/><c:crossAx val="111111111"/><c:crosses val="max"/>'
    '<c:crossBetween val="between"/></c:valAx></c:plotArea>{legend}<c:plotVisOnly val="1"/>'
    '<c:dispBlanksAs val="gap"/></c:chart><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr>'
    '<a:endParaRPr/></a:p></c:txPr><c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
    "</c:chartSpace>"
)
_LEGEND = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
_SERIES = (
    '<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{sheet}!${column}$1</c:f><c:strCache>'
    '<c:ptCount val="1"/><c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    '<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
    '<c:dLbls><c:numFmt formatCode="#,##0;;" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="800">{ink}</a:defRPr></a:pPr><a:endParaRPr/></a:p>'
    '</c:txPr><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    "<c:cat><c:strRef><c:f>{sheet}!$A$2:$A${last}</c:f><c:strCache>{categories}</c:strCache></c:strRef></c:cat>"
    "<c:val><c:numRef><c:f>{sheet}!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>0</c:formatCode>"
    "{values}</c:numCache></c:numRef></c:val></c:ser>"
)
_WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'


def place_chart(data: ChartData, part: Part) -> str:
    """Put a chart next to a part of the document; return the paragraph that shows it, or nothing if it has no bars."""
    if not data.categories or not data.series or part.package is None:
        return ""
    package = part.package
    name = package.next_partname("/word/charts/chart%d.xml")
    book_name = PackURI(name.replace("/charts/", "/embeddings/").replace(".xml", ".xlsx"))
    chart = Part(name, CONTENT_TYPE.DML_CHART, _chart_xml(data).encode(), package)
    book = Part(book_name, CONTENT_TYPE.SML_SHEET, _workbook(data), package)
    chart.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, _WORKBOOK)
    return _DRAWING.format(
        width=_WIDTH,
        height=_FRAME + _BAR * len(data.categories),
        number=10_000 + (name.idx or 0),
        title=_plain(data.title),
        relation=part.relate_to(chart, RELATIONSHIP_TYPE.CHART),
    )


def _chart_xml(data: ChartData) -> str:
    stacked = len(data.series) > 1
    return _CHART.format(
        title=_plain(data.title),
        grouping="stacked" if stacked else "clustered",
        overlap=100 if stacked else 0,
        legend=_LEGEND if stacked else "",
        series="".join(_series_xml(data, number) for number in range(len(data.series))),
        workbook=_WORKBOOK,
    )


def _series_xml(data: ChartData, number: int) -> str:
    name, values = data.series[number]
    return _SERIES.format(
        number=number,
        sheet=_SHEET,
        column=column_name(number + 1),
        last=len(data.categories) + 1,
        name=_plain(name),
        colour=COLOURS[number % len(COLOURS)],
        ink=_WHITE if len(data.series) > 1 else "",
        categories=_points([_plain(label) for label in data.categories]),
        values=_points(values),
    )


def _points(values: Sequence[object]) -> str:
    points = "".join(f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>' for index, value in enumerate(values))
    return f'<c:ptCount val="{len(values)}"/>{points}'


def _plain(text: str) -> str:
    return escape(" ".join(xml_text(text).split()))


def _workbook(data: ChartData) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(_SHEET)
        sheet.write_column(1, 0, [xml_text(label) for label in data.categories])
        for column, (name, values) in enumerate(data.series, start=1):
            sheet.write(0, column, xml_text(name))
            sheet.write_column(1, column, values)
    return stream.getvalue()
