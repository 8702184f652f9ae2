"""Whether the tags of a template can be understood one by one and whether every block that opens is closed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from jinja2 import TemplateSyntaxError

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error
from selfaudit.word.environment import environment
from selfaudit.word.lint.tags import Spot, Tag

_SYNTAX = error("template.syntax", N_("the tag {tag} cannot be understood: {reason}"))
_SPACE = error(
    "template.space",
    N_("the tag {tag} has a space before “{level}”"),
    N_("Write {right}, with nothing between the bracket and “{level}”."),
)
_STATEMENT = error("template.statement", N_("there is no statement “{word}” in {tag}"), N_("Did you mean “{nearest}”?"))
_NOT_CLOSED = error("template.not-closed", N_("{tag} is never closed"), N_("Put {end} where it should end."))
_NOT_OPENED = error("template.not-opened", N_("{tag} closes or continues something that is not open here"))
_CROSSED = error(
    "template.crossed",
    N_("{tag} and its end {end} are not in the same table, row, cell or text"),
    N_("{end} is at: {place}."),
)
_LEVEL = error(
    "template.level",
    N_("{tag} is ended by {end}, which is a different kind of tag"),
    N_("{end} is at: {place}. Write {right}."),
)

_STAND_INS = {
    "for": "for x in []",
    "if": "if true",
    "macro": "macro x()",
    "call": "call range()",
    "filter": "filter upper",
    "with": "with",
    "autoescape": "autoescape true",
}
_BLOCKS = tuple(_STAND_INS)
_MIDDLE = {"else": ("for", "if"), "elif": ("if",)}
_LONE = ("set", "vm", "hm", "colspan", "cellbg", "do")
_LEVELS = ("p", "tr", "tc", "r")


@dataclass(slots=True)
class Balance:
    """The blocks of one part: what is wrong with them, and the part as faultless Jinja, one line for each spot."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    _open: list[tuple[Tag, Spot]] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)

    def read(self, spots: list[Spot]) -> str:
        """Take the spots of a part and return the text."""
        for spot in spots:
            self._lines.append("")
            for tag in spot.tags:
                self._take(tag, spot)
        self._close_above(0)
        return "\n".join(self._lines)

    def _take(self, tag: Tag, spot: Spot) -> None:
        where = Where(self.file, cell=spot.place)
        if faults := list(_faults(tag, where)):
            self.problems += faults
            if tag.word in _BLOCKS:
                self._begin(tag, spot, _stand_in(tag))
        elif tag.word in _BLOCKS or (tag.word == "set" and "=" not in tag.code):
            self._begin(tag, spot, tag.code)
        elif tag.word.startswith("end"):
            self._end(tag, spot, where)
        elif tag.word in _MIDDLE:
            self._continue(tag, where)
        else:
            self._lines[-1] += _plain(tag)

    def _begin(self, tag: Tag, spot: Spot, code: str) -> None:
        self._open.append((tag, spot))
        self._lines[-1] += f"{{% {code} %}}"

    def _continue(self, tag: Tag, where: Where) -> None:
        if self._open and self._open[-1][0].word in _MIDDLE[tag.word]:
            self._lines[-1] += f"{{% {tag.code} %}}"
        else:
            self.problems.append(_NOT_OPENED(where, tag=tag.text))

    def _end(self, tag: Tag, spot: Spot, where: Where) -> None:
        found = next((n for n in reversed(range(len(self._open))) if f"end{self._open[n][0].word}" == tag.word), None)
        if found is None:
            self.problems.append(_NOT_OPENED(where, tag=tag.text))
            return
        self._close_above(found + 1)
        opened, at = self._open.pop()
        self._lines[-1] += f"{{% {tag.word} %}}"
        place = Where(self.file, cell=at.place)
        if opened.level != tag.level:
            right = f"{{%{opened.level} {tag.word} %}}"
            self.problems.append(_LEVEL(place, tag=opened.text, end=tag.text, place=spot.place, right=right))
        elif at.holder(tag.level) is not spot.holder(tag.level):
            self.problems.append(_CROSSED(place, tag=opened.text, end=tag.text, place=spot.place))

    def _close_above(self, depth: int) -> None:
        while len(self._open) > depth:
            tag, spot = self._open.pop()
            end = f"{{%{tag.level} end{tag.word} %}}"
            self.problems.append(_NOT_CLOSED(Where(self.file, cell=spot.place), tag=tag.text, end=end))
            self._lines[-1] += f"{{% end{tag.word} %}}"


def _stand_in(tag: Tag) -> str:
    """Return a faultless opening for a block whose own cannot be understood, so that what is inside can be checked."""
    variable = re.match(r"for\s+([A-Za-z_]\w*)", tag.code)
    return f"for {variable[1]} in []" if variable else _STAND_INS[tag.word]


def _plain(tag: Tag) -> str:
    """Return a tag on its own as Jinja reads it after docxtpl has dealt with its own."""
    if tag.kind == "#" or tag.word in {"vm", "hm"}:
        return ""
    if tag.word in {"colspan", "cellbg"}:
        return f"{{{{ {tag.code.removeprefix(tag.word)} }}}}"
    return f"{{{{ {tag.code} }}}}" if tag.kind == "{" else f"{{% {tag.code} %}}"


def _faults(tag: Tag, where: Where) -> Iterator[Problem]:
    """Yield what makes a single tag impossible to understand."""
    known = {*_BLOCKS, *_MIDDLE, *_LONE, *(f"end{name}" for name in (*_BLOCKS, "set"))}
    if tag.kind == "%" and tag.word in _LEVELS and not tag.level:
        right = f"{{%{tag.word} {tag.code.removeprefix(tag.word).strip()} %}}"
        yield _SPACE(where, tag=tag.text, level=tag.word, right=right)
    elif tag.kind == "%" and tag.word not in known:
        nearest = get_close_matches(tag.word, known, 1, 0)
        yield _STATEMENT(where, tag=tag.text, word=tag.word, nearest=nearest[0])
    elif tag.kind != "#":
        yield from _syntax(tag, where)


def _syntax(tag: Tag, where: Where) -> Iterator[Problem]:
    text = _plain(tag)
    if tag.word in _BLOCKS or (tag.word == "set" and "=" not in tag.code):
        text += f"{{% end{tag.word} %}}"
    elif tag.word == "elif":
        text = f"{{% if true %}}{text}{{% endif %}}"
    elif tag.word in _MIDDLE or tag.word.startswith("end"):
        return
    try:
        _PARSER.parse(text)
    except TemplateSyntaxError as problem:
        yield _SYNTAX(where, tag=tag.text, reason=str(problem.message).rstrip("."))


_PARSER: Any = environment(lambda _data: "")
