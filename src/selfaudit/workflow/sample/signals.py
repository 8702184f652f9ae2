"""What data checks point at in case files, as factors of their risk."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Term, warning
from selfaudit.model.data.keys import split_key
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.outcome import REASONS, Outcome, Reason
from selfaudit.model.data.titles import titles
from selfaudit.model.sampling.naming import NamedFiles, names_of
from selfaudit.model.sampling.plan import Factor, SamplePlan
from selfaudit.model.sampling.population import CaseFile
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import CampaignData
from selfaudit.workflow.common.state.signals import outcomes, signals

NOT_RUN = warning(
    "sample.checks-not-run",
    N_("“{factor}” counts no signals of {checks}: they did not run"),
    N_("Run selfaudit check, and freeze again before there is a seed."),
)
COULD_NOT = warning(
    "sample.checks-could-not-run",
    N_("“{factor}” counts no signals of {checks}, which could not be run: {reason} {what}"),
    N_("Import what is missing, run selfaudit check and freeze again before there is a seed; or go on without it."),
)
NOT_ALL = warning(
    "sample.signals-not-all",
    N_("of {check} only the {kept} most severe signals are kept and counted, of {signals}"),
    N_("More likely, rule or data are wrong: look at the check, and freeze again before there is a seed."),
)


def with_signals(plan: SamplePlan, files: Sequence[CaseFile], counted: Mapping[str, Counter[str]]) -> list[CaseFile]:
    """Return files with the factors that count signals; one of whose checks none ran is not known of any file.

    ``counted`` is the number of signals on each file, by check that ran.
    """

    def of(factor: Factor, file: CaseFile) -> int | None:
        asked = counted.keys() & set(factor.signals)
        return sum(counted[check][file.id] for check in asked) if asked else None

    own = [factor for factor in plan.factors if factor.signals]
    return [replace(file, factors={**file.factors, **{one.id: of(one, file) for one in own}}) for file in files]


def signals_on_files(
    workspace: Workspace,
    ledger: Ledger,
    plan: SamplePlan,
    data: CampaignData,
    files: Iterable[CaseFile],
) -> tuple[dict[str, Counter[str]], list[Problem]]:
    """Return the number of signals on each file by check that ran, and what is not counted."""
    asked = {check for factor in plan.factors for check in factor.signals}
    found = {id_: one.outcome for id_, one in outcomes(ledger).items() if id_ in asked and id_ in data.checks}
    ran = {id_: outcome for id_, outcome in found.items() if outcome.state != "not_run"}
    named = NamedFiles((file.id, names_of(plan, file)) for file in files)
    counted = {id_: Counter[str]() for id_ in ran}
    problems = []
    for id_, outcome in ran.items():
        if outcome.kept < outcome.signals:
            problems.append(NOT_ALL(check=id_, kept=outcome.kept, signals=outcome.signals))
        for signal in signals(workspace, outcome):
            counted[id_].update(named.of(split_key(data.checks[id_], signal.key)))
    for factor in plan.factors:
        problems += _not_counted(factor, found, data.kit)
    return counted, problems


def _not_counted(factor: Factor, found: Mapping[str, Outcome], kit: DataKit) -> Iterator[Problem]:
    """Yield which checks of a factor were never run, and which could not run and for want of what."""
    if never := [id_ for id_ in factor.signals if id_ not in found]:
        yield NOT_RUN(factor=factor.title, checks=Some(never))
    together: dict[tuple[Reason, tuple[str, ...]], list[str]] = {}
    for id_ in factor.signals:
        if id_ in found and (reason := found[id_].reason) and found[id_].state == "not_run":
            together.setdefault((reason, found[id_].missing), []).append(id_)
    for (reason, missing), checks in together.items():
        what = ", ".join(titles(kit, missing))
        yield COULD_NOT(factor=factor.title, checks=Some(checks), reason=Term(REASONS[reason]), what=what)
