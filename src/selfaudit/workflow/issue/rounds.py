"""``issue --round``: the forms of a round beside the self-audit, each new only where it is about something new."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from selfaudit.base.i18n import translator
from selfaudit.base.problems import Problem
from selfaudit.model.form.building import on_roster
from selfaudit.model.form.form import Form, Questions, Respondent
from selfaudit.model.form.rounds import RoundId
from selfaudit.model.kit.kit import Kit
from selfaudit.model.passport import Passport
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import edit
from selfaudit.store.secret import codes, settle
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.forms import formats_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.rounds import RoundForm, round_forms
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.issue.issue import check_formats
from selfaudit.workflow.issue.outbox import bundle, files_with, folder_of, form_files, is_noted, write_form
from selfaudit.workflow.issue.result import Issued


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is to be asked now: rows as texts of their fields, and by when in ISO form, empty for the deadline.

    ``is_enough`` tells whether a form that is out asks that already.
    """

    who: Respondent
    given: tuple[dict[str, str], ...]
    until: str
    is_enough: Callable[[RoundForm], bool]


class Asking(Protocol):
    """What makes the forms of a round: ``title`` is the message id of theirs."""

    round: ClassVar[RoundId]
    title: ClassVar[str]

    def asked(self, ledger: Ledger, kit: Kit, everybody: dict[str, Respondent]) -> tuple[list[Asked], list[Problem]]:
        """Return who is to be asked what, and whom nobody can find."""
        ...


def issue_round(
    workspace: Workspace, asking: Asking, selection: Selection, formats: tuple[str, ...], listener: Listener
) -> Issued:
    """Write a form for everybody whom a round asks, and enter it in the ledger.

    One that is out stays as long as it is about all that its owner is to be asked now.
    """
    check_formats(formats)
    kit, roster = workspace.load().usable(reported=True)
    done = Issued()
    with workspace.alone("issue", listener.waiting) as turns, turns.turn() as ledger:
        ledger.require_issued()
        asked, problems = asking.asked(ledger, kit, on_roster(kit, roster))
        done.warnings += problems
        settle(workspace, ledger, kit.plan.id, [one.who.key for one in asked])
        issuer = _Issuer(workspace, ledger, kit, asking, formats_of(roster, kit, formats))
        due = [issuer.due(one) for one in asked]
        chosen = {form.respondent.key for form in selection.forms([one.form for one in due], kit)}
        # a form that is out can be taken back, even if this is stopped between the two
        wanted = issuer.enter([one for one in due if one.owner in chosen], done)
        listener.start("issue", len(wanted))
        for one in wanted:
            issuer.write(one)
            listener.step()
        issuer.bundle()
    return done


class _Issuer:
    """Makes the forms of the round, enters and writes those that are new or not as they should be."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: Ledger,
        kit: Kit,
        asking: Asking,
        formats: Callable[[Form], tuple[str, ...]],
    ) -> None:
        self._workspace, self._ledger, self._kit, self._asking = workspace, ledger, kit, asking
        self._formats = formats
        self._code = codes(workspace, ledger, kit.plan.id)
        issued = round_forms(ledger, asking.round)
        self._out = {one.owner: one for one in issued}
        self._files: dict[str, set[str]] = {}
        """Every file in which an owner got a form, by key."""
        for one in issued:
            self._files.setdefault(one.owner, set()).update(one.files)
        self._serial = max((one.serial for one in issued), default=0)

    def due(self, asked: Asked) -> RoundForm:
        """Return the form that somebody is to have: the one that is out, or a new one."""
        who, return_to = asked.who, self._kit.plan.return_to
        before = self._out.get(who.key)
        if before and asked.is_enough(before):
            return replace(before, form=before.form.model_copy(update={"respondent": who, "return_to": return_to}))
        questions = self._questions(asked)
        code = self._code(f"{self._asking.round} {who.key}")
        passport = str(Passport(self._kit.plan.code, code, questions.revision))
        return RoundForm(Form(passport=passport, respondent=who, questions=questions, return_to=return_to), 0)

    def _questions(self, asked: Asked) -> Questions:
        plan = self._kit.plan
        return Questions.model_validate({
            "campaign": plan.id,
            "title": translator(plan.language)(self._asking.title).format(title=plan.title),
            "language": plan.language,
            "areas": (), "items": (), "coverage": (), "severities": (), "dispositions": (), "suggestions": (),
            "finding_fields": [choice.model_dump() for choice in plan.finding_fields],
            "finding_required": (),
            "declaration": plan.declaration,
            "given": asked.given,
            "round": self._asking.round,
            "until": asked.until or plan.submission.deadline.isoformat(),
        })  # fmt: skip

    def enter(self, due: Iterable[RoundForm], done: Issued) -> list[RoundForm]:
        """Enter in the ledger the forms that have to be written, and return them."""
        wanted = [kept for one in due if (kept := self._wanted(one, done))]
        forms, by = [one.form.passport for one in wanted], self._ledger.person
        edit(self._ledger, f"issue-{self._asking.round}", [one.edit() for one in wanted], by=by, forms=forms)
        return wanted

    def _wanted(self, one: RoundForm, done: Issued) -> RoundForm | None:
        """Return a form with the files in which it is to be written; None if they are there."""
        before = self._out.get(one.owner)
        files = form_files(one.form, self._formats(one.form))
        there = all(file in one.files and self._workspace.path(file).is_file() for file in files.values())
        if one.version and there and is_noted(self._workspace, one.form, one.files):
            done.unchanged += 1
            return None
        if one.version:
            done.rewritten += 1
        else:
            self._serial += 1
            (done.changed if before else done.new).append(one.form)
        kept = replace(one, serial=one.serial or self._serial, files=files_with(one.form, files, one.files))
        self._out[one.owner] = kept
        done.files += kept.files
        return kept

    def write(self, one: RoundForm) -> None:
        """Write the files of a form, and put aside those of earlier forms of its owner."""
        write_form(self._workspace, one.form, self._formats(one.form), self._files.get(one.owner, set()))

    def bundle(self) -> None:
        """Write the page and the zip of every unit that hands out forms of the round."""
        units: dict[str, list[tuple[Form, tuple[str, ...]]]] = {}
        for one in self._out.values():
            units.setdefault(folder_of(one.form), []).append((one.form, one.files))
        roles = {role.id: role.title for role in self._kit.plan.roles}
        for folder, held in units.items():
            bundle(self._workspace, folder, held, roles, set())
