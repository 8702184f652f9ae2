"""Files that came back, could not be used and still wait for better ones, and whose they seem to be."""

from pathlib import PurePosixPath

from selfaudit.base.names import name_key
from selfaudit.files.remaining import copies_of, out_of_reach, still_there
from selfaudit.model.form.form import Labels, Respondent
from selfaudit.model.progress.status import Rejected
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import OriginalRow, rejected_files
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.workspace import Workspace


def rejections(workspace: Workspace, ledger: Ledger) -> list[Rejected]:
    """Return the files that could not be used or read, were not made good for since, and still lie there."""
    rows = rejected_files(ledger)
    # other files may have the same bytes, whatever became of the one of that name
    contents = {row.sha256: row for row, _replaced in rows}
    named = {row.name: row for row, replaced in rows if not replaced}
    found = {name: named[name] for name in still_there(named, workspace.inbox, workspace.root)}
    sizes = {row.sha256: row.size for row in contents.values()}
    found |= {name: contents[sha256] for name, sha256 in copies_of(sizes, workspace.inbox, workspace.root)}
    unread = [name for name in out_of_reach(workspace.inbox, workspace.root) if name not in found]
    owners = Owners(ledger) if found or unread else None
    if owners is None:
        return []
    return [*(owners.rejected(name, row) for name, row in found.items()), *map(owners.out_of_reach, unread)]


class Owners:
    """Says whose a file is, as far as the passport in it or its name tells."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger."""
        everybody = respondents(ledger)
        self._people = {key: who for key, (who, _active) in everybody.items()}
        self._labels = Labels(who for who, active in everybody.values() if active)
        self._called: dict[str, list[Respondent]] = {}
        for who, _active in everybody.values():
            self._called.setdefault(name_key(who.name), []).append(who)
        self._lengths = sorted({len(name) for name in self._called if len(name) > 1}, reverse=True)

    def rejected(self, name: str, row: OriginalRow) -> Rejected:
        """Return a rejected file with whose it is."""
        return self._told(name, self._people.get(row.respondent), Workspace.rejection_text(name))

    def out_of_reach(self, name: str) -> Rejected:
        """Return a file that cannot be read now, about which nobody needs to be written to."""
        return self._told(name, None, "")

    def _told(self, name: str, sure: Respondent | None, text: str) -> Rejected:
        who = sure or self._by_name(name)
        if who is None:
            return Rejected(name, text=text)
        return Rejected(name, who.key, self._labels.of(who), who.unit_name, sure=sure is not None, text=text)

    def _by_name(self, file: str) -> Respondent | None:
        """Return the one respondent whose name is in the name of a file, the longest name first."""
        stem = name_key(PurePosixPath(file).name)
        for length in self._lengths:
            parts = {stem[n : n + length] for n in range(len(stem) - length + 1)}
            found = [who for part in parts & self._called.keys() for who in self._called[part]]
            if found:
                return found[0] if len(found) == 1 else None
        return None
