"""The comparison as a dataflow: sketch, group by shingle, group by pair, and compare in full."""

from collections.abc import Mapping, Sequence
from typing import Any

import daft
import numpy as np
from daft import DataFrame, col, lit

from selfaudit.casefiles.arrays import Offsets
from selfaudit.casefiles.candidates import FEWEST, apart
from selfaudit.casefiles.comparing import Comparison, ordered
from selfaudit.casefiles.concluding import Conclusion
from selfaudit.casefiles.dataflow.functions import Chooser, Reader, overlaps, pairs
from selfaudit.casefiles.exact import Overlap, Shelf
from selfaudit.casefiles.sketching import for_records, limit
from selfaudit.casefiles.spread import HIGH_BITS, Spread
from selfaudit.casefiles.templates import drawn, learn
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings


def compare(
    records: Sequence[CaseRecord], texts: DataFrame, blanks: Mapping[str, Sequence[str]], settings: Settings
) -> Comparison:
    """Return which records are alike, the same as the other engine finds.

    ``texts`` has the columns ``number``, of the record, and ``text``. What is known of records, and the texts of those
    that are reported, are held by whoever calls; all else stays with the runner.
    """
    order = ordered(records)
    settings = for_records(settings, len(records))
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    # the order of records does not matter to what is learned
    lots = {number for numbers in drawn(records, settings).values() for number in numbers}
    templates = learn(records, _texts(texts, lots).__getitem__, blanks, settings)
    reader: Any = Reader(ranks, [record.standard for record in records], templates)

    owned = texts.select(reader.sketch(col("number"), col("text"))).collect()
    postings = owned.select("record", "keys").explode("keys").where(col("keys").not_null())
    groups = postings.groupby("keys").agg(col("record").list_agg().alias("records"))
    groups = groups.with_column("times", col("records").list_count()).where(col("times") > lit(1)).collect()
    chosen = _candidates(owned, groups, settings, len(records))
    shares = _overlaps(texts, chosen, np.array(order), reader)

    those = [records[number] for number in order]
    alike = {order[place] for a, b, overlap in shares if overlap.alike(settings) for place in (a, b)}
    read = _texts(texts, alike)
    shelf = Shelf(those, lambda place: read[order[place]], templates)
    bare = _column(owned.where(col("bare")), "record").tolist()
    found, reported = Conclusion(those, shelf, templates, blanks).found(shares, bare, {})
    return Comparison(found, templates, _spread(postings, groups, reported))


def _candidates(owned: DataFrame, groups: DataFrame, settings: Settings, records: int) -> Offsets:
    """Return the pairs to compare in full, as numbers, in order."""
    facts = owned.select("record", "sampled", "short", col("keys").list_count().alias("all")).to_pydict()
    place = np.array(facts["record"], dtype=np.int64)
    rare, rare_sampled = np.zeros(records, dtype=np.int64), np.zeros(records, dtype=np.int64)
    short = np.zeros(records, dtype=np.bool_)
    rare[place], rare_sampled[place], short[place] = facts["all"], facts["sampled"], facts["short"]
    sampled = (col("keys") <= lit(int(limit(settings)))).cast(daft.DataType.int64())
    frequent = (
        groups.where(col("times") > lit(settings.most)).select("records", sampled.alias("sampled")).explode("records")
    )
    counted = frequent.groupby("records").agg(
        col("sampled").count().alias("all"), col("sampled").sum().alias("sampled")
    )
    often = counted.to_pydict()
    where = np.array(often["records"], dtype=np.int64)
    rare[where] -= np.array(often["all"], dtype=np.int64)
    rare_sampled[where] -= np.array(often["sampled"], dtype=np.int64)
    together = groups.select(pairs(col("records"), settings.most).alias("pair")).explode("pair")
    times = together.groupby("pair").agg(col("pair").count().alias("times")).where(col("times") >= lit(FEWEST))
    chooser: Any = Chooser(rare, rare_sampled, short, settings)
    chosen = _column(times.where(chooser.enough(col("pair"), col("times"))), "pair")
    return np.sort(chosen)


def _overlaps(texts: DataFrame, chosen: Any, order: Offsets, reader: Any) -> list[tuple[int, int, Overlap]]:
    """Compare pairs in full."""
    if not len(chosen):
        return []
    a, b = (order[side] for side in apart(chosen))
    wanted = texts.join(_numbers(np.concatenate((a, b))), on="number", how="semi")
    wholes = wanted.select("number", reader.whole(col("number"), col("text")).alias("own")).collect()
    frame = daft.from_pydict({"pair": chosen.tolist(), "a": a.tolist(), "b": b.tolist()})
    ours = wholes.select(col("number").alias("a"), col("own").alias("one"))
    theirs = wholes.select(col("number").alias("b"), col("own").alias("other"))
    joined = frame.join(ours, on="a").join(theirs, on="b")
    rows = joined.select("pair", overlaps(col("one"), col("other"))).sort("pair").to_pydict()
    places = map(np.ndarray.tolist, apart(np.array(rows["pair"], dtype=np.uint64)))
    counts = map(Overlap, rows["own_a"], rows["own_b"], rows["shared"])
    return list(zip(*places, counts, strict=True))


def _spread(postings: DataFrame, groups: DataFrame, reported: Sequence[int]) -> Spread:
    """Return in how many records the keys of the reported records stand."""
    those = daft.from_pydict({"record": np.array(reported, dtype=np.uint32)})
    theirs = postings.join(those, on="record", how="semi").select("keys").distinct()
    rows = theirs.join(groups.select("keys", "times"), on="keys").sort("keys").to_pydict()
    keys = np.array(rows["keys"], dtype=np.uint64) & HIGH_BITS
    return Spread(keys, np.array(rows["times"], dtype=np.int64))


def _numbers(numbers: Offsets) -> DataFrame:
    return daft.from_pydict({"number": sorted(set(numbers.tolist()))})


def _texts(texts: DataFrame, numbers: set[int]) -> dict[int, str]:
    """Return the texts of some records by their numbers."""
    rows = texts.join(_numbers(np.array(sorted(numbers), dtype=np.int64)), on="number", how="semi").to_pydict()
    return dict(zip(rows["number"], rows["text"], strict=True))


def _column(frame: DataFrame, name: str) -> Any:
    return np.array(frame.select(name).to_pydict()[name], dtype=np.uint64)
