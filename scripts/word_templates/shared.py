"""Tables that several templates have."""

from scripts.word_templates.writer import Column, Writer

_SEVERITY = "{%p if f.severity %}\n{{ f.severity }}\n{%p endif %}"
_WHICH = "{{ f.item }}{% if f.title %} {{ f.title }}{% endif %}\n{{ f.short_id }}\n" + _SEVERITY
_WHO = "\n{{ f.reporter }}"


def found_table(w: Writer, rows: str, *, reporter: bool = False) -> None:
    """Write what was found, with everything that is said of it."""
    which = _WHICH + _WHO if reporter else _WHICH
    w.table([Column("finding", which, 24), Column("found", _told(w, "found", "{{ f.fact }}"), 76)], f"for f in {rows}")


def done_table(w: Writer, rows: str) -> None:
    """Write what is done about it, with everything that is said of that, and what has been done by now."""
    done = _told(w, "done") + "\n" + _told(w, "progress")
    columns = [Column("finding", "{{ f.item }}\n{{ f.short_id }}", 24), Column("done", done, 76)]
    w.table(columns, f"for f in {rows}")


def found_and_done_table(w: Writer, rows: str) -> None:
    """Write findings with everything that is said of them, on wide paper."""
    columns = [
        Column("finding", _WHICH + _WHO, 16),
        Column("found", _told(w, "found", "{{ f.fact }}"), 42),
        Column("done", _told(w, "done"), 42),
    ]
    w.table(columns, f"for f in {rows}")


def contradictions_table(w: Writer, rows: str) -> None:
    """Write who says what and what the data say against it; a row is long, so that it may go over to the next page."""
    columns = [
        Column("item", "{{ row.place }} {{ row.title }}\n{{ row.about }}", 16),
        Column("who_says", each_line("row.said"), 20),
        Column("data_say", each_line("row.data") + "\n" + w.words["threshold"], 46),
        Column("verdict", "{{ row.verdict }}", 18),
    ]
    w.table(columns, f"for row in {rows}", whole=False)


def problems_of(w: Writer, share: int, head: str = "problems") -> Column:
    """Return the column of findings that somebody reported, with what others found beside it."""
    return Column(head, "{{ row.problems }}" + w.words["elsewhere"], share, "TableNumber")


def each_line(name: str) -> str:
    """Return a cell with a paragraph for each line of a text."""
    return f"{{%p for line in {name}.splitlines() %}}\n{{{{ line }}}}\n{{%p endfor %}}"


def _told(w: Writer, field: str, *first: str) -> str:
    return "\n".join([*first, f"{{%p for line in f.{field} %}}", w.words["told_line"], "{%p endfor %}"])
