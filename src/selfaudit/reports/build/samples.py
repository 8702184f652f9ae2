"""Build the lists of a spot check: what is drawn and who reviews it, and the high-risk files for signature."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.model.form.building import given_late
from selfaudit.model.sampling.drawing import Ranked
from selfaudit.model.sampling.plan import SampleColumn, SamplePlan
from selfaudit.model.sampling.population import names_in
from selfaudit.model.sampling.state import More
from selfaudit.reports.build.sheet import sheet
from selfaudit.reports.context.parts import TitledText
from selfaudit.reports.context.sheet import Block, Sheet, block, cells
from selfaudit.reports.document import Document, Request
from selfaudit.reports.samples import (
    STRATA,
    WHOLE,
    Listed,
    Row,
    Told,
    reader_title,
    reason_of,
    rule_told,
    seed_told,
    with_lost,
)
from selfaudit.reports.setting import Setting

LIST, HIGH_RISK = N_("What was drawn, and who reviews it"), N_("High-risk list")
_KIND = "list"
PRINTED = 3
"""Columns of the plan that a list has room for, besides the one with the first reader."""
_ROOM = "\n"
"""What makes a cell as high as handwriting needs."""


def sample_list(request: Request) -> Sheet:
    """Return everything that is drawn, with how it was; the cell of a reviewer stays empty until there is one."""
    setting = request.setting
    facts = [fact for one in setting.samples for fact in how_drawn(one, setting)]
    blocks = [made for one in setting.samples for made in _drawn(one, setting)]
    return as_deliverable(setting, LIST_DOCUMENT, facts, blocks)


def high_risk_list(request: Request) -> Sheet:
    """Return the files drawn for their risk, with every point of it, for their first readers to sign."""
    setting = request.setting
    tr = setting.wording.tr
    blocks = [_risky(one.of_high_risk, setting) for one in setting.samples]
    blocks.append(block(tr(N_("Declaration")), setting.kit.plan.declaration))
    return as_deliverable(setting, HIGH_RISK_DOCUMENT, (), blocks)


_SIGNERS = (N_("Drawn by"), N_("Person responsible"))


def as_deliverable(
    setting: Setting,
    document: Document,
    facts: Iterable[TitledText],
    blocks: Iterable[Block],
    signers: Iterable[str] = _SIGNERS,
) -> Sheet:
    """Return a document, called and signed as the deliverable that it is; ``signers`` are message ids."""
    tr = setting.wording.tr
    it = document.deliverable(setting.kit.plan)
    made = sheet(setting, document.called_in(setting.kit.plan), facts, blocks)
    named = it.blank.signatures if it and it.blank else ()
    return replace(made, signatures=named or tuple(map(tr, signers)))


def how_drawn(it: Listed, setting: Setting) -> Iterator[TitledText]:
    """Yield how a sample came about: population, seed, and the rule by which more is drawn."""
    tr, wording, plan, state = setting.wording.tr, setting.wording, it.one.plan, it.one.state
    text = tr(N_("{title}: {drawn} of {files} files drawn. {why}"))
    told = text.format(title=plan.title, drawn=len(it.drawn), files=state.files, why=plan.population.why)
    yield TitledText(tr(N_("Population")), told)
    if lost := with_lost("", it.rows, tr).strip():
        yield TitledText(tr(N_("Lost")), lost)
    yield TitledText(tr(N_("SHA-256 of the population")), state.population)
    if it.anew:
        yield TitledText(tr(N_("Frozen again after a draw was begun")), wording.clauses(it.anew))
    yield TitledText(tr(N_("Source of the seed")), seed_told(state, wording))
    yield TitledText(tr(N_("Seed")), state.seed)
    yield TitledText(tr(N_("Rule for drawing more")), rule_told(plan, wording))
    if added := [_added(more, it, setting) for more in state.more if more.why == "extended"]:
        yield TitledText(tr(N_("Drawn since under that rule")), wording.join(added))
    if it.reviewing and it.reviewing.lacking:
        yield TitledText(tr(N_("Independence not verified")), wording.join(it.reviewing.lacking))


def _added(more: More, it: Listed, setting: Setting) -> str:
    """Return how many files of which stratum an extension drew, with the reason that a person gave for it."""
    tr, names = setting.wording.tr, {row.stratum.key.text: row for row in it.rows}
    added = f"{names[more.stratum].name(it.one.plan, tr)} +{more.files}"
    return tr(N_("{stratum} ({why})")).format(stratum=added, why=setting.text(more.reason)) if more.reason else added


def _drawn(it: Listed, setting: Setting) -> Iterator[Block]:
    tr, plan = setting.wording.tr, it.one.plan
    strata = tuple(_stratum(row, plan, setting) for row in it.rows)
    stratum, files, drawn, _, shows = map(tr, STRATA)
    yield block(setting.wording.pair(plan.title, tr(N_("Strata"))), "", (stratum, files, drawn, shows), strata)
    first, *others = _printed(plan)
    head = (tr(N_("No.")), plan.file.title, first.title, setting.wording.join(column.title for column in others))
    listed = (
        (
            ranked.file.id,
            *_texts(ranked, plan),
            _drawn_for(it, row, ranked, setting),
            _reader(ranked, plan, setting),
            "\n".join(it.reviewers(ranked.file.id)),
            _due(it, ranked, setting),
        )
        for row in it.rows
        for ranked in row.stratum.drawn
    )
    titles = (tr(N_("Why drawn")), reader_title(plan, tr), tr(N_("Reviewer")), tr(N_("Due")))
    table = tuple(cells(str(n), *line) for n, line in enumerate(listed, 1))
    yield block(plan.title, "", (*head, *titles), table)
    lost = tuple(cells(file, why) for file, why in it.one.state.lost.items())
    replaced = setting.wording.pair(plan.title, tr(N_("Replaced")))
    yield block(replaced, "", (plan.file.title, tr(N_("Reason"))), lost)


def _risky(it: Listed, setting: Setting) -> Block:
    tr, plan = setting.wording.tr, it.one.plan
    first, *_ = _printed(plan)
    found = map(tr, (N_("Risk points"), N_("Opinion of the reviewer"), N_("Proposal")))
    titles = (plan.file.title, first.title, *found, reader_title(plan, tr), tr(N_("Signature")))
    lines = (_risky_line(it, row, ranked, setting) for row in it.rows for ranked in row.stratum.drawn)
    table = tuple(cells(str(n), *line) for n, line in enumerate(lines, 1))
    files = sum(row.files for row in it.rows)
    text = tr(N_("{drawn} of {files} high-risk files were drawn.")).format(files=files, drawn=len(it.drawn))
    text = with_lost(text, it.rows, tr)
    return block(plan.title, text, (tr(N_("No.")), *titles), table)


def _risky_line(it: Listed, row: Row, ranked: Ranked, setting: Setting) -> Sequence[str]:
    """Return a file with its risk, what its review found, and its first reader with what they say to that."""
    file, plan = ranked.file.id, it.one.plan
    told = it.told.get(file, Told())
    names = _reader(ranked, plan, setting)
    named = told.readers and all(name in told.readers for name in names_in(names))
    reader = told.readers if named else "\n".join(filter(None, (names, told.readers)))
    risk = _risk(it, row, ranked, setting)
    return (file, _texts(ranked, plan)[0], risk, told.opinion or _ROOM, "", reader, "")


def _stratum(row: Row, plan: SamplePlan, setting: Setting) -> object:
    tr = setting.wording.tr
    shows = tr(WHOLE) if row.may_be is None else str(row.may_be)
    # a column of its own would leave the stratum the width of a number
    told = tr(N_("{drawn}, of which {lost} lost")).format(drawn=row.drawn, lost=row.lost)
    return cells(row.name(plan, tr), str(row.files), told if row.lost else str(row.drawn), shows)


def _printed(plan: SamplePlan) -> Sequence[SampleColumn]:
    """Return the columns that a list has room for."""
    return [column for column in plan.columns if column.id != plan.reader][:PRINTED] or plan.columns


def _texts(ranked: Ranked, plan: SamplePlan) -> tuple[str, str]:
    """Return what is known of a file: in the first column, and in the others together."""
    first, *others = (ranked.file.values.get(column.id, "") for column in _printed(plan))
    return first, "\n".join(filter(None, others))


def _reader(ranked: Ranked, plan: SamplePlan, setting: Setting) -> str:
    return (ranked.file.values.get(plan.reader) or setting.wording.tr(N_("not known"))) if plan.reader else ""


def _drawn_for(it: Listed, row: Row, ranked: Ranked, setting: Setting) -> str:
    found = reason_of(it.one, row, ranked, setting.wording)
    said = setting.wording.tr(N_("{points} points, {place}")).format(points=found.points, place=found.place)
    lost = [found.factors[-1]] if ranked.file.id in it.one.state.lost else []
    return "\n".join((found.stratum, said, *lost))


def _risk(it: Listed, row: Row, ranked: Ranked, setting: Setting) -> str:
    found = reason_of(it.one, row, ranked, setting.wording)
    total = setting.wording.tr(N_("{points} points in total")).format(points=found.points)
    return "\n".join((*found.factors, total))


def _due(it: Listed, ranked: Ranked, setting: Setting) -> str:
    """Return the day on which the last of the items is due by which a file is reviewed, or the file itself."""
    kit, sample = setting.kit, it.one.plan.id
    given = it.reviewing.since.get(ranked.file.id, {}).values() if it.reviewing else ()
    return setting.wording.date(given_late(kit, sample, max(given, default=None)) or kit.due_of_reviews(sample))


LIST_DOCUMENT, HIGH_RISK_DOCUMENT = (
    Document(
        name=name,
        word=N_("body"),
        audience="body",
        context=Sheet,
        build=build,
        ending=title,
        like=_KIND,
        of_answers=False,
        delivered=True,
    )
    for name, build, title in (("sample-list", sample_list, LIST), ("sample-high-risk", high_risk_list, HIGH_RISK))
)
LISTS = (LIST_DOCUMENT.name, HIGH_RISK_DOCUMENT.name)
"""The documents about spot checks."""
