"""What the final report says of the body's data and files, in the chapter of the findings."""

from scripts.word_templates.shared import contradictions_table, each_line
from scripts.word_templates.writer import Cell, Column, Writer


def data_checks(w: Writer) -> None:
    """Write how many data checks ran, and what came of their signals."""
    w.say("checked_told", keep=True)
    names = ("ran", "not_run", "judged", "signals", "confirmed", "explained", "excepted", "undecided")
    head = [Cell(w.words[f"checks_{name}"], "TableHead", shaded=True) for name in names]
    row = [Cell(f"{{{{ findings.checked.{name} }}}}", "TableNumber") for name in names]
    w.grid([head, row], [1] * len(names))
    with w.block("if findings.checked.outdated"):
        w.say("checked_outdated")


def lookalikes(w: Writer) -> None:
    """Write how far case files were compared with each other, and where what is alike stands."""
    w.say("lookalikes_told")
    w.text("{{ findings.lookalikes.method }}")


def contradictions(w: Writer) -> None:
    """Write the heaviest answers that the data contradict."""
    w.say("contradictions_count", keep=True)
    contradictions_table(w, "findings.contradictions")


def unsupported(w: Writer) -> None:
    """Write the answers that the data could not support."""
    w.say("unsupported_count", keep=True)
    columns = [
        Column("checks", each_line("row.checks"), 26),
        Column("not_run_why", "{{ row.reason }}", 24),
        Column("unsupported_places", "{{ row.places }}", 50),
    ]
    w.table(columns, "for row in findings.unsupported", whole=False)


def file_reviews(w: Writer) -> None:
    """Write what the reviews of files show."""
    with w.block("for review in findings.reviews"):
        w.text("{{ review.title }}", keep=True)
        w.labelled("for fact in review.facts", "{{ fact.title }}", "{{ fact.text }}")
        columns = [
            Column("review_kind", "{{ row.kind }}", 16),
            Column("review_drawn", "{{ row.drawn }}", 16, "TableNumber"),
            Column("review_shows", "{{ row.shows }}", 68),
        ]
        w.table(columns, "for row in review.kinds", whole=False)
        with w.block("for line in review.remarks"):
            w.text("{{ line }}")
        w.say("review_by_criterion", keep=True)
        columns = [
            Column("review_criterion", "{{ row.criterion }}", 28),
            Column("review_counted", each_line("row.counted"), 26),
            Column("review_projected", "{{ row.projected }}", 46),
        ]
        w.table(columns, "for row in review.criteria", whole=False)
