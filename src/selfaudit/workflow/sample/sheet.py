"""``sample list -o``: what is drawn as a workbook or for Word, to fetch the files and have their first readers sign."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError
from selfaudit.files.atomic import write_bytes
from selfaudit.files.sheets.writing import Look, write_xlsx
from selfaudit.model.sampling.drawing import Ranked
from selfaudit.model.sampling.reviewing import Reviewing
from selfaudit.reports.barring import not_verified, why_not
from selfaudit.reports.build.samples import HIGH_RISK_DOCUMENT, LIST_DOCUMENT
from selfaudit.reports.document import Request, properties_of
from selfaudit.reports.samples import STRATA, WHOLE, Listed, Row, Told, reader_title, reason_of
from selfaudit.reports.wording import Wording
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.writing.documents import template_of
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.common.writing.rendering import Renderer
from selfaudit.workflow.common.writing.setting import setting_of
from selfaudit.workflow.sample.drawing import NOT_DRAWN

_WIDTH, _WIDE = 14, 28
_WORD = ".docx"
Sheet = tuple[str, Sequence[str], Sequence[int], Iterable[Sequence[str | int]]]


def write_list(workspace: Workspace, found: Listed, output: Path, *, high_risk: bool) -> Path:
    """Write every file that is drawn, with why it is and who reviews it; return where. The ending says how.

    In Word, ``high_risk`` is another list, for the first readers to sign.
    """
    if not found.one.state.drawn:
        raise UserError(NOT_DRAWN(id=found.one.state.id))
    in_word = output.suffix.lower() == _WORD
    path = output_path(workspace, output, output.with_suffix(_WORD if in_word else ".xlsx"))
    if in_word:
        _write_document(workspace, found, path, high_risk=high_risk)
    else:
        _write_workbook(workspace, found, path)
    return path


def _write_document(workspace: Workspace, found: Listed, path: Path, *, high_risk: bool) -> None:
    document = HIGH_RISK_DOCUMENT if high_risk else LIST_DOCUMENT
    setting = replace(setting_of(workspace), samples=[found])
    template = template_of(document, setting.kit.plan, workspace)
    made = document.build(Request(setting, ()))
    with Renderer() as renderer:
        write_bytes(path, renderer.render(template, made, properties_of(made, template.about.language)))


def _write_workbook(workspace: Workspace, found: Listed, path: Path) -> None:
    """Write what is drawn, the strata, and who may not review which file."""
    wording = Wording(workspace.plan().language)
    plan, tr = found.one.plan, wording.tr
    known = [column.title for column in plan.columns]
    reader = reader_title(plan, tr)
    says, signs = (tr(one).format(reader=reader) for one in (N_("{reader}: opinion"), N_("{reader}: signature")))
    own = (N_("Stratum"), N_("Points"), N_("Why drawn"), N_("Place"), N_("Reviewer"), N_("Found by the review"))
    header = [plan.file.title, *known, *map(tr, own), says, signs]
    widths = [_WIDTH] * (len(known) + 1) + [_WIDE, _WIDTH, _WIDE, _WIDTH, _WIDTH, _WIDE, _WIDE, _WIDTH]
    files = [_line(found, row, ranked, wording) for row in found.rows for ranked in row.stratum.drawn]
    strata = (tr(N_("Strata")), list(map(tr, STRATA)), [_WIDE, _WIDTH, _WIDTH, _WIDTH, _WIDE], _strata(found, wording))
    sheets: list[Sheet] = [(plan.called, header, widths, files), strata]
    if found.reviewing:
        sheets.append(_excluded(found, found.reviewing, wording))
    write_xlsx(path, sheets, Look(title=plan.title))


def _strata(found: Listed, wording: Wording) -> Iterator[list[str | int]]:
    whole = wording.tr(WHOLE)
    for row in found.rows:
        name = row.name(found.one.plan, wording.tr)
        yield [name, row.files, row.drawn, row.lost, whole if row.may_be is None else row.may_be]


def _excluded(found: Listed, now: Reviewing, wording: Wording) -> Sheet:
    """Return who may not review which file, and why: a row for each file, a column for each reviewer."""
    tr, people = wording.tr, sorted(now.people, key=lambda id_: now.people[id_].name)
    header = [found.one.plan.file.title, tr(N_("Reviewer")), tr(N_("Independence not verified"))]

    def line(file: str) -> list[str | int]:
        why = [why_not(now.why_not(file, id_), tr) for id_ in people]
        return [file, wording.join(now.names_of(file)), not_verified(now, file, tr), *why]

    rows = (line(ranked.file.id) for ranked in found.drawn if ranked.file.id in now.wanted)
    widths = [_WIDTH, _WIDTH, _WIDE] + [_WIDTH] * len(people)
    return tr(N_("Excluded reviewers")), [*header, *(now.people[id_].name for id_ in people)], widths, rows


def _line(found: Listed, row: Row, ranked: Ranked, wording: Wording) -> list[str | int]:
    values = [ranked.file.values.get(column.id, "") for column in found.one.plan.columns]
    why = reason_of(found.one, row, ranked, wording)
    told = (why.stratum, why.points, wording.join(why.factors), why.place)
    reviewers, said = wording.join(found.reviewers(ranked.file.id)), found.told.get(ranked.file.id, Told())
    return [ranked.file.id, *values, *told, reviewers, said.opinion, said.readers, ""]
