"""What the template of a notice can print; see ``context``."""

from dataclasses import dataclass
from typing import Annotated

from selfaudit.reports.context.parts import CampaignInfo


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One disposition that a notice is about."""

    id: Annotated[str, "id of the disposition"]
    target: Annotated[str, "what it is about, such as the number of a certificate"]
    party: Annotated[str, "whose that is"]
    action: Annotated[str, "what is done"]
    reason: Annotated[str, "reason"]
    effective: Annotated[str, "date on which it takes effect"]
    follow_up: Annotated[str, "date by which it is followed up; may be empty"]


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """A notice: a letter with a number, or a sheet without an official head, which says what was decided."""

    title: Annotated[str, "heading of the notice"]
    kind: Annotated[str, "kind of notice"]
    body: Annotated[str, "name of the body"]
    campaign: Annotated[CampaignInfo, "the campaign"]
    number: Annotated[str, "number of the notice"]
    date: Annotated[str, "date of the notice"]
    addressee: Annotated[str, "to whom it goes; may be empty"]
    paragraphs: Annotated[tuple[str, ...], "text of the kit with everything filled in"]
    listed: Annotated[bool, "whether the dispositions are listed in a table"]
    target_title: Annotated[str, "title of the column of what they are about"]
    party_title: Annotated[str, "title of the column of whose that is"]
    rows: Annotated[tuple[NoticeRow, ...], "the dispositions"]
    attachments: Annotated[tuple[str, ...], "titles of what is attached"]
    issuer: Annotated[str, "who issues it"]
    copies: Annotated[str, "who gets a copy; may be empty"]
    red_head: Annotated[bool, "whether it has the red head of an official letter"]
    receipt: Annotated[bool, "whether a slip is printed on which receipt is signed"]
