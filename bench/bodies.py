"""Registers of a body of any size as Parquet, one file each: made by rule with DuckDB, the same each time.

There are 3.3 audits, 10 assignments and 6.7 sign-ins for each certificate, and a hundred certificates for every two and
a half auditors. Most is in order; about one row in a hundred has what a check points at. ``python -m bench.bodies
FOLDER CERTIFICATES`` writes them, with the titles of the registers as their headers.
"""

import sys
from pathlib import Path

import duckdb

_NAME, _NUMBER = "'审核员' || {0}", "'110101' || strftime(DATE '1970-01-01' + {0}::INTEGER, '%Y%m%d') || '123X'"
_DIRT = 101
"""One row in so many is wrong, in each of the ways in turn."""

_WEEKS = "DATE '2024-05-06' + (((a // {teams}) // 3) * 7 + ((a // {teams}) % 3) * 2)::INTEGER"
"""The day of an audit: its team goes out on three days of every week, one audit after the other."""

TABLES = {
    "audits": f"""
        SELECT a, 'P' || lpad(a::VARCHAR, 8, '0') AS 项目编号, c.认证证书号 AS 证书编号, c.组织名称, c.统一社会信用代码,
               c.认证项目, ['初次认证', '监督', '监督', '再认证'][1 + a // {{n}}] AS 审核类型, c.分公司,
               c.组织名称 || '的厂区' AS 审核地址, c.体系相关的员工数 AS 体系人数, '低' AS 风险等级,
               c.业务范围代码 AS 专业代码,
               CASE WHEN a % {_DIRT} = 7 THEN '远程' ELSE '现场' END AS 审核方式,
               {_WEEKS} AS 审核开始日期, {_WEEKS} AS 审核结束日期, 3.0 AS 计划人日,
               CASE WHEN a % {_DIRT} = 1 THEN 1.0 ELSE 3.0 END AS 实际人日,
               CASE WHEN a % {_DIRT} = 2 THEN 1.0 ELSE 2.7 END AS 现场人日,
               {_WEEKS} - 60 AS 申请日期, {_WEEKS} - 50 AS 评审日期, {_WEEKS} - 40 AS 合同日期,
               {_WEEKS} - CASE WHEN a % {_DIRT} = 3 THEN -1 ELSE 9 END AS 计划上报日期,
               1 AS 不符合项数, 0 AS 严重不符合项数, {_WEEKS} AS 不符合开具日期, {_WEEKS} + 20 AS 不符合关闭日期,
               {_WEEKS} + CASE WHEN a % {_DIRT} = 4 THEN -3 ELSE 25 END AS 决定日期, {_WEEKS} + 26 AS 颁证日期,
               {_WEEKS} - 200 AS 文件发布日期, {_WEEKS} - CASE WHEN a % {_DIRT} = 5 THEN 3 ELSE 80 END AS 内审日期,
               {_WEEKS} - 70 AS 管理评审日期, {_NAME.format("3 * (a % {teams})")} AS 组长, '评审员' || a % 50 AS 评审人,
               CASE WHEN a % {_DIRT} = 6 THEN {_NAME.format("3 * (a % {teams})")} ELSE '决定人' || a % 60 END AS 决定人,
               CASE WHEN a % {_DIRT} = 14 THEN 500 ELSE 9000 END AS 认证费用
        FROM range({{n}} * 10 // 3) t(a) JOIN certificates c ON c.i = a % {{n}}""",  # noqa: S608 - our own text
    "assignments": f"""
        SELECT 项目编号, {_NAME.format("p")} AS 审核员姓名, {_NUMBER.format("p")} AS 证件号码,
               CASE WHEN m = 0 THEN '组长' ELSE '组员' END AS 审核员身份角色,
               CASE WHEN m = 2 AND a % {_DIRT} = 8 THEN '技术专家' ELSE '审核员' END AS 资格类型,
               '专职' AS 是否专职, '18.01.02' AS 专业代码, 1.0 AS 人日,
               审核开始日期::TIMESTAMP + INTERVAL 8 HOUR AS 审核开始时间,
               审核结束日期::TIMESTAMP + INTERVAL 17 HOUR AS 审核截止日期
        FROM (SELECT *, 3 * (CASE WHEN m = 2 AND a % {_DIRT} = 9 THEN a + 1 ELSE a END % {{teams}}) + m AS p
              FROM audits, range(3) r(m))""",  # noqa: S608 - our own text
    "auditors": f"""
        SELECT {_NAME.format("p")} AS 姓名, {_NUMBER.format("p")} AS 证件号码,
               '2024-N1QMS-' || 1000000 + p AS 注册证书号,
               ['质量管理体系', '环境管理体系', '职业健康安全管理体系'][1 + f] AS 注册领域, '审核员' AS 注册级别,
               DATE '2023-06-01' AS 有效期起,
               CASE WHEN p % {_DIRT} = 15 THEN DATE '2024-06-30' ELSE DATE '2027-05-31' END AS 有效期止,
               '18.01.02' AS 专业代码,
               '专职' AS "专/兼职", DATE '2023-06-01' AS 评定日期
        FROM range(3 * {{teams}}) t(p), range(3) g(f)""",  # noqa: S608 - our own text
    "sign_ins": f"""
        SELECT 项目编号, 组织名称, 组长 AS 姓名, ['首次会议', '末次会议'][1 + k] AS 签到类型,
               审核开始日期::TIMESTAMP
               + to_hours(CASE WHEN k = 0 THEN 8 WHEN a % {_DIRT} = 10 THEN 11 ELSE 17 END) AS 签到时间,
               CASE WHEN a % {_DIRT} = 11 THEN 80.0 ELSE 0.2 END AS 偏离距离
        FROM audits, range(2) r(k) WHERE a % {_DIRT} <> 12 OR k = 0""",  # noqa: S608 - our own text
}
_CERTIFICATES = """
    SELECT i, '034' || strftime(issued, '%y')
           || ['Q', 'E', 'S'][1 + i % 3] || lpad(i::VARCHAR, 6, '0') || 'R0S' AS 认证证书号,
           '第' || i || '机械制造有限公司' AS 组织名称, lpad(i::VARCHAR, 9, '0') AS 统一社会信用代码,
           ['质量管理体系', '环境管理体系', '职业健康安全管理体系'][1 + i % 3] AS 认证项目,
           '机械零件的生产' AS 证书覆盖范围,
           '18.01.02' AS 业务范围代码, 16 + i % 10 AS 体系相关的员工数, 30 + i % 10 AS 组织员工数,
           issued AS 颁证日期, issued AS 初次获证日期,
           (issued + INTERVAL 3 YEAR)::DATE - 1 - CASE WHEN i % 101 = 13 THEN 500 ELSE 0 END AS 证书截止日期,
           '有效' AS 证书状态, '分公司' || i % 8 AS 分公司
    FROM (SELECT a AS i, {days} + 26 AS issued FROM range({n}) t(a))"""
"""Every certificate was issued after the audit of its number."""


def write(folder: Path, certificates: int) -> list[Path]:
    """Write the registers of a body of so many certificates into a folder; return the files."""
    sizes = {"n": certificates, "teams": max(20, certificates // 120)}
    files = []
    with duckdb.connect(config={"threads": 1}) as db:
        # in portions no larger than they are, files need little memory to be written and read
        db.execute("SET preserve_insertion_order = true")
        made = {"certificates": _CERTIFICATES.format(days=_WEEKS.format(**sizes), **sizes)}
        made |= {name: sql.format(**sizes) for name, sql in TABLES.items()}
        for name, sql in made.items():
            db.execute(f"CREATE TABLE {name} AS {sql}")
            own = ", ".join({"certificates": "i", "audits": "a"}.get(name, "").split())
            files.append(folder / f"{name}.parquet")
            kept = f"SELECT * {f'EXCLUDE ({own})' if own else ''} FROM {name}"  # noqa: S608 - our own text
            db.execute(f"COPY ({kept}) TO '{files[-1]}' (FORMAT parquet)")
    return files


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
