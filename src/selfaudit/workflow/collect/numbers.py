"""Tells at once what cannot be right in the numbers that came back, before anybody signs them."""

from collections.abc import Collection

from selfaudit.base.problems import Problem, errors
from selfaudit.model.progress.coverage import doubtful
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.standings import coverage_given
from selfaudit.store.workspace import Workspace


def doubtful_numbers(workspace: Workspace, ledger: Ledger, came: Collection[str]) -> list[Problem]:
    """Return what cannot be right in the numbers of the units whose forms came, given whose they are by key.

    Nothing is said while checklists or roster have errors: these are told elsewhere, and collecting goes on.
    """
    loaded = workspace.load()
    if not came or loaded.kit is None or loaded.roster is None or errors(loaded.problems):
        return []
    given, site_of = list(coverage_given(ledger)), loaded.roster.site_of
    sites = {site_of(who.unit) for who, _ in given if who.key in came}
    return doubtful([(who, said) for who, said in given if site_of(who.unit) in sites], loaded.kit, loaded.roster)
