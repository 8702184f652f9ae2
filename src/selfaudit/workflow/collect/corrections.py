"""Enters what owners say of their findings: into the register, as far as nobody changed the same meanwhile."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, Where, warning
from selfaudit.model.form.building import on_roster
from selfaudit.model.form.correcting import PROPOSED
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.rectification.rectification import FINDING
from selfaudit.model.rectification.register import handled_as, seen
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import ACCEPTED, OriginalRow, put_original
from selfaudit.store.ledger.problems import recorded
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.collect.result import FileResult, Outcome
from selfaudit.workflow.common.corrections import (
    CorrectionsForm,
    corrections_forms,
    owner_keys,
    values_of,
)
from selfaudit.workflow.common.state.register import every_finding, reopened_in

CHANGED = warning(
    "collect.register-changed",
    N_("{id}, {field}: the register has said “{now}” since the form went out, the form says “{said}”"),
    N_("The register stays. Ask the owner; if the form is right, enter it with selfaudit findings set {id}."),
)
SAME_DAY = warning(
    "collect.same-day-corrections",
    N_("{id}, {field}: two forms of one day ({day}) do not say the same: “{other}” and “{said}”; neither is entered"),
    N_("Ask which is right, and enter it with selfaudit findings set {id}; or have a form of a later day sent."),
)
OTHER_OWNER = warning(
    "collect.other-owner",
    N_("{id} is no more theirs: by now its owner is “{owner}”; what the form says of it was not entered: {fields}"),
    N_("If something in it is right, enter it with selfaudit findings set {id}."),
)
REOPENED = warning(
    "collect.reopened-since",
    N_("{id} was reopened after this form went out; what the form says of it was not entered: {fields}"),
    N_("Send the owner a new form: selfaudit issue --round corrections"),
)
SETTLED = warning(
    "collect.finding-settled",
    N_("{id} is verified, closed or withdrawn by now; what the form says of it was not entered: {fields}"),
    N_("If it is to count: selfaudit findings reopen {id} --reason …"),
)
OLDER = warning(
    "collect.older-corrections",
    N_("filled in on {day}, before the one that counts ({last}); nothing of it was entered in the register"),
    N_("If something in it is still right, enter it with selfaudit findings set."),
)
_OPEN = ("open", "analysed", "reopened", "corrected")


class CorrectionsIntake:
    """Enters the forms for corrections of a run of ``collect``.

    Forms and register are loaded once, and again after somebody else changed the ledger.
    """

    def __init__(self, kit: Kit, roster: Roster) -> None:
        """Take what the campaign asks, and of whom."""
        self._kit, self._roster = kit, on_roster(kit, roster)
        self._seen = -1

    def enter_all(self, ledger: Ledger, several: Iterable[Parsed]) -> list[FileResult]:
        """Enter forms that can be used, and return what became of each; for the holder of the lock."""
        if ledger.last_change() != self._seen:
            issued = corrections_forms(ledger)
            self._forms = {one.form.passport: one for one in issued}
            self._of_owner: dict[str, list[str]] = {}
            for one in issued:
                self._of_owner.setdefault(one.owner, []).append(one.form.passport)
            self._found = {one.short_id: one for one in every_finding(ledger, self._kit)}
        results = [self._enter(ledger, parsed) for parsed in several]
        self._seen = ledger.last_change()
        return results

    def _enter(self, ledger: Ledger, parsed: Parsed) -> FileResult:
        """Enter a form: its file, what it says, and what that changes in the register."""
        form, said = self._forms[parsed.passport], json.loads(parsed.content)
        earlier = [one for key in self._of_owner[form.owner] if (one := self._forms[key]).contents]
        outcome = _outcome(said, earlier)
        entering = _Entering(ledger, Where(parsed.name), form, said, earlier)
        if outcome in (Outcome.NEW, Outcome.UPDATED):
            for one in said.get("findings", ()):
                self._propose(entering, one)
            outcome = Outcome.CONFLICT if entering.disputed else outcome
            form = self._forms[parsed.passport] = entering.answered(len(parsed.gaps))
            entering.edits.append(form.edit())
        elif outcome is Outcome.OLDER:
            last = max(str(content["filled_on"]) for one in earlier for content in one.contents)
            entering.told.append(OLDER(Where(parsed.name), day=parsed.filled_on, last=last))
        file = {"file": parsed.name, "sha256": parsed.sha256, "respondent": form.owner, "outcome": outcome}
        with ledger.together():
            notes = recorded(parsed.notes)
            row = (parsed.sha256, parsed.name, parsed.size, ACCEPTED, form.owner, parsed.digest, notes)
            put_original(ledger, OriginalRow(*row))
            edit(ledger, "corrections", entering.edits, by=parsed.filled_by or form.form.respondent.name, **file)
        if outcome is Outcome.UNCHANGED:
            return FileResult(parsed.name, outcome, form.form.respondent.name, tuple(parsed.notes))
        self._forms[parsed.passport] = replace(form, version=form.version + bool(entering.edits))
        gaps = (*entering.told, *parsed.gaps)
        return FileResult(parsed.name, outcome, form.form.respondent.name, tuple(parsed.notes), gaps)

    def _propose(self, entering: "_Entering", said: Mapping[str, Any]) -> None:
        """Change a finding as its owner proposes; what is not entered is told."""
        form, short_id = entering.form, said["finding"]
        finding = self._found.get(short_id)
        texts = {key: str(said[key]) for key in PROPOSED if key in said}
        words = form.form.questions.field_words
        about = {"id": short_id, "fields": [words[key] for key in texts]}
        if finding is None or finding.state not in _OPEN:
            entering.told.append(SETTLED(entering.where, **about))
            return
        if owner_keys(finding, {form.owner: form.form.respondent, **self._roster}) != [form.owner]:
            owner = str(finding.data.get("owner") or "")
            entering.told.append(OTHER_OWNER(entering.where, owner=owner, **about))
            return
        if reopened_in(entering.ledger, finding) > int(entering.given[short_id]["version"]):
            entering.told.append(REOPENED(entering.where, **about))
            return
        now_there = values_of(finding)
        new = entering.changes(short_id, entering.unmasked(short_id, texts, now_there), now_there)
        if not new:
            return
        # only a command of a person says that somebody has seen what is reported by now
        now = finding.rectification if finding.version else seen(finding)
        handled = now.saying({**new, **_keys(new, form.form.respondent)})
        after = handled_as(finding, handled, self._kit)
        self._found[short_id] = replace(after, version=finding.version + 1)
        entering.edits.append(Edit(FINDING, short_id, finding.version, handled.plain()))


class _Entering:
    """What is found out while one form is entered: the changes, and what there is to tell."""

    def __init__(
        self,
        ledger: Ledger,
        where: Where,
        form: CorrectionsForm,
        said: Mapping[str, Any],
        earlier: list[CorrectionsForm],
    ) -> None:
        self.ledger, self.where, self.form, self._said = ledger, where, form, said
        self.told: list[Problem] = []
        self.edits: list[Edit] = []
        self.disputed = False
        self.given = {one["finding"]: one for one in form.form.questions.given}
        self._own = _texts(form.contents[:1])
        self._others = [_texts(one.contents) for one in earlier if one.form.passport != form.form.passport]
        self._same = [(one, content) for one in earlier for content in one.contents if _same_day(said, content)]
        self._rivals = _texts(content for _, content in self._same)
        self._before: dict[str, dict[str, str]] = {}
        for one, _ in self._same:
            for short_id, texts in one.before.items():
                self._before.setdefault(short_id, {}).update(texts)
        self._new_before: dict[str, dict[str, str]] = {}

    def unmasked(self, short_id: str, texts: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
        """Return what a form says with the numbers that it masks and nobody changed, and remember it as given so."""
        given = self.given[short_id]
        same = {key: text for key, text in now.items() if given[key] == mask(text)}
        self.given[short_id] = {**given, **same}
        return {key: now[key] if text == mask(now[key]) else text for key, text in texts.items()}

    def changes(self, short_id: str, texts: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
        """Return what is to be changed in a finding, given what the form and the register say of it, by key."""
        words, new = self.form.form.questions.field_words, dict[str, str]()
        before = self._before.get(short_id, {})
        for key, text in texts.items():
            about = {"id": short_id, "field": words[key], "said": text}
            rivals = self._rivals.get((short_id, key), [])
            if any(other != text for other in rivals):
                self.disputed = True
                other = next(other for other in rivals if other != text)
                day = str(self._said["filled_on"])[:_DAY]
                self.told.append(SAME_DAY(self.where, day=day, other=other, **about))
                if now[key] in rivals and key in before:
                    new[key] = before[key]
            elif now[key] in (text, *self._base(short_id, key, now[key])):
                self._new_before.setdefault(short_id, {})[key] = before.get(key, now[key])
                new[key] = text
            else:
                self.told.append(CHANGED(self.where, now=now[key], **about))
        return {key: text for key, text in new.items() if text != now[key]}

    def _base(self, short_id: str, key: str, now: str) -> Iterator[str]:
        """Yield what the register may say of a field if nobody but the owner changed it since the form went out."""
        disputed = self.form.rivals and key in self.form.before.get(short_id, {})
        yield from [self.form.before[short_id][key]] if disputed else ()
        yield next(iter(self._own.get((short_id, key), ())), self.given[short_id][key])
        yield from (now for other in self._others if now in other.get((short_id, key), ()))

    def answered(self, gaps: int) -> CorrectionsForm:
        """Return the form with what came back now."""
        if not any(one.form.passport == self.form.form.passport for one, _ in self._same):
            return replace(self.form, content=self._said, gaps=gaps, rivals=(), before=self._new_before)
        before = {**self.form.before}
        for short_id, texts in self._new_before.items():
            before[short_id] = {**texts, **before.get(short_id, {})}
        return replace(self.form, rivals=(*self.form.rivals, self._said), before=before)


def _texts(contents: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[str]]:
    """Return what contents say of each field of each finding."""
    found: dict[tuple[str, str], list[str]] = {}
    for content in contents:
        for one in content.get("findings", ()):
            for key in PROPOSED:
                if key in one:
                    found.setdefault((one["finding"], key), []).append(str(one[key]))
    return found


_DAY = len("2023-11-20")


def _same_day(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two contents are of one day, and not both say at which moment of it they were filled in."""
    days = [str(content.get("filled_on", "")) for content in (one, other)]
    return days[0] == days[1] or (days[0][:_DAY] == days[1][:_DAY] and not all("T" in day for day in days))


def _outcome(said: Mapping[str, Any], earlier: list[CorrectionsForm]) -> Outcome:
    """Return what a form is to those of the same owner: the first, a newer, an older one, or one that was here."""
    contents = [content for one in earlier for content in one.contents]
    if any(content == said for content in contents):
        return Outcome.UNCHANGED
    others = [content for content in contents if not _same_day(said, content)]
    if any(str(said.get("filled_on", "")) < str(content.get("filled_on", "")) for content in others):
        return Outcome.OLDER
    return Outcome.UPDATED if contents else Outcome.NEW


def _keys(new: Mapping[str, str], who: Respondent) -> dict[str, str]:
    """Return the key of whoever is named as having corrected it, if that is the owner."""
    if "corrected_by" not in new:
        return {}
    is_owner = who.answers == "person" and name_key(new["corrected_by"]) == name_key(who.name)
    return {"corrected_key": who.key if is_owner else ""}
