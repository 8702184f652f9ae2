"""What the first readers of reviewed files say, held against what the reviews found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from selfaudit.model.form.response import content_hash
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.confirming import Confirmation, State, of_file
from selfaudit.model.progress.owners import OwnerStatus
from selfaudit.model.progress.paper import content_code
from selfaudit.model.progress.standing import Standing
from selfaudit.model.roster import Roster
from selfaudit.model.sampling.reviewed import ReviewedFile
from selfaudit.reports.confirmed import stands
from selfaudit.reports.opinion import opinion
from selfaudit.reports.samples import Told
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.rounds import RoundForm, every_content, latest_forms, round_forms, same_day
from selfaudit.workflow.common.state.reviewed import reviewed_files

Row = Mapping[str, str]
"""What a form says of a file."""
FileKey = tuple[str, str]
"""Sample and number of a file."""


def row_of(one: ReviewedFile, kit: Kit) -> dict[str, str]:
    """Return what a form says of a file; ``sample`` and ``id`` are not shown."""
    return {
        "file": one.called,
        "name": one.about,
        "found": opinion(one, kit),
        "reviewer": Wording(kit.plan.language).join(one.reviewers),
        "sample": one.sample,
        "id": one.file,
    }


def words(row: Row) -> tuple[str, str]:
    """Return what an answer is about; said of other words, it does not count."""
    return row["found"], row["reviewer"]


def key_of(row: Row) -> FileKey:
    """Return which file a row is about."""
    return row["sample"], row["id"]


@dataclass(frozen=True, slots=True)
class Said:
    """What came back on one file: the row that was answered, the whole content, and of it what is said of the file."""

    row: Row
    content: Mapping[str, Any]
    entry: Mapping[str, Any]
    other: bool
    """Whether somebody else than the reader said it."""

    @property
    def what(self) -> tuple[str, str]:
        """Opinion and reason."""
        return self.entry["opinion"], self.entry.get("reason", "")


class Answers:
    """What everybody said in forms for confirmations, by who they went to and file."""

    def __init__(self, ledger: Ledger) -> None:
        """Load what came back, also in earlier versions of a form: what somebody leaves out later stays said."""
        self.forms = round_forms(ledger, "confirmations")
        self._said: dict[tuple[str, FileKey], list[Said]] = {}
        for one in self.forms:
            rows = {row["file"]: row for row in one.form.questions.given}
            for content in every_content(ledger, one) if one.contents else ():
                for entry in (entry for entry in content.get("findings", ()) if "opinion" in entry):
                    row = rows[entry["file"]]
                    self._said.setdefault((one.owner, key_of(row)), []).append(
                        Said(row, content, entry, one.is_by_another(content))
                    )

    def is_signed(self, said: Said) -> bool:
        """Return whether somebody signed on paper just what they said then."""
        code = content_code(content_hash(dict(said.content)))
        forms = (one for one in self.forms if one.form.passport == said.content["passport"])
        return any(code == held.content for one in forms for held in one.signed)

    def of(self, owner: str, key: FileKey, now: Row | None) -> tuple[State, Said | None]:
        """Return what somebody says of the review of a file as it is now, and where; None is no review any more."""
        everything = self._said.get((owner, key), [])
        said = [one for one in everything if not one.other]
        current = [one for one in said if now and words(one.row) == words(now)]
        others = [one for one in everything if one.other and now and words(one.row) == words(now)]
        if others and not current:
            return "other", others[-1]
        if not current:
            return "earlier" if said else "open", said[-1] if said else None
        last = max(current, key=lambda one: str(one.content.get("filled_on", "")))
        if any(same_day(one.content, last.content) and one.what != last.what for one in current):
            return "disputed", last
        return last.entry["opinion"], last


def confirmations(ledger: Ledger, kit: Kit, everybody: Iterable[Standing] | None = None) -> list[Confirmation]:
    """Return what everybody says who got a form for confirmations, in the order in which these went out.

    A file that nobody reviews any more, because another one replaced it, is left out.
    """
    answers = Answers(ledger)
    if not answers.forms:
        return []
    files = {one.key: one for one in reviewed_files(ledger, kit, everybody)}
    rows = {key: row_of(one, kit) if one.done else None for key, one in files.items()}
    asked: dict[tuple[str, FileKey], tuple[RoundForm, Row]] = {}
    for form in answers.forms:
        for row in form.form.questions.given:
            asked[form.owner, key_of(row)] = form, row
    return [
        _confirmation(answers, form, files[key], row, rows[key])
        for (_, key), (form, row) in asked.items()
        if key in files
    ]


def told(ledger: Ledger, kit: Kit, sample: str) -> dict[str, Told]:
    """Return what the reviews of a sample found, and what first readers say to it, by number of the file."""
    say = Wording(kit.plan.language).tr
    found = [one for one in confirmations(ledger, kit) if one.state != "open"]
    return {
        one.file: Told(opinion(one, kit) if one.done else "", stands(of_file(found, *one.key), say))
        for one in reviewed_files(ledger, kit)
        if one.sample == sample
    }


def readers(ledger: Ledger, kit: Kit, _: Roster, today: date) -> list[OwnerStatus]:
    """Return everybody who got a form for confirmations, with the files of which they have not said anything yet."""
    found = confirmations(ledger, kit)
    answered = {one.key for one in found if one.state != "other" and (one.on or one.by)}
    return [
        OwnerStatus(
            key=key,
            name=one.form.respondent.name,
            unit=one.form.respondent.unit_name,
            passport=one.form.passport,
            open=(still := tuple(said.file for said in found if said.key == key and said.is_open)),
            due=one.form.questions.due,
            overdue=bool(still) and one.form.questions.due < today,
            answered=key in answered,
        )
        for key, one in latest_forms(ledger, "confirmations").items()
    ]


def _confirmation(answers: Answers, form: RoundForm, file: ReviewedFile, row: Row, now: Row | None) -> Confirmation:
    who = form.form.respondent
    state, said = answers.of(who.key, file.key, now)
    return Confirmation(
        sample=file.sample,
        file=file.file,
        about=file.about,
        key=who.key,
        reader=who.name,
        unit=who.unit_name,
        state=state,
        reason=said.what[1] if said else "",
        by=str(said.content.get("filled_by", "")) if said else "",
        on=str(said.content.get("filled_on", "")) if said else "",
        passport=str(said.content["passport"]) if said else "",
        signed=said is not None and answers.is_signed(said),
        current=now is not None and words(row) == words(now),
    )
