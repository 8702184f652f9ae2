"""Loads what people edit in a campaign, with every mistake in it."""

from dataclasses import dataclass, field

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, errors, warning
from selfaudit.files.yaml.reader import Document
from selfaudit.model.facts import check_profile
from selfaudit.model.holders import check_roster
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.outline_check import NO_CHAPTER
from selfaudit.model.kit.plan import Plan
from selfaudit.model.names import PLAN, PROFILE, ROSTER
from selfaudit.model.profile import Profile
from selfaudit.model.roster import Roster
from selfaudit.store.kits import LoadedKit, load_parts, read_text
from selfaudit.store.layout import Layout
from selfaudit.store.model_reader import read_model
from selfaudit.store.roster.check import roster_problems

NAME_OPEN = warning(
    "roster.name-open", N_("the name of the body has not been entered yet"), N_("Write it after name:.")
)

BODY_NAME_OPEN = "……"
"""What ``init`` writes for the body's name until somebody fills it in."""


@dataclass(slots=True)
class LoadedCampaign:
    """Everything that people edit in a campaign folder, with all the mistakes in it and the places of its contents.

    Whoever has left is not on the roster any more, only on that of ``everybody``.
    """

    kit: Kit | None
    roster: Roster | None
    profile: Profile | None
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    everybody: Roster | None = None

    def usable(self, *, reported: bool = False) -> tuple[Kit, Roster]:
        """Return kit and roster, or stop with everything that is wrong with them.

        The profile is needed by the final report only, which tells what is wrong with it. That the report has no place
        for something that is asked stops only what is to be ``reported``: what came back is still to be worked with.
        """
        passed = () if reported else (NO_CHAPTER,)
        found = [one for one in errors(self.problems) if one.where.file != PROFILE and one.kind not in passed]
        if found or self.kit is None or self.roster is None:
            raise UserError(found)
        return self.kit, self.roster


def load_campaign(campaign: Layout) -> LoadedCampaign:
    """Load plan, checklists, roster and profile with every mistake in any of them."""
    loaded = load_parts(campaign.plan_file, campaign.checklists, campaign.root)
    roster = _roster(campaign, loaded)
    profile = _profile(campaign, loaded)
    if loaded.kit and roster:
        roster = roster.knowing(loaded.kit.plan)
        loaded.locate(check_roster(loaded.kit, roster, today()))
    if loaded.kit and profile:
        loaded.locate(check_profile(loaded.kit.plan, profile, roster, today()))
    present = roster.as_of(today()) if roster else None
    return LoadedCampaign(loaded.kit, present, profile, loaded.problems, loaded.documents, roster)


def load_plan(campaign: Layout) -> Plan:
    """Load the plan alone, for commands that need nothing else."""
    problems: list[Problem] = []
    text = read_text(campaign.plan_file, PLAN, problems)
    plan = None
    if text is not None:
        plan, _, problems = read_model(text, PLAN, Plan)
    if plan is None or errors(problems):
        raise UserError(errors(problems))
    return plan


def _roster(campaign: Layout, loaded: LoadedKit) -> Roster | None:
    text = read_text(campaign.roster_file, ROSTER, loaded.problems)
    if text is None:
        return None
    roster, document, problems = read_model(text, ROSTER, Roster)
    loaded.documents[ROSTER] = document
    loaded.problems += problems
    if roster:
        found = roster_problems(document.data if errors(problems) else roster, document.where)
        loaded.problems += found
        if roster.body.name == BODY_NAME_OPEN:
            loaded.problems.append(NAME_OPEN(document.where(("body", "name"))))
    return roster


def _profile(campaign: Layout, loaded: LoadedKit) -> Profile | None:
    if not campaign.profile_file.is_file():
        return None
    text = read_text(campaign.profile_file, PROFILE, loaded.problems)
    if text is None:
        return None
    profile, loaded.documents[PROFILE], problems = read_model(text, PROFILE, Profile)
    loaded.problems += problems
    return profile
