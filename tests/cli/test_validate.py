"""``validate``: every kind of mistake with its place and what to do about it, all of them in one run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from selfaudit.base import problems
from tests.helpers import KIT, ROSTER, Campaign, Ran, plant, run

Inside = Callable[..., Ran]


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake: the text ``old`` of a file becomes ``new``; it is to be told where ``at`` stands."""

    code: str
    file: str
    old: str
    new: str
    at: str
    says: str
    hint: str

    def place(self, text: str) -> str:
        """Return file, line and column of the mistake in the changed text."""
        start = text.index(self.new) + self.new.index(self.at) if self.at in self.new else text.index(self.at)
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
    Slip("kit.nobody-answers", K, "    roles: [staff]\n", "", 'id: "2.3"', "nobody answers item 2.3", "at least one of: tech"),
    Slip("kit.area-empty", P, "title: 行为}\n", "title: 行为}\n  - {id: money, title: 财务}\n", "{id: money", "“money”", "Drop it"),
    Slip(
        "kit.role-unused", P, "everyone: true}\n", "everyone: true}\n  - {id: boss, title: 领导, answers: unit}\n", "{id: boss",
        "the role “boss”", "name it in items",
    ),
    Slip(
        "kit.citation-unused", C, "    source: 公开文本\n", "    source: 公开文本\n  - id: law-2\n    cite: 《办法》\n", "id: law-2",
        "nothing cites “law-2”", "name it in a basis",
    ),
    Slip("kit.chapter-textless", P, "holds: [findings]", "holds: [findings, text]", "{id: two", "“two” holds text", "Add one"),
    Slip("kit.citation-unverified", C, "verified: true", "verified: false", "id: law-1", "《认证条例》 第一条", "verified: true"),
    Slip("kit.no-source", C, "    source: 公开文本\n", "", "id: law-1", "“law-1” is called verified without a source", "source: …"),
    Slip("kit.dates-reversed", P, "to: 2023-11-10", "to: 2023-10-10", "2023-10-10", "“自查” ends on 2023-10-10", "Correct one"),
    Slip(
        "kit.dates-overlap", P, "milestones:\n", PHASE.replace("id: answer", "id: report").replace("自查", "报告") + "milestones:\n", "2023-11-01",
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
    Slip("model.missing-key", P, "scope: 全部认证活动\n", "scope:\n", "\n", "“scope” is missing or empty", "Add the line scope: …"),
    Slip("model.not-one-of", P, "language: zh_CN", "language: German", "German", "“German” is not possible", "'zh_CN' or 'en'"),
    Slip("model.not-one-of", P, "selfaudit/campaign/1", "selfaudit/campaign/9", "selfaudit/campaign/9", "is not possible", "campaign/1'."),
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
    Slip("yaml", B, "area: business\n", "area: business\n档案\n", "档案", "档案", ""),
    Slip("yaml.quote-open", B, "title: 档案", 'title: "档案', '"', "quotation mark is opened and not closed", "title: "),
    # what libyaml or the reader behind it refuses
    Slip("yaml.duplicate-key", B, "    title: 档案\n", "    title: 档案\n    title: 卷宗\n", "title: 卷宗", "given twice, first in line", "Keep one"),
    Slip("yaml", P, "[law-1]", "[&a law-1]", "&a", "&", ""),
    Slip("yaml", P, "[law-1]", "[!a law-1]", "!a", "!", ""),
    Slip("yaml.odd-key", P, "cut_off:", "? [cut, off]\n:", "[cut", "a name must be a plain word", "Put one name"),
    Slip("yaml", B, "evidence: [案卷]", "evidence: [案卷", "[案卷", "bracket", "Close it"),
    Slip("yaml", B, "evidence: [案卷]\n", "evidence: [案卷]]\n", "]\n", "", ""),
    Slip("yaml.too-deep", P, "[law-1]", "[" * 60 + "law-1" + "]" * 60, "[" * 10 + "l", "nested more than 50", "as it was issued"),
)  # fmt: skip


def changed_kit(folder: Path, slip: Slip) -> str:
    """Put a mistake into the small kit; return the text that now holds it."""
    text = KIT[slip.file]
    assert text.count(slip.old) == 1, f"{slip.old!r} occurs {text.count(slip.old)} times"
    text = text.replace(slip.old, slip.new)
    plant(folder, {slip.file: text})
    return text


@pytest.mark.parametrize("slip", KIT_SLIPS, ids=[f"{n}-{slip.code}" for n, slip in enumerate(KIT_SLIPS)])
def test_a_mistake_is_told_with_file_line_column_and_what_to_do(kit: Path, inside: Inside, slip: Slip) -> None:
    place = slip.place(changed_kit(kit, slip))
    ran = inside("validate", kit)
    told = [line for line in ran.err.splitlines() if line.startswith(f"{place}: ")]
    assert any(slip.says in line for line in told), f"expected at {place}:\n{ran.err}"
    assert slip.hint in ran.err
    assert ran.code == (3 if ": error: " in ran.err else 1)
    codes = {found["code"] for found in inside("validate", kit, "--json").data}
    assert any(code.startswith(slip.code) for code in codes)


CAMPAIGN_SLIPS = (
    Slip("roster.name-open", "roster.yaml", "某认证公司", "……", "", "the name of the body is still to be written", "after name:"),
    Slip("kit.role-unheld", "roster.yaml", "kind: branch", "kind: committee", "", "nobody on the roster holds the role “各分公司”; 2 items", "Name"),
    Slip("kit.role-unknown", "roster.yaml", "kind: branch", "kind: branch\n    roles: [boss]", "boss", "holds the unknown role “boss”", "tech"),
    Slip("profile.unknown-fact", "profile.yaml", "  overview:", "  overviews: x\n  overview:", "x\n", "no fact “overviews”", "overview, certificates"),
    Slip("profile.not-a-number", "profile.yaml", "certificates:", "certificates: 约 1200", "约", "“约 1200” is not a whole number", "1280"),
)  # fmt: skip


@pytest.mark.parametrize("slip", CAMPAIGN_SLIPS, ids=[slip.code for slip in CAMPAIGN_SLIPS])
def test_a_mistake_of_a_campaign_is_told_like_one_of_a_kit(new_campaign: Campaign, inside: Inside, slip: Slip) -> None:
    new_campaign.edit(slip.file, slip.old, slip.new)
    text = (new_campaign.root / slip.file).read_text(encoding="utf-8")
    # a role that nobody holds is told where the plan asks for it
    place = slip.place(text) if slip.code != "kit.role-unheld" else "campaign.yaml:24:5"
    ran = inside("validate", new_campaign.root)
    told = [line for line in ran.err.splitlines() if line.startswith(f"{place}: ")]
    assert any(slip.says in line for line in told), f"expected at {place}:\n{ran.err}"
    assert slip.hint in ran.err
    assert ran.code == (3 if ": error: " in ran.err else 1)


def test_every_kind_of_mistake_in_a_kit_or_campaign_has_a_test_here() -> None:
    tested = {slip.code for slip in (*KIT_SLIPS, *CAMPAIGN_SLIPS)}
    # told by the tests below
    tested |= {"kit.none", "kit.no-file", "kit.unreadable", "kit.too-large", "model.empty-file", "campaign.none"}
    known = {code for code in problems._kinds if code.startswith(("kit.", "model.", "profile.", "campaign."))}
    assert known <= tested


def test_all_mistakes_of_all_files_are_told_in_one_run(new_campaign: Campaign) -> None:
    new_campaign.edit("campaign.yaml", "code: TK23", "code: tk-23")
    new_campaign.edit("campaign.yaml", "cut_off: 2023-10-31", "cut_off: 2023-02-30")
    new_campaign.edit("checklists/citations.yaml", "verified: true", "verified: 也许")
    new_campaign.edit("checklists/1-business.yaml", "title: 档案", "title：档案")
    new_campaign.edit("checklists/1-business.yaml", "title: 收费", "title: 收费 #3")
    new_campaign.edit("checklists/2-conduct.yaml", "how: 核对行程。", "hwo: 核对行程。")
    new_campaign.edit("roster.yaml", "unit: B", "unit: X")
    new_campaign.edit("profile.yaml", "format:", "colour: 红\nformat:")
    roster = (new_campaign.root / "roster.yaml").read_text(encoding="utf-8").splitlines()
    line = roster.index("    unit: X") + 1
    ran = new_campaign.run("validate")
    for said in (
        "campaign.yaml:4:7: error: “tk-23”",
        "campaign.yaml:10:10: error: “2023-02-30”",
        "checklists/citations.yaml:6:15: error: “也许”",
        "checklists/1-business.yaml:19:10: error: full-width colon",
        "checklists/1-business.yaml:26:14: error: everything from # on",
        "checklists/2-conduct.yaml:12:5: error: “hwo”",
        f"roster.yaml:{line}:11: error: there is no unit “X”",
        "profile.yaml:2:1: error: “colour”",
    ):
        assert said in ran.err
    assert ran.code == 3
    assert "errors" in ran.out


def test_a_missing_empty_or_unreadable_file_is_told_by_its_name(new_campaign: Campaign, inside: Inside) -> None:
    root = new_campaign.root
    (root / "checklists" / "citations.yaml").unlink()
    assert "checklists/citations.yaml: error: the file is missing" in inside("validate", root).err
    plant(root, {"checklists/citations.yaml": "", "roster.yaml": ROSTER.encode("gbk")})
    said = inside("validate", root).err
    assert "checklists/citations.yaml:1:1: error: the file is empty" in said
    assert "roster.yaml: error: the file is not UTF-8 text" in said
    plant(root, {"profile.yaml": b"#" * (16 * 2**20 + 1)})
    assert "profile.yaml: error: the file is larger than 16 MiB" in inside("validate", root).err


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(new_campaign: Campaign) -> None:
    for name in ("campaign.yaml", "roster.yaml", "profile.yaml", "checklists/1-business.yaml"):
        path = new_campaign.root / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    ran = new_campaign.run("validate")
    assert (ran.code, ran.said) == (0, "Nothing to complain about.\n")


def test_what_is_neither_kit_nor_campaign_is_said_to_be_so(tmp_path: Path) -> None:
    ran = run("validate", "no-such-kit", cwd=tmp_path)
    assert ran.code == 3
    assert "there is no kit “no-such-kit”" in ran.err
    assert "Known kits: fake-cert-2023, iso17021-internal-audit." in ran.err
    ran = run("validate", cwd=tmp_path)
    assert ran.code == 3
    assert f"{tmp_path} is not inside a campaign" in ran.err
    assert "--campaign" in ran.err


def test_the_campaign_is_found_from_any_folder_inside_it(new_campaign: Campaign) -> None:
    inner = new_campaign.root / "outbox" / "deep"
    inner.mkdir()
    ran = run("validate", cwd=inner)
    assert (ran.code, ran.out) == (0, "Nothing to complain about.\n")


def test_json_lists_code_severity_place_message_and_hint(new_campaign: Campaign) -> None:
    new_campaign.edit("campaign.yaml", "cut_off: 2023-10-31", "cut_off: 2023-02-30")
    ran = new_campaign.run("validate", "--json")
    assert ran.code == 3
    assert ran.data == [
        {
            "code": "model.bad-date",
            "severity": "error",
            "where": "campaign.yaml:10:10",
            "line": 10,
            "column": 10,
            "message": "“2023-02-30” is not a date of the calendar",
            "hint": "Write year-month-day, such as 2023-11-07.",
        }
    ]


def test_the_shipped_chinese_kit_has_two_doubtful_dates_and_unverified_citations_and_no_error() -> None:
    ran = run("validate", "fake-cert-2023", "--json")
    assert ran.code == 1
    codes = [found["code"] for found in ran.data]
    assert {found["severity"] for found in ran.data} == {"warning"}
    assert set(codes) == {"kit.dates-differ", "kit.citation-unverified"}
    assert codes.count("kit.dates-differ") == 2


def test_the_shipped_english_kit_has_unverified_citations_and_no_error() -> None:
    ran = run("validate", "iso17021-internal-audit", "--json")
    assert ran.code == 1
    assert {found["code"] for found in ran.data} == {"kit.citation-unverified"}


@pytest.mark.parametrize(("name", "items"), [("fake-cert-2023", 45), ("iso17021-internal-audit", 37)])
def test_the_shipped_kits_ask_as_many_items_as_they_say(name: str, items: int) -> None:
    ran = run("checklist", "show", name, "--json")
    assert ran.code == 0
    assert len(ran.data) == items
    assert len({item["id"] for item in ran.data}) == items


@pytest.mark.parametrize("name", ["fake-cert-2023", "iso17021-internal-audit"])
def test_a_shipped_kit_can_be_issued_as_it_is(name: str, tmp_path: Path) -> None:
    assert run("init", "campaign", "--kit", name, cwd=tmp_path).code == 0
    ran = run("issue", "--json", cwd=tmp_path / "campaign")
    assert ran.code == 0, ran.said
    assert ran.data["new"] == len(ran.data["files"]) > 0
