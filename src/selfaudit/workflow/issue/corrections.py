"""``issue --round corrections``: to each owner of findings a form in which they say what is done about them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from selfaudit.base.i18n import N_, translator
from selfaudit.base.mask import mask
from selfaudit.base.problems import Kind, Problem, Some, warning
from selfaudit.model.form.building import on_roster
from selfaudit.model.form.form import Form, Questions, Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.passport import Passport
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.rectification import State
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import edit
from selfaudit.store.secret import codes, settle
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.corrections import CorrectionsForm, corrections_forms, owner_keys, values_of
from selfaudit.workflow.common.forms import formats_of
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.register import every_finding, reopened_in
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.issue.issue import check_formats
from selfaudit.workflow.issue.outbox import bundle, files_with, folder_of, form_files, is_noted, write_form
from selfaudit.workflow.issue.result import Issued

NO_OWNER = warning(
    "issue.no-owner",
    N_("nobody is responsible for {count} findings: {ids}"),
    N_("Name somebody: selfaudit findings assign ID --to NAME"),
)
NOT_ON_ROSTER = warning(
    "issue.owner-not-on-roster",
    N_("“{owner}” is to correct {count} findings and is nobody on the roster: {ids}"),
    N_("Name one person or unit of the roster: selfaudit findings assign ID --to NAME"),
)
SEVERAL = warning(
    "issue.owner-ambiguous",
    N_("“{owner}” is to correct {count} findings and is more than one on the roster: {ids}"),
    N_("Give the number of the one who is meant: selfaudit findings assign ID --to NUMBER"),
)
TITLE = N_("{title}: corrections")
DONE: tuple[State, ...] = ("verified", "closed", "withdrawn", "merged")
"""The states in which there is nothing to be said by the owner any more."""
_MOST = 10


def issue_corrections(
    workspace: Workspace, selection: Selection, formats: tuple[str, ...], listener: Listener
) -> Issued:
    """Write a form for each owner of findings that are not done, and enter it in the ledger.

    One that is out stays as long as it is about every finding that the owner has now. Whoever owns findings and cannot
    be found on the roster is told.
    """
    check_formats(formats)
    kit, roster = workspace.load().usable(reported=True)
    done = Issued()
    with workspace.alone("issue", listener.waiting) as turns, turns.turn() as ledger:
        ledger.require_issued()
        owned = _Owned.of(every_finding(ledger, kit), on_roster(kit, roster))
        done.warnings += owned.problems
        settle(workspace, ledger, kit.plan.id, owned.by_owner)
        issuer = _Issuer(workspace, ledger, kit, roster, formats)
        due = [issuer.due(owned.everybody[key], found) for key, found in owned.by_owner.items()]
        chosen = {form.respondent.key for form in selection.forms([one.form for one in due], kit)}
        # a form that is out can be taken back, even if this is stopped between the two
        wanted = issuer.enter([one for one in due if one.owner in chosen], done)
        listener.start("issue", len(wanted))
        for one in wanted:
            issuer.write(one)
            listener.step()
        issuer.bundle()
    return done


@dataclass(frozen=True, slots=True)
class _Owned:
    """The findings that are not done, by the key of their owner, and what keeps others from having one."""

    everybody: dict[str, Respondent]
    by_owner: dict[str, list[FindingRecord]]
    problems: list[Problem]

    @classmethod
    def of(cls, findings: Iterable[FindingRecord], everybody: dict[str, Respondent]) -> "_Owned":
        """Find the owner of every finding that is not done."""
        made = cls(everybody, {}, [])
        lost: dict[tuple[Kind, str], list[str]] = {}
        for finding in findings:
            if finding.state in DONE:
                continue
            owner = str(finding.data.get("owner") or "")
            found = owner_keys(finding, everybody)
            if len(found) == 1:
                made.by_owner.setdefault(found[0], []).append(finding)
            else:
                kind = SEVERAL if found else NOT_ON_ROSTER if owner else NO_OWNER
                lost.setdefault((kind, owner), []).append(finding.short_id)
        for (kind, owner), ids in lost.items():
            made.problems.append(kind(owner=owner, count=len(ids), ids=Some(ids, _MOST)))
        return made


class _Issuer:
    """Makes the forms of the round, enters and writes those that are new or not as they should be."""

    def __init__(
        self, workspace: Workspace, ledger: Ledger, kit: Kit, roster: Roster, formats: tuple[str, ...]
    ) -> None:
        self._workspace, self._ledger, self._kit = workspace, ledger, kit
        self._formats = formats_of(roster, kit, formats)
        self._code = codes(workspace, ledger, kit.plan.id)
        issued = corrections_forms(ledger)
        self._out = {one.owner: one for one in issued}
        self._files: dict[str, set[str]] = {}
        """Every file in which an owner got a form, by key."""
        for one in issued:
            self._files.setdefault(one.owner, set()).update(one.files)
        self._serial = max((one.serial for one in issued), default=0)

    def due(self, who: Respondent, findings: list[FindingRecord]) -> CorrectionsForm:
        """Return the form that an owner is to have: the one that is out, or a new one."""
        given = tuple(_given(finding, self._kit) for finding in findings)
        before = self._out.get(who.key)
        if before and self._is_enough(before, findings, given):
            form = before.form.model_copy(update={"respondent": who, "return_to": self._kit.plan.return_to})
            return replace(before, form=form)
        questions = _questions(given, self._kit)
        code = self._code(f"corrections {who.key}")
        passport = str(Passport(self._kit.plan.code, code, questions.revision))
        return CorrectionsForm(
            Form(passport=passport, respondent=who, questions=questions, return_to=self._kit.plan.return_to), 0
        )

    def _is_enough(
        self, before: CorrectionsForm, findings: list[FindingRecord], given: Iterable[dict[str, str]]
    ) -> bool:
        """Return whether a form that is out is about every finding as it is now, and none was reopened since."""
        if not set(map(_shown, given)) <= set(map(_shown, before.form.questions.given)):
            return False
        seen = {one["finding"]: int(one["version"]) for one in before.form.questions.given}
        return all(reopened_in(self._ledger, finding) <= seen[finding.short_id] for finding in findings)

    def enter(self, due: Iterable[CorrectionsForm], done: Issued) -> list[CorrectionsForm]:
        """Enter in the ledger the forms that have to be written, and return them."""
        wanted = [kept for one in due if (kept := self._wanted(one, done))]
        forms, by = [one.form.passport for one in wanted], self._ledger.person
        edit(self._ledger, "issue-corrections", [one.edit() for one in wanted], by=by, forms=forms)
        return wanted

    def _wanted(self, one: CorrectionsForm, done: Issued) -> CorrectionsForm | None:
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

    def write(self, one: CorrectionsForm) -> None:
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


def _questions(given: tuple[dict[str, str], ...], kit: Kit) -> Questions:
    plan = kit.plan
    days = [one["due"] for one in given if one["due"]]
    return Questions.model_validate({
        "campaign": plan.id,
        "title": translator(plan.language)(TITLE).format(title=plan.title),
        "language": plan.language,
        "areas": (), "items": (), "coverage": (), "severities": (), "dispositions": (), "suggestions": (),
        "finding_fields": [choice.model_dump() for choice in plan.finding_fields],
        "finding_required": (),
        "declaration": plan.declaration,
        "given": given,
        "until": max(days, default=plan.submission.deadline.isoformat()),
    })  # fmt: skip


def _given(finding: FindingRecord, kit: Kit) -> dict[str, str]:
    """Return what a form says of a finding: what is shown, and what stands in the register already."""
    item = kit.items.get(finding.item)
    severities = {severity.id: severity.title for severity in kit.plan.severities}
    shown = {
        "finding": finding.short_id,
        "item": f"{finding.place} {item.title}" if item else finding.place,
        "fact": str(finding.data.get("fact") or ""),
        "basis": str(finding.data.get("basis") or ""),
        "severity": severities.get(finding.severity, finding.severity) if len(severities) > 1 else "",
        "due": str(finding.data.get("due") or ""),
        "version": str(finding.version),
    }
    # what somebody reported is read by somebody else here
    return {key: mask(text) for key, text in {**shown, **values_of(finding)}.items()}


def _shown(given: dict[str, str]) -> tuple[str, ...]:
    """Return what of a finding makes a new form necessary when it is not the same any more."""
    return tuple(given[key] for key in ("finding", "item", "fact", "basis", "severity", "due"))
