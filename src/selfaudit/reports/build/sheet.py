"""Puts together sheets: documents that are a few facts, then sections, then signatures."""

from collections.abc import Iterable

from selfaudit.base.i18n import N_
from selfaudit.reports.context.parts import TitledText
from selfaudit.reports.context.sheet import Block, Sheet
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import campaign_info
from selfaudit.word.values import QrCode


def sheet(setting: Setting, title: str, facts: Iterable[TitledText], blocks: Iterable[Block]) -> Sheet:
    """Return a sheet that nobody signs; the name of the campaign is among its facts."""
    return Sheet(
        title=title,
        body=setting.roster.body.name,
        campaign=campaign_info(setting),
        printed_on=setting.wording.date(setting.today),
        draft=False,
        facts=(TitledText(setting.wording.tr(N_("Campaign")), setting.kit.plan.title), *facts),
        blocks=tuple(one for one in blocks if one.text or one.rows),
        signatures=(),
        issued=False,
        code="",
        qr=QrCode(""),
    )


def notice_of(setting: Setting) -> str:
    """Return who ordered the self-audit, with number and date of their notice."""
    info = campaign_info(setting)
    return setting.wording.join(filter(None, (info.notice_issuer, info.notice)))
