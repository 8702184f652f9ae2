"""Build a notice: the sentences of the kit with what was decided filled in."""

from collections.abc import Iterable

from selfaudit.base.i18n import N_
from selfaudit.model.disposition.notice import Notice, Said
from selfaudit.model.kit.dispositions import NoticeKind, filled
from selfaudit.reports.context.notice import NoticeLetter, NoticeRow
from selfaudit.reports.document import Document
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import campaign_info

_ENDS = tuple("。！？：；.!?:;")
TARGET, PARTY = N_("About"), N_("Concerns")


def notice_letter(setting: Setting, kind: NoticeKind, number: str, notice: Notice) -> NoticeLetter:
    """Return what a notice says, from what was kept when its number was drawn."""
    values = slots_of(setting, kind, number, notice)
    titles = {(one.target, one.party) for one in setting.kit.plan.dispositions if _is_about(one.title, notice)}
    target, party = titles.pop() if len(titles) == 1 else ("", "")
    plan = setting.kit.plan
    said = [line for text in kind.text for line in filled(text, values).split("\n")]
    return NoticeLetter(
        title=filled(kind.heading, values) or kind.title,
        kind=kind.title,
        body=setting.roster.body.name,
        campaign=campaign_info(setting),
        number=number,
        date=values["date"],
        addressee=filled(kind.to, values),
        paragraphs=tuple(_ended(line, plan.language) for line in said if line.strip()),
        listed=kind.listed and (len(notice.says) > 1 or kind.one_for == "all"),
        target_title=target or setting.wording.tr(TARGET),
        party_title=party or setting.wording.tr(PARTY),
        rows=tuple(_row(one, setting, kind) for one in notice.says),
        attachments=tuple(text for one in kind.attachments if (text := filled(one, values))),
        issuer=filled(kind.issuer, values),
        copies=filled(kind.copies, values),
        red_head=kind.red_head,
        receipt=kind.receipt,
    )


def _ended(line: str, language: str) -> str:
    """Return a paragraph with the stop at its end; what is filled in often has none."""
    line = line.rstrip()
    return line if line.endswith(_ENDS) else line + ("。" if language == "zh_CN" else ".")


def _is_about(title: str, notice: Notice) -> bool:
    return any(one.class_title == title for one in notice.says)


def slots_of(setting: Setting, kind: NoticeKind, number: str, notice: Notice) -> dict[str, str]:
    """Return what is filled in for each slot; empty where there is nothing to print."""
    wording, plan = setting.wording, setting.kit.plan
    said = notice.says
    citations = {citation.id: citation for citation in setting.kit.citations}

    def joined(texts: Iterable[str]) -> str:
        return wording.join(dict.fromkeys(filter(None, map(setting.text, texts))))

    def clauses(texts: Iterable[str]) -> str:
        return wording.clauses(dict.fromkeys(filter(None, (setting.text(text).rstrip("。.") for text in texts))))

    cited = (wording.cite(citations[name]) for one in said for name in one.basis if name in citations)
    return {key: setting.text(text) for key, text in setting.facts.items()} | {
        "body": setting.roster.body.name,
        "number": number,
        "date": wording.date(notice.on),
        "party": joined(one.party for one in said),
        "target": joined(_target(one, kind) for one in said),
        "action": joined(one.action for one in said),
        "reason": clauses(one.reason for one in said),
        "effective": joined(wording.date(one.effective) for one in said),
        "follow_up": joined(wording.date(one.follow_up) for one in said),
        "basis": joined(dict.fromkeys(cited)),
        "findings": joined(name for one in said for name in one.findings),
        "facts": "\n".join(dict.fromkeys(setting.text(one.facts) for one in said if one.facts)),
        "note": clauses(one.note for one in said),
        "approved_by": joined(one.approved_by for one in said),
        "campaign": plan.title,
        "cut_off": wording.date(plan.cut_off),
    }


def _row(one: Said, setting: Setting, kind: NoticeKind) -> NoticeRow:
    return NoticeRow(
        id=one.id,
        target=setting.text(_target(one, kind)),
        party=setting.text(one.party),
        action=setting.text(one.action),
        reason=setting.text(one.reason),
        effective=setting.wording.date(one.effective),
        follow_up=setting.wording.date(one.follow_up),
    )


def _target(one: Said, kind: NoticeKind) -> str:
    return masked(one.target) if kind.masked else one.target


def masked(name: str) -> str:
    """Return a name of which only the beginning is to be read: 张某, B."""
    if not name:
        return ""
    return f"{name[0]}." if name[0].isascii() else f"{name[0]}某"


DOCUMENT = Document(
    name="notice",
    word=N_("notice"),
    audience="notice",
    context=NoticeLetter,
    build=lambda request: notice_letter(request.setting, *request.about_notice),
    folder="notices",
)
