"""Who on a roster holds which role of a plan, and what keeps somebody from being asked who should be."""

import difflib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Kind, Some, error, note, warning
from selfaudit.model.kit.consistency import Path, Remark
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import Role
from selfaudit.model.names import PLAN, ROSTER
from selfaudit.model.roster import Person, Roster, Unit, roles_named

ROLE_UNHELD = warning(
    "kit.role-unheld",
    N_("nobody on the roster has the role “{title}”; {count} items depend on it"),
    N_("Give the role to a unit or person in the roster, or add units or posts to the role."),
)
ROLE_MEANT = error("kit.role-meant", N_("“{name}” has the unknown role “{id}”"), N_("Did you mean “{meant}”?"))
ROLE_UNKNOWN = error("kit.role-unknown", N_("“{name}” has the unknown role “{id}”"), N_("Known: {known}."))
KIND_UNKNOWN = error("kit.kind-unknown", N_("“{name}” is of the unknown kind “{id}”"), N_("Known: {known}."))
ROLE_OF_UNITS = error(
    "kit.role-of-units",
    N_("“{name}” is a person, but “{title}” is a role of units"),
    N_("Give it to the unit, or give the person one of: {known}."),
)
ROLE_OF_PEOPLE = error(
    "kit.role-of-people",
    N_("“{name}” is a unit, but “{title}” is a role of people"),
    N_("Give it to a person, or give the unit one of: {known}."),
)
POST_LIKE = note(
    "kit.post-like",
    N_("no role is for the post “{post}”, though “{meant}” is one ({count} on the roster: {people})"),
    N_("If it is the same, correct the post, or add it to the posts of the role “{title}”."),
)
ASKED_NOTHING = note(
    "kit.asked-nothing",
    N_("these people are asked nothing, because no role is theirs: {people}"),
    N_("If they should be, give them a role or a post that a role names."),
)

_NAMED = 10
"""People that a message names."""
_SHORTEST = 3
"""Characters of a post of which one may be a slip; in shorter ones it makes another post, as in 部长 and 组长."""


def check_roster(kit: Kit, roster: Roster, today: date) -> Iterator[Remark]:
    """Yield what keeps a roster from serving a kit; whoever has left is no holder of anything."""
    roles, present = kit.plan.roles, roster.as_of(today)
    for n, unit in enumerate(roster.units):
        if roster.kind_of(unit) not in kit.plan.like:
            known = [*kit.plan.like, *(kind.title for kind in kit.plan.kinds)]
            yield _remark(ROSTER, ("units", n, "kind"), KIND_UNKNOWN, name=unit.name, id=unit.kind, known=known)
    holders: list[tuple[str, Sequence[Unit | Person]]] = [("units", roster.units), ("people", roster.people)]
    for key, entries in holders:
        for n, holder in enumerate(entries):
            for r, role in enumerate(holder.roles):
                yield from _given((key, n, "roles", r), holder, role, roles)
    held = {r for u in present.units for r in present.unit_roles(u, roles)}
    held |= {r for p in present.people for r in present.person_roles(p, roles)}
    held |= present.hands_out(tuple(roles)).keys()
    for n, asked in enumerate(roles):
        items = [i for i in kit.items.values() if asked.id in i.roles]
        if items and asked.id not in held:
            yield _remark(PLAN, ("roles", n), ROLE_UNHELD, title=asked.title, count=len(items))
    yield from _missed(present, roles)


def _remark(file: str, path: Path, kind: Kind, **args: Any) -> Remark:
    return Remark(file, path, kind, args)


def _given(path: Path, holder: Unit | Person, text: str, roles: Sequence[Role]) -> Iterator[Remark]:
    """Yield that a role given on the roster is none, or none for whom it is given."""
    answers = "unit" if isinstance(holder, Unit) else "person"
    known = [f"{role.title} ({role.id})" for role in roles if role.answers == answers]
    meant = roles_named(text, roles)
    if not meant:
        yield _unknown_role(path, holder.name, text, roles, known)
    elif all(role.answers != answers for role in meant):
        kind = ROLE_OF_PEOPLE if answers == "unit" else ROLE_OF_UNITS
        yield _remark(ROSTER, path, kind, name=holder.name, title=meant[0].title, known=known or "-")


def _unknown_role(path: Path, name: str, role: str, roles: Sequence[Role], known: list[str]) -> Remark:
    words = {name_key(word): word for one in roles for word in (one.title, one.id)}
    if close := difflib.get_close_matches(name_key(role), words, 1):
        return _remark(ROSTER, path, ROLE_MEANT, name=name, id=role, meant=words[close[0]])
    return _remark(ROSTER, path, ROLE_UNKNOWN, name=name, id=role, known=known or "-")


def _missed(roster: Roster, roles: Sequence[Role]) -> Iterator[Remark]:
    """Yield the posts that may be misspelt, and the people who are asked nothing."""
    of_post = {name_key(post): (post, role) for role in roles for post in role.posts}
    having: dict[str, list[Person]] = {}
    for person in roster.people:
        for post in person.posts:
            having.setdefault(post, []).append(person)
    for post, people in having.items():
        key = name_key(post)
        if key not in of_post and (close := next((one for one in of_post if alike(key, one)), "")):
            meant, role = of_post[close]
            if all(role.id not in roster.person_roles(person, tuple(roles)) for person in people):
                args = {"post": post, "meant": meant, "count": len(people), "title": role.title}
                yield _remark(ROSTER, ("people",), POST_LIKE, **args, people=_names(people))
    if roles and (idle := [person for person in roster.people if not roster.person_roles(person, tuple(roles))]):
        yield _remark(ROSTER, ("people",), ASKED_NOTHING, people=_names(idle))


def alike(one: str, other: str) -> bool:
    """Return whether two posts may be one: the longer names the shorter, or a single character differs."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST or shorter in longer:
        return len(shorter) > 1 and shorter in longer
    if len(longer) - len(shorter) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return longer[start + 1 :] == shorter[start + (len(longer) == len(shorter)) :]


def _names(people: Sequence[Person]) -> Some:
    return Some([f"{person.name} ({person.id})" for person in people], _NAMED)
