"""``export`` and ``merged.yaml``: what everybody said, as data for other programs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from selfaudit.base.i18n import N_, translator
from selfaudit.files.atomic import replacing
from selfaudit.files.sheets.writing import Row, write_csv, write_xlsx
from selfaudit.files.yaml.writer import flow
from selfaudit.model.answers import WORDS, Answer
from selfaudit.model.kit import Kit
from selfaudit.model.rollup import BODY, UnitRollup, roll_up
from selfaudit.model.standing import FindingRecord, Standing, findings_of
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.standings import standings

Format = Literal["yaml", "json", "csv", "xlsx"]
MERGED_FORMAT = "selfaudit/merged/1"

Sheet = tuple[str, Sequence[str], Sequence[int], Iterable[Row]]
"""Name, header, widths and rows of a sheet."""

ANSWER_HEADER = (N_("Unit"), N_("Name"), N_("Roles"), N_("Item"), N_("Part"), N_("Answer"), N_("Note"), N_("Received"))
ANSWER_WIDTHS = (16, 14, 24, 8, 6, 12, 60, 20)
FINDING_HEADER = (
    N_("Finding"), N_("Unit"), N_("Name"), N_("Item"), N_("Severity"), N_("Fact"), N_("Basis"), N_("Certificates"),
    N_("People concerned"), N_("Cause"), N_("Correction"), N_("Search for the like"), N_("Disposition"), N_("Owner"),
    N_("Due"),
)  # fmt: skip
FINDING_WIDTHS = (20, 16, 14, 8, 8, 50, 24, 20, 16, 40, 40, 40, 30, 12, 12)


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the data went and how many responses are in it."""

    path: Path
    responses: int


def write_merged(workspace: Workspace, ledger: Ledger) -> Exported:
    """Write ``merged.yaml``, one item a line; for the holder of the lock."""
    path = workspace.path("merged.yaml")
    answered = (standing for standing in standings(ledger) if standing.content is not None)
    with replacing(path, workspace.scratch) as stream:
        count = _write_blocks(stream, ledger.meta("id"), answered)
        stream.write(_rollup_block(rollup(ledger)).encode())
    return Exported(path, count)


def rollup(ledger: Ledger) -> list[dict[str, Any]]:
    """Return what every unit and the body say together about each item, units first, as plain data."""
    asked = ledger.asked()
    everybody = ((standing, asked.get(standing.respondent.key)) for standing in standings(ledger))
    units = {key: (name, parent) for key, (name, parent) in json.loads(ledger.meta("units") or "{}").items()}
    found = roll_up(everybody, units, ledger.meta("body"))
    ordered = [key for key in (*units, *found) if key in found and key != BODY]
    return [_rolled(key, found[key]) for key in (*dict.fromkeys(ordered), *({BODY} & found.keys()))]


def _rolled(key: str, unit: UnitRollup) -> dict[str, Any]:
    items = [
        {"id": item, "overall": str(unit.overall(item)), **{str(answer): n for answer, n in sorted(counts.items())}}
        for item, counts in unit.items.items()
    ]
    return {"unit": key, "name": unit.name, "items": items}


def _rollup_block(units: list[dict[str, Any]]) -> str:
    lines = ["rollup:" if units else "rollup: []"]
    for unit in units:
        lines += [f"  - unit: {flow(unit['unit'])}", f"    name: {flow(unit['name'])}", "    items:"]
        lines += [f"      - {flow(item)}" for item in unit["items"]]
    return "\n".join(lines) + "\n"


def bring_up_merged(workspace: Workspace, ledger: Ledger) -> None:
    """Write ``merged.yaml`` unless it is what was written after the last change; for the holder of the lock."""
    path = workspace.path("merged.yaml")
    if not path.is_file() or ledger.meta("merged") != f"{ledger.last_change()} {path.stat().st_size}":
        write_merged(workspace, ledger)
        ledger.put_meta("merged", f"{ledger.last_change()} {path.stat().st_size}")


def _write_blocks(stream: IO[bytes], campaign: str, answered: Iterable[Standing]) -> int:
    stream.write(f"format: {MERGED_FORMAT}\ncampaign: {flow(campaign)}\nresponses:".encode())
    count = 0
    for standing in answered:
        stream.write(b"\n" + _block(standing).encode())
        count += 1
    stream.write(b"\n" if count else b" []\n")
    return count


def _block(standing: Standing) -> str:
    lines = []
    for key, value in _record(standing).items():
        if isinstance(value, list) and value:
            lines += [f"{key}:", *(f"  - {flow(entry)}" for entry in value)]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "  - " + "\n    ".join(lines)


def _record(standing: Standing) -> dict[str, Any]:
    who = standing.respondent
    about = {"respondent": who.key, "name": who.name, "unit": who.unit, "unit_name": who.unit_name}
    state = {"state": standing.state, "received_at": standing.received_at, "digest": standing.digest}
    said = {key: value for key, value in (standing.content or {}).items() if key != "format"}
    return {**about, "roles": list(who.roles), **state, **said}


def export(workspace: Workspace, kind: Format, output: Path | None, listener: Listener) -> Exported:
    """Write all responses in one format; default: ``reports/merged.<format>`` (YAML: ``merged.yaml``)."""
    if kind == "yaml" and output is None:
        with workspace.writing(listener.waiting) as ledger:
            return write_merged(workspace, ledger)
    with workspace.reading() as ledger:
        path = output or workspace.path(f"reports/merged.{kind}")
        kit = workspace.load().usable()[0]
        everybody = [s for s in standings(ledger) if s.content is not None]
        _WRITERS[kind](path, everybody, kit, rollup(ledger))
        return Exported(path, len(everybody))


def _yaml(path: Path, everybody: list[Standing], kit: Kit, units: list[dict[str, Any]]) -> None:
    with replacing(path) as stream:
        _write_blocks(stream, kit.plan.id, everybody)
        stream.write(_rollup_block(units).encode())


def _as_json(path: Path, everybody: list[Standing], kit: Kit, units: list[dict[str, Any]]) -> None:
    data: dict[str, Any] = {
        "format": MERGED_FORMAT,
        "campaign": kit.plan.id,
        "responses": [_record(s) for s in everybody],
    }
    data["rollup"] = units
    with replacing(path) as stream:
        stream.write(json.dumps(data, ensure_ascii=False, indent=1).encode())


def _csv(path: Path, everybody: list[Standing], kit: Kit, _units: list[dict[str, Any]]) -> None:
    write_csv(path, _titles(ANSWER_HEADER, kit), _answers(everybody, kit))


def _xlsx(path: Path, everybody: list[Standing], kit: Kit, units: list[dict[str, Any]]) -> None:
    _ = translator(kit.plan.language)
    answers = (_("Answers"), _titles(ANSWER_HEADER, kit), ANSWER_WIDTHS, _answers(everybody, kit))
    found = (record for standing in everybody for record in findings_of(standing, kit))
    write_xlsx(path, [answers, findings_sheet(found, kit), _rollup_sheet(units, kit)])


_WRITERS = {"yaml": _yaml, "json": _as_json, "csv": _csv, "xlsx": _xlsx}


def _rollup_sheet(units: list[dict[str, Any]], kit: Kit) -> Sheet:
    words = WORDS[kit.plan.language]
    rows = (
        (unit["name"], item["id"], words[Answer(item["overall"])], *(item.get(str(answer), 0) for answer in Answer))
        for unit in units
        for item in unit["items"]
    )
    header = (*_titles((N_("Unit"), N_("Item"), N_("Overall")), kit), *(words[answer] for answer in Answer))
    return translator(kit.plan.language)(N_("Roll-up")), header, (20, 8, 14, 10, 10, 10, 10), rows


def findings_sheet(found: Iterable[FindingRecord], kit: Kit) -> Sheet:
    """Return the sheet of some findings, for ``write_xlsx``."""
    rows = (finding_row(record, kit) for record in found)
    return translator(kit.plan.language)(N_("Findings")), _titles(FINDING_HEADER, kit), FINDING_WIDTHS, rows


def finding_row(record: FindingRecord, kit: Kit) -> Row:
    """Return a finding as the cells under ``FINDING_HEADER``."""
    severity = {s.id: s.title for s in kit.plan.severities}.get(record.severity, record.severity)
    classes = {d.id: d.title for d in kit.plan.dispositions}
    handled = record.data.get("disposition", {}).items()
    disposition = "\n".join(f"{classes.get(key, key)}: {text}" for key, text in handled)
    texts = [record.data.get(key, "") for key in ("fact", "basis", "certificates", "people", "cause", "correction")]
    rest = (record.data.get("similar", ""), disposition, record.data.get("owner", ""), record.data.get("due", ""))
    who = record.respondent
    return (record.id, who.unit_name, who.name, record.place, severity, *texts, *rest)


def _titles(header: tuple[str, ...], kit: Kit) -> list[str]:
    return [translator(kit.plan.language)(title) for title in header]


def _answers(everybody: list[Standing], kit: Kit) -> Iterator[Row]:
    words = WORDS[kit.plan.language]
    titles = {role.id: role.title for role in kit.plan.roles}
    for standing in everybody:
        who = standing.respondent
        about = (who.unit_name, who.name, ", ".join(titles.get(role, role) for role in who.roles))
        for item, part, answer, note in standing.answers():
            yield (*about, item, part, words[answer], note, standing.received_at)
