"""Reads what a body has excepted from its data checks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, UserError, Where, error, errors, note
from selfaudit.files.yaml.reader import Document
from selfaudit.model.data.check import CheckId, DataCheck
from selfaudit.model.data.outcome import Signal
from selfaudit.model.data.verdict import Exceptions, SiteException
from selfaudit.model.names import EXCEPTIONS
from selfaudit.model.rectification.people import People
from selfaudit.model.rectification.seconding import no_second
from selfaudit.store.kits import read_text
from selfaudit.store.layout import Layout
from selfaudit.store.model_reader import read_model

NO_CHECK = error("exceptions.no-check", N_("there is no data check “{id}”"), N_("Known: {known}."))
NO_COLUMN = error("exceptions.no-column", N_("{check} shows no column “{id}”"), N_("It shows: {known}."))
OF_ALL = error(
    "exceptions.of-all",
    N_("this would except every signal of {check}"),
    N_("Give “key”, or “where” with values of the columns that are shown."),
)
NOT_SECONDED = error(
    "exceptions.not-seconded",
    N_("signals of {check} are severe, and nobody but {by} says that these are none"),
    N_("Write the name of a second person who agrees after “seconded”."),
)
OVER = note(
    "exceptions.over",
    N_("this exception of {check} held until {day}: it excepts nothing any more"),
    N_("Give it a later day if it still holds; otherwise take it out."),
)
IDLE = note(
    "exceptions.idle",
    N_("this excepts no signal that {check} found when it last ran"),
    N_("Compare “key” and “where” with selfaudit check explain {check}; take out what is not needed."),
)
BY_UNCLEAR = error(
    "exceptions.by-unclear",
    N_("“{name}” is not one person who can except signals"),
    N_("Name one person: by number or name as on the roster, or by full name if from outside."),
)


def load_exceptions(
    campaign: Layout, checks: Mapping[CheckId, DataCheck], heaviest: str, people: People | None
) -> tuple[tuple[SiteException, ...], list[Problem]]:
    """Return what is excepted, and every mistake in the file; ``people`` are those of the roster, if there is one."""
    if not campaign.exceptions_file.is_file():
        return (), []
    problems: list[Problem] = []
    text = read_text(campaign.exceptions_file, EXCEPTIONS, problems)
    if text is None:
        return (), problems
    made, document, problems = read_model(text, EXCEPTIONS, Exceptions)
    if made is None:
        return (), problems
    problems += _wrong(made, document, checks, heaviest)
    problems += _unclear(made, document, people) if people else ()
    return made.exceptions, problems


def usable_exceptions(
    campaign: Layout, checks: Mapping[CheckId, DataCheck], heaviest: str, people: People
) -> tuple[SiteException, ...]:
    """Return what is excepted, or stop with everything that is wrong with the file."""
    found, problems = load_exceptions(campaign, checks, heaviest, people)
    if wrong := errors(problems):
        raise UserError(wrong)
    return found


def idle(
    campaign: Layout, checks: Mapping[CheckId, DataCheck], found: Mapping[CheckId, Sequence[Signal]], today: date
) -> Iterator[Problem]:
    """Note what excepts nothing: its term is over, or it covers none of the signals of a check that ran."""
    if not campaign.exceptions_file.is_file():
        return
    text = read_text(campaign.exceptions_file, EXCEPTIONS, [])
    made, document, _ = read_model(text or "", EXCEPTIONS, Exceptions)
    for n, one in enumerate(made.exceptions if made else ()):
        if one.until and one.until < today:
            yield OVER(document.where(("exceptions", n, "until")), check=one.check, day=one.until)
        elif one.check in found and not any(one.covers(signal, checks.get(one.check)) for signal in found[one.check]):
            at = ("exceptions", n, "key") if one.key else ("exceptions", n)
            yield IDLE(document.where(at), check=one.check)


def _wrong(
    made: Exceptions, document: Document, checks: Mapping[CheckId, DataCheck], heaviest: str
) -> Iterator[Problem]:
    for n, one in enumerate(made.exceptions):

        def at(*path: str, n: int = n) -> Where:
            return document.where(("exceptions", n, *path))

        check = checks.get(one.check)
        if check is None:
            yield NO_CHECK(at("check"), id=one.check, known=Some(sorted(checks)))
            continue
        known = [*check.shown, *check.shown.values()]
        for name in one.where:
            if name not in known:
                yield NO_COLUMN(at("where", name), check=one.check, id=name, known=Some(list(check.shown)))
        if not one.key and not one.where:
            yield OF_ALL(at(), check=one.check)
        if check.severity == heaviest and not one.seconded.strip():
            yield NOT_SECONDED(at(), check=one.check, by=one.by)


def _unclear(made: Exceptions, document: Document, people: People) -> Iterator[Problem]:
    """Yield where it is not two persons who except something, or not one."""
    for n, one in enumerate(made.exceptions):
        if not people.is_one((one.by, people.key(one.by))):
            yield BY_UNCLEAR(document.where(("exceptions", n, "by")), name=one.by)
        for problem in no_second(people, one.seconded, one.by) if one.seconded.strip() else ():
            yield replace(problem, where=document.where(("exceptions", n, "seconded")))
