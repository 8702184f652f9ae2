"""What the people of the benchmarks answer: varied, and the same for the same seed."""

from random import Random
from typing import Any

from selfaudit.model.form.form import Form

NOTES = (
    "抽查了{n}份案卷，记录齐全，签字日期与行程一致。",
    "系统导出{n}条，逐条核对，差异{m}条，均已说明原因。",
    "已核对 {n} 个项目；其中 {m} 个为转机构项目。",
    "按《作业指导书》第{m}章执行，见附件{n}：核对表。",
    "与审核部核对一致",
    "共{n}项 #抽样编号 {m}，结果另附",
)
NOT_APPLICABLE = ("本岗位不涉及此项业务。", "近三年未开展该业务，共{n}个项目均不涉及。")
FACTS = (
    "项目 BN-{n} 的现场审核记录中末次会议签到表缺 {m} 人签字，结束时间早于计划 {m} 小时。",
    "证书 CN{n}Q{m} 的信息变更后第 {n} 日才上报，超过规定时限，系统中没有延期说明。",
    "抽查的 {n} 份合同评审单中有 {m} 份未填写人日计算依据，减少人日的理由只写“同上”。",
)
CAUSES = (
    "当时同时承担 {m} 个项目，返回后未及时整理，复核人也没有逐页查看。",
    "新版规定 {n} 号文下发后培训不到位，仍按旧表单办理，系统没有校验。",
)
CORRECTIONS = (
    "联系 {m} 家获证组织补充原始记录，{n} 日内交技术部重新评定，结果记入案卷。",
    "补报信息并书面说明，修改表单 {n} 个栏目，由专人每周核对一次。",
)
SIMILAR = ("同类项目 {n} 个全部复查，另发现 {m} 个相同情况，一并处理。", "复查近一年 {n} 份，未再发现。")
OWNERS = ("审核部负责人", "技术部负责人", "本人", "第{m}业务部负责人")


class Respondents:
    """Fills in form after form."""

    def __init__(self, seed: int, findings: int) -> None:
        """Take what everything random comes from, and how many findings everybody reports on average.

        With one finding on average people report none, one or two; with more they report exactly so many.
        """
        self._rng = Random(seed)
        self._findings = findings

    def content(self, form: Form) -> dict[str, Any]:
        """Return a canonical content for a form."""
        rng = self._rng
        places = [(item.id, part.id if part else "") for item in form.questions.items for part in item.parts or (None,)]
        count = rng.choice((0, 1, 2)) if self._findings == 1 else self._findings
        found = [rng.choice(places) for _ in range(count)]
        said = {place: self._answer("problem" if place in found else "") for place in places}
        return {
            "filled_by": form.respondent.name,
            "filled_on": f"2023-11-0{rng.randint(1, 7)}",
            "coverage": {"projects": rng.randint(1, 60)},
            "items": [
                {"id": item.id, "parts": [{"id": part.id, **said[item.id, part.id]} for part in item.parts]}
                if item.parts
                else {"id": item.id, **said[item.id, ""]}
                for item in form.questions.items
            ],
            "findings": [self._finding(no, *place) for no, place in enumerate(found, 1)],
            "suggestions": {"national": self._text(NOTES)} if rng.random() < 0.1 else {},
            "clues": "",
            "declaration": True,
        }

    def _text(self, texts: tuple[str, ...]) -> str:
        return self._rng.choice(texts).format(n=self._rng.randint(10, 99_999), m=self._rng.randint(2, 9))

    def _answer(self, answer: str) -> dict[str, str]:
        answer = answer or self._rng.choices(("conform", "not_applicable", "unchecked"), (88, 10, 2))[0]
        if answer == "not_applicable":
            return {"answer": answer, "note": self._text(NOT_APPLICABLE)}
        return {"answer": answer, "note": self._text(NOTES) if self._rng.random() < 0.25 else ""}

    def _finding(self, no: int, item: str, part: str) -> dict[str, Any]:
        texts = {"fact": FACTS, "cause": CAUSES, "correction": CORRECTIONS, "similar": SIMILAR, "owner": OWNERS}
        return {
            "number": no,
            "item": item,
            **({"part": part} if part else {}),
            **{key: self._text(some) for key, some in texts.items()},
            "severity": self._rng.choice(("major", "minor")),
            "disposition": {"case_file": "补充案卷"},
            "due": f"2023-12-{self._rng.randint(10, 28)}",
        }
