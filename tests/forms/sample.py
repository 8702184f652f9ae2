"""A small form in two languages, a filled-in copy of it, and how tests read one back."""

from datetime import date
from typing import Any, Literal

from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.formats import read_any
from selfaudit.forms.reading.reader import Reading
from selfaudit.model.finding import FindingChoice
from selfaudit.model.form.form import Form, FormItem, HandlingClass, Questions, Respondent
from selfaudit.model.kit.kit import Part
from selfaudit.model.kit.outline import Titled
from selfaudit.model.kit.plan import CoverageField
from selfaudit.model.passport import Passport, respondent_code

CODE = "TK23"
DUE = date(2023, 11, 7)

ZH = {
    "title": "小型自查：第一次 #1",
    "business": "业务 # 与风险",
    "1.1": "资质是否有效？",
    "1.2": "是否有人收受“好处”：礼金、礼品 #？",
    "1.10": "收费是否公开？",
    "2.1": "审核是否真实？",
    "a": "是否全程到场？",
    "b": "记录是否当场形成？",
    "projects": "覆盖项目数（个）",
    "staff": "覆盖人员数（人）",
    "severe": "严重",
    "minor": "一般",
    "certificate": "证书",
    "certificates": "涉及证书",
    "people": "认证人员",
    "national": "对国家监管部门的建议",
    "clues": "虚假认证线索",
    "declaration": "以上内容真实、完整。\n隐瞒的承担后果。",
    "law": "《认证条例》第二十一条",
    "standard": "ISO/IEC 17021-1:2015 9.4〔待核实〕",
    "name": "张三",
    "unit": "审核部",
}
EN = {
    "title": "Small self-audit: the first, #1",
    "business": "Business & risk",
    "1.1": "Is the approval valid?",
    "1.2": "Did anybody take “favours”: money, gifts #?",
    "1.10": "Are fees public?",
    "2.1": "Was the audit real?",
    "a": "Was everybody there all the time?",
    "b": "Were records written on the spot?",
    "projects": "Projects covered",
    "staff": "People covered",
    "severe": "severe",
    "minor": "minor",
    "certificate": "Certificate",
    "certificates": "Certificates concerned",
    "people": "Auditors",
    "national": "Suggestions to the regulator",
    "clues": "Clues to fake certification",
    "declaration": "All of this is true.",
    "law": "Certification Act Art. 21",
    "standard": "ISO/IEC 17021-1:2015 9.4 [to be verified]",
    "name": "Zhang San",
    "unit": "Audit department",
}


def questions(language: Literal["zh_CN", "en"] = "zh_CN") -> Questions:
    """Return what the small form asks."""
    said = ZH if language == "zh_CN" else EN

    def item(
        item_id: str, area: str, *, yes_means: Literal["conform", "problem"] | None = None, parts: tuple[Part, ...] = ()
    ) -> FormItem:
        title = f"{item_id}: {said[item_id][:2]} # {area}"
        how = f"{said[item_id]}\n{said['title']}"
        evidence = (said["certificate"], said["people"])
        basis = (said["law"], said["standard"]) if item_id == "2.1" else ()
        return FormItem(
            id=item_id, area=area, title=title, ask=said[item_id], yes_means=yes_means, parts=parts, how=how,
            evidence=evidence, legal_basis=basis, due=DUE,
        )  # fmt: skip

    parts = (Part(id="a", ask=said["a"]), Part(id="b", ask=said["b"], yes_means="conform"))
    return Questions(
        campaign="tiny-2023",
        title=said["title"],
        language=language,
        areas=(Titled(id="business", title=said["business"]), Titled(id="conduct", title=said["1.1"])),
        items=(
            item("1.1", "business"),
            item("1.2", "business", yes_means="problem"),
            item("1.10", "business"),
            item("2.1", "conduct", parts=parts),
        ),
        coverage=(
            CoverageField(id="projects", title=said["projects"]),
            CoverageField(id="staff", title=said["staff"]),
        ),
        severities=(Titled(id="severe", title=said["severe"]), Titled(id="minor", title=said["minor"])),
        dispositions=(
            HandlingClass(id="certificate", title=said["certificate"], actions=("保持", "撤销")),
            HandlingClass(id="people", title=said["people"]),
        ),
        finding_fields=tuple(
            FindingChoice(id=key, title=said["certificates"] if key == "certificates" else "")
            for key in ("basis", "certificates", "people", "cause", "correction", "similar", "owner", "due")
        ),
        finding_required=("fact", "cause", "due"),
        suggestions=(Titled(id="national", title=said["national"]),),
        clues=said["clues"],
        declaration=said["declaration"],
    )


def form(language: Literal["zh_CN", "en"] = "zh_CN", name: str = "", code: str = CODE) -> Form:
    """Return the small form as it is issued to one person."""
    said = ZH if language == "zh_CN" else EN
    asked = questions(language)
    person = name or said["name"]
    respondent = Respondent(
        key=f"person:{person}", answers="person", name=person, unit="A", unit_name=said["unit"], roles=("auditor",)
    )
    passport = Passport(code, respondent_code(asked.campaign, respondent.key), asked.revision)
    return Form(passport=str(passport), respondent=respondent, questions=asked)


FORM, ENGLISH = form(), form("en")
ISSUED = {issued.passport: issued for issued in (FORM, ENGLISH, form(name="张三丰"))}

COMPLETE: dict[str, Any] = {
    "format": "selfaudit/response/1",
    "passport": FORM.passport,
    "filled_by": "张三",
    "filled_on": "2023-11-05T14:30",
    "coverage": {"projects": 3, "staff": 0},
    "items": [
        {"id": "1.1", "answer": "conform", "note": "已抽查 3 个项目，记录齐全"},
        {"id": "1.10", "answer": "not_applicable", "note": "不收费"},
        {"id": "1.2", "answer": "conform"},
        {"id": "2.1", "parts": [{"id": "a", "answer": "problem"}, {"id": "b", "answer": "conform"}]},
    ],
    "findings": [
        {
            "number": 1,
            "item": "2.1",
            "part": "a",
            "fact": "2023-05-06 项目 C-17：末次会议缺席 #1",
            "severity": "severe",
            "cause": "排期冲突",
            "disposition": {"certificate": "保持"},
            "due": "2023-12-01",
        }
    ],
    "suggestions": {"national": "统一报送口径"},
    "declaration": True,
}
"""A content of the Chinese form in which nothing is missing."""


def text(**changes: Any) -> str:
    """Return the Chinese form filled in with the complete content, some of it replaced."""
    return yaml_form.write(FORM, {**COMPLETE, **changes}).decode()


def read(returned: str | bytes, name: str = "f.yaml", code: str = CODE) -> Reading:
    """Read a file as it came back."""
    data = returned.encode() if isinstance(returned, str) else returned
    return read_any(data, name, ISSUED.get, code)


def changed(old: str, new: str, times: int = 1) -> str:
    """Return the filled-in form with something typed otherwise, ``times`` times from the top."""
    original = text()
    assert original.count(old) >= times, old
    return original.replace(old, new, times)


def said(reading: Reading) -> list[str]:
    """Return everything there is to say about a reading, as the user sees it."""
    return [str(problem) for problem in (*reading.errors, *reading.gaps, *reading.notes)]


def line_of(returned: str, part: str) -> int:
    """Return the number of the first line that holds a text."""
    return returned[: returned.index(part)].count("\n") + 1


def answers(reading: Reading) -> dict[str, str]:
    """Return what was answered by place, as ``2.1 a``."""
    found = {}
    for item in (reading.content or {}).get("items", ()):
        for part in item.get("parts", ()):
            found[f"{item['id']} {part['id']}"] = part.get("answer", "")
        if "parts" not in item:
            found[item["id"]] = item.get("answer", "")
    return found
