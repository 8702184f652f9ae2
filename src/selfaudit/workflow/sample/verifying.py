"""``sample verify``: draws a sample again from its four files alone, and names the first line that is not the same.

It asks neither ledger nor registers, so that whoever is given the folder can do it.
"""

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error
from selfaudit.model.base import Model
from selfaudit.model.sampling.drawing import draw, lines
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import canonical, digest, parse
from selfaudit.model.sampling.seeds import commitment
from selfaudit.model.sampling.state import SeedRecord
from selfaudit.store.layout import Layout
from selfaudit.store.model_reader import read_model
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.state.samples import states
from selfaudit.workflow.sample.desk import plan_meant
from selfaudit.workflow.sample.drawing import NOT_DRAWN

MISSING = error(
    "sample.verify-missing",
    N_("the file is missing"),
    N_("Four files are needed in one folder: {names}."),
)
OTHER_POPULATION = error(
    "sample.verify-population",
    N_("the population is not the one of the seed: its SHA-256 is {found}, the seed has {wanted}"),
    N_("One of the two was changed after the freeze, or belongs to another spot check."),
)
OTHER_PLAN = error(
    "sample.verify-plan",
    N_("the plan is not the one of the seed: its SHA-256 is {found}, the seed has {wanted}"),
    N_("One of the two was changed after the freeze, or belongs to another spot check."),
)
OTHER_ORDER = error(
    "sample.verify-order",
    N_("the population is not canonical: this line is not where it would be written"),
    N_("It was changed by hand. Take the file as it was frozen."),
)
OTHER_TEXT = error(
    "sample.verify-text",
    N_("the text of {name} does not fit the hash that was handed in before it"),
    N_("The seed was changed after the hashes were handed in."),
)
NO_SEED = error("sample.verify-no-seed", N_("there is no complete seed in it"), N_("Wait until all texts are in."))
DIFFERENT = error(
    "sample.verify-different",
    N_("the first difference: here stands “{here}”, the draw gives “{there}”"),
    N_("What is written here is not the sample of this population, plan and seed."),
)


M = TypeVar("M", bound=Model)
POPULATION, PLAN, SEED, DRAWN = (
    Path(name("")).name
    for name in (Layout.population_name, Layout.sample_plan_name, Layout.seed_name, Layout.drawn_name)
)


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found: how many files, how many of them drawn, and the first thing that is not right."""

    files: int
    drawn: int
    seed: str
    wrong: Problem | None = None


def folder_of(workspace: Workspace, name: str) -> Path:
    """Return the folder of a spot check of a campaign in which files were drawn."""
    plan = plan_meant(data_of(workspace, workspace.load()).kit, name)
    with workspace.reading() as ledger:
        known = states(ledger).get(plan.id)
    if known is None or not known[0].drawn:
        raise UserError(NOT_DRAWN(id=plan.id))
    return workspace.path(workspace.population_name(plan.id)).parent


def verify(folder: Path) -> Verified:
    """Draw again what lies in a folder, and compare."""
    texts = _texts(folder)
    plan = _model(texts[PLAN], PLAN, SamplePlan)
    record = _model(texts[SEED], SEED, SeedRecord)
    files = parse(plan, texts[POPULATION], POPULATION)
    strata = draw(plan, files, record.seed, record.added)
    drawn = lines(strata)
    wrong = _population(plan, texts[POPULATION], record) or _plan(texts[PLAN], record) or _seed(record)
    wrong = wrong or _different(texts[DRAWN], drawn)
    return Verified(len(files), drawn.count("\n"), record.seed, wrong)


def _texts(folder: Path) -> dict[str, str]:
    names = (POPULATION, PLAN, SEED, DRAWN)
    if missing := [name for name in names if not (folder / name).is_file()]:
        raise UserError([MISSING(Where(name), names=list(names)) for name in missing])
    # a line must end as it was written: universal newlines would hide that
    return {name: (folder / name).read_bytes().decode("utf-8", "replace") for name in names}


def _model(text: str, name: str, model: type[M]) -> M:
    made, _, problems = read_model(text, name, model)
    if made is None:
        raise UserError(problems)
    return made


def _population(plan: SamplePlan, text: str, record: SeedRecord) -> Problem | None:
    if digest(text) == record.population:
        return None
    rewritten = canonical(plan, parse(plan, text, POPULATION))
    pairs = zip_longest(text.splitlines(), rewritten.splitlines(), fillvalue="")
    for n, (here, there) in enumerate(pairs, 1):
        if here != there:
            return OTHER_ORDER(Where(POPULATION, n))
    return OTHER_POPULATION(Where(POPULATION), found=digest(text), wanted=record.population)


def _plan(text: str, record: SeedRecord) -> Problem | None:
    found = digest(text)
    return None if found == record.plan else OTHER_PLAN(Where(PLAN), found=found, wanted=record.plan)


def _seed(record: SeedRecord) -> Problem | None:
    for name, text in record.texts.items():
        if commitment(record.population, name, text) != record.hashes.get(name):
            return OTHER_TEXT(Where(SEED), name=name)
    return None if record.seed else NO_SEED(Where(SEED))


def _different(written: str, drawn: str) -> Problem | None:
    pairs = zip_longest(written.split("\n"), drawn.split("\n"), fillvalue="")
    for n, (here, there) in enumerate(pairs, 1):
        if here != there:
            return DIFFERENT(Where(DRAWN, n), here=here.replace("\t", " "), there=there.replace("\t", " "))
    return None
