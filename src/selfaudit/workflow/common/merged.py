"""``merged.yaml``: what everybody said, kept up to date for other programs."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from selfaudit.files.atomic import replacing
from selfaudit.files.yaml.writer import flow
from selfaudit.model.rollup import BODY, UnitRollup, roll_up
from selfaudit.model.standing import Standing
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.standings import standings

MERGED_FORMAT = "selfaudit/merged/1"


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the data went and how many responses are in it."""

    path: Path
    responses: int


def write_merged(workspace: Workspace, ledger: Ledger) -> Exported:
    """Write ``merged.yaml``, one item a line; for the holder of the lock."""
    path = workspace.merged_file
    answered = (standing for standing in standings(ledger) if standing.content is not None)
    with replacing(path, workspace.scratch) as stream:
        count = write_blocks(stream, ledger.meta("id"), answered)
        stream.write(rollup_block(rollup(ledger)).encode())
    return Exported(path, count)


def rollup(ledger: Ledger) -> list[dict[str, Any]]:
    """Return what every unit and the body say together about each item, units first, as plain data."""
    asked = Forms(ledger).asked()
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


def rollup_block(units: list[dict[str, Any]]) -> str:
    """Return what units and body say together, as the end of ``merged.yaml``."""
    lines = ["rollup:" if units else "rollup: []"]
    for unit in units:
        lines += [f"  - unit: {flow(unit['unit'])}", f"    name: {flow(unit['name'])}", "    items:"]
        lines += [f"      - {flow(item)}" for item in unit["items"]]
    return "\n".join(lines) + "\n"


def refresh_merged(workspace: Workspace, ledger: Ledger) -> None:
    """Write ``merged.yaml`` unless it is what was written after the last change; for the holder of the lock."""
    path = workspace.merged_file
    if not path.is_file() or ledger.meta("merged") != f"{ledger.last_change()} {path.stat().st_size}":
        write_merged(workspace, ledger)
        ledger.put_meta("merged", f"{ledger.last_change()} {path.stat().st_size}")


def write_blocks(stream: IO[bytes], campaign: str, answered: Iterable[Standing]) -> int:
    """Write the head and one block for every response; return how many there are."""
    stream.write(f"format: {MERGED_FORMAT}\ncampaign: {flow(campaign)}\nresponses:".encode())
    count = 0
    for standing in answered:
        stream.write(b"\n" + _block(standing).encode())
        count += 1
    stream.write(b"\n" if count else b" []\n")
    return count


def _block(standing: Standing) -> str:
    lines = []
    for key, value in record(standing).items():
        if isinstance(value, list) and value:
            lines += [f"{key}:", *(f"  - {flow(entry)}" for entry in value)]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "  - " + "\n    ".join(lines)


def record(standing: Standing) -> dict[str, Any]:
    """Return a response with whose it is, as plain data."""
    who = standing.respondent
    about = {"respondent": who.key, "name": who.name, "unit": who.unit, "unit_name": who.unit_name}
    state = {"state": standing.state, "received_at": standing.received_at, "digest": standing.digest}
    said = {key: value for key, value in (standing.content or {}).items() if key != "format"}
    return {**about, "roles": list(who.roles), **state, **said}
