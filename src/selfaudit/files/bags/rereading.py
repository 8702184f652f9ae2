"""Reads a bag that was just written, as those who get it will read it, before anybody relies on it."""

import os
import zipfile
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import bagit

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error
from selfaudit.files.bags.checking import badly_listed
from selfaudit.files.bags.opening import Measured, gaps, refusals
from selfaudit.files.bags.writing import DECLARATION, INFO, MANIFEST, TAG_MANIFEST
from selfaudit.files.zips import DAMAGE

MISWRITTEN = error(
    "archive.miswritten",
    N_("the archive that was written cannot be read: {detail}"),
    N_("Nothing was kept of it. Look for the file named, or for a disk that fails, then run this again."),
)


def require_readable(stream: IO[bytes]) -> None:
    """Stop if a bag that was written to a file, open for reading as well, would not be taken for one."""
    stream.flush()
    try:
        problems = [*_misread(stream)]
    except UserError as exc:
        problems = exc.problems
    except (*DAMAGE, bagit.BagError) as exc:
        raise UserError(MISWRITTEN(detail=exc)) from exc
    if problems:
        raise UserError([MISWRITTEN(one.where, detail=one.message) for one in problems])


def _misread(stream: IO[bytes]) -> Iterator[Problem]:
    """Yield what is wrong with files, their checksums and their names in the manifests, as the library reads them."""
    with Measured(FileIO(os.dup(stream.fileno()))) as whole, zipfile.ZipFile(whole) as archive:
        infos = archive.infolist()
        yield from refusals("", archive, infos)
        yield from gaps("", whole, archive, infos)
        if damaged := archive.testzip():
            yield MISWRITTEN(Where(damaged), detail="CRC-32")
        top = infos[0].filename.partition("/")[0]
        with TemporaryDirectory() as folder:
            for name in (DECLARATION, INFO, MANIFEST, TAG_MANIFEST):
                (Path(folder) / name).write_bytes(archive.read(f"{top}/{name}"))
            yield from badly_listed(folder, {info.filename.removeprefix(f"{top}/") for info in infos})
