"""A campaign with eight audit records, one of which was copied."""

import random
from pathlib import Path

import pytest

from selfaudit.base.resources import shipped
from tests.support.campaign import Campaign
from tests.support.folders import plant

KIT = shipped("checklists") / "fake-cert-2023"
AUDITS = """\
format: selfaudit/register/1
id: audits
title: 项目
cases: {case: project, organisation: organisation, standard: standards, period: start_on, auditors: leader}
columns:
  - {id: project, title: 项目编号, required: true}
  - {id: organisation, title: 组织名称}
  - {id: standards, title: 认证项目, type: codes, codes: standard}
  - {id: start_on, title: 开始日期, type: date}
  - {id: leader, title: 组长}
  - {id: branch, title: 分公司}
"""
CODES = """\
format: selfaudit/codes/1
lists:
  standard:
    QMS: {title: 质量管理体系, contains: [QMS]}
"""
WORDS = "温度压力设备操作人员培训文件控制不符合纠正措施检验原料成品仓库采购供方评价合同评审顾客投诉内部管理目标指标查看"


def record(seed: int, sentences: int = 40) -> str:
    """An audit record like no other."""
    drawn = random.Random(seed)
    return "".join("".join(drawn.choices(WORDS, k=18)) + "。\n" for _ in range(sentences))


def edited(text: str, seed: int) -> str:
    """The same record with every fifth sentence written anew."""
    lines, new = text.splitlines(keepends=True), record(seed).splitlines(keepends=True)
    return "".join(new[n] if n % 5 == 0 else line for n, line in enumerate(lines))


FILES = {
    "QMS/P1/张三.txt": record(1),
    "QMS/P2/张三.txt": edited(record(1), 90),
    **{f"QMS/P{n}/李四.txt": record(n) for n in range(3, 9)},
}
PAIR = ("QMS/P1/张三.txt", "QMS/P2/张三.txt")


@pytest.fixture
def campaign(fresh: Campaign, tmp_path: Path) -> Campaign:
    """A campaign with registers of cases, and eight records, one of which was copied."""
    made = fresh.copy(tmp_path / "campaign")
    own = {name: (KIT / "registers" / f"{name}.yaml").read_bytes() for name in ("case_records", "look_alikes")}
    registers: dict[str, str | bytes] = {"audits": AUDITS, "codes": CODES, **own}
    plant(made.root / "checklists", {f"registers/{name}.yaml": text for name, text in registers.items()})
    plant(made.root / "case-files", FILES)
    return made
