"""Build what is handed out before the self-audit begins: the notice of it, and the plan of it."""

from collections.abc import Iterator
from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.model.progress.deliverables import dated
from selfaudit.reports.build.outline import fact_text, heading
from selfaudit.reports.build.sheet import notice_of, sheet
from selfaudit.reports.context.sheet import Block, Sheet, block, cells
from selfaudit.reports.document import Document, Request
from selfaudit.reports.setting import Setting

NOTICE, PLAN = N_("Notice of the self-audit"), N_("Plan of action of the self-audit")


def announcement(request: Request) -> Sheet:
    """Return the notice by which the self-audit is ordered inside the body."""
    setting = request.setting
    tr, plan = setting.wording.tr, setting.kit.plan
    text = tr(N_("To all units and people: as follows, the self-audit “{title}” is to be carried out."))
    blocks = (
        *_ordered(setting),
        *_schedule(setting),
        _tasks(setting),
        _deliverables(setting),
        block(heading("requirements", setting), "\n".join(plan.requirements)),
        block(tr(N_("Declaration that every report bears")), plan.declaration),
        block(tr(N_("Where to return forms and signed sheets")), plan.return_to),
    )
    opening = block("", text.format(title=plan.title))
    return replace(sheet(setting, tr(NOTICE), (), (opening, *blocks)), issued=True)


def plan_of_action(request: Request) -> Sheet:
    """Return the plan of the self-audit: who does what, by when, and what must come of it."""
    setting = request.setting
    tr, plan = setting.wording.tr, setting.kit.plan
    group = tuple(
        cells(post.post, fact_text(post.named, setting) if post.named else post.members, post.duty)
        for post in plan.working_group
    )
    handling = tuple(cells(one.who, one.does) for one in plan.handling)
    submission = setting.wording.pair(plan.submission.channel, setting.wording.date(plan.submission.deadline))
    blocks = (
        *_ordered(setting),
        block(heading("working_group", setting), "", (tr(N_("Post")), tr(N_("Who")), tr(N_("Duty"))), group),
        *_schedule(setting),
        _tasks(setting),
        block(heading("who_handles", setting), "", (tr(N_("Who")), tr(N_("Does what"))), handling),
        _deliverables(setting),
        block(heading("requirements", setting), "\n".join(plan.requirements)),
        block(tr(N_("Submission of the report")), submission),
    )
    return replace(sheet(setting, tr(PLAN), (), blocks), issued=True)


def _ordered(setting: Setting) -> Iterator[Block]:
    """Yield by what it is ordered, how far it goes and how it is done."""
    plan, wording = setting.kit.plan, setting.wording
    known = setting.kit.citation_of
    cited = [wording.cite(known[name]) for name in plan.legal_basis if name in known]
    ordered = wording.pair(wording.tr(N_("Ordered by")), notice_of(setting))
    yield block(heading("legal_basis", setting), "\n".join((ordered, *cited)))
    cut_off = wording.pair(wording.tr(N_("Cut-off date")), wording.date(plan.cut_off))
    yield block(heading("scope", setting), f"{plan.scope}\n{cut_off}")
    yield block(heading("method", setting), plan.method)


def _schedule(setting: Setting) -> Iterator[Block]:
    tr, plan, date = setting.wording.tr, setting.kit.plan, setting.wording.date
    titles = {entry.id: entry.title for entry in plan.deliverables}
    phases = [(_from_to(date(p.start), date(p.end)), p.title, p.who, p.outputs) for p in plan.phases]
    stones = [(date(m.on), m.title, m.who, m.outputs) for m in plan.milestones]
    for name, first, rows in (("phases", N_("Phase"), phases), ("milestones", N_("Milestone"), stones)):
        head = (tr(N_("When")), tr(first), tr(N_("Responsible")), tr(N_("Deliverables")))
        told = (cells(*row[:3], setting.wording.join(titles.get(one, one) for one in row[3])) for row in rows)
        yield block(heading(name, setting), "", head, tuple(told))


def _from_to(start: str, end: str) -> str:
    return start if start == end else f"{start}\n– {end}"


def _tasks(setting: Setting) -> Block:
    """Return who answers what by when, item by item."""
    tr, kit, wording = setting.wording.tr, setting.kit, setting.wording
    head = (tr(N_("Item")), tr(N_("What is to be checked")), tr(N_("Due")), tr(N_("Responsible")))
    rows = []
    for checklist, item in kit.placed_items():
        due = wording.date(kit.due_of(checklist, item))
        rows.append(cells(item.id, f"{item.title}\n{item.ask}", due, setting.roles_text(item.roles)))
    return block(tr(N_("Tasks")), "", head, tuple(rows))


def _deliverables(setting: Setting) -> Block:
    tr, kit, wording = setting.wording.tr, setting.kit, setting.wording
    head = (tr(N_("Due")), tr(N_("Deliverable")), tr(N_("Form")), tr(N_("Responsible")))
    rows = []
    for one in kit.plan.deliverables:
        due, who = dated(kit, one)
        form = [tr(N_("signed by hand"))] * one.signed + [tr(N_("sealed"))] * one.sealed
        rows.append(cells(wording.date(due), one.title, wording.join(form), who))
    return block(tr(N_("Deliverables")), "", head, tuple(rows))


ANNOUNCEMENT = Document(
    name="announcement",
    word=N_("body"),
    audience="body",
    context=Sheet,
    build=announcement,
    ending=NOTICE,
    like="sheet",
    of_answers=False,
)
ACTION = Document(
    name="plan",
    word=N_("body"),
    audience="body",
    context=Sheet,
    build=plan_of_action,
    ending=PLAN,
    like="sheet",
    of_answers=False,
)
