"""Build the final report of the body."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, get_args

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem
from selfaudit.base.text import loose
from selfaudit.model.form.answers import MISSING, Answer
from selfaudit.model.kit.outline import SIGNATORIES
from selfaudit.model.progress.approval import Approvals
from selfaudit.model.progress.milestones import MILESTONE
from selfaudit.reports.build.annex import decision_rows, dropped_rows, item_rows, respondent_rows, void_rows
from selfaudit.reports.build.conduct import conduct
from selfaudit.reports.build.data import all_contradictions
from selfaudit.reports.build.dispositions import decided_rows
from selfaudit.reports.build.findings import findings_and_measures
from selfaudit.reports.build.outline import Contents, annexes, chapters, fact_text, first_page, heading
from selfaudit.reports.build.proof import evidence_rows
from selfaudit.reports.build.register import aside_rows, register_rows
from selfaudit.reports.build.reviewed import exclusion_rows
from selfaudit.reports.build.similar import lookalike_rows
from selfaudit.reports.content import ANNEX_FIELDS
from selfaudit.reports.context.final import (
    Charts,
    FinalReport,
    MilestoneRow,
    PhaseRow,
    PlanInfo,
    PostRow,
)
from selfaudit.reports.context.findings import Findings
from selfaudit.reports.context.outline import AnnexKind, Signatory
from selfaudit.reports.context.parts import Conduct, SuggestionBox, VoiceRow
from selfaudit.reports.document import Document
from selfaudit.reports.evidence import Evidence, Remark
from selfaudit.reports.figures import Figures
from selfaudit.reports.gate import printed_gap
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import campaign_info
from selfaudit.word.values import ChartData, QrCode

_MOST_NAMES = 10
"""Names printed beside a text that many people wrote."""
_IN_CHARTS = (Answer.CONFORM, Answer.PROBLEM, Answer.UNCHECKED, Answer.NOT_APPLICABLE, MISSING)


def final_report(evidence: Evidence) -> FinalReport:
    """Return what the final report says."""
    setting, plan = evidence.setting, evidence.setting.kit.plan
    figures = Figures(setting.wording, evidence.voice)
    items = tuple(item_rows(evidence, figures))
    how = conduct(evidence, figures, items)
    findings, measures = findings_and_measures(evidence, figures)
    suggestions = tuple(_suggestions(evidence, figures))
    clues = _voice_rows("clues", plan.clues, evidence.clues, setting, figures)
    decisions, dropped = tuple(decision_rows(evidence)), tuple(dropped_rows(evidence))
    respondents, files = tuple(respondent_rows(evidence)), tuple(evidence_rows(evidence))
    decided = tuple(decided_rows(evidence.setting))
    register, aside = tuple(register_rows(evidence)), tuple(aside_rows(evidence))
    held = all_contradictions(evidence)
    report = FinalReport(
        code="",
        qr=QrCode(""),
        draft=False,
        title=plan.report.title,
        body=setting.roster.body.name,
        campaign=campaign_info(setting),
        printed_on=setting.wording.date(setting.today),
        as_of=setting.wording.date(setting.as_of),
        first_page=first_page(setting),
        body_here=True,
        annexes_here=True,
        chapters=tuple(chapters(Contents(setting, findings, measures, suggestions, clues))),
        legal_basis=tuple(_legal_basis(setting)),
        plan=_plan(setting),
        conduct=how,
        findings=findings,
        measures=measures,
        suggestions=suggestions,
        clues_title=plan.clues,
        clues=clues,
        annex_dispositions=decided,
        annex_register=register,
        annex_aside=aside,
        annex_contradictions=held,
        annex_lookalikes=lookalike_rows(setting),
        annex_exclusions=exclusion_rows(setting),
        annex_items=items,
        dropped=dropped,
        decisions=decisions,
        annex_respondents=respondents,
        evidence=files,
        charts=_charts(setting, findings, how),
        annexes=(),
        signatories=tuple(Signatory(title, "", "") for title in steps_of(setting)),
        approved="",
        seal=any(role.seal for role in plan.roles),
        gaps=(),
    )
    return replace(report, annexes=tuple(annexes(_filled(report), setting)))


def _filled(report: FinalReport) -> dict[AnnexKind, bool]:
    """Return which annexes have something to print."""
    printed = {kind: getattr(report, field) for kind, field in ANNEX_FIELDS.items()}
    return {kind: bool(rows.rows if isinstance(rows, Findings) else rows) for kind, rows in printed.items()}


def as_draft(report: FinalReport, gaps: Iterable[Problem], setting: Setting) -> FinalReport:
    """Return the draft of a report, which lists what is still missing in it; nobody has approved a draft."""
    unsigned = tuple(Signatory(one.title, "", "") for one in report.signatories)
    printed = tuple(printed_gap(gap, setting) for gap in gaps)
    return replace(report, draft=True, gaps=printed, signatories=unsigned, approved="")


Part = Literal["report", "annexes"]
"""A file of the final report."""


def in_files(report: FinalReport, annexes: Literal["same", "own"]) -> Iterator[tuple[Part, FinalReport]]:
    """Yield what is in the file of the report and, if the annexes have one of their own, what is in that."""
    own = annexes == "own" and bool(report.annexes)
    yield "report", replace(report, annexes_here=not own)
    if own:
        yield "annexes", replace(report, body_here=False)


def steps_of(setting: Setting) -> tuple[str, ...]:
    """Return the titles of those who sign, in the order in which they do."""
    signatories = setting.kit.plan.report.signatories
    return tuple(map(setting.wording.tr, SIGNATORIES)) if signatories is None else signatories


def with_approvals(report: FinalReport, approvals: Approvals, setting: Setting) -> FinalReport:
    """Return the report as it is printed: with who approved it, and which earlier approvals its changes have voided."""
    valid, wording = approvals.valid, setting.wording
    signed = tuple(
        Signatory(one.title, taken.by, wording.written_date(taken.on)) if (taken := valid.get(one.title)) else one
        for one in report.signatories
    )
    report = replace(report, signatories=signed, approved=approvals.content.number if valid else "")
    void = tuple(void_rows(approvals, setting))
    if not void:
        return report
    count = report.conduct.decisions
    there = {"decisions", *(annex.kind for annex in report.annexes)}
    more = replace(count, value=count.value + len(void), sources=(*count.sources, *(row.what for row in void)))
    return replace(
        report,
        decisions=(*report.decisions, *void),
        conduct=replace(report.conduct, decisions=more),
        annexes=tuple(annexes({kind: kind in there for kind in get_args(AnnexKind)}, setting)),
    )


def _legal_basis(setting: Setting) -> Iterator[str]:
    for name in setting.kit.plan.legal_basis:
        if name in setting.kit.citation_of:
            yield setting.wording.cite(setting.kit.citation_of[name])


def _plan(setting: Setting) -> PlanInfo:
    plan, date = setting.kit.plan, setting.wording.date
    titles = {entry.id: entry.title for entry in plan.deliverables}
    done = {made.about: made.data["on"] for made in setting.decisions if made.kind == MILESTONE}

    def outputs(ids: Iterable[str]) -> str:
        return setting.wording.join(titles.get(name, name) for name in ids)

    return PlanInfo(
        scope=plan.scope,
        method=plan.method,
        requirements=plan.requirements,
        working_group=tuple(
            PostRow(post.post, fact_text(post.named, setting) if post.named else post.members, post.duty)
            for post in plan.working_group
        ),
        phases=tuple(PhaseRow(p.title, date(p.start), date(p.end), p.who, outputs(p.outputs)) for p in plan.phases),
        milestones=tuple(
            MilestoneRow(
                m.title, date(m.on), m.who, outputs(m.outputs), setting.wording.written_date(done.get(m.id, ""))
            )
            for m in plan.milestones
        ),
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
    named = prefix.partition(".")[0] in setting.kit.plan.report.named
    for number, same in enumerate(_merged(remarks), 1):
        voices = [remark.voice for remark in same]
        rows.append(
            VoiceRow(
                who=setting.wording.some([voice.name for voice in voices], _MOST_NAMES) if named else "",
                text=setting.text(same[0].text),
                count=figures.voices(f"{prefix}.{number}", setting.wording.pair(title, number), voices),
            )
        )
    return tuple(rows)


def _merged(remarks: Iterable[Remark]) -> list[list[Remark]]:
    """Return remarks with those of the same wording together, in the order in which each was first made."""
    by_text: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_text.setdefault(loose(remark.text), []).append(remark)
    return list(by_text.values())


def _charts(setting: Setting, findings: Findings, how: Conduct) -> Charts:
    columns = zip(*(area.severities for area in findings.areas), strict=True)
    return Charts(
        findings_by_area=ChartData(
            title=heading("findings_chart" if setting.graded else "overview", setting),
            categories=tuple(area.title for area in findings.areas),
            series=tuple((column[0].title, tuple(cell.value.value for cell in column)) for column in columns),
        ),
        answers_by_area=ChartData(
            title=heading("answers_chart", setting),
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
