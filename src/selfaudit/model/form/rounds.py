"""The rounds of forms beside the self-audit: what stands in their rows already, and what is asked of each row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind
from selfaudit.model.finding import FindingChoice, FindingField
from selfaudit.model.form.confirming import CONFIRMATION_FIELDS
from selfaudit.model.form.correcting import NEEDED, correction_fields
from selfaudit.model.kept import FILE_OPEN, FINDING_OPEN

RoundId = Literal["corrections", "confirmations"]
"""What a round is called: also the kind of its records, and its folder in the outbox."""


@dataclass(frozen=True, slots=True)
class Round:
    """What makes the forms of a round what they are.

    ``title`` is what the list of its rows is called.
    ``row`` is the field by which a row is known, ``about`` the one that says what it is about, ``fields`` makes all of
    them, given how the kit calls those of a finding. ``needs`` is what every row lacks as long as it is empty, and
    ``lacks`` says so. ``files`` tells whether files can be named to show something.
    """

    title: str
    row: str
    about: str
    fields: Callable[[Iterable[FindingChoice]], tuple[FindingField, ...]]
    needs: tuple[str, ...]
    lacks: Kind
    files: bool = False


ROUNDS: dict[RoundId, Round] = {
    "corrections": Round(N_("Findings"), "finding", "item", correction_fields, NEEDED, FINDING_OPEN, files=True),
    "confirmations": Round(
        N_("Files reviewed"), "file", "name", lambda _: CONFIRMATION_FIELDS, ("opinion",), FILE_OPEN
    ),
}
"""Every round, in the order in which they came to be."""
