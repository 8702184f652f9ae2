"""Compares the records whose texts are in the cache, with what earlier comparisons left there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selfaudit.base.canonical import canonical_json
from selfaudit.casefiles import keeping
from selfaudit.casefiles.arrays import Keys
from selfaudit.casefiles.comparing import Comparison, Earlier, compare
from selfaudit.casefiles.indexing import Kept
from selfaudit.casefiles.shingling import ALGORITHM
from selfaudit.casefiles.sketching import for_records, from_bytes, to_bytes
from selfaudit.model.casefiles import comparison
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings
from selfaudit.store.texts import Texts
from selfaudit.workflow.common.lookalikes import state_of

_SKETCHED = "sketched"


def compare_all(
    texts: Texts,
    records: Sequence[CaseRecord],
    blanks: Mapping[str, Sequence[str]],
    settings: Settings,
    last: comparison.Comparison | None,
) -> Comparison:
    """Return what is alike; what the last comparison found of the same texts with the same settings is not redone.

    ``blanks`` are the digests of blank forms by standard.
    """
    used = for_records(settings, len(records))
    how = canonical_json([ALGORITHM, used.shingle, used.sample, used.short])
    if texts.kept(_SKETCHED) != how:
        texts.forget_sketches()
        texts.keep(_SKETCHED, how)

    def known(number: int) -> Keys | None:
        kept = texts.sketch(records[number].digest)
        return None if kept is None else from_bytes(kept)

    def keep(number: int, keys: Keys) -> None:
        texts.put_sketch(records[number].digest, to_bytes(keys))

    earlier = replace(_earlier(texts, records, last), sketches=Kept(known=known, made=keep))
    made = compare(
        records, lambda number: texts.text(records[number].digest), forms_of(texts, blanks), settings, earlier
    )
    leave(texts, made)
    return made


def forms_of(texts: Texts, blanks: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the texts of blank forms by standard."""
    return {standard: [texts.text(digest) for digest in digests] for standard, digests in blanks.items()}


def leave(texts: Texts, made: Comparison) -> None:
    """Leave in the cache what the next comparison, and whoever shows this one, needs of it."""
    texts.keep(comparison.STATE, keeping.to_bytes(made.templates, made.spread))
    texts.save()


def _earlier(texts: Texts, records: Sequence[CaseRecord], last: comparison.Comparison | None) -> Earlier:
    """Return what an earlier comparison found, as far as the cache is still as that one left it."""
    state = keeping.from_bytes(texts.kept(comparison.STATE))
    if last is None or state is None or state_of(texts) != last.state:
        return Earlier()
    there = {one.id: one for one in records}
    # whose audit a record is of decides which pairs count, so what is known of it must be the same as well
    same = {one.id: one.digest for one in last.records if there.get(one.id) == one}
    return Earlier(templates=state[0], digests=same, pairs=last.found.pairs)
