"""``remind --round``: texts and mails to those of whom something is still wanted in a round beside the self-audit."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from selfaudit.base.i18n import N_, ngettext
from selfaudit.base.problems import Problem, Some, UserError, warning
from selfaudit.base.text import file_name
from selfaudit.model.form.rounds import RoundId
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.owners import OwnerStatus
from selfaudit.model.progress.reminder import Addressee, addressee
from selfaudit.model.roster import Roster
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.rounds import RoundForm, latest_forms
from selfaudit.workflow.common.state.confirmed import confirmations, readers
from selfaudit.workflow.common.state.owners import owners, to_issue
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.remind.gaps import flat
from selfaudit.workflow.remind.mail import draft, mail_address
from selfaudit.workflow.remind.remind import NO_ADDRESS, NOT_ISSUED


@dataclass(frozen=True, slots=True)
class Chasing:
    """Who is chased in a round, and in which words: message ids.

    ``whom`` is who has a form of the round, ``subject`` that of a mail; ``asked`` says what is still wanted, ``please``
    what to do. ``waiting`` finds everybody who got a form, ``problems`` what keeps the forms from being the right ones.
    """

    whom: str
    subject: str
    asked: str
    please: str
    waiting: Callable[[Ledger, Kit, Roster, date], list[OwnerStatus]]
    problems: Callable[[Ledger, Kit], list[Problem]]


REOPENED = warning(
    "remind.reopened",
    N_("findings were reopened since the forms for corrections went out: {ids}"),
    N_("Run selfaudit issue --round corrections, which sends their owners new forms; then repeat this."),
)
CHANGED = warning(
    "remind.review-changed",
    N_("reviews were changed since the forms for confirmations went out: {files}"),
    N_("Run selfaudit issue --round confirmations, which sends their readers new forms; then repeat this."),
)


def _reopened(ledger: Ledger, kit: Kit) -> list[Problem]:
    ids = to_issue(ledger, kit)
    return [REOPENED(ids=Some(ids))] if ids else []


def _changed(ledger: Ledger, kit: Kit) -> list[Problem]:
    files = [one.file for one in confirmations(ledger, kit) if not one.current]
    return [CHANGED(files=Some(list(dict.fromkeys(files))))] if files else []


CHASING: dict[RoundId, Chasing] = {
    "corrections": Chasing(
        N_("the owners of findings"),
        N_("findings to correct"),
        N_("These findings are still to be corrected by you: {ids}. The first is due on {due} ({left})."),
        N_("Please say in your form {passport} what was done, by whom and when, and send it with the files."),
        owners,
        _reopened,
    ),
    "confirmations": Chasing(
        N_("the first readers of reviewed files"),
        N_("reviewed files to confirm"),
        N_("You have not said yet whether you agree with the review of these files: {ids}. Due: {due} ({left})."),
        N_("Please say so in your form {passport}, with the reason if you disagree, and send it back."),
        readers,
        _changed,
    ),
}


@dataclass(slots=True)
class OwnersReminded:
    """Whom to remind, which files say so (relative to the campaign), and what there is to say of that."""

    folder: str
    owners: list[OwnerStatus] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def remind_round(
    workspace: Workspace, round_: RoundId, selection: Selection, today: date, listener: Listener
) -> OwnersReminded:
    """Write a text for each unit and a mail for everybody of whom something is still wanted, due or not yet.

    What was written on the same day is written again; the journal says who was reminded.
    """
    kit, roster = workspace.load().usable()
    chasing = CHASING[round_]
    done = OwnersReminded(f"{workspace.reminder_folder(today)}/{round_}")
    with workspace.writing(listener.waiting) as ledger:
        forms = latest_forms(ledger, round_)
        if not forms:
            raise UserError(NOT_ISSUED(names=Wording(kit.plan.language).tr(chasing.whom)))
        chosen = {one.respondent.key for one in selection.forms([one.form for one in forms.values()], kit)}
        done.owners = [one for one in chasing.waiting(ledger, kit, roster, today) if one.open and one.key in chosen]
        letters = _Letters(kit, roster, today, forms, chasing)
        listener.start("remind", len(done.owners))
        for name, data in letters.files(workspace, done.owners):
            workspace.put(f"{done.folder}/{name}", data)
            done.files.append(f"{done.folder}/{name}")
            listener.step()
        unknown = [one.name for one in done.owners if not mail_address(letters.to(one))]
        done.problems += [NO_ADDRESS(names=Some(unknown))] if unknown else []
        done.problems += chasing.problems(ledger, kit)
        if done.owners:
            with ledger.change(f"remind-{round_}", day=today.isoformat(), owners=[one.key for one in done.owners]):
                pass
    return done


class _Letters:
    """Writes to those of one campaign who are chased."""

    def __init__(self, kit: Kit, roster: Roster, today: date, forms: Mapping[str, RoundForm], chasing: Chasing) -> None:
        self._plan, self._roster, self._today, self._forms = kit.plan, roster, today, forms
        self._chasing = chasing
        self._wording = Wording(kit.plan.language)

    def to(self, one: OwnerStatus) -> Addressee:
        """Return whom it goes to."""
        return addressee(self._roster, self._forms[one.key].form.respondent, "first")

    def files(self, workspace: Workspace, several: Iterable[OwnerStatus]) -> Iterator[tuple[str, bytes]]:
        """Yield name and content of every file."""
        units: dict[str, list[OwnerStatus]] = {}
        for one in several:
            units.setdefault(self._forms[one.key].form.respondent.folder, []).append(one)
            name = f"mail/{file_name(one.name)}_{one.passport}.eml"
            there = [path for file in self._forms[one.key].files if (path := workspace.path(file)).is_file()]
            yield name, self._mail(one, [] if one.answered else there)
        for unit, held in units.items():
            yield f"{unit}.txt", "\n".join(self.text(one) for one in held).encode()

    def _mail(self, one: OwnerStatus, enclosed: Iterable[Path]) -> bytes:
        subject = self._wording.pair(flat(self._plan.title), self._say(self._chasing.subject))
        return draft(self.to(one), subject, self.text(one), enclosed)

    def text(self, one: OwnerStatus) -> str:
        """Return what to write to somebody: what is wanted, by when, and what to do."""
        days = (one.due - self._today).days
        language = self._plan.language
        late = ngettext("{n} day overdue", "{n} days overdue", -days, language).format(n=-days)
        left = late if days < 0 else ngettext("{n} day left", "{n} days left", days, language).format(n=days)
        facts = {"ids": self._wording.join(one.open), "due": self._wording.date(one.due), "left": left}
        lines = [
            self._say(N_("{who}:")).format(who=flat(one.name)),
            self._say(self._chasing.asked).format(**facts),
            self._say(self._chasing.please).format(passport=one.passport),
        ]
        if self._plan.return_to:
            lines.append(self._say(N_("Send it to: {return_to}")).format(return_to=flat(self._plan.return_to)))
        lines += ["", flat(self._roster.body.name), self._wording.date(self._today)]
        return "".join(f"{line}\n" for line in lines)

    def _say(self, text: str) -> str:
        return self._wording.tr(text)
