"""Enters what owners say of their findings: into the register, as far as nobody changed the same meanwhile."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.base.names import name_key
from selfaudit.base.problems import Kind, warning
from selfaudit.model.form.building import on_roster
from selfaudit.model.form.correcting import PROPOSED
from selfaudit.model.form.form import Respondent
from selfaudit.model.form.rounds import RoundId
from selfaudit.model.kit.kit import Kit
from selfaudit.model.rectification.rectification import FINDING
from selfaudit.model.rectification.register import handled_as, seen
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit
from selfaudit.workflow.collect.rounds import Entering
from selfaudit.workflow.common.owning import owner_keys, values_of
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


class CorrectionsTaken:
    """Takes what owners say of their findings into the register."""

    round: ClassVar[RoundId] = "corrections"
    older: ClassVar[Kind] = OLDER

    def __init__(self, kit: Kit, roster: Roster) -> None:
        """Take what the campaign asks, and of whom."""
        self._kit, self._roster = kit, on_roster(kit, roster)

    def load(self, ledger: Ledger) -> None:
        """Load the register."""
        self._found = {one.short_id: one for one in every_finding(ledger, self._kit)}

    def take(self, entering: Entering) -> None:
        """Change every finding of which a form says something."""
        held = _Held(entering)
        for one in entering.said.get("findings", ()):
            self._propose(entering, held, one)

    def _propose(self, entering: Entering, held: "_Held", said: Mapping[str, Any]) -> None:
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
        if reopened_in(entering.ledger, finding) > int(held.given[short_id]["version"]):
            entering.told.append(REOPENED(entering.where, **about))
            return
        now_there = values_of(finding)
        new = held.changes(short_id, held.unmasked(short_id, texts, now_there), now_there)
        if not new:
            return
        # only a command of a person says that somebody has seen what is reported by now
        now = finding.rectification if finding.version else seen(finding)
        handled = now.saying({**new, **_keys(new, form.form.respondent)})
        after = handled_as(finding, handled, self._kit)
        self._found[short_id] = replace(after, version=finding.version + 1)
        entering.edits.append(Edit(FINDING, short_id, finding.version, handled.plain()))


class _Held:
    """Holds what one form says against what the register says, and against the other forms of its owner."""

    def __init__(self, entering: Entering) -> None:
        self._entering, form = entering, entering.form
        self.given = {one["finding"]: one for one in form.form.questions.given}
        self._own = _texts(form.contents[:1])
        others = (one for one in entering.earlier if one.form.passport != form.form.passport)
        self._others = [_texts(one.contents) for one in others]
        self._rivals = _texts(content for _, content in entering.same_day)
        self._before: dict[str, dict[str, str]] = {}
        for one, _ in entering.same_day:
            for short_id, texts in one.before.items():
                self._before.setdefault(short_id, {}).update(texts)

    def unmasked(self, short_id: str, texts: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
        """Return what a form says with the numbers that it masks and nobody changed, and remember it as given so."""
        given = self.given[short_id]
        same = {key: text for key, text in now.items() if given[key] == mask(text)}
        self.given[short_id] = {**given, **same}
        return {key: now[key] if text == mask(now[key]) else text for key, text in texts.items()}

    def changes(self, short_id: str, texts: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
        """Return what is to be changed in a finding, given what the form and the register say of it, by key."""
        entering, new = self._entering, dict[str, str]()
        words = entering.form.form.questions.field_words
        before = self._before.get(short_id, {})
        for key, text in texts.items():
            about = {"id": short_id, "field": words[key], "said": text}
            rivals = self._rivals.get((short_id, key), [])
            if any(other != text for other in rivals):
                entering.disputed = True
                other = next(other for other in rivals if other != text)
                entering.told.append(SAME_DAY(entering.where, day=entering.day, other=other, **about))
                if now[key] in rivals and key in before:
                    new[key] = before[key]
            elif now[key] in (text, *self._base(short_id, key, now[key])):
                entering.before.setdefault(short_id, {})[key] = before.get(key, now[key])
                new[key] = text
            else:
                entering.told.append(CHANGED(entering.where, now=now[key], **about))
        return {key: text for key, text in new.items() if text != now[key]}

    def _base(self, short_id: str, key: str, now: str) -> Iterator[str]:
        """Yield what the register may say of a field if nobody but the owner changed it since the form went out."""
        form = self._entering.form
        disputed = form.rivals and key in form.before.get(short_id, {})
        yield from [form.before[short_id][key]] if disputed else ()
        yield next(iter(self._own.get((short_id, key), ())), self.given[short_id][key])
        yield from (now for other in self._others if now in other.get((short_id, key), ()))


def _texts(contents: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[str]]:
    """Return what contents say of each field of each finding."""
    found: dict[tuple[str, str], list[str]] = {}
    for content in contents:
        for one in content.get("findings", ()):
            for key in PROPOSED:
                if key in one:
                    found.setdefault((one["finding"], key), []).append(str(one[key]))
    return found


def _keys(new: Mapping[str, str], who: Respondent) -> dict[str, str]:
    """Return the key of whoever is named as having corrected it, if that is the owner."""
    if "corrected_by" not in new:
        return {}
    is_owner = who.answers == "person" and name_key(new["corrected_by"]) == name_key(who.name)
    return {"corrected_key": who.key if is_owner else ""}
