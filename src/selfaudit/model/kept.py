"""The kinds of problem that the ledger keeps: what is missing in a response, and what the pages of a scan wait for.

Only these may be kept, so that whatever reads the ledger knows them, whichever modules it has imported.
"""

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, error, note, warning

# -- what keeps a response from being complete --------------------------------------------------------------------

UNCHECKED = warning("form.unchecked", N_("not answered: {places}"), N_("Answer every item and every part."))
NO_FINDING = warning(
    "form.no-finding",
    N_("answered as a problem, but there is no finding: {places}"),
    N_("Describe the problem in a finding, with the fact."),
)
CONFORM_WITH_FINDING = warning(
    "form.conform-with-finding",
    N_("answered without a problem, but there is a finding: {places}"),
    N_("Change the answer, or delete the finding."),
)
NO_REASON = warning(
    "form.no-reason", N_("does not apply, but no reason is given: {places}"), N_("Write the reason as a note.")
)
FINDING_OPEN = warning("form.finding-open", N_("finding {no} on {place} lacks: {fields}"), N_("Complete the finding."))
FILE_OPEN = warning("form.file-open", N_("file {no} ({place}) lacks: {fields}"), N_("Ask the reader of the file."))
NO_COVERAGE = warning("form.no-coverage", N_("numbers are missing: {titles}"), N_("Write digits; 0 if there are none."))
NOT_SIGNED = warning(
    "form.not-signed",
    N_("the name of the person who filled it in is missing"),
    N_("Write the name of the person who filled it in."),
)
OTHER_REVIEWER = warning(
    "form.other-reviewer",
    N_("the review was filled in by {by}, who is not its reviewer {reviewer}: it counts as no review"),
    N_(
        "Have {reviewer} review the file and send the form in their own name, or give the file to {by}:"
        " selfaudit sample reassign {file} --to NAME --reason TEXT"
    ),
)
BARRED_REVIEWER = warning(
    "form.barred-reviewer",
    N_("{by}, who filled in the review of {file}, must not review this file, because they had to do with it: {why}"),
    N_("The review is not independent. Have {reviewer} review the file, without the answers of {by}."),
)
NOT_DATED = warning(
    "form.not-dated",
    N_("the date is missing"),
    N_("Write the day on which it was filled in: YYYY-MM-DD."),
)
NOT_DECLARED = warning(
    "form.not-declared", N_("the declaration is not accepted"), N_("Accept it at the end of the form.")
)
# Words that cannot be read are quoted to the person who handles the response; the last text is the one for others.

UNKNOWN_ANSWER = warning(
    "form.unknown-answer",
    N_("{place}: “{value}” is not an answer"),
    N_("Write one of: {words}."),
    N_("{place}: the answer cannot be read"),
)
MEANT_ANSWER = warning(
    "form.meant-answer",
    N_("{place}: “{value}” is not an answer"),
    N_("Did you mean “{meant}”?"),
    N_("{place}: the answer cannot be read"),
)
TWO_MEANINGS = warning(
    "form.two-meanings",
    N_("{place}: “{value}” can mean two things"),
    N_("Write one of: {words}."),
    N_("{place}: the answer cannot be read"),
)
NO_SEVERITY = warning(
    "form.no-severity",
    N_("“{value}” is not a severity"),
    N_("Write one of: {words}."),
    N_("finding in position {nth}: the severity cannot be read"),
)
NO_PLACE = warning(
    "form.no-place",
    N_("a finding names “{value}”, which is not a single item of this form"),
    N_("Write one of: {known}; for several items copy the finding."),
    N_("finding in position {nth}: the item cannot be read"),
)
NO_PART = warning(
    "form.no-part",
    N_("a finding names the part “{value}”, which item {id} does not have"),
    N_("Write one of: {known}."),
    N_("finding in position {nth}, on {id}: the part cannot be read"),
)
FUTURE = warning(
    "form.future-date",
    N_("{key}: “{value}” is in the future"),
    N_("Write the day on which that was really done."),
    N_("{key}: the day is in the future"),
)
NO_DATE = warning(
    "form.no-date",
    N_("{key}: “{value}” is not a valid date"),
    N_("Write year, month and day: YYYY-MM-DD."),
    N_("{key}: the date cannot be read"),
)
ERROR_VALUE = warning(
    "form.error-value",
    N_("{key}: “{value}” is an error of Excel, not a text"),
    N_("Type the text itself instead of a formula."),
    N_("{key}: there is an error of Excel instead of a text"),
)
PICTURE_VALUE = warning(
    "form.picture-value",
    N_("{key}: there is a picture where a text is expected"),
    N_("Type what the picture says."),
)
NO_NUMBER = warning(
    "form.no-number",
    N_("{key}: “{value}” is not a single number"),
    N_("Write digits only, such as 12."),
    N_("{key}: the number cannot be read"),
)
NO_DECLARATION = warning(
    "form.declaration-unclear",
    N_("“{value}” does not accept the declaration"),
    N_("Write {word} to accept it."),
    N_("the declaration is not accepted"),
)
MORE = note("form.more", N_("{count} more of this kind are not listed"))

# -- why a scanned page waits for a person, or for nobody ---------------------------------------------------------

NO_CODE = warning(
    "paper.no-code",
    N_("page {page}: no code could be read"),
    N_("Open papers/unreadable.html and file it by hand: selfaudit paper match FILE --page {page} --to NAME."),
)
OTHER_CODE = warning(
    "paper.other-code",
    N_("page {page}: its QR code is not from a signature sheet"),
    N_("Open papers/unreadable.html; only sheets from selfaudit paper print can be matched by their code."),
)
SEVERAL_CODES = warning(
    "paper.several",
    N_("page {page} has the codes of several sheets: {codes}"),
    N_("Scan the sheets one by one, or file the page under each of them: --page {page} --to CODE."),
)
UNKNOWN_CODE = warning(
    "paper.unknown",
    N_("page {page}: no form of this campaign has the code {code}"),
    N_(
        "If it belongs to another campaign, match it there. If its form is not in this ledger, run selfaudit issue,"
        " then match again."
    ),
)
UNKNOWN_ANSWERS = warning(
    "paper.unknown-answers",
    N_("page {page}: nobody ever sent the answers for which the code {code} stands"),
    N_(
        "If their form is not collected yet, run selfaudit collect, then match again. Otherwise find out who made this"
        " sheet: selfaudit did not print it for this campaign."
    ),
)
BLANK = note("paper.blank", N_("page {page} is blank"))
PAGE_CRASHED = error(
    "scan.crashed",
    N_("page {page} crashed the reader or took longer than {seconds} seconds; other pages are not affected"),
    N_("Scan this page again at 200 to 300 dpi."),
)
PAGE_DAMAGED = error("scan.page-damaged", N_("page {page} is damaged"), N_("Scan this page again."))

UNKNOWN = (UNKNOWN_CODE, UNKNOWN_ANSWERS)
"""Why a code is nobody's now; it may be somebody's later."""

KEPT = {kind.code: kind for kind in list(vars().values()) if isinstance(kind, Kind)}
"""Every kind that may be kept, by code."""
