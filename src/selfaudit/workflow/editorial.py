"""``checklist editorial``: a person says that new words ask the same as before, so that earlier answers count.

It counts for the words that were compared only: words that change once more are another question again.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import UserError, error
from selfaudit.model.form.asked import differing, item_of, mark
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.form.form import Questions
from selfaudit.model.kit.kit import Kit
from selfaudit.store.ledger.decisions import Decision, decide, decisions, undo
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged.file import refresh_merged
from selfaudit.workflow.common.state.asking import EDITORIAL, in_force
from selfaudit.workflow.common.state.election import elect_all
from selfaudit.workflow.common.state.standings import standings

NOT_REWORDED = error(
    "editorial.not-reworded",
    N_("“{place}” was not reworded since it was answered"),
    N_("Reworded were: {known}. “selfaudit checklist editorial” shows the words before and now."),
)


@dataclass(frozen=True, slots=True)
class Reworded:
    """A place that was issued in other words: what it is called, these words and those of now, as printed.

    ``answers`` are given to words that are not asked any more, or that are declared to ask the same.
    """

    place: str
    name: str
    before: str
    now: str
    answers: int
    declared: Decision | None
    marks: tuple[str, str]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        told = {key: getattr(self, key) for key in ("place", "before", "now", "answers")}
        return {**told, "declared": self.declared and self.declared.as_data()}


def reworded(workspace: Workspace) -> list[Reworded]:
    """Return every place that was issued in other words than those of now."""
    kit = workspace.load().usable()[0]
    with workspace.reading() as ledger:
        return _reworded(ledger, kit)


def declare(workspace: Workspace, place: str, deciding: Deciding, *, back: bool, listener: Listener) -> list[Reworded]:
    """Declare that the words of a place, or of all parts of an item, ask the same as before; or take that back."""
    kit = workspace.load().usable()[0]
    deciding = deciding.settled(workspace)
    with workspace.writing(listener.waiting, deciding.by) as ledger:
        known = _reworded(ledger, kit)
        meant = [one for one in known if place in (one.place.rstrip(":"), one.name, item_of(one.place))]
        if not meant:
            raise UserError(NOT_REWORDED(place=place, known=[one.name for one in known] or "-"))
        with ledger.together():
            for one in meant:
                if back:
                    _take_back(ledger, one, deciding)
                else:
                    _enter(ledger, one, deciding)
            elect_all(ledger)
        refresh_merged(workspace, ledger)
        places = {one.place for one in meant}
        return [one for one in _reworded(ledger, kit) if one.place in places]


def _take_back(ledger: Ledger, one: Reworded, deciding: Deciding) -> None:
    if one.declared:
        undo(ledger, one.declared, by=deciding.by, reason=deciding.reason)


def _enter(ledger: Ledger, one: Reworded, deciding: Deciding) -> None:
    before, now = one.marks
    earlier = decisions(ledger, EDITORIAL).get(one.place)
    # what was declared to ask the same as the words before asks the same as those of now
    marks = {before, *(earlier.data["before"] if earlier and earlier.data["now"] in (before, now) else ())}
    data = {"now": now, "before": sorted(marks), "place": one.name, **differing(one.before, one.now)}
    decide(ledger, Decision(EDITORIAL, one.place, deciding.by, deciding.reason, data))


def _reworded(ledger: Ledger, kit: Kit) -> list[Reworded]:
    now, say = FormBuilder(kit).everything, translator(kit.plan.language)
    earlier = dict(_earlier(Forms(ledger).revisions(), now))
    declared = in_force(decisions(ledger, EDITORIAL), now.wordings)
    counted = _answers(ledger, kit, earlier)
    found = []
    for place in now.wordings:
        if place in earlier:
            before = earlier[place]
            marks = mark(before.wordings[place]), mark(now.wordings[place])
            words = before.words(place), now.words(place)
            found.append(Reworded(place, say(now.called(place)), *words, counted[place], declared.get(place), marks))
    return found


def _earlier(revisions: list[Questions], now: Questions) -> Iterator[tuple[str, Questions]]:
    """Yield every place that was issued in other words, with the questions in which it last was."""
    for place, wording in now.wordings.items():
        for before in revisions:
            if before.wordings.get(place, wording) != wording:
                yield place, before
                break


def _answers(ledger: Ledger, kit: Kit, places: dict[str, Questions]) -> Counter[str]:
    """Count, by place, the responses to forms that asked it in other words."""
    forms, now = Forms(ledger), FormBuilder(kit).everything.wordings
    counted = Counter[str]()
    for standing in standings(ledger, kit):
        form = forms.get(standing.content["passport"]) if standing.content else None
        asked = form.questions.wordings if form else {}
        counted.update(place for place in places if asked.get(place, now[place]) != now[place])
    return counted
