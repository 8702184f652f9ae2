"""A kit: what one notice asks, of whom, by when, and what the report must look like. A campaign pins a copy of it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, StringConstraints

from selfaudit.model.base import Day, Id, ItemId, Model, Text
from selfaudit.model.data.check import CheckId
from selfaudit.model.kit.plan import Answers, EvidenceRequired, Language, Plan, Subject, YesMeans

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


class ContradictedBy(Model):
    """A data check that speaks against “conform”: with ``at_least`` so many signals about the ``subject``.

    ``person``, ``unit`` and ``file`` are what the answer is about. ``body`` is everybody: it is held against what is
    said of the body, also by units that are part of no branch. ``part`` is the part of the item, without it the whole
    item.
    """

    check: CheckId
    at_least: int = Field(1, ge=1)
    subject: Literal["unit", "person", "file", "body"]
    part: str = ""


class Item(Model):
    """One question, who answers it and how to find the answer.

    ``yes_means`` says what a bare yes (是) means under this wording; without it the plan's counts, and where that says
    nothing either, a bare yes or no is asked back. ``subject`` says whom the answers are about, whoever gives them;
    without it the role does. ``data_checks`` names checks of the registers that concern the item, ``contradicted_by``
    those that speak against an answer; with ``show_signals`` the form tells respondents what these signal about them.
    ``evidence`` says what to show, ``evidence_required`` when files have to come
    with the answer.
    """

    id: ItemId
    title: Text
    ask: Text
    yes_means: YesMeans | None = None
    parts: tuple[Part, ...] = ()
    how: Text
    evidence: tuple[Text, ...] = Field(min_length=1)
    evidence_required: EvidenceRequired = "never"
    roles: tuple[Id, ...] = ()
    subject: Subject | None = None
    basis: tuple[str, ...] = ()
    severity: Id
    due: Day | None = None
    deliverables: tuple[Id, ...] = ()
    data_checks: tuple[str, ...] = ()
    contradicted_by: tuple[ContradictedBy, ...] = ()
    show_signals: bool = False


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

    def criteria_of(self, sample: str) -> tuple[str, ...]:
        """Return the ids of the items by which files of a sample are reviewed."""
        return self.asked_of(tuple(role.id for role in self.plan.roles if role.sample == sample))

    def due_of_reviews(self, sample: str) -> Day | None:
        """Return the last day of the items by which files of a sample are reviewed, None if there is none."""
        criteria = self.criteria_of(sample)
        days = (self.due_of(checklist, item) for checklist, item in self.placed_items() if item.id in criteria)
        return max(days, default=None)

    def subject_of(self, item_id: str, answers: Answers, roles: tuple[str, ...]) -> Subject:
        """Return whom an answer to an item is about if somebody in these roles gives it; of several, the widest."""
        if answers == "file":
            # a review is about its file, whatever else its criteria are asked of
            return "self"
        item = self.items.get(item_id)
        asked = item.roles if item and item.roles else roles
        held = {role.subject for role in self.plan.roles if role.id in asked and role.id in roles}
        said = {item.subject} if item and item.subject else held
        widest: tuple[Subject, ...] = ("body", "unit") if answers == "person" else ("body",)
        return next((subject for subject in widest if subject in said), "unit" if answers == "unit" else "self")

    _asked: dict[tuple[str, ...], tuple[str, ...]] = PrivateAttr(default_factory=dict)
