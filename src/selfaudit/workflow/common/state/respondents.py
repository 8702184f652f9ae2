"""Finds whom a name means; a name that several have is refused, with what distinguishes them."""

import json
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.base.names import could_be, name_key
from selfaudit.base.problems import Problem, Some, UserError, error
from selfaudit.model.form.form import Form, Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.passport import Passport
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.roster.check import nearest

WHO = error("status.who", N_("nobody on the roster is called “{name}”"), N_("Give a name, a number or a passport."))
MEANT = error("status.meant", N_("nobody on the roster is called “{name}”"), N_("Did you mean {meant}?"))
NOBODY = error("issue.nobody", N_("nobody matches “{name}”"), N_("Known: {known}."))
AMBIGUOUS = error("status.ambiguous", N_("“{name}” is more than one respondent"), N_("Give one of: {keys}."))


def meant(name: str, everybody: Iterable[Respondent]) -> list[Respondent]:
    """Return everybody with that name; a key is one respondent's, even if it is also somebody's name.

    A name with the number in brackets, as lists print it, is one respondent's as well. The number of a file means the
    reviews of that file.
    """
    several, key = list(everybody), name_key(name)
    found = [who for who in several if name in (who.key, who.number) or key in (name_key(who.name), _file(who))]
    if not found:
        return [who for who in several if name_key(f"{who.name}({who.number})") == key]
    return [who for who in found if who.key == name] or [who for who in found if who.name == name] or found


def _file(who: Respondent) -> str | None:
    return name_key(who.drawn[1]) if who.reviewer else None


def ambiguous(name: str, found: Iterable[Respondent], titles: Mapping[str, str]) -> Problem:
    """Return that a name is more than one respondent, each with unit and roles; ``titles`` are those of the roles."""
    return AMBIGUOUS(name=name, keys=[_told_apart(who, titles) for who in found])


def _told_apart(who: Respondent, titles: Mapping[str, str]) -> str:
    roles = (titles.get(role, role) for role in who.roles)
    return f"{who.key} ({' · '.join((who.unit_name, *roles))})"


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is meant: names or ids of respondents, roles and units, each by id or title; empty means everybody."""

    only: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def forms(self, forms: Sequence[Form], kit: Kit) -> list[Form]:
        """Return the forms that are meant; a name that matches nobody, or several of them, stops the command."""
        titles = {role.id: role.title for role in kit.plan.roles}
        chosen = _held(forms, forms, self.roles, lambda who: (*(titles[role] for role in who.roles), *who.roles))
        chosen = _held(chosen, forms, self.units, lambda who: (who.unit_name, who.unit))
        return _called(chosen, forms, self.only, titles) if self.only else chosen


def _held(
    chosen: Sequence[Form],
    forms: Sequence[Form],
    wanted: Sequence[str],
    words: Callable[[Respondent], tuple[str, ...]],
) -> list[Form]:
    """Return the chosen forms whose roles or unit are wanted, given what these can be called, the best name first."""
    if not wanted:
        return list(chosen)
    called = {word for form in forms for word in words(form.respondent)}
    known = set(map(name_key, called))
    _known(wanted, {name for name in wanted if name_key(name) in known}, (words(f.respondent)[0] for f in forms))
    keys = set(map(name_key, wanted))
    return [form for form in chosen if not keys.isdisjoint(map(name_key, words(form.respondent)))]


def _called(
    chosen: Sequence[Form], forms: Sequence[Form], wanted: Sequence[str], titles: Mapping[str, str]
) -> list[Form]:
    """Return the chosen forms of those who are called so."""
    everybody, here = ([form.respondent for form in several] for several in (forms, chosen))
    _known(wanted, {name for name in wanted if meant(name, everybody)}, (who.name for who in everybody))
    found = {name: meant(name, here) for name in wanted}
    if several := [ambiguous(name, who, titles) for name, who in found.items() if len(who) > 1]:
        raise UserError(several)
    keys = {who.key for one in found.values() for who in one}
    return [form for form in chosen if form.respondent.key in keys]


def _known(wanted: Iterable[str], known: Container[str], names: Iterable[str]) -> None:
    """Refuse what is not known, with some of the names that are."""
    if missing := [name for name in wanted if name not in known]:
        some = Some(list(dict.fromkeys(names)))
        raise UserError([NOBODY(name=name, known=some) for name in missing])


def find_respondent(ledger: Ledger, name: str) -> tuple[str, str]:
    """Return key and name of a respondent given by name, number, key or passport; an ambiguous name is refused."""
    return _found(ledger, [who for who, _ in respondents(ledger).values()], name)


def find_respondents(ledger: Ledger, names: Iterable[str]) -> dict[str, str]:
    """Return the names of several respondents by key, each given in the same way."""
    everybody = [who for who, _ in respondents(ledger).values()]
    return dict(_found(ledger, everybody, name) for name in names)


def _found(ledger: Ledger, everybody: Sequence[Respondent], name: str) -> tuple[str, str]:
    found = meant(name, everybody)
    passport = Passport.parse(name)
    if passport and (form := Forms(ledger).get(str(passport))):
        found = [form.respondent]
    if not found:
        raise UserError(_unknown(name, [who.name for who in everybody]))
    if len(found) > 1:
        raise UserError(ambiguous(name, found, json.loads(ledger.meta("roles") or "{}")))
    return found[0].key, found[0].name


def _unknown(name: str, names: Sequence[str]) -> Problem:
    """Say that nobody is called so, and who may be meant: lost characters filled in, or one with a like name."""
    near = [known for known in dict.fromkeys(names) if could_be(name, known)] or [nearest(name, names)]
    return MEANT(name=name, meant=Some(near)) if any(near) else WHO(name=name)
