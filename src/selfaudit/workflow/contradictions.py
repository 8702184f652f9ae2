"""``contradictions``: what cannot both be right, and a person's choice between two responses."""

from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, console_language
from selfaudit.base.problems import UserError, error
from selfaudit.model.form.form import Labels, Respondent
from selfaudit.model.held.against import SETTLE_DATA, Against, HeldAgainst
from selfaudit.model.held.subjects import Unplaced
from selfaudit.model.kit.plan import Language
from selfaudit.model.progress.contradictions import SETTLE, Contradiction
from selfaudit.model.progress.contradictions import Contradictions as Held
from selfaudit.reports.against import contradiction_row, unsupported_rows
from selfaudit.reports.context.findings import ContradictionRow, UnsupportedRow
from selfaudit.reports.evidence import is_settled
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.decisions import Decision, decide, decisions
from selfaudit.store.ledger.responses import Choice as Chosen
from selfaudit.store.ledger.responses import counting, put_choice, responses
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
    """A contradiction between answers and data: both sides in words, its weight, the rows, and whether it is open."""

    row: ContradictionRow
    weight: float
    check: str
    signals: list[dict[str, Any]]
    open: bool


@dataclass(slots=True)
class Contradictions:
    """Conflicting responses of one respondent, what respondents say that cannot both be right, and answers and data.

    ``unplaced`` are names in the registers that the roster has not, or twice.
    """

    conflicts: list[History] = field(default_factory=list)
    between: list[Found] = field(default_factory=list)
    against: list[FoundInData] = field(default_factory=list)
    unsupported: list[UnsupportedRow] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

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
        }


def contradictions(workspace: Workspace, *, settled: bool = False) -> Contradictions:
    """Return every contradiction in the ledger that is open, and with ``settled`` the others too."""
    loaded = workspace.load()
    kit, roster = loaded.usable()
    held, found, respondents = Held(kit, roster), Contradictions(), []
    with workspace.reading() as ledger:
        against = HeldAgainst(kit, loaded.everybody or roster, check_run(workspace, ledger, kit))
        for standing in standings(ledger, kit):
            held.add(standing)
            against.add(standing)
            respondents.append(standing.respondent)
            if standing.conflict:
                who = standing.respondent
                found.conflicts.append(history_of(ledger, who.key, who.name, kit))
        settlements, of_data = decisions(ledger, SETTLE), decisions(ledger, SETTLE_DATA)
    (language,) = [one for one in get_args(Language) if one == console_language()]
    setting = Setting(kit, roster, None, today(), language=language)
    for data in against.found():
        made = of_data.get(data.key)
        if settled or not is_settled(data, made):
            found.against.append(_in_data(data, made, setting))
    found.unsupported = [*unsupported_rows(against.unsupported(), setting)]
    found.unplaced = against.unplaced
    labels = Labels(respondents)
    for one in held.found():
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


def _in_data(one: Against, made: Decision | None, setting: Setting) -> FoundInData:
    rows = [{"key": signal.key, "facts": signal.facts, "derivation": signal.derivation} for signal in one.signals]
    row = contradiction_row(one, made, setting)
    return FoundInData(row, one.weight, one.check, rows, open=not is_settled(one, made))


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
    kit, roster = loaded.usable()
    with workspace.writing(listener.waiting, by) as ledger:
        held, against = (
            Held(kit, roster),
            HeldAgainst(kit, loaded.everybody or roster, check_run(workspace, ledger, kit)),
        )
        for standing in standings(ledger, kit):
            held.add(standing)
            against.add(standing)
        known = {one.key: _decision(one, by, reason) for one in held.found()}
        known |= {one.key: _decision_on_data(one, by, reason) for one in against.found()}
        if unknown := [UNKNOWN(key=key) for key in made.keys if key not in known]:
            raise UserError(unknown)
        for key in dict.fromkeys(made.keys):
            decide(ledger, known[key])
    return contradictions(workspace).open


def _decision(settled: Contradiction, by: str, reason: str) -> Decision:
    sides = {side: [one.who.key for one in getattr(settled, side)] for side in ("conform", "problem")}
    data = {"place": settled.place, "whose": settled.name, "digest": settled.digest, **sides}
    return Decision(SETTLE, settled.key, by, reason, data)


def _decision_on_data(settled: Against, by: str, reason: str) -> Decision:
    data = {"place": settled.place, "whose": settled.name, "check": settled.check, "digest": settled.digest}
    sides = {"conform": [one.who.key for one in settled.said], "signals": len(settled.signals)}
    return Decision(SETTLE_DATA, settled.key, by, reason, {**data, **sides})


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
