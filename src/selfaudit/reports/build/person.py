"""Build the report of one person."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from selfaudit.base.i18n import N_
from selfaudit.model.form.answers import MISSING, SAID, Answer, Said
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.kit import Item
from selfaudit.model.progress.standing import Standing
from selfaudit.model.progress.tally import ItemTally, Voices
from selfaudit.reports.build.proof import files_text
from selfaudit.reports.context.final import PersonReport
from selfaudit.reports.context.parts import Counts, ItemRow, RespondentInfo, TitledFigure, TitledText
from selfaudit.reports.document import Document
from selfaudit.reports.evidence import Evidence, voice_of
from selfaudit.reports.figures import Figures
from selfaudit.reports.setting import Setting
from selfaudit.reports.tables import campaign_info, disposition_classes, finding_row, known
from selfaudit.word.values import Figure

TITLE = N_("Self-audit report of {name}")
_DROPPED = N_("(question removed or changed since)")

Place = tuple[str, str]
"""Item and part; the part is empty for a whole item."""


def person_report(setting: Setting, standing: Standing) -> PersonReport:
    """Return what one person's report says; with gaps or conflicting responses it is a draft, as who signs must see."""
    evidence = Evidence(setting, [standing])
    figures = Figures(setting.wording, evidence.voice)
    texts = texts_of(setting, standing)
    return PersonReport(
        draft=bool(standing.gaps) or standing.conflict,
        title=setting.wording.tr(TITLE).format(name=setting.called(standing.respondent)),
        body=setting.roster.body.name,
        campaign=campaign_info(setting),
        printed_on=setting.wording.date(setting.today),
        respondent=respondent_info(setting, standing),
        coverage=coverage_of(setting, standing, figures),
        counts=counts_of(setting, standing.respondent, evidence.tallies, figures),
        items=tuple(ItemTable(setting, figures, {}).rows(standing)),
        findings=tuple(finding_row(finding, setting) for finding in evidence.findings),
        handling=disposition_classes(evidence.findings, setting, figures),
        suggestions=texts.suggestions,
        clues_title=setting.kit.plan.clues,
        clues=texts.clues,
        declaration=setting.kit.plan.declaration,
        declared=texts.declared,
    )


class Texts(NamedTuple):
    """What a respondent wrote at the end of the form."""

    suggestions: tuple[TitledText, ...]
    clues: str
    declared: bool


def texts_of(setting: Setting, standing: Standing | None) -> Texts:
    """Return what a respondent wrote at the end of the form; boxes that the plan no longer has come last."""
    content: Mapping[str, Any] = (standing and standing.content) or {}
    written: dict[str, str] = content.get("suggestions", {})
    titles = {box.id: box.title for box in setting.kit.plan.suggestions}
    return Texts(
        suggestions=tuple(
            TitledText(titles.get(box, box), setting.text(written.get(box, "")))
            for box in dict.fromkeys((*titles, *written))
        ),
        clues=setting.text(content.get("clues", "")),
        declared=content.get("declaration", False),
    )


def respondent_info(setting: Setting, standing: Standing) -> RespondentInfo:
    """Return who answered, with which form."""
    respondent, voice = standing.respondent, voice_of(standing, setting)
    content, wording = standing.content or {}, setting.wording
    return RespondentInfo(
        name=respondent.name,
        number=respondent.number,
        unit=respondent.unit_name,
        roles=setting.roles_text(respondent.roles),
        passport=voice.passport,
        state=wording.state(voice.state),
        filled_by=wording.aside(setting.text(content.get("filled_by", "")), _on_behalf(setting, standing)),
        filled_on=wording.written_date(content.get("filled_on", "")),
        received=setting.received_text(voice),
        due=wording.date(standing.due),
        about=wording.clauses(wording.pair(title, text) for title, text in respondent.about.items()),
    )


def _on_behalf(setting: Setting, standing: Standing) -> str:
    """Return who entered which answers on the respondent's behalf."""
    by: dict[str, list[str]] = {}
    for entered in standing.on_behalf:
        by.setdefault(setting.on_behalf_text(entered), []).append(entered.place)
    return setting.wording.clauses(
        setting.wording.pair(setting.wording.join(reversed(places)), text) for text, places in by.items()
    )


def coverage_of(setting: Setting, standing: Standing, figures: Figures) -> tuple[TitledFigure, ...]:
    """Return the numbers of a respondent; one that is missing is left out rather than printed as 0."""
    who, voice = standing.respondent, voice_of(standing, setting)
    asked = [field for field in setting.kit.plan.coverage if who.answers in field.answers]
    return tuple(
        TitledFigure(
            field.title,
            figures.counted(field, setting, who)
            if field.counted
            else figures.coverage(f"coverage.{field.id}", field.title, field, [voice]),
        )
        for field in asked
        if field.counted or field.id in voice.coverage
    )


def counts_of(
    setting: Setting, respondent: Respondent | None, tallies: Mapping[str, ItemTally], figures: Figures
) -> Counts:
    """Return how many items a respondent gave which answer; ``tallies`` count them alone."""
    by_answer: dict[Said, list[str]] = {said: [] for said in SAID}
    for item, counted in tallies.items():
        for answer, who in counted.by_answer.items():
            if who:
                by_answer[answer].append(item)
    items = [item for answered in by_answer.values() for item in answered]
    return Counts(
        items=_count("items", setting.wording.tr(N_("items asked")), items, respondent, figures),
        **{
            str(answer): _count(answer, setting.wording.answer(answer), answered, respondent, figures)
            for answer, answered in by_answer.items()
        },
    )


def _count(name: str, title: str, items: list[str], respondent: Respondent | None, figures: Figures) -> Figure:
    who = [figures.voice(respondent).source(figures.wording)] if respondent else []
    return Figure(f"answers.{name}", len(items), title, (*who, *items))


class ItemTable:
    """Makes the rows of questions and answers; ``people`` is what the unit's people said, by place."""

    def __init__(self, setting: Setting, figures: Figures, people: Mapping[Place, Voices]) -> None:
        """Take what all rows share."""
        self._setting = setting
        self._figures = figures
        self._people = people

    def rows(self, standing: Standing | None) -> Iterator[ItemRow]:
        """Yield every question asked of a respondent or of their people, last what is no longer asked in this way."""
        said = self._marked(standing) if standing else {}
        answered = {item for item, _ in said}
        asked = self._setting.kit.asked_of(standing.respondent.roles) if standing and standing.active else ()
        unsaid: Said = MISSING if standing and standing.content is None else Answer.UNCHECKED
        for item in self._setting.kit.items.values():
            own = item.id in asked or item.id in answered
            for part, ask in questions(item):
                place = (item.id, part)
                if own:
                    yield self._row(place, ask, *said.pop(place, (unsaid, "")))
                elif place in self._people:
                    yield self._row(place, ask)
        changed = self._setting.wording.tr(_DROPPED)
        for former in standing.former if standing else ():
            row = self._row((former.item, former.part), f"{former.ask} {changed}", former.answer, former.note)
            # what the people say answers the words of now
            yield replace(row, people="", said=())
        for place, (answer, note) in said.items():
            yield self._row(place, changed, answer, note)

    def _marked(self, standing: Standing) -> dict[Place, tuple[Answer, str]]:
        """Return every answer with its note, and in that who entered the answer if it was not the respondent."""
        marks = {made.place: f"〔{self._setting.on_behalf_text(made)}〕" for made in reversed(standing.on_behalf)}
        said: dict[Place, tuple[Answer, str]] = {}
        files = list(standing.evidence)
        for item, part, answer, note in standing.answers():
            place = f"{item} {part}".strip()
            # what is evidence of a whole item stands at the first of its parts
            here = [at for at in files if at.place in (place, item)]
            files = [at for at in files if at not in here]
            texts = (note, marks.get(place, ""), files_text(self._setting, here))
            said[item, part] = answer, "\n".join(filter(None, texts))
        return said

    def _row(self, place: Place, ask: str, answer: Said | None = None, note: str = "") -> ItemRow:
        setting = self._setting
        item = setting.kit.items.get(place[0])
        said = tuple(self._said(place))
        return ItemRow(
            area=setting.areas[known(setting.kit.area_of.get(place[0], ""), setting.areas)],
            id=place[0],
            part=place[1],
            title=item.title if item else "",
            ask=ask,
            answer=setting.wording.answer(answer) if answer else "",
            note=setting.text(note),
            people=setting.wording.join(f"{figure.title} {figure.value}" for figure in said),
            said=said,
            basis=setting.wording.clauses(setting.kit.basis_of(item)) if item else "",
            evidence=setting.wording.clauses(item.evidence) if item else "",
        )

    def _said(self, place: Place) -> Iterator[Figure]:
        for answer, who in self._people.get(place, {}).items():
            if who:
                figure_id = f"people.{':'.join(filter(None, place))}.{answer}"
                yield self._figures.respondents(figure_id, self._setting.wording.answer(answer), who)


def questions(item: Item) -> list[tuple[str, str]]:
    """Return what an item asks: its parts with their letters, or itself."""
    return [(part.id, part.ask) for part in item.parts] or [("", item.ask)]


DOCUMENT = Document(
    name="person",
    word=N_("person"),
    audience="person",
    context=PersonReport,
    build=lambda request: person_report(request.setting, request.standing),
)
