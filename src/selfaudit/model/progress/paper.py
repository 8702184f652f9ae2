"""Signed paper: the code printed on a signature sheet, and the state of a respondent's paper.

A paper code is ``FC23-7K2M9QXA-4T0B-66/9QK2M7XA42``: the passport, the first 40 bits of the content hash of what was
answered, and two check digits (ISO 7064 MOD 97-10) over all of it. It has at most 35 characters, all of them upper-case
letters, digits, hyphens and one slash, so that a QR code stores it in its alphanumeric mode.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Self

from selfaudit.base.canonical import ALPHABET
from selfaudit.base.text import narrow
from selfaudit.model.passport import Passport, check_digits, plain_dashes

_SHAPE = re.compile(r"([A-Z0-9-]{19,24})\s*/\s*([0-9A-HJKMNP-TV-Z]{8})(\d\d)")

PaperState = Literal["not_due", "missing", "changed", "refused", "unconfirmed", "confirmed"]
"""Nothing to sign yet, not there, signed before the answers changed, not accepted, not looked at yet, in order."""


def content_code(digest: str) -> str:
    """Return the eight characters that stand for a content hash given in hexadecimal: its first 40 bits."""
    number = int(digest[:10], 16)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))


@dataclass(frozen=True, slots=True)
class PaperCode:
    """What a signature sheet says about itself: whose it is, and which answers were signed."""

    passport: str
    content: str

    def __str__(self) -> str:
        """Return it as printed, check digits included."""
        head = f"{self.passport}/{self.content}"
        return head + check_digits(head)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a code as scanned or typed from paper; None if it does not check."""
        found = _SHAPE.fullmatch(plain_dashes(narrow(text)).upper())
        passport = Passport.parse(found[1]) if found else None
        if not found or passport is None:
            return None
        code = cls(str(passport), found[2])
        return code if str(code).endswith(found[3]) else None


@dataclass(frozen=True, slots=True)
class Paper:
    """Scanned pages filed under a respondent; ``content`` is the code of the answers that were signed.

    ``pages`` counts from 1. ``verdict`` is what a person said of signature and seal: ``confirmed``, ``refused`` with a
    reason, or nothing yet.
    """

    scan: str
    respondent: str
    content: str
    pages: tuple[int, ...]
    file: str
    how: Literal["code", "hand"]
    matched_at: str
    matched_by: str
    verdict: Literal["", "confirmed", "refused"] = ""
    verdict_by: str = ""
    verdict_at: str = ""
    reason: str = ""


def papers_for(digest: str, papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers that sign the answers with a content hash; none if it is empty."""
    wanted = content_code(digest) if digest else None
    return [paper for paper in papers if paper.content == wanted]


def paper_state(digest: str, papers: Iterable[Paper]) -> PaperState:
    """Return the state of the paper of a respondent who has to sign the answers with a content hash, or none yet."""
    if not digest:
        return "not_due"
    all_papers = list(papers)
    current = papers_for(digest, all_papers)
    if any(paper.verdict == "confirmed" for paper in current):
        return "confirmed"
    if any(not paper.verdict for paper in current):
        return "unconfirmed"
    if current:
        return "refused"
    return "changed" if all_papers else "missing"
