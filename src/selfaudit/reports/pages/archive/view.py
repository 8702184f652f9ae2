"""What the pages of an archive are made from: everything as it was when the archive was made, and no path of ours."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from selfaudit.files.bags.writing import Packed
from selfaudit.model.progress.reminder import Reminder
from selfaudit.model.progress.standing import Standing
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.setting import Setting


@dataclass(frozen=True, slots=True)
class Reply:
    """A response as it came: when, filled in by whom on which day, in which file of the archive (empty for none).

    ``shown`` says whether it is the one that counts; ``withdrawn`` and ``entered`` are who did that and why.
    """

    received_at: str
    filled_by: str
    filled_on: str
    file: str
    shown: bool
    withdrawn: str = ""
    entered: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One respondent: the standing, every response in order, and how they were reminded."""

    standing: Standing
    replies: Sequence[Reply]
    reminders: Sequence[Reminder]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of something that people keep up to date, or a respondent's report of it: when, by whom, why, what.

    ``data`` has texts by title; it is None where a response did not contain it any more.
    """

    at: str
    by: str
    reason: str
    data: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A register that people keep: its id, its title, and what each record is called with every version of it."""

    id: str
    title: str
    records: Sequence[tuple[str, Sequence[Version]]]


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A row of the journal in words; ``hash`` is its own, which the next row contains."""

    seq: int
    at: str
    who: str
    said: str
    reason: str
    hash: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the pages show.

    ``people`` yields every respondent in the order of the roster, each time it is called. ``reported`` has what
    responses said of a finding, and ``handled`` what the register says of it, by its short id, the oldest first.
    ``registers`` are the other records. ``open`` is how many points keep the report from being final, ``gaps`` what
    they are. ``documents`` are the names of the files that the start page lists, under their headings. ``made_on`` is
    the moment in UTC. Every text passes through ``masked``. ``redacted`` says that it is for a copy without personal
    data, in which what people wrote in confidence is left out.
    """

    evidence: Evidence
    report: FinalReport
    people: Callable[[], Iterable[Dossier]]
    journal: Iterable[JournalEntry]
    files: Sequence[Packed]
    made_on: str
    reported: Mapping[str, Sequence[Version]] = field(default_factory=dict)
    handled: Mapping[str, Sequence[Version]] = field(default_factory=dict)
    registers: Sequence[Kind] = ()
    open: int = 0
    gaps: Sequence[str] = ()
    documents: Sequence[tuple[str, Sequence[str]]] = ()
    redacted: bool = False
    masked: Callable[[str], str] = str

    @property
    def setting(self) -> Setting:
        """What all documents of the campaign share."""
        return self.evidence.setting
