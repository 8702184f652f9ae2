"""The register of findings: what the answers report, joined with how it is handled and with what people entered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from selfaudit.model.kit.kit import Kit
from selfaudit.model.passport import respondent_code
from selfaudit.model.progress.standing import FindingRecord, Standing, default_severity, findings_of
from selfaudit.model.rectification.lapsing import lapses, less_severe, unverified
from selfaudit.model.rectification.rectification import Rectification
from selfaudit.model.rectification.recurrence import Previous, Recurrence


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register says of one finding, and in which version."""

    handled: Rectification
    version: int


@dataclass(frozen=True)
class Register:
    """What the register says, by the short id of the finding; ``evidence`` has the number of files bound to each.

    ``previous`` has the findings that the campaign before had closed. An empty register leaves findings as they were
    reported.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    evidence: Mapping[str, int] = field(default_factory=dict)
    previous: Previous | None = None

    def findings(self, standing: Standing, kit: Kit) -> list[FindingRecord]:
        """Return the findings of a respondent as they are known now.

        After those that they report come those that they reported when they were handled and report no more, and those
        that somebody else entered about them.
        """
        found = [self._handled(record, kit) for record in findings_of(standing, kit)]
        known = {record.short_id for record in found}
        others = (short_id for short_id in self._about.get(standing.respondent.key, ()) if short_id not in known)
        unreported = (_unreported(short_id, self.entries[short_id], standing, kit) for short_id in others)
        everything = [*found, *(self._handled(record, kit) for record in unreported)]
        return list(self._compared(everything, kit, self.previous)) if self.previous else everything

    def _compared(self, found: Iterable[FindingRecord], kit: Kit, previous: Previous) -> Iterator[FindingRecord]:
        """Yield findings with those that they are again."""
        if not self._made or self._made[-1].kit is not kit:
            self._made.append(Recurrence(previous, kit))
        for record in found:
            recurs = self._made[-1].of(record.item, record.data, record.respondent)
            yield replace(record, recurs=recurs) if recurs else record

    @cached_property
    def _made(self) -> list[Recurrence]:
        """What compares findings, last in the kit that was asked about last."""
        return []

    @cached_property
    def _about(self) -> dict[str, list[str]]:
        """The findings that the register knows, by the respondent whom they concern."""
        about: dict[str, list[str]] = {}
        for short_id, entry in self.entries.items():
            about.setdefault(entry.handled.about, []).append(short_id)
        return about

    def _handled(self, record: FindingRecord, kit: Kit) -> FindingRecord:
        evidence = self.evidence.get(record.short_id, 0)
        entry = self.entries.get(record.short_id)
        if entry is None:
            return replace(record, evidence=evidence) if evidence else record
        return replace(handled_as(record, entry.handled, kit), version=entry.version, evidence=evidence)


def handled_as(record: FindingRecord, handled: Rectification, kit: Kit) -> FindingRecord:
    """Return a finding as it is if it is handled so."""
    reported = record.reported or handled.reported or {"number": 0, "item": record.item}
    data = handled.over(reported)
    severity = data.get("severity") or default_severity(kit, record.item)
    if handled.verified and not handled.settled and handled.reported and record.reported:
        # an answer may report today what nobody verified
        was = handled.over(handled.reported)
        lower = less_severe(was.get("severity") or default_severity(kit, record.item), severity, kit.plan)
        handled = unverified(handled) if lower or lapses((was, handled), (data, handled)) else handled
    return replace(record, data=data, severity=severity, rectification=handled)


def seen(record: FindingRecord) -> Rectification:
    """Return how a finding is handled, for a person who looks at what is reported of it today and changes something."""
    handled, unreported = record.rectification, record.reported is None
    known = handled.reported if unreported else dict(record.reported or {})
    kept = unreported and known is not None
    return handled.model_copy(update={"about": record.respondent.key, "reported": known, "kept": kept})


def _unreported(short_id: str, entry: Entry, standing: Standing, kit: Kit) -> FindingRecord:
    """Return a finding that no answer reports, without what the register says of it."""
    handled = entry.handled
    item, _, number = short_id.rpartition("-")
    item = "" if item == "0" else item
    data = handled.reported or {"number": 0, "item": item}
    own = f"E{number}" if handled.reported is None else data["number"]
    return FindingRecord(
        id=f"{respondent_code(kit.plan.id, standing.respondent.key)}-{item or '0'}-{own}",
        respondent=standing.respondent,
        area=kit.area_of.get(item, ""),
        severity="",
        data=data,
        number=int(number),
    )


def joined(found: Iterable[FindingRecord]) -> tuple[list[FindingRecord], list[FindingRecord]]:
    """Return the findings that count, each with those merged into it, and those that do not count."""
    everything = list(found)
    into = {record.short_id: record.rectification.merged_into for record in everything if record.state == "merged"}
    merged: dict[str, list[FindingRecord]] = {}
    for record in everything:
        if record.short_id in into:
            merged.setdefault(_survivor(record.short_id, into), []).append(record)
    return (
        [_with(record, merged.get(record.short_id, ())) for record in everything if record.counts],
        [record for record in everything if not record.counts],
    )


def _survivor(short_id: str, into: Mapping[str, str]) -> str:
    """Return into which finding one is merged in the end; a circle, which no command makes, ends the search."""
    passed = set[str]()
    while short_id in into and short_id not in passed:
        passed.add(short_id)
        short_id = into[short_id]
    return short_id


def _with(record: FindingRecord, same: Iterable[FindingRecord]) -> FindingRecord:
    several = tuple(same)
    if not several:
        return record
    return replace(record, merged=several, evidence=record.evidence + sum(one.evidence for one in several))
