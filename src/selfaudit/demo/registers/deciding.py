"""Who reviewed each application and decided on each certificate, and who supported them with knowledge of the code."""

from collections import defaultdict
from datetime import date

from selfaudit.demo.registers.people import Auditor, Staff
from selfaudit.demo.registers.world import World


def decide(world: World, staff: Staff) -> None:
    """Fill in reviewers, deciders and their supporters, who know the code, are not in the team, and not on site."""
    rng = world.rng
    knowing: dict[str, list[Auditor]] = defaultdict(list)
    for team in staff.teams:
        knowing[team.industry.codes[0]] += [team.auditors[0], team.auditors[1]]
    in_team = defaultdict(set)
    for row in world.rows["assignments"]:
        in_team[row["project"]].add(row["name"])

    def supporters(code: str, project: str, day: date) -> list[str]:
        free = [one.name for one in knowing[code] if day not in one.busy and one.name not in in_team[project]]
        return rng.sample(free, min(len(free), rng.randint(1, 2)))

    deciders = {}
    for row in world.rows["audits"]:
        reviewer, number = rng.choice(staff.reviewers)
        row |= {"reviewer": reviewer, "reviewer_id": number}
        if row["type"] in ("initial", "recertification"):
            row["review_supporters"] = supporters(row["codes"][0], row["project"], row["reviewed_on"])
        if row["decided_on"]:
            decider, number = rng.choice(staff.deciders)
            row |= {"deciders": [decider], "decider_id": number}
            deciders[row["certificate"]] = [decider]
            if row["type"] in ("initial", "recertification"):
                row["decision_supporters"] = supporters(row["codes"][0], row["project"], row["decided_on"])
    for row in world.rows["certificates"]:
        row["deciders"] = deciders.get(row["number"], [])
