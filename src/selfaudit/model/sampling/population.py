"""The frozen population: one canonical text, so that anybody who has it computes the same hash and the same sample."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Some, UserError, Where, error
from selfaudit.model.sampling.plan import SamplePlan

TWICE = error(
    "sample.twice",
    N_("these numbers are those of more than one file: {files}"),
    N_("Every file has a number of its own. Correct the list or the register, and freeze again."),
)
NOT_CANONICAL = error(
    "sample.not-canonical",
    N_("this line is not as selfaudit wrote it: {why}"),
    N_("Take the population file as it was frozen; its SHA-256 is in the journal."),
)
FILE = "file"
"""The column with the number of a file."""
SEVERAL = "、"
"""What joins several values of a file, such as its standards."""
_BETWEEN = re.compile(rf"[{SEVERAL},，;；/\n]")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file: its number, what is known of it by column, and how often each factor applies, None if nobody knows."""

    id: str
    values: Mapping[str, str]
    factors: Mapping[str, int | None]


def file_id(text: str) -> str:
    """Return the number of a file as it is compared: full-width characters narrow, letters upper case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def names_in(text: str) -> list[str]:
    """Return the names in a text that has several, as the program joins them or as people type them."""
    return [name for part in _BETWEEN.split(text) if (name := part.strip())]


def canonical(plan: SamplePlan, files: Iterable[CaseFile]) -> str:
    """Return a population as text: a line of names, then a line for each file, by number, fields apart by tabs.

    Raises ``UserError`` if two files have the same number.
    """
    several = sorted(files, key=lambda one: one.id)
    if twice := [id_ for id_, n in Counter(one.id for one in several).items() if n > 1]:
        raise UserError(TWICE(files=Some(twice)))
    lines = ["\t".join(_names(plan))]
    for one in several:
        values = (_plain(one.values.get(column.id, "")) for column in plan.columns)
        factors = ("" if (n := one.factors.get(f.id)) is None else str(n) for f in plan.factors)
        lines.append("\t".join((one.id, *values, *factors)))
    return "\n".join(lines) + "\n"


def parse(plan: SamplePlan, text: str, name: str) -> list[CaseFile]:
    """Return the files of a canonical text; ``name`` is what its file is called in messages.

    Raises ``UserError`` with the first line that is not canonical.
    """
    names = _names(plan)
    lines = text.split("\n")
    if lines[0].split("\t") != names or lines[-1]:
        line = 1 if lines[0].split("\t") != names else len(lines)
        raise UserError(NOT_CANONICAL(Where(name, line), why="\t".join(names)))
    columns, factors = [one.id for one in plan.columns], [one.id for one in plan.factors]
    files = []
    for number, row in enumerate(lines[1:-1], 2):
        file = _parsed(row, columns, factors)
        if file is None:
            raise UserError(NOT_CANONICAL(Where(name, number), why=row))
        files.append(file)
    return files


def digest(text: str) -> str:
    """Return the SHA-256 of a canonical text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _names(plan: SamplePlan) -> list[str]:
    return [FILE, *plan.titles]


def _plain(value: str) -> str:
    return " ".join(value.split())


def _parsed(line: str, columns: Sequence[str], factors: Sequence[str]) -> CaseFile | None:
    id_, *rest = line.split("\t")
    values, counts = rest[: len(columns)], rest[len(columns) :]
    digits = "".join(counts)
    if len(rest) != len(columns) + len(factors) or (digits and not (digits.isascii() and digits.isdigit())):
        return None
    numbers = (int(count) if count else None for count in counts)
    return CaseFile(id_, dict(zip(columns, values, strict=True)), dict(zip(factors, numbers, strict=True)))
