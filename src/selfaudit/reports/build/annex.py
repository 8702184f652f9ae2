"""Build the annexes of the final report: every item, every respondent, every answer that has lost its question."""

from collections.abc import Iterator

from selfaudit.base.i18n import N_
from selfaudit.model.form.answers import Answer, overall
from selfaudit.model.kit.kit import Item
from selfaudit.model.progress.approval import APPROVE, Approvals
from selfaudit.model.progress.rewording import Rewording
from selfaudit.model.progress.tally import Voices
from selfaudit.reports.context.parts import DecisionRow, DroppedRow, ItemSummaryRow, NoteRow, RespondentRow
from selfaudit.reports.decisions import sentence
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import Figures
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.decisions import Decision
from selfaudit.word.values import Figure

_MOST_NAMES = 8


def item_rows(evidence: Evidence, figures: Figures) -> Iterator[ItemSummaryRow]:
    """Yield every item, and after it a row for each of its parts."""
    for item in evidence.setting.kit.items.values():
        counted = evidence.tallies[item.id]
        yield _row(item, "", counted.by_answer, evidence, figures)
        for part in item.parts:
            yield _row(item, part.id, counted.parts[part.id], evidence, figures)


def _row(item: Item, part: str, voices: Voices, evidence: Evidence, figures: Figures) -> ItemSummaryRow:
    setting = evidence.setting
    wording = setting.wording
    asks = {p.id: p.ask for p in item.parts}
    return ItemSummaryRow(
        id=item.id,
        part=part,
        title=asks.get(part, item.title),
        roles="" if part else setting.roles_text(item.roles),
        overall=wording.answer(overall(answer for answer, who in voices.items() if who)),
        basis="" if part else wording.clauses(setting.kit.basis_of(item)),
        note=_note(voices, evidence),
        ask=asks.get(part, item.ask),
        evidence="" if part else wording.clauses(item.evidence),
        notes=tuple(_notes(item.id, part, evidence)),
        **_counts(f"{item.id}:{part}" if part else item.id, voices, figures),
    )


def _notes(item: str, part: str, evidence: Evidence) -> Iterator[NoteRow]:
    setting = evidence.setting
    for remark in evidence.notes.get((item, part), ()):
        who = remark.voice.respondent
        answer = setting.wording.answer(remark.answer)
        yield NoteRow(evidence.setting.called(who), who.unit_name, answer, setting.text(remark.text))


def _counts(place: str, voices: Voices, figures: Figures) -> dict[str, Figure]:
    return {
        str(answer): figures.respondents(
            f"item.{place}.{answer}", figures.wording.pair(place, figures.wording.answer(answer)), who
        )
        for answer, who in voices.items()
    }


def _note(voices: Voices, evidence: Evidence) -> str:
    wording = evidence.setting.wording
    if not any(voices.values()):
        return wording.tr(N_("Nobody was asked."))
    reporters = [evidence.setting.called(who) for who in voices[Answer.PROBLEM]]
    if not reporters:
        return ""
    # whom it names stands beside what they said
    others = [f"{len(who)} {wording.answer(said)}" for said, who in voices.items() if who and said != Answer.PROBLEM]
    problem = f"{len(reporters)} {wording.answer(Answer.PROBLEM)}"
    return wording.join([*others, wording.aside(problem, wording.some(reporters, _MOST_NAMES))])


def dropped_rows(evidence: Evidence) -> Iterator[DroppedRow]:
    """Yield how questions were reworded, then every answer to one that is no longer asked in this way."""
    setting = evidence.setting
    for one in setting.rewordings:
        yield DroppedRow(id=one.place, ask=one.before, who="", answer="", note=_reworded(one, setting))
    for remark in evidence.dropped:
        yield DroppedRow(
            id=remark.place,
            ask=remark.ask,
            who=remark.voice.name,
            answer=setting.wording.answer(remark.answer),
            note=setting.text(remark.text),
        )


def _reworded(one: Rewording, setting: Setting) -> str:
    since, say = setting.wording.date(setting.day_of(one.since)), setting.wording.tr
    told = say(N_("reworded on {day} to “{words}”") if since else N_("reworded to “{words}”"))
    counts = say(N_("respondents who answered the words before: {old}; those of now: {new}"))
    return f"{told.format(day=since, words=one.now)}\n{counts.format(old=one.old, new=one.new)}"


def decision_rows(evidence: Evidence) -> Iterator[DecisionRow]:
    """Yield what persons decided."""
    setting = evidence.setting
    for decision in evidence.decisions:
        yield DecisionRow(
            what=setting.text(sentence(decision, setting.wording, evidence.name_of)),
            by=decision.by,
            reason=setting.text(decision.reason),
            on=setting.wording.date(setting.day_of(decision.at)),
        )


def void_rows(approvals: Approvals, setting: Setting) -> Iterator[DecisionRow]:
    """Yield the approvals that are for an earlier content of the report."""
    wording = setting.wording
    for one in approvals.void:
        said = Decision(APPROVE, one.about, one.by, one.reason, {"step": one.step, "on": one.on}, one.at)
        told = wording.tr(N_("{what}, for content {content}; void, since the report has changed"))
        yield DecisionRow(
            what=told.format(what=sentence(said, wording, str), content=one.content.number),
            by=one.by,
            reason=setting.text(one.reason),
            on=wording.date(setting.day_of(one.at)),
        )


def respondent_rows(evidence: Evidence) -> Iterator[RespondentRow]:
    """Yield everybody to whom a form was ever issued."""
    setting = evidence.setting
    for voice in evidence.voices.values():
        respondent = voice.respondent
        yield RespondentRow(
            name=voice.name,
            unit=respondent.unit_name,
            roles=setting.roles_text(respondent.roles),
            state=setting.state_text(voice),
            received=setting.received_text(voice),
        )
