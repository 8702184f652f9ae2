"""What people send back, file by file: from files, folders and zips, without trusting any of it."""

import hashlib
import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error, note
from selfaudit.base.text import on_one_line
from selfaudit.base.trouble import reason_of
from selfaudit.files.kinds import ZIP_END, ZIP_MEMBER, is_office
from selfaudit.files.listing import is_folder, listed, shown_name
from selfaudit.files.litter import HEAD, in_litter_folder, is_litter, is_written, not_here_yet

LARGEST_ZIP = 512 * 1024 * 1024
MOST_MEMBERS = 20_000
_LONGEST_END = 66_000
"""Bytes at the end of a zip in which its directory announces itself: 22 and a comment."""
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error,
)  # fmt: skip
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})

NOT_THERE = error("input.none", N_("there is no such file or folder"), N_("Check the path."))
TOO_LARGE = error(
    "input.too-large",
    N_("{size} MiB is too large (at most {limit} MiB); it was left where it is"),
    N_("Ask for a smaller file: a scan at 200 dpi, a photo in ordinary quality, a shorter video."),
)
LINK = error("input.link", N_("links are not followed"), N_("Put the file itself there."))
SCAN_TOO_LARGE = error(
    "input.scan-too-large",
    N_("{size} MiB is too large for a scan (at most {limit} MiB); it was left where it is"),
    N_("Scan at 200 to 300 dpi, into several files."),
)
UNREADABLE = error(
    "input.unreadable",
    N_("the file cannot be opened: {detail}"),
    N_("Check the permissions, and that it has been downloaded."),
)
UNREADABLE_FOLDER = error(
    "input.unreadable-folder",
    N_("the folder cannot be opened, and whatever is in it was not read: {detail}"),
    N_("Check the permissions, then run this again."),
)
NOT_HERE = error(
    "input.not-here",
    N_("“{file}” has not been downloaded yet; only a placeholder or part of it is here"),
    N_("Download the file, then run this again."),
)
METHOD = error(
    "input.zip-method",
    N_("the zip is packed in a way that cannot be unpacked here (method {method})"),
    N_("Unpack it and put the files here."),
)
BAD_ZIP = error("input.bad-zip", N_("the zip is damaged or is not a zip file"), N_("Ask for it to be sent again."))
ENCRYPTED = error("input.encrypted", N_("the zip is locked with a password"), N_("Unpack it and put the files here."))
ESCAPES = error(
    "input.escapes",
    N_("“{member}” would be written outside the folder"),
    N_("Do not unpack this zip; ask who created it."),
)
BOMB = error(
    "input.bomb", N_("the zip would unpack to an unreasonable size"), N_("Do not unpack it; ask who created it.")
)
NESTED = error("input.nested", N_("a zip inside a zip is not opened"), N_("Unpack the outer one first."))
SPECIAL = error("input.special", N_("pipes and devices are not read"), N_("Put a regular file there."))
EMPTY = error("input.empty", N_("there is nothing in it"), N_("Check that you named the right folder or file."))
OWN = note(
    "input.own",
    N_("created by selfaudit itself, so skipped (files: {count})"),
    N_("Use the original scans from the scanner or phone."),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The bytes of the largest file and of the largest zip that are read, and how a larger file is reported.

    ``own`` is the folder of the campaign whose files were made here, but for those in ``kept``, which were sent.
    """

    largest: int
    largest_zip: int
    too_large: Kind
    own: str = ""
    kept: str = ""


FORMS = Limits(50 * 1024 * 1024, LARGEST_ZIP, TOO_LARGE)
"""Responses, and the files beside them: a long scan or a minute of video. How large a form may be, its readers know."""
SCANS = Limits(200 * 1024 * 1024, 2 * 1024 * 1024 * 1024, SCAN_TOO_LARGE)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file: its name as the user knows it, and its bytes with their SHA-256 in hexadecimal, or what is wrong."""

    name: str
    data: bytes = b""
    problem: Problem | None = None
    sha256: str = field(init=False, compare=False, default="")

    def __post_init__(self) -> None:
        """Work out the hash, which everybody needs, once."""
        if not self.problem:
            object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


def _is_container(stream: IO[bytes]) -> bool:
    """Distinguish a zip of responses from Word, Excel and OpenDocument files, which are zips as well.

    Something else with a zip after it is what it begins as.
    """
    if stream.read(2) != ZIP_MEMBER[:2] or not zipfile.is_zipfile(stream):
        return False
    if _member_count(stream) > MOST_MEMBERS:
        return True
    try:
        with zipfile.ZipFile(stream) as archive:
            return not is_office(archive.namelist())
    except _DAMAGE:
        return True


def _member_count(stream: IO[bytes]) -> int:
    """Return how many members a zip says it has, without reading its directory; a ZIP64 one has too many anyway."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _LONGEST_END))
    end = stream.read()
    at = end.rfind(ZIP_END)
    return int.from_bytes(end[at + 10 : at + 12], "little") if at >= 0 else 0


class Given:
    """Files, folders and zips that somebody gave; what is in the folders is listed once."""

    def __init__(self, paths: Iterable[Path], base: Path, limits: Limits = FORMS) -> None:
        """Take what was given, and the folder relative to which files are named."""
        self._base = base
        self._limits = limits
        self._locked: list[Incoming] = []
        self._paths = [(path, self._list(path) if is_folder(path) else None) for path in paths]

    def __len__(self) -> int:
        """Return how many files there are, for a progress bar; zips count as one."""
        return sum(1 if files is None else len(files) for _, files in self._paths) + len(self._locked)

    def _list(self, folder: Path) -> list[str]:
        locked: list[tuple[str, OSError]] = []
        found = listed(folder, locked)
        for path, exc in locked:
            name = shown_name(Path(path), self._base)
            problem = UNREADABLE_FOLDER(Where(name), detail=reason_of(exc))
            self._locked.append(Incoming(name, problem=problem))
        return found

    def __iter__(self) -> Iterator[Incoming]:
        """Yield every file in the order of their names."""
        base, limits = self._base, self._limits
        locked = {one.name for one in self._locked}
        yield from self._locked
        for path, files in self._paths:
            if files is not None:
                if files or shown_name(path, base) not in locked:
                    yield from _folder(path, files, base, limits)
            elif _is_own(path, base, limits):
                yield Incoming(shown_name(path, base), problem=OWN(Where(shown_name(path, base)), count=1))
            else:
                yield from _one(path, path.parent, base, limits)


def _folder(folder: Path, files: list[str], base: Path, limits: Limits) -> Iterator[Incoming]:
    own = 0
    for name in files:
        file = folder / name
        if _is_own(file, base, limits):
            own += 1
        else:
            yield from _one(file, folder, base, limits)
    where = Where(shown_name(folder, base))
    if own:
        yield Incoming(where.file, problem=OWN(where, count=own))
    elif not files:
        yield Incoming(where.file, problem=EMPTY(where))


def _is_own(path: Path, base: Path, limits: Limits) -> bool:
    """Return whether a file was made by this program, so that it is not what somebody sent."""
    if not limits.own:
        return False
    real, root = Path(os.path.realpath(path)), Path(os.path.realpath(base))
    return real.is_relative_to(root / limits.own) and not real.is_relative_to(root / limits.kept)


def _one(path: Path, folder: Path, base: Path, limits: Limits) -> Iterator[Incoming]:
    name = shown_name(path, base)
    where = Where(name)
    if awaited := not_here_yet(path.name):
        yield Incoming(name, problem=NOT_HERE(where, file=on_one_line(awaited)))
        return
    try:
        if path.is_symlink() and not _leads_inside(path, folder):
            yield Incoming(name, problem=LINK(where))
            return
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Incoming(name, problem=SPECIAL(where))
            return
        size = status.st_size
        with path.open("rb") as stream:
            data = stream.read(size + 1) if size <= limits.largest else b""
            zipped = size <= limits.largest_zip and _is_container(io.BytesIO(data) if data else stream)
        if size > (limit := limits.largest_zip if zipped else limits.largest):
            yield Incoming(name, problem=limits.too_large(where, size=round(size / 2**20, 1), limit=limit >> 20))
        elif zipped:
            yield from _members(path, name, limits)
        else:
            yield Incoming(name, data)
    except FileNotFoundError:
        # also what was moved away since the folder was listed
        yield Incoming(name, problem=NOT_THERE(where))
    except OSError as exc:
        yield Incoming(name, problem=UNREADABLE(where, detail=reason_of(exc)))


def _leads_inside(link: Path, folder: Path) -> bool:
    """Return whether a link is one to a file of the same folder; it may also lead elsewhere, nowhere or in a circle."""
    real = Path(os.path.realpath(link))
    return real.is_relative_to(os.path.realpath(folder)) and real.is_file()


def _members(path: Path, name: str, limits: Limits) -> Iterator[Incoming]:
    with path.open("rb") as stream:
        if _member_count(stream) > MOST_MEMBERS:
            yield Incoming(name, problem=BOMB(Where(name)))
            return
        try:
            archive = zipfile.ZipFile(stream)
        except _DAMAGE:
            yield Incoming(name, problem=BAD_ZIP(Where(name)))
            return
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if sum(info.file_size for info in infos) > limits.largest_zip:
            yield Incoming(name, problem=BOMB(Where(name)))
            return
        there = False
        for info in sorted(infos, key=lambda info: info.filename):
            for item in _member(archive, info, name, limits):
                there = True
                yield item
        if not there:
            yield Incoming(name, problem=EMPTY(Where(name)))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, outer: str, limits: Limits) -> Iterator[Incoming]:
    member = _decoded(info)
    pure = PurePosixPath(member.replace("\\", "/"))
    name = f"{outer}/{on_one_line(member)}"
    where = Where(name)
    if in_litter_folder(pure.parts[:-1]) or (is_litter(pure.name) and not _is_written(archive, info)):
        return
    if problem := _refused(info, member, pure, where, limits):
        yield Incoming(name, problem=problem)
        return
    try:
        with archive.open(info) as stream:
            data = stream.read(limits.largest + 1)
    except _DAMAGE:
        yield Incoming(name, problem=BAD_ZIP(where))
        return
    if len(data) > limits.largest:
        yield Incoming(name, problem=BOMB(where))
    elif data.startswith(ZIP_MEMBER) and _is_container(io.BytesIO(data)):
        yield Incoming(name, problem=NESTED(where))
    else:
        yield Incoming(name, data)


def _is_written(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Return whether somebody wrote a member after all, whose name does not look so."""
    with suppress(*_DAMAGE), archive.open(info) as stream:
        return is_written(stream.read(HEAD))
    return False


def _refused(info: zipfile.ZipInfo, member: str, pure: PurePosixPath, where: Where, limits: Limits) -> Problem | None:
    """Return why a member is not even opened."""
    if pure.is_absolute() or ".." in pure.parts or PureWindowsPath(member).is_absolute():
        return ESCAPES(where, member=on_one_line(member))
    if awaited := not_here_yet(pure.name):
        return NOT_HERE(where, file=on_one_line(awaited))
    if stat.S_ISLNK(info.external_attr >> 16):
        return LINK(where)
    if info.flag_bits & 1:
        return ENCRYPTED(where)
    if info.compress_type not in _METHODS:
        return METHOD(where, method=info.compress_type)
    if info.file_size > limits.largest:
        return limits.too_large(where, size=round(info.file_size / 2**20, 1), limit=limits.largest >> 20)
    return None


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without saying so, macOS writes UTF-8, and Windows in China GB18030.

    ``zipfile`` reads both as cp437.
    """
    if info.flag_bits & 0x800:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.filename.encode("cp437").decode(encoding)
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return info.filename
