"""Who uses a campaign, by name: the one given with a command, else ``operator:`` of ``campaign.yaml``.

What a person decides bears such a name. The name of a login alone does not say which person it is: several share one,
and on another computer it is somebody else's.
"""

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.store.layout import Layout

NOBODY = error(
    "decision.nobody",
    N_("it is not known who decides this"),
    N_("Give your name with --by, or write it once into campaign.yaml, as operator: NAME."),
)
NO_REASON = error("decision.no-reason", N_("a decision needs a reason"), N_("Give it with --reason."))


def operator(campaign: Layout) -> str:
    """Return the name in ``campaign.yaml``; empty if there is none, or if the plan cannot be read now."""
    from selfaudit.store.loading import load_plan  # noqa: PLC0415 - pydantic takes longer than small commands

    try:
        return load_plan(campaign).operator
    except UserError:
        return ""


def decider(campaign: Layout, by: str) -> str:
    """Return who decides: ``by``, or the operator of the campaign; stop the command if nobody is named."""
    name = by.strip() or operator(campaign)
    if not name:
        raise UserError(NOBODY())
    return name


def decided(campaign: Layout, by: str, reason: str) -> tuple[str, str]:
    """Return who decides and why; stop the command if one is missing."""
    if not reason.strip():
        raise UserError(NO_REASON())
    return decider(campaign, by), reason.strip()
