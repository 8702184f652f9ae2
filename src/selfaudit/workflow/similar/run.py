"""``similar``: compares every case file with every other, and keeps what it finds alike."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, UserError, error, note, warning
from selfaudit.model.casefiles.comparison import PAIRS, Comparison, without_standard
from selfaudit.model.casefiles.settings import Settings
from selfaudit.reports.wording import Wording
from selfaudit.store.texts import Texts, TextsDamagedError
from selfaudit.store.turns import Turns
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.lookalikes import state_of
from selfaudit.workflow.common.state.lookalikes import last
from selfaudit.workflow.similar.changes import Changes, changes
from selfaudit.workflow.similar.comparing import compare_all
from selfaudit.workflow.similar.flowing import compare_in_flow
from selfaudit.workflow.similar.identifying import identities, told_apart
from selfaudit.workflow.similar.keeping import keep
from selfaudit.workflow.similar.listing import as_data
from selfaudit.workflow.similar.reading import Reader, places_of
from selfaudit.workflow.similar.tables import rows_of

NO_FILES = error(
    "similar.no-files",
    N_("there is no file to compare in {places}"),
    N_("Put the audit records into {folder}, in folders and zips as you like, or name where they are."),
)
NO_STANDARD = warning(
    "similar.no-standard",
    N_("the standard of {count} of {of} records is not known; text of forms is told from copied text badly there"),
    N_(
        "Say it in their paths, such as --pattern “{{standard}}/{{organisation}}_{{period}}/*”, or import the register"
        " with the numbers of audits that stand in their paths."
    ),
)
FEW = warning(
    "similar.few",
    N_("too few records to tell the text of forms from copied text: {standards}"),
    N_("Give the blank forms: selfaudit similar --blank FILE"),
)
LEARNED = warning(
    "similar.learned",
    N_("text that many records of {standard} have was taken for a form, and stands in no blank form: “{text}”"),
    N_("Look at {examples}. If it is no form, they were copied from each other; if it is, give it with --blank FILE."),
)
NOT_MATCHED = warning(
    "similar.not-matched",
    N_("{count} of {of} paths are not like the pattern"),
    N_(
        "Correct the pattern, or give another one as well; “Every record” in the workbook of selfaudit similar list -o"
        " shows what was understood."
    ),
)
REBUILT = note(
    "similar.rebuilt",
    N_("what had been read before was damaged or of another version, and was read again"),
)
NO_REGISTER = note(
    "similar.no-register",
    N_("the kit has no register {register}, so that nothing of this comes to data checks and reports"),
    N_("See docs/kits.md, “Look-alikes”."),
)
_MOST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be compared: places, by default the folder of case files, and tables of texts; and how.

    Without ``patterns`` those of the last comparison count, unless there was none. With ``flow`` the engine daft
    compares, on the Ray cluster at the address ``ray``, if there is one.
    """

    places: Sequence[Path] = ()
    patterns: Sequence[str] = ()
    blanks: Sequence[Path] = ()
    tables: Sequence[Path] = ()
    settings: Settings = field(default_factory=Settings)
    by: str = ""
    flow: bool = False
    ray: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it, what is different since the last time, and what there is to say; ``fresh`` files were read."""

    comparison: Comparison
    changes: Changes
    problems: Sequence[Problem]
    fresh: int
    checks: Sequence[str] = ()

    @property
    def to_act_on(self) -> bool:
        """Whether somebody has to look at something."""
        made = self.comparison
        return bool(made.found.pairs or made.found.rings or made.not_compared or made.found.learned)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        problems = [one.as_data() for one in self.problems]
        return {**as_data(self.comparison), "changes": asdict(self.changes), "fresh": self.fresh, "problems": problems}


def find_similar(workspace: Workspace, asked: Asked, listener: Listener) -> Compared:
    """Compare case files; what was read or found before is not read or found again."""
    with workspace.alone("similar", listener.waiting, asked.by) as turns:
        try:
            return _compared(workspace, turns, asked, listener)
        except TextsDamagedError:
            made = _compared(workspace, turns, asked, listener)
            return replace(made, problems=[*made.problems, REBUILT()])


def _compared(workspace: Workspace, turns: Turns, asked: Asked, listener: Listener) -> Compared:
    loaded = workspace.load()
    data = data_of(workspace, loaded)
    wording, before = Wording(loaded.usable()[0].plan.language), last(workspace)
    patterns = asked.patterns or (before.patterns if before else ())
    with turns.turn() as ledger:
        who = identities(workspace, ledger, data.kit, patterns)
    with Texts.open(workspace.texts_file) as texts:
        reader = Reader(texts, listener)
        documents = reader.read(places_of(workspace, asked.places))
        documents += rows_of(workspace, texts, asked.tables, documents)
        forms = reader.read(places_of(workspace, asked.blanks)) if asked.blanks else []
        told = told_apart(documents, forms, who, wording)
        if not told.records and not told.not_compared:
            places = [workspace.shown(one) for one in asked.places or (workspace.case_files,)]
            raise UserError(NO_FILES(places=places, folder=workspace.case_files.name))
        listener.start("similar", 1)
        if asked.flow or asked.ray:
            scratch = workspace.similar_scratch
            found = compare_in_flow(scratch, texts, told.records, told.blanks, asked.settings, asked.ray)
        else:
            found = compare_all(texts, told.records, told.blanks, asked.settings, before)
        made = told.compared(asked.settings, patterns, found.found, state_of(texts))
        with turns.turn() as ledger:
            keep(workspace, ledger, made, data.kit.registers, asked.by)
        reader.forget_others(one.digest for one in documents)
        rebuilt = texts.rebuilt
    problems = [*_problems(made, told.unmatched), *([REBUILT()] if rebuilt else [])]
    if PAIRS not in data.kit.registers:
        problems.append(NO_REGISTER(register=PAIRS))
    checks = [id_ for id_, one in data.checks.items() if PAIRS in {*one.needs, *one.uses}]
    return Compared(made, changes(before, made), problems, reader.fresh, checks)


def _problems(made: Comparison, unmatched: int) -> list[Problem]:
    told: list[Problem] = []
    count: dict[str, Any] = {"of": len(made.records)}
    if unknown := without_standard(made.records):
        told.append(NO_STANDARD(count=len(unknown), **count))
    if unmatched:
        told.append(NOT_MATCHED(count=unmatched, **count))
    if made.found.few:
        told.append(FEW(standards=Some(made.found.few)))
    for one in made.found.learned:
        text = " ".join(one.text.split())[:_MOST_QUOTED]
        told.append(LEARNED(standard=one.standard or "?", text=text, examples=Some(one.examples, 3)))
    return told
