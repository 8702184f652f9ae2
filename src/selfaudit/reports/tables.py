"""Rows and blocks that several documents share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selfaudit.base.i18n import N_
from selfaudit.base.text import loose
from selfaudit.model.finding import FindingField
from selfaudit.model.progress.standing import DEFAULT_SEVERITY, FindingRecord
from selfaudit.model.rectification.rectification import STATES
from selfaudit.reports.context.findings import PRINTED_FIELDS, DispositionClassRows, DispositionRow, FindingRow
from selfaudit.reports.context.parts import CampaignInfo, TitledFigure, TitledText
from selfaudit.reports.figures import Figures
from selfaudit.reports.setting import REST, Setting
from selfaudit.word.values import Figure

_TOLD_FIRST = ("fact", "severity")


def campaign_info(setting: Setting) -> CampaignInfo:
    """Return the campaign as printed."""
    plan, wording = setting.kit.plan, setting.wording
    notice = [plan.notice.number, wording.date(plan.notice.issued)]
    return CampaignInfo(
        title=plan.title,
        id=plan.id,
        code=plan.code,
        cut_off=wording.date(plan.cut_off),
        notice=wording.join(text for text in notice if text),
        notice_issuer=plan.notice.issuer,
        graded=setting.graded,
        handled=bool(plan.dispositions),
        seal=plan.seal or wording.tr(N_("(seal)")),
    )


def known(key: str, titles: dict[str, str]) -> str:
    """Return the key if the plan knows it, otherwise that of the rest."""
    return key if key in titles else REST


def finding_row(finding: FindingRecord, setting: Setting) -> FindingRow:
    """Return a finding as printed."""
    item = setting.kit.items.get(finding.item)
    # what a kit asks comes in its order and is called as it likes; what it asks no more may have been said before
    asked = {field.key: field for field in setting.kit.plan.fields if _is_printed(field)}
    fields = [*asked.values(), *(field for field in PRINTED_FIELDS if field.key not in asked)]
    told = sorted((field for field in fields if field.key not in _TOLD_FIRST), key=lambda field: field.group != "what")
    return FindingRow(
        id=finding.id,
        short_id=finding.short_id,
        item=finding.place,
        title=item.title if item else "",
        area=setting.areas[known(finding.area, setting.areas)],
        **{field.key: finding_text(field, finding, setting) for field in PRINTED_FIELDS},
        reporter=setting.source(finding.respondent),
        found=(*_on_behalf(finding, setting), *_told(filter(_of_the_fact, told), finding, setting)),
        done=tuple(_told((field for field in told if not _of_the_fact(field)), finding, setting)),
        progress=tuple(_progress(finding, setting)),
    )


def state_text(finding: FindingRecord, setting: Setting) -> str:
    """Return how far a finding is, and whether it is overdue."""
    tr = setting.wording.tr
    marks = {N_("overdue"): finding.overdue(setting.as_of), N_("came back"): bool(finding.recurs)}
    return setting.wording.aside(
        tr(STATES[finding.state]), setting.wording.join(tr(w) for w, has in marks.items() if has)
    )


def done_by(who: str, on: date | None, setting: Setting) -> str:
    """Return who did something and when, as far as it is known."""
    day = setting.wording.date(on) if on else ""
    return setting.wording.aside(who, day) if who else day


def _progress(finding: FindingRecord, setting: Setting) -> Iterator[TitledText]:
    """Yield what has been done about a finding that somebody has handled in the register."""
    tr, handled = setting.wording.tr, finding.rectification
    if not finding.version:
        return
    said = {
        N_("Searched how widely"): setting.text(handled.similar_scope),
        N_("What else was found"): setting.text(handled.similar_found),
        N_("Correction done"): done_by(handled.corrected_by, handled.corrected_on, setting),
        N_("No evidence, because"): setting.text(handled.no_evidence),
        N_("Verified by"): done_by(handled.verified_by, handled.verified_on, setting),
        N_("How it was verified"): setting.text(handled.verification),
        N_("State"): state_text(finding, setting),
        N_("The same findings"): setting.wording.join(one.short_id for one in finding.merged),
    }
    yield from (TitledText(tr(title), text) for title, text in said.items() if text)


def _on_behalf(finding: FindingRecord, setting: Setting) -> Iterator[TitledText]:
    if made := finding.rectification.entered:
        text = setting.wording.tr(N_("entered by {by} on {day}")).format(by=made.by, day=setting.wording.date(made.on))
        told = setting.wording.clauses(filter(None, (text, setting.text(finding.rectification.origin))))
        yield TitledText(setting.wording.tr(N_("How it was reported")), told)
    if finding.on_behalf:
        yield TitledText(setting.wording.tr(N_("How it was reported")), setting.on_behalf_text(finding.on_behalf))


def _is_printed(field: FindingField) -> bool:
    return field.kind not in ("number", "item", "part")


def _of_the_fact(field: FindingField) -> bool:
    """Tell what was found, and why, from what is done about it."""
    return field.group == "what" or field.key == "cause"


def asks_what_is_done(setting: Setting) -> bool:
    """Return whether the kit asks for anything that is done about a finding."""
    return any(_is_printed(field) and not _of_the_fact(field) for field in setting.kit.plan.fields)


def _told(fields: Iterable[FindingField], finding: FindingRecord, setting: Setting) -> Iterator[TitledText]:
    wording, titles = setting.wording, setting.dispositions
    for field in fields:
        text = finding_text(field, finding, setting)
        if text and field.kind == "disposition":
            # the classes stand behind a label already
            actions = setting.handling_of(finding).items()
            text = setting.text(wording.clauses(wording.aside(titles.get(kind, kind), said) for kind, said in actions))
        if text:
            yield TitledText(wording.tr(field.asked), text)


def finding_text(field: FindingField, finding: FindingRecord, setting: Setting) -> str:
    """Return what a field of a finding says, as printed."""
    if field.kind == "severity":
        return _severity(finding, setting) if setting.graded else ""
    if field.kind == "disposition":
        return setting.text(_handling(setting.handling_of(finding), setting))
    said = finding.data.get(field.key, "")
    if field.kind == "date":
        return setting.wording.written_date(said)
    return setting.text(said)


def _severity(finding: FindingRecord, setting: Setting) -> str:
    title = setting.severities.get(finding.severity, finding.severity)
    return setting.wording.tr(DEFAULT_SEVERITY).format(severity=title) if finding.by_default else title


def _handling(actions: Mapping[str, str], setting: Setting) -> str:
    wording, titles = setting.wording, setting.dispositions
    return wording.clauses(wording.pair(titles.get(kind, kind), action) for kind, action in actions.items())


@dataclass(frozen=True, slots=True)
class _Handled:
    """Something that is done: about a finding, or about none."""

    row: DispositionRow
    written: str
    finding: FindingRecord | None = None


def disposition_classes(
    findings: Sequence[FindingRecord], setting: Setting, figures: Figures
) -> tuple[DispositionClassRows, ...]:
    """Return the handling of findings, class by class; a class that the plan does not know only if it is used.

    What was approved without a finding counts as well.
    """
    by_class: dict[str, list[_Handled]] = {kind: [] for kind in setting.dispositions}
    for finding in findings:
        for kind, action in setting.handling_of(finding).items():
            told = (finding.short_id, finding.place, setting.text(action), setting.source(finding.respondent))
            by_class[known(kind, setting.dispositions)].append(_Handled(DispositionRow(*told), action, finding))
    for kind, handled in _without_finding(setting):
        by_class[known(kind, setting.dispositions)].append(handled)
    return tuple(
        _disposition_class(kind, handled, setting, figures)
        for kind, handled in by_class.items()
        if handled or kind != REST
    )


def _without_finding(setting: Setting) -> Iterator[tuple[str, _Handled]]:
    """Yield what was approved and rests on no finding, each with its class."""
    if (book := setting.book) is None:
        return
    for key in book.approved_about(""):
        one, action = book.dispositions[key], book.action(book.dispositions[key]).title
        yield one.kind, _Handled(DispositionRow(key, *map(setting.text, (one.target, action, one.party))), action)


def _disposition_class(kind: str, handled: list[_Handled], setting: Setting, figures: Figures) -> DispositionClassRows:
    title = setting.dispositions[kind]
    count_title = setting.wording.pair(setting.wording.tr(N_("findings with handling of this class")), title)
    return DispositionClassRows(
        id=kind,
        title=title,
        count=_counted(f"measures.disposition.{kind}.count", count_title, handled, figures),
        actions=tuple(_actions(kind, handled, setting, figures)),
        rows=tuple(one.row for one in handled),
    )


def _counted(figure_id: str, title: str, handled: Sequence[_Handled], figures: Figures) -> Figure:
    found = [one.finding for one in handled if one.finding]
    others = [figures.wording.pair(one.row.finding, one.row.item) for one in handled if not one.finding]
    return figures.findings(figure_id, title, found, others)


def action_id(kind: str, number: int) -> str:
    """Return the id of the figure that counts the findings handled in one of the usual ways, numbered from 1."""
    return f"measures.disposition.{kind}.action.{number}"


def _actions(kind: str, handled: list[_Handled], setting: Setting, figures: Figures) -> Iterator[TitledFigure]:
    """Yield how many findings are handled in each of the usual ways of a class, which begin what was written."""
    classes = {entry.id: entry for entry in setting.kit.plan.dispositions}
    usual = [action.title for action in classes[kind].actions] if kind in classes else []
    if not usual:
        return
    by_action: dict[str, list[_Handled]] = {action: [] for action in usual}
    longest_first = sorted(usual, key=len, reverse=True)
    for one in handled:
        action = next((action for action in longest_first if loose(one.written).startswith(loose(action))), "")
        by_action.setdefault(action, []).append(one)
    for number, (action, found) in enumerate(by_action.items(), 1):
        if found:
            title = action or setting.wording.tr(N_("Other"))
            label = setting.wording.pair(setting.dispositions[kind], title)
            yield TitledFigure(title, _counted(action_id(kind, number), label, found, figures))
