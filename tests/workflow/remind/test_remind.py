"""``remind``: texts, mails and a calendar for those who have not answered, each stage once a day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from selfaudit.base.clock import stopped_at
from selfaudit.files import atomic as files
from tests.support.campaign import Campaign
from tests.support.folders import leaves, plant
from tests.support.program import Ran
from tests.support.tiny import EVERYBODY, ROSTER

Inside = Callable[..., Ran]
ROWS = "SELECT respondent, stage, day, state, addressee FROM reminders ORDER BY day, rowid"
MANAGEMENT = "  - {id: M, name: 管理层, kind: management, head: P9}\n"
BOSS = "  - {id: P9, name: 总经理, unit: M, email: boss@example.com}\n"


def roster(**changes: str) -> str:
    """Return the roster with a management above the technical department; changes by words without blanks."""
    text = ROSTER.replace("units:\n", "units:\n" + MANAGEMENT).replace("head: P3}", "head: P3, parent: M}") + BOSS
    text = text.replace("name: 王五, unit: T", "name: 王五, unit: T, email: wu@example.com")
    for old, new in changes.items():
        text = text.replace(f"name: {old},", f"name: {new},")
    return text


@pytest.fixture(scope="module")
def half_open(answered: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign in which 王五 has not answered and 李四 not completely, with a management above them."""
    made = answered.copy(tmp_path_factory.mktemp("half open") / "campaign")
    plant(made.root, {"roster.yaml": roster()})
    made.edit("campaign.yaml", "scope: 全部认证活动", "scope: 全部认证活动\nreturn_to: 技术部 audit@example.com")
    made.receive("李四 更正.yaml", made.filled("李四", on="2023-11-06", declaration="", notes={"2.3": "没有"}))
    made.run("collect")
    return made


@pytest.fixture
def staffed(half_open: Campaign, tmp_path: Path) -> Campaign:
    """The same, to be changed."""
    return half_open.copy(tmp_path / "campaign")


def remind(inside: Inside, campaign: Campaign, day: int, *args: str, hour: int = 8) -> Ran:
    """Run the command on a day of November 2023."""
    with stopped_at(datetime(2023, 11, day, hour, tzinfo=UTC)):
        return inside("remind", "--campaign", campaign.root, *args)


def written(campaign: Campaign, day: int) -> dict[str, bytes]:
    """Return the files of a day by name."""
    return leaves(campaign.root / f"outbox/reminders/2023-11-{day:02d}")


def text(campaign: Campaign, day: int, beginning: str) -> str:
    """Return the one text of a day whose name begins so."""
    (found,) = [data for name, data in written(campaign, day).items() if name.startswith(beginning)]
    return found.decode()


def mail(campaign: Campaign, day: int, beginning: str) -> EmailMessage:
    """Return the one mail of a day whose name begins so, as any mail program reads it."""
    message = BytesParser(policy=default).parsebytes(text(campaign, day, f"mail/{beginning}").encode())
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def body(message: EmailMessage) -> str:
    """Return the text of a mail."""
    part = message.get_body()
    assert part is not None
    return str(part.get_content())


def test_nobody_is_reminded_when_everybody_has_answered(answered_campaign: Campaign) -> None:
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五"))
    answered_campaign.run("collect")
    ran = answered_campaign.run("remind")
    assert (ran.code, ran.out) == (0, "Nobody needs a reminder.\n")
    assert not (answered_campaign.root / "outbox/reminders").exists()
    assert "remind" not in dict(answered_campaign.journal())


def test_the_program_names_whom_it_reminds_by_unit_and_where_the_texts_are(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("remind")
    assert ran.code == 1
    assert ran.out.startswith("first reminder:\n  技术部: 王五\nWrote 3 files to outbox/reminders/20")
    assert "note: no e-mail address is known for 王五" in ran.err
    assert "note: campaign.yaml does not say where forms are to be sent" in ran.err


def test_each_day_brings_the_next_stage_and_the_ledger_says_who_was_chased_when(
    staffed: Campaign, inside: Inside
) -> None:
    for day in (3, 4, 5, 8):
        assert remind(inside, staffed, day, "--only", "王五").code == 1
    assert [(stage, day) for _, stage, day, *_ in staffed.rows(ROWS)] == [
        ("first", "2023-11-03"),
        ("second", "2023-11-04"),
        ("last", "2023-11-05"),
        ("last", "2023-11-08"),
    ]
    assert staffed.rows(ROWS)[0] == ("person:P3", "first", "2023-11-03", "missing", "王五")
    told = [detail for what, detail in staffed.journal() if what == "remind"][:2]
    assert [{key: one[key] for key in one if key != "rows"} for one in told] == [
        {"day": "2023-11-03", "first": ["person:P3"]},
        {"day": "2023-11-04", "second": ["person:P3"]},
    ]
    staffed.verify_journal()


def test_the_tone_rises_and_the_last_names_the_consequence(staffed: Campaign, inside: Inside) -> None:
    consequence = "编制自查报告时仍未填报的，将在报告中如实列明。"
    for day in (3, 4, 5):
        remind(inside, staffed, day)
    first, second, last = (text(staffed, day, "技术部_T_") for day in (3, 4, 5))
    assert "请予催办，督促其填好后交回" in first
    assert "再次催办" in second
    assert (first + second).count(consequence) == 0
    assert last.count(consequence) == 2
    assert consequence in body(mail(staffed, 5, "王五"))


def test_a_text_says_who_what_by_when_and_where_to(staffed: Campaign, inside: Inside) -> None:
    remind(inside, staffed, 4)
    about, own = text(staffed, 4, "技术部_T_首次催办.txt"), text(staffed, 4, "北京分公司_B_首次催办.txt")
    assert about.startswith("小型自查：首次催办\n\n技术部 王五：\n")
    assert "尚未交回（1）：\n1. 王五：交回期限2023年11月6日（还有 2 天）\n" in about
    assert "填写不完整（1）：\n1. 李四：交回期限2023年11月6日（还有 2 天）\n   - 没有确认声明 → " in own
    assert about.count("技术部 audit@example.com") == 2
    assert "某认证公司\n2023年11月4日\n" in about


@pytest.mark.parametrize(("day", "said"), [(5, "还有 1 天"), (6, "今天到期"), (7, "已逾期 1 天")])
def test_a_text_counts_the_days(staffed: Campaign, inside: Inside, day: int, said: str) -> None:
    remind(inside, staffed, day)
    assert f"交回期限2023年11月6日（{said}）" in text(staffed, day, "技术部_T_")


def test_an_english_campaign_gets_english_texts_whatever_the_console_speaks(staffed: Campaign, inside: Inside) -> None:
    staffed.edit("campaign.yaml", "language: zh_CN", "language: en")
    with stopped_at(datetime(2023, 11, 7, 8, tzinfo=UTC)):
        assert "首次催办：\n" in inside("--lang", "zh_CN", "remind", "--campaign", staffed.root).out
    about = text(staffed, 7, "技术部_T_first reminder.txt")
    assert "Not returned (1):\n1. 王五: due on 6 November 2023 (1 day overdue)\n" in about
    assert "has not been returned yet.\nPlease fill it in and send it back.\nSend it to: 技术部" in about
    assert "not answered" not in text(staffed, 7, "北京分公司_B_")
    gap = "- the declaration is not accepted → Accept it at the end of the form.\n"
    assert text(staffed, 7, "北京分公司_B_").count(gap) == 2


def test_a_second_run_on_the_same_day_gives_the_same_files_and_enters_nothing(
    staffed: Campaign, inside: Inside
) -> None:
    first = remind(inside, staffed, 4)
    files_then, ledger, journal = written(staffed, 4), staffed.ledger(), staffed.journal()
    again = remind(inside, staffed, 4, hour=15)
    assert (first.code, again.code) == (1, 1)
    assert written(staffed, 4) == files_then
    assert (staffed.ledger(), staffed.journal()) == (ledger, journal)


def test_the_rest_of_a_day_keeps_those_of_its_morning_in_the_texts(staffed: Campaign, inside: Inside) -> None:
    plant(staffed.root, {"roster.yaml": roster() + "  - {id: P8, name: 赵六, unit: T}\n"})
    staffed.run("issue")
    remind(inside, staffed, 4, "--only", "王五")
    remind(inside, staffed, 4, "--only", "赵六")
    about = text(staffed, 4, "技术部_T_")
    assert "1. 王五" in about
    assert "2. 赵六" in about
    assert [key for key, *_ in staffed.rows(ROWS)] == ["person:P3", "person:P8"]


def test_whoever_answers_after_the_morning_gets_no_text_in_the_afternoon(staffed: Campaign, inside: Inside) -> None:
    remind(inside, staffed, 4)
    assert any("王五" in name for name in written(staffed, 4))
    staffed.receive("王五.yaml", staffed.filled("王五"))
    staffed.run("collect")
    remind(inside, staffed, 4)
    assert not any("王五" in name or "技术部" in name for name in written(staffed, 4))
    assert ("person:P3", "first") in {row[:2] for row in staffed.rows(ROWS)}


def test_a_killed_run_is_finished_by_the_next_one(
    staffed: Campaign, inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = staffed.copy(tmp_path / "whole")
    remind(inside, whole, 4)
    count = len(written(whole, 4))
    for allowed in range(count + 1):
        campaign = staffed.copy(tmp_path / str(allowed))
        left = iter(range(allowed))
        with monkeypatch.context() as patch:
            patch.setattr("selfaudit.store.workspace.write_bytes", dying(left))
            with pytest.raises(Killed) if allowed < count else stopped_at(datetime(2023, 11, 4, tzinfo=UTC)):
                remind(inside, campaign, 4)
        assert campaign.rows(ROWS) == ([] if allowed < count else whole.rows(ROWS))
        remind(inside, campaign, 4)
        assert written(campaign, 4) == written(whole, 4)
        assert campaign.rows(ROWS) == whole.rows(ROWS)
        campaign.verify_journal()


class Killed(BaseException):
    """What a process that is killed does not survive."""


def dying(left: Any) -> Callable[..., None]:
    """Return a way to write files that works so many times."""

    def write(path: Path, data: bytes, scratch: Path | None = None) -> None:
        if next(left, None) is None:
            raise Killed
        files.write_bytes(path, data, scratch)

    return write


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (("--only", "王五"), {"王五"}),
        (("--unit", "北京分公司"), {"李四"}),
        (("--role", "auditor"), {"李四"}),
        ((), {"王五", "李四"}),
    ],
)
def test_only_those_who_are_meant_are_reminded(
    staffed: Campaign, inside: Inside, args: tuple[str, ...], names: set[str]
) -> None:
    data = remind(inside, staffed, 4, "--json", *args).data
    assert {entry["name"] for entry in data["reminders"]} == names


def test_a_name_that_nobody_has_is_told(staffed: Campaign, inside: Inside) -> None:
    ran = remind(inside, staffed, 4, "--only", "赵六")
    assert ran.code == 3
    assert "nobody matches “赵六”" in ran.err


def test_the_result_for_scripts_says_who_where_and_how_often_before(staffed: Campaign, inside: Inside) -> None:
    remind(inside, staffed, 3)
    ran = remind(inside, staffed, 7, "--json")
    assert ran.code == 1
    entry = next(entry for entry in ran.data["reminders"] if entry["name"] == "王五")
    assert entry == {
        "respondent": "person:P3",
        "name": "王五",
        "unit": "技术部",
        "stage": "second",
        "state": "missing",
        "due": "2023-11-06",
        "addressee": "王五",
        "email": "wu@example.com",
        "reminded_before": 1,
        "earlier_today": False,
    }
    assert ran.data["folder"] == "outbox/reminders/2023-11-07"
    assert set(ran.data["files"]) == {f"outbox/reminders/2023-11-07/{name}" for name in written(staffed, 7)}


def test_a_mail_is_a_draft_to_whoever_is_meant_with_his_forms(staffed: Campaign, inside: Inside) -> None:
    remind(inside, staffed, 4)
    message = mail(staffed, 4, "王五_")
    assert message["X-Unsent"] == "1"
    assert message["Date"] is None
    assert message["Subject"] == "小型自查：首次催办"
    (address,) = message["To"].addresses
    assert (address.display_name, address.addr_spec) == ("王五", "wu@example.com")
    issued = {
        path.name: path.read_bytes() for path in staffed.root.glob("outbox/技术部/王五_*") if path.suffix != ".txt"
    }
    assert {part.get_filename(): part.get_content() for part in message.iter_attachments()} == issued
    raw = written(staffed, 4)[next(name for name in written(staffed, 4) if name.startswith("mail/王五_"))]
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_a_second_run_on_the_same_day_says_that_nobody_was_moved_on(staffed: Campaign, inside: Inside) -> None:
    remind(inside, staffed, 4, "--only", "王五")
    both = remind(inside, staffed, 4)
    assert both.out.startswith(
        "first reminder:\n  北京分公司: 李四\n"
        "Already reminded today, kept at the same stage (first reminder):\n  技术部: 王五\nWrote"
    )
    data = remind(inside, staffed, 4, "--json").data
    assert [entry["earlier_today"] for entry in data["reminders"]] == [True, True]


def test_only_the_files_of_those_who_are_meant_are_counted(staffed: Campaign, inside: Inside) -> None:
    remind(inside, staffed, 4)
    assert len(written(staffed, 4)) == 5
    files = remind(inside, staffed, 4, "--only", "王五", "--json").data["files"]
    assert len(files) == 3
    assert not any("李四" in name or "北京分公司" in name for name in files)


def test_when_nothing_was_issued_nobody_is_called_done(new_campaign: Campaign) -> None:
    ran = new_campaign.run("remind")
    assert (ran.code, ran.out) == (3, "")
    assert "no form of this campaign has been issued yet\n    → Run selfaudit issue first." in ran.err


def test_whoever_still_has_to_get_his_form_keeps_the_campaign_from_being_done(answered_campaign: Campaign) -> None:
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五"))
    answered_campaign.run("collect")
    plant(answered_campaign.root, {"roster.yaml": ROSTER + "  - {id: P8, name: 赵六, unit: T}\n"})
    assert answered_campaign.run("issue", "--only", "王五").code == 0
    ran = answered_campaign.run("remind")
    assert (ran.code, ran.out) == (1, "")
    assert "no form has been issued to 赵六 yet" in ran.err


def test_a_respondent_is_told_which_items_are_meant_and_what_to_do(campaign: Campaign, inside: Inside) -> None:
    campaign.receive("李四.yaml", campaign.filled("李四", on="2023-11-32", answers={"2.1 b": "", "2.2": "不适用"}))
    campaign.run("collect")
    remind(inside, campaign, 4, "--only", "李四")
    about, own = text(campaign, 4, "北京分公司_B_").split("─" * 48)
    assert "- 没有填写结论：2.1 b 到场 → 每个自查项和分项都要填写结论。\n" in own
    assert "2.2 公正" in own
    assert "到场" not in about
    assert "date of filling in" not in own
    assert "填报日期" in own


def test_a_superior_is_not_told_how_to_fill_in_a_form(staffed: Campaign, inside: Inside) -> None:
    remind(inside, staffed, 7, "--stage", "escalation")
    assert "   - 没有确认声明\n" in text(staffed, 7, "总经理_P9_")


def test_whoever_completes_an_older_form_gets_the_one_that_holds_now(staffed: Campaign, inside: Inside) -> None:
    old = staffed.form("李四").stem.partition("_")[2]
    staffed.edit("checklists/2-conduct.yaml", "ask: 是否没有利益冲突？", "ask: 是否没有任何利益冲突？")
    assert staffed.run("issue").code == 0
    remind(inside, staffed, 4)
    message = mail(staffed, 4, "李四_")
    new = staffed.form("李四").stem.partition("_")[2]
    assert old != new
    assert f"表单标识 {old}" in body(message)
    assert f"请在最近一次发放的填报表 {new} 中答复标明的问题" in " ".join(body(message).split())
    assert {str(part.get_filename()) for part in message.iter_attachments()} == {
        path.name for path in staffed.root.glob("outbox/北京分公司/李四_*") if path.suffix != ".txt"
    }


def test_two_people_of_one_name_are_told_apart(new_campaign: Campaign, inside: Inside) -> None:
    plant(new_campaign.root, {"roster.yaml": roster(张三="李四")})
    assert new_campaign.run("issue").code == 0
    ran = remind(inside, new_campaign, 4)
    assert "  审核部: 审核部, 李四（P1）\n  北京分公司: 北京分公司, 李四（P2）\n" in ran.out
    names = {name for name in written(new_campaign, 4) if "李四" in name}
    assert {name.partition("_")[0] for name in names} == {"mail/李四（P1）", "mail/李四（P2）"}
    assert "2. 李四（P2）：交回期限" in text(new_campaign, 4, "北京分公司_B_")
    shown = new_campaign.run("status")
    assert "审核部  李四（P1）" in shown.out
    assert "北京分公司  李四（P2）" in shown.out


def test_whoever_sent_half_of_it_gets_no_empty_form_and_is_told_what_is_open(staffed: Campaign, inside: Inside) -> None:
    ran = remind(inside, staffed, 4)
    message = mail(staffed, 4, "李四_")
    assert list(message.iter_attachments()) == []
    assert message["To"] is None
    assert "- 没有确认声明" in body(message)
    assert "note: no e-mail address is known for 李四\n" in ran.err


def test_a_form_that_is_no_longer_there_is_told(staffed: Campaign, inside: Inside) -> None:
    for path in staffed.root.glob("outbox/技术部/王五_*"):
        path.unlink()
    ran = remind(inside, staffed, 4, "--only", "王五")
    assert "warning: the form of 王五 is no longer in outbox/\n    → Their e-mails have no attachment" in ran.err
    assert list(mail(staffed, 4, "王五_").iter_attachments()) == []


def test_an_escalation_goes_to_each_superior_in_one_text_and_one_mail(staffed: Campaign, inside: Inside) -> None:
    remind(inside, staffed, 4)
    remind(inside, staffed, 7, "--stage", "escalation")
    about = text(staffed, 7, "总经理_P9_提请督促.txt")
    assert about.startswith("小型自查：提请督促\n\n总经理：\n")
    assert "1. 技术部 王五：交回期限2023年11月6日（已逾期 1 天）\n   此前催办：2023年11月4日\n" in about
    assert "1. 北京分公司 李四" in about
    message = mail(staffed, 7, "总经理_P9_")
    assert message["To"].addresses[0].addr_spec == "boss@example.com"
    assert body(message).splitlines() == about.splitlines()
    assert sorted(written(staffed, 7)) == ["mail/总经理_P9_提请督促.eml", "milestones.ics", "总经理_P9_提请督促.txt"]
    assert {row[1:] for row in staffed.rows(ROWS)[2:]} == {
        ("escalation", "2023-11-07", "missing", "总经理"),
        ("escalation", "2023-11-07", "incomplete", "总经理"),
    }


def test_where_nobody_is_above_it_is_said(answered_campaign: Campaign, inside: Inside) -> None:
    ran = remind(inside, answered_campaign, 7, "--stage", "escalation")
    assert ran.code == 1
    assert "warning: the roster names no superior of 王五\n    → In roster.yaml, name the head of the unit" in ran.err
    assert sorted(written(answered_campaign, 7)) == ["milestones.ics", "提请督促.txt"]
    assert answered_campaign.rows(ROWS) == [("person:P3", "escalation", "2023-11-07", "missing", "")]


def test_whoever_got_no_form_cannot_be_reminded_of_it(new_campaign: Campaign, inside: Inside) -> None:
    new_campaign.run("issue", "--only", "张三")
    ran = remind(inside, new_campaign, 4)
    assert "no form has been issued to 技术部, 审核部, 北京分公司, 李四, 王五 yet" in ran.err
    assert [key for key, *_ in new_campaign.rows(ROWS)] == ["person:P1"]


def test_the_calendar_holds_milestones_and_due_dates_with_an_alarm_the_day_before(
    staffed: Campaign, inside: Inside
) -> None:
    staffed.edit("campaign.yaml", "title: 交回自查表, on:", f'title: "交回自查表；全体, 尽快{"很长" * 40}", on:')
    remind(inside, staffed, 4)
    raw = written(staffed, 4)["milestones.ics"]
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    events: dict[str, Any] = {str(event["uid"]): event for event in Calendar.from_ical(raw).walk("VEVENT")}
    root = staffed.rows("SELECT value FROM meta WHERE key = 'id'")[0][0]
    assert set(events) == {f"milestone-back@{root}", f"forms-2023-11-06@{root}", f"forms-2023-11-07@{root}"}
    milestone = events[f"milestone-back@{root}"]
    assert milestone["summary"] == "小型自查: 交回自查表；全体, 尽快" + "很长" * 40
    assert (milestone["dtstart"].dt, milestone["dtend"].dt) == (date(2023, 11, 7), date(2023, 11, 8))
    assert milestone["dtstamp"].dt == datetime(2023, 11, 4, 8, tzinfo=UTC)
    assert [alarm["trigger"].dt for alarm in milestone.walk("VALARM")] == [timedelta(days=-1)]
    assert "（3 份）" in events[f"forms-2023-11-06@{root}"]["summary"]


def test_a_milestone_on_the_last_day_there_is_stops_nothing(staffed: Campaign, inside: Inside) -> None:
    staffed.edit("campaign.yaml", "title: 交回自查表, on: 2023-11-07,", "title: 交回自查表, on: 9999-12-31,")
    assert remind(inside, staffed, 4).code == 1
    raw = written(staffed, 4)["milestones.ics"]
    assert raw.count(b"DTSTART;VALUE=DATE:99991231") == 1
    assert raw.count(b"DTEND") == raw.count(b"DTSTART") - 1
    assert inside("status", "--campaign", staffed.root).code == 1


def test_hostile_names_break_neither_files_nor_mails(new_campaign: Campaign, inside: Inside) -> None:
    evil = '"../..\\\\x\\t\\u202e: <b>\\u3002{who} ; rm\\nBcc: all@example.com"'
    plant(new_campaign.root, {"roster.yaml": roster(王五=evil, 北京分公司=evil)})
    assert new_campaign.run("issue").code == 0
    before = set(leaves(new_campaign.root))
    ran = remind(inside, new_campaign, 4)
    assert ran.code == 1, ran.said
    new = set(leaves(new_campaign.root)) - before
    assert all(name.startswith("outbox/reminders/2023-11-04/") for name in new)
    assert len([name for name in new if name.endswith(".eml")]) == len(EVERYBODY) + 1
    for name in new:
        if name.endswith(".eml"):
            message = BytesParser(policy=default).parsebytes((new_campaign.root / name).read_bytes())
            assert message["Bcc"] is None
            assert not message.defects
            assert {line.partition(":")[0] for line in ("To", *message.keys())} >= {"X-Unsent", "Subject"}
    assert "\nBcc" not in "".join(data.decode() for name, data in leaves(new_campaign.root).items() if name in new)


def test_the_status_says_how_often_and_when_last_somebody_was_chased(staffed: Campaign, inside: Inside) -> None:
    assert "chased" not in staffed.run("status").out
    remind(inside, staffed, 4, "--only", "王五")
    assert "王五  overdue since 2023-11-06  reminded 2023-11-04 (first reminder)\n" in staffed.run("status").out
    remind(inside, staffed, 5, "--only", "王五")
    ran = staffed.run("status", "--html", "page.html")
    told = "reminded 2 times, last 2023-11-05 (second reminder)"
    assert f"王五  overdue since 2023-11-06  {told}\n" in ran.out
    assert told in (staffed.root / "page.html").read_text(encoding="utf-8")
    data = staffed.run("status", "--json").data
    (waiting,) = data["missing"]
    assert [(entry["stage"], entry["day"]) for entry in waiting["reminders"]] == [
        ("first", "2023-11-04"),
        ("second", "2023-11-05"),
    ]
    assert data["incomplete"][0]["reminders"] == []


def test_the_history_of_a_respondent_lists_his_reminders(staffed: Campaign, inside: Inside) -> None:
    remind(inside, staffed, 4)
    remind(inside, staffed, 4, "--stage", "escalation")
    assert staffed.run("status", "--of", "王五").out == (
        "王五  [person:P3]\n  Nothing received yet.\n"
        "  first reminder on 2023-11-04 to 王五\n  escalation on 2023-11-04 to 总经理\n"
    )
    history = staffed.run("status", "--of", "王五", "--json").data["reminders"]
    assert [(entry["stage"], entry["day"], entry["addressee"]) for entry in history] == [
        ("first", "2023-11-04", "王五"),
        ("escalation", "2023-11-04", "总经理"),
    ]


def test_the_report_counts_the_reminders_and_says_who_stands_behind_the_number(
    staffed: Campaign, inside: Inside
) -> None:
    staffed.edit("campaign.yaml", "holds: [findings, measures]", "holds: [findings, conduct, measures]")
    remind(inside, staffed, 4)
    staffed.receive("王五.yaml", staffed.filled("王五"))
    staffed.run("collect")
    figures = {
        entry["id"]: entry for entry in staffed.run("--lang", "zh_CN", "report", "final", "--explain", "--json").data
    }
    assert figures["conduct.reminders.reminded"]["value"] == 2
    assert figures["conduct.reminders.first.settled"]["value"] == 1
    (source,) = figures["conduct.reminders.first.settled"]["sources"]
    assert source.startswith("王五（")
    assert source.endswith("首次催办 2023年11月4日")


def test_whoever_has_the_page_or_the_workbook_is_told_how_to_complete_that(
    answered_campaign: Campaign, inside: Inside
) -> None:
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五", declaration=""))
    answered_campaign.run("collect")
    remind(inside, answered_campaign, 8, "--only", "王五")
    assert "请在已交回的文件上补充完整，再交回一次。" in text(answered_campaign, 8, "技术部")
    answered_campaign.run("issue", "--format", "html,xlsx")
    remind(inside, answered_campaign, 9, "--only", "王五")
    told = text(answered_campaign, 9, "技术部")
    assert "点“读取文件”，选择您交回的文件" in told
    assert "用 Excel 或 WPS 填报的" in told
    assert "请在已交回的文件上补充完整" not in told
