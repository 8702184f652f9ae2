"""Registers for a campaign, small enough to be read, and files as bodies export them."""

from pathlib import Path

from tests.support.campaign import Campaign
from tests.support.folders import plant

CONTRACTS = """\
format: selfaudit/register/1
id: contracts
title: 合同台账
key: [number]
mode: merge
columns:
  - {id: number, title: 合同编号, required: true, aliases: [合同号]}
  - {id: customer, title: 客户名称, required: true, aliases: [客户, 单位名称]}
  - {id: signed_on, title: 签订日期, type: date, aliases: [日期]}
  - {id: status, title: 状态, type: code, codes: status}
  - {id: fee, title: 金额, type: number, unit: 元}
  - {id: handler, title: 经办人证件号码, type: person, aliases: [身份证号]}
references:
  - {columns: [customer], register: customers, to: [name]}
"""
CUSTOMERS = """\
format: selfaudit/register/1
id: customers
title: 客户名录
columns:
  - {id: name, title: 企业名称, required: true}
  - {id: city, title: 所在城市}
  - {id: staff, title: 职工人数, type: integer}
"""
CODES = """\
format: selfaudit/codes/1
lists:
  status:
    valid: {title: 有效, aliases: [正常]}
    ended: {title: 终止}
"""
CHECK = """\
format: selfaudit/data-check/1
id: T01
title: 合同没有收费
means: 没有收费的合同要问一问。
judges: 合同
severity: major
needs:
  contracts: [number, fee]
key: [number]
shown:
  number: 合同编号
derivation:
  - "金额 {fee}"
false_positives:
  - when: 免费
    tell: 看合同
sql: SELECT number, fee, fee = 0 AS signal FROM contracts
examples:
  signals:
    - what: 零元
      given:
        contracts: [{number: A, fee: "0"}]
  clean:
    - what: 有金额
      given:
        contracts: [{number: A, fee: "9"}]
"""
PERSON, OTHER_PERSON = "330106199001011238", "330106199001011254"
"""Numbers that are nobody's: the check digit is made up."""
EXPORT = f"""\
某某认证公司合同一览,,,,,
序号,合同号,客户,日期,状态,身份证号
1,H-001,甲公司,2026/1/5,正常,{PERSON}
2,H-002,乙公司,２０２６年2月3日,有效,{OTHER_PERSON}
3,H-003,丙公司,2026-03-04,不明,
4,,丁公司,2026-03-04,有效,
合计,4,,,,
"""


def with_registers(campaign: Campaign, *, checks: bool = True) -> Campaign:
    """Give a campaign's kit these registers."""
    kit = {"registers/contracts.yaml": CONTRACTS, "registers/customers.yaml": CUSTOMERS, "registers/codes.yaml": CODES}
    plant(campaign.root / "checklists", kit | ({"data-checks/T01.yaml": CHECK} if checks else {}))
    return campaign


def export(campaign: Campaign, name: str, text: str, encoding: str = "gb18030") -> Path:
    """Put a file where people put exports."""
    plant(campaign.root / "registers", {name: text.encode(encoding)})
    return campaign.root / "registers" / name
