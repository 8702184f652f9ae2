"""Registers as bodies export them, of any length: made by rule, the same each time."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

_HEADER = (
    "认证机构批准号 组织名称 组织名称（英文） 组织机构代码 认可标志 行政区划代码 组织通讯/注册地址 邮编 电话 法定代表人"
    " 注册资本 币种 组织员工数 体系相关的员工数 初次获证日期 认证证书号 是否是子证书 是否有多现场 认证项目代码"
    " 业务范围代码 证书覆盖范围 认证审核活动代码 是否换证 颁证日期 证书截止日期 证书状态 审核人日数 评定人员名单"
    " 实收认证费用 说明"
)
HEADER = tuple(_HEADER.split())
_TITLE = "管理体系认证证书信息表"
_STANDARDS, _ACTIVITIES, _CITIES = (
    ("A01", "A02", "A03", "QMS", "A0101"),
    ("01", "02", "0301"),
    ("京", "沪", "深圳", "杭州"),
)
_DAYS = ("{y}-{m:02d}-{d:02d}", "{y}/{m}/{d}", "{y}.{m:02d}.{d:02d}", "{y}年{m}月{d}日")


def certificates(rows: int) -> Iterator[list[str]]:
    """Yield the header and rows of a certificate table; one in a hundred rows has a cell that does not fit."""
    yield list(HEADER)
    for n in range(rows):
        year, month, day = 2019 + n % 5, 1 + n % 12, 1 + n % 28
        written = _DAYS[n % 4 if n % 10 == 0 else 0]
        issued = written.format(y=year, m=month, d=day) if n % 100 else f"{month}月{day}日"
        yield [
            "CNCA-R-2002-034",
            f"{_CITIES[n % 4]}第{n % 70_000}机械制造（集团）有限公司",
            f"Machinery Works No. {n % 70_000} Co., Ltd.",
            f"91{n % 9 + 1}10000{n:08d}0X"[:18],
            "01" if n % 3 else "00",
            f"{110000 + n % 90}",
            f"{_CITIES[n % 4]}市工业园区科技路{n % 5_000}号{n % 9}幢",
            f"{100000 + n % 899}",
            f"010-{60000000 + n}",
            f"张{n % 3_000}",
            f"{n % 900 + 50:,}" if n % 7 else f"{n % 900 + 50}万元",
            "人民币",
            str(20 + n % 900),
            str(10 + n % 500) if n % 50 else f"{10 + n % 500}人",
            f"{2015 + n % 4}-{month:02d}-{day:02d}",
            f"034{year % 100:02d}Q{n:06d}R{n % 4}{'SML'[n % 3]}",
            "否",
            "是" if n % 11 == 0 else "否",
            _STANDARDS[n % 5],
            f"{n % 39 + 1:02d}.{n % 9:02d}.{n % 7:02d};29.{n % 12:02d}.00",
            f"资质范围内第{n % 8_000}号机械零部件的设计、生产和销售",
            _ACTIVITIES[n % 3],
            "否",
            issued,
            f"{year + 3}-{month:02d}-{day:02d}",
            "有效" if n % 20 else "02",
            f"{n % 12 + 1}.5",
            f"李{n % 40};王{n % 60}",
            f"{(n % 90 + 10) * 100}",
            "" if n % 4 else "　",
        ]


def write_gbk(path: Path, rows: int) -> None:
    """Write them as CSV in GBK below a title, as an old system would."""
    with path.open("w", encoding="gbk", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([_TITLE])
        writer.writerows(certificates(rows))


def write_workbook(path: Path, rows: int) -> None:
    """Write them as a workbook below a merged title."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("证书信息表")
        sheet.merge_range(0, 0, 0, len(HEADER) - 1, _TITLE)
        for n, row in enumerate(certificates(rows), 1):
            for column, text in enumerate(row):
                sheet.write_string(n, column, text)


if __name__ == "__main__":
    write_gbk(Path(sys.argv[1]), int(sys.argv[3]))
    write_workbook(Path(sys.argv[2]), int(sys.argv[3]))
