"""``archive create --redact``: nobody is named in any byte of it, and it says what it lacks."""

import hashlib
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from docx import Document

from selfaudit.files.sheets.writing import write_xlsx
from selfaudit.model.data.imported import RegisterFile
from selfaudit.model.sampling.reviewing import REVIEWERS, Reviewer, Reviewing
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.workflow.archive.redact.checking import still_personal
from selfaudit.workflow.archive.redact.documents import masked
from selfaudit.workflow.archive.redact.masking import Mask
from selfaudit.workflow.archive.redact.personal import Personal, people_in
from tests.support.campaign import Campaign
from tests.support.folders import plant, zipped
from tests.support.kept_registers import keep_registers
from tests.support.program import run
from tests.support.tiny_data import CHECK, SAMPLE
from tests.workflow.verdicts.data import ran, say, signal

TELEPHONE, CARD, MAIL = "13912345678", "11010519491231002X", "zhang.san@example.org"
CLUE = "某机构李经理在酒店出售证书，联系人赵六，未去现场"
SECRETS = (
    "张三", "李四", "王五", "张 三", "经办人", "赵小六", "孙工", "P1", TELEPHONE, CARD, MAIL, "李经理在酒店",
    "钱多多", "周到", "卫青青", "蒋明明", "沈原原", "严阅卷",
)  # fmt: skip
"""Who is on the roster, who only did something, what people wrote of them, and whom registers, signals, lists of files
and their reviewers name.
"""
DECISIONS = """\
format: selfaudit/register/1
id: decisions
title: 决定台账
columns:
  - {id: project, title: 项目编号}
  - {id: deciders, title: 决定人, type: list, names_people: true}
"""


@pytest.fixture(scope="module")
def told(answered: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign whose free texts are full of names and numbers; to be copied, not changed."""
    made = answered.copy(tmp_path_factory.mktemp("told") / "campaign")
    fact = f"张 三（电话 {TELEPHONE}，身份证 {CARD}，{MAIL}）称李四未到场；证书 CNCA-0001 不受影响"
    finding = {"number": "1", "item": "2.1", "part": "a", "fact": fact, "cause": "王五安排", "severity": "一般"}
    answers, notes = {"2.1 a": "发现问题"}, {"2.1 b": "由赵小六、李四核对"}
    filled = made.filled("李四", answers=answers, findings=[finding], clues=CLUE, notes=notes, on="2023-11-06")
    made.receive("孙工代 更正.yaml", filled)
    assert made.run("collect").code == 1
    reason = ["--by", "赵小六", "--reason", f"王五说的，{TELEPHONE}"]
    assert made.run("answer", "waive", "王五", *reason).code == 0
    _with_registers(made)
    for document in (["report"], ["report", "unit"], ["report", "person"], ["status", "--html", "reports/status.html"]):
        assert made.run(*document).code in (0, 1)
    made.run("export", "--format", "csv", "-o", "reports/all.csv")
    return made


def _with_registers(campaign: Campaign) -> None:
    """Give the campaign a register that names somebody, a signal about somebody else, and the file as it came."""
    plant(campaign.root / "checklists", {"registers/decisions.yaml": DECISIONS})
    by_name = CHECK.replace("id: D1", "id: D3").replace("{unit: branch}", "{person: name}")
    plant(campaign.root, {"exports/派遣.csv": "项目编号,姓名\nP1,钱多多\n", "data-checks/D3.yaml": by_name})
    workspace = ran(campaign, signal("P1").model_copy(update={"person": "周到", "facts": {"审核员": "周到"}}))
    say(workspace, "P1", said="confirmed", item="1.1", about="张三")
    export = (campaign.root / "exports" / "派遣.csv").read_bytes()
    kit = load_data_kit(workspace.checklists, workspace.root).kit
    came = RegisterFile(name="派遣.csv", file="registers/originals/x.csv", sha256=hashlib.sha256(export).hexdigest())
    rows = {
        "assignments": [{"project": "P1", "name": "钱多多"}],
        "decisions": [{"project": "P1", "deciders": "卫青青; 蒋明明（主任）"}],
    }
    keep_registers(workspace, kit, rows, campaign.root.parent, came)
    names = SAMPLE.replace("title: 分公司}", "title: 分公司, names_people: true}")
    plant(campaign.root / "checklists", {"samples/files.yaml": names})
    files = campaign.root.parent / "files.xlsx"
    write_xlsx(files, [("案卷", ["项目编号", "分公司"], [9, 9], [["P1", "沈原原"]])])
    assert campaign.run("sample", "freeze", "--from", files).code == 1
    reviewing = Reviewing(seed="5eed", people={"ab" * 16: Reviewer(name="严阅卷 ****0016")}, given={"P1": "ab" * 16})
    with workspace.writing(lambda: None, "陈静") as ledger:
        made = Edit(REVIEWERS, "files", 0, reviewing.model_dump(mode="json", exclude_defaults=True))
        edit(ledger, "sample-assigned", [made], by="陈静", sample="files", count=1)
    plant(campaign.root, {"reports/同组.txt": "钱多多与周到同组，卫青青、蒋明明决定，沈原原阅卷，严阅卷复核"})


@pytest.fixture(scope="module")
def copy(told: Campaign) -> Path:
    """The copy without personal data of that campaign."""
    path = told.root.parent / "copy.zip"
    ran = told.run("archive", "create", "--redact", "-o", path)
    assert ran.code == 0, ran.said
    return path


def texts(data: bytes, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a zip and in the zips in it: raw, and of pages and documents also without tags."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield f"{name}/{inner}", inner
                yield from texts(archive.read(inner), f"{name}/{inner}")
        return
    raw = data.decode("utf-8", "replace")
    yield name, raw
    yield name, html.unescape(re.sub(r"<[^>]*>", "", raw))
    yield name, re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), raw)


def test_no_name_number_address_or_clue_is_in_any_file_of_the_copy(copy: Path) -> None:
    found = [(name, word) for name, text in texts(copy.read_bytes()) for word in SECRETS if _says(word, text)]
    assert found == []


def _says(word: str, text: str) -> bool:
    if word == "P1":
        return re.search(r"(?<![0-9A-Za-z])person:P1(?![0-9])|id: P1\b", text) is not None
    return word in text


def test_no_passport_and_no_name_of_a_file_as_it_was_sent_is_in_the_copy(told: Campaign, copy: Path) -> None:
    passports = {path.stem.rpartition("_")[2] for path in told.forms()}
    assert len(passports) >= 6
    said = [(name, one) for name, text in texts(copy.read_bytes()) for one in passports if one in text]
    assert said == []
    with zipfile.ZipFile(copy) as archive:
        originals = [json.loads(line) for line in archive.read("copy/ledger/originals.jsonl").decode().splitlines()]
        assert f"{originals[-1]['sha256']}.yaml" in {one["name"] for one in originals}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("周九（总经理）、吴 十（副总）", ["周九"]),
        ("郑十一，010-00000000", ["郑十一"]),
        ("Li Wei (head); Chen Jing", ["Li Wei", "Chen Jing"]),
        ("浙江某机械制造有限公司", []),
    ],
)
def test_names_in_a_list_of_people_are_known(text: str, names: list[str]) -> None:
    assert list(people_in(text)) == names


def test_the_same_person_is_the_same_number_everywhere(copy: Path) -> None:
    with zipfile.ZipFile(copy) as archive:
        people = [json.loads(line) for line in archive.read("copy/ledger/respondents.jsonl").decode().splitlines()]
        (of,) = {json.loads(one["data"])["name"] for one in people if one["key"] == "person:ID0001"}
        assert of == "人员0001"
        answers = archive.read("copy/ledger/responses.jsonl").decode()
        assert (
            "人员0001（电话 〔号码〕，身份证 〔号码〕，〔邮箱〕）称人员0002未到场；证书 CNCA-0001 不受影响" in answers
        )
        assert "人员0003安排" in answers
        assert "〔保密内容〕" in answers
        roster = archive.read("copy/data/roster.yaml").decode()
        assert "- id: ID0001\n    name: 人员0001" in roster
        (report,) = (name for name in archive.namelist() if name.startswith("copy/data/reports/自查报告"))
        said = "\n".join(text for _, text in texts(archive.read(report)))
        assert "称人员0002未到场" in said


def test_the_documents_in_the_copy_still_open(copy: Path) -> None:
    with zipfile.ZipFile(copy) as archive:
        names = [name for name in archive.namelist() if name.endswith(".docx")]
        assert any("人员0001" in name for name in names)
        for name in names:
            assert Document(io.BytesIO(archive.read(name))).element.body is not None


def test_the_copy_is_a_sound_archive_and_says_what_it_lacks(told: Campaign, copy: Path, tmp_path: Path) -> None:
    verified = run("archive", "verify", copy)
    assert (verified.code, "copy without personal data" in verified.out) == (0, True)
    ran = told.run("archive", "create", "--redact", "-o", tmp_path / "again.zip")
    with zipfile.ZipFile(copy) as archive:
        readme = archive.read("copy/README.txt").decode("utf-8-sig")
        names = [name.removeprefix("copy/data/") for name in archive.namelist()]
    copied = next(line for line in readme.splitlines() if "台账来源文件的副本" in line)
    assert re.fullmatch(r"\s*exports/[0-9a-f]{64}\.csv: 台账来源文件的副本", copied)
    for left_out in ("received/", "inbox/", "outbox/", "campaign.db", "campaign.secret", "merged.yaml"):
        assert f"{left_out}: " in readme
        assert f"  {left_out}: " in ran.out
        assert not [name for name in names if name.startswith(left_out)]
    assert "本副本已去除程序知道的姓名" in readme
    assert "交出前请通读" in readme
    assert "制作人" not in readme
    assert "程序知道的姓名" in zipfile.ZipFile(copy).read("copy/index.html").decode()


def test_a_hash_of_the_journal_proves_no_copy_as_anybody_may_write_it_into_one(copy: Path) -> None:
    with zipfile.ZipFile(copy) as archive:
        info = archive.read("copy/bag-info.txt").decode()
    (head,) = re.findall(r"Journal-Head: \d+ ([0-9a-f]{64})", info)
    ran = run("archive", "verify", copy, "--expect", head)
    assert (ran.code, "nothing else proves a copy" in ran.err, head in ran.out) == (3, True, False)
    assert run("archive", "verify", copy, "--expect", hashlib.sha256(copy.read_bytes()).hexdigest()).code == 0


def test_no_campaign_is_made_of_the_copy(copy: Path, tmp_path: Path) -> None:
    ran = run("archive", "restore", copy, tmp_path / "back")
    assert (ran.code, "without personal data" in ran.err) == (3, True)
    assert not (tmp_path / "back").exists()


def test_the_unpacked_copy_is_not_taken_for_a_campaign_that_nobody_answered(copy: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(copy, tmp_path)
    ran = run("status", "--campaign", tmp_path / "copy")
    assert (ran.code, "index.html" in ran.err) == (3, True)


def test_a_document_in_which_a_name_hides_is_left_out_and_named(told: Campaign, tmp_path: Path) -> None:
    made = told.copy(tmp_path / "campaign")
    document = Document()
    paragraph = document.add_paragraph("张")
    paragraph.add_run("三").bold = True
    document.save(str(made.root / "reports" / "王五的说明.docx"))
    (made.root / "reports" / "照片.png").write_bytes(b"\x89PNG")
    Document().save(str(made.root / "reports" / "案卷雷同情况 2023-11-05.docx"))
    ran = made.run("archive", "create", "--redact", "-o", tmp_path / "copy.zip")
    assert ran.code == 0, ran.said
    assert "  reports/人员0003的说明.docx: names or texts in confidence would be left in it" in ran.out
    assert "  reports/照片.png: a kind of file" in ran.out
    assert "  reports/案卷雷同情况 2023-11-05.docx: it quotes case files" in ran.out
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert not [name for name in archive.namelist() if "说明" in name or "照片" in name]


KNOWN = Personal({"张三": "人员0001", "Li": "人员0002"}, {"SL0155": "ID0001"}, frozenset({"某机构卖证书未审核"}))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("张三", "a name"),
        ("由 Li 核对", "a name"),
        ("张　三", "a name"),
        ('{"name": "\\u5f20\\u4e09"}', "a name"),
        ("见 SL0155 号", "a number of a person"),
        ("a@b.example", "an e-mail"),
        ("电话13912345678。", "a telephone"),
        ("他说某机构卖证书未审核。", "a text in confidence"),
        (zipped({"word/document.xml": "<w:p><w:t>张</w:t><w:t>三</w:t></w:p>"}), "a name"),
        (zipped({"xl/x.bin": "张三"}), "a name"),
    ],
    # a zip bears the moment at which it was made, so it is no name of a test
    ids=["name", "latin", "apart", "json", "number", "mail", "telephone", "confidence", "word", "binary"],
)
def test_a_copy_with_anything_personal_left_in_it_is_refused(tmp_path: Path, data: str | bytes, what: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"x/good.txt": "审核员 人员0001，Liability，电话：〔号码〕", "x/bad.txt": data}))
    (problem,) = still_personal(path, Mask(KNOWN, "zh_CN"))
    assert problem.where.file.startswith("bad.txt")
    assert what in problem.message


MARKED = (
    '<p title="Li" data-x=\'&#24352;&#19977;\'><!-- Li 13912345678 --><w:ins w:author="Somebody Unknown">'
    '<a href="tel:13912345678">x</a></w:ins><dc:creator>Somebody Unknown</dc:creator></p>'
)


@pytest.mark.parametrize("name", ["p.html", "p.docx"])
def test_attributes_comments_and_authors_are_cleaned_and_searched_as_texts_are(tmp_path: Path, name: str) -> None:
    mask, path = Mask(KNOWN, "zh_CN"), tmp_path / "x.zip"
    data = zipped({"word/document.xml": MARKED}) if name == "p.docx" else MARKED.encode()
    made = masked(name, data, mask)
    assert made is not None
    said = html.unescape("".join(text for _, text in texts(made)))
    assert not [word for word in ("Li", "张三", "13912345678", "Unknown") if word in said]
    assert "人员0002" in said
    path.write_bytes(zipped({f"x/{name}": made}))
    assert list(still_personal(path, mask)) == []
    path.write_bytes(zipped({f"x/{name}": data}))
    assert {problem.code for problem in still_personal(path, mask)} == {"archive.personal"}


def test_a_mail_and_a_document_with_a_part_that_cannot_be_cleaned_are_left_out() -> None:
    mask = Mask(KNOWN, "zh_CN")
    assert masked("a.eml", b"x", mask) is None
    assert masked("a.docx", zipped({"word/embeddings/t.xlsx": zipped({"s.xml": "<v>13912345678</v>"})}), mask) is None


def test_a_name_of_a_file_counts_as_well(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"x/reports/张三.txt": "x"}))
    assert [problem.where.file for problem in still_personal(path, Mask(KNOWN, "zh_CN"))] == ["reports/张三.txt"]


def test_hashes_stay_whatever_they_look_like_and_certificates_as_well() -> None:
    text = f"{'a13912345678b' * 2:0<64}"[:64]
    assert Mask(KNOWN, "zh_CN").text(text) == text
    assert Mask(KNOWN, "zh_CN").text("证书 01323Q10001R0M，2023-11-05") == "证书 01323Q10001R0M，2023-11-05"


DIGITS = Personal(
    {"张三": "同名0001", "李四": "人员0003"},
    {"0001": "ID0001", "0002": "ID0002", "2023": "ID0003"},
    frozenset(),
    {"0001": {"张三": "人员0001"}, "0002": {"张三": "人员0002"}, "2023": {"李四": "人员0003"}},
)


def test_nothing_is_replaced_inside_of_what_stands_for_a_person_or_a_date() -> None:
    mask = Mask(DIGITS, "zh_CN")
    made = mask.text("2023-11-05 李四与 person:0001、李 四（2023）核对 CNCA-0001")
    assert made == "2023-11-05 人员0003与 person:ID0001、人员0003核对 CNCA-0001"
    assert mask.text(made) == made
    assert list(mask.found(made)) == []
    assert mask.text("审核人员13912345678") == "审核人员〔号码〕"


def test_people_of_one_name_differ_where_it_is_told_who_is_meant() -> None:
    mask = Mask(DIGITS, "zh_CN")
    assert mask.text("张三（0002）说的，张三不知情") == "人员0002说的，同名0001不知情"
    said = {"key": "person:0001", "name": "张三", "notes": ["张三", {"key": "person:0002", "filled_by": "张三"}]}
    assert mask.data(said) == {
        "key": "person:ID0001",
        "name": "人员0001",
        "notes": ["人员0001", {"key": "person:ID0002", "filled_by": "人员0002"}],
    }


def test_whoever_left_and_people_of_one_name_stay_in_the_roster_of_the_copy(told: Campaign, tmp_path: Path) -> None:
    made = told.copy(tmp_path / "campaign")
    with (made.root / "roster.yaml").open("a", encoding="utf-8") as roster:
        roster.write("  - {id: '0004', name: 张三, unit: A, posts: [审核员]}\n")
        roster.write("  - {id: '0005', name: 钱七, unit: A, posts: [审核员], left: 2023-01-05}\n")
    ran = made.run("archive", "create", "--redact", "-o", tmp_path / "copy.zip")
    assert ran.code == 0, ran.said
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        people = yaml.safe_load(archive.read("copy/data/roster.yaml"))["people"]
        names = [(one["id"], one["name"]) for one in people]
        assert names == [(f"ID{n:04}", f"人员{n:04}") for n in range(1, 6)]
        assert people[4]["left"] == "2023-01-05"
        respondents = archive.read("copy/ledger/respondents.jsonl").decode().splitlines()
        (said,) = (one for one in respondents if json.loads(one)["key"] == "person:ID0001")
        assert "人员0001" in said
