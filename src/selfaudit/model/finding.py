"""The fields of a finding: the one declaration that forms, reports, workbooks, checks and schemas take them from.

A new field is one entry of ``FINDING_FIELDS`` and the Chinese for its words. Everything else follows: the text form
and the workbook are written with it and read back, the page asks for it, it is part of the canonical content, printed
in reports as ``{{ f.<key> }}``, exported, and a kit may require it. A kit chooses which of the fields that may be left
out are asked, calls them by words of its own, and adds texts of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.model.base import Id, Model

Kind = Literal["number", "item", "part", "text", "line", "severity", "disposition", "date", "choice", "given"]
"""What a field contains: a place of the form, a longer or shorter text, a choice of the kit, texts by class, a day, a
choice of the field itself; or what is only shown."""
Group = Literal["what", "why", "then", "said"]

GROUPS: dict[Group, str] = {
    "what": N_("What was found"),
    "why": N_("Cause and correction"),
    "then": N_("Handling and deadline"),
    "said": N_("What you say to it"),
}
"""The headings under which the page asks for the fields."""


@dataclass(frozen=True, slots=True)
class FindingField:
    """One field of a finding. Every text is a message id.

    ``word`` names it inside a sentence, ``title`` heads its column, ``label`` asks for it on the page (by default the
    title) with ``hint`` below; ``help`` explains it in the text form and in the workbook. ``width`` is that of its
    column, in characters. ``offered`` names what the item of the finding offers to take over. ``always`` says that
    every finding needs it, ``requirable`` that a kit may say so. ``options`` are ids and words of a choice, and
    ``needed_if`` a field and what it says where this one is needed. ``aliases`` are other words for it, separated by
    spaces, that a returned form may use.
    """

    key: str
    kind: Kind
    word: str
    title: str
    help: str
    label: str = ""
    hint: str = ""
    group: Group = "what"
    width: int = 20
    offered: Literal["", "legal_basis"] = ""
    always: bool = False
    requirable: bool = False
    options: tuple[tuple[str, str], ...] = ()
    needed_if: tuple[str, str] | None = None
    aliases: str = ""

    @property
    def optional(self) -> bool:
        """Whether a kit may leave it out; what has a choice of the kit is asked where there is something to choose."""
        return self.kind in ("text", "line", "date") and not self.always

    @property
    def asked(self) -> str:
        """What the page and the templates call it."""
        return self.label or self.title

    @property
    def chosen(self) -> bool:
        """Whether it is chosen from a list, as in the page and in tables comes before what is written."""
        return self.kind in ("item", "part", "severity")


FINDING_FIELDS = (
    FindingField(
        "number",
        "number",
        N_("number of the finding"),
        N_("No."),
        N_("number of the finding, 1, 2, 3 …; keep it when you correct the form"),
        width=6,
        aliases="no 序号 问题编号",
    ),
    FindingField(
        "item",
        "item",
        N_("item"),
        N_("Item no."),
        N_("number of the item, such as {item}"),
        label=N_("Item"),
        width=10,
        always=True,
        aliases="自查项编号",
    ),
    FindingField(
        "part",
        "part",
        N_("part"),
        N_("Part"),
        N_("letter of the part, if the item has any"),
        aliases="分项编号",
    ),
    FindingField(
        "fact",
        "text",
        N_("fact"),
        N_("Fact"),
        N_("what was found: when, where, which project"),
        hint=N_("When, where, which project, what was found."),
        width=32,
        always=True,
        requirable=True,
        aliases="事实 问题事实 问题描述",
    ),
    FindingField(
        "basis",
        "text",
        N_("basis"),
        N_("Basis"),
        N_("requirement not met: from the legal basis of the item, or from your own rules"),
        label=N_("Requirement not met"),
        offered="legal_basis",
        requirable=True,
        aliases="依据",
    ),
    FindingField(
        "severity",
        "severity",
        N_("severity"),
        N_("Severity"),
        N_("one of: {severities}"),
        width=9,
        aliases="严重程度",
    ),
    FindingField(
        "people",
        "line",
        N_("people"),
        N_("People concerned"),
        N_("people concerned"),
        width=12,
        aliases="涉及人员",
    ),
    FindingField(
        "cause",
        "text",
        N_("cause"),
        N_("Cause"),
        N_("why it happened"),
        group="why",
        requirable=True,
        aliases="原因 原因分析",
    ),
    FindingField(
        "correction",
        "text",
        N_("correction"),
        N_("Correction"),
        N_("what was or will be done"),
        hint=N_("What was done or will be done."),
        group="why",
        requirable=True,
        aliases="整改 整改措施 纠正措施",
    ),
    FindingField(
        "similar",
        "text",
        N_("similar cases checked"),
        N_("Similar cases checked"),
        N_("similar cases: what else was checked, and the result"),
        hint=N_("What else was checked, and the result."),
        group="why",
        requirable=True,
        aliases="举一反三",
    ),
    FindingField(
        "disposition",
        "disposition",
        N_("handling"),
        N_("Disposition"),
        N_("handling; at least one line"),
        label=N_("Handling"),
        hint=N_("Handling: fill in at least one."),
        group="then",
        width=14,
        aliases="处理 处理情况",
    ),
    FindingField(
        "owner",
        "line",
        N_("owner"),
        N_("Owner"),
        N_("person responsible"),
        label=N_("Person responsible"),
        group="then",
        width=10,
        requirable=True,
        aliases="责任人 负责人",
    ),
    FindingField(
        "due",
        "date",
        N_("due date"),
        N_("Due"),
        N_("by when"),
        label=N_("To be done by"),
        group="then",
        width=12,
        requirable=True,
        aliases="完成期限 整改期限 期限",
    ),
)
"""Every field, in the order of the forms."""

FIELD_OF = {field.key: field for field in FINDING_FIELDS}
"""Every field by its key."""


def given(key: str, word: str, title: str, width: int) -> FindingField:
    """Return a field that is only shown."""
    return FindingField(key, "given", word, title, "", width=width)


def chosen_first(fields: Iterable[FindingField]) -> list[FindingField]:
    """Return fields with what is chosen from a list before what is written."""
    return sorted(fields, key=lambda field: not field.chosen)


class FindingChoice(Model):
    """A field that a kit asks of a finding: one of ``FINDING_FIELDS``, in words of the kit if it likes, or its own."""

    id: Id
    title: str = ""
    help: str = ""
    required: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it is the kit's own field."""
        return self.id not in FIELD_OF


def fields_asked(choices: Iterable[FindingChoice], *, graded: bool, handled: bool) -> tuple[FindingField, ...]:
    """Return the fields that a kit asks, in the order of the forms; without choices all that are declared here.

    ``graded`` says that there is more than one severity, ``handled`` that there are classes of handling.
    """
    chosen = {choice.id: choice for choice in choices}
    own = [FindingField(c.id, "text", c.title, c.title, _literal(c.help or c.title)) for c in choices if c.is_own]
    made: list[FindingField] = []
    for field in FINDING_FIELDS:
        empty = (field.kind == "severity" and not graded) or (field.kind == "disposition" and not handled)
        if not empty and (not chosen or not field.optional or field.key in chosen):
            made.append(_called(field, chosen.get(field.key)))
        if field.kind == "severity":
            made += own
    return tuple(made)


def _called(field: FindingField, choice: FindingChoice | None) -> FindingField:
    """Return a field by the words of a kit."""
    if choice is None or not (choice.title or choice.help):
        return field
    title, help_ = choice.title or field.title, choice.help or choice.title
    hint = choice.help or ("" if choice.title else field.hint)
    word, label = choice.title or field.word, choice.title or field.label
    return replace(field, word=word, title=title, label=label, hint=hint, help=_literal(help_) or field.help)


def _literal(text: str) -> str:
    """Return a text of a kit as a message id without slots; no catalogue has it, so it is shown as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def required_in(choices: Iterable[FindingChoice]) -> tuple[str, ...]:
    """Return the ids of the fields that a kit chooses as required."""
    return tuple(choice.id for choice in choices if choice.required)


def needed(asked: Iterable[str], choices: Iterable[FindingChoice], *, handled: bool) -> tuple[str, ...]:
    """Return the keys of what every finding needs where a kit asks for ``asked``; ``handled``: and has classes."""
    always = [field.key for field in FINDING_FIELDS if field.always]
    handling = [field.key for field in FINDING_FIELDS if field.kind == "disposition"]
    return tuple(dict.fromkeys((*always, *asked, *required_in(choices), *(handling if handled else ()))))
