"""The kit of the benchmarks: sixty items in six areas, all of them put to everybody, and rosters of any size."""

from pathlib import Path
from typing import Any

from selfaudit.files.yaml.writer import dump

AREAS = {
    "contracts": ("合同与方案", ("合同评审", "审核方案")),
    "teams": ("审核组", ("审核组能力", "审核任务安排")),
    "audits": ("现场审核", ("现场审核", "审核记录")),
    "decisions": ("认证决定", ("不符合项关闭", "认证决定")),
    "certificates": ("证书管理", ("证书信息上报", "监督审核")),
    "system": ("管理体系", ("公正性管理", "投诉处理")),
}
"""Title and two subjects of every area."""
CHECKS = (
    ("依据", "依据是否现行有效？", "对照文件清单"),
    ("记录", "记录是否可以追溯？", "抽查五份案卷"),
    ("时限", "是否在时限内完成？", "比对系统时间"),
    ("责任", "责任人是否明确？", "核对岗位职责"),
    ("异常", "异常是否已处理？", "查看处理单"),
)
"""Title, question and method of the five items on every subject."""
PARTS = ("总部是否如此？", "分公司是否如此？")
WITH_PARTS = 20
"""Every twentieth item is answered part by part."""
UNIT_SIZE = 40
SUPPLEMENT = {"id": "supplement", "title": "补充案卷", "notice": "letter"}
LETTER = {
    "id": "letter",
    "title": "补充案卷通知书",
    "number": "基准补〔{year}〕{n}号",
    "text": ["{target}存在以下情形：{reason}。", "请自{effective}起补充案卷，完成后书面报告。"],
}
"""What the findings lead to: a letter each."""


def write_kit(folder: Path) -> None:
    """Write the kit into a new folder."""
    folder.mkdir(parents=True)
    (folder / "campaign.yaml").write_text(dump(_plan()), encoding="utf-8")
    (folder / "citations.yaml").write_text(dump(_citations()), encoding="utf-8")
    number = 0
    for n, (area, (_, subjects)) in enumerate(AREAS.items(), 1):
        checks = [(subject, check) for subject in subjects for check in CHECKS]
        items = [_item(f"{n}.{m}", number + m, *of) for m, of in enumerate(checks, 1)]
        number += len(items)
        checklist = {
            "format": "selfaudit/checklist/1", "area": area, "phase": "answer", "due": "2023-11-07", "items": items,
        }  # fmt: skip
        (folder / f"{n}-{area}.yaml").write_text(dump(checklist), encoding="utf-8")


def roster(people: int) -> dict[str, Any]:
    """Return a roster of so many people in units of forty."""
    count = -(-people // UNIT_SIZE)
    units = [{"id": f"U{n:03d}", "name": f"第{n}业务部", "kind": "department"} for n in range(1, count + 1)]
    staff = [
        {"id": f"P{n:05d}", "name": _name(n), "unit": f"U{n // UNIT_SIZE + 1:03d}", "posts": ["审核员"]}
        for n in range(people)
    ]
    return {"format": "selfaudit/roster/1", "body": {"name": "基准认证有限公司"}, "units": units, "people": staff}


def _name(number: int) -> str:
    surnames, given = "王李张刘陈杨黄赵周吴", "伟芳娜敏静强磊洋艳勇杰娟涛明超霞平刚桂英"
    first, second = divmod(number // len(surnames), len(given))
    return surnames[number % len(surnames)] + given[first % len(given)] + given[second]


def _item(item_id: str, number: int, subject: str, check: tuple[str, str, str]) -> dict[str, Any]:
    title, ask, how = check
    item: dict[str, Any] = {"id": item_id, "title": f"{subject}{title}", "ask": f"{subject}{ask}"}
    if number % WITH_PARTS == 0:
        item["parts"] = [{"id": letter, "ask": text} for letter, text in zip("ab", PARTS, strict=True)]
    rest = {"how": how, "evidence": ["案卷"], "roles": ["staff"], "basis": ["law-1"]}
    return {**item, **rest, "severity": "major"}


def _citations() -> dict[str, Any]:
    law = {"id": "law-1", "cite": "《认证认可条例》", "verified": "true", "source": "公开文本"}
    return {"format": "selfaudit/citations/1", "citations": [law]}


def _plan() -> dict[str, Any]:
    phase = {"id": "answer", "title": "自查", "from": "2023-10-28", "to": "2023-11-07", "who": "全体人员"}
    chapters = [
        {"id": "basics", "title": "基本情况", "holds": ["profile"]},
        {"id": "conduct", "title": "自查开展情况", "holds": ["plan", "conduct"]},
        {"id": "findings", "title": "发现的问题", "holds": ["findings"]},
        {"id": "measures", "title": "整改情况", "holds": ["measures"]},
        {"id": "suggestions", "title": "建议和线索", "holds": ["suggestions", "clues"]},
    ]
    return {
        "format": "selfaudit/campaign/1",
        "kit": "bench",
        "id": "bench-2023",
        "code": "BN23",
        "title": "认证机构自查",
        "language": "zh_CN",
        "notice": {"issuer": "主管部门"},
        "legal_basis": ["law-1"],
        "cut_off": "2023-10-26",
        "scope": "全部认证活动",
        "phases": [phase],
        "areas": [{"id": area, "title": title} for area, (title, _) in AREAS.items()],
        "roles": [{"id": "staff", "title": "全体人员", "answers": "person", "everyone": "true"}],
        "coverage": [{"id": "projects", "title": "覆盖项目数（个）", "answers": ["person"]}],
        "declaration": "以上内容由本人逐项核对后填写，真实、完整。",
        "severities": [{"id": "major", "title": "较重"}, {"id": "minor", "title": "一般"}],
        "dispositions": [{"id": "case_file", "title": "案卷", "actions": [SUPPLEMENT, "补充审核"]}],
        "notices": [LETTER],
        "finding_required": ["fact", "cause", "correction", "similar", "owner", "due"],
        "suggestions": [{"id": "national", "title": "对国家监管部门的建议"}],
        "clues": "虚假认证线索",
        "profile": [{"id": "overview", "title": "机构概况", "chapter": "basics"}],
        "report": {"title": "机构自查报告", "chapters": chapters},
        "submission": {"channel": "网上填报", "deadline": "2023-11-15"},
    }
