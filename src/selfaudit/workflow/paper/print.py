"""``paper print``: a signature sheet for everybody whose answers are complete, in Word and, where possible, in PDF."""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Literal, get_args

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Severity, Some, note, warning
from selfaudit.base.text import file_name
from selfaudit.files.atomic import write_bytes
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.plan import Language, Plan
from selfaudit.model.progress.standing import Standing, waived
from selfaudit.reports.build.paper import DOCUMENT
from selfaudit.reports.context.paper import PaperSheet
from selfaudit.reports.context.sheet import Sheet
from selfaudit.reports.document import Document, Request, properties_of
from selfaudit.reports.setting import Setting
from selfaudit.store.templates import Template
from selfaudit.store.workspace import Workspace
from selfaudit.word.engine import mark_of
from selfaudit.word.office.pdf import find_office, make_pdfs
from selfaudit.word.values import Figure
from selfaudit.workflow.common.forms import every_form
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.common.state.standings import everybody_of
from selfaudit.workflow.common.writing.documents import template_of
from selfaudit.workflow.common.writing.rendering import Renderer
from selfaudit.workflow.common.writing.setting import setting_of
from selfaudit.workflow.paper.together import forget, write_together

NO_OFFICE = note(
    "paper.no-office",
    N_("LibreOffice was not found, so there are only Word files"),
    N_("Print the Word files from Word or WPS, or install LibreOffice and run selfaudit paper print again."),
)
NO_PDF_AT_ALL = warning(
    "paper.no-pdf-at-all",
    N_("LibreOffice ({office}) did not make a single PDF, so there are only Word files"),
    N_("Print the Word files from Word or WPS. To find out why: does it start by hand, and may it read this folder?"),
)
NO_PDF = warning(
    "paper.no-pdf",
    N_("LibreOffice could not convert {count} sheets to PDF: {files}"),
    N_("The Word files are there: print those, or run selfaudit paper print again."),
)
NOT_AWAITED = note(
    "paper.not-awaited",
    N_("this campaign does not ask for signed sheets, so neither status nor the report waits for them"),
    N_("If they are to be signed, write signed_paper: true into campaign.yaml."),
)
Reason = Literal["not_issued", "missing", "waived", "incomplete", "conflict"]
"""Why there is no sheet for somebody."""


@dataclass(slots=True)
class Printed:
    """The sheets that are there, those written now and those that were; and for whom there is none, by reason.

    ``together`` are the PDF files that contain several of them: that of all units first, if there is one.
    """

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    withdrawn: list[Path] = field(default_factory=list)
    pdfs: list[Path] = field(default_factory=list)
    together: list[Path] = field(default_factory=list)
    unprinted: dict[Reason, list[Respondent]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def sheets(self) -> list[Path]:
        """Every sheet, new or not."""
        return self.written + self.unchanged

    @property
    def to_act_on(self) -> bool:
        """Whether somebody has no sheet yet, or a sheet no PDF although it could have one."""
        lacking = self.unprinted.keys() - {"waived"}
        return bool(lacking) or any(problem.severity is not Severity.NOTE for problem in self.problems)


def print_papers(workspace: Workspace, selection: Selection, listener: Listener) -> Printed:
    """Write the sheets of everybody chosen into ``reports/papers/``; a sheet that says the same is left as it is."""
    setting = setting_of(workspace)
    with workspace.reading() as ledger:
        forms = every_form(ledger, setting.kit, setting.roster, workspace.codes(setting.kit.plan.id))
    chosen = {form.respondent.key: form.respondent for form in selection.forms(forms, setting.kit)}
    standing_of = {standing.respondent.key: standing for standing in everybody_of(workspace, setting.kit)}
    setting, plan = replace(setting, left_out=waived(standing_of.values())), setting.kit.plan
    template = template_of(DOCUMENT, plan, workspace)
    paths = _paths([form.respondent for form in forms], plan)
    done = Printed()
    with workspace.printing(listener.waiting) as scratch:
        with Renderer() as renderer:
            sheets = Sheets(setting, DOCUMENT, template, renderer, workspace.reports / DOCUMENT.folder, scratch, done)
            listener.start("paper", len(chosen))
            for key, respondent in chosen.items():
                _take(sheets, respondent, standing_of.get(key), paths[key])
                listener.step()
            sheets.withdraw(chosen, [paths[key] for key in chosen], all_others=selection == Selection())
        make_sheet_pdfs(workspace, done, scratch, listener)
        made = [sheet.with_suffix(".pdf") for name in paths.values() if _has_pdf(sheet := sheets.folder / name)]
        done.together = write_together(sheets.folder, made, plan.language, scratch)
    if done.sheets and not plan.signed_paper:
        done.problems.append(NOT_AWAITED())
    return done


def _paths(respondents: list[Respondent], plan: Plan) -> dict[str, str]:
    """Return where everybody's sheet is: people's with their number, units' where another has the same name."""
    called = Counter(_folded(file_name(who.name)) for who in respondents if who.answers == "unit")
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for who in respondents:
        name = file_name(who.name)
        numbered = who.answers == "person" or called[_folded(name)] > 1
        base = f"{who.folder}/{name}{f'_{file_name(who.number)}' if numbered else ''}"
        names = (f"{base}{f'_{n}' if n > 1 else ''}_{DOCUMENT.ending_in(plan.language)}.docx" for n in count(1))
        paths[who.key] = next(path for path in names if _folded(path) not in taken)
        taken.add(_folded(paths[who.key]))
    return paths


def _folded(name: str) -> str:
    """Return what is the same for names that some system takes for the same."""
    return unicodedata.normalize("NFC", name).casefold()


def _take(sheets: "Sheets", respondent: Respondent, standing: Standing | None, name: str) -> None:
    """Write one sheet, or report why there is none."""
    reason = standing.unsettled if standing else "not_issued"
    if standing is None or reason:
        sheets.done.unprinted.setdefault(reason or "not_issued", []).append(respondent)
        return
    sheets.put(respondent.key, DOCUMENT.build(Request(sheets.setting, [standing], standing)), name)


@dataclass(frozen=True, slots=True)
class Sheets:
    """Writes sheet after sheet of one document into a folder."""

    setting: Setting
    document: Document
    template: Template
    renderer: Renderer
    folder: Path
    scratch: Path
    done: Printed

    def put(self, key: str, sheet: PaperSheet | Sheet, name: str) -> None:
        """Write one sheet, of whoever has the key, unless it lies there and says the same."""
        path = self.folder / name
        mark = f"{key} {self._hash(sheet)}"
        if mark_of(path) == mark:
            self.done.unchanged.append(path)
            return
        made = self.renderer.render(self.template, sheet, properties_of(sheet, self.template.about.language, mark))
        # a PDF that is newer than its Word file counts as made of it
        path.with_suffix(".pdf").unlink(missing_ok=True)
        forget(path, self.setting.kit.plan.language)
        write_bytes(path, made, self.scratch)
        self.done.written.append(path)

    def withdraw(self, chosen: Container[str], names: Iterable[str], *, all_others: bool) -> None:
        """Remove those sheets of the chosen, given by key and where they are, that are no longer valid.

        With ``all_others`` every sheet goes that was not printed now.
        """
        current = {_folded(str(path)): path for path in self.done.sheets}
        own = {self.folder / name for name in names}
        for sheet in self._lying():
            printed = current.get(_folded(str(sheet)))
            if printed and (sheet == printed or (sheet.exists() and sheet.samefile(printed))):
                continue
            if all_others or sheet in own or mark_of(sheet).partition(" ")[0] in chosen:
                self._take_away(sheet)

    def _lying(self) -> Iterator[Path]:
        """Yield every sheet that lies there, even if only its PDF does."""
        # a campaign that changed its language has sheets of both
        said = [self.document.ending_in(language) for language in get_args(Language)]
        endings = tuple(f"_{ending}.{kind}" for ending in said for kind in ("docx", "pdf"))
        names = [path for path in sorted(self.folder.glob("*/*")) if path.name.endswith(endings)]
        yield from dict.fromkeys(path.with_suffix(".docx") for path in names if not path.name.startswith((".", "~$")))

    def _take_away(self, sheet: Path) -> None:
        self.done.withdrawn.append(sheet if sheet.exists() else sheet.with_suffix(".pdf"))
        forget(sheet, self.setting.kit.plan.language)
        sheet.with_suffix(".pdf").unlink(missing_ok=True)
        sheet.unlink(missing_ok=True)
        with suppress(OSError):
            sheet.parent.rmdir()

    def _hash(self, sheet: PaperSheet | Sheet) -> str:
        """Return the hash of all that makes the sheet what it is but the day on which it is made."""
        said = {name: value for name, value in _plain(sheet).items() if name != "printed_on"}
        data = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
        return hashlib.sha256(self.template.document.read_bytes() + data).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Figure):
        return value.value
    if is_dataclass(value):
        return {member.name: _plain(getattr(value, member.name)) for member in fields(value)}
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else value


def make_sheet_pdfs(workspace: Workspace, done: Printed, scratch: Path, listener: Listener) -> None:
    """Make a PDF of every sheet that has none yet, where LibreOffice can."""
    due = [path for path in done.sheets if not _has_pdf(path)]
    office = find_office()
    if due and office is None:
        done.problems.append(NO_OFFICE())
    elif due and office:
        listener.start("pdf", len(due))
        failed = make_pdfs(office, due, scratch, listener.step)
        if len(failed) == len(due):
            done.problems.append(NO_PDF_AT_ALL(office=office))
        elif failed:
            files = Some([workspace.shown(path) for path in failed])
            done.problems.append(NO_PDF(count=len(failed), files=files))
    done.pdfs = [path.with_suffix(".pdf") for path in done.sheets if _has_pdf(path)]


def _has_pdf(path: Path) -> bool:
    pdf = path.with_suffix(".pdf")
    return path.is_file() and pdf.is_file() and pdf.stat().st_mtime_ns >= path.stat().st_mtime_ns
