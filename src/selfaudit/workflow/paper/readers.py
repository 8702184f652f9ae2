"""Files the scans of sheets on which first readers signed what they said, with the form that they are of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Where, warning
from selfaudit.base.text import file_name
from selfaudit.model.form.response import content_hash
from selfaudit.model.progress.paper import PaperCode, content_code
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import Scan
from selfaudit.store.ledger.records import edit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.rounds import RoundForm, Signed, every_content, round_form, round_forms
from selfaudit.workflow.paper.result import Outcome, PageResult
from selfaudit.workflow.paper.worker import ScanReader

NEVER_SAID = warning(
    "paper.never-said",
    N_("nothing that came back in this form has the code {code}"),
    N_("Print the sheet again with selfaudit paper print --round confirmations and have it signed again."),
)
SAID_OTHERWISE = warning(
    "paper.said-otherwise",
    N_("what they say has changed since this was signed"),
    N_("Print the sheet again with selfaudit paper print --round confirmations and have it signed again."),
)


class ReaderSheets:
    """The sheets of first readers, by the passports of their forms."""

    def __init__(self, workspace: Workspace, ledger: Ledger, reader: ScanReader) -> None:
        """Take the ledger, and what splits scans."""
        self._workspace, self._ledger, self._reader = workspace, ledger, reader

    def __contains__(self, passport: object) -> bool:
        """Return whether a passport is that of a form for confirmations."""
        return self._form(str(passport)) is not None

    def _form(self, passport: str) -> RoundForm | None:
        found = round_form(self._ledger, passport)
        return found if found and found.form.questions.round == "confirmations" else None

    def file(self, scan: Scan, found: Mapping[PaperCode, Sequence[int]]) -> list[PageResult]:
        """File the pages of a scan on which codes were read; return what became of them."""
        return [self._file(scan, code, tuple(pages)) for code, pages in found.items()]

    def again(self, scan: Scan) -> Iterator[PageResult]:
        """Yield what a scan that was entered before is filed as."""
        for one in round_forms(self._ledger, "confirmations"):
            for held in one.signed:
                if held.scan == scan.sha256:
                    self._put(scan, held)
                    yield self._told(scan, one, Outcome.UNCHANGED, held)

    def _file(self, scan: Scan, code: PaperCode, pages: tuple[int, ...]) -> PageResult:
        one = self._form(code.passport)
        if one is None:
            raise ValueError(code)
        known = [content_code(content_hash(dict(content))) for content in every_content(self._ledger, one)]
        where = Where(scan.name)
        if code.content not in known:
            problem = NEVER_SAID(where, code=str(code))
            return PageResult(scan.name, Outcome.REJECTED, pages, one.form.respondent.name, problems=(problem,))
        now = [content_code(content_hash(dict(content))) for content in one.contents]
        changed = () if code.content in now else (SAID_OTHERWISE(where),)
        held = next((h for h in one.signed if (h.scan, h.content) == (scan.sha256, code.content)), None)
        if held:
            self._put(scan, held)
            return replace(self._told(scan, one, Outcome.UNCHANGED, held), problems=changed)
        held = Signed(content=code.content, scan=scan.sha256, pages=pages, file=self._name(scan, one))
        self._put(scan, held)
        after = replace(one, signed=(*one.signed, held))
        told = {"scan": scan.sha256, "file": scan.name, "respondent": one.owner}
        edit(self._ledger, "confirmations-signed", [after.edit()], by=self._ledger.person, **told)
        return replace(self._told(scan, one, Outcome.CHANGED if changed else Outcome.FILED, held), problems=changed)

    def _told(self, scan: Scan, one: RoundForm, outcome: Outcome, held: Signed) -> PageResult:
        who = one.form.respondent
        return PageResult(scan.name, outcome, held.pages, who.name, who.key, held.content, held.file)

    def _name(self, scan: Scan, one: RoundForm) -> str:
        """Return where the signed pages are kept."""
        who, count = one.form.respondent, len(one.signed) + 1
        name = f"{file_name(who.name)}_{one.form.passport}{f'_{count}' if count > 1 else ''}"
        return self._workspace.paper_name(who.folder, name) + PurePath(scan.file).suffix

    def _put(self, scan: Scan, held: Signed) -> None:
        """Keep the pages as a file of their own, or the whole scan if it cannot be split; one that is lost again."""
        if not self._workspace.path(held.file).is_file():
            part = self._reader.extract(scan, held.pages) if len(held.pages) < scan.pages else b""
            self._workspace.put(held.file, part or self._workspace.path(scan.file).read_bytes())
