"""From what stands in a form, whatever its format, to the canonical content and everything to be said about it.

Three outcomes are kept apart: *errors* refuse a file, *gaps* accept it as incomplete and stay listed until they are
closed, *notes* are told once. Nothing is guessed: a value that could mean two things is a gap that quotes it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error, errors, note
from selfaudit.base.text import loose, narrow
from selfaudit.forms.gaps import gaps_of
from selfaudit.forms.keys import TOP, Names
from selfaudit.forms.sections import Sections
from selfaudit.model.form import Form
from selfaudit.model.passport import Passport
from selfaudit.model.response import content_hash

NOT_A_FORM = error("form.not-a-form", N_("this is not a form of selfaudit"), N_("Ask for the issued form, filled in."))
NO_PASSPORT = error(
    "form.no-passport", N_("the passport is missing"), N_("Copy the line “passport: …” from the issued form.")
)
BAD_PASSPORT = error(
    "form.bad-passport",
    N_("“{value}” is not a valid passport"),
    N_("Copy the line “passport: …” from the issued form."),
)
OTHER_CAMPAIGN = error(
    "form.other-campaign", N_("this form belongs to another campaign ({code}, not {own})"), N_("Send it there.")
)
UNKNOWN_PASSPORT = error(
    "form.unknown-passport",
    N_("no form with the passport {value} was issued here"),
    N_("Check that this is the right campaign folder; a lost ledger is rebuilt by selfaudit issue."),
)
OTHER_RESPONDENT = error(
    "form.other-respondent",
    N_("the passport is that of {expected}, but the form says “{found}”"),
    N_("Find out whose answers these are; copy passport and respondent from that form."),
)
FILLED_BY_OTHER = note("form.filled-by-other", N_("form of {expected}, filled in by {found}"))


@dataclass(slots=True)
class Draft:
    """What a format module read: data in the shape of the YAML form, places, mistakes of typing."""

    data: Any
    where: Callable[..., Where]
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """The canonical content and its hash; without content, the errors say why."""

    content: dict[str, Any] | None = None
    passport: str = ""
    digest: str = ""
    gaps: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)


def content_of(draft: Draft, form_of: Callable[[str], Form | None], code: str) -> Reading:
    """Read a draft against the form issued under its passport; ``code`` is what the campaign's passports begin with."""
    reading = Reading(errors=errors(draft.problems), notes=[p for p in draft.problems if not errors([p])])
    if not isinstance(draft.data, dict):
        if not reading.errors:
            reading.errors.append(NOT_A_FORM(draft.where()))
        return reading
    names = Names(draft.where)
    data = names.lines(draft.data, (), TOP)
    form = _form(data, names, form_of, code, reading)
    if form is None:
        return reading
    sections = Sections(form, draft.where)
    content = sections.read(draft.data)
    _check_respondent(data, form, names, reading, content)
    reading.errors += sections.errors
    reading.notes += sections.notes
    if not reading.errors:
        reading.content = {"format": "selfaudit/response/1", "passport": form.passport, **content}
        reading.digest = content_hash(reading.content)
        reading.gaps = sections.gaps + gaps_of(reading.content, form)
    return reading


def _form(
    data: dict[str, Any], names: Names, form_of: Callable[[str], Form | None], code: str, reading: Reading
) -> Form | None:
    value = data.get("passport", "")
    if not value:
        kind = NO_PASSPORT if {"items", "selfaudit"} & data.keys() else NOT_A_FORM
        if not reading.errors or kind is NO_PASSPORT:
            reading.errors.append(kind(names.where(())))
        return None
    where = names.where(("passport",))
    passport = Passport.parse(value) if isinstance(value, str) else None
    if passport is None:
        reading.errors.append(BAD_PASSPORT(where, value=str(value)[:40]))
        return None
    if passport.campaign != code:
        reading.errors.append(OTHER_CAMPAIGN(where, code=passport.campaign, own=code))
        return None
    reading.passport = str(passport)
    form = form_of(reading.passport)
    if form is None:
        reading.errors.append(UNKNOWN_PASSPORT(where, value=reading.passport))
    return form


def _check_respondent(
    data: dict[str, Any], form: Form, names: Names, reading: Reading, content: dict[str, Any]
) -> None:
    name = form.respondent.name
    value = data.get("respondent", "")
    # an editor may have changed blanks and brackets around the name, not the name
    if isinstance(value, str) and value and loose(name) not in loose(value):
        reading.errors.append(OTHER_RESPONDENT(names.where(("respondent",)), expected=name, found=narrow(value)))
    filled_by = content.get("filled_by", "")
    if form.respondent.answers == "person" and filled_by and loose(filled_by) != loose(name):
        reading.notes.append(FILLED_BY_OTHER(names.where(("filled_by",)), expected=name, found=filled_by))
