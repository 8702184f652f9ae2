"""The days of a campaign as a calendar file, to be imported into any calendar."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

from selfaudit.base.i18n import N_, ngettext, translator
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.milestones import Done
from selfaudit.workflow.remind.gaps import flat

DAY = timedelta(days=1)


def calendar(plan: Plan, dues: Iterable[date], done: Mapping[str, Done], stamp: datetime) -> bytes:
    """Return the milestones, and the days on which forms are due, each with an alarm on the day before.

    What is done, by the id of the milestone, is said, and has no alarm.
    """
    say = translator(plan.language)
    made = Calendar()
    made.add("prodid", "-//selfaudit//selfaudit//EN")
    made.add("version", "2.0")
    for milestone in plan.milestones:
        about = say(N_("Responsible: {who}")).format(who=flat(milestone.who))
        event = _event(plan, f"milestone-{milestone.id}", milestone.on, (milestone.title, about), stamp)
        if finished := done.get(milestone.id):
            event.subcomponents.clear()
            text = say(N_("done {day}, {by}")).format(day=finished.on, by=flat(finished.by))
            event["description"] = vText(f"{text}; {about}")
        made.add_component(event)
    back = say(N_("Send it to: {return_to}")).format(return_to=flat(plan.return_to)) if plan.return_to else ""
    for day, count in sorted(Counter(dues).items()):
        text = ngettext("{n} self-audit form is due", "{n} self-audit forms are due", count, plan.language)
        made.add_component(_event(plan, f"forms-{day}", day, (text.format(n=count), back), stamp))
    data: bytes = made.to_ical()
    return data


def _event(plan: Plan, name: str, day: date, texts: tuple[str, str], stamp: datetime) -> Event:
    title, about = texts
    event = Event()
    # the same name every time: a calendar then moves the event instead of adding another
    event.add("uid", f"{name}@{plan.id}")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    if day < date.max:
        # without an end it takes the day on which it begins, which is the same
        event.add("dtend", day + DAY)
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{flat(plan.title)}: {flat(title)}")
    if about:
        event.add("description", about)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", flat(title))
    alarm.add("trigger", -DAY)
    event.add_component(alarm)
    return event
