"""Certificates: what became of them, whom they were given to, for what, and what is said of them elsewhere."""

from collections.abc import Iterator
from datetime import date, timedelta

from selfaudit.demo.registers.numbers import SMALL
from selfaudit.demo.registers.plants.planting import Plant, Planter, Planting
from selfaudit.demo.registers.texts import LAST, TODAY
from selfaudit.demo.registers.world import Row

DAY = timedelta(1)
HALF_A_YEAR = 183


def _set(here: Planting, certificate: Row, **values: object) -> None:
    """Write values into a certificate and into what was reported of it."""
    certificate |= values
    reported = here.reported_of[certificate["number"]]
    reported |= {name: value for name, value in values.items() if name in reported}


def surveillance(here: Planting) -> Iterator[Plant]:
    """Certificates that nobody has audited for more than fifteen months; one of them is suspended for it."""
    for clean in (False, False, True):
        row = here.certificate(
            lambda one: one["surveillances"] == 1 and date(2021, 12, 1) < one["issued"] < date(2022, 6, 30)
        )
        (last,) = (
            one
            for one in here.world.of("audits", uscc=row["uscc"], type="surveillance")
            if one["end_on"].date() > row["issued"]
        )
        for one in here.world.of("audits", uscc=row["uscc"]):
            if one is last or (one["type"] == "change" and one["end_on"].date() > row["issued"]):
                here.remove_audit(one)
        row |= {"surveillances": 0, "audit_from": None, "audit_to": None}
        if clean:
            start = TODAY - 100 * DAY
            _set(
                here,
                row,
                status="suspended",
                suspended_from=start,
                suspended_to=start + 180 * DAY,
                suspension_reason="未按期监督",
                changed_on=start,
            )
            here.world.add(
                "changes", certificate=row["number"], kind="suspended", changed_on=start, reason="未按期监督"
            )
        yield Plant("C32", (row["number"],), "未按期监督，已暂停" if clean else "超期未监督，证书仍有效", clean=clean)


def expiry(here: Planting) -> Iterator[Plant]:
    """A certificate that expired and is called valid, and a recertification after the expiry."""
    row = here.certificate(status="expired")
    _set(here, row, status="valid")
    yield Plant("C33", (row["number"],), "已到期，状态仍为有效", ("C32",))
    for days, clean in ((200, False), (9, True)):
        audit = here.audit(type="recertification")
        old = here.certificate_of[here.certificate_of[audit["certificate"]]["previous_number"]]
        moved = audit["end_on"].date() - days * DAY - old["expires"]
        _set(here, old, **{name: old[name] + moved for name in ("issued", "expires", "decided")})
        yield Plant("C33", (audit["project"],), f"到期 {days} 天以后才做再认证", ("C27", "C44"), clean=clean)


def suspensions(here: Planting) -> Iterator[Plant]:
    """Suspended for too long, suspended for just as long as is allowed, restored without an audit."""
    for days, clean in ((250, False), (HALF_A_YEAR - 3, True)):
        row = here.certificate()
        start = TODAY - days * DAY
        _set(
            here,
            row,
            status="suspended",
            suspended_from=start,
            suspended_to=start + 183 * DAY,
            suspension_reason="未按要求整改",
        )
        here.world.add("changes", certificate=row["number"], kind="suspended", changed_on=start, reason="未按要求整改")
        yield Plant("C34", (row["number"],), f"已暂停 {days} 天", ("C32",), clean=clean)
    for clean in (False, True):
        row = here.certificate(
            lambda one: (
                one["surveillances"] > 0 and one["audit_to"] < LAST - 90 * DAY and one["audit_to"].year == LAST.year
            )
        )
        end = row["audit_to"]
        start, back = (end - 40 * DAY, end + 20 * DAY) if clean else (end + 20 * DAY, end + 70 * DAY)
        here.world.add(
            "changes",
            certificate=row["number"],
            kind="suspended",
            changed_on=start,
            reason="行政处罚",
            by_authority=True,
        )
        here.world.add(
            "changes", certificate=row["number"], kind="restored", changed_on=back, reason="整改完成",
            by_authority=True, evidence="演市监函〔2023〕9 号" if clean else None,
        )  # fmt: skip
        yield Plant(
            "C35", (row["number"],), "审核并经行政部门批复后恢复" if clean else "没有审核也没有批复就恢复", clean=clean
        )


def elsewhere(here: Planting) -> Iterator[Plant]:
    """Clients whose certificates other bodies had withdrawn, within the year before the application or earlier."""
    for days, clean in ((200, False), (365 + 10, True)):
        audit = here.audit(type="initial")
        standard, day = audit["standards"][0], audit["applied_on"] - days * DAY
        here.world.add(
            "other_certificates", uscc=audit["uscc"], organisation=audit["organisation"], number=f"99{day:%y}Q00001R0S",
            body="某某演示认证有限公司", standard=standard, status="withdrawn", status_on=day, reason="未通过监督审核",
        )  # fmt: skip
        yield Plant("C36", (audit["project"],), f"被其他机构撤销 {days} 天后受理", clean=clean)
    for days, clean in ((60, False), (95, True)):
        audit = here.audit(type="initial")
        standard, day = audit["standards"][0], audit["applied_on"] - days * DAY
        here.world.add(
            "other_certificates", uscc=audit["uscc"], organisation=audit["organisation"], number=f"99{day:%y}Q00002R0S",
            body="某某演示认证有限公司", standard=standard, status="cancelled", status_on=day,
            reason="发证机构被撤销资质", body_revoked_on=day,
        )  # fmt: skip
        yield Plant("C36", (audit["project"],), f"原机构被撤销资质 {days} 天后受理", clean=clean)


def organisations(here: Planting) -> Iterator[Plant]:
    """Clients that were dissolved, are listed as abnormal or dishonest, or were and are no more."""
    cases: tuple[tuple[dict[str, object], bool, str], ...] = (
        ({"status": "cancelled", "status_on": date(2023, 6, 1)}, False, "获证组织已注销，证书仍有效"),
        ({"status": "revoked", "status_on": date(2023, 2, 1)}, False, "获证组织已吊销，证书仍有效"),
        ({"dishonest_from": date(2022, 10, 1)}, False, "列入严重违法失信名单"),
        ({"abnormal_from": date(2015, 3, 1), "abnormal_to": date(2015, 9, 1)}, True, "列入经营异常，获证前已移出"),
    )
    for values, clean, text in cases:
        row = here.certificate()
        here.organisation_of[row["uscc"]] |= values
        yield Plant("C37", (row["number"],), text, clean=clean)
    for case, text in enumerate(("许可证缺失", "许可证已过期", "新旧许可证相接")):
        row = here.certificate(lambda one: one["codes"] == ["03.07.03"])
        permits = here.world.of("permits", uscc=row["uscc"])
        if case == 0:
            here.world.rows["permits"].remove(permits[0])
        elif case == 1:
            permits[0]["valid_to"] = date(2023, 3, 1)
        else:
            follow = {**permits[0], "number": permits[0]["number"] + "续", "valid_from": date(2022, 3, 2)}
            permits[0]["valid_to"] = date(2022, 3, 1)
            here.world.rows["permits"].append(follow)
        yield Plant("C38", (row["number"],), text, clean=text.startswith("新旧"))


def scopes(here: Planting) -> Iterator[Plant]:
    """Scopes beyond the licence, marks beyond the accreditation and the reverse, fields that are not approved."""
    row = here.certificate()
    for one in (row, here.reported_of[row["number"]]):
        one["scope"] += "；医疗器械的生产"
    yield Plant("C39", (row["number"],), "认证范围超出经营范围", ("C38",))
    row = here.certificate()
    for one in (row, here.reported_of[row["number"]]):
        one["scope"] += "（含其所涉及场所的相关管理活动）"
    yield Plant("C39", (row["number"],), "只多了格式用语", clean=True)
    row = here.certificate(lambda one: one["mark"] == ["none"])
    _set(here, row, mark=["CNAS"])
    yield Plant("C40", (row["number"],), "认可范围之外带 CNAS 标志")
    row = here.certificate(lambda one: one["mark"] == ["CNAS"])
    _set(here, row, mark=["none"])
    yield Plant("C40", (row["number"],), "认可范围之内发不带标证书")
    row = here.certificate()
    _set(here, row, standard="ITSMS")
    yield Plant("C41", (row["number"],), "不在批准领域内发证", ("C40", "C43", "C32", "C33"))


def numbers(here: Planting) -> Iterator[Plant]:
    """Headcounts, certificate numbers and credit codes that do not fit."""
    for factor, clean in ((3.0, False), (0.3, False), (1.45, True)):
        row = here.certificate(lambda one: one["headcount"] > SMALL)
        here.organisation_of[row["uscc"]]["insured"] = round(row["headcount"] * factor)
        yield Plant("C42", (row["number"],), f"参保人数是体系人数的 {factor:g} 倍", clean=clean)
    row = here.certificate(lambda one: one["surveillances"] > 0)
    twin = {**row, "number": row["number"][:6] + "99998" + row["number"][11:]}
    here.world.rows["certificates"].append(twin)
    here.world.rows["reported"].append({**here.reported_of[row["number"]], "number": twin["number"]})
    yield Plant("C43", (row["number"],), "同一组织同一标准有两张有效证书", ("C43", "C32"))
    row = here.certificate()
    old = row["uscc"]
    wrong = old[:-1] + ("0" if old[-1] != "0" else "1")
    for rows in here.world.rows.values():
        for one in rows:
            if one.get("uscc") == old:
                one["uscc"] = wrong
    here.used.add(wrong)
    yield Plant("C43", (row["number"],), "统一社会信用代码校验位不对", ("C43", "C53"))


def reporting(here: Planting) -> Iterator[Plant]:
    """Certificates reported too late, not at all, or differently."""
    row = here.certificate()
    late = (row["issued"].replace(day=1) + 32 * DAY).replace(day=20)
    row["reported_on"] = here.reported_of[row["number"]]["reported_on"] = late
    yield Plant("C44", (row["number"],), "次月 20 日才上报")
    row = here.certificate()
    here.world.rows["reported"].remove(here.reported_of[row["number"]])
    yield Plant("C44", (row["number"],), "没有上报")
    row = here.certificate()
    here.reported_of[row["number"]]["status"] = "suspended"
    yield Plant("C44", (row["number"],), "上报状态与台账不一致")
    row = here.certificate()
    row["reported_on"] = here.reported_of[row["number"]]["reported_on"] = (
        row["issued"].replace(day=1) + 32 * DAY
    ).replace(day=10)
    yield Plant("C44", (row["number"],), "次月 10 日当天上报", clean=True)
    for clean in (False, True):
        row = here.certificate()
        row["address"] = f"乌鲁木齐市{row['address'].partition('市')[2]}"
        if clean:
            here.organisation_of[row["uscc"]]["address"] = row["address"]
        text = "迁址后登记的住所已经变更" if clean else "地址与统一社会信用代码的行政区划不符"
        yield Plant("C53", (row["number"],), text, clean=clean)


PLANTERS: tuple[Planter, ...] = (
    surveillance, expiry, suspensions, elsewhere, organisations, scopes, numbers, reporting,
)  # fmt: skip
