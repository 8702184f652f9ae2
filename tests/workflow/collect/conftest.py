"""A campaign in which files were drawn and given to a reviewer."""

import pytest

from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.tiny_data import DATA

PEOPLE = """\
format: selfaudit/register/1
id: people
title: 复核人员表
columns:
  - {id: name, title: 姓名}
"""
SAMPLE = """\
format: selfaudit/sample/1
id: files
title: 案卷抽查
called: 案卷
file: {title: 项目编号}
population:
  why: 全部审核
  needs: {audits: [project]}
  uses: {audits: [branch]}
  sql: |
    SELECT project AS file, branch AS organisation,
           CASE project WHEN 'P2' THEN '李四、张三' WHEN 'P3' THEN '外聘某' WHEN 'P4' THEN '' ELSE '张三' END AS reader
    FROM audits
columns:
  - {id: organisation, title: 组织名称}
  - {id: reader, title: 评价人, names_people: true}
bands:
  - {id: all, title: 全部, take: all}
extension: {next: 5}
reader: reader
reviewers:
  may: {needs: {people: [name]}, sql: "SELECT name, NULL AS number, '' AS field FROM people"}
  involved:
    uses: {audits: [project]}
    sql: SELECT project AS file, '张三' AS name, NULL AS number, '决定' AS did FROM audits
"""
ROLE = "  - {id: file-reviewer, title: 案卷复核人, answers: file, sample: files, units: [技术部]}\ncoverage:"


@pytest.fixture(scope="session")
def assigned(issued: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign in which five files were drawn and given to 赵六; to be copied."""
    made = issued.copy(tmp_path_factory.mktemp("assigned") / "campaign")
    made.edit("campaign.yaml", "coverage:", ROLE)
    made.edit("checklists/1-business.yaml", "roles: [tech]", "roles: [file-reviewer]")
    plant(made.root / "checklists", DATA | {"registers/people.yaml": PEOPLE, "samples/files.yaml": SAMPLE})
    rows = {
        "people": "姓名\n赵六\n张三\n",
        "audits": "项目编号,分公司\n" + "".join(f"P{n},公司{n}\n" for n in range(1, 6)),
    }
    plant(made.root, {f"{name}.csv": text for name, text in rows.items()})
    for name in rows:
        ran = made.run("register", "import", f"{name}.csv", "--as", name, "--apply", "--by", "陈静")
        assert ran.code in (0, 1), ran.err
    made.run("sample", "freeze")
    made.run("sample", "seed", "--given", "3141592653589", "--by", "陈静")
    for command in (("sample", "draw"), ("sample", "assign"), ("issue",)):
        ran = made.run(*command)
        assert ran.code == 0, ran.said
    return made
