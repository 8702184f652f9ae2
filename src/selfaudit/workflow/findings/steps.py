"""What people do to findings, one after the other or many at once: set, assign, correct, verify, close and so on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, UserError, error
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.closing import GATES, Gate
from selfaudit.model.rectification.people import People
from selfaudit.model.rectification.rectification import STATES, Made, again
from selfaudit.model.rectification.register import joined, seen
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.findings.desk import Desk, Edited, at_desk
from selfaudit.workflow.findings.reaching import unreachable

NOTHING_TO_SET = error(
    "findings.nothing-to-set",
    N_("nothing is said that could be written into the register"),
    N_("Name findings and fields: selfaudit findings set 2.5-03 cause=TEXT owner=NAME"),
)
NOT_SAID = error(
    "findings.not-said",
    N_("{id} cannot be closed yet: not known: {gates}"),
    N_("Enter it: selfaudit findings set {id} {example}"),
)
NOT_CORRECTED = error(
    "findings.not-corrected",
    N_("{id} cannot be closed yet: it is not known who corrected it and when"),
    N_("Enter it: selfaudit findings correct {id} --who NAME --on DATE"),
)
NO_EVIDENCE = error(
    "findings.no-evidence",
    N_("{id} cannot be closed yet: nothing shows the correction"),
    N_("selfaudit evidence assign FILE --to {id}, or why there is none: selfaudit findings set {id} no_evidence=TEXT"),
)
NOT_VERIFIED = error(
    "findings.not-verified",
    N_("{id} cannot be closed yet: nobody has verified the correction"),
    N_("Enter it: selfaudit findings verify {id} --who NAME"),
)
OWN_VERIFIER = error(
    "findings.own-verifier",
    N_("{id} cannot be closed yet: {name}, who verified it, owns or corrected it"),
    N_("Have somebody else look at it: selfaudit findings verify {id} --who NAME"),
)
NOT_SETTLED = error(
    "findings.not-settled",
    N_("{id} is {state}: there is nothing to take up again"),
    N_("Only what is corrected, verified, closed, withdrawn or merged is reopened."),
)
MERGED_HERE = error(
    "findings.merged-here",
    N_("{id} cannot be withdrawn: others were merged into it ({ids})"),
    N_("Take them out of it first: selfaudit findings reopen {ids} --reason TEXT"),
)
ONE_ONLY = error(
    "findings.one-only",
    N_("a finding cannot be merged with itself alone"),
    N_("Name the one that stays and those that are the same: selfaudit findings merge 2.5-03 2.5-07"),
)
NAMES_OR_READY = error(
    "findings.names-or-ready",
    N_("it is not clear which findings are meant"),
    N_("Name them, or say --ready for all that have everything they need; not both."),
)
NOTHING_READY = error(
    "findings.nothing-ready",
    N_("no finding has everything it needs to be closed"),
    N_("selfaudit findings show FINDING says what is missing."),
)

_MENDED: dict[Gate, Callable[..., Problem]] = {
    "corrected": NOT_CORRECTED,
    "evidence": NO_EVIDENCE,
    "verified": NOT_VERIFIED,
    "independent": OWN_VERIFIER,
}


@dataclass(frozen=True, slots=True)
class Findings:
    """Which findings a person changes, by which name, and why."""

    names: tuple[str, ...]
    by: str
    reason: str = ""


def set_fields(workspace: Workspace, what: Findings, fields: Iterable[str], listener: Listener) -> list[Edited]:
    """Write texts such as ``cause=…`` into findings."""
    written, by = list(fields), decider(workspace, what.by)
    if not (written and what.names):
        raise UserError(NOTHING_TO_SET())
    with at_desk(workspace, listener, by, what.reason) as desk:
        changes, wrong = desk.values.written(written)
        desk.problems += wrong
        for record in desk.find(what.names):
            desk.say(record, changes)
        return desk.finish("finding-set", by, what.reason)


@dataclass(frozen=True, slots=True)
class Assigned:
    """To whom findings go, and by when they must be corrected; an empty day leaves it as it is."""

    to: str
    due: str = ""


def assign(
    workspace: Workspace, what: Findings, given: Assigned, listener: Listener
) -> tuple[list[Edited], Problem | None]:
    """Make somebody responsible for findings; return as well why they get no form, if they do not."""
    by = decider(workspace, what.by)
    with at_desk(workspace, listener, by) as desk:
        changes = {"owner": _name(desk, given.to), **(_days(desk, due=given.due) if given.due else {})}
        for record in desk.find(what.names):
            desk.say(record, changes)
        return desk.finish("finding-assign", by, what.reason), unreachable(given.to, desk.everybody)


@dataclass(frozen=True, slots=True)
class DoneBy:
    """Who did something on which day (empty: today), and what they say about it."""

    who: str
    on: str = ""
    note: str = ""


def correct(workspace: Workspace, what: Findings, done: DoneBy, listener: Listener) -> list[Edited]:
    """Enter that findings are corrected; the note says why nothing can be shown for it."""
    by = decider(workspace, what.by)
    with at_desk(workspace, listener, by) as desk:
        changes = {"corrected_by": _name(desk, done.who), **_days(desk, corrected_on=done.on)}
        changes |= {"no_evidence": done.note} if done.note else {}
        for record in desk.find(what.names):
            desk.say(record, changes)
        return desk.finish("finding-correct", by, what.reason)


def verify(workspace: Workspace, what: Findings, done: DoneBy, listener: Listener) -> list[Edited]:
    """Enter that somebody verified the correction of findings; the note says how."""
    by = decider(workspace, what.by)
    with at_desk(workspace, listener, by) as desk:
        changes = {"verified_by": _name(desk, done.who or by), **_days(desk, verified_on=done.on)}
        changes |= {"verification": done.note} if done.note else {}
        for record in desk.find(what.names):
            desk.say(record, changes)
        return desk.finish("finding-verify", by, what.reason)


def close(workspace: Workspace, what: Findings, listener: Listener, *, ready: bool) -> list[Edited]:
    """Close findings; with ``ready``, which takes no names, all that have everything they need."""
    if bool(what.names) == ready:
        raise UserError(NAMES_OR_READY())
    by = decider(workspace, what.by)
    with at_desk(workspace, listener, by) as desk:
        counted = {one.short_id: one for one in joined(desk.found.values())[0]}
        can = [id_ for id_, one in counted.items() if not one.rectification.closed and not one.gates(desk.people)]
        if ready and not can:
            raise UserError(NOTHING_READY())
        for record in desk.find(can if ready else what.names):
            if not desk.settled(record):
                desk.problems += refusals(counted[record.short_id], desk.people)
                desk.put(record, seen(record).model_copy(update={"closed": _made(by, what.reason)}))
        return desk.finish("finding-close", by, what.reason)


def refusals(record: FindingRecord, people: People) -> Iterator[Problem]:
    """Yield why a finding cannot be closed yet, with what to do about each."""
    missing = record.gates(people)
    if said := [gate for gate in missing if gate not in _MENDED]:
        example = " ".join(f"{gate}=TEXT" for gate in said)
        yield NOT_SAID(id=record.short_id, gates=[Term(GATES[gate]) for gate in said], example=example)
    for gate in missing:
        if gate in _MENDED:
            yield _MENDED[gate](id=record.short_id, name=record.rectification.verified_by)


def reopen(workspace: Workspace, what: Findings, listener: Listener) -> list[Edited]:
    """Take up again what was corrected, verified or closed, withdrawn or merged."""
    deciding = Deciding(what.by, what.reason).settled(workspace)
    with at_desk(workspace, listener, deciding.by) as desk:
        for record in desk.find(what.names):
            if record.rectification.settled or record.rectification.corrected:
                desk.put(record, again(seen(record), _made(deciding.by, deciding.reason)))
            else:
                desk.problems.append(NOT_SETTLED(id=record.short_id, state=Term(STATES[record.state])))
        return desk.finish("finding-reopen", deciding.by, deciding.reason)


def withdraw(workspace: Workspace, what: Findings, listener: Listener) -> list[Edited]:
    """Withdraw findings that turned out to be none; they are kept and do not count."""
    deciding = Deciding(what.by, what.reason).settled(workspace)
    with at_desk(workspace, listener, deciding.by) as desk:
        into = _merged_into(desk)
        for record in desk.find(what.names):
            if desk.settled(record):
                continue
            if same := into.get(record.short_id):
                desk.problems.append(MERGED_HERE(id=record.short_id, ids=" ".join(same)))
            desk.put(record, seen(record).model_copy(update={"withdrawn": _made(deciding.by, deciding.reason)}))
        return desk.finish("finding-withdraw", deciding.by, deciding.reason)


def merge(workspace: Workspace, what: Findings, listener: Listener) -> list[Edited]:
    """Declare findings to be the same as the first of them, which alone counts; each keeps what it says."""
    deciding = Deciding(what.by, what.reason).settled(workspace)
    with at_desk(workspace, listener, deciding.by) as desk:
        records = desk.find(what.names)
        if len(records) + len(desk.problems) <= 1:
            desk.problems.append(ONE_ONLY())
        # whether it is settled is asked of each, so that all that stands in the way is told
        free = [record for record in records if not desk.settled(record)]
        for record in free[1:] if free == records else ():
            update = {"merged": _made(deciding.by, deciding.reason), "merged_into": records[0].short_id}
            desk.put(record, seen(record).model_copy(update=update))
        return desk.finish("finding-merge", deciding.by, deciding.reason, into=records[0].short_id if records else "")


def _merged_into(desk: Desk) -> dict[str, list[str]]:
    return {one.short_id: [m.short_id for m in one.merged] for one in joined(desk.found.values())[0] if one.merged}


def _made(by: str, reason: str) -> Made:
    return Made(on=today(), by=by, reason=reason)


def _name(desk: Desk, text: str) -> str:
    """Return what somebody is called; a name that several have is a problem."""
    written = desk.values.text(N_("name"), text)
    found = written if isinstance(written, Problem) else desk.people.meant(written)
    if isinstance(found, Problem):
        desk.problems.append(found)
        return ""
    # of two who are called the same the number stays with the name
    return found[0] if desk.people.key(found[0]) == found[1] else text


def _days(desk: Desk, **days: str) -> dict[str, str]:
    """Return the days of some fields; an empty one is today, one that is none a problem."""
    made = {key: desk.values.read(desk.values.by_key[key], text or today().isoformat()) for key, text in days.items()}
    desk.problems += [value for value in made.values() if isinstance(value, Problem)]
    return {key: value for key, value in made.items() if not isinstance(value, Problem)}
