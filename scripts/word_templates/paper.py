"""The sheet on which a respondent signs: one page, the code in the header of every page, room for hand and seal."""

from html import escape

from docx.oxml.parser import parse_xml
from docx.shared import Mm

from scripts.word_templates.look import A4, Fonts, Look
from scripts.word_templates.styles import W, paragraph, run, style
from scripts.word_templates.writer import SHADE, Column, Writer

_MONOSPACE = Fonts("Courier New", "Courier New")
_QR_WIDTH = 2495
_TALL, _TALL_WITH_SEAL = 850, 1250
"""Heights of the rows for hands; two of them have room for a seal of 42 mm."""
_NAMES = {
    "zh_CN": {
        "PaperTitle": "签字表标题",
        "PaperHeading": "签字表小标题",
        "PaperText": "签字表文字",
        "PaperCode": "签字表标识",
    },
    "en": {
        "PaperTitle": "Paper Title",
        "PaperHeading": "Paper Heading",
        "PaperText": "Paper Text",
        "PaperCode": "Paper Code",
    },
}
_MARGINS = (
    '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
)
_FLAT = '<w:ind w:firstLine="0"/>'


def paper(w: Writer) -> None:
    """Write the signature sheet."""
    _prepare(w)
    _header(w)
    w.facts(
        [
            [("who_answers", w.words["paper_who"] + w.words["paper_about"]), ("roles", "{{ respondent.roles }}")],
            [("filled_by", "{{ respondent.filled_by }}"), ("filled_on", "{{ respondent.filled_on }}")],
        ]
    )
    _answers(w)
    _findings(w)
    with w.block("if asked_for_suggestions"):
        w.say("paper_voices", "PaperText")
    w.say("declaration", "PaperHeading")
    w.text("{{ declaration }}", "PaperText", keep=True)
    w.say("paper_valid", "PaperText", keep=True)
    w.gap()
    with w.block("if seal"):
        _sign(w, seal=True)
        w.tag("else")
        _sign(w, seal=False)
    with w.block("if return_to"):
        w.say("paper_return", "PaperText")


def _prepare(w: Writer) -> None:
    section = w.document.sections[0]
    section.top_margin, section.header_distance = Mm(54), Mm(7)
    section.bottom_margin, section.left_margin, section.right_margin = Mm(14), Mm(24), Mm(18)
    section.footer_distance = Mm(8)
    w.document.settings.odd_and_even_pages_header_footer = False
    w.width = A4[0] - section.left_margin.twips - section.right_margin.twips
    for xml in _styles(w.look):
        w.document.styles.element.append(parse_xml(xml))


def _styles(look: Look) -> list[str]:
    size = look.table_size + 2
    line = 'w:line="360" w:lineRule="exact"' if look.mirrored else look.table_line
    made = {
        "PaperTitle": paragraph('w:before="60" w:after="60" w:line="560" w:lineRule="exact"', _FLAT, "left")
        + run(look.title, 40, bold=look.bold_headings),
        "PaperHeading": paragraph(f'w:before="80" w:after="40" {line}', _FLAT, "left", before="<w:keepNext/>")
        + run(look.headings[0], size, bold=look.bold_headings),
        "PaperText": paragraph(f'w:before="0" w:after="40" {line}', look.first_line, look.justify)
        + run(look.body, size),
        "PaperCode": paragraph('w:before="40" w:after="0" w:line="280" w:lineRule="exact"', _FLAT, "left")
        + run(_MONOSPACE, 22, bold=True).replace("</w:rPr>", '<w:spacing w:val="0"/></w:rPr>'),
    }
    return [style(key, _NAMES[look.language][key], xml, rank=2).replace("<w:style ", f"<w:style {W} ", 1)
            for key, xml in made.items()]  # fmt: skip


def _header(w: Writer) -> None:
    header = w.document.sections[0].header
    header.is_linked_to_previous = False
    texts = (
        ("TableText", "{{ body }}"),
        ("PaperTitle", "{{ title }}"),
        ("TableText", "{{ campaign.title }}"),
        ("TableText", w.words["paper_who"]),
        ("PaperCode", "{{ code }}"),
    )
    left = "".join(_paragraph(key, _run(text)) for key, text in texts) + _paragraph("TableText", _pages(w))
    right = _paragraph("TableText", _run("{{p qr }}"))
    widths = (w.width - _QR_WIDTH, _QR_WIDTH)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_MARGINS}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
        for width, inside in zip(widths, (left, right), strict=True)
    )
    table = _table(widths, f"<w:tr>{cells}</w:tr>", borders='<w:bottom w:val="single" w:sz="8" w:space="0"/>')
    first = header.paragraphs[0]
    first.style = next(known for known in w.document.styles if known.style_id == "TableGap")
    first._p.addprevious(parse_xml(table))  # noqa: SLF001 - a table of this kind is XML


def _pages(w: Writer) -> str:
    before, between, after = w.words["paper_pages"].split("#")
    return _run(before) + _field("PAGE") + _run(between) + _field("NUMPAGES") + _run(after)


def _answers(w: Writer) -> None:
    w.say("paper_counts", "PaperHeading")
    figures = ("conform", "problem", "not_applicable")
    columns = [
        Column("area", "{{ row.title }}", 58),
        *(Column(key, f"{{{{ row.{key} }}}}", 14, "TableNumber") for key in figures),
    ]
    with w.block("if areas"):
        w.table(columns, "for row in areas")
    with w.block("if coverage"):
        w.say("paper_coverage", "PaperText")


def _findings(w: Writer) -> None:
    item, fact = Column("item", "{{ f.item }}", 10, "TableNumber"), Column("fact", "{{ f.fact }}", 48)
    severity = Column("severity", "{{ f.severity }}", 12, "TableNumber")
    handling = Column("disposition", "{{ f.disposition }}", 30)
    tables = {
        "if campaign.graded and campaign.handled": [item, severity, fact, handling],
        "elif campaign.graded": [item, severity, fact],
        "elif campaign.handled": [item, fact, handling],
        "else": [item, fact],
    }
    with w.block("if findings"):
        w.say("paper_findings", "PaperHeading")
        for condition, columns in tables.items():
            w.tag(condition)
            w.table(columns, "for f in findings")
        w.tag("endif")
        w.tag("else")
        w.say("paper_no_findings", "PaperHeading")


def _sign(w: Writer, *, seal: bool) -> None:
    """Write the boxes for the hand and the day; beside them, if it is asked for, the one for the seal."""
    height = _TALL_WITH_SEAL if seal else _TALL
    label, blank = w.width * 17 // 100, w.width * (45 if seal else 33) // 100
    widths: tuple[int, ...] = (label, blank, w.width - label - blank) if seal else (label, blank) * 2
    sign, day = ((w.words["paper_sign"], ""), (w.words["paper_day"], w.words["paper_day_line"]))
    if seal:
        rows = _row(height, widths, (*sign, w.words["paper_seal"]), merge="restart")
        rows += _row(height, widths, (*day, ""), merge="continue")
    else:
        rows = _row(height, (*widths[:3], w.width - sum(widths[:3])), (*sign, *day))
    w.document.element.body.insert_element_before(parse_xml(_table(widths, rows)), "w:sectPr")
    w.gap()


def _row(height: int, widths: tuple[int, ...], texts: tuple[str, ...], merge: str = "") -> str:
    cells = ""
    for number, (width, text) in enumerate(zip(widths, texts, strict=True)):
        seal = bool(merge) and number == len(texts) - 1
        marks = f'<w:vMerge w:val="{merge}"/>' if seal else ""
        marks += f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if number % 2 == 0 and not seal else ""
        marks += f'<w:vAlign w:val="{"top" if seal else "center"}"/>'
        inside = _paragraph("TableHead" if number % 2 == 0 else "TableNumber", _run(text))
        cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{marks}</w:tcPr>{inside}</w:tc>'
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>{cells}</w:tr>'


def _table(widths: tuple[int, ...], rows: str, borders: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    kind = "TableNormal" if borders else "TableGrid"
    return (
        f'<w:tbl {W}><w:tblPr><w:tblStyle w:val="{kind}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{look}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _paragraph(key: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{key}"/></w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{parts}</w:r>"


def _field(code: str) -> str:
    marks = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{mark}</w:r>" for mark in marks)
