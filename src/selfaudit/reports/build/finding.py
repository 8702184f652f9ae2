"""Build a document about one finding."""

from selfaudit.base.i18n import N_
from selfaudit.model.finding import FIELD_OF
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.reports.build.outline import first_page
from selfaudit.reports.build.person import questions
from selfaudit.reports.context.finding import FindingSheet
from selfaudit.reports.document import Document
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import campaign_info, finding_row


def finding_sheet(setting: Setting, standing: Standing, finding: FindingRecord) -> FindingSheet:
    """Return what a document says of a finding; it is a draft while something is missing or who reported it is at odds.

    What its reporter suggests and points at stays out of it.
    """
    item = setting.kit.items.get(finding.item)
    lacking = setting.lacking(finding)
    called = {field.key: field for field in (*FIELD_OF.values(), *setting.kit.plan.fields)}
    return FindingSheet(
        draft=bool(lacking) or standing.conflict,
        title=setting.wording.tr(N_("Finding {id}")).format(id=finding.short_id),
        body=setting.roster.body.name,
        identity=first_page(setting).lines,
        campaign=campaign_info(setting),
        printed_on=setting.wording.date(setting.today),
        finding=finding_row(finding, setting),
        unit=finding.respondent.unit_name,
        ask=dict(questions(item)).get(finding.data.get("part", ""), item.ask) if item else "",
        basis=setting.kit.basis_of(item) if item else (),
        missing=tuple(setting.wording.tr(called[key].asked) for key in lacking),
    )


DOCUMENT = Document(
    name="finding",
    word=N_("finding"),
    audience="finding",
    context=FindingSheet,
    build=lambda request: finding_sheet(request.setting, request.standing, request.found),
)
