"""The forms of the rounds beside the self-audit: what went out to whom, and what came back in it.

Each form is a record of its round under its passport: its first version is the form as it was issued, every later one
adds what came back. Whoever gets it is no respondent of the self-audit for that, and what they say in it answers no
item.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from selfaudit.model.form.form import Form, Questions, Respondent
from selfaudit.model.form.rounds import ROUNDS, RoundId
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, Record, history, record, records

DAY = len("2023-11-20")


@dataclass(frozen=True, slots=True)
class Signed:
    """Pages of a scan, counted from 1, on which somebody signed a content, given by its code; ``file`` is a copy."""

    content: str
    scan: str
    pages: tuple[int, ...]
    file: str


@dataclass(frozen=True, slots=True)
class RoundForm:
    """A form of a round: in which files it is, and what came back in it last.

    ``serial`` grows from one form of somebody to the next, ``version`` is that of its record, ``at`` when that was
    written. ``content`` is canonical, None as long as nothing came back; ``gaps`` is how much is missing in it.
    ``rivals`` are other contents of the same day, which came later and do not say the same. ``before`` has what stood
    in the register before those of that day came, by row and key. ``signed`` are scans of what was signed on paper.
    """

    form: Form
    serial: int
    files: tuple[str, ...] = ()
    content: Mapping[str, Any] | None = None
    gaps: int = 0
    rivals: tuple[Mapping[str, Any], ...] = ()
    before: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    signed: tuple[Signed, ...] = ()
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

    def is_by_another(self, content: Mapping[str, Any]) -> bool:
        """Return whether somebody else said in it what only the reader of a file can: whether they agree."""
        return self.form.questions.round == "confirmations" and self.form.is_by_another(content.get("filled_by", ""))

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
            **({"signed": [{**asdict(one), "pages": list(one.pages)} for one in self.signed]} if self.signed else {}),
        }
        return Edit(self.form.questions.round, self.form.passport, self.version, data)


def round_forms(ledger: Ledger, round_: RoundId) -> list[RoundForm]:
    """Return every form of a round, in the order in which they were issued."""
    return sorted(map(_form, records(ledger, round_).values()), key=lambda one: one.serial)


def round_form(ledger: Ledger, passport: str) -> RoundForm | None:
    """Return the form with a passport, of whichever round."""
    found = (record(ledger, round_, passport) for round_ in ROUNDS)
    return next((_form(one) for one in found if one), None)


def latest_forms(ledger: Ledger, round_: RoundId) -> dict[str, RoundForm]:
    """Return the form of a round issued last to each who got one, by key."""
    return {one.owner: one for one in round_forms(ledger, round_)}


def same_day(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two contents are of one day, and not both say at which moment of it they were filled in."""
    days = [str(content.get("filled_on", "")) for content in (one, other)]
    return days[0] == days[1] or (days[0][:DAY] == days[1][:DAY] and not all("T" in day for day in days))


def every_content(ledger: Ledger, one: RoundForm) -> list[Mapping[str, Any]]:
    """Return everything that ever came back in a form and was taken, the oldest first."""
    found: list[Mapping[str, Any]] = []
    for kept in history(ledger, one.form.questions.round, one.form.passport):
        said = [kept.data["content"], *kept.data.get("rivals", ())] if "content" in kept.data else []
        found += [content for content in said if content not in found]
    return found


def _form(kept: Record) -> RoundForm:
    form = Form(
        passport=kept.id,
        respondent=Respondent.model_validate(kept.data["respondent"]),
        questions=Questions.model_validate(kept.data["questions"]),
    )
    return RoundForm(
        form=form,
        serial=kept.data["serial"],
        files=tuple(kept.data["files"]),
        content=kept.data.get("content"),
        gaps=kept.data.get("gaps", 0),
        rivals=tuple(kept.data.get("rivals", ())),
        before=kept.data.get("before", {}),
        signed=tuple(Signed(**{**one, "pages": tuple(one["pages"])}) for one in kept.data.get("signed", ())),
        version=kept.version,
        at=kept.at,
    )
