"""A confirmed signal becomes a finding of the register, which says where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, Some, error
from selfaudit.forms.reading.values import read_place
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.outcome import Signal
from selfaudit.model.form.form import Respondent
from selfaudit.model.held.subjects import Subjects
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.people import People
from selfaudit.model.rectification.rectification import FINDING, Made, Rectification
from selfaudit.store.ledger.findings import number_of_own
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.store.ledger.respondents import respondents

NO_ITEM = error(
    "verdicts.no-item",
    N_("{check} names no single item that the finding is on"),
    N_("Give one with --item, or in the column of a list, with the part if any: {known}."),
)
OTHER_ITEM = error(
    "verdicts.other-item",
    N_("the checklists have no item “{place}”"),
    N_("Give one of: {known}, with the part if any."),
)
FOREIGN_ITEM = error(
    "verdicts.foreign-item",
    N_("{check} does not bear on the item {item}"),
    N_(
        "Give one of: {known}, with the part if any. If it is a matter of {item} all the same, enter that with"
        " selfaudit findings add, and give --finding instead."
    ),
)
_SAY_WHOM = N_("Say with --about NAME, or in the column of a list, whom it is about.")
WHOSE = error(
    "verdicts.whose",
    N_("{check} {key} names neither a unit nor a person, so that the finding is about nobody"),
    _SAY_WHOM,
)
WHOSE_NAME = error(
    "verdicts.whose-name",
    N_("{check} {key} names {name}, whom the roster has not, or more than once, so that the finding is about nobody"),
    _SAY_WHOM,
)
WHOSE_UNIT = error(
    "verdicts.whose-unit",
    N_("{check} {key} is about {name}, to which no form was ever sent, nor to the units above it"),
    _SAY_WHOM,
)
NOT_ASKED = error(
    "verdicts.not-asked",
    N_("“{name}” is nobody who was ever sent a form"),
    N_("Name a unit or person who was, by number or name."),
)
NO_FORMS = error(
    "verdicts.no-forms",
    N_("no form has been sent yet, so that there is nobody whom a finding could be about"),
    N_("Run selfaudit issue first, then confirm the signal. What explains it can be said before that."),
)
SOURCE = "signal"
"""Where findings come from that were signals."""
_FACT = N_("{title}: {facts}.")


@dataclass(frozen=True, slots=True)
class Planned:
    """A finding to be made: of which signal of which check, on which item and part, about whom."""

    signal: Signal
    check: DataCheck | None
    item: str
    part: str
    about: Respondent


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes findings of signals."""

    ledger: Ledger
    kit: Kit
    subjects: Subjects
    people: People

    def planned(self, signal: Signal, check: DataCheck | None, item: str, about: str) -> Planned | Problem:
        """Return a finding to be made, or why there can be none."""
        place, whom = self._place(signal, check, item), self._whom(signal, about)
        if isinstance(place, Problem):
            return place
        if isinstance(whom, Problem):
            return whom
        return Planned(signal, check, *place, whom)

    def make(self, several: Sequence[Planned], by: str, reason: str) -> list[str]:
        """Enter findings; return their short ids. Call it where several changes are made together."""
        edits = [self._edit(one, by) for one in several]
        if edits:
            ids = ", ".join(one.id for one in edits)
            about = [one.about.key for one in several]
            detail = {"count": len(edits), "findings": ids, "reason": reason, "about": about}
            edit(self.ledger, "finding-add", edits, by=by, **detail)
        return [one.id for one in edits]

    def _edit(self, planned: Planned, by: str) -> Edit:
        signal, about = planned.signal, planned.about
        number = number_of_own(self.ledger, about.key, planned.item)
        origin, entered = f"{signal.check} {signal.key}", Made(on=today(), by=by)
        handled = Rectification(source=SOURCE, origin=origin, entered=entered, about=about.key)
        handled = handled.saying(self._said(signal, planned.check, planned.part))
        record = FindingRecord("", about, "", "", {"item": planned.item}, number, rectification=handled)
        return Edit(FINDING, record.short_id, 0, handled.plain())

    def _said(self, signal: Signal, check: DataCheck | None, part: str) -> dict[str, str]:
        title = check.title if check else signal.check
        facts = (f"{name} {' '.join(text.split())}" for name, text in signal.facts.items() if text.strip())
        fact = self._say(_FACT).format(title=title, facts=self._say(N_("; ")).join(facts))
        known = [self.kit.citation_of[id_] for id_ in (check.basis if check else ()) if id_ in self.kit.citation_of]
        basis = self._say(N_("; ")).join(one.printed(self.kit.plan.language) for one in known)
        said = {"part": part, "severity": signal.severity, "people": signal.person, "basis": basis}
        return {"fact": fact, **{name: text for name, text in said.items() if text}}

    def _say(self, text: str) -> str:
        return translator(self.kit.plan.language)(text)

    def _place(self, signal: Signal, check: DataCheck | None, item: str) -> tuple[str, str] | Problem:
        """Return item and part of the finding."""
        parts = {one.id: [part.id for part in one.parts] for one in self.kit.items.values()}
        of_check = [one for one in (check.items if check else ()) if one in parts]
        if item:
            place = read_place(item, parts)
            if place[0] not in parts:
                return OTHER_ITEM(place=item, known=Some(of_check or list(parts)))
            if of_check and place[0] not in of_check:
                return FOREIGN_ITEM(check=signal.check, item=place[0], known=Some(of_check))
            return place
        if len(of_check) == 1:
            return of_check[0], ""
        return NO_ITEM(check=signal.check, known=Some(of_check or list(parts)))

    def _whom(self, signal: Signal, about: str) -> Respondent | Problem:
        """Return whom the finding is about: the unit that the signal is about, or the next above that was asked."""
        known = respondents(self.ledger)
        if not known:
            return NO_FORMS()
        if about:
            key = self.key(about)
            return known[key][0] if key in known else NOT_ASKED(name=about)
        units = self.subjects.units(signal)
        if found := next((key for unit in units if (key := f"unit:{unit}") in known), None):
            return known[found][0]
        args: dict[str, Any] = {"check": signal.check, "key": signal.key}
        if units:
            return WHOSE_UNIT(**args, name=self.subjects.name_of(units[0]))
        name = signal.unit or signal.person
        return WHOSE_NAME(**args, name=name) if name else WHOSE(**args)

    def key(self, name: str) -> str:
        """Return whom a name means, units also by the beginning of it; empty for nobody on the roster."""
        unit = self.subjects.unit(name).id
        return self.people.key(name) or (f"unit:{unit}" if unit else "")
