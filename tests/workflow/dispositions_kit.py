"""The small kit with actions that are followed up, and notices about them."""

from tests.support.campaign import Campaign

HANDLING = """\
dispositions:
  - id: certificate
    title: 证书
    target: 证书编号
    party: 获证组织
    named_in: certificates
    actions:
      - {id: keep, title: 保持, notice: letter, excludes: [suspend]}
      - id: suspend
        title: 暂停
        notice: letter
        follow_up: {months: 6, ends: [restore, withdraw]}
        excludes: [keep]
        reported: 5
        basis: [law-1]
        reasons: [{id: permit, title: 许可失效}]
      - {id: restore, title: 恢复}
      - {id: withdraw, title: 撤销, excludes: [extra-audit]}
      - {id: extra-audit, title: 补充审核, task: true, follow_up: {days: 30}}
  - {id: people, title: 人员, named_in: people, actions: [培训, {id: punish, title: 处罚, notice: circular}]}
notices:
  - id: letter
    title: 证书通知书
    number: "小停〔{year}〕{n}号"
    red_head: true
    receipt: true
    text:
      - 证书{target}：{reason}，自{effective}起{action}。
      - 期限至{follow_up}。
      - 依据{basis}。
  - id: circular
    title: 通报
    number: "小通〔{year}〕{n}号"
    one_for: all
    to: 各部门
    listed: true
    masked: true
    text: [对下列人员予以处罚。, "{reason}"]
"""
_PLAIN = """\
dispositions:
  - {id: certificate, title: 证书, actions: [保持, 暂停]}
  - {id: people, title: 人员, actions: [培训]}
"""


def with_handling(campaign: Campaign) -> Campaign:
    """Return the campaign with that kit."""
    campaign.edit("campaign.yaml", _PLAIN, HANDLING)
    return campaign
