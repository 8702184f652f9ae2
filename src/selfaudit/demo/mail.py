"""Sends the forms of the demo back as real life does: most in order, some late, spoiled, renamed or twice."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, repeat
from pathlib import PurePosixPath

from selfaudit.base.text import file_name
from selfaudit.demo.answers import Content
from selfaudit.demo.body import Cast
from selfaudit.demo.spoil import PHOTO, PROOF, SPOILED, Spoil, zip_of_windows
from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.formats import FORMATS
from selfaudit.model.form.form import Form

EARLY, IN_TIME, LATE = 0, 1, 2
"""The three deliveries: some days before the last day, on it, and after it."""
FILLED = ((date(2023, 10, 29), 6), (date(2023, 11, 4), 4), (date(2023, 11, 8), 2))
"""First day on which forms of a delivery were filled in, and over how many days."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A file on its way back: its delivery, its name in the inbox, its bytes."""

    delivery: int
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What one respondent sends back, before it becomes a file."""

    cast: Cast
    form: Form
    content: Content
    delivery: int

    def changed(self, change: Callable[[Content], object]) -> "Letter":
        """Return the letter with another content."""
        content = copy.deepcopy(self.content)
        change(content)
        return replace(self, content=content)

    def sent_again(self, day: str) -> "Letter":
        """Return the letter as it is sent once more, in the next delivery."""
        again = self.changed(lambda content: content.update(filled_on=day))
        return replace(again, delivery=self.delivery + 1)

    @property
    def text(self) -> str:
        """The filled-in form."""
        return yaml_form.write(self.form, self.content).decode()

    def posted(self, data: bytes | None = None, name: str = "") -> Posted:
        """Return the file; ``name`` may contain the slots of ``mail.yaml``."""
        who = self.form.respondent
        outbox = f"{file_name(who.name)}_{self.form.passport}{yaml_form.FORMAT.suffix}"
        given = name or self.cast.rng.choice(self.cast.texts.mail.file_names)
        shown = given.format(outbox=outbox, name=file_name(who.name), unit=file_name(who.unit_name))
        body = self.text.encode() if data is None else data
        return Posted(self.delivery, f"{file_name(who.unit_name)}/{shown}", body)

    def posted_as_workbook(self) -> Posted:
        """Return the workbook, filled in."""
        sent = self.posted(FORMATS["xlsx"].write(self.form, self.content))
        return replace(sent, name=str(PurePosixPath(sent.name).with_suffix(FORMATS["xlsx"].suffix)))


Habit = Callable[[Letter], list[Posted]]
WORKBOOKS = 0.25
"""The share of workbooks among what comes back in order."""


def _in_order(letter: Letter) -> list[Posted]:
    """Send what the page saved or, as one in four prefers, the workbook."""
    return [letter.posted_as_workbook() if letter.cast.rng.random() < WORKBOOKS else letter.posted()]


def _never(_: Letter) -> list[Posted]:
    return []


def _late(letter: Letter) -> list[Posted]:
    day = str(letter.cast.rng.choice(_days(LATE)))
    return [replace(letter.changed(lambda content: content.update(filled_on=day)), delivery=LATE).posted()]


def _in_own_words(letter: Letter) -> list[Posted]:
    word = letter.cast.rng.choice(letter.cast.texts.mail.words)
    return [letter.posted(letter.text.replace("answer: 符合", f"answer: {word}").encode())]


def _twice(letter: Letter) -> list[Posted]:
    """Send the same bytes under two names, as a mailbox that numbers its downloads does."""
    sent = letter.posted(name="{outbox}")
    path = PurePosixPath(sent.name)
    return [sent, replace(sent, name=str(path.with_name(f"{path.stem} (1){path.suffix}")))]


def _corrected(letter: Letter) -> list[Posted]:
    note = letter.cast.texts.mail.added_note
    right = letter.sent_again("2023-11-07").changed(lambda content: content["items"][0]["parts"][0].update(note=note))
    return [letter.posted(), right.posted(name=letter.cast.texts.mail.corrected_name)]


def _spoiled(spoil: Spoil, *, corrected: bool = False) -> Habit:
    """Return the habit of sending a file that cannot be read; ``corrected`` if a good one follows."""

    def send(letter: Letter) -> list[Posted]:
        sent = [letter.posted(spoil(letter.text, letter.cast.texts.mail))]
        again = letter.sent_again("2023-11-07").posted(name=letter.cast.texts.mail.corrected_name)
        return [*sent, again] if corrected else sent

    return send


def _with_gap(change: Callable[[Content], object]) -> Habit:
    return lambda letter: [letter.changed(change).posted()]


def _leave_last_open(content: Content) -> None:
    content["items"][-1]["parts"][-1] = {"id": content["items"][-1]["parts"][-1]["id"], "answer": "unchecked"}


def _problem_without_finding(content: Content) -> None:
    content["items"][0]["parts"][0] |= {"answer": "problem", "note": ""}


def _no_reason(content: Content) -> None:
    content["items"][1]["parts"][1] |= {"answer": "not_applicable", "note": ""}


PEOPLE: tuple[tuple[Habit, int], ...] = (
    (_never, 6),
    (_late, 8),
    (_in_own_words, 14),
    (_twice, 3),
    (_corrected, 3),
    (_spoiled(SPOILED["gbk"]), 4),
    (_spoiled(SPOILED["utf-16"]), 2),
    (_spoiled(SPOILED["bom"]), 3),
    (_spoiled(SPOILED["wide-colon"], corrected=True), 2),
    (_spoiled(SPOILED["tab"], corrected=True), 1),
    (_spoiled(SPOILED["cut-by-hash"]), 1),
    (_spoiled(SPOILED["word"]), 1),
    (_spoiled(SPOILED["truncated"], corrected=True), 1),
    (_spoiled(SPOILED["foreign"]), 1),
    (_spoiled(SPOILED["vague-day"]), 1),
    (_spoiled(SPOILED["vague-number"]), 1),
    (_with_gap(_leave_last_open), 3),
    (_with_gap(_problem_without_finding), 1),
    (_with_gap(_no_reason), 1),
    (_with_gap(lambda content: content.update(declaration=False)), 2),
    (_with_gap(lambda content: content.update(filled_on="")), 1),
)
"""How many people have which habit; everybody else, heads and those who report a finding, sends a form in order."""


def send_back(cast: Cast, answered: dict[str, Content]) -> list[Posted]:
    """Return every file that comes back."""
    habits = _habits(cast, answered)
    sent = list[Posted]()
    for form in cast.forms:
        letter = _letter(cast, form, answered)
        came = habits.get(form.respondent.key, _in_order)(letter)
        unit = file_name(form.respondent.unit_name)
        files = ((f"{unit}/{name}", data) for name, data in proofs(letter.content))
        sent += [*came, *(Posted(letter.delivery, name, data) for name, data in files if came)]
    photo = Posted(IN_TIME, cast.texts.mail.photo_name, PHOTO)
    return [*_zipped(cast, sent), photo]


def _letter(cast: Cast, form: Form, answered: dict[str, Content]) -> Letter:
    content = answered[form.respondent.key]
    delivery = (
        IN_TIME if content["findings"] or form.respondent.answers == "unit" else cast.rng.choice((EARLY, IN_TIME))
    )
    days = _days(delivery)[-2:] if form.respondent.answers == "unit" else _days(delivery)
    return Letter(cast, form, {**content, "filled_on": str(cast.rng.choice(days))}, delivery)


def proofs(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the files that the findings of a content name."""
    for finding in content["findings"]:
        for file in finding.get("evidence", ()):
            yield file["name"], PROOF + f"% {file['name']}\n".encode()


def _days(delivery: int) -> list[date]:
    first, count = FILLED[delivery]
    return [first + timedelta(days=n) for n in range(count)]


def _habits(cast: Cast, answered: dict[str, Content]) -> dict[str, Habit]:
    heads = {f"person:{unit.head}" for unit in cast.roster.units}
    people = [form.respondent.key for form in cast.forms if form.respondent.answers == "person"]
    clean = [key for key in people if not answered[key]["findings"] and key not in heads]
    keys = cast.rng.sample(clean, sum(count for _, count in PEOPLE))
    habits = chain.from_iterable(repeat(habit, count) for habit, count in PEOPLE)
    return dict(zip(keys, habits, strict=True)) | _unit_habits(cast, answered)


def _unit_habits(cast: Cast, answered: dict[str, Content]) -> dict[str, Habit]:
    """Two people answer for one branch; the technical department and another branch leave findings unfinished."""
    branches = [f"unit:{unit.id}" for unit in cast.roster.units if unit.kind == "branch"]
    by_findings = sorted(branches, key=lambda key: -len(answered[key]["findings"]))
    technical = f"unit:{cast.units['tech']}"
    return {by_findings[0]: _rivals, by_findings[1]: _with_gap(_unfinished), technical: _finished_later}


def _unfinished(content: Content) -> None:
    for finding in content["findings"][-1:]:
        for name in ("similar", "owner", "due"):
            finding.pop(name)


def _finished_later(letter: Letter) -> list[Posted]:
    again = letter.sent_again("2023-11-09")
    return [letter.changed(_unfinished).posted(), again.posted(name=letter.cast.texts.mail.corrected_name)]


def _rivals(letter: Letter) -> list[Posted]:
    """Let head and deputy answer for the same branch; the deputy knows nothing of the last finding."""
    deputy = letter.cast.members[letter.form.respondent.unit][1].name
    rival = letter.changed(lambda content: _without_last_finding(content, deputy))
    return [letter.posted(), rival.posted(name=letter.cast.texts.mail.rival_name)]


def _without_last_finding(content: Content, filled_by: str) -> None:
    content["filled_by"] = filled_by
    content["coverage"]["projects"] += 17
    if content["findings"]:
        dropped = content["findings"].pop()
        parts = next(item for item in content["items"] if item["id"] == dropped["item"])["parts"]
        next(part for part in parts if part["id"] == dropped["part"]).update(answer="conform", note="")


def _zipped(cast: Cast, sent: list[Posted]) -> Iterator[Posted]:
    """Yield the files; what one branch sends in time comes as one zip, packed by Windows."""
    branch = [unit.name for unit in cast.roster.units if unit.kind == "branch"][-1]
    packed = [one for one in sent if one.name.startswith(f"{branch}/") and one.delivery != LATE]
    yield from (one for one in sent if one not in packed)
    name = cast.texts.mail.zip_name.format(unit=branch)
    yield Posted(IN_TIME, name, zip_of_windows({one.name: one.data for one in packed}))
