"""Which of several responses of one respondent is shown, and which of the others contest it.

The outcome depends on the responses, what is known of each, and a person's choice, never on the order in which they
are looked at.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selfaudit.base.names import name_key
from selfaudit.model.form.answers import Answer


@dataclass(frozen=True)
class Version:
    """One response; ``serial`` grows with every form issued, so that a later form outranks on the same day.

    ``issued`` is the day on which its form was issued, ``received`` the minute in which it came (both local, in ISO
    form, empty if not known), ``run`` the number of the run that collected it. ``draft`` says that
    something is missing in it but all that is there could be read, ``own`` that the respondent filled it in, as far as
    the name tells. ``replaces`` is for one that was entered on somebody's behalf: the digests of the versions that it
    was made of.
    """

    digest: str
    filled_by: str
    filled_on: str
    serial: int
    content: Mapping[str, Any]
    run: int = 0
    received: str = ""
    issued: str = ""
    draft: bool = False
    own: bool = False
    replaces: frozenset[str] | None = None

    @property
    def day(self) -> str:
        """The day on which it was filled in, as its own date says."""
        return self.filled_on[: len("2023-11-05")]

    @property
    def moment(self) -> str:
        """The minute in which it was filled in; of one sent on the same day, that in which it came. May be empty."""
        if self.filled_on != self.day:
            return self.filled_on
        return self.received if self.received.startswith(self.day) else ""

    @property
    def early(self) -> bool:
        """Whether it was filled in before its form was issued, by its own date."""
        return self.day < self.issued

    @property
    def dated(self) -> bool:
        """Whether its own date can be right, apart from being early: it is not later than the day on which it came."""
        return self.day != "" and (not self.received or self.day <= self.received)

    @cached_property
    def said(self) -> frozenset[tuple[str, str]]:
        """Everything the respondent says in it, apart from who filled it in and when."""
        return frozenset(_said(self.content, ""))


def _said(value: Any, path: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping):
        name = _JOINT.join(str(value[key]) for key in ("id", "item", "part", "number") if key in value)
        for key, inner in value.items():
            if key == "evidence":
                yield from ((f"{path}/{name}/evidence/{one['name']}", one.get("sha256", one["name"])) for one in inner)
            elif not (path == "" and key in ("passport", "filled_by", "filled_on", "format")):
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


Place = tuple[str, str]
"""Item and part; the part is empty for a whole item."""


def answered_otherwise(chosen: Mapping[str, Any], others: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """Return the places whose answer in any of the others is another one, and of them where it is a problem."""
    own = _answers(chosen)
    differ: dict[Place, set[str]] = {}
    for other in map(_answers, others):
        for place in dict.fromkeys((*own, *other)):
            if (answer := other.get(place, "")) != own.get(place, ""):
                differ.setdefault(place, set()).add(answer)
    names = {place: " ".join(filter(None, place)) for place in differ}
    return list(names.values()), [names[place] for place, said in differ.items() if Answer.PROBLEM in said]


def _answers(content: Mapping[str, Any]) -> dict[Place, str]:
    return {
        (item["id"], part.get("id", "") if part is not item else ""): part["answer"]
        for item in content.get("items", ())
        for part in item.get("parts") or [item]
        if part.get("answer", Answer.UNCHECKED) != Answer.UNCHECKED
    }


def _difference(path: str, one: str, other: str) -> Difference:
    named = [step for step in path.split("/") if step and step not in ("items", "parts", "answer")]
    steps = tuple(inner for step in named for inner in step.split(_JOINT))
    return Difference(steps, " ".join(named).replace(_JOINT, "."), one, other)


def pick(versions: Collection[Version], choice: tuple[str, frozenset[str]] | None = None) -> tuple[str, list[str]]:
    """Return the digest of the version shown and the digests of those that contest it.

    A person's choice (digest, digests considered) settles the versions it considered. Of what one person sent, the
    newest counts. A form of the respondent's own is shown before one that somebody else filled in, and otherwise what
    the person says who was heard first: somebody else's form does not replace it by itself, whatever its date. Another
    contests the one shown unless it says nothing else.
    """
    if choice and any(version.digest == choice[0] for version in versions):
        versions = [v for v in versions if v.digest == choice[0] or v.digest not in choice[1]]
    replaced = frozenset[str]().union(*(version.replaces or () for version in versions))
    left = [v for v in versions if v.digest not in replaced]
    left = [v for v in left if not _adds_nothing(v, left)]
    heard = [version for several in _by_person(left) for version in _last_words(several)]
    order, first = _order(heard), _first_runs(left)
    shown = max(heard, key=lambda v: (v.own, -first.get(name_key(v.filled_by), _NEVER), *order(v), *_preferred(v)))
    return shown.digest, sorted(v.digest for v in heard if v is not shown and not v.said <= shown.said)


_NEVER = 1 << 62
"""Stands for the run in which somebody was heard who gives no name: who that is, nobody knows."""


def _first_runs(versions: Iterable[Version]) -> dict[str, int]:
    """Return the run in which every person was first heard."""
    first: dict[str, int] = {}
    for version in versions:
        if name := name_key(version.filled_by):
            first[name] = min(version.run, first.get(name, _NEVER))
    return first


def _adds_nothing(version: Version, versions: Iterable[Version]) -> bool:
    """Return whether an unfinished form says nothing that a finished one does not say, whoever sent them and when."""
    return version.draft and any(not other.draft and version.said <= other.said for other in versions)


def _by_person(versions: Iterable[Version]) -> Iterable[list[Version]]:
    """Return the versions by who filled them in; two without a name may be those of two people."""
    people: dict[str, list[Version]] = {}
    for version in versions:
        people.setdefault(name_key(version.filled_by) or version.digest, []).append(version)
    return people.values()


def _last_words(several: Sequence[Version]) -> list[Version]:
    """Return what one person says: the newest version, with those of which nobody knows whether they are older."""
    order = _order(several)
    newest = max(several, key=lambda v: (*order(v), *_preferred(v)))
    alike = [v for v in several if order(v) == order(newest) and v.draft == newest.draft]
    if newest.replaces is not None:
        # what was entered for somebody does not correct a form of their own that came only later
        alike = list(several)
    return [newest, *(v for v in alike if v is not newest and not v.said <= newest.said)]


def _order(several: Collection[Version]) -> Callable[[Version], tuple[str, int, str, int]]:
    """Return what later ones among some versions have more of: day, form, moment of that day, run.

    Where a date is missing or cannot be right, the runs decide, for all of them; but dates that are all earlier than
    the form, as in a trial, are compared with each other. Where the moment of one is not known, it counts for none of
    that day.
    """
    if not all(v.dated for v in several) or len({v.early for v in several}) > 1:
        return lambda v: ("", 0, "", v.run)
    vague = {v.day for v in several if not v.moment}
    return lambda v: (v.day, v.serial, "" if v.day in vague else v.moment, v.run)


def _preferred(version: Version) -> tuple[bool, str, int, int, str]:
    """Return which of two versions is shown if nothing says which is newer; the digest only makes the order total."""
    return (not version.draft, version.filled_on, version.serial, len(version.said), version.digest)
