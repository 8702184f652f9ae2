"""What a copy without personal data contains of a campaign, and what it does not and why."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.files.hashing import sha256_of
from selfaudit.files.yaml.writer import dump as yaml
from selfaudit.model.roster import Roster
from selfaudit.reports.build.similar import DOCUMENT as LOOKALIKES
from selfaudit.store.ledger.dumping import rows, tables
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.contents import Contents, LeftOut
from selfaudit.workflow.archive.redact.documents import masked, readings
from selfaudit.workflow.archive.redact.masking import Mask
from selfaudit.workflow.archive.redact.personal import says_who
from selfaudit.workflow.common.state.registers import current_registers, versions_of
from selfaudit.workflow.common.writing.places import place_of_body

ORIGINALS = N_("originals and scans bear names and handwriting ({count} files)")
QUOTES = N_("it quotes case files, and nobody knows the names of all people in these")
SAMPLES = N_("without the names in them, their SHA-256 would prove nothing any more ({count} files)")
DATABASE = N_("the database itself; its tables are in ledger/, as text without personal data")
SECRET = N_("only for who goes on with the campaign")
AGAIN = N_("what it says is in ledger/, without personal data")
COPY = N_("a copy of a file of which registers were made")
EARLIER = N_("an earlier state")
OTHER_KIND = N_("a kind of file from which names cannot be taken out for certain")
STILL = N_("names or texts in confidence would be left in it")

_FOLLOWING = frozenset({"merged", "merged_units", "merged_file", "unmerged", "called"})
"""Tables that follow from the others, or have nothing but names."""
_KEY = "secret"
"""The fact of the campaign that nobody else may know."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """Files by their names in the campaign, as they may be shown to others; and what is left out."""

    files: dict[str, bytes]
    left_out: list[LeftOut]


def redacted(workspace: Workspace, ledger: Ledger, inside: Contents, roster: Roster, mask: Mask) -> Redacted:
    """Return the campaign without originals and personal data."""
    made = Redacted({}, [LeftOut(workspace.LEDGER, DATABASE)])
    copies = {
        file.sha256
        for name in current_registers(workspace, ledger)
        for one in versions_of(workspace, ledger, name)
        for file in one.data.files
    }
    whole = _whole(workspace)
    counts = dict.fromkeys(whole, 0)
    for name in inside.files:
        first = name.partition("/")[0]
        if first in counts:
            counts[first] += 1
        elif sha256_of(workspace.path(name)) in copies:
            made.left_out.append(LeftOut(mask.text(name), COPY))
        elif reason := _added(workspace, name, roster, mask, made.files):
            made.left_out.append(LeftOut(mask.text(name), reason))
    for folder, count in counts.items():
        if count:
            made.left_out.append(LeftOut(f"{folder}/", whole[folder], count))
    made.left_out.extend(LeftOut(mask.text(one.name), one.reason, one.count) for one in inside.left_out)
    made.left_out.sort(key=lambda one: one.name)
    return made


def _whole(workspace: Workspace) -> dict[str, str]:
    """Return the folders of what people sent, of what was sent to each of them, and of lists of it, with the reason."""
    several = (workspace.inbox, workspace.received, workspace.papers, workspace.outbox, workspace.rejections)
    filed = (workspace.evidence, workspace.deliverables, workspace.registers)
    cases = (workspace.case_files, workspace.look_alikes)
    folders = (*several, *filed, *cases)
    return dict.fromkeys((folder.name for folder in folders), ORIGINALS) | {workspace.samples.name: SAMPLES}


def _never(workspace: Workspace) -> dict[Path, str]:
    """Return what is not shown to others at all, and why."""
    return {
        workspace.secret_file: SECRET,
        workspace.issued_file: SECRET,
        workspace.merged_file: AGAIN,
        workspace.replaced_roster_file: EARLIER,
        workspace.previous_file: EARLIER,
    }


def _annex(workspace: Workspace) -> str:
    """Return with what the names of documents begin that quote case files."""
    return Path(place_of_body(LOOKALIKES, workspace.plan())).stem


def _added(workspace: Workspace, name: str, roster: Roster, mask: Mask, files: dict[str, bytes]) -> str:
    """Add a file as it may be shown; return why it may not, else an empty text."""
    path = workspace.path(name)
    if reason := _never(workspace).get(path):
        return reason
    if path == workspace.roster_file:
        files[name] = _roster(roster, mask).encode()
        return ""
    if workspace.reports in path.parents and path.name.startswith(_annex(workspace)):
        return QUOTES
    made = masked(name, path.read_bytes(), mask)
    if made is None:
        return OTHER_KIND
    if any(True for _, text in readings(name, made) for _ in mask.found(text)):
        return STILL
    files[mask.text(name)] = made
    return ""


def _roster(roster: Roster, mask: Mask) -> str:
    """Return the roster with others instead of names and numbers of people, and without their addresses."""
    data = roster.model_dump(mode="json", exclude_defaults=True)
    data["format"] = roster.format
    for one in (*data["units"], *data.get("people", ())):
        one.pop("email", None)
    data = mask.data(data)
    for unit in data["units"]:
        if "head" in unit:
            unit["head"] = mask.number(unit["head"])
    for person in data.get("people", ()):
        person["id"] = mask.number(person["id"])
    return yaml(data)


def redacted_tables(ledger: Ledger, mask: Mask, folder: Path) -> Iterator[Path]:
    """Write every table of the ledger as lines of JSON without personal data; yield the files."""
    for table in tables(ledger):
        if table in _FOLLOWING:
            continue
        path = folder / f"{table}.jsonl"
        with path.open("wb") as stream:
            for row in rows(ledger, table):
                if table != "meta" or row["key"] != _KEY:
                    about = mask.about(row)
                    made = {name: _value(name, value, mask, about) for name, value in row.items()}
                    stream.write(json.dumps(made, ensure_ascii=False).encode() + b"\n")
        yield path


def _value(name: str, value: object, mask: Mask, about: str) -> object:
    if not isinstance(value, str):
        return value
    if says_who(name):
        return mask.person(value, about)
    if value[:1] in ("{", "["):
        try:
            return json.dumps(mask.data(json.loads(value), about=about), ensure_ascii=False)
        except ValueError:
            pass
    return mask.text(value, about)
