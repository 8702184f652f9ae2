"""What was found alike when case files were last compared, and what was decided on it since."""

from collections.abc import Callable, Iterator

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.base.text import as_argument
from selfaudit.model.casefiles.comparison import PAIRS, Comparison
from selfaudit.model.casefiles.found import Pair
from selfaudit.model.data.keys import part_of_key, split_key
from selfaudit.model.data.verdict import STATES, Standing, Verdict
from selfaudit.reports.similar import Alike, Judged
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.verdicts import Now, Verdicts, verdicts_of

NEVER = error(
    "similar.never",
    N_("case files have not been compared yet"),
    N_("Put them into {folder} and run selfaudit similar."),
)
UNREADABLE = error(
    "similar.unreadable",
    N_("{file} is damaged, or was written by another version"),
    N_("Take it away and run selfaudit similar again, with its --pattern if there was one."),
)


def last(workspace: Workspace) -> Comparison | None:
    """Return the last comparison, None if there was none."""
    try:
        data = workspace.found_alike_file.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return Comparison.model_validate_json(data)
    except ValueError:
        raise UserError(UNREADABLE(file=workspace.shown(workspace.found_alike_file))) from None


def usable(workspace: Workspace) -> Comparison:
    """Return the last comparison, or stop and say how to make one."""
    if made := last(workspace):
        return made
    raise UserError(NEVER(folder=workspace.case_files.name))


def as_decided(workspace: Workspace, made: Comparison, say: Callable[[str], str]) -> Alike:
    """Return a comparison with what holds of its pairs by now; ``say`` translates that."""
    now = Now.of(workspace.load(), today())
    with workspace.reading() as ledger:
        return Alike(made, judging(verdicts_of(workspace, ledger, now), made, say))


def judging(found: Verdicts | None, made: Comparison, say: Callable[[str], str]) -> Callable[[Pair], Judged]:
    """Return what says what holds of a pair: of the signal of a data check on the cases of its records."""
    by_cases = dict(_by_cases(found)) if found else {}

    def judged(pair: Pair) -> Judged:
        cases = frozenset(map(part_of_key, made.cases(pair)))
        standing = by_cases.get(cases)
        return _judged(standing, say) if standing else Judged()

    return judged


def _by_cases(found: Verdicts) -> Iterator[tuple[frozenset[str], Standing]]:
    """Yield the signals of the checks that ask what is alike, with the cases that their keys name."""
    for check in found.checks.values():
        if PAIRS in {*check.needs, *check.uses}:
            for one in found.of(check.id):
                yield frozenset(split_key(check, one.signal.key).values()), one


def _judged(one: Standing, say: Callable[[str], str]) -> Judged:
    """Return what holds of a signal; where somebody has to decide, with the commands for that."""
    state = say(STATES[one.state])
    if one.exception:
        return Judged(state, say(N_("{by}: {reason}")).format(by=one.exception.by, reason=one.exception.reason))
    verdict = one.verdict if one.verdict and one.verdict.said else None
    told = _told(verdict, say) if verdict else ""
    if not one.open:
        return Judged(state, told)
    if verdict:
        before = say(STATES[verdict.said or "open"])
        told = say(N_("before: {state}; {text}")).format(state=before, text=told)
    decide = f"selfaudit check decide {one.signal.check} {as_argument(one.signal.key)}"
    reason = f"--reason {say(N_('REASON'))}"
    return Judged(state, told, (f"{decide} --confirm {reason}", f"{decide} --explained --code other {reason}"))


def _told(verdict: Verdict, say: Callable[[str], str]) -> str:
    return say(N_("{by}, {on}: {reason}")).format(by=verdict.by, on=verdict.on, reason=verdict.reason)
