"""``check decide``: what a person says of one signal."""

from selfaudit.base.problems import UserError
from selfaudit.store.operator import decided
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.verdicts.desk import Decided, Wanted, at_desk


def decide(workspace: Workspace, signal: tuple[str, str], wanted: Wanted, by: str, listener: Listener) -> Decided:
    """Decide on a signal, given by check and key, or take back what was decided; a confirmed one becomes a finding."""
    by, reason = decided(workspace, by, wanted.reason)
    with at_desk(workspace, listener, by) as desk:
        if wanted.said is None:
            if problem := desk.take_back(*signal, reason):
                raise UserError(problem)
            return desk.finish("verdict-undone", reason)[0]
        if problems := desk.say(desk.found_or_told(*signal), wanted):
            raise UserError(problems)
        return desk.finish("verdict", reason)[0]
