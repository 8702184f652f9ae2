"""The round of corrections: the forms that went to the owners of findings, and what they said in them.

Each form is a record of the ledger under its passport: its first version is the form as it was issued, every later one
adds what came back. Its owner is no respondent of the self-audit, and what they say in it answers no item.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from selfaudit.base.names import name_key
from selfaudit.model.form.correcting import OF_REGISTER, REPORTED
from selfaudit.model.form.form import Form, Questions, Respondent
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, Record, record, records

CORRECTIONS = "corrections"
"""The kind of the records that are the forms of the round; their ids are passports."""


@dataclass(frozen=True, slots=True)
class CorrectionsForm:
    """A form of the round: in which files it is, and what came back in it last.

    ``serial`` grows from one form of an owner to the next, ``version`` is that of its record, ``at`` when that was
    written. ``content`` is canonical, None as long as nothing came back; ``gaps`` is how much is missing in it.
    ``rivals`` are other contents of the same day, which came later and do not say the same. ``before`` has what stood
    in the register before those of that day came, by finding and key.
    """

    form: Form
    serial: int
    files: tuple[str, ...] = ()
    content: Mapping[str, Any] | None = None
    gaps: int = 0
    rivals: tuple[Mapping[str, Any], ...] = ()
    before: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    version: int = 0
    at: str = ""

    @property
    def owner(self) -> str:
        """The key of whom it was issued to."""
        return self.form.respondent.key

    @property
    def contents(self) -> tuple[Mapping[str, Any], ...]:
        """What came back last: nothing, one content, or several of one day."""
        return () if self.content is None else (self.content, *self.rivals)

    def edit(self) -> Edit:
        """Return it as a new version of its record."""
        data = {
            "respondent": self.form.respondent.model_dump(mode="json", exclude_defaults=True),
            "questions": self.form.questions.model_dump(mode="json", exclude_defaults=True),
            "serial": self.serial,
            "files": list(self.files),
            **({} if self.content is None else {"content": dict(self.content), "gaps": self.gaps}),
            **({"rivals": [dict(one) for one in self.rivals]} if self.rivals else {}),
            **({"before": {key: dict(one) for key, one in self.before.items()}} if self.before else {}),
        }
        return Edit(CORRECTIONS, self.form.passport, self.version, data)


def corrections_forms(ledger: Ledger) -> list[CorrectionsForm]:
    """Return every form of the round, in the order in which they were issued."""
    return sorted(map(_form, records(ledger, CORRECTIONS).values()), key=lambda one: one.serial)


def corrections_form(ledger: Ledger, passport: str) -> CorrectionsForm | None:
    """Return the form of the round with a passport."""
    found = record(ledger, CORRECTIONS, passport)
    return _form(found) if found else None


def latest_forms(ledger: Ledger) -> dict[str, CorrectionsForm]:
    """Return the form issued last to each owner, by key."""
    return {one.owner: one for one in corrections_forms(ledger)}


def values_of(finding: FindingRecord) -> dict[str, str]:
    """Return what the register says of everything that an owner fills in; dates in ISO form."""
    of_register = {key: getattr(finding.rectification, key) for key in OF_REGISTER}
    said = {key: finding.data.get(key) for key in REPORTED} | of_register
    return {key: str(value or "") for key, value in said.items()}


def owner_keys(finding: FindingRecord, everybody: Mapping[str, Respondent]) -> list[str]:
    """Return the key of whoever owns a finding; none if they are nobody on the roster, several if nobody knows who."""
    if finding.rectification.owner_key in everybody:
        return [finding.rectification.owner_key]
    owner = str(finding.data.get("owner") or "")
    named = [who.key for who in everybody.values() if name_key(who.name) == name_key(owner)] if owner else []
    # of several of one name it is the one who reported it, or is in the unit that did
    reporter = finding.respondent
    own = [key for key in named if key == reporter.key]
    near = [key for key in named if everybody[key].unit == reporter.unit]
    return own or (near if len(near) == 1 else named)


def _form(kept: Record) -> CorrectionsForm:
    form = Form(
        passport=kept.id,
        respondent=Respondent.model_validate(kept.data["respondent"]),
        questions=Questions.model_validate(kept.data["questions"]),
    )
    return CorrectionsForm(
        form=form,
        serial=kept.data["serial"],
        files=tuple(kept.data["files"]),
        content=kept.data.get("content"),
        gaps=kept.data.get("gaps", 0),
        rivals=tuple(kept.data.get("rivals", ())),
        before=kept.data.get("before", {}),
        version=kept.version,
        at=kept.at,
    )
