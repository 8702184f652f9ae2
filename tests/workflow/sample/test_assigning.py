"""Reviewers of the files that are drawn: competent, never involved, kept when more are drawn, and explained if none."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.campaign import Campaign
from tests.support.filling import FINDING, fill
from tests.support.folders import plant
from tests.support.program import Ran
from tests.support.tiny_data import DATA, SAMPLE

PEOPLE = """\
format: selfaudit/register/1
id: people
title: 复核人员表
columns:
  - {id: name, title: 姓名}
  - {id: number, title: 证件号码, type: person}
  - {id: field, title: 领域, type: code, codes: standard}
"""
REVIEWERS = """\
reviewers:
  field: standard
  twice: "15"
  may: {needs: {people: [name]}, sql: "SELECT name, number, field FROM people"}
  involved:
    uses: {assignments: [project, name, number], audits: [days]}
    sql: |
      SELECT a.project AS file, s.name, s.number, '审核' AS did
      FROM audits a LEFT JOIN assignments s ON s.project = a.project
"""
PLAN = SAMPLE[: SAMPLE.index("reviewers:")] + REVIEWERS
NEXT = "Next: selfaudit issue writes the forms of reviewers, and puts aside those of files that moved on.\n"
FIRST, SECOND, OTHER = "330106199001010016", "330106198505050028", "330106197007070034"
ROWS = {
    # a number decides between namesakes; without one on either side the name does; of P4 nobody is named
    "people": f"姓名,证件号码,领域\n甲,{FIRST},QMS\n甲,{SECOND},EMS\n乙,{OTHER},QMS\n丙,,QMS\n",
    "assignments": f"项目编号,姓名,证件号码\nP1,甲,{FIRST}\nP2,乙,\nP3,丙,{SECOND}\nP5,丁/乙,\nP6,甲,{SECOND}\n"
    + "".join(f"P{n},丁,\n" for n in range(7, 12)),
    "audits": "项目编号,分公司,体系,体系人数\n"
    + "".join(f"P{n},北京,{'EMS' if n == 6 else 'QMS'},{200 if n < 7 else 9}\n" for n in range(1, 12)),
}


@pytest.fixture(scope="module")
def assigned(issued: Campaign, tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, Ran]:
    """A campaign in which seven of eleven files were drawn and given out, and what was said; to be copied."""
    made = issued.copy(tmp_path_factory.mktemp("assigned") / "campaign")
    plan = PLAN.replace("points: 2", "points: 3")
    plant(made.root / "checklists", DATA | {"registers/people.yaml": PEOPLE, "samples/files.yaml": plan})
    plant(made.root, {f"{name}.csv": text for name, text in ROWS.items()})
    for name in ROWS:
        ran = made.run("register", "import", f"{name}.csv", "--as", name, "--apply", "--by", "陈静")
        assert ran.code in (0, 1), ran.err
    made.run("sample", "freeze")
    made.run("sample", "seed", "--given", "3141592653589", "--by", "陈静")
    assert made.run("sample", "draw").code == 0
    return made, made.run("sample", "assign")


def given(campaign: Campaign) -> dict[str, list[str]]:
    return dict(campaign.run("sample", "list", "--json").data["reviewers"])


def test_whoever_is_left_without_a_reviewer_is_explained_and_the_rest_is_given_out(
    assigned: tuple[Campaign, Ran],
) -> None:
    campaign, ran = assigned
    assert ran.code == 1
    assert "6 of 7 have a reviewer." in ran.out
    assert ran.out.split("Nobody may review this file:\n")[1].splitlines() == [
        "  P6",
        "P6 has no reviewer:",
        "  丙, 乙, 甲 ****0016: not competent in 环境",
        "  甲 ****0028: 审核",
        "Appoint more reviewers, import the register and assign again.",
        NEXT.strip(),
    ]
    assert "the registers lack 审核台账.人日" in ran.err
    assert "do not say who did this (审核): P4" in ran.err
    reviewers = given(campaign)
    barred = {"P1": "甲 ****0016", "P2": "乙", "P3": "丙", "P5": "乙"}
    assert [file for file, name in barred.items() if name in reviewers[file]] == []
    assert FIRST not in ran.out + ran.err


def test_more_files_are_given_out_and_the_others_stay_where_they_are(
    assigned: tuple[Campaign, Ran], tmp_path: Path
) -> None:
    campaign = assigned[0].copy(tmp_path / "c")
    before = given(campaign)
    campaign.run("sample", "extend", "normal/北京", "--reason", "1 件有问题")
    assert "4 files are given out now; 10 of 11 have a reviewer." in campaign.run("sample", "assign").out
    assert before.items() < given(campaign).items()


def moved(campaign: Campaign, file: str, to: str, *options: str) -> str:
    ran = campaign.run("sample", "reassign", file, "--to", to, "--reason", "出差", *options)
    return f"{ran.code} {ran.err}{ran.out}"


def test_nobody_is_given_a_file_by_hand_that_is_not_theirs_to_review(
    assigned: tuple[Campaign, Ran], tmp_path: Path
) -> None:
    campaign = assigned[0].copy(tmp_path / "c")
    assert "Known: 丙, 乙, 甲 ****0016, 甲 ****0028" in moved(campaign, "P2", "甲")
    assert "乙 must not review P2: 审核 (same name, to be looked into)\n" in moved(campaign, "P2", "乙")
    assert "Those who may: nobody else. Nothing was changed." in moved(campaign, "P6", "乙")
    (before,) = given(campaign)["P2"]
    (to,) = {"丙", "甲 ****0016"} - {before}
    assert moved(campaign, "p2", to) == f"0 P2 is reviewed by {to} now.\n{NEXT}"
    assert given(campaign)["P2"] == [to]
    assert (
        f"It is reviewed by {to}, chosen by hand: 出差\n  乙: 审核 (same name, to be looked into)\n"
        in campaign.run("sample", "explain", "P2").out
    )


def test_two_review_a_file_without_being_the_same_and_either_ones_place_can_be_taken(
    assigned: tuple[Campaign, Ran], tmp_path: Path
) -> None:
    campaign = assigned[0].copy(tmp_path / "c")
    assert "2 files have two reviewers." in assigned[1].out
    first, second = given(campaign)["P7"]
    (third,) = {"乙", "丙", "甲 ****0016"} - {first, second}
    assert f"P7 is reviewed by {first}, {second}\n    → Say with --from" in moved(campaign, "P7", third)
    assert f"0 P7 is reviewed by {first}, {third} now.\n" in moved(campaign, "P7", third, "--from", second)
    told = campaign.run("sample", "explain", "P7").out
    assert f"It is reviewed by {first}.\nIt is reviewed by {third}, chosen by hand: 出差\n" in told
    assert f"0 P7 is reviewed by {second}, {third} now.\n" in moved(campaign, "P7", second, "--from", first)
    campaign.run("sample", "list", "-o", "list.xlsx")
    rows = list(load_workbook(campaign.root / "list.xlsx", read_only=True).worksheets[0].iter_rows(values_only=True))
    (own,) = [row for row in rows if row[0] == "P7"]
    assert f"{second}、{third}" in own


def test_what_a_reviewer_says_of_a_file_comes_back_on_a_form_of_its_own(
    assigned: tuple[Campaign, Ran], tmp_path: Path
) -> None:
    campaign = assigned[0].copy(tmp_path / "c")
    role = "roles:\n  - {id: reviewer, title: 复核人, answers: file, sample: files, units: [技术部]}\n"
    campaign.edit("campaign.yaml", "roles:\n", role)
    campaign.edit("checklists/1-business.yaml", "    roles: [tech]\n", "    roles: [reviewer]\n")
    assert campaign.run("issue", "--format", "yaml").code in (0, 1)
    forms = list((campaign.root / "outbox/reviews").glob("*/*.yaml"))
    wanted = {(file, name.replace("*", "_")) for file, names in given(campaign).items() for name in names}
    assert {(path.name.partition("（")[0], path.parent.name) for path in forms} == wanted

    whole = next(path for path in forms if path.name.startswith("P1（"))
    drawn = next(path for path in forms if re.match(r"P(?![1-6]（)", path.name))
    text = whole.read_text(encoding="utf-8")
    assert re.search(r'respondent: "?P1（.+）  分公司: 北京  体系: 质量', text)
    finding = {**FINDING, "item": "1.2", "part": ""}
    for path in (whole, drawn):
        by = path.parent.name.partition("_")[0].strip()
        said = fill(path.read_text(encoding="utf-8"), by=by, answers={"1.2": "发现问题"}, findings=[finding])
        (campaign.root / "inbox" / path.name).write_text(said, encoding="utf-8")
    assert campaign.run("collect").code == 0
    found = campaign.run("findings", "list", "--json").data
    assert sum(one["name"].startswith("P1（") for one in found) == 1
    # P1 is of a stratum that is reviewed whole; of the other one the rule of the plan asks for more
    assert "\n  selfaudit sample extend 'normal/北京' --sample files\n" in campaign.run("status").out
    assert campaign.run("sample", "extend", "normal/北京").code == 0
    assert "sample extend" not in campaign.run("status").out
    assert "a complete review of it is in hand, by " in campaign.run("sample", "replace", "P1", "--reason", "遗失").err
    assert "replaced" not in campaign.run("sample", "explain", "P1").out
    # P6, which nobody may review, has no form, and keeps the report from being final
    ran = campaign.run("report")
    assert "nobody reviews them: P6" in ran.out + ran.err
