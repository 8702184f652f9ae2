"""What answers say and what the body's own data say against them, in words for documents and the console."""

from collections.abc import Iterable, Iterator

from selfaudit.base.i18n import N_
from selfaudit.model.data.outcome import REASONS, Outcome
from selfaudit.model.form.answers import Answer
from selfaudit.model.held.against import Against, Unsupported, without_support
from selfaudit.reports.context.findings import ContradictionRow, UnsupportedRow
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.decisions import Decision

_MOST_NAMES = 5
_MOST_ROWS = 8
_MOST_COLUMNS = 6
_ASIDE = {
    "explained": N_("explained, so not counted: {n}"),
    "excepted": N_("excepted, so not counted: {n}"),
}


def contradiction_row(one: Against, made: Decision | None, setting: Setting) -> ContradictionRow:
    """Return both sides of a contradiction and what was decided about it, perhaps when they were not what they are."""
    item = setting.kit.items.get(one.item)
    threshold = setting.wording.tr(N_("signals: {n} or more")).format(n=one.at_least)
    return ContradictionRow(
        key=one.key,
        place=one.place,
        title=item.title if item else "",
        about=one.name,
        said=_said(one, setting),
        data=_data(one, setting),
        threshold=threshold,
        verdict=_verdict(one, made, setting),
    )


def _said(one: Against, setting: Setting) -> str:
    wording = setting.wording
    who = [wording.aside(setting.called(said.who), wording.date(setting.day_of(said.at))) for said in one.said]
    text = wording.pair(wording.some(who, _MOST_NAMES), wording.answer(Answer.CONFORM))
    notes = dict.fromkeys(setting.text(said.note) for said in one.said if said.note)
    return "\n".join([text, *list(notes)[:1]])


def _data(one: Against, setting: Setting) -> str:
    wording, tr = setting.wording, setting.wording.tr
    check = f"{one.check} {one.title}".strip()
    count = tr(N_("rows judged: {judged}, signals: {n}")).format(judged=one.judged, n=len(one.signals))
    confirmed = [tr(N_("of them confirmed: {n}")).format(n=one.confirmed)] if one.confirmed else []
    aside = [tr(_ASIDE[verdict]).format(n=n) for verdict, n in one.aside.items()]
    rows = wording.some([signal.key for signal in one.signals], _MOST_ROWS)
    first = one.signals[0]
    lines = [
        wording.pair(check, wording.clauses([count, *confirmed, *aside])),
        wording.pair(tr(N_("rows")), rows),
        wording.pair(tr(N_("for example {key}")).format(key=first.key), wording.clauses(first.derivation)),
    ]
    return setting.text("\n".join(lines))


def _verdict(one: Against, made: Decision | None, setting: Setting) -> str:
    tr = setting.wording.tr
    if made is None:
        return tr(N_("not settled yet"))
    holds = made.data["digest"] == one.digest
    text = tr(
        N_("{reason} (settled by {by} on {day})")
        if holds
        else N_("open again, since a side has changed; before that {by} had settled it on {day}: {reason}")
    )
    day = setting.wording.date(setting.day_of(made.at))
    return text.format(reason=setting.text(made.reason), by=made.by, day=day)


def unsupported_rows(found: Iterable[Unsupported], setting: Setting) -> Iterator[UnsupportedRow]:
    """Yield what the data could not support; checks that did not run for the same reason stand together."""
    together: dict[str, list[Unsupported]] = {}
    for one in found:
        together.setdefault(_reason(one.outcome, setting), []).append(one)
    for reason, same in together.items():
        places = places_of(same, setting)
        listed = [setting.wording.aside(place, str(len(who))) for place, who in places.items()]
        yield UnsupportedRow(
            checks=setting.wording.join(one.check for one in same),
            reason=reason,
            places=setting.wording.join(listed),
        )


def places_of(found: Iterable[Unsupported], setting: Setting) -> dict[str, frozenset[str]]:
    """Return who says “conform” at which place without support, in the order of the items."""
    order = {item: n for n, item in enumerate(setting.kit.items)}
    return dict(sorted(without_support(found).items(), key=lambda one: (order[one[0].split()[0]], one[0])))


def _reason(outcome: Outcome | None, setting: Setting) -> str:
    """Return why a check did not run, or in part only."""
    wording, tr = setting.wording, setting.wording.tr
    if outcome is None:
        return tr(N_("never run"))
    if outcome.state == "in_part":
        text = tr(N_("ran in part: {unknown} of {all} rows could not be judged"))
        told = text.format(unknown=outcome.unknown, all=outcome.unknown + outcome.judged)
    else:
        told = tr(N_("not run: {reason}")).format(reason=tr(REASONS[outcome.reason]) if outcome.reason else "")
    lacking = [*outcome.lacking, *outcome.missing]
    return wording.aside(told, wording.some(lacking, _MOST_COLUMNS) if lacking else "")
