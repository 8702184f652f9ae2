"""Made-up audit records with planted copies, the same for the same seed: ``make(1000)``.

A record is the form of its standard, filled in: paragraphs of template text, and between them the auditor's own,
written in stock phrases that everybody uses, some far more often than others, with names, dates and numbers.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

SHARES = {"QMS": 0.38, "EMS": 0.25, "OHSMS": 0.20, "FSMS": 0.10, "EnMS": 0.06, "ISMS": 0.01}
"""The standards and their shares of the records; the last is rare."""
EDITED = {"copy": 0.0, "edited 10 %": 0.1, "edited 20 %": 0.2, "edited 35 %": 0.35, "edited 50 %": 0.5}
KINDS = (*EDITED, "reordered", "next period", "recognised", "group of 4", "ring of 30", "rare standard")
"""What is planted: copies of which so much is written anew, and others."""
HARD = "shared block"
"""Two records of which a fifth is the same; to find them is no mistake, nor is it one not to."""
_VOCABULARY, _FORM = 40_000, 2_500
_LEAST, _MOST, _MEAN, _DEVIATION = 700, 35_000, 7.75, 0.75  # characters: lognormal, 3 bytes each
_GENERAL = (
    "审核现场查看记录文件评价过程控制要求实施情况部门负责人员培训检查设备采购销售生产服务质量环境安全风险目标方案"
)


@dataclass(frozen=True, slots=True)
class Made:
    """A record: what is known of it, its text, and which family it was planted in."""

    number: int
    standard: str
    organisation: str
    period: str
    auditors: tuple[str, ...]
    text: str
    family: int = 0
    kind: str = ""

    @property
    def id(self) -> str:
        """Where it lies; neighbours in the corpus are none here."""
        return f"{self.number * 2_654_435_761 % 2**32:010d}/{self.standard}/{self.number}.txt"


@dataclass(slots=True)
class _Draft:
    """A record whose own paragraphs, lists of phrases, can be changed."""

    standard: str
    share: float
    paragraphs: list[list[str]]
    organisation: str
    period: str
    auditor: str


def make(records: int, seed: int = 12) -> Iterator[Made]:
    """Yield so many records; those of one family follow each other."""
    maker = _Maker(Random(seed))
    number = family = 0
    for kind, drafts in maker.families(records):
        family += bool(kind)
        for draft in drafts:
            if number == records:
                return
            yield maker.made(number, draft, family if kind else 0, kind)
            number += 1


def blank_forms(seed: int = 12) -> dict[str, str]:
    """Return the blank form of every standard of a corpus."""
    return {standard: "\n".join(form) for standard, form in _Maker(Random(seed)).forms.items()}


@dataclass(slots=True)
class _Maker:
    rng: Random
    phrases: list[str] = field(init=False)
    weights: list[float] = field(init=False)
    forms: dict[str, list[str]] = field(init=False)
    letters: str = field(init=False)
    organisations: int = 0

    def __post_init__(self) -> None:
        common = [chr(self.rng.randrange(0x4E00, 0x9FA0)) for _ in range(1_200)]
        self.letters = "".join(common) + _GENERAL * 6
        self.phrases = [self._words(self.rng.randrange(6, 22)) for _ in range(_VOCABULARY)]
        self.weights = list(accumulate(1 / (rank + 60) for rank in range(_VOCABULARY)))
        self.forms = {standard: list(self._form()) for standard in SHARES}

    def families(self, records: int) -> Iterator[tuple[str, Sequence[_Draft]]]:
        """Yield drafts of records that belong together, and what they are planted as; single ones for the rest."""
        each = max(2, min(200, records // 100))
        planted = [
            kind for kind in KINDS if kind not in {"group of 4", "ring of 30", "rare standard"} for _ in range(each)
        ]
        planted += ["group of 4"] * max(1, each // 5) + ["rare standard"] * max(1, each // 20) + [HARD] * each
        planted += ["ring of 30"] if records >= 1_000 else []  # else more than a tenth
        self.rng.shuffle(planted)
        used = sum(self._members(kind) for kind in planted)
        singles = max(0, records - used) / max(1, len(planted))
        owed = 0.0
        for kind in planted:
            yield kind, self._family(kind)
            owed += singles
            while owed >= 1:
                yield "", [self._draft()]
                owed -= 1
        while True:
            yield "", [self._draft()]

    @staticmethod
    def _members(kind: str) -> int:
        return {"group of 4": 4, "ring of 30": 30}.get(kind, 2)

    def _family(self, kind: str) -> list[_Draft]:
        first = self._draft(
            next(reversed(SHARES)) if kind == "rare standard" else "QMS" if kind == "ring of 30" else ""
        )
        if kind in EDITED:
            return [first, self._edited(first, EDITED[kind])]
        if kind in {"group of 4", "ring of 30"}:
            return [first, *(self._edited(first, self.rng.uniform(0.05, 0.3)) for _ in range(self._members(kind) - 1))]
        if kind == HARD:
            other = self._draft(first.standard, first.share, sum(map(len, first.paragraphs)))
            block = max(1, round(len(first.paragraphs) * 0.2))
            other.paragraphs[:block] = [list(one) for one in first.paragraphs[:block]]
            return [first, other]
        copy = self._edited(first, 0.1 if kind == "next period" else 0.15 if kind == "rare standard" else 0)
        if kind == "reordered":
            self.rng.shuffle(copy.paragraphs)
        if kind == "next period":
            copy.organisation, copy.period = first.organisation, f"{int(first.period[:4]) + 1}{first.period[4:]}"
        return [first, copy]

    def made(self, number: int, draft: _Draft, family: int, kind: str) -> Made:
        """Return a draft as a record, its paragraphs between those of the form."""
        own = ["。".join(one) + "。" for one in draft.paragraphs]
        wanted = draft.share / (1 - draft.share) * sum(map(len, own))
        form, filled = self.forms[draft.standard], 0
        parts: list[str] = []
        for place, paragraph in enumerate(own):
            while filled < wanted * (place + 1) / len(own):
                parts.append(form[len(parts) % len(form)])
                filled += len(parts[-1])
            parts.append(paragraph)
        text = f"受审核方：{draft.organisation}　审核日期：{draft.period}　审核组长：{draft.auditor}\n" + "\n".join(
            parts
        )
        if kind == "recognised":
            text = self._misread(text)
        return Made(number, draft.standard, draft.organisation, draft.period, (draft.auditor,), text, family, kind)

    def _draft(self, standard: str = "", share: float = 0, phrases: int = 0) -> _Draft:
        self.organisations += 1
        standard = standard or self.rng.choices(list(SHARES), list(SHARES.values()))[0]
        share = share or self.rng.uniform(0.4, 0.8)
        size = min(_MOST, max(_LEAST, self.rng.lognormvariate(_MEAN, _DEVIATION)))
        own = self._phrases(phrases or max(8, round(size * (1 - share) / 15)))
        step = self.rng.randrange(5, 9)
        period = f"{self.rng.randrange(2019, 2024)}-{self.rng.randrange(1, 13):02d}-{self.rng.randrange(1, 29):02d}"
        name = self._words(4) + "有限公司"
        return _Draft(
            standard, share, [own[i : i + step] for i in range(0, len(own), step)], name, period, self._words(3)
        )

    def _edited(self, draft: _Draft, share: float) -> _Draft:
        """Return a copy for another organisation, of which this share of the phrases is new, one to three in a row."""
        other = self._draft(draft.standard, draft.share, 1)
        paragraphs = [list(one) for one in draft.paragraphs]
        places = [(i, j) for i, one in enumerate(paragraphs) for j in range(len(one))]
        left = round(len(places) * share)
        while left > 0:
            begin = self.rng.randrange(len(places))
            run = places[begin : begin + min(left, self.rng.randrange(1, 4))]
            for (i, j), phrase in zip(run, self._phrases(len(run)), strict=True):
                paragraphs[i][j] = phrase
            del places[begin : begin + len(run)]
            left -= len(run)
        other.paragraphs = paragraphs
        return other

    def _phrases(self, count: int) -> list[str]:
        """Return phrases, some with a number, date or name in them."""
        total, rng = self.weights[-1], self.rng
        found = []
        for _ in range(count):
            phrase = self.phrases[bisect(self.weights, rng.random() * total)]
            slot = rng.random()
            if slot < 0.3:
                phrase = f"{phrase}{rng.randrange(10_000)}"
            elif slot < 0.5:
                phrase = f"{phrase}，{self._words(rng.randrange(4, 12))}"
            found.append(phrase)
        return found

    def _form(self) -> Iterator[str]:
        made = 0
        while made < _FORM:
            yield self._words(self.rng.randrange(15, 80)) + "："
            made += 40

    def _misread(self, text: str) -> str:
        """Return a text with one of fifty characters misread, lines broken anywhere, and full width here and there."""
        letters = list(text)
        for place in range(self.rng.randrange(50), len(letters), 50):
            letters[place] = self.rng.choice(self.letters)
        for place in range(30, len(letters), 40):
            letters[place] += "\n"
        return "".join(letters)

    def _words(self, count: int) -> str:
        return "".join(self.rng.choices(self.letters, k=count))
