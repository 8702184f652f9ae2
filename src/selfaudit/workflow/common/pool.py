"""Worker processes for what others sent: a file that crashes or hangs its reader costs that file only."""

import multiprocessing
import os
import signal
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from selfaudit.base.i18n import N_, console_language, set_console_language
from selfaudit.base.problems import UserError, error

BROKEN = error(
    "workers.broken",
    N_("files cannot be read just now: a process that reads them did not start or was ended from outside"),
    N_("Nothing is lost and no file is to blame: run this command again."),
)

MEMORY = 2 * 1024**3
"""Bytes of address space that a worker may take, where the system can limit it."""
_MOMENT = 0.5
"""Seconds after which we look whether there are still workers."""
# seconds that Pebble's own threads sleep between two looks, which is what the end of every pool waits for
CONSTS.sleep_unit = 0.02

P = ParamSpec("P")
Item = TypeVar("Item")
Result = TypeVar("Result")


class WorkerError(Exception):
    """The function raised, brought its worker down, or took too long; the cause says what it was."""

    @property
    def late(self) -> bool:
        """Whether it took too long."""
        return isinstance(self.__cause__, TimeoutError)

    @property
    def raised(self) -> BaseException | None:
        """What the function raised; None if it took too long, or its process had not enough memory or space."""
        short = isinstance(self.__cause__, TimeoutError | ProcessExpired | MemoryError | OSError)
        return None if short else self.__cause__

    def only_short(self, work: str) -> None:
        """Raise what the function raised, which is a bug; it then also says at which ``work`` that was."""
        if exc := self.raised:
            exc.add_note(work)
            raise exc


class Pool:
    """Workers that begin in our language with a limit to their memory, end with us, and are replaced when they fail."""

    def __init__(
        self,
        workers: int = 1,
        patience: float = 60,
        prepare: Callable[..., None] | None = None,
        args: Sequence[Any] = (),
    ) -> None:
        """Take how many processes there are, the seconds that a task may take, and what each does first.

        No process is started before there is a task.
        """
        self._workers, self._patience = workers, patience
        started = [console_language(), prepare, args]
        self._pool = ProcessPool(workers, initializer=start_worker, initargs=started)

    def __enter__(self) -> Self:
        """Stop the processes at the end of a ``with`` block."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """Stop the processes, whatever they are doing."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def run(self, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
        """Return what a function returns in a worker; raise ``WorkerError`` if it does not return.

        This and ``each`` raise ``UserError`` if there are no workers to be had.
        """
        return self.begin(function, *args, **kwargs)()

    def begin(self, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Callable[[], Result]:
        """Begin a function in a worker; return what waits for its end and returns what ``run`` would."""
        future = self._schedule(function, args, kwargs)

        def end() -> Result:
            result: Result = self._awaited(future)
            return result

        return end

    def each(
        self,
        read: Callable[[Sequence[Item]], Sequence[Result]],
        blame: Callable[[Item], Result],
        batches: Iterable[Sequence[Item]],
    ) -> Iterator[tuple[Sequence[Item], Sequence[Result]]]:
        """Yield every batch with a result for each of its items, in order; a few batches are read ahead.

        ``read`` runs in a worker. After it failed, each item of the batch is read alone; for one that fails then,
        ``blame`` gives the result.
        """
        rest = iter(batches)
        ahead: deque[tuple[Sequence[Item], Any]] = deque()
        while True:
            more = islice(rest, 2 * self._workers - len(ahead))
            ahead.extend((batch, self._submit(read, batch)) for batch in more)
            if not ahead:
                return
            batch, future = ahead.popleft()
            yield batch, self._results(read, blame, batch, future)

    def _submit(self, read: Callable[[Sequence[Item]], Sequence[Result]], batch: Sequence[Item]) -> Any:
        return self._schedule(read, [batch], {})

    def _schedule(self, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        try:
            return self._pool.schedule(function, args=args, kwargs=kwargs, timeout=self._patience)
        except RuntimeError as exc:
            raise UserError(BROKEN()) from exc

    def _results(
        self,
        read: Callable[[Sequence[Item]], Sequence[Result]],
        blame: Callable[[Item], Result],
        batch: Sequence[Item],
        future: Any,
    ) -> Sequence[Result]:
        try:
            return self._awaited(future)  # type: ignore[no-any-return]
        except WorkerError:
            if len(batch) == 1:
                return [blame(batch[0])]
        alone = [([item], self._submit(read, [item])) for item in batch]
        return [result for one, later in alone for result in self._results(read, blame, one, later)]

    def _awaited(self, future: Any) -> Any:
        # what is given to workers at the moment when they break is never done
        while not wait([future], timeout=_MOMENT).done:
            if not self._pool.active:
                raise UserError(BROKEN())
        try:
            return future.result()
        except BrokenProcessPool as exc:
            raise UserError(BROKEN()) from exc
        # whatever a file does to a worker, it costs that file only
        except (Exception, SystemExit) as exc:
            raise WorkerError from exc


def start_worker(language: str, prepare: Callable[..., None] | None, args: Sequence[Any]) -> None:
    """Begin a worker process."""
    set_console_language(language)
    _be_silent()
    # a thread needs memory of its own, so it starts before there is a limit
    _belong_to_parent()
    _limit_memory()
    if prepare:
        prepare(*args)


def _be_silent() -> None:
    """Silence libraries, which talk about damaged files on standard error, from C; we say it ourselves."""
    warnings.simplefilter("ignore")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _limit_memory() -> None:
    """Let this process have so much memory and no more, where the system can limit it."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = MEMORY + _address_space(resource.getpagesize())
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _address_space(page: int) -> int:
    """Return the bytes of address space in use, where the system reports it: a child begins with that of its parent."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * page
    except (OSError, ValueError):
        return 0


def _belong_to_parent() -> None:
    """End this process when its parent ends, in whatever way; a closed terminal is the parent's business."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
