"""``sample list -o``: what is drawn as a workbook, to fetch the files and have their first readers sign."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.files.sheets.writing import Look, write_xlsx
from selfaudit.model.sampling.drawing import Ranked, Stratum, points
from selfaudit.model.sampling.reviewing import Reviewing
from selfaudit.reports.wording import Wording
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.samples import Frozen
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.sample.barring import not_verified, why_not
from selfaudit.workflow.sample.explaining import Listed, Row

_WIDTH, _WIDE = 14, 28
Sheet = tuple[str, Sequence[str], Sequence[int], Iterable[Sequence[str | int]]]


def write_list(workspace: Workspace, found: Listed, output: Path) -> Path:
    """Write every file that is drawn, with why it is and who reviews it, the strata, and who may not; return where."""
    path = output_path(workspace, output, output.with_suffix(".xlsx"))
    wording = Wording(workspace.plan().language)
    one, rows, plan, tr = found.one, found.rows, found.one.plan, wording.tr
    known = [column.title for column in plan.columns]
    own = (N_("Stratum"), N_("Points"), N_("Why"), N_("Reviewer"), N_("First reader signs"))
    header = [plan.file.title, *known, *map(tr, own)]
    widths = [_WIDTH] * (len(known) + 1) + [_WIDE, _WIDTH, _WIDE, _WIDTH, _WIDTH]
    files = [_line(found, row.stratum, ranked, wording) for row in rows for ranked in row.stratum.drawn]
    strata = (tr(N_("Strata")), list(map(tr, STRATA)), [_WIDE, _WIDTH, _WIDTH, _WIDE], _strata(one, rows, wording))
    sheets: list[Sheet] = [(plan.called, header, widths, files), strata]
    if found.reviewing and found.drawn:
        sheets.append(_excluded(found, found.reviewing, wording))
    write_xlsx(path, sheets, Look(title=plan.title))
    return path


STRATA = (N_("Stratum"), N_("Files"), N_("Drawn"), N_("If none of these has a problem, at most have one (95 %)"))
"""What is said of each stratum."""


def _strata(one: Frozen, rows: Sequence[Row], wording: Wording) -> Iterator[list[str | int]]:
    whole = wording.tr(N_("reviewed whole; nothing is projected from it"))
    for row in rows:
        yield [row.name(one.plan, wording.tr), row.files, row.drawn, whole if row.may_be is None else row.may_be]


def _excluded(found: Listed, now: Reviewing, wording: Wording) -> Sheet:
    """Return who may not review which file, and why: a row for each file, a column for each reviewer."""
    tr, people = wording.tr, sorted(now.people, key=lambda id_: now.people[id_].name)
    header = [found.one.plan.file.title, tr(N_("Reviewer")), tr(N_("Independence not verified"))]

    def line(file: str) -> list[str | int]:
        why = [why_not(now.why_not(file, id_), tr) for id_ in people]
        return [file, now.name_of(file), not_verified(now, file, tr), *why]

    rows = (line(ranked.file.id) for ranked in found.drawn if ranked.file.id in now.wanted)
    widths = [_WIDTH, _WIDTH, _WIDE] + [_WIDTH] * len(people)
    return tr(N_("Excluded reviewers")), [*header, *(now.people[id_].name for id_ in people)], widths, rows


def _line(found: Listed, stratum: Stratum, ranked: Ranked, wording: Wording) -> list[str | int]:
    one, plan, file = found.one, found.one.plan, ranked.file
    given = points(plan, file)
    why = [f"{factor.title} {given[factor.id]}" for factor in plan.factors if given[factor.id]]
    values = [file.values.get(column.id, "") for column in plan.columns]
    lost = one.state.lost.get(file.id)
    said = wording.tr(N_("replaced: {why}")).format(why=lost) if lost else wording.join(why)
    name = Row(stratum, 0, 0, None).name(plan, wording.tr)
    reviewer = found.reviewing.name_of(file.id) if found.reviewing and not lost else ""
    return [file.id, *values, name, sum(given.values()), said, reviewer, ""]
