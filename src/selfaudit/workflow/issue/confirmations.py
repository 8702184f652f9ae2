"""``issue --round confirmations``: to each first reader of reviewed files a form in which they agree or disagree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Some, UserError, error, note, warning
from selfaudit.model.form.form import Respondent
from selfaudit.model.form.rounds import RoundId
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.confirming import ANSWERED
from selfaudit.model.sampling.reviewed import ReviewedFile, first_readers
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.rounds import RoundForm
from selfaudit.workflow.common.state.confirmed import Answers, key_of, row_of, words
from selfaudit.workflow.common.state.reviewed import readers_of, reviewed_files
from selfaudit.workflow.issue.rounds import Asked

NOTHING = error(
    "issue.nothing-reviewed",
    N_("no file has a reviewer yet"),
    N_("Draw files and give them to reviewers (selfaudit sample draw, sample assign), and send them their forms."),
)
NOT_DONE = note(
    "issue.review-open",
    N_("the review of {count} files is not complete; their first readers are asked once it is: {files}"),
    N_("“selfaudit status” says what is missing. Then repeat this."),
)
NO_COLUMN = warning(
    "issue.no-reader-column",
    N_("the spot check says in no column who read a file first; nobody is asked about {count} files"),
    N_("Name the column as “reader” in the kit's file of the spot check, before the next freeze."),
)
NO_READER = warning(
    "issue.no-reader",
    N_("it is not known who read {count} files first; nobody is asked about: {files}"),
    N_("The population says nothing in that column. What the review found stands without a confirmation."),
)
NOT_ON_ROSTER = warning(
    "issue.reader-not-on-roster",
    N_("“{reader}” read {count} files first and is nobody on the roster: {files}"),
    N_("Add them to the roster and repeat this. If they have left, what the review found stands unconfirmed."),
)
SEVERAL = warning(
    "issue.reader-ambiguous",
    N_("“{reader}” read {count} files first and is more than one on the roster: {files}"),
    N_("Put something in brackets behind one of these names in the roster, such as the branch, and repeat this."),
)
_MOST = 10


class Confirmations:
    """Asks those who had read the reviewed files first."""

    round: ClassVar[RoundId] = "confirmations"
    title: ClassVar[str] = N_("{title}: confirmations")

    def __init__(self, workspace: Workspace) -> None:
        """Take the campaign with the populations."""
        self._workspace = workspace

    def asked(self, ledger: Ledger, kit: Kit, everybody: dict[str, Respondent]) -> tuple[list[Asked], list[Problem]]:
        """Return about which files each reader is asked; whoever cannot be found, and what is not done, is told."""
        files = reviewed_files(ledger, kit)
        if not files:
            raise UserError(NOTHING())
        found = _Readers([who for who in everybody.values() if who.answers == "person"])
        readers = readers_of(self._workspace, ledger)
        for one in files:
            found.add(one, readers.get(one.key, ""))
        answers = Answers(ledger)
        asked = [_asked(answers, everybody[key], several, kit) for key, several in found.by_reader.items()]
        return [one for one in asked if one.given], found.problems()


@dataclass(slots=True)
class _Readers:
    """The reviewed files by the key of who read them first, and what keeps others from being asked about."""

    people: list[Respondent]
    by_reader: dict[str, list[ReviewedFile]] = field(default_factory=dict)
    _lost: dict[tuple[Kind, str], list[str]] = field(default_factory=dict)

    def add(self, one: ReviewedFile, text: str | None) -> None:
        """Add a file, given what the population says of its readers."""
        if not one.done:
            self._lose(NOT_DONE, one)
        elif not text:
            self._lose(NO_COLUMN if text is None else NO_READER, one)
        else:
            for name, found in first_readers(text, self.people).items():
                if len(found) == 1:
                    self.by_reader.setdefault(found[0].key, []).append(one)
                else:
                    self._lose(SEVERAL if found else NOT_ON_ROSTER, one, name)

    def _lose(self, kind: Kind, one: ReviewedFile, name: str = "") -> None:
        self._lost.setdefault((kind, name), []).append(one.called)

    def problems(self) -> list[Problem]:
        """Return whom nobody can ask about which files."""
        return [
            kind(reader=name, count=len(files), files=Some(files, _MOST)) for (kind, name), files in self._lost.items()
        ]


def _asked(answers: Answers, who: Respondent, files: Iterable[ReviewedFile], kit: Kit) -> Asked:
    """Return what a reader has not answered yet as it is now."""
    rows = [row_of(one, kit) for one in files]
    given = tuple(row for row in rows if answers.of(who.key, key_of(row), row)[0] not in ANSWERED)

    def is_enough(before: RoundForm) -> bool:
        out: Mapping[tuple[str, str], tuple[str, str]] = {
            key_of(row): words(row) for row in before.form.questions.given
        }
        return all(out.get(key_of(row)) == words(row) for row in given)

    return Asked(who, given, "", is_enough)
