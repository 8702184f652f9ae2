"""Build the final report of the body."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem
from selfaudit.model.answers import Answer
from selfaudit.model.kit import ProfileField
from selfaudit.model.names import PROFILE
from selfaudit.reports.build.annex import decision_rows, dropped_rows, item_rows, respondent_rows
from selfaudit.reports.build.conduct import conduct
from selfaudit.reports.build.findings import findings_and_measures
from selfaudit.reports.context.final import (
    ChapterInfo,
    Charts,
    Fact,
    FinalReport,
    MilestoneRow,
    PhaseRow,
    PlanInfo,
    PostRow,
)
from selfaudit.reports.context.parts import Conduct, Findings, SuggestionBox, VoiceRow
from selfaudit.reports.document import Document
from selfaudit.reports.evidence import Evidence, Remark, Setting, merged
from selfaudit.reports.figures import Figures
from selfaudit.reports.gate import printed_gap
from selfaudit.reports.tables import campaign_info
from selfaudit.word.values import ChartData, Figure

_MOST_NAMES = 10
"""Names printed beside a text that many people wrote."""
_IN_CHARTS = (Answer.CONFORM, Answer.PROBLEM, Answer.UNCHECKED, Answer.NOT_APPLICABLE)


def final_report(evidence: Evidence) -> FinalReport:
    """Return what the final report says."""
    setting, plan = evidence.setting, evidence.setting.kit.plan
    figures = Figures(setting.wording, evidence.voice)
    items = tuple(item_rows(evidence, figures))
    how = conduct(evidence, figures, items)
    findings, measures = findings_and_measures(evidence, figures)
    return FinalReport(
        draft=False,
        title=plan.report.title,
        body=setting.roster.body.name,
        campaign=campaign_info(setting),
        printed_on=setting.wording.date(setting.today),
        chapters=tuple(_chapters(setting)),
        legal_basis=tuple(_legal_basis(setting)),
        plan=_plan(setting),
        conduct=how,
        findings=findings,
        measures=measures,
        suggestions=tuple(_suggestions(evidence, figures)),
        clues_title=plan.clues,
        clues=_voice_rows("clues", plan.clues, evidence.clues, setting, figures),
        annex_items=items,
        dropped=tuple(dropped_rows(evidence)),
        decisions=tuple(decision_rows(evidence)),
        annex_respondents=tuple(respondent_rows(evidence)),
        charts=_charts(setting, findings, how),
        gaps=(),
    )


def as_draft(report: FinalReport, gaps: Iterable[Problem], setting: Setting) -> FinalReport:
    """Return the draft of a report, which lists what is still missing in it."""
    return replace(report, draft=True, gaps=tuple(printed_gap(gap, setting) for gap in gaps))


def _chapters(setting: Setting) -> Iterator[ChapterInfo]:
    plan = setting.kit.plan
    for number, chapter in enumerate(plan.report.chapters, 1):
        yield ChapterInfo(
            id=chapter.id,
            number=setting.wording.chapter(number),
            title=chapter.title,
            holds=chapter.holds,
            facts=tuple(_fact(field, setting) for field in plan.profile if field.chapter == chapter.id),
        )


def _fact(field: ProfileField, setting: Setting) -> Fact:
    number = setting.numbers.get(field.id)
    if number is not None:
        source = setting.wording.pair(PROFILE, field.id)
        return Fact(field.title, "", Figure(f"profile.{field.id}", number, field.title, (source,)), is_number=True)
    text = setting.facts.get(field.id) or setting.wording.tr(N_("[to be filled in]"))
    return Fact(field.title, setting.text(text), None, is_number=field.kind == "number")


def _legal_basis(setting: Setting) -> Iterator[str]:
    for name in setting.kit.plan.legal_basis:
        if name in setting.kit.citation_of:
            yield setting.wording.cite(setting.kit.citation_of[name])


def _plan(setting: Setting) -> PlanInfo:
    plan, date = setting.kit.plan, setting.wording.date
    titles = {entry.id: entry.title for entry in plan.deliverables}

    def outputs(ids: Iterable[str]) -> str:
        return setting.wording.join(titles.get(name, name) for name in ids)

    return PlanInfo(
        scope=plan.scope,
        method=plan.method,
        requirements=plan.requirements,
        working_group=tuple(PostRow(post.post, post.members, post.duty) for post in plan.working_group),
        phases=tuple(PhaseRow(p.title, date(p.start), date(p.end), p.who, outputs(p.outputs)) for p in plan.phases),
        milestones=tuple(MilestoneRow(m.title, date(m.on), m.who, outputs(m.outputs)) for m in plan.milestones),
    )


def _suggestions(evidence: Evidence, figures: Figures) -> Iterator[SuggestionBox]:
    titles = {box.id: box.title for box in evidence.setting.kit.plan.suggestions}
    for box, remarks in evidence.suggestions.items():
        title = titles.get(box, box)
        yield SuggestionBox(title, _voice_rows(f"suggestions.{box}", title, remarks, evidence.setting, figures))


def _voice_rows(
    prefix: str, title: str, remarks: Iterable[Remark], setting: Setting, figures: Figures
) -> tuple[VoiceRow, ...]:
    rows = []
    for number, same in enumerate(merged(remarks), 1):
        voices = [remark.voice for remark in same]
        rows.append(
            VoiceRow(
                who=setting.wording.some([voice.respondent.name for voice in voices], _MOST_NAMES),
                text=setting.text(same[0].text),
                count=figures.voices(f"{prefix}.{number}", setting.wording.pair(title, number), voices),
            )
        )
    return tuple(rows)


def _charts(setting: Setting, findings: Findings, how: Conduct) -> Charts:
    tr = setting.wording.tr
    columns = zip(*(area.severities for area in findings.areas), strict=True)
    return Charts(
        findings_by_area=ChartData(
            title=tr(N_("Findings by area and severity")),
            categories=tuple(area.title for area in findings.areas),
            series=tuple((column[0].title, tuple(cell.value.value for cell in column)) for column in columns),
        ),
        answers_by_area=ChartData(
            title=tr(N_("Answers by area")),
            categories=tuple(area.title for area in how.areas),
            series=tuple(
                (setting.wording.answer(answer), tuple(getattr(area, answer).value for area in how.areas))
                for answer in _IN_CHARTS
            ),
        ),
    )


DOCUMENT = Document(
    name="final",
    word=N_("body"),
    audience="body",
    context=FinalReport,
    build=lambda request: final_report(request.evidence),
)
