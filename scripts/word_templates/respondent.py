"""The reports that respondents sign: one person's, a unit's, a branch's."""

from scripts.word_templates.page import number_pages, print_code
from scripts.word_templates.shared import done_table, found_table, problems_of
from scripts.word_templates.writer import Cell, Column, Writer


def person(w: Writer) -> None:
    """Write the report of one person."""
    _opening(
        w,
        [
            [("name", "{{ respondent.name }}"), ("own_number", "{{ respondent.number }}")],
            [("unit", "{{ respondent.unit }}"), ("filled_by", "{{ respondent.filled_by }}")],
        ],
    )
    w.heading("overview")
    _counts(w)
    _items(w, "person_no_items")
    w.heading("findings_person")
    with w.block("if findings"):
        with w.block("for f in findings"):
            _card(w)
        _otherwise(w, "person_no_findings")
    _voices(w)
    _declaration(w, "sign_person", sealed=False)


def unit(w: Writer) -> None:
    """Write the report of a department or committee."""
    _unit(w)


def branch(w: Writer) -> None:
    """Write the report of a branch, which has its sub-units in it."""
    _unit(w)


def _unit(w: Writer) -> None:
    _opening(w, [[("unit_name", "{{ respondent.name }}"), ("filled_by", "{{ respondent.filled_by }}")]])
    w.heading("overview")
    _counts(w)
    _members(w)
    _reviewers(w)
    _items(w, "unit_no_items", people=True)
    w.heading("findings_unit")
    with w.block("if findings"):
        w.say("findings_total", keep=True)
        found_table(w, "findings", reporter=True)
        with w.block("if findings|selectattr('done')|list"):
            w.say("corrections", keep=True)
            done_table(w, "findings")
        _otherwise(w, "unit_no_findings")
    _handling(w)
    _voices(w)
    _declaration(w, "sign_unit", sealed=True)
    print_code(w.document.sections[0], w.look)


def _opening(w: Writer, first: list[list[tuple[str, str]]]) -> None:
    w.text("{{ title }}", "Title")
    w.facts(
        [
            *first,
            [("roles", "{{ respondent.roles }}"), ("passport", "{{ respondent.passport }}")],
            [("state", "{{ respondent.state }}"), ("filled_on", "{{ respondent.filled_on }}")],
            [("received", "{{ respondent.received }}"), ("due", "{{ respondent.due }}")],
            [("body", "{{ body }}")],
            [("campaign", "{{ campaign.title }}")],
            [("ordered_by", w.words["notice"])],
        ]
    )


def _counts(w: Writer) -> None:
    with w.block("if counts.items.value"):
        w.say("counts")
    with w.block("if coverage"):
        w.say("coverage", keep=True)
        columns = [
            Column("what", "{{ row.title }}", 70),
            Column("number", "{{ row.value }}", 30, "TableNumber"),
        ]
        w.table(columns, "for row in coverage")


def _members(w: Writer) -> None:
    with w.block("if members"):
        w.say("member_counts", keep=True)
        posts = [Column("posts", "{{ row.posts }}", 33)]
        columns = [
            Column("state", "{{ row.state }}", 16, "TableNumber"),
            Column("filled_on", "{{ row.filled_on }}", 23, "TableNumber"),
            problems_of(w, 11),
        ]
        name = [Column("member", "{{ row.name }}", 17)]
        with w.block("if members|selectattr('posts')|list"):
            w.table([*name, *posts, *columns], "for row in members")
            w.tag("else")
            w.table([*name, *columns], "for row in members")


def _reviewers(w: Writer) -> None:
    with w.block("if reviewers"):
        w.say("review_counts", keep=True)
        columns = [
            Column("reviewer", "{{ row.name }}", 34),
            Column("files_given", "{{ row.asked }}", 16, "TableNumber"),
            Column("files_back", "{{ row.answered }}", 16, "TableNumber"),
            Column("files_complete", "{{ row.complete }}", 16, "TableNumber"),
            problems_of(w, 18),
        ]
        w.table(columns, "for row in reviewers")


def _items(w: Writer, none: str, *, people: bool = False) -> None:
    w.heading("items")
    columns = [
        Column("item", "{{ row.id }}{% if row.part %} {{ row.part }}{% endif %}", 9, "TableNumber"),
        Column("ask", "{% if row.part %}" + w.words["part_of"] + "{% endif %}{{ row.ask }}", 40),
        Column("answer", "{{ row.answer }}", 12, "TableNumber"),
        Column("note", "{{ row.note }}", 24 if people else 39),
    ]
    columns += [Column("people_said", "{{ row.people }}", 19)] if people else []
    with w.block("if items"):
        w.table(columns, "for row in items", band="row.area")
        w.tag("else")
        w.say(none)


def _otherwise(w: Writer, none: str) -> None:
    """Say that there are no findings only where no answer speaks of a problem."""
    w.tag("elif counts.problem.value")
    w.say("problems_without_findings")
    w.tag("else")
    w.say(none)


def _card(w: Writer) -> None:
    """Write one finding as a table of its own, with what is said of it."""
    title = [Cell(w.words["finding_card"], "TableHead", 2, shaded=True)]
    number = [*w.pair("id", "{{ f.short_id }}", 1)]
    severity = (_tag("if f.severity"), [*w.pair("severity", "{{ f.severity }}", 1)], _tag("endif"))
    told = [Cell("{{ line.title }}", "TableHead", shaded=True), Cell("{{ line.text }}", "TableText")]
    lines = [row for name in ("found", "done") for row in (_tag(f"for line in f.{name}"), told, _tag("endfor"))]
    w.grid([title, number, *severity, [*w.pair("fact", "{{ f.fact }}", 1)], *lines], (14, 86))


def _tag(code: str) -> list[Cell]:
    return [Cell(f"{{%tr {code} %}}", "TableText", 2)]


def _handling(w: Writer) -> None:
    """Write what happens in each class of handling, where the kit has classes and there are findings."""
    columns = [
        Column("class", "{{ class.title }}", 14, "TableNumber"),
        Column("id", "{{ row.finding }}", 14, "TableNumber"),
        Column("item", "{{ row.item }}", 12, "TableNumber"),
        Column("action", "{{ row.action }}", 60),
        Column("reporter", "{{ row.reporter }}", 16),
    ]
    with w.block("if findings and campaign.handled"):
        w.heading("handling")
        with w.block("if handling|selectattr('rows')|list"):
            w.table(columns, "for class in handling", "for row in class.rows")
            w.tag("else")
            w.say("no_handling")


def _voices(w: Writer) -> None:
    """Write the boxes at the end of the form; one that is alone has no heading but that of the chapter."""
    with w.block("if suggestions and clues_title"):
        w.heading("voices")
        w.tag("elif suggestions|length > 1")
        w.heading("suggestions")
    with w.block("for box in suggestions"):
        _box_heading(w, "{{ box.title }}")
        _voice(w, "box.text")
    with w.block("if clues_title"):
        _box_heading(w, "{{ clues_title }}")
        _voice(w, "clues")


def _box_heading(w: Writer, title: str) -> None:
    with w.block("if suggestions|length > 1 or (suggestions and clues_title)"):
        w.text(title, "Heading2")
        w.tag("else")
        w.text(title, "Heading1")


def _voice(w: Writer, name: str) -> None:
    with w.block(f"if {name}"):
        with w.block(f"for line in {name}.splitlines()"):
            w.text("{{ line }}")
        w.tag("else")
        w.say("nothing_written")


def _declaration(w: Writer, signature: str, *, sealed: bool) -> None:
    w.heading("declaration")
    w.text("{{ declaration }}", keep=True)
    with w.block("if not declared"):
        w.say("not_declared", "NoticeText", keep=True)
    w.gap(keep=True)
    w.say(signature, "SignatureBlock")
    if sealed:
        with w.block("if seal"):
            w.text("{{ campaign.seal }}", "SignatureBlock")
    number_pages(w.document.sections[0], w.look)
