"""``deliverable upload``: a folder with the files that are sent to the authority, under the names it prescribes."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error, note
from selfaudit.base.text import file_name
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.model.kit.plan import SubmissionFile
from selfaudit.model.progress.deliverables import Filing, record_id
from selfaudit.model.progress.paper import PaperCode
from selfaudit.reports.build.final import DOCUMENT as FINAL
from selfaudit.scans.joining import joined_scans
from selfaudit.scans.pages import file_pages
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.written import written
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.word.office.pdf import find_office, make_pdfs
from selfaudit.workflow.common.filing import filed
from selfaudit.workflow.common.final import Built, build_final
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.pool import Pool, WorkerError
from selfaudit.workflow.common.state.signing import code_of_final
from selfaudit.workflow.common.writing.places import place_of_body
from selfaudit.workflow.common.writing.superseding import set_aside

NO_FILES = error(
    "upload.no-files",
    N_("campaign.yaml does not say which files are uploaded"),
    N_("List them there under “submission”, as “files”; docs/kits.md says how."),
)
OPEN = error(
    "upload.open",
    N_("the report is a draft: points that are open: {count}"),
    N_("“selfaudit report” lists them; resolve them first."),
)
NOT_APPROVED = error(
    "upload.not-approved",
    N_("for what the report says now these steps are missing: {steps}"),
    N_("Enter them with selfaudit report approve."),
)
NOT_WRITTEN = error("upload.not-written", N_("{file} is missing"), N_("Write it with selfaudit report."))
OTHER_VERSION = error(
    "upload.other-version",
    N_("{file} is not what the report says now, or was written before it was approved"),
    N_("Write it again with selfaudit report."),
)
BY_HAND_SINCE = error(
    "upload.changed",
    N_("{file} is not as the program wrote it: it was changed by hand"),
    N_("Write it again with selfaudit report; what is to be changed belongs into the campaign, and is approved there."),
)
NOT_FILED = error(
    "upload.not-filed",
    N_("nothing is filed as “{title}”"),
    N_("Run selfaudit paper match on the scan, or selfaudit deliverable add."),
)
SCAN_CHANGED = error(
    "upload.scan-changed",
    N_("the scan filed as “{title}” is of a report that said something else"),
    N_("Print the report as it is now, have it signed and sealed, and run selfaudit paper match on the scan."),
)
BY_HAND = error(
    "upload.by-hand",
    N_("what is filed as “{title}” was filed by hand, and nobody said by whom it is signed"),
    N_("Run selfaudit paper match on the scan; if no code on it can be read, add it with --signed-by NAME."),
)
LACKS_PAGES = error(
    "upload.lacks-pages",
    N_("pages of “{title}”: {pages}, of the report: {wanted}; some are missing"),
    N_("Scan the missing pages too, and run selfaudit paper match on them."),
)
TOO_MANY = error(
    "upload.too-many-pages",
    N_("pages of “{title}”: {pages}, of the report: {wanted}; some were scanned twice, or are of something else"),
    N_("Withdraw it with selfaudit deliverable withdraw, and file a scan in which every page is once."),
)
NOT_A_SCAN = error(
    "upload.not-a-scan",
    N_("{file} is neither a PDF nor a picture that can be read"),
    N_("File a scan of it as PDF, or photos, with selfaudit deliverable add."),
)
NOT_COUNTED = note(
    "upload.not-counted",
    N_("without LibreOffice nobody knows how many pages the report has; pages of “{title}”: {pages}"),
    N_("Compare it with the last page number in Word or WPS."),
)
LIST = "SHA256SUMS.txt"
"""The list of the files with their hashes, as the program ``sha256sum`` reads it."""
_PATIENCE = 300
_DOCUMENT = ".docx"


@dataclass(slots=True)
class Uploaded:
    """The folder with its files and their SHA-256, what is to be told, and where files are that were there before."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    told: list[Problem] = field(default_factory=list)
    aside: list[Path] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        told = [one.as_data() for one in self.told]
        return {"folder": str(self.folder), "files": self.files, "told": told, "set_aside": list(map(str, self.aside))}


def upload(workspace: Workspace, by: str, listener: Listener) -> Uploaded:
    """Write the folder, or stop with everything that is missing; ``by`` is who does it, empty for the operator."""
    built, by = build_final(workspace), decider(workspace, by)
    plan = built.setting.kit.plan
    if not plan.submission.files:
        raise UserError(NO_FILES())
    with workspace.reading() as ledger, Pool(1, _PATIENCE) as pool:
        packer = _Packer(workspace, built, ledger, pool)
        problems = list(packer.not_final())
        made = {_named(one, built): packer.contents(packer.deliverable(one), problems) for one in plan.submission.files}
    if wrong := [one for one in problems if one.kind is not NOT_COUNTED]:
        raise UserError(wrong)
    done = Uploaded(workspace.upload, told=problems)
    done.files = {name: sha256(data).hexdigest() for name, data in made.items()}
    made[LIST] = "".join(f"{digest}  {name}\n" for name, digest in done.files.items()).encode()
    with workspace.writing(listener.waiting, by) as ledger:
        for name, data in made.items():
            path = workspace.upload / name
            if path.is_file() and path.read_bytes() != data:
                done.aside += filter(None, [set_aside(workspace, path)])
            workspace.put(workspace.shown(path), data)
        for path in sorted(workspace.upload.iterdir()):
            if path.is_file() and path.name not in made:
                done.aside += filter(None, [set_aside(workspace, path)])
        with ledger.change("upload", by=by, count=len(done.files), files=done.files):
            pass
    return done


def _named(one: SubmissionFile, built: Built) -> str:
    """Return the name of a file, with what the plan wants in it."""
    setting = built.setting
    day = setting.facts.get(setting.kit.plan.report.date, "") or setting.today.isoformat()
    return file_name(one.named(body=setting.roster.body.name, title=built.report.title, date=day))


@dataclass(frozen=True, slots=True)
class _Packer:
    """Finds the files, and what speaks against sending them."""

    workspace: Workspace
    built: Built
    ledger: Ledger
    pool: Pool

    def not_final(self) -> Iterator[Problem]:
        """Yield why the report cannot go out at all."""
        if self.built.open:
            yield OPEN(count=self.built.open)
        if self.built.approvals and (steps := self.built.approvals.missing):
            yield NOT_APPROVED(steps=steps)

    def deliverable(self, one: SubmissionFile) -> Deliverable:
        """Return the deliverable that a file is."""
        return next(d for d in self.built.setting.kit.plan.deliverables if d.id == one.deliverable)

    def contents(self, one: Deliverable, problems: list[Problem]) -> bytes:
        """Return the content of a file; add what is wrong with it."""
        filing = filed(self.ledger, record_id(one.id))
        if one.made == FINAL.name and not one.signed:
            return self._report(problems)
        if not filing.files:
            problems.append(NOT_FILED(title=one.title))
            return b""
        if one.signed:
            problems += self._signed(one, filing)
        return self._scan(one, filing, problems)

    @property
    def _document(self) -> Path:
        return self.workspace.reports / place_of_body(FINAL, self.built.setting.kit.plan)

    def _report(self, problems: list[Problem]) -> bytes:
        path = self._document
        shown = self.workspace.shown(path)
        if not path.is_file():
            problems.append(NOT_WRITTEN(file=shown))
            return b""
        data, code = path.read_bytes(), code_of_final(self.workspace, self.built)
        if (code and code not in _headers(path)) or path.stat().st_mtime < self.built.approved_at:
            problems.append(OTHER_VERSION(file=shown))
        elif written(self.ledger, shown) != sha256(data).hexdigest():
            problems.append(BY_HAND_SINCE(file=shown))
        return data

    def _signed(self, one: Deliverable, filing: Filing) -> Iterator[Problem]:
        code = PaperCode.parse(code_of_final(self.workspace, self.built))
        if filing.content and code and filing.content != code.content:
            yield SCAN_CHANGED(title=one.title)
        elif not filing.content and not filing.signed_by:
            yield BY_HAND(title=one.title)

    def _scan(self, one: Deliverable, filing: Filing, problems: list[Problem]) -> bytes:
        """Return the pages of a scan as one file; those that came as a PDF alone are taken as they are."""
        paths = [self.workspace.path(file.file) for file in filing.files]
        counts = [self._run(file_pages, path) for path in paths]
        problems += [NOT_A_SCAN(file=file.file) for file, count in zip(filing.files, counts, strict=True) if not count]
        if not all(counts):
            return b""
        if one.made == FINAL.name:
            problems += self._counted(one, sum(counts))
        if len(paths) == 1 and paths[0].suffix == ".pdf":
            return paths[0].read_bytes()
        return self._run(joined_scans, paths) or b""

    def _run(self, work: Callable[..., Any], what: object) -> Any:
        try:
            return self.pool.run(work, what)
        except WorkerError:
            return None

    def _counted(self, one: Deliverable, pages: int) -> Iterator[Problem]:
        """Compare how many pages a scan has with how many the report has."""
        office = find_office()
        if office is None or not self._document.is_file():
            if self._document.is_file():
                yield NOT_COUNTED(title=one.title, pages=pages)
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / f"report{_DOCUMENT}"
            copy.write_bytes(self._document.read_bytes())
            make_pdfs(office, [copy], Path(folder), lambda _: None)
            wanted = self._run(file_pages, copy.with_suffix(".pdf"))
        if not wanted:
            yield NOT_COUNTED(title=one.title, pages=pages)
        elif pages != wanted:
            yield (LACKS_PAGES if pages < wanted else TOO_MANY)(title=one.title, pages=pages, wanted=wanted)


def _headers(path: Path) -> str:
    """Return the text of the headers of a Word file."""
    with zipfile.ZipFile(path) as packed:
        names: Sequence[str] = [name for name in packed.namelist() if name.startswith("word/header")]
        return "".join(packed.read(name).decode("utf-8", "replace") for name in names)
