"""What the data say about a respondent, to be told before they answer: only about themselves, and as a question."""

from selfaudit.base.i18n import N_, translator
from selfaudit.model.data.outcome import Signal
from selfaudit.model.form.form import Respondent
from selfaudit.model.held.against import ASIDE, CheckRun
from selfaudit.model.held.subjects import Subjects
from selfaudit.model.kit.kit import Item, Kit
from selfaudit.model.roster import Roster

HINT = N_("From the data: {title}: {n} ({keys}). This is a question, not a verdict.")
HINT_ON_PEOPLE = N_("From the data: {title}: {n}. This is a question, not a verdict.")
AND_MORE = N_("{keys} and others")
_MOST_KEYS = 5


class Hints:
    """Says of every respondent what the checks signal that an item names, if it shows that."""

    def __init__(self, kit: Kit, roster: Roster, run: CheckRun) -> None:
        """Take what is known of the data."""
        self._items = [item for item in kit.items.values() if item.show_signals]
        self._run, self._language = run, kit.plan.language
        self._subjects = Subjects(roster, run.signals, run.namesakes, run.files)

    def of(self, who: Respondent) -> dict[str, str]:
        """Return a text for each item about which there is something to tell."""
        found = {item.id: self._told(item, who.answers, who.subject) for item in self._items}
        return {item: "\n".join(lines) for item, lines in found.items() if lines}

    def _told(self, item: Item, answers: str, subject: str) -> list[str]:
        own = dict.fromkeys(one.check for one in item.contradicted_by if one.subject == answers)
        signals = {check: self._open(check, subject) for check in own}
        return [self._line(check, found, answers) for check, found in signals.items() if found]

    def _open(self, check: str, subject: str) -> list[Signal]:
        every = self._subjects.by_subject.get((check, subject), ())
        return [one for one in every if self._run.verdict(one) not in ASIDE]

    def _line(self, check: str, found: list[Signal], answers: str) -> str:
        say = translator(self._language)
        title = self._run.checks[check].title if check in self._run.checks else check
        # the form of a unit goes through several hands, that of a file is not to name who worked on it
        named = [one.key for one in found if answers == "person" or not one.person]
        if not named:
            return say(HINT_ON_PEOPLE).format(title=title, n=len(found))
        keys = say(N_(", ")).join(named[:_MOST_KEYS])
        shown = say(AND_MORE).format(keys=keys) if len(found) > len(named[:_MOST_KEYS]) else keys
        return say(HINT).format(title=title, n=len(found), keys=shown)


def shows_signals(kit: Kit) -> bool:
    """Return whether any item tells respondents what the data say about them."""
    return any(item.show_signals and item.contradicted_by for item in kit.items.values())
