"""Texts to send back to those whose files cannot be used, each in the words of the format that they fill in."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem
from selfaudit.base.text import on_one_line
from selfaudit.forms.formats import FORMATS
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.status import Rejected
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.result import FileResult
from selfaudit.workflow.common.state.rejections import rejections

MOST_REASONS = 5
_TEXT, _PAGE = "yaml", "html"
_TYPED = (
    "yaml.", "form.cut-short", "form.want-", "form.unknown-key", "form.meant-key", "form.both-names", "form.no-id",
    "form.other-format",
)  # fmt: skip
"""The codes of mistakes that only somebody who types in the text form can make, or understand."""
_SPOILT = N_("the file was changed or damaged after it had been saved")
_ENDINGS = {".xlsx": "xlsx", ".xls": "xlsx", ".xlsm": "xlsx", ".et": "xlsx", ".html": _PAGE, ".htm": _PAGE}


def write_returns(workspace: Workspace, ledger: Ledger, refused: Sequence[FileResult]) -> None:
    """Write a text for each file refused now that still cannot be used, and remove those that have had their day."""
    folder = workspace.rejections
    waiting = {one.file: one for one in rejections(workspace, ledger) if one.text}
    if refused:
        writer = _Writer(workspace.plan(), Forms(ledger))
        for result in refused:
            if one := waiting.get(result.file):
                workspace.put(one.text, writer.text(one, result.errors).encode())
    needed = {workspace.path(one.text) for one in waiting.values()}
    for path in folder.glob("*.txt"):
        if path not in needed:
            path.unlink()


class _Writer:
    """Writes the texts of one campaign."""

    def __init__(self, plan: Plan, forms: Forms) -> None:
        self._plan, self._wording = plan, Wording(plan.language)
        self._latest, self._files = forms.latest(), forms.files()

    def text(self, one: Rejected, errors: Iterable[Problem]) -> str:
        """Return the text about one file."""
        say, pair = self._wording.tr, self._wording.pair
        own = self._files.get(self._latest.get(one.respondent, ""), ())
        form = self._format(one.file, own)
        salutation = [say(N_("{who}:")).format(who=one.name)] if one.sure else []
        name = on_one_line(PurePosixPath(one.file).name)
        lines = [
            *salutation,
            say(N_("Your file “{file}” for {title} could not be used:")).format(file=name, title=self._plan.title),
            *(f"- {reason}" for reason in self._reasons(errors, form)),
            say(N_("Please correct this and send the form again.")),
            say(FORMATS[form].how),
        ]
        sent = [PurePosixPath(file).name for file in own if file.endswith(FORMATS[form].suffix)]
        if sent and one.sure:
            lines.append(pair(say(N_("Your form")), self._wording.join(sent)))
        if self._plan.return_to:
            lines.append(say(N_("Send it to: {return_to}")).format(return_to=on_one_line(self._plan.return_to)))
        return "".join(f"{line}\n" for line in lines)

    def _format(self, file: str, own: Sequence[str]) -> str:
        """Return the format in which somebody fills in their form: that of the file, as far as it is one of theirs."""
        issued = [name for name, form in FORMATS.items() if any(file.endswith(form.suffix) for file in own)]
        issued = issued or [name for name in FORMATS if name in self._plan.forms] or [_TEXT]
        sent = _ENDINGS.get(PurePosixPath(file).suffix.lower(), "")
        if sent in issued:
            return sent
        # what the page saves is a text as well, and nobody types in it who has the page
        return issued[0]

    def _reasons(self, errors: Iterable[Problem], form: str) -> Iterator[str]:
        """Yield what is wrong, each thing once; with the place and what to do only for those who see the lines."""
        told: dict[str, None] = {}
        for problem in errors:
            typed = problem.code.startswith(_TYPED)
            said = self._said(problem, with_hint=typed) if form == _TEXT or not typed else self._wording.tr(_SPOILT)
            told[said] = None
        yield from list(told)[:MOST_REASONS]
        if len(told) > MOST_REASONS:
            yield "…"

    def _said(self, problem: Problem, *, with_hint: bool) -> str:
        said = problem.discreet().said(self._wording.tr)
        place = problem.where.cell or (problem.where.place if with_hint else "")
        hint = problem.discreet().advice(self._wording.tr) if with_hint else ""
        return " → ".join(filter(None, (f"{place}: {said}" if place else said, hint)))
