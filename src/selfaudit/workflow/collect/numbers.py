"""Tells at once what cannot be right in the numbers that came back, before anybody signs them."""

import json
from collections.abc import Collection

from selfaudit.base.problems import Problem
from selfaudit.model.progress.coverage import CoverageCheck
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.respondents import units_of
from selfaudit.store.ledger.standings import coverage_given
from selfaudit.workflow.common.state.asking import Asking


def doubtful_numbers(ledger: Ledger, came: Collection[str]) -> list[Problem]:
    """Return what cannot be right in the numbers of the units whose forms came, given whose they are by key.

    It rests on the forms issued and asks for no other units: with thousands of respondents, one more form is no work.
    """
    sites: dict[str, str] = json.loads(ledger.meta("sites") or "{}")
    units = units_of(ledger)
    concerned = {sites.get(unit, unit) for key, unit in units.items() if key in came}
    inside = [unit for unit in dict.fromkeys(units.values()) if sites.get(unit, unit) in concerned]
    given, asking = list(coverage_given(ledger, inside)), Asking(ledger)
    asked = Forms(ledger).questions_of(who.key for who, *_ in given)
    titles = {field.id: field.title for questions in asked for field in questions.coverage}
    check = CoverageCheck(titles, lambda unit: sites.get(unit, unit))
    for who, numbers, answered, last in given:
        # a number counts under the title that it was given to, like any answer
        held = asking.holding({"coverage": numbers}, (), answered, asking.now(who, last)).content or {}
        check.add(who, held.get("coverage", {}))
    return check.found()
