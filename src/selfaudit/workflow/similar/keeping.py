"""What came of a comparison is kept: as it is, and as two registers, which data checks ask like any other."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from selfaudit.base.canonical import canonical_json
from selfaudit.checks.cases import write_register
from selfaudit.checks.parquet import Value
from selfaudit.files.hashing import is_intact
from selfaudit.model.casefiles.comparison import (
    PAIRS,
    RECORDS,
    Comparison,
    NotCompared,
    same_auditors,
    same_organisation,
    same_team,
)
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.data.imported import REGISTER, Imported
from selfaudit.model.data.register import Register
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit, records
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.pool import Pool

_PATIENCE = 300
_SHORT = 8


def keep(workspace: Workspace, ledger: Ledger, made: Comparison, registers: Mapping[str, Register], by: str) -> None:
    """Keep what was found; the same again changes nothing. For the holder of the lock."""
    tables = {RECORDS: list(_records(made)), PAIRS: list(_pairs(made))}
    edits = []
    with Pool(patience=_PATIENCE) as pool:
        for id_, rows in tables.items():
            if register := registers.get(id_):
                path = workspace.scratch / f"{id_}.parquet"
                table = pool.run(write_register, register, rows, path)
                name = workspace.imported_name(id_, table.sha256)
                _put(path, workspace.path(name), table.sha256)
                kept = Imported(
                    file=name,
                    sha256=table.sha256,
                    rows=table.rows,
                    filled=dict(table.filled),
                    files=(),
                    mode="replace",
                )
                before = records(ledger, REGISTER).get(id_)
                edits.append(Edit(REGISTER, id_, before.version if before else 0, kept.model_dump(mode="json")))
    data = canonical_json(made.model_dump(mode="json", exclude_defaults=True) | {"format": made.format})
    workspace.look_alikes.mkdir(exist_ok=True)
    workspace.put(workspace.shown(workspace.found_alike_file), data)
    told = {"files": len(made.records), "pairs": len(made.found.pairs), "rings": len(made.found.rings)}
    edit(ledger, "similar", edits, by=by, **told)


def _put(made: Path, to: Path, sha256: str) -> None:
    if not is_intact(to, sha256):
        to.parent.mkdir(parents=True, exist_ok=True)
        made.replace(to)


def _records(made: Comparison) -> Iterator[dict[str, Value]]:
    for record in made.compared:
        yield {**_known(record), "characters": record.characters, "compared": True}
    for one in made.left:
        yield {**_known(one), "compared": False, "why": one.why}


def _known(one: CaseRecord | NotCompared) -> dict[str, Value]:
    return {
        "file": one.id,
        "case_number": one.case or one.id,
        "organisation": one.organisation or None,
        "standard": one.standard or None,
        "period": one.period or None,
        "auditors": list(one.auditors) or None,
    }


def _pairs(made: Comparison) -> Iterator[dict[str, Value]]:
    for pair in made.found.pairs:
        a, b = made.both(pair)
        sides = {
            f"{name}_{side}": getattr(record, name) or None
            for side, record in (("a", a), ("b", b))
            for name in ("organisation", "standard", "period")
        }
        yield sides | {
            "a": pair.a,
            "b": pair.b,
            "case_a": a.case or a.id,
            "case_b": b.case or b.id,
            "of_a": pair.of_a,
            "of_b": pair.of_b,
            "longest": pair.longest,
            "passages": pair.passages,
            "same_organisation": same_organisation(a, b),
            "same_auditors": list(same_auditors(a, b)) or None,
            "same_team": same_team(a, b),
            "source": made.sources.get(pair.a),
            # a verdict is on two texts
            "digest_a": a.digest[:_SHORT],
            "digest_b": b.digest[:_SHORT],
        }
