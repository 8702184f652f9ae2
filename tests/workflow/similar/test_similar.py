"""Case files that repeat each other are found, whatever they are, and what cannot be compared is told."""

import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from selfaudit.base.problems import UserError
from selfaudit.checks.parquet import write_parquet
from selfaudit.files.sheets.writing import write_csv
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.texts import Texts
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.common.state.lookalikes import usable
from selfaudit.workflow.similar.opening import pair_meant
from selfaudit.workflow.similar.run import Asked, Compared, find_similar
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.kept_registers import keep_registers
from tests.support.lookalikes import alike
from tests.workflow.similar.conftest import FILES, KIT, PAIR, edited, record


def compared(campaign: Campaign, **asked: Any) -> Compared:
    return find_similar(Workspace(campaign.root), Asked(**asked), Silent())


def pairs(made: Compared) -> list[tuple[str, str]]:
    return [(one.a, one.b) for one in made.comparison.found.pairs]


def codes(made: Compared) -> set[str]:
    return {one.code for one in made.problems}


def test_a_copied_record_is_found_and_a_second_run_reads_and_finds_nothing_again(campaign: Campaign) -> None:
    first = compared(campaign)
    assert pairs(first) == [PAIR]
    (pair,) = first.comparison.found.pairs
    assert 0.7 < pair.of_a < 0.9
    assert first.fresh == len(FILES)
    before, journal = (campaign.root / "similar" / "found.json").read_bytes(), campaign.journal()
    second = compared(campaign)
    assert (second.fresh, bool(second.changes), pairs(second)) == (0, False, [PAIR])
    assert (campaign.root / "similar" / "found.json").read_bytes() == before
    assert campaign.journal() == journal


def test_the_engine_daft_finds_the_same_and_leaves_no_texts_behind(campaign: Campaign) -> None:
    made = compared(campaign, flow=True)
    assert pairs(made) == [PAIR]
    assert list(Workspace(campaign.root).similar_scratch.iterdir()) == []
    assert compared(campaign).comparison.found == made.comparison.found


def test_without_daft_or_ray_it_is_told_what_to_install_and_start(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError) as refused:
        compared(campaign, ray="127.0.0.1:1")
    assert [one.code for one in refused.value.problems] == ["similar.no-ray"]
    monkeypatch.setitem(sys.modules, "selfaudit.casefiles.dataflow", None)
    with pytest.raises(UserError) as refused:
        compared(campaign, flow=True)
    assert [one.code for one in refused.value.problems] == ["similar.no-daft"]


def test_a_new_file_is_compared_with_all_that_were_there_and_a_file_gone_is_forgotten(campaign: Campaign) -> None:
    compared(campaign)
    plant(campaign.root / "case-files", {"QMS/P9/王五.txt": edited(record(5), 91)})
    (campaign.root / "case-files" / PAIR[1]).unlink()
    made = compared(campaign)
    assert made.fresh == 1
    assert pairs(made) == [("QMS/P5/李四.txt", "QMS/P9/王五.txt")]
    told = made.changes
    assert (list(told.added), list(told.gone), list(told.gone_pairs)) == (["QMS/P9/王五.txt"], [PAIR[1]], [PAIR])
    workspace = Workspace(campaign.root)
    with Texts.open(workspace.texts_file) as texts:
        assert texts.text(usable(workspace).record_of[PAIR[0]].digest) == record(1)


def test_what_cannot_be_compared_is_told_and_never_clean(campaign: Campaign) -> None:
    old = b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")
    plant(campaign.root / "case-files", {"QMS/P10/旧.doc": old, "QMS/P11/扫描.jpg": b"\xff\xd8\xff\xe0"})
    made = compared(campaign)
    assert {one.id: one.code for one in made.comparison.not_compared} == {
        "QMS/P10/旧.doc": "text.old-format",
        "QMS/P11/扫描.jpg": "text.foreign",
    }
    ran = campaign.run("similar", "list")
    assert ran.code == 0
    assert "QMS/P10/旧.doc" in ran.out


def test_registers_say_whose_a_file_is_by_the_number_in_its_path(campaign: Campaign) -> None:
    workspace = Workspace(campaign.root)
    row = {"project": "p1", "organisation": "甲公司", "standards": "QMS", "start_on": "2023-05-01", "leader": "赵六"}
    kit = load_data_kit(workspace.checklists, workspace.root).kit
    keep_registers(workspace, kit, {"audits": [row]}, campaign.root)
    made = compared(campaign)
    one = made.comparison.record_of[PAIR[0]]
    assert (one.case, one.organisation, one.standard, one.period, one.auditors) == (
        "p1", "甲公司", "质量管理体系", "2023-05-01", ("赵六",),
    )  # fmt: skip
    assert made.comparison.record_of[PAIR[1]].organisation == ""


def test_a_standard_that_is_not_known_is_told(campaign: Campaign) -> None:
    (campaign.root / "case-files" / "QMS").rename(campaign.root / "case-files" / "案卷")
    made = compared(campaign)
    assert "similar.no-standard" in codes(made)
    assert "similar.no-standard" not in codes(compared(campaign, patterns=["{standard}/{case}/{auditors}"]))
    # the pattern stays until another is given
    assert compared(campaign).comparison.record_of["案卷/P1/张三.txt"].auditors == ("张三",)


def test_text_of_blank_forms_does_not_make_records_alike(campaign: Campaign) -> None:
    form = record(77)
    files = {f"QMS/P{n}/表.txt": form + record(n + 100) for n in (20, 21)}
    plant(campaign.root / "case-files", files)
    assert tuple(files) in pairs(compared(campaign))
    plant(campaign.root / "case-files", {"空白表单/QMS 检查表.txt": form})
    made = compared(campaign)
    assert tuple(files) not in pairs(made)
    assert made.comparison.blanks == ("空白表单/QMS 检查表.txt",)


def test_a_record_that_is_a_blank_form_or_hardly_more_is_told_and_never_clean(
    campaign: Campaign, tmp_path: Path
) -> None:
    form, book = record(77), tmp_path / "all.xlsx"
    plant(tmp_path, {"form/表.txt": form})
    plant(campaign.root / "case-files", {"表.txt": form, "QMS/P30/表.txt": form + "已查。", "QMS/P31/表.txt": form})
    ran = campaign.run("similar", "--blank", str(tmp_path / "form" / "表.txt"), "-o", str(book), "--json")
    left = {one["id"]: one for one in ran.data["not_compared"]}
    assert {id_: one["code"] for id_, one in left.items()} == {
        "QMS/P30/表.txt": "similar.bare",
        "QMS/P31/表.txt": "similar.as-blank",
        "表.txt": "similar.as-blank",
    }
    why = left["表.txt"]["why"]
    assert why in {"与空白表单“表.txt”完全相同，没有自己的内容", "nothing of its own: as the blank form 表.txt"}
    with ZipFile(book) as packed:
        assert any(why in packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    records = CalamineWorkbook.from_path(book).get_sheet_by_index(4).to_python()
    assert {str(row[0]): row[3] for row in records}["QMS/P30/表.txt"] == "质量管理体系"
    told = campaign.run("similar", "list").out
    assert why in told
    assert f"Records compared: {len(FILES)}; blank forms: 1; could not be compared: 3." in told
    (kept,) = campaign.root.rglob("case_records/*.parquet")
    rows = duckdb.read_parquet(str(kept)).filter("NOT compared").select("file").fetchall()
    assert {file for (file,) in rows} == set(left)


def test_a_damaged_cache_is_made_anew_and_that_is_told(campaign: Campaign) -> None:
    first = compared(campaign)
    cache = Workspace(campaign.root).texts_file
    cache.write_bytes(cache.read_bytes()[:5000] + b"\xa5" * 9000)
    made = compared(campaign)
    assert "similar.rebuilt" in codes(made)
    assert (pairs(made), made.fresh) == (pairs(first), len(FILES))


def test_a_pair_is_named_by_as_much_as_tells_it_apart(campaign: Campaign) -> None:
    found = compared(campaign).comparison
    assert pair_meant(found, "P2/张三.txt", "P1/张三.txt").a == PAIR[0]
    assert pair_meant(found, "张三.txt", "P1/张三.txt").b == PAIR[1]
    for names, code in (
        (("P3/李四.txt", "P1/张三.txt"), "similar.no-pair"),
        (("P30", "P1/张三.txt"), "similar.no-record"),
    ):
        with pytest.raises(UserError) as told:
            pair_meant(found, *names)
        assert [one.code for one in told.value.problems] == [code]


def test_records_that_may_be_of_several_pairs_must_be_named_better() -> None:
    with pytest.raises(UserError) as told:
        pair_meant(alike().made, "审核记录.docx", "审核记录.docx")
    assert [one.code for one in told.value.problems] == ["similar.several"]


def test_pairs_are_signals_and_what_a_person_says_of_them_stays(campaign: Campaign) -> None:
    text = (
        (KIT / "data-checks" / "S01.yaml")
        .read_text(encoding="utf-8")
        .replace("THEN 'severe' ELSE 'major'", "THEN 'minor' ELSE 'minor'")
    )
    of_another_kit = ("basis:", "items:")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(of_another_kit)]
    plant(campaign.root / "checklists", {"data-checks/S01.yaml": "".join(lines)})
    ran = campaign.run("similar", "--json")
    assert (ran.code, [one["b"] for one in ran.data["pairs"]]) == (1, [PAIR[1]])
    (found,) = campaign.run("check", "S01", "--json").data["checks"]
    assert (found["signals"], found["judged"], found["unknown"]) == (0, 6, 1)
    assert campaign.run("similar", "--pattern", "{standard}/{organisation}/{auditors}").code == 1
    (found,) = campaign.run("check", "S01", "--json").data["checks"]
    assert (found["signals"], found["judged"]) == (1, 7)
    key = campaign.run("check", "explain", "S01", "--json").data["signals"][0]["key"]
    said = campaign.run("check", "decide", "S01", key, "--explained", "--code", "same", "--reason", "同")
    assert said.code == 0, said.err
    plant(campaign.root / "case-files", {"QMS/P9/王五.txt": record(9)})
    assert campaign.run("similar").code == 1
    (found,) = campaign.run("check", "S01", "--json").data["checks"]
    assert (found["signals"], found["verdicts"]) == (1, {"explained": 1})


def test_no_file_is_imported_as_what_a_comparison_makes(campaign: Campaign) -> None:
    plant(campaign.root, {"registers/a.csv": "甲案卷文件,乙案卷文件,最长相似段落,相似段落数\n甲,乙,30,1\n"})
    for name in ("case_records", "案卷雷同"):
        for call in (("import", "registers/a.csv", "--as"), ("map", "registers/a.csv", "--as"), ("template",)):
            ran = campaign.run("register", *call, name)
            assert (ran.code, "is what selfaudit similar finds, and is not imported" in ran.err) == (3, True), ran.err
            assert "Put the audit records themselves into case-files, and run selfaudit similar." in ran.err
    assert "案卷雷同" not in campaign.run("register", "import", "registers/a.csv").out
    assert campaign.run("register", "template", "-o", "all.xlsx").code == 0
    sheets = CalamineWorkbook.from_path(campaign.root / "all.xlsx").sheet_names
    assert ("项目" in sheets, {"案卷文件", "案卷雷同"} & set(sheets)) == (True, set())


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_rows_of_a_table_of_texts_are_records_too(campaign: Campaign, tmp_path: Path, suffix: str) -> None:
    table = tmp_path / f"texts.{suffix}"
    made = {
        "编号": "R1",
        "正文": edited(record(5), 92),
        "认证项目": "QMS",
        "组织名称": "丁公司",
        "审核人员": "赵六、钱七",
    }
    write_parquet(tmp_path / "texts.parquet", dict.fromkeys(made, "VARCHAR"), [made])
    write_csv(tmp_path / "texts.csv", list(made), [list(made.values())])
    found = compared(campaign, tables=[table])
    assert pairs(found) == [PAIR, ("QMS/P5/李四.txt", "R1")]
    # a row that is called like a file takes nothing away
    made["编号"] = PAIR[0]
    write_parquet(tmp_path / "other.parquet", dict.fromkeys(made, "VARCHAR"), [made])
    both = compared(campaign, tables=[tmp_path / "other.parquet"]).comparison
    assert [one.id for one in both.records if one.organisation == "丁公司"] == [f"{tmp_path}/other.parquet:1"]
    one = found.comparison.record_of["R1"]
    assert (one.standard, one.organisation, one.auditors) == ("质量管理体系", "丁公司", ("赵六", "钱七"))


def test_a_table_without_texts_says_what_it_lacks(campaign: Campaign, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("id,name\n1,a\n", encoding="utf-8")
    with pytest.raises(UserError) as told:
        compared(campaign, tables=[tmp_path / "list.csv"])
    assert [one.code for one in told.value.problems] == ["similar.no-column"]


def test_nothing_to_compare_says_where_to_put_it(new_campaign: Campaign) -> None:
    ran = new_campaign.run("similar")
    assert ran.code == 3
    assert "there is no file to compare in case-files" in ran.err
