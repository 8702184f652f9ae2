"""Evidence: files that show what an answer or a finding says, and which of them belongs where.

A response names files. With the hash of a file, as the form in the browser writes it, that very file is meant wherever
it came; a name alone means the file of this name that came beside the response, the last one if it was sent again.
Nothing else is guessed: a person assigns the rest, and what is assigned to a place stands for what is missing there.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, warning
from selfaudit.model.base import Model
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.form import Questions
from selfaudit.model.form.response import place_of_finding

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes of the largest file that the page takes, which is what ``collect`` takes: a long scan, a minute of video."""
LARGEST_TOTAL = 100 * 1024 * 1024
"""Bytes of all files of one response: the page makes the zip in the memory of a phone, and WeChat sends no more."""

State = Literal["there", "missing", "several", "changed"]
"""Of a file that is named: it is kept; it never came; several so called came; one so called, but another, came."""
STATE_WORDS: dict[State, str] = {
    "there": N_("there"),
    "missing": N_("missing"),
    "several": N_("several came"),
    "changed": N_("another file came"),
}
"""What people call the states, as message ids."""

NONE_NAMED = warning(
    "evidence.none",
    N_("files are required as evidence, and there are none: {places}"),
    N_("Attach the files, or write their names after evidence, and send them with the form."),
)
_SEND = N_("Send the files, together with the form, in one zip.")
MISSING = warning(
    "evidence.missing",
    N_("named as evidence, but these files have not come: {files} ({places})"),
    _SEND,
    N_("files named as evidence have not come: {places}"),
)
SEVERAL = warning(
    "evidence.several",
    N_("named as evidence, and several files of this name came: {files} ({places})"),
    N_("Give the files different names, and send them with the form again."),
    N_("several files of the name given as evidence came: {places}"),
)
CHANGED = warning(
    "evidence.changed",
    N_("the file that came is not the one chosen in the form: {files} ({places})"),
    N_("Choose the file again in the form, save, and send the new zip."),
    N_("the file that came is not the one chosen in the form: {places}"),
)
_GAPS: dict[State, Any] = {"missing": MISSING, "several": SEVERAL, "changed": CHANGED}


class Came(Model):
    """A file came beside a response of this respondent, under this name: which by its digest, and in which run."""

    respondent: str
    name: str
    response: str = ""
    run: int = 0


class Binding(Model):
    """A person's decision that a file belongs to a place of a respondent, or to a finding there by its short id."""

    respondent: str = ""
    place: str = ""
    finding: str = ""
    by: str = ""
    reason: str = ""

    @property
    def target(self) -> tuple[str, str]:
        """What the file belongs to, whoever decided it."""
        return (self.finding, "") if self.finding else (self.respondent, self.place)


class EvidenceFile(Model):
    """A file that is kept, by the name under which it first came; ``file`` is where, relative to the campaign.

    ``kind`` is what it is by its content, ``size`` its bytes, ``source`` the path with which it came. ``dismissed``
    says that a person decided that it is no evidence.
    """

    name: str
    size: int
    kind: str
    file: str
    source: str = ""
    came: tuple[Came, ...] = ()
    bindings: tuple[Binding, ...] = ()
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceAt:
    """A file at a place of a response: an item or part, or the short id of a finding.

    Hash, size and kind are empty while the file
    is not there; ``by`` is who assigned it, empty if the response names it.
    """

    place: str
    name: str
    state: State = "there"
    finding: str = ""
    sha256: str = ""
    size: int = 0
    kind: str = ""
    by: str = ""

    @property
    def item(self) -> str:
        """The id of the item."""
        return self.place.partition(" ")[0]

    @property
    def short_hash(self) -> str:
        """As much of the hash as people compare."""
        return self.sha256[:12]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, without what is empty."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Named:
    """A file that a content names at a place; ``finding`` is item and number of the finding, if it is at one."""

    place: str
    name: str
    sha256: str
    size: int
    finding: tuple[str, int] | None = None


def named_in(content: Mapping[str, Any]) -> Iterator[Named]:
    """Yield every file that a canonical content names."""
    for item in content.get("items", ()):
        for one in item.get("parts") or (item,):
            place = item["id"] if one is item else f"{item['id']} {one['id']}"
            yield from (_named(place, file, None) for file in one.get("evidence", ()))
    for finding in content.get("findings", ()):
        own = finding.get("item", ""), finding["number"]
        yield from (_named(place_of_finding(finding), file, own) for file in finding.get("evidence", ()))


def _named(place: str, file: Mapping[str, Any], finding: tuple[str, int] | None) -> Named:
    return Named(place, file["name"], file.get("sha256", ""), file.get("size", 0), finding)


class Shelf:
    """The files that are kept, found by what responses say of them."""

    def __init__(self, files: Mapping[str, EvidenceFile]) -> None:
        """Take the files by SHA-256."""
        self.files = files
        self._beside: dict[tuple[str, str], list[tuple[str, Came]]] = {}
        self._assigned: dict[str, list[tuple[str, Binding]]] = {}
        for sha256, file in files.items():
            for came in file.came:
                self._beside.setdefault((came.respondent, name_key(came.name)), []).append((sha256, came))
            for binding in file.bindings:
                self._assigned.setdefault(binding.respondent, []).append((sha256, binding))

    def of(
        self,
        respondent: str,
        content: Mapping[str, Any],
        numbers: Mapping[tuple[str, int], int],
        responses: Collection[str] = (),
    ) -> Iterator[EvidenceAt]:
        """Yield what evidence there is for a response, and what it names that is not there.

        ``numbers`` are those that the campaign gave to its findings, by item and number in the form; ``responses`` are
        the digests of the responses that the content is from.
        """
        named = [self._found(respondent, one, numbers, responses) for one in named_in(content)]
        assigned = [
            self._at(sha256, binding.place, self.files[sha256].name, finding=binding.finding, by=binding.by)
            for sha256, binding in self._assigned.get(respondent, ())
        ]
        more = [at for at in assigned if not _cure(named, at)]
        yield from named
        yield from more

    def assigned(self) -> Iterator[tuple[str, EvidenceAt]]:
        """Yield what persons assigned to findings, with the short id of the finding."""
        for sha256, file in self.files.items():
            for binding in file.bindings:
                if binding.finding:
                    yield binding.finding, self._at(sha256, "", file.name, finding=binding.finding, by=binding.by)

    def _found(
        self,
        respondent: str,
        named: Named,
        numbers: Mapping[tuple[str, int], int],
        responses: Collection[str],
    ) -> EvidenceAt:
        at: dict[str, Any] = {}
        if named.finding:
            at = {"finding": short_id(named.finding[0], numbers.get(named.finding, 0))}
        beside = self._came(respondent, named.name, responses)
        if named.sha256:
            if named.sha256 in self.files:
                return self._at(named.sha256, named.place, named.name, **at)
            return EvidenceAt(named.place, named.name, "changed" if beside else "missing", **at)
        if len(beside) == 1:
            return self._at(next(iter(beside)), named.place, named.name, **at)
        return EvidenceAt(named.place, named.name, "several" if beside else "missing", **at)

    def _came(self, respondent: str, name: str, responses: Collection[str]) -> set[str]:
        """Return the hashes of the files of a name that came last beside these responses, else beside any."""
        every = self._beside.get((respondent, name_key(name)), [])
        own = [(sha256, came) for sha256, came in every if came.response in responses] or every
        last = max((came.run for _, came in own), default=0)
        return {sha256 for sha256, came in own if came.run == last}

    def _at(self, sha256: str, place: str, name: str, **more: Any) -> EvidenceAt:
        file = self.files[sha256]
        return EvidenceAt(place, name, sha256=sha256, size=file.size, kind=file.kind, **more)


def _cure(named: list[EvidenceAt], assigned: EvidenceAt) -> bool:
    """Put what a person assigned in the place of a file that is named there and missing; return whether there is one.

    That is the file of the same name, or the only one that is missing there.
    """
    missing = [n for n, at in enumerate(named) if at.state != "there" and _same_place(at, assigned)]
    called = [n for n in missing if name_key(named[n].name) == name_key(assigned.name)]
    if len(meant := called or missing) != 1:
        return False
    at = named[meant[0]]
    named[meant[0]] = replace(assigned, place=at.place, finding=at.finding or assigned.finding)
    return True


def _same_place(named: EvidenceAt, assigned: EvidenceAt) -> bool:
    if named.finding and assigned.finding:
        return named.finding == assigned.finding
    return named.place == assigned.place


def short_id(item: str, number: int) -> str:
    """Return the id of a finding for readers, such as ``2.5-03``; empty before the campaign has given a number."""
    return f"{item or '0'}-{number:02}" if number else ""


def lacking(asked: Questions, content: Mapping[str, Any], found: Iterable[EvidenceAt]) -> Iterator[Problem]:
    """Yield what is missing of evidence: where it is required and there is none, and what is named and not there."""
    several = list(found)
    shown = {at.item for at in several}
    required = [item for item in places_required(asked, content) if item not in shown]
    if required:
        yield NONE_NAMED(places=required)
    for state, kind in _GAPS.items():
        if these := [at for at in several if at.state == state]:
            places = list(dict.fromkeys(at.place or "?" for at in these))
            yield kind(files=list(dict.fromkeys(at.name for at in these)), places=places)


def places_required(asked: Questions, content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the items to which files have to come: one at the item, any of its parts or a finding on it will do."""
    said = {item["id"]: item for item in content.get("items", ())}
    for item in asked.items:
        if item.evidence_required == "never" or item.id not in said:
            continue
        answers = {one.get("answer") for one in said[item.id].get("parts") or (said[item.id],)}
        wanted = {Answer.PROBLEM} if item.evidence_required == "on_problem" else {Answer.PROBLEM, Answer.CONFORM}
        if answers & wanted:
            yield item.id


def unassigned(files: Mapping[str, EvidenceFile], used: Iterable[str]) -> dict[str, EvidenceFile]:
    """Return the files that nothing names, given the hashes of those that are used.

    Those that were dismissed are not waiting, nor those that were sent again, changed, under the same name.
    """
    known = set(used)
    named = {_as_sent(came): came for sha256 in known if sha256 in files for came in files[sha256].came}
    return {
        sha256: file
        for sha256, file in files.items()
        if sha256 not in known and not file.bindings and not file.dismissed
        if not (file.came and all(_sent_again(came, named.get(_as_sent(came))) for came in file.came))
    }


def _as_sent(came: Came) -> tuple[str, str]:
    return came.respondent, name_key(came.name)


def _sent_again(came: Came, used: Came | None) -> bool:
    return used is not None and (used.response, used.run) != (came.response, came.run)
