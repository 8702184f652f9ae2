"""Two records of an audit that are alike, made by hand: with template text, places of the file, and changed words."""

import re
from bisect import bisect_right

from selfaudit.model.casefiles.compared import CaseText, Compared
from selfaudit.model.casefiles.comparison import Comparison, NotCompared
from selfaudit.model.casefiles.found import Found, LearnedTemplate, Pair, Passage, Ring
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings
from selfaudit.reports.similar import Alike, Judged

FORM = "审核记录表\n受审核组织：{organisation}\n审核日期：{day}　审核员：{auditor}\n一、文件审核\n"
SHARED = (
    "查{year}年内审报告1份，内审员{auditor}对生产部、质检部实施了审核，开具不符合项{n}项，均已在{day}前关闭。\n"
    "现场抽取焊接工序作业指导书WI-{n}2，焊接电流与规定一致，操作工{worker}持证上岗，证书编号T{n}8-22。\n"
)
FOOT = "二、审核结论\n符合要求，推荐注册。\n审核员签字：\n"
LAST = "末次会议上，企业负责人{worker}表示将在{n}5日内完成整改。"
OWN = "本次审核另行查看了{what}，联系电话13912345678，身份证110101199003071234。\n"
_WORDS = [
    dict(zip(("organisation", "day", "year", "auditor", "n", "worker", "what"), words, strict=True))
    for words in (
        ("苏州甲辰机械有限公司", "2023-05-01", "2022", "张某", "1", "王五", "除尘设备"),
        ("无锡乙巳精密有限公司", "2023-09-02", "2023", "李某", "3", "赵六", "配电室"),
    )
]
"""What differs between the two."""


def _text(**slots: str) -> tuple[str, dict[str, tuple[int, int]]]:
    parts = {"form": FORM, "shared": SHARED, "own": OWN, "foot": FOOT, "last": LAST}
    text, spans = "", {}
    for name, part in parts.items():
        spans[name] = (len(text), len(text) + len(part.format(**slots)))
        text += part.format(**slots)
    return text, spans


def pair(times: int = 1) -> Compared:
    """Return the pair; with ``times`` its parts are in the records so many times, one after the other."""
    (a, in_a), (b, in_b) = (_text(**words) for words in _WORDS)
    passages = [
        Passage(
            a=in_a[name][0] + n * len(a),
            b=in_b[name][0] + n * len(b),
            length_a=in_a[name][1] - in_a[name][0],
            length_b=in_b[name][1] - in_b[name][0],
            records=2 if name == "shared" else 3,
        )
        for n in range(times)
        for name in ("shared", "last")
    ]
    records = [
        CaseRecord(
            id=id_, digest="0" * 64, standard="质量管理体系", organisation=words["organisation"], period=words["day"],
            auditors=auditors, characters=times * len(text),
        )
        for id_, words, auditors, text in (
            ("2023/甲辰/审核记录.docx", _WORDS[0], ("张某", "李某"), a),
            ("2023/乙巳/审核记录.docx", _WORDS[1], ("李某",), b),
        )
    ]  # fmt: skip
    texts = ((a, in_a), (b, in_b))
    sides = [_case(record, *text, times) for record, text in zip(records, texts, strict=True)]
    found = Pair(
        a=records[0].id, b=records[1].id, of_a=0.874, of_b=0.61, shared=400, longest=118, passages=len(passages)
    )
    return Compared(found, sides[0], sides[1], passages)


def _case(record: CaseRecord, text: str, spans: dict[str, tuple[int, int]], times: int) -> CaseText:
    marks = [line.start() for line in re.finditer(r"[^\n]+", text * times)]
    template = [
        (at + n * len(text), to + n * len(text)) for n in range(times) for at, to in (spans["form"], spans["foot"])
    ]
    return CaseText(record, text * times, lambda at: f"第{bisect_right(marks, at)}段", marks, template)


def alike() -> Alike:
    """Return what a comparison found: a pair, a ring of three with it, learned template, and files not compared."""
    it = pair(3)
    third = it.b.record.model_copy(update={"id": "2022/乙巳/审核记录.docx", "period": "2022-09-05"})
    second = it.pair.model_copy(update={"a": third.id, "b": it.b.record.id, "of_a": 0.41, "of_b": 0.999})
    learned = LearnedTemplate(standard="质量管理体系", records=40, text="本公司概况如下。" * 9, examples=("a", "b"))
    found = Found(
        pairs=(second, it.pair),
        rings=(Ring(source=it.b.record.id, members=(third.id, it.a.record.id)),),
        learned=(learned,),
        one_audit=4,
        few=("能源管理体系",),
    )
    records = (it.a.record, it.b.record, third)
    told = Judged("已说明", "两份均为同一现场，李四，2023-11-02")
    scan = NotCompared(id="2023/丙午/扫描件.pdf", code="x", why="只有图像，没有文字")
    made = Comparison(settings=Settings(), records=records, not_compared=(scan,), found=found)
    return Alike(made, lambda pair: told if pair.a == third.id else Judged("待判定"), (it,))
