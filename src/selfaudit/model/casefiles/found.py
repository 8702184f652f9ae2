"""What was found alike: pairs and rings of records, and text that was taken for template.

A shingle is a run of a few characters of the normalised text. A record's *own* shingles are those that are not
template of its standard.
"""

from dataclasses import dataclass

from pydantic import Field

from selfaudit.model.base import Model


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that stands in two records: offsets and lengths in characters of the texts as they were extracted.

    ``records`` is in how many of all compared records it stands, these two included; 0 if that was not counted.
    """

    a: int
    b: int
    length_a: int
    length_b: int
    records: int = 0


class Pair(Model):
    """Two records that are alike; ``a`` and ``b`` are their ids, ``a`` < ``b``.

    ``of_a`` is the share of A's own shingles that stand in B, 0 to 1, ``of_b`` that of B's in A, ``shared`` how many
    they are. ``longest`` counts the characters that the longest passage has in A, ``passages`` how many there are;
    those between which only a few words were changed are one, with these words.
    """

    a: str
    b: str
    of_a: float = Field(ge=0, le=1)
    of_b: float = Field(ge=0, le=1)
    shared: int = Field(ge=0)
    longest: int = Field(ge=0)
    passages: int = Field(ge=0)


class Ring(Model):
    """Three or more records that are alike: the one that shares most with the others, and the others.

    Each member has a pair with the source, or, where it is not like the source, with the member that it is most like;
    and one with another member that is much closer to it than the source.
    """

    source: str
    members: tuple[str, ...]


class LearnedTemplate(Model):
    """Text that so many records of a standard share that it was taken for template, though no blank form has it.

    ``standard`` is empty where nobody knows it, and so is ``text`` if there are only pieces too short for a passage.
    ``records`` is in how many records of the standard it stands, about; ``examples`` are ids of some of them. It may
    be a form that nobody gave, or a ring of copies that is larger than the share from which text counts as template.
    """

    standard: str = ""
    records: int
    text: str = ""
    examples: tuple[str, ...]


class Found(Model):
    """All that one comparison found; everything in the order of ids.

    ``one_audit`` counts pairs that are alike but are files of one audit, and therefore left out. ``bare`` are records
    with too little text of their own to be compared. ``few`` are standards with too few records to learn their
    template well, and without a blank form: what is alike in them may be template.
    """

    pairs: tuple[Pair, ...] = ()
    rings: tuple[Ring, ...] = ()
    learned: tuple[LearnedTemplate, ...] = ()
    one_audit: int = 0
    bare: tuple[str, ...] = ()
    few: tuple[str, ...] = ()

    @property
    def ranked_rings(self) -> list[Ring]:
        """The rings, the largest first."""
        return sorted(self.rings, key=lambda ring: (-len(ring.members), ring.source))

    @property
    def ranked(self) -> list[Pair]:
        """The pairs, the most alike first."""
        return sorted(self.pairs, key=lambda pair: (-max(pair.of_a, pair.of_b), -pair.longest, pair.a, pair.b))
