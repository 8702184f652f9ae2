"""The final report of the body: first page, the chapters of the plan's outline, signatures, and the annexes."""

from collections.abc import Callable

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from scripts.word_templates.annexes import annexes
from scripts.word_templates.data import contradictions, data_checks, file_reviews, lookalikes, unsupported
from scripts.word_templates.page import no_page_numbers, number_pages, print_code
from scripts.word_templates.shared import done_table, found_table, problems_of
from scripts.word_templates.writer import Column, Writer


def final(w: Writer) -> None:
    """Write the final report; body and annexes may be in one file or in one each."""
    w.tag("if body_here")
    _cover(w)
    no_page_numbers(w.document.sections[0], w.look)
    w.new_section(landscape=False)
    number_pages(w.document.sections[1], w.look, start=1)
    with w.block("for chapter in chapters"):
        w.text("{{ chapter.title }}", "Heading1")
        with w.block("for section in chapter.sections"):
            _heading(w)
            for kind, write in _SECTIONS.items():
                with w.block(f"if section.kind == '{kind}'"):
                    write(w)
    _close(w)
    w.new_section(landscape=True)
    # it is the only section of a file of annexes, so that there is none before it whose footers it could have
    number_pages(w.document.sections[2], w.look)
    w.tag("endif")
    with w.block("if annexes_here"):
        annexes(w)
    for number, section in enumerate(w.document.sections):
        print_code(section, w.look, own=number != 1)


def _cover(w: Writer) -> None:
    title = w.text("{{ title }}", "Title")
    title.paragraph_format.space_before = Pt(130)
    w.text("{{ campaign.title }}", "CoverText")
    with w.block("if first_page.number"):
        w.text("{{ first_page.number }}", "CoverText")
    w.text("", "CoverText").paragraph_format.space_after = Pt(120)
    with w.block("for line in first_page.lines"):
        w.say("cover_line", "CoverText")
    w.text("{{ body }}", "CoverText")
    w.text("{{ first_page.date }}", "CoverText")
    with w.block("if draft and gaps"):
        w.text(w.words["gaps"], "NoticeText", keep=True).paragraph_format.page_break_before = True
        with w.block("for gap in gaps"):
            w.text("{{ loop.index }}. {{ gap }}", "NoticeText")
    w.text(w.words["contents"], "TOCHeading").paragraph_format.page_break_before = True
    w.contents()


def _heading(w: Writer) -> None:
    with w.block("if section.title and section.deep"):
        w.text("{{ section.title }}", "Heading3")
        w.tag("elif section.title")
        w.text("{{ section.title }}", "Heading2")


def _text(w: Writer) -> None:
    with w.block("for fact in section.facts"):
        _lines(w, "fact.text")


def _particulars(w: Writer) -> None:
    w.labelled("for fact in section.facts", "{{ fact.title }}", "{{ fact.text }}")


def _numbers(w: Writer) -> None:
    columns = [
        Column("what", "{{ fact.title }}", 75),
        Column("number", "{{ fact.number or fact.text }}", 25, "TableNumber"),
    ]
    w.table(columns, "for fact in section.facts")


def _register_figures(w: Writer) -> None:
    columns = [
        Column("what", "{{ row.title }}", 42),
        Column("stated", "{{ row.stated }}", 12, "TableNumber"),
        Column("counted", "{% if row.counted %}{{ row.counted }}{% endif %}", 12, "TableNumber"),
        Column("compared", "{{ row.remark }}", 26),
        Column("note_number", "{{ row.note }}", 8, "TableNumber"),
    ]
    with w.block("if section.figures"):
        w.say("register_figures_told", keep=True)
        w.table(columns, "for row in section.figures")
    with w.block("for note in section.notes"):
        w.text("{{ note }}", "TableText")


def _lines(w: Writer, name: str) -> None:
    with w.block(f"for line in {name}.splitlines()"):
        w.text("{{ line }}")


def _listed(w: Writer, name: str) -> None:
    with w.block(f"for line in {name}"):
        w.text(w.words["listed"].replace("TEXT", "{{ line }}"))


def _scope(w: Writer) -> None:
    w.say("cut_off")
    _lines(w, "plan.scope")


def _working_group(w: Writer) -> None:
    columns = [
        Column(key, f"{{{{ row.{key} }}}}", share) for key, share in (("post", 16), ("members", 38), ("duty", 46))
    ]
    w.table(columns, "for row in plan.working_group")


def _phases(w: Writer) -> None:
    columns = [
        Column("phase", "{{ row.title }}", 22),
        Column("period", w.words["from_to"], 25, "TableNumber"),
        Column("who", "{{ row.who }}", 23),
    ]
    _with_outputs(w, columns, "plan.phases")


def _milestones(w: Writer) -> None:
    columns = [
        Column("milestone", "{{ row.title }}", 24),
        Column("on", w.words["on_done"], 23, "TableNumber"),
        Column("who", "{{ row.who }}", 23),
    ]
    _with_outputs(w, columns, "plan.milestones")


def _with_outputs(w: Writer, columns: list[Column], rows: str) -> None:
    """Write rows of the plan, with what comes out of them if anything does."""
    with w.block(f"if {rows}|selectattr('outputs')|list"):
        w.table([*columns, Column("outputs", "{{ row.outputs }}", 30)], f"for row in {rows}")
        w.tag("else")
        w.table(columns, f"for row in {rows}")


def _conduct(w: Writer) -> None:
    w.say("issued")
    with w.block("for row in conduct.deadlines"):
        w.say("deadline_moved")
    with w.block("if conduct.answered.value"):
        w.say("received_between")
    with w.block("if conduct.inactive.value or conduct.gone.value"):
        w.say("inactive")
    with w.block("if conduct.decisions.value"):
        w.say("decided")
    with w.block("if conduct.waivers"):
        w.say("waived", keep=True)
        with w.block("for row in conduct.waivers"):
            w.text(w.words["listed"].replace("TEXT", w.words["waiver"]))
    _reminders(w)
    w.say("by_unit", keep=True)
    figures = ("issued", "answered", "complete", "missing")
    numbers = [Column(f"n_{key}", f"{{{{ row.{key} }}}}", 13, "TableNumber") for key in figures]
    w.table(
        [Column("of_unit", "{{ row.name }}", 28), *numbers, problems_of(w, 20, "n_problems")],
        "for row in conduct.units",
    )
    with w.block("if conduct.coverage"):
        w.say("coverage_total", keep=True)
        columns = [Column("what", "{{ row.title }}", 75), Column("number", "{{ row.value }}", 25, "TableNumber")]
        w.table(columns, "for row in conduct.coverage")
    _answers(w)


def _reminders(w: Writer) -> None:
    with w.block("if conduct.reminders.reminded.value"):
        w.say("reminded", keep=True)
        numbers = [Column(f"n_{key}", f"{{{{ row.{key} }}}}", 30, "TableNumber") for key in ("reminded", "settled")]
        w.table([Column("reminder", "{{ row.title }}", 40), *numbers], "for row in conduct.reminders.stages")
    with w.block("if conduct.reminders.again.value"):
        w.say("reminded_again")
    with w.block("if conduct.reminders.escalations"):
        w.say("escalated", keep=True)
        columns = [
            Column("respondent", "{{ row.name }}", 20),
            Column("unit", "{{ row.unit }}", 21),
            Column("superior", "{{ row.superior }}", 17),
            Column("on", "{{ row.on }}", 25, "TableNumber"),
            Column("state", "{{ row.state }}", 17),
        ]
        w.table(columns, "for row in conduct.reminders.escalations")


def _answers(w: Writer) -> None:
    w.say("by_area", keep=True)
    figures = ("conform", "problem", "unchecked", "not_applicable", "missing")
    columns = [
        Column("area", "{{ row.title }}", 35),
        *(Column(key, f"{{{{ row.{key} }}}}", 13, "TableNumber") for key in figures),
    ]
    w.table(columns, "for row in conduct.areas")
    w.text("{{p charts.answers_by_area }}")


def _overview(w: Writer) -> None:
    with w.block("if findings.total.value"):
        w.say("findings_count")
        w.tag("else")
        w.say("no_findings")
    with w.block("if conduct.answered.value"):
        w.say("by_area_found", keep=True)
        with w.block("for area in findings.areas"):
            w.say("area_found")
    with w.block("if findings.total.value"):
        w.say("findings_list")
        w.text("{{p charts.findings_by_area }}")


def _in_full(w: Writer) -> None:
    w.say("in_full_count", keep=True)
    found_table(w, "findings.in_full")


def _corrections(w: Writer) -> None:
    with w.block("if measures.rows"):
        w.say("measures_count")
        with w.block("if measures.states"):
            w.say("states_count")
        with w.block("if measures.recurrent.value"):
            w.say("recurrent")
        with w.block("if findings.in_full"):
            w.say("in_full_done", keep=True)
            done_table(w, "findings.in_full")
        w.tag("else")
        w.say("no_measures")


def _handling(w: Writer) -> None:
    w.say("handling_count", keep=True)
    columns = [
        Column("class", "{{ row.title }}", 26),
        Column("n_handled", "{{ row.count }}", 20, "TableNumber"),
        Column("actions", w.words["how_many_how"], 54),
    ]
    w.table(columns, "for row in measures.classes")


def _who_handles(w: Writer) -> None:
    columns = [Column("who", "{{ row.who }}", 30), Column("does", "{{ row.does }}", 70)]
    w.table(columns, "for row in measures.handling")


def _voices(none: str) -> Callable[[Writer], None]:
    def write(w: Writer) -> None:
        number = Column("no", "{{ loop.index }}", 8, "TableNumber")
        with w.block("if section.voices"):
            with w.block("if section.voices|selectattr('who')|list"):
                who = Column("said_by", w.words["voice_who"], 26)
                w.table([number, Column("voice", "{{ row.text }}", 66), who], "for row in section.voices")
                w.tag("else")
                text = "{{ row.text }}" + w.words["voice_count"]
                w.table([number, Column("voice", text, 92)], "for row in section.voices")
            w.tag("else")
            w.say(none)

    return write


def _close(w: Writer) -> None:
    w.gap()
    with w.block("if annexes"):
        w.say("annex_list", keep=True)
        with w.block("for annex in annexes"):
            w.say("annex_line", keep=True)
    w.gap()
    with w.block("if signatories"):
        columns = [
            Column("signatory", "{{ who.title }}", 30),
            Column("signature", "{{ who.name }}", 40),
            Column("signed_on", w.words["signed_or_blank"], 30, "TableNumber"),
        ]
        w.table(columns, "for who in signatories", tall=True)
        with w.block("if approved"):
            w.say("approved_content", "TableText")
    for text in (w.words["sign_final"], "{{ first_page.date }}"):
        line = w.text(text, "SignatureBlock")
        if w.look.mirrored:
            line.alignment, line.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(64)


_SECTIONS: dict[str, Callable[[Writer], None]] = {
    "text": _text,
    "particulars": _particulars,
    "numbers": _numbers,
    "register_figures": _register_figures,
    "legal_basis": lambda w: _listed(w, "legal_basis"),
    "scope": _scope,
    "method": lambda w: _lines(w, "plan.method"),
    "working_group": _working_group,
    "requirements": lambda w: _listed(w, "plan.requirements"),
    "phases": _phases,
    "milestones": _milestones,
    "conduct": _conduct,
    "data_checks": data_checks,
    "lookalikes": lookalikes,
    "contradictions": contradictions,
    "unsupported": unsupported,
    "file_reviews": file_reviews,
    "overview": _overview,
    "in_full": _in_full,
    "corrections": _corrections,
    "handling": _handling,
    "who_handles": _who_handles,
    "suggestions": _voices("no_suggestions"),
    "clues": _voices("no_clues"),
}
