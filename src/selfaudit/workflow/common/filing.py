"""Files that people give, kept as they came, under names that people know."""

import hashlib
from itertools import count
from pathlib import PurePath

from selfaudit.model.progress.deliverables import FiledFile
from selfaudit.store.workspace import Workspace


def keep(workspace: Workspace, deliverable: str, name: str, data: bytes) -> FiledFile:
    """Keep a file of a deliverable; one of the same name that says something else stays. For the holder of the lock."""
    sha256 = hashlib.sha256(data).hexdigest()
    pure = PurePath(name)
    names = (f"{pure.stem}{f' ({n})' if n > 1 else ''}{pure.suffix}" for n in count(1))
    for free in names:
        file = workspace.deliverable_name(deliverable, free)
        path = workspace.path(file)
        if not path.exists():
            workspace.put(file, data)
        elif path.read_bytes() != data:
            continue
        return FiledFile(file=file, name=name, sha256=sha256, size=len(data))
    raise AssertionError(name)
