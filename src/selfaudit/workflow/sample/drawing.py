"""``sample draw``, ``extend`` and ``replace``: the files with the smallest tickets, and the next ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from selfaudit.base.i18n import N_
from selfaudit.base.i18n import _ as say
from selfaudit.base.names import name_key
from selfaudit.base.problems import Some, UserError, error
from selfaudit.model.kit.kit import Kit
from selfaudit.model.sampling.drawing import Key, Stratum, by_file, lines
from selfaudit.model.sampling.frozen import Frozen
from selfaudit.model.sampling.population import digest, file_id
from selfaudit.model.sampling.state import More, SampleState
from selfaudit.reports.samples import row_of
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.results import results
from selfaudit.workflow.common.state.reviewed import reviewed_files
from selfaudit.workflow.common.state.samples import listed, reviews_now, seed_record
from selfaudit.workflow.sample.desk import Step, frozen_one, keep, plan_meant, sample_with

NO_SEED = error(
    "sample.no-seed",
    N_("there is no seed for {id} yet"),
    N_("Everybody who takes part hands in a hash and then the text: selfaudit sample seed {id} --commit - --by NAME"),
)
NOT_OPENED = error(
    "sample.not-opened",
    N_("the seed of {id} is not complete: {names} handed in a hash and not the text"),
    N_("selfaudit sample seed {id} --reveal TEXT --by NAME"),
)
NOT_DRAWN = error("sample.not-drawn", N_("no file of {id} has been drawn yet"), N_("First: selfaudit sample draw {id}"))
NO_STRATUM = error("sample.no-stratum", N_("there is no stratum “{name}”"), N_("Known: {known}."))
ALL_DRAWN = error(
    "sample.all-drawn", N_("all files of {stratum} are drawn"), N_("There is no next one; nothing was changed.")
)
NOT_DRAWN_FILE = error(
    "sample.not-drawn-file",
    N_("the file {file} is not drawn"),
    N_("selfaudit sample list {id} -o FILE.xlsx has those that are; only they can be replaced."),
)
LOST_ALREADY = error(
    "sample.lost-already", N_("the file {file} was replaced already: {why}"), N_("Nothing was changed.")
)
REVIEWED = error(
    "sample.reviewed",
    N_("the file {file} is reviewed: a complete review of it is in hand, by {names}"),
    N_(
        "Nothing was changed: what was found counts. If that review must not count, give the file to somebody else"
        " (selfaudit sample reassign {file} --to NAME --reason TEXT); if they cannot review it, replace it then."
    ),
)
NOT_ASKED_FOR = error(
    "sample.not-asked-for",
    N_("the rule of the plan asks for no more files of {stratum}: complete reviews found too few problems among them"),
    N_("Nothing was changed. If problems were found elsewhere, such as on paper, give --reason TEXT; it is printed."),
)
NO_REASON = error("sample.no-reason", N_("there is no reason"), N_("Give --reason TEXT; it is printed in the report."))
FIRST = "sample-drawn"
"""What the journal calls the first draw."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A spot check by id or title, and who acts, why."""

    name: str = ""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A spot check after a draw, its strata, the numbers of the files that are new, and of the one they replace."""

    one: Frozen
    strata: Sequence[Stratum]
    new: Sequence[str]
    lost: str = ""


def draw_files(workspace: Workspace, asked: Draw, listener: Listener) -> Drawn:
    """Draw what the plan says; the second time the same, and nothing changes."""
    return _change(workspace, asked, listener, FIRST, lambda one, _: one.state)


def extend(workspace: Workspace, asked: Draw, stratum: str, listener: Listener) -> Drawn:
    """Draw the next files of a stratum, as many as the plan says; after its last time all that are left."""
    kit, reason = workspace.load().kit, asked.reason.strip()

    def more(one: Frozen, ledger: Ledger) -> SampleState:
        rule, found = one.plan.extension, _stratum(one, stratum)
        left = len(found.files) - found.taken
        if not left:
            raise UserError(ALL_DRAWN(stratum=found.key.text))
        if not reason and not (kit and _asks_for_more(ledger, kit, one, found.key)):
            raise UserError(NOT_ASKED_FOR(stratum=found.key.text))
        times = sum(done.why == "extended" and done.stratum == found.key.text for done in one.state.more)
        files = left if times >= rule.times else min(rule.next, left)
        added = More(stratum=found.key.text, files=files, why="extended", reason=reason)
        return one.state.model_copy(update={"more": (*one.state.more, added)})

    return _change(workspace, asked, listener, "sample-extended", more)


def replace_file(workspace: Workspace, asked: Draw, file: str, listener: Listener) -> Drawn:
    """Take the next file of the stratum for one that cannot be reviewed, which stays in the sample as such."""
    if not asked.reason.strip():
        raise UserError(NO_REASON())
    asked = replace(asked, name=sample_with(workspace, asked.name, file))
    kit = workspace.load().kit

    def more(one: Frozen, ledger: Ledger) -> SampleState:
        id_ = file_id(file)
        found, ranked = by_file(one.strata()).get(id_, (None, None))
        if found is None or ranked is None or ranked.rank > found.taken:
            raise UserError(NOT_DRAWN_FILE(file=id_, id=one.state.id))
        if why := one.state.lost.get(id_):
            raise UserError(LOST_ALREADY(file=id_, why=why))
        if kit and (names := _in_hand(ledger, kit, one.state.id, id_)):
            raise UserError(REVIEWED(file=id_, names=names))
        lost = one.state.lost | {id_: asked.reason.strip()}
        # of a stratum that is drawn whole there is no next one
        next_one = min(1, len(found.files) - found.taken)
        made = [More(stratum=found.key.text, files=1, why="replaced", file=id_)] * next_one
        return one.state.model_copy(update={"lost": lost, "more": (*one.state.more, *made)})

    return replace(_change(workspace, asked, listener, "sample-replaced", more), lost=file_id(file))


def _asks_for_more(ledger: Ledger, kit: Kit, one: Frozen, stratum: Key) -> bool:
    """Return whether by what reviews found the rule of the plan asks for more of a stratum."""
    (found,) = results(ledger, kit, [listed(ledger, one)])
    return any(made.extend and made.row.stratum.key == stratum for made in found.strata)


def _in_hand(ledger: Ledger, kit: Kit, sample: str, file: str) -> list[str]:
    """Return who reviews a file now and has sent in a complete review of it."""
    reviews = [review for one in reviewed_files(ledger, kit) if one.key == (sample, file) for review in one.reviews]
    return [one.who.reviewer for one in reviews if one.done and reviews_now(ledger, one.who.key)]


def refuse_without_seed(state: SampleState) -> None:
    """Stop if there is no seed yet, naming who has still to hand in something."""
    if state.seed:
        return
    if waiting := [name for name in state.hashes if name not in state.texts]:
        raise UserError(NOT_OPENED(id=state.id, names=waiting))
    raise UserError(NO_SEED(id=state.id))


def _stratum(one: Frozen, name: str) -> Stratum:
    """Return the stratum that is called so, as it is printed or as files write it."""
    strata = {row_of(stratum).name(one.plan, say): stratum for stratum in one.strata()}
    for title, stratum in strata.items():
        if name_key(name) in (name_key(title), name_key(stratum.key.text)):
            return stratum
    raise UserError(NO_STRATUM(name=name, known=Some(list(strata))))


def _change(
    workspace: Workspace, asked: Draw, listener: Listener, what: str, change: Callable[[Frozen, Ledger], SampleState]
) -> Drawn:
    """Keep what a change makes of a spot check, with the list of what is drawn then."""
    plan = plan_meant(data_of(workspace, workspace.load()).kit, asked.name)
    with workspace.writing(listener.waiting, asked.by) as ledger:
        one = frozen_one(workspace, ledger, plan)
        refuse_without_seed(one.state)
        if not one.state.drawn and what != FIRST:
            raise UserError(NOT_DRAWN(id=one.state.id))
        before = _drawn(one.strata()) if one.state.drawn else []
        after = replace(one, state=change(one, ledger))
        strata = after.strata()
        text = lines(strata)
        state = after.state.model_copy(update={"drawn": digest(text)})
        new = [file for file in _drawn(strata) if file not in set(before)]
        workspace.put(workspace.drawn_name(plan.id), text.encode())
        workspace.put(workspace.seed_name(plan.id), seed_record(state).encode())
        told = {"reason": asked.reason.strip()} if asked.reason.strip() else {}
        keep(ledger, (one.state, one.version), Step(what, state, asked.by, asked.reason), **told, count=len(new))
    return Drawn(replace(after, state=state, version=one.version), strata, new)


def _drawn(strata: Sequence[Stratum]) -> list[str]:
    return [ranked.file.id for stratum in strata for ranked in stratum.drawn]
