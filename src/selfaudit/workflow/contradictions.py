"""``contradictions``: what cannot both be right, and a person's choice between two responses."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self, get_args

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, console_language
from selfaudit.base.problems import UserError, error
from selfaudit.model.form.form import Labels, Respondent
from selfaudit.model.held.against import SETTLE_DATA, Against, CheckRun, HeldAgainst
from selfaudit.model.held.figures import counted_figures
from selfaudit.model.held.held import Held, held_against
from selfaudit.model.held.subjects import Unplaced
from selfaudit.model.kit.plan import Language
from selfaudit.model.progress.contradictions import SETTLE, Contradiction
from selfaudit.model.progress.contradictions import Contradictions as Between
from selfaudit.model.progress.standing import Standing
from selfaudit.reports.against import contradiction_row, is_settled, unsupported_rows
from selfaudit.reports.context.findings import ContradictionRow, UnsupportedRow
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.decisions import Decision, decide, decisions
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import Choice as Chosen
from selfaudit.store.ledger.responses import counting, put_choice, responses
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.operator import decided
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged.file import refresh_merged
from selfaudit.workflow.common.state.checked import check_run
from selfaudit.workflow.common.state.election import elect
from selfaudit.workflow.common.state.history import History, history, history_of
from selfaudit.workflow.common.state.respondents import find_respondent
from selfaudit.workflow.common.state.standings import standings

NO_SUCH = error("resolve.no-such", N_("{name} has no response number {number}"), N_("Numbers: {known}."))
UNKNOWN = error(
    "settle.unknown",
    N_("there is no contradiction “{key}”"),
    N_("selfaudit contradictions list shows them all with what each is called."),
)


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
    of other registers than there are now.
    """

    conflicts: list[History] = field(default_factory=list)
    between: list[Found] = field(default_factory=list)
    against: list[FoundInData] = field(default_factory=list)
    unsupported: list[UnsupportedRow] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    outdated: Sequence[str] = ()

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
        }


@dataclass(frozen=True, slots=True)
class _Sides:
    """Everything in which what somebody says is held against something else."""

    between: Between
    against: HeldAgainst
    run: CheckRun
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, workspace: Workspace, ledger: Ledger, loaded: LoadedCampaign) -> Self:
        kit, roster = loaded.usable()
        everybody = loaded.everybody or roster
        run = check_run(workspace, ledger, kit, everybody)
        against = HeldAgainst(kit, everybody, run)
        return cls(Between(kit, roster), against, run, loaded.profile.numbers(kit.plan) if loaded.profile else {})

    def add(self, standing: Standing) -> None:
        self.between.add(standing)
        self.against.add(standing)

    def in_data(self) -> list[Held]:
        return held_against(self.against, counted_figures(self.run.figures, self.numbers))


def contradictions(workspace: Workspace, *, settled: bool = False) -> Contradictions:
    """Return every contradiction in the ledger that is open, and with ``settled`` the others too."""
    loaded = workspace.load()
    kit, roster = loaded.usable()
    found, respondents = Contradictions(), []
    with workspace.reading() as ledger:
        sides = _Sides.of(workspace, ledger, loaded)
        for standing in standings(ledger, kit):
            sides.add(standing)
            respondents.append(standing.respondent)
            if standing.conflict:
                who = standing.respondent
                found.conflicts.append(history_of(ledger, who.key, who.name, kit))
        settlements, of_data = decisions(ledger, SETTLE), decisions(ledger, SETTLE_DATA)
    (language,) = [one for one in get_args(Language) if one == console_language()]
    setting = Setting(kit, roster, None, today(), language=language, data=sides.run)
    found.outdated = sides.run.outdated
    for data in sides.in_data():
        made = of_data.get(data.key)
        if settled or not is_settled(data, made):
            found.against.append(_in_data(data, made, setting))
    found.unsupported = [*unsupported_rows(sides.against.unsupported(), setting)]
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


@dataclass(frozen=True, slots=True)
class Settlement:
    """Which contradictions are settled, by whom and why; an empty ``by`` is the operator of the campaign."""

    keys: tuple[str, ...]
    by: str
    reason: str


def settle(workspace: Workspace, made: Settlement, listener: Listener) -> int:
    """Enter that contradictions are settled until a side says something else; return how many are still open."""
    by, reason = decided(workspace, made.by, made.reason)
    loaded = workspace.load()
    kit, _ = loaded.usable()
    with workspace.writing(listener.waiting, by) as ledger:
        sides = _Sides.of(workspace, ledger, loaded)
        for standing in standings(ledger, kit):
            sides.add(standing)
        known = {one.key: _decision(one, by, reason) for one in sides.between.found()}
        known |= {one.key: _decision_on_data(one, by, reason) for one in sides.in_data()}
        if unknown := [UNKNOWN(key=key) for key in made.keys if key not in known]:
            raise UserError(unknown)
        for key in dict.fromkeys(made.keys):
            decide(ledger, known[key])
    return contradictions(workspace).open


def _decision(settled: Contradiction, by: str, reason: str) -> Decision:
    sides = {side: [one.who.key for one in getattr(settled, side)] for side in ("conform", "problem")}
    data = {"place": settled.place, "whose": settled.name, "digest": settled.digest, **sides}
    return Decision(SETTLE, settled.key, by, reason, data)


def _decision_on_data(settled: Held, by: str, reason: str) -> Decision:
    data = {"place": settled.place, "whose": settled.name, "check": settled.source, "digest": settled.digest}
    return Decision(SETTLE_DATA, settled.key, by, reason, data)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which response of a respondent counts (its number in the history), who says so and why.

    An empty ``by`` is the operator of the campaign.
    """

    respondent: str
    number: int
    by: str
    reason: str


def resolve(workspace: Workspace, choice: Choice, listener: Listener) -> History:
    """Enter a choice; nothing is deleted."""
    by, reason = decided(workspace, choice.by, choice.reason)
    with workspace.writing(listener.waiting, by) as ledger:
        key, shown_name = find_respondent(ledger, choice.respondent)
        digests = [row.digest for row in responses(ledger, key)]
        counts = {row.digest for row in counting(ledger, key)}
        known = [number for number, digest in enumerate(digests, 1) if digest in counts]
        if choice.number not in known:
            raise UserError(NO_SUCH(name=shown_name, number=choice.number, known=known or "-"))
        chosen = digests[choice.number - 1]
        told = {"by": by, "reason": reason}
        with ledger.change("resolve", respondent=key, digest=chosen, considered=digests, **told):
            put_choice(ledger, key, Chosen(chosen, frozenset(digests)), **told)
            elect(ledger, key)
        refresh_merged(workspace, ledger)
    return history(workspace, key)
