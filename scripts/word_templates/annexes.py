"""The annexes of the final report: everything complete, in tables across the page."""

from collections.abc import Callable

from scripts.word_templates.shared import (
    contradictions_table,
    each_line,
    found_and_done_table,
    found_table,
    problems_of,
)
from scripts.word_templates.writer import Column, Writer


def annexes(w: Writer) -> None:
    """Write the annexes, in a section across the page; in a file of their own they begin with its title."""
    with w.block("if not body_here"):
        w.say("annex_title", "Title")
        w.text("{{ body }}", "CoverText")
        w.text("{{ first_page.date }}", "CoverText")
        with w.block("for annex in annexes"):
            w.say("annex_line")
    with w.block("for annex in annexes"):
        with w.block("if loop.first and body_here"):
            w.say("annex_heading", "AnnexHeading")
            w.tag("else")
            w.text(w.words["annex_heading"], "AnnexHeading").paragraph_format.page_break_before = True
        for kind, write in _ANNEXES.items():
            with w.block(f"if annex.kind == '{kind}'"):
                write(w)


def _findings(w: Writer) -> None:
    with w.block("if measures.asked"):
        found_and_done_table(w, "findings.rows")
        w.tag("else")
        found_table(w, "findings.rows", reporter=True)


def _register(w: Writer) -> None:
    columns = [
        Column("finding", "{{ row.id }}\n{{ row.item }}", 9),
        Column("found", "{{ row.fact }}", 25),
        Column("handled_owner", "{{ row.owner }}", 9),
        Column("handled_due", "{{ row.due }}", 11, "TableNumber"),
        Column("handled_state", "{{ row.state }}", 10, "TableNumber"),
        Column("handled_corrected", "{{ row.corrected }}", 12),
        Column("handled_verified", "{{ row.verified }}", 12),
        Column("handled_closed", "{{ row.closed }}", 12),
    ]
    w.table(columns, "for row in annex_register")


def _dispositions(w: Writer) -> None:
    columns = [
        Column("decided_about", "{{ row.target }}\n{{ row.party }}", 25),
        Column("decided_action", "{{ row.kind }}\n{{ row.action }}", 12, "TableNumber"),
        Column("reason", "{{ row.reason }}", 23),
        Column("decided_from", "{{ row.effective }}", 12, "TableNumber"),
        Column("handled_state", "{{ row.state }}", 11, "TableNumber"),
        Column("decided_notice", "{{ row.notice or '—' }}", 17, "TableNumber"),
    ]
    w.table(columns, "for row in annex_dispositions")


def _aside(w: Writer) -> None:
    columns = [
        Column("finding", "{{ row.id }}\n{{ row.item }}", 10),
        Column("found", "{{ row.fact }}\n{{ row.reporter }}", 34),
        Column("became", "{{ row.became }}", 14),
        Column("by", "{{ row.by }}", 12),
        Column("reason", "{{ row.reason }}", 18),
        Column("decided_on", "{{ row.on }}", 12, "TableNumber"),
    ]
    w.table(columns, "for row in annex_aside")


def _items(w: Writer) -> None:
    figures = ("conform", "problem", "unchecked", "not_applicable", "missing")
    columns = [
        Column("item", "{{ row.id }}{% if row.part %} {{ row.part }}{% endif %}", 6, "TableNumber"),
        Column("ask", w.words["ask_and_basis"], 30),
        Column("asked", "{{ row.roles }}", 12),
        Column("overall", "{{ row.overall }}", 8, "TableNumber"),
        *(Column(f"n_{key}", f"{{{{ row.{key} }}}}", 6, "TableNumber") for key in figures),
        Column("remark", "{{ row.note }}", 14),
    ]
    w.table(columns, "for row in annex_items")


def _respondents(w: Writer) -> None:
    w.say("by_role", keep=True)
    figures = [
        Column(f"n_{key}", f"{{{{ row.{key} }}}}", 15, "TableNumber") for key in ("issued", "answered", "complete")
    ]
    figures.append(problems_of(w, 15, "n_problems"))
    w.table([Column("role", "{{ row.title }}", 40), *figures], "for row in conduct.roles")
    w.say("every_respondent", keep=True)
    columns = [
        Column("respondent", "{{ row.name }}", 20),
        Column("of_unit", "{{ row.unit }}", 18),
        Column("roles", "{{ row.roles }}", 28),
        Column("state", "{{ row.state }}", 15, "TableNumber"),
        Column("received", "{{ row.received }}", 19, "TableNumber"),
    ]
    w.table(columns, "for row in annex_respondents")


def _lookalikes(w: Writer) -> None:
    columns = [
        Column("two_records", each_line("row.records"), 24),
        Column("whose_records", each_line("row.whose"), 20),
        Column("in_common", each_line("row.common"), 16),
        Column("shares", each_line("row.shares"), 18),
        Column("verdict", each_line("row.decided"), 22),
    ]
    w.table(columns, "for row in annex_lookalikes")
    with w.block("if findings.lookalikes.in_rings"):
        w.say("rings_told", keep=True)
        columns = [
            Column("ring_source", "{{ row.source }}", 34),
            Column("ring_count", "{{ row.count }}", 10, "TableNumber"),
            Column("ring_organisations", "{{ row.organisations }}", 14, "TableNumber"),
            Column("ring_members", each_line("row.members"), 42),
        ]
        w.table(columns, "for row in findings.lookalikes.in_rings", whole=False)


def _exclusions(w: Writer) -> None:
    columns = [
        Column("spot_check", "{{ row.sample }}", 14),
        Column("case_file", "{{ row.file }}", 20),
        Column("excluded", each_line("(row.excluded or '—')"), 46),
        Column("not_known", "{{ row.missing or '—' }}", 20),
    ]
    w.table(columns, "for row in annex_exclusions")


def _decisions(w: Writer) -> None:
    columns = [
        Column("decision", "{{ row.what }}", 40),
        Column("by", "{{ row.by }}", 14),
        Column("reason", "{{ row.reason }}", 30),
        Column("decided_on", "{{ row.on }}", 16, "TableNumber"),
    ]
    w.table(columns, "for row in decisions")


def _dropped(w: Writer) -> None:
    columns = [
        Column("item", "{{ row.id }}", 10, "TableNumber"),
        Column("asked_before", "{{ row.ask }}", 30),
        Column("respondent", "{{ row.who }}", 16),
        Column("answer", "{{ row.answer }}", 12, "TableNumber"),
        Column("note", "{{ row.note }}", 32),
    ]
    w.table(columns, "for row in dropped")


def _evidence(w: Writer) -> None:
    columns = [
        Column("no", "{{ row.number }}", 7, "TableNumber"),
        Column("item", "{{ row.place }}", 10, "TableNumber"),
        Column("finding_id", "{{ row.finding }}", 11, "TableNumber"),
        Column("file", "{{ row.name }}", 30),
        Column("respondent", "{{ row.who }}", 14),
        Column("of_unit", "{{ row.unit }}", 13),
        Column("hash", "{{ row.hash }}", 15, "TableNumber"),
    ]
    w.table(columns, "for row in evidence")


_ANNEXES: dict[str, Callable[[Writer], None]] = {
    "findings": _findings,
    "contradictions": lambda w: contradictions_table(w, "annex_contradictions"),
    "lookalikes": _lookalikes,
    "exclusions": _exclusions,
    "dispositions": _dispositions,
    "register": _register,
    "aside": _aside,
    "items": _items,
    "respondents": _respondents,
    "decisions": _decisions,
    "dropped": _dropped,
    "evidence": _evidence,
}
