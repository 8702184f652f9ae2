"""What a document about one finding can print; see ``context``."""

from dataclasses import dataclass
from typing import Annotated

from selfaudit.reports.context.findings import FindingRow
from selfaudit.reports.context.parts import CampaignInfo, TitledText


@dataclass(frozen=True, slots=True)
class FindingSheet:
    """One finding, with what it was measured against and what is still to be said about it."""

    draft: Annotated[bool, "whether something is still missing"]
    title: Annotated[str, "title of the document"]
    body: Annotated[str, "name of the body"]
    identity: Annotated[tuple[TitledText, ...], "what else identifies the body, as on the first page of the report"]
    campaign: Annotated[CampaignInfo, "the campaign"]
    printed_on: Annotated[str, "date of the document"]
    finding: Annotated[FindingRow, "the finding"]
    unit: Annotated[str, "unit of whoever reported it"]
    ask: Annotated[str, "the question in answer to which it was reported; empty if it is no longer asked"]
    basis: Annotated[tuple[str, ...], "the legal basis of the item, with a mark on what is not verified"]
    missing: Annotated[tuple[str, ...], "what has still to be said of it, each by its label"]
