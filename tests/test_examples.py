"""The example that is shipped: it is up to date, and whoever follows its README sees what the README says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.support.program import run

TOP = Path(__file__).resolve().parent.parent
EXAMPLE = TOP / "examples" / "small-campaign"
READMES = ("README.md", "README.zh-CN.md")
MISTYPED = "inbox/西南分公司自查表.yaml"

pytestmark = pytest.mark.slow


@pytest.fixture
def example(tmp_path: Path) -> Campaign:
    """A copy of the example in which nothing was done yet."""
    return Campaign(Path(shutil.copytree(EXAMPLE, tmp_path / "my-campaign")))


@pytest.fixture
def collected(example: Campaign) -> Campaign:
    """The example after the forms were issued and collected."""
    assert example.run("issue").code == 0
    assert example.run("collect").code == 1
    return example


def test_the_pinned_kit_and_the_inbox_are_what_the_script_makes(example: Campaign) -> None:
    for name in ("inbox", "checklists"):
        shutil.rmtree(example.root / name)
    script = TOP / "scripts" / "build_example.py"
    subprocess.run(
        [sys.executable, script, example.root], env=os.environ | {"PYTHONPATH": str(TOP / "src")}, check=True
    )
    assert leaves(example.root) == leaves(EXAMPLE)


def test_issue_and_collect_say_what_became_of_every_file(example: Campaign) -> None:
    assert "17 new, 0 changed, 0 rewritten, 0 unchanged" in example.run("issue").out

    ran = example.run("collect")

    assert ran.code == 1
    assert "new 15; corrected 1; older, kept as history 0; conflict 0; unchanged 0; rejected 1" in ran.out
    assert "张伟（华东）_自查表（更正）.yaml (张伟): corrected" in ran.out
    assert f"{MISTYPED} (西南分公司): rejected" in ran.out
    assert "full-width colon after “answer” → Type an ordinary colon and a space" in ran.out
    assert "everything from # on would be lost: “#3 第 2 页”" in ran.out


def test_status_names_who_is_missing_and_what_is_incomplete(collected: Campaign) -> None:
    ran = collected.run("status", "--json")

    assert ran.code == 1
    assert ran.data["total"] | {"name": ""} == {
        "name": "",
        "issued": 17,
        "complete": 12,
        "incomplete": 3,
        "missing": 2,
        "waived": 0,
        "overdue": 5,
        "problems": 6,
    }
    assert [who["name"] for who in ran.data["missing"]] == ["西南分公司", "刘洋"]
    gaps = {who["name"]: [gap["message"] for gap in who["gaps"]] for who in ran.data["incomplete"]}
    assert {name.partition("（")[0] for name in gaps} == {"技术部", "罗晓峰", "张伟"}
    assert ["files are required as evidence, and there are none: 2.5"] in gaps.values()
    assert "not answered: 5.3 c" in gaps["罗晓峰"]


def test_mending_the_two_mistakes_of_typing_brings_the_missing_answers(collected: Campaign) -> None:
    path = collected.root / MISTYPED
    mended = path.read_text(encoding="utf-8").replace("answer：", "answer: ")
    mended = re.sub(r"note: (.*#.*)", r'note: "\1"', mended)
    path.write_text(mended, encoding="utf-8")

    ran = collected.run("collect")

    assert ran.code == 0
    assert "new 1; corrected 0; older, kept as history 0; conflict 0; unchanged 16; rejected 0" in ran.out
    notes = {
        part["note"] for item in collected.merged()["西南分公司"]["items"] for part in item["parts"] if "note" in part
    }
    assert "回访记录见附件 #3 第 2 页" in notes


def test_an_auditor_and_his_branch_contradict_each_other(collected: Campaign) -> None:
    ran = collected.run("contradictions", "list", "--json")

    (found,) = (one for one in ran.data["contradictions"] if one["place"].startswith("2.5"))
    assert (found["about"], found["conform"]) == ("华东分公司", ["华东分公司"])
    # two are called so, and only one of them reports a problem
    assert [name.partition("（")[0] for name in found["problem"]] == ["张伟"]


def test_two_people_of_the_same_name_are_told_apart_by_number(collected: Campaign) -> None:
    asked_back = collected.run("status", "--of", "张伟")
    assert asked_back.code == 3
    assert "person:Y008 (华东分公司 · " in asked_back.err
    assert "person:Y011 (西南分公司 · " in asked_back.err
    assert len(collected.events("Y008")) == 2
    assert len(collected.events("Y011")) == 1


def test_the_final_report_is_refused_and_its_draft_says_why(collected: Campaign) -> None:
    refused = collected.run("report", "--strict")
    assert refused.code == 1
    assert "西南分公司: 1 not answered: 西南分公司" in refused.err
    assert "技术委员会 says “覆盖认证项目数（个）”: 20, but 王䶮 alone says 171" in refused.err
    assert not list(collected.root.glob("reports/*.docx"))
    # it was told before, when nobody had signed yet
    doubt = "技术委员会 says “覆盖认证项目数（个）”: 20, but 王䶮 alone says 171"
    assert doubt in [one["message"] for one in collected.run("status", "--json").data["doubts"]]

    assert collected.run("report").code == 1
    assert len(list(collected.root.glob("reports/*.docx"))) == 1


@pytest.mark.parametrize("readme", READMES)
def test_every_command_of_the_readme_works(readme: str, example: Campaign) -> None:
    text = (EXAMPLE / readme).read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^    selfaudit (.*)$", text)
    assert len(commands) == 14
    for command in commands:
        ran = run(*shlex.split(command), cwd=example.root)
        assert ran.code in ((3,) if "--of 张伟" in command else (0, 1)), ran.said
    names = {path.name for path in (example.root / "reports").rglob("*.docx")}
    assert {"张伟_Y008.docx", "技术部_D3.docx", "华东分公司_B1.docx"} <= names


def test_both_readmes_show_the_same_commands() -> None:
    shown = [re.findall(r"(?m)^    .*$", (EXAMPLE / name).read_text(encoding="utf-8")) for name in READMES]
    assert shown[0] == shown[1]
