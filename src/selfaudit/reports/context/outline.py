"""The outline of the final report: its first page, chapters and sections, annexes and signatures; see ``context``."""

from dataclasses import dataclass
from typing import Annotated, Literal

from selfaudit.model.kit.outline import Block
from selfaudit.reports.context.parts import TitledText, VoiceRow
from selfaudit.word.values import Figure

SectionKind = Literal[
    "heading", "text", "particulars", "numbers", "register_figures",
    "legal_basis", "scope", "method", "working_group", "requirements", "phases", "milestones", "conduct",
    "data_checks", "lookalikes", "contradictions", "unsupported", "file_reviews", "overview", "in_full",
    "corrections", "handling", "who_handles", "suggestions", "clues",
]  # fmt: skip
"""What a section prints; ``heading`` prints nothing but its title, those after it are its parts."""
AnnexKind = Literal[
    "findings", "contradictions", "lookalikes", "exclusions", "dispositions", "register", "aside",
    "items", "respondents", "decisions", "dropped", "evidence",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of ``profile.yaml``."""

    title: Annotated[str, "what it is about"]
    text: Annotated[str, "the text, or a mark where nothing was filled in; empty if there is a number"]
    number: Annotated[Figure | None, "the number, if one was filled in"]
    is_number: Annotated[bool, "whether a number is asked for"]


@dataclass(frozen=True, slots=True)
class RegisterFigureRow:
    """A number that the body's registers give, beside the one of ``profile.yaml``."""

    title: Annotated[str, "what it counts"]
    stated: Annotated[str, "the number of profile.yaml; empty if none says the same"]
    counted: Annotated[Figure | None, "the number that the registers give"]
    remark: Annotated[str, "whether the two agree, and whether registers have changed since"]
    note: Annotated[str, "the number of the note below the table that says how it was counted"]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a chapter: a heading, unless it is all that the chapter contains, and what is below."""

    kind: Annotated[SectionKind, "what it prints"]
    title: Annotated[str, "its heading; empty where that would only repeat the chapter's"]
    deep: Annotated[bool, "whether the heading is one level lower, below that of an earlier section"]
    facts: Annotated[tuple[Fact, ...], "the facts of profile.yaml that it prints, for text, particulars and numbers"]
    voices: Annotated[tuple[VoiceRow, ...], "what respondents wrote, for suggestions and clues"]
    figures: Annotated[tuple[RegisterFigureRow, ...], "numbers that registers give, for register_figures"] = ()
    notes: Annotated[tuple[str, ...], "how these were counted, numbered, and which could not be counted"] = ()


@dataclass(frozen=True, slots=True)
class ChapterInfo:
    """A chapter of the prescribed outline."""

    id: Annotated[str, "id of the chapter"]
    number: Annotated[str, "its number as the language writes it: 一 or 1"]
    title: Annotated[str, "its title"]
    holds: Annotated[tuple[Block, ...], "its blocks: profile plan conduct findings measures suggestions clues text"]
    facts: Annotated[tuple[Fact, ...], "the profile fields that belong here"]
    sections: Annotated[tuple[Section, ...], "what is in it, in order; never without content"]


@dataclass(frozen=True, slots=True)
class AnnexInfo:
    """An annex; one in which there would be nothing is left out."""

    kind: Annotated[AnnexKind, "what it prints"]
    number: Annotated[str, "its number, from 1"]
    title: Annotated[str, "its title"]


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What identifies the body and the document, besides title and name."""

    number: Annotated[str, "number of the document; empty if the kit asks for none"]
    date: Annotated[str, "date of the report: that of profile.yaml, otherwise the day on which it was written"]
    lines: Annotated[tuple[TitledText, ...], "what else identifies the body there"]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and what is printed of it before anybody takes a pen."""

    title: Annotated[str, "what the signature says, such as Approved by"]
    name: Annotated[str, "who took this step for exactly this content; empty if nobody did"]
    on: Annotated[str, "on which day"]
