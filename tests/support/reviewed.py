"""A small campaign whose spot check is drawn, with files given to reviewers as ``sample assign`` leaves it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from selfaudit.model.sampling.reviewing import REVIEWERS, Reviewer, Reviewing
from selfaudit.model.sampling.state import SAMPLE, SampleState
from selfaudit.store.ledger.records import Edit, edit, record
from selfaudit.store.workspace import Workspace
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.tiny_data import DATA

ROLE = """\
  - {id: reader, title: 案卷复核人, answers: file, sample: files, units: [技术部]}
coverage:
"""
CRITERIA = """\
format: selfaudit/checklist/1
area: business
phase: answer
due: 2023-11-08
items:
  - id: F1
    title: 决定把关
    ask: 认证决定是否从严？
    how: 看决定记录。
    evidence: [决定记录]
    roles: [reader]
    severity: major
    contradicted_by:
      - {check: D1, subject: file}
"""
STATE = SampleState(id="files", plan="p", population="q", files=9, given="31415926", given_by="经办人", drawn="d")


def with_criteria(campaign: Campaign) -> Campaign:
    """Let the plan of a campaign ask about drawn files."""
    plant(campaign.root / "checklists", {**DATA, "3-files.yaml": CRITERIA})
    campaign.edit("campaign.yaml", "coverage:\n", ROLE)
    return campaign


def give_out(campaign: Campaign, given: Mapping[str, Sequence[str]], lost: Mapping[str, str] | None = None) -> None:
    """Enter who reviews which file: one or two by name, which is what they are known by as well."""
    people = {name: Reviewer(name=name, fields=("QMS",)) for names in given.values() for name in names}
    state = STATE.model_copy(update={"lost": dict(lost or {})})
    made = Reviewing(
        seed=state.seed,
        people=people,
        wanted=dict.fromkeys(given, ()),
        given={file: names[0] for file, names in given.items()},
        second={file: names[1] for file, names in given.items() if len(names) > 1},
        shown={file: (("组织名称", f"{file} 公司"), ("体系", "质量")) for file in given},
        names={file: {"project": file} for file in given},
    )
    with Workspace(campaign.root).writing(lambda: None, "经办人") as ledger:
        for kind, data in ((SAMPLE, state), (REVIEWERS, made)):
            before = record(ledger, kind, "files")
            seen = before.version if before else 0
            now = Edit(kind, "files", seen, data.model_dump(mode="json", exclude_defaults=True))
            edit(ledger, "sample-assigned", [now], by="经办人", sample="files", count=len(given))


def reviews(campaign: Campaign) -> dict[str, Path]:
    """Return the form of every review in the outbox by the name of its respondent: ``P1（张三）``."""
    return {path.name.rpartition("_")[0]: path for path in sorted(campaign.root.glob("outbox/reviews/*/*.yaml"))}
