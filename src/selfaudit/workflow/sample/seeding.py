"""``sample seed``: several people hand in a hash, then the text itself; or a public value that was named beforehand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import UserError, error
from selfaudit.model.sampling.seeds import SHORTEST, commitment
from selfaudit.model.sampling.state import FEWEST, SampleState
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.sample.desk import Step, frozen_one, keep, plan_meant

DRAWN = error(
    "sample.drawn",
    N_("the files were drawn with this seed already"),
    N_("Nothing was changed. To begin anew: selfaudit sample freeze {id} --reason TEXT"),
)
OTHER_WAY = error(
    "sample.other-way",
    N_("the seed of {id} was begun in another way"),
    N_("Go on in that way, or begin anew: selfaudit sample freeze {id} --reason TEXT"),
)
TWICE = error(
    "sample.seed-twice",
    N_("{name} has handed this in already"),
    N_("It stays as it is; nobody can change it after others handed in theirs."),
)
TOO_SHORT = error(
    "sample.too-short",
    N_("the text is shorter than {least} characters, so that it can be guessed from its hash"),
    N_("Take one that nobody can guess, such as twenty throws of a dice. Spaces do not count."),
)
NOT_COMMITTED = error(
    "sample.not-committed",
    N_("{name} has not handed in a hash"),
    N_("First everybody hands in a hash with --commit, then the text with --reveal."),
)
TOO_FEW = error(
    "sample.too-few",
    N_("only {name} has handed in a hash; a seed made from one person's text is one that this person picked"),
    N_("Have somebody else hand one in with --commit --by NAME, or say so openly with --given TEXT."),
)
ALL_IN = error(
    "sample.all-in",
    N_("the texts are being opened, so nobody can join any more"),
    N_("Go on with --reveal."),
)
NOT_THE_SAME = error(
    "sample.not-the-same",
    N_("the text of {name} does not fit the hash that was handed in"),
    N_("Give the same text, character by character, and the same --by NAME."),
)
SAME_TEXT = error(
    "sample.same-text",
    N_("{name} handed in the same text as somebody else, so that it is the text of one person"),
    N_("Begin anew, each with a text of their own: selfaudit sample freeze {id} --reason TEXT"),
)
NO_HASH = error(
    "sample.no-hash",
    N_("this is no SHA-256"),
    N_("It has 64 of the signs 0-9 and a-f: of SHA-256 of the population, name and text, with \\037 between them."),
)
NO_NAME = error("sample.no-name", N_("nobody is named who hands this in"), N_("Give --by NAME."))
NOT_NAMED = error(
    "sample.not-named",
    N_("no public value was named beforehand"),
    N_('First say which it will be, such as: --public "…". Then wait until it is published.'),
)

Way = Literal["commit", "hash", "reveal", "public", "value", "given"]


@dataclass(frozen=True, slots=True)
class Seed:
    """What is handed in: a spot check by id or title, in which way, the text, by whom."""

    name: str
    way: Way
    text: str
    by: str = ""


def hand_in(workspace: Workspace, asked: Seed, listener: Listener) -> SampleState:
    """Take what somebody hands in for the seed; return how far the spot check is."""
    plan = plan_meant(data_of(workspace, workspace.load()).kit, asked.name)
    with workspace.writing(listener.waiting, asked.by) as ledger:
        one = frozen_one(workspace, ledger, plan)
        who = asked.by.strip() or ledger.person
        if not who:
            raise UserError(NO_NAME())
        now = _STEPS[asked.way](
            one.state, who, "".join(asked.text.split()) if asked.way != "public" else asked.text.strip()
        )
        keep(ledger, (one.state, one.version), Step(f"sample-{asked.way}", now, who), who=who)
    return now


def _commit(state: SampleState, who: str, text: str) -> SampleState:
    """Take the hash of a text; the text itself is not kept."""
    _joining(state, who)
    _long_enough(text)
    return state.model_copy(update={"hashes": state.hashes | {who: commitment(state.population, who, text)}})


def _hash(state: SampleState, who: str, text: str) -> SampleState:
    """Take a hash that somebody made themselves, so that nobody sees the text before it is opened."""
    _joining(state, who)
    if not _SHA256.fullmatch(text.lower()):
        raise UserError(NO_HASH())
    return state.model_copy(update={"hashes": state.hashes | {who: text.lower()}})


def _reveal(state: SampleState, who: str, text: str) -> SampleState:
    _only(state, bool(state.public or state.given))
    name = _entered(state, who)
    if not name:
        raise UserError(NOT_COMMITTED(name=who))
    if len(state.hashes) < FEWEST:
        raise UserError(TOO_FEW(name=who))
    if name in state.texts:
        raise UserError(TWICE(name=who))
    if commitment(state.population, name, text) != state.hashes[name]:
        raise UserError(NOT_THE_SAME(name=who))
    if text in state.texts.values():
        raise UserError(SAME_TEXT(name=who, id=state.id))
    return state.model_copy(update={"texts": state.texts | {name: text}})


def _entered(state: SampleState, who: str) -> str:
    """Return the name under which somebody handed in a hash, however it is spelt now; empty if they did not."""
    return next((name for name in state.hashes if name_key(name) == name_key(who)), "")


def _public(state: SampleState, who: str, text: str) -> SampleState:
    """Take which public value will be the seed's source."""
    _only(state, bool(state.hashes or state.given))
    if state.public:
        raise UserError(TWICE(name=who))
    return state.model_copy(update={"public": text})


def _value(state: SampleState, who: str, text: str) -> SampleState:
    _only(state, bool(state.hashes or state.given))
    if not state.public:
        raise UserError(NOT_NAMED())
    if state.value:
        raise UserError(TWICE(name=who))
    return state.model_copy(update={"value": text})


def _given(state: SampleState, who: str, text: str) -> SampleState:
    """Take a seed that one person gives, as such."""
    _only(state, bool(state.hashes or state.public))
    if state.given:
        raise UserError(TWICE(name=who))
    return state.model_copy(update={"given": text, "given_by": who})


_SHA256 = re.compile("[0-9a-f]{64}")
_STEPS: dict[Way, Callable[[SampleState, str, str], SampleState]] = {
    "commit": _commit,
    "hash": _hash,
    "reveal": _reveal,
    "public": _public,
    "value": _value,
    "given": _given,
}


def _only(state: SampleState, otherwise: bool) -> None:  # noqa: FBT001 - what is otherwise is the question
    """Refuse a second way to a seed, and any change once files are drawn."""
    if state.drawn:
        raise UserError(DRAWN(id=state.id))
    if otherwise:
        raise UserError(OTHER_WAY(id=state.id))


def _joining(state: SampleState, who: str) -> None:
    """Refuse a hash of somebody who handed one in, or once texts are being opened."""
    _only(state, bool(state.public or state.given))
    if state.texts:
        raise UserError(ALL_IN())
    if _entered(state, who):
        raise UserError(TWICE(name=who))


def _long_enough(text: str) -> None:
    if len(text) < SHORTEST:
        raise UserError(TOO_SHORT(least=SHORTEST))
