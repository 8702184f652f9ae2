"""The plan of a campaign: everything in ``campaign.yaml``, from the dates to what the report must look like."""

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from selfaudit.model.base import Day, Id, Model, Text
from selfaudit.model.finding import FINDING_FIELDS, FindingChoice, FindingField, fields_asked, needed
from selfaudit.model.formats import DEFAULT_FORMATS, FormFormat
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.model.kit.dispositions import DispositionClass, NoticeKind
from selfaudit.model.kit.documents import OwnDocument
from selfaudit.model.kit.online_form import OnlineForm
from selfaudit.model.kit.outline import ReportOutline, Titled

Language = Literal["zh_CN", "en"]
Answers = Literal["unit", "person", "file"]
"""Who answers: a unit, a person about themselves, or whoever reviews a file that was drawn, about that file."""
UnitKind = Literal["management", "department", "committee", "branch"]
YesMeans = Literal["conform", "problem"]
EvidenceRequired = Literal["never", "on_problem", "always"]
"""When files have to come with the answer to an item."""
Subject = Literal["self", "unit", "body"]
"""Whom an answer is about: the person who answers or the file, a unit, or the whole body."""

if TYPE_CHECKING:
    Requirable = str
else:
    Requirable = Literal[tuple(f.key for f in FINDING_FIELDS if f.requirable)]
"""A field that a kit may require of every finding."""


class Notice(Model):
    """The document that ordered the self-audit."""

    issuer: Text
    number: str = ""
    issued: Day | None = None


class Post(Model):
    """One post of the working group; ``named`` is the profile field with the names of those who have it."""

    post: Text
    members: Text
    duty: Text
    named: str = ""


class Period(Model):
    """Dates of a phase as another place of the notice gives them; ``from`` and ``to`` are included."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")
    place: Text


class Phase(Model):
    """A stretch of the plan; ``from`` and ``to`` are included."""

    id: Id
    title: Text
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")
    who: Text
    outputs: tuple[Id, ...] = ()
    stated_elsewhere: tuple[Period, ...] = ()


class Milestone(Model):
    """One day of the plan on which something must be there."""

    id: Id
    title: Text
    on: Day
    phase: Id
    who: Text
    outputs: tuple[Id, ...] = ()


class Kind(Titled):
    """A kind of unit that the kit names itself; ``like`` says as which of the usual ones it is treated."""

    like: UnitKind = "department"


class Role(Titled):
    """Who answers an item: units by name or kind, or people by post; the roster may also name roles itself.

    For files it is whoever reviews one that was drawn in the ``sample``; the unit hands out and collects their forms.
    ``seal`` asks for a seal beside the signature on paper. ``subject`` says whom the answers are about; without it
    people answer about themselves, and units about themselves.
    """

    answers: Answers
    subject: Subject | None = None
    sample: Id | None = None
    units: tuple[Text, ...] = ()
    kinds: tuple[Id, ...] = ()
    posts: tuple[Text, ...] = ()
    everyone: bool = False
    seal: bool = False


class CoverageField(Titled):
    """A number that says how far the self-audit reached; ``answers`` says whose number it is.

    Respondents give it, and ``total`` says what the body's number is: the ``sum`` of theirs, of units and of people
    apart; the ``count`` of those whose number is not 0; or ``none``, where the same things are in several numbers.
    ``counted`` names what the program counts instead of asking: ``items`` (those asked), ``people``, ``posts``, or a
    role of people.
    """

    answers: tuple[Answers, ...] = ("unit", "person")
    total: Literal["sum", "count", "none"] = "sum"
    counted: str = ""


class Handling(Model):
    """Which part of the body does which kind of handling."""

    who: Text
    does: Text


class ProfileField(Titled):
    """A fact of the report that the coordinator writes into ``profile.yaml``.

    A text has its title as heading, a line and a number are printed in a table. A field without a chapter is printed
    where ``report`` or ``working_group`` name it. ``counted`` names what on the roster a number must agree with:
    ``people``, a kind of unit, or a role. One that ``names_people`` is without names in a copy for others.
    The ``number_of_body`` is the one by which registers know the body.
    """

    kind: Literal["text", "line", "number"] = "text"
    chapter: Id | None = None
    help: str = ""
    counted: str = ""
    names_people: bool = False
    number_of_body: bool = False


class Sum(Model):
    """Profile numbers that must add up."""

    total: Id
    parts: tuple[Id, ...] = Field(min_length=1)


NameParts = Literal["body", "title", "date"]
"""What may stand in braces in the name of a file: the body, the title of the report, and the date of the report."""


class SubmissionFile(Model):
    """A file that is uploaded: a deliverable of the body, and the name under which; what is in braces is filled in."""

    deliverable: Id
    name: Text

    def named(self, **said: str) -> str:
        """Return the name with what is known of its parts filled in."""
        name = self.name
        for part, text in said.items():
            name = name.replace(f"{{{part}}}", text)
        return name


class Submission(Model):
    """How and by when the report goes up, and the files that are uploaded."""

    channel: Text
    formats: tuple[Text, ...] = ()
    deadline: Day
    files: tuple[SubmissionFile, ...] = ()


class Plan(Model):
    """``campaign.yaml``: everything about a campaign but its questions.

    ``forms`` are the formats in which a form is written unless the roster or the user says otherwise. ``return_to``
    tells respondents where to send their forms. ``signed_paper`` says that everybody signs on paper too, ``seal``
    what is printed where the seal goes of those whose role asks for one. ``operator``
    is who works with the campaign, by name. ``templates`` names the template folder of a document that is not printed
    with the shipped one of the campaign's language, ``documents`` adds documents of the kit's own.
    ``online_form`` lists what the authority asks for online.
    """

    format: Literal["selfaudit/campaign/1"]
    kit: Id
    id: Id
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,6}$")]
    title: Text
    language: Language
    notice: Notice
    legal_basis: tuple[str, ...] = ()
    cut_off: Day
    scope: Text
    method: str = ""
    working_group: tuple[Post, ...] = ()
    requirements: tuple[Text, ...] = ()
    phases: tuple[Phase, ...] = Field(min_length=1)
    milestones: tuple[Milestone, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    areas: tuple[Titled, ...] = Field(min_length=1)
    kinds: tuple[Kind, ...] = ()
    roles: tuple[Role, ...] = Field(min_length=1)
    coverage: tuple[CoverageField, ...] = ()
    declaration: Text
    forms: tuple[FormFormat, ...] = Field(DEFAULT_FORMATS, min_length=1)
    return_to: str = ""
    signed_paper: bool = False
    seal: str = ""
    operator: str = ""
    yes_means: YesMeans | None = None
    severities: tuple[Titled, ...] = Field(min_length=1)
    dispositions: tuple[DispositionClass, ...] = ()
    handling: tuple[Handling, ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    finding_fields: tuple[FindingChoice, ...] = ()
    finding_required: tuple[Requirable, ...] = ("fact",)
    suggestions: tuple[Titled, ...] = ()
    clues: str = ""
    profile: tuple[ProfileField, ...] = ()
    sums: tuple[Sum, ...] = ()
    report: ReportOutline
    templates: dict[Id, Text] = {}
    documents: tuple[OwnDocument, ...] = ()
    online_form: OnlineForm | None = None
    submission: Submission

    @property
    def kind_names(self) -> tuple[str, ...]:
        """The ids and titles of the kit's own kinds of units."""
        return tuple(name for kind in self.kinds for name in (kind.id, kind.title))

    @cached_property
    def like(self) -> dict[str, UnitKind]:
        """As which of the usual kinds a unit of each kind is treated."""
        usual: dict[str, UnitKind] = {kind: kind for kind in get_args(UnitKind)}
        return usual | {kind.id: kind.like for kind in self.kinds}

    @cached_property
    def fields(self) -> tuple[FindingField, ...]:
        """The fields that are asked of a finding."""
        return fields_asked(self.finding_fields, graded=len(self.severities) > 1, handled=bool(self.dispositions))

    @property
    def finding_needs(self) -> tuple[str, ...]:
        """The fields without which a finding is incomplete."""
        return needed(self.finding_required, self.finding_fields, handled=bool(self.dispositions))
