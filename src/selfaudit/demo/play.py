"""``demo``: a complete campaign of a fictitious certification body, from the roster to the archive."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from selfaudit.base.clock import stopped_at
from selfaudit.base.i18n import _, ngettext
from selfaudit.demo import reviewing
from selfaudit.demo.answers import Content, answer_all
from selfaudit.demo.body import Cast, invent_roster
from selfaudit.demo.data import bring_in, counted, make_registers, numbers_of
from selfaudit.demo.ending import Ended, Ending
from selfaudit.demo.findings import Findings, spread_findings
from selfaudit.demo.mail import Posted, send_back
from selfaudit.demo.profile import facts, filled_in
from selfaudit.demo.registers.make import CERTIFICATES
from selfaudit.demo.sampling import CASES, SpotCheck, check_spots, draw_more
from selfaudit.demo.texts import Texts, load_texts
from selfaudit.files.atomic import write_bytes, write_text
from selfaudit.files.yaml.writer import dump
from selfaudit.model.names import ROSTER
from selfaudit.model.progress.status import Status
from selfaudit.reports.build.reviewed import DOCUMENT as REVIEW
from selfaudit.reports.build.samples import LISTS
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.common.forms import build_forms
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.init import init
from selfaudit.workflow.issue.issue import issue
from selfaudit.workflow.report.final import Final, write_final
from selfaudit.workflow.report.manner import Manner
from selfaudit.workflow.report.named import write_named
from selfaudit.workflow.status import status, write_page

KIT = "fake-cert-2023"
ISSUED = datetime(2023, 10, 27, 8, tzinfo=UTC)
SAMPLED = datetime(2023, 11, 1, 8, tzinfo=UTC)
DELIVERED = (
    datetime(2023, 11, 3, 8, tzinfo=UTC),
    datetime(2023, 11, 7, 8, tzinfo=UTC),
    datetime(2023, 11, 10, 8, tzinfo=UTC),
)
REPORTED = datetime(2023, 11, 13, 8, tzinfo=UTC)
"""The days of the year of the notice on which the demo plays; at eight UTC it is the same day nearly everywhere."""
NOT_BACK = 2
"""Reviews that are not back when the draft is written."""
PERSON_REPORTS = 6
SHOWN_GAPS = 8
TO_TRY = (
    "status", "check list", "sample list case-files", "similar list", "contradictions list", "findings list", "remind",
    "paper print --unit 技术部", "report --explain",
)  # fmt: skip
TO_TRY_THEN = (
    "check explain C08", "findings list", "dispositions list", "notice list", "report approve --list", "journal list",
    "report --explain",
)  # fmt: skip


def demo(folder: Path, seed: int, listener: Listener, *, draft: bool = False) -> list[str]:
    """Invent a body from a seed and run its campaign in a new folder; return what to tell the user.

    It goes on to the archive, unless only the ``draft`` is wanted, with everything open that keeps it from being final.
    """
    begun = begin(folder, seed, listener, CERTIFICATES)
    return to_the_draft(begun, listener) if draft else to_the_end(begun, listener)


@dataclass(frozen=True, slots=True)
class Begun:
    """A campaign in which most have answered and the registers are checked: its people, what each says and found."""

    workspace: Workspace
    cast: Cast
    said: Mapping[str, Content]
    findings: Findings
    spots: SpotCheck


def begin(folder: Path, seed: int, listener: Listener, certificates: int) -> Begun:
    """Play a campaign up to its data checks; ``certificates`` says about how large its registers are."""
    texts = load_texts()
    rng = Random(seed)  # noqa: S311 - a seed must always invent the same body
    workspace = _start(folder, texts, rng)
    kit, roster = workspace.load().usable()
    data = load_data_kit(workspace.checklists, workspace.root).usable()
    world = make_registers(roster, texts, data, seed, certificates)
    forms = build_forms(kit, roster, workspace.codes(kit.plan.id))
    cast = Cast(texts, kit, roster, forms, rng, numbers_of(world))
    findings = spread_findings(cast)
    profile = workspace.profile_file
    empty = profile.read_text(encoding="utf-8")
    write_text(profile, filled_in(empty, facts(cast, {})))
    with stopped_at(ISSUED):
        issue(workspace, Selection(), (), listener)
    said = answer_all(cast, findings)
    posted = send_back(cast, said)
    with stopped_at(SAMPLED):
        bring_in(workspace, cast, world, data, listener)
        write_text(profile, filled_in(empty, facts(cast, counted(workspace, data))))
        spots = check_spots(workspace, cast, listener)
        reviews = reviewing.hand_out(workspace, cast, said, listener)
    _deliver(workspace, [*posted, *reviewing.send_back(reviews, without=NOT_BACK)], listener)
    with stopped_at(REPORTED):
        found = reviewing.troubled(reviews, CASES, without=NOT_BACK)
        spots = draw_more(workspace, cast, spots, found, listener)
        reviews = reviewing.hand_out(workspace, reviews.cast, reviews.said, listener)
    return Begun(workspace, reviews.cast, reviews.said, findings, spots)


def to_the_draft(begun: Begun, listener: Listener) -> list[str]:
    """Write the draft and the other reports; return what to tell the user."""
    with stopped_at(REPORTED):
        return _report(begun, listener)


def to_the_end(begun: Begun, listener: Listener) -> list[str]:
    """Let everybody answer, and go on to the final report and the archive; return what to tell the user."""
    workspace = begun.workspace
    with stopped_at(REPORTED):
        write_named(workspace, "person", _reporters(begun.findings), Manner(listener=listener))
        first, standing = write_final(workspace, "final or draft", None, Manner()), status(workspace, REPORTED.date())
    ended = Ending(workspace, begun.cast, begun.said, listener).play()
    return [*_began(workspace, standing, begun.spots), *_ended(workspace, first, ended)]


def _reporters(findings: Findings) -> tuple[str, ...]:
    """Return some of the people who report findings."""
    return tuple(key.removeprefix("person:") for key in findings if key.startswith("person:"))[:PERSON_REPORTS]


def _start(folder: Path, texts: Texts, rng: Random) -> Workspace:
    """Make the campaign folder with a fictitious roster; refuses a folder that is not empty."""
    with tempfile.TemporaryDirectory() as temporary:
        roster = Path(temporary) / ROSTER
        write_text(roster, dump(invent_roster(texts, rng)))
        return init(folder, KIT, roster, own="demo").workspace


def _deliver(workspace: Workspace, posted: list[Posted], listener: Listener) -> None:
    """Put what comes back into the inbox, delivery by delivery, and collect it."""
    for delivery, moment in enumerate(DELIVERED):
        for file in posted:
            if file.delivery == delivery:
                write_bytes(workspace.inbox / file.name, file.data)
        with stopped_at(moment):
            collect(workspace, (), listener)


def _report(begun: Begun, listener: Listener) -> list[str]:
    workspace = begun.workspace
    write_named(workspace, "unit", (), Manner(listener=listener))
    write_named(workspace, "branch", (), Manner(listener=listener))
    write_named(workspace, "person", _reporters(begun.findings), Manner(listener=listener))
    final = write_final(workspace, "final or draft", None, Manner())
    own = [*LISTS, REVIEW.name, *(entry.id for entry in workspace.load().usable()[0].plan.documents)]
    more = [path for name in own for path in write_named(workspace, name, (), Manner(listener=listener)).paths]
    standing = status(workspace, REPORTED.date())
    page = workspace.reports / "status.html"
    write_page(workspace, standing, page)
    return _told(begun, standing, [*final.paths, *more, page], final)


def _began(workspace: Workspace, standing: Status, spots: SpotCheck) -> list[str]:
    """Return the lines that say what the campaign is and how far it was when the draft was written."""
    folder, total = workspace.root, standing.total
    counts = {"asked": total.issued, "answered": total.answered, "missing": total.missing, "open": total.incomplete}
    text = _("{asked} were asked, {answered} answered ({open} incompletely), {missing} did not; {rejected}.")
    drawn = _(
        "The spot check drew {drawn} of {files} files with a seed that nobody picked, and {more} more of a stratum in"
        " which problems were found; {reviewers} people review them who had nothing to do with them. So do others with"
        " the personnel files of {others} auditors."
    )
    checked = {one.name: getattr(spots, one.name) for one in fields(spots)}
    rejected = ngettext("{n} file could not be used", "{n} files could not be used", len(standing.rejected))
    return [
        _("A sample campaign of a fictitious certification body (November 2023) is in {folder}.").format(folder=folder),
        text.format(**counts, rejected=rejected.format(n=len(standing.rejected))),
        drawn.format(**checked),
    ]


def _told(begun: Begun, standing: Status, made: list[Path], final: Final) -> list[str]:
    """Return the lines that say what there is to see, and why the report is only a draft."""
    lines = [
        *_began(begun.workspace, standing, begun.spots),
        _("Open:"),
        *(f"  {path}" for path in made),
        ngettext(
            "The report is a draft, because {n} thing is open:",
            "The report is a draft, because {n} things are open:",
            final.open,
        ).format(n=final.open),
        *(f"  {gap.message}" for gap in final.shown[:SHOWN_GAPS]),
    ]
    if len(final.shown) > SHOWN_GAPS:
        lines.append("  …")
    return [*lines, *_to_try(begun.workspace, TO_TRY)]


def _ended(workspace: Workspace, draft: Final, ended: Ended) -> list[str]:
    """Return the lines that say what happened after the draft, and what there is to see at the end."""
    told = {"open": draft.open, "signed": ended.signed, "closed": ended.closed, "notices": len(ended.notices)}
    text = _(
        "The draft of the report had {open} open points. Then everybody answered and signed ({signed} sheets), {closed}"
        " corrections were verified and closed, {notices} notices made, and the report was approved: it is final."
    )
    archive, found = ended.archive.path, len(ended.verified.problems)
    checked = ngettext("{n} problem found in it", "{n} problems found in it", found).format(n=found)
    sound = checked if found else _("verified, nothing is wrong with it; unzip it and open index.html")
    opened = [*ended.final.paths, *ended.final.pdfs, *ended.documents, *ended.notices[:1], ended.page]
    return [
        text.format(**told),
        *(problem.message for problem in ended.final.problems),
        _("Open:"),
        *(f"  {path}" for path in opened),
        _("Archive: {path} ({sound})").format(path=archive, sound=sound),
        *_to_try(workspace, (*TO_TRY_THEN, f"archive verify {archive}")),
    ]


def _to_try(workspace: Workspace, commands: Iterable[str]) -> list[str]:
    """Return the commands that show more."""
    at = f" --campaign {workspace.root}"
    shown = (command if command.startswith("archive") else command + at for command in commands)
    return [_("Try these:"), *(f"  selfaudit {command}" for command in shown)]
