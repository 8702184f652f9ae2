"""The mistakes people make when they type YAML, found line by line with what to type instead.

libyaml stops at the first mistake, misses those that silently lose text, and explains neither. The scanner knows
block-style files (comments, ``name: value``, ``- item``, ``|`` texts) and repairs each mistake in a copy, so that the
mistakes behind it can be found in the same run. A cheap test lets clean files pass without a scan.
"""

import json
import re
from dataclasses import dataclass, field

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error

TAB = error("yaml.tab", N_("a tab is used to indent"), N_("Replace it with blanks, as in the lines around it."))
WIDE_BLANK = error(
    "yaml.wide-blank",
    N_("a full-width or non-breaking blank is used to indent"),
    N_("Replace it with ordinary blanks, as in the lines around it."),
)
WIDE_COLON = error(
    "yaml.wide-colon", N_("full-width colon after “{key}”"), N_("Type an ordinary colon and a blank: {key}: …")
)
NO_BLANK = error("yaml.no-blank", N_("no blank after the colon of “{key}”"), N_("Type a blank: {key}: {value}"))
NO_BLANK_DASH = error("yaml.no-blank-dash", N_("no blank after the dash"), N_("Type a blank: - {value}"))
SPECIAL = error(
    "yaml.special-start", N_("a text cannot start with {char}"), N_("Put it in quotation marks: {key}: {quoted}")
)
CUT = error(
    "yaml.cut-by-hash",
    N_("everything from # on would be lost: “{lost}”"),
    N_("Put the text in quotation marks: {key}: {quoted}"),
)
COLON_INSIDE = error(
    "yaml.colon-inside",
    N_("a text with a colon and a blank in it must be in quotation marks"),
    N_("Write {key}: {quoted}"),
)
AFTER_QUOTE = error(
    "yaml.after-quote", N_("there is text after the closing quotation mark"), N_("Write {key}: {quoted}")
)
NO_COLON = error(
    "yaml.no-colon", N_("a line without a colon after the name"), N_("Write a name, a colon and a blank: name: text")
)
QUOTE_OPEN = error(
    "yaml.quote-open", N_("a quotation mark is opened and not closed on this line"), N_("Write {key}: {quoted}")
)

_BLANKS = "\t \u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
# One line as it should be. Possessive throughout: the whole text is matched in one linear pass.
_VALUE = (
    r"(?:\"(?:[^\"\\\n]++|\\.)*+\"|'(?:[^'\n]++|'')*+'|\[[^\n\[\]{}#:]*+\]|[|>][-+]?"
    r"|[^\s\"'\[\]{}@%*&!`#|>:,?-][^\n#:]*+(?:(?<!\s)#[^\n#:]*+|:(?=[^\s])[^\n#:]*+)*+)"
)
_CLEAN = re.compile(
    rf"(?:[ ]*+(?:\#[^\n]*+|(?:-[ ]++){{0,4}}+(?:[A-Za-z_]++:(?:[ ]++{_VALUE})?"
    rf"|(?![A-Za-z_]+:[^/\\]|\w+[ ]*：|-){_VALUE})?)[ ]*+\r?(?:\n|\Z))*+"
)
_LINE = re.compile(rf"(?P<indent>[{_BLANKS}]*)(?P<dash>(?:-[ \t]+)*)(?P<rest>.*)")
_KEY = re.compile(
    r"(?P<key>[^\W\d][\w.-]*|\"[^\"]*\"|'[^']*')(?P<gap>[ \t]*)(?P<colon>[:：])(?P<blank>[ \t]*)(?P<value>.*)"
)
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*(#.*)?$")
_CUT = re.compile(r"(?:^|[ \t])#")
_COLON = re.compile(r":(?:[ \t]|$)")


def is_clean(text: str) -> bool:
    """Tell whether every line is plainly as it should be; such a text is not nested deeply either."""
    return _CLEAN.fullmatch(text) is not None


def lint(text: str, file: str) -> tuple[list[Problem], str]:
    """Return the mistakes of a block-style YAML text and a copy with each of them repaired."""
    scanner = _Scanner(file)
    for number, line in enumerate(text.split("\n"), 1):
        scanner.feed(number, line)
    return scanner.problems, "\n".join(scanner.out)


@dataclass(slots=True)
class _Scanner:
    """Feeds on lines, keeps whether a ``|`` text or a text over several lines is open."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    _number: int = 0
    _block: int = -1
    _flow: int = 0
    _key_indent: int = -1
    _plain_open: bool = False

    def feed(self, number: int, line: str) -> None:
        """Check one line and append its repaired form."""
        self._number = number
        found = _LINE.fullmatch(line.rstrip("\r"))
        if found is None or not found["rest"].strip():
            self.out.append(line)
            return
        indent = self._indent(found["indent"])
        depth = len(indent) + len(found["dash"])
        if self._block >= 0 and len(indent) > self._block:
            self.out.append(indent + found["dash"] + found["rest"])
            return
        self._block = -1
        if self._flow or found["rest"].startswith("#"):
            self._flow += _open_brackets(found["rest"]) if self._flow else 0
            self.out.append(line if self._flow else indent + found["dash"] + found["rest"])
            return
        self.out.append(indent + self._content(found["dash"], found["rest"], depth))

    def _report(self, kind: Kind, column: int, **args: str) -> None:
        self.problems.append(kind(Where(self.file, self._number, column), **args))

    def _indent(self, blanks: str) -> str:
        if not blanks.strip(" "):
            return blanks
        # inside a "|" text odd blanks are only content, unless they are all that indents it
        if self._block >= 0 and len(blanks) - len(blanks.lstrip(" ")) > self._block:
            return blanks
        odd = next(n for n, char in enumerate(blanks, 1) if char != " ")
        self._report(TAB if blanks[odd - 1] == "\t" else WIDE_BLANK, odd)
        return "".join("  " if char in "\t\u3000" else "" if char in "\u200b\ufeff" else " " for char in blanks)

    def _content(self, dash: str, rest: str, depth: int) -> str:
        if not dash and re.match(r"-[^\s-]", rest) and (self._looks_like_item(rest) or depth <= self._key_indent):
            self._report(NO_BLANK_DASH, depth + 2, value=_short(rest[1:]))
            dash, rest, depth = "- ", rest[1:], depth + 2
        pair = _KEY.fullmatch(rest)
        if pair and dash and pair["colon"] == "：" and not pair["key"].isascii():
            pair = None  # an entry of a list of Chinese texts
        if self._plain_open and not dash and depth > self._key_indent and not self._is_key(pair):
            return dash + self._continued(rest, depth)
        if not self._is_key(pair):
            return dash + self._value("-", rest, depth) if dash else self._keyless(rest, depth)
        assert pair is not None  # noqa: S101 - _is_key says so
        self._key_indent = depth
        return dash + self._pair(pair, depth)

    def _keyless(self, rest: str, depth: int) -> str:
        if rest[0] in "[]{}?\"'" or rest in ("---", "..."):
            self._flow = max(0, _open_brackets(rest))
            return rest
        self._report(NO_COLON, depth + 1)
        return f"# {rest}"

    @staticmethod
    def _looks_like_item(rest: str) -> bool:
        return bool(re.match(r"-[A-Za-z_]+ *[:：]", rest))

    @staticmethod
    def _is_key(pair: re.Match[str] | None) -> bool:
        if pair is None:
            return False
        glued = pair["colon"] == ":" and not pair["blank"] and pair["value"]
        return not (glued and (pair["value"][0] in ":/\\" or not re.fullmatch(r"[a-z_]+", pair["key"])))

    def _pair(self, pair: re.Match[str], depth: int) -> str:
        key, value = pair["key"], pair["value"]
        column = depth + pair.start("colon") + 1
        if pair["colon"] == "：":
            self._report(WIDE_COLON, column, key=key)
        elif value and not pair["blank"]:
            self._report(NO_BLANK, column + 1, key=key, value=_short(value))
        self._plain_open = bool(value)
        if _BLOCK.fullmatch(value):
            self._block, self._plain_open = depth, False
            return f"{key}: {value}"
        return f"{key}: {self._value(key, value, depth + pair.start('value'))}"

    def _value(self, key: str, value: str, column: int) -> str:
        """Check the text after a colon or dash, which starts after ``column`` characters."""
        bare = value.strip()
        if not bare:
            return value
        if bare[0] in "\"'":
            return self._quoted(key, bare, column)
        if bare[0] in "[{":
            self._flow = max(0, _open_brackets(bare))
            return value
        if bare[0] in "@%*&!`":
            return self._fix(SPECIAL, column + 1, key, bare, char=bare[0])
        if cut := _CUT.search(value):
            return self._fix(CUT, column + cut.start() + 1, key, bare, lost=_short(value[cut.start() :].strip()))
        if colon := _COLON.search(value):
            return self._fix(COLON_INSIDE, column + colon.start() + 1, key, bare)
        return value

    def _quoted(self, key: str, bare: str, column: int) -> str:
        closed = re.match(r'"(?:[^"\\]|\\.)*"' if bare[0] == '"' else r"'(?:[^']|'')*'", bare)
        self._plain_open = False
        if closed is None:
            return self._fix(QUOTE_OPEN, column + 1, key, bare[1:])
        after = bare[closed.end() :].strip()
        if after and not after.startswith("#"):
            return self._fix(AFTER_QUOTE, column + closed.end() + 1, key, bare)
        return bare

    def _continued(self, rest: str, depth: int) -> str:
        """Check a further line of a text that began on an earlier one."""
        if cut := _CUT.search(rest):
            self._report(CUT, depth + cut.start() + 1, key="…", lost=_short(rest[cut.start() :].strip()), quoted="…")
            return rest.replace("#", "＃")
        return rest

    def _fix(self, kind: Kind, column: int, key: str, bare: str, **args: str) -> str:
        quoted = json.dumps(bare, ensure_ascii=False)
        self._report(kind, column, key=key, quoted=_short(quoted), **args)
        self._plain_open = False
        return quoted


def _open_brackets(text: str) -> int:
    return sum(text.count(c) for c in "[{") - sum(text.count(c) for c in "]}")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"  # noqa: PLR2004 - what fits on a line with the rest
