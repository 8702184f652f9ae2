"""Who reviews which file: as many files as can be, and nobody with two more than another who could take one of theirs.

Files are given out one by one, those with the fewest possible reviewers first. One that finds all its reviewers full
takes the place of another that can go elsewhere, along the shortest chain of such moves. If there is no chain, those
who were reached in the search are the reason: all of them are full, and the files that they have fit nobody else.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

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


def assign(
    allowed: Mapping[str, frozenset[str]],
    room: Mapping[str, int],
    seed: str,
    has: Mapping[str, int] = MappingProxyType({}),
) -> Assignment:
    """Give every file one of those who may review it, no reviewer more files than they have room for.

    ``has`` is how many files reviewers have already, which stay with them: whoever has fewer gets more. The same
    whatever the order of files and reviewers: who comes first among equals is drawn with the seed.
    """
    work = _Work(allowed, room, seed, has)
    left = [file for file in work.order if not work.place(file)]
    work.level()
    return Assignment(dict(sorted(work.of_file.items())), tuple(left), tuple(work.reasons(left)))


@dataclass(slots=True)
class _Work:
    """What is given out so far. Sets of reviewers are bits of a number, so that thousands of files are soon searched.

    ``at`` are the reviewers by how many files they have, ``roomy`` those who can take one more.
    """

    allowed: Mapping[str, frozenset[str]]
    room: Mapping[str, int]
    seed: str
    has: Mapping[str, int]
    order: list[str] = field(init=False)
    names: list[str] = field(init=False)
    bit: dict[str, int] = field(init=False)
    may: dict[str, int] = field(init=False)
    of_file: dict[str, str] = field(default_factory=dict)
    files_of: dict[str, dict[str, None]] = field(init=False)
    at: dict[int, int] = field(default_factory=dict)
    roomy: int = 0

    def __post_init__(self) -> None:
        self.names = sorted(self.room, key=lambda name: ticket(self.seed, name))
        self.bit = {name: 1 << n for n, name in enumerate(self.names)}
        self.may = {file: sum(self.bit[name] for name in several) for file, several in self.allowed.items()}
        self.order = sorted(self.allowed, key=lambda file: (len(self.allowed[file]), ticket(self.seed, file)))
        self.files_of = {name: {} for name in self.names}
        for name in self.names:
            self._count(name, 0)

    def place(self, file: str) -> bool:
        """Give a file to one of its reviewers, moving others on if all are full; return whether it could be."""
        if free := self.may[file] & self.roomy:
            fewest = min(load for load, bits in self.at.items() if bits & free)
            self._give(file, next(self._named(free & self.at[fewest])))
            return True
        came, last = self._search(self.may[file], self.roomy)
        if last:
            self._give(file, self._shift(came, last))
        return last is not None

    def level(self) -> None:
        """Move files along chains from those who have most to who has two less, until there is no such chain."""
        unsettled = (1 << len(self.names)) - 1
        while unsettled:
            most = max(load for load, bits in self.at.items() if bits & unsettled)
            less = sum(bits for load, bits in self.at.items() if load <= most - 2)
            came, last = self._search(self.at[most] & unsettled, less & self.roomy)
            if last:
                self._shift(came, last)
            else:
                # nobody of these can pass anything on to anybody who has two less, nor can who comes after them
                unsettled &= ~sum(self.bit[name] for name in came)

    def _shift(self, came: Mapping[str, tuple[str, str] | None], last: str) -> str:
        """Move files along the chain that ends with somebody; return who then has one less."""
        while (step := came[last]) is not None:
            moved, before = step
            self._give(moved, last)
            last = before
        return last

    def _search(self, start: int, wanted: int) -> tuple[dict[str, tuple[str, str] | None], str | None]:
        """Return how each reviewer was reached from some, by which file of whom, and the first who is wanted."""
        came: dict[str, tuple[str, str] | None] = dict.fromkeys(self._named(start))
        seen, queue = start, deque(came)
        while queue:
            name = queue.popleft()
            for held in self.files_of[name]:
                if new := self.may[held] & ~seen:
                    seen |= new
                    found = new & wanted
                    for other in self._named(found or new):
                        came[other] = (held, name)
                        if found:
                            return came, other
                        queue.append(other)
        return came, None

    def reasons(self, left: Sequence[str]) -> Iterator[Stuck]:
        """Yield why files are left over; those whose reviewers are the same few are told together."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for file in left:
            came, _ = self._search(self.may[file], 0)
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
            self._count(before, 1)
        self.of_file[file] = name
        self.files_of[name][file] = None
        self._count(name, -1)

    def _count(self, name: str, change: int) -> None:
        """Keep in mind how many files somebody has; before, they had so many more than now."""
        mine, bit = len(self.files_of[name]), self.bit[name]
        load = self.has.get(name, 0) + mine
        self.at[load + change] = self.at.get(load + change, 0) & ~bit
        self.at[load] = self.at.get(load, 0) | bit
        self.roomy = self.roomy | bit if mine < self.room[name] else self.roomy & ~bit
