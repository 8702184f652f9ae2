"""What no single model can know: references inside a kit, its dates, and whether a roster can serve it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Kind, Some, Term, error, note, warning
from selfaudit.base.text import file_name
from selfaudit.model.finding import FINDING_FIELDS
from selfaudit.model.kit.kit import Checklist, Kit
from selfaudit.model.kit.outline import ANNEXES, DRAFT
from selfaudit.model.kit.plan import Phase, Plan
from selfaudit.model.kit.years import other_years, years_of
from selfaudit.model.names import CITATIONS, PLAN

DUPLICATE_ID = error("kit.duplicate-id", N_("the id “{id}” is used twice"), N_("Give each its own id."))
DUPLICATE_ITEM = error(
    "kit.duplicate-item",
    N_("the id “{id}” is used twice, first in {first}"),
    N_("Give each its own id. If one file is a copy that a program left there, move it out of the folder."),
)
UNKNOWN_ID = error("kit.unknown-id", N_("there is no {what} “{id}”"), N_("Known: {known}."))
NONE_KNOWN = error(
    "kit.none-known", N_("there is no {what} “{id}”"), N_("There is none at all yet. Add it, or take this out.")
)
NOT_A_NUMBER = error(
    "kit.not-a-number", N_("“{id}” is not a number field of the profile"), N_("Add “kind: number” to it.")
)
NO_TITLE = error(
    "kit.no-title",
    N_("the field “{id}” of a finding has no title"),
    N_("Add “title: …”. Without one there are: {known}."),
)
NOT_ASKED = error(
    "kit.not-asked",
    N_("“{id}” is required of a finding but not asked"),
    N_("Add it to finding_fields, or take it out here."),
)
ROLES_OF_BODY = error(
    "kit.roles-of-body",
    N_("the document “{id}” is for the whole body, which has no roles"),
    N_("Take “roles” out, or write “for: unit” or “for: person”."),
)
SAME_TITLE = error(
    "kit.same-title",
    N_("another document is called like “{title}” as a file, so that one would be written in the place of the other"),
    N_("Give this one another title."),
)
NOBODY_ANSWERS = error(
    "kit.nobody-answers", N_("nobody answers item {id}: it names no role"), N_("Name at least one of: {known}.")
)
OTHER_SUBJECT = error(
    "kit.other-subject",
    N_("no answer to item {id} is about what “subject: {subject}” says"),
    N_("Roles with “answers: file” need “subject: file”, and no others may have it."),
)
OTHER_LANGUAGE = warning(
    "kit.other-language",
    N_("forms and reports are written in “{language}”, but most questions are not"),
    N_("Write “language: {other}”, or translate the questions."),
)
AREA_EMPTY = warning(
    "kit.area-empty", N_("no checklist contains items of the area “{id}”"), N_("Remove it or add a checklist.")
)
ROLE_UNUSED = warning(
    "kit.role-unused", N_("no item is answered by the role “{id}”"), N_("Remove it or name it in items.")
)
CITATION_UNUSED = warning("kit.citation-unused", N_("nothing cites “{id}”"), N_("Remove it or cite it in a basis."))
UNVERIFIED = warning(
    "kit.citation-unverified",
    N_("“{cite}” has not been verified; places that cite it: {count}"),
    N_("Check it against the source, then write “verified: true” and “source: …”."),
)
NO_SOURCE = error(
    "kit.no-source",
    N_("“{id}” is marked as verified but has no source"),
    N_("Add “source: …”, or write “verified: false” until somebody has compared it with the source."),
)
DATES_REVERSED = warning(
    "kit.dates-reversed", N_("“{title}” ends on {end}, before it starts on {start}"), N_("Correct one of the dates.")
)
DATES_OVERLAP = warning(
    "kit.dates-overlap",
    N_("“{title}” ({start} to {end}) overlaps “{other}”, which ends on {other_end}"),
    N_("This is accepted; correct the dates if they are wrong."),
)
DATES_DIFFER = warning(
    "kit.dates-differ",
    N_("the dates of “{title}” are {start} to {end} here and {other_start} to {other_end} in {place}"),
    N_("Decide which dates are right and correct them here; then delete this entry of stated_elsewhere."),
)
OUTSIDE_PHASE = warning(
    "kit.outside-phase",
    N_("{day} lies outside its phase “{phase}” ({start} to {end})"),
    N_("Correct the day or name another phase."),
)
OTHER_YEAR = note(
    "kit.other-year",
    N_("the text names {years}, but everything in the plan is in {own}"),
    N_("Correct it if it was left over from another campaign; where a text looks back on purpose, leave it."),
)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem that still needs its place: the file of the kit and the path inside it."""

    file: str
    path: Path
    kind: Kind
    args: dict[str, Any]


def _remark(file: str, path: Path, kind: Kind, **args: Any) -> Remark:
    return Remark(file, path, kind, args)


def check_kit(kit: Kit) -> Iterator[Remark]:
    """Yield everything wrong or doubtful between the files of a kit."""
    yield from _plan_ids(kit.plan)
    yield from _counted(kit.plan)
    yield from _plan_references(kit.plan, {c.id for c in kit.citations})
    yield from _finding_fields(kit.plan)
    yield from _documents(kit.plan)
    yield from _dates(kit.plan)
    yield from _years(kit)
    yield from _citations(kit)
    for file, checklist in kit.checklists.items():
        yield from _checklist(file, checklist, kit)
    yield from _item_ids(kit)
    yield from _unused(kit)
    yield from _language(kit)


def _duplicates(file: str, path: Path, ids: Iterable[str]) -> Iterator[Remark]:
    seen: set[str] = set()
    for n, name in enumerate(ids):
        if name in seen:
            yield _remark(file, (*path, n, "id"), DUPLICATE_ID, id=name)
        seen.add(name)


def unknown(file: str, path: Path, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Remark]:
    """Yield which of the names that a place has are unknown."""
    allowed = list(known)
    for n, name in enumerate(names):
        if name not in allowed:
            kind = UNKNOWN_ID if allowed else NONE_KNOWN
            yield _remark(file, (*path, n), kind, what=Term(what), id=name, known=Some(allowed))


def _counted(plan: Plan) -> Iterator[Remark]:
    countable = ["items", "people", "posts", *(role.id for role in plan.roles if role.answers == "person")]
    for n, number in enumerate(plan.coverage):
        if number.counted:
            yield from one_unknown(PLAN, ("coverage", n, "counted"), N_("number"), number.counted, countable)


def _plan_ids(plan: Plan) -> Iterator[Remark]:
    for key in (
        "phases", "milestones", "deliverables", "areas", "roles", "coverage", "severities", "dispositions",
        "suggestions", "profile", "finding_fields", "documents", "kinds", "notices",
    ):  # fmt: skip
        yield from _duplicates(PLAN, (key,), [entry.id for entry in getattr(plan, key)])
    yield from _duplicates(PLAN, ("report", "chapters"), [chapter.id for chapter in plan.report.chapters])
    for n, group in enumerate(plan.online_form.groups if plan.online_form else ()):
        yield from _duplicates(PLAN, ("online_form", "groups", n, "rows"), [row.id for row in group.rows])


def _plan_references(plan: Plan, citations: set[str]) -> Iterator[Remark]:
    deliverables = [d.id for d in plan.deliverables]
    phases = [p.id for p in plan.phases]
    chapters = [c.id for c in plan.report.chapters]
    yield from unknown(PLAN, ("legal_basis",), N_("citation"), plan.legal_basis, sorted(citations))
    for n, phase in enumerate(plan.phases):
        yield from unknown(PLAN, ("phases", n, "outputs"), N_("deliverable"), phase.outputs, deliverables)
    for n, milestone in enumerate(plan.milestones):
        yield from unknown(PLAN, ("milestones", n, "outputs"), N_("deliverable"), milestone.outputs, deliverables)
        yield from one_unknown(PLAN, ("milestones", n, "phase"), N_("phase"), milestone.phase, phases)
    for n, role in enumerate(plan.roles):
        yield from unknown(PLAN, ("roles", n, "kinds"), N_("kind of unit"), role.kinds, plan.like)
    yield from _profile_references(plan, chapters)


def _finding_fields(plan: Plan) -> Iterator[Remark]:
    for n, choice in enumerate(plan.finding_fields):
        if choice.is_own and not choice.title:
            known = [field.key for field in FINDING_FIELDS if field.optional]
            yield _remark(PLAN, ("finding_fields", n), NO_TITLE, id=choice.id, known=known)
    asked = {field.key for field in plan.fields}
    for n, name in enumerate(plan.finding_required):
        if name not in asked:
            yield _remark(PLAN, ("finding_required", n), NOT_ASKED, id=name)


def _documents(plan: Plan) -> Iterator[Remark]:
    roles = [role.id for role in plan.roles]
    say, report = translator(plan.language), plan.report.title
    titles = {_file(title) for title in (report, say(ANNEXES).format(title=report))}
    titles |= {_file(say(DRAFT).format(title=title)) for title in titles}
    for n, document in enumerate(plan.documents):
        own = {_file(document.title), _file(say(DRAFT).format(title=document.title))}
        if own & titles:
            yield _remark(PLAN, ("documents", n, "title"), SAME_TITLE, title=document.title)
        titles |= own
        yield from unknown(PLAN, ("documents", n, "roles"), N_("role"), document.roles, roles)
        if document.whom == "body" and document.roles:
            yield _remark(PLAN, ("documents", n, "roles"), ROLES_OF_BODY, id=document.id)


def _file(title: str) -> str:
    """Return what a file with this title is called, for disks on which capitals make no difference."""
    return file_name(title).casefold()


def _profile_references(plan: Plan, chapters: list[str]) -> Iterator[Remark]:
    for n, fact in enumerate(plan.profile):
        if fact.chapter is not None:
            yield from one_unknown(PLAN, ("profile", n, "chapter"), N_("chapter"), fact.chapter, chapters)
        if fact.counted:
            countable = ["people", *plan.like, *(role.id for role in plan.roles)]
            yield from one_unknown(PLAN, ("profile", n, "counted"), N_("number"), fact.counted, countable)
    numbers = [fact.id for fact in plan.profile if fact.kind == "number"]
    for n, total in enumerate(plan.sums):
        for path, name in [(("total",), total.total), *((("parts", p), x) for p, x in enumerate(total.parts))]:
            if name not in numbers:
                yield _remark(PLAN, ("sums", n, *path), NOT_A_NUMBER, id=name)


def one_unknown(file: str, path: Path, what: str, name: str, known: list[str]) -> Iterator[Remark]:
    """Yield that a place names something unknown, if it does."""
    for remark in unknown(file, path, what, [name], known):
        yield Remark(file, path, remark.kind, remark.args)


def _dates(plan: Plan) -> Iterator[Remark]:
    for n, phase in enumerate(plan.phases):
        args = {"title": phase.title, "start": phase.start, "end": phase.end}
        if phase.end < phase.start:
            yield _remark(PLAN, ("phases", n, "to"), DATES_REVERSED, **args)
        for p, other in enumerate(phase.stated_elsewhere):
            if (other.start, other.end) != (phase.start, phase.end):
                place = {"other_start": other.start, "other_end": other.end, "place": other.place}
                yield _remark(PLAN, ("phases", n, "stated_elsewhere", p), DATES_DIFFER, **args, **place)
    ordered = sorted(enumerate(plan.phases), key=lambda pair: (pair[1].start, pair[1].end))
    for (_, before), (n, after) in pairwise(ordered):
        if after.start <= before.end:
            args = {"title": after.title, "start": after.start, "end": after.end}
            named = {"other": before.title, "other_start": before.start, "other_end": before.end}
            yield _remark(PLAN, ("phases", n, "from"), DATES_OVERLAP, **args, **named)
    phases = {phase.id: phase for phase in plan.phases}
    for n, milestone in enumerate(plan.milestones):
        yield from _outside(PLAN, ("milestones", n, "on"), milestone.on, phases.get(milestone.phase))


def _outside(file: str, path: Path, day: Any, phase: Phase | None) -> Iterator[Remark]:
    if phase and not phase.start <= day <= phase.end:
        yield _remark(file, path, OUTSIDE_PHASE, day=day, phase=phase.title, start=phase.start, end=phase.end)


def _years(kit: Kit) -> Iterator[Remark]:
    own = sorted(years_of(kit))
    for one in other_years(kit):
        yield _remark(one.file, one.path, OTHER_YEAR, years=list(one.years), own=own)


def _citations(kit: Kit) -> Iterator[Remark]:
    yield from _duplicates(CITATIONS, ("citations",), [c.id for c in kit.citations])
    used = [ref for item in kit.items.values() for ref in item.basis] + list(kit.plan.legal_basis)
    used += [ref for kind in kit.plan.dispositions for action in kind.actions for ref in action.basis]
    for n, citation in enumerate(kit.citations):
        path: Path = ("citations", n)
        if citation.id not in used:
            yield _remark(CITATIONS, path, CITATION_UNUSED, id=citation.id)
        elif not citation.verified:
            yield _remark(CITATIONS, path, UNVERIFIED, cite=citation.plain, count=used.count(citation.id))
        if citation.verified and not citation.source:
            yield _remark(CITATIONS, path, NO_SOURCE, id=citation.id)


def _checklist(file: str, checklist: Checklist, kit: Kit) -> Iterator[Remark]:
    plan = kit.plan
    phases = {phase.id: phase for phase in plan.phases}
    deliverables = [d.id for d in plan.deliverables]
    roles = [role.id for role in plan.roles]
    yield from one_unknown(file, ("area",), N_("area"), checklist.area, [area.id for area in plan.areas])
    yield from one_unknown(file, ("phase",), N_("phase"), checklist.phase, list(phases))
    yield from unknown(file, ("deliverables",), N_("deliverable"), checklist.deliverables, deliverables)
    if checklist.due:
        yield from _outside(file, ("due",), checklist.due, phases.get(checklist.phase))
    for n, item in enumerate(checklist.items):
        at: Path = ("items", n)
        yield from unknown(file, (*at, "roles"), N_("role"), item.roles, roles)
        yield from unknown(file, (*at, "basis"), N_("citation"), item.basis, [c.id for c in kit.citations])
        yield from unknown(file, (*at, "deliverables"), N_("deliverable"), item.deliverables, deliverables)
        yield from one_unknown(file, (*at, "severity"), N_("severity"), item.severity, [s.id for s in plan.severities])
        parts = [part.id for part in item.parts]
        yield from _duplicates(file, (*at, "parts"), parts)
        about = {role.answers == "file" for role in plan.roles if role.id in item.roles}
        for c, against in enumerate(item.contradicted_by):
            if against.part:
                yield from one_unknown(file, (*at, "contradicted_by", c, "part"), N_("part"), against.part, parts)
            if about and (against.subject == "file") not in about:
                what = {"id": item.id, "subject": against.subject}
                yield _remark(file, (*at, "contradicted_by", c, "subject"), OTHER_SUBJECT, **what)
        if item.due:
            yield from _outside(file, (*at, "due"), item.due, phases.get(checklist.phase))
        if not item.roles:
            yield _remark(file, at, NOBODY_ANSWERS, id=item.id, known=roles)


def _item_ids(kit: Kit) -> Iterator[Remark]:
    seen: dict[str, str] = {}
    for file, checklist in kit.checklists.items():
        for n, item in enumerate(checklist.items):
            if item.id in seen:
                yield _remark(file, ("items", n, "id"), DUPLICATE_ITEM, id=item.id, first=seen[item.id])
            seen.setdefault(item.id, file)


def _unused(kit: Kit) -> Iterator[Remark]:
    areas = {checklist.area for checklist in kit.checklists.values()}
    roles = {role for checklist in kit.checklists.values() for item in checklist.items for role in item.roles}
    for n, area in enumerate(kit.plan.areas):
        if area.id not in areas:
            yield _remark(PLAN, ("areas", n), AREA_EMPTY, id=area.id)
    for n, role in enumerate(kit.plan.roles):
        if role.id not in roles:
            yield _remark(PLAN, ("roles", n), ROLE_UNUSED, id=role.id)


def _language(kit: Kit) -> Iterator[Remark]:
    chinese = [any("\u4e00" <= char <= "\u9fff" for char in item.ask) for item in kit.items.values()]
    other = "en" if kit.plan.language == "zh_CN" else "zh_CN"
    if 2 * chinese.count(other == "zh_CN") > len(chinese):
        yield _remark(PLAN, ("language",), OTHER_LANGUAGE, language=kit.plan.language, other=other)
