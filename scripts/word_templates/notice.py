"""A notice: an official letter with a red head, or a plain sheet; which parts it has is decided by its kind."""

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.parser import parse_xml
from docx.shared import Pt, Twips

from scripts.word_templates.look import Look
from scripts.word_templates.page import number_pages
from scripts.word_templates.styles import W, paragraph, run, style
from scripts.word_templates.writer import Column, Writer

_RED = "FF0000"
_NAMES = {
    "zh_CN": {
        "RedHead": "红头",
        "RedHeadLong": "红头（长）",
        "LetterNumber": "发文字号",
        "LetterTitle": "公文标题",
        "Addressee": "主送机关",
        "LetterText": "公文正文",
        "LetterEnd": "署名和日期",
        "Imprint": "版记",
    },
    "en": {
        "RedHead": "Letter Head",
        "RedHeadLong": "Letter Head Long",
        "LetterNumber": "Letter Number",
        "LetterTitle": "Letter Title",
        "Addressee": "Addressee",
        "LetterText": "Letter Text",
        "LetterEnd": "Letter End",
        "Imprint": "Imprint",
    },
}
_FLAT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_LINES = (
    '<w:pBdr><w:top w:val="single" w:sz="8" w:space="1" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="1" w:color="auto"/>'
    '<w:between w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
)
_HEAD_LENGTH = 10
"""Characters that fit into one line of the red head in its larger size."""


def notice(w: Writer) -> None:
    """Write the notice."""
    for xml in _styles(w.look):
        w.document.styles.element.append(parse_xml(xml))
    with w.block("if red_head"):
        _red_head(w)
        w.tag("else")
        w.text("{{ number }}", "Addressee").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    w.text("{{ title }}", "LetterTitle")
    with w.block("if addressee"):
        w.say("notice_to", "Addressee")
    # who signs never stands on a page without text
    with w.block("for line in paragraphs"), w.block("if loop.revindex <= 2"):
        w.text("{{ line }}", "LetterText", keep=True)
        w.tag("else")
        w.text("{{ line }}", "LetterText")
    with w.block("if attachments"):
        w.text("", "LetterText", keep=True)
        with w.block("for line in attachments"):
            w.say("notice_attached", "LetterText", keep=True)
    _end(w)
    with w.block("if listed"):
        _table(w)
    with w.block("if red_head"):
        _imprint(w)
    with w.block("if receipt"):
        _receipt(w)
    number_pages(w.document.sections[0], w.look)


def _styles(look: Look) -> list[str]:
    zh = look.mirrored
    centred, kept = "center" if zh else "left", "<w:keepNext/>"
    # the upper edge of the name lies 35 mm below that of the text area
    head = f'w:before="{1984 if zh else 0}" w:after="0" w:line="{1000 if zh else 560}" w:lineRule="exact"'
    tall, low = (84, 52) if zh else (40, 32)
    line = '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="FF0000"/></w:pBdr>'
    made = {
        "RedHead": paragraph(head, _FLAT, centred, before=kept) + run(look.title, tall, colour=_RED),
        "RedHeadLong": paragraph(head, _FLAT, centred, before=kept) + run(look.title, low, colour=_RED),
        # two lines below the name, and the line 4 mm below it
        "LetterNumber": paragraph(
            f'w:before="{1158 if zh else 120}" w:after="0" {look.line}', _FLAT, centred, before=kept + line
        )
        + run(look.body, look.size),
        "LetterTitle": paragraph(
            f'w:before="{1158 if zh else 360}" w:after="{579 if zh else 200}"'
            f' w:line="{680 if zh else 400}" w:lineRule="exact"',
            _FLAT,
            centred,
            before=kept,
        )
        + run(look.title, look.title_size if zh else 32, bold=look.bold_headings),
        "Addressee": paragraph(f'w:before="0" w:after="{look.paragraph_after}" {look.line}', _FLAT, "left")
        + run(look.body, look.size),
        # numbers of certificates, which do not break, would tear justified lines apart
        "LetterText": paragraph(f'w:before="0" w:after="{look.paragraph_after}" {look.line}', look.first_line, "left")
        + run(look.body, look.size),
        "LetterEnd": paragraph(
            f'w:before="0" w:after="0" {look.line}',
            f'<w:ind w:right="{1280 if zh else 0}" w:firstLine="0"/>',
            "right" if zh else "left",
            before="<w:keepNext/><w:keepLines/>",
        )
        + run(look.body, look.size),
        "Imprint": paragraph(
            'w:before="0" w:after="0" w:line="480" w:lineRule="exact"',
            '<w:ind w:left="280" w:right="280" w:firstLine="0"/>',
            "left",
            before=_LINES,
        )
        + run(look.body, 28 if zh else 18),
    }
    return [style(key, _NAMES[look.language][key], xml, rank=2).replace("<w:style ", f"<w:style {W} ", 1)
            for key, xml in made.items()]  # fmt: skip


def _red_head(w: Writer) -> None:
    head = w.words["notice_head"]
    with w.block(f"if issuer|length <= {_HEAD_LENGTH - len(head.partition('}}')[2])}"):
        w.text(head, "RedHead")
        w.tag("else")
        w.text(head, "RedHeadLong")
    w.text("{{ number }}", "LetterNumber")


def _table(w: Writer) -> None:
    """Write the table that the text calls attached, on a page of its own."""
    w.text(w.words["notice_table"], "Addressee", keep=True).paragraph_format.page_break_before = True
    columns = [
        Column("no", "{{ loop.index }}", 7, "TableNumber"),
        Column("notice_target", "{{ row.target }}", 21),
        Column("notice_party", "{{ row.party }}", 21),
        Column("notice_action", "{{ row.action }}", 13, "TableNumber"),
        Column("notice_effective", "{{ row.effective }}", 19, "TableNumber"),
        Column("notice_follow_up", "{{ row.follow_up or '—' }}", 19, "TableNumber"),
    ]
    w.table(columns, "for row in rows")


def _end(w: Writer) -> None:
    """Write who issues it and when, with room above for the seal."""
    for _ in range(2):
        w.text("", "LetterEnd")
    w.say("notice_issuer", "LetterEnd")
    w.text("{{ date }}", "LetterEnd").paragraph_format.keep_with_next = False


def _imprint(w: Writer) -> None:
    """Write the imprint at the foot of the page: who gets a copy, who issued it when."""
    with w.block("if copies"):
        _at_the_foot(w, "notice_copies")
    _at_the_foot(w, "notice_printed")
    # what is at the foot belongs to the page of the paragraph behind it
    w.gap()


def _at_the_foot(w: Writer, key: str) -> None:
    line = w.say(key, "Imprint")
    line.paragraph_format.tab_stops.add_tab_stop(Twips(w.width - 280), WD_TAB_ALIGNMENT.RIGHT)
    mark = (
        f'<w:framePr {W} w:w="{w.width}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin"'
        ' w:xAlign="left" w:yAlign="bottom"/>'
    )
    line._p.get_or_add_pPr().insert(1, parse_xml(mark))  # noqa: SLF001 - python-docx has no name for frames


def _receipt(w: Writer) -> None:
    title = w.text(w.words["notice_receipt"], "LetterTitle")
    title.paragraph_format.page_break_before = True
    title.paragraph_format.space_before = Pt(0)
    w.facts(
        [
            [("notice_number", "{{ number }}")],
            [("notice_kind", "{{ title }}")],
            [("notice_issued_by", "{{ issuer }}")],
            [("notice_sent_to", "{{ addressee }}")],
            [("notice_how", w.words["notice_ways"])],
            [("notice_received_by", w.words["notice_sign"])],
            [("notice_received_on", w.words["blank_date"])],
            [("notice_remark", "\n\n")],
        ]
    )
    w.say("notice_return", "Addressee")
