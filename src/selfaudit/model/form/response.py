"""A response: what a respondent says, in the one canonical shape that all form formats share."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, WithJsonSchema, create_model

from selfaudit.base.canonical import canonical_json
from selfaudit.base.i18n import N_
from selfaudit.model.base import LONGEST_TEXT, Day, Model
from selfaudit.model.finding import FINDING_FIELDS, Kind
from selfaudit.model.form.answers import WORDS, Answer, worst

Free = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
LONGEST_FILE_NAME = 255
"""Characters of the longest name of a file; no file system takes a longer one."""


Said = Annotated[
    Answer, WithJsonSchema({"enum": [*Answer, *(word for words in WORDS.values() for word in words.values()), None]})
]
"""An answer; in a file its word in any language will do."""


FIELD_WORDS = {
    "filled_by": N_("filled in by"),
    "filled_on": N_("date of filling in"),
    **{field.key: field.word for field in FINDING_FIELDS},
    "clues": N_("clues"),
    "declaration": N_("declaration"),
    "note": N_("note"),
    "evidence": N_("evidence"),
}
"""The word for the fields of a response, as forms of every format and messages call them."""


class NamedFile(Model):
    """A file that a response names as evidence; the form in the browser knows its hash and its size in bytes as well.

    The program or person who reads the form may have nothing but the name.
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_FILE_NAME)]
    sha256: Annotated[str, StringConstraints(pattern="^([0-9a-f]{64})?$")] = ""
    size: Annotated[int, Field(ge=0)] = 0


class PartAnswer(Model):
    """The answer to one part; ``ask`` is printed for the reader and not part of the content."""

    id: str
    ask: str = ""
    answer: Said = Answer.UNCHECKED
    note: Free = ""
    evidence: tuple[NamedFile, ...] = ()


class ItemAnswer(Model):
    """The answer to one item: its own, or that of its parts."""

    id: str
    ask: str = ""
    answer: Said = Answer.UNCHECKED
    note: Free = ""
    evidence: tuple[NamedFile, ...] = ()
    parts: tuple[PartAnswer, ...] = ()

    @property
    def overall(self) -> Answer:
        """The item's answer: the worst of its parts where it has any."""
        return worst(part.answer for part in self.parts) if self.parts else self.answer


_HELD: dict[Kind, tuple[Any, Any]] = {
    "number": (int, Field(0, ge=0)),
    "item": (str, ""),
    "part": (str, ""),
    "text": (Free, ""),
    "line": (Free, ""),
    "severity": (str, ""),
    "disposition": (dict[str, Free], {}),
    "date": (Day | None, None),
    "choice": (str, ""),
}
"""The type and default of each kind of field."""


class _Open(Model):
    """Takes texts under further names."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Free] = {}


if TYPE_CHECKING:

    class Finding(Model):
        """A problem found, with the fields of ``FINDING_FIELDS`` and its evidence."""
else:
    Finding = create_model(
        "Finding",
        __base__=_Open,
        __doc__="A problem found, and everything said about it; a kit may ask for further texts.",
        **{field.key: _HELD[field.kind] for field in FINDING_FIELDS},
        evidence=(tuple[NamedFile, ...], ()),
    )


class Response(Model):
    """A whole response; ``campaign`` and ``respondent`` are printed for the reader and not part of the content."""

    format: Literal["selfaudit/response/1"] = Field("selfaudit/response/1", alias="selfaudit")
    passport: str
    campaign: str = ""
    respondent: str = ""
    filled_by: Free = ""
    filled_on: Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d\d-\d\d(T\d\d:\d\d)?)?$")] = ""
    coverage: dict[str, Annotated[int, Field(ge=0)]] = {}
    items: tuple[ItemAnswer, ...] = ()
    findings: tuple[Finding, ...] = ()
    suggestions: dict[str, Free] = {}
    clues: Free = ""
    declaration: bool = False

    @property
    def answers(self) -> dict[str, ItemAnswer]:
        """The answer of every item id."""
        return {item.id: item for item in self.items}


def place_of_finding(finding: Mapping[str, Any]) -> str:
    """Return item and part of a finding, such as ``3.2 a``; without an item the part can be any text: it is no place.

    Whatever leaves the campaign says this and never a text typed for a place.
    """
    return f"{finding['item']} {finding.get('part', '')}".strip() if finding.get("item") else ""


def finding_order(finding: Mapping[str, Any]) -> tuple[str, str, int]:
    """Return where a finding stands among those of a content."""
    return finding.get("item", ""), finding.get("part", ""), finding["number"]


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of a content."""
    return hashlib.sha256(canonical_json(content)).hexdigest()
