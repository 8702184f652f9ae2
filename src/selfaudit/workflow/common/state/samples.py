"""How far each spot check is, with its population and its plan as they were frozen."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import pairwise

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, UserError, Where, error, warning
from selfaudit.files.yaml.writer import dump
from selfaudit.model.form.building import reviews
from selfaudit.model.form.form import Respondent
from selfaudit.model.form.keys import drawn_in, review_key
from selfaudit.model.kit.kit import Kit
from selfaudit.model.roster import Roster
from selfaudit.model.sampling.frozen import Frozen
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import parse
from selfaudit.model.sampling.reviewing import REVIEWERS, Reviewing
from selfaudit.model.sampling.state import SAMPLE, SampleState, SeedRecord
from selfaudit.reports.samples import Listed, row_of
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import history, record, records
from selfaudit.store.model_reader import read_model
from selfaudit.store.workspace import Workspace

CHANGED = error(
    "sample.changed",
    N_("this file of a spot check is missing, or is not as it was written"),
    N_("If a command was interrupted, run it again. Else put it back from a backup or the archive; SHA-256: {sha256}."),
)

NOTHING_DRAWN = error(
    "sample.nothing-drawn",
    N_("nothing has been drawn yet, so that there is no list of it"),
    N_("Draw with selfaudit sample draw, or print the empty form of the deliverable: selfaudit report ID"),
)


NOT_DRAWN_YET = warning(
    "report.sample-not-drawn",
    N_("no file has been drawn for the spot check by whose items files are to be reviewed: {sample}"),
    N_("Begin with selfaudit sample freeze {sample}; the guide says how it goes on."),
)
NOT_GIVEN = warning(
    "report.files-not-given",
    N_("{count} files of {title} are drawn, and nobody reviews them: {files}"),
    N_("Run selfaudit sample assign {sample}, then selfaudit issue."),
)


def samples_open(kit: Kit, drawn: Iterable[Listed]) -> Iterator[Problem]:
    """Yield which spot checks are not drawn by whose items files are to be reviewed, and which files nobody reviews."""
    found = {it.one.state.id: it for it in drawn}
    asked = dict.fromkeys(role.sample for role in kit.plan.roles if role.sample and kit.asked_of((role.id,)))
    yield from (NOT_DRAWN_YET(sample=id_) for id_ in asked if id_ not in found)
    for it in (found[id_] for id_ in asked if id_ in found):
        needed = [one.file.id for one in it.drawn if one.file.id not in it.one.state.lost]
        if left := [file for file in needed if not it.reviewing or not it.reviewing.reviewers(file)]:
            yield NOT_GIVEN(count=len(left), title=it.one.plan.title, sample=it.one.state.id, files=Some(left))


def states(ledger: Ledger) -> dict[str, tuple[SampleState, int]]:
    """Return how far every spot check is that was frozen, with the version of its record, by id."""
    return {id_: (SampleState.model_validate(one.data), one.version) for id_, one in records(ledger, SAMPLE).items()}


def reviewing_of(ledger: Ledger, state: SampleState) -> tuple[Reviewing | None, int]:
    """Return who reviews the files of a spot check, with the version of that record.

    Nobody does before the first time, nor if the record is of files that were drawn before another freeze.
    """
    found = record(ledger, REVIEWERS, state.id)
    made = Reviewing.model_validate(found.data) if found else None
    return (made if made and made.seed == state.seed else None, found.version if found else 0)


def reviewings(ledger: Ledger) -> dict[str, tuple[SampleState, Reviewing]]:
    """Return how far each spot check is of which files are given to reviewers, and who reviews them, by id."""
    found = {id_: (state, reviewing_of(ledger, state)[0]) for id_, (state, _) in states(ledger).items()}
    return {id_: (state, made) for id_, (state, made) in found.items() if made}


def files_to_review(ledger: Ledger, kit: Kit, roster: Roster) -> list[Respondent]:
    """Return every file that is given to somebody to review, once for each reviewer."""
    given = reviewings(ledger)
    lost = {f"{id_}/{file}" for id_, (state, _) in given.items() for file in state.lost}
    return list(reviews(kit, roster, {id_: found for id_, (_, found) in given.items()}, lost))


def reviews_now(ledger: Ledger, review: str) -> bool:
    """Return whether the review with this key is still asked for: not once the file is lost or somebody else's."""
    sample, file = drawn_in(review)
    state, given = reviewings(ledger).get(sample, (None, None))
    if state is None or given is None or file in state.lost:
        return False
    return review in [review_key(sample, file, person) for person in given.reviewers(file)]


def read_by(workspace: Workspace, ledger: Ledger) -> dict[str, str]:
    """Return what each spot check calls whoever read a file first, by its id; nothing of one whose plan is gone."""
    found: dict[str, str] = {}
    for id_ in records(ledger, SAMPLE):
        name = workspace.sample_plan_name(id_)
        if workspace.path(name).is_file():
            plan, *_ = read_model(workspace.path(name).read_bytes().decode(), name, SamplePlan)
            found[id_] = plan.reads if plan else ""
    return found


def frozen(workspace: Workspace, state: SampleState, version: int) -> Frozen:
    """Return a spot check with its population; stops if population or plan are not as they were frozen."""
    plan_name, name = workspace.sample_plan_name(state.id), workspace.population_name(state.id)
    text = _as_frozen(workspace, plan_name, state.plan)
    population = _as_frozen(workspace, name, state.population)
    plan, _, problems = read_model(text, plan_name, SamplePlan)
    if plan is None:
        raise UserError(problems)
    return Frozen(state, version, plan, parse(plan, population, name))


def seed_record(state: SampleState) -> str:
    """Return the record of a seed as YAML: with population and plan all that is needed to draw a sample again."""
    known = state.model_dump(mode="json", exclude_defaults=True)
    record = {"format": "selfaudit/seed/1", **{key: known[key] for key in SeedRecord.model_fields if key in known}}
    if "more" in record:
        record["more"] = [{**one, "files": str(one["files"])} for one in record["more"]]
    return dump(record)


def sample_files(layout: Layout, ledger: Ledger) -> dict[str, str]:
    """Return the SHA-256 of every file that spot checks have, also of those that were begun anew, by name."""
    found: dict[str, str] = {}
    for id_ in records(ledger, SAMPLE):
        versions = [(one.version, SampleState.model_validate(one.data)) for one in history(ledger, SAMPLE, id_)]
        for (version, state), (_, after) in pairwise(versions):
            if state.begun and not after.begun:
                found |= _files(layout, layout.earlier_sample(id_, version), state)
        found |= _files(layout, id_, versions[-1][1])
    return found


def _files(layout: Layout, sample: str, state: SampleState) -> dict[str, str]:
    files = {layout.population_name(sample): state.population, layout.sample_plan_name(sample): state.plan}
    if state.drawn:
        record = sha256(seed_record(state).encode()).hexdigest()
        files |= {layout.drawn_name(sample): state.drawn, layout.seed_name(sample): record}
    return files


def listed(ledger: Ledger, one: Frozen) -> Listed:
    """Return a spot check with its strata in numbers, and who reviews its files."""
    rows = [row_of(stratum, one.state.lost) for stratum in one.strata()]
    return Listed(one, rows, reviewing_of(ledger, one.state)[0], anew=_anew(ledger, one.state.id))


def _anew(ledger: Ledger, sample: str) -> list[str]:
    """Return why a population was frozen again of which a draw had been begun, for each time."""
    versions = [(SampleState.model_validate(one.data), one.reason) for one in history(ledger, SAMPLE, sample)]
    return [why for (before, _), (after, why) in pairwise(versions) if before.begun and not after.begun]


def every_drawn(workspace: Workspace, ledger: Ledger) -> list[Listed]:
    """Return the spot checks of which files are drawn."""
    return [listed(ledger, frozen(workspace, *one)) for one in states(ledger).values() if one[0].drawn]


def drawn(workspace: Workspace, ledger: Ledger) -> list[Listed]:
    """Return the spot checks of which files are drawn; stops if there is none."""
    found = every_drawn(workspace, ledger)
    if not found:
        raise UserError(NOTHING_DRAWN())
    return found


def _as_frozen(workspace: Workspace, name: str, digest: str) -> str:
    try:
        data = workspace.path(name).read_bytes()
    except FileNotFoundError:
        data = b""
    if sha256(data).hexdigest() != digest:
        raise UserError(CHANGED(Where(name), sha256=digest))
    return data.decode()
