"""What a campaign says about the body's own data: its registers, and the checks that can run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.problems import Problem, UserError, errors
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.consistency import DataFiles, check_data
from selfaudit.model.data.kit import DataKit
from selfaudit.model.names import DATA_CHECKS
from selfaudit.store.data_kits import LoadedData, load_data_kit
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.workspace import Workspace


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
