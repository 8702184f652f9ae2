"""The final report after its gate, and what else the kit wants of the whole body."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from selfaudit.base.i18n import translator
from selfaudit.base.problems import Problem
from selfaudit.base.text import file_name
from selfaudit.files.atomic import write_bytes
from selfaudit.files.hashing import sha256_of
from selfaudit.model.kit.outline import ANNEXES, DRAFT
from selfaudit.model.kit.plan import Language
from selfaudit.model.progress.approval import Approvals
from selfaudit.reports.build.final import DOCUMENT as FINAL
from selfaudit.reports.build.final import Part, as_draft
from selfaudit.reports.document import Document
from selfaudit.reports.figures import explain
from selfaudit.reports.gate import condensed, is_open
from selfaudit.reports.wording import language_of_reader
from selfaudit.store.ledger.written import note_written
from selfaudit.store.workspace import Workspace
from selfaudit.word.values import QrCode
from selfaudit.workflow.common.final import Built, build_final, gaps_in_print, printed
from selfaudit.workflow.common.state.signing import code_of_final
from selfaudit.workflow.common.writing.laying_out import LaidOut, lay_out
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.common.writing.rendering import Renderer
from selfaudit.workflow.common.writing.superseding import put_in_place, set_both_aside, write_over
from selfaudit.workflow.report.manner import Manner

Kind = Literal["final or draft", "final only", "draft"]
"""What may be written: the final report, or its draft if something is open; the final report or nothing; a draft."""


@dataclass(slots=True)
class Final:
    """The final report or its draft (no path: not written because something is open) and what is missing in it.

    The first path is the report, a second one has its annexes. ``gaps`` has everything unit by unit, ``shown`` as many
    lines as people read. ``aside`` is where files are that were there before, ``earlier`` are final reports that stay
    beside a draft. ``approvals`` are those of a final report. ``pdfs`` are there only if they were asked for;
    ``problems`` say why they are not.
    """

    paths: list[Path]
    draft: bool
    gaps: list[Problem]
    shown: list[Problem]
    aside: list[Path] = field(default_factory=list)
    earlier: list[Path] = field(default_factory=list)
    approvals: Approvals | None = None
    pdfs: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def open(self) -> int:
        """How many points keep the report from being final."""
        return sum(map(is_open, self.gaps))


def write_final(
    workspace: Workspace, kind: Kind, output: Path | None, manner: Manner, document: Document = FINAL
) -> Final:
    """Write the final report if nothing is open, otherwise a draft that lists what is, or what ``kind`` says.

    A final report that was there before is set aside, never overwritten, and so is the draft that a final report
    replaces. With another ``document`` of the body the same is true of that.
    """
    built = build_final(workspace, document, masked=manner.masked)
    done = Final([], kind == "draft" or built.open > 0, built.gaps, condensed(built.gaps))
    if done.draft and kind == "final only":
        return done
    with Renderer() as renderer:
        files = _printed(workspace, built, done, renderer)
        if document is FINAL and (lacking := gaps_in_print(built.report, files.values())):
            done.gaps, done.draft = [*done.gaps, *lacking], True
            done.shown = condensed(done.gaps)
            if kind == "final only":
                return done
            files = _printed(workspace, built, done, renderer)
    done.approvals = None if done.draft else built.approvals
    if manner.pdf:
        made = lay_out([*files.values()], done.problems, manner.listener)
    else:
        made = [LaidOut(data) for data in files.values()]
    names = _Names(workspace, built.report.title, built.setting.kit.plan.language, output)
    for part, laid_out in zip(files, made, strict=True):
        _put(names, part, laid_out, done)
    if document is FINAL and not done.draft and output is None:
        _note(workspace, done.paths, manner)
    if "annexes" not in files:
        # they had a file of their own before
        for draft in (True,) if done.draft else (True, False):
            done.aside += set_both_aside(workspace, names.usual("annexes", draft=draft))
    return done


def _note(workspace: Workspace, paths: list[Path], manner: Manner) -> None:
    """Note what the final report is, so that it is known whether what is sent is that."""
    with workspace.writing(manner.listener.waiting) as ledger:
        for path in paths:
            note_written(ledger, workspace.shown(path), sha256_of(path))


def _printed(workspace: Workspace, built: Built, done: Final, renderer: Renderer) -> dict[Part, bytes]:
    """Return the files of the report, or of the draft that it is; a final one has a code by which its scan is known."""
    report = built.report
    if done.draft:
        report = as_draft(report, done.shown, built.setting)
    elif code := code_of_final(workspace, built):
        report = replace(report, code=code, qr=QrCode(code, small=True))
    return printed(built, report, renderer, draft=done.draft)


def _put(names: "_Names", part: Part, made: LaidOut, done: Final) -> None:
    """Write a part of the report in its place; with it goes its PDF, so that none is of another text."""
    workspace, path, usual = names.workspace, names.path(part, draft=done.draft), names.usual(part, draft=False)
    pdf = path.with_suffix(".pdf")
    if done.draft:
        write_over(workspace, path, made.document)
        done.earlier += [final for final in [usual] if final.is_file()]
    else:
        done.aside += put_in_place(workspace, path, made.document)
        done.aside += set_both_aside(workspace, names.usual(part, draft=True))
    done.paths.append(path)
    if made.pdf and (done.draft or not pdf.is_file()):
        write_bytes(pdf, made.pdf)
    if made.pdf:
        done.pdfs.append(pdf)


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
    for figure in explain(build_final(workspace, language=language_of_reader()).report):
        yield {
            "id": figure.id,
            "value": figure.value,
            "title": figure.title,
            "chapters": list(figure.chapters),
            "sources": list(figure.sources),
        }
