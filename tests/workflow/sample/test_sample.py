"""A spot check from the freeze to the draw: whoever has the folder draws the same, and nobody chose what was drawn."""

import io
import os
import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter
import yaml
from docx.enum.section import WD_ORIENT

from selfaudit.model.sampling.limits import shown_by
from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.support.program import Ran

PLAN: dict[str, Any] = {
    "format": "selfaudit/sample/1",
    "id": "case-files",
    "title": "案卷抽查",
    "called": "案卷",
    "file": {"title": "案卷编号", "aliases": ["项目编号"]},
    "population": {
        "why": "截止日有效的证书",
        "needs": {"audits": ["project", "branch"]},
        "uses": {"audits": ["risk"]},
        "sql": "SELECT project AS file, branch, CAST(risk = 'high' AS INTEGER) AS risky FROM audits",
    },
    "columns": [{"id": "branch", "title": "分公司"}],
    "strata": ["branch"],
    "factors": [
        {"id": "risky", "title": "高风险", "points": "5", "why": "规定"},
    ],
    "bands": [
        {"id": "high", "title": "高", "at_least": "5", "take": "all"},
        {"id": "normal", "title": "一般", "share": "10", "least": "2"},
    ],
    "extension": {"next": "3", "times": "1"},
}
AUDITS = {
    "format": "selfaudit/register/1",
    "id": "audits",
    "title": "审核台账",
    "columns": [
        {"id": "project", "title": "项目编号"},
        {"id": "branch", "title": "分公司"},
        {"id": "risk", "title": "风险"},
    ],
}
Row = tuple[str, str, str]


def listed(path: Path, rows: Sequence[Row]) -> Path:
    """Write a list of files as a body has it: a title above the header, and a column that nobody asked for."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("案卷")
        sheet.write_string(0, 0, "案卷清单")
        for n, row in enumerate([("项目编号", "分公司", "高风险", "备注"), *((*row, "x") for row in rows)]):
            for c, text in enumerate(row):
                sheet.write_string(n + 1, c, text)
    return path


FILES = [(f"ｐ-{n:02}", "北京" if n % 2 else "上海", "1" if n == 7 else "0") for n in range(40)]


@pytest.fixture
def campaign(issued: Campaign, tmp_path: Path) -> Campaign:
    """A campaign with a spot check, and beside it a list of 40 files, one of which is risky."""
    return made_in(issued, tmp_path)


@pytest.fixture(scope="module")
def sampled(issued: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """One in which files were drawn; to be copied, not changed."""
    made = made_in(issued, tmp_path_factory.mktemp("sampled"))
    freeze(made)
    seed(made)
    assert made.run("sample", "draw").code == 0
    return made


def made_in(issued: Campaign, tmp_path: Path) -> Campaign:
    made = issued.copy(tmp_path / "campaign")
    samples = made.root / "checklists" / "samples"
    samples.mkdir()
    registers = made.root / "checklists" / "registers"
    registers.mkdir(exist_ok=True)
    text = yaml.safe_dump(PLAN, allow_unicode=True, sort_keys=False)
    (samples / "case-files.yaml").write_text(text, encoding="utf-8")
    (registers / "audits.yaml").write_text(yaml.safe_dump(AUDITS, allow_unicode=True), encoding="utf-8")
    listed(tmp_path / "files.xlsx", FILES)
    return made


def freeze(campaign: Campaign, *more: str) -> str:
    """Freeze the list beside the campaign; return the SHA-256 of the population."""
    ran = campaign.run("sample", "freeze", "--from", campaign.root.parent / "files.xlsx", "--json", *more)
    assert ran.code == 0, ran.err
    return str(ran.data["population"])


def seed(campaign: Campaign) -> str:
    """Have two people make a seed; return it."""
    for way in ("--commit", "--reveal"):
        for text, who in (("31415926535897932384", "张三"), ("27182818284590452353", "李四")):
            ran = campaign.run("sample", "seed", way, text, "--by", who, "--json")
            assert ran.code == 0, ran.err
    return str(ran.data["seed"])


def drawn(campaign: Campaign) -> list[str]:
    text = (campaign.root / "samples" / "case-files" / "drawn.tsv").read_text(encoding="utf-8")
    return [line.split("\t")[3] for line in text.splitlines()]


def test_a_list_of_files_is_drawn_from_and_anybody_with_the_folder_draws_the_same(campaign: Campaign) -> None:
    sha256 = freeze(campaign)
    seed(campaign)
    ran = campaign.run("sample", "draw")
    assert "Drawn in total: 5 of 40 files." in ran.out
    files = drawn(campaign)
    assert "P-07" in files
    assert len(files) == 5
    assert campaign.run("sample", "draw").out.count("0 files are new.") == 1
    away = campaign.root.parent / "away"
    (campaign.root / "samples" / "case-files").rename(away)
    told = campaign.run("sample", "verify", away)
    assert (told.code, "The same: 5 of 40 files" in told.out) == (0, True)
    assert sha256 in (away / "seed.yaml").read_text(encoding="utf-8")


def test_the_same_files_in_another_order_and_width_are_the_same_population(campaign: Campaign) -> None:
    before = freeze(campaign)
    listed(
        campaign.root.parent / "files.xlsx",
        [(id_.replace("ｐ", "P "), branch, n) for id_, branch, n in reversed(FILES)],
    )
    assert freeze(campaign) == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("drawn.tsv", "P-07", "P-09"), "drawn.tsv:1:1: error: the first difference"),
        (("population.tsv", "P-03", "P-93"), "population.tsv:5"),
        (
            ("population.tsv", "P-03\t北京", "P-03\t上海"),
            "population.tsv: error: the population is not the one of the seed",
        ),
        (("seed.yaml", "31415926535897932384", "31415926535897932385"), "the text of 张三 does not fit"),
        (("plan.yaml", "'10'", "'20'"), "plan.yaml: error: the plan is not the one of the seed"),
    ],
)
def test_whatever_is_changed_afterwards_is_found(
    sampled: Campaign, tmp_path: Path, change: tuple[str, str, str], told: str
) -> None:
    campaign = sampled.copy(tmp_path / "c")
    name, old, new = change
    campaign.edit(f"samples/case-files/{name}", old, new)
    ran = campaign.run("sample", "verify")
    assert (ran.code, told in ran.err) == (3, True), ran.err


def test_extending_takes_the_next_files_of_a_stratum_and_then_all(campaign: Campaign) -> None:
    freeze(campaign)
    assert "no seed" in campaign.run("sample", "draw").err
    assert "no file of case-files has been drawn" in campaign.run("sample", "list", "-o", "list.xlsx").err
    seed(campaign)
    assert "no file of case-files has been drawn" in campaign.run("sample", "extend", "normal/北京").err
    campaign.run("sample", "draw")
    first = drawn(campaign)
    assert "asks for no more files of normal/北京" in campaign.run("sample", "extend", "normal/北京").err
    campaign.run("sample", "extend", "normal/北京", "--reason", "1 件有问题")
    assert "1 件有问题" in campaign.run("journal", "list").out
    campaign.run("sample", "list", "-o", "list.docx")
    assert "一般 / 北京 +3（1 件有问题）" in text_of(next(campaign.root.rglob("list.docx")))
    assert len(drawn(campaign)) == len(first) + 3
    assert set(first) < set(drawn(campaign))
    campaign.run("sample", "extend", "一般 / 北京", "--reason", "还有")
    assert len(drawn(campaign)) == 1 + 2 + 19
    assert "all files of normal/北京 are drawn" in campaign.run("sample", "extend", "normal/北京").err
    assert "一般 / 上海" in campaign.run("sample", "extend", "normal").err
    assert campaign.run("sample", "verify").code == 0


def test_a_file_that_is_lost_stays_in_the_sample_and_the_next_one_is_drawn(sampled: Campaign, tmp_path: Path) -> None:
    campaign = sampled.copy(tmp_path / "c")
    before = drawn(campaign)
    lost = before[-1]
    assert "reason" in campaign.run("sample", "replace", lost).err
    campaign.run("sample", "replace", lost, "--reason", "案卷遗失")
    (instead,) = set(drawn(campaign)) - set(before)
    assert (
        f"It was replaced (案卷遗失): {instead} was drawn in its place." in campaign.run("sample", "explain", lost).out
    )
    assert set(before) < set(drawn(campaign))
    assert "案卷遗失" in campaign.run("sample", "replace", lost, "--reason", "again").err
    assert "is not drawn" in campaign.run("sample", "replace", "P-99", "--reason", "x").err
    assert campaign.run("sample", "verify").code == 0
    campaign.edit("campaign.yaml", "title: 自查表}", "title: 自查表, made: sample-list}")
    campaign.run("report", "sample-list")
    listed = campaign.run("sample", "list").out
    assert "Drawn in total: 6 of 40 files. Of those drawn 1 cannot be reviewed and count as files with" in listed
    rows = campaign.run("sample", "list", "--json").data["strata"]
    (row,) = [row for row in rows if row["lost"]]
    assert row["may_be"] == shown_by(row["files"], row["drawn"], 1) > shown_by(row["files"], row["drawn"])
    assert "抽取的当中有 1 件无法复核，按有问题计算" in text_of(campaign.root / "reports" / "自查表.docx")
    assert "一般 / 北京\n19\n3，其中无法复核 1\n16" in text_of(campaign.root / "reports" / "自查表.docx")
    assert f"{lost}\n案卷遗失" in text_of(campaign.root / "reports" / "自查表.docx")

    def stand() -> str:
        return str(campaign.run("deliverable", "list", "--json").data[0]["pieces"][0]["stand"])

    assert stand() == "done"
    # what happens within a second of it may be before or after
    os.utime(campaign.root / "reports" / "自查表.docx", (0, 0))
    campaign.run("sample", "extend", "normal/北京", "--reason", "1 件有问题")
    assert stand() == "old", "the list is not of what is drawn now"


def test_the_list_in_word_says_how_it_was_drawn_and_leaves_room_for_reviewer_and_signature(
    sampled: Campaign, tmp_path: Path
) -> None:
    campaign = sampled.copy(tmp_path / "c")
    path, risky = tmp_path / "list.docx", tmp_path / "risky.docx"
    campaign.run("sample", "list", "-o", path)
    text = text_of(path)
    files = drawn(campaign)
    assert "张三、李四各自提交的文本；所有人的哈希值均在公开任何文本之前提交" in text
    assert re.findall(r"P-\d\d", text) == files
    assert "P-07\n北京\n\n高 / 北京\n5 分，排第 1/1\n\n\n" in text
    assert campaign.run("sample", "list", "--high-risk", "-o", risky).code == 0
    assert re.findall(r"P-\d\d", text_of(risky)) == ["P-07"]
    assert "高风险 5\n合计 5 分" in text_of(risky)
    assert docx.Document(str(risky)).sections[0].orientation == WD_ORIENT.LANDSCAPE


def test_before_the_draw_there_is_no_list_to_write(campaign: Campaign, tmp_path: Path) -> None:
    freeze(campaign)
    for name in ("list.docx", "list.xlsx"):
        assert "no file of case-files has been drawn" in campaign.run("sample", "list", "-o", tmp_path / name).err
    assert "nothing has been drawn yet" in campaign.run("report", "sample-list").err


def text_of(path: Path) -> str:
    """Return the texts of the cells of a Word file, a line each paragraph."""
    return "\n".join(cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells)


def test_nobody_picks_the_seed(campaign: Campaign) -> None:
    freeze(campaign)

    def said(*options: str) -> str:
        return campaign.run("sample", "seed", *options).err

    assert "can be guessed" in said("--commit", "1234", "--by", "张三")
    assert said("--commit", "31415926535897932384", "--by", "张三") == ""
    assert "has handed this in already" in said("--commit", "99999999999999999999", "--by", "张三")
    assert "only 张三" in said("--reveal", "31415926535897932384", "--by", "张三")
    assert "was begun in another way" in said("--given", "42", "--by", "张三")
    assert said("--commit", "27182818284590452353", "--by", "李四") == ""
    assert "does not fit the hash" in said("--reveal", "31415926535897932385", "--by", "张三")
    assert "has not handed in a hash" in said("--reveal", "31415926535897932384", "--by", "王五")
    assert "李四, 张三" in campaign.run("sample", "draw").err.replace("张三, 李四", "李四, 张三")
    assert said("--reveal", "31415926535897932384", "--by", "张三") == ""
    assert "nobody can join any more" in said("--commit", "16180339887498948482", "--by", "王五")
    # what was handed in as a hash is nowhere in the campaign
    texts = b"".join(path.read_bytes() for path in campaign.root.rglob("*") if path.is_file())
    assert b"27182818284590452353" not in texts
    assert "already, and making its seed has begun" in campaign.run("sample", "freeze").err


def test_a_text_is_taken_from_the_standard_input_and_a_name_in_any_spelling(
    campaign: Campaign, inside: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(campaign)
    own = ("--campaign", campaign.root)
    monkeypatch.setattr("sys.stdin", io.StringIO("3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4\n"))
    assert "Li Wei: " in inside("sample", "seed", "--commit", "-", "--by", "Li Wei", *own).out
    assert campaign.run("sample", "seed", "--commit", "27182818284590452353", "--by", "李四").code == 0
    assert (
        "31415926535897932384"
        in campaign.run("sample", "seed", "--reveal", "31415926535897932384", "--by", "li  wei").out
    )


def test_a_spot_check_begun_anew_keeps_what_was_drawn_and_every_change_is_told(
    sampled: Campaign, tmp_path: Path
) -> None:
    campaign = sampled.copy(tmp_path / "c")
    listed(tmp_path / "files.xlsx", FILES[:30])
    before = leaves(campaign.root / "samples" / "case-files")
    rows = campaign.run("journal", "list", "--json").out.count("sample-")
    assert freeze(campaign, "--reason", "缺十份") == freeze(campaign)
    assert campaign.run("journal", "list", "--json").out.count("sample-") == rows + 1
    (earlier,) = (campaign.root / "samples" / "case-files").glob("before-*")
    assert leaves(earlier) == before
    assert campaign.run("sample", "verify", earlier).code == 0
    assert campaign.run("journal", "verify").code == 0
    campaign.edit(f"samples/case-files/{earlier.name}/seed.yaml", "31415926535897932384", "1")
    campaign.edit(f"samples/case-files/{earlier.name}/drawn.tsv", "P-07", "P-08")
    (campaign.root / "samples" / "case-files" / "population.tsv").unlink()
    told = campaign.run("journal", "verify")
    for name in (f"{earlier.name}/drawn.tsv", f"{earlier.name}/seed.yaml", "population.tsv"):
        assert f"samples/case-files/{name}: error: this file of a spot check is missing, or" in told.said
    assert told.code == 3


def test_a_file_explains_itself(sampled: Campaign, tmp_path: Path) -> None:
    campaign = sampled.copy(tmp_path / "c")
    risky = campaign.run("sample", "explain", "p-07").out
    assert "高 / 北京" in risky
    assert "It is drawn." in risky
    told = campaign.run("sample", "explain", "P-079").err
    assert "the population has no file “P-079”" in told
    assert "P-07" in told


def test_a_list_with_rows_that_cannot_be_read_is_refused_whole_with_every_cell(campaign: Campaign) -> None:
    path = listed(campaign.root.parent / "files.xlsx", [("", "北京", "0"), ("P-1", "北京", "many"), ("P-1", "", "")])
    ran = campaign.run("sample", "freeze", "--from", path)
    assert ran.code == 3
    assert "案卷!A3" in ran.err
    assert "案卷!C4: error: “many” is not a number of times" in ran.err
    listed(path, [("P-1", "北京", ""), ("p-1", "上海", "")])
    assert "P-1" in campaign.run("sample", "freeze", "--from", path).err


def test_one_text_of_two_people_is_no_seed_of_two(campaign: Campaign) -> None:
    freeze(campaign)
    for who in ("张三", "李四"):
        campaign.run("sample", "seed", "--commit", "31415926535897932384", "--by", who)
    assert campaign.run("sample", "seed", "--reveal", "31415926535897932384", "--by", "张三").code == 0
    second = campaign.run("sample", "seed", "--reveal", "31415926535897932384", "--by", "李四")
    assert "the same text as somebody else" in second.err


def test_whoever_makes_the_hash_themselves_shows_the_text_to_nobody_before_it_is_opened(campaign: Campaign) -> None:
    population, text = freeze(campaign), "31415926535897932384"
    made = sha256(f"{population}\x1f张三\x1f{text}".encode()).hexdigest()
    assert "no SHA-256" in campaign.run("sample", "seed", "--hash", "12", "--by", "张三").err
    assert campaign.run("sample", "seed", "--hash", made, "--by", "张三").code == 0
    campaign.run("sample", "seed", "--commit", "27182818284590452353", "--by", "李四")
    assert campaign.run("sample", "seed", "--reveal", text, "--by", "张三").code == 0


def test_a_freeze_anew_makes_what_was_drawn_void_and_says_so(sampled: Campaign, tmp_path: Path) -> None:
    campaign = sampled.copy(tmp_path / "c")
    listed(tmp_path / "files.xlsx", FILES[:20])
    freeze(campaign, "--reason", "清单有误")
    assert "no file of case-files has been drawn" in campaign.run("sample", "verify").err
    assert "frozen anew (清单有误), the seed void" in campaign.run("journal", "list").out
    assert "No file is drawn yet" in campaign.run("sample", "list").out


def test_columns_of_a_list_that_are_not_read_are_told_and_one_that_is_there_twice_is_refused(
    campaign: Campaign,
) -> None:
    path = listed(campaign.root.parent / "files.xlsx", FILES)
    assert "案卷!D2: note: the column “备注” is not read" in campaign.run("sample", "freeze", "--from", path).err
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("案卷").write_row(0, 0, ["项目编号", "分公司", "分公司"])
    assert "案卷!C1: error: the column “分公司” is there twice" in campaign.run("sample", "freeze", "--from", path).err
