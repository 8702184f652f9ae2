"""Tables that several templates have."""

from scripts.word_templates.writer import Column, Writer


def causes_table(w: Writer, rows: str) -> None:
    """Write what was found and why."""
    more = (
        f"{{%p if f.{key} %}}\n{w.words[f'{key}_line']}\n{{%p endif %}}" for key in ("basis", "certificates", "people")
    )
    columns = [
        Column("finding_item", "{{ f.item }}{% if f.title %} {{ f.title }}{% endif %}\n{{ f.id }}", 18),
        Column("fact", "\n".join(["{{ f.fact }}", *more]), 37),
        Column("cause", "{{ f.cause }}", 25),
        Column("severity_reporter", "{{ f.severity }}\n{{ f.reporter }}", 20, "TableNumber"),
    ]
    w.table(columns, f"for f in {rows}")


def corrections_table(w: Writer, rows: str) -> None:
    """Write what is done about it, by whom and by when."""
    columns = [
        Column("finding_item", "{{ f.item }}\n{{ f.id }}", 18),
        Column("correction", "{{ f.correction }}", 31),
        Column("similar", "{{ f.similar }}", 22),
        Column("owner", "{{ f.owner }}", 12, "TableNumber"),
        Column("due_finding", "{{ f.due }}", 17, "TableNumber"),
    ]
    w.table(columns, f"for f in {rows}")


_WHICH = "{{ f.item }}{% if f.title %} {{ f.title }}{% endif %}\n{{ f.id }}\n{{ f.severity }}"


def found_table(w: Writer, rows: str) -> None:
    """Write what was found, with everything that is said of it."""
    w.table([Column("finding", _WHICH, 24), Column("found", _told(w, "found", "{{ f.fact }}"), 76)], f"for f in {rows}")


def done_table(w: Writer, rows: str) -> None:
    """Write what is done about it, with everything that is said of that."""
    columns = [Column("finding", "{{ f.item }}\n{{ f.id }}", 24), Column("done", _told(w, "done"), 76)]
    w.table(columns, f"for f in {rows}")


def found_and_done_table(w: Writer, rows: str) -> None:
    """Write findings with everything that is said of them, on wide paper."""
    columns = [
        Column("finding", _WHICH + "\n{{ f.reporter }}", 16),
        Column("found", _told(w, "found", "{{ f.fact }}"), 42),
        Column("done", _told(w, "done"), 42),
    ]
    w.table(columns, f"for f in {rows}")


def _told(w: Writer, field: str, *first: str) -> str:
    return "\n".join([*first, f"{{%p for line in f.{field} %}}", w.words["told_line"], "{%p endfor %}"])
