"""From what a form says, in any format, to the canonical content and everything to be said about it.

Three outcomes are kept apart: *errors* refuse a file, *gaps* accept it as incomplete and stay listed until they are
closed, *notes* are reported once. Nothing is guessed: a value that could mean two things is a gap that quotes it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from selfaudit.base.dates import half_width
from selfaudit.base.i18n import N_
from selfaudit.base.names import could_be, name_key
from selfaudit.base.problems import Problem, Term, Where, error, errors, note
from selfaudit.base.text import loose, narrow
from selfaudit.forms.gaps import gaps_of
from selfaudit.forms.keys import TOP, Names
from selfaudit.forms.reading.fields import At, Lines, Told, quote
from selfaudit.forms.reading.sections import read_sections
from selfaudit.model.form.form import RESPONSE_FORMAT, Form
from selfaudit.model.form.response import content_hash
from selfaudit.model.kept import MORE
from selfaudit.model.passport import Passport

NOT_A_FORM = error("form.not-a-form", N_("this is not a selfaudit form"), N_("Ask for the issued form, filled in."))
OTHER_FORMAT = error(
    "form.other-format",
    N_("the file says that it is “{found}”, not “{expected}”"),
    N_("Copy the line “selfaudit: …” from the issued form; a newer format needs a newer selfaudit."),
)
CUT_SHORT = error(
    "form.cut-short",
    N_("the end of the form is missing: it has no line “declaration”"),
    N_("Ask for it to be sent again; if the line was deleted, add it at the end: declaration:"),
)
NOTHING_FILLED_IN = error(
    "form.nothing-filled-in",
    N_("this is the blank form; nothing has been filled in"),
    N_("Fill it in, save it (in the web form with “Save the response”), and send the saved file."),
)
NO_PASSPORT = error(
    "form.no-passport", N_("the passport is missing"), N_("Copy the line “passport: …” from the issued form.")
)
BAD_PASSPORT = error(
    "form.bad-passport",
    N_("“{value}” is not a valid passport"),
    N_("Copy the line “passport: …” from the issued form."),
)
OTHER_CAMPAIGN = error(
    "form.other-campaign",
    N_("this form belongs to another campaign ({code}, not {own})"),
    N_("Send it to that campaign instead."),
)
UNKNOWN_PASSPORT = error(
    "form.unknown-passport",
    N_("no form with the passport {value} was issued here"),
    N_("Find out in which campaign it was issued, and collect it there; or whether the passport was changed."),
)
OTHER_RESPONDENT = error(
    "form.other-respondent",
    N_("the passport is that of {expected}, but the form says “{found}”"),
    N_("Find out whose answers these are; copy passport and respondent from their form."),
)
FILLED_BY_OTHER = note("form.filled-by-other", N_("form of {expected}, filled in by {found}"))
RENAMED = note(
    "form.renamed", N_("issued under the name “{found}”, which the roster no longer has; it is that of {expected}")
)
LOST_IN_NAME = note(
    "form.lost-in-name",
    N_("“{found}” is taken for “{expected}”, whose passport it bears; a character of the name was lost"),
    N_("Make sure that it is from this respondent."),
)
PRINTED = note(
    "form.printed", N_("the printed {field} reads “{found}”, not as in the form that was issued last, which counts")
)
_PRINTED_WORDS = {"campaign": N_("title of the campaign"), "respondent": N_("respondent")}


def _nothing(_: Form) -> list[Problem]:
    return []


@dataclass(slots=True)
class Draft:
    """What a format module read: data in the shape of the YAML form, places, mistakes of typing.

    ``overlooked`` reports what somebody wrote where nothing is read, given the form that was issued.
    """

    data: Any
    where: Callable[..., Where]
    problems: list[Problem] = field(default_factory=list)
    overlooked: Callable[[Form], list[Problem]] = _nothing


@dataclass(slots=True)
class Reading:
    """The canonical content and its hash, and the form that it answers; without content, the errors say why."""

    content: dict[str, Any] | None = None
    form: Form | None = None
    passport: str = ""
    digest: str = ""
    gaps: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)


def content_of(draft: Draft, form_of: Callable[[str], Form | None], code: str) -> Reading:
    """Read a draft against the form issued under its passport; ``code`` is what the campaign's passports begin with."""
    reading = Reading(errors=errors(draft.problems), notes=[p for p in draft.problems if not errors([p])])
    names = Names(draft.where)
    lines = names.lines(draft.data if isinstance(draft.data, dict) else {}, (), TOP)
    if not {"selfaudit", "passport", "items"} & lines.keys():
        reading.errors = reading.errors or [NOT_A_FORM(draft.where())]
        return reading
    form = _form(lines, names, form_of, code, reading)
    if form is None:
        reading.errors += names.problems
        return reading
    reading.form = form
    told = Told(form, names)
    top = At(told, lines)
    content = {"format": RESPONSE_FORMAT, "passport": form.passport, **read_sections(top)}
    _check_printed(top, form)
    _check_filled_by(top, form, content.get("filled_by", ""))
    for kept, listing in ((reading.errors, told.errors), (reading.notes, told.notes), (reading.gaps, told.gaps)):
        kept.extend(listing)
        if listing.more:
            kept.append(MORE(draft.where(), count=listing.more))
    if not reading.errors and content.keys() == {"format", "passport"} and not told.unread:
        # a form that nobody touched is no answer, and the respondent must still be asked
        reading.errors.append(NOTHING_FILLED_IN(Where(draft.where().file)))
    if not reading.errors:
        reading.notes += draft.overlooked(form)
        reading.content, reading.digest = content, content_hash(content)
        reading.gaps += gaps_of(content, form, told.unread)
    return reading


def _form(
    lines: Lines, names: Names, form_of: Callable[[str], Form | None], code: str, reading: Reading
) -> Form | None:
    """Return the form that a draft answers; without one, the errors say why."""
    value = lines.get("passport", "")
    if loose(str(lines.get("selfaudit", RESPONSE_FORMAT))) != RESPONSE_FORMAT:
        found = quote(str(lines["selfaudit"]))
        reading.errors.append(OTHER_FORMAT(names.where(("selfaudit",)), found=found, expected=RESPONSE_FORMAT))
    if "declaration" not in lines:
        reading.errors.append(CUT_SHORT(Where(names.where(()).file)))
    passport = Passport.parse(half_width(value)) if isinstance(value, str) else None
    if passport is None:
        where = names.where(("passport",))
        reading.errors.append(BAD_PASSPORT(where, value=quote(str(value))) if value else NO_PASSPORT(where))
        return None
    reading.passport = str(passport)
    form = form_of(reading.passport)
    # a form that was issued here counts, even if the campaign has been given another code since
    if form is None and passport.campaign != code:
        reading.errors.append(OTHER_CAMPAIGN(names.where(("passport",)), code=passport.campaign, own=code))
    elif form is None:
        reading.errors.append(UNKNOWN_PASSPORT(names.where(("passport",)), value=reading.passport))
    return form


def _check_printed(top: At, form: Form) -> None:
    """Compare what was printed for the reader; another name means that the passport may be somebody else's."""
    who = form.respondent
    former = [text for name, unit in form.former_names for text in (name, f"{name}({unit})")]
    issued = {"campaign": [form.questions.title]}
    issued["respondent"] = [who.name, who.printed, f"{who.name}({who.unit_name})"]
    for key, texts in issued.items():
        found = top.text(key)
        if not found or name_key(found) in map(name_key, texts):
            continue
        if key == "respondent" and name_key(found) in map(name_key, former):
            top.remark(RENAMED, key, expected=who.printed, found=quote(found))
        elif key == "respondent" and _lost_in(found, form):
            top.remark(LOST_IN_NAME, key, expected=who.printed, found=quote(found))
        elif key == "respondent" and not _names(who.name, found):
            top.refuse(OTHER_RESPONDENT, key, expected=who.name, found=quote(narrow(found)))
        else:
            top.remark(PRINTED, key, field=Term(_PRINTED_WORDS[key]), found=quote(found))


def _lost_in(found: str, form: Form) -> bool:
    """Return whether a text is the name of the respondent but for lost characters; the unit in brackets is no name."""
    name = found if form.respondent.answers == "unit" else narrow(found).partition("(")[0]
    return any(could_be(name, own) for own in _own_names(form))


def _own_names(form: Form) -> list[str]:
    return [form.respondent.name, *(name for name, _ in form.former_names)]


def _names(name: str, text: str) -> bool:
    """Return whether a text contains a name as such: 张 三 is named in “张三，审核部”, but not in 张三丰."""
    spaced = r"\W*".join(map(re.escape, name_key(name)))
    return re.search(rf"(?<!\w){spaced}(?!\w)", narrow(text).casefold()) is not None


def _check_filled_by(top: At, form: Form, filled_by: str) -> None:
    who = form.respondent
    # that somebody else reviewed a file is no note but a gap
    if form.is_by_another(filled_by) and (form.questions.of_round or not who.reviewer):
        top.remark(FILLED_BY_OTHER, "filled_by", expected=who.reviewer or who.name, found=quote(filled_by))
