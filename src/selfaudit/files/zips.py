"""Zips packed from parts that are ready, and unpacked no further than their directory says."""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from selfaudit.files.kinds import ZIP_END, ZIP_MEMBER

DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OSError)
"""What reading a damaged zip, or one packed in another way, raises."""
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LENGTHS, _LENGTHS_AT = struct.Struct("<2H"), 26
# ZIP64: the same for more files than the ordinary end can count
_LONG_END, _LONG_END_AT, _MOST = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL"), 0xFFFF
_VERSION, _LONG, _UTF8 = 20, 45, 0x800
_MIDNIGHT, _FIRST_DAY = 0, 1 << 5 | 1  # 1980-01-01, the first day a zip knows


class Part(NamedTuple):
    """A part as it is in the zip, with its size and checksum before it was packed."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int


def stored(name: str, data: bytes) -> Part:
    """Return a part that is not packed."""
    return Part(name.encode(), data, len(data), zlib.crc32(data), STORED)


def zipped(parts: Iterable[Part]) -> bytes:
    """Return the zip of these parts."""
    return b"".join(_zip(parts))


def write_zip(parts: Iterable[Part], stream: IO[bytes]) -> None:
    """Write the zip of these parts, one after the other."""
    for piece in _zip(parts):
        stream.write(piece)


def _zip(parts: Iterable[Part]) -> Iterator[bytes]:
    directory, at, count = list[bytes](), 0, 0
    for name, packed, size, crc, method in parts:
        common = (_UTF8, method, _MIDNIGHT, _FIRST_DAY, crc, len(packed), size, len(name), 0)
        yield _LOCAL.pack(ZIP_MEMBER, _VERSION, *common) + name
        yield packed
        directory += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *common, 0, 0, 0, 0, at), name)
        at += _LOCAL.size + len(name) + len(packed)
        count += 1
    central = b"".join(directory)
    end = _END.pack(ZIP_END, 0, 0, min(count, _MOST), min(count, _MOST), len(central), at, 0)
    if count >= _MOST:
        record = _LONG_END.size - 12  # without its first two fields
        long_end = _LONG_END.pack(b"PK\x06\x06", record, _LONG, _LONG, 0, 0, count, count, len(central), at)
        end = long_end + _LONG_END_AT.pack(b"PK\x06\x07", 0, at + len(central), 1) + end
    yield central + end


def unpacked(archive: zipfile.ZipFile, data: bytes, info: zipfile.ZipInfo) -> Part:
    """Return a part of a zip, not packed any more; ``archive.read`` takes twice as long, as it goes in small steps."""
    if info.compress_type != DEFLATED:
        return stored(info.filename, archive.read(info))
    lengths = _LENGTHS.unpack_from(data, info.header_offset + _LENGTHS_AT)
    start = info.header_offset + _LOCAL.size + sum(lengths)
    part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data[start : start + info.compress_size], info.file_size + 1)
    if not data.startswith(ZIP_MEMBER, info.header_offset) or zlib.crc32(part) != info.CRC:
        raise zipfile.BadZipFile(info.filename)
    return Part(info.filename.encode(), part, len(part), info.CRC, STORED)
