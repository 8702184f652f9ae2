"""Files that come with responses are bound to what names them; what is missing or belongs to nothing is told."""

import hashlib
from typing import Any

import pytest

from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.common.listener import Silent
from tests.scans.sheets import code_of, drawn_sheet, scanned
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.folders import leaves, zipped

PDF, JPEG, OTHER = b"%PDF-1.7\n1", b"\xff\xd8\xff\xe0\0\x10JFIF", b"%PDF-1.7\n2"


def form(campaign: Campaign, name: str = "张三", finding: str = "", at_2_2: str = "", **said: str) -> str:
    """Return the form of an auditor with a problem in 2.1 a, and files named at the finding and at 2.2."""
    findings = [{**FINDING, "evidence": finding}]
    text = campaign.filled(name, answers={"2.1 a": "发现问题"}, findings=findings, **said)
    before, after = text.split('  - id: "2.2"')
    return f'{before}  - id: "2.2"{after.replace("evidence: ", f"evidence: {at_2_2}", 1)}'


def collected(campaign: Campaign) -> dict[str, Any]:
    """Collect, and return what is said of every file."""
    return {file["file"]: file for file in campaign.run("collect", "--json").data["files"]}


def evidence(campaign: Campaign) -> dict[str, tuple[str, str]]:
    """Return place and state of every file that is named or assigned, by its name."""
    rows = campaign.run("evidence", "list", "--json").data["evidence"]
    return {row["evidence"]["name"]: (row["evidence"]["place"], row["evidence"]["state"]) for row in rows}


def gaps(file: dict[str, Any]) -> list[str]:
    return [gap["message"] for gap in file["gaps"]]


def test_what_is_required_and_not_there_is_a_gap_until_it_comes(asked: Campaign) -> None:
    asked.receive("张三.yaml", form(asked, finding="证明.pdf"))
    told = collected(asked)["inbox/张三.yaml"]
    assert told["outcome"] == "new"
    assert gaps(told) == [
        "files are required as evidence, and there are none: 2.2",
        "named as evidence, but these files have not come: 证明.pdf (2.1 a)",
    ]
    status = asked.run("status", "--json").data
    assert [gap["message"] for one in status["incomplete"] for gap in one["gaps"]] == gaps(told)
    asked.receive(
        "补充.zip",
        zipped({"张三.yaml": form(asked, finding="证明.pdf", at_2_2="声明.jpg"), "声明.jpg": JPEG, "证明.pdf": PDF}),
    )
    assert [(file["outcome"], gaps(file)) for file in collected(asked).values()] == [
        ("updated", []), ("evidence", []), ("evidence", []),
    ]  # fmt: skip
    assert evidence(asked) == {"证明.pdf": ("2.1 a", "there"), "声明.jpg": ("2.2", "there")}
    assert asked.merged()["张三"]["state"] == "complete"


def test_a_second_zip_with_the_form_completes_what_was_missing_and_a_further_run_changes_nothing(
    asked: Campaign,
) -> None:
    text = form(asked, finding="证明.pdf", at_2_2="声明.jpg")
    asked.receive("1.zip", zipped({"表.yaml": text, "声明.jpg": JPEG}))
    assert gaps(collected(asked)["inbox/1.zip/表.yaml"]) == [
        "named as evidence, but these files have not come: 证明.pdf (2.1 a)"
    ]
    assert asked.merged()["张三"]["state"] == "incomplete"
    # typed in full width and another case
    asked.receive("2.zip", zipped({"表.yaml": text, "证明.ＰＤＦ": PDF}))
    collected(asked)
    assert asked.merged()["张三"]["state"] == "complete"
    before = asked.ledger(), leaves(asked.root / "evidence")
    assert asked.run("collect").code == 0
    assert (asked.ledger(), leaves(asked.root / "evidence")) == before
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert before[1][f"{sha256[:2]}/{sha256}.pdf"] == PDF


def test_with_its_hash_a_file_is_found_wherever_and_in_whatever_order_it_comes(asked: Campaign) -> None:
    sha256 = hashlib.sha256(PDF).hexdigest()
    named = f"\n      - name: a.pdf\n        sha256: {sha256}\n        size: {len(PDF)}"
    files: dict[str, str | bytes] = {"甲/x.pdf": PDF, "乙/表.yaml": form(asked, at_2_2=named), "丙/a.pdf": OTHER}
    for order in (list(files), list(reversed(files))):
        for name in order:
            asked.receive(name, files[name])
            collected(asked)
        assert evidence(asked)["a.pdf"] == ("2.2", "there"), order
        assert len(asked.run("evidence", "list", "--json").data["unassigned"]) == 1


def test_another_file_under_the_name_of_the_one_chosen_is_told(asked: Campaign) -> None:
    named = f"\n      - name: a.pdf\n        sha256: {hashlib.sha256(PDF).hexdigest()}"
    asked.receive("甲.zip", zipped({"表.yaml": form(asked, at_2_2=named), "a.pdf": OTHER}))
    told = collected(asked)
    assert "the file that came is not the one chosen in the form: a.pdf (2.2)" in gaps(told["inbox/甲.zip/表.yaml"])
    assert told["inbox/甲.zip/a.pdf"]["outcome"] == "unassigned"


def test_several_files_of_one_name_are_told_and_none_is_taken(asked: Campaign) -> None:
    text = form(asked, at_2_2="a.pdf")
    asked.receive("甲.zip", zipped({"表.yaml": text, "一/a.pdf": PDF, "二/a.pdf": OTHER}))
    told = collected(asked)["inbox/甲.zip/表.yaml"]
    assert "named as evidence, and several files of this name came: a.pdf (2.2)" in gaps(told)


def test_a_file_that_two_responses_beside_it_name_is_nobodys_until_a_person_says(asked: Campaign) -> None:
    for name in ("张三", "李四"):
        asked.receive(f"{name}.yaml", form(asked, name, at_2_2="a.pdf"))
    asked.receive("a.pdf", PDF)
    told = collected(asked)["inbox/a.pdf"]
    assert told["outcome"] == "unassigned"
    assert told["notes"][0]["message"] == "several responses beside it name a file called so: 张三, 李四"
    done = asked.run("evidence", "assign", "a.pdf", "--to", "张三/2.2", "--to", "李四/2.2", "--reason", "shared")
    assert done.code == 0, done.said
    states = [gap["message"] for one in asked.run("status", "--json").data["incomplete"] for gap in one["gaps"]]
    assert not any("there are none" in said and "2.2" in said for said in states)


@pytest.mark.parametrize("content", [PDF, JPEG, zipped({"[Content_Types].xml": "x", "word/document.xml": "x"})])
def test_a_file_that_comes_alone_is_kept_and_waits_to_be_assigned(asked: Campaign, content: bytes) -> None:
    asked.receive("a.bin", content)
    ran = asked.run("collect")
    assert ran.code == 1
    assert "inbox/a.bin: evidence, not yet assigned" in ran.out
    assert "evidence, not yet assigned 1" in ran.out
    assert not asked.received()
    assert asked.run("collect").code == 0
    assert asked.run("evidence", "list", "--unassigned").code == 1
    assert asked.run("journal", "verify").code == 0


def test_any_file_that_a_response_names_is_evidence_but_nothing_that_could_run(asked: Campaign) -> None:
    members: dict[str, str | bytes] = {
        "表.yaml": form(asked, finding="清单.csv; 记录.txt; 运行.exe; 脚本.sh; 网页.html; 空.pdf"),
        "清单.csv": "甲,乙,丙\n1,2,3\n4,5,6\n",
        "记录.txt": "会议记录，一切正常。",
        "运行.exe": b"MZ\x90\0\3\0\0\0" + bytes(100),
        "脚本.sh": "#!/bin/sh\nrm -rf /\n",
        "网页.html": "<!DOCTYPE html><script>alert(1)</script>",
        "空.pdf": b"",
    }
    asked.receive("甲.zip", zipped(members))
    told = {name.rpartition("/")[2]: file["outcome"] for name, file in collected(asked).items()}
    assert told == {
        "表.yaml": "new", "清单.csv": "evidence", "记录.txt": "evidence", "运行.exe": "rejected", "脚本.sh": "rejected",
        "网页.html": "rejected", "空.pdf": "rejected",
    }  # fmt: skip
    assert {name.rpartition(".")[2] for name in leaves(asked.root / "evidence")} == {"txt"}
    rejected = [file["file"] for file in asked.run("status", "--json").data["rejected"]]
    assert not any(name.endswith((".csv", ".txt")) for name in rejected)


def test_a_changed_missing_or_foreign_file_of_evidence_is_told(asked: Campaign) -> None:
    asked.receive("a.pdf", PDF)
    asked.receive("b.jpg", JPEG)
    collected(asked)
    for path in (asked.root / "evidence").rglob("*.pdf"):
        path.write_bytes(OTHER)
    for path in (asked.root / "evidence").rglob("*.jpg"):
        path.rename(path.with_name("x.jpg"))
    said = asked.run("journal", "verify").said
    assert "this is not what came as a.pdf: the original was changed" in said
    assert "the evidence b.jpg is missing" in said
    assert "x.jpg: warning: the ledger does not know this file" in said


def test_a_signature_sheet_among_the_forms_is_told_with_where_it_belongs(asked: Campaign) -> None:
    asked.receive("张三.yaml", asked.filled("张三"))
    asked.run("collect")
    code = code_of(asked, "张三")
    scanned(asked.root / "inbox" / "扫描.pdf", drawn_sheet(code, 150))
    (note,) = collected(asked)["inbox/扫描.pdf"]["notes"]
    assert note["message"] == f"it has the code {code} of a signature sheet"
    assert "selfaudit paper match evidence/" in note["hint"]


class CutOff(Silent):
    """Ends a run after so many files, as Ctrl-C does."""

    def __init__(self, after: int) -> None:
        self._left = after

    def step(self, count: int = 1) -> None:
        self._left -= count
        if self._left < 0:
            raise KeyboardInterrupt


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_collect_that_is_cut_off_loses_nothing_and_the_next_one_ends_as_if_it_had_not_been(
    asked: Campaign, after: int
) -> None:
    members: dict[str, str | bytes] = {
        "表.yaml": form(asked, finding="证明.pdf", at_2_2="声明.jpg"),
        "声明.jpg": JPEG,
        "证明.pdf": PDF,
    }
    asked.receive("甲.zip", zipped(members))
    with pytest.raises(KeyboardInterrupt):
        collect(Workspace(asked.root), [], CutOff(after))
    assert asked.run("collect").code in (0, 1)
    assert evidence(asked) == {"证明.pdf": ("2.1 a", "there"), "声明.jpg": ("2.2", "there")}
    assert asked.merged()["张三"]["state"] == "complete"
    assert asked.run("journal", "verify").code == 0


def test_an_answer_entered_on_somebodys_behalf_leaves_the_evidence_of_the_rest(asked: Campaign) -> None:
    named = f"\n      - name: a.pdf\n        sha256: {hashlib.sha256(PDF).hexdigest()}\n        size: {len(PDF)}"
    asked.receive("甲.zip", zipped({"表.yaml": form(asked, at_2_2=named), "a.pdf": PDF}))
    collected(asked)
    assert asked.run("answer", "set", "张三", "2.3", "不适用", "--note", "x", "--reason", "rang").code == 0
    assert evidence(asked) == {"a.pdf": ("2.2", "there")}
    (item,) = (item for item in asked.merged()["张三"]["items"] if item["id"] == "2.2")
    assert item["evidence"] == [{"name": "a.pdf", "sha256": hashlib.sha256(PDF).hexdigest(), "size": len(PDF)}]


def sent(asked: Campaign, name: str, photo: bytes, *, corrected: bool = False) -> dict[str, Any]:
    """Put a zip with the form of an auditor and a photo into the inbox, and collect."""
    text = form(asked, finding="现场.jpg", at_2_2="现场.jpg")
    text = text.replace(str(FINDING["fact"]), "改过的事实") if corrected else text
    asked.receive(name, zipped({"表.yaml": text, "现场.jpg": photo}))
    return collected(asked)


@pytest.mark.parametrize("corrected", [True, False])
def test_a_photo_sent_again_under_its_name_counts_with_the_form_that_it_came_with(
    asked: Campaign, *, corrected: bool
) -> None:
    sent(asked, "1.zip", JPEG)
    told = sent(asked, "2.zip", JPEG + b"2", corrected=corrected)
    assert told["inbox/2.zip/现场.jpg"]["outcome"] == "evidence"
    rows = asked.run("evidence", "list", "--json")
    assert rows.code == 0, rows.out
    assert {row["evidence"]["sha256"] for row in rows.data["evidence"]} == {hashlib.sha256(JPEG + b"2").hexdigest()}
    assert asked.run("evidence", "list", "--missing").code == 0
    assert asked.merged()["张三"]["state"] == "complete"


def test_of_two_forms_in_one_collect_the_photo_beside_the_one_that_counts_is_meant(asked: Campaign) -> None:
    for day in ("2023-11-08", "2023-11-09"):
        text = form(asked, finding="现场.jpg", at_2_2="现场.jpg", on=day)
        asked.receive(f"{day}.zip", zipped({"表.yaml": text, "现场.jpg": JPEG + day.encode()}))
    told = collected(asked)["inbox/2023-11-08.zip/现场.jpg"]
    assert "several came, or another came with the form that counts" in told["notes"][0]["message"]
    rows = asked.run("evidence", "list", "--json")
    assert rows.code == 0, rows.out
    assert {row["evidence"]["sha256"] for row in rows.data["evidence"]} == {
        hashlib.sha256(JPEG + b"2023-11-09").hexdigest()
    }


def test_a_note_beside_a_form_in_a_zip_is_no_rejected_form(asked: Campaign) -> None:
    asked.receive("1.zip", zipped({"表.yaml": form(asked), "说明.txt": "照片另寄。".encode()}))
    told = collected(asked)["inbox/1.zip/说明.txt"]
    assert told["outcome"] == "unassigned"
    assert "came beside the form of 张三" in told["notes"][0]["message"]
    assert "rejected" not in {file["outcome"] for file in collected(asked).values()}
    assert asked.run("status", "--json").data["rejected"] == []
    assert asked.run("evidence", "dismiss", "说明.txt", "--reason", "只是说明").code == 0


def test_a_text_that_is_alone_in_a_zip_is_rejected_and_the_zip_can_be_moved_away(asked: Campaign) -> None:
    path = asked.receive("1.zip", zipped({"说明.txt": "照片另寄。".encode()}))
    ran = asked.run("collect")
    assert "For one in a zip that is no form, move the zip out of inbox/" in ran.out
    path.rename(asked.root / "1.zip")
    assert asked.run("status", "--json").data["rejected"] == []
