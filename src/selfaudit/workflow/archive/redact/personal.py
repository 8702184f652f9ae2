"""What of a campaign is personal: the names and numbers of people, and what they wrote in confidence."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.mask import mask
from selfaudit.model.form.answers import WORDS
from selfaudit.model.form.rounds import ROUNDS
from selfaudit.model.kit.plan import Plan
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.roster.reading import read_roster_file
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.redact.data import texts_naming_people

PERSON, SEVERAL, NUMBER = N_("Person {n:04d}"), N_("Namesakes {n:04d}"), "ID"
PASSPORT, FILE = N_("Form {n:04d}"), N_("[file]")
CLUES = "clues"
"""The key of a response under which the texts in confidence are."""
_LEAST_NAME = 2
_LEAST_CLUE = 6
"""Characters from which a line of such a text tells something: “none” stands everywhere."""
_LOGIN = re.compile(r" \([^()]*\)$")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,12}[·・•][\u4e00-\u9fff·・•]{1,16}")
"""What a person's name looks like where a field may say a unit or a post as well."""
_WORD = re.compile(r"[a-z0-9._-]+")
_LATIN = re.compile(r"[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*){1,3}")
_NOBODY = ("无需", "不需要", "没有", "暂无", "未知", "不详", "待定")
"""What stands where people are named if it is nobody."""
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_WHO = ("who", "by", "owner", "operator", "addressee")
_BY = "_by"
_TOLD = ("to", "party")
"""Values that may name a person: who gets a notice, whom a disposition concerns."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Names and numbers of people with what stands for each, and lines of texts written in confidence.

    ``own`` has, by the number of a person, the names of that person with what stands for them where it is known who
    is meant: several people may bear a name. ``words`` are others that would tell somebody, with what stands for them:
    the names under which files were sent, and passports.
    """

    names: dict[str, str]
    numbers: dict[str, str]
    clues: frozenset[str]
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def personal(workspace: Workspace, ledger: Ledger) -> Personal:
    """Collect everything personal that campaign and ledger know; the same campaign gives everybody the same number."""
    loaded = workspace.load()
    kit, roster = loaded.usable()
    roster = loaded.everybody or roster
    public = _public(kit.plan, roster, ledger)
    called = {
        number: [name for name in dict.fromkeys(map(joined, names)) if _is_name(name, public)]
        for number, names in _called(workspace, ledger, roster).items()
    }
    in_data = sorted(texts_naming_people(workspace, ledger))
    named = (*_others(ledger, loaded), *(name for text in in_data for name in people_in(text)))
    others = dict.fromkeys(name for name in map(joined, named) if _is_name(name, public))
    say = translator(kit.plan.language)
    person = {number: say(PERSON).format(n=n) for n, number in enumerate(called, 1)}
    prefix = NUMBER
    while any(number.startswith(prefix) for number in called):
        prefix = f"X{prefix}"
    return Personal(
        _standing(called, person, others, say),
        {number: f"{prefix}{n:04d}" for n, number in enumerate(called, 1)},
        frozenset(_clues(ledger)),
        {number: dict.fromkeys(names, person[number]) for number, names in called.items()},
        _sent(ledger, say) | _passports(ledger, say),
    )


def _standing(
    called: Mapping[str, list[str]], person: Mapping[str, str], others: Iterable[str], say: Callable[[str], str]
) -> dict[str, str]:
    """Return what stands for every name where nothing else tells who is meant."""
    bearers: dict[str, list[str]] = {}
    for number, names in called.items():
        for name in names:
            bearers.setdefault(name, []).append(person[number])
    several = [name for name, those in bearers.items() if len(those) > 1]
    found = {name: those[0] for name, those in bearers.items()}
    found |= {name: say(SEVERAL).format(n=n) for n, name in enumerate(several, 1)}
    unknown = [name for name in others if name not in found]
    return found | {name: say(PERSON).format(n=n) for n, name in enumerate(unknown, len(person) + 1)}


def joined(name: str) -> str:
    """Return a name without what people put between its characters; one in Latin letters as it is."""
    return name if name.isascii() else re.sub("[ \t\u00a0\u3000·・•]", "", name)


def whose(value: str) -> str:
    """Return the name of who did something as the journal says it, which has the login behind it."""
    return _LOGIN.sub("", value).strip()


def is_login(name: str) -> bool:
    """Return whether somebody is known by a login alone, which may be a word that stands in any text."""
    return _WORD.fullmatch(name) is not None


def says_who(key: str) -> bool:
    """Return whether a value of this name tells who did something."""
    return key in _WHO or key.endswith(_BY)


def _is_name(name: str, public: frozenset[str]) -> bool:
    return len(name) >= _LEAST_NAME and name not in public and not name.isdigit()


def _public(plan: Plan, roster: Roster, ledger: Ledger) -> frozenset[str]:
    """Return what is no person, although it may stand where persons do."""
    units = [name for unit in roster.units for name in (unit.id, unit.name)]
    known = [data for (data,) in ledger.db.execute("SELECT data ->> '$.unit_name' FROM respondents")]
    known += [
        data for (data,) in ledger.db.execute("SELECT data ->> '$.name' FROM respondents WHERE key LIKE 'unit:%'")
    ]
    roles = [role.title for role in plan.roles]
    posts = [post for person in roster.people for post in person.posts]
    posts += [one.post for one in plan.working_group]
    words = [word for words in WORDS.values() for word in words.values()]
    return frozenset([*units, *known, *roles, *posts, roster.body.name, *words, *_NOBODY])


def _called(workspace: Workspace, ledger: Ledger, roster: Roster) -> dict[str, list[str]]:
    """Return what everybody is or was called by their numbers, those on the roster first, in an order that stays."""
    found: dict[str, list[str]] = {}
    for person in roster.people:
        found.setdefault(person.id, []).append(person.name)
    if workspace.replaced_roster_file.is_file():
        before, _ = read_roster_file(workspace.replaced_roster_file)
        for one in (before or {}).get("people") or ():
            if isinstance(one, dict):
                found.setdefault(str(one.get("id", "")), []).append(str(one.get("name", "")))
    for query in (
        "SELECT key, data ->> '$.name' FROM respondents WHERE key LIKE 'person:%' ORDER BY position",
        "SELECT respondent, name FROM called WHERE respondent LIKE 'person:%' ORDER BY respondent, name",
    ):
        for key, name in ledger.db.execute(query):
            found.setdefault(key.partition(":")[2], []).append(name or "")
    found.pop("", None)
    return found


def _others(ledger: Ledger, loaded: LoadedCampaign) -> Iterator[str]:
    """Yield the names of whoever is named without a number."""
    kit, _ = loaded.usable()
    yield kit.plan.operator
    facts = loaded.profile.facts if loaded.profile else {}
    named = [post.named for post in kit.plan.working_group] + [one.id for one in kit.plan.profile if one.names_people]
    for key in named:
        yield from people_in(facts.get(key, ""))
    yield from _doers(ledger)


def _doers(ledger: Ledger) -> Iterator[str]:
    """Yield who did something, as columns and data of the ledger say."""
    for table, columns in _columns(ledger).items():
        for column in filter(says_who, columns):
            rows = ledger.db.execute(f'SELECT DISTINCT "{column}" FROM "{table}"')  # noqa: S608 - names of its own schema
            names = sorted(whose(str(value)) for (value,) in rows if value)
            yield from (one for name in names if not is_login(name) for one in (name, *people_in(name)))
        for column in {"data", "content", "detail"}.intersection(columns):
            for (data,) in ledger.db.execute(f'SELECT "{column}" FROM "{table}"'):  # noqa: S608 - as above
                yield from (name for said in _doers_in(_parsed(data)) for name in people_in(said))


def _columns(ledger: Ledger) -> dict[str, list[str]]:
    tables = [
        name for (name,) in ledger.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    ]
    return {table: [row[1] for row in ledger.db.execute(f'PRAGMA table_info("{table}")')] for table in tables}


def _doers_in(data: Any, key: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for inner, value in data.items():
            yield from _doers_in(value, inner)
    elif isinstance(data, list):
        for value in data:
            yield from _doers_in(value, key)
    elif isinstance(data, str) and (says_who(key) or key in _TOLD):
        yield whose(data)


def people_in(text: str) -> Iterator[str]:
    """Yield what is written like the name of a person in a text that lists people, their posts in brackets."""
    for part in re.split(r"[、，,;；/\n]+", _REMARK.sub("、", text)):
        words = [part.strip()] if part.isascii() else part.split()
        yield from (word for word in words if _NAME.fullmatch(word) or _LATIN.fullmatch(word))


def _sent(ledger: Ledger, say: Callable[[str], str]) -> dict[str, str]:
    """Return the names of files as people sent them, with the names by their hash; no path stands in a text alone."""
    found: dict[str, set[str]] = {}
    sent = list(ledger.db.execute("SELECT name, sha256 FROM originals UNION ALL SELECT name, sha256 FROM scans"))
    for id_, data in ledger.db.execute("SELECT id, data FROM records WHERE kind = 'evidence'"):
        said = _parsed(data)
        names = (said.get("source", ""), said.get("name", ""), *(came["name"] for came in said.get("came", ())))
        sent += [(name, id_) for name in names]
    for (data,) in ledger.db.execute("SELECT data FROM records WHERE kind = 'deliverable'"):
        sent += [(one["name"], one["sha256"]) for one in _parsed(data).get("files", ())]
    for (data,) in ledger.db.execute("SELECT data FROM records WHERE kind = 'register'"):
        sent += [(one["name"], one["sha256"]) for one in _parsed(data).get("files", ())]
    for name, sha256 in sent:
        for word in (name, PurePosixPath(name).name):
            if PurePosixPath(word).suffix and len(PurePosixPath(word).stem) >= _LEAST_NAME:
                found.setdefault(word, set()).add(sha256)
    # a name under which several came tells no file
    return {
        word: f"{min(hashes) if len(hashes) == 1 else say(FILE)}{PurePosixPath(word).suffix}"
        for word, hashes in found.items()
    }


def _passports(ledger: Ledger, say: Callable[[str], str]) -> dict[str, str]:
    kinds = ", ".join(f"'{round_}'" for round_ in ROUNDS)
    query = f"SELECT passport FROM forms UNION SELECT id FROM records WHERE kind IN ({kinds}) ORDER BY 1"  # noqa: S608
    return {passport: say(PASSPORT).format(n=n) for n, (passport,) in enumerate(ledger.db.execute(query), 1)}


def _clues(ledger: Ledger) -> Iterator[str]:
    """Yield the lines of what was written in confidence, as written and as documents print them."""
    for table in ("responses", "carried"):
        for (text,) in ledger.db.execute(f"SELECT content ->> '$.{CLUES}' FROM {table}"):  # noqa: S608 - our own names
            yield from _lines((text or "").splitlines())


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if len(line.strip()) >= _LEAST_CLUE:
            yield line.strip()
            yield mask(line.strip())


def _parsed(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return None
