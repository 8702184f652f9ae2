"""Makes the forms of a campaign: who must answer, and what each of them is asked."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from datetime import date
from functools import cached_property

from selfaudit.base.text import file_name
from selfaudit.model.form.form import Form, FormItem, HandlingClass, Questions, Respondent
from selfaudit.model.form.keys import review_key
from selfaudit.model.kit.kit import Checklist, Item, Kit, Part
from selfaudit.model.kit.outline import Titled
from selfaudit.model.kit.plan import Answers
from selfaudit.model.passport import Passport
from selfaudit.model.roster import Person, Roster, Unit
from selfaudit.model.sampling.reviewing import Reviewing


def respondents(kit: Kit, roster: Roster) -> Iterator[Respondent]:
    """Yield everybody who must answer: units first, then people, each in the order of the roster."""
    asked = {role for item in kit.items.values() for role in item.roles}
    numbered = _units_of_one_folder(roster)
    for unit in roster.units:
        if held := [r for r in roster.unit_roles(unit, kit.plan.roles) if r in asked]:
            yield _respondent("unit", unit, roster.collecting_unit(unit.id), held, numbered)
    for person in roster.people:
        if held := [r for r in roster.person_roles(person, kit.plan.roles) if r in asked]:
            yield _respondent("person", person, roster.collecting_unit(person.unit), held, numbered)


def on_roster(kit: Kit, roster: Roster) -> dict[str, Respondent]:
    """Return every unit and person of the roster by key, whether the kit asks them anything or not."""
    numbered = _units_of_one_folder(roster)
    units = [_respondent("unit", unit, roster.collecting_unit(unit.id), [], numbered) for unit in roster.units]
    people = [_respondent("person", one, roster.collecting_unit(one.unit), [], numbered) for one in roster.people]
    return {who.key: who for who in (*units, *people, *respondents(kit, roster))}


def reviews(kit: Kit, roster: Roster, samples: Mapping[str, Reviewing], lost: Container[str]) -> Iterator[Respondent]:
    """Yield every file that is reviewed once for each of its reviewers, by sample in the order of the kit's roles.

    ``samples`` says who reviews what, by sample; what is ``lost`` of it, as ``sample/file``, is reviewed by nobody.
    """
    numbered, units = _units_of_one_folder(roster), roster.hands_out(kit.plan.roles)
    for role in kit.plan.roles:
        if role.sample is None or role.sample not in samples or not kit.asked_of((role.id,)):
            continue
        # that a role has no unit is told of the roster; the forms go out all the same
        found, unit = samples[role.sample], units.get(role.id, roster.units[0])
        for file in found.wanted:
            for person in () if f"{role.sample}/{file}" in lost else found.reviewers(file):
                reviewer, since = found.people[person].name, found.since.get(file, {}).get(person)
                yield Respondent(
                    key=review_key(role.sample, file, person),
                    answers="file",
                    name=f"{file}（{reviewer}）" if kit.plan.language == "zh_CN" else f"{file} ({reviewer})",
                    unit=unit.id,
                    unit_name=unit.name,
                    roles=(role.id,),
                    numbered=unit.id in numbered,
                    reviewer=reviewer,
                    about=dict(found.shown.get(file, ())),
                    until=given_late(kit, role.sample, since),
                )


def given_late(kit: Kit, sample: str, since: date | None) -> date | None:
    """Return the last day of a file that was given to its reviewer when the last day of its items was over, else None.

    It is the deadline of the self-audit, or the day on which it was given out if that is over as well.
    """
    due = kit.due_of_reviews(sample)
    return max(since, kit.plan.submission.deadline) if due and since and since > due else None


def _units_of_one_folder(roster: Roster) -> set[str]:
    """Return the ids of the units that would share a folder where case does not matter, or by what file names allow."""
    folders = [file_name(unit.name).casefold() for unit in roster.units]
    times = Counter(folders)
    return {unit.id for unit, folder in zip(roster.units, folders, strict=True) if times[folder] > 1}


def _respondent(
    answers: Answers, holder: Unit | Person, unit: Unit, roles: list[str], numbered: Container[str]
) -> Respondent:
    # a unit answers for itself, whoever collects for its people
    own = holder if isinstance(holder, Unit) else unit
    return Respondent(
        key=f"{answers}:{holder.id}",
        answers=answers,
        name=holder.name,
        unit=own.id,
        unit_name=own.name,
        roles=tuple(roles),
        numbered=own.id in numbered,
    )


class FormBuilder:
    """Builds the forms of a campaign; respondents with the same roles share one ``Questions``."""

    def __init__(self, kit: Kit) -> None:
        """Take the kit whose items are issued."""
        self._kit = kit
        self._shared: dict[tuple[Answers | None, tuple[str, ...], date | None], Questions] = {}

    def form(self, respondent: Respondent, code: str) -> Form:
        """Return the form of one respondent, given the code that stands for them in its passport."""
        questions = self.questions(respondent)
        passport = Passport(self._kit.plan.code, code, questions.revision)
        return_to = self._kit.plan.return_to
        return Form(passport=str(passport), respondent=respondent, questions=questions, return_to=return_to)

    def questions(self, respondent: Respondent) -> Questions:
        """Return what a respondent is asked."""
        return self._made(respondent.answers, respondent.roles, respondent.until)

    @cached_property
    def everything(self) -> Questions:
        """All that the kit asks, whoever is asked."""
        return self._made(None, tuple(role.id for role in self._kit.plan.roles))

    def _made(self, answers: Answers | None, roles: tuple[str, ...], until: date | None = None) -> Questions:
        key = answers, roles, until
        if key not in self._shared:
            self._shared[key] = self._questions(*key)
        return self._shared[key]

    def _questions(self, answers: Answers | None, roles: tuple[str, ...], until: date | None) -> Questions:
        plan = self._kit.plan
        placed = [(c, i) for c, i in self._kit.placed_items() if not set(roles).isdisjoint(i.roles)]
        used = {checklist.area for checklist, _ in placed}
        return Questions(
            campaign=plan.id,
            title=plan.title,
            language=plan.language,
            areas=tuple(Titled(id=a.id, title=a.title) for a in plan.areas if a.id in used),
            items=tuple(_form_item(item, checklist, self._kit, until) for checklist, item in placed),
            coverage=tuple(c for c in plan.coverage if (answers is None or answers in c.answers) and not c.counted),
            severities=plan.severities,
            dispositions=tuple(
                HandlingClass(id=one.id, title=one.title, actions=tuple(action.title for action in one.actions))
                for one in plan.dispositions
            ),
            finding_fields=plan.finding_fields,
            finding_required=plan.finding_required,
            suggestions=() if answers == "file" else plan.suggestions,
            clues="" if answers == "file" else plan.clues,
            declaration=plan.declaration,
        )


def _form_item(item: Item, checklist: Checklist, kit: Kit, until: date | None) -> FormItem:
    yes_means = item.yes_means or kit.plan.yes_means
    return FormItem(
        id=item.id,
        area=checklist.area,
        title=item.title,
        ask=item.ask,
        yes_means=yes_means,
        parts=tuple(Part(id=p.id, ask=p.ask, yes_means=p.yes_means or yes_means) for p in item.parts),
        how=item.how,
        evidence=item.evidence,
        evidence_required=item.evidence_required,
        legal_basis=kit.basis_of(item),
        due=until or kit.due_of(checklist, item),
    )
