"""The names in a form, what else people write for them, and names that mean nothing."""

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Term, Where, error
from selfaudit.base.text import loose
from selfaudit.model.finding import FIELD_OF, FINDING_FIELDS
from selfaudit.model.form.form import Questions
from selfaudit.model.form.response import FIELD_WORDS

UNKNOWN = error("form.unknown-key", N_("the form has no line “{key}” here"), N_("Allowed names: {known}."))
MEANT = error("form.meant-key", N_("the form has no line “{key}” here"), N_("Did you mean “{meant}”?"))
WANT_LINES = error(
    "form.want-lines",
    N_("lines of the form “name: text” are expected below “{key}”"),
    N_("Write such lines, as in the issued form: {example}: …"),
)
BOTH = error(
    "form.both-names",
    N_("“{first}” and “{second}” are the same line of the form, and both are filled in"),
    N_("Keep one of them; if both are needed, combine the two texts in it."),
)

Known = Mapping[str, Any]
"""The names of one place by their order; a value may be a title that can be written instead of the name."""


def _plain(*names: str) -> Known:
    return dict.fromkeys(names, "")


TOP = _plain(
    "selfaudit", "passport", "campaign", "respondent", "filled_by", "filled_on", "coverage", "items", "findings",
    "suggestions", "clues", "declaration", "round",
)  # fmt: skip
ITEM = _plain("id", "ask", "answer", "note", "evidence", "parts")
PART = _plain("id", "ask", "answer", "note", "evidence")
FILE = _plain("name", "sha256", "size")


def finding_names(asked: Questions) -> Known:
    """Return the names of a finding: those of every field there may be, and the kit's own with their titles."""
    return {**_plain(*FIELD_OF, "evidence"), **{field.key: field.title for field in asked.fields}}


_ALIASES = {
    "passport": "表单标识 标识",
    "campaign": "自查行动",
    "respondent": "填报单位 被填报人",
    "filled_by": "填报人 填表人 填写人",
    "filled_on": "填报日期 填表日期 填写日期 日期",
    "coverage": "覆盖情况 覆盖范围",
    "items": "自查项 自查项目",
    "findings": "问题 发现的问题 问题清单",
    "suggestions": "建议",
    "clues": "线索",
    "declaration": "声明",
    "id": "编号",
    "ask": "问题内容 自查内容",
    "answer": "结论 答案 自查结论",
    "note": "说明 备注",
    "evidence": "佐证材料 佐证 附件",
    "name": "文件名 名称",
    "size": "大小",
    "parts": "分项",
    **{field.key: field.aliases for field in FINDING_FIELDS},
}
_BY_ALIAS = {loose(alias): key for key, aliases in _ALIASES.items() for alias in aliases.split()}


def word(key: Any) -> Term:
    """Return what a field is called in messages: its word in the language of the reader, or else its name."""
    return Term(FIELD_WORDS.get(key, str(key)))


Path = tuple[str | int, ...]
LISTED = 200
"""Problems of one sort that are listed; more are only counted."""


class Listing(list[Problem]):
    """Problems of one sort, of which a hostile file can have very many."""

    more = 0

    def has_room(self) -> bool:
        """Return whether one more is listed; if not, it is counted."""
        self.more += len(self) >= LISTED
        return len(self) < LISTED


class Names:
    """Reads mappings of a form under their own names and remembers what they were called, for places."""

    def __init__(self, where: Callable[..., Where]) -> None:
        """Take the function that knows the places of the draft."""
        self.problems = Listing()
        self._where = where
        self._written: dict[Path, str] = {}

    def where(self, path: Path, *, key: bool = False) -> Where:
        """Return the place of a value, by the form's own names."""
        if self._written:
            path = tuple(self._written.get(path[: n + 1], step) for n, step in enumerate(path))
        return self._where(path, key=key)

    def lines(self, data: Any, path: Path, known: Known) -> Mapping[str, Any]:
        """Return a mapping under the form's names; anything else with text is an error, so that nothing is dropped."""
        if not isinstance(data, dict):
            if data:
                self.complain(self.problems, WANT_LINES, path, key=path[-1], example=next(iter(known), "…"))
            return {}
        if data.keys() <= known.keys():
            return data
        found: dict[str, Any] = {}
        called: dict[str, str] = {}
        for written, value in data.items():
            name = written if written in known else _named(written, known)
            if name is None:
                self._unknown((*path, written), value, known)
            elif found.get(name) and value:
                self.complain(self.problems, BOTH, (*path, written), first=called[name], second=written)
            elif value or name not in found:
                found[name], called[name] = value, written
                self._written[(*path, name)] = written
        return found

    def complain(self, problems: Listing, kind: Kind, path: Path, /, **args: Any) -> None:
        """Add a problem with its place, where there is room."""
        if problems.has_room():
            problems.append(kind(self.where(path), **args))

    def _unknown(self, path: Path, value: Any, known: Known) -> None:
        if not value or not self.problems.has_room():
            return
        where, key = self.where(path, key=True), str(path[-1])
        if close := difflib.get_close_matches(key, known, 1):
            self.problems.append(MEANT(where, key=key, meant=close[0]))
        else:
            self.problems.append(UNKNOWN(where, key=key, known=list(known)))


def _named(written: str, known: Known) -> str | None:
    """Return the name that a title, another spelling or a Chinese word stands for."""
    key = loose(written)
    by_title = {loose(title): name for name, title in known.items() if title}
    name = by_title.get(key) or (key if key in known else _BY_ALIAS.get(key))
    return name if name in known else None
