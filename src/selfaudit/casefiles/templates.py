"""The template of each standard: the shingles that many of its records have, and those of its blank forms."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np

from selfaudit.casefiles.arrays import NO_KEYS, Keys, Lookup, Sets, firsts, merged, union
from selfaudit.casefiles.shingling import ALGORITHM, text_shingles
from selfaudit.casefiles.threads import in_threads
from selfaudit.casefiles.unexplained import Sampled, unexplained
from selfaudit.model.casefiles.found import LearnedTemplate
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings

GROWN = 1.25
"""The template of a standard is learned again when it has so many times the records that it was learned from."""


@dataclass(frozen=True)
class Learned:
    """The template of one standard, a set, the number of records it had then, and what no blank form has of it."""

    keys: Keys
    records: int
    told: tuple[LearnedTemplate, ...] = ()


@dataclass(frozen=True)
class Templates:
    """The templates of all standards, and what they depend on: settings and blank forms.

    Records of an unknown standard, and of one that has too few records, also do without what is template elsewhere.
    """

    settings: Settings
    blanks: Keys = field(default_factory=lambda: NO_KEYS)
    learned: Mapping[str, Learned] = field(default_factory=dict)
    algorithm: int = ALGORITHM
    _of: dict[str, Keys] = field(default_factory=dict, repr=False, compare=False)
    _lookups: dict[str, Lookup] = field(default_factory=dict, repr=False, compare=False)

    def kind(self, standard: str) -> str:
        """Return the standard whose template counts for one: itself, or ``""`` for all of them together."""
        own = self.learned.get(standard)
        return standard if own is not None and own.records >= self.settings.few else ""

    def of(self, standard: str) -> Keys:
        """Return all template shingles of a standard, a set."""
        kind = self.kind(standard)
        if kind not in self._of:
            known = [self.learned[kind]] if kind else self.learned.values()
            self._of[kind] = union(each.keys for each in known)
        return self._of[kind]

    def both(self, one: str, other: str) -> Keys:
        """Return what counts as template between records of two standards, a set."""
        return union(map(self.of, self._kinds(one, other)))

    def lookups(self, one: str, other: str) -> tuple[Lookup, ...]:
        """Return the same to be asked often; what any of them has is template."""
        # none for every two standards: of these there may be thousands
        return tuple(map(self._lookup, self._kinds(one, other)))

    def _lookup(self, kind: str) -> Lookup:
        if kind not in self._lookups:
            self._lookups[kind] = Lookup.of(self.of(kind))
        return self._lookups[kind]

    def _kinds(self, one: str, other: str) -> list[str]:
        kinds = {self.kind(one), self.kind(other)}
        return [""] if "" in kinds else sorted(kinds)

    @cached_property
    def sets(self) -> Sets:
        """What counts as template of each kind of standard."""
        return Sets.of({kind: self.of(kind) for kind in sorted({"", *map(self.kind, self.learned)})})

    def stand(self, standard: str, records: int) -> bool:
        """Return whether the template of a standard need not be learned again, now that it has so many records."""
        own = self.learned.get(standard)
        return own is not None and own.records <= records <= own.records * GROWN


def learn(
    records: Sequence[CaseRecord],
    text_of: Callable[[int], str],
    blanks: Mapping[str, Sequence[str]],
    settings: Settings,
    earlier: Templates | None = None,
) -> Templates:
    """Learn the templates of all standards that the records have.

    ``text_of`` is given the number of a record. ``blanks`` are the texts of blank forms by standard; those of the
    standard ``""`` belong to all. Templates learned earlier stand until a standard has grown, so that pairs found
    then stay as they are.
    """
    size = settings.shingle
    forms = {standard: union([text_shingles(text, size) for text in texts]) for standard, texts in blanks.items()}
    given = Templates(settings, _fingerprint(forms))
    counts = Counter(record.standard for record in records)
    before = earlier if earlier is not None and _comparable(earlier, given) else given

    def jobs() -> Iterator[Callable[[], Learned]]:
        for standard, sample in samples:
            if before.stand(standard, counts[standard]):
                yield partial(before.learned.__getitem__, standard)
                continue
            blank = union([forms.get("", NO_KEYS), forms.get(standard, NO_KEYS)])
            read = [(records[number].id, text_of(number)) for number in sample]
            yield partial(_learn, standard, counts[standard], read, blank, settings)

    samples = sorted(drawn(records, settings).items())
    learned = in_threads(jobs())
    return Templates(
        settings, given.blanks, {standard: each for (standard, _), each in zip(samples, learned, strict=True)}
    )


def drawn(records: Sequence[CaseRecord], settings: Settings) -> dict[str, list[int]]:
    """Return the numbers of the records that the template of each standard is learned from."""
    by_standard: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        by_standard[record.standard].append(number)
    return {
        standard: sorted(numbers, key=lambda number: _lot(records[number].id))[: settings.learn_from]
        for standard, numbers in by_standard.items()
    }


def _learn(standard: str, records: int, sample: Sequence[tuple[str, str]], blank: Keys, settings: Settings) -> Learned:
    sets = [text_shingles(text, settings.shingle) for _id, text in sample]
    ordered = merged(sets)
    starts = np.flatnonzero(firsts(ordered))
    counts = np.diff(np.append(starts, len(ordered)))
    common = counts > max(settings.template_least, settings.template_share * len(sets))
    keys, having = ordered[starts[common]], counts[common]
    told = unexplained(standard, records, Sampled(sample, sets, keys, having, blank), settings)
    return Learned(union([keys, blank]), records, told)


def _lot(name: str) -> bytes:
    """Return what the order of drawing goes by: the same records are drawn whatever order they come in."""
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _fingerprint(forms: Mapping[str, Keys]) -> Keys:
    """Return a few keys that change with any blank form."""
    marks = [
        hashlib.blake2b(standard.encode() + b"\0" + keys.astype("<u8").tobytes(), digest_size=8).digest()
        for standard, keys in sorted(forms.items())
    ]
    return np.frombuffer(b"".join(marks), dtype="<u8").astype(np.uint64)


def _comparable(earlier: Templates, given: Templates) -> bool:
    return (
        earlier.algorithm == ALGORITHM
        and earlier.settings == given.settings
        and np.array_equal(earlier.blanks, given.blanks)
    )
