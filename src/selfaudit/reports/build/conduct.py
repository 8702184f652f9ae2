"""Build what the final report says about how the self-audit went."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from selfaudit.base.i18n import N_
from selfaudit.model.form.answers import SAID
from selfaudit.model.kit.plan import Answers
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.roster import Roster
from selfaudit.reports.build.reminders import reminders
from selfaudit.reports.context.parts import (
    AreaAnswersRow,
    Conduct,
    DeadlineRow,
    ItemSummaryRow,
    RoleRow,
    TitledFigure,
    UnitRow,
    WaiverRow,
)
from selfaudit.reports.decisions import sentence
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import Deferred, Figures
from selfaudit.reports.setting import Voice
from selfaudit.word.values import Figure


def conduct(evidence: Evidence, figures: Figures, items: Iterable[ItemSummaryRow]) -> Conduct:
    """Return how the self-audit went; ``items`` are the rows of the annex, which the areas sum up."""
    wording, asked = evidence.setting.wording, evidence.asked
    everybody = figures.groups("conduct", "", asked)
    units = figures.groups("conduct.units", wording.tr(N_("Units")), _of(asked, "unit"))
    people = figures.groups("conduct.people", wording.tr(N_("People")), _of(asked, "person"))
    files = figures.groups("conduct.files", wording.tr(N_("Reviewed files")), _of(asked, "file"))
    inactive = wording.tr(N_("respondents who answered and are no longer asked"))
    gone = wording.tr(N_("respondents who did not answer and are no longer asked"))
    silent = [voice for voice in evidence.voices.values() if not voice.answered and not voice.active]
    first, last = _span(asked)
    return Conduct(
        **everybody,
        deadlines=tuple(_deadline_rows(evidence, figures)),
        units_asked=units["issued"],
        units_answered=units["answered"],
        people_asked=people["issued"],
        people_answered=people["answered"],
        files_asked=files["issued"],
        files_answered=files["answered"],
        inactive=figures.voices("conduct.inactive", inactive, evidence.inactive),
        gone=figures.voices("conduct.gone", gone, silent),
        waivers=tuple(_waiver_rows(evidence)),
        reminders=reminders(evidence),
        decisions=_decisions(evidence),
        first_received=wording.date(first),
        last_received=wording.date(last),
        coverage=tuple(_coverage(evidence, figures)),
        roles=tuple(_role_rows(evidence, figures)),
        units=tuple(_unit_rows(evidence, figures)),
        areas=tuple(_area_rows(evidence, figures, items)),
    )


def _of(voices: Iterable[Voice], answers: str) -> list[Voice]:
    return [voice for voice in voices if voice.respondent.answers == answers]


def _deadline_rows(evidence: Evidence, figures: Figures) -> Iterable[DeadlineRow]:
    """Yield the days that were moved, those moved for most forms first."""
    wording, moved = evidence.setting.wording, dict[tuple[date, date], list[Voice]]()
    for voice in evidence.asked:
        if voice.moved_from:
            moved.setdefault((voice.moved_from, voice.due), []).append(voice)
    for (before, after), voices in sorted(moved.items(), key=lambda found: (-len(found[1]), found[0])):
        prefix, title = f"conduct.deadline.{before}.{after}", f"{before} → {after}"
        used = [voice for voice in voices if voice.first and before < voice.first <= after]
        named = {N_("forms whose deadline was moved"): voices, N_("forms in time by the later deadline only"): used}
        count, late = (wording.pair(wording.tr(words), title) for words in named)
        yield DeadlineRow(
            before=wording.date(before),
            after=wording.date(after),
            later=before < after,
            count=figures.voices(f"{prefix}.count", count, voices),
            used=figures.voices(f"{prefix}.used", late, used),
        )


def _waiver_rows(evidence: Evidence) -> Iterable[WaiverRow]:
    for voice in evidence.asked:
        if voice.waiver and voice.state == "waived":
            who, why = voice.respondent, evidence.setting.waiver_text(voice.waiver)
            yield WaiverRow(evidence.setting.called(who), who.unit_name, why)


def _span(asked: Iterable[Voice]) -> tuple[date | None, date | None]:
    """Return the days on which the first and the last form came back; a correction is no form that came back."""
    days = [voice.first for voice in asked if voice.first]
    return min(days, default=None), max(days, default=None)


def _decisions(evidence: Evidence) -> Figure:
    setting, made = evidence.setting, evidence.decisions
    said = Deferred(lambda: (sentence(decision, setting.wording, evidence.name_of) for decision in made))
    return Figure("conduct.decisions", len(made), setting.wording.tr(N_("decisions of persons")), said)


def _coverage(evidence: Evidence, figures: Figures) -> Iterable[TitledFigure]:
    """Yield what was covered: what the program counts, and the totals of numbers that have one.

    What units say already covers their people, so that the two are never added up, and what a branch says covers its
    departments; a number that nobody gave is left
    out rather than printed as 0.
    """
    silent = frozenset(voice.respondent.key for voice in evidence.asked if not voice.answered)
    setting, voices = replace(evidence.setting, left_out=silent), list(evidence.voices.values())
    for field in setting.kit.plan.coverage:
        if field.counted:
            yield TitledFigure(field.title, figures.counted(field, setting))
        elif field.total != "none":
            said = _not_said_by_the_site([voice for voice in voices if field.id in voice.coverage], setting.roster)
            by = {answers: _of(said, answers) for answers in _REPORTED}
            both = all(by.values())
            for answers, given in by.items():
                if given:
                    by_whom = setting.wording.tr(_REPORTED[answers])
                    label = setting.wording.aside(field.title, by_whom) if both else field.title
                    figure_id = f"coverage.{field.id}" + (".people" if both and answers == "person" else "")
                    yield TitledFigure(label, figures.coverage(figure_id, label, field, given))


def _not_said_by_the_site(given: list[Voice], roster: Roster) -> list[Voice]:
    """Return who gave a number, without units whose branch gave one, of which theirs is a part."""
    units = {voice.respondent.unit for voice in _of(given, "unit")}
    return [
        voice
        for voice in given
        if voice.respondent.answers != "unit"
        or roster.site_of(voice.respondent.unit) not in units - {voice.respondent.unit}
    ]


_REPORTED: dict[Answers, str] = {"unit": N_("reported by units"), "person": N_("reported by people")}


def _role_rows(evidence: Evidence, figures: Figures) -> Iterable[RoleRow]:
    kit, findings = evidence.setting.kit, _by_role(evidence)
    for role in kit.plan.roles:
        voices = [voice for voice in evidence.asked if role.id in voice.respondent.roles]
        if voices or findings[role.id]:
            prefix = f"conduct.role.{role.id}"
            groups = figures.groups(prefix, role.title, voices)
            yield RoleRow(
                title=role.title,
                issued=groups["issued"],
                answered=groups["answered"],
                complete=groups["complete"],
                **figures.reported(prefix, role.title, findings[role.id]),
            )


def _by_role(evidence: Evidence) -> dict[str, list[FindingRecord]]:
    kit = evidence.setting.kit
    found: dict[str, list[FindingRecord]] = {role.id: [] for role in kit.plan.roles}
    for finding in evidence.findings:
        item = kit.items.get(finding.item)
        for role in item.roles if item else ():
            if role in finding.respondent.roles:
                found[role].append(finding)
    return found


def _unit_rows(evidence: Evidence, figures: Figures) -> Iterable[UnitRow]:
    """Yield the units in the order of the roster, branches with their sub-units, after them those no longer on it."""
    wording, roster = evidence.setting.wording, evidence.setting.roster
    voices: dict[str, list[Voice]] = {unit: [] for unit in roster.unit_of if roster.site_of(unit) == unit}
    for voice in evidence.voices.values():
        voices.setdefault(roster.site_of(voice.respondent.unit), []).append(voice)
    for unit, everybody in voices.items():
        asked = [voice for voice in everybody if voice.active]
        found = [f for voice in everybody for f in evidence.findings_of.get(voice.respondent.key, ())]
        if asked or found:
            name = roster.unit_of[unit].name if unit in roster.unit_of else everybody[0].respondent.unit_name
            prefix = f"conduct.unit.{unit}"
            groups = figures.groups(prefix, name, asked)
            folded = any(voice.respondent.unit != unit for voice in everybody)
            yield UnitRow(
                name=wording.aside(name, wording.tr(N_("with its sub-units"))) if folded else name,
                issued=groups["issued"],
                answered=groups["answered"],
                complete=groups["complete"],
                missing=groups["missing"],
                **figures.reported(prefix, name, found),
            )


def _area_rows(evidence: Evidence, figures: Figures, items: Iterable[ItemSummaryRow]) -> Iterable[AreaAnswersRow]:
    area_of, wording = evidence.setting.kit.area_of, evidence.setting.wording
    rows: dict[str, list[ItemSummaryRow]] = {area.id: [] for area in evidence.setting.kit.plan.areas}
    for row in items:
        if not row.part:
            rows[area_of[row.id]].append(row)
    for area in evidence.setting.kit.plan.areas:
        sums = {
            str(answer): figures.total(
                f"answers.area.{area.id}.{answer}",
                wording.pair(area.title, wording.answer(answer)),
                [getattr(row, answer) for row in rows[area.id]],
            )
            for answer in SAID
        }
        yield AreaAnswersRow(title=area.title, **sums)
