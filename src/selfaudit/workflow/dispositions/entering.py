"""``dispositions add`` and ``set``: one by one, as FIELD=TEXT, and proposed ones taken from the findings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selfaudit.base.dates import read_date
from selfaudit.base.i18n import N_, _, titled, translator
from selfaudit.base.problems import Problem, UserError, error, errors, warning
from selfaudit.base.text import clean, loose, retyped
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.disposition import FIELDS, KIND, Disposition, Field, decided
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit, record
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.dispositions import book_of, meant
from selfaudit.workflow.common.state.register import every_finding

NO_FIELD = error("disposition.no-field", N_("“{name}” is no field of a disposition"), N_("Known: {known}."))
NOT_GIVEN = error(
    "disposition.not-given", N_("“{text}” names no field and its text"), N_("Write FIELD=TEXT, such as action=suspend.")
)
NO_DAY = error("disposition.no-day", N_("“{value}” is no day"), N_("Write YYYY-MM-DD for “{field}”."))
NO_CLASS = error("disposition.no-class", N_("there is no class of handling “{value}”"), N_("Known: {known}."))
NO_REASON_CODE = error(
    "disposition.no-reason-code",
    N_("“{action}” has no reason “{value}”"),
    N_("Known: {known}; others go into “{field}”."),
)
OWN_ACTION = warning(
    "disposition.own-action",
    N_("“{action}” is no usual action of “{kind}”; it is taken as it is written, and has no notice of its own"),
    N_("Usual: {known}."),
)
NO_FINDING = error("disposition.no-finding", N_("there is no finding “{id}”"), N_("See selfaudit findings list."))

_SEPARATORS = re.compile(r"[、，,；;\n]+")
CHANGE = "dispositions"
"""What the journal calls a change."""


@dataclass(slots=True)
class Changed:
    """The dispositions entered or changed, by id, those of them whose approval no longer counts, and warnings."""

    ids: list[str] = field(default_factory=list)
    unapproved: list[str] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    book: Book | None = None


def field_named(name: str, plan: Plan) -> Field | None:
    """Return the field of an id or title, in the language of the console or of the campaign."""
    say, here = translator(plan.language), loose(name)
    for one in FIELDS:
        words = [word for word in (one.title, one.word) if word]
        if here in {loose(one.key), *(loose(name) for word in words for name in (word, say(word), _(word)))}:
            return one
    # what a class of handling calls its columns
    called = {loose(name): key for kind in plan.dispositions for key, name in kind.columns.items() if name}
    return next((one for one in FIELDS if one.key == called.get(here)), None)


def given(pairs: Sequence[str], plan: Plan) -> dict[str, str]:
    """Return the fields that somebody gave, each as FIELD=TEXT, by key; stop with every one that cannot be."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for pair in pairs:
        name, sign, text = pair.partition("=")
        one = field_named(name, plan)
        if not sign:
            problems.append(NOT_GIVEN(text=pair))
        elif one is None:
            problems.append(NO_FIELD(name=name, known=[titled(one.title, one.key) for one in FIELDS]))
        else:
            found[one.key] = clean(text)
    if problems:
        raise UserError(problems)
    return found


def read(texts: Mapping[str, str], before: Disposition | None, plan: Plan, findings: frozenset[str]) -> tuple[
    Disposition, list[Problem]
]:  # fmt: skip
    """Return a disposition with the fields that were given, and what is wrong with them or worth a warning."""
    data: dict[str, Any] = before.model_dump(mode="json") if before else {"kind": ""}
    problems: list[Problem] = []
    for one in FIELDS:
        if one.key in texts:
            data[one.key] = _value(one, texts[one.key], findings, problems)
    kinds = {name: kind for kind in plan.dispositions for name in (kind.id, kind.title)}
    kind = kinds.get(data["kind"])
    if kind is None:
        known = [f"{one.id} ({one.title})" for one in plan.dispositions] or ["-"]
        problems.append(NO_CLASS(value=data["kind"] or "", known=known))
        return Disposition.model_validate(data), problems
    data["kind"] = kind.id
    if data.get("action"):
        action = kind.action(data["action"])
        data["action"] = action.key
        if kind.actions and action not in kind.actions and texts.keys() & {"kind", "action"}:
            known = [one.title for one in kind.actions]
            problems.append(OWN_ACTION(action=action.title, kind=kind.title, known=known))
        reasons = {name: reason.id for reason in action.reasons for name in (reason.id, reason.title)}
        if code := data.get("reason_code"):
            if code not in reasons:
                known = [f"{reason.id} ({reason.title})" for reason in action.reasons] or ["-"]
                other = next(titled(one.title, one.key) for one in FIELDS if one.key == "reason")
                problems.append(NO_REASON_CODE(action=action.title, value=code, known=known, field=other))
            data["reason_code"] = reasons.get(code, code)
    return Disposition.model_validate(data), problems


def _value(one: Field, text: str, findings: frozenset[str], problems: list[Problem]) -> Any:
    if one.day:
        day = read_date(text) if text else ""
        if day is None:
            problems.append(NO_DAY(value=text, field=titled(one.title, one.key)))
        return day or None
    if one.key != "findings":
        return text
    ids = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    known = {retyped(name): name for name in findings}
    problems += [NO_FINDING(id=name) for name in ids if retyped(name) not in known]
    return [known.get(retyped(name), name) for name in ids]


def changed(before: Disposition | None, after: Disposition) -> tuple[Disposition, bool]:
    """Return what is kept of a change, and whether the approval is lost by it: what was approved is something else."""
    if before is None or not before.approved_on or decided(before) == decided(after):
        return after, False
    return after.model_copy(update={"approved_by": "", "approved_on": None}), True


def next_ids(book: Book) -> Iterator[str]:
    """Yield ids that no disposition has had."""
    number = max((int(key[1:]) for key in book.dispositions if key[1:].isdecimal()), default=0)
    while True:
        number += 1
        yield f"D{number:03}"


def add(workspace: Workspace, pairs: Sequence[str], who: Deciding, listener: Listener) -> Changed:
    """Enter one disposition as proposed."""
    kit, by = workspace.load().usable()[0], decider(workspace, who.by)
    texts = given(pairs, kit.plan)
    with workspace.writing(listener.waiting, by) as ledger:
        book = book_of(ledger, kit.plan)
        made, problems = read(texts, None, kit.plan, known_findings(ledger, kit))
        if errors(problems):
            raise UserError(problems)
        key = next(next_ids(book))
        edit(ledger, CHANGE, [Edit(KIND, key, 0, made.model_dump(mode="json"), who.reason)], by=by, ids=[key])
        return Changed([key], remarks=problems, book=book_of(ledger, kit.plan))


def put(workspace: Workspace, names: Sequence[str], pairs: Sequence[str], who: Deciding, listener: Listener) -> Changed:
    """Change fields of some dispositions; who changes what was approved takes the approval away."""
    kit, by = workspace.load().usable()[0], decider(workspace, who.by)
    texts = given(pairs, kit.plan)
    done = Changed()
    with workspace.writing(listener.waiting, by) as ledger:
        book, findings = book_of(ledger, kit.plan), known_findings(ledger, kit)
        edits = []
        for key in meant(book, names):
            made, wrong = read(texts, book.dispositions[key], kit.plan, findings)
            done.remarks += [one for one in wrong if one not in done.remarks]
            made, lost = changed(book.dispositions[key], made)
            done.unapproved += [key] if lost else []
            edits.append(edit_of(ledger, key, made, who.reason))
        if errors(done.remarks):
            raise UserError(done.remarks)
        edit(ledger, CHANGE, edits, by=by, ids=[one.id for one in edits])
        done.ids, done.book = [one.id for one in edits], book_of(ledger, kit.plan)
    return done


def edit_of(ledger: Ledger, key: str, made: Disposition, reason: str) -> Edit:
    """Return the change that makes a disposition what it is to be."""
    before = record(ledger, KIND, key)
    return Edit(KIND, key, before.version if before else 0, made.model_dump(mode="json"), reason)


def known_findings(ledger: Ledger, kit: Kit) -> frozenset[str]:
    """Return the short ids of all findings."""
    return frozenset(one.short_id for one in every_finding(ledger, kit))


def propose(workspace: Workspace, by: str, listener: Listener) -> Changed:
    """Enter what the findings say of handling as proposed, once for each finding, class and target; nothing else."""
    kit, by = workspace.load().usable()[0], decider(workspace, by)
    with workspace.writing(listener.waiting, by) as ledger:
        book = book_of(ledger, kit.plan)
        # what was withdrawn is not proposed again, whatever became of its action
        entered = book.dispositions.values()
        known = {(book.staying(finding), one.kind) for one in entered for finding in one.findings}
        ids = next_ids(book)
        edits = [
            Edit(KIND, next(ids), 0, made.model_dump(mode="json"))
            for finding in every_finding(ledger, kit)
            if finding.counts
            for made in _proposed(finding, kit.plan)
            if (finding.short_id, made.kind) not in known
        ]
        if edits:
            edit(ledger, CHANGE, edits, by=by, ids=[one.id for one in edits])
        return Changed([one.id for one in edits], book=book_of(ledger, kit.plan))


def _proposed(finding: FindingRecord, plan: Plan) -> Iterator[Disposition]:
    """Yield what a finding proposes, class by class and target by target."""
    classes = {kind.id: kind for kind in plan.dispositions}
    for kind_id, text in finding.data.get("disposition", {}).items():
        if not text or kind_id not in classes:
            continue
        kind = classes[kind_id]
        action = next((one for one in kind.actions if loose(text).startswith(loose(one.title))), None)
        named = str(finding.data.get(kind.named_in, "")) if kind.named_in else ""
        targets = [part.strip() for part in _SEPARATORS.split(named) if part.strip()]
        for target in targets or [""]:
            yield Disposition(
                kind=kind.id,
                target=target,
                action=action.key if action else clean(text),
                findings=(finding.short_id,),
                note=clean(text) if action and loose(text) != loose(action.title) else "",
            )
