"""``export`` and ``merged.yaml``: what everybody said, as data for other programs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from selfaudit.base.i18n import N_, translator
from selfaudit.files.atomic import replacing
from selfaudit.files.sheets.writing import Row, write_csv, write_xlsx
from selfaudit.model.form.answers import SAID, WORDS
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import Standing, findings_of
from selfaudit.reports.wording import Wording
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged.file import Exported, write_merged
from selfaudit.workflow.common.merged.records import MERGED_FORMAT, Record, block, head, record_of, rollup, tail
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.common.writing.sheets import Sheet, findings_sheet, titles
from selfaudit.workflow.export.tables import write_tables

Format = Literal["yaml", "json", "csv", "xlsx", "parquet"]


ANSWER_HEADER = (N_("Unit"), N_("Name"), N_("Roles"), N_("Item"), N_("Part"), N_("Answer"), N_("Note"), N_("Received"))
ANSWER_WIDTHS = (16, 14, 24, 8, 6, 12, 60, 20)


def export(workspace: Workspace, kind: Format, output: Path | None, listener: Listener) -> Exported:
    """Write all responses in one format; default: ``reports/merged.<format>`` (YAML: ``merged.yaml``).

    Parquet takes a folder, with a file for each of ``TABLES``.
    """
    if kind == "yaml" and output is None:
        with workspace.writing(listener.waiting) as ledger:
            return write_merged(workspace, ledger)
    path = output_path(workspace, output, workspace.reports / ("parquet" if kind == "parquet" else f"merged.{kind}"))
    with workspace.reading() as ledger:
        kit = workspace.load().usable()[0]
        if kind == "parquet":
            return Exported(path, write_tables(path, workspace, ledger))
        everybody = [s for s in standings(ledger, kit) if s.content is not None]
        _WRITERS[kind](path, everybody, kit, rollup(ledger, kit))
        return Exported(path, len(everybody))


def _yaml(path: Path, everybody: list[Standing], kit: Kit, units: list[Record]) -> None:
    with replacing(path) as stream:
        stream.write(head(kit.plan.id).encode())
        for standing in everybody:
            stream.write(block(record_of(standing)).encode())
        for piece in tail(len(everybody), units):
            stream.write(piece.encode())


def _as_json(path: Path, everybody: list[Standing], kit: Kit, units: list[Record]) -> None:
    data: dict[str, Any] = {
        "format": MERGED_FORMAT,
        "campaign": kit.plan.id,
        "responses": [record_of(s) for s in everybody],
    }
    data["rollup"] = units
    with replacing(path) as stream:
        stream.write(json.dumps(data, ensure_ascii=False, indent=1).encode())


def _csv(path: Path, everybody: list[Standing], kit: Kit, _units: list[Record]) -> None:
    write_csv(path, titles(ANSWER_HEADER, kit), _answers(everybody, kit))


def _xlsx(path: Path, everybody: list[Standing], kit: Kit, units: list[Record]) -> None:
    _ = translator(kit.plan.language)
    answers = (_("Answers"), titles(ANSWER_HEADER, kit), ANSWER_WIDTHS, _answers(everybody, kit))
    found = (record for standing in everybody for record in findings_of(standing, kit))
    write_xlsx(path, [answers, findings_sheet(found, kit), _rollup_sheet(units, kit)])


_WRITERS = {"yaml": _yaml, "json": _as_json, "csv": _csv, "xlsx": _xlsx}


def _rollup_sheet(units: list[Record], kit: Kit) -> Sheet:
    word = Wording(kit.plan.language).answer
    rows = (
        (unit["name"], item["id"], word(item["overall"]), *(item.get(str(said), 0) for said in SAID))
        for unit in units
        for item in unit["items"]
    )
    header = (*titles((N_("Unit"), N_("Item"), N_("Overall")), kit), *map(word, SAID))
    return translator(kit.plan.language)(N_("Roll-up")), header, (20, 8, 14, 10, 10, 10, 10, 10), rows


def _answers(everybody: list[Standing], kit: Kit) -> Iterator[Row]:
    words = WORDS[kit.plan.language]
    titles = {role.id: role.title for role in kit.plan.roles}
    for standing in everybody:
        who = standing.respondent
        about = (who.unit_name, who.name, ", ".join(titles.get(role, role) for role in who.roles))
        for item, part, answer, note in standing.answers():
            yield (*about, item, part, words[answer], note, standing.received_at)
