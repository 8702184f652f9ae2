"""The gate before the final report: what is still missing in it, and what in it cannot be right."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Kind, Problem, Severity, Some, Term, Where, note, warning
from selfaudit.model.held.against import without_support
from selfaudit.model.held.held import called
from selfaudit.model.kit.years import other_years, years_of
from selfaudit.model.names import CITATIONS, PLAN, PROFILE
from selfaudit.model.profile import counts_off, dated_ahead, sums_off
from selfaudit.model.progress.approval import Approvals
from selfaudit.model.progress.coverage import doubtful
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.finding_gate import finding_gaps
from selfaudit.reports.reconcile import balances, left_out
from selfaudit.reports.setting import Setting, Voice
from selfaudit.reports.wording import unbroken

FIRST_PAGE_EMPTY = warning(
    "gate.first-page-empty",
    N_("for the first page and the working group, not filled in: {fields}"),
    N_("Write them into profile.yaml."),
)
PROFILE_EMPTY = warning(
    "gate.profile-empty",
    N_("chapter {number} “{title}”: not filled in: {fields}"),
    N_("Write them into profile.yaml, with “无”, “none” or 0 where there is nothing."),
)
NOT_A_NUMBER = warning(
    "gate.profile-not-a-number",
    N_("“{title}” is “{text}”, which is not a number"),
    N_("Write digits only into profile.yaml, without unit or separators."),
)
SUM = warning(
    "gate.profile-sum",
    N_("“{title}” is {value}, but its parts add up to {sum}: {parts}"),
    N_("Correct the total or the part that is wrong in profile.yaml."),
)
AHEAD = note(
    "gate.profile-ahead",
    N_("“{title}” is {day}, and today is {today}"),
    N_("Correct it in profile.yaml, unless the report is only to be signed on that day."),
)
COUNTED = warning(
    "gate.profile-counted",
    N_("“{title}” is {value}, but the campaign's own data give {counted}"),
    N_("Find out which is right; correct profile.yaml or the data."),
)
MISSING = warning(
    "gate.missing",
    N_("{unit}: {count} not answered: {names}"),
    N_("Remind them and collect what comes back; “selfaudit status” lists them all."),
)
WAIVED = note(
    "gate.waived",
    N_("{unit}: {count} need not answer: {names}"),
    N_("The report names them with the reason. An answer that comes after all counts."),
)
INCOMPLETE = warning(
    "gate.incomplete",
    N_("{unit}: {count} answered with gaps: {names}"),
    N_("See what is missing with selfaudit status, have it filled in, collect again."),
)
CONFLICT = warning(
    "gate.conflict",
    N_("{unit}: {count} with responses that contradict each other: {names}"),
    N_("Choose which response counts with selfaudit contradictions."),
)
CONTRADICTION = warning(
    "gate.contradiction",
    N_("{unit}: contradictions not settled: {count} ({names})"),
    N_("Compare both sides with selfaudit contradictions list; have one of them corrected, or settle it."),
)
AGAINST = warning(
    "gate.against-data",
    N_("answers that the body's own data contradict, not settled: {count} ({names})"),
    N_("Look at both sides with selfaudit contradictions list; have the answer or the data corrected, or settle it."),
)
UNSUPPORTED = note(
    "gate.unsupported",
    N_("answers “conform” that no data check supports, because it did not run, or in part only: {count}"),
    N_("“selfaudit contradictions list” says which checks and why; the report says so as well."),
)
OUTDATED = note(
    "gate.outdated",
    N_("{unit}: {count} answered before questions were reworded or added: {names}"),
    N_("These questions are open again. Send the form issued last; “selfaudit status” lists the questions."),
)
NUMBERS = warning(
    "gate.numbers",
    N_("“{title}” is {value}, but its parts add up to {sum}: {parts}"),
    N_("This should never happen; the ledger or the program is wrong. Report it with the output of --explain."),
)
NOT_PRINTED = warning(
    "gate.not-printed",
    N_("the template leaves rows out of “{title}”: {count} of {all} ({names})"),
    N_("Correct the template so that it prints every row; “selfaudit template vars final” lists what there is."),
)
TITLE_YEAR = note(
    "gate.title-year",
    N_("the title “{title}” names {years}, but everything in the plan is in {own}"),
    N_("Correct it in campaign.yaml if it was left over from another campaign."),
)
UNVERIFIED = note(
    "gate.unverified",
    N_("not verified, and printed with a mark: {citations}"),
    N_("Check them against the source, then write “verified: true” and “source: …” into citations.yaml."),
)

VOID = note(
    "gate.approval-void",
    N_("“{step}” by {by} on {on} is void: it was for content {content}, and since then this has changed: {changed}"),
    N_("Have the report as it is now prepared, reviewed and approved again with selfaudit report approve."),
)
UNASKED = warning(
    "gate.unasked",
    N_("items nobody was asked: {items}"),
    N_("Give the roles of these items to a unit or person on the roster, then run selfaudit issue."),
)

NOT_SIGNED = warning(
    "gate.not-signed",
    N_("{unit}: {count} not signed on paper: {names}"),
    N_("Print the sheets with selfaudit paper print, have them signed, file the scans with selfaudit paper match."),
)
SIGNED_BEFORE = warning(
    "gate.signed-before",
    N_("{unit}: {count} signed answers that have changed since: {names}"),
    N_("Print these sheets again with selfaudit paper print and have them signed again."),
)
PAPER_REFUSED = warning(
    "gate.paper-refused",
    N_("{unit}: {count} with a signed paper that was refused: {names}"),
    N_("Have it signed again; “selfaudit status --of NAME” shows why it was refused."),
)
PAPER_UNCONFIRMED = warning(
    "gate.paper-unconfirmed",
    N_("{unit}: {count} with a signature not checked yet: {names}"),
    N_("Look at the sheets in papers/to-confirm.html, then run selfaudit paper confirm NAME."),
)

_BY_UNIT = (
    MISSING, WAIVED, INCOMPLETE, OUTDATED, CONFLICT, CONTRADICTION, NOT_SIGNED, SIGNED_BEFORE, PAPER_REFUSED,
    PAPER_UNCONFIRMED,
)  # fmt: skip
"""The kinds that name respondents or places, one problem for each unit."""

IN_PLAN, IN_PROFILE, IN_CITATIONS = Where(PLAN), Where(PROFILE), Where(CITATIONS)
_MOST_NAMES = 10
_MOST_SIGNERS = 5
"""Names of those who have not signed, which at first is everybody."""
_MOST_UNITS = 10


def gaps(evidence: Evidence, report: FinalReport) -> list[Problem]:
    """Return everything that keeps the final report from being final, in the order of its chapters, unit by unit."""
    setting = evidence.setting
    return [
        *_titles(setting),
        *_facts(report, setting),
        *_profile(setting),
        *_respondents(evidence),
        *_papers(evidence),
        *doubtful(evidence.numbers, setting.kit, setting.roster),
        *finding_gaps(evidence),
        *_numbers(report),
        *_citations(setting),
        *_unasked(evidence),
        *setting.open,
    ]


def not_printed(report: FinalReport, texts: set[str]) -> Iterator[Problem]:
    """Yield the lists from which a template leaves rows out; ``texts`` are those of the files that it made."""
    titles = {annex.kind: annex.title for annex in report.annexes}
    for kind, (names, count) in left_out(report, texts).items():
        yield NOT_PRINTED(title=titles[kind], count=len(names), all=count, names=Some(tuple(names), _MOST_NAMES))


def voided(approvals: Approvals) -> Iterator[Problem]:
    """Yield the approvals that were overtaken by changes and have not been given again."""
    for one in approvals.overtaken:
        changed = Some(tuple(one.changed(approvals.content)), _MOST_NAMES)
        yield VOID(step=one.step, by=one.by, on=one.on, content=one.content.number, changed=changed)


def is_open(gap: Problem) -> bool:
    """Separate what keeps the report from being final from what is only noted."""
    return gap.severity is not Severity.NOTE


def condensed(found: Iterable[Problem]) -> list[Problem]:
    """Return gaps as people read them: of one kind those of the first units, and one line for all other units."""
    shown: list[Problem] = []
    for kind, same in groupby(found, key=lambda gap: gap.kind):
        gaps = list(same)
        by_unit = kind in _BY_UNIT and len(gaps) > _MOST_UNITS
        shown += gaps[:_MOST_UNITS] if by_unit else gaps
        if by_unit:
            shown.append(_other_units(kind, gaps[_MOST_UNITS:]))
    return shown


def _other_units(kind: Kind, gaps: Sequence[Problem]) -> Problem:
    lists: list[Some] = [gap.args["names"] for gap in gaps]
    names = tuple(name for one in lists for name in one.entries)
    return kind(unit=Term(N_("other units")), count=len(names), names=Some(names, lists[0].most))


def printed_gap(gap: Problem, setting: Setting) -> str:
    """Return what is missing in the language of the campaign, as a document for others may say it."""
    return unbroken(gap.discreet().said(translator(setting.kit.plan.language)))


def _titles(setting: Setting) -> Iterator[Problem]:
    """Yield the titles on the cover that name a year in which nothing of the plan happens."""
    own = sorted(years_of(setting.kit))
    for one in other_years(setting.kit):
        if one.is_title:
            yield TITLE_YEAR(IN_PLAN, title=one.text, years=list(one.years), own=own)


def _facts(report: FinalReport, setting: Setting) -> Iterator[Problem]:
    """Yield the facts of the profile that are missing, by the place where the report prints them."""
    empty = [field for field in setting.kit.plan.profile if not setting.facts.get(field.id)]
    if elsewhere := [field.title for field in empty if field.chapter is None]:
        yield FIRST_PAGE_EMPTY(IN_PROFILE, fields=elsewhere)
    for chapter in report.chapters:
        if here := [field.title for field in empty if field.chapter == chapter.id]:
            yield PROFILE_EMPTY(IN_PROFILE, number=chapter.number, title=chapter.title, fields=here)


def _profile(setting: Setting) -> Iterator[Problem]:
    plan = setting.kit.plan
    for field in plan.profile:
        text = setting.facts.get(field.id)
        if field.kind == "number" and text and field.id not in setting.numbers:
            yield NOT_A_NUMBER(IN_PROFILE, title=field.title, text=text)
    yield from (AHEAD(IN_PROFILE, **said) for _, said in dated_ahead(plan, setting.facts, setting.today))
    yield from (COUNTED(IN_PROFILE, **said) for _, said in counts_off(plan, setting.numbers, setting.counted))
    yield from (SUM(IN_PROFILE, **said) for _, said in sums_off(plan, setting.numbers))


def _respondents(evidence: Evidence) -> Iterator[Problem]:
    kinds: list[tuple[Kind, Callable[[Voice], bool]]] = [
        (MISSING, lambda voice: voice.state == "missing"),
        (WAIVED, lambda voice: voice.state == "waived"),
        (INCOMPLETE, lambda voice: voice.state == "incomplete"),
        (OUTDATED, lambda voice: voice.outdated),
    ]
    for kind, concerned in kinds:
        yield from _by_unit(kind, filter(concerned, evidence.asked))
    yield from _by_unit(CONFLICT, (voice for voice in evidence.voices.values() if voice.conflict))
    if against := evidence.against_open:
        names = tuple(map(called, against))
        yield AGAINST(count=len(names), names=Some(names, _MOST_NAMES))
    if evidence.unsupported:
        yield UNSUPPORTED(count=sum(map(len, without_support(evidence.unsupported).values())))
    places: dict[str, list[str]] = {}
    for one in evidence.contradictions:
        places.setdefault(one.name, []).append(one.place)
    for unit, found in places.items():
        yield CONTRADICTION(unit=unit, count=len(found), names=Some(tuple(found), _MOST_NAMES))


def _papers(evidence: Evidence) -> Iterator[Problem]:
    kinds = {
        "missing": NOT_SIGNED, "changed": SIGNED_BEFORE, "refused": PAPER_REFUSED, "unconfirmed": PAPER_UNCONFIRMED,
    }  # fmt: skip
    for state, kind in kinds.items() if evidence.setting.kit.plan.signed_paper else ():
        yield from _by_unit(kind, (voice for voice in evidence.asked if voice.paper == state), _MOST_SIGNERS)


def _unasked(evidence: Evidence) -> Iterator[Problem]:
    items = [item_id for item_id in evidence.setting.kit.items if not any(evidence.tallies[item_id].by_answer.values())]
    if items:
        yield UNASKED(items=items)


def _by_unit(kind: Kind, voices: Iterable[Voice], most: int = _MOST_NAMES) -> Iterator[Problem]:
    by_unit: dict[str, list[str]] = {}
    for voice in voices:
        by_unit.setdefault(voice.respondent.unit_name, []).append(voice.name)
    for unit, names in by_unit.items():
        yield kind(unit=unit, count=len(names), names=Some(tuple(names), most))


def _numbers(report: FinalReport) -> Iterator[Problem]:
    for balance in balances(report):
        if not balance.holds:
            parts = [f"{part.title} {part.value}" for part in balance.parts]
            yield NUMBERS(title=balance.total.title, value=balance.total.value, sum=balance.sum, parts=parts)


def _citations(setting: Setting) -> Iterator[Problem]:
    """Yield every citation that somebody rests on and nobody has verified, those of one source together."""
    used = dict.fromkeys(
        (*setting.kit.plan.legal_basis, *(b for item in setting.kit.items.values() for b in item.basis))
    )
    by_source: dict[str, list[str]] = {}
    for name in used:
        citation = setting.kit.citation_of.get(name)
        if citation and not citation.verified:
            # the document is named once, with the first of its clauses
            named = by_source.setdefault(citation.cite, [])
            named.append(citation.clause if named else citation.plain)
    for clauses in by_source.values():
        yield UNVERIFIED(IN_CITATIONS, citations=list(filter(None, clauses)))
