"""What data checks point at in case files, as factors of their risk."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.keys import split_key
from selfaudit.model.sampling.plan import Factor, SamplePlan
from selfaudit.model.sampling.population import FILE, CaseFile, file_id
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.signals import outcomes, signals


def with_signals(
    plan: SamplePlan, files: Sequence[CaseFile], counted: Mapping[str, Counter[str]], ran: Iterable[str]
) -> list[CaseFile]:
    """Return files with the factors that count signals; one of whose checks none ran is not known of any file.

    ``counted`` is the number of signals on each file by check.
    """
    known = set(ran)

    def of(factor: Factor, file: CaseFile) -> int | None:
        asked = known.intersection(factor.signals)
        return sum(counted[check][file.id] for check in asked) if asked else None

    own = [factor for factor in plan.factors if factor.signals]
    return [replace(file, factors={**file.factors, **{one.id: of(one, file) for one in own}}) for file in files]


def signals_on_files(
    workspace: Workspace,
    ledger: Ledger,
    plan: SamplePlan,
    checks: Mapping[str, DataCheck],
    files: Iterable[CaseFile],
) -> tuple[dict[str, Counter[str]], list[str]]:
    """Return the number of signals on each file by check, and which of these checks have run."""
    asked = {check for factor in plan.factors for check in factor.signals}
    known = {id_: one.outcome for id_, one in outcomes(ledger).items() if id_ in asked and id_ in checks}
    named = _named(plan, files)
    counted: dict[str, Counter[str]] = {}
    for id_, outcome in known.items():
        counted[id_] = Counter()
        for signal in signals(workspace, outcome):
            key = split_key(checks[id_], signal.key)
            # one signal counts once for a file, by whatever it names it
            found = {file for column, names in named.items() for file in names.get(file_id(key.get(column, "")), ())}
            counted[id_].update(found)
    return counted, [id_ for id_, outcome in known.items() if outcome.state != "not_run"]


def _named(plan: SamplePlan, files: Iterable[CaseFile]) -> dict[str, dict[str, list[str]]]:
    """Return the files that a part of a key names, by the column of the key."""
    found: dict[str, dict[str, list[str]]] = {column: {} for column in plan.population.signals_by}
    for file in files:
        for column, ours in plan.population.signals_by.items():
            value = file.id if ours == FILE else file_id(file.values.get(ours, ""))
            if value:
                found[column].setdefault(value, []).append(file.id)
    return found
