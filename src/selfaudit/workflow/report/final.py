"""The final report after its gate, and what else the kit wants of the whole body."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from selfaudit.base.i18n import N_, console_language, translator
from selfaudit.base.problems import Kind as ProblemKind
from selfaudit.base.problems import Problem, Some, errors, note, warning
from selfaudit.base.text import file_name
from selfaudit.files.atomic import write_bytes
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.outline import ANNEXES, DRAFT
from selfaudit.model.kit.plan import Language
from selfaudit.model.progress.reminder import by_respondent
from selfaudit.reports.build.final import DOCUMENT as FINAL
from selfaudit.reports.build.final import Part, as_draft, in_files
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.document import Document, Request, properties_of
from selfaudit.reports.figures import explain
from selfaudit.reports.gate import condensed, gaps, is_open
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.decisions import RESOLVE, WITHDRAW, Decision, decisions, every_decision
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import open_page_count
from selfaudit.store.ledger.reminders import reminders
from selfaudit.store.ledger.responses import about_response, choice
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.forms import build_forms, pending
from selfaudit.workflow.common.soundness.keeping import FOREIGN, badly_kept
from selfaudit.workflow.common.soundness.tampering import tampering
from selfaudit.workflow.common.state.asking import EDITORIAL, in_force
from selfaudit.workflow.common.state.election import told_of_choice
from selfaudit.workflow.common.state.register import register
from selfaudit.workflow.common.state.rejections import rejections
from selfaudit.workflow.common.state.rewordings import rewordings
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.writing.documents import template_of
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.common.writing.rendering import Renderer
from selfaudit.workflow.common.writing.setting import setting_of
from selfaudit.workflow.common.writing.superseding import put_in_place, set_aside

NOT_ISSUED = warning(
    "report.not-issued",
    N_("{count} forms have not been issued or are out of date: {names}"),
    N_("Run selfaudit issue and send them."),
)
UNUSABLE = warning(
    "report.unusable",
    N_("{count} returned files could not be used: {names}"),
    N_("Send back the texts in rejected/; once a good one came, or the file is gone from inbox/, it is done."),
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

Kind = Literal["final or draft", "final only", "draft"]
"""What may be written: the final report, or its draft if something is open; the final report or nothing; a draft."""
_MOST_NAMES = 10


@dataclass(slots=True)
class Final:
    """The final report or its draft (no path: not written because something is open) and what is missing in it.

    The first path is the report, a second one has its annexes. ``gaps`` has everything unit by unit, ``shown`` as many
    lines as people read. ``aside`` is where files are that were there before, ``earlier`` are final reports that stay
    beside a draft.
    """

    paths: list[Path]
    draft: bool
    gaps: list[Problem]
    shown: list[Problem]
    aside: list[Path] = field(default_factory=list)
    earlier: list[Path] = field(default_factory=list)

    @property
    def open(self) -> int:
        """How many points keep the report from being final."""
        return sum(map(is_open, self.gaps))


def compose(
    workspace: Workspace, document: Document, *, masked: bool = True, language: Language | None = None
) -> tuple[Setting, FinalReport, list[Problem]]:
    """Return what the documents of a run share, what one for the body says, and everything that is open in it."""
    setting = replace(setting_of(workspace, masked=masked, reported=True), language=language)
    with workspace.reading() as ledger:
        chased = by_respondent(reminders(ledger))
        opened, decided = (*setting.open, *_open(workspace, ledger, setting)), _decided(ledger, setting.kit)
        setting = replace(setting, open=opened, reminders=chased, decisions=decided)
        setting = replace(setting, rewordings=tuple(rewordings(ledger, setting.kit)), register=register(ledger))
        request = Request(setting, standings(ledger, setting.kit))
        report = document.build(request)
    return setting, report, gaps(request.evidence, report)


def _decided(ledger: Ledger, kit: Kit) -> list[Decision]:
    """Return what persons decided, without declarations about words that have changed once more.

    What they chose or entered is left out as well if it was withdrawn since, which is a decision of its own.

    A choice says which response was chosen and what that left out, since the others' findings are printed nowhere.
    """
    valid = in_force(decisions(ledger, EDITORIAL), FormBuilder(kit).everything.wordings)
    made = [one for one in every_decision(ledger) if one.kind != EDITORIAL or one.about in valid]
    withdrawn = {one.about for one in made if one.kind == WITHDRAW}
    made = [one for one in made if one.kind == WITHDRAW or _response(ledger, one) not in withdrawn]
    return [replace(one, data=told_of_choice(ledger, one.about)) if one.kind == RESOLVE else one for one in made]


def _response(ledger: Ledger, made: Decision) -> str:
    """Return which response a decision chose or entered, as decisions on one name it; otherwise what it is about."""
    chosen = choice(ledger, made.about) if made.kind == RESOLVE else None
    return about_response(made.about, chosen.digest) if chosen else made.about


def _open(workspace: Workspace, ledger: Ledger, setting: Setting) -> Iterator[Problem]:
    forms = build_forms(setting.kit, setting.roster, workspace.codes(setting.kit.plan.id))
    if names := pending(ledger, forms, setting.kit):
        yield NOT_ISSUED(count=len(names), names=Some(names, _MOST_NAMES))
    if files := [one.file for one in rejections(workspace, ledger)]:
        yield UNUSABLE(count=len(files), names=Some(files, _MOST_NAMES))
    if setting.kit.plan.signed_paper and (count := open_page_count(ledger)):
        yield OPEN_PAGES(count=count)
    if changed := errors(tampering(workspace, ledger)):
        yield ALTERED(count=len(changed))
    yield from _originals(workspace, ledger)


def _originals(workspace: Workspace, ledger: Ledger) -> Iterator[Problem]:
    """Yield how many originals are not there as they came, with their names."""
    names: dict[ProblemKind, list[str]] = {NOT_AS_THEY_CAME: [], FOREIGN_FILES: []}
    for one in badly_kept(workspace, ledger):
        names[FOREIGN_FILES if one.kind is FOREIGN else NOT_AS_THEY_CAME].append(one.args.get("name", one.where.file))
    yield from (kind(count=len(found), names=Some(found, _MOST_NAMES)) for kind, found in names.items() if found)


def write_final(
    workspace: Workspace, kind: Kind, output: Path | None, *, masked: bool, document: Document = FINAL
) -> Final:
    """Write the final report if nothing is open, otherwise a draft that lists what is, or what ``kind`` says.

    A final report that was there before is set aside, never overwritten, and so is the draft that a final report
    replaces. With another ``document`` of the body the same is true of that.
    """
    setting, report, found = compose(workspace, document, masked=masked)
    done = Final([], draft=kind == "draft" or any(map(is_open, found)), gaps=found, shown=condensed(found))
    if done.draft and kind == "final only":
        return done
    if done.draft:
        report = as_draft(report, done.shown, setting)
    names = _Names(workspace, report.title, setting.kit.plan.language, output)
    template = template_of(document, setting.kit.plan, workspace)
    properties = properties_of(report, template.about.language)
    apart = setting.kit.plan.report.annexes if document is FINAL else "same"
    with Renderer() as renderer:
        files = {
            part: renderer.render(template, content, properties, draft=done.draft)
            for part, content in in_files(report, apart)
        }
    for part, data in files.items():
        path = names.path(part, draft=done.draft)
        if done.draft:
            write_bytes(path, data)
            done.earlier += [final for final in [names.usual(part, draft=False)] if final.is_file()]
        else:
            aside = [put_in_place(workspace, path, data), set_aside(workspace, names.usual(part, draft=True))]
            done.aside += filter(None, aside)
        done.paths.append(path)
    if "annexes" not in files:
        # they had a file of their own before
        kinds = (True,) if done.draft else (True, False)
        done.aside += filter(None, (set_aside(workspace, names.usual("annexes", draft=kind)) for kind in kinds))
    return done


@dataclass(frozen=True, slots=True)
class _Names:
    """What the files of the final report are called; ``output`` is the name that the user gave to the report."""

    workspace: Workspace
    title: str
    language: Language
    output: Path | None

    def path(self, part: Part, *, draft: bool) -> Path:
        """Return where a part of the report is written, final or as a draft."""
        if self.output is None:
            return self.usual(part, draft=draft)
        path = output_path(self.workspace, self.output, self.usual(part, draft=draft))
        return path if part == "report" else path.with_stem(self._annexes(path.stem))

    def usual(self, part: Part, *, draft: bool) -> Path:
        """Return where a part of the report is written if the user names no other place."""
        name = self._annexes(self.title) if part == "annexes" else self.title
        if draft:
            name = translator(self.language)(DRAFT).format(title=name)
        return self.workspace.reports / f"{file_name(name)}.docx"

    def _annexes(self, title: str) -> str:
        return translator(self.language)(ANNEXES).format(title=title)


def explain_final(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """Yield every figure of the final report with its value and who says so, in the language of the console."""
    (reader,) = [language for language in get_args(Language) if language == console_language()]
    _, report, _ = compose(workspace, FINAL, language=reader)
    for figure in explain(report):
        yield {
            "id": figure.id,
            "value": figure.value,
            "title": figure.title,
            "chapters": list(figure.chapters),
            "sources": list(figure.sources),
        }
