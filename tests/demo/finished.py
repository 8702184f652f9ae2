"""A demo campaign carried to its final report: everybody answers completely, and every contradiction is settled."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

from selfaudit.base.clock import stopped_at
from selfaudit.demo.answers import answer_all
from selfaudit.demo.body import Cast, invent_roster
from selfaudit.demo.findings import spread_findings
from selfaudit.demo.mail import proofs
from selfaudit.demo.play import DELIVERED, ISSUED, KIT
from selfaudit.demo.profile import facts, filled_in
from selfaudit.demo.texts import load_texts
from selfaudit.files.atomic import write_text
from selfaudit.files.yaml.writer import dump
from selfaudit.forms import yaml as yaml_form
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.common.forms import build_forms
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.contradictions.listing import contradictions
from selfaudit.workflow.contradictions.settling import Settlement, settle
from selfaudit.workflow.init import init
from selfaudit.workflow.issue.issue import issue
from selfaudit.workflow.report.final import Final, write_final
from selfaudit.workflow.report.manner import Manner

REPORTED = datetime(2023, 11, 14, 8, tzinfo=UTC)


def finished(folder: Path, *, seed: int, annexes: str) -> Final:
    """Play the campaign in a new folder and write its final report; nobody signs on paper."""
    texts, rng = load_texts(), Random(seed)
    people = folder.with_name("people.yaml")
    write_text(people, dump(invent_roster(texts, rng)))
    workspace = init(folder, KIT, people, own="demo").workspace
    plan = workspace.plan_file.read_text(encoding="utf-8").replace("signed_paper: true", "signed_paper: false")
    write_text(workspace.plan_file, plan.replace("\n  chapters:\n", f"\n  annexes: {annexes}\n  chapters:\n"))
    # without registers no file is drawn, so that departments answer for all of them
    for name, roles, left in (
        ("case-files", "file-reviewer", "techcom"),
        ("people", "tech, person-file-reviewer", "tech"),
    ):
        criteria = workspace.checklists / f"{name}.yaml"
        asked = criteria.read_text(encoding="utf-8").replace(f"[{roles}]", f"[{left}]")
        write_text(criteria, asked.replace("subject: file", "subject: body"))
    kit, roster = workspace.load().usable()
    cast = Cast(texts, kit, roster, build_forms(kit, roster, workspace.codes(kit.plan.id)), rng)
    said = answer_all(cast, spread_findings(cast))
    profile = workspace.profile_file
    write_text(profile, filled_in(profile.read_text(encoding="utf-8"), facts(cast, {})))
    with stopped_at(ISSUED):
        issue(workspace, Selection(), (), Silent())
    for form in cast.forms:
        content = {**said[form.respondent.key], "filled_on": "2023-11-03"}
        (workspace.inbox / f"{form.passport}.yaml").write_bytes(yaml_form.write(form, content))
        for name, data in proofs(content):
            (workspace.inbox / name).write_bytes(data)
    with stopped_at(DELIVERED[0]):
        collect(workspace, (), Silent())
    return _reported(workspace)


def _reported(workspace: Workspace) -> Final:
    with stopped_at(REPORTED):
        keys = tuple(one.key for one in contradictions(workspace).between)
        settle(workspace, Settlement(keys, "王主任", "以报告问题的一方为准"), Silent())
        return write_final(workspace, "final only", None, Manner())
