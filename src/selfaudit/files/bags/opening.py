"""Unpacks a zip that may have come from anybody: what its directory says is looked at before anything is read.

A bag is looked at where it lies, or in the folder into which it was unpacked; every file is hashed once on the way.
"""

import hashlib
import os
import shutil
import stat
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error
from selfaudit.base.text import on_one_line
from selfaudit.files.bags.writing import DECLARATION, is_bomb
from selfaudit.files.kinds import ZIP_MEMBER
from selfaudit.files.zips import DAMAGE, DEFLATED, STORED

AGAIN = N_("Take another copy of the archive; this one is not as it was made.")

DAMAGED = error(
    "archive.damaged",
    N_("the zip is damaged or is no zip: {detail}"),
    AGAIN,
)
MEMBER_DAMAGED = error(
    "archive.member-damaged",
    N_("cannot be unpacked: {detail}"),
    AGAIN,
)
HEADER = error(
    "archive.header",
    N_("what stands before the file in the zip differs from the directory of the zip"),
    AGAIN,
)
HIDDEN = error(
    "archive.hidden",
    N_("the zip contains bytes that belong to no file"),
    N_("Do not use it; ask who made it, and take another copy of the archive."),
)
UNSAFE = error(
    "archive.unsafe", N_("would be written outside the folder, or is no plain name"), N_("Do not unpack this zip.")
)
TWICE = error("archive.twice", N_("is in the zip twice"), N_("Do not use it; take another copy of the archive."))
LINK = error("archive.link", N_("is a link or a device and no file"), N_("Do not unpack this zip."))
LOCKED = error("archive.locked", N_("is locked with a password"), N_("An archive never is; ask who created it."))
METHOD = error(
    "archive.method", N_("is packed in a way that an archive never is (method {method})"), N_("Do not unpack this zip.")
)
BOMB = error("archive.bomb", N_("would unpack to an unreasonable size"), N_("Do not unpack it; ask who created it."))
NO_SPACE = error(
    "archive.no-space",
    N_("{needed} MiB are needed to unpack it, and {free} MiB are free in {folder}"),
    N_("Free some space, or name a folder with more of it in the environment variable TMPDIR."),
)
NO_BAG = error(
    "archive.no-bag",
    N_("this is no archive: there is no bagit.txt in it"),
    N_("Name the zip that archive create made."),
)

MOST_MEMBERS = 500_000
_PIECE = 1 << 20
_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIBED = 8
"""The flag of a member whose sizes stand behind it."""
_DESCRIPTOR = 24
_ENTRY = b"PK\x01\x02"
_SMALLEST_ENTRY, _LARGEST_ENTRY = 46, 512
"""Bytes of an entry of a directory, at least and on average at most."""
_LONG = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag as a folder: the SHA-256 of every file in it by name, with slashes, and what was wrong with reading it."""

    folder: Path
    files: Mapping[str, str]
    problems: list[Problem]


def unpacked(path: Path, to: Path) -> Bag:
    """Unpack a zip into an empty folder and return the bag; stops if nothing of it may be unpacked."""
    try:
        with Measured(FileIO(path)) as stream, zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
            if unsafe := [*refusals(path.name, archive, infos)]:
                raise UserError(unsafe)
            _require_room(path, infos, to)
            problems = [*gaps(path.name, stream, archive, infos)]
            files: dict[str, str] = {}
            for info in infos:
                if not info.is_dir():
                    try:
                        files[info.filename] = _unpack(archive, info, to)
                    except DAMAGE as exc:
                        problems.append(MEMBER_DAMAGED(Where(on_one_line(info.filename)), detail=exc))
    except DAMAGE as exc:
        if isinstance(exc, OSError) and exc.errno is not None:
            raise
        raise UserError(DAMAGED(Where(path.name), detail=exc)) from exc
    return _within(to, files, problems)


def opened(folder: Path) -> Bag:
    """Return the bag of a folder; what is no regular file is told."""
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for above, folders, names in os.walk(folder):
        for name in sorted([*names, *(one for one in folders if (Path(above) / one).is_symlink())]):
            path = Path(above) / name
            shown = path.relative_to(folder).as_posix()
            if not stat.S_ISREG(path.lstat().st_mode):
                problems.append(LINK(Where(on_one_line(shown))))
                continue
            with path.open("rb") as stream:
                files[shown] = hashlib.file_digest(stream, "sha256").hexdigest()
    return _within(folder, files, problems)


def _within(folder: Path, files: Mapping[str, str], problems: list[Problem]) -> Bag:
    """Return the bag, which may be the only folder in a folder; files beside it are told with their place."""
    if DECLARATION in files:
        return Bag(folder, files, problems)
    tops = sorted({name.partition("/")[0] for name in files})
    for top in tops:
        if f"{top}/{DECLARATION}" in files:
            others = [name for name in files if not name.startswith(f"{top}/")]
            inside = {name.removeprefix(f"{top}/"): sha256 for name, sha256 in files.items() if name not in others}
            problems += [HIDDEN(Where(on_one_line(name))) for name in others]
            return Bag(folder / top, inside, problems)
    raise UserError([*problems, NO_BAG()])


class Measured(BufferedReader):
    """A zip of which too large a directory is never taken in, whatever the end of the zip says of it."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read; whoever asks for a piece larger than any other asks for the directory: refuse one that is too long."""
        wanted = os.fstat(self.fileno()).st_size - self.tell() if size is None or size < 0 else size
        if wanted > MOST_MEMBERS * _LARGEST_ENTRY:
            raise UserError(BOMB(Where(Path(str(self.name)).name)))
        data = super().read(size)
        # reading an entry takes a thousand bytes of memory
        if len(data) > MOST_MEMBERS * _SMALLEST_ENTRY and data.count(_ENTRY) > MOST_MEMBERS:
            raise UserError(BOMB(Where(Path(str(self.name)).name)))
        return data


def refusals(zip_name: str, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    """Yield which members of a zip of this name may not be unpacked."""
    seen: set[str] = set()
    for info in infos:
        where = Where(on_one_line(info.filename))
        if info.filename in seen:
            yield TWICE(where)
        seen.add(info.filename)
        yield from _refused(info, where)
    parents = {str(parent) for name in seen for parent in PurePosixPath(name).parents}
    yield from (TWICE(Where(on_one_line(name))) for name in sorted(seen & parents))
    # what lies over other members would be unpacked several times
    spans = sorted((info.header_offset, info.header_offset + _LOCAL.size + info.compress_size) for info in infos)
    ends = [*(begin for begin, _ in spans[1:]), archive.start_dir]
    if any(end > following for (_, end), following in zip(spans, ends, strict=True)):
        yield BOMB(Where(zip_name))


def _require_room(path: Path, infos: list[zipfile.ZipInfo], to: Path) -> None:
    needed, free = sum(info.file_size for info in infos), shutil.disk_usage(to).free
    if needed > free:
        raise UserError(NO_SPACE(Where(path.name), needed=needed >> 20, free=free >> 20, folder=to.parent))


def _refused(info: zipfile.ZipInfo, where: Where) -> Iterator[Problem]:
    name = info.filename
    pure = PurePosixPath(name)
    plain = name.rstrip("/") == str(pure) and "\x00" not in info.orig_filename and "\\" not in info.orig_filename
    windows = PureWindowsPath(name)
    if not plain or pure.is_absolute() or windows.drive or windows.root or ".." in pure.parts:
        yield UNSAFE(where)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind and kind != (stat.S_IFDIR if info.is_dir() else stat.S_IFREG):
        yield LINK(where)
    if info.flag_bits & 1:
        yield LOCKED(where)
    elif info.compress_type not in (STORED, DEFLATED):
        yield METHOD(where, method=info.compress_type)
    if is_bomb(info.file_size, info.compress_size) or (info.is_dir() and info.file_size):
        yield BOMB(where)


def gaps(zip_name: str, stream: IO[bytes], archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    """Yield where the heads of the members say something else than the directory, and bytes between them."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    ends = [0]
    for info in ordered:
        stream.seek(info.header_offset)
        head = stream.read(_LOCAL.size)
        if len(head) < _LOCAL.size:
            yield HEADER(Where(on_one_line(info.filename)))
            return
        lengths = _LOCAL.unpack(head)[-2:]
        name, extra = stream.read(lengths[0]), stream.read(lengths[1])
        if not _agrees(info, head, name, extra):
            yield HEADER(Where(on_one_line(info.filename)))
        ends.append(info.header_offset + _LOCAL.size + sum(lengths) + info.compress_size)
    begins = [*(info.header_offset for info in ordered), archive.start_dir]
    described = [False, *(bool(info.flag_bits & _DESCRIBED) for info in ordered)]
    for end, begin, behind in zip(ends, begins, described, strict=True):
        if not 0 <= begin - end <= (_DESCRIPTOR if behind else 0):
            yield HIDDEN(Where(zip_name))
            return
    if archive.comment:
        yield HIDDEN(Where(zip_name))


def _agrees(info: zipfile.ZipInfo, head: bytes, name: bytes, extra: bytes) -> bool:
    """Return whether the head of a member says what the directory says; sizes may stand behind it or in its extras."""
    mark, version, flags, method, time, day, crc, packed, size, _, _ = _LOCAL.unpack(head)
    moment = info.date_time
    same = (mark, flags, method) == (ZIP_MEMBER, info.flag_bits, info.compress_type)
    same &= version <= info.extract_version and name == _raw(info)
    same &= time == (moment[3] << 11 | moment[4] << 5 | moment[5] // 2)
    same &= day == ((moment[0] - 1980) << 9 | moment[1] << 5 | moment[2])
    long = _LONG in (packed, size) and bool(extra)
    known = (crc, packed, size) == (info.CRC, info.compress_size, info.file_size)
    return same and (known or long or bool(flags & _DESCRIBED))


def _raw(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, to: Path) -> str:
    """Write a member to its place and return its SHA-256; no more comes out of it than its directory says."""
    target = to / info.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(info) as source, target.open("xb") as stream:
        while piece := source.read(_PIECE):
            digest.update(piece)
            stream.write(piece)
    return digest.hexdigest()
