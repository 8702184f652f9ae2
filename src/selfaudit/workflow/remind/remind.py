"""``remind``: who has not answered or not completely, as texts to paste, mails to send and a calendar.

One stage for each respondent and day: the texts of a day are written as often as wanted and entered once.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Some, note, warning
from selfaudit.model.form.form import Labels
from selfaudit.model.kit.kit import Kit
from selfaudit.model.passport import respondent_code
from selfaudit.model.progress.reminder import Reminder, Stage, addressee, by_respondent, next_stage
from selfaudit.model.progress.standing import Standing
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.reminders import put_reminders, reminders
from selfaudit.store.ledger.respondents import move_deadlines
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.forms import every_form
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.milestones import milestones_done
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.remind.calendar import calendar
from selfaudit.workflow.remind.files import DayFile, DayFiles
from selfaudit.workflow.remind.gaps import flat
from selfaudit.workflow.remind.mail import mail_address
from selfaudit.workflow.remind.texts import DueReminder

CALENDAR = "milestones.ics"

NOT_ISSUED = warning(
    "remind.not-issued",
    N_("no form has been issued to {names} yet, so there is nothing to remind them of"),
    N_("Run selfaudit issue first."),
)
NO_SUPERIOR = warning(
    "remind.no-superior",
    N_("the roster names no superior of {names}"),
    N_(
        "In roster.yaml, name the head of the unit, of its parent unit or of the management, or send the message"
        " yourself."
    ),
)
NO_ADDRESS = note(
    "remind.no-address",
    N_("no e-mail address is known for {names}"),
    N_("Their e-mails have no recipient; enter email in roster.yaml, or paste the texts elsewhere."),
)
NO_FILE = warning(
    "remind.no-file",
    N_("the form of {names} is no longer in outbox/"),
    N_("Their e-mails have no attachment; run selfaudit issue, then this command again."),
)
NO_RETURN = note(
    "remind.no-return",
    N_("campaign.yaml does not say where forms are to be sent"),
    N_("Write it after return_to; the reminders will then include it."),
)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What ``remind`` wrote: whom for, which files (relative to the campaign), and what prevented it.

    Texts for others who were reminded on the same day are kept up to date as well; their files are not counted.
    """

    day: date
    calls: list[DueReminder] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def folder(self) -> str:
        """The folder of the day."""
        return Workspace.reminder_folder(self.day)

    @property
    def to_act_on(self) -> bool:
        """Whether somebody has to be reminded, or has not even received a form."""
        return bool(self.calls) or any(problem.kind is NOT_ISSUED for problem in self.problems)

    def of(self, stage: Stage, *, again: bool) -> list[DueReminder]:
        """Return the reminders of a stage: those entered now, or those that were entered earlier on the day."""
        return [call for call in self.calls if (call.stage, call.again) == (stage, again)]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {
            "day": self.day.isoformat(),
            "folder": self.folder,
            "reminders": [_call_data(call) for call in self.calls],
            "files": self.files,
            "problems": [problem.as_data() for problem in self.problems],
        }


def _call_data(call: DueReminder) -> dict[str, Any]:
    who = call.standing.respondent
    return {
        "respondent": who.key,
        "name": who.name,
        "unit": who.unit_name,
        "stage": call.stage,
        "state": call.standing.state,
        "due": call.standing.due.isoformat(),
        "addressee": call.to.name,
        "email": call.to.email,
        "reminded_before": len(call.earlier),
        "earlier_today": call.again,
    }


def remind(
    workspace: Workspace, selection: Selection, stage: Stage | None, today: date, listener: Listener
) -> Reminded:
    """Write the reminders of the day into ``outbox/reminders/<day>/`` and enter them in the ledger.

    Without a stage everybody gets their next one.
    """
    kit, roster = workspace.load().usable()
    chosen = None
    if selection != Selection():
        with workspace.reading() as ledger:
            forms = every_form(ledger, kit, roster, workspace.codes(kit.plan.id))
        chosen = {form.respondent.key for form in selection.forms(forms, kit)}
    with workspace.writing(listener.waiting) as ledger:
        ledger.require_issued()
        day = _Day(workspace, kit, roster, ledger, today)
        move_deadlines(ledger, day.dues())
        done = Reminded(today, day.calls(stage, chosen), problems=day.problems)
        files, stale = day.files(done.calls)
        now_called = {call.place for call in done.calls}
        listener.start("remind", len(files))
        for name, file in files.items():
            path = f"{done.folder}/{name}"
            workspace.put(path, file.make())
            if any(call.place in now_called for call in file.calls):
                done.files.append(path)
            listener.step()
        for name in stale:
            workspace.path(f"{done.folder}/{name}").unlink(missing_ok=True)
        # last, so that nobody counts as reminded by a text that a killed command never wrote
        put_reminders(ledger, today, [day.entry(call) for call in done.calls])
    return done


class _Day:
    """Everybody who is still open on one day, and what they were already reminded of."""

    def __init__(self, workspace: Workspace, kit: Kit, roster: Roster, ledger: Ledger, today: date) -> None:
        self._workspace = workspace
        self._kit = kit
        self._roster = roster
        self._today = today
        self._everybody = {standing.respondent.key: standing for standing in standings(ledger, kit)}
        self._labels = Labels(standing.respondent for standing in self._everybody.values() if standing.active)
        self._before = by_respondent(reminders(ledger))
        self._issued = Forms(ledger).files()
        self._done = milestones_done(ledger)
        self._now = now()
        self.problems: list[Problem] = []

    def dues(self) -> dict[str, str]:
        """Return the last day of everybody, in ISO form."""
        return {key: standing.due.isoformat() for key, standing in self._everybody.items()}

    def calls(self, stage: Stage | None, chosen: set[str] | None) -> list[DueReminder]:
        """Return whom to remind now; what prevents it is added to ``problems``."""
        meant = [s for key, s in self._everybody.items() if s.awaited and (chosen is None or key in chosen)]
        made = [
            self._call(standing, stage or next_stage(self._before.get(standing.respondent.key, ()), self._today))
            for standing in meant
            if standing.passport
        ]
        self._tell(NOT_ISSUED, [self._labels.of(standing.respondent) for standing in meant if not standing.passport])
        self._tell(NO_SUPERIOR, [call.name for call in made if call.stage == "escalation" and not call.to.key])
        mailed = {call.to.key or call.name: call for call in made if call.stage != "escalation" or call.to.key}
        self._tell(NO_ADDRESS, [call.recipient for call in mailed.values() if not mail_address(call.to)])
        own = [call for call in made if call.stage != "escalation"]
        self._tell(NO_FILE, [call.name for call in own if call.needs_form and not call.enclosed])
        if made and not self._kit.plan.return_to:
            self.problems.append(NO_RETURN())
        return made

    def _tell(self, kind: Kind, names: list[str]) -> None:
        if names:
            self.problems.append(kind(names=Some(names)))

    def _call(self, standing: Standing, stage: Stage) -> DueReminder:
        who = standing.respondent
        before = self._before.get(who.key, ())
        call = DueReminder(
            standing=standing,
            stage=stage,
            to=addressee(self._roster, who, stage),
            earlier=[reminder for reminder in before if reminder.day < self._today],
            name=flat(self._labels.of(who)),
            code=respondent_code(self._kit.plan.id, who.key),
            issued=self._issued.get((standing.content or {}).get("passport", ""), ()),
            again=any((reminder.day, reminder.stage) == (self._today, stage) for reminder in before),
        )
        if not call.needs_form:
            return call
        paths = map(self._workspace.path, self._issued.get(standing.passport, ()))
        return replace(call, enclosed=[path for path in paths if path.is_file()])

    def entry(self, call: DueReminder) -> Reminder:
        """Return a reminder as the ledger keeps it."""
        who = call.standing
        return Reminder(who.respondent.key, call.stage, self._today, who.state, call.to.name, self._now)

    def files(self, calls: list[DueReminder]) -> tuple[dict[str, DayFile], set[str]]:
        """Return the files of the day by name, and the names of those that are of no use any more.

        They contain everybody who was reminded on this day and is still open, not only those who are reminded now.
        """
        entered = [reminder for own in self._before.values() for reminder in own if reminder.day == self._today]
        wanted = {call.place: call for call in calls}
        for reminder in entered:
            if (reminder.respondent, reminder.stage) not in wanted:
                call = self._call(self._everybody[reminder.respondent], reminder.stage)
                wanted[call.place] = call
        order = {key: n for n, key in enumerate(self._everybody)}
        every = sorted(wanted.values(), key=lambda call: order[call.standing.respondent.key])
        day_files = DayFiles(self._kit, self._roster, self._today)
        files = day_files.files([call for call in every if call.standing.awaited])
        if files:
            moment = datetime.fromisoformat(min((reminder.at for reminder in entered), default=self._now))
            dues = [standing.due for standing in self._everybody.values() if standing.active and standing.passport]
            files[CALENDAR] = DayFile(partial(calendar, self._kit.plan, dues, self._done, moment), every)
        return files, day_files.files(every).keys() - files.keys()
