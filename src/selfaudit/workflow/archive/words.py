"""What the folders and files of a campaign are, in words, for who has never seen one."""

from collections.abc import Mapping

from selfaudit.base.i18n import N_
from selfaudit.store.layout import Layout


def words_for(layout: Layout) -> Mapping[str, str]:
    """Return message ids by the first part of a file's name; what a person added is not among them."""
    return {
        layout.ledger_file.name: N_("the ledger, an SQLite 3 database: what was issued, what came back, who did what"),
        layout.plan_file.name: N_("the plan: dates, roles, what the notice asks for"),
        layout.secret_file.name: N_("the secret of the numbers on the forms: whoever has it can make up such numbers"),
        layout.issued_file.name: N_("every form that was issued, for the case that the ledger is lost"),
        layout.roster_file.name: N_("units and people"),
        layout.replaced_roster_file.name: N_("units and people before the last change"),
        layout.profile_file.name: N_("facts about the body"),
        layout.merged_file.name: N_("what everybody said, for other programs"),
        layout.checklists.name: N_("the questions and the legal basis"),
        layout.templates.name: N_("Word templates of this campaign"),
        layout.registers.name: N_("data of the body"),
        layout.case_files.name: N_("audit records"),
        layout.look_alikes.name: N_("which audit records repeat each other"),
        layout.inbox.name: N_("files as they were put there, before they were taken in"),
        layout.outbox.name: N_("forms as they were issued, and reminders"),
        layout.received.name: N_("every file that came back, unchanged, named by its SHA-256"),
        layout.rejections.name: N_("texts to those whose files could not be used"),
        layout.papers.name: N_("signed sheets by unit, and the scans as they came"),
        layout.evidence.name: N_("files that prove what somebody answered, named by their SHA-256"),
        layout.deliverables.name: N_("other documents that the notice asks for, as they were filed"),
        layout.notices.name: N_("notices as they were made, and what shows that they arrived"),
        layout.exceptions_file.name: N_("what the body has excepted from its data checks"),
        layout.previous_file.name: N_("what an earlier campaign found, to tell what came back"),
        layout.upload.name: N_("what was sent to the authority"),
        layout.reports.name: N_("reports and other documents that were written"),
    }
