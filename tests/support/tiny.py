"""A small kit and its roster."""

PLAN = """\
format: selfaudit/campaign/1
kit: tiny
id: tiny-2023
code: TK23
title: 小型自查
language: zh_CN
operator: 经办人
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
    - {id: two, title: 问题, holds: [findings, measures]}
    - {id: three, title: 建议, holds: [suggestions, clues]}
submission:
  channel: 邮寄
  deadline: 2023-11-10
finding_fields:
  - {id: basis}
  - {id: certificates, title: 涉及证书, help: 涉及的证书}
  - {id: people}
  - {id: cause}
  - {id: correction}
  - {id: similar}
  - {id: owner}
  - {id: due}
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
