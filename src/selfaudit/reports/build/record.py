"""Build the record of a review: what one reviewer says of one file, and what its first readers say to that."""

from collections.abc import Iterator
from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.model.progress.confirming import of_file
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.reports.build.person import respondent_info
from selfaudit.reports.build.samples import as_deliverable
from selfaudit.reports.build.summary import answered
from selfaudit.reports.confirmed import stands
from selfaudit.reports.context.parts import TitledText
from selfaudit.reports.context.sheet import Block, Sheet, block, cells
from selfaudit.reports.document import Document, Request
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.opinion import NO_PROBLEM
from selfaudit.reports.samples import FIRST_READER
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import finding_row

TITLE = N_("Review record")
_SIGNERS = (N_("Reviewer"), FIRST_READER)


def review_record(request: Request) -> Sheet:
    """Return a review for its reviewer and the first readers to sign; a draft until it is complete and uncontested."""
    setting, own = request.setting, request.standing
    found = Evidence(setting, [own]).findings
    blocks = (*answered(own, setting), *_findings(found, setting), *_outcome(own, len(found), setting))
    made = as_deliverable(setting, DOCUMENT, _facts(own, setting), blocks, _SIGNERS)
    # a spot check may have a word of its own for them, which a kit cannot know of all its files
    called = {setting.wording.tr(FIRST_READER): _first_reader(own, setting)}
    return replace(
        made, signatures=tuple(called.get(one, one) for one in made.signatures), draft=own.unsettled is not None
    )


def _first_reader(own: Standing, setting: Setting) -> str:
    return setting.read_by.get(own.respondent.drawn[0]) or setting.wording.tr(FIRST_READER)


def _facts(own: Standing, setting: Setting) -> Iterator[TitledText]:
    tr, who, info = setting.wording.tr, own.respondent, respondent_info(setting, own)
    yield TitledText(tr(N_("Number of the file")), who.drawn[1])
    for title, text in who.about.items():
        yield TitledText(title, setting.text(text))
    yield TitledText(tr(N_("Reviewer")), who.reviewer)
    yield TitledText(tr(N_("Filled in by")), setting.wording.join(filter(None, (info.filled_by, info.filled_on))))
    yield TitledText(tr(N_("Form number")), own.passport)


def _findings(found: list[FindingRecord], setting: Setting) -> Iterator[Block]:
    tr = setting.wording.tr
    # what is to happen to whom is not for a first reader to sign, who may be one of them
    head = (N_("No."), N_("What was found"), N_("Basis"), N_("Severity"))
    rows = (finding_row(one, setting) for one in found)
    table = (cells(row.short_id, row.fact, row.basis, row.severity) for row in rows)
    yield block(tr(N_("Findings")), "", tuple(map(tr, head)), tuple(table))


def _outcome(own: Standing, problems: int, setting: Setting) -> Iterator[Block]:
    tr = setting.wording.tr
    told = tr(N_("problems found: {n}")).format(n=problems) if problems else tr(NO_PROBLEM)
    yield block(tr(N_("Conclusion")), tr(N_("none yet: the review is not complete")) if own.unsettled else told)
    said = [one for one in of_file(setting.confirmed, *own.respondent.drawn) if one.state != "open"]
    yield block(tr(N_("{reader}: opinion")).format(reader=_first_reader(own, setting)), stands(said, tr))


DOCUMENT = Document(
    name="review-record",
    word=N_("review"),
    audience="file",
    context=Sheet,
    build=review_record,
    ending=TITLE,
    like="sheet",
    delivered=True,
)
