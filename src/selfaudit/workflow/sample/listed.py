"""A population from a plain list of files, for a body whose registers are not at hand."""

from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, UserError, Where, error
from selfaudit.files.sheets.table import Table, find_table
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import FILE, CaseFile, file_id
from selfaudit.workflow.common.workbooks import opened, unread_columns

NO_TABLE = error(
    "sample.no-table",
    N_("no sheet has a header with the number of the file"),
    N_("Give that column one of these headers: {known}."),
)
NO_NUMBER = error("sample.no-number", N_("this row has no number of a file"), N_("Fill it in, or delete the row."))
NOT_WHOLE = error(
    "sample.not-whole",
    N_("“{value}” is not a number of times"),
    N_("Write a whole number from 0, or leave the cell empty if it is not known."),
)


def listed(plan: SamplePlan, path: Path) -> tuple[list[CaseFile], list[Problem]]:
    """Return the files of a workbook, and what there is to say about it; stops with every row that is wrong."""
    book = opened(path)
    numbers = (plan.file.title, *plan.file.aliases)
    names = {FILE: numbers, **{one.id: (one.title, *one.aliases) for one in plan.columns}}
    names |= {one.id: (one.title,) for one in plan.factors if not one.signals}
    table = find_table(book.grids, path.name, names, (FILE,))
    if table is None:
        raise UserError(NO_TABLE(Where(path.name), known=Some(numbers)))
    others = unread_columns(table)
    files, wrong = list[CaseFile](), list[Problem]()
    for row in table.rows():
        made = _file(plan, table, row)
        if isinstance(made, CaseFile):
            files.append(made)
        else:
            wrong += made
    if wrong:
        raise UserError(wrong)
    return files, [*book.problems, *others]


def _file(plan: SamplePlan, table: Table, row: int) -> CaseFile | list[Problem]:
    wrong = list[Problem]()
    id_ = file_id(table.text(row, FILE))
    if not id_:
        wrong.append(NO_NUMBER(table.where(row, FILE)))
    factors: dict[str, int | None] = {}
    for factor in plan.factors:
        text = "" if factor.signals else table.text(row, factor.id).strip()
        if text and not (text.isascii() and text.isdigit()):
            wrong.append(NOT_WHOLE(table.where(row, factor.id), value=text))
        factors[factor.id] = int(text) if text.isascii() and text.isdigit() else None
    return wrong or CaseFile(id_, {one.id: table.text(row, one.id) for one in plan.columns}, factors)
