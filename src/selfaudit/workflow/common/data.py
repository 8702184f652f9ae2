"""What a campaign says about the body's own data: its registers, and the checks that can run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, errors
from selfaudit.checks.facts import Words
from selfaudit.checks.schema import About
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.consistency import check_data
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.registers import DataFiles
from selfaudit.model.names import DATA_CHECKS
from selfaudit.reports.wording import Wording
from selfaudit.store.data_kits import LoadedData, load_data_kit
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.loading import BODY_NAME_OPEN, LoadedCampaign
from selfaudit.store.secret import persons_secret
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.registers import usable_registers
from selfaudit.workflow.common.supervised import Data


@dataclass(frozen=True, slots=True)
class CampaignData:
    """The registers, tables and codes, the checks with nothing wrong in their files, and what is wrong with others."""

    kit: DataKit
    checks: Mapping[str, DataCheck]
    problems: list[Problem]


def data_of(workspace: Workspace, campaign: LoadedCampaign) -> CampaignData:
    """Load what a campaign says about data; a mistake in a register or table stops, one in a check costs that check."""
    data: LoadedData = load_data_kit(workspace.checklists, workspace.root, [workspace.data_checks])
    data.locate(check_data(data.kit, campaign.kit, DataFiles(data.file_of, data.unread)), campaign.documents)
    own = {*data.documents, *data.file_of.values()}
    wrong = [one for one in errors(data.problems) if one.where.file in own]
    if found := [one for one in wrong if Path(one.where.file).parent.name != DATA_CHECKS]:
        raise UserError(found)
    files = {one.where.file for one in wrong}
    checks = {id_: check for id_, check in data.kit.checks.items() if data.file_of[id_] not in files}
    return CampaignData(data.kit, checks, wrong)


def asked_data(workspace: Workspace, ledger: Ledger, loaded: LoadedCampaign, kit: DataKit, day: date) -> Data:
    """Return what is asked as of a day: the registers as they are now, and what the campaign says of the body."""
    plan, roster = loaded.usable()[0].plan, loaded.usable()[1]
    facts = loaded.profile.facts if loaded.profile else {}
    number = next((facts.get(fact.id, "") for fact in plan.profile if fact.number_of_body), "")
    registers = usable_registers(workspace, ledger)
    wording = Wording(plan.language)
    yes, no = wording.tr(N_("yes")), wording.tr(N_("no"))
    return Data(
        kit,
        {id_: one.path for id_, one in registers.items()},
        {id_: one.version for id_, one in registers.items()},
        About(day, plan.cut_off, "" if roster.body.name == BODY_NAME_OPEN else roster.body.name, number),
        tuple(one.id for one in plan.severities),
        Words(wording.join(("", "")), yes, no, persons_secret(workspace, ledger, plan.id)),
    )
