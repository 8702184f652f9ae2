"""``journal``: who did what, when and why, in sentences; and whether anything was changed by something else."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from selfaudit.base.clock import local
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem
from selfaudit.model.form.form import Labels
from selfaudit.reports.decisions import SENTENCES as DECISIONS
from selfaudit.store.ledger.decisions import RESOLVE
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.head import Head
from selfaudit.store.ledger.ledger import CUT, SEALED, JournalRow, Ledger
from selfaudit.store.ledger.originals import every_original
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.soundness.verify import unsound
from selfaudit.workflow.common.state.respondents import find_respondent

SENTENCES = {
    **DECISIONS,
    "secret": N_("secret of the passports entered"),
    "campaign": N_("campaign entered: {id}, {body}"),
    "respondents": N_("roster entered: {count} respondents"),
    "deadline": N_("deadline moved from {before} to {after}: {count} ({names})"),
    "issue": N_("forms issued: {count} ({names})"),
    "issued-before": N_("forms issued before entered again: {count}"),
    "issue-corrections": N_("forms for corrections issued: {count}"),
    "issue-confirmations": N_("forms for confirmations issued: {count}"),
    "confirmations": N_("confirmations of {respondent} received as {file}: {outcome}"),
    "remind-corrections": N_("owners reminded of their findings: {count} ({names})"),
    "confirmations-signed": N_("signed confirmation of {respondent} filed from {file}"),
    "remind-confirmations": N_("first readers reminded of reviewed files: {count} ({names})"),
    "corrections": N_("corrections of {respondent} received as {file}: {outcome}"),
    "collect": N_("response of {respondent} received as {file}: {outcome}"),
    "reject": N_("received, but not usable: {file} ({names})"),
    RESOLVE: N_("response of {respondent} chosen among several"),
    "evidence": N_("evidence received: {files}"),
    "evidence-assign": N_("evidence {files} assigned to {to}"),
    "evidence-dismiss": N_("{files} set aside: no evidence"),
    "remind": N_("reminded: {count} ({names})"),
    "paper": N_("signed sheets filed from {file}: {names}"),
    "confirm": N_("signed paper of {respondent}: {verdict}"),
    "deliverable": N_("filed as {about}: {file}"),
    "deliverable-omitted": N_("there is no {about}"),
    "report": N_("final report written as {file}, SHA-256 {sha256}"),
    "upload": N_("files for the upload written: {count}"),
    "deliverable-withdrawn": N_("what was filed as {about} withdrawn"),
    "finding-set": N_("findings changed: {count} ({findings})"),
    "finding-assign": N_("findings assigned: {count} ({findings})"),
    "finding-correct": N_("findings entered as corrected: {count} ({findings})"),
    "finding-verify": N_("findings entered as verified: {count} ({findings})"),
    "finding-close": N_("findings closed: {count} ({findings})"),
    "finding-reopen": N_("findings reopened: {count} ({findings})"),
    "finding-withdraw": N_("findings withdrawn: {count} ({findings})"),
    "finding-merge": N_("findings merged into {into}: {count} ({findings})"),
    "finding-add": N_("findings entered: {count} ({findings})"),
    "finding-import": N_("findings changed by a workbook: {count} ({findings})"),
    "named": N_("numbers in answers looked up: {count} registers say something else than before"),
    "figure": N_("figures of the registers counted: {count} not as before"),
    "check": N_("data checks run: {count} with another outcome than before ({checks})"),
    "register-import": N_("registers imported: {registers}, {count} rows, from {files}"),
    "register-map": N_("headers of {file} explained, for the register {register}"),
    "verdict": N_("decided on signals: {count} ({signals})"),
    "verdict-import": N_("decided on signals by a workbook: {count} ({signals})"),
    "sample-frozen": N_("population of {sample} frozen: {count} files, SHA-256 {sha256}"),
    "sample-anew": N_("population of {sample} frozen anew ({reason}), the seed void: {count} files, SHA-256 {sha256}"),
    "sample-commit": N_("hash for the seed of {sample} handed in by {who}"),
    "sample-hash": N_("hash for the seed of {sample} handed in by {who}"),
    "sample-reveal": N_("text for the seed of {sample} handed in by {who}"),
    "sample-public": N_("public value for the seed of {sample} named by {who}"),
    "sample-value": N_("public value for the seed of {sample} entered by {who}"),
    "sample-given": N_("seed of {sample} given by {who} alone"),
    "similar": N_("case files compared: {files}; pairs alike: {pairs}, rings: {rings}"),
    "sample-drawn": N_("files of {sample} drawn: {count}"),
    "sample-extended": N_("more files of {sample} drawn: {count}"),
    "sample-replaced": N_("a file of {sample} replaced: {count}"),
    "sample-assigned": N_("files of {sample} given to reviewers: {count}"),
    "sample-reassigned": N_("file {file} of {sample} given to another reviewer"),
    "archive": N_("archived as {file}, SHA-256 {sha256}"),
    "rebuild": N_("ledger put in order"),
    CUT: N_("the journal had ended with row {seq}; it goes on after row {left}"),
    SEALED: N_("everything that was in the ledger sealed for the first time"),
}
"""What happened, by the kind of row; a kind without a sentence is shown under its own name."""
OTHER = N_("{what}: {about}")
UNDONE = "-undone"
"""Ends the kind of a row by which a decision was taken back."""
WORDS = {
    "new": N_("new"),
    "updated": N_("corrected"),
    "older": N_("older, kept as history"),
    "conflict": N_("conflict"),
    "unchanged": N_("unchanged"),
    "withdrawn": N_("withdrawn"),
    "confirmed": N_("confirmed"),
    "refused": N_("refused"),
}
"""What became of a file or a paper."""
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are wanted: of a person who did it, about a respondent, of a day; empty means all."""

    by: str = ""
    of: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the journal: who did what and why; ``sentence`` is a message id, to be filled with ``slots``.

    ``back`` says that a decision was taken back, ``respondents`` are the keys of those whom it is about.
    """

    seq: int
    at: str
    who: str
    what: str
    sentence: str
    slots: Mapping[str, Any]
    back: bool
    reason: str
    respondents: tuple[str, ...]
    hash: str

    def said(self, say: Callable[[str], str]) -> str:
        """Return what happened, in the language into which ``say`` translates."""
        slots = {key: _word(value, say) for key, value in self.slots.items()}
        text = say(self.sentence).format_map(_Known(slots))
        return say(N_("taken back: {what}")).format(what=text) if self.back else text

    def as_data(self, say: Callable[[str], str]) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        names = ("seq", "at", "who", "what", "reason", "hash")
        told = {name: getattr(self, name) for name in names}
        return told | {"respondents": list(self.respondents), "said": self.said(say)}


def _word(value: Any, say: Callable[[str], str]) -> Any:
    """Return what is said for a value: a list of names is cut short."""
    if isinstance(value, tuple):
        names = say(", ").join(value[:_MOST_NAMES]) or say(N_("unknown whose"))
        return names if len(value) <= _MOST_NAMES else say(N_("{names} and others")).format(names=names)
    return say(WORDS[value]) if value in WORDS else value


class _Known(dict[str, Any]):
    """What is known; an earlier version may have written less."""

    def __missing__(self, key: str) -> str:
        return "?"


def listed(workspace: Workspace, wanted: Filter) -> list[Line]:
    """Return the rows of the journal that are wanted, in the order of time."""
    with workspace.reading() as ledger:
        of = find_respondent(ledger, wanted.of)[0] if wanted.of else ""
        lines = _Reader(ledger).lines(ledger.journal())
        return [line for line in lines if _is_wanted(line, wanted, of)]


def _is_wanted(line: Line, wanted: Filter, of: str) -> bool:
    day = wanted.on is None or local(line.at).startswith(wanted.on.isoformat())
    return day and wanted.by.casefold() in line.who.casefold() and (not of or of in line.respondents)


class _Reader:
    """Makes sentences of rows; keys of respondents become names, told apart where several have the same."""

    def __init__(self, ledger: Ledger) -> None:
        everybody = respondents(ledger)
        labels = Labels(who for who, _ in everybody.values())
        self._names = {key: labels.of(who) for key, (who, _) in everybody.items()}
        self._owners = Forms(ledger).owners()
        self._owners |= {sha256: row.respondent for sha256, row in every_original(ledger).items()}

    def lines(self, rows: Iterable[JournalRow]) -> Iterator[Line]:
        for row in rows:
            detail = _detail(row.entry.detail)
            touched = detail.pop("rows", [])
            what = row.entry.what.removesuffix(UNDONE)
            yield Line(
                seq=row.seq,
                at=row.entry.at,
                who=row.entry.who,
                what=row.entry.what,
                sentence=SENTENCES.get(what, OTHER),
                slots={"what": what, **self._slots(detail)},
                back=what != row.entry.what,
                reason=str(detail.get("reason", "")),
                respondents=tuple(dict.fromkeys(self._whom([detail, touched]))),
                hash=row.hash,
            )

    def _slots(self, detail: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a sentence may say."""
        slots: dict[str, Any] = {key: value for key, value in detail.items() if isinstance(value, int)}
        slots |= {key: self._names.get(value, value) for key, value in detail.items() if isinstance(value, str)}
        slots.setdefault("count", sum(len(value) for value in detail.values() if isinstance(value, list)))
        slots["names"] = tuple(dict.fromkeys(self._names[key] for key in self._whom(detail)))
        return slots

    def _whom(self, value: Any) -> Iterator[str]:
        """Yield the keys of the respondents who occur in something, in order."""
        if isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from self._whom(inner)
        elif isinstance(value, str):
            # what a decision is about begins with the respondent, if it is about one of their responses
            key = self._owners.get(value, value.partition(" ")[0])
            if key in self._names:
                yield key


def _detail(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Verified:
    """What is not as the program left it, and how the journal ends: its last row and the moment of that."""

    problems: list[Problem]
    head: Head
    at: str

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        head = {"rows": self.head.seq, "hash": self.head.hash}
        return {"journal": head, "problems": [problem.as_data() for problem in self.problems]}


def verify(workspace: Workspace) -> Verified:
    """Check the journal, every row of the ledger and every original."""
    problems = unsound(workspace)
    with workspace.reading() as ledger:
        rows = ledger.journal()
        return Verified(problems, ledger.head(), rows[-1].entry.at if rows else "")
