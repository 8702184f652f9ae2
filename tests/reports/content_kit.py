"""A small campaign as data, and what its respondents may say, for tests of what reports say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone
from typing import Any

from selfaudit.base.problems import Kind, Problem, Severity
from selfaudit.model.form.building import FormBuilder, respondents
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.kit import Checklist, Citation, Kit
from selfaudit.model.kit.plan import Plan
from selfaudit.model.passport import respondent_code
from selfaudit.model.profile import Profile
from selfaudit.model.progress.standing import Standing
from selfaudit.model.roster import Roster
from selfaudit.reports.setting import Setting

BEIJING = timezone(timedelta(hours=8))
TODAY = date(2023, 11, 14)

PLAN: dict[str, Any] = {
    "format": "selfaudit/campaign/1",
    "kit": "tiny",
    "id": "tiny-2023",
    "code": "TK23",
    "title": "Tiny self-audit",
    "language": "en",
    "notice": {"issuer": "The authority", "number": "No. 3", "issued": "2023-10-24"},
    "legal_basis": ["law-1"],
    "cut_off": "2023-10-26",
    "scope": "All certification.",
    "working_group": [{"post": "Head", "members": "1", "duty": "Leads"}],
    "phases": [
        {"id": "answer", "title": "Check", "from": "2023-11-01", "to": "2023-11-07", "who": "all", "outputs": ["form"]}
    ],
    "milestones": [{"id": "back", "title": "Forms back", "on": "2023-11-07", "phase": "answer", "who": "all"}],
    "deliverables": [{"id": "form", "title": "Self-audit form"}],
    "areas": [{"id": "business", "title": "Business"}, {"id": "conduct", "title": "Conduct"}],
    "roles": [
        {"id": "tech", "title": "Technical department", "answers": "unit", "units": ["Technical"]},
        {"id": "branch", "title": "Branches", "answers": "unit", "kinds": ["branch"]},
        {"id": "auditor", "title": "Auditors", "answers": "person", "posts": ["auditor"]},
    ],
    "coverage": [
        {"id": "staff", "title": "Staff", "answers": ["unit"], "counted": "people"},
        {"id": "projects", "title": "Projects", "answers": ["unit", "person"]},
    ],
    "declaration": "All this is true.",
    "severities": [{"id": "severe", "title": "Severe"}, {"id": "minor", "title": "Minor"}],
    "dispositions": [{"id": "certificate", "title": "Certificates"}, {"id": "people", "title": "People"}],
    "handling": [{"who": "Technical", "does": "penalties"}],
    "finding_required": ["fact", "cause"],
    "suggestions": [{"id": "national", "title": "To the national authority"}],
    "clues": "Clues",
    "profile": [
        {"id": "overview", "title": "Overview", "chapter": "basics"},
        {"id": "total", "title": "Certificates", "kind": "number", "chapter": "basics"},
        {"id": "valid", "title": "Valid", "kind": "number", "chapter": "basics"},
        {"id": "suspended", "title": "Suspended", "kind": "number", "chapter": "basics"},
    ],
    "sums": [{"total": "total", "parts": ["valid", "suspended"]}],
    "report": {
        "title": "Self-audit report",
        "chapters": [
            {"id": "basics", "title": "The body", "holds": ["profile"]},
            {"id": "conduct", "title": "How it went", "holds": ["plan", "conduct"]},
            {"id": "findings", "title": "Findings", "holds": ["findings"]},
            {"id": "measures", "title": "Measures", "holds": ["measures"]},
            {"id": "suggestions", "title": "Suggestions", "holds": ["suggestions", "clues"]},
        ],
    },
    "submission": {"channel": "by post", "deadline": "2023-11-15"},
}

_ITEM = {"how": "Look.", "evidence": ["records"], "severity": "minor", "basis": ["law-1"]}
BUSINESS: dict[str, Any] = {
    "format": "selfaudit/checklist/1",
    "area": "business",
    "phase": "answer",
    "due": "2023-11-07",
    "items": [
        {
            **_ITEM,
            "id": "1.1",
            "title": "Scope",
            "ask": "Is the scope kept?",
            "parts": [{"id": "a", "ask": "Approved?"}, {"id": "b", "ask": "Reported?"}],
            "roles": ["tech", "branch"],
        },
        {**_ITEM, "id": "1.10", "title": "Files", "ask": "Are files complete?", "roles": ["tech"]},
    ],
}
CONDUCT: dict[str, Any] = {
    "format": "selfaudit/checklist/1",
    "area": "conduct",
    "phase": "answer",
    "due": "2023-11-07",
    "items": [
        {**_ITEM, "id": "2.1", "title": "Presence", "ask": "Were you there?", "roles": ["auditor", "branch"]},
        {**_ITEM, "id": "2.2", "title": "Gifts", "ask": "Were gifts refused?", "roles": ["auditor"]},
    ],
}
LAW = {"id": "law-1", "cite": "Law", "clause": "Art. 1", "verified": True, "source": "gazette"}
ROSTER: dict[str, Any] = {
    "format": "selfaudit/roster/1",
    "body": {"name": "The Body"},
    "units": [
        {"id": "T", "name": "Technical", "kind": "department"},
        {"id": "N", "name": "North", "kind": "branch"},
        {"id": "S", "name": "South", "kind": "branch"},
        {"id": "M", "name": "Board", "kind": "management"},
    ],
    "people": [
        {"id": "P1", "name": "Ann", "unit": "N", "posts": ["auditor"]},
        {"id": "P2", "name": "Bob", "unit": "N", "posts": ["auditor", "driver"]},
        {"id": "P3", "name": "Cid", "unit": "S", "posts": ["auditor"]},
        {"id": "P4", "name": "Dot", "unit": "M", "posts": ["auditor"]},
    ],
}
FACTS = {"overview": "All is well.", "total": "30", "valid": "27", "suspended": "3"}
GAP = Problem(Kind("test.gap", Severity.WARNING, "something is missing"))


def make_kit(plan: Mapping[str, Any] | None = None, citations: Sequence[Mapping[str, Any]] = (LAW,)) -> Kit:
    return Kit(
        plan=Plan.model_validate({**PLAN, **(plan or {})}),
        citations=tuple(Citation.model_validate(citation) for citation in citations),
        checklists={
            "business.yaml": Checklist.model_validate(BUSINESS),
            "conduct.yaml": Checklist.model_validate(CONDUCT),
        },
    )


TINY = make_kit()
BODY = Roster.model_validate(ROSTER)
EVERYBODY = {respondent.name: respondent for respondent in respondents(TINY, BODY)}
"""Technical, North, South, Ann, Bob, Cid, Dot."""


def make_setting(kit: Kit = TINY, facts: Mapping[str, str] | None = None, **changes: Any) -> Setting:
    profile = Profile.model_validate({"format": "selfaudit/profile/1", "facts": FACTS if facts is None else facts})
    return replace(Setting(kit, BODY, profile, TODAY, zone=UTC), **changes)


def waiting(name: str, **changes: Any) -> Standing:
    """Somebody from whom nothing has come back."""
    respondent: Respondent = EVERYBODY[name]
    standing = Standing(
        respondent,
        FormBuilder(TINY).form(respondent, respondent_code(TINY.plan.id, respondent.key)).passport,
        "",
        date(2023, 11, 7),
    )
    return replace(standing, **changes)


def replied(name: str, content: Mapping[str, Any] | None = None, **changes: Any) -> Standing:
    """Somebody who answered what he was asked; ``content`` replaces or adds fields."""
    standing = waiting(name)
    said = {
        "passport": standing.passport,
        "filled_by": name,
        "filled_on": "2023-11-05",
        "coverage": {"projects": 3},
        "items": [_conform(item) for item in TINY.asked_of(standing.respondent.roles)],
        "declaration": True,
    }
    return replace(
        standing, **{"content": {**said, **(content or {})}, "received_at": "2023-11-05T08:00:00Z", **changes}
    )


def _conform(item: str) -> dict[str, Any]:
    parts = [{"id": part.id, "answer": "conform"} for part in TINY.items[item].parts]
    return {"id": item, "parts": parts} if parts else {"id": item, "answer": "conform"}


FINDING: dict[str, Any] = {
    "number": 1,
    "item": "2.1",
    "severity": "minor",
    "fact": "left early",
    "cause": "haste",
    "disposition": {"certificate": "keep", "people": "train"},
}
"""A finding to which nothing is lacking."""


def reviewed(reviewer: str, answer: str, file: str = "P1", sample: str = "files") -> Standing:
    """What a reviewer says of a file; the technical department collects it."""
    changes = {
        "key": f"file:{sample}/{file}/{reviewer}",
        "answers": "file",
        "name": f"{file} ({reviewer})",
        "reviewer": reviewer,
        "roles": ("reads",),
        "about": {"Organisation": "A Ltd", "Standard": "QMS"},
    }
    found = [FINDING] if answer == "problem" else []
    said = replied("Technical", {"filled_by": reviewer, "items": [{"id": "2.1", "answer": answer}], "findings": found})
    return replace(said, respondent=EVERYBODY["Technical"].model_copy(update=changes))


def complete(**contents: Mapping[str, Any]) -> list[Standing]:
    """Everybody with complete answers and a suggestion; the names given say something else or more."""
    said: dict[str, Mapping[str, Any]] = {"Ann": {"suggestions": {"national": "Go on."}}, **contents}
    return [replied(name, said.get(name)) for name in EVERYBODY]
