"""Enters what owners say of their findings: into the register, as far as nobody changed the same meanwhile."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, Where, warning
from selfaudit.model.form.correcting import PROPOSED
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.rectification.rectification import FINDING
from selfaudit.model.rectification.register import handled_as, seen
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import ACCEPTED, OriginalRow, put_original
from selfaudit.store.ledger.problems import recorded
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.collect.result import FileResult, Outcome
from selfaudit.workflow.common.corrections import CorrectionsForm, corrections_forms, values_of
from selfaudit.workflow.common.state.register import every_finding

CHANGED = warning(
    "collect.register-changed",
    N_("{id}, {field}: the register has said “{now}” since the form went out, the form says “{said}”"),
    N_("The register stays. Ask the owner; if the form is right, enter it with selfaudit findings set {id}."),
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
    """Enters the forms for corrections of one turn."""

    def __init__(self, ledger: Ledger, kit: Kit) -> None:
        """Take the ledger, of which the caller holds the lock."""
        self._ledger, self._kit = ledger, kit
        self._found = {one.short_id: one for one in every_finding(ledger, kit)}

    def enter(self, parsed: Parsed) -> FileResult:
        """Enter a form that can be used: its file, what it says, and what that changes in the register."""
        issued = corrections_forms(self._ledger)
        (form,) = (one for one in issued if one.form.passport == parsed.passport)
        said = json.loads(parsed.content)
        earlier = [one for one in issued if one.owner == form.owner and one.content is not None]
        told: list[Problem] = []
        edits: list[Edit] = []
        outcome = _outcome(said, earlier)
        if outcome in (Outcome.NEW, Outcome.UPDATED):
            base = _base(form, earlier)
            for one in said.get("findings", ()):
                edits += self._proposed(Where(parsed.name), form, one, base[one["finding"]], told)
            edits.append(form.answered(said, len(parsed.gaps)).edit())
        elif outcome is Outcome.OLDER:
            last = max(str(one.content["filled_on"]) for one in earlier if one.content)
            told.append(OLDER(Where(parsed.name), day=parsed.filled_on, last=last))
        file = {"file": parsed.name, "sha256": parsed.sha256, "respondent": form.owner, "outcome": outcome}
        with self._ledger.together():
            notes = recorded(parsed.notes)
            row = (parsed.sha256, parsed.name, parsed.size, ACCEPTED, form.owner, parsed.digest, notes)
            put_original(self._ledger, OriginalRow(*row))
            edit(self._ledger, "corrections", edits, by=parsed.filled_by or form.form.respondent.name, **file)
        gaps = () if outcome is Outcome.UNCHANGED else (*told, *parsed.gaps)
        return FileResult(parsed.name, outcome, form.form.respondent.name, tuple(parsed.notes), gaps)

    def _proposed(
        self, where: Where, form: CorrectionsForm, said: Mapping[str, Any], base: Mapping[str, str], told: list[Problem]
    ) -> list[Edit]:
        """Return the change of a finding that its owner proposes, if any; what is not entered is told."""
        finding = self._found.get(said["finding"])
        texts = {key: str(said[key]) for key in PROPOSED if key in said}
        words = form.form.questions.field_words
        if finding is None or finding.state not in _OPEN:
            told.append(SETTLED(where, id=said["finding"], fields=[words[key] for key in texts]))
            return []
        now = values_of(finding)
        new = {key: text for key, text in texts.items() if now[key] in (base[key], text)}
        told += [
            CHANGED(where, id=finding.short_id, field=words[key], now=now[key], said=text)
            for key, text in texts.items()
            if key not in new
        ]
        if not new:
            return []
        handled = seen(finding).saying({**new, **_keys(new, form.form.respondent)})
        after = handled_as(finding, handled, self._kit)
        self._found[finding.short_id] = replace(after, version=finding.version + 1)
        return [Edit(FINDING, finding.short_id, finding.version, handled.plain())]


def _outcome(said: Mapping[str, Any], earlier: list[CorrectionsForm]) -> Outcome:
    """Return what a form is to those of the same owner: the first, a newer, an older one, or one that was here."""
    contents = [one.content for one in earlier if one.content is not None]
    if any(content == said for content in contents):
        return Outcome.UNCHANGED
    if any(str(said.get("filled_on", "")) < str(content.get("filled_on", "")) for content in contents):
        return Outcome.OLDER
    return Outcome.UPDATED if contents else Outcome.NEW


def _base(form: CorrectionsForm, earlier: list[CorrectionsForm]) -> dict[str, dict[str, str]]:
    """Return what stood in the register when a form went out, with what its owner said of it since, by finding.

    What was said in a form before it is in the register, or was taken back there.
    """
    base = {one["finding"]: dict(one) for one in form.form.questions.given}
    for before in (one for one in earlier if one.serial >= form.serial):
        for one in (before.content or {}).get("findings", ()):
            if one["finding"] in base:
                base[one["finding"]] |= {key: str(value) for key, value in one.items()}
    return base


def _keys(new: Mapping[str, str], who: Respondent) -> dict[str, str]:
    """Return the key of whoever is named as having corrected it, if that is the owner."""
    if "corrected_by" not in new:
        return {}
    is_owner = who.answers == "person" and name_key(new["corrected_by"]) == name_key(who.name)
    return {"corrected_key": who.key if is_owner else ""}
