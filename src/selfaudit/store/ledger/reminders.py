"""The reminders in the ledger: one for each respondent, stage and day."""

from collections.abc import Iterable
from datetime import date

from selfaudit.model.progress.reminder import STAGES, Reminder
from selfaudit.store.ledger.ledger import Ledger


def reminders(ledger: Ledger, respondent: str = "") -> list[Reminder]:
    """Return every reminder, or those of one respondent, in the order in which they were entered."""
    rows = ledger.db.execute(
        f"SELECT respondent, stage, day, state, addressee, at FROM reminders{_OF if respondent else ''}"  # noqa: S608 - our own names
        " ORDER BY day, rowid",
        (respondent,) if respondent else (),
    )
    return [Reminder(key, stage, date.fromisoformat(day), *rest) for key, stage, day, *rest in rows]


_OF = " WHERE respondent = ?"


def put_reminders(ledger: Ledger, day: date, entered: Iterable[Reminder]) -> None:
    """Enter the reminders of a day with one journal row; those that are there already stay as they are."""
    known = {(reminder.respondent, reminder.stage) for reminder in reminders(ledger) if reminder.day == day}
    new = [reminder for reminder in entered if (reminder.respondent, reminder.stage) not in known]
    chased = {stage: [reminder.respondent for reminder in new if reminder.stage == stage] for stage in STAGES}
    with ledger.change(
        "remind", day=day.isoformat(), **{stage: keys for stage, keys in chased.items() if keys}
    ) as change:
        ledger.db.executemany(
            "INSERT INTO reminders (respondent, stage, day, state, addressee, at) VALUES (?, ?, ?, ?, ?, ?)",
            [(r.respondent, r.stage, r.day.isoformat(), r.state, r.addressee, r.at) for r in new],
        )
        if not new:
            change.unchanged()
