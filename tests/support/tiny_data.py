"""What the small kit may say about the body's own data: two registers, a table of figures and a check."""

CODES = """\
format: selfaudit/codes/1
lists:
  standard:
    QMS: {title: 质量, aliases: [A01]}
    EMS: {title: 环境, aliases: [A02]}
"""

AUDITS = """\
format: selfaudit/register/1
id: audits
title: 审核台账
key: [project]
columns:
  - {id: project, title: 项目编号, required: true, aliases: [项目号]}
  - {id: branch, title: 分公司}
  - {id: standard, title: 体系, type: code, codes: standard, aliases: [标准]}
  - {id: start_on, title: 开始日期, type: date}
  - {id: headcount, title: 体系人数, type: integer}
  - {id: days, title: 人日, type: number}
"""

ASSIGNMENTS = """\
format: selfaudit/register/1
id: assignments
title: 派遣台账
columns:
  - {id: project, title: 项目编号}
  - {id: name, title: 姓名, aliases: [审核员]}
  - {id: number, title: 证件号码, type: person}
references:
  - {columns: [project], register: audits, to: [project]}
"""

TIMES = """\
format: selfaudit/table/1
id: times
title: 审核时间表
edition: 2023 版
source: 规则附录
columns: {upto: integer, days: number}
rows:
  - [10, 2]
  - [100, 4]
"""

CHECK = """\
format: selfaudit/data-check/1
id: D1
title: 审核人日不足
means: 人日少于规则要求的一半。
judges: 审核项目
severity: major
needs:
  audits: [project, headcount, days]
uses:
  audits: [branch, start_on]
key: [project]
subject: {unit: branch}
shown: {project: 项目编号, days: 人日, wanted: 应有人日}
derivation:
  - "人数 {headcount}，应有 {wanted} 人日，实际 {days}"
parameters:
  share: {default: "0.5", unit: 倍, why: 不足一半才问}
rules:
  - {id: old, effective_to: 2025-12-31, values: {factor: "1"}, basis: [law-1]}
  - {id: new, effective_from: 2026-01-01, values: {factor: "0.9"}, basis: [law-1]}
basis: [law-1]
false_positives:
  - when: 与其他体系结合审核
    tell: 看审核计划
items: ["1.1"]
sql: |
  SELECT a.project, a.branch, a.headcount, a.days, t.days * r.factor AS wanted,
         a.days < t.days * r.factor * $share AS signal
  FROM audits a
  LEFT JOIN times t ON t.upto = (SELECT min(upto) FROM times WHERE upto >= a.headcount)
  LEFT JOIN rules r ON a.start_on BETWEEN r.effective_from AND r.effective_to
examples:
  signals:
    - what: 五十人只审一人日
      keys: [[P1]]
      given:
        audits: [{project: P1, headcount: 50, days: 1, start_on: 2025-06-01}]
  clean:
    - what: 五十人审三人日
      given:
        audits: [{project: P1, headcount: 50, days: 3, start_on: 2025-06-01}]
  not_judged:
    - what: 没有人数
      given:
        audits: [{project: P1, days: 3, start_on: 2025-06-01}]
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
  uses: {audits: [branch, headcount]}
  signals_by: {project: file}
  sql: |
    SELECT project AS file, branch, standard, CAST(headcount > 100 AS INTEGER) AS large FROM audits
columns:
  - {id: branch, title: 分公司}
  - {id: standard, title: 体系, codes: standard}
strata: [branch]
factors:
  - {id: large, title: 大型组织, points: 2, why: 复杂}
  - {id: signalled, title: 疑点, points: 3, signals: [D1], why: 数据}
bands:
  - {id: high, title: 高, at_least: 3, take: all}
  - {id: normal, title: 一般, share: "10"}
extension: {next: 5}
reader: branch
reviewers:
  field: standard
  may: {needs: {assignments: [number]}, sql: "SELECT name, number, 'QMS' AS field FROM assignments"}
  involved:
    uses: {assignments: [project]}
    sql: SELECT project AS file, name, NULL AS number, '审核' AS did FROM assignments

"""

DATA: dict[str, str] = {
    "registers/codes.yaml": CODES,
    "registers/audits.yaml": AUDITS,
    "registers/assignments.yaml": ASSIGNMENTS,
    "tables/times.yaml": TIMES,
    "data-checks/D1.yaml": CHECK,
    "samples/files.yaml": SAMPLE,
}
