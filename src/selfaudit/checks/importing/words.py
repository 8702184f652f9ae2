"""What is said of cells and rows: why they were rejected, and how they were read otherwise than they are written."""

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, note, warning

_CORRECT = N_("Correct it where it comes from, and import the file again.")

LACKING = error(
    "register.row-lacking",
    N_("there is no {column} in this row, so that the row was not read"),
    N_("Fill it in where it comes from, or leave the row out, and import the file again."),
)
NOT_A_DAY = error("register.day", N_("{column}: “{value}” is no day"), _CORRECT)
NO_YEAR = error("register.day-without-year", N_("{column}: “{value}” does not say the year"), _CORRECT)
OTHER_ZONE = error(
    "register.time-zone", N_("{column}: “{value}” is in a time zone that is neither +08:00 nor UTC"), _CORRECT
)
NOT_A_SPAN = error("register.span", N_("{column}: “{value}” does not say from when to when"), _CORRECT)
TWO_DAYS = error("register.day-ambiguous", N_("{column}: “{value}” can mean more than one day"), _CORRECT)
NOT_A_NUMBER = error("register.number", N_("{column}: “{value}” is no number"), _CORRECT)
TOO_LARGE = error("register.number-too-large", N_("{column}: “{value}” is too large a number"), _CORRECT)
NOT_WHOLE = error("register.number-not-whole", N_("{column}: “{value}” is no whole number"), _CORRECT)
NEGATIVE_COUNT = error(
    "register.number-negative", N_("{column}: there cannot be “{value}” {unit}, which is less than nothing"), _CORRECT
)
OTHER_UNIT = error("register.number-unit", N_("{column}: “{value}” is in another unit than {unit}"), _CORRECT)
NOT_YES_NO = error("register.yes-no", N_("{column}: “{value}” is neither yes nor no"), _CORRECT)
UNKNOWN_CODE = error(
    "register.code",
    N_("{column}: “{value}” is not in the code list"),
    N_("If it is right, add it as an alias to checklists/registers/codes.yaml, and import the file again."),
)
SEVERAL_CODES = error("register.codes", N_("{column}: “{value}” is more than one code"), _CORRECT)
DIGITS_LOST = error(
    "register.digits-lost",
    N_("{column}: a number of more than 15 digits was saved as a number, and Excel keeps 15 of them ({value})"),
    N_("Format the column as text in the system it comes from, and export it again; the digits cannot be restored."),
)
MASKED = error(
    "register.number-masked",
    N_("{column}: the number is masked ({value}), so that nobody can be recognised by it"),
    N_("Export it in full; it is masked wherever it is shown here."),
)
NOT_A_PERSON = error("register.person", N_("{column}: this is no number of a document ({value})"), _CORRECT)
CHARACTER_LOST = error(
    "register.character-lost", N_("{column}: a character was lost when the file was written (“{value}”)"), _CORRECT
)
LENGTH = error(
    "register.person-length",
    N_("{column}: this is not the number of an identity card, which has 18 figures ({value})"),
    _CORRECT,
)
TOO_LONG = error("register.text-too-long", N_("{column}: the text has more than {most} characters"), _CORRECT)

CHECK_DIGIT = warning(
    "register.check-digit",
    N_("{column}: the check digit does not match the number ({value}), which was read all the same"),
    N_("Somebody may have mistyped it: compare it with the document."),
)
INVISIBLE = note("register.read-invisible", N_("{column}: spaces and invisible characters were left out"))
NARROWED = note("register.read-narrow", N_("{column}: full-width characters were read as half-width ones"))
RAISED = note("register.read-upper", N_("{column}: small letters were read as capitals"))
NO_VALUE = note("register.read-empty", N_("{column}: what stands for nothing was read as empty"))
FAILED = note("register.read-failed", N_("{column}: failed formulas were read as empty"))
DAY_WRITTEN = note("register.read-day", N_("{column}: days in other spellings were read"))
SPLIT = note("register.read-span", N_("{column}: cells that say from when to when were split"))
DAY_COUNTED = note("register.read-serial", N_("{column}: numbers of days, as Excel counts them, were read as days"))
ZONE = note("register.read-zone", N_("{column}: times in UTC were read as those of UTC+8, eight hours later"))
TIME_LEFT = note("register.read-time", N_("{column}: times of day were left out"))
NUMBER_WRITTEN = note("register.read-number", N_("{column}: signs and units around numbers were left out"))
NEGATIVE = note("register.read-brackets", N_("{column}: amounts in brackets were read as negative ones"))
CONVERTED = note("register.read-unit", N_("{column}: numbers in another unit were converted"))
SHARE_WRITTEN = note("register.read-percent", N_("{column}: numbers without a sign were read as per cent"))
SHARE_PLAIN = note(
    "register.read-share",
    N_("{column}: numbers without a sign were read as shares, 0.3 as 30 %, for none of them is above 1"),
)
PADDED = note("register.read-padded", N_("{column}: codes without their leading zero were completed"))
