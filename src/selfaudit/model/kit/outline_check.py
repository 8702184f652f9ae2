"""Whether the outline of the final report has a place for all that is asked, and something to print in every place."""

from collections.abc import Iterator

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, warning
from selfaudit.model.kit.consistency import Path, Remark, one_unknown
from selfaudit.model.kit.dispositions import slots_of
from selfaudit.model.kit.outline import Block, Chapter
from selfaudit.model.kit.plan import Plan
from selfaudit.model.names import PLAN

NO_CHAPTER = error(
    "kit.no-chapter",
    N_("no chapter of the report contains {block}, which is asked: {what}"),
    N_("Add “{block}” to “holds” of a chapter, or stop asking."),
)
NOWHERE_HANDLED = warning(
    "kit.nowhere-handled",
    N_("no chapter of the report contains measures, so that it does not say how findings are handled"),
    N_("Add “measures” to “holds” of a chapter, or remove “dispositions”."),
)
CHAPTER_LEFT_OUT = warning(
    "kit.chapter-left-out",
    N_("the chapter “{id}” is left out of the report: nothing of what it contains is asked ({blocks})"),
    N_("Remove it; or add fields to “profile” that belong to it, “suggestions” or “clues”."),
)
BLOCK_UNUSED = warning(
    "kit.block-unused", N_("the chapter “{id}” contains {block}, but there is nothing to print there"), N_("Remove it.")
)
PRINTED_NOWHERE = warning(
    "kit.printed-nowhere",
    N_("the profile field “{id}” is printed nowhere"),
    N_("Name its chapter, or name the field in “report” or “working_group”."),
)
NO_BLOCK = warning(
    "kit.fact-without-block",
    N_("the profile field “{id}” is printed nowhere: its chapter “{chapter}” contains neither profile nor text"),
    N_("Add “profile” to “holds” of the chapter."),
)

FOR_LACK = (NO_CHAPTER, NOWHERE_HANDLED, CHAPTER_LEFT_OUT, BLOCK_UNUSED, PRINTED_NOWHERE, NO_BLOCK)
"""What is said because something is not there."""

_ALWAYS: tuple[Block, ...] = ("plan", "conduct", "findings", "measures")
_FACTS: tuple[Block, ...] = ("profile", "text")


def check_outline(plan: Plan) -> Iterator[Remark]:
    """Yield what the report would lack, and what would be empty in it."""
    yield from _asked(plan)
    for n, chapter in enumerate(plan.report.chapters):
        yield from _chapter(("report", "chapters", n), chapter, plan)
    yield from _facts(plan)
    severities = [severity.id for severity in plan.severities]
    if plan.report.in_full:
        yield from one_unknown(PLAN, ("report", "in_full"), N_("severity"), plan.report.in_full, severities)


def _asked(plan: Plan) -> Iterator[Remark]:
    held = {block for chapter in plan.report.chapters for block in chapter.holds}
    suggestions = [box.title for box in plan.suggestions]
    asked: dict[Block, list[str]] = {
        "findings": [severity.title for severity in plan.severities],
        "suggestions": suggestions,
        "clues": [plan.clues] if plan.clues else [],
    }
    for block, what in asked.items():
        if what and block not in held:
            yield Remark(PLAN, ("report", "chapters"), NO_CHAPTER, {"block": block, "what": what})
    if plan.dispositions and "measures" not in held:
        yield Remark(PLAN, ("report", "chapters"), NOWHERE_HANDLED, {})


def _chapter(path: Path, chapter: Chapter, plan: Plan) -> Iterator[Remark]:
    own = any(field.chapter == chapter.id for field in plan.profile)
    printed: dict[Block, bool] = {"suggestions": bool(plan.suggestions), "clues": bool(plan.clues)}
    printed |= dict.fromkeys(_ALWAYS, True) | dict.fromkeys(_FACTS, own)
    empty = [block for block in chapter.holds if not printed[block]]
    if len(empty) == len(chapter.holds):
        yield Remark(PLAN, path, CHAPTER_LEFT_OUT, {"id": chapter.id, "blocks": empty})
        return
    for block in empty:
        yield Remark(PLAN, path, BLOCK_UNUSED, {"id": chapter.id, "block": block})


def _facts(plan: Plan) -> Iterator[Remark]:
    """Yield the fields of the profile that are printed nowhere, and the places that name a field there is not."""
    report, known = plan.report, [field.id for field in plan.profile]
    named: list[tuple[Path, str]] = [(("report", key), getattr(report, key)) for key in ("number", "date")]
    named += [(("report", "cover", n), name) for n, name in enumerate(report.cover)]
    named += [(("working_group", n, "named"), post.named) for n, post in enumerate(plan.working_group)]
    for path, name in named:
        if name:
            yield from one_unknown(PLAN, path, N_("field of the profile"), name, known)
    elsewhere = {name for _, name in named} | set(slots_of(plan.notices))
    holds = {chapter.id: chapter.holds for chapter in report.chapters}
    for n, field in enumerate(plan.profile):
        if field.id in elsewhere:
            continue
        if field.chapter is None:
            yield Remark(PLAN, ("profile", n), PRINTED_NOWHERE, {"id": field.id})
        elif field.chapter in holds and not {*holds[field.chapter]} & {*_FACTS}:
            yield Remark(PLAN, ("profile", n), NO_BLOCK, {"id": field.id, "chapter": field.chapter})
