"""List what cannot both be right: responses, statements about the same thing, answers and the body's own data."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from selfaudit.base.clock import today
from selfaudit.model.form.form import Labels, Respondent
from selfaudit.model.held.against import SETTLE_DATA, Against
from selfaudit.model.held.held import Held
from selfaudit.model.held.subjects import Unplaced
from selfaudit.model.progress.contradictions import SETTLE, Contradiction
from selfaudit.reports.against import contradiction_row, is_settled, unsupported_rows
from selfaudit.reports.context.findings import ContradictionRow, UnsupportedRow
from selfaudit.reports.setting import Setting
from selfaudit.reports.wording import language_of_reader
from selfaudit.store.ledger.decisions import Decision, decisions
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.history import History, history_of
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.contradictions.sides import Sides


@dataclass(frozen=True, slots=True)
class Found:
    """A contradiction between respondents: where, about whom, who says what, and the decision on it that holds.

    Respondents are called as lists of names call them, people of other units with their unit. ``title`` is that of the
    item, ``wrote`` has what they wrote there, each with the name.
    """

    key: str
    place: str
    title: str
    about: str
    conform: list[str]
    problem: list[str]
    wrote: list[tuple[str, str]]
    settled: Decision | None = None


@dataclass(frozen=True, slots=True)
class FoundInData:
    """A contradiction between what was said and the data: both sides in words, its weight, and whether it is open.

    ``source`` is the check, with the rows that it signals, or the figure of the registers.
    """

    row: ContradictionRow
    weight: float
    source: str
    signals: list[dict[str, Any]]
    open: bool


@dataclass(slots=True)
class Contradictions:
    """Conflicting responses of one respondent, what respondents say that cannot both be right, and answers and data.

    ``unplaced`` are names in the registers that the roster has not, or twice, ``outdated`` checks and figures that came
    of other registers than there are now. ``answered`` is how many respondents have said anything; ``unchecked`` that
    the kit holds answers against data checks, and none ever ran; ``unlooked`` how many numbers answers name that came
    after they were looked up.
    """

    conflicts: list[History] = field(default_factory=list)
    between: list[Found] = field(default_factory=list)
    against: list[FoundInData] = field(default_factory=list)
    unsupported: list[UnsupportedRow] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    outdated: Sequence[str] = ()
    answered: int = 0
    unchecked: bool = False
    unlooked: int = 0

    @property
    def open(self) -> int:
        """How many wait for somebody to decide."""
        still = sum(one.settled is None for one in self.between) + sum(one.open for one in self.against)
        return len(self.conflicts) + still

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {
            "conflicts": [conflict.as_data() for conflict in self.conflicts],
            "contradictions": [asdict(one) for one in self.between],
            "against_data": [asdict(one) for one in self.against],
            "unsupported": [asdict(one) for one in self.unsupported],
            "unplaced": [asdict(one) for one in self.unplaced],
            "outdated": list(self.outdated),
            "answered": self.answered,
            "unchecked": self.unchecked,
            "unlooked": self.unlooked,
        }


def contradictions(workspace: Workspace, *, settled: bool = False) -> Contradictions:
    """Return every contradiction in the ledger that is open, and with ``settled`` the others too."""
    loaded = workspace.load()
    kit, roster = loaded.usable()
    found, respondents = Contradictions(), []
    with workspace.reading() as ledger:
        sides = Sides.of(workspace, ledger, loaded)
        for standing in standings(ledger, kit):
            sides.add(standing)
            respondents.append(standing.respondent)
            found.answered += standing.content is not None
            if standing.conflict:
                who = standing.respondent
                found.conflicts.append(history_of(ledger, who.key, who.name, kit))
        settlements, of_data = decisions(ledger, SETTLE), decisions(ledger, SETTLE_DATA)
    setting = Setting(kit, roster, None, today(), language=language_of_reader(), data=sides.run)
    found.outdated = sides.run.outdated
    found.unchecked = not sides.run.outcomes and any(item.contradicted_by for item in kit.items.values())
    for data in sides.in_data():
        made = of_data.get(data.key)
        if settled or not is_settled(data, made):
            found.against.append(_in_data(data, made, setting))
    found.unsupported = [*unsupported_rows(sides.against.unsupported(), setting)]
    found.unlooked = sides.against.named.unlooked
    found.unplaced = sides.against.unplaced
    labels = Labels(respondents)
    for one in sides.between.found():
        made = settlements.get(one.key)
        holds = made if made and made.data["digest"] == one.digest else None
        if settled or holds is None:
            found.between.append(
                Found(
                    key=one.key,
                    place=one.place,
                    title=kit.items[one.item].title if one.item in kit.items else "",
                    about=one.name,
                    conform=[_called(said.who, one, labels) for said in one.conform],
                    problem=[_called(said.who, one, labels) for said in one.problem],
                    wrote=[(labels.of(said.who), text) for said in (*one.conform, *one.problem) for text in said.words],
                    settled=holds,
                )
            )
    return found


def _in_data(one: Held, made: Decision | None, setting: Setting) -> FoundInData:
    signals = one.signals if isinstance(one, Against) else ()
    rows = [{"key": signal.key, "facts": signal.facts, "derivation": signal.derivation} for signal in signals]
    row = contradiction_row(one, made, setting)
    return FoundInData(row, one.weight, one.source, rows, open=not is_settled(one, made))


def _called(who: Respondent, within: Contradiction, labels: Labels) -> str:
    name = labels.of(who)
    return name if who.answers == "unit" or who.unit == within.unit else f"{name} ({who.unit_name})"
