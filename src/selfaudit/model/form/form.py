"""A form: the items issued to one respondent. Every form format is written from it and read against it."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from selfaudit.base.canonical import canonical_json, short_hash
from selfaudit.base.i18n import N_, translator
from selfaudit.base.names import aside_key, could_be, name_key
from selfaudit.base.problems import Term
from selfaudit.base.text import file_name, loose
from selfaudit.model.base import Day, Model
from selfaudit.model.finding import FindingChoice, FindingField, fields_asked, needed, required_in
from selfaudit.model.form.keys import drawn_in
from selfaudit.model.form.response import FIELD_WORDS
from selfaudit.model.form.rounds import ROUNDS, Round, RoundId
from selfaudit.model.kit.kit import Part
from selfaudit.model.kit.outline import Titled
from selfaudit.model.kit.plan import Answers, CoverageField, EvidenceRequired, Language, Requirable, YesMeans

_YES: dict[YesMeans, str] = {
    "conform": N_("A bare “yes” means that it conforms."),
    "problem": N_("A bare “yes” means that there is a problem."),
}
RESPONSE_FORMAT = "selfaudit/response/1"


class Respondent(Model):
    """A unit or person in one or more roles; ``unit`` is the unit that collects the form.

    ``numbered`` units have a name that makes the same folder as that of another one, on some system.
    It may also be a file that somebody reviews: ``reviewer`` is their name, ``about`` what they are told of the file,
    ``until`` the last day of one that was given out when that of its items was over.
    """

    key: str
    answers: Answers
    name: str
    unit: str
    unit_name: str
    roles: tuple[str, ...]
    numbered: bool = False
    reviewer: str = ""
    about: dict[str, str] = {}
    until: Day | None = None

    @property
    def folder(self) -> str:
        """The name of the folder in which everything of the unit lies; no other unit has the same."""
        name = file_name(self.unit_name)
        return f"{name}_{file_name(self.unit)}" if self.numbered else name

    @property
    def number(self) -> str:
        """The number of the unit or person in the roster."""
        return self.key.partition(":")[2]

    @property
    def subject(self) -> str:
        """Whom or what their answers are about: the file, whoever reviews it, or themselves."""
        return f"file:{'/'.join(self.drawn)}" if self.answers == "file" else self.key

    @property
    def printed(self) -> str:
        """The line that says whose form it is, or which file it is about."""
        if self.answers == "file":
            return "  ".join((self.name, *(f"{title}: {text}" for title, text in self.about.items())))
        return self.name if self.answers == "unit" else f"{self.name} ({self.unit_name})"

    @property
    def signers(self) -> frozenset[str]:
        """The names, as ``name_key`` makes them, of whoever has to fill it in: the reviewer of a file, or themselves.

        Nobody signs with the end of the number that tells reviewers of one name apart, nor must they with their branch.
        """
        if not self.reviewer:
            return frozenset({name_key(self.name)})
        bare = self.reviewer.partition("*")[0]
        return frozenset({name_key(self.reviewer), name_key(bare), aside_key(bare)})

    @property
    def drawn(self) -> tuple[str, str]:
        """The sample and the number of the file in it; empty for a unit or person."""
        return drawn_in(self.key)


class Labels:
    """Distinguishes respondents of the same name wherever they are only named."""

    def __init__(self, asked: Iterable[Respondent]) -> None:
        """Take everybody who is asked."""
        self._same: dict[str, set[str]] = {}
        for who in asked:
            self._same.setdefault(name_key(who.name), set()).add(who.key)

    def of(self, who: Respondent) -> str:
        """Return the name, with the number in brackets where somebody else who is asked is called the same."""
        if not self._same.get(name_key(who.name), set()) - {who.key}:
            return who.name
        return f"{who.name} ({who.number})" if who.name.isascii() else f"{who.name}（{who.number}）"


class FormItem(Model):
    """An item as the respondent sees it; ``legal_basis`` as printed.

    ``hint`` is what the data say about the respondent: it is in the file that was written, and not in the form.
    """

    id: str
    area: str
    title: str
    ask: str
    yes_means: YesMeans | None = None
    parts: tuple[Part, ...] = ()
    how: str
    evidence: tuple[str, ...]
    evidence_required: EvidenceRequired = "never"
    legal_basis: tuple[str, ...] = ()
    due: Day
    hint: str = ""


class HandlingClass(Titled):
    """A class of handling as the respondent sees it; ``actions`` are the usual ones."""

    actions: tuple[str, ...] = ()


class Questions(Model):
    """What a form asks; shared by all respondents with the same roles.

    ``again`` are the places that are new or reworded in a form that was issued again to somebody who had answered.
    A form of another ``round`` asks no items: ``given`` are the rows that it is about, such as findings, each as the
    texts of its fields, and ``until`` is its last day.
    """

    campaign: str
    title: str
    language: Language
    areas: tuple[Titled, ...]
    items: tuple[FormItem, ...]
    coverage: tuple[CoverageField, ...]
    severities: tuple[Titled, ...]
    dispositions: tuple[HandlingClass, ...]
    finding_fields: tuple[FindingChoice, ...] = ()
    finding_required: tuple[Requirable, ...]
    suggestions: tuple[Titled, ...]
    clues: str = ""
    declaration: str
    again: tuple[str, ...] = ()
    given: tuple[dict[str, str], ...] = ()
    round: RoundId = "corrections"
    until: Day | None = None

    @cached_property
    def item_of(self) -> dict[str, FormItem]:
        """Every item by id."""
        return {item.id: item for item in self.items}

    @property
    def of_round(self) -> Round | None:
        """The round of a form that is about given rows."""
        return ROUNDS[self.round] if self.given else None

    @property
    def wants_files(self) -> bool:
        """Whether files are asked for: by any item, or in the rows of a round."""
        if of := self.of_round:
            return of.files
        return any(item.evidence_required != "never" for item in self.items)

    @cached_property
    def places_of(self) -> dict[str, list[str]]:
        """The places of every item that ask for an answer: its parts, such as ``3.2 a``, or the item itself."""
        return {item.id: [f"{item.id} {part.id}" for part in item.parts] or [item.id] for item in self.items}

    @cached_property
    def wordings(self) -> dict[str, str]:
        """What is asked at every place, in the words that count: two of them are the same if they ask the same.

        A place is an item or part (``3.2``, ``3.2 a``), or what else is asked, such as ``coverage:projects``. Titles,
        dates, how to check, evidence and legal basis are shown beside it and not asked.
        """
        items = {
            f"{item.id} {part.id}": _wording(item.ask, part.ask, part.yes_means)
            for item in self.items
            for part in item.parts
        } | {item.id: _wording(item.ask, "", item.yes_means) for item in self.items if not item.parts}
        others = {**self._titled, "clues:": self.clues, "declaration:": self.declaration}
        return items | {place: loose(text) for place, text in others.items() if text}

    def shown_as(self, other: "Questions") -> "Questions":
        """Return the same questions with all that is only shown beside them as others show it."""
        areas = {area.id: area for area in (*self.areas, *other.areas)}
        shown = {
            "title": other.title,
            "areas": tuple(areas.values()),
            "items": tuple(_shown_as(item, other.item_of.get(item.id)) for item in self.items),
        }
        return Questions.model_construct(**{name: getattr(self, name) for name in Questions.model_fields} | shown)

    def called(self, place: str) -> str:
        """Return what a place of ``wordings`` is called in a list: an item's by its number, others by their titles."""
        if place == "declaration:":
            return Term(FIELD_WORDS["declaration"])
        return self.clues if place == "clues:" else self._titled.get(place, place)

    def words(self, place: str) -> str:
        """Return what is asked at a place of ``wordings``, as it is printed."""
        item = self.item_of.get(place.partition(" ")[0])
        if item is None:
            return self.declaration if place == "declaration:" else self.called(place)
        part = next((part for part in item.parts if f"{item.id} {part.id}" == place), None)
        yes_means = part.yes_means if part else item.yes_means
        lines = [item.ask, part.ask if part else "", translator(self.language)(_YES[yes_means]) if yes_means else ""]
        return "\n".join(filter(None, lines))

    @cached_property
    def _titled(self) -> dict[str, str]:
        """The title of everything asked that has one and is no item, by place."""
        lists: dict[str, tuple[Titled, ...]] = {
            "coverage": self.coverage,
            "severity": self.severities,
            "disposition": self.dispositions,
            "suggestion": self.suggestions,
        }
        return {f"{kind}:{entry.id}": entry.title for kind, entries in lists.items() for entry in entries}

    @cached_property
    def digest(self) -> str:
        """The SHA-256, in hexadecimal, of everything asked.

        What is only shown is not in it: no form is an old one because a day was put off or a citation corrected.
        """
        asked = [
            self.campaign,
            self.language,
            self.wordings,
            sorted({*self.finding_required, *required_in(self.finding_fields)}),
            *([list(self.given)] if self.given else []),
            *([self.round] if self.round != "corrections" else []),
        ]
        return hashlib.sha256(canonical_json(asked)).hexdigest()

    @cached_property
    def edition(self) -> str:
        """What tells apart all that is printed: what is asked, and everything that is shown beside it."""
        return self.shown + short_hash(canonical_json(self.again), 8)

    @cached_property
    def shown(self) -> str:
        """The same, whoever had answered before."""
        # a form of before there were rounds, or more than one, is the same form
        unset = {"given", "until", "round"} if not self.given else {"round"} if self.round == "corrections" else set()
        exclude: dict[str, Any] = {**dict.fromkeys({"again"} | unset, True), "items": {"__all__": {"hint"}}}
        return short_hash(canonical_json(self.model_dump(mode="json", exclude=exclude)), 20)

    def issued_again(self, open_places: Iterable[str]) -> "Questions":
        """Return the same questions for somebody who had answered and of whom these places are to be answered."""
        open_, fields = frozenset(open_places), {name: getattr(self, name) for name in Questions.model_fields}
        return Questions.model_construct(**{**fields, "again": tuple(p for p in self.wordings if p in open_)})

    def hinted(self, hints: Mapping[str, str]) -> "Questions":
        """Return the same questions with what the data say at some items, to be written into one file."""
        items = tuple(item.model_copy(update={"hint": hints.get(item.id, "")}) for item in self.items)
        fields = {name: getattr(self, name) for name in Questions.model_fields}
        return Questions.model_construct(**fields | {"items": items})

    @cached_property
    def fields(self) -> tuple[FindingField, ...]:
        """The fields that are asked of a finding."""
        if of := self.of_round:
            return of.fields(self.finding_fields)
        return fields_asked(self.finding_fields, graded=len(self.severities) > 1, handled=bool(self.dispositions))

    @cached_property
    def field_words(self) -> dict[str, Term]:
        """What messages call the fields of a finding."""
        return {field.key: Term(field.word) for field in self.fields}

    @property
    def finding_needs(self) -> tuple[str, ...]:
        """The fields without which a finding is incomplete."""
        if of := self.of_round:
            return of.needs
        return needed(self.finding_required, self.finding_fields, handled=bool(self.dispositions))

    def lacking(self, finding: Mapping[str, Any]) -> list[str]:
        """Return the fields that a finding or row still lacks."""
        also = [f.key for f in self.fields if f.needed_if and finding.get(f.needed_if[0]) == f.needed_if[1]]
        return [key for key in (*self.finding_needs, *also) if not finding.get(key)]

    @property
    def revision(self) -> str:
        """Four characters for the passport that change whenever anything asked changes."""
        return short_hash(self.digest.encode(), 4)

    @property
    def due(self) -> Day:
        """The last day for the whole form: the latest due date of its items, unless it has one of its own."""
        return self.until or max(item.due for item in self.items)

    def findings_in(self, content: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the findings to be written into a form: those that a content reports, or those that it is about."""
        reported = list(content.get("findings", ()))
        of = self.of_round
        if of is None:
            return reported
        said = {one[of.row]: one for one in reported}
        return [{**one, **said.get(one[of.row], {}), "number": n} for n, one in enumerate(self.given, 1)]


class Form(Model):
    """The questions issued to one respondent, under one passport; ``return_to`` says where it is to be sent.

    ``former_names`` are the names of the respondent and the unit under which forms were issued before,
    ``former_editions`` the same questions with what was shown beside them before.
    """

    passport: str
    respondent: Respondent
    questions: Questions
    return_to: str = ""
    former_names: tuple[tuple[str, str], ...] = ()
    former_editions: tuple[Questions, ...] = ()

    def is_by_another(self, filled_by: str) -> bool:
        """Return whether it was filled in by somebody else than it went to; nobody else can for a unit."""
        who = self.respondent
        if who.answers == "unit" or not filled_by:
            return False
        own = {*who.signers, *(name_key(name) for name, _ in self.former_names if not who.reviewer)}
        return name_key(filled_by) not in own and not any(could_be(filled_by, name) for name in own)

    @property
    def edition(self) -> str:
        """What tells apart all that the form shows, apart from whose it is."""
        return short_hash(f"{self.questions.shown}\n{self.return_to}".encode(), 20)


def _shown_as(item: FormItem, other: FormItem | None) -> FormItem:
    shown = ("area", "title", "how", "evidence", "evidence_required", "legal_basis", "due")
    return item.model_copy(update={name: getattr(other, name) for name in shown}) if other else item


def _wording(introduction: str, ask: str, yes_means: YesMeans | None) -> str:
    return "\n".join((loose(introduction), loose(ask), yes_means or ""))
