"""Mistakes in data are values; exceptions are for what stops a command.

A module declares each kind of mistake once, with a stable code, and calls it to make a ``Problem``. Problems carry
their arguments, not a finished sentence, so that the ledger can keep them and all read them in their own language.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from string import Formatter
from typing import Any, Self

from selfaudit.base.i18n import N_, _
from selfaudit.base.text import on_screen


class Severity(StrEnum):
    """How much a problem matters: an error is refused, a warning is pointed out, a note is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in an input: a file (as the user knows it), line and column from 1, or a sheet and cell."""

    file: str = ""
    line: int = 0
    column: int = 0
    cell: str = ""

    @classmethod
    def in_text(cls, file: str, text: str, at: int) -> Self:
        """Return the place of a character of a text, counted from 0."""
        return cls(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))

    @property
    def place(self) -> str:
        """``line:column`` or ``sheet!cell``; empty if it is the whole file."""
        return self.cell or (f"{self.line}:{self.column or 1}" if self.line else "")

    def __str__(self) -> str:
        """Return ``file:line:column`` or ``file:sheet!cell``, as far as known."""
        return ":".join(filter(None, (self.file, self.place)))


QUOTED = frozenset({"value", "meant"})
"""The slots in which a kept kind quotes what a respondent wrote, or says what it seems to mean."""

_kinds: dict[str, "Kind"] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mistake: a stable code, a severity, message and hint as message ids with ``{name}`` slots.

    ``discreet`` is the message for anybody but the person who handles the response: it quotes nothing.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    discreet: str = ""

    @classmethod
    def register(cls, code: str, severity: Severity, message: str, hint: str, discreet: str = "") -> Self:
        """Create the kind and make it known under its code; a code is given once."""
        if code in _kinds:
            msg = f"problem code {code} is declared twice"
            raise ValueError(msg)
        if slots(discreet) & QUOTED:
            msg = f"the discreet message of {code} quotes the respondent"
            raise ValueError(msg)
        _kinds[code] = made = cls(code, severity, message, hint, discreet)
        return made

    def __call__(self, where: Where | None = None, **args: Any) -> "Problem":
        """Return a problem of this kind."""
        return Problem(self, where or Where(), args)


def kind_of_code(code: str) -> Kind | None:
    """Return the kind that was declared with a code; None if no module that was imported declares it."""
    return _kinds.get(code)


def error(code: str, message: str, hint: str = "") -> Kind:
    """Declare a kind of mistake that makes the input unusable."""
    return Kind.register(code, Severity.ERROR, message, hint)


def warning(code: str, message: str, hint: str = "", discreet: str = "") -> Kind:
    """Declare a kind of mistake that is pointed out but not refused; ``discreet`` says it without quoting anybody."""
    return Kind.register(code, Severity.WARNING, message, hint, discreet)


def note(code: str, message: str, hint: str = "") -> Kind:
    """Declare something for the user's information."""
    return Kind.register(code, Severity.NOTE, message, hint)


def slots(template: str) -> frozenset[str]:
    """Return the names of the slots of a message."""
    return frozenset(name for _text, name, _spec, _conversion in Formatter().parse(template) if name)


class Term(str):
    """A word among the arguments of a problem that is a message id itself, marked with ``N_``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Some:
    """A list among the arguments of a problem of which people are shown the first ``most``, and scripts everything."""

    entries: Sequence[str]
    most: int = 20


def _fill(template: str, args: Mapping[str, Any], say: Callable[[str], str], *, whole: bool = False) -> str:
    plain = {name: _plain(value, say, whole=whole) for name, value in args.items()}
    return say(template).format(**plain) if template else ""


def _plain(value: Any, say: Callable[[str], str], *, whole: bool) -> Any:
    if isinstance(value, Term):
        return say(value)
    if isinstance(value, str):
        # a name or a quoted text must not look like a message of its own
        return value if value.isprintable() else on_screen(" ".join(value.splitlines()))
    if isinstance(value, list | tuple):
        return say(", ").join(str(_plain(entry, say, whole=whole)) for entry in value)
    if isinstance(value, Some):
        shown = say(", ").join(value.entries if whole else value.entries[: value.most])
        return shown if whole or len(value.entries) <= value.most else say(N_("{names} and others")).format(names=shown)
    return value


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake at one place."""

    kind: Kind
    where: Where = field(default_factory=Where)
    args: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The stable code of its kind."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """The severity of its kind."""
        return self.kind.severity

    @property
    def message(self) -> str:
        """What is wrong, in the language of the console."""
        return _fill(self.kind.message, self.args, _)

    def said(self, say: Callable[[str], str]) -> str:
        """Return what is wrong in the language into which ``say`` translates."""
        return _fill(self.kind.message, self.args, say)

    def advice(self, say: Callable[[str], str]) -> str:
        """Return what to do next in the language into which ``say`` translates; may be empty."""
        return _fill(self.kind.hint, self.args, say)

    def discreet(self) -> Self:
        """Return it as anybody may read it: place and what is missing, without a word that a respondent wrote.

        A hint that repeats such words is left out.
        """
        kind = self.kind
        if not kind.discreet:
            return self
        hint = "" if slots(kind.hint) & QUOTED else kind.hint
        # an earlier version may have kept the problem without an argument that this message needs
        args = {name: self.args.get(name, "?") for name in slots(kind.discreet) | slots(hint)}
        return replace(self, kind=replace(kind, message=kind.discreet, hint=hint, discreet=""), args=args)

    @property
    def hint(self) -> str:
        """What to do next, in the language of the console; may be empty."""
        return _fill(self.kind.hint, self.args, _)

    def __str__(self) -> str:
        """Return ``file:line:column: what is wrong. What to do next``."""
        where = f"{self.where}: " if str(self.where) else ""
        return f"{where}{self.message}" + (f" {self.hint}" if self.hint else "")

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``; lists of names are whole."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "where": str(self.where),
            "line": self.where.line,
            "column": self.where.column,
            "message": _fill(self.kind.message, self.args, _, whole=True),
            "hint": self.hint,
        }


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return only the problems that make the input unusable."""
    return [p for p in problems if p.severity is Severity.ERROR]


def more_than_notes(problems: Iterable[Problem]) -> bool:
    """Return whether somebody has to look at a problem; notes are for information."""
    return any(problem.severity is not Severity.NOTE for problem in problems)


class UserError(Exception):
    """Stops a command because of an input that the user can fix; carries every problem found."""

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        """Take one problem or all of them."""
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(map(str, self.problems)))
