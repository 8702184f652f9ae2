"""Keep ``docs/checks.md`` as the shipped kits are: ``python scripts/checks_docs.py [check]``; ``check`` writes nothing.

It is in Chinese, as the checks are, but for its first lines.
"""

import re
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.kit.kit import Kit
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.kits import load_kit

TOP = Path(__file__).resolve().parent.parent
FILE = TOP / "docs" / "checks.md"
HEAD = """# 数据核查 (data checks)

Every data check of the shipped kits, as its YAML file says, in the language of the kit. **A signal is a question to a
person, not a verdict.** This file is written by `make docs`; change the kit, not the file. How to write a check of your
own is in [kits.md](kits.md#a-data-check).

**疑点是向人提出的问题，不是结论。** 核查只按台账里的数据计算；数据有错、有经批准的例外、或者规则在这里不适用，都会
产生疑点。每个疑点都要由人看原始记录以后作出判断：`selfaudit check decide` 记下是谁、为什么。没有疑点也不说明没有
问题：缺列、列空或者没有适用规则的，核查显示为未执行或部分执行，不算通过。标有〔待核实〕的依据还没有与原文核对。
"""
_SLOT = re.compile(r"\{([a-z_0-9]+)\}")
STATUS = {"experimental": "试用", "stable": "正式", "withdrawn": "停用"}


def reference() -> str:
    """Return the whole page."""
    kits = (path.parent for path in sorted((TOP / "checklists").glob("*/campaign.yaml")))
    return "\n".join([HEAD, *chain.from_iterable(map(_of_kit, kits))]).rstrip() + "\n"


def _of_kit(folder: Path) -> Iterator[str]:
    data, kit = load_data_kit(folder, folder).usable(), load_kit(folder).usable()
    if not data.checks:
        return
    titles = {severity.id: severity.title for severity in kit.plan.severities}
    yield f"## {kit.plan.title}\n"
    yield "| 核查 | 问的是什么 | 判断的对象 | 严重程度 | 需要的台账 |\n|---|---|---|---|---|"
    for check in data.checks.values():
        needed = "、".join(data.registers[name].title for name in check.needs)
        link = f"[{check.id}](#{_anchor(check)})"
        yield _row(link, check.title, check.judges, titles[check.severity], needed)
    yield ""
    if data.tables:
        yield "核查查用的表：\n"
        for table in data.tables.values():
            yield f"- {table.title}（{table.edition}）：{table.source}{'' if table.verified else '〔待核实〕'}"
        yield ""
    for check in data.checks.values():
        yield from _of_check(check, data, kit, titles[check.severity])


def _anchor(check: DataCheck) -> str:
    return check.id.lower()


def _of_check(check: DataCheck, data: DataKit, kit: Kit, severity: str) -> Iterator[str]:
    yield f'### <a id="{_anchor(check)}"></a>{check.id} {check.title}\n'
    yield f"{check.means.strip()}\n"
    yield f"- 判断：{check.judges}；严重程度：{severity}；状态：{STATUS[check.status]}"
    yield f"- 必需的列：{_columns(check.needs, data)}"
    if check.uses:
        yield f"- 有则使用的列：{_columns(check.uses, data)}"
    if check.basis:
        yield f"- 依据：{_cited(check.basis, kit)}"
    if check.items:
        yield f"- 自查项：{'；'.join(f'{item} {kit.items[item].title}' for item in check.items)}"
    yield f"- 推导：{'；'.join(_SLOT.sub(lambda slot: _titled(check, slot[1]), line) for line in check.derivation)}"
    yield f"- 疑点超过 {check.expected} % 时，先抽看几条，规则或数据可能有问题"
    for one in check.false_positives:
        yield f"- 可能不是问题：{one.when.strip().rstrip('。')}。怎样分辨：{one.tell.strip().rstrip('。')}。"
    yield ""
    if check.parameters:
        yield "| 参数 | 默认值 | 理由 |\n|---|---|---|"
        for name, parameter in check.parameters.items():
            yield _row(f"`{name}`", f"{parameter.default} {parameter.unit}".strip(), parameter.why)
        yield ""
    if check.rules:
        yield "| 规则 | 生效 | 终止 | 取值 | 依据 |\n|---|---|---|---|---|"
        for rule in check.rules:
            values = "，".join(f"`{name}` {value}" for name, value in rule.values.items())
            days = (str(day or "") for day in (rule.effective_from, rule.effective_to))
            yield _row(rule.id, *days, values, _cited(rule.basis, kit))
        yield ""


def _titled(check: DataCheck, name: str) -> str:
    return f"〔{check.shown.get(name, name)}〕"


def _columns(asked: dict[str, tuple[str, ...]], data: DataKit) -> str:
    return "；".join(
        f"{data.registers[name].title}（{'、'.join(data.registers[name].column[one].title for one in columns)}）"
        for name, columns in asked.items()
    )


def _cited(ids: tuple[str, ...], kit: Kit) -> str:
    return "；".join(kit.citation_of[id_].printed(kit.plan.language) for id_ in ids)


def _row(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def main() -> int:
    """Write the page, or return whether it is up to date."""
    if sys.argv[1:] == ["check"]:
        if not FILE.exists() or FILE.read_text(encoding="utf-8") != reference():
            print("docs/checks.md is out of date; run `make docs`")
            return 1
        return 0
    FILE.write_text(reference(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
