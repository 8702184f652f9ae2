"""Forms filled in as somebody with a text editor would."""

import json
import re
from collections.abc import Mapping, Sequence

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
