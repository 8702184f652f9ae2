"""The roster as a workbook: its sheets, its columns and every word by which people head them.

This is the one declaration that the template, the export and the reader follow. Headers are given in both languages
here, because a reader must know them all whatever language anybody speaks; help is translated when it is written.
"""

import re
from dataclasses import dataclass
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.base.text import loose
from selfaudit.model.formats import FORMAT_NAMES, FormFormat
from selfaudit.model.kit.plan import UnitKind

Holds = Literal["id", "text", "kind", "unit", "person", "texts", "roles", "forms", "email", "left"]
"""What a cell of a column says: an id, a text, a kind, a reference, several texts, roles or formats, an address."""

_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")


def header_key(text: str) -> str:
    """Return what counts in a header: ``＊岗 位（可填多个）`` is ``岗位``, ``Person-ID`` is ``personid``."""
    return re.sub(r"[\W_]+", "", _BRACKETED.sub("", loose(text)))


@dataclass(frozen=True, slots=True)
class Words:
    """A name in both languages and what else people write for it."""

    zh: str
    en: str
    aliases: tuple[str, ...] = ()

    def said_in(self, language: str) -> str:
        """Return the name in a language."""
        return self.zh if language == "zh_CN" else self.en

    def spellings(self) -> set[str]:
        """Return the header key of every way to write it."""
        return {header_key(word) for word in (self.zh, self.en, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field of the model it fills, what it contains, its header, and how to fill it in."""

    field: str
    holds: Holds
    words: Words
    help: str
    required: bool = False
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the key of ``roster.yaml`` it fills, its name and its columns."""

    key: str
    words: Words
    columns: tuple[Column, ...]


INSTRUCTIONS = Words("填写说明", "Instructions", ("说明", "Readme", "Guide"))

KINDS: dict[UnitKind, Words] = {
    "department": Words("部门", "Department", ("职能部门", "处室", "科室", "Dept", "Division")),
    "branch": Words("分公司", "Branch", ("分支机构", "办事处", "分部", "Branch office")),
    "committee": Words("委员会", "Committee", ("技委会", "专业委员会", "Board")),
    "management": Words("管理层", "Management", ("领导层", "最高管理层", "公司领导", "Top management")),
}

FORMATS: dict[FormFormat, Words] = {entry.name: Words(entry.zh, entry.en, entry.aliases) for entry in FORMAT_NAMES}

_ROLES = Column(
    "roles",
    "roles",
    Words("责任角色", "Roles", ("角色", "Role")),
    N_("Only if the campaign asks for it: roles from campaign.yaml by title or id, several separated by commas."),
    width=18,
)

_FORMS = Column(
    "forms",
    "forms",
    Words("填报表格式", "Forms", ("表单格式", "填报格式", "Form", "Form format", "Formats")),
    N_("{formats}; several separated by commas; leave empty to use the campaign's setting."),
    width=14,
)
_EMAIL = Column(
    "email",
    "email",
    Words("邮箱", "E-mail", ("电子邮箱", "电子邮件", "邮件地址", "Mail")),
    N_("Only if reminders are to be sent by e-mail."),
    width=26,
)

BODY = Sheet(
    "body",
    Words("机构", "Body", ("认证机构", "机构信息", "Organisation", "Organization")),
    (
        Column(
            "name",
            "text",
            Words("机构名称", "Name", ("名称", "认证机构名称", "Body name")),
            N_("The full name of the body, as it is registered."),
            required=True,
            width=50,
        ),
    ),
)

UNITS = Sheet(
    "units",
    Words("单位", "Units", ("部门", "单位表", "部门表", "组织机构", "Unit", "Departments")),
    (
        Column(
            "id",
            "id",
            Words(
                "单位编号",
                "Unit id",
                ("编号", "单位代码", "部门编号", "部门代码", "代码", "Id", "No", "Number", "Code"),
            ),
            N_("The number or short code of the unit in your own records, such as 01 or BJ: letters, digits, . _ -"),
            required=True,
            width=14,
        ),
        Column(
            "name",
            "text",
            Words("单位名称", "Unit name", ("名称", "单位", "部门", "部门名称", "Name", "Unit")),
            N_("The name of the unit as used within the body."),
            required=True,
            width=26,
        ),
        Column(
            "kind",
            "kind",
            Words("单位类型", "Kind", ("类型", "类别", "单位类别", "部门类型", "性质", "Type")),
            N_("Choose the kind of the unit from the list."),
            required=True,
            width=14,
        ),
        Column(
            "parent",
            "unit",
            Words("上级单位", "Parent unit", ("上级", "上级部门", "隶属", "所属单位", "Parent", "Part of")),
            N_("The unit it is part of, by name or id; empty for a unit directly below the body."),
            width=22,
        ),
        Column(
            "head",
            "person",
            Words("负责人", "Head", ("单位负责人", "部门负责人", "主管", "Manager")),
            N_("The person who signs for the unit: the staff number or name of somebody on the sheet of people."),
            width=16,
        ),
        Column(
            "answered_by",
            "unit",
            Words("汇总单位", "Answered by", ("汇总部门", "代收单位", "收表单位", "归口单位", "Collected by")),
            N_("The unit that collects the forms of the people of this one, if it does not do so itself."),
            width=22,
        ),
        _ROLES,
        _FORMS,
        _EMAIL,
    ),
)

PEOPLE = Sheet(
    "people",
    Words("人员", "People", ("人员表", "人员名单", "花名册", "员工", "人员花名册", "Staff", "Persons", "Person")),
    (
        Column(
            "id",
            "id",
            Words(
                "工号",
                "Staff no.",
                ("编号", "人员编号", "员工编号", "员工号", "人员代码", "Id", "Staff id", "Person id", "No"),
            ),
            N_("The staff number in your own records, such as 0012; each person has a different one."),
            required=True,
            width=14,
        ),
        Column(
            "name",
            "text",
            Words("姓名", "Name", ("名字", "人员姓名", "员工姓名", "Full name", "Person")),
            N_("The full name."),
            required=True,
            width=16,
        ),
        Column(
            "unit",
            "unit",
            Words(
                "所在单位",
                "Unit",
                ("部门", "单位", "所在部门", "所属部门", "所属单位", "部门名称", "Department", "Dept"),
            ),
            N_("The unit the person belongs to, by name or id."),
            required=True,
            width=24,
        ),
        Column(
            "posts",
            "texts",
            Words(
                "岗位", "Posts", ("职务", "职位", "岗位名称", "担任岗位", "岗位职务", "Post", "Position", "Job title")
            ),
            N_("What the person works as; several posts in one cell, separated by 、 or a comma."),
            width=36,
        ),
        Column(
            "left",
            "left",
            Words(
                "离职日期",
                "Leaving date",
                (
                    "离职",
                    "离职时间",
                    "离岗日期",
                    "离职状态",
                    "是否离职",
                    "在职状态",
                    "是否在职",
                    "在职情况",
                    "人员状态",
                    "状态",
                    "Left",
                    "Leaving day",
                    "Last day",
                    "Leave date",
                    "Status",
                ),
            ),
            N_("For people who leave: the day from which they are asked nothing, such as 2023-11-30."),
        ),
        _ROLES,
        _FORMS,
        _EMAIL,
    ),
)

SHEETS = (BODY, UNITS, PEOPLE)
