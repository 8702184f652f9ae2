"""What documents print of findings and of what is done about them; see ``context``."""

from dataclasses import dataclass, make_dataclass
from typing import TYPE_CHECKING, Annotated, Any

from selfaudit.model.finding import FINDING_FIELDS
from selfaudit.reports.context.parts import TitledFigure, TitledText
from selfaudit.reports.context.reviewed import FileReview
from selfaudit.word.values import Figure

_PLACE = [
    ("id", Annotated[str, "stable id, unique for ever"]),
    ("short_id", Annotated[str, "id for readers, such as 2.5-03; stable as well"]),
    ("item", Annotated[str, "item and part, such as 3.2 a"]),
    ("title", Annotated[str, "short title of the item"]),
    ("area", Annotated[str, "title of the area"]),
]
PRINTED_FIELDS = tuple(field for field in FINDING_FIELDS if field.kind not in ("number", "item", "part"))
"""The fields of a finding that documents print under their own key; number, item and part are in its id and place."""
_REST = [
    ("reporter", Annotated[str, "who reported it"]),
    (
        "found",
        Annotated[tuple[TitledText, ...], "what else is said of the fact, each with its label"],
    ),
    ("done", Annotated[tuple[TitledText, ...], "what is said of correction and handling, likewise"]),
    ("progress", Annotated[tuple[TitledText, ...], "what has been done by now, likewise; empty before anybody did"]),
]

if TYPE_CHECKING:
    FindingRow = Any
else:
    FindingRow = make_dataclass(
        "FindingRow",
        [*_PLACE, *((field.key, Annotated[str, field.asked]) for field in PRINTED_FIELDS), *_REST],
        namespace={"__doc__": "One finding with all that is said about it.", "__module__": __name__},
        frozen=True,
        slots=True,
    )
"""One finding with all that is said about it: its place, every declared field and its reporter, all of them texts."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """How one finding is handled, in short."""

    id: Annotated[str, "id of the finding for readers"]
    item: Annotated[str, "item and part"]
    fact: Annotated[str, "what was found"]
    owner: Annotated[str, "who is responsible"]
    due: Annotated[str, "by when"]
    state: Annotated[str, "how far it is, and whether it is overdue"]
    corrected: Annotated[str, "who corrected it, and when"]
    verified: Annotated[str, "who verified it, and when"]
    closed: Annotated[str, "who closed it, and when"]


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """What was approved about one certificate, person, reported fact or case file."""

    id: Annotated[str, "id of the disposition"]
    kind: Annotated[str, "class of handling"]
    target: Annotated[str, "what it is about, such as the number of a certificate"]
    party: Annotated[str, "whose that is"]
    action: Annotated[str, "what is done"]
    reason: Annotated[str, "reason"]
    effective: Annotated[str, "date on which it takes effect"]
    state: Annotated[str, "how far it is, and how it ended"]
    notice: Annotated[str, "number of the notice; may be empty"]
    findings: Annotated[str, "ids of the findings it is about"]


@dataclass(frozen=True, slots=True)
class AsideRow:
    """One finding that does not count, because it was withdrawn or is the same as another."""

    id: Annotated[str, "id of the finding for readers"]
    item: Annotated[str, "item and part"]
    fact: Annotated[str, "what was reported"]
    reporter: Annotated[str, "who reported it"]
    became: Annotated[str, "withdrawn, or the same as which other"]
    by: Annotated[str, "who decided it"]
    reason: Annotated[str, "why"]
    on: Annotated[str, "when"]


@dataclass(frozen=True, slots=True)
class DispositionRow:
    """What happens because of one finding in one class of handling, or what was approved without a finding."""

    finding: Annotated[str, "id of the finding for readers; without a finding that of the disposition"]
    item: Annotated[str, "item and part; without a finding what it is about"]
    action: Annotated[str, "how it is handled"]
    reporter: Annotated[str, "who reported the finding; without one whose that is"]


@dataclass(frozen=True, slots=True)
class DispositionClassRows:
    """One class of handling, such as certificates."""

    id: Annotated[str, "id of the class"]
    title: Annotated[str, "title of the class"]
    count: Annotated[Figure, "findings with handling in this class, and what was approved without a finding"]
    actions: Annotated[tuple[TitledFigure, ...], "how many of them are handled how; they add up to count"]
    rows: Annotated[tuple[DispositionRow, ...], "one for each of them"]


@dataclass(frozen=True, slots=True)
class ItemFindings:
    """The findings on one item."""

    id: Annotated[str, "number of the item"]
    title: Annotated[str, "short title of the item; empty if it is no longer in the checklist"]
    count: Annotated[Figure, "number of findings"]


@dataclass(frozen=True, slots=True)
class AreaFindings:
    """The findings of one area."""

    id: Annotated[str, "id of the area; - for items no longer in the checklist"]
    title: Annotated[str, "title of the area"]
    items: Annotated[Figure, "items of the checklists in this area"]
    units: Annotated[Figure, "units that answered at least one of them"]
    people: Annotated[Figure, "people who answered at least one of them"]
    files: Annotated[Figure, "files that were reviewed by at least one of them, once for each reviewer"]
    problem: Annotated[Figure, "items of it that anybody answered with a problem"]
    count: Annotated[Figure, "number of findings"]
    severities: Annotated[tuple[TitledFigure, ...], "number by severity, most severe first; they add up to count"]
    by_item: Annotated[tuple[ItemFindings, ...], "the items with findings; they add up to count"]
    rows: Annotated[tuple[FindingRow, ...], "the findings"]


@dataclass(frozen=True, slots=True)
class ContradictionRow:
    """What somebody says, and what the body's own data say against it."""

    key: Annotated[str, "what it is called in commands, such as 2.8.a/unit:B6/C08"]
    place: Annotated[str, "item and part, such as 2.8 a"]
    title: Annotated[str, "short title of the item"]
    about: Annotated[str, "the unit, person or body that it is about"]
    said: Annotated[str, "who says what, and when it came"]
    data: Annotated[str, "what the data say: the check, how many signals of how many rows, in which registers"]
    threshold: Annotated[str, "from when on it is a contradiction"]
    verdict: Annotated[str, "who settled it, when and why; otherwise that it is open"]


@dataclass(frozen=True, slots=True)
class LookalikeRow:
    """Two case files that repeat each other."""

    records: Annotated[str, "the two files, a line each"]
    whose: Annotated[str, "organisation and time of the audit of each, a line each"]
    common: Annotated[str, "what else they have in common, such as the auditor"]
    shares: Annotated[str, "how much of the own text of each is in the other, and the longest passage"]
    decided: Annotated[str, "what was decided on it, by whom and why; otherwise that it is open"]


@dataclass(frozen=True, slots=True)
class RingRow:
    """Three or more case files that repeat each other."""

    source: Annotated[str, "the file that shares most with the others"]
    count: Annotated[str, "how many files these are together"]
    organisations: Annotated[str, "of how many organisations they are, or that nobody knows"]
    members: Annotated[str, "the other files, a line each"]


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """How far case files were compared with each other, and what was found; an annex has the pairs and rings."""

    method: Annotated[str, "how they were compared, and from when on two are alike"]
    compared: Annotated[Figure, "records that were compared, every one with every other"]
    left: Annotated[Figure, "files that could not be compared"]
    pairs: Annotated[Figure, "pairs that are alike"]
    decided: Annotated[Figure, "pairs on which a person has decided"]
    rings: Annotated[Figure, "rings, in each of which three and more files are alike"]
    in_rings: Annotated[tuple[RingRow, ...], "the rings, the largest first"]


@dataclass(frozen=True, slots=True)
class DataChecks:
    """What came of the data checks; confirmed, explained, excepted and undecided add up to signals."""

    ran: Annotated[Figure, "data checks that ran, be it in part"]
    not_run: Annotated[Figure, "data checks that could not run"]
    judged: Annotated[Figure, "rows that they judged"]
    signals: Annotated[Figure, "signals"]
    confirmed: Annotated[Figure, "signals that a person confirmed"]
    explained: Annotated[Figure, "signals that a person explained"]
    excepted: Annotated[Figure, "signals that an exception of the body covers"]
    undecided: Annotated[Figure, "signals on which nobody has decided"]
    outdated: Annotated[str, "ids of the checks whose registers have changed since; empty if there is none"]


@dataclass(frozen=True, slots=True)
class UnsupportedRow:
    """Answers “conform” that checks could have supported, had they run."""

    checks: Annotated[str, "the checks with their titles, one a line"]
    reason: Annotated[str, "why they did not run, or in part only"]
    places: Annotated[str, "the items with their titles, and in brackets how many answered so"]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found; the areas and the severities each add up to the total."""

    total: Annotated[Figure, "number of findings"]
    severities: Annotated[tuple[TitledFigure, ...], "number by severity, most severe first"]
    areas: Annotated[tuple[AreaFindings, ...], "by area"]
    rows: Annotated[tuple[FindingRow, ...], "all findings"]
    in_full: Annotated[tuple[FindingRow, ...], "the most severe findings, which the report tells in full"]
    in_full_count: Annotated[Figure, "number of these"]
    in_full_severities: Annotated[str, "what severities these are"]
    checked: Annotated[DataChecks | None, "what came of the data checks, once any was run"]
    lookalikes: Annotated[Lookalikes | None, "case files that were compared with each other, once any were"]
    contradictions: Annotated[tuple[ContradictionRow, ...], "the heaviest answers and the data against them"]
    contradictions_count: Annotated[Figure, "number of all of these"]
    contradictions_open: Annotated[Figure, "number of those that nobody has settled"]
    unsupported: Annotated[tuple[UnsupportedRow, ...], "answers that the data could not support"]
    unsupported_count: Annotated[Figure, "number of these answers"]
    reviews: Annotated[tuple[FileReview, ...], "spot checks of files, and what their reviews show"]


@dataclass(frozen=True, slots=True)
class HandlingRow:
    """Which part of the body does which kind of handling."""

    who: Annotated[str, "who"]
    does: Annotated[str, "what they do about it"]


@dataclass(frozen=True, slots=True)
class Measures:
    """What is done about the findings; open and handled add up to the number of findings."""

    rows: Annotated[tuple[FindingRow, ...], "all findings, with their handling"]
    classes: Annotated[tuple[DispositionClassRows, ...], "handling by class"]
    handling: Annotated[tuple[HandlingRow, ...], "who does which kind of handling"]
    asked: Annotated[bool, "whether the campaign asks what is done about findings"]
    open: Annotated[Figure, "findings that do not say what is done"]
    handled: Annotated[Figure, "findings that say what is done"]
    states: Annotated[tuple[TitledFigure, ...], "findings by state of their handling; none before anybody handled one"]
    overdue: Annotated[Figure, "findings that are still to be corrected and were due"]
    recurrent: Annotated[Figure, "findings that the campaign before had closed and that came back"]
    recurrent_rows: Annotated[tuple[TitledText, ...], "each of these, with what it was before"]
