"""What the template of a signature sheet can print; see ``context``."""

from dataclasses import dataclass
from typing import Annotated

from selfaudit.reports.context.parts import AreaAnswersRow, CampaignInfo, Counts, RespondentInfo, TitledFigure
from selfaudit.word.values import Figure, QrCode


@dataclass(frozen=True, slots=True)
class SignedFinding:
    """A finding, in as few words as fit on a line or two."""

    item: Annotated[str, "item and part, such as 3.2 a"]
    severity: Annotated[str, "how severe"]
    fact: Annotated[str, "what was found, shortened"]
    disposition: Annotated[str, "how it is handled, shortened"]


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """The sheet on which a respondent signs the answers: in short what they said, and a code for all of it."""

    title: Annotated[str, "title of the document"]
    body: Annotated[str, "name of the body"]
    campaign: Annotated[CampaignInfo, "the campaign"]
    printed_on: Annotated[str, "date of the document"]
    respondent: Annotated[RespondentInfo, "who answered"]
    by_unit: Annotated[bool, "whether a unit answered, so that its head signs"]
    signer: Annotated[str, "name of the person who signs; empty for a unit without a head in the roster"]
    seal: Annotated[bool, "whether a seal is required"]
    code: Annotated[str, "passport and content code with check digits, as text"]
    qr: Annotated[QrCode, "the same as a QR code; print it in the header, so that it is on every page"]
    counts: Annotated[Counts, "items by answer"]
    areas: Annotated[tuple[AreaAnswersRow, ...], "the answers by area, only areas that were asked"]
    coverage: Annotated[tuple[TitledFigure, ...], "coverage figures"]
    findings: Annotated[tuple[SignedFinding, ...], "findings"]
    asked_for_suggestions: Annotated[bool, "whether there are boxes for suggestions"]
    suggestions: Annotated[Figure, "number of suggestion boxes filled in"]
    declaration: Annotated[str, "text of the declaration"]
    return_to: Annotated[str, "where signed sheets go; may be empty"]
