"""The roster: the units of the body as a tree, its people and their posts."""

from collections import Counter
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from selfaudit.base.names import name_key
from selfaudit.model.base import Id, Model, Text
from selfaudit.model.formats import FormFormat
from selfaudit.model.kit import Role, UnitKind

ROSTER_FORMAT = "selfaudit/roster/1"

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
"""The number of a unit or a person in the body's own books."""

Email = Annotated[str, StringConstraints(pattern=r"^([^\s@<>,;]+@[^\s@<>,;]+)?$")]
"""A mail address, or nothing."""


Formats = tuple[Annotated[FormFormat, BeforeValidator(lambda value: str(value).lower())], ...]
"""The formats in which a form is wanted; none means what the plan says."""


class Unit(Model):
    """A department, committee, branch or the management; ``answered_by`` is the unit that collects for its people.

    ``email`` is that of the person who answers for the unit.
    """

    id: Key
    name: Text
    kind: UnitKind
    parent: str = ""
    head: str = ""
    answered_by: str = ""
    roles: tuple[Id, ...] = ()
    forms: Formats = ()
    email: Email = ""


class Person(Model):
    """Somebody in the body and what they work as."""

    id: Key
    name: Text
    unit: str
    posts: tuple[Text, ...] = ()
    roles: tuple[Id, ...] = ()
    forms: Formats = ()
    email: Email = ""


class Body(Model):
    """The certification body itself."""

    name: Text


class Roster(Model):
    """``roster.yaml``: body, units, people."""

    format: Literal["selfaudit/roster/1"]
    body: Body
    units: tuple[Unit, ...] = Field(min_length=1)
    people: tuple[Person, ...] = ()

    @cached_property
    def unit_of(self) -> dict[str, Unit]:
        """Every unit by id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def person_of(self) -> dict[str, Person]:
        """Every person by id."""
        return {person.id: person for person in self.people}

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
            site = unit.id if unit.kind == "branch" else site
            unit = self.unit_of.get(unit.parent)
        return site

    def unit_roles(self, unit: Unit, roles: tuple[Role, ...]) -> tuple[str, ...]:
        """Return the ids of the roles that a unit has."""
        name = name_key(unit.name)
        return tuple(
            role.id
            for role in roles
            if role.answers == "unit"
            and (role.id in unit.roles or unit.kind in role.kinds or name in map(name_key, (role.title, *role.units)))
        )

    def person_roles(self, person: Person, roles: tuple[Role, ...]) -> tuple[str, ...]:
        """Return the ids of the roles that a person has."""
        posts = set(map(name_key, person.posts))
        return tuple(
            role.id
            for role in roles
            if role.answers == "person"
            and (role.everyone or role.id in person.roles or not posts.isdisjoint(map(name_key, role.posts)))
        )

    def counts(self, roles: tuple[Role, ...]) -> dict[str, int]:
        """Return how many people there are, how many units of each kind, and how many holders of each role."""
        holders = Counter(role for unit in self.units for role in self.unit_roles(unit, roles))
        holders.update(role for person in self.people for role in self.person_roles(person, roles))
        kinds = Counter[str](unit.kind for unit in self.units)
        return {**holders, **kinds, "people": len(self.people)}
