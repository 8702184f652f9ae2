"""What end-to-end tests share: folders as data, a small kit and roster, filled forms, the program as a process."""

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from selfaudit.files.yaml.reader import read_yaml

PROGRAM = (sys.executable, "-m", "selfaudit")
Tree = Mapping[str, str | bytes]

# -- folders ---------------------------------------------------------------------------------------------------------


def plant(folder: Path, tree: Tree) -> Path:
    """Write a folder described as path → text or bytes; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def leaves(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder as path → bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of some members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ended(process: int) -> bool:
    """Return whether a process is gone soon, or only waits for somebody to ask how it ended."""
    for _ in range(1000):
        status = Path(f"/proc/{process}/status")
        if not _exists(process) or (status.is_file() and "State:\tZ" in status.read_text(encoding="utf-8")):
            return True
        time.sleep(0.01)
    return False


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# -- a small kit -----------------------------------------------------------------------------------------------------

PLAN = """\
format: selfaudit/campaign/1
kit: tiny
id: tiny-2023
code: TK23
title: 小型自查
language: zh_CN
notice:
  issuer: 主管部门
legal_basis: [law-1]
cut_off: 2023-10-31
scope: 全部认证活动
phases:
  - {id: answer, title: 自查, from: 2023-11-01, to: 2023-11-10, who: 全体}
milestones:
  - {id: back, title: 交回自查表, on: 2023-11-07, phase: answer, who: 全体}
deliverables:
  - {id: form, title: 自查表}
areas:
  - {id: business, title: 业务}
  - {id: conduct, title: 行为}
roles:
  - {id: tech, title: 技术部, answers: unit, units: [技术部]}
  - {id: audit, title: 审核部, answers: unit, units: [审核部]}
  - {id: branch, title: 各分公司, answers: unit, kinds: [branch]}
  - {id: auditor, title: 审核员, answers: person, posts: [审核员]}
  - {id: staff, title: 全体人员, answers: person, everyone: true}
coverage:
  - {id: projects, title: 覆盖项目数}
declaration: 以上内容真实完整。
severities:
  - {id: major, title: 严重}
  - {id: minor, title: 一般}
dispositions:
  - {id: certificate, title: 证书, actions: [保持, 暂停]}
  - {id: people, title: 人员, actions: [培训]}
finding_required: [fact, cause]
suggestions:
  - {id: national, title: 对国家的建议}
clues: 线索
profile:
  - {id: overview, title: 基本情况, chapter: one}
  - {id: certificates, title: 证书数, kind: number, chapter: one}
report:
  title: 自查报告
  chapters:
    - {id: one, title: 基本情况, holds: [profile]}
    - {id: two, title: 问题, holds: [findings]}
templates: {person: person-zh, unit: unit-zh, branch: branch-zh, final: final-zh}
submission:
  channel: 邮寄
  deadline: 2023-11-10
"""

CITATIONS = """\
format: selfaudit/citations/1
citations:
  - id: law-1
    cite: 《认证条例》
    clause: 第一条
    verified: true
    source: 公开文本
"""

BUSINESS = """\
format: selfaudit/checklist/1
area: business
phase: answer
due: 2023-11-07
deliverables: [form]
items:
  - id: "1.1"
    title: 资质
    ask: 资质是否有效？
    parts:
      - {id: a, ask: 批准范围是否覆盖业务？}
      - {id: b, ask: 变更是否已报告？}
    how: 查看批准书。
    evidence: [批准书]
    roles: [tech, branch]
    basis: [law-1]
    severity: major
  - id: "1.2"
    title: 档案
    ask: 档案是否完整？
    how: 抽查五份案卷。
    evidence: [案卷]
    roles: [tech]
    severity: minor
  - id: "1.10"
    title: 收费
    ask: 收费是否公开？
    how: 查看公示。
    evidence: [公示截图]
    roles: [audit, branch]
    severity: minor
"""

CONDUCT = """\
format: selfaudit/checklist/1
area: conduct
phase: answer
due: 2023-11-06
items:
  - id: "2.1"
    title: 到场
    ask: 审核是否真实？
    parts:
      - {id: a, ask: 是否全程到场？}
      - {id: b, ask: 记录是否当场形成？}
    how: 核对行程。
    evidence: [行程单]
    roles: [auditor]
    severity: major
  - id: "2.2"
    title: 公正
    ask: 是否没有利益冲突？
    yes_means: conform
    how: 核对声明。
    evidence: [声明]
    roles: [auditor, audit]
    severity: minor
  - id: "2.3"
    title: 举报
    ask: 是否知道虚假认证？
    how: 本人回想。
    evidence: [本人陈述]
    roles: [staff]
    severity: minor
"""

KIT: dict[str, str] = {
    "campaign.yaml": PLAN,
    "citations.yaml": CITATIONS,
    "1-business.yaml": BUSINESS,
    "2-conduct.yaml": CONDUCT,
}

ROSTER = """\
format: selfaudit/roster/1
body:
  name: 某认证公司
units:
  - {id: T, name: 技术部, kind: department, head: P3}
  - {id: A, name: 审核部, kind: department}
  - {id: B, name: 北京分公司, kind: branch}
people:
  - {id: P1, name: 张三, unit: A, posts: [审核员]}
  - {id: P2, name: 李四, unit: B, posts: [审核员]}
  - {id: P3, name: 王五, unit: T, posts: [技术员]}
"""

EVERYBODY = ("技术部", "审核部", "北京分公司", "张三", "李四", "王五")
"""Who answers in the small campaign, in the order of the roster; each gets one form."""

# -- filled forms ----------------------------------------------------------------------------------------------------

Finding = Mapping[str, str | Mapping[str, str]]

FINDING: Finding = {
    "number": "1",
    "item": "2.1",
    "part": "a",
    "fact": "2023-05-06 项目 C-17 末次会议缺席",
    "severity": "严重",
    "cause": "排期冲突",
    "disposition": {"certificate": "保持"},
}
"""A complete finding on an item of the auditors."""


def fill(  # noqa: PLR0913 - one parameter a field of the form
    text: str,
    *,
    by: str | None = None,
    on: str = "2023-11-05",
    answer: str = "符合",
    answers: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    findings: Sequence[Finding] = (),
    projects: str = "3",
    clues: str = "",
    declaration: str = "同意",
) -> str:
    """Fill in an issued form as somebody with a text editor would; ``answers`` and ``notes`` by place, as ``2.1 a``."""
    respondent = re.search(r'(?m)^respondent: "?([^"(\n]+?)(?: \(|"?$)', text)
    assert respondent
    values = {
        "filled_by": respondent[1] if by is None else by,
        "filled_on": on,
        "  projects": projects,
        "clues": clues,
        "declaration": declaration,
    }
    item = place = section = ""
    lines = []
    for line in text.splitlines():
        section = line.partition(":")[0] if line[:1].isalpha() else section
        if section == "findings" and findings and line.startswith("  "):
            continue  # the empty entry that the form offers
        if found := re.fullmatch(r'( *)- id: "?([^"]+)"?', line):
            item = found[2] if len(found[1]) < 4 else item
            place = item if len(found[1]) < 4 else f"{item} {found[2]}"
        name, _, _ = line.partition(":")
        if name.strip() == "answer":
            line = f"{name}: {(answers or {}).get(place, answer)}"  # noqa: PLW2901 - the line as filled in
        elif name.strip() == "note" and place in (notes or {}):
            line = f"{name}: {(notes or {})[place]}"  # noqa: PLW2901 - as above
        elif name in values and not line.startswith("#"):
            line = f"{name}: {values[name]}"  # noqa: PLW2901 - as above
        lines.append(line)
        if name == "findings":
            lines += [typed for finding in findings for typed in _finding(finding)]
    return "\n".join(lines) + "\n"


def _finding(finding: Finding) -> list[str]:
    lines = []
    for key, value in finding.items():
        if isinstance(value, str):
            lines.append(f"    {key}: {json.dumps(value, ensure_ascii=False)}")
        else:
            lines.append(f"    {key}:")
            lines += [f"      {name}: {json.dumps(text, ensure_ascii=False)}" for name, text in value.items()]
    return [f"  - {lines[0].lstrip()}", *lines[1:]]


# -- the program -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run of the program ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What ``--json`` printed."""
        return json.loads(self.out)

    @property
    def said(self) -> str:
        """Everything that stood on the terminal."""
        return self.out + self.err


def environment(lang: str | None = "en", **more: str) -> dict[str, str]:
    """Return the environment for the program, with no language but this one."""
    kept = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")}
    kept.pop("SELFAUDIT_LANG", None)
    return kept | ({"SELFAUDIT_LANG": lang} if lang else {}) | {"PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8"} | more


def run(*args: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ran:
    """Run the program in a process of its own; no traceback may ever be seen."""
    done = subprocess.run(
        [*PROGRAM, *map(str, args)],
        cwd=cwd,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=120,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in ran.said, ran.said
    return ran


# -- a campaign ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign folder as the coordinator has it before him."""

    root: Path

    def run(self, *args: str | Path, env: Mapping[str, str] | None = None) -> Ran:
        """Run the program inside the folder."""
        return run(*args, cwd=self.root, env=env)

    def copy(self, to: Path) -> "Campaign":
        """Return a copy of the whole folder."""
        return Campaign(Path(shutil.copytree(self.root, to, symlinks=True)))

    def forms(self, name: str = "*") -> list[Path]:
        """Return the forms in the outbox, of one respondent or all."""
        return sorted(self.root.glob(f"outbox/*/{name}_*.yaml"))

    def form(self, name: str) -> Path:
        """Return the one form of a respondent in the outbox."""
        (path,) = self.forms(name)
        return path

    def filled(self, name: str, **said: Any) -> str:
        """Return the form of a respondent, filled in; see ``fill``."""
        return fill(self.form(name).read_text(encoding="utf-8"), **said)

    def receive(self, name: str, content: str | bytes) -> Path:
        """Put a file into the inbox."""
        plant(self.root / "inbox", {name: content})
        return self.root / "inbox" / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def merged(self) -> dict[str, Any]:
        """Return the responses of ``merged.yaml`` by name, read as any other program would read it."""
        text = (self.root / "merged.yaml").read_text(encoding="utf-8")
        return {entry["name"]: entry for entry in yaml.safe_load(text)["responses"] or ()}

    def answers(self, name: str) -> dict[str, str]:
        """Return what ``merged.yaml`` says that a respondent answered, by place."""
        said = {}
        for item in self.merged()[name].get("items", ()):
            for part in item.get("parts", ()):
                said[f"{item['id']} {part['id']}"] = part.get("answer", "")
            if "parts" not in item:
                said[item["id"]] = item.get("answer", "")
        return said

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the history of a respondent, as ``status --of`` prints it."""
        return list(self.run("status", "--of", name, "--json").data["events"])

    def received(self) -> set[bytes]:
        """Return the contents of all originals that were kept."""
        return {content for name, content in leaves(self.root / "received").items() if "/.part-" not in name}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return rows of the ledger."""
        with sqlite3.connect(self.root / "campaign.db") as db:
            found = db.execute(sql).fetchall()
        db.close()
        return found

    def journal(self) -> list[tuple[str, Any]]:
        """Return what the journal says, without times and hashes."""
        return [
            (what, json.loads(detail)) for what, detail in self.rows("SELECT what, detail FROM journal ORDER BY seq")
        ]

    def verify_journal(self) -> None:
        """Work out the chain of the journal anew, as docs/formats.md describes it."""
        before = ""
        for number, (seq, *row, digest) in enumerate(self.rows("SELECT * FROM journal ORDER BY seq"), 1):
            canonical = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
            assert (seq, row[-1]) == (number, before)
            assert digest == hashlib.sha256(canonical).hexdigest()
            before = digest

    def ledger(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return everything in the ledger but the journal, without times."""
        tables = [
            name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'") if name != "journal"
        ]
        found = {}
        for table in tables:
            columns = [row[1] for row in self.rows(f"PRAGMA table_info({table})") if not row[1].endswith("_at")]
            found[table] = sorted(self.rows(f"SELECT {', '.join(columns)} FROM {table}"))  # noqa: S608 - its own names
        return found


def survives(campaign: Campaign, inside: Callable[..., Ran] | None = None) -> dict[str, Any]:
    """Collect a doubtful file among two good ones: these are taken, it alone is told; return what is said of it."""
    campaign.receive("0 李四.yaml", campaign.filled("李四"))
    campaign.receive("z 王五.yaml", campaign.filled("王五"))
    ran = (inside or campaign.run)("collect", "--json", "--campaign", campaign.root)
    assert ran.code == 1, ran.said
    files = {file["file"]: file for file in ran.data["files"]}
    assert files.pop("inbox/0 李四.yaml")["outcome"] == "new"
    assert files.pop("inbox/z 王五.yaml")["outcome"] == "new"
    assert {"李四", "王五"} <= set(campaign.merged())
    (told,) = files.values()
    assert told["outcome"] == "rejected"
    return dict(told)


def message(told: dict[str, Any]) -> str:
    """Return the first reason for which a file was refused."""
    assert told["errors"][0]["hint"]
    return str(told["errors"][0]["message"])


def as_text(data: Any) -> Any:
    """Return data as the project's own reader sees them: every scalar as text."""
    if isinstance(data, dict):
        return {key: as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_text(value) for value in data]
    return str(data).lower() if isinstance(data, bool) else str(data)


def both_readers(path: Path) -> Any:
    """Read a YAML file with PyYAML and with the project's reader, which must agree; return what PyYAML says."""
    text = path.read_text(encoding="utf-8")
    document, problems = read_yaml(text, path.name)
    assert problems == []
    data = yaml.safe_load(text)
    assert document.data == as_text(data)
    return data


def timeless(merged: str) -> str:
    """Return the text of ``merged.yaml`` without the times of arrival."""
    return re.sub(r'received_at: "[^"]*"', "", merged)
