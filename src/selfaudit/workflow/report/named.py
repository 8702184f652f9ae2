"""Any document by its name, whatever it is for."""

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.reports.context.final import FinalReport
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.writing.documents import document_of
from selfaudit.workflow.common.writing.setting import setting_of
from selfaudit.workflow.report.final import Final, write_final
from selfaudit.workflow.report.manner import Manner
from selfaudit.workflow.report.several import Written, write_one, write_reports

NO_NAMES = error(
    "report.no-names",
    N_("“{document}” is for the whole body, so that nobody can be named for it"),
    N_("Leave the names out."),
)


def write_named(workspace: Workspace, name: str, names: tuple[str, ...], manner: Manner) -> Written | Final:
    """Write a document: one for the body or its draft, or one each for units, people or findings, all or some."""
    setting = setting_of(workspace, masked=manner.masked)
    document = document_of(name, setting.kit.plan)
    if document.audience != "body":
        return write_reports(workspace, document, setting, names, manner)
    if names:
        raise UserError(NO_NAMES(document=name))
    if document.context is not FinalReport:
        return write_one(workspace, document, setting, manner)
    return write_final(workspace, "final or draft", None, manner, document)
