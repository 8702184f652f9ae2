"""A person says what a file belongs to, and takes that back."""

import hashlib
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.evidence import evidence_of
from tests.support.campaign import Campaign
from tests.support.filling import FINDING

PDF = b"%PDF-1.7\n1"


def problem(campaign: Campaign) -> None:
    """Collect the form of an auditor who reports a problem."""
    said = {"answers": {"2.1 a": "发现问题"}, "findings": [FINDING]}
    campaign.receive("张三.yaml", campaign.filled("张三", **said))
    campaign.run("collect")


def test_a_file_from_anywhere_is_evidence_of_a_finding(asked: Campaign, tmp_path: Path) -> None:
    problem(asked)
    file = tmp_path / "整改证明.pdf"
    file.write_bytes(PDF)
    ran = asked.run("evidence", "assign", file, "--to", "2.1-01", "--reason", "corrected")
    assert ran.code == 0, ran.said
    assert "Assigned to 2.1-01 by 经办人: corrected" in ran.out
    with Workspace(asked.root).reading() as ledger:
        assert [(at.name, at.by) for at in evidence_of(ledger)["2.1-01"]] == [("整改证明.pdf", "经办人")]
    assert "evidence 整改证明.pdf assigned to 2.1-01" in asked.run("journal", "list").out
    again = asked.run("evidence", "assign", file, "--to", "2.1-01", "--undo", "--reason", "the wrong one")
    assert again.code == 0
    with Workspace(asked.root).reading() as ledger:
        assert not evidence_of(ledger)
    assert asked.run("journal", "verify").code == 0


def test_a_file_that_is_nothing_waits_for_nobody_and_is_kept(asked: Campaign) -> None:
    asked.receive("a.pdf", PDF)
    asked.run("collect")
    assert asked.run("evidence", "dismiss", "a.pdf", "--reason", "an advertisement").code == 0
    assert asked.run("evidence", "list", "--unassigned").code == 0
    assert asked.run("collect").code == 0
    assert asked.run("evidence", "dismiss", "a.pdf", "--undo", "--reason", "not so").code == 0
    assert asked.run("evidence", "list", "--unassigned").code == 1


def test_what_cannot_be_assigned_is_told_with_what_to_do(asked: Campaign, tmp_path: Path) -> None:
    problem(asked)
    script = tmp_path / "x.sh"
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    file = tmp_path / "a.pdf"
    file.write_bytes(PDF)
    for args, says in (
        ((script, "--to", "2.1-01"), "is not kept as evidence"),
        ((file, "--to", "9.9-01"), "“9.9-01” is neither a finding nor a respondent with an item"),
        ((file, "--to", "张三/9.9"), "张三 is not asked “9.9”"),
        (("none.pdf", "--to", "2.1-01"), "no evidence is called “none.pdf”"),
    ):
        ran = asked.run("evidence", "assign", *args, "--reason", "x")
        assert (ran.code, says in ran.err) == (3, True), ran.said
    assert asked.run("evidence", "assign", file, "--to", "2.1-01").code == 3
    assert not list((asked.root / "evidence").rglob("*.pdf"))


def test_the_index_lists_every_file_with_its_hash_and_who_assigned_it(asked: Campaign, tmp_path: Path) -> None:
    problem(asked)
    file = tmp_path / "=a.pdf"
    file.write_bytes(PDF)
    asked.run("evidence", "assign", file, "--to", "张三/2.2", "--reason", "x")
    assert asked.run("evidence", "export", "-o", tmp_path / "index.xlsx").code == 0
    head, row = CalamineWorkbook.from_path(tmp_path / "index.xlsx").get_sheet_by_index(0).to_python()
    assert head[4:9] == ["文件", "大小（字节）", "SHA-256", "状态", "归入人"]
    assert row[4:9] == ["=a.pdf", len(PDF), hashlib.sha256(PDF).hexdigest(), "已收到", "经办人"]


@pytest.mark.parametrize("to", ["张三/2.1 a", "2.1-01"])
@pytest.mark.parametrize("name", ["证明.pdf", "扫描件.pdf"])
def test_a_file_that_a_person_assigns_stands_for_the_one_that_is_missing_there(
    asked: Campaign, tmp_path: Path, to: str, name: str
) -> None:
    said = {"answers": {"2.1 a": "发现问题"}, "findings": [{**FINDING, "evidence": "证明.pdf"}]}
    text = asked.filled("张三", **said).split('  - id: "2.2"')
    asked.receive("张三.yaml", '  - id: "2.2"'.join([text[0], text[1].replace("符合", "未查", 1)]))
    asked.run("collect")
    missing = asked.run("evidence", "list", "--missing")
    assert "证明.pdf (2.1 a)" in missing.out + missing.err
    file = tmp_path / name
    file.write_bytes(PDF)
    assert asked.run("evidence", "assign", file, "--to", to, "--reason", "came by post").code == 0
    missing = asked.run("evidence", "list", "--missing")
    assert "证明.pdf" not in missing.out + missing.err
    rows = asked.run("evidence", "list", "--json").data["evidence"]
    assert [(row["evidence"]["name"], row["evidence"]["finding"]) for row in rows] == [(name, "2.1-01")]
    with Workspace(asked.root).reading() as ledger:
        assert [at.name for at in evidence_of(ledger)["2.1-01"]] == [name]


def test_the_evidence_of_a_closed_finding_is_not_taken_back(asked: Campaign, tmp_path: Path) -> None:
    problem(asked)
    file = tmp_path / "a.pdf"
    file.write_bytes(PDF)
    asked.run("evidence", "assign", file, "--to", "2.1-01", "--reason", "shows it")
    said = ("correction=补审", "owner=张三", "similar=查了", "similar_scope=2023年", "similar_found=无")
    for step in (
        ("set", "2.1-01", *said),
        ("correct", "2.1-01", "--who", "张三", "--on", "2023-11-20"),
        ("verify", "2.1-01", "--who", "李四", "--on", "2023-11-21"),
        ("close", "2.1-01"),
    ):
        ran = asked.run("findings", *step)
        assert ran.code == 0, ran.said
    undo = ("evidence", "assign", file, "--to", "2.1-01", "--undo", "--reason", "wrong")
    ran = asked.run(*undo)
    assert ran.code == 3
    assert "is evidence of 2.1-01, which is closed, withdrawn or merged" in ran.err
    assert "selfaudit findings reopen 2.1-01 --reason" in ran.err
    asked.run("findings", "reopen", "2.1-01", "--reason", "wrong file")
    assert asked.run(*undo).code == 0
