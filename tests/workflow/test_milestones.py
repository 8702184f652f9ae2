"""``milestone``: what of the plan is done is entered by name and shown wherever the plan is."""

from icalendar import Calendar

from tests.support.campaign import Campaign

DONE = ("milestone", "done", "back", "--by", "王主任", "--on", "2023-11-06", "--note", "纪要在柜")


def test_what_is_not_done_in_time_is_overdue_until_it_is(campaign: Campaign) -> None:
    ran = campaign.run("milestone", "list", "--json")
    assert (ran.code, ran.data[0]["overdue"]) == (1, True)
    assert "days overdue" in campaign.run("status").out
    assert campaign.run(*DONE).code == 0
    ran = campaign.run("milestone", "list", "--json")
    assert (ran.code, ran.data[0]["overdue"]) == (0, False)
    assert ran.data[0]["done"] == {"on": "2023-11-06", "by": "王主任", "note": "纪要在柜"}
    assert "2023-11-07  交回自查表  (done 2023-11-06, 王主任: 纪要在柜)" in campaign.run("status").out
    assert campaign.journal()[-1][0] == "milestone"
    assert "交回自查表: milestone done on 2023-11-06" in campaign.run("journal", "list").out
    figures = {one["id"]: one["value"] for one in campaign.run("report", "--explain", "--json").data}
    assert not figures.get("conduct.decisions"), "it stands in the plan, not among what was decided about answers"


def test_the_page_says_who_and_when_and_not_the_note(campaign: Campaign) -> None:
    campaign.run(*DONE)
    campaign.run("status", "--html", "page.html")
    page = (campaign.root / "page.html").read_text(encoding="utf-8")
    assert "done 2023-11-06, 王主任" in page
    assert "纪要在柜" not in page


def test_the_calendar_says_so_and_gives_no_alarm(campaign: Campaign) -> None:
    campaign.run(*DONE)
    campaign.run("remind")
    (file,) = campaign.root.glob("outbox/reminders/*/milestones.ics")
    events = {str(event["summary"]): event for event in Calendar.from_ical(file.read_bytes()).events}
    back = events["小型自查: 交回自查表"]
    assert "2023-11-06 完成，王主任登记" in str(back["description"])
    assert not back.subcomponents
    assert all(event.subcomponents for event in events.values() if event is not back)


def test_entered_again_it_tells_what_it_replaces(campaign: Campaign) -> None:
    assert "is replaced" not in campaign.run(*DONE).out
    again = campaign.run("milestone", "done", "back", "--by", "李主任", "--on", "2023-11-07", "--note", "补交")
    assert "“交回自查表” was entered before, and that is replaced: done 2023-11-06, 王主任: 纪要在柜." in again.out
    assert "done 2023-11-07, 李主任: 补交" in again.out


def test_it_can_be_undone_once(campaign: Campaign) -> None:
    campaign.run(*DONE)
    assert campaign.run("milestone", "done", "交回自查表", "--undo", "--by", "王主任").code == 0
    assert campaign.run("milestone", "list", "--json").data[0]["done"] is None
    ran = campaign.run("milestone", "done", "back", "--undo", "--by", "王主任")
    assert (ran.code, "“交回自查表” is not entered as done" in ran.err) == (3, True)


def test_what_is_no_milestone_or_no_day_is_refused_with_what_there_is(campaign: Campaign) -> None:
    ran = campaign.run("milestone", "done", "动员会", "--by", "王主任")
    assert (ran.code, "Known: back (交回自查表)." in ran.err) == (3, True)
    ran = campaign.run("milestone", "done", "back", "--by", "王主任", "--on", "2123-01-01")
    assert (ran.code, "is no day up to today" in ran.err) == (3, True)
    assert campaign.run("milestone", "list", "--json").data[0]["done"] is None
