"""The page and the zip that each unit hands out: which of them are older than the forms in them."""

import json
import zipfile
from collections.abc import Iterable

from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.workspace import Workspace

PAGE = "index.html"
_KEY = "unbundled"


def bundle_files(unit: str) -> tuple[str, str]:
    """Return the names of the page and the zip of a unit, relative to the campaign."""
    return Workspace.outbox_name(unit, PAGE), Workspace.outbox_zip(unit)


def is_bundled(workspace: Workspace, unit: str) -> bool:
    """Return whether the page and the zip of a unit are there."""
    return all(workspace.path(file).is_file() for file in bundle_files(unit))


def unbundled(ledger: Ledger) -> list[str]:
    """Return the units whose page and zip are known to be older than their forms: a killed command may leave some."""
    return json.loads(ledger.meta(_KEY) or "[]")  # type: ignore[no-any-return]


def add_unbundled(ledger: Ledger, units: Iterable[str]) -> None:
    """Enter units whose forms changed."""
    ledger.put_meta(_KEY, json.dumps(sorted({*unbundled(ledger), *units}), ensure_ascii=False))


def drop_unbundled(ledger: Ledger, unit: str) -> None:
    """Enter that page and zip of a unit are up to date."""
    before = unbundled(ledger)
    if unit in before:
        left = [other for other in before if other != unit]
        ledger.put_meta(_KEY, json.dumps(left, ensure_ascii=False) if left else "")


def badly_bundled(workspace: Workspace, ledger: Ledger) -> list[str]:
    """Return the units that lack their page or zip, or whose zip lacks a form as it is in the outbox, by its size."""
    issued, latest = Forms(ledger).files(), Forms(ledger).latest()
    held: dict[str, list[str]] = {}
    for key, (_, active) in respondents(ledger).items():
        for file in issued.get(latest.get(key, ""), ()) if active else ():
            held.setdefault(workspace.outbox_folder(file), []).append(file)
    return [
        unit for unit, files in held.items() if not (is_bundled(workspace, unit) and _holds(workspace, unit, files))
    ]


def _holds(workspace: Workspace, unit: str, files: Iterable[str]) -> bool:
    """Return whether the zip of a unit contains files of the outbox."""
    try:
        with zipfile.ZipFile(workspace.path(Workspace.outbox_zip(unit))) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except zipfile.BadZipFile:
        return False
    there = (file for file in files if workspace.path(file).is_file())
    return all(sizes.get(workspace.inside_outbox(file)) == workspace.path(file).stat().st_size for file in there)
