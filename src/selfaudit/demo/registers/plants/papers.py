"""Files, money, filed rules, what is published, remote audits, and what failed a state inspection."""

from collections.abc import Iterator
from datetime import date, timedelta

from selfaudit.demo.registers.plants.planting import Plant, Planter, Planting

DAY = timedelta(1)


def files(here: Planting) -> Iterator[Plant]:
    """Files that lack a record, a signature or an original; or contain scans where those are enough."""
    inventoried = {row["project"] for row in here.world.rows["file_inventory"]}

    def document(name: str) -> dict[str, object]:
        audit = here.audit(lambda row: row["project"] in inventoried)
        (found,) = here.world.of("file_inventory", project=audit["project"], document=name)
        return found

    row = document("首末次会议签到表")
    row["present"] = False
    yield Plant("C46", (str(row["project"]),), "缺首末次会议签到表")
    row = document("审核报告")
    here.world.rows["file_inventory"].remove(row)
    yield Plant("C46", (str(row["project"]),), "清单里没有审核报告")
    row = document("首末次会议签到表")
    row["original"] = "scan"
    yield Plant("C46", (str(row["project"]),), "签到表是扫描件")
    row = document("法律地位证明")
    row["original"] = "copy"
    yield Plant("C46", (str(row["project"]),), "法律地位证明是复印件", clean=True)


def money(here: Planting) -> Iterator[Plant]:
    """Fees paid by others, fees far below the price, and a payer whose name differs in width only."""
    for payer, clean, text in (
        ("演示企业管理咨询有限公司", False, "咨询公司付款"),
        (None, True, "付款单位名称的括号和空格不同"),
    ):
        audit = here.audit(lambda row: row["type"] != "change")
        (row,) = here.world.of("payments", project=audit["project"])
        row["payer"] = payer or f" {row['organisation']} "
        yield Plant("C47", (audit["project"],), text, clean=clean)
    audit = here.audit(type="surveillance")
    audit["fee"] = round(audit["actual_days"] * 200)
    here.world.of("payments", project=audit["project"])[0]["amount"] = audit["fee"]
    yield Plant("C48", (audit["project"],), "每人日 200 元")


def rules(here: Planting) -> Iterator[Plant]:
    """Rules with a great name, filed too late, used before, or on a standard that is no more."""
    base = {
        "field": "SC01", "basis": "SL/JS 009-2022", "published_on": date(2022, 3, 1), "filed_on": date(2022, 3, 15),
        "first_used_on": date(2022, 6, 1), "mark_text": "演认",
    }  # fmt: skip
    cases: tuple[tuple[str, dict[str, object], bool], ...] = (
        ("中国品质服务认证规则", {"number": "SL-SC-91"}, False),
        ("物流服务认证规则", {"number": "SL-SC-92", "filed_on": date(2022, 5, 20)}, False),
        ("酒店服务认证规则", {"number": "SL-SC-93", "first_used_on": date(2022, 3, 8)}, False),
        ("餐饮服务认证规则", {"number": "SL-SC-94", "basis_superseded_on": date(2023, 1, 1)}, False),
        ("会展服务认证规则", {"number": "SL-SC-95", "mark_text": "国家优质会展"}, False),
        ("家政服务认证规则", {"number": "SL-SC-96", "filed_on": date(2022, 3, 31)}, True),
    )
    for name, values, clean in cases:
        here.world.add("filed_rules", name=name, **{**base, **values})
        yield Plant(
            "C51",
            (str(values["number"]),),
            f"{name}：{'发布后正好 30 日备案' if clean else '见改动的一栏'}",
            ("C51",),
            clean=clean,
        )


def published(here: Planting) -> Iterator[Plant]:
    """Something that must be published and is not."""
    subjects = here.world.rows["publications"]
    subjects[:] = [row for row in subjects if "收费" not in row["subject"]]
    yield Plant("C52", ("认证收费标准",), "没有公开收费标准")


def inspections(here: Planting) -> Iterator[Plant]:
    """Clients whose products failed a state inspection, with and without an audit soon after."""
    row = here.certificate(lambda one: one["audit_to"] and one["audit_to"] < date(2023, 5, 1))
    here.organisation_of[row["uscc"]]["sampling_failed_on"] = date(2023, 8, 1)
    yield Plant("C54", (row["number"],), "国抽不合格后三个月没有安排审核")
    row = here.certificate(lambda one: one["audit_to"] and one["audit_to"].year == 2023)  # noqa: PLR2004
    here.organisation_of[row["uscc"]]["sampling_failed_on"] = row["audit_from"] - 20 * DAY
    for one in here.world.of("audits", uscc=row["uscc"]):
        if one["end_on"].date() == row["audit_to"]:
            one["type"] = "special"
    yield Plant("C54", (row["number"],), "国抽不合格后 20 天内作了特殊审核", clean=True)


def remote(here: Planting) -> Iterator[Plant]:
    """A recertification and a surveillance without anybody on site, as the rules of the year allow."""
    for kind in ("recertification", "surveillance"):
        audit = here.audit(type=kind)
        audit |= {"mode": "remote"}
        for one in here.teams[audit["project"]]:
            one["remote"] = True
        yield Plant("C55", (audit["project"],), "全程远程，当时的规则允许", clean=True)


PLANTERS: tuple[Planter, ...] = (files, money, rules, published, inspections, remote)
