"""Where a dataflow runs, and how it gets the texts."""

import re
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import daft
import pyarrow as pa
from daft import DataFrame
from pyarrow import parquet

_PART: Final = 1 << 25  # characters; what one machine takes at once
_PLACE: Final = re.compile(r"(ray://)?(?P<host>[^:/]+):(?P<port>\d{1,5})")
_PATIENCE: Final = 5.0  # seconds
_COLUMNS: Final = pa.schema([("number", pa.int64()), ("text", pa.large_string())])


def use(ray: str | None = None) -> None:
    """Run dataflows in this process, or on the Ray cluster at this address; once a process has begun, it is settled.

    Raises OSError if nobody answers at the address.
    """
    if ray is None:
        return  # that is what Daft does unless told otherwise
    # Ray itself would knock for minutes
    if place := _PLACE.fullmatch(ray):
        socket.create_connection((place["host"], int(place["port"])), _PATIENCE).close()
    daft.set_runner_ray(ray, noop_if_initialized=True)


def frame_of(folder: Path, texts: Iterable[tuple[int, str]]) -> DataFrame:
    """Write texts by the numbers of their records into a folder that all machines see, and return them as a frame."""
    part: list[tuple[int, str]] = []
    size = written = 0
    for number, text in texts:
        part.append((number, text))
        size += len(text)
        if size >= _PART:
            _write(folder, written, part)
            part, size, written = [], 0, written + 1
    if part or not written:
        _write(folder, written, part)
    return daft.read_parquet(f"{folder}/*.parquet")


def _write(folder: Path, number: int, part: list[tuple[int, str]]) -> None:
    numbers, texts = [number for number, _text in part], [text for _number, text in part]
    table = pa.table([pa.array(numbers, pa.int64()), pa.array(texts, pa.large_string())], schema=_COLUMNS)
    parquet.write_table(table, folder / f"{number:06d}.parquet", compression="zstd")
