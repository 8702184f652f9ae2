"""Build what units and the body hand in besides their reports: the summary of problems, the record of the check."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.model.form.answers import MISSING, Answer
from selfaudit.model.progress.standing import Standing
from selfaudit.reports.build.person import ItemTable
from selfaudit.reports.build.sheet import sheet
from selfaudit.reports.build.unit import those_of, unit_report
from selfaudit.reports.context.findings import FindingRow
from selfaudit.reports.context.parts import TitledText
from selfaudit.reports.context.sheet import Block, Sheet, block, cells
from selfaudit.reports.document import Document, Request
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import Figures
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import disposition_classes, finding_row, known

SUMMARY, RECORD = N_("Analysis and summary of the problems"), N_("Record of the check")


def summary(request: Request) -> Sheet:
    """Return the problems of the whole body by area, with their causes and what is done about them."""
    return _summary(request.evidence, request.setting.roster.body.name, draft=False)


def unit_summary(request: Request) -> Sheet:
    """Return the same of one unit, with all whose forms it collects; that of a branch includes its sub-units."""
    setting, own = request.setting, request.standing
    mine = those_of(own.respondent.unit, request.standings, setting)
    return _summary(Evidence(setting, mine), own.respondent.name, draft=bool(own.gaps) or own.conflict)


def _summary(evidence: Evidence, whose: str, *, draft: bool) -> Sheet:
    setting = evidence.setting
    tr, wording = setting.wording.tr, setting.wording
    printed = [(finding, finding_row(finding, setting)) for finding in evidence.findings]
    by_area: dict[str, list[FindingRow]] = {}
    for finding, row in printed:
        by_area.setdefault(known(finding.area, setting.areas), []).append(row)
    text = tr(N_("Forms answered: {answered} of {asked}. Findings: {found}."))
    answered = sum(voice.answered for voice in evidence.asked)
    opening = text.format(answered=answered, asked=len(evidence.asked), found=len(printed))
    figures = Figures(wording, evidence.voice)
    classes = disposition_classes(evidence.findings, setting, figures)
    handled = [
        cells(one.title, wording.join(f"{a.title} {a.value.value}" for a in one.actions), str(one.count.value))
        for one in classes
        if one.count.value
    ]
    blocks = (
        block("", opening),
        block(tr(N_("What was checked and found, by area")), "", _head(setting), tuple(_areas(evidence, by_area))),
        *(_problems(setting.areas[area], rows, setting) for area, rows in by_area.items()),
        block(tr(N_("Handling")), "", (tr(N_("Class")), tr(N_("How")), tr(N_("Findings"))), tuple(handled)),
    )
    made = _signed(setting, tr(SUMMARY), [TitledText(tr(N_("Of")), whose)], blocks)
    return replace(made, draft=draft)


def _head(setting: Setting) -> tuple[str, ...]:
    tr = setting.wording.tr
    words = (setting.wording.answer(answer) for answer in (Answer.CONFORM, Answer.PROBLEM, Answer.UNCHECKED))
    return tr(N_("Area")), tr(N_("Items asked")), *words, tr(N_("Findings"))


def _areas(evidence: Evidence, by_area: dict[str, list[FindingRow]]) -> Iterator[object]:
    """Yield how the items of an area were answered; a respondent counts once for each."""
    setting = evidence.setting
    for area, title in setting.areas.items():
        asked = {
            item: tally.by_answer
            for item, tally in evidence.tallies.items()
            if known(setting.kit.area_of.get(item, ""), setting.areas) == area and any(tally.by_answer.values())
        }
        if asked or area in by_area:
            said = [sum(len(one[answer]) for one in asked.values()) for answer in (Answer.CONFORM, Answer.PROBLEM)]
            said.append(sum(len(one[answer]) for one in asked.values() for answer in (Answer.UNCHECKED, MISSING)))
            yield cells(title, str(len(asked)), *map(str, said), str(len(by_area.get(area, ()))))


def _problems(title: str, rows: Sequence[FindingRow], setting: Setting) -> Block:
    tr = setting.wording.tr
    head = (tr(N_("Finding")), tr(N_("What was found")), tr(N_("Cause")), tr(N_("What is done about it")))
    told = (cells(f"{row.item}\n{row.short_id}", _found(row), row.cause, "\n".join(_lines(row.done))) for row in rows)
    return block(title, "", head, tuple(told))


def _found(row: FindingRow) -> str:
    return "\n".join(filter(None, (row.fact, row.severity, row.reporter)))


def _lines(told: Iterable[TitledText]) -> Iterator[str]:
    return (f"{one.title}: {one.text}" for one in told)


def check_record(request: Request) -> Sheet:
    """Return every question asked of a unit, with its answer and what was noted."""
    setting, own = request.setting, request.standing
    tr = setting.wording.tr
    report = unit_report(setting, own.respondent.unit, [own])
    by = setting.wording.join(filter(None, (report.respondent.filled_by, report.respondent.filled_on)))
    facts = [TitledText(tr(N_("Of")), own.respondent.name), TitledText(tr(N_("Filled in by")), by)]
    return replace(_signed(setting, tr(RECORD), facts, answered(own, setting)), draft=report.draft)


def answered(own: Standing, setting: Setting) -> Iterator[Block]:
    """Yield every question asked of a respondent, with its answer and what was noted, by area."""
    tr = setting.wording.tr
    figures = Figures(setting.wording, Evidence(setting, [own]).voice)
    head = (tr(N_("Item")), tr(N_("What was checked")), tr(N_("Answer")), tr(N_("Note")))
    blocks: dict[str, list[object]] = {}
    for row in ItemTable(setting, figures, {}).rows(own):
        place = f"{row.id} {row.part}".strip()
        blocks.setdefault(row.area, []).append(cells(place, row.ask, row.answer, row.note))
    return (block(area, "", head, tuple(rows)) for area, rows in blocks.items())


def _signed(setting: Setting, title: str, facts: Iterable[TitledText], blocks: Iterable[Block]) -> Sheet:
    made = sheet(setting, title, facts, blocks)
    return replace(made, signatures=(setting.wording.tr(N_("Person responsible")),))


BODY = Document(
    name="summary", word=N_("body"), audience="body", context=Sheet, build=summary, ending=SUMMARY, like="sheet"
)
UNIT = Document(
    name="unit-summary",
    word=N_("unit"),
    audience="any unit",
    context=Sheet,
    build=unit_summary,
    ending=SUMMARY,
    like="sheet",
)
CHECK = Document(
    name="check-record",
    word=N_("unit"),
    audience="any unit",
    context=Sheet,
    build=check_record,
    ending=RECORD,
    like="sheet",
)
