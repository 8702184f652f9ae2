"""What must agree inside a kit about handling: actions, what they lead to and exclude, and the notices about them."""

from collections.abc import Iterator

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error
from selfaudit.model.finding import FINDING_FIELDS
from selfaudit.model.kit.consistency import DUPLICATE_ID, Path, Remark, one_unknown, unknown
from selfaudit.model.kit.dispositions import NUMBER_SLOTS, SLOTS, Action, NoticeKind, slots_in
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import Plan
from selfaudit.model.names import PLAN

NO_TERM = error("kit.no-term", N_("the follow-up of “{id}” has no term"), N_("Add “days: …” or “months: …”."))
NO_COUNT = error(
    "kit.no-count", N_("the numbers of “{id}” do not count, so that two notices would have the same"),
    N_("Write {n} where the number goes."),
)  # fmt: skip
NO_SLOT = error("kit.no-slot", N_("“{name}” in braces is nothing that can be filled in here"), N_("Known: {known}."))


def check_handling(kit: Kit) -> Iterator[Remark]:
    """Yield what does not agree."""
    plan, citations = kit.plan, sorted(citation.id for citation in kit.citations)
    known = {action.id for kind in plan.dispositions for action in kind.actions if action.id}
    seen: set[str] = set()
    fields = [field.key for field in (*FINDING_FIELDS, *plan.fields) if field.kind in ("text", "line")]
    for n, kind in enumerate(plan.dispositions):
        if kind.named_in:
            at: Path = ("dispositions", n, "named_in")
            yield from one_unknown(PLAN, at, N_("field of a finding"), kind.named_in, list(dict.fromkeys(fields)))
        for a, action in enumerate(kind.actions):
            path: Path = ("dispositions", n, "actions", a)
            if action.id in seen:
                yield Remark(PLAN, (*path, "id"), DUPLICATE_ID, {"id": action.id})
            seen |= {action.id} - {""}
            yield from _action(path, action, plan, sorted(known), citations)
    for n, notice in enumerate(plan.notices):
        yield from _notice(("notices", n), notice, [field.id for field in plan.profile])


def _action(path: Path, action: Action, plan: Plan, actions: list[str], citations: list[str]) -> Iterator[Remark]:
    if action.notice:
        kinds = [kind.id for kind in plan.notices]
        yield from one_unknown(PLAN, (*path, "notice"), N_("kind of notice"), action.notice, kinds)
    yield from unknown(PLAN, (*path, "excludes"), N_("action"), action.excludes, actions)
    yield from unknown(PLAN, (*path, "basis"), N_("citation"), action.basis, citations)
    if action.follow_up:
        yield from unknown(PLAN, (*path, "follow_up", "ends"), N_("action"), action.follow_up.ends, actions)
        if not action.follow_up.days and not action.follow_up.months:
            yield Remark(PLAN, (*path, "follow_up"), NO_TERM, {"id": action.key})


def _notice(path: Path, notice: NoticeKind, facts: list[str]) -> Iterator[Remark]:
    if "n" not in slots_in(notice.number):
        yield Remark(PLAN, (*path, "number"), NO_COUNT, {"id": notice.id, "n": "{n}"})
    yield from _slots((*path, "number"), notice.number, [*NUMBER_SLOTS, *facts])
    for key, texts in notice.sentences.items():
        for n, text in enumerate(texts):
            yield from _slots(
                (*path, key, n) if key in ("text", "attachments") else (*path, key), text, [*SLOTS, *facts]
            )


def _slots(path: Path, text: str, known: list[str]) -> Iterator[Remark]:
    for name in slots_in(text):
        if name not in known:
            yield Remark(PLAN, path, NO_SLOT, {"name": name, "known": known})
