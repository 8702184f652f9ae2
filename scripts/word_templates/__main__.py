"""Build every template into a copy of the checkout, by default the checkout itself."""

import argparse
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from scripts.word_templates import final, notice, own, paper, respondent, sheet, words_en, words_zh
from scripts.word_templates.look import EN, ZH, Look
from scripts.word_templates.page import set_properties
from scripts.word_templates.writer import Writer
from selfaudit.files.yaml.writer import dump

TOP = Path(__file__).resolve().parent.parent.parent
FORMAT = "selfaudit/template/1"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LANGUAGES: dict[str, tuple[Look, dict[str, str]]] = {"zh": (ZH, words_zh.WORDS), "en": (EN, words_en.WORDS)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What one template is, and where it lies unless it is a shipped one."""

    document: str
    title: str
    description: str
    write: Callable[[Writer], None]
    folder: str = "templates/{name}"


PLANS = {
    "person-zh": Plan("person", "个人自查报告", "一名填报人的自查报告，由本人签字。", respondent.person),
    "unit-zh": Plan(
        "unit",
        "部门自查报告",
        "一个部门的自查报告，含所属人员的填报情况，由负责人签字，需要盖章的盖章。",
        respondent.unit,
    ),
    "branch-zh": Plan(
        "branch",
        "分支机构自查报告",
        "一个分支机构的自查报告，含下属单位和所属人员的填报情况，由负责人签字，需要盖章的盖章。",
        respondent.branch,
    ),
    "final-zh": Plan("final", "正式报告", "机构上报的正式报告，章节和名称由方案给出，含附件。", final.final),
    "paper-zh": Plan("paper", "签字表", "填报人核对后签字的一页纸，页眉有二维码；需要盖章的留有盖章处。", paper.paper),
    "sheet-zh": Plan(
        "sheet",
        "通用文书",
        "自查通知、行动方案、问题汇总、自查记录和空白表：基本信息、各节文字和表格、签字处。",
        sheet.sheet,
    ),
    "list-zh": Plan(
        "list", "抽查清单", "横排的清单：抽查案卷清单及分工、高风险清单，有总体、种子、各层和签字栏。", sheet.wide_list
    ),
    "notice-zh": Plan(
        "notice", "通知书", "各种通知书、通报和任务单，有无红头、附表和送达回执由方案决定。", notice.notice
    ),
    "notice-en": Plan("notice", "Notice", "Letters and task sheets about what was decided.", notice.notice),
    "person-en": Plan("person", "Report of a person", "What one person answered, for signature.", respondent.person),
    "unit-en": Plan("unit", "Report of a unit", "What a unit and its people answered, for signature.", respondent.unit),
    "branch-en": Plan("branch", "Report of a branch", "As for a unit, with its sub-units.", respondent.branch),
    "final-en": Plan(
        "final", "Final report", "The report of the body, in the chapters of the kit, with annexes.", final.final
    ),
    "paper-en": Plan("paper", "Signature sheet", "The page that a respondent signs, with a QR code.", paper.paper),
    "sheet-en": Plan(
        "sheet",
        "Sheet",
        "Notice, plan, summary of problems, record and empty forms: facts, sections, signatures.",
        sheet.sheet,
    ),
    "list-en": Plan(
        "list", "List", "What a spot check drew, and its high-risk files for signature, on wide paper.", sheet.wide_list
    ),
    "letter-zh": Plan(
        "final", "报送函", "随报告报送的函，由机构盖章。", own.letter, "checklists/fake-cert-2023/templates/letter"
    ),
    "action-sheet-en": Plan(
        "finding",
        "Corrective action sheet",
        "One finding, its correction and corrective action, with room for signatures.",
        own.action_sheet,
        "checklists/iso17021-internal-audit/templates/action-sheet",
    ),
}


def build(name: str) -> bytes:
    """Return a template as the bytes of a Word file; the same bytes every time."""
    look, words = _LANGUAGES[name.rsplit("-", 1)[1]]
    writer = Writer(look, words)
    PLANS[name].write(writer)
    set_properties(writer.document, PLANS[name].title, look)
    stream = BytesIO()
    writer.document.save(stream)
    return _repacked(stream)


def _repacked(stream: BytesIO) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def about(name: str) -> str:
    """Return the description of a template as YAML."""
    plan = PLANS[name]
    language = _LANGUAGES[name.rsplit("-", 1)[1]][0].language
    fields = {
        "format": FORMAT,
        "title": plan.title,
        "language": language,
        "document": plan.document,
        "description": plan.description,
    }
    return dump(fields)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="build_templates.py", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=TOP)
    top: Path = parser.parse_args().folder
    for name, plan in PLANS.items():
        folder = top / plan.folder.format(name=name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "document.docx").write_bytes(build(name))
        (folder / "about.yaml").write_text(about(name), encoding="utf-8", newline="\n")
        print(folder)


if __name__ == "__main__":
    main()
