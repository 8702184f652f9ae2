"""What pages and documents say of case files that are alike: who they are of, what they share, what holds of that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.model.casefiles.compared import Compared
from selfaudit.model.casefiles.comparison import Comparison, same_auditors, same_organisation, same_team
from selfaudit.model.casefiles.found import LearnedTemplate, Pair
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings
from selfaudit.reports.wording import Wording

ALONE = 2
"""Records in which a passage stands that nobody else has: those of the pair."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody decided on a pair, in words, with the commands to type to decide on it; all may be empty."""

    state: str = ""
    told: str = ""
    commands: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """All that the last comparison found; ``judged`` says what holds of a pair.

    ``shown`` are pairs with their texts, for those who print passages.
    """

    made: Comparison
    judged: Callable[[Pair], Judged]
    shown: Sequence[Compared] = ()

    @property
    def decided(self) -> list[Pair]:
        """The pairs on which a person has decided, unless a file has changed since."""
        standing = ((pair, self.judged(pair)) for pair in self.made.found.pairs)
        return [pair for pair, one in standing if one.told and not one.commands]


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


def in_common(ours: CaseRecord, theirs: CaseRecord, wording: Wording) -> list[str]:
    """Return what two records have in common, or have not, besides the text."""
    tr, both, same = wording.tr, same_auditors(ours, theirs), same_organisation(ours, theirs)
    told = []
    if same:
        other = ours.period != theirs.period
        told.append(tr(N_("same organisation, in two periods")) if other else tr(N_("same organisation")))
    elif same is not None:
        told.append(tr(N_("different organisations")))
    if same_team(ours, theirs):
        told.append(wording.pair(tr(N_("same team")), wording.join(both)))
    elif both:
        told.append(wording.pair(tr(N_("same auditor")), wording.join(both)))
    elif ours.auditors and theirs.auditors:
        told.append(tr(N_("no auditor in common")))
    if ours.standard and theirs.standard and ours.standard != theirs.standard:
        told.append(tr(N_("different standards")))
    return told


def share(value: float) -> str:
    """Return a share in percent; never 100 % of what is not the whole, nor 0 % of what is there."""
    percent = round(100 * value)
    if value < 1:
        percent = min(percent, 99)
    return f"{max(percent, 1) if value else 0} %"


def told_records(records: int, wording: Wording) -> str:
    """Return in how many records a passage stands, nothing if nobody knows."""
    if not records:
        return ""
    if records <= ALONE:
        return wording.tr(N_("in these 2 only"))
    return wording.tr(N_("in {n} records")).format(n=records)


def whose_template(learned: LearnedTemplate, wording: Wording) -> str:
    """Return whose text was taken for template, and what to ask about it."""
    text = wording.tr(N_("{standard}: in about {n} records, such as {examples}. Blank form, or copied?"))
    some = wording.join(learned.examples)
    return text.format(standard=learned.standard or "—", n=learned.records, examples=some)


def method(settings: Settings, wording: Wording) -> str:
    """Return in a sentence how records were compared, and from which thresholds on they are alike."""
    text = wording.tr(
        N_(
            "Records are compared in runs of {n} characters, without spaces and punctuation. Text of blank"
            " forms, and text found in more than {template} of the records of one standard, is taken for"
            " template text and does not count. Two records are alike if at least {least} of the remaining"
            " text of one of them is also in the other, and they have at least {shared} runs in common."
        )
    )
    return text.format(
        n=settings.shingle,
        template=share(settings.template_share),
        least=share(settings.least),
        shared=settings.least_shared,
    )
