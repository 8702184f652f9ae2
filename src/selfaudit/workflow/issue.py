"""``issue``: one form to everybody who must answer; again only where something is new or has changed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error
from selfaudit.base.text import file_name
from selfaudit.forms import yaml_form
from selfaudit.model.form import Form, FormBuilder, respondents
from selfaudit.model.kit import Kit
from selfaudit.model.passport import Passport
from selfaudit.model.roster import Roster
from selfaudit.store.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.listener import Listener
from selfaudit.workflow.merging import show

NOBODY = error("issue.nobody", N_("nobody matches “{name}”"), N_("Known: {known}."))
SAME_CODE = error(
    "issue.same-code",
    N_("“{a}” and “{b}” would get the same passport"),
    N_("Change the id of one of them in the roster."),
)

BATCH = 200
"""Forms entered in one transaction."""


@dataclass(slots=True)
class Issued:
    """What ``issue`` did: forms new to somebody, forms that replace an older revision, forms that were out already."""

    new: list[Form] = field(default_factory=list)
    changed: list[Form] = field(default_factory=list)
    unchanged: int = 0
    rewritten: int = 0
    dropped: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is meant: names or ids of respondents, roles and units, each by id or title; empty means everybody."""

    only: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def forms(self, forms: list[Form], kit: Kit) -> list[Form]:
        """Return the forms that are meant; a name that matches nobody stops the command."""
        titles = {role.id: role.title for role in kit.plan.roles}
        words = {form.passport: _words(form, titles) for form in forms}
        chosen = forms
        for wanted, which in ((self.only, 0), (self.roles, 1), (self.units, 2)):
            known = {word for form in forms for word in words[form.passport][which]}
            if missing := [name for name in wanted if name not in known]:
                some = list(dict.fromkeys(words[form.passport][which][0] for form in forms))[:20]
                raise UserError([NOBODY(name=name, known=some) for name in missing])
            chosen = [form for form in chosen if not wanted or not set(words[form.passport][which]).isdisjoint(wanted)]
        return chosen


def _words(form: Form, titles: dict[str, str]) -> tuple[list[str], list[str], list[str]]:
    """Return what a respondent, his roles and his unit can be called, the name first."""
    who = form.respondent
    own = [who.name, who.key, who.key.partition(":")[2]]
    return own, [*(titles[role] for role in who.roles), *who.roles], [who.unit_name, who.unit]


def issue(workspace: Workspace, selection: Selection, listener: Listener) -> Issued:
    """Write the forms that are missing or out of date into ``outbox/<unit>/`` and enter them in the ledger."""
    loaded = workspace.load()
    kit, roster = loaded.usable()
    forms = build_forms(kit, roster)
    chosen = selection.forms(forms, kit)
    with workspace.writing(listener.waiting) as ledger:
        done = Issued(warnings=[p for p in loaded.problems if p.code == "kit.role-unheld"])
        _enter_campaign(ledger, kit, roster)
        done.dropped = _enter_respondents(ledger, forms)
        _write(workspace, ledger, chosen, done, listener)
    return done


def build_forms(kit: Kit, roster: Roster) -> list[Form]:
    """Return the form of everybody who must answer, in the order of the roster."""
    builder = FormBuilder(kit)
    forms = [builder.form(respondent) for respondent in respondents(kit, roster)]
    seen: dict[str, str] = {}
    for form in forms:
        code = code_of(form.passport)
        if code in seen:
            raise UserError(SAME_CODE(a=seen[code], b=form.respondent.key))
        seen[code] = form.respondent.key
    return forms


def pending(ledger: Ledger, forms: list[Form]) -> list[str]:
    """Return the names of those whose form has not been issued, or not as it would be issued now."""
    latest = ledger.latest_forms()
    return [form.respondent.name for form in forms if latest.get(form.respondent.key) != form.passport]


def code_of(passport: str) -> str:
    """Return the respondent's part of a passport."""
    parsed = Passport.parse(passport)
    return parsed.respondent if parsed else ""


def _enter_campaign(ledger: Ledger, kit: Kit, roster: Roster) -> None:
    units = {unit.id: (unit.name, unit.parent) for unit in roster.units}
    facts = {"id": kit.plan.id, "code": kit.plan.code, "body": roster.body.name}
    facts["units"] = json.dumps(units, ensure_ascii=False)
    if any(ledger.meta(key) != value for key, value in facts.items()):
        with ledger.change("campaign", **facts):
            for key, value in facts.items():
                ledger.put_meta(key, value)


def _enter_respondents(ledger: Ledger, forms: list[Form]) -> list[str]:
    """Bring the ledger's respondents up to the roster; return the names of those who are asked nothing any more."""
    before = ledger.respondents()
    after = {form.respondent.key: form.respondent for form in forms}
    active = {key: respondent for key, (respondent, is_active) in before.items() if is_active}
    dues = {form.respondent.key: form.questions.due.isoformat() for form in forms}
    if list(active.items()) == list(after.items()) and ledger.dues() == dues:
        return []
    gone = [respondent.name for key, respondent in active.items() if key not in after]
    with ledger.change("respondents", count=len(after), dropped=gone):
        ledger.put_respondents((code_of(form.passport), form) for form in forms)
    return gone


def _write(workspace: Workspace, ledger: Ledger, forms: list[Form], done: Issued, listener: Listener) -> None:
    issued = ledger.issued()
    latest = ledger.latest_forms()
    due: list[Form] = []
    for form in forms:
        before = latest.get(form.respondent.key)
        file = outbox_file(form, yaml_form.FORMAT.suffix)
        if before == form.passport and issued[before] == file and workspace.path(file).is_file():
            done.unchanged += 1
            continue
        due.append(form)
        if before is None:
            done.new.append(form)
        elif before == form.passport:
            done.rewritten += 1
        else:
            done.changed.append(form)
    listener.start("issue", len(due))
    for batch in _batches(due):
        for form in batch:
            _write_one(workspace, form, issued.get(latest.get(form.respondent.key, "")))
            listener.step()
        with ledger.change("issue", forms=[form.passport for form in batch]):
            files = [outbox_file(form, yaml_form.FORMAT.suffix) for form in batch]
            ledger.put_forms(zip(batch, files, strict=True), now())
            for form in batch:
                # which response is newest depends on the order of the forms
                if ledger.shown(form.respondent.key):
                    show(ledger, form.respondent.key)
        done.files += files


def _write_one(workspace: Workspace, form: Form, before: str | None) -> None:
    file = outbox_file(form, yaml_form.FORMAT.suffix)
    text = yaml_form.write(form)
    for old in {before, file} - {None}:
        _put_aside(workspace.path(str(old)), text)
    workspace.put(file, text)


def _put_aside(old: Path, text: bytes) -> None:
    """Move an old form out of the way: somebody may have typed into it, so it is neither deleted nor written over."""
    if not old.is_file() or old.read_bytes() == text:
        return
    folder = old.parent / "superseded"
    folder.mkdir(exist_ok=True)
    names = (f"{old.stem}{f' ({n})' if n else ''}{old.suffix}" for n in count())
    old.replace(next(folder / name for name in names if not (folder / name).exists()))


def _batches(forms: list[Form]) -> Iterator[list[Form]]:
    rest = iter(forms)
    while batch := list(islice(rest, BATCH)):
        yield batch


def outbox_file(form: Form, suffix: str) -> str:
    """Return where a form lies, relative to the campaign: unit, name and passport tell people whose it is."""
    who = form.respondent
    return f"outbox/{file_name(who.unit_name)}/{file_name(who.name)}_{form.passport}{suffix}"
