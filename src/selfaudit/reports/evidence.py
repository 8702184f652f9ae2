"""What the documents rest on: everything that respondents said, gathered in one pass over their standings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from selfaudit.model.evidence import EvidenceAt
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.form import Respondent
from selfaudit.model.held.against import SETTLE_DATA, HeldAgainst, Unsupported
from selfaudit.model.held.figures import CountedFigure, counted_figures
from selfaudit.model.held.held import Held, held_against
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.contradictions import SETTLE, Contradiction, Contradictions, unsettled
from selfaudit.model.progress.milestones import MILESTONE
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.model.progress.tally import ItemTally, Tally
from selfaudit.model.rectification.register import joined
from selfaudit.reports.against import is_settled
from selfaudit.reports.setting import Setting, Voice
from selfaudit.store.ledger.decisions import Decision


@dataclass(frozen=True, slots=True)
class Remark:
    """A text that a respondent wrote; the rest only beside an answer, ``ask`` if its question is not asked any more."""

    voice: Voice
    text: str
    place: str = ""
    answer: Answer = Answer.UNCHECKED
    ask: str = ""


def voice_of(standing: Standing, setting: Setting) -> Voice:
    """Return who a standing is, without the answers."""
    content = standing.content
    return Voice(
        respondent=standing.respondent,
        name=setting.called(standing.respondent),
        passport=standing.passport if content is None else content["passport"],
        due=standing.due,
        active=standing.active,
        state=standing.state,
        received=setting.day_of(standing.received_at) if content is not None else None,
        first=setting.day_of(standing.completed_at or standing.first_at or standing.received_at)
        if content is not None
        else None,
        completed_at=standing.completed_at if content is not None else "",
        outdated=standing.outdated,
        conflict=standing.conflict,
        coverage=(content or {}).get("coverage", {}),
        paper=standing.paper,
        waiver=standing.waiver,
        on_behalf=bool(standing.on_behalf),
        moved_from=standing.first_due if standing.first_due != standing.due else None,
    )


class Evidence:
    """What respondents say together. Their answers are counted as they come by and not kept.

    ``findings`` are those that count, as the register has them, ``set_aside`` those withdrawn or merged.
    """

    def __init__(self, setting: Setting, standings: Iterable[Standing]) -> None:
        """Take every standing once."""
        self.setting = setting
        self.voices: dict[str, Voice] = {}
        self._found: list[FindingRecord] = []
        self.suggestions: dict[str, list[Remark]] = {box.id: [] for box in setting.kit.plan.suggestions}
        self.clues: list[Remark] = []
        self.dropped: list[Remark] = []
        self.files: list[tuple[Voice, EvidenceAt]] = []
        self.notes: dict[tuple[str, str], list[Remark]] = {}
        self._tally = Tally(setting.kit)
        self._held = Contradictions(setting.kit, setting.roster)
        self._against = HeldAgainst(setting.kit, setting.everybody or setting.roster, setting.data)
        for standing in standings:
            self._add(standing)
        self.findings, self.set_aside = joined(sorted(self._found, key=self._rank()))

    @property
    def tallies(self) -> dict[str, ItemTally]:
        """Who said what about every item, in the order of the report."""
        return self._tally.items

    @cached_property
    def asked(self) -> list[Voice]:
        """Everybody who is asked today, as ``status`` counts them."""
        return [voice for voice in self.voices.values() if voice.active]

    @property
    def numbers(self) -> list[tuple[Respondent, Mapping[str, int]]]:
        """The numbers that everybody who is asked today gives."""
        return [(voice.respondent, voice.coverage) for voice in self.asked]

    @cached_property
    def inactive(self) -> list[Voice]:
        """Those who answered and are asked no more; what they said counts, they do not."""
        return [voice for voice in self.voices.values() if voice.answered and not voice.active]

    @cached_property
    def findings_of(self) -> dict[str, list[FindingRecord]]:
        """The findings of every respondent, by key; a respondent without any is not in it."""
        found: dict[str, list[FindingRecord]] = {}
        for finding in self.findings:
            found.setdefault(finding.respondent.key, []).append(finding)
        return found

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """What cannot both be right and nobody has settled."""
        return unsettled(self._held.found(), self._settled)

    @cached_property
    def decisions(self) -> list[Decision]:
        """What persons decided about answers, without what they settled for statements that nobody makes any more.

        That a milestone is done stands in the plan.
        """
        still = {one.key: one.digest for one in self._held.found()} | {one.key: one.digest for one in self.against}
        return [
            made
            for made in self.setting.decisions
            if made.kind != MILESTONE
            and (made.kind not in (SETTLE, SETTLE_DATA) or still.get(made.about) == made.data["digest"])
        ]

    @cached_property
    def against(self) -> list[Held]:
        """What the body's own data say against answers and the profile, the heaviest first."""
        return held_against(self._against, self.figures)

    @cached_property
    def figures(self) -> list[CountedFigure]:
        """The numbers that registers give, beside those of the profile."""
        return counted_figures(self.setting.data.figures, self.setting.numbers)

    @cached_property
    def unsupported(self) -> list[Unsupported]:
        """The answers that the data could not support."""
        return self._against.unsupported()

    @cached_property
    def settlements(self) -> dict[str, Decision]:
        """What persons decided about answers and data against them, by the key of the contradiction."""
        return {made.about: made for made in self.setting.decisions if made.kind == SETTLE_DATA}

    @property
    def against_open(self) -> list[Held]:
        """The contradictions between answers and data that nobody has settled as they are now."""
        return [one for one in self.against if not is_settled(one, self.settlements.get(one.key))]

    @property
    def _settled(self) -> dict[str, str]:
        return {made.about: made.data["digest"] for made in self.setting.decisions if made.kind == SETTLE}

    def voice(self, respondent: Respondent) -> Voice:
        """Return how to quote a respondent."""
        return self.voices[respondent.key]

    def name_of(self, key: str) -> str:
        """Return what the respondent with this key is called in lists of names; any other text as it is."""
        return self.voices[key].name if key in self.voices else key

    def _add(self, standing: Standing) -> None:
        voice = voice_of(standing, self.setting)
        self.voices[standing.respondent.key] = voice
        self._tally.add(standing)
        self._held.add(standing)
        self._against.add(standing)
        self._found += self.setting.register.findings(standing, self.setting.kit)
        self.files += [(voice, at) for at in standing.evidence]
        if standing.content is None:
            return
        for item, part, answer, note in standing.answers():
            if note:
                self.notes.setdefault((item, part), []).append(Remark(voice, note, f"{item} {part}".strip(), answer))
        for box, text in standing.content.get("suggestions", {}).items():
            self.suggestions.setdefault(box, []).append(Remark(voice, text))
        if clues := standing.content.get("clues"):
            self.clues.append(Remark(voice, clues))
        self.dropped += [Remark(voice, one.note, one.place, one.answer, one.ask) for one in standing.former]
        self.dropped += _dropped(standing, voice, self.setting.kit)

    def _rank(self) -> Callable[[FindingRecord], tuple[int, str]]:
        order = {item: n for n, item in enumerate(self.setting.kit.items)}
        return lambda finding: (order.get(finding.item, len(order)), finding.place)


def _dropped(standing: Standing, voice: Voice, kit: Kit) -> Iterable[Remark]:
    """Yield the answers to items that the checklists no longer have."""
    for item, part, answer, note in standing.answers():
        if item not in kit.items:
            yield Remark(voice, note, f"{item} {part}".strip(), answer)
