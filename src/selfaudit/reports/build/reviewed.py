"""Build what documents say of a review: what was found in the files that are drawn, and what that shows of all."""

from collections.abc import Iterator
from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.model.held.against import Against
from selfaudit.reports.barring import excluded, not_verified
from selfaudit.reports.build.samples import LIST_DOCUMENT, as_deliverable, how_drawn
from selfaudit.reports.context.parts import TitledText
from selfaudit.reports.context.reviewed import ExclusionRow, FileReview, ReviewCriterionRow, ReviewKindRow
from selfaudit.reports.context.sheet import Block, Sheet, block, cells
from selfaudit.reports.document import Document, Request
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.results import KINDS, Results
from selfaudit.reports.results_told import (
    BY_CRITERION,
    FEW,
    Table,
    agreements,
    confirmed_told,
    how_far,
    kappa_told,
    limited,
    progress,
    remarks,
    shows,
)
from selfaudit.reports.setting import Setting

TITLE = N_("Report on the review of files")
NO_LIMITS = N_("not projected")
TOLD_HERE = N_("What was decided on them is told with the contradictions.")
TOLD_THERE = N_("What was decided on them is told in the final report, with the contradictions.")


def review_report(request: Request) -> Sheet:
    """Return how files were drawn, what the review found, what it shows of all files, and who reviewed none of them."""
    setting = request.setting
    facts = [fact for one in setting.results for fact in _facts(one, setting)]
    blocks = [made for one in setting.results for made in _titled(one, request.evidence)]
    blocks.append(block(setting.wording.tr(N_("Declaration")), setting.kit.plan.declaration))
    return as_deliverable(setting, DOCUMENT, facts, blocks)


def _facts(found: Results, setting: Setting) -> Iterator[TitledText]:
    tr = setting.wording.tr
    yield from how_drawn(found.listed, setting)
    yield TitledText(tr(N_("Progress of the review")), how_far(found, tr))
    if told := confirmed_told(found, tr):
        yield TitledText(found.listed.one.plan.reads, told)


def file_reviews(evidence: Evidence) -> tuple[FileReview, ...]:
    """Return what the final report says of every spot check."""
    return tuple(_review(found, evidence) for found in evidence.setting.results)


def _review(found: Results, evidence: Evidence) -> FileReview:
    setting = evidence.setting
    tr = setting.wording.tr
    notes = [*_remarks(found, evidence, TOLD_HERE), *_agreed(found, setting)]
    if missing := [file for file in found.files if _not_verified(found, file, setting)]:
        text = tr(N_("Files whose reviewers have not been verified as independent of them: {n}."))
        notes.append(text.format(n=len(missing)))
    return FileReview(
        title=found.listed.one.plan.title,
        facts=tuple(_facts(found, setting)),
        kinds=tuple(ReviewKindRow(*row) for row in _of_kinds(found, setting)),
        criteria=tuple(
            ReviewCriterionRow(title, "\n".join(counted), drawn)
            for title, counted, drawn in _of_criteria(found, setting)
        ),
        remarks=tuple(notes),
    )


def _remarks(found: Results, evidence: Evidence, decided: str) -> Iterator[str]:
    """Yield what must be said beside the numbers, also of how many files data speak against what their reviews say.

    ``decided``, a message id, is where it is told what was decided on these.
    """
    tr = evidence.setting.wording.tr
    yield from remarks(found, tr)
    about = f"file:{found.listed.one.state.id}/"
    files = {one.subject for one in evidence.against if isinstance(one, Against) and one.subject.startswith(about)}
    if files:
        text = N_(
            "Files whose reviews say “conform” where the data say otherwise: {n}; they count as they were reviewed."
            " {decided}"
        )
        yield tr(text).format(n=len(files), decided=tr(decided))


def _agreed(found: Results, setting: Setting) -> Iterator[str]:
    tr, every = setting.wording.tr, found.agreements[""]
    if every.files:
        text = N_(
            "Files reviewed by two reviewers: {files}; both agreed whether there is a problem in {same} of"
            " them; kappa: {kappa}"
        )
        yield tr(text).format(same=every.same, files=every.files, kappa=kappa_told(every, tr))
        if every.few:
            yield tr(FEW)


def _titled(found: Results, evidence: Evidence) -> Iterator[Block]:
    """Yield the blocks of a spot check, under its name where there are several."""
    setting = evidence.setting
    for made in _blocks(found, evidence):
        title = setting.wording.pair(found.listed.one.plan.title, made.title)
        yield replace(made, title=title) if len(setting.results) > 1 else made


def _blocks(found: Results, evidence: Evidence) -> Iterator[Block]:
    setting = evidence.setting
    tr, plan = setting.wording.tr, found.listed.one.plan
    yield _kinds(found, evidence)
    yield _criteria(found, setting)
    yield _strata(found, setting)
    yield _of_table(agreements(found, tr), tr(FEW) if found.twice and found.agreements[""].few else "")
    yield _of_table(progress(found, tr))
    lost = tuple(cells(file, setting.text(why)) for file, why in found.listed.one.state.lost.items())
    yield block(tr(N_("Replaced")), "", (plan.file.title, tr(N_("Reason"))), lost)
    yield from _independence(found, setting)


def _of_kinds(found: Results, setting: Setting) -> Iterator[tuple[str, str, str]]:
    tr, every = setting.wording.tr, found.figures[0]
    of = tr(N_("{drawn} of {files}"))
    for kind, one in every.of.items():
        yield tr(KINDS[kind]), of.format(drawn=one.drawn, files=one.files), shows(kind, one, every.projected, tr)


def _kinds(found: Results, evidence: Evidence) -> Block:
    setting, tr = evidence.setting, evidence.setting.wording.tr
    rows = tuple(cells(kind, shown, drawn) for kind, drawn, shown in _of_kinds(found, setting))
    head = (tr(N_("Kind")), tr(N_("What this shows")), tr(N_("Drawn / in total")))
    return block(tr(N_("Results by kind of file")), "\n".join(_remarks(found, evidence, TOLD_THERE)), head, rows)


def _of_criteria(found: Results, setting: Setting) -> Iterator[tuple[str, list[str], str]]:
    """Yield each criterion with what is only counted, and with what is projected."""
    tr, wording = setting.wording.tr, setting.wording
    for one in found.figures[1:]:
        said = {kind: one.told(kind, tr) for kind in one.of}
        counted = [wording.pair(tr(KINDS[kind]), text) for kind, text in said.items() if kind != "random"]
        projected = filter(None, (said.get("random"), limited(one.projected, tr)))
        yield f"{one.id} {one.title}", counted, wording.clauses(projected)


def _criteria(found: Results, setting: Setting) -> Block:
    tr, wording = setting.wording.tr, setting.wording
    rows = []
    for title, counted, drawn in _of_criteria(found, setting):
        projected = [wording.pair(tr(KINDS["random"]), drawn)] if drawn else []
        rows.append(cells(title, wording.clauses((*counted, *projected))))
    head = (tr(N_("Criterion")), tr(N_("With a problem / applicable")))
    return block(tr(BY_CRITERION), "", head, tuple(rows))


def _strata(found: Results, setting: Setting) -> Block:
    tr, plan = setting.wording.tr, found.listed.one.plan
    rows = []
    for one in found.strata:
        made, shown = one.tally, one.projected
        missing = {N_("Not reviewed yet"): made.open, N_("Lost"): made.lost}
        beside = (setting.wording.pair(tr(title), n) for title, n in missing.items() if n)
        between = f"{shown.low}–{shown.high}" if shown else tr(NO_LIMITS)
        counts = (f"{made.drawn} / {made.files}", f"{made.problems} / {made.reviewed}")
        rows.append(cells(one.row.name(plan, tr), *counts, setting.wording.clauses((between, *beside))))
    titles = (N_("Stratum"), N_("Drawn / in total"), N_("With a problem / reviewed"), N_("Limits (95 %, two-sided)"))
    return block(tr(N_("Results by stratum")), "", tuple(map(tr, titles)), tuple(rows))


def _of_table(one: Table, text: str = "") -> Block:
    return block(one.title, text, one.head, tuple(cells(*row) for row in one.rows))


def exclusion_rows(setting: Setting) -> tuple[ExclusionRow, ...]:
    """Return who may not review which of the files that are drawn, and why; none before reviewers are known."""
    return tuple(row for found in setting.results for row in _exclusions(found, setting))


def _exclusions(found: Results, setting: Setting) -> Iterator[ExclusionRow]:
    now, wording = found.listed.reviewing, setting.wording
    if now is None:
        return
    for file in (ranked.file.id for ranked in found.listed.drawn if ranked.file.id in now.wanted):
        together: dict[str, list[str]] = {}
        for name, why in excluded(now, file, wording.tr).items():
            together.setdefault(why, []).append(name)
        told = "\n".join(wording.pair(why, wording.join(names)) for why, names in together.items())
        yield ExclusionRow(found.listed.one.plan.title, file, told, not_verified(now, file, wording.tr))


def _independence(found: Results, setting: Setting) -> Iterator[Block]:
    """Yield who was excluded from which file and why, and of which files independence is not verified."""
    tr, plan, rows = setting.wording.tr, found.listed.one.plan, [*_exclusions(found, setting)]
    kept_out = tuple(cells(row.file, row.excluded) for row in rows)
    yield block(tr(N_("Excluded from review")), "", (plan.file.title, tr(N_("Reason"))), kept_out)
    unknown = tuple(cells(row.file, row.missing) for row in rows if row.missing)
    yield block(tr(N_("Independence not verified")), "", (plan.file.title, tr(N_("Missing"))), unknown)


def _not_verified(found: Results, file: str, setting: Setting) -> str:
    now = found.listed.reviewing
    return not_verified(now, file, setting.wording.tr) if now else ""


DOCUMENT = Document(
    name="review-report",
    word=N_("body"),
    audience="body",
    context=Sheet,
    build=review_report,
    ending=TITLE,
    like=LIST_DOCUMENT.like,
    of_answers=False,
    delivered=True,
)
