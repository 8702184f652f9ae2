"""Work done in threads, a few pieces at once: arrays are computed beside each other, texts are read meanwhile."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

AT_ONCE: Final = 1 << 17
"""Characters of text, or keys, in one piece of work: what a core keeps near it."""
_THREADS: Final = min(4, os.cpu_count() or 1)
_Done = TypeVar("_Done")
_Sized = TypeVar("_Sized", bound=Sized)


def in_threads(jobs: Iterable[Callable[[], _Done]]) -> Iterator[_Done]:
    """Yield what the jobs return, in their order. A few are done at once; the others are not yet made."""
    pool = ThreadPoolExecutor(_THREADS)
    try:
        under_way: deque[Future[_Done]] = deque()
        for job in jobs:
            under_way.append(pool.submit(job))
            if len(under_way) > _THREADS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        # whoever stops, or whose job failed, waits only for what has begun
        pool.shutdown(cancel_futures=True)


def batches(items: Iterable[tuple[int, _Sized]]) -> Iterator[list[tuple[int, _Sized]]]:
    """Yield numbered texts or keys in pieces of work."""
    batch: list[tuple[int, _Sized]] = []
    size = 0
    for number, item in items:
        batch.append((number, item))
        size += len(item)
        if size >= AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
