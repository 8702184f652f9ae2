"""What the pages of an archive say of records: words, and nothing that only the program needs."""

from pathlib import Path

import pytest

from selfaudit.model.base import Model
from selfaudit.model.data.figure import Counted, FigureOutcome
from selfaudit.model.data.named import Looked
from selfaudit.model.data.outcome import Outcome
from selfaudit.model.data.verdict import Verdict
from selfaudit.model.disposition.disposition import Disposition
from selfaudit.model.disposition.notice import Notice
from selfaudit.model.evidence import EvidenceFile
from selfaudit.model.finding import FINDING_FIELDS
from selfaudit.model.progress.deliverables import Filing
from selfaudit.model.rectification.fields import REGISTER_FIELDS
from selfaudit.model.rectification.rectification import Rectification
from selfaudit.model.sampling.reviewing import Reviewing
from selfaudit.model.sampling.state import SampleState
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.telling import SHOWN, Teller
from selfaudit.workflow.common.final import build_final
from tests.support.campaign import Campaign

OF_PROGRAM = {
    "evidence": {"size", "kind", "source"},
    "disposition": set(),
    "sample": {"id", "plan", "registers", "hashes", "texts", "more", "lost"},
    "reviewers": {"seed", "people", "wanted", "excluded", "unknown", "since", "shown", "names"},
    "notice": {"kind", "series", "n", "sha256", "receipt_sha256"},
    "deliverable": {"content"},
    "check": {"check", "kept", "registers", "namesakes"},
    "verdict": {"check", "key", "digest"},
    "figure": {"figure", "detail", "registers"},
    "named": {"version", "holds", "others", "ended"},
    "finding": {"said", "owner_key", "corrected_key", "verified_key", "source", "about", "reported", "kept"},
}


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        ("evidence", EvidenceFile), ("disposition", Disposition), ("notice", Notice), ("deliverable", Filing),
        ("finding", Rectification), ("check", Outcome), ("verdict", Verdict), ("figure", FigureOutcome),
        ("named", Looked), ("sample", SampleState), ("reviewers", Reviewing),
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
    entries = [{"file": "P-1", "opinion": "disagree", "reason": "有照片"}, {"file": "P-2", "opinion": "agree"}]
    signed = [{"content": "WWYFW4FN51", "scan": "ab" * 32, "pages": [1], "file": "papers/a.pdf"}]
    said = teller.record("confirmations", {**form, "content": {"findings": entries}, "signed": signed})
    assert said["原阅卷人意见"] == "P-1：不同意；有照片\nP-2：同意"
    assert said["签字件"] == "data/papers/a.pdf"
    people = {"a": {"name": "赵六"}, "b": {"name": "钱七"}}
    told = teller.record("reviewers", {"people": people, "given": {"P-1": "a"}, "second": {"P-1": "b"}})
    assert told == {"复核人": "P-1（赵六）", "第二复核人": "P-1（钱七）"}
    assert teller.record("disposition", {"dismissed": False, "follow_up": None}) == {}


def test_what_checks_and_registers_gave_is_told_also_where_it_is_nothing(teller: Teller) -> None:
    ran = Outcome(check="D1", state="in_part", judged=9, unknown=2, lacking={"没有人数": 2}).model_dump(mode="json")
    counts = {"疑点": "0", "已判断的行数": "9", "无法判断的行数": "2"}
    assert teller.record("check", ran) == {"结果": "部分执行", **counts, "缺少什么": "没有人数（2）"}
    not_run = Outcome(check="D1", state="not_run", reason="register-empty").model_dump(mode="json")
    assert teller.record("check", not_run) == {"结果": "未执行", "未执行原因": "台账为空"}
    counted = FigureOutcome(figure="f", values=(Counted(label="QMS", value=0), Counted(label="EMS")), sql="SELECT 1")
    assert teller.record("figure", counted.model_dump(mode="json"))["数字"] == "QMS：0\nEMS：不详"
    found = {"a": "withdrawn", "b": None, "c": "v"}
    looked = Looked(version=1, title="证书", holds=("有效",), ended={"withdrawn": "撤销"}, found=found)
    said = teller.record("named", looked.model_dump(mode="json"))
    assert said["编号及其状态"] == "a（撤销）；b（不在台账中）；c（有效）"
