"""What selfaudit is compared with, each a process of its own: ``python -m bench.peers PEER …``; see ``PEERS``.

Every peer imports only what it needs, so that its start-up is as short as it can be.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path


def yaml(folder: str) -> None:
    """Parse every file of a folder with PyYAML on libyaml, and do nothing with the result."""
    from yaml import CSafeLoader, load  # noqa: PLC0415 - the other peers do without

    for path in sorted(Path(folder).iterdir()):
        with path.open(encoding="utf-8") as file:
            load(file.read(), Loader=CSafeLoader)


def write(manifest: str, folder: str) -> None:
    """Write files of the names and sizes that a manifest lists."""
    sizes: dict[str, int] = json.loads(Path(manifest).read_text(encoding="utf-8"))
    filling = b"x" * max(sizes.values())
    for parent in {Path(folder, name).parent for name in sizes}:
        parent.mkdir(parents=True, exist_ok=True)
    for name, size in sizes.items():
        Path(folder, name).write_bytes(filling[:size])


def word(template: str, rows: str, output: str) -> None:
    """Print rows into a table of a Word template with docxtpl."""
    from docxtpl import DocxTemplate  # noqa: PLC0415

    document = DocxTemplate(template)
    document.render({"rows": json.loads(Path(rows).read_text(encoding="utf-8"))}, autoescape=True)
    document.save(output)


def letters(template: str, rows: str, folder: str, count: str) -> None:
    """Print the same rows into the template over and over, one file each."""
    for number in range(int(count)):
        Path(folder).mkdir(exist_ok=True)
        word(template, rows, f"{folder}/{number}.docx")


def build(issued: str, count: str, folder: str, report: str) -> None:
    """Build so many workbooks like an issued one with openpyxl; report what the building alone cost."""
    from bench.openpyxl_form import build_all  # noqa: PLC0415

    seconds = build_all(Path(issued), int(count), Path(folder))
    Path(report).write_text(str(seconds), encoding="utf-8")


def cells(folder: str, report: str) -> None:
    """Read every cell of every workbook in a folder with openpyxl in its fastest way."""
    from openpyxl import load_workbook  # noqa: PLC0415

    from bench.inside import record_cpu  # noqa: PLC0415

    with record_cpu(report):
        for path in sorted(Path(folder).iterdir()):
            book = load_workbook(path, read_only=True)
            for sheet in book.worksheets:
                for _ in sheet.iter_rows(values_only=True):
                    pass
            book.close()


PEERS: dict[str, Callable[..., None]] = {
    "yaml": yaml, "write": write, "word": word, "letters": letters, "build": build, "cells": cells,
}  # fmt: skip

if __name__ == "__main__":
    PEERS[sys.argv[1]](*sys.argv[2:])
