"""The numbers of a document: made with their sources, found again in it, compared with each other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from selfaudit.base.i18n import N_, _
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.plan import CoverageField
from selfaudit.model.progress.coverage import counted
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.reports.context.final import FinalReport, PersonReport, UnitReport
from selfaudit.reports.context.parts import TitledFigure
from selfaudit.reports.setting import Setting, Voice
from selfaudit.reports.wording import Wording
from selfaudit.word.values import Figure

GROUPS: dict[str, tuple[str, Callable[[Voice], bool]]] = {
    "issued": (N_("forms issued"), lambda _voice: True),
    "answered": (N_("forms answered"), lambda voice: voice.answered),
    "complete": (N_("forms answered completely"), lambda voice: voice.state == "complete"),
    "incomplete": (N_("forms answered with gaps"), lambda voice: voice.state == "incomplete"),
    "missing": (N_("forms not answered"), lambda voice: not voice.answered),
    "waived": (N_("forms that need not be answered"), lambda voice: voice.state == "waived"),
    "late": (N_("forms that came back late"), lambda voice: voice.late),
}
"""The groups into which respondents are counted."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as something to look up: the key of a respondent, the short id of a finding or the id of a figure.

    ``said`` is what they said beside that, such as a number.
    """

    kind: Literal["respondent", "finding", "figure"]
    id: str
    said: str = ""


class Deferred:
    """Sources that are put into words only when somebody asks for them; most never are."""

    def __init__(self, make: Callable[[], Iterable[str]], origins: Callable[[], Iterable[Origin]] = tuple) -> None:
        """Take what makes them, in words and to look them up; the latter are none if there are only words."""
        self._make = make
        self.origins = origins

    def __iter__(self) -> Iterator[str]:
        return iter(self._make())

    def __reduce__(self) -> tuple[type["Deferred"], tuple[Callable[[], Iterable[str]]]]:
        # documents print numbers; what says who said it stays in the process that knows
        return Deferred, (_left_behind,)


def _left_behind() -> Iterable[str]:
    raise LookupError(_("documents print figures, but not their sources"))


FOUND_BY = {"signal": N_("found by data checks"), "others": N_("found by others")}
"""Who finds what no answer reports."""


def _found_by(finding: FindingRecord) -> str:
    return finding.source if finding.source in ("answer", *FOUND_BY) else "others"


@dataclass(frozen=True, slots=True)
class Figures:
    """Makes figures; ``voice`` says how to quote a respondent."""

    wording: Wording
    voice: Callable[[Respondent], Voice]

    def voices(self, figure_id: str, title: str, voices: Sequence[Voice]) -> Figure:
        """Return how many respondents there are."""
        return self.respondents(figure_id, title, [voice.respondent for voice in voices])

    def groups(self, prefix: str, label: str, voices: Sequence[Voice]) -> dict[str, Figure]:
        """Return how many respondents belong to each of ``GROUPS``; the label sets these figures apart from others."""
        made = {}
        for name, (words, belongs) in GROUPS.items():
            title = self.wording.tr(words)
            kept = [voice for voice in voices if belongs(voice)]
            made[name] = self.voices(f"{prefix}.{name}", self.wording.pair(label, title) if label else title, kept)
        return made

    def respondents(self, figure_id: str, title: str, respondents: Sequence[Respondent]) -> Figure:
        """Return how many respondents there are, by their records."""
        sources = Deferred(
            lambda: (self.voice(r).source(self.wording) for r in respondents),
            lambda: (Origin("respondent", r.key) for r in respondents),
        )
        return Figure(figure_id, len(respondents), title, sources)

    def findings(
        self, figure_id: str, title: str, findings: Sequence[FindingRecord], others: Sequence[str] = ()
    ) -> Figure:
        """Return how many findings there are, and what else counts with them, each in words."""
        sources = Deferred(
            lambda: (
                *(self.wording.pair(f.short_id, self.voice(f.respondent).source(self.wording)) for f in findings),
                *others,
            ),
            lambda: (Origin("finding", f.short_id, f.respondent.name) for f in findings),
        )
        return Figure(figure_id, len(findings) + len(others), title, sources)

    def reported(self, prefix: str, label: str, findings: Sequence[FindingRecord]) -> dict[str, Any]:
        """Return how many findings their respondents reported, as ``problems``, and what others found ``elsewhere``."""
        title = self.wording.pair(label, self.wording.tr(N_("findings"))) if label else self.wording.tr(N_("findings"))
        own = [finding for finding in findings if finding.source == "answer"]
        return {
            "problems": self.findings(f"{prefix}.findings", title, own),
            "elsewhere": self.elsewhere(f"{prefix}.findings", label, findings),
        }

    def elsewhere(self, prefix: str, label: str, findings: Sequence[FindingRecord]) -> tuple[TitledFigure, ...]:
        """Return how many findings nobody reported in an answer, by who found them; none for those who found none."""
        made = []
        for source, words in FOUND_BY.items():
            word = self.wording.tr(words)
            title = self.wording.pair(label, word) if label else word
            if by := [one for one in findings if _found_by(one) == source]:
                made.append(TitledFigure(word, self.findings(f"{prefix}.{source}", title, by)))
        return tuple(made)

    def coverage(self, figure_id: str, title: str, field: CoverageField, given: Sequence[Voice]) -> Figure:
        """Return what the numbers that some respondents gave amount to: their sum, or how many are not 0."""
        sources = Deferred(
            lambda: (self.wording.pair(v.source(self.wording), v.coverage[field.id]) for v in given),
            lambda: (Origin("respondent", v.respondent.key, str(v.coverage[field.id])) for v in given),
        )
        numbers = [voice.coverage[field.id] for voice in given]
        return Figure(figure_id, sum(map(bool, numbers)) if field.total == "count" else sum(numbers), title, sources)

    def counted(self, field: CoverageField, setting: Setting, who: Respondent | None = None) -> Figure:
        """Return what the program counts for a respondent, or without one for the body."""
        things = counted(field.counted, setting.kit, setting.roster, who, setting.left_out)
        return Figure(f"coverage.{field.id}", len(things), field.title, tuple(things))

    def total(self, figure_id: str, title: str, parts: Sequence[Figure]) -> Figure:
        """Return the sum of other figures."""
        sources = Deferred(
            lambda: (self.wording.pair(part.title, part.value) for part in parts if part.value),
            lambda: (Origin("figure", part.id, str(part.value)) for part in parts if part.value),
        )
        return Figure(figure_id, sum(part.value for part in parts), title, sources)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number that a document prints: what it counts, in which chapters it is and who says so."""

    id: str
    value: int
    title: str
    chapters: tuple[str, ...]
    sources: Iterable[str]


def explain(report: FinalReport | UnitReport | PersonReport) -> list[Explanation]:
    """Return every number of a document once, in the order in which the document prints it."""
    places: dict[str, list[str]] = {}
    found: dict[str, Figure] = {}
    for section in fields(report):
        for chapters, figure in _placed(report, section.name):
            found.setdefault(figure.id, figure)
            places.setdefault(figure.id, []).extend(chapters)
    return [Explanation(f.id, f.value, f.title, tuple(dict.fromkeys(places[f.id])), f.sources) for f in found.values()]


def _placed(report: FinalReport | UnitReport | PersonReport, section: str) -> Iterator[tuple[list[str], Figure]]:
    if isinstance(report, FinalReport) and section == "chapters":
        for chapter in report.chapters:
            yield from (([f"{chapter.number} {chapter.title}"], figure) for figure in figures_in(chapter))
    elif isinstance(report, FinalReport) and section == "conduct":
        for member in fields(report.conduct):
            place = _chapters(report, "annex" if member.name == "roles" else section)
            yield from ((place, figure) for figure in figures_in(getattr(report.conduct, member.name)))
    else:
        chapters = _chapters(report, section) if isinstance(report, FinalReport) else []
        yield from ((chapters, figure) for figure in figures_in(getattr(report, section)))


def _chapters(report: FinalReport, section: str) -> list[str]:
    if section.startswith("annex"):
        return [_("annex")]
    return [f"{chapter.number} {chapter.title}" for chapter in report.chapters if section in chapter.holds]


def figures_in(value: object) -> Iterator[Figure]:
    """Yield every figure inside a document or a part of it."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from figures_in(entry)
    elif is_dataclass(value):
        for member in fields(value):
            yield from figures_in(getattr(value, member.name))
