"""What pages of look-alikes show besides the texts: who the records are of, what they share, and what was decided."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from selfaudit.base.i18n import N_, console_language
from selfaudit.base.mask import mask
from selfaudit.model.casefiles.compared import Compared, Side, span
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.reports.pages.similar.marking import Marking
from selfaudit.reports.wording import Wording

ALONE = 2
"""Records in which a passage stands that nobody else has: those of the pair."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody decided on a pair, in words, with the commands to type to decide on it; all may be empty."""

    state: str = ""
    told: str = ""
    commands: Sequence[str] = ()


def identity(record: CaseRecord, say: Callable[[str], str]) -> dict[str, str]:
    """Return what is known of a record by its title; what is not known is told as that."""
    unknown = say(N_("not known"))
    return {
        say(N_("Organisation")): record.organisation or unknown,
        say(N_("Standard")): record.standard or unknown,
        say(N_("Audited")): record.period or unknown,
        say(N_("Auditors")): say(N_(", ")).join(record.auditors) or unknown,
        say(N_("Characters")): f"{record.characters:,}",
    }


def in_common(it: Compared, wording: Wording) -> list[str]:
    """Return what two records have in common, or have not, besides the text."""
    tr, ours, theirs = wording.tr, it.a.record, it.b.record
    told = []
    if it.same_organisation:
        told.append(
            tr(N_("same organisation, in two periods")) if ours.period != theirs.period else tr(N_("same organisation"))
        )
    elif ours.organisation and theirs.organisation:
        told.append(tr(N_("different organisations")))
    if it.same_team:
        told.append(wording.pair(tr(N_("same team")), wording.join(it.same_auditors)))
    elif it.same_auditors:
        told.append(wording.pair(tr(N_("same auditor")), wording.join(it.same_auditors)))
    elif ours.auditors and theirs.auditors:
        told.append(tr(N_("no auditor in common")))
    if ours.standard != theirs.standard and ours.standard and theirs.standard:
        told.append(tr(N_("different standards")))
    return told


def share(value: float) -> str:
    """Return a share in percent; never 100 % of what is not the whole, nor 0 % of what is there."""
    percent = round(100 * value)
    if value < 1:
        percent = min(percent, 99)
    return f"{max(percent, 1) if value else 0} %"


def told_records(records: int, wording: Wording) -> str:
    """Return in how many records a passage stands."""
    if records <= ALONE:
        return wording.tr(N_("in these 2 only"))
    return wording.tr(N_("in {n} records")).format(n=records)


@dataclass(frozen=True, slots=True)
class Row:
    """A passage: the how manieth ``of`` all, how long it is, in how many records, its place and text on each side."""

    number: int
    of: int
    length: str
    records: str
    alone: bool
    sides: Sequence[tuple[str, Markup]]


def rows(it: Compared, wording: Wording, most: int = 0) -> Iterator[Row]:
    """Yield every passage, or the ``most`` longest, in the order of the first record."""
    marking, of = Marking(it, wording), len(it.passages)
    longest = sorted(range(of), key=lambda n: -it.passages[n].length_a)[: most or None]
    for n in sorted(longest):
        passage = it.passages[n]
        length = wording.tr(N_("{n} characters")).format(n=passage.length_a)
        sides = [(mask(it.side(side).place(span(passage, side)[0])), marking.passage(side, n + 1)) for side in Side]
        yield Row(n + 1, of, length, told_records(passage.records, wording), passage.records <= ALONE, sides)


def wording_of_console() -> Wording:
    """Return the words of the language of the console."""
    return Wording("zh_CN" if console_language() == "zh_CN" else "en")
