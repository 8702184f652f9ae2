"""``sample freeze``: fixes the population of a spot check, from registers or a list, before there is a seed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, UserError, error, warning
from selfaudit.checks.patience import LIMIT
from selfaudit.model.data.outcome import REASONS
from selfaudit.model.held.subjects import Subjects
from selfaudit.model.names import SAMPLES
from selfaudit.model.roster import Roster
from selfaudit.model.sampling.drawing import Stratum, draw
from selfaudit.model.sampling.outcome import Populated
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import CaseFile, canonical, digest
from selfaudit.model.sampling.state import SampleState
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import asked_data, data_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.samples import states
from selfaudit.workflow.common.supervised import built, population_of
from selfaudit.workflow.sample.desk import Step, keep, plan_meant
from selfaudit.workflow.sample.listed import listed
from selfaudit.workflow.sample.signals import signals_on_files, with_signals

NO_POPULATION = error(
    "sample.no-population",
    N_("the registers do not tell which files there are: {reason} {what}"),
    N_(
        "Import what is missing with selfaudit register import, or give a list:"
        " selfaudit sample freeze {id} --from FILE"
    ),
)
EMPTY = error(
    "sample.empty",
    N_("there is no file in the population"),
    N_("Look at what it is: {why}. selfaudit register list shows what the registers have."),
)
TOO_LATE = error(
    "sample.too-late",
    N_("{title} is frozen already, and making its seed has begun"),
    N_("To begin anew, which the journal shows, give --reason TEXT."),
)
NAMELESS = warning(
    "sample.nameless",
    N_("rows without the number of a file, which are not in the population: {count}"),
    N_("Complete the register and freeze again, or say in the report that these were left out."),
)
NOT_KNOWN = warning(
    "sample.factor-not-known",
    N_("“{factor}” is not known for {count} of {files} files and gives them no points"),
    N_("Import what it needs, and freeze again before there is a seed."),
)


@dataclass(frozen=True, slots=True)
class Freeze:
    """What is to be frozen: a spot check by id or title, a list of files in place of the registers, and why anew."""

    name: str = ""
    source: Path | None = None
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A frozen population: its state, the strata with what the plan will draw of each, and what there is to say."""

    plan: SamplePlan
    state: SampleState
    strata: Sequence[Stratum]
    problems: Sequence[Problem]


def freeze(workspace: Workspace, asked: Freeze, day: date, listener: Listener) -> Result:
    """Fix the population of a spot check as of a day; once there is something of a seed, again only for a reason."""
    loaded = workspace.load()
    data, (_, roster) = data_of(workspace, loaded), loaded.usable()
    plan = plan_meant(data.kit, asked.name)
    with workspace.checking(listener.waiting, asked.by) as (folder, turns):
        with turns.turn() as ledger:
            _refuse_late(states(ledger).get(plan.id), plan, asked.reason)
            what = None if asked.source else asked_data(workspace, ledger, loaded, data.kit, day)
        problems, versions = list[Problem](), dict[str, int]()
        files: Sequence[CaseFile]
        if what:
            found = population_of(built(what, folder, LIMIT), plan)
            files, versions = _files(plan, found, problems), found.registers
        elif asked.source:
            files, problems = listed(plan, asked.source)
        with turns.turn() as ledger:
            if not files:
                raise UserError(EMPTY(why=plan.population.why))
            files = _with_units(plan, files, roster)
            counted, told = signals_on_files(workspace, ledger, plan, data, files)
            files = with_signals(plan, files, counted)
            problems += [*_not_known(plan, files), *told]
            source = asked.source.name if asked.source else ""
            text = (workspace.checklists / SAMPLES / f"{plan.id}.yaml").read_bytes()
            population = canonical(plan, files)
            state = SampleState(
                id=plan.id,
                plan=sha256(text).hexdigest(),
                population=digest(population),
                files=len(files),
                source=source,
                registers=versions,
            )
            # somebody may have begun a seed meanwhile
            old = states(ledger).get(plan.id)
            _refuse_late(old, plan, asked.reason)
            if old and old[0].begun:
                _put_aside(workspace, plan.id, old[1])
            workspace.put(workspace.population_name(plan.id), population.encode())
            workspace.put(workspace.sample_plan_name(plan.id), text)
            word = "sample-anew" if old and old[0].begun else "sample-frozen"
            detail = {"count": len(files), "sha256": state.population, "reason": asked.reason.strip()}
            keep(ledger, old or (None, 0), Step(word, state, asked.by, asked.reason), **detail)
    return Result(plan, state, draw(plan, files, ""), problems)


def _refuse_late(before: tuple[SampleState, int] | None, plan: SamplePlan, reason: str) -> None:
    if before and before[0].begun and not reason.strip():
        raise UserError(TOO_LATE(title=plan.title))


def _put_aside(workspace: Workspace, sample: str, version: int) -> None:
    """Move the files of a spot check that is begun anew to where everybody can still look at it."""
    earlier = workspace.earlier_sample(sample, version)
    for name in (workspace.population_name, workspace.sample_plan_name, workspace.seed_name, workspace.drawn_name):
        before, there = workspace.path(name(sample)), workspace.path(name(earlier))
        # what is there already is from a command that was killed, and what is left is newer
        if before.exists() and not there.exists():
            there.parent.mkdir(exist_ok=True)
            before.replace(there)


def _files(plan: SamplePlan, found: Populated, problems: list[Problem]) -> Sequence[CaseFile]:
    """Return the files that registers know; stops with the reason if they know none."""
    if found.reason:
        what = ", ".join(found.missing) or found.detail
        raise UserError(NO_POPULATION(reason=Term(REASONS[found.reason]), what=what, id=plan.id))
    if found.nameless:
        problems.append(NAMELESS(count=found.nameless))
    return found.files


def _with_units(plan: SamplePlan, files: Sequence[CaseFile], roster: Roster) -> list[CaseFile]:
    """Return files with units called as on the roster, if a name means one of these for certain: 华东 is 华东分公司."""
    known, columns = Subjects(roster, ()), {column.id for column in plan.columns if column.names_units}

    def named(text: str) -> str:
        unit = known.unit(text).id
        return known.name_of(unit) if unit else text

    def of(file: CaseFile) -> dict[str, str]:
        return {id_: named(text) if id_ in columns else text for id_, text in file.values.items()}

    return [replace(file, values=of(file)) for file in files]


def _not_known(plan: SamplePlan, files: Sequence[CaseFile]) -> list[Problem]:
    """Return of which files which factors are not known; of those that count signals it is told by check."""
    own = [factor for factor in plan.factors if not factor.signals]
    unknown = Counter(factor.id for file in files for factor in own if file.factors.get(factor.id) is None)
    titles = {factor.id: factor.title for factor in plan.factors}
    return [NOT_KNOWN(factor=titles[id_], count=n, files=len(files)) for id_, n in unknown.items()]
