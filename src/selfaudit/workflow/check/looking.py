"""``check list`` and ``check explain``: what checks ask, what came of them, and why a row is pointed at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Term, UserError, error
from selfaudit.base.text import as_argument
from selfaudit.checks.places import Number, Rows, numbers_of, rows_of
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.keys import meant, nearest, split_key
from selfaudit.model.data.outcome import Signal, is_stale, told
from selfaudit.model.data.register import Register
from selfaudit.model.data.titles import titles
from selfaudit.model.data.verdict import STATES, Standing, Verdict
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.check.lines import chosen
from selfaudit.workflow.common.data import CampaignData, data_of
from selfaudit.workflow.common.pool import Pool, WorkerError
from selfaudit.workflow.common.state.registers import current_registers
from selfaudit.workflow.common.state.signals import Ran, outcomes
from selfaudit.workflow.common.state.verdicts import Now, deciding, verdicts

NO_KEY = error(
    "check.no-signal",
    N_("{check} has no signal “{key}”"),
    N_("Nearest: {near}. All: selfaudit check {check} -o FILE.xlsx"),
)
GONE = error(
    "check.signalled-no-more",
    N_("{check} signals “{key}” no longer; before, {by} said on {on}: {word}: {reason}"),
    N_("Nothing needs to be done. To take that back: selfaudit check decide {check} {pasted} --undo --reason TEXT"),
)
NO_SIGNALS = error(
    "check.no-signals",
    N_("{check} has no signal “{key}”, nor any other"),
    N_("See what came of it: selfaudit check explain {check}"),
)
NEVER = error("check.never-run", N_("{check} has not been run"), N_("Run it: selfaudit check {check}"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A check and what came of it when it last ran, None if it never did; ``missing`` are titles of what it lacks."""

    check: DataCheck
    severity: str
    ran: Ran | None
    missing: Sequence[str] = ()

    def as_data(self, say: Callable[[str], str]) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        one = self.check
        said = {"id": one.id, "title": one.title, "severity": one.severity, "status": one.status}
        return {**said, "outcome": _outcome_data(self.ran, self.missing, say)}


@dataclass(frozen=True, slots=True)
class Explained:
    """A check in full. ``basis`` are citations as printed, ``missing`` titles.

    ``standings`` is what it pointed at, and what holds of that. ``stale`` says that registers have changed since.
    ``gone`` are verdicts on what it points at no longer, which nobody has settled by that.
    """

    check: DataCheck
    severity: str
    basis: Sequence[str]
    ran: Ran | None
    missing: Sequence[str]
    standings: Sequence[Standing]
    stale: bool
    gone: Sequence[Verdict] = ()

    @property
    def signals(self) -> list[Signal]:
        """What it pointed at."""
        return [one.signal for one in self.standings]

    def as_data(self, say: Callable[[str], str]) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        said = self.check.model_dump(mode="json", exclude={"examples", "format"})
        kept = [standing_data(one) for one in self.standings]
        return {
            **said,
            "basis": list(self.basis),
            "outcome": _outcome_data(self.ran, self.missing, say),
            "signals": kept,
            **self._gone_data(),
        }

    def _gone_data(self) -> dict[str, Any]:
        return {"no_longer_signalled": [one.model_dump(mode="json") for one in self.gone]}


@dataclass(frozen=True, slots=True)
class Pointed:
    """One signal of a check, and the rows of files where registers say so, by the title of the register.

    What these rows were found by has the titles of the columns. ``numbers`` are those that stand
    beside the name of its person, by the title of the register; empty if it is one.
    """

    explained: Explained
    standing: Standing
    severity: str
    rows: Mapping[str, Rows]
    numbers: Mapping[str, Sequence[Number]]

    def as_data(self, say: Callable[[str], str]) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        rows = {name: {"by": dict(one.by), "rows": list(one.first), "n": one.n} for name, one in self.rows.items()}
        numbers = {title: [asdict(one) for one in several] for title, several in self.numbers.items()}
        return {
            **self.explained.as_data(say),
            "signals": [standing_data(self.standing)],
            "rows": rows,
            "numbers": numbers,
        }


def listed(workspace: Workspace) -> list[Listed]:
    """Return every check with what came of it when it last ran."""
    loaded = workspace.load()
    kit, _ = loaded.usable()
    data = data_of(workspace, loaded)
    words = {one.id: one.title for one in kit.plan.severities}
    with workspace.reading() as ledger:
        ran = outcomes(ledger)
    lacking = {id_: titles(data.kit, one.outcome.missing) for id_, one in ran.items()}
    return [
        Listed(one, words.get(one.severity, one.severity), ran.get(one.id), lacking.get(one.id, ()))
        for one in data.checks.values()
    ]


def explained(workspace: Workspace, id_: str) -> Explained:
    """Return a check in full, with what it pointed at when it last ran."""
    loaded, data, check = _found(workspace, id_)
    with workspace.reading() as ledger:
        return _explained(workspace, ledger, loaded, data, check)


def pointed(workspace: Workspace, id_: str, key: str) -> Pointed:
    """Return one signal of a check with where its rows are; stops if there is none with that key."""
    loaded, data, check = _found(workspace, id_)
    with workspace.reading() as ledger:
        what = _explained(workspace, ledger, loaded, data, check)
        registers = current_registers(workspace, ledger)
    if what.ran is None:
        raise UserError(NEVER(check=check.id))
    keys = {one.signal.key: one for one in what.standings}
    found = meant(key, keys)
    if found is None:
        _tell_gone(what, key)
        near = list(map(as_argument, nearest(key, keys)))
        raise UserError(NO_KEY(check=check.id, key=key, near=near) if near else NO_SIGNALS(check=check.id, key=key))
    tables = {name: str(registers[name].path) for name in (*check.needs, *check.uses) if name in registers}
    needed = {name: path for name, path in tables.items() if name in check.needs}
    signal = keys[found].signal
    about = (check.subject.person or "", check.subject.number or "")
    try:
        with Pool(1) as pool:
            rows = pool.run(rows_of, needed, data.kit.registers, split_key(check, found))
            numbers = pool.run(numbers_of, tables, data.kit.registers, about, signal.person)
    except WorkerError:
        # where they are is a convenience
        rows, numbers = {}, {}
    words = {one.id: one.title for one in loaded.usable()[0].plan.severities}
    named = {data.kit.registers[name].title: _titled(one, data.kit.registers[name]) for name, one in rows.items()}
    beside = {data.kit.registers[name].title: several for name, several in numbers.items()}
    return Pointed(what, keys[found], words.get(signal.severity, signal.severity), named, beside)


def _tell_gone(what: Explained, key: str) -> None:
    """Stop with what was decided on a signal that is not there any more."""
    gone = {one.key: one for one in what.gone}
    if (known := meant(key, gone)) and (said := gone[known]).said:
        word = Term(STATES[said.said])
        args: dict[str, Any] = {"by": said.by, "on": said.on, "word": word, "reason": said.reason}
        raise UserError(GONE(check=what.check.id, key=known, pasted=as_argument(known), **args))


def _titled(rows: Rows, register: Register) -> Rows:
    return replace(rows, by={register.column[name].title: part for name, part in rows.by.items()})


def _found(workspace: Workspace, id_: str) -> tuple[LoadedCampaign, CampaignData, DataCheck]:
    loaded = workspace.load()
    data = data_of(workspace, loaded)
    return loaded, data, chosen(data, [id_])[0]


def _explained(
    workspace: Workspace, ledger: Ledger, loaded: LoadedCampaign, data: CampaignData, check: DataCheck
) -> Explained:
    kit, _ = loaded.usable()
    wording = Wording(kit.plan.language)
    cited = {one.id: wording.cite(one) for one in kit.citations}
    names = dict.fromkeys((*check.basis, *(name for rule in check.rules for name in rule.basis)))
    ran = outcomes(ledger).get(check.id)
    outcome = ran.outcome if ran else None
    by = deciding(workspace, ledger, Now.of(loaded, today()), data.checks)
    found = verdicts(workspace, ledger, by, {check.id})
    now = {name: one.version for name, one in current_registers(workspace, ledger).items()}
    return Explained(
        check,
        next((one.title for one in kit.plan.severities if one.id == check.severity), check.severity),
        [cited.get(name, name) for name in names],
        ran,
        titles(data.kit, outcome.missing) if outcome else (),
        found.standings,
        outcome is not None and is_stale(check, outcome, now),
        [one.verdict for one in found.gone if one.ran],
    )


def standing_data(one: Standing) -> dict[str, Any]:
    """Return a signal with what holds of it as plain data."""
    held = {"verdict": one.verdict, "exception": one.exception}
    said = {name: made.model_dump(mode="json") if made else None for name, made in held.items()}
    return {**one.signal.model_dump(mode="json"), "state": one.state, **said}


def _outcome_data(ran: Ran | None, missing: Sequence[str], say: Callable[[str], str]) -> dict[str, Any] | None:
    if ran is None:
        return None
    return {**ran.outcome.model_dump(mode="json"), "said": told(ran.outcome, say, missing), "at": ran.at, "by": ran.by}
