"""The texts that the demo combines: the files of ``examples/demo``, one model each."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from pydantic import Field

from selfaudit.base.problems import UserError
from selfaudit.base.resources import shipped
from selfaudit.model.base import Model, Text
from selfaudit.model.kit.plan import UnitKind
from selfaudit.store.model_reader import read_model

Posts = tuple[Text, ...]
Range = tuple[int, int]
Share = Field(100, ge=1, le=100)
"""A chance in percent."""


class UnitTexts(Model):
    """A unit of the head office: the posts of its staff, one entry each, and how many auditors belong to it."""

    id: str
    name: Text
    kind: UnitKind
    answered_by: str = ""
    projects: int = 0
    auditors: int = 0
    posts: tuple[Posts, ...]


class AuditorKind(Model):
    """The posts of a kind of auditor and how frequent it is."""

    weight: int
    posts: Posts


class AuditorTexts(Model):
    """How many auditors a branch has, and of what kind they are."""

    in_branch: Range
    kinds: tuple[AuditorKind, ...]


class PostProjects(Model):
    """How many projects somebody in a post has to do with."""

    post: Text
    least: int
    most: int


class BodyTexts(Model):
    """``body.yaml``: what the fictitious body is made of, and the numbers that several texts share."""

    name: Text
    prefix: Text
    facts: dict[str, str]
    units: tuple[UnitTexts, ...]
    branches: int
    branch_suffix: Text
    branch_staff: tuple[Posts, ...]
    branch_projects: Range
    certification_posts: Posts
    projects: tuple[PostProjects, ...]
    auditors: AuditorTexts
    cities: tuple[Text, ...]


class NameTexts(Model):
    """``names.yaml``: surnames, the most frequent first, given names, and names given to some on purpose."""

    surnames: tuple[Text, ...]
    given: tuple[Text, ...]
    rare: tuple[Text, ...]
    twice: Text


class FindingTexts(Model):
    """A finding that somebody in one of the roles reports; the further fields narrow down who."""

    item: str
    part: str = ""
    roles: tuple[str, ...]
    units: tuple[str, ...] = ()
    posts: Posts = ()
    against_branch: bool = False
    group: str = ""
    share: int = Field(50, ge=1, le=100)
    severity: str
    fact: Text
    basis: str = ""
    certificates: str = ""
    people: str = ""
    cause: Text
    correction: Text
    similar: Text
    disposition: dict[str, str]
    owner: Text
    due: Text


class FindingsFile(Model):
    """``findings.yaml``."""

    findings: tuple[FindingTexts, ...]


class ReviewsFile(FindingsFile):
    """``reviews.yaml``: findings in files that are reviewed, and why something does not apply to one, by place.

    What is only about some ``systems`` does not apply to files of others, for the reason ``other_system``.
    """

    reasons: dict[str, Text]
    systems: dict[str, tuple[Text, ...]]
    other_system: Text


class NoteTexts(Model):
    """What somebody in one of the roles may write beside an answer."""

    item: str
    part: str = ""
    roles: tuple[str, ...]
    posts: Posts = ()
    answer: Literal["conform", "not_applicable"] = "conform"
    share: int = Share
    texts: tuple[str, ...]


class NotesFile(Model):
    """``notes.yaml``: notes by item, and those beside a problem."""

    notes: tuple[NoteTexts, ...]
    problem: tuple[str, ...]

    @cached_property
    def by_place(self) -> dict[tuple[str, str], list[NoteTexts]]:
        """The notes of every item and part."""
        found: dict[tuple[str, str], list[NoteTexts]] = {}
        for entry in self.notes:
            found.setdefault((entry.item, entry.part), []).append(entry)
        return found


class VoiceTexts(Model):
    """``voices.yaml``: suggestions by box, and clues."""

    suggestions: dict[str, tuple[Text, ...]]
    clues: tuple[Text, ...]


class ProfileTexts(Model):
    """``profile.yaml``: numbers that vary a little with the seed, one that does not, and texts."""

    numbers: dict[str, int]
    penalties_count: int
    texts: dict[str, Text]


class MailTexts(Model):
    """``mail.yaml``: what people call their files, and the words in which they answer."""

    file_names: tuple[Text, ...]
    corrected_name: Text
    rival_name: Text
    zip_name: Text
    photo_name: Text
    words: tuple[Text, ...]
    vague_day: Text
    vague_number: Text
    cut_note: Text
    added_note: Text


class EndingTexts(Model):
    """``ending.yaml``: reasons and notes of those who bring the campaign to its end, and whose heads they are."""

    chosen: Text
    settled: Text
    settled_data: Text
    explained: Text
    confirmed: Text
    finding: dict[str, Text]
    similar_scope: Text
    similar_found: Text
    no_evidence: Text
    verification: Text
    closed: Text
    disagreed: Text
    extended: Text
    target: Text
    reason: Text
    verifier: Text
    prepared: Text
    reviewed: Text
    approved: Text


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of the demo."""

    body: BodyTexts
    names: NameTexts
    findings: FindingsFile
    reviews: ReviewsFile
    notes: NotesFile
    voices: VoiceTexts
    profile: ProfileTexts
    mail: MailTexts
    ending: EndingTexts


M = TypeVar("M", bound=Model)


def load_texts() -> Texts:
    """Return the shipped texts."""
    return Texts(
        load_demo_file("body", BodyTexts),
        load_demo_file("names", NameTexts),
        load_demo_file("findings", FindingsFile),
        load_demo_file("reviews", ReviewsFile),
        load_demo_file("notes", NotesFile),
        load_demo_file("voices", VoiceTexts),
        load_demo_file("profile", ProfileTexts),
        load_demo_file("mail", MailTexts),
        load_demo_file("ending", EndingTexts),
    )


def load_demo_file(name: str, model: type[M]) -> M:
    """Return a file of ``examples/demo``."""
    path = shipped("examples") / "demo" / f"{name}.yaml"
    made, _, problems = read_model(path.read_text(encoding="utf-8"), path.name, model)
    if made is None:
        raise UserError(problems)
    return made
