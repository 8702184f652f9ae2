"""The files of evidence among what came back: whose they are, and what there is to say of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, Some, Term, Where, note
from selfaudit.model.evidence import Came, EvidenceFile, Shelf, lacking, named_in
from selfaudit.model.passport import Passport
from selfaudit.store.ledger.evidence import Made, evidence_files, put_evidence
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.respondents import name_of
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.gathering import Gathering, Loose
from selfaudit.workflow.collect.result import FileResult, Outcome
from selfaudit.workflow.collect.sheets import sheet_codes
from selfaudit.workflow.common.proof import kept_as, word_of
from selfaudit.workflow.common.state.asking import Asking
from selfaudit.workflow.common.state.evidence import contents_with_evidence, corrections_with_evidence
from selfaudit.workflow.common.state.standings import standing_in, standings

NOT_NAMED = note(
    "evidence.not-named",
    N_("came beside the form of {name}, which does not name it"),
    N_(
        "If it belongs to an item: selfaudit evidence assign {hash} --to {name}/ITEM --reason …;"
        " if not: selfaudit evidence dismiss {hash}"
    ),
)
NOT_THIS_ONE = note(
    "evidence.not-this-one",
    N_("the form of {name} names a file called so, but several came, or another came with the form that counts"),
    N_("If this one is meant: selfaudit evidence assign {hash} --to {name}/ITEM --reason …"),
)
ALONE = note(
    "evidence.alone",
    N_("{what} that no response names"),
    N_(
        "If it is a filled-in form, ask for the form itself; a signed sheet goes to selfaudit paper match. Otherwise:"
        " selfaudit evidence assign {hash} --to NAME/ITEM --reason …, or evidence dismiss."
    ),
)
SHEET = note(
    "evidence.sheet",
    N_("it has the code {code} of a signature sheet"),
    N_("File it with selfaudit paper match {file}, then selfaudit evidence dismiss."),
)
NAMED_BY_SEVERAL = note(
    "evidence.named-by-several",
    N_("several responses beside it name a file called so: {names}"),
    N_("Say whose it is: selfaudit evidence assign {hash} --to NAME/ITEM --reason …"),
)


@dataclass(frozen=True, slots=True)
class _Owned:
    """A file with those for whom it came; of several ``rivals`` beside it that name one so called, nobody knows.

    ``came`` is for whom, and beside which of their responses.
    """

    file: Loose
    came: tuple[Came, ...] = ()
    rivals: tuple[str, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """The keys of those for whom it came."""
        return tuple(dict.fromkeys(came.respondent for came in self.came))


class Settling:
    """Finds out whose the gathered files are; for the holder of the lock."""

    def __init__(self, workspace: Workspace, ledger: Ledger, gathering: Gathering) -> None:
        """Take what was gathered."""
        self._workspace, self._ledger, self._gathering = workspace, ledger, gathering
        self._naming = _Naming(ledger)
        self._run = 1 + max((came.run for file in evidence_files(ledger).values() for came in file.came), default=0)

    def settle(self) -> list[FileResult]:
        """Enter the files, and return what became of each, in one transaction."""
        ledger, naming = self._ledger, self._naming
        for one in self._gathering.refused:
            named = naming.by_name(one.name) and not naming.by_name(one.name).isdisjoint(self._owned(one).owners)
            if named or naming.by_hash(one.sha256):
                self._read_again(one)
            elif self._gathering.is_note(one.path):
                self._read_again(one, only="text")
        there = [self._owned(one) for one in self._gathering.loose]
        before = evidence_files(ledger)
        files, touched = dict(before), set[str]()
        for owned in there:
            sha256 = owned.file.sha256
            files[sha256] = self._entered(files.get(sha256), owned)
            touched |= {*owned.owners, *naming.by_hash(sha256)}
        changed = {sha256: file for sha256, file in files.items() if before.get(sha256) != file}
        if changed:
            put_evidence(ledger, Made("evidence", ledger.person), changed, touched)
        used = naming.used(Shelf(files))
        results = [self._result(owned, changed, used.get(owned.file.sha256, ())) for owned in there]
        return self._with_sheets([(files[owned.file.sha256], one) for owned, one in zip(there, results, strict=True)])

    def _with_sheets(self, results: Sequence[tuple[EvidenceFile, FileResult]]) -> list[FileResult]:
        """Return the results; those of scanned signature sheets tell where these belong."""
        waiting = {
            self._workspace.path(file.file): file
            for file, result in results
            if result.outcome is Outcome.UNASSIGNED and file.kind in ("pdf", "picture")
        }
        codes = {waiting[path].file: code for path, code in sheet_codes(list(waiting)).items()} if waiting else {}
        return [
            replace(result, notes=(SHEET(Where(result.file), code=codes[file.file], file=file.file),))
            if file.file in codes and result.outcome is Outcome.UNASSIGNED
            else result
            for file, result in results
        ]

    def _read_again(self, one: Loose, only: str = "") -> None:
        """Keep the original of a refused file, unless it must not be kept as evidence or is of another kind."""
        original = next(self._workspace.original_file(one.sha256, "").parent.glob(f"{one.sha256}*"), None)
        data = original.read_bytes() if original else b""
        if (kept := kept_as(data)) and only in ("", kept[0]):
            self._gathering.keep(Loose(one.path, one.sha256, one.size, *kept), data)

    def _owned(self, one: Loose) -> _Owned:
        """Return for whom a file came: one whose response lies in its folder, or in the nearest one around it.

        Of several it is the only one who names a file so called. Where no response lies, a passport in the path tells.
        """
        folders = PurePosixPath(one.path).parents
        beside = next((found for folder in folders if (found := self._gathering.heard.get(str(folder)))), {})
        if not beside:
            forms = Forms(self._ledger)
            named = (forms.get(passport) for passport in Passport.found_in(one.path))
            beside = {form.respondent.key: {""} for form in named if form}
        calling = tuple(sorted(beside.keys() & self._naming.by_name(one.name)))
        if len(calling) == 1 or len(beside) == 1:
            (owner,) = calling or beside
            responses = sorted(beside[owner])
            came = (Came(respondent=owner, name=one.name, response=of, run=self._run) for of in responses)
            return _Owned(one, tuple(came))
        return _Owned(one, (), calling)

    def _entered(self, old: EvidenceFile | None, owned: _Owned) -> EvidenceFile:
        """Return what the ledger keeps of a file, given what it kept before."""
        one = owned.file
        if old is None:
            where = self._workspace.evidence_name(one.sha256, one.suffix)
            old = EvidenceFile(name=one.name, size=one.size, kind=one.kind, file=where, source=one.path)
        there = {(came.respondent, came.name, came.response) for came in old.came}
        new = (came for came in owned.came if (came.respondent, came.name, came.response) not in there)
        return old.model_copy(update={"came": (*old.came, *new)})

    def _result(self, owned: _Owned, changed: Mapping[str, EvidenceFile], used: Iterable[str]) -> FileResult:
        one = owned.file
        names = [name_of(self._ledger, key) for key in used]
        file = changed.get(one.sha256)
        if file is None or (not names and (file.bindings or file.dismissed)):
            return FileResult(one.path, Outcome.UNCHANGED)
        if names:
            return FileResult(one.path, Outcome.EVIDENCE, names[0])
        return FileResult(one.path, Outcome.UNASSIGNED, notes=(self._told(owned),))

    def _told(self, owned: _Owned) -> Problem:
        one = owned.file
        where, short = Where(one.path), one.sha256[:12]
        if owned.owners:
            owner = owned.owners[0]
            kind = NOT_THIS_ONE if owner in self._naming.by_name(one.name) else NOT_NAMED
            return kind(where, name=name_of(self._ledger, owner), hash=short)
        if owned.rivals:
            names = Some([name_of(self._ledger, key) for key in owned.rivals])
            return NAMED_BY_SEVERAL(where, names=names, hash=short)
        return ALONE(where, what=Term(word_of(one.kind)), hash=short)


class _Naming:
    """What all responses that count name as evidence."""

    def __init__(self, ledger: Ledger) -> None:
        corrections = ((one.owner, content, ()) for one, content, _ in corrections_with_evidence(ledger))
        self._contents = [*contents_with_evidence(ledger), *corrections]
        self._hashes: dict[str, list[str]] = {}
        self._names: dict[str, set[str]] = {}
        for key, content, _ in self._contents:
            for named in named_in(content):
                if named.sha256:
                    self._hashes.setdefault(named.sha256, []).append(key)
                self._names.setdefault(name_key(named.name), set()).add(key)

    def by_hash(self, sha256: str) -> list[str]:
        """Return the keys of those who name this very file."""
        return self._hashes.get(sha256, [])

    def by_name(self, name: str) -> set[str]:
        """Return the keys of those who name a file so called."""
        return self._names.get(name_key(name), set())

    def used(self, shelf: Shelf) -> dict[str, list[str]]:
        """Return by hash whose files they are."""
        found: dict[str, list[str]] = {}
        for key, content, responses in self._contents:
            for at in shelf.of(key, content, {}, responses):
                if at.sha256:
                    found.setdefault(at.sha256, []).append(key)
        return found


_FEW = 50


def lacking_files(ledger: Ledger, keys: Collection[str]) -> dict[str, tuple[Problem, ...]]:
    """Return by respondent what the responses of some of them lack of evidence."""
    if len(keys) > _FEW:
        # one by one takes longer than all at once
        several = [one for one in standings(ledger) if one.respondent.key in keys]
    else:
        asking = Asking(ledger)
        several = [standing_in(ledger, key, asking) for key in sorted(keys)]
    found = {one.respondent.key: tuple(gap for gap in one.gaps if gap.code.startswith("evidence.")) for one in several}
    shelf = Shelf(evidence_files(ledger))
    for one, content, numbers in corrections_with_evidence(ledger):
        if one.owner in keys:
            own = lacking(one.form.questions, content, shelf.of(one.owner, content, numbers))
            found[one.owner] = (*found.get(one.owner, ()), *own)
    return {key: gaps for key, gaps in found.items() if gaps}
