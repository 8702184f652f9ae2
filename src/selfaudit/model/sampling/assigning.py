"""Who reviews which file: as many files as can be, and nobody with two more than another who could take one of theirs.

Files are given out one by one, those with the fewest possible reviewers first. One that finds all its reviewers full
takes the place of another that can go elsewhere, along the shortest chain of such moves. If there is no chain, those
who were reached in the search are the reason: all of them are full, and the files that they have fit nobody else.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from selfaudit.model.sampling.seeds import ticket


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why files are left without a reviewer: ``files`` can only be reviewed by ``reviewers``, who have no room left.

    ``missing`` of these files are left over.
    """

    files: tuple[str, ...]
    reviewers: tuple[str, ...]
    room: int
    missing: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """The reviewer of each file, and what is left over with its reasons."""

    reviewer: Mapping[str, str]
    left: tuple[str, ...] = ()
    stuck: tuple[Stuck, ...] = ()


def assign(allowed: Mapping[str, frozenset[str]], room: Mapping[str, int], seed: str) -> Assignment:
    """Give every file one of those who may review it, no reviewer more files than they have room for.

    The same whatever the order of files and reviewers: who comes first among equals is drawn with the seed.
    """
    work = _Work(allowed, room, seed)
    left = [file for file in work.order if not work.place(file)]
    work.level()
    return Assignment(dict(sorted(work.of_file.items())), tuple(left), tuple(work.reasons(left)))


@dataclass(slots=True)
class _Work:
    """What is given out so far."""

    allowed: Mapping[str, frozenset[str]]
    room: Mapping[str, int]
    seed: str
    order: list[str] = field(init=False)
    names: list[str] = field(init=False)
    may: dict[str, int] = field(init=False)
    of_file: dict[str, str] = field(default_factory=dict)
    files_of: dict[str, dict[str, None]] = field(init=False)

    def __post_init__(self) -> None:
        # sets of reviewers are bits of a number: a search over 15,000 files is then a matter of milliseconds
        self.names = sorted(self.room, key=lambda name: ticket(self.seed, name))
        bit = {name: 1 << n for n, name in enumerate(self.names)}
        self.may = {file: sum(bit[name] for name in several) for file, several in self.allowed.items()}
        self.order = sorted(self.allowed, key=lambda file: (len(self.allowed[file]), ticket(self.seed, file)))
        self.files_of = {name: {} for name in self.names}

    def place(self, file: str) -> bool:
        """Give a file to one of its reviewers, moving others on if all are full; return whether it could be."""
        free = [name for name in self._named(self.may[file]) if self._can_take(name, len(self.allowed))]
        if free:
            self._give(file, min(free, key=self._has))
            return True
        came, last = self._search(self.may[file], len(self.allowed))
        if last:
            self._give(file, self._shift(came, last))
        return last is not None

    def level(self) -> None:
        """Move files along chains from those who have most to who has two less, until there is no such chain."""
        unsettled = dict.fromkeys(self.names)
        while unsettled:
            most = max(len(self.files_of[name]) for name in unsettled)
            heads = sum(1 << n for n, name in enumerate(self.names) if name in unsettled and self._has(name) == most)
            came, last = self._search(heads, most - 2)
            if last:
                self._shift(came, last)
            else:
                # nobody of these can pass anything on to anybody who has two less, nor can who comes after them
                unsettled = {name: None for name in unsettled if name not in came}

    def _shift(self, came: Mapping[str, tuple[str, str] | None], last: str) -> str:
        """Move files along the chain that ends with somebody; return who then has one less."""
        while (step := came[last]) is not None:
            moved, before = step
            self._give(moved, last)
            last = before
        return last

    def _has(self, name: str) -> int:
        return len(self.files_of[name])

    def _can_take(self, name: str, most: int) -> bool:
        return self._has(name) <= min(most, self.room[name] - 1)

    def _search(self, start: int, most: int) -> tuple[dict[str, tuple[str, str] | None], str | None]:
        """Return how each reviewer was reached, by which file of whom, and the first who can take one.

        Who can has room, and not more than so many files.
        """
        came: dict[str, tuple[str, str] | None] = dict.fromkeys(self._named(start))
        seen, queue = start, deque(came)
        while queue:
            name = queue.popleft()
            if self._can_take(name, most):
                return came, name
            for held in self.files_of[name]:
                if new := self.may[held] & ~seen:
                    seen |= new
                    for other in self._named(new):
                        came[other] = (held, name)
                        queue.append(other)
        return came, None

    def reasons(self, left: Sequence[str]) -> Iterator[Stuck]:
        """Yield why files are left over; those whose reviewers are the same few are told together."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for file in left:
            came, _ = self._search(self.may[file], -1)
            groups.setdefault(tuple(sorted(came)), []).append(file)
        for names, missing in groups.items():
            held = [file for name in names for file in self.files_of[name]]
            yield Stuck(tuple(sorted([*held, *missing])), names, sum(self.room[name] for name in names), len(missing))

    def _named(self, bits: int) -> Iterator[str]:
        while bits:
            lowest = bits & -bits
            yield self.names[lowest.bit_length() - 1]
            bits ^= lowest

    def _give(self, file: str, name: str) -> None:
        if before := self.of_file.get(file):
            del self.files_of[before][file]
        self.of_file[file] = name
        self.files_of[name][file] = None
