"""``validate``: every kind of mistake with its place and what to do about it, all of them in one run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from selfaudit.base import problems
from tests.helpers import BUSINESS, CITATIONS, CONDUCT, KIT, PLAN, ROSTER, Campaign, Ran, plant, run

Inside = Callable[..., Ran]


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake: the text ``old`` of a file becomes ``new``; it is to be told at ``at``, which stands in ``new``."""

    code: str
    file: str
    old: str
    new: str
    at: str
    says: str
    hint: str

    def place(self, text: str) -> str:
        """Return file, line and column of the mistake in the changed text."""
        start = text.index(self.new) + self.new.index(self.at)
        return f"{self.file}:{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}"


P, C, B, K = "campaign.yaml", "citations.yaml", "1-business.yaml", "2-conduct.yaml"
PHASE = "  - {id: answer, title: 自查, from: 2023-11-01, to: 2023-11-10, who: 全体}\n"
BLOCK_PHASE = """\
  - id: answer
    title: 自查
    from: 2023-11-01
    to: 2023-11-10
    who: 全体
"""

KIT_SLIPS = (
    # between the files of a kit
    Slip("kit.duplicate-id", P, "{id: audit, title: 审核部", "{id: tech, title: 审核部", "tech", "“tech” is used twice", "own id"),
    Slip("kit.duplicate-id", K, '- id: "2.2"', '- id: "1.2"', '"1.2"', "“1.2” is used twice", "own id"),
    Slip("kit.duplicate-id", P, "{id: two, title: 问题", "{id: one, title: 问题", "one", "“one” is used twice", "own id"),
    Slip("kit.unknown-id", P, "legal_basis: [law-1]", "legal_basis: [law-1, law-9]", "law-9", "no citation “law-9”", "law-1"),
    Slip("kit.unknown-id", P, PHASE, PHASE.replace("}", ", outputs: [plan]}"), "plan", "no deliverable “plan”", "form"),
    Slip("kit.unknown-id", P, "phase: answer, who", "phase: reply, who", "reply", "no phase “reply”", "answer"),
    Slip("kit.unknown-id", P, "kind: number, chapter: one", "kind: number, chapter: six", "six", "no chapter “six”", "one, two"),
    Slip("kit.unknown-id", B, "area: business", "area: busyness", "busyness", "no area “busyness”", "business, conduct"),
    Slip("kit.unknown-id", B, "phase: answer", "phase: reply", "reply", "no phase “reply”", "answer"),
    Slip("kit.unknown-id", B, "deliverables: [form]", "deliverables: [from]", "from]", "no deliverable “from”", "form"),
    Slip("kit.unknown-id", B, "roles: [tech, branch]", "roles: [tech, brunch]", "brunch", "no role “brunch”", "tech, audit, branch"),
    Slip("kit.unknown-id", B, "basis: [law-1]", "basis: [law-1, law-2]", "law-2", "no citation “law-2”", "law-1"),
    Slip("kit.unknown-id", B, "severity: major", "severity: grave", "grave", "no severity “grave”", "major, minor"),
    Slip(
        "kit.not-a-number", P, "report:\n", "sums:\n  - {total: certificates, parts: [overview]}\nreport:\n", "overview",
        "“overview” is not a number field", "kind: number",
    ),
    Slip("kit.nobody-answers", K, '"2.3"\n', '"2.4"\n', '"2.4"', "nobody answers item 2.4", "at least one of: tech"),
    Slip("kit.area-empty", P, "title: 行为}\n", "title: 行为}\n  - {id: money, title: 财务}\n", "{id: money", "“money”", "Drop it"),
    Slip(
        "kit.role-unused", P, "everyone: true}\n", "everyone: true}\n  - {id: boss, title: 领导, answers: unit}\n", "{id: boss",
        "the role “boss”", "name it in items",
    ),
    Slip(
        "kit.citation-unused", C, "    source: 公开文本\n", "    source: 公开文本\n  - id: law-2\n    cite: 《办法》\n", "id: law-2",
        "nothing cites “law-2”", "name it in a basis",
    ),
    Slip("kit.chapter-textless", P, "holds: [findings]", "holds: [findings, text]", "", "“two” holds text", "Add one"),
    Slip("kit.citation-unverified", C, "verified: true", "verified: false", "", "《认证条例》 第一条", "verified: true"),
    Slip("kit.no-source", C, "    source: 公开文本\n", "", "", "“law-1” is called verified without a source", "source: …"),
    Slip("kit.dates-reversed", P, "to: 2023-11-10", "to: 2023-10-10", "2023-10-10", "“自查” ends on 2023-10-10", "Correct one"),
    Slip(
        "kit.dates-overlap", P, PHASE, PHASE + PHASE.replace("id: answer", "id: report").replace("自查", "报告"), "",
        "“报告” (2023-11-01 to 2023-11-10) overlaps “自查”", "Nothing is refused",
    ),
    Slip(
        "kit.dates-differ", P, PHASE,
        BLOCK_PHASE + "    stated_elsewhere:\n      - {from: 2023-11-02, to: 2023-11-10, place: 附件}\n", "{from: 2023-11-02",
        "2023-11-01 to 2023-11-10 here and 2023-11-02 to 2023-11-10 in 附件", "Decide which",
    ),
    Slip("kit.outside-phase", P, "on: 2023-11-07", "on: 2023-12-07", "2023-12-07", "2023-12-07 lies outside", "Correct the day"),
    Slip("kit.outside-phase", B, "due: 2023-11-07", "due: 2023-10-07", "2023-10-07", "outside its phase “自查”", "Correct the day"),
    Slip("kit.outside-phase", B, "    title: 档案\n", "    title: 档案\n    due: 2023-12-01\n", "2023-12-01", "outside", "Correct"),
    Slip("kit.other-name", P, "kit: tiny", "kit: small", "small", "calls itself “small” but its folder is “tiny”", "one name"),
    # inside one file
    Slip("model.meant-key", K, "    how: 核对行程。", "    hows: 核对行程。", "hows", "“hows” is not known", "Did you mean “how”?"),
    Slip("model.meant-key", P, "cut_off: 2023", "cutoff: 2023", "cutoff", "“cutoff” is not known", "“cut_off”"),
    Slip("model.unknown-key", P, "scope: 全部", "colour: 红\nscope: 全部", "colour", "“colour” is not known", "format, kit, id"),
    Slip("model.missing-key", P, "scope: 全部认证活动", "scope:", "", "“scope” is missing or empty", "Add the line scope: …"),
    Slip("model.not-one-of", P, "language: zh_CN", "language: German", "German", "“German” is not possible", "'zh_CN' or 'en'"),
    Slip("model.not-one-of", P, "chapter/1" if "chapter/1" in PLAN else "selfaudit/campaign/1", "selfaudit/campaign/9",
         "selfaudit/campaign/9", "“selfaudit/campaign/9” is not possible", "selfaudit/campaign/1"),
    Slip("model.bad-date", P, "cut_off: 2023-10-31", "cut_off: 2023-11-31", "2023-11-31", "not a date of the calendar", "2023-11-07"),
    Slip("model.bad-date", B, "due: 2023-11-07", "due: 2023年11月7日", "2023年", "not a date of the calendar", "year-month-day"),
    Slip("model.bad-name", P, "code: TK23", "code: tk-23", "tk-23", "“tk-23” cannot be used for “code”", "must match"),
    Slip("model.bad-flag", C, "verified: true", "verified: 已核", "已核", "“已核” is neither true nor false", "true or false"),
    Slip("model.want-list", B, "evidence: [案卷]", "evidence: 案卷", "案卷", "“evidence” must be a list", "- "),
    Slip("model.want-map", P, "notice:\n  issuer: 主管部门", "notice: 主管部门", "主管部门", "“notice” must hold lines", "two blanks"),
    Slip("model.want-text", P, "title: 小型自查", "title: [小型, 自查]", "[小型", "“title” must be a text", "quotation marks"),
    Slip("model.no-entry", B, "evidence: [案卷]", "evidence: []", "[]", "“evidence” needs at least one entry", "Add one"),
    Slip("model.other", B, "title: 档案", "title: " + "档" * 20_001, "档", "does not fit “title”", ""),
    # how a file is typed
    Slip("yaml.tab", B, "    title: 档案", "\ttitle: 档案", "\t", "a tab is used to indent", "Replace it with blanks"),
    Slip("yaml.wide-blank", B, "    title: 档案", "　　title: 档案", "　", "full-width or non-breaking blank", "ordinary blanks"),
    Slip("yaml.wide-colon", B, "title: 档案", "title：档案", "：", "full-width colon after “title”", "title: …"),
    Slip("yaml.no-blank", B, "title: 档案", "title:档案", "档案", "no blank after the colon of “title”", "title: 档案"),
    Slip("yaml.no-blank-dash", B, '  - id: "1.2"', '  -id: "1.2"', "id", "no blank after the dash", "- id"),
    Slip("yaml.special-start", B, "title: 档案", "title: @档案", "@", "cannot start with @", 'title: "@档案"'),
    Slip("yaml.cut-by-hash", B, "title: 档案", "title: 档案 #2", " #2", "from # on would be lost: “#2”", 'title: "档案 #2"'),
    Slip("yaml.colon-inside", B, "title: 档案", "title: 档案: 甲", ": 甲", "a colon and a blank", 'title: "档案: 甲"'),
    Slip("yaml.after-quote", B, "title: 档案", 'title: "档案"甲', "甲", "text after the closing quotation mark", "title: "),
    Slip("yaml.no-colon", B, "title: 档案\n", "title: 档案\n    一行字\n    ask: x\n", "", "", "")
    if False
    else Slip("yaml.no-colon", B, "area: business\n", "area: business\n档案\n", "档案", "a line without a colon", "name: text"),
    Slip("yaml.quote-open", B, "title: 档案", 'title: "档案', '"', "quotation mark is opened and not closed", "title: "),
    # what libyaml or the reader behind it refuses
    Slip("yaml.duplicate-key", B, "    title: 档案\n", "    title: 档案\n    title: 卷宗\n", "title: 卷宗", "given twice, first in line", "Keep one"),
    Slip("yaml.reference", P, "[law-1]", "&a [law-1]", "", "anchors, aliases and tags", "Write the text itself"),
    Slip("yaml.unclosed-bracket", B, "severity: minor\n  - id: \"1.10\"", "severity: [minor\n  - id: \"1.10\"", "[minor", "bracket is opened", "Close it"),
    Slip("yaml.too-deep", P, "[law-1]", "[" * 60 + "law-1" + "]" * 60, "", "nested more than 50", "as it was issued"),
)  # fmt: skip


def changed_kit(folder: Path, slip: Slip) -> str:
    """Put a mistake into the small kit; return the text that now holds it."""
    text = KIT[slip.file]
    assert text.count(slip.old) == 1, f"{slip.old!r} occurs {text.count(slip.old)} times"
    text = text.replace(slip.old, slip.new)
    plant(folder, {slip.file: text})
    return text


def test_probe(kit: Path, inside: Inside) -> None:
    for slip in KIT_SLIPS:
        try:
            text = changed_kit(kit, slip)
        except AssertionError as e:
            print("BAD", slip.code, e)
            continue
        ran = inside("validate", kit)
        print("=====", slip.code, ran.code)
        print(ran.err[:600])
        try:
            print("expected", slip.place(text))
        except ValueError as e:
            print(e)
        plant(kit, KIT)
    raise AssertionError
