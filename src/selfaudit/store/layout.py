"""What lies where in a campaign folder. No other module but the one of registers spells a folder of it.

Files are known by their names relative to the campaign, which the ledger keeps and people see; ``path`` says where one
is. Parts that come from the roster must be fit for file names already (``selfaudit.base.text.file_name``).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selfaudit.base.canonical import short_hash
from selfaudit.base.text import file_name
from selfaudit.model.names import PLAN, PREVIOUS, PROFILE, ROSTER
from selfaudit.store.register_layout import RegisterLayout


@dataclass(frozen=True, slots=True)
class Layout(RegisterLayout):
    """The folders and files of one campaign."""

    def path(self, name: str) -> Path:
        """Return where a file is that is known by its name relative to the campaign."""
        return self.root / name

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that a new campaign begins with."""
        kept = (self.registers, self.case_files, self.inbox, self.received, self.evidence, self.papers, self.reports)
        return (self.checklists, self.templates, self.outbox, *kept)

    def is_kept(self, path: Path) -> bool:
        """Tell whether a path is one of what people edit or send, or of what the program guarantees."""
        root, path = self.root.resolve(), path.resolve()
        if not path.is_relative_to(root):
            return False
        first = next(iter(path.relative_to(root).parts), "")
        files = (
            self.plan_file,
            self.roster_file,
            self.replaced_roster_file,
            self.profile_file,
            self.previous_file,
            self.exceptions_file,
            self.merged_file,
            self.secret_file,
            self.issued_file,
        )
        kept = {place.name for place in (*files, *self.folders, self.own)} - {self.reports.name}
        kept |= {self._DELIVERABLES, self.NOTICES, self._LOOK_ALIKES}
        return not first or first in kept or first.startswith(self.LEDGER)

    # -- in an archive that was unpacked -----------------------------------------------------------------------

    PAYLOAD = "data"
    """The folder of an archive in which its campaign is."""
    _PACKAGE = "bagit.txt"

    @classmethod
    def in_archive(cls, folder: Path) -> Path:
        """Return the folder of the campaign if a folder is an unpacked archive, else the folder itself."""
        return folder / cls.PAYLOAD if (folder / cls._PACKAGE).is_file() else folder

    @property
    def is_archived(self) -> bool:
        """Whether this campaign is the one in an archive, which is not to be changed."""
        return self.root.name == self.PAYLOAD and (self.root.parent / self._PACKAGE).is_file()

    # -- what people edit and put there ------------------------------------------------------------------------

    @property
    def plan_file(self) -> Path:
        """The plan; a folder that has one is a campaign."""
        return self.root / PLAN

    @property
    def roster_file(self) -> Path:
        """Units, people and posts."""
        return self.root / ROSTER

    @property
    def replaced_roster_file(self) -> Path:
        """The roster before the last import."""
        return self.root / "roster.before.yaml"

    @property
    def profile_file(self) -> Path:
        """The facts of the report that only people know."""
        return self.root / PROFILE

    @property
    def previous_file(self) -> Path:
        """What is remembered of the campaign before."""
        return self.root / PREVIOUS

    @property
    def checklists(self) -> Path:
        """The pinned copy of the questions and citations; a kit has them beside its plan instead."""
        return self.root / "checklists"

    @property
    def templates(self) -> Path:
        """The campaign's own Word templates, one folder each."""
        return self.root / "templates"

    @property
    def texts_file(self) -> Path:
        """The texts of case files, to be read once; for the user alone, and made anew when it is lost."""
        return self.own / "texts.db"

    @property
    def table_scratch(self) -> Path:
        """Where a table of texts is while its rows are read; for the user alone."""
        return self.own / "texts"

    @property
    def inbox(self) -> Path:
        """Where returned files are put."""
        return self.root / "inbox"

    # -- what is handed out ------------------------------------------------------------------------------------

    OUTBOX = "outbox"
    REVIEWS = "reviews"
    """The folder, below the outbox, with a folder for each reviewer of files."""

    @property
    def outbox(self) -> Path:
        """The forms issued, one folder for each unit."""
        return self.root / self.OUTBOX

    @staticmethod
    def round_folder(round_: str, unit: str) -> str:
        """Return where, below the outbox, a unit finds the forms of a round beside the self-audit."""
        return f"{round_}/{unit}"

    @classmethod
    def outbox_name(cls, unit: str, file: str) -> str:
        """Return the name of a file in the folder of a unit that hands out forms."""
        return f"{cls.OUTBOX}/{unit}/{file}"

    @classmethod
    def outbox_zip(cls, unit: str) -> str:
        """Return the name of the zip of everything in the folder of a unit."""
        return f"{cls.OUTBOX}/{unit}.zip"

    @classmethod
    def inside_outbox(cls, name: str) -> str:
        """Return the name of a file of the outbox relative to the outbox."""
        return name.removeprefix(f"{cls.OUTBOX}/")

    @classmethod
    def outbox_folder(cls, name: str) -> str:
        """Return the folder, below the outbox, in which a form is that somebody hands out."""
        return cls.inside_outbox(name).rpartition("/")[0]

    @classmethod
    def reminder_folder(cls, day: date) -> str:
        """Return the name of the folder of the reminders of a day."""
        return f"{cls.OUTBOX}/reminders/{day}"

    _REJECTED = "rejected"

    # not in the outbox, which passes through the hands of units: a file may be called by words meant for nobody else

    @property
    def rejections(self) -> Path:
        """The texts to send back to those whose files cannot be used."""
        return self.root / self._REJECTED

    @classmethod
    def rejection_text(cls, file: str) -> str:
        """Return the name of the text that asks for a better file than one of this name."""
        plain = file.replace("\\", "/").removeprefix("inbox/")
        name = file_name(plain)
        # what was left out or replaced may be all that sets two names apart
        apart = "" if name == plain else f"_{short_hash(plain.encode(), 4)}"
        return f"{cls._REJECTED}/{name}{apart}.txt"

    def superseded(self, file: str) -> Path:
        """Return the folder to which a form of the outbox goes that is not to be sent any more."""
        return self.path(file).parent / "superseded"

    # -- signed paper ------------------------------------------------------------------------------------------

    PAPERS = "papers"
    SCANS = f"{PAPERS}/scans"
    OPEN_PAGES = f"{PAPERS}/unreadable.html"
    """The page that shows the pages filed under nobody."""
    UNSEEN_SHEETS = f"{PAPERS}/to-confirm.html"
    """The page that shows the sheets that nobody has judged."""
    _PICTURES = f"{PAPERS}/.pictures"

    @property
    def papers(self) -> Path:
        """Signed sheets as scanned, in the folder of the unit of the person who signed."""
        return self.root / self.PAPERS

    @classmethod
    def paper_name(cls, unit: str, file: str) -> str:
        """Return the name of a signed sheet of a unit."""
        return f"{cls.PAPERS}/{unit}/{file}"

    @classmethod
    def scan_name(cls, sha256: str, suffix: str) -> str:
        """Return the name of a scan as it came; the suffix is without its dot."""
        return f"{cls.SCANS}/{sha256}.{suffix}"

    @classmethod
    def picture_name(cls, sha256: str, page: int) -> str:
        """Return the name of the small picture of a page of a scan."""
        return f"{cls._PICTURES}/{sha256}-{page}.jpg"

    @property
    def pictures(self) -> Path:
        """The small pictures of the pages that somebody has to look at."""
        return self.root / self._PICTURES

    # -- what people file --------------------------------------------------------------------------------------

    _DELIVERABLES = "deliverables"

    @classmethod
    def deliverable_name(cls, deliverable: str, file: str) -> str:
        """Return the name of a file that was filed as a deliverable."""
        return f"{cls._DELIVERABLES}/{deliverable}/{file}"

    @property
    def deliverables(self) -> Path:
        """What was filed, as it came, in a folder for each deliverable."""
        return self.root / self._DELIVERABLES

    @property
    def upload(self) -> Path:
        """What is sent to the authority, under the names that it prescribes."""
        return self.root / "upload"

    # -- what the program makes of it --------------------------------------------------------------------------

    RECEIVED = "received"

    @property
    def received(self) -> Path:
        """Every original."""
        return self.root / self.RECEIVED

    def original_file(self, sha256: str, suffix: str) -> Path:
        """Return where an original is kept; the suffix is with its dot."""
        return self.received / sha256[:2] / f"{sha256}{suffix}"

    _EVIDENCE = "evidence"

    @property
    def evidence(self) -> Path:
        """Every file that shows what somebody says, as it came."""
        return self.root / self._EVIDENCE

    @classmethod
    def evidence_name(cls, sha256: str, suffix: str) -> str:
        """Return the name of a file of evidence; the suffix is without its dot, empty if nobody knows it."""
        return f"{cls._EVIDENCE}/{sha256[:2]}/{sha256}{f'.{suffix}' if suffix else ''}"

    LEDGER = "campaign.db"

    @property
    def ledger_file(self) -> Path:
        """The ledger."""
        return self.root / self.LEDGER

    @property
    def secret_file(self) -> Path:
        """The secret from which passports are made."""
        return self.root / "campaign.secret"

    @property
    def issued_file(self) -> Path:
        """Every form that was ever issued, for a ledger that has lost them."""
        return self.root / "issued.jsonl"

    @property
    def merged_file(self) -> Path:
        """What everybody said, for other programs."""
        return self.root / "merged.yaml"

    REPORTS = "reports"

    @property
    def reports(self) -> Path:
        """Every document."""
        return self.root / self.REPORTS

    @property
    def superseded_reports(self) -> Path:
        """Final reports and drafts in whose place there are newer ones."""
        return self.reports / "superseded"

    @property
    def archives(self) -> Path:
        """What was made of the whole campaign to be kept; no archive contains another."""
        return self.root / "archives"

    NOTICES = "notices"

    @property
    def notices(self) -> Path:
        """Every notice made, in the folder of its year, and the receipts for them."""
        return self.root / self.NOTICES

    @classmethod
    def notice_name(cls, year: int, file: str) -> str:
        """Return the name of a notice of a year."""
        return f"{cls.NOTICES}/{year}/{file}"

    @classmethod
    def receipt_name(cls, sha256: str, suffix: str) -> str:
        """Return the name of what proves that a notice was delivered; the suffix is with its dot."""
        return f"{cls.NOTICES}/receipts/{sha256}{suffix}"

    # -- what nobody need look at ------------------------------------------------------------------------------

    @property
    def scratch(self) -> Path:
        """Where the holder of the lock writes what is not yet complete; what a killed command left there is removed."""
        return self.own / "tmp"

    @property
    def print_scratch(self) -> Path:
        """Where documents are that are not yet complete."""
        return self.own / "print"
