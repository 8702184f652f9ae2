"""What answers say and what the body's own data say against them, in words for documents and the console."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from selfaudit.base.i18n import N_
from selfaudit.model.data.outcome import REASONS, Outcome, Signal, told
from selfaudit.model.form.answers import Answer
from selfaudit.model.held.against import Against, Unsupported, without_support
from selfaudit.model.held.figures import CountedFigure, counted_figures
from selfaudit.model.held.held import Held
from selfaudit.model.held.named import NamedAgainst
from selfaudit.reports.context.findings import ContradictionRow, UnsupportedRow
from selfaudit.reports.context.outline import RegisterFigureRow
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.decisions import Decision
from selfaudit.word.values import Figure

_MOST_NAMES = 5
_MOST_ROWS = 5
_MOST_COLUMNS = 6
OUTDATED = N_("registers changed since")
"""What is said of whatever came of registers that are not what they were."""
_ASIDE = {
    "explained": N_("explained, so not counted: {n}"),
    "excepted": N_("excepted, so not counted: {n}"),
}


def is_settled(one: Held, made: Decision | None) -> bool:
    """Return whether a decision settles what both sides say now."""
    return made is not None and made.data["digest"] == one.digest


def contradiction_row(one: Held, made: Decision | None, setting: Setting) -> ContradictionRow:
    """Return both sides of a contradiction and what was decided about it, perhaps when they were not what they are."""
    item = None if isinstance(one, CountedFigure) else setting.kit.items.get(one.item)
    said, data, threshold = _sides(one, setting)
    return ContradictionRow(
        key=one.key,
        place=setting.wording.tr(N_("profile of the body")) if isinstance(one, CountedFigure) else one.place,
        title=item.title if item else "",
        about=one.name,
        said=said,
        data=data,
        threshold=threshold,
        verdict=_verdict(one, made, setting),
    )


def _sides(one: Held, setting: Setting) -> tuple[str, str, str]:
    """Return what was said, what the data say, and how the two are compared."""
    if isinstance(one, CountedFigure):
        return _of_figure(one, setting)
    return _of_number(one, setting) if isinstance(one, NamedAgainst) else _of_answer(one, setting)


def _of_number(one: NamedAgainst, setting: Setting) -> tuple[str, str, str]:
    wording, say = setting.wording, setting.wording.tr
    who = [wording.aside(setting.called(said.who), wording.date(setting.day_of(said.at))) for said in one.said]
    answer = wording.answer(Answer.CONFORM if one.said[0].holds else Answer.PROBLEM)
    texts = dict.fromkeys(setting.text(said.text) for said in one.said if said.text)
    register = _asked({one.register: one.version}, setting)
    status = one.status or say(N_("no such number"))
    said = "\n".join([wording.pair(wording.some(who, _MOST_NAMES), answer), *list(texts)[:1]])
    return said, wording.pair(register, f"{one.number} {status}"), say(N_("as the register says"))


def _of_answer(one: Against, setting: Setting) -> tuple[str, str, str]:
    return (
        _said(one, setting),
        _data(one, setting),
        setting.wording.tr(N_("signals: {n} or more")).format(n=one.at_least),
    )


def _of_figure(one: CountedFigure, setting: Setting) -> tuple[str, str, str]:
    say = setting.wording.tr
    at_least = one.figure.compare == "at_least"
    pair, unit, profile = setting.wording.pair, one.figure.unit, say(N_("profile of the body"))
    counted = pair(say(N_("Registers")), f"{one.outcome.value} {unit}".strip())
    data = [counted, *figure_source(one, setting), *_outdated(one.figure.id, setting)]
    threshold = say(N_("no less than in the registers")) if at_least else say(N_("as in the registers"))
    return pair(profile, f"{one.stated} {unit}".strip()), "\n".join(data), threshold


def figure_source(one: CountedFigure, setting: Setting) -> list[str]:
    """Return how a figure of the registers was counted: in words, in which versions, and what could not be counted."""
    unknown = N_("rows that could not be counted: {n}")
    not_counted = setting.wording.tr(unknown).format(n=one.outcome.unknown) if one.outcome.unknown else ""
    return [text for text in (one.figure.why, _asked(one.outcome.registers, setting), not_counted) if text]


def _asked(registers: Mapping[str, int], setting: Setting) -> str:
    """Return which registers were asked, those imported on one day together."""
    wording, by_day = setting.wording, dict[str, list[str]]()
    for name, version in registers.items():
        at = setting.data.imported.get((name, version), "")
        by_day.setdefault(_imported(at, setting), []).append(setting.data.titles.get(name, name))
    return wording.join(wording.aside(wording.join(names), day) for day, names in by_day.items())


def _imported(at: str, setting: Setting) -> str:
    """Return when a version of a register was imported, empty if that is not known."""
    day = setting.wording.date(setting.day_of(at))
    return setting.wording.tr(N_("imported on {day}")).format(day=day) if day else ""


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
    outcome = setting.data.outcomes.get(one.check)
    asked = _asked(outcome.registers, setting) if outcome else ""
    day = wording.date(outcome.as_of) if outcome and outcome.as_of else ""
    lines = [
        wording.pair(check, wording.clauses([count, *confirmed, *aside])),
        *([wording.pair(tr(N_("Registers")), asked)] if asked else []),
        *([tr(N_("judged as of {day}")).format(day=day)] if day else []),
        *_outdated(one.check, setting),
        *_rows(one.signals, setting),
    ]
    return setting.text("\n".join(lines))


def _rows(signals: Sequence[Signal], setting: Setting) -> Iterator[str]:
    """Yield the keys of the rows, each on a line of its own, and how the first was computed."""
    wording, tr = setting.wording, setting.wording.tr
    yield wording.pair(tr(N_("rows")), "").rstrip()
    yield from (one.key for one in signals[:_MOST_ROWS])
    if len(signals) > _MOST_ROWS:
        yield tr(N_("and {n} more")).format(n=len(signals) - _MOST_ROWS)
    computed = wording.clauses(signals[0].derivation)
    yield wording.pair(tr(N_("the first of them")), computed) if len(signals) > 1 else computed


def _verdict(one: Held, made: Decision | None, setting: Setting) -> str:
    tr = setting.wording.tr
    if made is None:
        return tr(N_("not settled yet"))
    text = tr(
        N_("{reason} (settled by {by} on {day})")
        if is_settled(one, made)
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
        titles = {id_: check.title for id_, check in setting.data.checks.items()}
        yield UnsupportedRow(
            checks="\n".join(f"{one.check} {titles.get(one.check, '')}".strip() for one in same),
            reason=reason,
            places=setting.wording.clauses(_titled(places, setting)),
        )


def _titled(places: Mapping[str, Collection[str]], setting: Setting) -> Iterator[str]:
    """Yield each item with its title, and after it how many answered, part by part if it has any."""
    parts: dict[str, dict[str, int]] = {}
    for place, who in places.items():
        item, _, part = place.partition(" ")
        parts.setdefault(item, {})[part] = len(who)
    for item, counted in parts.items():
        title = f"{item} {setting.kit.items[item].title}"
        if "" in counted:
            title = setting.wording.aside(title, str(counted.pop("")))
        told = [setting.wording.aside(part, str(n)) for part, n in counted.items()]
        yield " ".join([title, setting.wording.join(told)]).strip()


def places_of(found: Iterable[Unsupported], setting: Setting) -> dict[str, frozenset[str]]:
    """Return who says “conform” at which place without support, in the order of the items."""
    order = {item: n for n, item in enumerate(setting.kit.items)}
    return dict(sorted(without_support(found).items(), key=lambda one: (order[one[0].split()[0]], one[0])))


def _reason(outcome: Outcome | None, setting: Setting) -> str:
    """Return what came of a check that did not run, or in part only."""
    tr = setting.wording.tr
    if outcome is None:
        return tr(N_("never run"))
    return told(outcome, tr, _titles(outcome.missing, setting), _MOST_COLUMNS)


@dataclass(slots=True)
class RegisterFigures:
    """The numbers that registers give, with notes below: how they were counted, then those that could not be."""

    rows: list[RegisterFigureRow] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    unknown: dict[str, list[str]] = field(default_factory=dict)

    def notes(self, setting: Setting) -> tuple[str, ...]:
        """Return the notes: those that rows name are numbered; figures that are unknown for one reason are one."""
        wording = setting.wording
        numbered = [f"{number}. {text}" for number, text in enumerate(self.counted, 1)]
        not_counted = [
            wording.tr(N_("The registers do not give: {titles} ({reason}).")).format(
                titles=wording.join(titles), reason=reason
            )
            for reason, titles in self.unknown.items()
        ]
        return (*numbered, *not_counted)


def register_figures(fields: Container[str], setting: Setting) -> RegisterFigures:
    """Return the numbers that registers give for some fields of the profile, and with them those beside no field."""
    made = RegisterFigures()
    counted = counted_figures(setting.data.figures, setting.numbers)
    known = [field.id for field in setting.kit.plan.profile]
    compared = {one.figure.profile for one in counted}
    # beside the numbers of the body that they are compared with, or else where the facts about it begin
    begin = known[:1] if compared.isdisjoint(known) else []
    if any(name in fields for name in (*compared, *begin)):
        for one in counted:
            if one.figure.profile in fields or one.figure.profile is None:
                _enter(one, made, setting)
    return made


def _enter(one: CountedFigure, made: RegisterFigures, setting: Setting) -> None:
    wording, figure = setting.wording, one.figure
    source = figure_source(one, setting)
    note = wording.clauses(source)
    if one.outcome.reason:
        made.unknown.setdefault(_unknown(one, setting), []).append(figure.title)
    elif one.outcome.values and note and note not in made.counted:
        made.counted.append(note)
    empty = wording.tr(N_("[to be filled in]")) if figure.profile else "—"
    stated = empty if one.stated is None else str(one.stated)
    for entry in one.outcome.values:
        label = setting.data.titles.get(f"{figure.id}.{entry.label}", entry.label)
        title = wording.pair(figure.title, label) if label else figure.title
        id_ = ".".join(filter(None, ("registers", figure.id, entry.label)))
        sources = (*source, " ".join(one.outcome.sql.split()))
        counted = None if entry.value is None else Figure(id_, entry.value, title, sources)
        number = str(made.counted.index(note) + 1) if note in made.counted else ""
        remark = wording.clauses([*_agreeing(one, setting), *_outdated(figure.id, setting)])
        made.rows.append(RegisterFigureRow(title, stated, counted, remark, number))


def _agreeing(one: CountedFigure, setting: Setting) -> list[str]:
    if one.stated is None or one.outcome.value is None:
        return []
    say = setting.wording.tr
    if one.agrees:
        return [say(N_("agrees"))]
    at_least = one.figure.compare == "at_least"
    return [say(N_("less than in the registers")) if at_least else say(N_("not as stated"))]


def _outdated(source: str, setting: Setting) -> list[str]:
    """Return that registers have changed since a check or a figure came of them, if they have."""
    return [setting.wording.tr(OUTDATED)] if source in setting.data.outdated else []


def _unknown(one: CountedFigure, setting: Setting) -> str:
    """Return why a figure is not known."""
    wording, reason = setting.wording, one.outcome.reason
    text = wording.tr(REASONS[reason]) if reason else ""
    lacking = wording.some(_titles(one.outcome.missing, setting), _MOST_COLUMNS)
    return wording.pair(text, lacking) if lacking else text


def _titles(names: Iterable[str], setting: Setting) -> list[str]:
    return [setting.data.titles.get(name, name) for name in names]
