"""``init``: a complete campaign folder from a kit, which validates as it is."""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, Some, UserError, Where, errors, note
from selfaudit.base.text import shortened
from selfaudit.files.atomic import write_text
from selfaudit.files.yaml.writer import dump
from selfaudit.model.holders import check_roster
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.outline import ReportOutline
from selfaudit.model.kit.plan import Plan, Role
from selfaudit.model.kit.shifting import Place, ends_on_weekend, shifted
from selfaudit.model.kit.years import other_years
from selfaudit.model.names import PLAN, PREVIOUS, REGISTERS
from selfaudit.model.profile import PROFILE_FORMAT
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.recurrence import Closed, Previous, Recurrence, certificates_in, texts_of
from selfaudit.model.roster import ROSTER_FORMAT, Roster
from selfaudit.store.kit_files import KitFiles
from selfaudit.store.kits import LoadedKit, kit_folder, load_kit
from selfaudit.store.loading import BODY_NAME_OPEN, LoadedCampaign
from selfaudit.store.previous import put_previous
from selfaudit.store.roster.cells import UNKNOWN_KIND
from selfaudit.store.roster.yaml import to_yaml
from selfaudit.store.secret import Secret, put_secret
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.plan import over
from selfaudit.workflow.common.roster import read_roster
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.common.writing.documents import document_problems
from selfaudit.workflow.common.writing.output import taken
from selfaudit.workflow.common.writing.templates import template_problems

WEEKEND = note(
    "init.weekend", N_("{day} is a Saturday or Sunday"), N_("Move it if nobody can be expected to work on that day.")
)
REMEMBERED = note(
    "init.remembered",
    N_("{count} closed findings of “{title}” are remembered; those that come back are marked"),
)
LEFT_OPEN = note(
    "init.left-open",
    N_("{count} findings of “{title}” are not closed: {ids}"),
    N_("Close them there, or take them up here: selfaudit findings add. Only closed ones are remembered."),
)
INCOMPARABLE = note(
    "init.incomparable",
    N_("this kit has no item with the title or id of these, so that they cannot come back: {items}"),
    N_("Only the same certificate would tell. If an item was renamed, write its new title or id into previous.yaml."),
)
_MOST = 10
YEAR_LEFT = note(
    "init.year-left",
    N_("this text says {years}: “{text}”"),
    N_("Correct it if it was left over from another campaign; where a text looks back on purpose, leave it."),
)


@dataclass(frozen=True, slots=True)
class Scaffolded:
    """The new campaign, where its kit was, its plan, and whether its roster is only an example to be filled in.

    ``remarks`` are about its dates.
    """

    workspace: Workspace
    source: Path
    plan: Plan
    example_roster: bool
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    @property
    def registers(self) -> bool:
        """Whether the kit says which data of the body it wants."""
        return (self.workspace.checklists / REGISTERS).is_dir()


def init(  # noqa: PLR0913 - one for each option
    folder: Path,
    kit_name: str,
    roster: Path | None = None,
    start: date | None = None,
    own: str = "",
    *,
    previous: Path | None = None,
) -> Scaffolded:
    """Make a campaign folder; refuses to write into one that is not empty, and tells everything that is wrong at once.

    With ``start``, all days of the kit move so that its plan begins on that day. ``own`` ends the campaign's id and
    makes its secret, which are random by default: no form of another campaign of the same kit may pass for one of this.
    ``previous`` is the folder of the campaign before, whose closed findings are remembered; nothing is written there.
    """
    wrong = taken(folder)
    before, left = _before(previous) if previous else (None, [])
    source, loaded = _source(kit_name, wrong)
    kit = loaded.kit
    data = _roster(roster, kit, wrong) if roster else None
    if wrong or kit is None:
        raise UserError(wrong)
    files = KitFiles.of(kit, source, source)
    files.change(loaded.documents, _new_values(kit, start, own))
    text = to_yaml(data or _example_roster(kit), kit.plan.language)
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(folder.resolve())
    for made in workspace.folders:
        made.mkdir(exist_ok=True)
    write_text(workspace.roster_file, text)
    write_text(workspace.profile_file, profile_text(kit))
    put_secret(workspace, Secret(hashlib.sha256(own.encode()).hexdigest()) if own else Secret.new())
    files.write(workspace.root, workspace.checklists)
    if before:
        put_previous(workspace, before, kit.plan.language)
    made_of = workspace.load()
    remarks = list(_remarks(made_of, moved=start is not None))
    remarks += over(workspace, made_of, today())
    remarks += _remembered(before, left, made_of.kit or kit) if before else []
    plan = made_of.kit.plan if made_of.kit else kit.plan
    return Scaffolded(workspace, source, plan, roster is None, made_of.problems, remarks)


def _source(name: str, wrong: list[Problem]) -> tuple[Path, LoadedKit]:
    """Return the folder of a kit and what is in it; adds every error in it to what is wrong."""
    try:
        folder = kit_folder(name)
    except UserError as exc:
        wrong += exc.problems
        return Path(), LoadedKit()
    loaded = load_kit(folder)
    wrong += errors([*loaded.problems, *document_problems(loaded), *template_problems(loaded, folder)])
    return folder, loaded


def _roster(file: Path, kit: Kit | None, wrong: list[Problem]) -> dict[str, Any] | None:
    """Return the data of a roster; adds every error in it to what is wrong, and what the kit does not know."""
    data, found = read_roster(file, kit.plan.kind_names if kit else ())
    wrong += errors(found)
    try:
        made = Roster.model_validate(data)
    except ValidationError:
        return None
    if kit:
        # a problem of another process is of an equal kind
        places = {problem.args["value"]: problem.where for problem in found if problem.kind == UNKNOWN_KIND}
        for remark in check_roster(kit, made.knowing(kit.plan), today()):
            where = places.get(remark.args.get("id"), Where(file.name))
            wrong += errors([remark.kind(where, **remark.args)])
    return data


def _new_values(kit: Kit, start: date | None, own: str) -> dict[Place, str | date]:
    """Return what is not as in the kit: the campaign's id, and the days of a plan that begins on another one."""
    values: dict[Place, str | date] = {(PLAN, ("id",)): f"{kit.plan.id[:30]}-{own or secrets.token_hex(3)}"}
    return values | (shifted(kit, start) if start else {})


def _remarks(campaign: LoadedCampaign, *, moved: bool) -> Iterator[Problem]:
    """Yield what somebody should look at: years in titles, and in a plan that was moved in all texts, and weekends."""
    if campaign.kit is None:
        return
    weekends = {day: place for place, day in reversed(list(ends_on_weekend(campaign.kit)))} if moved else {}
    for day, (file, path) in sorted(weekends.items()):
        yield WEEKEND(campaign.documents[file].where(path), day=day)
    for one in other_years(campaign.kit):
        if moved or one.is_title:
            where = campaign.documents[one.file].where(one.path)
            yield YEAR_LEFT(where, years=list(one.years), text=shortened(one.text, 40))


_SETTLED = ("closed", "withdrawn", "merged")


def _before(folder: Path) -> tuple[Previous, list[str]]:
    """Return the closed findings of an earlier campaign, which is only read, and the ids of those left open."""
    workspace = Workspace.find(folder)
    kit = workspace.load().usable()[0]
    with workspace.reading() as ledger:
        ledger.require_issued()
        every = list(every_finding(ledger, kit))
    texts = texts_of(kit)
    found = tuple(_closed(one, kit, texts) for one in every if one.state == "closed")
    left = [one.short_id for one in every if one.state not in _SETTLED]
    return Previous(format="selfaudit/previous/1", campaign=kit.plan.id, title=kit.plan.title, findings=found), left


def _closed(finding: FindingRecord, kit: Kit, texts: str) -> Closed:
    item, who, closed = kit.items.get(finding.item), finding.respondent, finding.rectification.closed
    return Closed(
        id=finding.short_id,
        item=finding.item,
        title=item.title if item else "",
        key=who.key,
        unit=who.unit,
        unit_name=who.unit_name,
        certificates=certificates_in(finding.data, kit, texts),
        closed=closed.on if closed else None,
    )


def _remembered(before: Previous, left: list[str], kit: Kit) -> Iterator[Problem]:
    """Yield how many closed findings are remembered, which were left open, and which this kit has no item for."""
    yield REMEMBERED(Where(PREVIOUS), count=len(before.findings), title=before.title)
    if left:
        yield LEFT_OPEN(Where(PREVIOUS), count=len(left), title=before.title, ids=Some(left, _MOST))
    items = dict.fromkeys(f"{one.item} {one.title}".strip() or one.id for one in Recurrence(before, kit).incomparable())
    if items:
        yield INCOMPARABLE(Where(PREVIOUS), items=Some(list(items), _MOST))


def _example_roster(kit: Kit) -> dict[str, Any]:
    """Return a roster with one unit per role that units have, for the coordinator to replace."""
    units = [unit for number, role in enumerate(kit.plan.roles, 1) if (unit := _example_unit(role, number))]
    return {"format": ROSTER_FORMAT, "body": {"name": BODY_NAME_OPEN}, "units": units, "people": []}


def _example_unit(role: Role, number: int) -> dict[str, str] | None:
    if role.answers != "unit" or not (role.units or role.kinds):
        return None
    kind = role.kinds[0] if role.kinds else "department"
    if role.kinds == ("department",):
        return None
    return {"id": f"U{number:02d}", "name": role.units[0] if role.units else role.title, "kind": kind}


def profile_text(kit: Kit) -> str:
    """Return an empty ``profile.yaml`` with the explanation of every fact."""
    _ = translator(kit.plan.language)
    about = _("Facts for the report that only you know. Numbers: digits only. Longer texts: after “|-”, indented.")
    facts: dict[str, None] = {}
    comments: dict[tuple[str | int, ...], str] = {(): about}
    for place, title in _places(kit.plan.report, _):
        heading = f"\n── {title} ──\n"
        for fact in (fact for fact in kit.plan.profile if fact.chapter == place):
            facts[fact.id] = None
            comments["facts", fact.id] = f"{heading}{fact.title}\n{fact.help}"
            heading = ""
    return dump({"format": PROFILE_FORMAT, "facts": facts}, comments)


def _places(report: ReportOutline, tr: Callable[[str], str]) -> Iterator[tuple[str | None, str]]:
    """Yield where facts are printed: on the first page or in the working group, then in the chapters."""
    yield None, tr(N_("First page and working group"))
    yield from ((chapter.id, chapter.title) for chapter in report.chapters)
