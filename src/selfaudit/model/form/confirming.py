"""The fields of a form for confirmations: of each file that was reviewed what was found, and what its reader says."""

from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.model.finding import FIELD_OF, FindingField, given

AGREE, DISAGREE = "agree", "disagree"
OPINION = {AGREE: N_("agree"), DISAGREE: N_("disagree")}
"""What the original reader of a file can say of what its review found, in words."""


CONFIRMATION_FIELDS = (
    replace(FIELD_OF["number"], help=""),
    given("file", N_("number of the file"), N_("Number of the file"), 16),
    given("name", N_("what the file is about"), N_("File of"), 24),
    given("found", N_("what the review found"), N_("Found by the review"), 56),
    given("reviewer", N_("reviewer"), N_("Reviewer"), 12),
    FindingField(
        "opinion",
        "choice",
        N_("whether you agree"),
        N_("Do you agree?"),
        N_("whether you agree with what the review found: agree or disagree"),
        group="said",
        width=12,
        options=tuple(OPINION.items()),
        aliases="是否同意 原阅卷人意见",
    ),
    FindingField(
        "reason",
        "text",
        N_("reason for disagreeing"),
        N_("Reason for disagreeing"),
        N_("needed if you disagree: what is not so, and where in the file that can be seen"),
        hint=N_("Needed if you disagree: what is not so, and where in the file that can be seen."),
        group="said",
        width=44,
        needed_if=("opinion", DISAGREE),
        aliases="理由 不同意的理由",
    ),
)
SHOWN = tuple(field.key for field in CONFIRMATION_FIELDS if field.kind == "given")
"""What stands in the form of a file."""
