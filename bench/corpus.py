"""Makes what is measured, in processes of its own so that the measuring one stays small.

``python -m bench.corpus campaign FOLDER PEOPLE`` · ``responses FOLDER SEED FINDINGS FORMAT`` · ``rows FOLDER FILE``
· ``as_many_rows FOLDER FILE`` · ``edited|decided WORKBOOK FILE`` · ``template FILE``
"""

import json
import sys
import tempfile
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from zipfile import ZipFile

from bench.answers import Respondents
from bench.kit import roster, write_kit

COLUMNS = ("id", "item", "fact", "cause", "correction", "owner", "due")
"""The columns of the table that the peer of ``report final`` prints."""


def campaign(folder: str, people: str) -> None:
    """Make a campaign of the bench kit for so many people."""
    from selfaudit.store.roster.yaml import to_yaml  # noqa: PLC0415 - as everywhere here: only what a step needs
    from selfaudit.workflow.init import init  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as scratch:
        kit, people_file = Path(scratch, "bench"), Path(scratch, "roster.yaml")
        write_kit(kit)
        people_file.write_text(to_yaml(roster(int(people))), encoding="utf-8")
        init(Path(folder), str(kit), people_file)


def responses(folder: str, seed: str, findings: str, form_format: str) -> None:
    """Fill in every form that was issued, with so many findings each, and put it into the inbox."""
    from selfaudit.forms.formats import FORMATS  # noqa: PLC0415
    from selfaudit.store.ledger.forms import Forms  # noqa: PLC0415
    from selfaudit.store.ledger.ledger import Ledger  # noqa: PLC0415

    root = Path(folder)
    people = Respondents(int(seed), int(findings))
    with Ledger.open(root / "campaign.db", writable=False) as ledger:
        forms = Forms(ledger)
        for passport, (file, *_) in forms.files().items():
            form = forms.get(passport)
            assert form is not None
            data = FORMATS[form_format].write(form, people.content(form))
            (root / "inbox" / Path(file).name).write_bytes(data)


def rows(folder: str, file: str) -> None:
    """Write the findings of a campaign as the rows of the peer's table."""
    from selfaudit.store.workspace import Workspace  # noqa: PLC0415
    from selfaudit.workflow.findings.listing import Filter, findings  # noqa: PLC0415

    found = findings(Workspace(Path(folder)), Filter())[1]
    data = [{"id": f.id, "item": f.place, **{key: f.data.get(key, "") for key in COLUMNS[2:]}} for f in found]
    Path(file).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def as_many_rows(folder: str, file: str) -> None:
    """Write the findings over and over, until there are as many rows as in all tables of the campaign's report."""
    rows(folder, file)
    data = json.loads(Path(file).read_text(encoding="utf-8"))
    (report,) = Path(folder, "reports").glob("*.docx")
    with ZipFile(report) as word:
        count = word.read("word/document.xml").count(b"<w:tr>")
    Path(file).write_text(json.dumps(list(islice(cycle(data), count)), ensure_ascii=False), encoding="utf-8")


def edited(workbook: str, file: str) -> None:
    """Give every finding of an exported register another owner, as somebody does in a table program."""
    _fill(workbook, file, lambda number: {"责任人": f"责任人{number % 50}"})


def decided(workbook: str, file: str) -> None:
    """Say of every exported disposition what it is about and from when on."""
    _fill(workbook, file, lambda number: {"处理对象": f"案卷{number}", "原因": "记录不全", "生效日期": "2023-11-20"})


def _fill(workbook: str, file: str, says: Callable[[int], dict[str, str]]) -> None:
    """Fill in columns, called by their titles, of every row below these."""
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(workbook)
    rows = book.worksheets[0].iter_rows()
    heads = ([cell.value for cell in row] for row in rows)
    titles = next(head for head in heads if says(0).keys() <= set(head))
    for number, row in enumerate(rows):
        for title, value in says(number).items():
            row[titles.index(title)].value = value
    book.save(file)


def template(file: str) -> None:
    """Write the peer's Word template: one table that loops over the rows."""
    from docx import Document  # noqa: PLC0415

    document = Document()
    table = document.add_table(rows=4, cols=len(COLUMNS))
    for cell, title in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = title
    table.rows[1].cells[0].text = "{%tr for r in rows %}"
    for cell, column in zip(table.rows[2].cells, COLUMNS, strict=True):
        cell.text = f"{{{{ r.{column} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.save(file)


STEPS: dict[str, Callable[..., None]] = {
    "campaign": campaign, "responses": responses, "rows": rows, "as_many_rows": as_many_rows, "edited": edited,
    "decided": decided,
    "template": template,
}  # fmt: skip

if __name__ == "__main__":
    STEPS[sys.argv[1]](*sys.argv[2:])
