"""Build what the final report says of the handling of findings: how far it is, and what does not count."""

from collections.abc import Iterator

from selfaudit.base.i18n import N_
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.rectification import STATES, State
from selfaudit.reports.context.findings import AsideRow, RegisterRow
from selfaudit.reports.context.parts import TitledFigure, TitledText
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import Figures
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import done_by, state_text
from selfaudit.word.values import Figure


def is_kept(setting: Setting) -> bool:
    """Return whether anything has been handled in the register, so that there is something to say of it."""
    return bool(setting.register.entries)


def states(evidence: Evidence, figures: Figures) -> tuple[TitledFigure, ...]:
    """Return how many findings are in which state; of the states only those in which any is."""
    setting = evidence.setting
    if not is_kept(setting):
        return ()
    by_state: dict[State, list[FindingRecord]] = {state: [] for state in STATES}
    for finding in evidence.findings:
        by_state[finding.state].append(finding)
    words = {state: setting.wording.tr(word) for state, word in STATES.items()}
    return tuple(
        TitledFigure(words[state], figures.findings(f"measures.state.{state}", words[state], same))
        for state, same in by_state.items()
        if same
    )


def overdue(evidence: Evidence, figures: Figures) -> Figure:
    """Return how many findings are still to be corrected and were due."""
    late = [finding for finding in evidence.findings if finding.overdue(evidence.setting.as_of)]
    title = evidence.setting.wording.tr(N_("findings whose correction is overdue"))
    return figures.findings("measures.overdue", title, late)


def recurrent(evidence: Evidence, figures: Figures) -> Figure:
    """Return how many findings the campaign before had closed and came back."""
    again = [finding for finding in evidence.findings if finding.recurs]
    title = evidence.setting.wording.tr(N_("findings that had been closed before and came back"))
    return figures.findings("measures.recurrent", title, again)


def recurrent_rows(evidence: Evidence) -> Iterator[TitledText]:
    """Yield every finding that came back, with what it was in the campaign before."""
    wording = evidence.setting.wording
    for finding in evidence.findings:
        before = (wording.pair(wording.tr(N_("before")), one.id) for one in finding.recurs)
        if finding.recurs:
            yield TitledText(finding.short_id, wording.join((finding.respondent.unit_name, *before)))


def register_rows(evidence: Evidence) -> Iterator[RegisterRow]:
    """Yield every finding that counts, as the register has it; nothing as long as nobody has handled any."""
    setting = evidence.setting
    for finding in evidence.findings if is_kept(setting) else ():
        handled = finding.rectification
        yield RegisterRow(
            id=finding.short_id,
            item=finding.place,
            fact=setting.text(str(finding.data.get("fact") or "")),
            owner=str(finding.data.get("owner") or ""),
            due=setting.wording.written_date(str(finding.data.get("due") or "")),
            state=state_text(finding, setting),
            corrected=done_by(handled.corrected_by, handled.corrected_on, setting),
            verified=done_by(handled.verified_by, handled.verified_on, setting),
            closed=done_by(handled.closed.by, handled.closed.on, setting) if handled.closed else "",
        )


def aside_rows(evidence: Evidence) -> Iterator[AsideRow]:
    """Yield every finding that does not count, with who decided that about which fact and why."""
    setting = evidence.setting
    tr = setting.wording.tr
    for finding in evidence.set_aside:
        handled = finding.rectification
        made = handled.withdrawn or handled.merged
        then = handled.over(handled.reported or finding.data)
        into = tr(N_("the same as {id}")).format(id=handled.merged_into)
        yield AsideRow(
            id=finding.short_id,
            item=finding.place,
            fact=setting.text(str(then.get("fact") or "")),
            reporter=setting.source(finding.respondent),
            became=tr(N_("withdrawn")) if handled.withdrawn else into,
            by=made.by if made else "",
            reason=setting.text(made.reason) if made else "",
            on=setting.wording.date(made.on) if made else "",
        )
