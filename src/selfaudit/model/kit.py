"""A kit: what one notice asks, of whom, by when, and what the report must look like. A campaign pins a copy of it."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field, PrivateAttr, StringConstraints

from selfaudit.model.base import Day, Id, ItemId, Model, Text
from selfaudit.model.documents import OwnDocument
from selfaudit.model.finding import FINDING_FIELDS, FindingChoice, FindingField, fields_asked, needed
from selfaudit.model.formats import DEFAULT_FORMATS, FormFormat
from selfaudit.model.outline import ReportOutline, Titled

Language = Literal["zh_CN", "en"]
Answers = Literal["unit", "person"]
UnitKind = Literal["management", "department", "committee", "branch"]
YesMeans = Literal["conform", "problem"]
Subject = Literal["self", "unit", "body"]
"""Whom an answer is about: the person who answers, a unit, or the whole body."""

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

    ``seal`` asks for a seal beside the signature on paper. ``subject`` says whom the answers are about; without it
    people answer about themselves, and units about themselves.
    """

    answers: Answers
    subject: Subject | None = None
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


class DispositionClass(Titled):
    """A class of handling; ``actions`` are the usual ones, free text is allowed."""

    actions: tuple[Text, ...] = ()


class Handling(Model):
    """Which part of the body does which kind of handling."""

    who: Text
    does: Text


class ProfileField(Titled):
    """A fact of the report that the coordinator writes into ``profile.yaml``.

    A text has its title as heading, a line and a number are printed in a table. A field without a chapter is printed
    where ``report`` or ``working_group`` name it. ``counted`` names what on the roster a number must agree with:
    ``people``, a kind of unit, or a role.
    """

    kind: Literal["text", "line", "number"] = "text"
    chapter: Id | None = None
    help: str = ""
    counted: str = ""


class Sum(Model):
    """Profile numbers that must add up."""

    total: Id
    parts: tuple[Id, ...] = Field(min_length=1)


class Submission(Model):
    """How and by when the report goes up."""

    channel: Text
    formats: tuple[Text, ...] = ()
    deadline: Day


class Plan(Model):
    """``campaign.yaml``: everything about a campaign but its questions.

    ``forms`` are the formats in which a form is written unless the roster or the user says otherwise. ``return_to``
    tells respondents where to send their forms. ``signed_paper`` says that everybody signs on paper too, ``seal``
    what is printed where the seal goes of those whose role asks for one. ``operator``
    is who works with the campaign, by name. ``templates`` names the template folder of a document that is not printed
    with the shipped one of the campaign's language, ``documents`` adds documents of the kit's own.
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
    deliverables: tuple[Titled, ...] = ()
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
    finding_fields: tuple[FindingChoice, ...] = ()
    finding_required: tuple[Requirable, ...] = ("fact",)
    suggestions: tuple[Titled, ...] = ()
    clues: str = ""
    profile: tuple[ProfileField, ...] = ()
    sums: tuple[Sum, ...] = ()
    report: ReportOutline
    templates: dict[Id, Text] = {}
    documents: tuple[OwnDocument, ...] = ()
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


UNVERIFIED_MARK: dict[Language, str] = {"zh_CN": "〔待核实〕", "en": " [to be verified]"}
"""What is printed after a citation that nobody has verified."""


class Citation(Model):
    """A legal or normative basis; printed with a mark until a person has verified it."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
    cite: Text
    clause: str = ""
    about: str = ""
    verified: bool = False
    source: str = ""

    @property
    def plain(self) -> str:
        """Document and clause as readers expect them, without a mark."""
        if not self.clause:
            return self.cite
        # 《…》第五条 stays together, ISO/IEC 17021-1 9.1.4 does not
        together = not self.cite[-1].isascii() and not self.clause[0].isascii()
        return self.cite + ("" if together else " ") + self.clause

    def printed(self, language: Language) -> str:
        """Return it as printed, with a mark while nobody has verified it."""
        return self.plain + ("" if self.verified else UNVERIFIED_MARK[language])


class Citations(Model):
    """``citations.yaml``: the one place for every citation of a kit."""

    format: Literal["selfaudit/citations/1"]
    citations: tuple[Citation, ...] = ()


class Part(Model):
    """A lettered sub-condition of an item, answered on its own; see ``Item`` for ``yes_means``."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,3}$")]
    ask: Text
    yes_means: YesMeans | None = None


class Item(Model):
    """One question, who answers it and how to find the answer.

    ``yes_means`` says what a bare yes (是) means under this wording; without it the plan's counts, and where that says
    nothing either, a bare yes or no is asked back. ``subject`` says whom the answers are about, whoever gives them;
    without it the role does. ``data_checks`` names checks of the registers that concern the item.
    """

    id: ItemId
    title: Text
    ask: Text
    yes_means: YesMeans | None = None
    parts: tuple[Part, ...] = ()
    how: Text
    evidence: tuple[Text, ...] = Field(min_length=1)
    roles: tuple[Id, ...] = ()
    subject: Subject | None = None
    basis: tuple[str, ...] = ()
    severity: Id
    due: Day | None = None
    deliverables: tuple[Id, ...] = ()
    data_checks: tuple[str, ...] = ()


class Checklist(Model):
    """One checklist file: the items of one area, due at the end of the phase unless it or an item says otherwise."""

    format: Literal["selfaudit/checklist/1"]
    area: Id
    phase: Id
    due: Day | None = None
    deliverables: tuple[Id, ...] = ()
    items: tuple[Item, ...] = Field(min_length=1)


class Kit(Model):
    """A whole kit: plan, citations and checklists, the latter by file name."""

    plan: Plan
    citations: tuple[Citation, ...] = ()
    checklists: dict[str, Checklist]

    def placed_items(self) -> Iterator[tuple[Checklist, Item]]:
        """Yield every item with its checklist, areas in the order of the plan, items in the order of their file."""
        rank = {area.id: n for n, area in enumerate(self.plan.areas)}
        for checklist in sorted(self.checklists.values(), key=lambda c: rank.get(c.area, len(rank))):
            for item in checklist.items:
                yield checklist, item

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by id, in the order of the report."""
        return {item.id: item for _, item in self.placed_items()}

    @cached_property
    def area_of(self) -> dict[str, str]:
        """The area id of every item id."""
        return {item.id: checklist.area for checklist, item in self.placed_items()}

    @cached_property
    def citation_of(self) -> dict[str, Citation]:
        """Every citation by id."""
        return {citation.id: citation for citation in self.citations}

    def due_of(self, checklist: Checklist, item: Item) -> Day:
        """Return the last day of an item: its own, that of its checklist, or else that of the phase."""
        return item.due or checklist.due or self._ends.get(checklist.phase, self.plan.phases[-1].end)

    @cached_property
    def _ends(self) -> dict[str, Day]:
        return {phase.id: phase.end for phase in self.plan.phases}

    def basis_of(self, item: Item) -> tuple[str, ...]:
        """Return the legal basis of an item as printed."""
        known = [self.citation_of[ref] for ref in item.basis if ref in self.citation_of]
        return tuple(citation.printed(self.plan.language) for citation in known)

    def asked_of(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of the items that somebody in these roles answers."""
        if roles not in self._asked:
            self._asked[roles] = tuple(i.id for i in self.items.values() if not set(roles).isdisjoint(i.roles))
        return self._asked[roles]

    def subject_of(self, item_id: str, answers: Answers, roles: tuple[str, ...]) -> Subject:
        """Return whom an answer to an item is about if somebody in these roles gives it; of several, the widest."""
        item = self.items.get(item_id)
        asked = item.roles if item and item.roles else roles
        held = {role.subject for role in self.plan.roles if role.id in asked and role.id in roles}
        said = {item.subject} if item and item.subject else held
        widest: tuple[Subject, ...] = ("body", "unit") if answers == "person" else ("body",)
        return next((subject for subject in widest if subject in said), "self" if answers == "person" else "unit")

    _asked: dict[tuple[str, ...], tuple[str, ...]] = PrivateAttr(default_factory=dict)
