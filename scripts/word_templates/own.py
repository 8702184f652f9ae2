"""The documents that the shipped kits add: a covering letter, and a sheet for each finding."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from scripts.word_templates.page import number_pages
from scripts.word_templates.writer import Column, Writer


def letter(w: Writer) -> None:
    """Write the letter with which the body sends in its report."""
    w.text("{{ title }}", "Title")
    addressee = w.text(w.words["letter_to"])
    addressee.paragraph_format.first_line_indent = Pt(0)
    # the style indents by characters, which counts before lengths
    addressee._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "0")  # noqa: SLF001
    for key in ("letter_why", "letter_what", "letter_truth"):
        w.say(key)
    w.gap()
    w.say("letter_enclosed", keep=True)
    w.gap(keep=True)
    for text in (w.words["sign_final"], "{{ first_page.date }}"):
        line = w.text(text, "SignatureBlock", keep=True)
        line.alignment, line.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(64)
    wanted = f"if fact.title == '{w.words['letter_contact']}'"
    with w.block("for chapter in chapters"), w.block("for fact in chapter.facts"), w.block(wanted):
        w.text("（{{ fact.title }}：{{ fact.text }}）")


def action_sheet(w: Writer) -> None:
    """Write the sheet on which correction and corrective action of one finding are followed to their end."""
    w.text("{{ title }}", "Title")
    w.facts(
        [
            [("id", "{{ finding.id }}"), ("severity", "{{ finding.severity }}")],
            [("item", "{{ finding.item }} {{ finding.title }}")],
            [("area", "{{ finding.area }}")],
            [("reporter", "{{ finding.reporter }}"), ("unit", "{{ unit }}")],
            [("body", "{{ body }}")],
            [("campaign", "{{ campaign.title }}")],
        ]
    )
    w.heading("sheet_requirement")
    with w.block("if ask"):
        w.text("{{ ask }}")
    with w.block("for line in basis"):
        w.text("{{ line }}")
    w.heading("sheet_found")
    with w.block("for line in finding.fact.splitlines()"):
        w.text("{{ line }}")
    _told(w, "found")
    w.heading("sheet_done")
    _told(w, "done")
    with w.block("if missing"):
        w.say("sheet_missing", "NoticeText")
    w.heading("sheet_closing")
    columns = [
        Column("sheet_step", "{{ step }}", 40),
        Column("signature", "", 35),
        Column("signed_on", w.words["blank_date"], 25, "TableNumber"),
    ]
    w.table(columns, w.words["sheet_steps"], tall=True)
    number_pages(w.document.sections[0], w.look)


def _told(w: Writer, what: str) -> None:
    with w.block(f"if finding.{what}"):
        w.labelled(f"for line in finding.{what}", "{{ line.title }}", "{{ line.text }}")
