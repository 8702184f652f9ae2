"""Build the report of one unit: its own answers, those of its people in numbers, and all their findings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import Standing, waived
from selfaudit.model.progress.tally import Voices, tally
from selfaudit.reports.build.person import (
    TITLE,
    ItemTable,
    Place,
    counts_of,
    coverage_of,
    questions,
    respondent_info,
    texts_of,
)
from selfaudit.reports.context.final import MemberCounts, MemberRow, ReviewerRow, UnitReport
from selfaudit.reports.context.parts import Counts, RespondentInfo
from selfaudit.reports.document import Document, Request
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import Figures
from selfaudit.reports.setting import Setting, Voice
from selfaudit.reports.tables import campaign_info, disposition_classes, finding_row
from selfaudit.word.values import QrCode


def unit_report(setting: Setting, unit_id: str, standings: Iterable[Standing]) -> UnitReport:
    """Return what a unit's report says; of the standings it takes those whose forms the unit collects.

    That of a branch includes its sub-units. With gaps or conflicting responses of the unit itself it is a draft, as who
    signs must see.
    """
    mine = those_of(unit_id, standings, setting)
    own = next((s for s in mine if s.respondent.answers == "unit" and s.respondent.unit == unit_id), None)
    members = [s for s in mine if s is not own and not s.respondent.reviewer]
    setting = replace(setting, left_out=waived(mine))
    evidence = Evidence(setting, mine)
    figures = Figures(setting.wording, evidence.voice)
    texts = texts_of(setting, own)
    respondent = respondent_info(setting, own) if own else _without_form(setting, unit_id)
    return UnitReport(
        code="",
        qr=QrCode(""),
        draft=own is not None and (bool(own.gaps) or own.conflict),
        title=setting.wording.tr(TITLE).format(name=respondent.name),
        body=setting.roster.body.name,
        campaign=campaign_info(setting),
        printed_on=setting.wording.date(setting.today),
        seal=_is_sealed(setting, own, unit_id),
        respondent=respondent,
        coverage=coverage_of(setting, own, figures) if own else (),
        counts=_counts(setting, own, figures),
        items=tuple(ItemTable(setting, figures, _people([s for s in mine if s is not own], setting.kit)).rows(own)),
        members=tuple(_member_row(evidence, standing, unit_id, figures) for standing in members),
        member_counts=_member_counts(evidence, figures, "person"),
        reviewers=tuple(_reviewers(evidence, figures)),
        review_counts=_member_counts(evidence, figures, "file"),
        findings=tuple(finding_row(finding, setting) for finding in evidence.findings),
        findings_total=figures.findings("findings.total", setting.wording.tr(N_("findings")), evidence.findings),
        findings_elsewhere=figures.elsewhere("findings.total", "", evidence.findings),
        handling=disposition_classes(evidence.findings, setting, figures),
        suggestions=texts.suggestions,
        clues_title=setting.kit.plan.clues,
        clues=texts.clues,
        declaration=setting.kit.plan.declaration,
        declared=texts.declared,
    )


def those_of(unit_id: str, standings: Iterable[Standing], setting: Setting) -> list[Standing]:
    """Return those whose forms a unit collects, itself among them; of a branch also those of its sub-units."""
    site_of = setting.roster.site_of
    inside = (s for s in standings if unit_id in (s.respondent.unit, site_of(s.respondent.unit)))
    return [s for s in inside if s.active or s.content is not None]


def _is_sealed(setting: Setting, own: Standing | None, unit_id: str) -> bool:
    """Return whether a role in which the unit answers, or would answer, asks for its seal."""
    roster, plan = setting.roster, setting.kit.plan
    unit = roster.unit_of.get(unit_id)
    held = own.respondent.roles if own else roster.unit_roles(unit, plan.roles) if unit else ()
    return any(role.seal for role in plan.roles if role.id in held)


def _without_form(setting: Setting, unit_id: str) -> RespondentInfo:
    unit = setting.roster.unit_of.get(unit_id)
    name = unit.name if unit else unit_id
    return RespondentInfo(
        name=name,
        number=unit_id,
        unit=name,
        roles="",
        passport="",
        state="",
        filled_by="",
        filled_on="",
        received="",
        due="",
    )


def _counts(setting: Setting, own: Standing | None, figures: Figures) -> Counts:
    tallies = tally([own] if own else [], setting.kit)
    return counts_of(setting, own.respondent if own else None, tallies, figures)


def _people(members: Sequence[Standing], kit: Kit) -> dict[Place, Voices]:
    """Return what the people said about each question of the kit that any of them is asked or answered."""
    counted = tally(members, kit)
    voices = {
        (item.id, part): counted[item.id].parts[part] if part else counted[item.id].by_answer
        for item in kit.items.values()
        for part, _ in questions(item)
    }
    return {place: said for place, said in voices.items() if any(said.values())}


def _member_row(evidence: Evidence, standing: Standing, unit_id: str, figures: Figures) -> MemberRow:
    setting, respondent = evidence.setting, standing.respondent
    person = setting.roster.person_of.get(respondent.number) if respondent.answers == "person" else None
    elsewhere = respondent.answers == "person" and respondent.unit != unit_id
    name = setting.called(respondent)
    found = evidence.findings_of.get(respondent.key, [])
    return MemberRow(
        name=setting.wording.aside(name, respondent.unit_name if elsewhere else ""),
        posts=setting.wording.join(person.posts) if person else setting.roles_text(respondent.roles),
        state=setting.state_text(evidence.voice(respondent)),
        filled_on=setting.wording.written_date((standing.content or {}).get("filled_on", "")),
        **figures.reported(f"respondent.{respondent.key}", name, found),
    )


def _reviewers(evidence: Evidence, figures: Figures) -> Iterator[ReviewerRow]:
    """Yield those who review files, each with all of them: a row for each file would drown the people of the unit."""
    reviews, asked = dict[str, list[Voice]](), {voice.respondent.key for voice in evidence.asked}
    for voice in evidence.voices.values():
        if voice.respondent.reviewer:
            reviews.setdefault(voice.respondent.reviewer, []).append(voice)
    for number, (name, own) in enumerate(sorted(reviews.items()), 1):
        groups = figures.groups(f"reviewer.{number}", name, [voice for voice in own if voice.respondent.key in asked])
        found = [finding for voice in own for finding in evidence.findings_of.get(voice.respondent.key, ())]
        yield ReviewerRow(
            name=name,
            asked=groups["issued"],
            answered=groups["answered"],
            complete=groups["complete"],
            **figures.reported(f"reviewer.{number}", name, found),
        )


_COUNTED = {"person": ("members", N_("People")), "file": ("reviews", N_("Reviewed files"))}


def _member_counts(evidence: Evidence, figures: Figures, answers: str) -> MemberCounts:
    asked = [voice for voice in evidence.asked if voice.respondent.answers == answers]
    prefix, label = _COUNTED[answers]
    groups = figures.groups(prefix, evidence.setting.wording.tr(label), asked)
    return MemberCounts(
        asked=groups["issued"],
        answered=groups["answered"],
        complete=groups["complete"],
        missing=groups["missing"],
    )


def _report(request: Request) -> UnitReport:
    return unit_report(request.setting, request.standing.respondent.unit, request.standings)


DOCUMENT = Document(name="unit", word=N_("unit"), audience="unit", context=UnitReport, build=_report)
BRANCH_DOCUMENT = Document(name="branch", word=N_("branch"), audience="branch", context=UnitReport, build=_report)
