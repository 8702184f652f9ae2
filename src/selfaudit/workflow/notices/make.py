"""``notice make``: one notice, or all that are due of a kind."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from selfaudit.base.canonical import short_hash
from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.base.text import file_name
from selfaudit.files.atomic import write_bytes
from selfaudit.model.disposition.notice import KIND, Notice
from selfaudit.model.kit.dispositions import NoticeKind
from selfaudit.model.kit.plan import Plan
from selfaudit.reports.build.notice import DOCUMENT
from selfaudit.reports.document import Request, properties_of
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit, record
from selfaudit.store.operator import decider
from selfaudit.store.templates import Template
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.dispositions import book_of, meant
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.common.writing.documents import template_of
from selfaudit.workflow.common.writing.rendering import Renderer
from selfaudit.workflow.common.writing.setting import setting_of
from selfaudit.workflow.notices.drawing import Drawing, due, hindrances

NO_KIND = error("notice.no-kind", N_("there is no kind of notice “{name}”"), N_("Known: {known}."))
DRAWN, MADE = "notices-drawn", "notices-made"
"""What the journal calls the two steps."""
_TOGETHER = 50
"""Notices that are entered as made at once; a run that is cut off makes at most so many again."""


@dataclass(slots=True)
class Made:
    """The notices made now, by number, with their files; which of them had got their number in an earlier run."""

    paths: dict[str, Path] = field(default_factory=dict)
    completed: list[str] = field(default_factory=list)


def make(workspace: Workspace, name: str, wanted: Sequence[str], by: str, on: date | None, listener: Listener) -> Made:  # noqa: PLR0913, PLR0917 - what the command is asked
    """Make a notice of a kind about those wanted, without any about all that need one and have none.

    Numbers are drawn, and what each notice says is kept, before the first is written: a run that is cut off is
    completed by the next.
    """
    setting, by = setting_of(workspace), decider(workspace, by)
    kind = kind_of(name, setting.kit.plan)
    done = Made()
    with workspace.printing(listener.waiting) as scratch, workspace.in_turns(listener.waiting, by) as turns:
        with turns.turn() as ledger:
            known = set(book_of(ledger, setting.kit.plan).notices)
            _draw(ledger, setting, kind, (wanted, on or today(), by))
            book = book_of(ledger, setting.kit.plan)
            notices = book.notices
        pending = [
            number
            for number, one in notices.items()
            # one about what was withdrawn meanwhile stays unmade, which “dispositions check” tells
            if one.kind == kind.id and one.state == "drawn" and all(map(book.tellable, one.dispositions))
        ]
        done.completed = [number for number in pending if number in known]
        listener.start("report", len(pending))
        with Renderer() as renderer:
            template = template_of(DOCUMENT, setting.kit.plan, workspace)
            writer = _Writer(
                workspace, setting, kind, template, renderer, scratch, frozenset(n.file for n in notices.values())
            )
            pending.sort(key=lambda number: (notices[number].on, notices[number].n))
            for start in range(0, len(pending), _TOGETHER):
                numbers = pending[start : start + _TOGETHER]
                made = {number: writer.write(number, notices[number]) for number in numbers}
                with turns.turn() as ledger:
                    still = book_of(ledger, setting.kit.plan).notices
                    # somebody may have withdrawn one meanwhile
                    made = {number: one for number, one in made.items() if still[number].state == "drawn"}
                    edit(ledger, MADE, [_edit(ledger, *pair) for pair in made.items()], by=by, numbers=list(made))
                done.paths |= {number: workspace.path(one.file) for number, one in made.items()}
                listener.step(len(numbers))
    return done


def kind_of(name: str, plan: Plan) -> NoticeKind:
    """Return the kind of notice of an id or title."""
    found = next((kind for kind in plan.notices if name.strip() in (kind.id, kind.title)), None)
    if found is None:
        raise UserError(NO_KIND(name=name, known=[f"{kind.id} ({kind.title})" for kind in plan.notices] or "-"))
    return found


def _draw(ledger: Ledger, setting: Setting, kind: NoticeKind, how: tuple[Sequence[str], date, str]) -> None:
    """Draw the numbers that are needed, all in one transaction."""
    wanted, on, by = how
    book = book_of(ledger, setting.kit.plan)
    ids = meant(book, wanted) if wanted else due(book, kind)
    if wanted and (problems := [problem for key in ids for problem in hindrances(book, kind, key)]):
        raise UserError(problems)
    if ids:
        facts = {one.short_id: str(one.data.get("fact", "")) for one in every_finding(ledger, setting.kit)}
        drawn = dict(Drawing(kind, on, by, facts).draw(setting, book, ids))
        edits = [Edit(KIND, number, 0, one.model_dump(mode="json")) for number, one in drawn.items()]
        edit(ledger, DRAWN, edits, by=by, numbers=list(drawn))


def _edit(ledger: Ledger, number: str, made: Notice) -> Edit:
    before = record(ledger, KIND, number)
    return Edit(KIND, number, before.version if before else 0, made.model_dump(mode="json"))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes notice after notice."""

    workspace: Workspace
    setting: Setting
    kind: NoticeKind
    template: Template
    renderer: Renderer
    scratch: Path
    taken: frozenset[str]
    """The files of other notices."""

    def write(self, number: str, notice: Notice) -> Notice:
        """Write a notice and return it with its file."""
        letter = DOCUMENT.build(Request(self.setting, (), notice=(self.kind, number, notice)))
        properties = properties_of(letter, self.template.about.language, number)
        data = self.renderer.render(self.template, letter, properties)
        name = file_name(f"{number}_{self.kind.title}{f'_{notice.to}' if notice.to else ''}")
        file = self.workspace.notice_name(notice.on.year, f"{name}.docx")
        if file in self.taken:
            # what was left out of the number may be all that sets it apart from another
            apart = short_hash(number.encode(), 4)
            file = self.workspace.notice_name(notice.on.year, f"{name}_{apart}.docx")
        write_bytes(self.workspace.path(file), data, self.scratch)
        return notice.model_copy(update={"file": file, "sha256": hashlib.sha256(data).hexdigest()})
