"""Build the outline of the final report: what is in each chapter, under which headings, and which annexes follow."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from selfaudit.base.i18n import N_
from selfaudit.base.text import loose
from selfaudit.model.kit.outline import HEADINGS, Chapter
from selfaudit.model.kit.plan import ProfileField
from selfaudit.model.names import PROFILE
from selfaudit.reports.against import register_figures
from selfaudit.reports.context.findings import Findings, Measures
from selfaudit.reports.context.outline import AnnexInfo, AnnexKind, ChapterInfo, Fact, FirstPage, Section, SectionKind
from selfaudit.reports.context.parts import SuggestionBox, TitledText, VoiceRow
from selfaudit.reports.setting import Setting
from selfaudit.word.values import Figure

_TO_FILL_IN = N_("[to be filled in]")
_NOTHING = ("无", "none")
"""How somebody says that there is no number or the like, which then is not on the first page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is there to be printed, as far as the outline depends on it."""

    setting: Setting
    findings: Findings
    measures: Measures
    suggestions: Sequence[SuggestionBox]
    clues: tuple[VoiceRow, ...]


def heading(name: str, setting: Setting) -> str:
    """Return a heading of the report: the kit's, otherwise the usual one."""
    return setting.kit.plan.report.headings.get(name) or setting.wording.tr(HEADINGS[name])


def chapters(contents: Contents) -> Iterator[ChapterInfo]:
    """Yield the chapters of the plan's outline; one in which there would be nothing is left out."""
    setting, number = contents.setting, 0
    for chapter in setting.kit.plan.report.chapters:
        if sections := tuple(_sections(chapter, contents)):
            number += 1
            yield ChapterInfo(
                id=chapter.id,
                number=setting.wording.chapter(number),
                title=chapter.title,
                holds=chapter.holds,
                facts=tuple(_fact(field, setting) for field in _fields(chapter, setting)),
                sections=sections,
            )


def _fields(chapter: Chapter, setting: Setting) -> Iterator[ProfileField]:
    yield from (field for field in setting.kit.plan.profile if field.chapter == chapter.id)


def _sections(chapter: Chapter, contents: Contents) -> Iterator[Section]:
    """Yield the sections of a chapter; one that is alone has no heading, and its parts move up."""
    blocks = dict.fromkeys("profile" if block == "text" else block for block in chapter.holds)
    groups = [group for block in blocks for group in _BLOCKS[block](chapter, contents)]
    for head, *parts in groups:
        if len(groups) > 1:
            yield head
            yield from (replace(part, deep=True) for part in parts)
        elif parts:
            yield from parts
        else:
            yield replace(head, title="")


Group = list[Section]
"""A section, and the parts below it if it has any."""


def _section(kind: SectionKind, title: str, *, facts: Sequence[Fact] = (), voices: Sequence[VoiceRow] = ()) -> Section:
    return Section(kind, title, deep=False, facts=tuple(facts), voices=tuple(voices))


def _profile(chapter: Chapter, contents: Contents) -> Iterator[Group]:
    setting = contents.setting
    facts = {field.id: (field.kind, _fact(field, setting)) for field in _fields(chapter, setting)}
    lines, numbers = ([fact for kind, fact in facts.values() if kind == wanted] for wanted in ("line", "number"))
    if lines:
        yield [_section("particulars", heading("particulars", setting), facts=lines)]
    yield from ([_section("text", fact.title, facts=[fact])] for kind, fact in facts.values() if kind == "text")
    if numbers:
        yield [_section("numbers", heading("numbers", setting), facts=numbers)]
    counted = register_figures({field.id for field in _fields(chapter, setting)}, setting)
    if notes := counted.notes(setting):
        section = _section("register_figures", heading("register_figures", setting))
        yield [replace(section, figures=tuple(counted.rows), notes=notes)]


def _plan(_: Chapter, contents: Contents) -> Iterator[Group]:
    setting, plan = contents.setting, contents.setting.kit.plan
    parts: dict[SectionKind, object] = {
        "legal_basis": plan.legal_basis,
        "scope": plan.scope,
        "method": plan.method,
        "working_group": plan.working_group,
        "requirements": plan.requirements,
        "phases": plan.phases,
        "milestones": plan.milestones,
    }
    there = [_section(kind, heading(kind, setting)) for kind, content in parts.items() if content]
    yield [_section("heading", heading("plan", setting)), *there]


def _conduct(_: Chapter, contents: Contents) -> Iterator[Group]:
    yield [_section("conduct", heading("conduct", contents.setting))]


def _findings(_: Chapter, contents: Contents) -> Iterator[Group]:
    held: dict[SectionKind, object] = {
        "data_checks": contents.findings.checked,
        "lookalikes": contents.findings.lookalikes,
        "contradictions": contents.findings.contradictions,
        "unsupported": contents.findings.unsupported,
        "file_reviews": contents.findings.reviews,
    }
    yield from ([_section(kind, heading(kind, contents.setting))] for kind, rows in held.items() if rows)
    yield [_section("overview", heading("overview", contents.setting))]
    if contents.findings.in_full:
        yield [_section("in_full", heading("in_full", contents.setting))]


def _measures(_: Chapter, contents: Contents) -> Iterator[Group]:
    setting, plan = contents.setting, contents.setting.kit.plan
    if contents.measures.asked:
        yield [_section("corrections", heading("corrections", setting))]
    if plan.dispositions and contents.findings.rows:
        yield [_section("handling", heading("handling", setting))]
    if plan.handling:
        yield [_section("who_handles", heading("who_handles", setting))]


def _suggestions(_: Chapter, contents: Contents) -> Iterator[Group]:
    yield from ([_section("suggestions", box.title, voices=box.rows)] for box in contents.suggestions)


def _clues(_: Chapter, contents: Contents) -> Iterator[Group]:
    if title := contents.setting.kit.plan.clues:
        yield [_section("clues", title, voices=contents.clues)]


_BLOCKS: dict[str, Callable[[Chapter, Contents], Iterator[Group]]] = {
    "profile": _profile,
    "plan": _plan,
    "conduct": _conduct,
    "findings": _findings,
    "measures": _measures,
    "suggestions": _suggestions,
    "clues": _clues,
}


def _fact(field: ProfileField, setting: Setting) -> Fact:
    number = setting.numbers.get(field.id)
    if number is not None:
        source = setting.wording.pair(PROFILE, field.id)
        return Fact(field.title, "", Figure(f"profile.{field.id}", number, field.title, (source,)), is_number=True)
    return Fact(field.title, fact_text(field.id, setting), None, is_number=field.kind == "number")


def fact_text(name: str, setting: Setting) -> str:
    """Return a fact of the profile as printed; a line, such as a credit code or a telephone number, is never masked."""
    text = setting.facts.get(name, "")
    lines = {field.id for field in setting.kit.plan.profile if field.kind == "line"}
    said = setting.wording.written_date(text) if name in lines else setting.text(text)
    return said or setting.wording.tr(_TO_FILL_IN)


def first_page(setting: Setting) -> FirstPage:
    """Return what the first page says of body and document."""
    report = setting.kit.plan.report
    titles = {field.id: field.title for field in setting.kit.plan.profile}
    said = {name: fact_text(name, setting) for name in report.on_cover}
    there = {name: text for name, text in said.items() if loose(text) not in _NOTHING}
    return FirstPage(
        number=there.get(report.number, ""),
        date=there.get(report.date) or setting.wording.date(setting.today),
        lines=tuple(TitledText(titles[name], there[name]) for name in report.cover if name in titles and name in there),
    )


def annexes(printed: dict[AnnexKind, bool], setting: Setting) -> Iterator[AnnexInfo]:
    """Yield the annexes in which there is anything, numbered from 1."""
    there = [kind for kind, content in printed.items() if content]
    for number, kind in enumerate(there, 1):
        yield AnnexInfo(kind, str(number), heading(f"annex_{kind}", setting))
