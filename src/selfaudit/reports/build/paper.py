"""Build the sheet on which a respondent signs the answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.model.finding import FIELD_OF
from selfaudit.model.form.answers import SAID, Said
from selfaudit.model.form.form import Respondent
from selfaudit.model.progress.paper import PaperCode, content_code
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.model.roster import Roster
from selfaudit.reports.build.person import counts_of, coverage_of, respondent_info, texts_of
from selfaudit.reports.context.paper import PaperSheet, SignedFinding
from selfaudit.reports.context.parts import AreaAnswersRow
from selfaudit.reports.document import Document
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import Figures
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import campaign_info, finding_text, known
from selfaudit.word.values import Figure, QrCode

TITLE = N_("Signature sheet")
LONGEST_FACT, LONGEST_DISPOSITION = 40, 24
"""How wide the texts of a finding may be, in Chinese characters; two lines of the table."""


def paper_code(content: Mapping[str, Any], digest: str) -> str:
    """Return the code of the answers whose canonical content has this hash."""
    return str(PaperCode(content["passport"], content_code(digest)))


def paper_sheet(setting: Setting, standing: Standing) -> PaperSheet:
    """Return what the sheet of somebody who answered says."""
    evidence = Evidence(setting, [standing])
    figures = Figures(setting.wording, evidence.voice)
    texts = texts_of(setting, standing)
    plan, respondent = setting.kit.plan, standing.respondent
    code = paper_code(standing.content or {}, standing.digest)
    written = [box.title for box in texts.suggestions if box.text]
    return PaperSheet(
        title=setting.wording.tr(TITLE),
        body=setting.roster.body.name,
        campaign=campaign_info(setting),
        printed_on=setting.wording.date(setting.today),
        respondent=respondent_info(setting, standing),
        by_unit=respondent.answers == "unit",
        signer=_signer(respondent, setting.roster),
        seal=any(role.seal for role in plan.roles if role.id in respondent.roles),
        code=code,
        qr=QrCode(code),
        counts=counts_of(setting, respondent, evidence.tallies, figures),
        areas=tuple(_areas(evidence)),
        coverage=coverage_of(setting, standing, figures),
        findings=tuple(_finding(finding, setting) for finding in evidence.findings),
        asked_for_suggestions=bool(plan.suggestions) and respondent.answers != "file",
        suggestions=Figure("suggestions", len(written), setting.wording.tr(N_("suggestions")), tuple(written)),
        declaration=plan.declaration,
        return_to=plan.return_to,
    )


def _signer(respondent: Respondent, roster: Roster) -> str:
    if respondent.answers != "unit":
        return respondent.reviewer or respondent.name
    unit = roster.unit_of.get(respondent.unit)
    head = roster.person_of.get(unit.head) if unit else None
    return head.name if head else ""


def _areas(evidence: Evidence) -> Iterator[AreaAnswersRow]:
    setting = evidence.setting
    for area, title in setting.areas.items():
        items: dict[Said, list[str]] = {said: [] for said in SAID}
        for item, tally in evidence.tallies.items():
            if known(setting.kit.area_of.get(item, ""), setting.areas) == area:
                for answer, who in tally.by_answer.items():
                    if who:
                        items[answer].append(item)
        if any(items.values()):
            counts = {
                str(answer): Figure(f"answers.area.{area}.{answer}", len(answered), title, tuple(answered))
                for answer, answered in items.items()
            }
            yield AreaAnswersRow(title=title, **counts)


def _finding(finding: FindingRecord, setting: Setting) -> SignedFinding:
    def said(key: str) -> str:
        return finding_text(FIELD_OF[key], finding, setting)

    return SignedFinding(
        item=finding.place,
        severity=said("severity"),
        fact=on_one_line(said("fact"), LONGEST_FACT),
        disposition=on_one_line(said("disposition"), LONGEST_DISPOSITION),
    )


def on_one_line(text: str, width: int) -> str:
    """Return a text on one line that is at most so wide, in Chinese characters; what is left out leaves an ellipsis."""
    line = " ".join(text.split())
    if _width(line) <= width:
        return line
    kept = line[: 2 * width]
    while _width(kept) > width - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text)


DOCUMENT = Document(
    name="paper",
    word=N_("signature sheet"),
    audience="respondent",
    context=PaperSheet,
    build=lambda request: paper_sheet(request.setting, request.standing),
    folder="papers",
    ending=N_("signature-sheet"),
)
