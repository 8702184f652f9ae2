"""The final report as it stands now: what it says, what is missing in it, and who approved exactly that."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

from selfaudit.base.dates import read_date
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind as ProblemKind
from selfaudit.base.problems import Problem, Some, errors, note, warning
from selfaudit.model.data.totals import totals_of
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import Language
from selfaudit.model.progress.approval import APPROVE, Approvals, Content, approvals
from selfaudit.model.progress.reminder import by_respondent
from selfaudit.reports.build.final import DOCUMENT as FINAL
from selfaudit.reports.build.final import Part, in_files, steps_of, with_approvals
from selfaudit.reports.content import content_of
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.document import Document, Request, properties_of
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.gate import gaps, is_open, not_printed, voided
from selfaudit.reports.setting import Setting
from selfaudit.reports.similar import Alike
from selfaudit.reports.verdicts import decisions_on_signals
from selfaudit.store.ledger.decisions import RESOLVE, WITHDRAW, Decision, decisions, every_decision
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import open_page_count
from selfaudit.store.ledger.reminders import reminders
from selfaudit.store.ledger.responses import about_response, choice
from selfaudit.store.templates import Template
from selfaudit.store.workspace import Workspace
from selfaudit.word.package import printed_texts
from selfaudit.workflow.common.forms import every_form, pending
from selfaudit.workflow.common.soundness.keeping import FOREIGN, badly_kept
from selfaudit.workflow.common.soundness.tampering import tampering
from selfaudit.workflow.common.state.asking import EDITORIAL, in_force
from selfaudit.workflow.common.state.checked import check_run
from selfaudit.workflow.common.state.dispositions import book_of, dispositions_open
from selfaudit.workflow.common.state.election import told_of_choice
from selfaudit.workflow.common.state.evidence import evidence_of_corrections
from selfaudit.workflow.common.state.lookalikes import judging, last
from selfaudit.workflow.common.state.pointed import points
from selfaudit.workflow.common.state.register import register
from selfaudit.workflow.common.state.rejections import rejections
from selfaudit.workflow.common.state.results import results
from selfaudit.workflow.common.state.rewordings import rewordings
from selfaudit.workflow.common.state.samples import every_drawn, samples_open
from selfaudit.workflow.common.state.signals import outcomes
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.state.verdicts import Now, verdicts_of
from selfaudit.workflow.common.writing.documents import template_of
from selfaudit.workflow.common.writing.rendering import Renderer
from selfaudit.workflow.common.writing.setting import setting_of
from selfaudit.workflow.common.writing.superseding import parts_of

NOT_ISSUED = warning(
    "report.not-issued",
    N_("{count} forms have not been issued or are out of date: {names}"),
    N_("Run selfaudit issue and send them."),
)
UNUSABLE = warning(
    "report.unusable",
    N_("{count} returned files could not be used: {names}"),
    N_(
        "Send back the texts in rejected/; once a good one came, or the file is gone from inbox/, it is done."
        " If it is in a zip, move that out of inbox/; what was collected of it stays."
    ),
    # the sender named the file
    N_("{count} returned files could not be used"),
)
OPEN_PAGES = note(
    "report.open-pages",
    N_("unassigned scanned pages: {count}"),
    N_("See papers/unreadable.html; file them with selfaudit paper match FILE --to NAME."),
)
ALTERED = warning(
    "report.altered",
    N_("what the ledger says was changed by something other than selfaudit, in {count} places"),
    N_("selfaudit journal verify names them and says what to do."),
)
NOT_AS_THEY_CAME = warning(
    "report.originals",
    N_("originals missing or not as they came, in received/ or papers/scans/: {count} ({names})"),
    N_("selfaudit journal verify says what to do about each of them."),
    # the sender named the file
    N_("originals missing or not as they came, in received/ or papers/scans/: {count}"),
)
FOREIGN_FILES = warning(
    "report.foreign-files",
    N_("files among the originals that the ledger does not know: {count} ({names})"),
    N_("Forms that came back: run selfaudit collect received. Move anything else out of received/ and papers/scans/."),
    N_("files among the originals that the ledger does not know: {count}"),
)

_MOST_NAMES = 10


@dataclass(frozen=True)
class Judged:
    """The final report by whose content approvals are judged: without them, and with numbers masked."""

    report: FinalReport
    setting: Setting
    template: Template
    hidden: frozenset[str]
    """The texts in which numbers are masked, as they were written: another number is another report."""

    @cached_property
    def content(self) -> Content:
        """What it says; the hash of long lists takes its time."""
        return content_of(self.report, self.setting, template_hash(self.template), sorted(self.hidden))


@dataclass(frozen=True)
class Built:
    """A report of the body, what is missing in it, the template that prints it and the evidence on which it rests.

    ``given`` is what was ever approved of the final report, None for other documents, and held against ``judged``.
    ``report`` and ``gaps`` say the outcome already.
    """

    setting: Setting
    evidence: Evidence
    report: FinalReport
    gaps: list[Problem]
    template: Template
    judged: Judged
    given: Sequence[Decision] | None = None

    @cached_property
    def approvals(self) -> Approvals | None:
        """The approvals of the final report."""
        if self.given is None:
            return None
        return approvals(steps_of(self.setting), self.judged.content, self.given)

    @property
    def approved_at(self) -> float:
        """When the last of the steps was taken that are valid, in seconds since 1970; 0 if none was."""
        given = self.approvals.valid.values() if self.approvals else ()
        return max((datetime.fromisoformat(one.at).timestamp() for one in given if one.at), default=0.0)

    @property
    def open(self) -> int:
        """How many points keep the report from being final."""
        return sum(map(is_open, self.gaps))


def build_final(
    workspace: Workspace,
    document: Document = FINAL,
    *,
    masked: bool = True,
    language: Language | None = None,
    prepared_on: date | None = None,
) -> Built:
    """Return the final report, or another document of the body, as it stands now.

    What is overdue in the final report is so on the day on which it was prepared: that given, otherwise the one on
    which somebody prepared exactly what it says. So it says the same on every later day.
    """
    with workspace.reading() as ledger:
        given = list(decisions(ledger, APPROVE).values()) if document is FINAL else []
    like = None
    if document is FINAL and (not masked or (language and given)):
        # numbers printed in full or words of another language are the same report, and so are its approvals and its day
        like = build_final(workspace, prepared_on=prepared_on)
        prepared_on = like.setting.fixed
    setting = replace(setting_of(workspace, masked=masked, reported=True), language=language)
    template = template_of(document, setting.kit.plan, workspace)
    with workspace.reading() as ledger:
        making = _Making(document, template, _gathered(workspace, ledger, setting), ledger)
        if document is FINAL and not like and not prepared_on:
            built = making.as_prepared(given)
        else:
            built = making.on(prepared_on)
    if document is not FINAL or language is not None:
        return built
    built = replace(built, given=given, judged=like.judged if like else built.judged)
    if not given or (found := built.approvals) is None:
        return built
    report = with_approvals(built.report, found, built.setting)
    return replace(built, report=report, gaps=[*built.gaps, *voided(found)])


@dataclass(frozen=True)
class _Making:
    """Makes a report of the body from what the ledger says, as of one day or another."""

    document: Document
    template: Template
    setting: Setting
    ledger: Ledger

    def on(self, day: date | None) -> Built:
        """Return it as of a day, None for today."""
        setting = replace(self.setting.fixed_on(day) if day else self.setting, hidden=set())
        request = Request(setting, standings(self.ledger, setting.kit))
        report = self.document.build(request)
        judged = Judged(report, setting, self.template, frozenset(setting.hidden))
        return Built(setting, request.evidence, report, gaps(request.evidence, report), self.template, judged)

    def as_prepared(self, given: Iterable[Decision]) -> Built:
        """Return it as of the day on which somebody prepared exactly what it says then, else as of today."""
        steps = steps_of(self.setting)
        now = self.on(None if steps else _dated(self.setting))
        made = {_so_on(now.setting.as_of, now.evidence): now}
        for one in reversed([one for one in given if one.data["step"] in steps[:1]]):
            day = date.fromisoformat(one.data["on"])
            so = _so_on(day, now.evidence)
            built = made[so] = made.get(so) or self.on(day)
            if built.judged.content.digest == one.data["digest"]:
                report = replace(built.report, as_of=self.setting.wording.date(day))
                return replace(built, setting=self.setting.fixed_on(day), report=report)
        return now


def _so_on(day: date, evidence: Evidence) -> tuple[tuple[bool, ...], tuple[str, ...]]:
    """Return everything in the report that depends on its day: what is overdue, and who is still there."""
    people = evidence.setting.fixed_on(day).roster.people
    return tuple(finding.overdue(day) for finding in evidence.findings), tuple(person.id for person in people)


def _dated(setting: Setting) -> date | None:
    """Return the date that the profile gives to a report that nobody signs, unless it is still to come."""
    day = read_date(setting.facts.get(setting.kit.plan.report.date, ""))
    return date.fromisoformat(day) if day and day <= setting.today.isoformat() else None


def _gathered(workspace: Workspace, ledger: Ledger, setting: Setting) -> Setting:
    """Return the setting with what the ledger says beside the answers."""
    now = Now(setting.kit.plan, setting.everybody or setting.roster, setting.today)
    found, data = verdicts_of(workspace, ledger, now), check_run(workspace, ledger, setting.kit, now.everybody)
    standings = found.standings if found else []
    compared, spots = last(workspace), every_drawn(workspace, ledger)
    of_signals = points(ledger, now.plan, found, data.outdated) if found else ()
    on_signals = decisions_on_signals(standings, found.checks if found else {}, setting.wording)
    return replace(
        setting,
        open=(*setting.open, *_open(workspace, ledger, setting), *samples_open(setting.kit, spots), *of_signals),
        reminders=by_respondent(reminders(ledger)),
        decisions=(*_decided(ledger, setting.kit), *on_signals),
        rewordings=tuple(rewordings(ledger, setting.kit)),
        register=register(ledger),
        corrected=evidence_of_corrections(ledger),
        book=book_of(ledger, setting.kit.plan),
        data=data,
        totals=totals_of([one.outcome for one in outcomes(ledger).values()], standings),
        alike=Alike(compared, judging(found, compared, setting.wording.tr)) if compared else None,
        results=results(ledger, setting.kit, spots),
    )


def printed(built: Built, report: FinalReport, renderer: Renderer, *, draft: bool = False) -> dict[Part, bytes]:
    """Return the Word files of a report, its annexes in one of their own if the plan says so."""
    properties = properties_of(report, built.template.about.language)
    return {
        part: renderer.render(built.template, content, properties, draft=draft)
        for part, content in in_files(
            report, built.setting.kit.plan.report.annexes if built.given is not None else "same"
        )
    }


def gaps_in_print(report: FinalReport, files: Iterable[bytes]) -> list[Problem]:
    """Return the gate's points that only show once a template has printed the report."""
    return [*not_printed(report, set().union(*map(printed_texts, files)))]


def template_hash(template: Template) -> str:
    """Return a hash of what a template says, whenever its file was written."""
    whole = sha256()
    for name, data in sorted(parts_of(template.document.read_bytes()).items()):
        whole.update(f"{name} {len(data)}\n".encode() + data)
    return whole.hexdigest()


def _decided(ledger: Ledger, kit: Kit) -> list[Decision]:
    """Return what persons decided, without declarations about words that have changed once more.

    What they chose or entered is left out as well if it was withdrawn since, which is a decision of its own.

    A choice says which response was chosen and what that left out, since the others' findings are printed nowhere.
    """
    valid = in_force(decisions(ledger, EDITORIAL), FormBuilder(kit).everything.wordings)
    every = (one for one in every_decision(ledger) if one.kind != APPROVE)
    made = [one for one in every if one.kind != EDITORIAL or one.about in valid]
    withdrawn = {one.about for one in made if one.kind == WITHDRAW}
    made = [one for one in made if one.kind == WITHDRAW or _response(ledger, one) not in withdrawn]
    return [replace(one, data=told_of_choice(ledger, one.about)) if one.kind == RESOLVE else one for one in made]


def _response(ledger: Ledger, made: Decision) -> str:
    """Return which response a decision chose or entered, as decisions on one name it; otherwise what it is about."""
    chosen = choice(ledger, made.about) if made.kind == RESOLVE else None
    return about_response(made.about, chosen.digest) if chosen else made.about


def _open(workspace: Workspace, ledger: Ledger, setting: Setting) -> Iterator[Problem]:
    forms = every_form(ledger, setting.kit, setting.roster, workspace.codes(setting.kit.plan.id))
    if names := pending(ledger, forms, setting.kit):
        yield NOT_ISSUED(count=len(names), names=Some(names, _MOST_NAMES))
    if files := [one.file for one in rejections(workspace, ledger)]:
        yield UNUSABLE(count=len(files), names=Some(files, _MOST_NAMES))
    if setting.kit.plan.signed_paper and (count := open_page_count(ledger)):
        yield OPEN_PAGES(count=count)
    if changed := errors(tampering(workspace, ledger)):
        yield ALTERED(count=len(changed))
    yield from dispositions_open(workspace, ledger, setting.kit.plan, setting.today)
    yield from _originals(workspace, ledger)


def _originals(workspace: Workspace, ledger: Ledger) -> Iterator[Problem]:
    """Yield how many originals are not there as they came, with their names."""
    names: dict[ProblemKind, list[str]] = {NOT_AS_THEY_CAME: [], FOREIGN_FILES: []}
    for one in badly_kept(workspace, ledger):
        names[FOREIGN_FILES if one.kind is FOREIGN else NOT_AS_THEY_CAME].append(one.args.get("name", one.where.file))
    yield from (kind(count=len(found), names=Some(found, _MOST_NAMES)) for kind, found in names.items() if found)
