"""Corpora of texts on disk, for programs with and without selfaudit: ``python -m bench.lookalike_files make FOLDER N``.

A corpus is one file of UTF-8 texts, one of where each begins, and what is known of each record as JSON.
"""

import json
import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any


class Texts(Sequence[str]):
    """The texts of a file, read when they are wanted."""

    def __init__(self, path: Path) -> None:
        self._offsets = array("Q")
        self._offsets.frombytes(path.with_suffix(".offsets").read_bytes())
        self._file = os.open(path, os.O_RDONLY)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: Any) -> Any:
        begin, end = self._offsets[number], self._offsets[number + 1]
        return os.pread(self._file, end - begin, begin).decode()


def write(path: Path, texts: Iterable[str]) -> None:
    """Write texts into a file, and beside it where each begins."""
    offsets = array("Q", [0])
    with path.open("wb") as file:
        for text in texts:
            offsets.append(offsets[-1] + file.write(text.encode()))
    path.with_suffix(".offsets").write_bytes(offsets.tobytes())


def known(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what is known of the records of a corpus, one by one: all of it takes more memory than the comparison."""
    with (folder / "records.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def make_corpus(folder: str, records: str) -> None:
    """Write a corpus of so many records, and the blank forms of its standards."""
    from bench.lookalike_corpus import blank_forms, make  # noqa: PLC0415 - peers read this file alone

    root = Path(folder)
    with (root / "records.jsonl").open("w", encoding="utf-8") as lines:

        def texts() -> Iterable[str]:
            for one in make(int(records)):
                record = {
                    "id": one.id,
                    "digest": str(one.number),
                    "standard": one.standard,
                    "characters": len(one.text),
                }
                record |= {"organisation": one.organisation, "period": one.period, "auditors": one.auditors}
                planted = {"family": one.family, "kind": one.kind}
                lines.write(json.dumps({"record": record, **planted}, ensure_ascii=False) + "\n")
                yield one.text

        write(root / "texts", texts())
    (root / "blanks.json").write_text(json.dumps(blank_forms()), encoding="utf-8")


if __name__ == "__main__":
    {"make": make_corpus}[sys.argv[1]](*sys.argv[2:])
