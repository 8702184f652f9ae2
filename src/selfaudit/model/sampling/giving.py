"""Gives the files that are drawn to reviewers: each to one, and a share of them to a second one as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from selfaudit.model.sampling.apart import keep_apart
from selfaudit.model.sampling.assigning import Stuck, assign
from selfaudit.model.sampling.reviewing import Reviewing
from selfaudit.model.sampling.seeds import ticket


@dataclass(frozen=True, slots=True)
class GivenOut:
    """Who reviews what then: files that are ``new``, why some are without anybody, and which without a second one."""

    reviewing: Reviewing
    new: Sequence[str]
    stuck: Sequence[Stuck]
    single: Sequence[str]


def give_out(now: Reviewing, need: Sequence[str], most: int, twice: Fraction) -> GivenOut:
    """Give every file that needs a reviewer one, and a share of all in per cent, ``twice``, another one.

    What was given out stays. Two people do not review each other where files can be exchanged. Nobody has more than
    ``most`` files. Who is reviewed by two is drawn with the seed.
    """
    made = assign({file: now.may(file) for file in need if file not in now.given}, *_loads(now, need, most))
    first = now.model_copy(update={"given": {**now.given, **keep_apart(now, made.reviewer)}})
    there = sum(file in now.second for file in need)
    ordered = sorted(need, key=lambda file: ticket(now.seed, file))
    single = [file for file in ordered if file in first.given and file not in first.second]
    wanted = single[: max(0, ceil(twice * len(need) / 100) - there)]
    others = assign({file: first.may(file) - {first.given[file]} for file in wanted}, *_loads(first, need, most))
    after = first.model_copy(update={"second": {**first.second, **others.reviewer}})
    return GivenOut(after, list(made.reviewer), made.stuck, others.left)


def _loads(now: Reviewing, need: Sequence[str], most: int) -> tuple[dict[str, int], str, dict[str, int]]:
    """Return how many more files everybody can take, the seed, and how many they have."""
    loads = now.load(need)
    return {id_: max(0, most - loads[id_]) for id_, one in now.people.items() if not one.gone}, now.seed, loads
