"""How far a spot check is: what was frozen, who handed in what for the seed, what was drawn and why more was."""

from typing import Literal

from selfaudit.model.base import Id, Model
from selfaudit.model.sampling.drawing import Added
from selfaudit.model.sampling.seeds import seed

SAMPLE = "sample"
"""The kind of the records that contain the state of each spot check, by the id of its plan."""
FEWEST = 2
"""People whose texts make a seed that nobody picked."""


class More(Model):
    """Files drawn after the first time, and why: problems in the stratum, or a file that is replaced.

    ``reason`` is what a person gave for an extension.
    """

    stratum: str
    files: int
    why: Literal["extended", "replaced"]
    file: str = ""
    reason: str = ""


class Seeding(Model):
    """What a sample follows from, with its population: SHA-256 of that and of the plan, the seed, what was added.

    ``hashes`` are what people handed in first and ``texts`` what they handed in then, by name. ``public`` says which
    public value is the seed's source, named beforehand; its ``value`` then. ``given`` is a seed that one person gave,
    by ``given_by``. ``lost`` says of drawn files that cannot be reviewed why.
    """

    id: Id
    plan: str
    population: str
    hashes: dict[str, str] = {}
    texts: dict[str, str] = {}
    public: str = ""
    value: str = ""
    given: str = ""
    given_by: str = ""
    more: tuple[More, ...] = ()
    lost: dict[str, str] = {}

    @property
    def seed(self) -> str:
        """The seed, empty as long as there is none."""
        if self.given:
            return seed(self.population, {self.given_by: self.given})
        if self.value:
            return seed(self.population, {self.public: self.value})
        whole = len(self.texts) >= FEWEST and self.texts.keys() == self.hashes.keys()
        return seed(self.population, self.texts) if whole else ""

    @property
    def begun(self) -> bool:
        """Whether there is something of a seed already, so that the population must stay as it is."""
        return bool(self.hashes or self.public or self.given)

    @property
    def added(self) -> list[Added]:
        """What was drawn after the first time."""
        return [Added(one.stratum, one.files) for one in self.more]


class SampleState(Seeding):
    """One spot check: how many files its population has, what that was made of, and the SHA-256 of what is drawn.

    ``source`` is the name of the list that was frozen, empty for the registers, whose versions are ``registers``.
    """

    files: int
    source: str = ""
    registers: dict[str, int] = {}
    drawn: str = ""


class SeedRecord(Seeding):
    """``seed.yaml``: with population and plan all that is needed to draw again."""

    format: Literal["selfaudit/seed/1"]
