"""Made-up records for the tests of the comparison: forms filled in, copies of them, and who reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random

from selfaudit.casefiles.comparing import Comparison, Earlier, compare
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings

LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3_000)]


@dataclass
class Body:
    """A body's records, written with a seed."""

    seed: int = 1
    records: list[CaseRecord] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.forms: dict[str, list[str]] = {}

    def words(self, count: int) -> str:
        return "".join(self.rng.choices(LETTERS, k=count))

    def paragraphs(self, characters: int, size: int = 60) -> list[str]:
        return [self.words(size) + "。" for _ in range(max(1, characters // size))]

    def form(self, standard: str) -> list[str]:
        return self.forms.setdefault(standard, [self.words(80) + "：" for _ in range(12)])

    def add(self, own: Sequence[str], standard: str = "QMS", **known: object) -> str:
        """Add a record with these paragraphs of its own between those of its form; return its id."""
        form = self.form(standard)
        text = "\n".join(part for n, each in enumerate(own) for part in (form[n % len(form)], each))
        id_ = f"{sha256(text.encode()).hexdigest()[:8]}/{len(self.records):05d}.docx"
        self.put(id_, text, standard, **known)
        return id_

    def put(self, id_: str, text: str, standard: str = "QMS", **known: object) -> None:
        digest = sha256(text.encode()).hexdigest()
        given = {"id": id_, "digest": digest, "standard": standard, "characters": len(text), **known}
        self.records.append(CaseRecord.model_validate(given))
        self.texts[id_] = text

    def fill(self, count: int, standard: str = "QMS", characters: int = 1_200) -> None:
        """Add records that have nothing to do with each other."""
        for _ in range(count):
            self.add(self.paragraphs(characters), standard)

    def edited(self, own: Sequence[str], share: float) -> list[str]:
        """Write this share of the paragraphs anew."""
        changed = set(self.rng.sample(range(len(own)), round(len(own) * share)))
        return [self.words(60) + "。" if n in changed else one for n, one in enumerate(own)]

    def blank(self, standard: str = "QMS") -> dict[str, list[str]]:
        return {standard: ["\n".join(self.form(standard))]}

    def compared(
        self,
        blanks: dict[str, list[str]] | None = None,
        settings: Settings | None = None,
        earlier: Earlier | None = None,
        records: Sequence[CaseRecord] | None = None,
    ) -> Comparison:
        them = self.records if records is None else records
        return compare(
            them, lambda n: self.texts[them[n].id], blanks or {}, settings or Settings(), earlier or Earlier()
        )


def pairs(comparison: Comparison) -> set[tuple[str, str]]:
    return {(pair.a, pair.b) for pair in comparison.found.pairs}


def pair(*ids: str) -> tuple[str, ...]:
    return tuple(sorted(ids))
