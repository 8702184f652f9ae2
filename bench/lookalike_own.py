"""Our comparison of a corpus, a process of its own.

``python -m bench.lookalike_own compare FOLDER texts|stripped REPORT``, or ``strip FOLDER``.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.lookalike_files import Texts, known, write
from selfaudit.casefiles.arrays import within
from selfaudit.casefiles.comparing import compare
from selfaudit.casefiles.normalising import normalise
from selfaudit.casefiles.shingling import shingles
from selfaudit.casefiles.sketching import for_records
from selfaudit.casefiles.templates import learn
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings


def compare_all(folder: str, name: str, report: str) -> None:
    """Compare the texts of this name; report what was found, and how long it took altogether and for reading."""
    root = Path(folder)
    texts = Texts(root / name)
    records = [CaseRecord.model_validate(one["record"]) for one in known(root)]
    numbers = {record.id: number for number, record in enumerate(records)}
    reading = 0.0

    def text_of(number: int) -> str:
        nonlocal reading
        begun = time.perf_counter()
        text: str = texts[number]
        reading += time.perf_counter() - begun
        return text

    begun, worked = time.perf_counter(), time.process_time()
    found = compare(records, text_of, {}, Settings()).found
    wall, cpu = time.perf_counter() - begun, time.process_time() - worked
    pairs = [(numbers[one.a], numbers[one.b]) for one in found.pairs]
    rings = [[numbers[one.source], *(numbers[each] for each in one.members)] for one in found.rings]
    Path(report).write_text(json.dumps({"wall": wall, "cpu": cpu, "reading": reading, "pairs": pairs, "rings": rings}))


def strip(folder: str) -> None:
    """Write the texts without their templates, as our comparison learns them, for others to compare."""
    root = Path(folder)
    texts = Texts(root / "texts")
    records = [CaseRecord.model_validate(one["record"]) for one in known(root)]
    settings = for_records(Settings(), len(records))
    templates = learn(records, lambda number: texts[number], {}, settings)

    def own() -> Iterator[str]:
        for number, record in enumerate(records):
            codes, _ = normalise(texts[number])
            mask = ~within(shingles(codes, settings.shingle), templates.of(record.standard))
            kept = np.zeros(len(codes), dtype=np.bool_)
            for place in range(settings.shingle):
                kept[place : place + len(mask)] |= mask
            yield codes[kept].astype("<u4").tobytes().decode("utf-32-le")

    write(root / "stripped", own())


if __name__ == "__main__":
    compare_all(*sys.argv[2:]) if sys.argv[1] == "compare" else strip(*sys.argv[2:])
