"""Takes what first readers say of what the reviews of their files found; it changes no finding."""

from collections.abc import Mapping
from typing import Any, ClassVar

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, warning
from selfaudit.model.form.confirming import DISAGREE
from selfaudit.model.form.rounds import RoundId
from selfaudit.model.kit.kit import Kit
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.collect.rounds import Entering
from selfaudit.workflow.common.state.confirmed import key_of, row_of, words
from selfaudit.workflow.common.state.reviewed import reviewed_files

CHANGED = warning(
    "collect.review-changed",
    N_("the review of {files} has changed since this form went out; what it says of that does not count any more"),
    N_("Send the reader the new form: selfaudit issue --round confirmations"),
)
SAME_DAY = warning(
    "collect.same-day-confirmations",
    N_("{file}: two forms of one day ({day}) do not say the same; neither counts"),
    N_("Ask which is right, and have a form of a later day sent."),
)
DISAGREES = warning(
    "collect.disagrees",
    N_("{reader} does not agree with what the review of {file} found: {reason}"),
    N_("Ask the reviewer, who answers again or stays with it. No finding changes by itself."),
)
DISAGREES_BARELY = warning(
    "collect.disagrees-barely",
    N_("{reader} does not agree with what the review of {file} found, and gives no reason"),
    N_("Ask {reader} for the reason, and have the form sent again with it. Until then the answer stays open."),
)
OLDER = warning(
    "collect.older-confirmations",
    N_("filled in on {day}, before the one that counts ({last}); nothing of it counts"),
    N_("If something in it is still right, have a form of a later day sent."),
)


class ConfirmationsTaken:
    """Tells what first readers do not agree with, and what does not count."""

    round: ClassVar[RoundId] = "confirmations"
    older: ClassVar[Kind] = OLDER

    def __init__(self, kit: Kit, roster: Roster) -> None:  # noqa: ARG002 - as every round is made
        """Take what the campaign asks."""
        self._kit = kit

    def load(self, ledger: Ledger) -> None:
        """Load what the reviews found."""
        files = reviewed_files(ledger, self._kit)
        self._now = {one.key: words(row_of(one, self._kit)) for one in files if one.done}

    def take(self, entering: Entering) -> None:
        """Tell what the form says that somebody has to act on."""
        if entering.form.is_by_another(entering.said):
            return
        rows = {row["file"]: row for row in entering.form.form.questions.given}
        changed: list[str] = []
        for one in entering.said.get("findings", ()):
            row = rows[one["file"]]
            if "opinion" not in one:
                continue
            if self._now.get(key_of(row)) != words(row):
                changed.append(one["file"])
            elif _contested(entering, one, row):
                entering.disputed = True
                entering.told.append(SAME_DAY(entering.where, file=one["file"], day=entering.day))
            elif one["opinion"] == DISAGREE:
                kind = DISAGREES if one.get("reason") else DISAGREES_BARELY
                said = {"reader": entering.form.form.respondent.name, "reason": one.get("reason", "")}
                entering.told.append(kind(entering.where, file=one["file"], **said))
        if changed:
            entering.told.append(CHANGED(entering.where, files=changed))


def _contested(entering: Entering, one: Mapping[str, Any], row: Mapping[str, str]) -> bool:
    """Return whether something else was said on the same day of the same words."""
    for form, content in entering.same_day:
        rows = {other["file"]: other for other in form.form.questions.given}
        for other in content.get("findings", ()):
            there = rows[other["file"]]
            same = key_of(there) == key_of(row) and words(there) == words(row)
            if same and "opinion" in other and _what(other) != _what(one):
                return True
    return False


def _what(entry: Mapping[str, Any]) -> tuple[str, str]:
    return entry["opinion"], entry.get("reason", "")
