"""What others find in the same texts without template: ``python bench/lookalike_peers.py PEER FOLDER REPORT``.

It runs in ``.venv-bench``; nothing of selfaudit is imported but the reader of texts. All use shingles of five
characters, 128 permutations and a Jaccard threshold of 0.2. Reading is not charged.
"""

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.lookalike_files import Texts

SIZE, PERMUTATIONS, ALIKE = 5, 128, 0.2
BANDS = 64
"""Bands of two, for those who leave the bands to their caller."""
CROWD = 200
"""Records in one bucket above which no pairs are made of it."""
Pairs = Iterable[tuple[int, int]]


def shingles(text: str) -> set[str]:
    return {text[place : place + SIZE] for place in range(max(1, len(text) - SIZE + 1))}


def datasketch(texts: Sequence[str]) -> Pairs:
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - every peer imports its own

    index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    hashes: list[MinHash] = []
    for number, text in enumerate(texts):
        made = MinHash(num_perm=PERMUTATIONS)
        made.update_batch([each.encode() for each in shingles(text)])
        for other in index.query(made):
            if made.jaccard(hashes[other]) >= ALIKE:
                yield other, number
        index.insert(number, made)
        hashes.append(made)


def rensa(texts: Sequence[str]) -> Pairs:
    from rensa import RMinHash  # noqa: PLC0415

    made = []
    for text in texts:
        one = RMinHash(PERMUTATIONS, 1)
        one.update(list(shingles(text)))
        made.append(one)
    yield from _banded([one.digest() for one in made])


def gaoya(texts: Sequence[str]) -> Pairs:
    from gaoya.minhash import MinHashStringIndex  # noqa: PLC0415

    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=ALIKE, num_bands=BANDS, band_size=PERMUTATIONS // BANDS,
        analyzer="char", lowercase=False, ngram_range=(SIZE, SIZE),
    )  # fmt: skip
    index.par_bulk_insert_docs(list(range(len(texts))), list(texts))
    for number, found in enumerate(index.par_bulk_query(list(texts))):
        yield from ((number, other) for other in found if other > number)


def daft(texts: Sequence[str]) -> Pairs:
    import daft as engine  # noqa: PLC0415
    from daft.functions import minhash  # noqa: PLC0415

    # words are what stands between spaces, so that characters need some
    frame = engine.from_pydict({"text": [" ".join(text) for text in texts]})
    column = minhash(frame["text"], num_hashes=PERMUTATIONS, ngram_size=SIZE, hash_function="xxhash")
    yield from _banded(frame.select(column.alias("hash")).to_pydict()["hash"])


def _banded(signatures: Sequence[Sequence[int]]) -> Pairs:
    """Yield pairs of signatures that agree in a band and, by estimate, are alike enough."""
    import numpy as np  # noqa: PLC0415

    table = np.asarray(signatures, dtype=np.uint64)
    rows = PERMUTATIONS // BANDS
    seen: set[tuple[int, int]] = set()
    for band in range(BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        part = np.ascontiguousarray(table[:, band * rows : (band + 1) * rows])
        for number, key in enumerate(part):
            buckets[key.tobytes()].append(number)
        for bucket in buckets.values():
            if 1 < len(bucket) <= CROWD:
                seen.update(combinations(bucket, 2))
    for a, b in seen:
        if np.count_nonzero(table[a] == table[b]) >= ALIKE * PERMUTATIONS:
            yield a, b


def each_pair(texts: Sequence[str]) -> dict[str, float]:
    """Return the seconds that two programs take for one pair of texts, over a few."""
    from difflib import SequenceMatcher  # noqa: PLC0415

    from rapidfuzz import fuzz  # noqa: PLC0415

    some = list(combinations(texts[:12], 2))
    timed = {}
    for name, ratio in {
        "difflib": lambda a, b: SequenceMatcher(None, a, b, autojunk=False).ratio(),
        "rapidfuzz": fuzz.ratio,
    }.items():
        begun = time.perf_counter()
        for a, b in some:
            ratio(a, b)
        timed[name] = (time.perf_counter() - begun) / len(some)
    return timed


PEERS: dict[str, Callable[[Sequence[str]], Pairs]] = {
    "datasketch": datasketch, "rensa": rensa, "gaoya": gaoya, "daft": daft,
}  # fmt: skip


def main(peer: str, folder: str, report: str) -> None:
    os.environ["DO_NOT_TRACK"] = "1"  # daft and others tell their makers of every start
    texts = list(Texts(Path(folder, "stripped")))
    if peer == "each pair":
        told: dict[str, Any] = each_pair(texts)
    else:
        begun, worked = time.perf_counter(), time.process_time()
        pairs = sorted({(int(a), int(b)) for a, b in PEERS[peer](texts)})
        told = {"wall": time.perf_counter() - begun, "cpu": time.process_time() - worked, "reading": 0.0}
        told |= {"pairs": pairs, "rings": []}
    Path(report).write_text(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
