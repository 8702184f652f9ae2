"""What a register says of the numbers that answers name, as it was looked up last."""

import re
from collections.abc import Mapping

from selfaudit.base.text import loose
from selfaudit.model.base import Model
from selfaudit.model.data.register import Code, Register

NAMED = "named"
"""The kind of the records that contain what was looked up last in each register, by its id."""
_CODE = re.compile(r"[0-9A-Za-z]{1,3}")


class Looked(Model):
    """The version and title of a register, and by number its status: empty if unknown, None if there is no such row.

    Numbers are in their ``loose`` form. ``holds`` are the words of those who say that it holds, ``others`` those of
    every other status; ``ended`` are the titles of the statuses in which it does not.
    """

    version: int
    title: str
    holds: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    ended: dict[str, str] = {}
    found: dict[str, str | None] = {}


def to_look_up(register: Register, codes: Mapping[str, Code], version: int) -> Looked | None:
    """Return what is known before anything was looked up; None if answers name no rows of the register."""
    named = register.named
    if named is None:
        return None
    words = {id_: _words(code) for id_, code in codes.items()}
    return Looked(
        version=version,
        title=register.title,
        holds=tuple(word for id_ in named.holds for word in words.get(id_, ())),
        others=tuple(word for id_, some in words.items() if id_ not in named.holds for word in some),
        ended={id_: codes[id_].title for id_ in named.ended if id_ in codes},
    )


def _words(code: Code) -> tuple[str, ...]:
    """Return what it is called in a sentence; a short code of letters and digits is no word."""
    return tuple(loose(word) for word in (code.title, *code.aliases) if not _CODE.fullmatch(word))
