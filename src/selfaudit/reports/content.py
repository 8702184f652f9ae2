"""What the final report says, as a hash: everything that is printed, and neither the file nor the day of writing."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any

from selfaudit.base.canonical import canonical_json
from selfaudit.base.i18n import N_
from selfaudit.model.progress.approval import Content
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.context.findings import FindingRow
from selfaudit.reports.context.outline import AnnexKind, ChapterInfo
from selfaudit.reports.figures import figures_in
from selfaudit.reports.setting import Setting
from selfaudit.word.values import Figure

_NOT_CONTENT = ("printed_on", "as_of")
_FIRST_PAGE = ("title", "body", "campaign", "first_page")
_FOLLOWS = ("charts", "annexes")
"""What only follows from the rest: charts of numbers that chapters print, and which annexes there are."""
ANNEX_FIELDS: Mapping[AnnexKind, str] = {
    "findings": "findings",
    "contradictions": "annex_contradictions",
    "lookalikes": "annex_lookalikes",
    "exclusions": "annex_exclusions",
    "dispositions": "annex_dispositions",
    "register": "annex_register",
    "aside": "annex_aside",
    "items": "annex_items",
    "respondents": "annex_respondents",
    "decisions": "decisions",
    "dropped": "dropped",
    "evidence": "evidence",
}
"""The field with what an annex prints."""
_SHORT = 12
_MAIN = ("conduct.", "findings.total", "findings.severity.", "measures.", "profile.")
_MINOR = ("conduct.unit.", "conduct.role.")


def content_of(report: FinalReport, setting: Setting, template: str, hidden: list[str]) -> Content:
    """Return the content of a report without approvals; ``template`` is a hash of what the template prints.

    ``hidden`` are the texts, as they were written, of which it shows only a part.

    The date on the first page counts if the profile gives it, otherwise it is the day of writing. What is overdue
    counts, and not as of which day: that is the day of the first approval, which is none of the content. On which day a
    milestone was done does not count: the last of them are that the report was approved and sent.
    """
    dated = str(setting.facts.get(setting.kit.plan.report.date, ""))
    milestones = tuple(replace(row, done="") for row in report.plan.milestones)
    report = replace(
        report,
        first_page=replace(report.first_page, date=dated),
        plan=replace(report.plan, milestones=milestones),
    )
    plain, tr = _Plain(), setting.wording.tr
    whole = {one.name: plain(getattr(report, one.name)) for one in fields(report) if one.name not in _NOT_CONTENT}
    return Content(
        digest=_hash({**whole, "template": template, "hidden": hidden}),
        parts=dict(_parts(report, whole, template, setting)) | {tr(N_("masked numbers")): _short(hidden)},
        figures=_figures(report),
    )


def _parts(report: FinalReport, whole: Mapping[str, Any], template: str, setting: Setting) -> Iterator[tuple[str, str]]:
    """Yield a hash of everything that has a name of its own, and one of the rest."""
    tr, annexes = setting.wording.tr, {annex.kind: whole[ANNEX_FIELDS[annex.kind]] for annex in report.annexes}
    held = {name for chapter in report.chapters for name in whole if _is_in(name, chapter)}
    named = {*held, *_FIRST_PAGE, *ANNEX_FIELDS.values(), "chapters", *_FOLLOWS}
    rest = [whole[name] for name in whole if name not in named]
    yield tr(N_("first page")), _short([whole[name] for name in _FIRST_PAGE])
    for chapter, own in zip(report.chapters, whole["chapters"], strict=True):
        printed = [_in_chapter(name, whole[name]) for name in whole if _is_in(name, chapter)]
        yield f"{chapter.number} {chapter.title}", _short([own, printed])
    for annex in report.annexes:
        rows = annexes[annex.kind]
        # without its number, which depends on the annexes before it
        yield (
            setting.wording.pair(tr(N_("annex")), annex.title),
            _short(rows["rows"] if annex.kind == "findings" else rows),
        )
    yield tr(N_("other content")), _short(rest)
    yield tr(N_("template")), _short(template)


def _is_in(name: str, chapter: ChapterInfo) -> bool:
    return name in chapter.holds or (name == "legal_basis" and "plan" in chapter.holds)


def _in_chapter(name: str, printed: Any) -> Any:
    """Return what a chapter prints of a field: numbers of the findings and ``in_full``, whose rows are in an annex."""
    if name == "findings":
        areas = [{**area, "rows": ()} for area in printed["areas"]]
        return {**printed, "rows": (), "areas": areas}
    return {**printed, "rows": ()} if name == "measures" else printed


def _figures(report: FinalReport) -> dict[str, int]:
    """Return the numbers by which a change is told, by what they count; the first of several of the same name."""
    found: dict[str, int] = {}
    for figure in figures_in(report):
        if figure.id.startswith(_MAIN) and not figure.id.startswith(_MINOR):
            found.setdefault(figure.title, figure.value)
    return found


class _Plain:
    """Turns a context into plain data; of a finding, which several tables print, it is the hash, worked out once."""

    def __init__(self) -> None:
        self._findings: dict[int, str] = {}

    def __call__(self, value: Any) -> Any:
        kind = type(value)
        # most are texts, and there are a million of them
        if kind is str:
            return value
        if kind is Figure:
            return value.value
        if kind is tuple:
            return [self(entry) for entry in value]
        if kind is FindingRow:
            known = self._findings.get(id(value))
            if known is None:
                known = self._findings[id(value)] = _hash(self._fields(value))
            return known
        return self._fields(value) if is_dataclass(value) else value

    def _fields(self, value: Any) -> dict[str, Any]:
        return {name: self(getattr(value, name)) for name in _names(value.__class__)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _hash(data: Any) -> str:
    return sha256(canonical_json(data)).hexdigest()


def _short(data: Any) -> str:
    return _hash(data)[:_SHORT]
