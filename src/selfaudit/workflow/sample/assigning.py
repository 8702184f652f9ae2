"""``sample assign`` and ``sample reassign``: every file that is drawn gets a reviewer who had nothing to do with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from selfaudit.base.i18n import N_, _
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, Some, Term, UserError, error, warning
from selfaudit.checks.patience import LIMIT
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.outcome import REASONS
from selfaudit.model.data.titles import titles
from selfaudit.model.sampling.assigning import Stuck
from selfaudit.model.sampling.frozen import Frozen
from selfaudit.model.sampling.giving import give_out
from selfaudit.model.sampling.naming import certain_names
from selfaudit.model.sampling.plan import Reviewers, SamplePlan
from selfaudit.model.sampling.population import SEVERAL, file_id
from selfaudit.model.sampling.reviewing import REVIEWERS, Known, Reviewing, Unknown, reviewing
from selfaudit.reports.barring import why_not
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import asked_data, data_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.samples import reviewing_of
from selfaudit.workflow.common.supervised import built, known_of
from selfaudit.workflow.sample.desk import frozen_one, plan_meant, sample_with
from selfaudit.workflow.sample.drawing import NO_REASON, NOT_DRAWN, NOT_DRAWN_FILE, Draw

NO_RULE = error(
    "sample.no-reviewers",
    N_("the plan of {title} does not say who may review"),
    N_("Add “reviewers” to checklists/samples/{id}.yaml; the handbook of kits says how."),
)
NOBODY_KNOWN = error(
    "sample.reviewers-not-known",
    N_("the registers do not tell who may review: {reason} {what}"),
    N_("Import what is missing with selfaudit register import, and assign again."),
)
NOBODY = error(
    "sample.nobody-may-review",
    N_("according to the registers nobody may review"),
    N_("Look at what selfaudit register list shows, and at “may” in the plan of the spot check."),
)
NOT_VERIFIED = warning(
    "sample.not-independent",
    N_("independence is not verified for any file: the registers lack {missing}"),
    N_("Import it and assign again. Until then the report says that independence was not verified."),
)
NOT_NAMED = warning(
    "sample.nobody-named",
    N_("independence is not verified for files of which the registers do not say who did this ({what}): {files}"),
    N_("Complete the registers and assign again, or look into the files. The report says so as well."),
)
NOT_THERE = warning(
    "sample.not-in-registers",
    N_("independence is not verified for files that are not in the registers: {files}"),
    N_("Complete the registers and assign again, or look into the files. The report says so as well."),
)
NO_MORE = warning(
    "sample.not-independent-any-more",
    N_("{name} reviews {file} but may no longer do so: {why}"),
    N_("Give it to somebody else: selfaudit sample reassign {file} --from {name} --to NAME --reason TEXT"),
)
NO_SECOND = warning(
    "sample.no-second-reviewer",
    N_("two are to review these files, and there is nobody else who may and has room: {files}"),
    N_("Appoint more reviewers, import the register and assign again; the report tells how many were reviewed twice."),
)
ALREADY = error(
    "sample.reviews-already",
    N_("{name} reviews {file} already"),
    N_("Those who may: {who}. Nothing was changed."),
)
WHOSE = error(
    "sample.whose-place",
    N_("{file} is reviewed by {names}"),
    N_("Say with --from whose place is taken. Nothing was changed."),
)
NO_NAME = error("sample.no-reviewer", N_("no reviewer is called “{name}”"), N_("Known: {known}."))
BARRED = error(
    "sample.barred",
    N_("{name} must not review {file}: {why}"),
    N_("Those who may: {who}. Nothing was changed."),
)
FULL = error(
    "sample.full",
    N_("{name} has {count} files already, and nobody reviews more than {most}"),
    N_("Those who may: {who}. Nothing was changed."),
)


@dataclass(frozen=True, slots=True)
class Result:
    """Who reviews what: files that are ``new``, those that ``need`` a reviewer, and why some are without one."""

    one: Frozen
    plan: SamplePlan
    reviewing: Reviewing
    need: Sequence[str]
    new: Sequence[str] = ()
    stuck: Sequence[Stuck] = ()
    problems: Sequence[Problem] = ()

    @property
    def left(self) -> list[str]:
        """The files without a reviewer."""
        return [file for file in self.need if file not in self.reviewing.given]

    @property
    def rule(self) -> Reviewers:
        """How the plan has reviewers chosen."""
        if self.plan.reviewers is None:
            raise UserError(NO_RULE(title=self.plan.title, id=self.plan.id))
        return self.plan.reviewers


def assign_files(workspace: Workspace, asked: Draw, day: date, listener: Listener) -> Result:
    """Give every file that is drawn and has none a reviewer; what was given out stays."""
    return _change(workspace, asked, day, listener, _Assigning())


@dataclass(frozen=True, slots=True)
class Move:
    """A file by its number, who is to review it by name, and in whose place if two do."""

    file: str
    to: str
    whose: str = ""


def reassign(workspace: Workspace, asked: Draw, move: Move, day: date, listener: Listener) -> Result:
    """Give a file to somebody else, who may review it as anybody else."""
    if not asked.reason.strip():
        raise UserError(NO_REASON())
    asked = replace(asked, name=sample_with(workspace, asked.name, move.file))
    return _change(workspace, asked, day, listener, _Moving(move, asked.reason.strip()))


class _Assigning:
    """Gives out what nobody has."""

    what = "sample-assigned"

    def __call__(self, found: Result) -> Result:
        """Return who reviews what then."""
        now = found.reviewing
        if not any(not one.gone for one in now.people.values()):
            raise UserError(NOBODY())
        made = give_out(now, found.need, found.rule.room or len(found.need), Fraction(found.rule.twice))
        problems = [*_told(found), *_broken(found)]
        if made.single:
            problems.append(NO_SECOND(files=Some(made.single)))
        return Result(found.one, found.plan, made.reviewing, found.need, made.new, made.stuck, problems)


@dataclass(frozen=True, slots=True)
class _Moving:
    """Gives one file to somebody whom a person chose."""

    move: Move
    reason: str
    what: str = field(default="sample-reassigned", init=False)

    def __call__(self, found: Result) -> Result:
        """Return who reviews what then; stops if they must not review it."""
        now, file = found.reviewing, file_id(self.move.file)
        if file not in found.need:
            raise UserError(NOT_DRAWN_FILE(file=file, id=found.plan.id))
        to, before = _meant(now, self.move.to), self._before(now, file)
        loads, most = now.load(found.need), found.rule.room or len(found.need)
        others = now.may(file) - {*now.reviewers(file)}
        names = sorted(now.people[id_].name for id_ in others if loads[id_] < most)
        may = Some(names) if names else Term(N_("nobody else"))
        name = now.people[to].name
        if why := now.why_not(file, to):
            raise UserError(BARRED(name=name, file=file, why=why_not(why, _), who=may))
        if to in now.reviewers(file):
            raise UserError(ALREADY(name=name, file=file, who=may))
        if loads[to] >= most:
            raise UserError(FULL(name=name, count=loads[to], most=most, who=may))
        return Result(found.one, found.plan, now.moved(file, before, to, self.reason), found.need, [file])

    def _before(self, now: Reviewing, file: str) -> str | None:
        """Return whose place is taken, None if nobody reviews the file."""
        there = now.reviewers(file)
        if self.move.whose:
            there = [id_ for id_ in there if id_ == _meant(now, self.move.whose)]
        if len(there) == 1 or not now.reviewers(file):
            return there[0] if there else None
        raise UserError(WHOSE(file=file, names=now.names_of(file)))


def _meant(now: Reviewing, name: str) -> str:
    """Return who is called so; namesakes are told apart by the end of their numbers."""
    named = {one.name: id_ for id_, one in now.people.items() if name_key(one.name) == name_key(name)}
    if len(named) != 1:
        raise UserError(NO_NAME(name=name, known=Some(sorted(one.name for one in now.people.values()))))
    return next(iter(named.values()))


def _change(workspace: Workspace, asked: Draw, day: date, listener: Listener, change: _Assigning | _Moving) -> Result:
    """Ask the registers who may review what, and keep what a change makes of it."""
    loaded = workspace.load()
    data = data_of(workspace, loaded)
    plan = plan_meant(data.kit, asked.name)
    if plan.reviewers is None:
        raise UserError(NO_RULE(title=plan.title, id=plan.id))
    with workspace.checking(listener.waiting, asked.by) as (folder, turns):
        with turns.turn() as ledger:
            files = frozenset(_needing(frozen_one(workspace, ledger, plan)))
            what = asked_data(workspace, ledger, loaded, data.kit, day)
        known = known_of(built(what, folder, LIMIT), plan, plan.reviewers, files)
        if isinstance(known, Unknown):
            told = ", ".join(titles(data.kit, known.missing)) or known.detail
            raise UserError(NOBODY_KNOWN(reason=Term(REASONS[known.reason]), what=told))
        with turns.turn() as ledger:
            one = frozen_one(workspace, ledger, plan)
            before, version = reviewing_of(ledger, one.state)
            found = change(_before(one, plan, data.kit, known, before))
            found = replace(found, reviewing=found.reviewing.given_on(day))
            _keep(ledger, found, version, change.what, asked)
    return found


def _needing(one: Frozen) -> list[str]:
    """Return the files that need a reviewer: those that are drawn and can be reviewed."""
    if not one.state.drawn:
        raise UserError(NOT_DRAWN(id=one.state.id))
    drawn = [ranked.file.id for stratum in one.strata() for ranked in stratum.drawn]
    return [file for file in drawn if file not in one.state.lost]


def _before(one: Frozen, plan: SamplePlan, kit: DataKit, known: Known, before: Reviewing | None) -> Result:
    need = _needing(one)
    column = plan.reviewers.field if plan.reviewers else None
    values = {file.id: file.values.get(column or "", "") for file in one.files}
    called = _called(kit, plan.codes_of(column))
    wanted = {file: _fields(values[file], called) for file in need}
    missing = tuple(titles(kit, known.lacking))
    known_by = certain_names(one.plan, one.files)
    names = {file: known_by[file] for file in need}
    update = {"lacking": missing, "shown": _shown(one, need), "names": names}
    return Result(one, plan, reviewing(one.state.seed, known, wanted, before).model_copy(update=update), need)


def _shown(one: Frozen, need: Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what a reviewer is told of each file: all that is known of it but names, by which nobody is to be judged.

    Whoever reviews somebody's file must know whose it is.
    """
    plan = one.plan
    columns = {
        column.id: column.title for column in plan.columns if not column.names_people or column.id == plan.person
    }
    values = {file.id: file.values for file in one.files}
    return {
        file: tuple((title, text) for id_, title in columns.items() if (text := values[file].get(id_))) for file in need
    }


def _called(kit: DataKit, codes: str) -> Mapping[str, str]:
    """Return the title of each code of a list by whatever it is called, as a list of files may call it."""
    several = kit.codes.get(codes, {}).items()
    return {name_key(called): one.title for id_, one in several for called in (*one.aliases, id_, one.title)}


def _fields(value: str, called: Mapping[str, str]) -> tuple[str, ...]:
    parts = [part.strip() for part in re.split(f"[{SEVERAL},，;；+]", value) if part.strip()]
    return tuple(dict.fromkeys(called.get(name_key(part), part) for part in parts))


def _keep(ledger: Ledger, found: Result, version: int, what: str, asked: Draw) -> None:
    data = found.reviewing.model_dump(mode="json", exclude_defaults=True)
    made = Edit(REVIEWERS, found.plan.id, version, data, asked.reason)
    told = {"count": len(found.new), "file": "".join(found.new[:1])}
    edit(ledger, what, [made], by=asked.by, sample=found.plan.id, **told)


def _told(found: Result) -> list[Problem]:
    """Return of what independence is not verified."""
    now, problems = found.reviewing, list[Problem]()
    if now.lacking:
        problems.append(NOT_VERIFIED(missing=Some(now.lacking)))
    if absent := [file for file in found.need if now.unknown.get(file) == ("",)]:
        problems.append(NOT_THERE(files=Some(absent)))
    named = [file for file in found.need if file in now.unknown and file not in absent]
    if named:
        what = dict.fromkeys(did for file in named for did in now.unknown[file])
        problems.append(NOT_NAMED(what=list(what), files=Some(named)))
    return problems


def _broken(found: Result) -> list[Problem]:
    """Return who was given a file and is excluded from it by what registers say now."""
    now = found.reviewing
    given = [(file, id_) for file in found.need for id_ in now.reviewers(file)]
    return [
        NO_MORE(name=now.people[id_].name, file=file, why=why_not(why, _))
        for file, id_ in given
        if (why := now.why_not(file, id_))
    ]
