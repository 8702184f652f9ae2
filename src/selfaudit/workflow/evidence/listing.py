"""``evidence list``: which files there are, for what, and which are missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, Some, UserError, error
from selfaudit.files.sheets.writing import Row, write_xlsx
from selfaudit.model.evidence import STATE_WORDS, EvidenceAt, EvidenceFile, unassigned
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import Standing
from selfaudit.store.ledger.evidence import evidence_files
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.evidence import evidence_of_corrections
from selfaudit.workflow.common.state.respondents import find_respondent
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.writing.output import output_path

NO_FILE = error(
    "evidence.no-file",
    N_("no evidence is called “{name}”, and there is no such file"),
    N_("Give a path, a name or the beginning of a hash as selfaudit evidence list shows it."),
)
WHICH_FILE = error("evidence.which-file", N_("several files are meant by “{name}”"), N_("Give one of: {hashes}."))
SHORTEST = 4
"""Characters of a hash that are enough to mean a file."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A file at a place, and whose it is."""

    standing: Standing
    at: EvidenceAt

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        who = self.standing.respondent
        return {"respondent": who.key, "name": who.name, "unit": who.unit_name, "evidence": self.at.as_data()}


@dataclass(slots=True)
class Listed:
    """The evidence of some respondents, the gaps in it, and the files that belong to nothing yet, by hash."""

    rows: list[Shown] = field(default_factory=list)
    gaps: list[tuple[str, Problem]] = field(default_factory=list)
    unassigned: dict[str, EvidenceFile] = field(default_factory=dict)

    @property
    def to_act_on(self) -> bool:
        """Whether something is missing, or belongs to nothing yet."""
        return bool(self.gaps or self.unassigned)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {
            "evidence": [row.as_data() for row in self.rows],
            "missing": [{"name": name, **gap.as_data()} for name, gap in self.gaps],
            "unassigned": [
                {"sha256": sha256, **file.model_dump(mode="json")} for sha256, file in self.unassigned.items()
            ],
        }


def evidence(workspace: Workspace, of: str = "") -> tuple[Kit, Listed]:
    """Return the kit and the evidence of everybody, or of one respondent."""
    kit = workspace.load().usable()[0]
    with workspace.reading() as ledger:
        key = find_respondent(ledger, of)[0] if of else ""
        return kit, _listed(ledger, kit, key)


def _listed(ledger: Ledger, kit: Kit, key: str) -> Listed:
    found = Listed()
    used = set[str]()
    proposed = [(who.key, at) for who, at in evidence_of_corrections(ledger)]
    used |= {at.sha256 for _, at in proposed}
    for standing in standings(ledger, kit):
        used |= {at.sha256 for at in standing.evidence}
        if key in ("", standing.respondent.key):
            own = (at for owner, at in proposed if owner == standing.respondent.key)
            found.rows += [Shown(standing, at) for at in (*standing.evidence, *own)]
            found.gaps += [(standing.respondent.name, gap) for gap in standing.gaps if gap.code.startswith("evidence.")]
    if not key:
        found.unassigned = unassigned(evidence_files(ledger), used)
    return found


def one(workspace: Workspace, name: str) -> tuple[str, EvidenceFile, list[Shown]]:
    """Return hash and file that are meant, and everything that it is evidence of."""
    _kit, found = evidence(workspace)
    with workspace.reading() as ledger:
        files = evidence_files(ledger)
    sha256 = file_meant(files, name)
    return sha256, files[sha256], [row for row in found.rows if row.at.sha256 == sha256]


def file_meant(files: dict[str, EvidenceFile], name: str) -> str:
    """Return the hash of the file that is meant by its name or the beginning of its hash."""
    text = name.strip()
    by_hash = [sha256 for sha256 in files if len(text) >= SHORTEST and sha256.startswith(text.lower())]
    found = by_hash or [sha256 for sha256, file in files.items() if text in (file.name, file.file, file.source)]
    if not found:
        raise UserError(NO_FILE(name=name))
    if len(found) > 1:
        raise UserError(WHICH_FILE(name=name, hashes=Some([sha256[:12] for sha256 in found])))
    return found[0]


_HEADER = (
    N_("Unit"), N_("Name"), N_("Item"), N_("Finding"), N_("File"), N_("Size (bytes)"), "SHA-256", N_("State"),
    N_("Assigned by"), N_("Kept as"),
)  # fmt: skip
_WIDTHS = (18, 14, 8, 10, 36, 12, 40, 16, 12, 50)


def export_evidence(workspace: Workspace, of: str, output: Path | None) -> tuple[Path, int]:
    """Write the index of evidence as a workbook (default ``reports/evidence.xlsx``); return path and rows."""
    path = output_path(workspace, output, workspace.reports / "evidence.xlsx")
    kit, found = evidence(workspace, of)
    say = translator(kit.plan.language)
    with workspace.reading() as ledger:
        files = evidence_files(ledger)
    rows = [*_cells(found, files, say)]
    write_xlsx(path, [(say(N_("Index of evidence")), [say(title) for title in _HEADER], _WIDTHS, rows)])
    return path, len(rows)


def _cells(found: Listed, files: dict[str, EvidenceFile], say: Any) -> Iterator[Row]:
    for row in found.rows:
        who, at = row.standing.respondent, row.at
        kept = files[at.sha256].file if at.sha256 else ""
        size: str | int = at.size if at.sha256 else ""
        about = (who.unit_name, who.name, at.place, at.finding, at.name)
        yield (*about, size, at.sha256, say(STATE_WORDS[at.state]), at.by, kept)
    for sha256, file in found.unassigned.items():
        yield ("", "", "", "", file.name, file.size, sha256, say(N_("not yet assigned")), "", file.file)
