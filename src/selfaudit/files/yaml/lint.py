"""The mistakes people make when they type YAML, found line by line with what to type instead.

libyaml stops at the first mistake, misses those that silently lose text, and explains neither. The scanner knows
block-style files (comments, ``name: value``, ``- item``, ``|`` texts) and repairs each mistake in a copy, so that the
mistakes after it can be found in the same run. A cheap test lets clean files pass without a scan.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field

from selfaudit.base.problems import Kind, Problem, Where
from selfaudit.base.text import shortened
from selfaudit.files.yaml import mistakes as wrong
from selfaudit.files.yaml.commas import with_plain_commas

MOST = 20
"""Mistakes of one kind that are listed; the rest are counted."""

_BLANKS = "\t \u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_ESCAPE = r"\\(?:[\"\\/bfnrt]|u[0-9A-Fa-f]{4})"
# One line as it should be. Possessive throughout: the whole text is matched in one linear pass.
_VALUE = (
    rf"(?:\"(?:[^\"\\\n]++|{_ESCAPE})*+\"|'(?:[^'\n]++|'')*+'|\[[^\n\[\]{{}}#:，&*!]*+\]|[|>][-+]?"
    r"|[^\s\"'\[\]{}@%*&!`#|>:,?-][^\n#:]*+(?:(?<!\s)#[^\n#:]*+|:(?=[^\s])[^\n#:]*+)*+)"
)
_NAME = r"(?:[A-Za-z_][\w-]*+|\"[A-Za-z_][\w-]*+\")"
_CLEAN = re.compile(
    rf"(?:[ ]{{0,60}}+(?:\#[^\n]*+|(?:-[ ]++){{0,4}}+(?:{_NAME}:(?:[ ]++{_VALUE})?"
    rf"|(?![A-Za-z_]+:[^/\\]|\w+[ ]*：|-){_VALUE})?)[ ]*+(?:\n|\Z))*+"
)
_ODD_BREAK = re.compile("[\r\x85\u2028\u2029]")
_LINE = re.compile(rf"(?P<indent>[{_BLANKS}]*)(?P<rest>.*)")
_DASHES = re.compile(r"(?:-(?:[ \t]+|$))*")
_GLUED_DASH = re.compile(r"-(?=[^\s-])")
_ODD_DASH = re.compile(r"([－–—•·●])\s*(?=\w+ *[:：])")
_KEY = re.compile(
    r"(?P<key>[^\W\d][\w.()（）/、-]*|\"[^\"]*\"|'[^']*')(?P<gap>[ \t]*)(?P<colon>[:：])(?P<blank>[ \t]*)(?P<value>.*)"
)
_WORD = re.compile(r"[a-z]+(?:_[a-z]+)*")
_BLOCK = re.compile(r"[|>][+-]?[ \t]*$")
_SPECIAL = re.compile(r"[@%*&!`,\]}|>]|[-?](?:\s|$)")
_SPECIAL_INSIDE = re.compile(r"(?:^|[\[{,:])[ \t]*[&*!]")
_CUT = re.compile(r"(?:^|[ \t])#")
_COLON = re.compile(r":(?:[ \t]|$)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_CUT_LIST = re.compile(r"[\]}][ \t]+(#.*)")
_BARE_BACKSLASH = re.compile(rf"{_ESCAPE}|(\\)")
_CURLY = "”“＂’‘＇"


def is_clean(text: str) -> bool:
    """Return whether every line is plainly as it should be; such a text is not nested deeply either."""
    return _CLEAN.fullmatch(text) is not None


def lint(text: str, file: str) -> tuple[list[Problem], str]:
    """Return the mistakes of a block-style YAML text with LF line ends and a copy with each of them repaired."""
    scanner = _Scanner(file)
    for number, line in enumerate(text.split("\n"), 1):
        scanner.feed(number, line)
    return scanner.finish(), "\n".join(scanner.out)


@dataclass(slots=True)
class _Scanner:
    """Feeds on lines, keeps what is open: levels of indentation, a ``|`` text, brackets, a text over several lines."""

    file: str
    out: list[str] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _last: int = 0
    _number: int = 0
    _levels: list[tuple[int, bool]] = field(default_factory=list)
    """Columns of the names (False) and dashes (True) that the next line can go on with."""
    _names: set[str] = field(default_factory=set)
    _hanging: bool = False
    """Nothing follows the last name or dash, so the next line may be deeper."""
    _plain_open: bool = False
    _quote_open: bool = False
    _block: int = -1
    _flow: int = 0
    _flow_start: tuple[int, int, str, str] | None = None
    _entry: tuple[int, int, str] | None = None
    """Line, column and text of an entry without a name, which the next line may show to have lost its colon."""

    def feed(self, number: int, line: str) -> None:
        """Check one line and append its repaired form."""
        self._number = number
        found = _LINE.fullmatch(line)
        indent, rest = (found["indent"], found["rest"]) if found else ("", line)
        if not rest or self._in_block(indent):
            self.out.append(line)
            return
        blanks = indent if not indent.strip(" ") else "".join(map(_as_blanks, indent))
        if rest.startswith("#"):
            self.out.append(blanks + rest)
            return
        if blanks != indent:
            odd = len(indent) - len(indent.lstrip(" "))
            self._report(wrong.TAB if indent[odd] == "\t" else wrong.WIDE_BLANK, odd + 1)
            if self._block >= 0 and len(blanks) > self._block:
                self.out.append(" " * (self._block + 2) + rest)
                return
        self._block = -1
        if self._flow and self._still_flowing(len(blanks), rest):
            self.out.append(blanks + rest)
            return
        told = self._counts.total()
        mended = self._structure(len(blanks), rest, odd=blanks != indent)
        self.out.append(mended if blanks != indent or self._counts.total() > told else line)

    def finish(self) -> list[Problem]:
        """Return every mistake in the order of lines."""
        if self._flow and self._flow_start:
            self._close_flow(*self._flow_start)
        if more := sum(count - MOST for count in self._counts.values() if count > MOST):
            self._problems.append(wrong.MORE(Where(self.file, self._last, 1), count=more, last=self._last))
        return sorted(self._problems, key=lambda p: p.where.line)

    def _report(self, kind: Kind, column: int, **args: object) -> None:
        self._tell(kind(Where(self.file, self._number, column), **args))

    def _tell(self, problem: Problem) -> None:
        self._counts[problem.code] += 1
        if self._counts[problem.code] <= MOST:
            self._problems.append(problem)
        else:
            self._last = self._number

    def _in_block(self, indent: str) -> bool:
        """Return whether a line continues a ``|`` text, where odd spaces are only content."""
        return self._block >= 0 and len(indent) - len(indent.lstrip(" ")) > self._block

    def _structure(self, column: int, rest: str, *, odd: bool) -> str:
        """Check a line that has dashes, a name, a value, or a further line of one."""
        rest = self._dash_mended(column, rest)
        dashes = _DASHES.match(rest)[0]  # type: ignore[index]
        bare = rest[len(dashes) :]
        pair = self._pair(column, bare, dashed=bool(dashes))
        if not dashes and pair is None and self._continues(column):
            return " " * column + self._continued(bare, column)
        if not dashes and pair is None:
            return self._loose_line(column, bare)
        if pair and not dashes and self._entry and column == self._entry[1]:
            self._name_entry(*self._entry)
        self._entry = None
        column = self._align(column, is_list=bool(dashes), told=odd)
        for dash in re.finditer("-", dashes):
            self._open_level(column + dash.start(), is_list=True)
        inner = column + len(dashes)
        if pair:
            self._open_level(inner, is_list=False)
            return " " * column + dashes + self._named(pair, inner)
        self._entry = (self._number, inner, bare)
        return " " * column + dashes + self._value("-", bare, inner)

    def _name_entry(self, number: int, column: int, bare: str) -> None:
        """Report that an entry has no colon, since names follow below it."""
        word, _, after = bare.partition(" ")
        where = Where(self.file, number, column + len(word) + 1)
        self._tell(wrong.NO_COLON(where, key=word, value=_short(after)))
        self.out[number - 1] = self.out[number - 1].removesuffix(bare) + f"{word}: {after}"
        self._open_level(column, is_list=False)

    def _dash_mended(self, column: int, rest: str) -> str:
        if odd := _ODD_DASH.match(rest):
            self._report(wrong.ODD_DASH, column + 1, char=odd[1], value=_short(rest[odd.end() :]))
            return "- " + rest[odd.end() :]
        in_list = bool(self._levels) and self._levels[-1][1]
        if _GLUED_DASH.match(rest) and (re.match(r"-\w+ *[:：]", rest) or in_list or not self._continues(column)):
            self._report(wrong.NO_BLANK_DASH, column + 2, value=_short(rest[1:]))
            return "- " + rest[1:]
        return rest

    def _pair(self, column: int, bare: str, *, dashed: bool) -> re.Match[str] | None:
        """Return name and value of a line, or None if it only looks as if it had a name."""
        pair = _KEY.fullmatch(bare)
        if pair is None:
            return None
        glued = pair["colon"] == ":" and not pair["blank"] and pair["value"] != ""
        if glued and (pair["value"][0] in ":/\\" or not re.fullmatch(r"[a-z_]+|[^\W\d_a-zA-Z]+", pair["key"])):
            return None
        wide = pair["colon"] == "："
        if wide and dashed:
            certain = re.fullmatch('"?[a-z_]+"?', pair["key"]) is not None
        else:
            certain = pair["key"].isascii() or not (wide or glued or (self._plain_open and not dashed))
        # a Chinese word and a colon is a name where names belong, else the beginning of a sentence
        return pair if certain or (not dashed and (column, False) in [*self._levels, (0, False)]) else None

    def _continues(self, column: int) -> bool:
        """Return whether a line without a name goes on with the text above."""
        deeper = not self._levels or column > self._levels[-1][0]
        return deeper and (self._plain_open or self._hanging) and bool(self._levels)

    def _continued(self, rest: str, column: int) -> str:
        if not self._plain_open:
            # the first line of a text that is below its name
            return self._value("…", rest, column)
        if cut := _CUT.search(rest):
            self._report(wrong.CUT_BELOW, column + cut.start() + 1, lost=_short(rest[cut.start() :].strip()))
            return rest.replace("#", "＃")
        if colon := _COLON.search(rest):
            self._report(wrong.COLON_BELOW, column + colon.start() + 1)
            return rest.replace(":", "：")
        return rest

    def _loose_line(self, column: int, rest: str) -> str:
        """Check a line that has neither dash nor name and goes on with nothing."""
        if rest[0] in "[]{}?" or rest in ("---", "...") or (rest[0] in "\"'" and not self._levels):
            self._flow = max(0, _open_brackets(rest))
            return " " * column + rest
        word, _, after = rest.partition(" ")
        if word in self._names or (_WORD.fullmatch(word) and not re.search(r"\s", after)):
            self._report(wrong.NO_COLON, column + len(word) + 1, key=word, value=_short(after))
            column = self._align(column, is_list=False, told=True)
            self._open_level(column, is_list=False)
            return " " * column + f"{word}: {self._value(word, after, column)}"
        if not self._quote_open:
            self._report(wrong.STRAY, column + 1, text=_short(rest))
        return "#" + rest

    def _align(self, column: int, *, is_list: bool, told: bool) -> int:
        """Return the column where a line belongs, given what is open; report it if it is elsewhere."""
        top = self._levels[-1] if self._levels else (-1, False)
        nested = self._hanging and (column > top[0] or (is_list and column == top[0]))
        columns = [at for at, dash in self._levels if dash == is_list]
        if nested or column in columns or not columns:
            return column
        # a line that fits nowhere is more likely one space off than a level off
        nearest = min(reversed(columns), key=lambda at: abs(at - column))
        if not told:
            self._report(wrong.INDENT, column + 1, found=column, expected=nearest)
        return nearest

    def _open_level(self, column: int, *, is_list: bool) -> None:
        while self._levels and (self._levels[-1][0] > column or (self._levels[-1] == (column, True) and not is_list)):
            self._levels.pop()
        if (column, is_list) not in self._levels:
            self._levels.append((column, is_list))
        self._hanging = is_list

    def _named(self, pair: re.Match[str], column: int) -> str:
        key, value = pair["key"], pair["value"]
        self._names.add(key)
        if pair["colon"] == "：":
            self._report(wrong.WIDE_COLON, column + pair.start("colon") + 1, key=key)
        elif value and not pair["blank"]:
            self._report(wrong.NO_BLANK, column + pair.start("value") + 1, key=key, value=_short(value.strip()))
            value = value.strip()
        return f"{key}: {self._value(key, value, column + pair.start('value'))}"

    def _value(self, key: str, value: str, column: int) -> str:
        """Check the text after a colon or dash, which starts after ``column`` characters."""
        bare = value.strip()
        self._hanging = not bare
        self._plain_open = False
        self._quote_open = False
        if not bare:
            return value
        if _BLOCK.fullmatch(bare):
            self._block = self._levels[-1][0]
            return bare
        if bare[0] in "\"'":
            return self._quoted(key, bare, column)
        if bare[0] in "[{":
            return self._bracketed(key, bare, column)
        if _SPECIAL.match(bare):
            return self._fix(wrong.SPECIAL, column + 1, key, bare, char=bare[0])
        if cut := _CUT.search(value):
            return self._fix(wrong.CUT, column + cut.start() + 1, key, bare, lost=_short(value[cut.start() :].strip()))
        if colon := _COLON.search(value):
            return self._fix(wrong.COLON_INSIDE, column + colon.start() + 1, key, bare)
        self._plain_open = True
        return value

    def _quoted(self, key: str, bare: str, column: int) -> str:
        closed = _QUOTED.match(bare)
        if closed is None:
            self._quote_open = True
            return self._fix(wrong.QUOTE_OPEN, column + 1, key, bare[1:].rstrip(_CURLY))
        after = bare[closed.end() :]
        if _CUT.match(after):
            return self._fix(wrong.CUT, column + closed.end() + 2, key, bare, lost=_short(after.strip()))
        if after:
            return self._fix(wrong.AFTER_QUOTE, column + closed.end() + 1, key, bare)
        if bare[0] == '"' and any(match[1] for match in _BARE_BACKSLASH.finditer(bare)):
            fixed = _BARE_BACKSLASH.sub(lambda match: "\\\\" if match[1] else match[0], bare)
            self._report(wrong.BACKSLASH, column + 1, key=key, quoted=fixed)
            return fixed
        return bare

    def _bracketed(self, key: str, bare: str, column: int) -> str:
        self._flow = max(0, _open_brackets(bare))
        if self._flow:
            self._flow_start = (self._number, column + 1, key, bare)
            return bare
        if cut := _CUT_LIST.search(bare):
            return self._fix(wrong.CUT, column + cut.start() + 1, key, bare, lost=_short(cut[1]))
        if sign := _SPECIAL_INSIDE.search(bare):
            return self._fix(wrong.SPECIAL, column + sign.end(), key, bare, char=sign[0][-1])
        if bare[-1] not in "]}":
            return self._fix(wrong.AFTER_BRACKET, column + 1, key, bare)
        if (plain := with_plain_commas(bare)) != bare and bare[0] == "[":
            return self._fix(wrong.WIDE_COMMA, column + 1, key, bare, list=_short(plain))
        if plain != bare:
            self._report(wrong.WIDE_COMMA_INSIDE, column + 1, list=_short(plain))
        return plain

    def _still_flowing(self, column: int, rest: str) -> bool:
        """Return whether a line belongs to a list in brackets that began on an earlier one."""
        if self._flow_start and column <= self._levels[-1][0] and rest[0] not in "]}":
            self._close_flow(*self._flow_start)
            return False
        if sign := _SPECIAL_INSIDE.search(rest):
            self._report(wrong.REFERENCE, column + sign.end())
        self._flow = max(0, self._flow + _open_brackets(rest))
        return True

    def _close_flow(self, number: int, column: int, key: str, bare: str) -> None:
        """Report brackets that were never closed and take them for text."""
        quoted = _json(bare)
        self._tell(wrong.BRACKET_OPEN(Where(self.file, number, column), key=key, quoted=_json(_short(bare))))
        self.out[number - 1] = self.out[number - 1].removesuffix(bare) + quoted
        self.out[number:] = [f"#{line}" for line in self.out[number:]]
        self._flow = 0
        self._flow_start = None

    def _fix(self, kind: Kind, column: int, key: str, bare: str, **args: str) -> str:
        self._report(kind, column, key=key, quoted=_json(_short(bare)), **args)
        return _json(bare)


def _as_blanks(char: str) -> str:
    return "  " if char in "\t\u3000" else "" if char in "\u200b\ufeff" else " "


def _open_brackets(text: str) -> int:
    return sum(text.count(c) for c in "[{") - sum(text.count(c) for c in "]}")


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _short(text: str) -> str:
    return shortened(text, 40)  # what fits on a line with the rest
