"""Enters what came back in the forms of a round: keeps it, and has what it says taken in as the round takes it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Protocol

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, warning
from selfaudit.model.form.rounds import RoundId
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import ACCEPTED, OriginalRow, put_original
from selfaudit.store.ledger.problems import recorded
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.collect.result import FileResult, Outcome
from selfaudit.workflow.common.rounds import DAY, RoundForm, round_forms, same_day

OTHER_READER = warning(
    "collect.other-reader",
    N_("what {by} filled in for {reader} is kept, and does not say whether {reader} agrees"),
    N_("Have {reader} send the form in their own name."),
)


class Entering:
    """What is found out while one form is entered: what else changes with it, and what there is to tell.

    ``said`` is the content of the form; ``earlier`` are the forms of the same person in which something came back.
    ``disputed`` says that another content of the same day says something else.
    """

    def __init__(
        self, ledger: Ledger, where: Where, form: RoundForm, said: Mapping[str, Any], earlier: list[RoundForm]
    ) -> None:
        """Take the form as it is, and what came back in it now."""
        self.ledger, self.where, self.form, self.said, self.earlier = ledger, where, form, said, earlier
        self.told: list[Problem] = []
        self.edits: list[Edit] = []
        self.disputed = False
        self.before: dict[str, dict[str, str]] = {}
        """What stood where this form changes something, by row and key."""
        self.same_day = [(one, content) for one in earlier for content in one.contents if same_day(said, content)]

    @property
    def day(self) -> str:
        """The day on which the form was filled in."""
        return str(self.said["filled_on"])[:DAY]

    def answered(self, gaps: int) -> RoundForm:
        """Return the form with what came back now."""
        if not any(one.form.passport == self.form.form.passport for one, _ in self.same_day):
            return replace(self.form, content=self.said, gaps=gaps, rivals=(), before=self.before)
        before = {**self.form.before}
        for row, texts in self.before.items():
            before[row] = {**texts, **before.get(row, {})}
        return replace(self.form, rivals=(*self.form.rivals, self.said), before=before)


class Taking(Protocol):
    """What a round does with what comes back; ``older`` says that a form does not count, given its day and the last."""

    round: ClassVar[RoundId]
    older: ClassVar[Kind]

    def load(self, ledger: Ledger) -> None:
        """Load what it is held against, again after somebody else changed the ledger."""
        ...

    def take(self, entering: Entering) -> None:
        """Take what a form says that is new."""
        ...


class RoundIntake:
    """Enters the forms of one round in a run of ``collect``.

    Forms are loaded once, and again after somebody else changed the ledger.
    """

    def __init__(self, taking: Taking) -> None:
        """Take what the round does with what comes back."""
        self._taking = taking
        self._seen = -1

    def enter_all(self, ledger: Ledger, several: Iterable[Parsed]) -> list[FileResult]:
        """Enter forms that can be used, and return what became of each; for the holder of the lock."""
        if ledger.last_change() != self._seen:
            issued = round_forms(ledger, self._taking.round)
            self._forms = {one.form.passport: one for one in issued}
            self._of_owner: dict[str, list[str]] = {}
            for one in issued:
                self._of_owner.setdefault(one.owner, []).append(one.form.passport)
            self._taking.load(ledger)
        results = [self._enter(ledger, parsed) for parsed in several]
        self._seen = ledger.last_change()
        return results

    def _enter(self, ledger: Ledger, parsed: Parsed) -> FileResult:
        """Enter a form: its file, what it says, and what that changes elsewhere."""
        form, said = self._forms[parsed.passport], json.loads(parsed.content)
        earlier = [one for key in self._of_owner[form.owner] if (one := self._forms[key]).contents]
        other, own = form.is_by_another(said), [one for one in earlier if not one.is_by_another(one.contents[0])]
        earlier = earlier if other else own
        outcome = _outcome(said, earlier)
        if other and own and outcome is not Outcome.UNCHANGED:
            outcome = Outcome.OLDER
        entering = Entering(ledger, Where(parsed.name), form, said, earlier)
        if outcome in (Outcome.NEW, Outcome.UPDATED):
            self._taking.take(entering)
            outcome = Outcome.CONFLICT if entering.disputed else outcome
            form = self._forms[parsed.passport] = entering.answered(len(parsed.gaps))
            entering.edits.append(form.edit())
        elif outcome is Outcome.OLDER and not other:
            last = max(str(content["filled_on"]) for one in earlier for content in one.contents)
            entering.told.append(self._taking.older(Where(parsed.name), day=parsed.filled_on, last=last))
        if other:
            reader = form.form.respondent.name
            entering.told.append(OTHER_READER(Where(parsed.name), reader=reader, by=parsed.filled_by))
        file = {"file": parsed.name, "sha256": parsed.sha256, "respondent": form.owner, "outcome": outcome}
        with ledger.together():
            notes = recorded(parsed.notes)
            row = (parsed.sha256, parsed.name, parsed.size, ACCEPTED, form.owner, parsed.digest, notes)
            put_original(ledger, OriginalRow(*row))
            by = parsed.filled_by or form.form.respondent.name
            edit(ledger, self._taking.round, entering.edits, by=by, **file)
        if outcome is Outcome.UNCHANGED:
            return FileResult(parsed.name, outcome, form.form.respondent.name, tuple(parsed.notes))
        self._forms[parsed.passport] = replace(form, version=form.version + bool(entering.edits))
        gaps = (*entering.told, *parsed.gaps)
        return FileResult(parsed.name, outcome, form.form.respondent.name, tuple(parsed.notes), gaps)


def _outcome(said: Mapping[str, Any], earlier: list[RoundForm]) -> Outcome:
    """Return what a form is to those of the same owner: the first, a newer, an older one, or one that was here."""
    contents = [content for one in earlier for content in one.contents]
    if any(content == said for content in contents):
        return Outcome.UNCHANGED
    others = [content for content in contents if not same_day(said, content)]
    if any(str(said.get("filled_on", "")) < str(content.get("filled_on", "")) for content in others):
        return Outcome.OLDER
    return Outcome.UPDATED if contents else Outcome.NEW
