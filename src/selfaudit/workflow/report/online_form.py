"""The table from which the online form of the authority is typed, as a workbook and as YAML."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import UserError, error
from selfaudit.base.text import file_name
from selfaudit.files.sheets.writing import Row, write_xlsx
from selfaudit.files.yaml.writer import dump
from selfaudit.model.kit.outline import DRAFT
from selfaudit.model.kit.plan import Plan
from selfaudit.reports.online_form import Entry, entries
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.final import build_final
from selfaudit.workflow.common.writing.superseding import put_in_place, set_aside

NO_LIST = error(
    "report.no-online-form",
    N_("campaign.yaml does not say what the online form asks for"),
    N_("List it there under “online_form”; docs/kits.md says how."),
)

ONLINE_FORMAT = "selfaudit/online-form/1"
_HEADER = (N_("No."), N_("Heading"), N_("What is asked"), N_("Value"), N_("Where it comes from"), N_("What counts"))
_WIDTHS = (6, 22, 36, 18, 60, 40)


@dataclass(slots=True)
class OnlineTable:
    """The files written, where earlier ones are now, the rows without a value, and how much in the report is open."""

    paths: list[Path] = field(default_factory=list)
    aside: list[Path] = field(default_factory=list)
    lacking: list[Entry] = field(default_factory=list)
    open: int = 0


def write_online_form(workspace: Workspace, *, masked: bool) -> OnlineTable:
    """Write the table; while anything is open in the final report, its files are called a draft as well."""
    built = build_final(workspace, masked=masked)
    setting, report = built.setting, built.report
    plan = setting.kit.plan
    if plan.online_form is None:
        raise UserError(NO_LIST())
    rows = list(entries(report, setting))
    done = OnlineTable(lacking=[row for row in rows if row.value is None], open=built.open)
    draft = translator(plan.language)(DRAFT).format(title=plan.online_form.title)
    for suffix, data in {".xlsx": _book(rows, plan), ".yaml": _yaml(rows, plan)}.items():
        usual, early = (workspace.reports / f"{file_name(name)}{suffix}" for name in (plan.online_form.title, draft))
        done.paths.append(early if done.open else usual)
        done.aside += put_in_place(workspace, done.paths[-1], data)
        if not done.open:
            done.aside += filter(None, [set_aside(workspace, early)])
    return done


def _book(rows: Iterable[Entry], plan: Plan) -> bytes:
    tr = translator(plan.language)
    cells: Iterable[Row] = (
        (row.number, row.group, row.row.title, "" if row.value is None else row.value, row.source, row.row.help)
        for row in rows
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_xlsx(path, [(tr(N_("Online form")), [tr(title) for title in _HEADER], _WIDTHS, cells)])
        return path.read_bytes()


def _yaml(rows: Iterable[Entry], plan: Plan) -> bytes:
    told = [
        {
            "number": str(row.number),
            "id": row.row.id,
            "group": row.group,
            "title": row.row.title,
            "value": None if row.value is None else str(row.value),
            "source": row.source,
            "from": row.row.source,
        }
        for row in rows
    ]
    return dump({"format": ONLINE_FORMAT, "campaign": plan.id, "rows": told}).encode()
