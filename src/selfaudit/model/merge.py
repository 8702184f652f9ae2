"""Which of several responses of one respondent is shown, and which of the others contest it.

The outcome depends on the set of responses and on a person's choice only, never on the order in which they came.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selfaudit.base.names import name_key


@dataclass(frozen=True)
class Version:
    """One response; ``serial`` grows with every form issued, so that a later form outranks on the same day.

    ``replaces`` is for one that was entered on somebody's behalf: the digests of the versions that it was made of.
    """

    digest: str
    filled_by: str
    filled_on: str
    serial: int
    content: Mapping[str, Any]
    replaces: frozenset[str] | None = None

    @property
    def rank(self) -> tuple[str, int, int, str]:
        """What is newest: by its own date, its form, how much it says; the digest only makes the order total."""
        return (self.filled_on, self.serial, len(self.said), self.digest)

    @cached_property
    def said(self) -> frozenset[tuple[str, str]]:
        """Everything the respondent says in it, apart from who filled it in and when."""
        return frozenset(_said(self.content, ""))


def _said(value: Any, path: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping):
        name = _JOINT.join(str(value[key]) for key in ("id", "item", "part", "number") if key in value)
        for key, inner in value.items():
            if not (path == "" and key in ("passport", "filled_by", "filled_on", "format")):
                yield from _said(inner, f"{path}/{name}/{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner, path)
    else:
        yield path, str(value)


_JOINT = "\t"
"""Separates the parts of a name in a path; no id can contain it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in which two contents differ, with what each of them says there (empty: nothing).

    ``steps`` lead to the place: ``("2.5", "d")`` for an answer, ``("2.5", "d", "note")`` for its note,
    ``("findings", "2.5", "d", "1", "fact")`` for a field of the first finding on 2.5 d, ``("coverage", "projects")``.
    """

    steps: tuple[str, ...]
    place: str
    one: str
    other: str

    @property
    def is_listing(self) -> bool:
        """Whether it says no more than that an item is listed at all, which its answer shows."""
        return self.steps[-1] == "id" and self.steps[0] not in ("coverage", "suggestions")


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Difference]:
    """Return every place in which two contents differ."""
    first, second = dict(_said(one, "")), dict(_said(other, ""))
    paths = [path for path in dict.fromkeys((*first, *second)) if first.get(path) != second.get(path)]
    return [_difference(path, first.get(path, ""), second.get(path, "")) for path in paths]


def count_changes(found: Iterable[Difference]) -> int:
    """Return how many places differ as people count them: an answer with its note is one, and so is a finding."""
    return len({_counted(one.steps) for one in found if not one.is_listing})


def _counted(steps: tuple[str, ...]) -> tuple[str, ...]:
    if steps[0] == "findings":
        return tuple(step for step in steps[:-1] if step != "disposition")
    return steps[:-1] if steps[-1] == "note" else steps


def _difference(path: str, one: str, other: str) -> Difference:
    named = [step for step in path.split("/") if step and step not in ("items", "parts", "answer")]
    steps = tuple(inner for step in named for inner in step.split(_JOINT))
    return Difference(steps, " ".join(named).replace(_JOINT, "."), one, other)


def pick(versions: Collection[Version], choice: tuple[str, frozenset[str]] | None = None) -> tuple[str, list[str]]:
    """Return the digest of the version shown and the digests of those that contest it.

    A person's choice (digest, digests considered) settles the versions it considered. Otherwise the newest is shown,
    and an older one contests it unless the same person corrected it later or a newer one says everything that it says.
    """
    if choice and any(version.digest == choice[0] for version in versions):
        versions = [v for v in versions if v.digest == choice[0] or v.digest not in choice[1]]
    replaced = frozenset[str]().union(*(version.replaces or () for version in versions))
    versions = [version for version in versions if version.digest not in replaced]
    if len(versions) == 1:
        return next(iter(versions)).digest, []
    newest = max(versions, key=lambda version: version.rank)
    rivals = [v for v in versions if v is not newest and not any(_superseded(v, other) for other in versions)]
    return newest.digest, sorted(v.digest for v in rivals)


def _superseded(older: Version, newer: Version) -> bool:
    # what was entered for somebody does not correct a form of their own that came only later
    entered = newer.replaces is not None
    # two forms without a name may be those of two people; one without a date is not known to be the older one
    same_person = (
        older.filled_by != "" and older.filled_on != "" and name_key(older.filled_by) == name_key(newer.filled_by)
    )
    corrected = same_person and not entered and older.rank[:2] < newer.rank[:2]
    return corrected or (older.rank < newer.rank and older.said <= newer.said)
