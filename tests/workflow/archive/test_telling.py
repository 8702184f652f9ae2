"""What the pages of an archive say of records: words, and nothing that only the program needs."""

from pathlib import Path

import pytest

from selfaudit.model.base import Model
from selfaudit.model.data.outcome import Outcome
from selfaudit.model.data.verdict import Verdict
from selfaudit.model.disposition.disposition import Disposition
from selfaudit.model.disposition.notice import Notice
from selfaudit.model.evidence import EvidenceFile
from selfaudit.model.finding import FINDING_FIELDS
from selfaudit.model.progress.deliverables import Filing
from selfaudit.model.rectification.fields import REGISTER_FIELDS
from selfaudit.model.rectification.rectification import Rectification
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.telling import SHOWN, Teller
from selfaudit.workflow.common.final import build_final
from tests.support.campaign import Campaign

OF_PROGRAM = {
    "evidence": {"size", "kind", "source"},
    "disposition": set(),
    "notice": {"kind", "series", "n", "sha256", "receipt_sha256"},
    "deliverable": {"content"},
    "check": {"check", "kept", "registers", "namesakes"},
    "verdict": {"check", "key", "digest"},
    "finding": {"said", "owner_key", "corrected_key", "verified_key", "source", "about", "reported", "kept"},
}


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        ("evidence", EvidenceFile), ("disposition", Disposition), ("notice", Notice), ("deliverable", Filing),
        ("finding", Rectification), ("check", Outcome), ("verdict", Verdict),
    ],
)  # fmt: skip
def test_every_field_of_a_record_has_a_title_or_is_the_programs_own(kind: str, model: type[Model]) -> None:
    fields = {field.key for field in (*FINDING_FIELDS, *REGISTER_FIELDS)} if kind == "finding" else set()
    assert {*model.model_fields} - {*SHOWN[kind]} - fields == OF_PROGRAM[kind]


@pytest.fixture
def teller(answered: Campaign) -> Teller:
    """What tells the records of the small campaign."""
    setting = build_final(Workspace(Path(answered.root))).setting
    return Teller(setting, {"unit:B": "北京分公司", "person:P1": "张三"})


def test_a_finding_is_told_in_the_words_of_the_kit(teller: Teller) -> None:
    made = {"on": "2023-11-14", "by": "赵六", "reason": "有效"}
    said = {"severity": "minor", "cause": "赶进度"}
    told = teller.finding({"said": said, "about": "unit:B", "owner_key": "person:P1", "closed": made, "kept": True})
    assert told == {"严重程度": "一般", "原因": "赶进度", "关闭": "赵六 2023-11-14 有效"}


def test_entries_of_notices_evidence_and_forms_are_told_in_words(teller: Teller) -> None:
    says = [{"id": "D001", "target": "证书甲", "action": "暂停", "findings": ["2.1-01"], "basis": []}]
    assert teller.record("notice", {"kind": "x", "says": says})["处理"] == "D001 证书甲 暂停"
    bound = [{"respondent": "person:P1", "place": "2.1 a", "finding": "", "by": "陈静", "reason": "看过"}]
    evidence = {"name": "表.pdf", "bindings": bound, "dismissed": True, "size": 5}
    assert teller.record("evidence", evidence) == {
        "名称": "表.pdf",
        "所属": "张三 2.1 a 陈静 看过",
        "不作佐证材料": "是",
    }
    assert teller.heading("evidence", "ab" * 32, evidence) == "表.pdf"
    form = {
        "respondent": {"key": "person:P1", "name": "张三"},
        "questions": {"items": []},
        "serial": 1,
        "files": ["a.html"],
    }
    assert teller.record("corrections", form) == {"责任人": "张三", "文件": "data/a.html"}
    assert teller.record("disposition", {"dismissed": False, "follow_up": None}) == {}
