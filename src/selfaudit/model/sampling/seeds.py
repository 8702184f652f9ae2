"""The seed, which nobody picks: several people each hand in a text, first only its hash, then the text itself.

The way of election audits: the population is public before there is a seed, and the seed is open to everybody before
there is a sample. Who commits last knows only hashes, so that nobody chooses the outcome as long as two do not collude.
"""

from collections.abc import Mapping
from hashlib import sha256

BETWEEN = "\x1f"
"""What separates the parts of a text that is hashed: the unit separator, which no part contains."""
SHORTEST = 20
"""Characters of a text that is handed in: shorter ones can be guessed from their hash."""


def commitment(population: str, name: str, text: str) -> str:
    """Return the hash that a person hands in before the text, for a population of this hash; both in hexadecimal."""
    return _hash(population, name, text)


def seed(population: str, texts: Mapping[str, str]) -> str:
    """Return the seed, in hexadecimal, of the texts that people handed in, by name."""
    return _hash(population, *sorted(texts.values()))


def ticket(seed_: str, file: str) -> str:
    r"""Return the ticket of a file, in hexadecimal: the files with the smallest ones are drawn.

    ``printf '%s\037%s' SEED FILE | sha256sum`` gives the same. It does not depend on the stratum, so that a file keeps
    its ticket when strata are cut anew.
    """
    return _hash(seed_, file)


def _hash(*parts: str) -> str:
    return sha256(BETWEEN.join(parts).encode()).hexdigest()
