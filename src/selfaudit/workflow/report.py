"""``report``: the Word reports of people, units and branches, and the final one behind its gate."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, Severity, Term, UserError, error, note, warning
from selfaudit.base.text import file_name
from selfaudit.files.atomic import write_bytes
from selfaudit.model.reminder import by_respondent
from selfaudit.model.roster import Roster
from selfaudit.model.standing import Standing
from selfaudit.model.template import Document
from selfaudit.reports.build.final import final_report
from selfaudit.reports.build.person import person_report
from selfaudit.reports.build.unit import unit_report
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.evidence import Evidence, Setting
from selfaudit.reports.figures import explain
from selfaudit.reports.gate import gaps
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import open_page_count
from selfaudit.store.ledger.reminders import reminders
from selfaudit.store.templates import Template, load_template
from selfaudit.store.workspace import Workspace
from selfaudit.word.engine import render
from selfaudit.workflow.common.forms import build_forms, pending
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.setting import setting_of
from selfaudit.workflow.common.standings import everybody_of, standings, unusable

WORDS = {"person": N_("person"), "unit": N_("unit"), "branch": N_("branch")}
NOT_ISSUED = warning(
    "report.not-issued",
    N_("{count} forms are not issued, or not as they would be now: {names}"),
    N_("Run selfaudit issue and send them."),
)
UNUSABLE = warning(
    "report.unusable",
    N_("{count} returned files could not be used: {names}"),
    N_("See selfaudit collect; have them sent again under the same name, or take them out of inbox/."),
)
OPEN_PAGES = note(
    "report.open-pages",
    N_("scanned pages filed under nobody: {count}"),
    N_("See papers/unreadable.html; file them with selfaudit paper match FILE --to NAME."),
)
NOBODY = error("report.nobody", N_("no {document} is called “{name}”"), N_("Known: {known}."))


@dataclass(slots=True)
class Written:
    """The reports written, and who has no report because nothing came back from him."""

    written: list[Path] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Final:
    """The final report (no path: not written because of the gaps) and everything that is missing in it."""

    path: Path | None
    gaps: list[Problem]


def write_reports(
    workspace: Workspace, document: Document, names: tuple[str, ...], listener: Listener, *, masked: bool
) -> Written:
    """Write the reports of people, units or branches into ``reports/``; without names, of everybody who answered."""
    setting = setting_of(workspace, masked=masked)
    template = load_template(getattr(setting.kit.plan.templates, document), workspace.root)
    everybody = everybody_of(workspace)
    chosen = _chosen(everybody, setting.roster, document, names)
    done = Written()
    listener.start("report", len(chosen))
    for standing in chosen:
        listener.step()
        if standing.content is None:
            done.waiting.append(standing.respondent.name)
        else:
            done.written.append(_write_one(workspace, setting, template, standing, everybody))
    return done


def _chosen(everybody: list[Standing], roster: Roster, document: Document, names: tuple[str, ...]) -> list[Standing]:
    known: dict[str, Standing] = {}
    found: list[Standing] = []
    for standing in everybody:
        who = standing.respondent
        number = who.key.partition(":")[2]
        unit = roster.unit_of.get(number) if who.answers == "unit" else None
        kind = "person" if who.answers == "person" else "branch" if unit and unit.kind == "branch" else "unit"
        if kind == document and (standing.active or standing.content is not None):
            found.append(standing)
            known |= {who.name: standing, number: standing}
    if missing := [name for name in names if name not in known]:
        some = [standing.respondent.name for standing in found[:20]]
        raise UserError([NOBODY(document=Term(WORDS[document]), name=name, known=some) for name in missing])
    wanted = {word for name in names for word in (name, known[name].respondent.key)}
    return [s for s in found if not names or s.respondent.key in wanted or s.respondent.name in wanted]


def _write_one(
    workspace: Workspace, setting: Setting, template: Template, standing: Standing, everybody: list[Standing]
) -> Path:
    who = standing.respondent
    # whoever signs must see that something is still open in what he signs
    setting = replace(setting, draft=bool(standing.gaps) or standing.conflict)
    if who.answers == "person":
        made: Any = person_report(setting, standing)
    else:
        made = unit_report(setting, who.unit, everybody)
    number = who.key.partition(":")[2]
    name = f"{file_name(who.name)}_{file_name(number)}.docx"
    path = workspace.path("reports") / file_name(who.unit_name) / name
    write_bytes(path, render(template.document, made, language=template.about.language))
    return path


def _final(workspace: Workspace, *, draft: bool, masked: bool = True) -> tuple[Setting, FinalReport, list[Problem]]:
    setting = setting_of(workspace, draft=draft, masked=masked)
    with workspace.reading() as ledger:
        chased = by_respondent(reminders(ledger))
        setting = replace(setting, open=tuple(_open(workspace, ledger, setting)), reminders=chased)
        evidence = Evidence(setting, standings(ledger))
    report = final_report(evidence)
    return setting, report, gaps(evidence, report)


def _open(workspace: Workspace, ledger: Ledger, setting: Setting) -> Iterator[Problem]:
    if names := pending(ledger, build_forms(setting.kit, setting.roster)):
        yield NOT_ISSUED(count=len(names), names=names[:20])
    if files := unusable(workspace, ledger):
        yield UNUSABLE(count=len(files), names=files[:20])
    if setting.kit.plan.signed_paper and (count := open_page_count(ledger)):
        yield OPEN_PAGES(count=count)


def write_final(workspace: Workspace, *, draft: bool, output: Path | None, masked: bool) -> Final:
    """Write the final report; with gaps only as a draft that lists them."""
    setting, report, found = _final(workspace, draft=draft, masked=masked)
    if not draft and any(gap.severity is not Severity.NOTE for gap in found):
        return Final(None, found)
    template = load_template(setting.kit.plan.templates.final, workspace.root)
    say = translator(setting.kit.plan.language)
    name = say(N_("{title} (draft)")).format(title=report.title) if draft else report.title
    path = output or workspace.path("reports") / f"{file_name(name)}.docx"
    write_bytes(path, render(template.document, report, language=template.about.language))
    return Final(path, found)


def explain_final(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """Yield every figure of the final report with its value and who stands behind it."""
    _, report, _ = _final(workspace, draft=True)
    for figure in explain(report):
        yield {
            "id": figure.id,
            "value": figure.value,
            "title": figure.title,
            "chapters": list(figure.chapters),
            "sources": list(figure.sources),
        }
