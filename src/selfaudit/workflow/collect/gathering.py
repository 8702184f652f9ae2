"""Gathers the files that are no forms while responses are read, and remembers where the responses lie."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from selfaudit.files.incoming import Incoming
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.proof import sure_kind


@dataclass(frozen=True, slots=True)
class Loose:
    """A file that is no form: the path with which it came, what it is, and the ending with which it is kept."""

    path: str
    sha256: str
    size: int
    kind: str = ""
    suffix: str = ""

    @property
    def name(self) -> str:
        """The name of the file, without its folders."""
        return PurePosixPath(self.path).name


class Gathering:
    """What came that is no form: ``loose`` files are kept, ``refused`` ones only if a response names them.

    ``heard`` are the keys of those whose responses lie in a folder or zip, with the digests of these; ``asked`` are
    those to whose responses files may have to come.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Take the campaign in whose folder evidence is kept."""
        self._workspace = workspace
        self.loose: list[Loose] = []
        self.refused: list[Loose] = []
        self.heard: dict[str, dict[str, set[str]]] = {}
        self.asked: set[str] = set()
        self._nobodys: set[str] = set()

    def take(self, item: Incoming) -> bool:
        """Keep a file that is certainly no form; return whether it is one. For the holder of the lock."""
        kind = sure_kind(item.data)
        if kind is None:
            return False
        self.keep(Loose(item.name, item.sha256, len(item.data), kind.family.name.lower(), kind.suffix), item.data)
        return True

    def keep(self, one: Loose, data: bytes) -> None:
        """Keep a file as evidence; for the holder of the lock."""
        self._workspace.keep_evidence(self._workspace.evidence_name(one.sha256, one.suffix), data)
        self.loose.append(one)

    def hear(self, path: str, respondent: str, digest: str, *, files: bool = False) -> None:
        """Note that a response of somebody lies at a path, and whether files may have to come with it."""
        heard = self.heard.setdefault(str(PurePosixPath(path).parent), {})
        heard.setdefault(respondent, set()).add(digest)
        if files:
            self.asked.add(respondent)

    def refuse(self, path: str, sha256: str, size: int, *, nobodys: bool) -> None:
        """Note a file that cannot be used as a form; ``nobodys`` says that it has no passport either."""
        self.refused.append(Loose(path, sha256, size))
        if nobodys:
            self._nobodys.add(path)

    def is_note(self, path: str) -> bool:
        """Return whether a refused file has no passport and lies in a zip in which a usable form is."""
        folders = PurePosixPath(path).parents
        archive = next((n for n, folder in enumerate(folders) if folder.suffix.lower() == ".zip"), -1)
        return path in self._nobodys and any(str(folder) in self.heard for folder in folders[: archive + 1])
