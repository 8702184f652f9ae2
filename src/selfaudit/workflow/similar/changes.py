"""What is different since the last comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfaudit.model.casefiles.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Changes:
    """Files by id and pairs by ids that are new, were changed, or are gone; ``first``: there was none before."""

    first: bool = True
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    gone: Sequence[str] = ()
    new_pairs: Sequence[tuple[str, str]] = ()
    gone_pairs: Sequence[tuple[str, str]] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is."""
        return any((self.added, self.changed, self.gone, self.new_pairs, self.gone_pairs))


def changes(before: Comparison | None, now: Comparison) -> Changes:
    """Return how a comparison differs from the one before."""
    if before is None:
        return Changes()
    left = {one.id for one in now.not_compared}
    old, new = ({one.id: one.digest for one in made.records} for made in (before, now))
    pairs_then, pairs_now = ({(one.a, one.b): None for one in made.found.pairs} for made in (before, now))
    return Changes(
        first=False,
        added=[id_ for id_ in new if id_ not in old],
        changed=[id_ for id_, digest in new.items() if old.get(id_, digest) != digest],
        gone=[id_ for id_ in old if id_ not in new and id_ not in left],
        new_pairs=[one for one in pairs_now if one not in pairs_then],
        gone_pairs=[one for one in pairs_then if one not in pairs_now],
    )
