"""Workbooks as small as other programs write them: texts inside of their cells, no styles."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from selfaudit.demo.registers.export.spelling import Cell

Rows = Sequence[Sequence[Cell]]
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows, which of them (from 1) are hidden, and merged cells such as ``A1:C1``."""

    name: str
    rows: Rows
    hidden: range = range(0)
    merged: tuple[str, ...] = ()


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return the bytes of an XLSX."""
    numbers = range(1, len(sheets) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET}.worksheet+xml"/>' for n in numbers
    )
    named = "".join(
        f'<sheet name="{escape(one.name)}" sheetId="{n}" r:id="r{n}"/>' for n, one in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    members = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>{kinds}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        "</Relationships>",
    }
    for number, sheet in zip(numbers, sheets, strict=True):
        members[f"xl/worksheets/sheet{number}.xml"] = "".join(_sheet(sheet))
    return packed(members)


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
    names = [column(n) for n in range(max(map(len, sheet.rows), default=0))]
    for number, row in enumerate(sheet.rows, 1):
        yield f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if number in sheet.hidden else ""}>'
        for name, cell in zip(names, row, strict=False):
            if isinstance(cell, str):
                if cell:
                    yield f'<c r="{name}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            else:
                yield f'<c r="{name}{number}"><v>{cell}</v></c>'
        yield "</row>"
    yield "</sheetData>"
    if sheet.merged:
        cells = "".join(f'<mergeCell ref="{one}"/>' for one in sheet.merged)
        yield f'<mergeCells count="{len(sheet.merged)}">{cells}</mergeCells>'
    yield "</worksheet>"


def column(number: int) -> str:
    """Return the letters of a column, from 0."""
    high, low = divmod(number, 26)
    return (column(high - 1) if high else "") + chr(ord("A") + low)


def ods(name: str, rows: Rows) -> bytes:
    """Return the bytes of an ODS with one sheet."""
    table = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'{_HEAD}<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:table="{_ODF}:table:1.0" '
        f'xmlns:text="{_ODF}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(name)}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{_ODS}"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return packed({"mimetype": _ODS, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(cell: Cell) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def packed(members: dict[str, str]) -> bytes:
    """Return a zip; the type of an ODS is stored as it is."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in members.items():
            kept = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2023, 10, 26, 9, 0, 0)), text.encode(), kept)
    return data.getvalue()
