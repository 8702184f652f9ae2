"""Files the scans of reports that are signed on paper as the deliverables they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import PurePath

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Where, note, warning
from selfaudit.base.text import file_name
from selfaudit.model.progress.deliverables import DELIVERABLE, FiledFile, Filing
from selfaudit.model.progress.paper import PaperCode, content_code
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import Scan
from selfaudit.store.ledger.records import records
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.filing import enter_filing, filed, keep
from selfaudit.workflow.common.state.signing import REVISION, Said, Signed, signed_documents
from selfaudit.workflow.paper.result import Outcome, PageResult
from selfaudit.workflow.paper.worker import ScanReader

SAYS_OTHER = warning(
    "paper.report-changed",
    N_("what it says has changed since this was signed"),
    N_("Print it again with selfaudit report {document} and have it signed again."),
)
MORE = note("paper.report-more", N_("pages of it that were filed before are kept with these"))
NEWER_THERE = note(
    "paper.report-older", N_("what it says has changed since this was signed; the newer one is filed already")
)


class Reports:
    """The reports of a campaign that are signed on paper, by the passports on them."""

    def __init__(self, workspace: Workspace, ledger: Ledger, reader: ScanReader) -> None:
        """Take the ledger, and what splits scans."""
        self._workspace = workspace
        self._ledger = ledger
        self._reader = reader

    @cached_property
    def _signed(self) -> dict[str, Signed]:
        """Each of them by its passport."""
        kit, roster = self._workspace.load().usable()
        return {one.passport: one for one in signed_documents(self._workspace, kit, roster)}

    @cached_property
    def _said(self) -> Said:
        return Said(self._workspace, self._ledger)

    def __contains__(self, passport: object) -> bool:
        """Return whether a passport is that of one of them."""
        # a plan with mistakes keeps nobody from filing signature sheets
        return f"-{REVISION}-" in str(passport) and passport in self._signed

    def file(self, scan: Scan, found: Mapping[PaperCode, Sequence[int]]) -> list[PageResult]:
        """File the pages of a scan on which codes were read; return what became of them."""
        return [self._file(scan, code, tuple(pages)) for code, pages in found.items()]

    def again(self, scan: Scan) -> Iterator[PageResult]:
        """Yield what a scan that was entered before is filed as."""
        for record in records(self._ledger, DELIVERABLE).values():
            before = Filing.model_validate(record.data)
            for file in before.files:
                if file.source == scan.sha256:
                    name = PurePath(file.name).stem
                    yield PageResult(scan.name, Outcome.UNCHANGED, (), name, "", before.content, file.file)

    def _file(self, scan: Scan, code: PaperCode, pages: tuple[int, ...]) -> PageResult:
        one, content, where = self._signed[code.passport], code.content, Where(scan.name)
        before = filed(self._ledger, one.key)
        held = before.files if before.content == content else ()
        told = PageResult(scan.name, Outcome.UNCHANGED, pages, one.name, "", content)
        if known := next((file for file in held if file.source == scan.sha256), None):
            return replace(told, filed=known.file)
        current = content_code(self._said.by(one)) == content
        if before.files and not held and not current:
            return replace(told, problems=(NEWER_THERE(where),))
        file = self._keep(scan, one, pages)
        enter_filing(self._ledger, one.key, Filing(files=(*held, file), content=content), self._ledger.person)
        told = replace(told, outcome=Outcome.FILED, filed=file.file, problems=(MORE(where),) if held else ())
        if current:
            return told
        changed = SAYS_OTHER(where, document=one.deliverable.made)
        return replace(told, outcome=Outcome.CHANGED, problems=(*told.problems, changed))

    def _keep(self, scan: Scan, one: Signed, pages: tuple[int, ...]) -> FiledFile:
        """Keep the pages as a file of their own, or the whole scan if it cannot be split."""
        part = self._reader.extract(scan, pages) if len(pages) < scan.pages else b""
        data = part or self._workspace.path(scan.file).read_bytes()
        name = f"{file_name(one.name)}{PurePath(scan.file).suffix}"
        kept = keep(self._workspace, one.deliverable.id, name, data)
        return kept.model_copy(update={"source": scan.sha256, "pages": len(pages)})
