"""The final report of the body: the chapters of the plan's outline, each with its blocks, and the annexes."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from scripts.word_templates.page import no_page_numbers, number_pages
from scripts.word_templates.shared import causes_table, corrections_table
from scripts.word_templates.writer import Column, Writer


def final(w: Writer) -> None:
    """Write the final report."""
    _cover(w)
    no_page_numbers(w.document.sections[0], w.look)
    w.new_section(landscape=False)
    number_pages(w.document.sections[1], w.look, start=1)
    with w.block("for chapter in chapters"):
        w.text("{{ chapter.title }}", "Heading1")
        with w.block("for block in chapter.holds"):
            for condition, write in _BLOCKS.items():
                with w.block(f"if {condition}"):
                    write(w)
    _close(w)
    w.new_section(landscape=True)
    _annexes(w)


def _cover(w: Writer) -> None:
    title = w.text("{{ title }}", "Title")
    title.paragraph_format.space_before = Pt(150)
    w.text("{{ campaign.title }}", "CoverText").paragraph_format.space_after = Pt(190)
    w.text("{{ body }}", "CoverText")
    w.text("{{ printed_on }}", "CoverText")
    with w.block("if draft and gaps"):
        w.text(w.words["gaps"], "NoticeText", keep=True).paragraph_format.page_break_before = True
        with w.block("for gap in gaps"):
            w.text("{{ loop.index }}. {{ gap }}", "NoticeText")
    w.text(w.words["contents"], "TOCHeading").paragraph_format.page_break_before = True
    w.contents()


def _facts(w: Writer) -> None:
    with w.block("for fact in chapter.facts if not fact.is_number"):
        w.text("{{ fact.title }}", "Heading2")
        _lines(w, "fact.text")
    with w.block("if chapter.facts|selectattr('is_number')|list"):
        w.heading("numbers", 2)
        columns = [
            Column("what", "{{ fact.title }}", 75),
            Column("number", "{{ fact.number or fact.text }}", 25, "TableNumber"),
        ]
        w.table(columns, "for fact in chapter.facts if fact.is_number")


def _lines(w: Writer, name: str) -> None:
    with w.block(f"for line in {name}.splitlines()"):
        w.text("{{ line }}")


def _plan(w: Writer) -> None:
    w.heading("plan", 2)
    with w.block("if legal_basis"):
        w.heading("legal_basis", 3)
        with w.block("for line in legal_basis"):
            w.text(w.words["listed"].replace("TEXT", "{{ line }}"))
    w.heading("scope", 3)
    w.say("cut_off")
    _lines(w, "plan.scope")
    with w.block("if plan.method"):
        w.heading("method", 3)
        _lines(w, "plan.method")
    with w.block("if plan.working_group"):
        w.heading("working_group", 3)
        columns = [
            Column(key, f"{{{{ row.{key} }}}}", share) for key, share in (("post", 16), ("members", 38), ("duty", 46))
        ]
        w.table(columns, "for row in plan.working_group")
    with w.block("if plan.requirements"):
        w.heading("requirements", 3)
        with w.block("for line in plan.requirements"):
            w.text(w.words["listed"].replace("TEXT", "{{ line }}"))
    _dates(w)


def _dates(w: Writer) -> None:
    w.heading("phases", 3)
    columns = [
        Column("phase", "{{ row.title }}", 22),
        Column("period", w.words["from_to"], 25, "TableNumber"),
        Column("who", "{{ row.who }}", 23),
        Column("outputs", "{{ row.outputs }}", 30),
    ]
    w.table(columns, "for row in plan.phases")
    with w.block("if plan.milestones"):
        w.heading("milestones", 3)
        columns = [
            Column("milestone", "{{ row.title }}", 24),
            Column("on", "{{ row.on }}", 23, "TableNumber"),
            Column("who", "{{ row.who }}", 23),
            Column("outputs", "{{ row.outputs }}", 30),
        ]
        w.table(columns, "for row in plan.milestones")


def _conduct(w: Writer) -> None:
    w.heading("conduct", 2)
    w.say("issued")
    with w.block("if conduct.answered.value"):
        w.say("received_between")
    with w.block("if conduct.inactive.value"):
        w.say("inactive")
    with w.block("if conduct.decisions.value"):
        w.say("decided")
    with w.block("if conduct.waivers"):
        w.say("waived", keep=True)
        with w.block("for row in conduct.waivers"):
            w.text(w.words["listed"].replace("TEXT", w.words["waiver"]))
    with w.block("if conduct.reminders.reminded.value"):
        _reminders(w)
    w.say("by_unit", keep=True)
    figures = (("issued", 14), ("answered", 14), ("complete", 14), ("missing", 14), ("problems", 14))
    numbers = [Column(f"n_{key}", f"{{{{ row.{key} }}}}", share, "TableNumber") for key, share in figures]
    w.table([Column("unit", "{{ row.name }}", 30), *numbers], "for row in conduct.units")
    w.say("by_role", keep=True)
    w.table(
        [Column("role", "{{ row.title }}", 40), *(n for n in numbers if n.head != "n_missing")],
        "for row in conduct.roles",
    )
    with w.block("if conduct.coverage"):
        w.say("coverage_total", keep=True)
        columns = [Column("what", "{{ row.title }}", 75), Column("number", "{{ row.value }}", 25, "TableNumber")]
        w.table(columns, "for row in conduct.coverage")
    _answers(w)


def _reminders(w: Writer) -> None:
    w.say("reminded", keep=True)
    numbers = [Column(f"n_{key}", f"{{{{ row.{key} }}}}", 30, "TableNumber") for key in ("reminded", "settled")]
    w.table([Column("reminder", "{{ row.title }}", 40), *numbers], "for row in conduct.reminders.stages")
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
    figures = ("conform", "problem", "unchecked", "not_applicable")
    columns = [
        Column("area", "{{ row.title }}", 44),
        *(Column(key, f"{{{{ row.{key} }}}}", 14, "TableNumber") for key in figures),
    ]
    w.table(columns, "for row in conduct.areas")
    w.text("{{p charts.answers_by_area }}")


def _findings(w: Writer) -> None:
    w.heading("findings_overview", 2)
    with w.block("if findings.total.value"):
        w.say("findings_count")
        several = (
            "{% for s in row.severities if s.value.value %}{{ s.title }} {{ s.value }}"
            "{% if not loop.last %}" + w.words["comma"] + "{% endif %}{% endfor %}"
        )
        columns = [
            Column("area", "{{ row.title }}", 46),
            Column("n_problems", "{{ row.count }}", 14, "TableNumber"),
            Column("by_severity", several, 40),
        ]
        w.table(columns, "for row in findings.areas")
        w.text("{{p charts.findings_by_area }}")
        w.heading("causes", 2)
        with w.block("for area in findings.areas if area.rows"):
            w.text("{{ area.title }}", "Heading3")
            causes_table(w, "area.rows")
        w.tag("else")
        w.say("no_findings")


def _measures(w: Writer) -> None:
    with w.block("if measures.rows"):
        w.heading("corrections", 2)
        w.say("measures_count")
        corrections_table(w, "measures.rows")
        w.heading("handling_classes", 2)
        with w.block("for class in measures.classes"):
            w.say("class_title", "Heading3")
            _class(w)
        w.tag("else")
        w.say("no_measures")
    with w.block("if measures.handling"):
        w.heading("who_handles", 2)
        columns = [Column("who", "{{ row.who }}", 30), Column("does", "{{ row.does }}", 70)]
        w.table(columns, "for row in measures.handling")


def _class(w: Writer) -> None:
    columns = [
        Column("id", "{{ row.finding }}", 18),
        Column("item", "{{ row.item }}", 12, "TableNumber"),
        Column("action", "{{ row.action }}", 50),
        Column("reporter", "{{ row.reporter }}", 20, "TableNumber"),
    ]
    with w.block("if class.rows"):
        w.table(columns, "for row in class.rows")
        w.tag("else")
        w.say("class_empty")


def _suggestions(w: Writer) -> None:
    with w.block("for box in suggestions"):
        w.text("{{ box.title }}", "Heading2")
        _voices(w, "box.rows", "no_suggestions")


def _clues(w: Writer) -> None:
    with w.block("if clues_title"):
        w.text("{{ clues_title }}", "Heading2")
        _voices(w, "clues", "no_clues")


def _voices(w: Writer, rows: str, none: str) -> None:
    columns = [
        Column("no", "{{ loop.index }}", 8, "TableNumber"),
        Column("voice", "{{ row.text }}", 66),
        Column("said_by", w.words["voice_who"], 26),
    ]
    with w.block(f"if {rows}"):
        w.table(columns, f"for row in {rows}")
        w.tag("else")
        w.say(none)


def _close(w: Writer) -> None:
    w.gap()
    for key in ("annex_list", "annex_first", "annex_second"):
        w.say(key, keep=True)
    with w.block("if dropped"):
        w.say("annex_third", keep=True)
    with w.block("if decisions"):
        w.say("annex_fourth", keep=True)
    w.gap()
    for key in ("sign_final", "sign_final_date"):
        line = w.text(w.words[key], "SignatureBlock")
        if w.look.mirrored:
            line.alignment, line.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(64)


def _annexes(w: Writer) -> None:
    w.say("annex_items", "AnnexHeading")
    figures = ("conform", "problem", "unchecked", "not_applicable")
    columns = [
        Column("item", "{{ row.id }}{% if row.part %} {{ row.part }}{% endif %}", 6, "TableNumber"),
        Column("ask", w.words["ask_and_basis"], 38),
        Column("asked", "{{ row.roles }}", 12),
        Column("overall", "{{ row.overall }}", 8, "TableNumber"),
        *(Column(f"n_{key}", f"{{{{ row.{key} }}}}", 5, "TableNumber") for key in figures),
        Column("remark", "{{ row.note }}", 16),
    ]
    w.table(columns, "for row in annex_items")
    w.text(w.words["annex_respondents"], "AnnexHeading").paragraph_format.page_break_before = True
    columns = [
        Column("respondent", "{{ row.name }}", 16),
        Column("unit", "{{ row.unit }}", 16),
        Column("roles", "{{ row.roles }}", 22),
        Column("state", "{{ row.state }}", 13, "TableNumber"),
        Column("received", "{{ row.received }}", 15, "TableNumber"),
        Column("passport", "{{ row.passport }}", 18, "TableNumber"),
    ]
    w.table(columns, "for row in annex_respondents")
    with w.block("if dropped"):
        w.text(w.words["annex_dropped"], "AnnexHeading").paragraph_format.page_break_before = True
        columns = [
            Column("item", "{{ row.id }}", 10, "TableNumber"),
            Column("respondent", "{{ row.who }}", 22),
            Column("answer", "{{ row.answer }}", 12, "TableNumber"),
            Column("note", "{{ row.note }}", 56),
        ]
        w.table(columns, "for row in dropped")
    with w.block("if decisions"):
        w.text(w.words["annex_decisions"], "AnnexHeading").paragraph_format.page_break_before = True
        columns = [
            Column("decision", "{{ row.what }}", 40),
            Column("by", "{{ row.by }}", 14),
            Column("reason", "{{ row.reason }}", 30),
            Column("decided_on", "{{ row.on }}", 16, "TableNumber"),
        ]
        w.table(columns, "for row in decisions")


_BLOCKS = {
    "block == 'profile' or (block == 'text' and 'profile' not in chapter.holds)": _facts,
    "block == 'plan'": _plan,
    "block == 'conduct'": _conduct,
    "block == 'findings'": _findings,
    "block == 'measures'": _measures,
    "block == 'suggestions'": _suggestions,
    "block == 'clues'": _clues,
}
