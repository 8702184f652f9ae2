"""Holds what came back against what is asked now, or was asked last."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from selfaudit.base.problems import Problem
from selfaudit.model.evidence import Shelf, short_id
from selfaudit.model.form.asked import Asked, Editorial, mark
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.form.form import Questions, Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.holding import Content, Holding, holding
from selfaudit.model.rectification.filling import still_missing
from selfaudit.model.rectification.rectification import FINDING, NOTHING, Rectification
from selfaudit.store.ledger.decisions import Decision, decisions
from selfaudit.store.ledger.evidence import evidence_files
from selfaudit.store.ledger.findings import Numbers
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import record

EDITORIAL = "editorial"
"""The kind of decision that a place asks under new words what it asked before."""


def editorial(ledger: Ledger) -> dict[str, Editorial]:
    """Return by place which earlier words are declared to ask the same as later ones."""
    made = decisions(ledger, EDITORIAL)
    return {place: Editorial(one.data["now"], frozenset(one.data["before"])) for place, one in made.items()}


def in_force(made: Mapping[str, Decision], wordings: Mapping[str, str]) -> dict[str, Decision]:
    """Return those of these decisions by place that were made for the words of now."""
    return {p: one for p, one in made.items() if p in wordings and one.data["now"] == mark(wordings[p])}


class Asking:
    """What is asked now: by the kit, or without one by the forms issued last. Comparisons are made once."""

    def __init__(self, ledger: Ledger, kit: Kit | None = None) -> None:
        """Take the ledger with the forms, and the kit if what is asked now may not have been issued yet."""
        self._ledger = ledger
        self.forms = Forms(ledger)
        self._editorial = editorial(ledger)
        self._builder = FormBuilder(kit) if kit else None
        self._asked: dict[str, Asked] = {}
        if self._builder:
            self._asked[""] = Asked(self._builder.everything.wordings, self._editorial)

    @cached_property
    def shelf(self) -> Shelf:
        """The files of evidence that are kept."""
        return Shelf(evidence_files(self._ledger))

    @property
    def of_kit(self) -> bool:
        """Whether it is the kit that says what is asked, and by when."""
        return self._builder is not None

    def now(self, who: Respondent, issued: str, *, active: bool = True) -> Questions | None:
        """Return what a respondent is asked; ``issued`` is the digest of the questions issued last, empty for none."""
        if not active:
            return None
        if self._builder:
            return self._builder.questions(who)
        return self.forms.questions(issued) if issued else None

    def asked(self, now: Questions | None) -> Asked:
        """Return all that is asked now, whoever is asked."""
        key = "" if self._builder or now is None else now.digest
        if key not in self._asked:
            self._asked[key] = Asked(now.wordings if now else {}, self._editorial)
        return self._asked[key]

    def holding(self, content: Content, gaps: Sequence[Problem], answered: str, now: Questions | None) -> Holding:
        """Hold a response against what is asked now; ``answered`` is the digest of its questions."""
        before = self.forms.questions(answered)
        return holding(content, gaps, self.asked(now).change(before, now), before, now)

    def missing(self, held: Holding, answered: str, now: Questions | None, numbers: Numbers) -> tuple[Problem, ...]:
        """Return what is missing in a response that is held so, as far as the register of findings lacks it too."""
        if not held.gaps or not held.content:
            return held.gaps
        fields = {**self.forms.questions(answered).field_words, **(now.field_words if now else {})}
        words = {str(word): key for key, word in fields.items()}
        return tuple(still_missing(held.gaps, held.content.get("findings", ()), words, self._handled(numbers)))

    def _handled(self, numbers: Numbers) -> Callable[[Mapping[str, Any]], Rectification]:
        """Return what looks up how a finding is handled, given the numbers of those of its respondent."""

        def look_up(finding: Mapping[str, Any]) -> Rectification:
            item = finding.get("item", "")
            kept = record(self._ledger, FINDING, short_id(item, numbers.get((item, finding["number"]), 0)))
            return Rectification.model_validate(kept.data) if kept else NOTHING

        return look_up
