"""The roster: the units of the body as a tree, its people and their posts."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, StringConstraints

from selfaudit.base.dates import read_date
from selfaudit.base.names import name_key
from selfaudit.model.base import Model, Text
from selfaudit.model.formats import FormFormat
from selfaudit.model.kit.plan import Plan, Role

ROSTER_FORMAT = "selfaudit/roster/1"

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
"""The number of a unit or a person in the body's own books."""

Email = Annotated[str, StringConstraints(pattern=r"^([^\s@<>,;]+@[^\s@<>,;]+)?$")]
"""A mail address, or nothing."""


_LEFT = r"^(yes|20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$"

Formats = tuple[Annotated[FormFormat, BeforeValidator(lambda value: str(value).lower())], ...]
"""The formats in which a form is wanted; none means what the plan says."""


Left = Annotated[str, BeforeValidator(lambda value: read_date(str(value)) or value), StringConstraints(pattern=_LEFT)]
"""The day from which a person is there no more, or ``yes`` if nobody knows it; empty for all others."""


class Unit(Model):
    """A department, committee, branch or the management; ``answered_by`` is the unit that collects for its people.

    ``email`` is that of the person who answers for the unit.
    """

    id: Key
    name: Text
    kind: Text
    parent: str = ""
    head: str = ""
    answered_by: str = ""
    roles: tuple[Text, ...] = ()
    forms: Formats = ()
    email: Email = ""


class Person(Model):
    """Somebody in the body and what they work as; ``roles`` are given by title or id."""

    id: Key
    name: Text
    unit: str
    posts: tuple[Text, ...] = ()
    left: Left = ""
    roles: tuple[Text, ...] = ()
    forms: Formats = ()
    email: Email = ""

    def is_there(self, day: date) -> bool:
        """Return whether the person has not left by a day."""
        return not self.left or (self.left != "yes" and self.left > day.isoformat())


class Body(Model):
    """The body that audits itself."""

    name: Text


class Roster(Model):
    """``roster.yaml``: body, units, people."""

    format: Literal["selfaudit/roster/1"]
    body: Body
    units: tuple[Unit, ...] = Field(min_length=1)
    people: tuple[Person, ...] = ()
    _kinds: dict[str, tuple[str, str]] = PrivateAttr(default_factory=dict)

    @cached_property
    def unit_of(self) -> dict[str, Unit]:
        """Every unit by id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def person_of(self) -> dict[str, Person]:
        """Every person by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def _called(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(name_key(person.name), []).append(person)
        return found

    def called(self, name: str) -> Person | None:
        """Return the only person of a name; None for nobody or several."""
        several = self._called.get(name_key(name), [])
        return several[0] if len(several) == 1 else None

    def as_of(self, day: date) -> "Roster":
        """Return the roster without the people who have left by a day."""
        there = tuple(person for person in self.people if person.is_there(day))
        if len(there) == len(self.people):
            return self
        made = Roster.model_construct(format=self.format, body=self.body, units=self.units, people=there)
        made._kinds = self._kinds  # noqa: SLF001 - another one of the same class
        return made

    def knowing(self, plan: Plan) -> "Roster":
        """Return the roster once it knows the kinds of units of a plan, which it may name by id or title."""
        titles = {kind.title: kind.id for kind in plan.kinds}
        self._kinds = {name_key(text): (kind, plan.like[kind]) for text, kind in titles.items()}
        self._kinds |= {name_key(kind): (kind, like) for kind, like in plan.like.items()}
        return self

    def kind_of(self, unit: Unit) -> str:
        """Return the id of the kind of a unit; what no plan knows is its own."""
        return self._kinds.get(name_key(unit.kind), (unit.kind, ""))[0]

    def like(self, unit: Unit) -> str:
        """Return as which of the usual kinds a unit is treated."""
        return self._kinds.get(name_key(unit.kind), ("", unit.kind))[1]

    def collecting_unit(self, unit_id: str) -> Unit:
        """Return the unit that collects the answers of the people of ``unit_id``."""
        unit = self.unit_of[unit_id]
        return self.unit_of[unit.answered_by] if unit.answered_by else unit

    def site_of(self, unit_id: str) -> str:
        """Return the id of the branch that a unit is part of, the highest one above it; a unit of no branch is its own.

        A circle, which the roster check refuses, ends the search.
        """
        site, unit, seen = unit_id, self.unit_of.get(unit_id), {""}
        while unit and unit.id not in seen:
            seen.add(unit.id)
            site = unit.id if self.like(unit) == "branch" else site
            unit = self.unit_of.get(unit.parent)
        return site

    def unit_roles(self, unit: Unit, roles: tuple[Role, ...]) -> tuple[str, ...]:
        """Return the ids of the roles that a unit has."""
        return tuple(role.id for role in self._roles(unit, roles) if role.answers == "unit")

    def hands_out(self, roles: tuple[Role, ...]) -> dict[str, Unit]:
        """Return the unit that hands out and collects the forms of each role of files, by id, if there is one."""
        found: dict[str, Unit] = {}
        for unit in self.units:
            for role in self._roles(unit, roles):
                if role.answers == "file":
                    found.setdefault(role.id, unit)
        return found

    def _roles(self, unit: Unit, roles: tuple[Role, ...]) -> list[Role]:
        name, kind, given = name_key(unit.name), self.kind_of(unit), _given(unit, roles)
        return [
            role
            for role in roles
            if role.answers != "person"
            and (role.id in given or kind in role.kinds or name in map(name_key, (role.title, *role.units)))
        ]

    def person_roles(self, person: Person, roles: tuple[Role, ...]) -> tuple[str, ...]:
        """Return the ids of the roles that a person has."""
        posts, given = set(map(name_key, person.posts)), _given(person, roles)
        return tuple(
            role.id
            for role in roles
            if role.answers == "person"
            and (role.everyone or role.id in given or not posts.isdisjoint(map(name_key, role.posts)))
        )

    def counts(self, roles: tuple[Role, ...]) -> dict[str, int]:
        """Return how many people there are, how many units of each kind, and how many holders of each role."""
        holders = Counter(role for unit in self.units for role in self.unit_roles(unit, roles))
        holders.update(role for person in self.people for role in self.person_roles(person, roles))
        kinds = Counter[str](map(self.kind_of, self.units))
        return {**holders, **kinds, "people": len(self.people)}


_SLASH = re.compile("[/／]")


def roles_named(text: str, roles: Sequence[Role]) -> list[Role]:
    """Return the roles that a text names by id or title, whatever its case, or by one side of a title with a slash.

    A text with a slash may also name several.
    """
    key = name_key(text)
    if exact := [role for role in roles if key in (name_key(role.id), name_key(role.title))]:
        return exact
    if partly := [role for role in roles if key in map(name_key, _SLASH.split(role.title))]:
        return partly
    parts = _SLASH.split(text)
    found = [roles_named(part, roles) for part in parts] if len(parts) > 1 else []
    return [role for one in found for role in one] if all(found) else []


def _given(holder: Unit | Person, roles: Sequence[Role]) -> set[str]:
    """Return the ids of the roles that the roster itself gives."""
    return {role.id for text in holder.roles for role in roles_named(text, roles)}
