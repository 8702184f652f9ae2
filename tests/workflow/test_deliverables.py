"""``deliverable``: what the notice wants to exist, what of it is there, and what people file of it."""

import os
from pathlib import Path
from typing import Any

import docx
import pytest

from selfaudit.store.ledger.records import Edit, edit
from selfaudit.store.workspace import Workspace
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.program import run

PDF, JPEG = b"%PDF-1.4\n", b"\xff\xd8\xff"
OLD = "deliverables:\n  - {id: form, title: 自查表}\n"
NEW = (
    OLD.replace("title: 自查表", "title: 自查表, made: answers, of: respondent")
    + """\
  - {id: minutes, title: 会议纪要, signed: true, who: 技术部}
  - {id: report, title: 部门自查报告, made: unit, of: unit}
  - {id: final, title: 自查报告, made: final}
  - {id: rules, title: 制度}
  - {id: cases, title: 案卷清单, of: unit}
  - {id: records, title: 复核记录, made: review-record, of: file, blank: {lines: [编号]}}
"""
)
OUTPUTS = "who: 全体, outputs: [minutes, report, final, rules, cases, records]}"


@pytest.fixture
def planned(answered_campaign: Campaign) -> Campaign:
    """A campaign in which all but one have answered, and whose plan wants a few things."""
    plan = answered_campaign.root / "campaign.yaml"
    text = plan.read_text(encoding="utf-8").replace("who: 全体}", OUTPUTS, 1)
    assert OLD in text
    plan.write_text(text.replace(OLD, NEW), encoding="utf-8")
    return answered_campaign


def listed(campaign: Campaign) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in campaign.run("deliverable", "list", "--json").data}


def test_the_list_says_who_lacks_what_and_what_is_overdue(planned: Campaign) -> None:
    ran = planned.run("status", "--deliverables")
    assert ran.code == 1
    lines = [line for line in ran.out.splitlines() if "2023-11" in line]
    assert [line.split()[0] for line in lines] == ["form", "minutes", "report", "final", "rules", "cases", "records"]
    assert lines[-1].endswith("not there, overdue"), "one for the body, as long as no file is drawn"
    assert "not there (1):" in lines[0]
    assert lines[1].endswith("not there, overdue")
    assert "技术部" in lines[1], "who sees to it, if not everybody"
    found = listed(planned)
    assert {piece["stand"] for piece in found["report"]["pieces"]} == {"missing"}
    planned.run("report", "unit", "技术部")
    planned.run("report", "records")
    assert listed(planned)["records"]["pieces"][0]["stand"] == "missing", "an empty form is nothing filed"
    stands = {piece["name"]: piece["stand"] for piece in listed(planned)["report"]["pieces"]}
    assert stands["技术部"] == "done"
    assert set(stands.values()) == {"done", "missing"}


def test_a_report_is_out_of_date_once_answers_came_since(planned: Campaign) -> None:
    planned.run("report", "unit", "技术部")
    planned.receive("again.yaml", planned.filled("技术部", by="另一人", on="2023-11-06"))
    planned.run("collect")
    (path,) = planned.root.glob("reports/**/技术部*.docx")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    stands = {piece["name"]: piece["stand"] for piece in listed(planned)["report"]["pieces"]}
    assert stands["技术部"] == "old"


def test_what_is_filed_is_kept_as_it_came_and_what_was_before_stays(planned: Campaign, tmp_path: Path) -> None:
    plant(tmp_path, {"纪要.PDF": PDF, "page.jpeg": JPEG})
    ran = planned.run("deliverable", "add", tmp_path / "纪要.PDF", "--as", "会议纪要", "--by", "王主任")
    assert (ran.code, "It counts once it is signed" in ran.out) == (1, True)
    assert listed(planned)["minutes"]["pieces"][0]["stand"] == "unsigned"
    said = ("--as", "minutes", "--signed-by", "李总", "--by", "王主任")
    ran = planned.run("deliverable", "add", tmp_path / "page.jpeg", *said)
    assert ran.code == 0
    assert "No longer counted, but kept: deliverables/minutes/纪要.pdf" in ran.out
    (piece,) = listed(planned)["minutes"]["pieces"]
    assert (piece["stand"], piece["signed_by"], piece["by"]) == ("done", "李总", "王主任")
    assert (planned.root / "deliverables/minutes/纪要.pdf").read_bytes() == PDF
    assert (planned.root / "deliverables/minutes/page.jpg").read_bytes() == JPEG
    assert "filed as minutes: deliverables/minutes/page.jpg" in planned.run("journal", "list").out


def test_another_file_of_the_same_name_takes_the_place_of_none(planned: Campaign, tmp_path: Path) -> None:
    for folder, data in (("a", PDF), ("b", PDF + b"2"), ("c", PDF)):
        plant(tmp_path / folder, {"m.pdf": data})
        planned.run("deliverable", "add", tmp_path / folder / "m.pdf", "--as", "rules", "--by", "王主任")
    names = sorted(path.name for path in (planned.root / "deliverables/rules").iterdir())
    assert names == ["m (2).pdf", "m.pdf"]


@pytest.mark.parametrize(("name", "command"), [("final", "selfaudit report"), ("form", "selfaudit collect")])
def test_what_the_program_makes_is_not_filed_by_hand(
    planned: Campaign, tmp_path: Path, name: str, command: str
) -> None:
    plant(tmp_path, {"a.pdf": PDF})
    of = ("--of", "张三") if name == "form" else ()
    ran = planned.run("deliverable", "add", tmp_path / "a.pdf", "--as", name, *of, "--by", "王主任")
    assert ran.code == 3
    assert "the program makes" in ran.err
    assert f"Make it with {command}." in ran.err


def test_what_must_be_signed_is_a_scan_or_a_photo(planned: Campaign, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "纪要.docx"))
    ran = planned.run("deliverable", "add", tmp_path / "纪要.docx", "--as", "minutes", "--by", "王主任")
    assert (ran.code, "“会议纪要” must be signed or sealed, and a Word file shows neither" in ran.err) == (3, True)


def test_a_withdrawn_file_does_not_count_and_is_kept(planned: Campaign, tmp_path: Path) -> None:
    plant(tmp_path, {"r.pdf": PDF})
    of = ("--of", "技术部", "--by", "王主任")
    assert planned.run("deliverable", "add", tmp_path / "r.pdf", "--as", "cases", *of).code == 0
    assert planned.run("deliverable", "withdraw", "cases", *of).code == 3, "without a reason"
    assert planned.run("deliverable", "withdraw", "cases", *of, "--reason", "另一年的").code == 0
    assert (planned.root / "deliverables/cases/技术部_r.pdf").is_file()
    assert {piece["stand"] for piece in listed(planned)["cases"]["pieces"]} == {"missing"}
    again = planned.run("deliverable", "withdraw", "cases", *of, "--reason", "另一年的")
    assert (again.code, "nothing is filed as “案卷清单”" in again.err) == (3, True)


def test_what_cannot_be_filed_is_told_whole_and_nothing_is_filed(planned: Campaign, tmp_path: Path) -> None:
    plant(tmp_path, {"good.pdf": PDF, "text.pdf": b"hello", "film.mp4": b"\0\0\0\x20ftypisom"})
    files = [tmp_path / name for name in ("good.pdf", "text.pdf", "film.mp4", "none.pdf")]
    ran = planned.run("deliverable", "add", *files, "--as", "rules", "--by", "王主任")
    assert ran.code == 3
    assert "text.pdf: error: this is neither a scan or photo nor a document" in ran.err
    assert "film.mp4: error: this is a video or audio file, and cannot be filed" in ran.err
    assert "none.pdf: error: there is no such file or folder" in ran.err
    assert not (planned.root / "deliverables").exists()


@pytest.mark.parametrize(
    ("meant", "message"),
    [
        (("--as", "minute"), "the plan has no deliverable “minute”"),
        (("--as", "report"), "Say whose it is, with --of: 技术部"),
        (("--as", "report", "--of", "张三"), "there is no “部门自查报告” of “张三”"),
        (("--as", "minutes", "--of", "技术部"), "there is one “会议纪要” for the whole body"),
    ],
)
def test_what_is_not_in_the_plan_is_refused_with_what_is(
    planned: Campaign, tmp_path: Path, meant: tuple[str, ...], message: str
) -> None:
    plant(tmp_path, {"a.pdf": PDF})
    ran = planned.run("deliverable", "add", tmp_path / "a.pdf", *meant, "--by", "王主任")
    assert (ran.code, message in ran.err) == (3, True), ran.err


def test_verify_names_a_filed_file_that_is_gone_or_another(planned: Campaign, tmp_path: Path) -> None:
    plant(tmp_path, {"a.pdf": PDF, "b.pdf": PDF + b"2"})
    planned.run("deliverable", "add", tmp_path / "a.pdf", tmp_path / "b.pdf", "--as", "rules", "--by", "王主任")
    assert planned.run("journal", "verify").code == 0
    (planned.root / "deliverables/rules/a.pdf").write_bytes(JPEG)
    (planned.root / "deliverables/rules/b.pdf").unlink()
    ran = planned.run("journal", "verify")
    assert "deliverables/rules/a.pdf: error: this is not what came as a.pdf" in ran.err
    assert "deliverables/rules/b.pdf, which was filed as rules, is missing" in ran.err


def test_of_what_nothing_called_for_somebody_says_so_and_why(planned: Campaign) -> None:
    said = ("minutes", "--by", "王主任", "--reason")
    ran = planned.run("deliverable", "omit", *said, "没有开会")
    assert "There is no “会议纪要”: 没有开会" in ran.out
    assert "none: 没有开会" in planned.run("deliverable", "list").out
    assert listed(planned)["minutes"]["pieces"][0]["stand"] == "done"
    assert "there is no minutes – reason: 没有开会" in planned.run("journal", "list").out
    assert planned.run("deliverable", "withdraw", *said, "开了").code == 0
    assert listed(planned)["minutes"]["pieces"][0]["stand"] == "missing"


def test_notices_are_there_once_every_one_whose_number_was_drawn_is_made(planned: Campaign) -> None:
    kind = "notices:\n  - {id: keep, title: 保持通知书, number: '保持{n}号', text: [保持。]}\n"
    planned.edit(
        "campaign.yaml", "deliverables:\n", f"{kind}deliverables:\n  - {{id: kept, title: 保持, notices: [keep]}}\n"
    )
    assert listed(planned)["kept"]["pieces"][0]["stand"] == "missing"
    drawn = {"kind": "keep", "title": "保持通知书", "series": "保持", "n": 1, "on": "2023-11-10", "says": []}
    workspace = Workspace(planned.root)
    for seen, more in enumerate(({}, {"file": "notices/2023/1.docx", "sha256": "0" * 64})):
        with workspace.writing(lambda: None) as ledger:
            edit(ledger, "notice", [Edit("notice", "保持1号", seen, {**drawn, **more})], by="王主任")
        stand = listed(planned)["kept"]["pieces"][0]["stand"]
        assert stand == ("done" if more else "missing")


MISTAKES = {
    "no such notices": ("made: final}", "notices: [keep]}", "kit.none-known"),
    "nothing names it": ("made: final}", "made: final}\n  - {id: plan, title: 方案}", "kit.undated"),
    "no such document": ("made: unit,", "made: units,", "kit.unknown-id"),
    "a document of others": ("made: unit, of: unit", "made: unit, of: person", "kit.other-of"),
    "roles of the body": (
        "title: 自查报告, made: final",
        "title: 自查报告, made: final, roles: [tech]",
        "kit.roles-of-one",
    ),
    "no such role": ("made: unit, of: unit", "made: unit, of: unit, roles: [techs]", "kit.unknown-id"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_plan_is_told_where_it_is(kit: Path, mistake: str) -> None:
    old, new, code = MISTAKES[mistake]
    plan = kit / "campaign.yaml"
    text = plan.read_text(encoding="utf-8").replace("who: 全体}", OUTPUTS, 1).replace(OLD, NEW)
    plan.write_text(text, encoding="utf-8")
    assert run("validate", kit, "--json").data == []
    assert text.count(old) == 1
    plan.write_text(text.replace(old, new), encoding="utf-8")
    (found,) = run("validate", kit, "--json").data
    lines = (text.replace(old, new)).splitlines()
    assert found["code"] == code
    assert "deliverables" in "\n".join(lines[: found["line"]])


def text_of(campaign: Campaign, name: str) -> str:
    document = docx.Document(str(campaign.root / "reports" / name))
    told = [paragraph.text for paragraph in document.paragraphs]
    return "\n".join(told + [cell.text for table in document.tables for row in table.rows for cell in row.cells])


def test_the_notice_says_what_is_to_be_done_by_whom_and_by_when(planned: Campaign) -> None:
    assert planned.run("report", "announcement").code == 0
    text = text_of(planned, "自查通知.docx")
    assert "部署文件：主管部门" in text
    assert "《认证条例》" in text
    assert "全部认证活动\n截止日：2023年10月31日" in text
    assert "交回自查表" in text, "a milestone"
    assert "\n1.1\n" in text, "a task"
    assert "会议纪要\n手签\n技术部" in text, "a deliverable, that it is signed and who sees to it"
    assert "以上内容真实完整。" in text


def test_what_somebody_may_have_written_into_a_notice_is_moved_and_not_lost(planned: Campaign) -> None:
    planned.run("report", "plan")
    file = planned.root / "reports/自查行动方案.docx"
    file.write_bytes(b"edited")
    assert "An earlier file was moved to reports/superseded/自查行动方案" in planned.run("report", "plan").out
    (aside,) = planned.root.glob("reports/superseded/自查行动方案*")
    assert aside.read_bytes() == b"edited"


def test_a_summary_has_cause_and_handling_of_every_problem_of_whom_it_is_of(planned: Campaign) -> None:
    facts = {one["data"]["fact"] if "data" in one else one["fact"]: one for one in found(planned)}
    planned.run("report", "summary")
    text = text_of(planned, "问题分析及汇总.docx")
    assert facts
    assert all(fact in text and one["cause"] in text for fact, one in facts.items())
    planned.run("report", "unit-summary", "技术部")
    (file,) = (planned.root / "reports").glob("技术部/技术部*问题分析及汇总.docx")
    assert all((fact in text_of(planned, str(file))) == (one["unit"] == "技术部") for fact, one in facts.items())


def found(campaign: Campaign) -> list[dict[str, Any]]:
    return list(campaign.run("findings", "list", "--json").data)


def test_the_record_of_a_unit_has_every_answer_with_its_note(planned: Campaign) -> None:
    planned.run("report", "check-record", "技术部")
    (file,) = (planned.root / "reports").glob("技术部/技术部*自查记录.docx")
    text = text_of(planned, str(file))
    for place in planned.answers("技术部"):
        assert f"{place}\n" in text


def test_an_empty_form_has_its_lines_columns_and_signatures(planned: Campaign) -> None:
    form = "{lines: [时间], columns: [序号, 议题], rows: 3, signatures: [记录人]}"
    planned.edit("campaign.yaml", "signed: true, who: 技术部}", f"signed: true, who: 技术部, blank: {form}}}")
    assert planned.run("report", "minutes").code == 0
    text = text_of(planned, "会议纪要.docx")
    assert "序号\n议题\n1\n" in text
    assert "记录人签字" in text
    assert "时间" in text
    assert listed(planned)["minutes"]["pieces"][0]["stand"] == "missing", "an empty form is nothing filed"


def test_what_the_program_makes_may_be_written_by_hand_where_there_is_an_empty_form(
    planned: Campaign, tmp_path: Path
) -> None:
    scan = tmp_path / "list.pdf"
    scan.write_bytes(PDF)
    planned.edit("campaign.yaml", "title: 制度}", "title: 制度, made: plan}")
    assert "the program makes “制度”" in planned.run("deliverable", "add", scan, "--as", "rules").err
    planned.edit("campaign.yaml", "made: plan}", "made: plan, blank: {columns: [序号, 制度]}}")
    assert planned.run("deliverable", "add", scan, "--as", "rules").code == 0
    assert listed(planned)["rules"]["pieces"][0]["stand"] == "done"
