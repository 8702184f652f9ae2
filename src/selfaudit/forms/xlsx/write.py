"""Writes the workbook of a form: instructions, items, findings, facts and declaration, and a hidden sheet."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from selfaudit.files.sheets.cells import cell_name
from selfaudit.files.sheets.heights import height
from selfaudit.forms.xlsx import layout
from selfaudit.forms.xlsx.book import TITLE_ROW, WHO_ROW, Book, Template
from selfaudit.forms.xlsx.layout import Column, Table
from selfaudit.forms.xlsx.pages import offered, write_facts, write_instructions
from selfaudit.forms.yaml import AGAIN_MARK, EVIDENCE_FILES, REQUIRED, REQUIRED_FILES
from selfaudit.model.form.answers import WORDS, Answer
from selfaudit.model.form.form import RESPONSE_FORMAT, FormItem, Questions
from selfaudit.model.kit.kit import Part

_HEAD_ROW, _FIRST = WHO_ROW + 1, WHO_ROW + 2
_PREPARED, _LAST_ROW = 20, 1000


def build(asked: Questions, return_to: str, content: Mapping[str, Any]) -> Template:
    """Return the workbook of all who are asked the same, with slots for passport and name."""
    book = Book(asked)
    write_instructions(book, asked, return_to)
    if asked.items:
        _items(book, asked, {item["id"]: item for item in content.get("items", ())})
    _findings(book, asked, asked.findings_in(content))
    write_facts(book, asked, content)
    own = [("selfaudit", RESPONSE_FORMAT), ("passport", book.slots["passport"])]
    return book.finish([*own, *([(layout.ROUND, asked.round)] if asked.given else [])])


def _table(book: Book, table: Table, must: frozenset[str] = frozenset()) -> Any:
    """Prepare a sheet with an entry a row; its head stays in sight and on every printed page."""
    page = book.sheet(table.title)
    book.top(page, {n: table.name(column) for n, column in enumerate(table.columns)})
    titles = [_shown(column, book._) + (" *" if _field_of(column) in must else "") for column in table.columns]
    for n, (column, title) in enumerate(zip(table.columns, titles, strict=True)):
        if not column.title:
            page.set_column(n, n, 10, book.machine, {"hidden": True})
            continue
        page.set_column(n, n, column.width, book.input if column.written and must else None)
        book.put(page, _HEAD_ROW, n, title, book.must if column.written else book.head)
    page.set_row(_HEAD_ROW, height([(t, c.width) for t, c in zip(titles, table.columns, strict=True) if c.title], 1.6))
    page.freeze_panes(_FIRST, 2)
    page.repeat_rows(TITLE_ROW, _HEAD_ROW)
    return page


def _field_of(column: Column) -> str:
    """Return the field that a column belongs to: classes of handling have one each, and are one field."""
    return column.key.partition(".")[0]


def _shown(column: Column, _: Callable[[str], str]) -> str:
    if column.of_kit:
        return _(layout.HANDLING).format(title=column.title)
    return _(column.title) if column.title else ""


def _items(book: Book, asked: Questions, said: Mapping[str, Any]) -> None:
    table = layout.ITEMS
    page, areas, words = _table(book, table), {a.id: a.title for a in asked.areas}, WORDS[asked.language]
    row, answered = _FIRST, []
    for item in asked.items:
        about = said.get(item.id, {})
        parts = {part["id"]: part for part in about.get("parts", ())}
        lines: list[tuple[FormItem | Part, Mapping[str, Any]]] = [(item, about)]
        lines += [(part, parts.get(part.id, {})) for part in item.parts]
        for asking, answer in lines:
            texts = _item_texts(item, asking, areas)
            place = item.id if asking is item else f"{item.id} {asking.id}"
            if place in asked.again:
                texts["title"] = "\n".join(filter(None, (texts.get("title"), book._(AGAIN_MARK))))
            open_ = asking is not item or not item.parts
            if open_:
                texts["answer"] = words[Answer(answer.get("answer", Answer.UNCHECKED))]
                answered.append(row)
            texts["note"] = answer.get("note", "")
            texts[layout.FILES] = _named(answer.get("evidence", ()))
            if wanted := REQUIRED_FILES.get(item.evidence_required) if asking is item else "":
                texts["evidence"] += f"\n{book._(wanted)}"
            _item_row(book, page, row, texts, open_=open_)
            row += 1
    last, columns = row - 1, {column.key: n for n, column in enumerate(table.columns)}
    if not any(item.legal_basis for item in asked.items):
        page.set_column(columns["legal_basis"], columns["legal_basis"], None, None, {"hidden": True})
    cells = [(first, columns["answer"], end, columns["answer"]) for first, end in _runs(answered)]
    book.offer(page, cells, book._("Answer"), words=offered(asked))
    _colour(book, page, last, words)
    page.autofilter(_HEAD_ROW, 1, last, len(table.columns) - 1)
    page.print_area(TITLE_ROW, 1, last, len(table.columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:{cell_name(last, len(table.columns))}"})


def _named(files: Iterable[Mapping[str, Any]]) -> str:
    """Return the names of files, one a line."""
    return "\n".join(file["name"] for file in files)


def _item_texts(item: FormItem, asking: FormItem | Part, areas: Mapping[str, str]) -> dict[str, str]:
    """Return what the row of an item or part says, by the names of the columns."""
    texts = {"area": areas[item.area], "due": item.due.isoformat(), "ask": asking.ask}
    if isinstance(asking, Part):
        return {**texts, "id": f"{item.id}{layout.HEAD_OF_PARTS}{asking.id}", "number": f"{item.id} {asking.id}"}
    own = item.id + (layout.HEAD_OF_PARTS if item.parts else "")
    evidence = "\n".join(f"· {entry}" for entry in item.evidence)
    basis = "\n".join(f"· {entry}" for entry in item.legal_basis)
    own_texts = {
        "id": own,
        "number": item.id,
        "title": item.title,
        "how": "\n".join(filter(None, (item.hint, item.how))),
    }
    return {**texts, **own_texts, "evidence": evidence, "legal_basis": basis}


def _item_row(book: Book, page: Any, row: int, texts: Mapping[str, str], *, open_: bool) -> None:
    strong = {"number", "title"} if "title" in texts else set()
    shown = []
    for n, column in enumerate(layout.ITEMS.columns):
        text = texts.get(column.key, "")
        style = book.strong if column.key in strong else book.asked
        if column.written and open_:
            style = book.choice if column.key == "answer" else book.input
        book.put(page, row, n, text, style if column.title else book.machine)
        if column.title:
            shown.append((text, column.width))
    page.set_row(row, height(shown, 1.5))


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Return first and last of every run of rows without a gap."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _colour(book: Book, page: Any, last: int, words: Mapping[Answer, str]) -> None:
    """Colour what is open, what is a problem, and what lacks its reason."""
    at = {column.key: cell_name(_FIRST, n) for n, column in enumerate(layout.ITEMS.columns)}
    answer, note = f"${at['answer']}", f"${at['note']}"
    asked = f'AND($A{_FIRST + 1}<>"",RIGHT($A{_FIRST + 1},1)<>"{layout.HEAD_OF_PARTS}")'
    column = {key: n for n, key in enumerate(at)}
    rules = (
        ("answer", f'=AND({asked},OR({answer}="",{answer}="{words[Answer.UNCHECKED]}"))', book.open),
        ("number", f'={answer}="{words[Answer.PROBLEM]}"', book.wrong),
        ("note", f'=AND({answer}="{words[Answer.NOT_APPLICABLE]}",{note}="")', book.lacking),
    )
    for first, rule, style in rules:
        cells = (_FIRST, column[first], last, column["note"])
        page.conditional_format(*cells, {"type": "formula", "criteria": rule, "format": style})


def _findings(book: Book, asked: Questions, findings: Any) -> None:
    table = layout.findings_table(asked)
    must = frozenset(asked.finding_needs)
    page = _table(book, table, must)
    severities = {severity.id: severity.title for severity in asked.severities}
    count = len(findings) if asked.given else max(_PREPARED, len(findings) + 5)
    taken = {finding["number"] for finding in findings}
    choices = {field.key: dict(field.options) for field in asked.fields if field.options}
    free = iter(n for n in range(1, 2000) if n not in taken)
    for n in range(count):
        texts = _finding_texts(findings[n] if n < len(findings) else {"number": next(free)}, severities)
        texts |= {key: book._(words[texts[key]]) for key, words in choices.items() if texts.get(key) in words}
        row = _FIRST + n
        for at, column in enumerate(table.columns):
            style = book.input if column.written else book.asked
            book.put(page, row, at, texts.get(column.key, ""), style if column.title else book.machine)
        page.set_row(row, height([(texts.get(c.key, ""), c.width) for c in table.columns if c.title], 2.5))
    words = {
        "item": [p for i in asked.items for p in ([f"{i.id} {part.id}" for part in i.parts] or [i.id])],
        **{field.key: _all_offered(asked, field.offered) for field in asked.fields if field.offered},
        "severity": [severity.title for severity in asked.severities],
        **{field.key: [book._(word) for _, word in field.options] for field in asked.fields if field.options},
        **{layout.DISPOSITION + d.id: list(d.actions) for d in asked.dispositions},
    }
    facts = {"severities": ", ".join(words["severity"]), "item": asked.items[0].id if asked.items else ""}
    fields = {field.key: field for field in asked.fields}
    for at, column in enumerate(table.columns):
        if column.title and column.written:
            field = fields.get(_field_of(column))
            # one of the columns of a field that has several is enough, as its hint says
            told = field.hint if field and column.of_kit else field.help if field else EVIDENCE_FILES
            help_ = book._(told).format(**facts)
            if column.key in must:
                help_ += f" {book._(REQUIRED)}"
            chosen = column.key == "severity" or (field is not None and field.kind == "choice")
            offer = {"words": words.get(column.key, ()), "free": not chosen, "help": help_}
            book.offer(page, [(_FIRST, at, _LAST_ROW, at)], _shown(column, book._), **offer)
    page.print_area(TITLE_ROW, 1, _FIRST + count - 1, len(table.columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:{cell_name(_LAST_ROW, len(table.columns))}"})


def _all_offered(asked: Questions, name: str) -> list[str]:
    """Return what all items offer under a name, each once, in the order of the form."""
    return list(dict.fromkeys(entry for item in asked.items for entry in getattr(item, name)))


def _finding_texts(finding: Mapping[str, Any], severities: Mapping[str, str]) -> dict[str, str]:
    """Return what the row of a finding says, by the names of the columns; item and part share one cell."""
    texts = {key: str(value) for key, value in finding.items() if key != "disposition"}
    texts |= {layout.DISPOSITION + key: text for key, text in finding.get("disposition", {}).items()}
    texts[layout.FILES] = _named(finding.get("evidence", ()))
    texts["severity"] = severities.get(texts.get("severity", ""), texts["severity"] if "finding" in texts else "")
    if texts.get("item") and texts.get("part"):
        texts["item"] += f" {texts.pop('part')}"
    return texts
