"""``issue``: one form to everybody who must answer; again only where something is new or has changed."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.forms.formats import FORMATS
from selfaudit.model.form.building import respondents as asked
from selfaudit.model.form.form import Form, Questions
from selfaudit.model.held.hints import Hints, shows_signals
from selfaudit.model.kit.kit import Kit
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.merged import merged_file
from selfaudit.store.ledger.respondents import dues, move_deadlines, put_respondents, respondents
from selfaudit.store.ledger.responses import shown
from selfaudit.store.previous import load_previous
from selfaudit.store.secret import codes, settle
from selfaudit.store.turns import Turns
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.bundles import add_unbundled, drop_unbundled, is_bundled, unbundled
from selfaudit.workflow.common.forms import code_of, every_form, formats_of, forms_due
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.merged.file import refresh_merged
from selfaudit.workflow.common.state.asking import Asking
from selfaudit.workflow.common.state.checked import check_run
from selfaudit.workflow.common.state.election import elect
from selfaudit.workflow.common.state.register import PREVIOUS
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.common.state.standings import standing_in
from selfaudit.workflow.issue.keeping import enter_again, keep_issued
from selfaudit.workflow.issue.outbox import (
    bundle,
    folder_of,
    form_files,
    is_noted,
    put_aside,
    unbundle,
    write_form,
)
from selfaudit.workflow.issue.result import Issued

UNKNOWN_FORMAT = error("issue.unknown-format", N_("there is no form format “{name}”"), N_("Formats: {known}."))

BATCH = 200
"""Forms entered in one transaction."""

Due = tuple[Form, tuple[str, ...]]
"""A form to be written, and the formats in which it is."""


def check_formats(formats: Iterable[str]) -> None:
    """Stop the command where somebody asks for a format that there is not."""
    if unknown := [name for name in formats if name not in FORMATS]:
        raise UserError([UNKNOWN_FORMAT(name=name, known=list(FORMATS)) for name in unknown])


def issue(workspace: Workspace, selection: Selection, formats: tuple[str, ...], listener: Listener) -> Issued:
    """Write the forms that are missing or out of date into ``outbox/<unit>/`` and enter them in the ledger.

    Without formats, the roster says who gets which ones, and the plan for all others. Others may write to
    the campaign between the batches.
    """
    check_formats(formats)
    loaded = workspace.load()
    kit, roster = loaded.usable(reported=True)
    done = Issued(warnings=[p for p in loaded.problems if p.code == "kit.role-unheld"])
    with workspace.alone("issue", listener.waiting) as turns:
        with turns.turn() as ledger:
            settle(workspace, ledger, kit.plan.id, [who.key for who in asked(kit, roster)])
            forms = every_form(ledger, kit, roster, codes(workspace, ledger, kit.plan.id))
            chosen = {form.respondent.key for form in selection.forms(forms, kit)}
            _enter_campaign(workspace, ledger, kit, roster)
            done.warnings += enter_again(workspace, ledger, kit.plan.id)
            done.dropped = _enter_respondents(ledger, forms)
            _withdraw(workspace, ledger)
            outgoing = forms_due(ledger, forms, kit)
            writer = _Writer(workspace, ledger, kit, done, listener)
            if shows_signals(kit):
                everybody = loaded.everybody or roster
                writer.hints = Hints(kit, everybody, check_run(workspace, ledger, kit, everybody))
            due = writer.due([f for f in outgoing if f.respondent.key in chosen], formats_of(roster, kit, formats))
        for batch in _batches(due):
            with turns.turn():
                writer.write(batch)
        _bundle(workspace, turns, outgoing, kit)
        with turns.turn() as ledger:
            keep_issued(workspace, ledger)
            if merged_file(ledger):
                refresh_merged(workspace, ledger)
    return done


def _enter_campaign(workspace: Workspace, ledger: Ledger, kit: Kit, roster: Roster) -> None:
    units = {unit.id: (unit.name, unit.parent) for unit in roster.units}
    facts = {"id": kit.plan.id, "code": kit.plan.code, "body": roster.body.name}
    facts["units"] = json.dumps(units, ensure_ascii=False)
    sites = {unit: site for unit in units if (site := roster.site_of(unit)) != unit}
    facts["sites"] = json.dumps(sites, ensure_ascii=False)
    before = load_previous(workspace)
    facts[PREVIOUS] = before.model_dump_json(exclude_defaults=True) if before else ""
    facts["roles"] = json.dumps({role.id: role.title for role in kit.plan.roles}, ensure_ascii=False)
    if any(ledger.meta(key) != value for key, value in facts.items()):
        with ledger.change("campaign", **facts):
            for key, value in facts.items():
                ledger.put_meta(key, value)


def _enter_respondents(ledger: Ledger, forms: list[Form]) -> list[str]:
    """Bring the ledger's respondents up to the roster; return the names of those who are asked nothing any more."""
    before = respondents(ledger)
    after = {form.respondent.key: form.respondent for form in forms}
    active = {key: respondent for key, (respondent, is_active) in before.items() if is_active}
    days = {form.respondent.key: form.questions.due.isoformat() for form in forms}
    move_deadlines(ledger, days)
    if list(active.items()) == list(after.items()) and dues(ledger) == days:
        return []
    gone = [respondent.name for key, respondent in active.items() if key not in after]
    with ledger.change("respondents", count=len(after), dropped=gone):
        put_respondents(ledger, ((code_of(form.passport), form) for form in forms))
        for key, who in after.items():
            # whose own form it is depends on what they are called
            if key in before and before[key][0].name != who.name and shown(ledger, key):
                elect(ledger, key)
    return gone


def _withdraw(workspace: Workspace, ledger: Ledger) -> None:
    """Put the forms aside of those who are asked nothing any more."""
    held = Forms(ledger)
    issued, latest = held.files(), held.latest()
    dropped = [key for key, (_, active) in respondents(ledger).items() if not active]
    files = [file for key in dropped for file in issued.get(latest.get(key, ""), ()) if workspace.path(file).is_file()]
    if files:
        add_unbundled(ledger, {workspace.outbox_folder(file) for file in files})
        put_aside(workspace, files)


class _Writer:
    """Writes forms batch by batch and enters each batch in one transaction."""

    def __init__(self, workspace: Workspace, ledger: Ledger, kit: Kit, done: Issued, listener: Listener) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._done = done
        self._listener = listener
        self._forms = Forms(ledger)
        self._issued = self._forms.files()
        self._latest = self._forms.latest()
        self._editions = self._forms.editions()
        self._asking = Asking(ledger, kit)
        self.hints: Hints | None = None
        self._again: dict[tuple[str, tuple[str, ...]], Questions] = {}

    def due(self, forms: list[Form], formats_of_form: Callable[[Form], tuple[str, ...]]) -> list[Due]:
        """Return every form that is not there as it would be issued now, and count all of them."""
        due: list[Due] = []
        for form in forms:
            formats = formats_of_form(form)
            if self._is_there(form, formats):
                self._done.unchanged += 1
            else:
                due.append((form, formats))
                self._count(form)
        self._listener.start("issue", len(due))
        return due

    def _before(self, form: Form) -> tuple[str, ...]:
        return self._issued.get(self._latest.get(form.respondent.key, ""), ())

    def _is_there(self, form: Form, formats: tuple[str, ...]) -> bool:
        if self._latest.get(form.respondent.key) != form.passport or self._editions[form.passport] != form.edition:
            return False
        wanted, before = form_files(form, formats).values(), self._before(form)
        there = all(file in before and self._workspace.path(file).is_file() for file in wanted)
        return there and is_noted(self._workspace, form, before)

    def _count(self, form: Form) -> None:
        before = self._latest.get(form.respondent.key)
        if before is None:
            self._done.new.append(form)
        elif before == form.passport:
            self._done.rewritten += 1
        else:
            self._done.changed.append(form)

    def _marked(self, form: Form) -> Form:
        """Return a form with a mark at what is to be answered, if its respondent had answered other words."""
        reopened = standing_in(self._ledger, form.respondent.key, self._asking).reopened
        if not reopened:
            return form
        key = form.questions.shown, reopened
        if key not in self._again:
            self._again[key] = form.questions.issued_again(reopened)
        return form.model_copy(update={"questions": self._again[key]})

    def _hinted(self, form: Form) -> Form:
        """Return a form with what the data say about its respondent; that belongs to the file and not to the form."""
        hints = self.hints.of(form.respondent) if self.hints else {}
        return form.model_copy(update={"questions": form.questions.hinted(hints)}) if hints else form

    def write(self, batch: list[Due]) -> None:
        """Write a batch of forms and enter them."""
        written = []
        touched = {self._workspace.outbox_folder(file) for form, _ in batch for file in self._before(form)}
        for form, formats in batch:
            before = self._before(form)
            written.append((form, write_form(self._workspace, self._hinted(self._marked(form)), formats, before)))
            touched.add(folder_of(form))
            self._listener.step()
        with self._ledger.change("issue", forms=[form.passport for form, _ in batch]):
            self._forms.put(written, now())
            add_unbundled(self._ledger, touched)
            for form, _ in batch:
                # which response is newest depends on the order of the forms
                if shown(self._ledger, form.respondent.key):
                    elect(self._ledger, form.respondent.key)
        self._done.files += [file for _, files in written for file in files]


def _batches(due: list[Due]) -> Iterator[list[Due]]:
    rest = iter(due)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _bundle(workspace: Workspace, turns: Turns, forms: list[Form], kit: Kit) -> None:
    """Write the page and the zip of every unit that needs them."""
    with turns.turn() as ledger:
        issued, reissued, left = Forms(ledger).files(), Forms(ledger).reissued(), unbundled(ledger)
    by_folder: dict[str, list[tuple[Form, tuple[str, ...]]]] = {}
    for form in forms:
        if form.passport in issued:
            by_folder.setdefault(folder_of(form), []).append((form, issued[form.passport]))
    roles = {role.id: role.title for role in kit.plan.roles}
    for folder, held in by_folder.items():
        if folder in left or not is_bundled(workspace, folder):
            with turns.turn() as ledger:
                bundle(workspace, folder, held, roles, reissued)
                drop_unbundled(ledger, folder)
    for folder in set(left) - by_folder.keys():
        with turns.turn() as ledger:
            unbundle(workspace, folder)
            drop_unbundled(ledger, folder)
